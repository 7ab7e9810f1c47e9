"""Files of evidence in the project folder: copied in under their hash, copied out to be opened."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from esa_desktop.domain.errors import AttachError, Cancelled
from esa_desktop.domain.evidence import EvidenceFile, safe_file_name
from esa_desktop.domain.thai import clean_text, shorten, thai_digits
from esa_desktop.storage.durable import flush_to_disk, part_beside, put_in_place, sync_folder
from esa_desktop.storage.faults import FORBIDDEN, FULL
from esa_desktop.storage.layout import evidence_of

LARGEST: Final = 1 << 30
"""Bytes. A scan of a whole binder is some hundred megabytes; a film belongs on a shelf."""
CHUNK: Final = 1 << 20

Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]
"""Gets (bytes done, bytes in all)."""


def path_of(folder: Path, sha256: str) -> Path:
    """Where a file with this hash lies in a project folder; it need not be there."""
    return evidence_of(folder) / sha256[:2] / sha256


def is_kept(folder: Path, file: EvidenceFile) -> bool:
    """Whether the file lies in its place with its size; its bytes are for the health check."""
    try:
        there = path_of(folder, file.sha256).stat()
    except OSError:
        return False
    return stat.S_ISREG(there.st_mode) and there.st_size == file.size


def remove(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Take files off the disk that the database no longer knows; returns those that would not go.

    A file that stays is an orphan, which costs room and nothing else.
    """
    left: list[str] = []
    for name in names:
        try:
            path_of(folder, name).unlink(missing_ok=True)
        except OSError:
            left.append(name)
    return tuple(left)


def keep(
    source: Path,
    folder: Path,
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> EvidenceFile:
    """Copy a file into the evidence folder; on return it is on the disk to stay.

    A file that is there already is not copied again. Raises `AttachError` with a sentence that
    names the file, or `Cancelled`; then nothing of it is left.
    """
    name = source.name
    size = _size_worth_keeping(source)
    part = part_beside(evidence_of(folder) / "new")
    try:
        with _readable(source) as original:
            before = os.fstat(original.fileno())
            with _writing(name), _new(part) as copy:
                sha256 = _copy(original, copy, name, _Watch(cancelled, progress, size))
                flush_to_disk(copy.fileno())
        _refuse_changed(source, size, before)
        file = EvidenceFile(sha256, safe_file_name(name), size)
        with _writing(name):
            _settle(part, folder, file)
        return file
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Watch:
    cancelled: Cancel | None
    progress: Progress | None
    size: int

    def at(self, done: int) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled("ยกเลิกแล้ว ไม่มีไฟล์ใดถูกแนบเพิ่ม")
        if self.progress:
            self.progress(done, self.size)


def _size_worth_keeping(source: Path) -> int:
    """Look before reading: a file that is too large costs nothing."""
    try:
        there = source.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _refusal(source.name, _VANISHED) from error
    except PermissionError as error:
        raise _refusal(source.name, _FORBIDDEN) from error
    except (OSError, ValueError) as error:
        raise _refusal(source.name, _UNREADABLE) from error
    if stat.S_ISDIR(there.st_mode):
        raise _refusal(source.name, "เป็นโฟลเดอร์ แนบไม่ได้ กรุณาเปิดโฟลเดอร์แล้วเลือกไฟล์ข้างใน")
    if not stat.S_ISREG(there.st_mode):
        raise _refusal(source.name, "ไม่ใช่ไฟล์ธรรมดา แนบไม่ได้ กรุณาเลือกไฟล์อื่น")
    if there.st_size == 0:
        raise _refusal(source.name, "ว่างเปล่า ไม่มีเนื้อหา กรุณาตรวจไฟล์ต้นฉบับแล้วแนบใหม่")
    if there.st_size > LARGEST:
        most = thai_digits(LARGEST >> 30)
        raise _refusal(source.name, f"ใหญ่เกิน {most} GB แนบไม่ได้ กรุณาย่อหรือแบ่งไฟล์แล้วแนบใหม่")
    return there.st_size


@contextmanager
def _readable(source: Path) -> Iterator[IO[bytes]]:
    try:
        original = source.open("rb")
    except FileNotFoundError as error:
        raise _refusal(source.name, _VANISHED) from error
    except OSError as error:
        if getattr(error, "winerror", None) in (32, 33):
            raise _refusal(source.name, _IN_USE) from error
        forbidden = error.errno in FORBIDDEN
        raise _refusal(source.name, _FORBIDDEN if forbidden else _UNREADABLE) from error
    with original:
        yield original


def _new(part: Path) -> IO[bytes]:
    if not part.parent.exists():
        part.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(part.parent.parent)  # or a power cut takes the folder and all that is in it
    return part.open("xb")


def _copy(original: IO[bytes], copy: IO[bytes], name: str, watch: _Watch) -> str:
    """Copy and return the sha256; stops at one byte more than was to be expected."""
    sha256 = hashlib.sha256()
    done = 0
    watch.at(done)
    while done <= watch.size:
        try:
            chunk = original.read(CHUNK)
        except OSError as error:
            raise _refusal(name, _UNREADABLE) from error
        if not chunk:
            break
        sha256.update(chunk)
        copy.write(chunk)
        done += len(chunk)
        watch.at(done)
    copy.flush()
    if done != watch.size:
        raise _refusal(name, _CHANGED)
    return sha256.hexdigest()


def _refuse_changed(source: Path, size: int, before: os.stat_result) -> None:
    try:
        after = source.stat()
    except FileNotFoundError as error:
        raise _refusal(source.name, _VANISHED) from error
    except OSError as error:
        raise _refusal(source.name, _UNREADABLE) from error
    if (after.st_size, after.st_mtime_ns) != (size, before.st_mtime_ns):
        raise _refusal(source.name, _CHANGED)


def _settle(part: Path, folder: Path, file: EvidenceFile) -> None:
    """Put the copy in its place, unless a whole one is there: a damaged one is mended."""
    place = path_of(folder, file.sha256)
    if not place.parent.exists():
        place.parent.mkdir(exist_ok=True)
        sync_folder(place.parent.parent)
    if is_kept(folder, file) and sha256_of(place) == file.sha256:
        sync_folder(place.parent)  # an earlier attempt may have ended just before this
    else:
        put_in_place(part, place)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _writing(name: str) -> Iterator[None]:
    """Around what happens in the project folder; ``name`` is the file being attached."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            reason = "แนบไม่ได้เพราะเนื้อที่ในไดรฟ์เต็ม กรุณาลบหรือย้ายไฟล์อื่นแล้วแนบใหม่"
        elif error.errno in FORBIDDEN:
            reason = "แนบไม่ได้เพราะเขียนในโฟลเดอร์งานประเมินไม่ได้ กรุณาคัดลอกทั้งโฟลเดอร์ไปไว้ในเอกสาร"
        else:
            reason = "แนบไม่ได้เพราะเขียนลงไดรฟ์ไม่สำเร็จ กรุณาตรวจไดรฟ์แล้วแนบใหม่"
        raise _refusal(name, reason) from error


_VANISHED: Final = "ไม่อยู่ที่เดิมแล้ว กรุณาหาไฟล์นี้แล้วแนบใหม่"
_FORBIDDEN: Final = "ไม่อนุญาตให้อ่าน กรุณาคัดลอกไฟล์ไปไว้ในเอกสาร (Documents) แล้วแนบใหม่"
_UNREADABLE: Final = "อ่านไม่ได้ กรุณาตรวจว่าไดรฟ์ยังต่ออยู่และไฟล์เปิดได้ แล้วแนบใหม่"
_IN_USE: Final = "โปรแกรมอื่นใช้อยู่ กรุณาปิดไฟล์นั้นก่อนแล้วแนบใหม่"
_CHANGED: Final = "ถูกแก้ไขระหว่างแนบ กรุณาบันทึกและปิดไฟล์ให้เรียบร้อยแล้วแนบใหม่"


def _refusal(name: str, reason: str) -> AttachError:
    return AttachError(f"ไฟล์ “{shorten(clean_text(name), 80)}” {reason}")
