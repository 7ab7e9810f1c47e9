"""Recovering a damaged project: what is still whole, and making it a project again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from esa_desktop.domain.fields import Field, Kind, decode
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import Revision
from esa_desktop.domain.thai import thai_date, thai_digits, thai_time
from esa_desktop.services.identity import Who
from esa_desktop.services.recovered_texts import FROM_MIRROR, node_of, supply
from esa_desktop.storage.backup_list import list_backups
from esa_desktop.storage.layout import title_of
from esa_desktop.storage.recovery import rebuild, whole_evidence
from esa_desktop.storage.salvage import Cancel, Progress, Salvage, salvage
from esa_desktop.storage.salvage_places import Source


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of one round, or (without a code) all that belongs to none."""

    year: str
    code: str
    name: str
    whole: int
    """Revisions that are there."""
    from_backups: int
    """How many of them only a backup still had."""
    lost: int
    """Revisions that are known to have been, and of which nothing is left."""
    from_mirror: int
    """Texts that only the plain copy has."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What a project folder still holds, whatever its database looks like."""

    title: str
    whole: int
    """Revisions that prove themselves."""
    from_database: int
    """How many of them the damaged database itself still has."""
    from_backups: int
    from_mirror: int
    """Texts that only the plain copy has."""
    lost: int
    """Revisions that are known to have been. What damage took with all its traces is not counted."""
    drafts: int
    evidence_files: int
    """Files that are whole."""
    parts: tuple[Part, ...]
    """Every indicator of every round, oldest round first, in printed order."""
    backups: int
    newest_backup: str
    """UTC, ISO 8601; empty where there is none."""

    @property
    def can_recover(self) -> bool:
        return bool(self.whole or self.from_mirror)

    def sentences(self) -> tuple[str, ...]:
        """What is whole, what is not, and from where it comes, in plain Thai."""
        return tuple(_said_of_damage(self))


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a recovery. Nothing is changed where nothing was left."""

    revisions: int
    from_database: int
    from_backups: int
    from_mirror: int
    lost: int
    drafts: int
    frameworks: tuple[str, ...]
    """Rounds whose standards were lost and taken from those that come with the program."""
    aside: Path | None
    """Where the damaged files lie now."""

    @property
    def is_empty(self) -> bool:
        return not self.revisions

    def sentences(self) -> tuple[str, ...]:
        return tuple(_said_of_recovery(self))


def look_at_damage(
    folder: Path, *, cancelled: Cancel | None = None, progress: Progress | None = None
) -> Damage:
    """What could be recovered; changes nothing. Never raises, but for `Cancelled`. For workers."""
    found = salvage(folder, lambda *_: None, cancelled=cancelled, progress=progress)
    supplied = supply(folder, found, Who("", "", ""))
    mirrored = [revision for revision in supplied if revision.author == FROM_MIRROR]
    backups = list_backups(folder)
    sources = Counter(proven.source for proven in found.revisions.values())
    return Damage(
        title=title_of(folder),
        whole=len(found.revisions),
        from_database=sources[Source.DATABASE],
        from_backups=sources[Source.BACKUP] + sources[Source.ASIDE],
        from_mirror=len(mirrored),
        lost=len(found.lost()),
        drafts=len(found.fitting_drafts()),
        evidence_files=len(whole_evidence(folder, cancelled)),
        parts=tuple(_parts(found, supplied)),
        backups=len(backups),
        newest_backup=backups[0].time if backups else "",
    )


def recover(
    folder: Path, who: Who, *, cancelled: Cancel | None = None, progress: Progress | None = None
) -> Recovered:
    """Make a project again of everything that proves itself; what was there lies in ``damaged/``.

    Raises `ProjectLocked` (somebody has it open), `StorageError` (disk full, no permission) or
    `Cancelled`, and then nothing has changed. For workers: takes seconds.
    """
    rebuilt = rebuild(
        folder, partial(supply, folder, who=who), cancelled=cancelled, progress=progress
    )
    if rebuilt is None:
        return Recovered(0, 0, 0, 0, 0, 0, (), None)
    found = rebuilt.found
    sources = Counter(proven.source for proven in found.revisions.values())
    mirrored = sum(revision.author == FROM_MIRROR for revision in rebuilt.added)
    guessed = [r.field.round for r in rebuilt.added if r.author != FROM_MIRROR]
    return Recovered(
        revisions=rebuilt.examination.revisions,
        from_database=sources[Source.DATABASE],
        from_backups=sources[Source.BACKUP] + sources[Source.ASIDE],
        from_mirror=mirrored,
        lost=len(found.lost()),
        drafts=rebuilt.examination.drafts,
        frameworks=tuple(guessed),
        aside=rebuilt.aside,
    )


# --- numbers and sentences --------------------------------------------------------------------


def _parts(found: Salvage, supplied: Sequence[Revision]) -> Iterator[Part]:
    frameworks: dict[str, Framework] = {}
    for revision in (*found.frameworks, *supplied):
        if revision.field.kind is Kind.FRAMEWORK and revision.body:
            frameworks[revision.field.round] = decode(revision.field, revision.body)
    places = partial(_place, frameworks)
    whole = Counter(places(proven.field) for proven in found.revisions.values())
    backed = Counter(
        places(p.field) for p in found.revisions.values() if p.source is not Source.DATABASE
    )
    lost = Counter(places(field) for field in found.lost().values())
    mirrored = Counter(places(r.field) for r in supplied if r.author == FROM_MIRROR)

    def part(year: str, code: str, name: str) -> Part:
        place = (year, code)
        return Part(year, code, name, whole[place], backed[place], lost[place], mirrored[place])

    for year, framework in sorted(frameworks.items()):
        for code, _, indicator in framework.indicators():
            yield part(year, code, indicator.name)
    yield part("", "", "ส่วนที่ไม่ขึ้นกับตัวบ่งชี้")


def _place(frameworks: dict[str, Framework], field: Field) -> tuple[str, str]:
    """(year, code of the indicator); both empty for what belongs to none."""
    framework = frameworks.get(field.round)
    node = node_of(field)
    if framework is None or not framework.has_node(node):
        return "", ""
    code = framework.code_of(node)
    standard, _, rest = code.partition(".")
    indicator, _, _ = rest.partition(".")
    return (field.round, f"{standard}.{indicator}") if indicator else ("", "")


def _said_of_damage(damage: Damage) -> Iterator[str]:
    if not damage.can_recover:
        yield "ไม่พบข้อความที่กู้ได้ในโฟลเดอร์นี้ กรุณาเปิดสำเนาที่เก็บไว้ที่อื่น เช่น ในแฟลชไดรฟ์"
        return
    yield f"ข้อความและประวัติการแก้ไขที่ยังอยู่ครบมี {counted(damage.whole)} ฉบับ"
    if damage.from_backups:
        yield f"ในจำนวนนี้ได้จากข้อมูลสำรอง {counted(damage.from_backups)} ฉบับ"
    if damage.from_mirror:
        yield f"อีก {counted(damage.from_mirror)} ช่องได้จากสำเนาข้อความ ซึ่งมีเฉพาะฉบับล่าสุด"
    if damage.drafts:
        yield f"ข้อความที่กำลังพิมพ์ค้างไว้ {counted(damage.drafts)} ช่องยังอยู่"
    if damage.lost:
        yield f"หายไป {counted(damage.lost)} ฉบับ ส่วนใหญ่เป็นฉบับก่อนหน้าของข้อความ"
    else:
        yield "ไม่พบว่ามีฉบับใดหายไป"
    if damage.evidence_files:
        yield f"ไฟล์หลักฐานที่ครบถ้วนมี {counted(damage.evidence_files)} ไฟล์"
    if damage.newest_backup:
        yield f"มีข้อมูลสำรอง {counted(damage.backups)} ชุด ล่าสุดเมื่อ{said_time(damage.newest_backup)}"


def _said_of_recovery(recovered: Recovered) -> Iterator[str]:
    if recovered.is_empty:
        yield "ไม่พบข้อความที่กู้ได้ จึงไม่ได้เปลี่ยนแปลงอะไร กรุณาเปิดสำเนาที่เก็บไว้ที่อื่น เช่น ในแฟลชไดรฟ์"
        return
    yield f"กู้คืนแล้ว {counted(recovered.revisions)} ฉบับ เปิดงานนี้ได้ตามปกติ"
    if recovered.from_mirror:
        yield f"ในจำนวนนี้ {counted(recovered.from_mirror)} ช่องได้จากสำเนาข้อความ กรุณาอ่านทวนช่องที่ผู้แก้คือ “{FROM_MIRROR}”"
    if recovered.lost:
        yield f"กู้ไม่ได้ {counted(recovered.lost)} ฉบับ"
    if recovered.frameworks:
        years = thai_digits(", ".join(recovered.frameworks))
        yield f"ฉบับมาตรฐานของปี {years} หายไป จึงใช้ฉบับที่มากับโปรแกรม กรุณาตรวจดู"
    if recovered.aside is not None:
        yield f"ไฟล์เดิมที่เสียหายเก็บไว้ในโฟลเดอร์ damaged/{recovered.aside.name}"


def counted(number: int) -> str:
    """In Thai digits; not so a whole sentence, for names of files and folders stay as they are."""
    return thai_digits(f"{number:,}")


def said_time(utc: str) -> str:
    """``วันที่ … เวลา …`` for a time in UTC; the bare text where it is none."""
    try:
        moment = datetime.fromisoformat(utc).astimezone()
    except (ValueError, OverflowError, OSError):
        return f" {utc}"
    return f"วันที่ {thai_date(moment.date(), short=True)} เวลา {thai_time(moment)}"
