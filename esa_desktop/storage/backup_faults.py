"""What goes wrong while backups are made or restored, said to a person: where, what follows, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from esa_desktop.domain.errors import DamagedProject, NoRoom, StorageError
from esa_desktop.domain.thai import clean_text, shorten, thai_digits
from esa_desktop.storage.faults import FORBIDDEN, FULL, DriveFault, damaged
from esa_desktop.storage.layout import BACKUPS, PART, title_of

MEGABYTE: Final = 1_000_000
"""Bytes, as file windows count them."""

_FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What is being done, as its errors are told."""

    project: Path
    """The project folder."""
    where: str
    """The place that is written to."""
    failed: str
    """What did not come about."""
    elsewhere: str
    """What to do where nothing may be written."""
    source: Path | None = None
    """The open project's folder, without which there is nothing to copy."""
    kept: str = ""
    """What nothing has happened to; said only while something lies in `kept_in`."""
    kept_in: Path | None = None

    @classmethod
    def backing_up(cls, project: Path) -> Self:
        return cls(
            project,
            where=f"ไดรฟ์ที่เก็บงานประเมิน “{title_of(project)}”",
            failed="จึงยังสำรองข้อมูลไม่ได้",
            elsewhere="กรุณาคัดลอกทั้งโฟลเดอร์ไปไว้ที่อื่น เช่น ในเอกสาร (Documents) แล้วเปิดจากที่นั่น",
            source=project,
            kept="ข้อมูลสำรองเดิมยังอยู่ครบ",
            kept_in=project / BACKUPS,
        )

    @classmethod
    def copying_to(cls, project: Path, target: Path) -> Self:
        return cls(
            project,
            where=f"โฟลเดอร์ “{shown(target)}”",
            failed=f"จึงสำรองงานประเมิน “{title_of(project)}” ไปไว้ที่นั่นไม่ได้",
            elsewhere="กรุณาเลือกไดรฟ์หรือโฟลเดอร์อื่นแล้วลองอีกครั้ง",
            source=project,
            kept="งานเดิมยังอยู่ครบ",
            kept_in=project,
        )

    @classmethod
    def restoring_to(cls, to: Path, backup: Path) -> Self:
        return cls(
            to,
            where=f"โฟลเดอร์ “{shown(to)}”",
            failed="จึงยังกู้คืนข้อมูลไม่ได้",
            elsewhere="กรุณาเลือกโฟลเดอร์อื่น เช่น ในเอกสาร (Documents) แล้วลองอีกครั้ง",
            kept="ข้อมูลสำรองยังอยู่ครบ",
            kept_in=backup,
        )

    @classmethod
    def reading(cls, backup: Path) -> Self:
        """Of a copy in the computer's folder for temporary files."""
        return cls(
            backup,
            where="โฟลเดอร์ชั่วคราวของเครื่องนี้",
            failed="จึงยังอ่านข้อมูลสำรองไม่ได้ งานปัจจุบันไม่เปลี่ยนแปลง",
            elsewhere="กรุณาเริ่มเครื่องใหม่แล้วลองอีกครั้ง",
        )

    @property
    def outcome(self) -> str:
        """What did not come about, and what is left, as far as it is known to be there."""
        is_there = self.kept_in is not None and _holds_something(self.kept_in)
        return f"{self.failed} {self.kept}" if is_there else self.failed

    def full(self, lacking: int = 0) -> NoRoom:
        """``lacking``: bytes that are wanting, where that was counted."""
        amount = thai_digits(f"{-(-lacking // MEGABYTE):,}")
        more = f" ต้องการที่ว่างเพิ่มอีกประมาณ {amount} MB" if lacking > 0 else ""
        return NoRoom(
            f"ที่ว่างใน{self.where} ไม่พอ{more} {self.outcome} กรุณาลบหรือย้ายไฟล์อื่นออกจากไดรฟ์นี้แล้วลองอีกครั้ง"
        )

    def forbidden(self) -> StorageError:
        return StorageError(f"เขียนใน{self.where} ไม่ได้ {self.outcome} {self.elsewhere}")

    def fault(self) -> StorageError:
        return StorageError(
            f"อ่านหรือเขียน{self.where} ไม่สำเร็จ {self.outcome} กรุณาตรวจว่าไดรฟ์ยังต่ออยู่และไม่เต็ม แล้วลองอีกครั้ง"
        )

    def refuse_gone(self) -> None:
        """Raise where the project's folder is not there: nothing must be made in its place."""
        if self.source is not None and not self.source.is_dir():
            raise DriveFault(
                f"ไม่พบโฟลเดอร์ของงานประเมิน “{title_of(self.source)}” {self.failed} "
                "ถ้าอยู่ในแฟลชไดรฟ์กรุณาเสียบกลับ ถ้าย้ายหรือเปลี่ยนชื่อโฟลเดอร์กรุณาย้ายกลับ แล้วลองอีกครั้ง"
            )

    @contextmanager
    def said(self) -> Iterator[None]:
        """Errors of the file system and of SQLite become the sentence that fits."""
        try:
            yield
        except (OSError, sqlite3.Error) as fault:
            raise self._named(fault) from fault

    @contextmanager
    def said_anew(self) -> Iterator[None]:
        """Around what the store does: what it says of the disk speaks of saving and of its own place."""
        try:
            with self.said():
                yield
        except DamagedProject as error:
            raise damaged(self.project) from error
        except StorageError as error:
            if error.__cause__ is None or type(error) not in (StorageError, DriveFault):
                raise  # says itself what is the matter
            raise self._named(error) from error

    def _named(self, fault: BaseException) -> StorageError:
        cause: object = fault
        while cause is not None:
            cause = getattr(cause, "orig", None) or cause
            if isinstance(cause, OSError):
                if cause.errno in FULL:
                    return self.full()
                return self.forbidden() if cause.errno in FORBIDDEN else self.fault()
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_FULL:
                return self.full()
            if code in _FORBIDDEN:
                return self.forbidden()
            cause = getattr(cause, "__cause__", None)
        return self.fault()


def _holds_something(folder: Path) -> bool:
    """Anything that is not half made."""
    with suppress(OSError):
        return any(not entry.name.endswith(PART) for entry in folder.iterdir())
    return False


def shown(place: Path) -> str:
    """A folder as it is named in a sentence."""
    return shorten(clean_text(str(place)).replace("\n", " "), 120)
