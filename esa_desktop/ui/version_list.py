"""The versions of a field as a list: under their days, each with its time, person and computer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.fields import RICH_KINDS, Kind
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.thai import shorten, thai_digits, thai_time
from esa_desktop.services.history import Version
from esa_desktop.ui import painting
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.moments import day_words, person_words
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

_LONGEST_NOTE = 28


def _tr(words: str) -> str:
    return QCoreApplication.translate("versions", words)


@dataclass(frozen=True, slots=True)
class VersionRow(Row):
    """A day (no version), or a version."""

    title: str
    version: Version | None = None
    person: str = ""
    note: str = ""
    """What it says, or how much longer it made the text."""
    tag: str = ""
    tone: str = "accent"
    """Token of the tag's colour."""


class _VersionDelegate(RowDelegate[VersionRow]):
    """Time and tag, at the right the note; below who wrote it and where."""

    def row_height(self, row: VersionRow, width: int) -> int:  # noqa: ARG002
        return 58 if row.version else 36

    def paint_row(self, painter: QPainter, box: QRectF, row: VersionRow) -> None:
        palette = painting.colors()
        strong, second = interface_font(semibold=True), interface_font(SECOND)
        inner = box.adjusted(12, 3, -12, -3)
        if row.version is None:
            heading = interface_font(SECOND, semibold=True)
            painting.draw_line(
                painter, inner.adjusted(-4, 4, 0, 0), row.title, heading, palette.ink2
            )
            return
        top = QRectF(inner.x(), inner.y() + 1, inner.width(), 26)
        painting.draw_line(painter, top, row.title, strong, palette.ink)
        taken = painting.text_width(row.title, strong) + 10
        if row.tag:
            color = getattr(palette, row.tone)
            painting.draw_line(painter, top.adjusted(taken, 0, 0, 0), row.tag, second, color)
            taken += painting.text_width(row.tag, second) + 10
        note = top.adjusted(taken, 0, 0, 0)
        painting.draw_line(painter, note, row.note, second, palette.ink2, painting.RIGHT)
        below = QRectF(inner.x(), inner.y() + 26, inner.width(), 24)
        painting.draw_line(painter, below, row.person, second, palette.ink2)


class VersionList(ChoiceList):
    """The newest on top. Days are no choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_VersionDelegate(), _tr("ฉบับต่าง ๆ จากใหม่ไปเก่า"), parent)
        self.setObjectName("versionList")
        self.setMinimumHeight(120)

    @property
    def version(self) -> Version | None:
        """The chosen one."""
        row = self.choice
        return row.version if isinstance(row, VersionRow) else None

    def show_versions(self, versions: Sequence[Version], view: FieldView) -> None:
        """``view``: what the field says now. The newest version is chosen."""
        self.rows.set_rows(list(version_rows(versions, view)))
        self.choose(1)


def version_rows(versions: Sequence[Version], view: FieldView) -> Iterator[VersionRow]:
    """In the order given. A clock that was wrong gives a day twice, never another order."""
    day = ""
    for version in versions:
        moment = version.moment
        today = day_words(moment)
        if today != day:
            day = today
            yield VersionRow("", day, day)
        title = thai_time(moment) if moment else _tr("ไม่ทราบเวลา")
        person = person_words(version.author, version.computer)
        note = _note(version)
        tag, tone = _tag(version, view)
        spoken = " · ".join(filter(None, (f"{day} {title}", tag, person, note)))
        yield VersionRow(version.id, spoken, title, version, person, note, tag, tone)


def _tag(version: Version, view: FieldView) -> tuple[str, str]:
    if not version.is_head:
        return "", "accent"
    if view.state == "conflict":
        return _tr("แก้ไขไม่ตรงกัน"), "bad"
    if view.state == "merged":
        return _tr("รวมไว้ด้วยกัน"), "warn"
    return _tr("ปัจจุบัน"), "accent"


def _note(version: Version) -> str:
    if version.field.kind not in RICH_KINDS | {Kind.REASON, Kind.ITEM}:
        return shorten(version.text.split("\n")[0], _LONGEST_NOTE)
    if not version.body:
        return _tr("ลบทั้งหมด")
    if version.number == 1 or version.longer_by == 0:
        return ""
    sign = "+" if version.longer_by > 0 else "−"
    return thai_digits(_tr("{0} ตัวอักษร").format(f"{sign}{abs(version.longer_by):,}"))
