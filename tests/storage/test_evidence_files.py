import errno
import hashlib
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from esa_desktop.domain.errors import AttachError, Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.storage import durable, evidence_files
from esa_desktop.storage.evidence_files import CHUNK, LARGEST, is_kept, keep, path_of
from tests.storage.projects import is_one_thai_sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "งาน.esaproj"
    folder.mkdir()
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "คำสั่งแต่งตั้ง ๑.pdf"
    source.write_bytes(os.urandom(3 * CHUNK + 17))
    return source


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def refused(source: Path, folder: Path) -> str:
    """The sentence; nothing may be left of the attempt."""
    before = files_in(folder)
    with pytest.raises(AttachError) as caught:
        keep(source, folder)
    assert is_one_thai_sentence(caught.value)
    assert source.name[:60] in str(caught.value)
    assert files_in(folder) == before
    return str(caught.value)


def test_a_file_is_kept_under_its_hash_without_an_ending(folder: Path, source: Path) -> None:
    content = source.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    file = keep(source, folder)
    assert file == EvidenceFile(sha256, "คำสั่งแต่งตั้ง ๑.pdf", len(content))
    assert path_of(folder, sha256) == folder / "evidence" / sha256[:2] / sha256
    assert path_of(folder, sha256).read_bytes() == content
    assert files_in(folder) == [path_of(folder, sha256)]
    assert is_kept(folder, file)


def test_a_name_windows_would_not_take_is_made_safe(folder: Path, tmp_path: Path) -> None:
    odd = tmp_path / "aux.รายงาน: ฉบับ?.pdf"
    odd.write_bytes(b"x")
    assert keep(odd, folder).name == "_aux.รายงาน_ ฉบับ_.pdf"


def test_a_known_file_is_not_put_there_again(folder: Path, source: Path, tmp_path: Path) -> None:
    first = keep(source, folder)
    there = path_of(folder, first.sha256).stat()
    twin = tmp_path / "ชื่ออื่น.pdf"
    twin.write_bytes(source.read_bytes())
    second = keep(twin, folder)
    assert second == EvidenceFile(first.sha256, "ชื่ออื่น.pdf", first.size)
    after = path_of(folder, first.sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (there.st_ino, there.st_mtime_ns)
    assert len(files_in(folder)) == 1


@pytest.mark.parametrize("length", [0, 5, None], ids=["emptied", "cut", "changed"])
def test_attaching_again_mends_a_damaged_copy(
    folder: Path, source: Path, length: int | None
) -> None:
    file = keep(source, folder)
    place = path_of(folder, file.sha256)
    content = source.read_bytes()
    place.write_bytes(b"!" + content[1:] if length is None else content[:length])
    keep(source, folder)
    assert place.read_bytes() == content


def test_a_file_that_vanished_is_refused(folder: Path, tmp_path: Path) -> None:
    assert "ไม่อยู่ที่เดิม" in refused(tmp_path / "หายไป.pdf", folder)
    assert "ไม่อยู่ที่เดิม" in refused(tmp_path / "ไม่มี" / "หายไป.pdf", folder)


def test_a_file_that_vanishes_between_look_and_reading_is_refused(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = evidence_files._size_worth_keeping

    def look_and_lose(path: Path) -> int:
        size = look(path)
        path.unlink()
        return size

    monkeypatch.setattr(evidence_files, "_size_worth_keeping", look_and_lose)
    assert "ไม่อยู่ที่เดิม" in refused(source, folder)


def test_an_empty_file_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "ว่าง.pdf").touch()
    assert "ว่างเปล่า" in refused(tmp_path / "ว่าง.pdf", folder)


def test_a_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "ภาพกิจกรรม").mkdir()
    assert "โฟลเดอร์" in refused(tmp_path / "ภาพกิจกรรม", folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_without_waiting_for_it(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ท่อ.pdf")
    assert "ไม่ใช่ไฟล์ธรรมดา" in refused(tmp_path / "ท่อ.pdf", folder)


@pytest.mark.alone
def test_five_gigabytes_are_refused_at_once(folder: Path, tmp_path: Path) -> None:
    large = tmp_path / "วีดิทัศน์.mp4"
    with large.open("wb") as file:
        file.truncate(5 << 30)
    started = time.monotonic()
    assert "ใหญ่เกิน ๑ GB" in refused(large, folder)
    assert time.monotonic() - started < 0.5


def test_the_limit_itself_is_allowed(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST == 1024**3
    monkeypatch.setattr(evidence_files, "LARGEST", source.stat().st_size)
    keep(source, folder)
    monkeypatch.setattr(evidence_files, "LARGEST", source.stat().st_size - 1)
    refused(source, folder)


@pytest.mark.parametrize("change", [b"", b"longer by this"], ids=["touched", "longer"])
def test_a_file_changed_while_it_was_copied_is_refused(
    folder: Path, source: Path, change: bytes
) -> None:
    def change_it(done: int, _: int) -> None:
        if done == 2 * CHUNK:
            with source.open("ab") as file:
                file.write(change)
            os.utime(source, ns=(1, time.time_ns() + 10**9))

    with pytest.raises(AttachError, match="ถูกแก้ไขระหว่างแนบ") as caught:
        keep(source, folder, progress=change_it)
    assert is_one_thai_sentence(caught.value)
    assert files_in(folder) == []


def test_a_file_cut_while_it_was_copied_is_refused(folder: Path, source: Path) -> None:
    def cut_it(done: int, _: int) -> None:
        if done == CHUNK:
            os.truncate(source, CHUNK + 5)

    with pytest.raises(AttachError, match="ถูกแก้ไขระหว่างแนบ"):
        keep(source, folder, progress=cut_it)
    assert files_in(folder) == []


def test_cancelling_leaves_nothing(folder: Path, source: Path) -> None:
    answers: Iterator[bool] = iter([False, False, True])
    with pytest.raises(Cancelled):
        keep(source, folder, cancelled=lambda: next(answers))
    assert files_in(folder) == []


def test_the_progress_goes_from_nothing_to_all(folder: Path, source: Path) -> None:
    seen: list[tuple[int, int]] = []
    keep(source, folder, progress=lambda done, size: seen.append((done, size)))
    size = source.stat().st_size
    assert seen == [(n, size) for n in (0, CHUNK, 2 * CHUNK, 3 * CHUNK, size)]


def test_a_full_disk_is_said_and_leaves_nothing(folder: Path, source: Path) -> None:
    """The kernel refuses every write beyond a megabyte: the mechanism bites for root too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK, before[1]))
    try:
        sentence = refused(source, folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "เต็ม" in sentence
    keep(source, folder)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "เต็ม"), (errno.EROFS, "เขียนในโฟลเดอร์งานประเมินไม่ได้"), (errno.EIO, "ตรวจไดรฟ์")],
)
@pytest.mark.parametrize("step", ["flush_to_disk", "_rename"])
def test_every_fault_of_the_disk_is_a_sentence(
    folder: Path,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    code: int,
    words: str,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(durable, step, fail)
    if step == "flush_to_disk":
        monkeypatch.setattr(evidence_files, step, fail)
    assert words in refused(source, folder)


def test_a_source_that_fails_while_it_is_read_is_not_blamed_on_the_project(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick pulled out: the sentence is about that drive, not about the project's."""

    class Pulled:
        def read(self, _: int) -> bytes:
            raise OSError(errno.EIO, "gone")

    class Opened:
        def __enter__(self) -> object:
            return Pulled()

        def __exit__(self, *_: object) -> None:
            return None

    copy = evidence_files._copy
    monkeypatch.setattr(
        evidence_files,
        "_copy",
        lambda _, *others: copy(Pulled(), *others),  # type: ignore[arg-type]
    )
    assert "อ่านไม่ได้" in refused(source, folder)


def test_another_programs_file_on_windows_is_said_to_be_in_use(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_: object) -> None:
        error = PermissionError(errno.EACCES, "in use")
        error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", in_use)
        assert "โปรแกรมอื่นใช้อยู่" in refused(source, folder)


def test_leftovers_of_a_crash_are_in_nobodys_way(folder: Path, source: Path) -> None:
    (folder / "evidence").mkdir()
    (folder / "evidence" / "new.00000000.part").write_bytes(b"half")
    file = keep(source, folder)
    assert is_kept(folder, file)


def test_a_file_of_another_size_is_not_the_kept_one(folder: Path, source: Path) -> None:
    file = keep(source, folder)
    assert not is_kept(folder, EvidenceFile(file.sha256, file.name, file.size + 1))
    assert not is_kept(folder, EvidenceFile("0" * 64, file.name, file.size))
