"""The panes of one open project and the wires between them; decides nothing about the work itself."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QScrollArea, QWidget

from esa_desktop.domain.edits import Edit, parts
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import (
    Field,
    Kind,
    book_field,
    indicator_field,
    issue_field,
    link_parts,
)
from esa_desktop.domain.framework import Indicator, Issue, Node, Standard
from esa_desktop.services.projects import Project
from esa_desktop.services.reading import Reader
from esa_desktop.ui.attach_flow import AttachFlow
from esa_desktop.ui.document_words import DocumentWords
from esa_desktop.ui.evidence_pane import EvidencePane
from esa_desktop.ui.file_presence import FilePresence
from esa_desktop.ui.framework_pane import FrameworkPane
from esa_desktop.ui.issue_pane import IssuePane
from esa_desktop.ui.level_card import LevelCard
from esa_desktop.ui.measured_edit import MeasuredEdit
from esa_desktop.ui.middle_pane import (
    BOOK,
    FRAMEWORK,
    OVERVIEW,
    PREVIEW,
    REGISTER,
    SEARCH,
    SUGGESTIONS,
    WRITE,
    MiddlePane,
)
from esa_desktop.ui.printable_copies import PrintableCopies
from esa_desktop.ui.project_pages import ProjectPages
from esa_desktop.ui.reason_edit import ReasonEdit
from esa_desktop.ui.sides import Sides
from esa_desktop.ui.stored_pictures import stored_picture
from esa_desktop.ui.text_binding import TextBinding
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import theme_of
from esa_desktop.ui.undo import UndoStack

if TYPE_CHECKING:
    from esa_desktop.domain.printing import Form
    from esa_desktop.ui.book_page import BookPage
    from esa_desktop.ui.indicator_pane import IndicatorPane

_IN_BOOK: Final = frozenset({Kind.BOOK_TEXT, Kind.DICTIONARY})
_OF_TYPE: Final = frozenset({Kind.MEASURED, Kind.WORKS})
_ON_SUGGESTIONS: Final = frozenset({Kind.SUGGESTIONS, Kind.REASON, Kind.STATUS}) | _OF_TYPE
"""Kinds of field that are written on a page of their own."""
ZOOM_STEPS: Final = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Workspace(QWidget):
    """Left the tree, in the middle the tabs, at the right the evidence."""

    said = Signal(object)
    """An `EsaError` for the banner."""
    zoomed = Signal(float)
    export_requested = Signal(str)
    """The form (`domain.printing.Form`) that is to be chosen in the dialog."""
    framework_requested = Signal(str)
    """Id of a node whose name or rubric somebody wants to change; empty for the edition."""
    releasing = Signal()
    """The project is let go now; it is still open."""
    edited = Signal()
    """A key changed a text; not handed to the writer yet."""
    looks_changed = Signal(object)
    """The `QTextCharFormat` where the cursor of a text stands now."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.undo_stack = UndoStack(project.editor)
        self.node = ""
        """Id of the node that is shown: an issue, an indicator or a standard."""
        self.places_before: Callable[[], Sequence[QWidget]] = tuple
        """What F6 comes by above the workspace: the window's bars."""
        self._zoom = 1.0
        self._make_panes()
        self._arrange()
        self._connect()
        self.choose(self._first_issue())

    # --- where we are -------------------------------------------------------------------------

    def choose(self, node_id: str) -> None:
        """Show a node in every pane; ends the visit to the text that was open.

        What is out of use has no page: what is in view stays.
        """
        if node_id and not self.project.editor.round.framework.has_node(node_id):
            return
        if node_id != self.node or not node_id:
            self.node = node_id
            self.evidence_pane.show_issue(self.place_id)
            self._show_node()
        self.tree.choose(node_id)

    def _show_node(self) -> None:
        indicator = self.indicator()
        self.issue_pane.show_issue(self.node)
        if self.pages.has("indicator_pane"):
            self.pages.indicator_pane.show_indicator(indicator.id if indicator else None)
        if self.pages.has("preview"):
            self.pages.preview.show_indicator(self.code)

    def _choose_in_tree(self, node_id: str) -> None:
        """Whoever clicks a node wants to write there; the book and the desks have nothing of one.

        Not so where the tree follows: us, or an edition that has lost the node that was shown.
        """
        follows = node_id == self.node or not self.project.editor.round.framework.has_node(
            self.node
        )
        self.choose(node_id)
        if not follows and self.middle.page in (BOOK, REGISTER, FRAMEWORK):
            self.middle.show_tab(WRITE)

    def step(self, issues: int) -> None:
        """To the next issue, or back; not behind the framework's desk."""
        if self.middle.page != FRAMEWORK:
            self.tree.step(issues)

    def go_to(self, node_id: str) -> None:
        """As a link does: the node on the page where it is written."""
        self.choose(node_id)
        if self.middle.page in (BOOK, REGISTER, OVERVIEW, FRAMEWORK):
            self.middle.show_tab(WRITE)

    def indicator(self) -> Indicator | None:
        """The indicator in view: the chosen one, the issue's, or the standard's first."""
        node = self._shown
        if isinstance(node, Issue):
            return self.project.editor.round.framework.indicator_of(node.id)
        if isinstance(node, Standard):
            return next(iter(node.indicators), None)
        return node

    def field_in_view(self) -> Field:
        """The text that has the cursor, else the first one in view, else that of the node."""
        from esa_desktop.ui.ranked_list import RankedList

        year, indicator = self.project.editor.round.fiscal_year, self.indicator()
        node = indicator.id if indicator is not None else ""
        if any(reason.hasFocus() for reason in self.findChildren(ReasonEdit)):
            return indicator_field(year, node, Kind.REASON)
        if any(measured.line.hasFocus() for measured in self.findChildren(MeasuredEdit)):
            return indicator_field(year, node, Kind.MEASURED)
        if any(works.hasFocus() for works in self.findChildren(RankedList)):
            return indicator_field(year, node, Kind.WORKS)
        shown = [edit for edit in self.editors_in_view() if edit.isVisibleTo(self)]
        edit = self.focused_editor() or next(iter(shown), None)
        for typed in self.findChildren(TextBinding):
            if edit is not None and typed.field is not None and typed.is_of(edit):
                return typed.field
        issue = self.issue_id
        if issue is not None:
            return issue_field(year, issue, Kind.METHOD)
        return indicator_field(year, node, Kind.SUGGESTIONS)

    def codes_in_view(self) -> list[str] | None:
        """The indicators to print: the one in view, or all where the whole book is previewed."""
        indicator = self.indicator()
        if indicator is None or (self.middle.tab == PREVIEW and self.pages.preview.shows_book):
            return None
        return [self.project.editor.round.framework.code_of(indicator.id)]

    @property
    def form_in_view(self) -> "Form":
        """What somebody means who prints here."""
        return "book" if self.middle.page == BOOK else "sheets"

    @property
    def code(self) -> str:
        """Of the node in view; empty where there is none."""
        node = self._shown
        return self.project.editor.round.framework.code_of(node.id) if node is not None else ""

    @property
    def _shown(self) -> Node | None:
        """``None`` while the edition is empty, or its last node has just been retired."""
        framework = self.project.editor.round.framework
        if not framework.has_node(self.node):
            return None
        return framework.node(framework.code_of(self.node))

    @property
    def place_id(self) -> str | None:
        """Of what has evidence of its own: the issue in view, or an indicator that has none."""
        node = self._shown
        if isinstance(node, Issue) or (isinstance(node, Indicator) and not node.issues):
            return node.id
        return None

    @property
    def issue_id(self) -> str | None:
        """Of the issue in view, where it is one."""
        return self._shown.id if isinstance(self._shown, Issue) else None

    def _first_issue(self) -> str:
        framework = self.project.editor.round.framework
        first = next(framework.places(), None) or next(iter(framework.walk()), None)
        return first[-1].id if first else ""

    # --- changes ------------------------------------------------------------------------------

    def push(self, edit: Edit, name: str) -> None:
        """Do an edit as one undoable step; what is refused is said, nothing is lost."""
        self._leave_texts()  # the framework desk hands over what is typed there before it asks
        try:
            self.undo_stack.push_edit(edit, name)
        except EsaError as error:
            self.said.emit(error)

    def leave(self) -> None:
        """End every visit to a text, so that all that was typed is a step and on its way to disk."""
        if self.pages.has("framework_desk"):
            self.pages.framework_desk.leave()
        if self.pages.has("register"):
            self.pages.register.checklist.leave()
        self.evidence_pane.checklist.leave()
        self._leave_texts()

    def _leave_texts(self) -> None:
        self.issue_pane.leave()
        if self.pages.has("indicator_pane"):
            self.pages.indicator_pane.leave()
        if self.pages.has("book"):
            self.pages.book.leave()

    def save_drafts(self) -> None:
        """Hand what is typed to the writer, letters still being composed too; the visits go on."""
        edit = self.focused_editor()
        if edit is not None:
            edit.commit_input_method()
        if self.pages.has("framework_desk"):
            self.pages.framework_desk.leave()
        for typed in self._typed_into():
            typed.save()

    @property
    def is_unread(self) -> bool:
        """Whether a key was pressed that no writer has heard of yet."""
        at_desk = self.pages.has("framework_desk") and self.pages.framework_desk.is_unread
        return at_desk or any(typed.is_unread for typed in self._typed_into())

    @property
    def is_behind(self) -> bool:
        """As `is_unread`, without what was refused and told: that is on no way to disk."""
        at_desk = self.pages.has("framework_desk") and self.pages.framework_desk.is_behind
        return at_desk or any(typed.is_unread for typed in self._typed_into())

    def _typed_into(self) -> list[TextBinding | ReasonEdit | MeasuredEdit]:
        return [
            *self.findChildren(TextBinding),
            *self.findChildren(ReasonEdit),
            *self.findChildren(MeasuredEdit),
        ]

    def set_level(self, level: int) -> None:
        """Tick a level of the indicator whose levels are in view; elsewhere say where they are."""
        indicator = self.indicator()
        in_view = self.middle.page == SUGGESTIONS or (
            self.middle.page in (WRITE, PREVIEW) and self.place_id is not None
        )
        if indicator is None or not in_view:
            self.said.emit(
                EsaError(self.tr("เปิดประเด็นหรือแท็บ “ความเห็นและข้อเสนอแนะ” ของตัวบ่งชี้ก่อน แล้วจึงเลือกระดับ"))
            )
            return
        field = indicator_field(self.project.editor.round.fiscal_year, indicator.id, Kind.LEVEL)
        self.push(self.project.editor.change(field, level), self.tr("เลือกระดับ"))
        # From the event loop: a line for the reason may come or go, and the page is laid out anew.
        QTimer.singleShot(0, self, partial(self._bring_into_view, level))

    def _bring_into_view(self, level: int) -> None:
        """On a low screen the cards are below the fold: nobody would see what the key did."""
        for card in self.findChildren(LevelCard, f"level{level}"):
            cards = card.parentWidget()
            above: QWidget | None = cards
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            if isinstance(above, QScrollArea) and cards is not None and card.isVisible():
                above.ensureWidgetVisible(cards, 0, 0)
                above.ensureWidgetVisible(card, 0, 4)

    def show_step(self, edit: Edit | None) -> None:
        """Bring what a step changes into view, before it changes there."""
        framework = self.project.editor.round.framework
        for part in parts(edit) if edit is not None else ():
            owner, kind = part.field.owner, part.field.kind
            if kind in _IN_BOOK:
                self.show_in_book(part.field)
                return
            if kind is Kind.FRAMEWORK:
                self.middle.show_page(FRAMEWORK)
                return
            node = link_parts(part.field)[0] if kind in (Kind.LINK, Kind.SUPPLIED) else owner
            if not framework.has_node(node):
                continue
            on_tab = SUGGESTIONS if kind in _ON_SUGGESTIONS else WRITE
            here = self.indicator()
            if node != self.node and not (here is not None and node == here.id):
                self.choose(node)
            seen_on = (on_tab,) if kind is Kind.STATUS else (on_tab, PREVIEW)
            if kind in _OF_TYPE and self.place_id == node:
                seen_on = (*seen_on, WRITE)
            if self.middle.page not in seen_on and kind is not Kind.LEVEL:
                self.middle.show_tab(on_tab)
            return

    def show_in_book(self, field: Field) -> RichTextEdit | None:
        """The page of the tab เล่มรายงาน on which a text is written; its editor."""
        if self.middle.page != BOOK:
            self.middle.show_tab(BOOK)
        return self.pages.book.show_field(field)

    def attach(self) -> None:
        """Ask for files and attach them to the issue in view."""
        self.attaching.choose_files(self.place_id)

    def release(self) -> None:
        """Stop what runs in the background and remove temporary copies."""
        self.releasing.emit()
        self.undo_stack.clear()
        if self.pages.has("preview"):
            self.pages.preview.release()
        if self.pages.has("evidence_preview"):
            self.pages.evidence_preview.release()
        self.reader.close()  # whoever waits for an answer hears that there will be none
        self.attaching.close()

    # --- texts --------------------------------------------------------------------------------

    def editors(self) -> Sequence[RichTextEdit]:
        """All texts there are so far, in reading order."""
        others = self.pages.indicator_pane.editors() if self.pages.has("indicator_pane") else ()
        in_book = self.pages.book.editors() if self.pages.has("book") else ()
        return (*self.issue_pane.editors(), *others, *in_book)

    def editors_in_view(self) -> Sequence[RichTextEdit]:
        if self.middle.page == SUGGESTIONS:
            return self.pages.indicator_pane.editors()
        if self.middle.page == BOOK:
            return self.pages.book.editors_in_view()
        return self.issue_pane.editors() if self.middle.page in (WRITE, PREVIEW) else ()

    def focused_editor(self) -> RichTextEdit | None:
        """The text that has the cursor, if any."""
        return next((edit for edit in self.editors() if edit.hasFocus()), None)

    def focus_text(self) -> None:
        """Where somebody wants to go on writing: the first text of the page in view."""
        first = next((e for e in self.editors_in_view() if e.isVisibleTo(self)), None)
        if self.middle.page == BOOK:
            self.pages.book.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.middle.page == REGISTER:
            self.pages.register.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.middle.page == FRAMEWORK:
            self.pages.framework_desk.setFocus(Qt.FocusReason.OtherFocusReason)
        elif first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tree.focus_tree()

    def open_search(self) -> None:
        """Ctrl+Shift+F: the whole book, with the words that are selected."""
        edit = self.focused_editor()
        words = edit.textCursor().selectedText() if edit is not None else ""
        self._close_find()
        self.middle.show_page(SEARCH)
        self.pages.search.open("" if "\u2029" in words else words)

    def open_find(self) -> None:
        """Ctrl+F: in the text that has the cursor, or the first one in view."""
        edit = self.focused_editor() or next(iter(self.editors_in_view()), None)
        if edit is not None and edit.isVisibleTo(self):
            self.pages.find_bar.open_for(edit)

    def _keep_zoom(self) -> None:
        """A new style sheet gives every text the letters it began with."""
        self.set_zoom(self._zoom)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller letters in the editors, by steps; 0 = back to normal."""
        place = ZOOM_STEPS.index(self._zoom) + steps
        self.set_zoom(ZOOM_STEPS[max(0, min(place, len(ZOOM_STEPS) - 1))] if steps else 1.0)

    def set_zoom(self, zoom: float) -> None:
        """The nearest step of `ZOOM_STEPS`."""
        self._zoom = min(ZOOM_STEPS, key=lambda step: abs(step - zoom))
        for edit in self.editors():
            edit.set_zoom(self._zoom)
        self.zoomed.emit(self._zoom)

    def cycle_panes(self, step: int) -> None:
        """F6: the cursor to the next place that is in view, in the window's reading order."""
        places: list[QWidget] = [*self.places_before(), self.tree.tree]
        places += [self.pages.book.list] if self.pages.has("book") else []
        if self.middle.page == REGISTER:
            places.append(self.pages.register.table)
        if self.middle.page == FRAMEWORK:
            places += self.pages.framework_desk.stops()
        places += self.editors_in_view()
        places += [card for card in self.findChildren(LevelCard) if card.isVisible()][:1]
        places.append(self.middle.tabs)
        # Without evidence there is no list, but a button to attach some.
        evidence = [self.evidence_pane.list, *self.evidence_pane.findChildren(QPushButton)]
        places += [place for place in evidence if place.isVisible()][:1]
        if self.pages.has("preview"):
            places.append(self.pages.preview.view)
        stops = [place for place in places if place.isVisible() and place.isEnabled()]
        inside = next((i for i, place in enumerate(stops) if place.hasFocus()), None)
        if stops:
            target = 0 if inside is None else (inside + step) % len(stops)
            stops[target].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- parts and wires ----------------------------------------------------------------------

    def _make_panes(self) -> None:
        editor, done = self.project.editor, self.undo_stack.push_done
        self.sides = Sides(self)
        self.tree = FrameworkPane(editor, self.sides)
        self.pages = ProjectPages(self)
        texts = partial(IssuePane, editor, self.push, done)
        self.middle = MiddlePane(texts, self.pages.page, self.sides)
        self.issue_pane = self.middle.issue_pane
        self.reader = Reader()
        words = DocumentWords(self.reader, self._path_of, self)
        self.copies = PrintableCopies(self.project, self.reader, self.undo_stack.amend, self)
        self._presence = FilePresence(self.project.folder, self)
        self.evidence_pane = EvidencePane(
            editor,
            self.push,
            is_present=self._presence.is_present,
            path_of=self._path_of,
            reader=self.reader,
            words=words.ask,
            parent=self.sides,
        )
        self.attaching = AttachFlow(self.project, self.push, self, words=words, copies=self.copies)

    def _arrange(self) -> None:
        self.sides.hold(self.tree, self.middle, self.evidence_pane)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sides)

    def _connect(self) -> None:
        self._presence.answered.connect(self.evidence_pane.hear_disk)
        self.tree.chosen.connect(self._choose_in_tree)
        self.tree.files_dropped.connect(self.attaching.attach)
        for pane in (self.tree, self.issue_pane):
            pane.framework_requested.connect(self.framework_requested)
        self.issue_pane.go_to.connect(self.go_to)
        self.issue_pane.files_dropped.connect(self.attach_here)
        self.evidence_pane.files_dropped.connect(self.attach_here)
        self.issue_pane.next_requested.connect(lambda: self.tree.step(1))
        self.evidence_pane.attach_requested.connect(self.attach)
        self.evidence_pane.open_requested.connect(self.attaching.open_item)
        self.evidence_pane.refused.connect(self.said)
        self.evidence_pane.picture_pasted.connect(self._attach_picture)
        self.evidence_pane.preview_requested.connect(self.preview_item)
        self.evidence_pane.register_requested.connect(self.show_in_register)
        self.attaching.attached.connect(self.evidence_pane.show_newest)
        self.attaching.refused.connect(self.said)
        self.middle.step_requested.connect(self.tree.step)
        self.middle.about_to_change.connect(self.leave)
        self.middle.tab_shown.connect(self._fit_sides)
        self.middle.evidence_requested.connect(self.sides.toggle_evidence)
        self.equip(self.issue_pane)
        self.issue_pane.entry_made.connect(self._follow_lines)
        self.project.editor.subscribe(self._follow_framework)
        theme = theme_of(QApplication.instance())
        if theme is not None:
            theme.changed.connect(self._keep_zoom)

    def _close_find(self) -> None:
        if self.pages.has("find_bar"):
            self.pages.find_bar.hide()

    def equip(self, pane: "IssuePane | IndicatorPane | BookPage") -> None:
        """Before its texts are shown: pictures are looked up then."""
        self._follow_lines(pane)
        for edit in pane.editors():
            edit.zoom_requested.connect(self.zoom_by)
            edit.edited.connect(self.edited)
            edit.currentCharFormatChanged.connect(self._tell_looks)
            edit.image_pasted.connect(partial(self.attaching.keep_picture, edit))
            edit.set_image_source(self._picture)
            edit.set_zoom(self._zoom)

    def _follow_lines(self, pane: QWidget) -> None:
        for reason in pane.findChildren(ReasonEdit):
            reason.textEdited.connect(self._tell_edited)
        for measured in pane.findChildren(MeasuredEdit):
            measured.line.textEdited.connect(self._tell_edited)

    def _tell_edited(self, _: str) -> None:
        self.edited.emit()

    def _tell_looks(self, looks: QTextCharFormat) -> None:
        self.looks_changed.emit(looks)

    def _picture(self, sha256: str) -> QImage | None:
        return stored_picture(self.project.image_bytes(sha256))

    def attach_here(self, files: list[Path]) -> None:
        self.attaching.attach(self.place_id, files)

    def _attach_picture(self, picture: QImage) -> None:
        self.attaching.attach_picture(self.place_id, picture)

    def _path_of(self, file: EvidenceFile) -> Path:
        return self.project.path_of(file.sha256)

    def look_for_files(self) -> None:
        """Files may be there again that were missing."""
        self._presence.ask_again()
        self.evidence_pane.look_for_files()
        if self.pages.has("register"):
            self.pages.register.look_for_files()

    def show_in_register(self, item_id: str) -> None:
        self.middle.show_tab(REGISTER)
        self.pages.register.show_item(item_id)

    def preview_item(self, item_id: str) -> None:
        """Show what is in an item's files, beside the texts; asked for once more, no longer."""
        pane = self.pages.evidence_preview
        if pane.isVisible() and pane.item_id == item_id:
            pane.leave()
            return
        if self.middle.page != WRITE:
            self.middle.show_tab(WRITE)
        self.sides.show_for(folded=True, evidence=True)  # first: it makes the room that is shared
        self.middle.show_beside(pane)
        pane.show_item(item_id)

    def close_evidence_preview(self) -> None:
        """The cursor goes back to the list the item was chosen in."""
        if self.pages.has("evidence_preview"):
            self.middle.hide_beside(self.pages.evidence_preview)
            self.sides.show_for(folded=self.middle.tab == PREVIEW, evidence=True)
            if self.evidence_pane.list.isVisible():
                self.evidence_pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focus_text()

    def _fit_sides(self, tab: int) -> None:
        """Preview, book and overview want the room of the evidence; the first two the tree's, too."""
        if tab == SEARCH:
            return  # words are looked for beside what they stand in
        self._close_find()
        folded = tab in (PREVIEW, BOOK, REGISTER, FRAMEWORK)
        self.sides.show_for(folded=folded, evidence=tab in (WRITE, SUGGESTIONS))
        self.focus_text()

    def go_to_words(self, node_id: str, kind: str, words: str) -> None:
        """A hit of the search: its page, and the words marked in its text."""
        if Kind(kind) is Kind.BOOK_TEXT:
            edit = self.show_in_book(book_field(self.project.editor.round.fiscal_year, node_id))
            if edit is not None:
                self.pages.find_bar.open_for(edit, words)
            return
        self.choose(node_id)
        self.middle.show_tab(SUGGESTIONS if kind in _ON_SUGGESTIONS else WRITE)
        place = {Kind.METHOD: 0, Kind.RESULTS: 1, Kind.SUGGESTIONS: 0}.get(Kind(kind))
        if place is not None:
            self.pages.find_bar.open_for(self.editors_in_view()[place], words)

    def _follow_framework(self, fields: frozenset[Field]) -> None:
        """The node in view stays so, whatever it is in by now; out of use it makes room for another."""
        if not any(field.kind is Kind.FRAMEWORK for field in fields):
            return
        if not self.project.editor.round.framework.has_node(self.node):
            self.choose(self._first_issue())
            return
        if self.evidence_pane.issue_id != self.place_id:
            self.evidence_pane.show_issue(self.place_id)
        self._show_node()

    # Qt override

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.middle.evidence_button.setVisible(self.sides.is_short_of_room)
