"""What changed since a person last had the project open: others' work first, then one's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from esa_desktop.domain.fields import JUDGEMENTS, Kind
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.changes import Change
from esa_desktop.services.history import Comparing, local_moment
from esa_desktop.services.last_seen import NotCompared
from esa_desktop.services.projects import Project
from esa_desktop.ui import painting
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.compare_card import CompareCard
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.moments import moment_words
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.stored_pictures import stored_picture
from esa_desktop.ui.theme import SECOND, interface_font
from esa_desktop.ui.work_dialog import WorkDialog

SIZE: Final = QSize(1180, 680)
LIST_WIDTH: Final = 380
LEAST_LIST: Final = 232


def _tr(words: str) -> str:
    return QCoreApplication.translate("changes", words)


@dataclass(frozen=True, slots=True)
class ChangeRow(Row):
    """A heading (no change), or what was done to one field."""

    title: str
    change: Change | None = None
    code: str = ""
    who: str = ""
    when: str = ""
    done: str = ""
    """What was done: written, changed, taken out; or that two versions stand against each other."""
    tone: str = "ink2"


class _ChangeDelegate(RowDelegate[ChangeRow]):
    """Code and name; below what was done and by whom; at the right of that, when."""

    def row_height(self, row: ChangeRow, width: int) -> int:  # noqa: ARG002
        return 60 if row.change else 38

    def paint_row(self, painter: QPainter, box: QRectF, row: ChangeRow) -> None:
        palette = painting.colors()
        strong, second = interface_font(semibold=True), interface_font(SECOND)
        inner = box.adjusted(12, 3, -12, -3)
        if row.change is None:
            heading = interface_font(SECOND, semibold=True)
            painting.draw_line(
                painter, inner.adjusted(-4, 4, 0, 0), row.title, heading, palette.ink2
            )
            return
        top = QRectF(inner.x(), inner.y() + 1, inner.width(), 27)
        taken = 0.0
        if row.code:
            painting.draw_line(painter, top, row.code, strong, palette.accent)
            taken = painting.text_width(row.code, strong) + 8
        painting.draw_line(
            painter, top.adjusted(taken, 0, 0, 0), row.title, interface_font(), palette.ink
        )
        below = QRectF(inner.x(), inner.y() + 27, inner.width(), 24)
        room = painting.text_width(row.when, second) + 12
        painting.draw_line(painter, below, row.when, second, palette.ink2, painting.RIGHT)
        color = getattr(palette, row.tone)
        painting.draw_line(painter, below, row.done, second, color)
        done = painting.text_width(row.done, second) + 10
        who = below.adjusted(done, 0, -room, 0)
        painting.draw_line(painter, who, row.who, second, palette.ink2)


class ChangesDialog(WorkDialog):
    """Enter or a double click goes to the field; the dialog is closed by then."""

    go_to = Signal(object)
    """The `Field`."""

    def __init__(
        self,
        project: Project,
        found: Sequence[Change] | NotCompared,
        parent: QWidget | None = None,
    ) -> None:
        """``found``: the changes in the order in which they are to be listed, or why nobody knows."""
        super().__init__("", SIZE, parent)
        self.setObjectName("changesDialog")
        self.heading.setText(self.tr("มีอะไรเปลี่ยนตั้งแต่เปิดครั้งก่อน"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self.list = ChoiceList(_ChangeDelegate(), self.tr("ช่องที่เปลี่ยน"), self)
        self.list.setObjectName("changeList")
        self.card = CompareCard(self)
        self.card.view.set_image_source(self._picture)
        changes = () if isinstance(found, NotCompared) else found
        self._nothing = EmptyState("check", self)
        if isinstance(found, NotCompared):
            self._nothing.say(*_why_not_compared(found), icon_name="notice")
        else:
            self._nothing.say(*_nothing_changed())
        self._arrange(bool(changes))
        self.go = self.add_button(self.tr("ไปที่ช่องนี้"), "main")
        self.go.setVisible(bool(changes))
        self.go.clicked.connect(self._go)
        self.list.chosen.connect(self._follow)
        self.list.taken.connect(self._go)
        self.list.rows.set_rows(list(change_rows(changes)))
        self.list.choose(1)
        (self.list if changes else self.leave).setFocus()

    def _arrange(self, has_changes: bool) -> None:
        page = QWidget(self)
        sides = QHBoxLayout(page)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(16)
        self.list.setMinimumWidth(LEAST_LIST)
        self.list.setMaximumWidth(LIST_WIDTH)
        sides.addWidget(self.list, 1)
        sides.addWidget(self.card, 2)
        pages: QStackedWidget = self.add_pages(page, self._nothing)
        pages.setCurrentIndex(0 if has_changes else 1)

    @property
    def change(self) -> Change | None:
        """The chosen one."""
        row = self.list.choice
        return row.change if isinstance(row, ChangeRow) else None

    def _follow(self, *_: object) -> None:
        change = self.change
        why_not = self._why_not(change)
        self.go.setEnabled(not why_not)
        self.go.setToolTip(why_not)
        if change is None:
            return
        people = self.tr(", ").join(change.authors)
        machines = self.tr(", ").join(change.computers)
        if machines:
            people += " · " + self.tr("เครื่อง {name}").format(name=machines)
        when = moment_words(local_moment(change.time))
        times = thai_digits(self.tr("แก้ไข {0} ครั้ง").format(change.count))
        self.card.caption.set_words(" · ".join((people, times, self.tr("ล่าสุด {0}").format(when))))
        words = self._project.editor.round.kept_words
        self.card.compare(Comparing(change.field, change.before, change.after, words))

    def _why_not(self, change: Change | None) -> str:
        if change is None:
            return self.tr("เลือกช่องก่อน")
        year = self._project.editor.round.fiscal_year
        if change.field.round not in ("", str(year)):
            return thai_digits(self.tr("เปิดปี {0} ก่อน จึงไปที่ช่องนี้ได้").format(change.field.round))
        return ""

    def _go(self, *_: object) -> None:
        change = self.change
        if change is not None and not self._why_not(change):
            self.accept()
            self.go_to.emit(change.field)

    def _picture(self, sha256: str) -> QImage | None:
        return stored_picture(self._project.image_bytes(sha256))


def _nothing_changed() -> tuple[str, str]:
    return _tr("ไม่มีอะไรเปลี่ยน"), _tr("ข้อความและหลักฐานเหมือนกับตอนที่เปิดครั้งก่อน")


def _why_not_compared(why: NotCompared) -> tuple[str, str]:
    """The reason, and where else to look."""
    if why is NotCompared.NEVER_SEEN:
        return (
            _tr("เทียบไม่ได้ เพราะเครื่องนี้ไม่มีบันทึกว่าเคยเปิดงานนี้"),
            _tr("ครั้งต่อไปที่เปิดจะเห็นว่ามีอะไรเปลี่ยน ข้อความก่อนหน้านี้ดูได้ที่ประวัติการแก้ไข"),
        )
    return (
        _tr("เทียบไม่ได้ เพราะฉบับที่เปิดอยู่นี้ไม่ใช่ฉบับเดียวกับที่เปิดครั้งก่อน"),
        _tr("อาจเป็นฉบับเก่าหรือมีผู้คัดลอกมาวางทับ ข้อความก่อนหน้านี้ดูได้ที่ประวัติการแก้ไขหรือข้อมูลสำรอง"),
    )


def change_rows(changes: Sequence[Change]) -> Iterator[ChangeRow]:
    """Others' changes under their heading, then those of this computer."""
    groups = (
        (_tr("ผู้อื่นแก้ไข {0} ช่อง"), [change for change in changes if not change.is_own]),
        (_tr("แก้ไขจากเครื่องนี้ {0} ช่อง"), [change for change in changes if change.is_own]),
    )
    for heading, members in groups:
        if members:
            words = thai_digits(heading.format(len(members)))
            yield ChangeRow("", words, words)
            yield from (_row(change) for change in members)


def _row(change: Change) -> ChangeRow:
    who = ", ".join(change.authors)
    when = moment_words(local_moment(change.time))
    code = thai_digits(change.code)
    done, tone = _done(change)
    name = change.name
    if change.field.round and not change.code:
        name = f"{name} {thai_digits(change.field.round)}" if _is_of_round(change) else name
    spoken = " · ".join(filter(None, (f"{code} {name}".strip(), done, who, when)))
    return ChangeRow(
        f"{change.field.round}/{change.field.owner}/{change.field.kind}",
        spoken,
        name,
        change,
        code,
        who,
        when,
        done,
        tone,
    )


def _is_of_round(change: Change) -> bool:
    return change.field.kind in (Kind.FRAMEWORK, Kind.BOOK_TEXT)


def _done(change: Change) -> tuple[str, str]:
    if not change.is_settled:
        return _tr("แก้ไขไม่ตรงกัน"), "bad"
    is_link = change.field.kind is Kind.LINK
    if change.field.kind in JUDGEMENTS or (change.before and change.after):
        return _tr("จัดลำดับใหม่") if is_link else _tr("แก้ไข"), "ink2"
    if change.after:
        return _tr("แนบ") if is_link else _tr("เพิ่มใหม่"), "good"
    return _tr("นำออก") if is_link else _tr("ลบทั้งหมด"), "bad"
