"""The sentences of recovery and health: what is whole, what is gone, and from where the rest comes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from esa_desktop.domain.thai import thai_date, thai_digits, thai_time
from esa_desktop.services.recovered_texts import FROM_MIRROR
from esa_desktop.storage.health import Named

if TYPE_CHECKING:
    from esa_desktop.services.recovering import Damage, Recovered

MOST_NAMED: Final = 5
"""Files named one by one in a sentence; the rest is a number."""


def said_of_damage(damage: "Damage") -> Iterator[str]:
    """What a look at a damaged project found; never more comfort than it proves."""
    if damage.can_recover:
        yield from _said_of_texts(damage)
    else:
        yield "ไม่พบข้อความที่กู้ได้ในโฟลเดอร์นี้ กรุณาเปิดข้อมูลสำรองที่เก็บไว้ที่อื่น เช่น ในแฟลชไดรฟ์"
    if damage.evidence_files:
        yield f"ไฟล์หลักฐานที่ครบถ้วนมี {counted(damage.evidence_files)} ไฟล์"
    if damage.evidence_missing:
        yield _said_of_missing(damage.evidence_missing)
    if damage.newest_backup:
        yield f"มีข้อมูลสำรอง {counted(damage.backups)} ชุด ล่าสุดเมื่อ{said_time(damage.newest_backup)}"


def _said_of_texts(damage: "Damage") -> Iterator[str]:
    if not damage.whole:
        yield f"ไม่พบประวัติการแก้ไข เหลือข้อความล่าสุด {counted(damage.from_mirror)} ช่องจากสำเนาข้อความ"
        return
    yield f"การแก้ไขที่ยังอยู่ครบมี {counted(damage.whole)} ครั้ง"
    if damage.from_backups:
        yield f"ในจำนวนนี้ได้จากข้อมูลสำรอง {counted(damage.from_backups)} ครั้ง"
    if damage.from_mirror:
        yield f"อีก {counted(damage.from_mirror)} ช่องได้จากสำเนาข้อความ ซึ่งมีเฉพาะข้อความล่าสุด"
    if damage.drafts:
        yield f"ข้อความที่กำลังพิมพ์ค้างไว้ {counted(damage.drafts)} ช่องยังอยู่"
    if damage.lost:
        yield f"การแก้ไขที่หายไปมี {counted(damage.lost)} ครั้ง"
    if not damage.from_database:
        yield "สิ่งที่แก้ไขหลังข้อมูลสำรองชุดล่าสุดอาจหายไป"
    elif not damage.lost:
        yield "ไม่พบว่ามีการแก้ไขใดหายไป"


def said_of_recovery(recovered: "Recovered") -> Iterator[str]:
    """What a recovery brought back."""
    if recovered.is_empty:
        yield ("ไม่พบข้อความที่กู้ได้ จึงไม่ได้เปลี่ยนแปลงอะไร กรุณาเปิดข้อมูลสำรองที่เก็บไว้ที่อื่น เช่น ในแฟลชไดรฟ์")
        return
    review = f"กรุณาอ่านทวนช่องที่ผู้แก้คือ “{FROM_MIRROR}”"
    mirrored = counted(recovered.from_mirror)
    if recovered.has_history:
        yield f"กู้คืนการแก้ไขได้ {counted(recovered.revisions)} ครั้ง เปิดงานนี้ได้ตามปกติ"
        if recovered.from_mirror:
            yield f"ในจำนวนนี้ {mirrored} ช่องได้จากสำเนาข้อความ {review}"
    else:
        yield f"กู้คืนข้อความล่าสุดได้ {mirrored} ช่องจากสำเนาข้อความ เปิดงานนี้ได้ แต่ไม่มีประวัติการแก้ไขก่อนหน้า"
        yield review
    if recovered.lost:
        yield f"กู้ไม่ได้ {counted(recovered.lost)} ครั้ง"
    if recovered.evidence_missing:
        yield _said_of_missing(recovered.evidence_missing)
    if recovered.frameworks:
        years = thai_digits(", ".join(recovered.frameworks))
        yield f"ฉบับมาตรฐานของปี {years} หายไป จึงใช้ฉบับที่มากับโปรแกรม กรุณาตรวจดู"
    if recovered.aside is not None:
        yield "ไฟล์เดิมที่เสียหายเก็บไว้ครบในโฟลเดอร์ของงาน ไม่ได้ลบ"


def _said_of_missing(files: Sequence[Named]) -> str:
    return (
        f"ไฟล์หลักฐานที่หายไปหรือเสียหายมี {counted(len(files))} ไฟล์ "
        f"{listed(files)} กรุณาหาไฟล์ต้นฉบับมาแนบอีกครั้ง"
    )


def listed(files: Sequence[Named]) -> str:
    """The names of some files, and how many more there are."""
    names = [
        f"“{name}” ({thai_digits(item)})" if item else f"“{name or sha256[:8]}”"
        for item, name, sha256 in files
    ]
    more = len(files) - MOST_NAMED
    told = " ".join(names[:MOST_NAMED])
    return f"{told} และอีก {counted(more)} ไฟล์" if more > 0 else told


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
