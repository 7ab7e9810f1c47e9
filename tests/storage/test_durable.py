import errno
import os
from pathlib import Path

import pytest

from esa_desktop.storage import durable
from esa_desktop.storage.durable import WAITS, put_in_place, write_durably


class Renaming:
    """Windows' rename while other programs look at the file: refused some times, then done."""

    def __init__(self, refusals: int, code: int) -> None:
        self.left = refusals
        self.code = code

    def __call__(self, part: Path, path: Path) -> None:
        if self.left:
            self.left -= 1
            error = PermissionError(errno.EACCES, "held")
            error.winerror = self.code  # type: ignore[attr-defined, unused-ignore]
            raise error
        part.replace(path)


def test_all_of_a_file_is_flushed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(durable, "flush_to_disk", lambda fd: flushed.append(os.fstat(fd).st_size))
    write_durably(tmp_path / "x", b"new" * 10)
    assert flushed[0] == 30  # and not what Python still held back


@pytest.mark.parametrize("code", [5, 32, 33])
@pytest.mark.parametrize("refusals", [0, 1, len(WAITS)])
def test_a_file_held_by_a_scanner_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, refusals: int
) -> None:
    monkeypatch.setattr(durable, "_rename", Renaming(refusals, code))
    part = tmp_path / "x.part"
    part.write_text("new")
    slept: list[float] = []
    put_in_place(part, tmp_path / "x", sleep=slept.append)
    assert (tmp_path / "x").read_text() == "new"
    assert slept == list(WAITS[:refusals])


def test_the_waiting_grows_and_ends() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert sum(WAITS) == 2.5


def test_a_file_held_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_rename", Renaming(100, 32))
    (tmp_path / "x.part").write_text("new")
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "x.part", tmp_path / "x", sleep=lambda _: None)


def test_any_other_refusal_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_rename", Renaming(1, 3))
    (tmp_path / "x.part").write_text("new")
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "x.part", tmp_path / "x", sleep=lambda _: pytest.fail("waited"))


@pytest.mark.parametrize("step", ["flush_to_disk", "_rename"])
def test_a_failed_replacement_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write_durably(tmp_path / "x", b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(durable, step, fail)
    with pytest.raises(OSError, match="full"):
        write_durably(tmp_path / "x", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_bytes() == b"old"


def test_the_content_is_flushed_before_the_rename_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    monkeypatch.setattr(durable, "flush_to_disk", lambda _: happened.append("flush"))
    rename = durable._rename

    def note_and_rename(part: Path, path: Path) -> None:
        happened.append("rename")
        rename(part, path)

    monkeypatch.setattr(durable, "_rename", note_and_rename)
    write_durably(tmp_path / "x", b"new")
    assert happened == ["flush", "rename", "flush"]
