import errno
import os
from pathlib import Path

import pytest

from esa_desktop.domain.errors import ReportError
from esa_desktop.services.binder_volumes import (
    MARK,
    fault_of,
    is_ours,
    place_for,
    put_volumes,
    refuse_place,
    replaced_by,
    volume_paths,
    volumes_of,
)
from esa_desktop.storage import durable


def put(target: Path, *contents: bytes) -> tuple[Path, ...]:
    """Volumes with these contents take their places."""
    with place_for(target) as place:
        made = []
        for number, content in enumerate(contents):
            path = place / f"{number}.pdf"
            path.write_bytes(content)
            made.append(path)
        return put_volumes(place, made, target)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_volume_bears_the_chosen_name_and_several_are_numbered(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"

    assert volume_paths(target, 1) == (target,)
    assert [path.name for path in volume_paths(target, 2)] == ["แฟ้ม เล่ม 1.pdf", "แฟ้ม เล่ม 2.pdf"]
    assert volume_paths(target, 12)[0].name == "แฟ้ม เล่ม 01.pdf"  # so that 10 comes after 2


def test_a_long_name_leaves_room_for_the_number(tmp_path: Path) -> None:
    target = tmp_path / f"{'ที่' * 26}.pdf"

    paths = volume_paths(target, 12)

    assert len({path.name for path in paths}) == 12
    assert all(len(path.name.encode()) <= 255 for path in paths)
    assert paths[11].name.endswith(" เล่ม 12.pdf")


def test_volumes_that_a_shorter_set_has_no_use_for_are_removed(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    put(target, b"1", b"2", b"3")

    put(target, b"one", b"two")
    assert names(tmp_path) == ["แฟ้ม เล่ม 1.pdf", "แฟ้ม เล่ม 2.pdf"]

    put(target, b"whole")
    assert names(tmp_path) == ["แฟ้ม.pdf"]
    assert target.read_bytes() == b"whole" + MARK

    put(target, b"one", b"two")
    assert names(tmp_path) == ["แฟ้ม เล่ม 1.pdf", "แฟ้ม เล่ม 2.pdf"]


def test_what_somebody_else_made_or_wrote_into_is_never_removed(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    paths = put(target, b"1", b"2", b"3")
    with paths[2].open("ab") as noted:
        noted.write(b"a note, saved behind the end")
    (tmp_path / "แฟ้ม เล่ม 4.pdf").write_bytes(b"of somebody else")
    (tmp_path / "แฟ้ม เล่ม สำรอง.pdf").write_bytes(b"1" + MARK)

    put(target, b"whole")

    kept = ["แฟ้ม เล่ม 3.pdf", "แฟ้ม เล่ม 4.pdf", "แฟ้ม เล่ม สำรอง.pdf", "แฟ้ม.pdf"]
    assert names(tmp_path) == kept
    assert not is_ours(paths[2])
    assert volumes_of(target) == (target,)


def test_a_numbered_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    theirs = tmp_path / "แฟ้ม เล่ม 2.pdf"
    theirs.write_bytes(b"of somebody else")

    refuse_place(target, several=False)
    with pytest.raises(ReportError, match="เล่ม 2"):
        refuse_place(target, several=True)
    with pytest.raises(ReportError, match="เล่ม 2"):
        put(target, b"1", b"2")

    assert names(tmp_path) == ["แฟ้ม เล่ม 2.pdf"]
    assert theirs.read_bytes() == b"of somebody else"


def test_the_name_that_was_chosen_may_be_anybodys(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    target.write_bytes(b"of somebody else")

    put(target, b"whole")

    assert target.read_bytes() == b"whole" + MARK


def test_a_file_marked_as_read_only_is_refused_before_the_work(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    target.write_bytes(b"signed")
    target.chmod(0o444)

    with pytest.raises(ReportError, match="อ่านอย่างเดียว"):
        refuse_place(target, several=False)


@pytest.mark.parametrize("name", ["โฟลเดอร์.pdf", "ไม่มี/แฟ้ม.pdf"])
def test_a_place_that_is_none_is_refused_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "โฟลเดอร์.pdf").mkdir()

    with pytest.raises(ReportError, match="กรุณา"):
        refuse_place(tmp_path / name, several=False)


def test_a_volume_that_another_program_shows_keeps_the_whole_earlier_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    before = {path: path.read_bytes() for path in put(target, b"1", b"2")}
    real = durable._rename

    def held(part: Path, path: Path) -> None:
        if part.name == "แฟ้ม เล่ม 2.pdf" and part.parent == tmp_path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(part, path)

    monkeypatch.setattr(durable, "_rename", held)

    with pytest.raises(ReportError, match="ปิดไฟล์") as refused:
        put(target, b"one", b"two", b"three")

    assert "แฟ้ม เล่ม 2.pdf" in refused.value.sentence
    assert {path: path.read_bytes() for path in before} == before
    assert len(names(tmp_path)) == 2


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "เต็ม"),
        (errno.EACCES, "เลือกที่บันทึกอื่น"),
        (errno.ENAMETOOLONG, "ยาวเกินไป"),
        (errno.EIO, "ตรวจไดรฟ์"),
    ],
)
def test_every_fault_of_a_disk_says_what_to_do(tmp_path: Path, number: int, words: str) -> None:
    error = fault_of(OSError(number, os.strerror(number)), tmp_path / "แฟ้ม.pdf")

    assert words in error.sentence


def test_what_a_new_set_would_replace_is_known_before(tmp_path: Path) -> None:
    target = tmp_path / "แฟ้ม.pdf"
    assert replaced_by(target) == ()
    (tmp_path / "แฟ้ม เล่ม 4.pdf").write_bytes(b"of somebody else")
    assert replaced_by(target) == ()
    paths = put(target, b"1", b"2", b"3")
    assert replaced_by(target) == paths

    put(target, b"whole")
    assert replaced_by(target) == (target,)
    target.write_bytes(b"of somebody else")
    assert replaced_by(target) == (target,)  # under the very name that was chosen
