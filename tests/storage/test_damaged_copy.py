import os
from pathlib import Path

import pytest

from esa_desktop.domain.errors import Cancelled, StorageError
from esa_desktop.storage import damaged_copy, page_carving
from esa_desktop.storage.damaged_copy import copy_as_it_is
from esa_desktop.storage.evidence_pool import Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Something with a journal, a backup, and what belongs to the old place only."""
    folder = tmp_path / "งาน.esaproj"
    for name, content in {
        "project.db": b"damaged" * 400_000,
        "project.db-journal": b"journal",
        "lock.json": b"{}",
        "backups/000001-x/project.db": b"backup",
        "backups/000002-x.part/project.db": b"half",
        "evidence/ab/new.part": b"half",
        "ของเพิ่ม.txt": b"",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_all_comes_along_byte_for_byte_and_the_journal_with_its_database(
    folder: Path, tmp_path: Path
) -> None:
    before = contents(folder)
    told: list[tuple[int, int]] = []
    copy = tmp_path / "เอกสาร" / folder.name
    copy_as_it_is(folder, copy, Watch(progress=lambda done, size: told.append((done, size))))
    passing = {"lock.json", "backups/000002-x.part/project.db", "evidence/ab/new.part"}
    assert contents(copy) == {name: before[name] for name in before.keys() - passing}
    assert contents(folder) == before
    assert told[-1][0] == told[-1][1] > 2_800_000


def test_a_cancelled_copy_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    (target := tmp_path / "เอกสาร").mkdir()
    for after in range(4):
        asked = iter([False] * after)
        watch = Watch(lambda asked=asked: next(asked, True))
        with pytest.raises(Cancelled):
            copy_as_it_is(folder, target / "งาน.esaproj", watch)
        assert list(target.iterdir()) == []


def test_a_sector_the_drive_does_not_give_is_zeros_and_the_rest_is_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = page_carving.DamagedFile._read

    def bad_sector(self: page_carving.DamagedFile, start: int, count: int) -> bytes:
        if start <= 4096 < start + count and self.size > 100_000:
            raise OSError(5, "Input/output error")
        return real(self, start, count)

    monkeypatch.setattr(page_carving.DamagedFile, "_read", bad_sector)
    copy = tmp_path / "copy.esaproj"
    copy_as_it_is(folder, copy, Watch())
    was, now = (place.joinpath("project.db").read_bytes() for place in (folder, copy))
    assert (len(now), now[:4096], now[4096:4608]) == (len(was), was[:4096], bytes(512))
    assert now[8192:] == was[8192:]


def test_a_full_drive_and_a_place_in_use_are_refused_with_a_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError, match="โฟลเดอร์ของงานเอง"):
        copy_as_it_is(folder, folder / "copy", Watch())
    (tmp_path / "ที่นี่").mkdir()
    with pytest.raises(StorageError, match="อยู่แล้ว"):
        copy_as_it_is(folder, tmp_path / "ที่นี่", Watch())
    usage = damaged_copy.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(damaged_copy.shutil, "disk_usage", lambda _: usage._replace(free=1))
    with pytest.raises(StorageError, match="เนื้อที่เต็ม"):
        copy_as_it_is(folder, tmp_path / "copy", Watch())
    assert not (tmp_path / "copy").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (secret := tmp_path / "secret.txt").write_text("x")
    (folder / "link.txt").symlink_to(secret)
    copy_as_it_is(folder, tmp_path / "copy", Watch())
    assert not (tmp_path / "copy" / "link.txt").exists()
