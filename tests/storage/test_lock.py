import json
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.errors import ProjectLocked
from esa_desktop.storage.lock import Holder, read_holder, remove_holder, said, write_holder
from esa_desktop.storage.store import Store
from tests.storage.projects import HOLDER, is_one_thai_sentence, new_store


def test_the_holder_comes_back_as_written(tmp_path: Path) -> None:
    write_holder(tmp_path, HOLDER)
    assert read_holder(tmp_path) == HOLDER
    assert [path.name for path in tmp_path.iterdir()] == ["lock.json"]


def test_an_open_project_says_who_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("esa_desktop.storage.database.PATIENCE", 0)
    store = new_store(tmp_path)
    with pytest.raises(ProjectLocked) as caught:
        Store.open(store.folder, replace(HOLDER, person="คนอื่น"))
    store.close()
    assert "สมศรี ใจดี" in str(caught.value)
    assert "PC-๐๗" in str(caught.value)
    assert "๒๒ พ.ย. ๒๕๖๙" in str(caught.value)
    assert is_one_thai_sentence(caught.value)


def test_closing_takes_the_name_away(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    assert read_holder(store.folder) == HOLDER
    store.close()
    assert read_holder(store.folder) is None


def test_what_another_one_wrote_is_left(tmp_path: Path) -> None:
    other = replace(HOLDER, computer="PC-๐๘")
    write_holder(tmp_path, other)
    remove_holder(tmp_path, HOLDER)
    assert read_holder(tmp_path) == other


def test_a_left_over_name_blocks_nobody(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    write_holder(store.folder, replace(HOLDER, computer="เครื่องที่ดับไป"))
    store = Store.open(store.folder, HOLDER)
    assert read_holder(store.folder) == HOLDER
    store.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"null",
        b"[1]",
        b"{}",
        b'{"person": "x"}',
        b"[" * 9000,
        json.dumps({"person": 1, "computer": [2], "since": {}}).encode(),
        json.dumps({"person": "\u202e" + "ก\n" * 5000, "computer": "", "since": "9" * 99}).encode(),
    ],
)
def test_nonsense_in_the_file_does_no_harm(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esa_desktop.storage.database.PATIENCE", 0)
    store = new_store(tmp_path)
    (store.folder / "lock.json").write_bytes(content)
    with pytest.raises(ProjectLocked) as caught:
        Store.open(store.folder, HOLDER)
    store.close()
    assert is_one_thai_sentence(caught.value)
    assert len(str(caught.value)) < 300


def test_only_what_is_known_is_said() -> None:
    assert said(None) == "อยู่ในหน้าต่างหรือเครื่องอื่น"
    assert said(Holder("", "PC-1", "")) == "อยู่ที่เครื่อง PC-1"
    assert said(Holder("สมศรี", "", "?")) == "อยู่ที่เครื่องอื่น โดย สมศรี"
