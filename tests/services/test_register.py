from pathlib import Path

import pytest

from esa_desktop.services.register import (
    LARGEST,
    folder_key,
    keep_register,
    latest,
    read_register,
)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "ใหม่" / "hints.json"
    assert keep_register(file, {"p1": {"seq": 3}, "p2": "ก"})
    assert read_register(file) == {"p1": {"seq": 3}, "p2": "ก"}
    assert [path.name for path in file.parent.iterdir()] == ["hints.json"]


@pytest.mark.parametrize("content", [b"", b"[1]", b"null", b"[" * 9000, b"\xff", b'{"a": '])
def test_a_damaged_file_holds_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "hints.json"
    file.write_bytes(content)
    assert read_register(file) == {}


def test_a_file_beyond_all_size_is_not_read_into_memory(tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    file.write_text('{"a": "' + "x" * LARGEST + '"}')
    assert read_register(file) == {}


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not keep_register(tmp_path / "file" / "hints.json", {})


def test_a_path_that_utf8_cannot_hold_is_found_again(tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    assert keep_register(file, {"/งาน/\udce0": 1})
    assert read_register(file) == {"/งาน/\udce0": 1}


def test_what_is_used_again_is_the_newest_and_the_oldest_goes() -> None:
    kept = latest({"ก": 1, "ข": 2, "ค": 3}, "ก", 4, most=2)

    assert list(kept.items()) == [("ค", 3), ("ก", 4)]


def test_one_folder_has_one_key_however_it_is_spelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "งาน").mkdir()
    monkeypatch.chdir(tmp_path)

    assert folder_key("งาน") == folder_key(tmp_path / "งาน") == folder_key(tmp_path / "x/../งาน")
    assert folder_key("งาน") != folder_key(tmp_path)
