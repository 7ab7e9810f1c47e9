"""The health of an open project: every row, every file of evidence, the backups; and what to do."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import Cancelled
from esa_desktop.services.backing_up import answer_of
from esa_desktop.services.projects import Project
from esa_desktop.services.recovering import (
    Damage,
    Recovered,
    look_at_damage,
    recover,
)
from esa_desktop.services.recovery_words import counted, listed, said_time
from esa_desktop.storage.backup_list import Backup, list_backups
from esa_desktop.storage.examination import Examination, examine
from esa_desktop.storage.health import EvidenceHealth, Named, examine_evidence
from esa_desktop.storage.layout import DATABASE
from esa_desktop.storage.store import Store

__all__ = [
    "Damage",
    "Health",
    "Named",
    "Recovered",
    "check_health",
    "look_at_damage",
    "recover",
]

UNSAVED: Final = "งานที่แก้ล่าสุดยังบันทึกลงดิสก์ไม่ได้ จึงยังตรวจไม่ได้ กรุณาแก้ตามแถบสีแดงก่อนแล้วตรวจอีกครั้ง"
Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]
"""Gets (bytes done, bytes in all)."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a full check found."""

    examination: Examination
    evidence_missing: tuple[Named, ...]
    """(code and title of the item, file name, sha256)."""
    evidence_changed: tuple[Named, ...]
    orphans: tuple[int, int]
    """(count, bytes) of files the project does not know. No fault: a crash leaves some.

    None of a damaged project, which no longer knows its own.
    """
    backups: int
    newest_backup: str
    """UTC, ISO 8601; empty where there is none."""

    @property
    def is_damaged(self) -> bool:
        """The database itself: to be recovered, not only to be given a file again."""
        return not self.examination.is_whole

    @property
    def is_whole(self) -> bool:
        return self.examination.is_whole and not self.evidence_missing and not self.evidence_changed

    def sentences(self) -> tuple[str, ...]:
        """What was found in plain Thai, what is wrong first, each with what to do."""
        return tuple(_said(self))


def check_health(
    project: Project, *, cancelled: Cancel | None = None, progress: Progress | None = None
) -> Health:
    """Examine a copy of the database, and every file of evidence. Blocks: for workers.

    Saving goes on meanwhile. Raises `StorageError` where there is no room for the copy, or
    `Cancelled`; what is wrong with the project is no error but the answer.
    """
    with tempfile.TemporaryDirectory(prefix="esa-health-", ignore_cleanup_errors=True) as place:
        copy = Path(place) / DATABASE
        asked = project.ask_slowly(partial(_copy, copy, cancelled))
        answer_of(project, asked, cancelled, unsaved=UNSAVED)
        examination = examine(copy, cancelled=cancelled)
        evidence = examine_evidence(
            project.folder, copy, examination.files, cancelled=cancelled, progress=progress
        )
    return _health(examination, evidence, list_backups(project.folder))


def _copy(copy: Path, cancelled: Cancel | None, store: Store, breathe: Callable[[], None]) -> None:
    def breathe_or_end() -> None:
        if cancelled and cancelled():
            raise Cancelled("ยกเลิกการตรวจแล้ว ไม่มีสิ่งใดเปลี่ยนแปลง")
        breathe()

    store.forget_pages()
    store.copy_to(copy, breathe_or_end)


def _health(
    examination: Examination, evidence: EvidenceHealth, backups: Sequence[Backup]
) -> Health:
    return Health(
        examination=examination,
        evidence_missing=evidence.missing,
        evidence_changed=evidence.changed,
        orphans=(evidence.orphans, evidence.orphan_bytes) if examination.is_whole else (0, 0),
        backups=len(backups),
        newest_backup=backups[0].time if backups else "",
    )


def _said(health: Health) -> Iterator[str]:
    examined = health.examination
    if not examined.is_whole:
        yield (
            "ข้อมูลบางส่วนในไฟล์งานเสียหาย กรุณาปิดงานแล้วกู้คืน "
            "โปรแกรมจะเก็บไฟล์เดิมไว้ แล้วสร้างไฟล์งานใหม่จากทุกส่วนที่ยังครบถ้วน"
        )
    if health.evidence_missing:
        yield (
            f"ไม่พบไฟล์หลักฐาน {counted(len(health.evidence_missing))} ไฟล์ "
            f"{listed(health.evidence_missing)} กรุณาแนบไฟล์เหล่านี้อีกครั้ง "
            "หรือหาไฟล์ในข้อมูลสำรองที่ไดรฟ์อื่น"
        )
    if health.evidence_changed:
        yield (
            f"ไฟล์หลักฐาน {counted(len(health.evidence_changed))} ไฟล์ไม่ตรงกับที่แนบไว้หรืออ่านไม่ได้ "
            f"{listed(health.evidence_changed)} กรุณาแนบไฟล์ต้นฉบับอีกครั้ง "
            "หรือหาไฟล์ในข้อมูลสำรองที่ไดรฟ์อื่น"
        )
    if examined.is_whole:
        yield f"ข้อความและประวัติการแก้ไขครบถ้วน รวมการแก้ไข {counted(examined.revisions)} ครั้ง"
    is_sound = examined.is_whole and not (health.evidence_missing or health.evidence_changed)
    if examined.files and is_sound:
        yield f"ไฟล์หลักฐานครบถ้วนทั้ง {counted(len(examined.files))} ไฟล์"
    count, size = health.orphans
    if count:
        yield (
            f"มีไฟล์ที่ไม่ได้ใช้ในโฟลเดอร์หลักฐาน {counted(count)} ไฟล์ ({counted(max(1, size >> 20))} MB) ไม่มีผลต่องาน"
        )
    if health.newest_backup:
        yield f"มีข้อมูลสำรอง {counted(health.backups)} ชุด ล่าสุดเมื่อ{said_time(health.newest_backup)}"
    elif examined.is_whole:
        yield "ยังไม่มีข้อมูลสำรอง กรุณาสำรองข้อมูลจากเมนู ไฟล์"
