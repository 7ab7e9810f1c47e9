"""What SQLite and the disk complain of, said to a person: the one place where their errors end."""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError, StatementError

from esa_desktop import __version__
from esa_desktop.domain.errors import (
    DamagedProject,
    LeftOpen,
    NewerProject,
    ProjectLocked,
    StorageError,
    ValueRefused,
    WriteForbidden,
)
from esa_desktop.domain.thai import thai_digits
from esa_desktop.domain.versions import is_newer
from esa_desktop.storage.layout import DATABASE, title_of
from esa_desktop.storage.lock import read_holder, said


class DatabaseMisused(RuntimeError):
    """The database was asked for something wrong: a fault of this program, not of the disk."""


class Garbled(ValueError):
    """A row that no longer says what was written."""


class UnknownKind(ValueError):
    """A row of a kind that this version of the program does not have."""


class DriveFault(StorageError):
    """The drive itself failed or is gone; a new connection may find it again."""


FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
LEAST_ROOM: Final = 1 << 16
"""Bytes; with less on the drive no file can be begun."""
FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GARBLED: Final = (
    "Could not decode to UTF-8",
    "foreign key mismatch",
    "malformed",
    "no such ",
    "not a database",
    "unsupported file format",
)
"""Damage that is told in words only, under the code of a wrong statement."""


@contextmanager
def said_in_thai(folder: Path) -> Iterator[None]:
    """Turn whatever SQLAlchemy, SQLite or the file system raise into errors a person can mend.

    ``folder`` is the project folder. What nobody but a programmer can mend becomes
    `DatabaseMisused`.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, UnicodeError, Garbled, UnknownKind) as fault:
        raise _named(fault, folder) from fault


def _named(fault: Exception, folder: Path) -> Exception:
    if isinstance(fault, StatementError) and isinstance(fault.orig, Exception):
        fault = fault.orig
    if isinstance(fault, UnicodeEncodeError):
        return ValueRefused("ข้อความมีอักขระที่บันทึกไม่ได้ กรุณาลบอักขระที่แสดงผิดปกติแล้วลองอีกครั้ง")
    if isinstance(fault, OSError):
        return os_fault(fault, folder)
    if isinstance(fault, sqlite3.Error):
        return _sqlite_fault(fault, folder)
    if isinstance(fault, UnknownKind):
        return newer(folder)
    garbled = isinstance(fault, (Garbled, UnicodeError))
    return damaged(folder) if garbled else DatabaseMisused(str(fault))


def _sqlite_fault(fault: sqlite3.Error, folder: Path) -> Exception:
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_ERROR and any(words in str(fault) for words in _GARBLED):
        return damaged(folder)
    sentence = _SENTENCES.get(code)
    return sentence(folder) if sentence else DatabaseMisused(f"{fault} (SQLite says {code})")


def os_fault(fault: OSError, folder: Path) -> StorageError:
    """The sentence for an error of the file system inside the project folder."""
    if fault.errno in FULL:
        return disk_full(folder)
    if fault.errno in FORBIDDEN:
        return no_permission(folder)
    return drive_fault(folder)


def disk_full(folder: Path) -> StorageError:
    return StorageError(
        f"เนื้อที่เต็ม จึงยังบันทึกงานประเมิน “{title_of(folder)}” ไม่ได้ "
        "กรุณาลบหรือย้ายไฟล์อื่นออกจากไดรฟ์นี้แล้วลองอีกครั้ง"
    )


def drive_fault(folder: Path) -> StorageError:
    return DriveFault(
        f"อ่านหรือเขียนไดรฟ์ที่เก็บงานประเมิน “{title_of(folder)}” ไม่ได้ "
        "กรุณาตรวจว่าไดรฟ์ยังต่ออยู่และไม่เต็ม แล้วลองอีกครั้ง"
    )


def cannot_open(folder: Path) -> StorageError:
    """SQLite has one word for a file it may not make and one there is no room for."""
    with suppress(OSError):
        if shutil.disk_usage(folder).free < LEAST_ROOM:
            return disk_full(folder)
    return no_permission(folder)


def drive_gone(folder: Path) -> DriveFault:
    """For a project that was open a moment ago: its folder is not there, or is not the same one."""
    return DriveFault(
        f"ไม่พบโฟลเดอร์ของงานประเมิน “{title_of(folder)}” ถ้าอยู่ในแฟลชไดรฟ์กรุณาเสียบกลับ "
        "ถ้าย้ายหรือเปลี่ยนชื่อโฟลเดอร์กรุณาย้ายกลับ แล้วโปรแกรมจะบันทึกต่อให้เอง"
    )


def no_permission(folder: Path) -> WriteForbidden:
    return WriteForbidden(
        f"เขียนในโฟลเดอร์ของงานประเมิน “{title_of(folder)}” ไม่ได้ "
        "กรุณาคัดลอกทั้งโฟลเดอร์ไปไว้ที่อื่น เช่น ในเอกสาร (Documents) แล้วเปิดจากที่นั่น"
    )


def locked(folder: Path) -> ProjectLocked:
    return ProjectLocked(
        f"งานประเมิน “{title_of(folder)}” เปิด{said(read_holder(folder))} กรุณาปิดที่นั่นก่อนแล้วลองอีกครั้ง"
    )


def left_open(folder: Path) -> LeftOpen:
    return LeftOpen(
        f"งานประเมิน “{title_of(folder)}” เปิดค้าง{said(read_holder(folder))} "
        "ถ้าที่นั่นปิดแล้วเปิดต่อได้ ถ้ายังเปิดอยู่กรุณาปิดที่นั่นก่อน"
    )


def damaged(folder: Path) -> DamagedProject:
    return DamagedProject(
        f"ไฟล์ {DATABASE} ของงานประเมิน “{title_of(folder)}” เสียหาย "
        "กรุณาเก็บโฟลเดอร์นี้ไว้อย่างเดิมและกู้คืนข้อมูลจากข้อมูลสำรอง"
    )


def newer(folder: Path, program: str = "") -> NewerProject:
    """``program``: the version that wrote it, where that is known."""
    return NewerProject(f"งานประเมิน “{title_of(folder)}” {written_by_newer(program)}")


def written_by_newer(program: str = "") -> str:
    """What is so and what to do: updates come on a stick, for there is no internet."""
    by = f"รุ่น {program} ซึ่งใหม่กว่า" if is_newer(program, __version__) else "รุ่นใหม่กว่า"
    return thai_digits(
        f"บันทึกด้วยโปรแกรม{by}โปรแกรมในเครื่องนี้ (รุ่น {__version__}) ข้อมูลยังอยู่ครบและไม่ถูกแก้ไข "
        "กรุณาขอไฟล์ติดตั้งรุ่นใหม่จากผู้ส่งงานนี้หรือผู้ดูแลโปรแกรม ติดตั้งทับรุ่นเดิม แล้วเปิดอีกครั้ง"
    )


_SENTENCES: Final[Mapping[int, Callable[[Path], StorageError]]] = {
    sqlite3.SQLITE_FULL: disk_full,
    sqlite3.SQLITE_IOERR: drive_fault,
    sqlite3.SQLITE_PROTOCOL: drive_fault,
    sqlite3.SQLITE_READONLY: no_permission,
    sqlite3.SQLITE_CANTOPEN: cannot_open,
    sqlite3.SQLITE_PERM: no_permission,
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_FORMAT: damaged,
    # Our statements keep the constraints; a broken index makes SQLite believe otherwise.
    sqlite3.SQLITE_CONSTRAINT: damaged,
}
