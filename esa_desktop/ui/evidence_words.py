"""An item of evidence in words: its second line, and all that is to be said of it."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.thai import thai_date, thai_digits

JOINT: Final = " · "


def detail(item: Evidence) -> str:
    """Number and date, or else what kind of file it is, or where it is without one."""
    dated = thai_date(item.date, short=True) if item.date else ""
    parts = [thai_digits(item.number), dated]
    many = len(item.files) > 1
    if many:
        parts.append(thai_digits(_tr("{count} ไฟล์").format(count=len(item.files))))
    if not any(parts) or (many and not any(parts[:2])):
        parts.insert(0, item.kind)
        size = size_words(sum(file.size for file in item.files))
        parts.append(size if item.files else item.place or _tr("ไม่มีไฟล์"))
    return JOINT.join(part for part in parts if part)


def told(item: Evidence, *, shared: int, is_missing: bool) -> str:
    """A line each; ``shared``: in how many issues it is used."""
    second = detail(item)
    said = [f"{thai_digits(item.code)} {item.title}", second]
    if item.place and item.place not in second:
        said.append(_tr("เก็บไว้ที่ {place}").format(place=item.place))
    if item.owner:
        said.append(_tr("ผู้เก็บต้นฉบับ {owner}").format(owner=item.owner))
    if item.confidential:
        said.append(_tr("เอกสารลับ ไม่แสดงและไม่เข้าเล่มจนกว่าจะเลือก"))
    if shared > 1:
        said.append(thai_digits(_tr("ใช้กับ {count} ประเด็น").format(count=shared)))
    if is_missing:
        said.append(_tr("ไม่พบไฟล์"))
    return "\n".join(said)


def size_words(size: int) -> str:
    """``๓๔๐ KB``, ``๑.๒ MB``: the units every file window shows."""
    if size < 1_000_000:
        return thai_digits(f"{max(1, round(size / 1000))} KB")
    if size < 1_000_000_000:
        return thai_digits(f"{size / 1_000_000:.1f} MB")
    return thai_digits(f"{size / 1_000_000_000:.1f} GB")


def _tr(words: str) -> str:
    return QCoreApplication.translate("evidence", words)
