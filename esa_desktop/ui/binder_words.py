"""What the binder's dialog says: how much there is, what is not as it was, what came of it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.binder import BinderResult, Changed, Volume
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.binder_changes import BinderChanges, BinderCount

TONES: Final[dict[Changed, str]] = {
    "new": "good",
    "changed": "warn",
    "moved": "ink2",
    "gone": "bad",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("binder", words)


def changed_word(kind: Changed) -> str:
    return {
        "new": _tr("ใหม่"),
        "changed": _tr("เปลี่ยน"),
        "moved": _tr("ย้ายที่"),
        "gone": _tr("ต้องนำออก"),
    }[kind]


def count_words(count: BinderCount) -> str:
    """How much would be bound: ``๔๘ รายการ ๖๑ ไฟล์ ๑๒๓ MB``."""
    words = [_tr("{0} รายการ").format(count.items), _tr("{0} ไฟล์").format(count.files)]
    if count.files:
        words.append(size_words(count.size))
    lines = [" ".join(words)]
    if not count.items:
        lines.append(no_evidence())
    if count.confidential:
        lines.append(_tr("เป็นหลักฐานลับ {0} รายการ").format(count.confidential))
    if count.without_file:
        lines.append(_tr("ไม่มีไฟล์ {0} รายการ จะมีใบบอกว่าอยู่ที่ใด").format(count.without_file))
    if count.missing:
        lines.append(_tr("ไม่พบไฟล์ {0} ไฟล์ จะมีใบบอกไว้ในตำแหน่งนั้น").format(count.missing))
    return thai_digits("\n".join(lines))


def no_evidence() -> str:
    """Why no binder can be made of what is chosen."""
    return _tr("ยังไม่มีหลักฐานให้รวมเป็นแฟ้ม กรุณาปิดหน้านี้แล้วแนบหลักฐานก่อน หรือเลือกส่วนอื่นที่มีหลักฐาน")


def size_words(size: int) -> str:
    """Of files, in megabytes of a million bytes, as upload limits count."""
    megabytes = size / 1_000_000
    figure = f"{megabytes:,.0f}" if megabytes >= 10 else f"{max(megabytes, 0.1):.1f}"
    return thai_digits(f"{figure} MB")


def changes_words(changes: BinderChanges) -> tuple[str, str]:
    """One bold line and one line below it."""
    if changes.is_first:
        return (
            _tr("ยังไม่เคยทำแฟ้มของส่วนนี้"),
            _tr("ครั้งต่อไปจะเห็นที่นี่ว่ามีอะไรเปลี่ยน"),
        )
    since = _tr("เทียบกับแฟ้มวันที่ {0}").format(changes.since)
    if not changes.changed:
        return _tr("ไม่มีอะไรเปลี่ยนจากแฟ้มครั้งก่อน"), thai_digits(since)
    kinds: tuple[Changed, ...] = ("new", "changed", "moved", "gone")
    counted = [f"{changed_word(kind)} {n}" for kind in kinds if (n := changes.count(kind))]
    return thai_digits(" · ".join(counted)), thai_digits(since)


def nothing_to_bind(changes: BinderChanges) -> str:
    """Why only what changed cannot be bound."""
    if changes.is_first:
        return _tr("ใช้ได้เมื่อเคยทำแฟ้มของส่วนเดียวกันนี้มาก่อน")
    if changes.changed:
        return _tr("หลักฐานที่เปลี่ยนมีแต่ที่ย้ายที่หรือต้องนำออกจากแฟ้มเดิม จึงไม่มีหน้าใหม่ให้พิมพ์")
    return _tr("ไม่มีหลักฐานที่ใหม่หรือเปลี่ยนจากแฟ้มครั้งก่อน")


def result_words(result: BinderResult) -> str:
    """``๒ เล่ม ๑๒๓ หน้า ๑๙ MB``."""
    size = size_words(sum(volume.size for volume in result.volumes))
    words = _tr("{volumes} เล่ม {pages} หน้า {size}").format(
        volumes=len(result.volumes), pages=result.pages, size=size
    )
    return thai_digits(words)


def volume_words(volume: Volume) -> str:
    """What is in it and how large it is."""
    words = _tr("{pages} หน้า {size}").format(pages=volume.pages, size=size_words(volume.size))
    span = [volume.first, volume.last] if volume.first != volume.last else [volume.first]
    codes = _tr(" ถึง ").join(filter(None, span))
    return thai_digits(" · ".join(filter(None, (words, codes))))


def too_large(volumes: Sequence[Volume], most_pages: int | None, most_mb: float | None) -> str:
    """One sentence where an item is larger than a volume may be; an item is never divided."""
    over = [
        number
        for number, volume in enumerate(volumes, 1)
        if (most_pages and volume.pages > most_pages)
        or (most_mb and volume.size > most_mb * 1_000_000)
    ]
    if not over:
        return ""
    which = ", ".join(map(str, over))
    return thai_digits(_tr("เล่มที่ {0} เกินที่กำหนด เพราะหลักฐานรายการเดียวไม่ถูกแบ่งข้ามเล่ม").format(which))
