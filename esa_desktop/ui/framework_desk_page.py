"""The right side of the framework desk: the form of the chosen row with its problems, what moves and retires it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.framework import Framework, Indicator, Node, Standard
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.fault_line import refused_words
from esa_desktop.ui.figure_edit import FigureEdit
from esa_desktop.ui.framework_desk_form import NodeForm
from esa_desktop.ui.framework_desk_rows import rank_of, rank_word, retired_roots
from esa_desktop.ui.framework_edition_form import EditionForm, inside_words
from esa_desktop.ui.framework_retired_card import RetiredCard, where_it_stood
from esa_desktop.ui.icons import icon
from esa_desktop.ui.mark import Mark
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.words_edit import WordsEdit

WIDEST: Final = 880
"""Pixels: longer lines are hard to read."""
ONE_LINE: Final = 620
"""Pixels: in less the buttons stand below the title."""


class DeskPage(QWidget):
    """Shows the edition, a node, or what is out of use; asks for everything by signals."""

    wanted = Signal(object, str)
    """(`framework_desk_changes.Make`, name of the step)."""
    step_wanted = Signal(str, int)
    retire_wanted = Signal(str)
    take_back = Signal(str)
    go_to = Signal(str)
    """Somebody wants to write about the node."""
    left_refused = Signal(str)
    """Somebody went on from what could not be stored: a sentence."""
    typed = Signal()
    """Other words stand in a box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self._node_id = ""
        self._is_fixed = False
        self._title = QLabel(self)
        self._title.setObjectName("frameworkNodeTitle")
        set_role(self._title, "title")
        self._inside = ElidedLabel(self)
        self._inside.setContentsMargins(8, 4, 0, 0)
        set_role(self._inside, "second")
        self._write = QPushButton(self)
        self._write.setObjectName("writeAboutNode")
        set_role(self._write, "link")
        self._up = self._tool("chevron-up", self.tr("ย้ายขึ้น (Alt+Shift+Up)"))
        self._down = self._tool("chevron-down", self.tr("ย้ายลง (Alt+Shift+Down)"))
        self._retire = QPushButton(self.tr("เลิกใช้"), self)
        self._retire.setObjectName("retireButton")
        self._retire.setToolTip(self.tr("ไม่แสดง ไม่พิมพ์ และไม่นับ ข้อความที่กรอกแล้วยังอยู่ (Delete)"))
        # Made in reading order, which is that of the Tab key.
        self.edition_form = EditionForm(self)
        self.node_form = NodeForm(self)
        self._retired = RetiredCard(self)
        self._problems = QFrame(self)
        set_role(self._problems, "banner-warn")
        self._problem_words = wrapping_label("")
        self.empty = EmptyState("book", self)
        """Below the title of an edition in which there is nothing yet."""
        set_role(self.empty.button, "main")
        self.empty.say(
            self.tr("ฉบับมาตรฐานนี้ยังไม่มีมาตรฐาน"),
            self.tr("เพิ่มทีละรายการด้วยแป้นพิมพ์ หรือนำเข้าจากไฟล์ Excel ที่กรอกไว้"),
            self.tr("เพิ่มมาตรฐานแรก"),
        )
        self._scroll = QScrollArea(self)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()

    def _tool(self, name: str, words: str) -> QPushButton:
        button = QPushButton(icon(name), "", self)
        set_role(button, "tool")
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._problems)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(Mark("warning", "warn"))
        row.addWidget(self._problem_words, 1)
        self._head.setSpacing(6)
        titles = QHBoxLayout()
        titles.setSpacing(6)
        titles.addWidget(self._title)
        titles.addWidget(self._inside, 1)
        ways = QHBoxLayout()
        ways.setSpacing(6)
        for button in (self._write, self._up, self._down, self._retire):
            ways.addWidget(button)
        ways.addStretch(0)
        self._head.addLayout(titles, 1)
        self._head.addLayout(ways)
        inner = QWidget(self)
        set_role(inner, "page")
        inner.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 10, 20, 20)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self._problems)
        column.addSpacing(8)
        for form in (self.edition_form, self.node_form, self._retired):
            column.addWidget(form)
        column.addWidget(self.empty)
        column.addStretch(1)
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # there is nothing to see of it there
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        self.node_form.wanted.connect(self.wanted)
        self.node_form.left_refused.connect(self.left_refused)
        self.edition_form.wanted.connect(self.wanted)
        self._retired.take_back.connect(self.take_back)
        self._up.clicked.connect(lambda _: self.step_wanted.emit(self._node_id, -1))
        self._down.clicked.connect(lambda _: self.step_wanted.emit(self._node_id, 1))
        self._write.clicked.connect(lambda _: self.go_to.emit(self._node_id))
        self._retire.clicked.connect(lambda _: self.retire_wanted.emit(self._node_id))
        for figure in self.findChildren(FigureEdit):
            figure.textChanged.connect(self.typed)
        for words in self.findChildren(WordsEdit):
            words.textChanged.connect(self.typed)

    # --- showing ------------------------------------------------------------------------------

    def show_edition(self, framework: Framework, problems: Sequence[str]) -> list[QWidget]:
        """The fields that say something else now."""
        self._take("", self.edition_form)
        is_empty = not framework.standards and not framework.retired
        self.empty.setVisible(is_empty)
        self._title.setText(self.tr("ฉบับมาตรฐานของงานประเมินนี้"))
        self._inside.set_words("")
        self._show_problems(() if is_empty else problems)
        return self.edition_form.show_edition(framework)

    def show_node(self, framework: Framework, node: Node, problems: Sequence[str]) -> list[QWidget]:
        """The fields that say something else now; none where it is another node than before."""
        is_other = node.id != self._node_id
        self._take(node.id, self.node_form)
        code = thai_digits(framework.code_of(node.id))
        words = self.tr("{rank}ที่ {code}").format(rank=rank_word(rank_of(node)), code=code)
        self._title.setText(words)
        self._inside.set_words(inside_words(node))
        self._show_problems(problems)
        self._write.setVisible(not isinstance(node, Standard))
        self._write.setText(
            self.tr("เขียนเรื่องตัวบ่งชี้นี้") if isinstance(node, Indicator) else self.tr("เขียนเรื่องประเด็นนี้")
        )
        self._write.setAccessibleName(self._write.text())
        told = self.node_form.show_node(node)
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)
        return told

    def show_retired(self, framework: Framework, node: Node) -> None:
        self._take(node.id, self._retired)
        words = self.tr("{rank}ที่เลิกใช้แล้ว").format(rank=rank_word(rank_of(node)))
        self._title.setText(words)
        self._inside.set_words(inside_words(node))
        self._show_problems(())
        is_root = any(root.id == node.id for root in retired_roots(framework))
        stood = where_it_stood(framework, node)
        self._retired.show_node(node, stood, is_root=is_root, is_fixed=self._is_fixed)

    def bring_into_view(self, field: QWidget) -> None:
        self._scroll.ensureWidgetVisible(field, 0, 60)

    def set_fixed(self, is_fixed: bool) -> None:
        """Whether nothing can be changed."""
        self._is_fixed = is_fixed
        self.node_form.set_fixed(is_fixed)
        self.edition_form.set_fixed(is_fixed)
        self.empty.button.setVisible(not is_fixed)

    def finish(self) -> None:
        """Hand over whatever was typed in any field."""
        if self._node_id:
            self.node_form.finish()
        else:
            self.edition_form.finish()

    def refuse(self, why: str) -> None:
        """What is just being handed over cannot be stored."""
        boxes: list[WordsEdit | FigureEdit] = [*self.findChildren(WordsEdit)]
        boxes += self.findChildren(FigureEdit)
        for box in boxes:
            if box.is_handing:
                box.refuse(why)

    @property
    def refused(self) -> str:
        """Why something in the form in view could not be stored: a sentence, or nothing."""
        form = self.node_form if self._node_id else self.edition_form
        return refused_words(form)

    @property
    def word_boxes(self) -> tuple[WordsEdit, ...]:
        """Where names and sentences are typed that would be a loss."""
        form, edition = self.node_form, self.edition_form
        return form.name, form.lead_in, edition.title, edition.source

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that was not handed over yet."""
        return self.node_form.is_unread or self.edition_form.is_unread

    @property
    def first_field(self) -> QWidget:
        """Of the form in view."""
        fields = (self.node_form.name, self.edition_form.title)
        return next((field for field in fields if field.isVisible()), self._retired.button)

    def focus_form(self) -> None:
        """The cursor into the first field."""
        self.first_field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt override

    def resizeEvent(self, event: QResizeEvent) -> None:
        way = QBoxLayout.Direction
        self._head.setDirection(
            way.LeftToRight if event.size().width() >= ONE_LINE else way.TopToBottom
        )
        super().resizeEvent(event)

    # --- inside -------------------------------------------------------------------------------

    def _take(self, node_id: str, form: QWidget) -> None:
        """Another row: what was typed about the one before is handed over first."""
        if node_id != self._node_id:
            self.finish()
        self._node_id = node_id
        for one in (self.edition_form, self.node_form, self._retired):
            one.setVisible(one is form)
        self.empty.hide()
        self._write.hide()
        movable = form is self.node_form and not self._is_fixed
        for button in (self._up, self._down, self._retire):
            button.setVisible(movable)

    def _show_problems(self, problems: Sequence[str]) -> None:
        self._problem_words.setText("\n".join(problems))
        self._problems.setVisible(bool(problems))
