"""The framework desk: a whole page on which an office completes its edition of the standards."""

from contextlib import suppress
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.errors import EsaError, ValueRefused
from esa_desktop.domain.fields import Field, Kind, framework_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_changes import differences
from esa_desktop.domain.framework_problems import Problem, problems
from esa_desktop.domain.framework_tree import places
from esa_desktop.domain.ids import new_id
from esa_desktop.services.editing import Editor
from esa_desktop.ui.figure_edit import FigureEdit
from esa_desktop.ui.framework_desk_bar import DeskBar
from esa_desktop.ui.framework_desk_changes import DeskChanges, Make, Push
from esa_desktop.ui.framework_desk_files import DeskFiles
from esa_desktop.ui.framework_desk_model import OutlineModel
from esa_desktop.ui.framework_desk_outline import LEAST, OutlinePane
from esa_desktop.ui.framework_desk_page import DeskPage
from esa_desktop.ui.framework_desk_problems import ProblemsPage
from esa_desktop.ui.framework_desk_rows import EDITION, Rank, outline, rank_of
from esa_desktop.ui.framework_edition_form import count_words
from esa_desktop.ui.pasted_names import names_of_lines
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.words_edit import WordsEdit

NOTED_MS: Final = 800
"""Until what is typed lies on the disk, as a text's draft does."""
OUTLINE: Final = 420
"""Pixels: the width of the outline where there is room."""


class FrameworkDesk(QWidget):
    """``push`` puts an edit on the undo stack under a Thai name; nothing changes any other way."""

    left = Signal()
    """Somebody wants to go back to where the texts are written."""
    go_to = Signal(str)
    """Id of an issue or indicator somebody wants to write about."""
    refused = Signal(object)
    """An `EsaError`: why something cannot be done."""
    edited = Signal()
    """A key was pressed of which no writer has heard yet."""

    def __init__(self, editor: Editor, push: Push, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setObjectName("frameworkDesk")
        self._editor = editor
        self._changes = DeskChanges(editor, push, self.leave, self)
        self._shown = editor.round.framework
        self._problems: tuple[Problem, ...] = ()
        self._collected: list[Make] | None = None
        """While the words of the forms are collected for a note: what they want."""
        self._noting = QTimer(self)
        self._noting.setInterval(NOTED_MS)
        self._noting.timeout.connect(self._note)
        self._retired_at = QTimer(self)
        self._retired_at.setSingleShot(True)
        self._is_divided = False
        self.model = OutlineModel(self)
        self.bar = DeskBar(self)
        self.outline = OutlinePane(self.model, self)
        self.page = DeskPage(self)
        self.problems = ProblemsPage(self)
        self.files = DeskFiles(editor, self.bar.work, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.outline.tree)
        self._refresh()
        self.show_node(EDITION)
        self.destroyed.connect(editor.subscribe(self._follow))

    def _lay_out(self) -> None:
        for page in (self.page, self.problems):
            self._stack.addWidget(page)
        self._split = split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.outline)
        split.addWidget(self._stack)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.splitterMoved.connect(self._keep_division)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(split, 1)
        told = QHBoxLayout()
        told.setContentsMargins(16, 0, 16, 4)
        told.addWidget(self.bar.work)
        column.addLayout(told)

    def _connect(self) -> None:
        tree = self.outline.tree
        tree.chosen.connect(self._show)
        tree.typed.connect(self._tell_typed)
        self.page.typed.connect(self._tell_typed)
        self.page.left_refused.connect(self._tell_left)
        tree.named.connect(self._take_name)
        tree.listed.connect(self._take_names)
        tree.next_wanted.connect(self.add_behind)
        tree.step_wanted.connect(self.step)
        tree.retire_wanted.connect(self.retire)
        tree.form_wanted.connect(self.page.focus_form)
        self.model.dropped.connect(self.move_node)
        self.outline.add_wanted.connect(self.add)
        self.page.wanted.connect(self._apply)
        self.page.step_wanted.connect(self.step)
        self.page.retire_wanted.connect(self.retire)
        self.page.take_back.connect(self.take_back)
        self.page.go_to.connect(self._go_to)
        self.problems.go_to.connect(self.show_node)
        self.page.empty.button.clicked.connect(lambda _: self.add(Rank.STANDARD))
        self.bar.back.clicked.connect(self._go_back)
        self.bar.problems.toggled.connect(self._show_problems)
        self.bar.wanted.connect(self._do)
        self.files.taken.connect(self._apply)
        self._changes.refused.connect(self._tell_refused)
        self.files.node_wanted.connect(self.show_node)

    # --- what is shown ------------------------------------------------------------------------

    @property
    def node(self) -> str:
        """Id of the chosen node; empty for the edition itself and for headings."""
        row = self.outline.tree.current
        return row.id if row is not None and row.rank not in (Rank.EDITION, Rank.RETIRED) else ""

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that is no step yet, or could not become one."""
        return self._is_typing or self.page.node_form.keeps_refused

    @property
    def is_behind(self) -> bool:
        """Whether something was typed of which nobody has heard yet, not even that it is wrong."""
        boxes: list[WordsEdit | FigureEdit] = [*self.findChildren(WordsEdit)]
        boxes += self.findChildren(FigureEdit)
        return any(box.is_behind for box in boxes)

    @property
    def _is_typing(self) -> bool:
        return self.outline.tree.is_naming or self.page.is_unread

    def show_node(self, node_id: str) -> None:
        """Bring a node into view, in use or not; the edition for an empty id."""
        self.bar.problems.setChecked(False)
        self.outline.tree.choose(node_id or EDITION)
        self._show(node_id or EDITION)

    def stops(self) -> list[QWidget]:
        """Where F6 lands: the outline, then the fields or the list of problems."""
        beside = self.problems.list if self.problems.isVisible() else self.page.first_field
        return [self.outline.tree, beside]

    def tell_refused(self) -> None:
        """The desk is being left: what could not be stored stands here until somebody mends it."""
        if self.isVisible() and self.page.refused:
            self._tell_left(self.page.refused)

    def leave(self) -> None:
        """Hand over everything that is being typed, so that it is a step and on its way to disk."""
        self.outline.tree.finish()
        self.page.finish()

    def _show(self, node_id: str) -> list[QWidget]:
        """The form of a row; the fields of it that say something else than before."""
        framework = self._editor.round.framework
        if self.bar.problems.isChecked():
            self.bar.problems.setChecked(False)
        self._stack.setCurrentWidget(self.page)
        place = places(framework).get(node_id)
        if place is None:
            return self.page.show_edition(framework, self._problems_of(""))
        if place.in_use:
            return self.page.show_node(framework, place.node, self._problems_of(node_id))
        self.page.show_retired(framework, place.node)
        return []

    def _problems_of(self, node_id: str) -> list[str]:
        return [one.sentence for one in self._problems if one.node_id == node_id]

    def _show_problems(self, is_on: bool) -> None:
        if is_on:
            self.leave()
            self._stack.setCurrentWidget(self.problems)
            self.problems.focus_list()
        else:
            self._stack.setCurrentWidget(self.page)

    def _refresh(self) -> list[QWidget]:
        """Everything as the edition is now; the fields of the form that say something else."""
        framework = self._editor.round.framework
        self._shown = framework
        self._problems = problems(framework)
        self.model.show(outline(framework, self._problems))
        self.problems.show_problems(framework, self._problems)
        self._say_state()
        self.bar.show_counts(count_words(framework), len(self._problems))
        if self._stack.currentWidget() is self.problems:
            return []
        row = self.outline.tree.current
        return self._show(row.id if row is not None else EDITION)

    def _follow(self, fields: frozenset[Field]) -> None:
        if not any(field.kind is Kind.FRAMEWORK for field in fields):
            return
        if not self.bar.work.is_busy:
            self.bar.work.hush()  # what was said of the step before is no longer so
        if not self._changes.is_own and not self.isVisible():
            return  # it is read when somebody comes back
        before, told = self._shown, self._refresh()
        if not self._changes.is_own:
            self._show_change(before, told)

    def _show_change(self, before: Framework, told: list[QWidget]) -> None:
        """Somebody took a step back: what it changed comes into view; never away from who types."""
        if self._is_typing:
            return
        changed = differences(before, self._editor.round.framework)
        known = places(self._editor.round.framework)
        where = next((c.node_id for c in changed if not c.node_id or c.node_id in known), None)
        if where is None and changed:
            where = places(before)[changed[0].node_id].parent
        if where is not None:
            here = self.outline.tree.current
            is_here = here is not None and here.id == (where or EDITION)
            self.show_node(where)
            if is_here and told:
                self.page.bring_into_view(told[0])

    # --- what can be changed ------------------------------------------------------------------

    def _say_state(self) -> None:
        view = self._changes.view
        is_split = view.state != "clean"
        is_fixed = self._editor.is_read_only or is_split
        self.outline.set_fixed(is_fixed)
        self.page.set_fixed(is_fixed)
        self.bar.set_fixed(is_fixed, self._editor.is_read_only)
        self.bar.show_conflict(view if is_split else None)

    def _apply(self, make: Make, name: str) -> None:
        """What a form wants; where it is refused the form shows again what is stored."""
        if self._collected is not None:
            self._collected.append(make)
            return
        self.bar.work.hush()
        if not self._changes.apply(make, name):
            self._refresh()

    def _note(self) -> None:
        """Names and sentences that are being typed lie on the disk before they are a step."""
        framework = self._editor.round.framework
        self._collected = []
        try:
            for box in self.page.word_boxes:
                if box.is_unread:
                    box.finished.emit(box.words)
            wanted = self._collected
        finally:
            self._collected = None
        for make in wanted:
            with suppress(ValueRefused, KeyError, ValueError):
                framework = make(framework)
        self._editor.note(framework_field(self._editor.round.fiscal_year), framework)

    def _tell_typed(self) -> None:
        if self.is_behind:
            self.edited.emit()

    def _tell_left(self, sentence: str) -> None:
        self.refused.emit(ValueRefused(sentence))

    def _tell_refused(self, error: EsaError) -> None:
        self.page.refuse(error.sentence)
        self.refused.emit(error)

    def _do(self, what: str) -> None:
        """A command of the bar."""
        self.leave()
        if what == "import":
            if self._changes.may_change():
                self.files.ask_for_import()
            return
        commands = {
            "save": self.files.ask_for_place,
            "template": self.files.ask_for_template,
            "compare": self.files.compare_shipped,
            "heads": self.files.compare_heads,
        }
        commands[what]()

    def _go_back(self) -> None:
        self.leave()
        self.left.emit()

    def _go_to(self, node_id: str) -> None:
        self.leave()
        self.go_to.emit(node_id)

    # --- adding -------------------------------------------------------------------------------

    def add(self, rank: Rank) -> None:
        """A new standard, indicator or issue near the chosen row; its name is typed in place."""
        self.outline.tree.finish()
        where = self._changes.near(rank, self.node)
        if where is None:
            self.bar.work.say(_add_above(rank), "warn")
        else:
            self._begin(rank, *where)

    def add_behind(self, node_id: str) -> None:
        """One more of the same kind behind a node."""
        place = self._changes.place_of(node_id)
        if node_id == EDITION:
            self.add(Rank.STANDARD)
        elif place is not None and place.in_use:
            at = self._changes.beside(place.parent).index(node_id) + 1
            self._begin(rank_of(place.node), place.parent, at)

    def _begin(self, rank: Rank, parent_id: str, place: int, words: str = "") -> None:
        if self._changes.may_change():
            self.bar.problems.setChecked(False)
            self.bar.work.hush()
            self.outline.tree.begin(new_id(), rank, parent_id, place, words)

    def _take_name(self, node_id: str, words: str) -> None:
        """A name was typed in place: of a row that waits, or another one for a node."""
        if node_id != self.model.pending:
            self._changes.rename(node_id, words)
        elif words:
            self._take_new([words])

    def _take_names(self, lines: list[str]) -> None:
        """Several names were pasted into the row that waits: one step adds them all."""
        if self.model.pending:
            self._take_new(names_of_lines(lines))

    def _take_new(self, names: list[str]) -> None:
        rank, parent_id, place = self.model.place_of_pending()
        named = [(self.model.pending, names[0]), *((new_id(), name) for name in names[1:])]
        if self._changes.add(rank, parent_id, place, named):
            self.show_node(named[-1][0])
            self.outline.tree.will_go_on()
        else:  # refused: the words are not lost
            words = "\n".join(names)
            again = self._begin
            QTimer.singleShot(0, self, lambda: again(rank, parent_id, place, words))

    # --- order and use ------------------------------------------------------------------------

    def move_node(self, node_id: str, parent_id: str, place: int) -> None:
        """To another place; texts, evidence and levels go along, for they belong to the id."""
        if self._changes.move(node_id, parent_id, place):
            self.show_node(node_id)

    def step(self, node_id: str, by: int) -> None:
        """Before or behind its neighbour; over the edge into the parent next to its own."""
        if self._changes.step(node_id, by):
            self.show_node(node_id)

    def retire(self, node_id: str) -> None:
        """Out of use. What stands beside it is chosen then; a second click at once does nothing."""
        if self._retired_at.isActive():
            return
        done = self._changes.named(self.tr("เลิกใช้{node}"), node_id)
        near = self._changes.retire(node_id)
        if near:
            self._retired_at.start(QApplication.doubleClickInterval())
            self.show_node(near)
            words = self.tr(
                "{done} แล้ว ข้อความและหลักฐานที่กรอกไว้ยังอยู่ครบ ดูได้ที่ท้ายรายการ กด Ctrl+Z เพื่อเลิกทำ"
            )
            self.bar.work.say(words.format(done=done))

    def take_back(self, node_id: str) -> None:
        """In use again, where it stood."""
        if self._changes.take_back(node_id):
            self.show_node(node_id)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        if self._shown is not self._editor.round.framework:
            self._refresh()
        super().showEvent(event)
        self._noting.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._noting.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The outline takes its share until somebody moves the line between the two sides."""
        super().resizeEvent(event)
        if not self._is_divided:
            left = min(OUTLINE, max(LEAST, self.width() * 34 // 100))
            self._split.setSizes([left, self.width() - left])

    def _keep_division(self) -> None:
        self._is_divided = True


def _add_above(rank: Rank) -> str:
    if rank is Rank.ISSUE:
        return QCoreApplication.translate(
            "frameworkDesk", "เพิ่มตัวบ่งชี้ก่อน แล้วจึงเพิ่มประเด็นการพิจารณาในตัวบ่งชี้นั้น"
        )
    return QCoreApplication.translate("frameworkDesk", "เพิ่มมาตรฐานก่อน แล้วจึงเพิ่มตัวบ่งชี้ในมาตรฐานนั้น")
