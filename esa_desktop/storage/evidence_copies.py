"""Evidence handed out to be opened: a read-only copy with a harmless name, of known kinds."""

import hashlib
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import EvidenceFile, safe_file_name
from esa_desktop.domain.thai import shorten
from esa_desktop.storage.durable import part_beside
from esa_desktop.storage.evidence_files import CHUNK, path_of
from esa_desktop.storage.faults import FULL

OPENABLE: Final = frozenset(
    # .doc, .xls and .ppt may carry macros, but the cabinets of offices are full of them; the mark
    # of the web makes Office open them protected and with macros off.
    ".pdf .txt .csv .doc .docx .odt .xls .xlsx .ods .ppt .pptx .odp "
    ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic .mp4 .mov .m4v .mp3 .m4a .wav".split()
)
"""Endings of files that may be opened from the program. Not archives, web pages, drawings (.svg):
what they bring along runs; nor the office files that exist for their macros (.docm, .xlsm)."""
RUNNABLE: Final = frozenset(
    ".exe .com .bat .cmd .scr .pif .msi .msp .cpl .lnk .url .hta .js .jse .vbs .vbe .wsf .wsh .ps1 "
    ".jar .reg .scf .chm .html .htm .svg .docm .dotm .xlsm .xltm .xlam .pptm .ppam .ppsm".split()
)
"""Endings that forbid opening wherever they stand in a name: ``a.exe.pdf`` means to deceive."""
_INTERNET_ZONE: Final = "[ZoneTransfer]\r\nZoneId=3\r\n"


def may_open(name: str) -> bool:
    """Whether a file of this name is of a kind that is opened from the program."""
    *inner, last = [""] + [suffix.casefold() for suffix in Path(safe_file_name(name)).suffixes]
    return last in OPENABLE and RUNNABLE.isdisjoint(inner)


def open_copy(folder: Path, file: EvidenceFile, to: Path) -> Path:
    """Copy a file of the project ``folder`` below ``to`` and return where; the caller opens it.

    The copy is read-only, so that nobody works on it and believes it to be in the project. It is
    compared with its hash on the way. Raises `AttachError`.
    """
    name = safe_file_name(file.name)
    if not may_open(name):
        raise _refusal(name, "เป็นชนิดที่ไม่เปิดจากโปรแกรมนี้เพื่อความปลอดภัย กรุณาเปิดจากไฟล์ต้นฉบับ")
    copy = to / file.sha256[:16] / name
    with _copying(name):
        copy.parent.mkdir(parents=True, exist_ok=True)
        if copy.exists():
            if _sha256_of(copy) == file.sha256:
                return copy
            _remove(copy)
        part = part_beside(copy)
        try:
            if _copy(path_of(folder, file.sha256), part) != file.sha256:
                raise _refusal(name, "ในงานประเมินเสียหาย กรุณาแนบไฟล์นี้อีกครั้งหรือกู้คืนจากข้อมูลสำรอง")
            part.replace(copy)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        _mark_as_foreign(copy)
        copy.chmod(stat.S_IREAD)
        return copy


def writable_copy(folder: Path, file: EvidenceFile, place: Path) -> Path:
    """Copy a file of the project to ``place``, or beside it where that is taken, to be edited.

    Compared with its hash on the way. Raises `AttachError`.
    """
    name = safe_file_name(file.name)
    if not may_open(name):
        raise _refusal(name, "เป็นชนิดที่ไม่เปิดจากโปรแกรมนี้เพื่อความปลอดภัย กรุณาเปิดจากไฟล์ต้นฉบับ")
    with _copying(name):
        place.parent.mkdir(parents=True, exist_ok=True)
        part = part_beside(place)
        try:
            if _copy(path_of(folder, file.sha256), part) != file.sha256:
                raise _refusal(name, "ในงานประเมินเสียหาย กรุณาแนบไฟล์นี้อีกครั้งหรือกู้คืนจากข้อมูลสำรอง")
            copy = _free_beside(place)
            part.replace(copy)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        _mark_as_foreign(copy)
        return copy


def _free_beside(place: Path) -> Path:
    """``place``, or with a number behind its name: what is there may be somebody's work."""
    number, free = 1, place
    while free.exists():
        number += 1
        free = place.with_name(f"{place.stem} ({number}){place.suffix}")
    return free


def _copy(original: Path, part: Path) -> str:
    sha256 = hashlib.sha256()
    with original.open("rb") as source, part.open("xb") as copy:
        while chunk := source.read(CHUNK):
            sha256.update(chunk)
            copy.write(chunk)
    return sha256.hexdigest()


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(copy: Path) -> None:
    copy.chmod(stat.S_IREAD | stat.S_IWRITE)  # Windows deletes no read-only file
    copy.unlink()


def _mark_as_foreign(copy: Path) -> None:
    """Windows: say that the file came from elsewhere, so that Office opens it protected."""
    if sys.platform == "win32":
        with suppress(OSError):  # FAT has no place for the mark
            Path(f"{copy}:Zone.Identifier").write_text(_INTERNET_ZONE, encoding="ascii")


@contextmanager
def _copying(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise _refusal(name, "ไม่อยู่ในงานประเมินแล้ว กรุณาแนบไฟล์นี้อีกครั้งหรือกู้คืนจากข้อมูลสำรอง") from error
    except OSError as error:
        if error.errno in FULL:
            raise _refusal(
                name, "เปิดไม่ได้เพราะเนื้อที่ในไดรฟ์เต็ม กรุณาลบหรือย้ายไฟล์อื่นแล้วลองอีกครั้ง"
            ) from error
        raise _refusal(name, "เปิดไม่ได้ กรุณาตรวจว่าไดรฟ์ยังต่ออยู่ แล้วลองอีกครั้ง") from error


def _refusal(name: str, reason: str) -> AttachError:
    return AttachError(f"ไฟล์ “{shorten(name, 80)}” {reason}")
