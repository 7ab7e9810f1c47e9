"""The outline of the framework desk: arrows walk, Enter adds, F2 renames, Alt+Shift+arrows reorder."""

from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTreeView, QWidget

from esa_desktop.ui.framework_desk_delegate import LEFT, OutlineDelegate
from esa_desktop.ui.framework_desk_model import PENDING, ROW, OutlineModel
from esa_desktop.ui.framework_desk_rows import BELOW, EDITION, OutlineRow, Rank

Index = QModelIndex | QPersistentModelIndex
_MOVE: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
ABOVE: Final = {Rank.INDICATOR: Rank.STANDARD, Rank.ISSUE: Rank.INDICATOR}


class OutlineTree(QTreeView):
    """The current row is the chosen one: its form is shown beside the tree."""

    chosen = Signal(str)
    """Id of the row that is the current one now."""
    named = Signal(str, str)
    """(id, words): a name was typed in place; of a row that waits, too."""
    listed = Signal(list)
    """Several names were pasted into the row that waits."""
    next_wanted = Signal(str)
    """Another node of the same kind behind this one."""
    step_wanted = Signal(str, int)
    """(id, -1 or 1): among the nodes beside it, or over the edge into the next parent."""
    retire_wanted = Signal(str)
    typed = Signal()
    """Other words stand in the row whose name is being typed."""
    form_wanted = Signal()
    """The right arrow on a row without anything below, or F4: to the fields beside the tree."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = model
        self._rows = OutlineDelegate(self)
        self._go_on = False
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(600)
        self.setMouseTracking(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self._connect()

    def _connect(self) -> None:
        self._outline.named.connect(self.named)
        self._outline.rowsInserted.connect(self._unfold_new)
        self._outline.dataChanged.connect(self._relay)
        self._rows.entered.connect(self._on_entered)
        self._rows.typed.connect(self.typed)
        self._rows.shifted.connect(self._shift)
        self._rows.lines_pasted.connect(self._paste_list)
        self._rows.closeEditor.connect(self._editor_closed)
        self._rows.sizeHintChanged.connect(self._fit_editor)

    # --- choosing -----------------------------------------------------------------------------

    @property
    def current(self) -> OutlineRow | None:
        """The chosen row, if it is not one that waits for its name."""
        index = self.currentIndex()
        row = index.data(ROW) if index.isValid() and not index.data(PENDING) else None
        return row if isinstance(row, OutlineRow) else None

    def choose(self, node_id: str) -> None:
        """Make a row the current one, with everything above it unfolded."""
        index = self._outline.index_of(node_id)
        if not index.isValid():
            return
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        if self.isVisible():  # unseen it has no height to scroll in
            self.scrollTo(index)

    # --- names --------------------------------------------------------------------------------

    @property
    def is_naming(self) -> bool:
        """Whether a name is being typed in place."""
        return self._rows.editor is not None

    def finish(self) -> None:
        """Hand over a name that is being typed in place."""
        self._rows.finish()

    def begin(self, node_id: str, rank: Rank, parent_id: str, place: int, words: str = "") -> None:
        """Open a new row in which a name is typed; it comes into being when it is named."""
        self.finish()
        index = self._outline.begin(node_id, rank, parent_id, place)
        self.choose(node_id)
        self.edit(index)
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.scrollTo(index)
        editor = self._rows.editor
        if editor is not None and words:
            editor.setPlainText(words)
            editor.selectAll()

    def rename(self) -> None:
        """As F2 does."""
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _on_entered(self) -> None:
        """Enter named a row that waited: the next one waits."""
        row = self.current
        if self._go_on and row is not None:
            self._go_on = False
            self.next_wanted.emit(row.id)

    def will_go_on(self) -> None:
        """The row that waited has come into being; Enter asks for another one behind it."""
        self._go_on = True

    def _editor_closed(
        self,
        _editor: QWidget,
        _hint: QAbstractItemDelegate.EndEditHint = QAbstractItemDelegate.EndEditHint.NoHint,
    ) -> None:
        """A row that was not named goes away again."""
        if not self._outline.pending:
            QTimer.singleShot(0, self, self._forget_going_on)
            return
        rank, parent_id, place = self._outline.place_of_pending()
        self._outline.cancel()
        self._choose_near(rank, parent_id, place)

    def _forget_going_on(self) -> None:
        self._go_on = False

    def _choose_near(self, rank: Rank, parent_id: str, place: int) -> None:
        """The row above the one that went away."""
        parent = self._outline.index_of(parent_id) if parent_id else QModelIndex()
        first = 0 if parent_id else 1
        row = self._outline.index(max(place - 1 + first, first), 0, parent)
        near = row if row.isValid() else parent
        known = near.data(ROW) if near.isValid() else None
        fits = isinstance(known, OutlineRow) and known.rank in (rank, ABOVE.get(rank))
        self.choose(known.id if fits and isinstance(known, OutlineRow) else EDITION)

    def _shift(self, by: int) -> None:
        """Tab puts the waiting row into the one above it, Shift+Tab behind the one it is in."""
        rank, parent_id, place = self._outline.place_of_pending()
        if by > 0 and place > 0 and rank in BELOW:
            parent = self._outline.index_of(parent_id) if parent_id else QModelIndex()
            above = self._outline.index(place - 1 + (0 if parent_id else 1), 0, parent)
            row: OutlineRow = above.data(ROW)
            self._outline.shift(BELOW[rank], row.id, self._outline.rowCount(above))
            self.expand(above)
        elif by < 0 and rank in ABOVE:
            above = self._outline.index_of(parent_id)
            outer = above.parent()
            outer_row = outer.data(ROW) if outer.isValid() else None
            behind = above.row() + 1 - (0 if outer.isValid() else 1)
            outer_id = outer_row.id if isinstance(outer_row, OutlineRow) else ""
            self._outline.shift(ABOVE[rank], outer_id, behind)
        index = self._outline.index_of(self._outline.pending)
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.scrollTo(index)

    def _paste_list(self, lines: list[str]) -> None:
        self._rows.closeEditor.disconnect(self._editor_closed)
        self.listed.emit(lines)
        self._go_on = False
        if self._rows.editor is not None:
            self._rows.closeEditor.emit(
                self._rows.editor, QAbstractItemDelegate.EndEditHint.RevertModelCache
            )
        self._rows.closeEditor.connect(self._editor_closed)

    # --- looks --------------------------------------------------------------------------------

    def _unfold_new(self, parent: QModelIndex, first: int, last: int) -> None:
        """What is new is in view; what is out of use stays folded."""
        row = parent.data(ROW) if parent.isValid() else None
        if not isinstance(row, OutlineRow) or not (row.is_retired or row.rank is Rank.RETIRED):
            if parent.isValid():
                self.expand(parent)
            for place in range(first, last + 1):
                child = self._outline.index(place, 0, parent)
                if child.data(ROW).rank is not Rank.RETIRED:
                    self.expand(child)

    def _relay(self, *_: object) -> None:
        """Another name may need another height."""
        self.scheduleDelayedItemsLayout()

    def _fit_editor(self, *_: object) -> None:
        """The row grows with the words that are typed in it."""
        self.scheduleDelayedItemsLayout()
        if self._rows.editor is not None:
            QTimer.singleShot(0, self, self._see_editor)

    def _see_editor(self) -> None:
        if self._rows.editor is not None:
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def _fold(self, event: QMouseEvent) -> bool:
        """Whether the mouse is on the arrow of a row, which is folded or unfolded then."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = index.data(ROW) if index.isValid() else None
        if not isinstance(row, OutlineRow) or not self._outline.rowCount(index):
            return False
        if not LEFT[row.rank] - 26 <= place.x() < LEFT[row.rank] - 2:
            return False
        self.finish()
        self.setExpanded(index, not self.isExpanded(index))
        return True

    # Qt's names from here on.
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW) if current.isValid() and not current.data(PENDING) else None
        if isinstance(row, OutlineRow):
            self.chosen.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current, event.key()
        up_or_down = key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if (
            row is not None
            and up_or_down
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _MOVE
        ):
            self.step_wanted.emit(row.id, -1 if key == Qt.Key.Key_Up else 1)
        elif row is not None and key in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Insert,
        ):
            if not event.isAutoRepeat():
                self.next_wanted.emit(row.id)
        elif row is not None and key == Qt.Key.Key_Delete:
            if not event.isAutoRepeat():
                self.retire_wanted.emit(row.id)
        elif key == Qt.Key.Key_Right and not self._outline.rowCount(self.currentIndex()):
            self.form_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow of a row unfolds it and chooses nothing."""
        if not self._fold(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on the arrow fold and unfold; elsewhere they open the name."""
        if not self._fold(event):
            super().mouseDoubleClickEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab sees where he is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(EDITION)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their names need at this width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
