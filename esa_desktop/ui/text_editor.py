"""The editor of method, results and suggestions: knows labels, Thai words, tables and paste."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.richtext import Image, RichText, from_plain
from esa_desktop.ui import list_labels, text_tables
from esa_desktop.ui.kedmanee import latin_event
from esa_desktop.ui.label_mending import label_looks, mend_block
from esa_desktop.ui.paste import RICH_TEXT, text_from
from esa_desktop.ui.rich_formats import LABEL
from esa_desktop.ui.rich_insert import insert_blocks
from esa_desktop.ui.text_keys import TextKeys
from esa_desktop.ui.text_view import RichTextView
from esa_desktop.ui.typing_slips import clean_before

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class RichTextEdit(RichTextView):
    """Shows and edits a `RichText`. What was typed is read by its owner with `text`, when it saves."""

    edited = Signal()
    """The person changed the text (typing, paste, undo); carries nothing, for it comes with each key."""
    entered = Signal()
    left = Signal()
    """The cursor went to another widget. Not while a menu is open or another window is in front."""
    files_dropped = Signal(list)
    """``list[Path]``: files dropped or pasted; they are evidence, not text."""
    image_pasted = Signal(QImage)
    """A picture without text was pasted; answer with `insert_image` once it is stored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = False
        self.setTabChangesFocus(True)
        self._keys = TextKeys(
            self,
            {
                (_CONTROL, Qt.Key.Key_B): self.toggle_bold,
                (_CONTROL, Qt.Key.Key_I): self.toggle_italic,
                (_CONTROL, Qt.Key.Key_U): self.toggle_underline,
                (_CONTROL | _SHIFT, Qt.Key.Key_V): self.paste_plain,
            },
        )
        self.textChanged.connect(self._tell_edited)
        self.cursorPositionChanged.connect(self._type_plain_behind_label)

    # --- the text -----------------------------------------------------------------------------

    def insert_rich(self, text: RichText) -> None:
        """At the cursor, in place of the selection: one step to undo."""
        cursor = self.textCursor()
        insert_blocks(cursor, text.blocks, self._image_of)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def insert_image(
        self,
        sha256: str,
        points: float,
        picture: QImage | None = None,
        at: QTextCursor | None = None,
    ) -> None:
        """A stored picture, ``points`` wide, in place of what is selected.

        ``picture`` where it is at hand, so that it is not read from the disk. ``at``: where the
        person pasted it, which ends behind it; who has gone on meanwhile is not taken back there.
        """
        cursor = self.textCursor()
        place = at or cursor
        went_on = _span(place) != _span(cursor)
        image_of = self._image_of if picture is None else lambda _: picture
        insert_blocks(place, (Image(sha256, points),), image_of)
        if not went_on:
            self.setTextCursor(place)
            self.ensureCursorVisible()

    def undo_available(self) -> bool:
        """Whether the text itself has something to take back."""
        return not self.isReadOnly() and self.document().isUndoAvailable()

    def redo_available(self) -> bool:
        return not self.isReadOnly() and self.document().isRedoAvailable()

    def clear_undo(self) -> None:
        self.document().clearUndoRedoStacks()

    def commit_input_method(self) -> None:
        """Take in what an input method still holds; call before reading the text to save it."""
        if self.hasFocus():
            QGuiApplication.inputMethod().commit()

    # --- commands of toolbar, menu and keys ---------------------------------------------------

    def toggle_bold(self) -> None:
        looks = QTextCharFormat()
        bold = self.fontWeight() >= QFont.Weight.DemiBold
        looks.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)
        self._set_looks(looks)

    def toggle_italic(self) -> None:
        looks = QTextCharFormat()
        looks.setFontItalic(not self.fontItalic())
        self._set_looks(looks)

    def toggle_underline(self) -> None:
        looks = QTextCharFormat()
        looks.setFontUnderline(not self.fontUnderline())
        self._set_looks(looks)

    def toggle_label(self) -> None:
        """Number the selected paragraphs, or take their labels off."""
        self._change(list_labels.toggle_list)

    def indent(self) -> None:
        self._change(lambda cursor: list_labels.shift_level(cursor, 1))

    def outdent(self) -> None:
        self._change(lambda cursor: list_labels.shift_level(cursor, -1))

    def renumber(self) -> None:
        """จัดเลขใหม่: the labels of the selection, or of the list around the cursor."""
        self._change(list_labels.renumber_list)

    def set_align(self, align: str) -> None:
        """``left``, ``center`` or ``right`` for the selected paragraphs."""
        if self.isReadOnly():
            return
        flags = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "center": Qt.AlignmentFlag.AlignHCenter,
            "right": Qt.AlignmentFlag.AlignRight,
        }
        self.setAlignment(flags[align])

    def ask_for_table(self) -> None:
        """Ask how many rows and columns, then insert; nothing waits meanwhile."""
        from esa_desktop.ui.table_size import TableSizeDialog

        if not self.isReadOnly():
            dialog = TableSizeDialog(self)
            dialog.chosen.connect(self.insert_table)
            dialog.open()

    def insert_table(self, rows: int, columns: int) -> None:
        """Below the paragraph or table the cursor is in."""

        def insert(cursor: QTextCursor) -> None:
            around = cursor.currentTable()
            if around is not None:
                cursor.setPosition(around.lastPosition() + 1)
            text_tables.insert_table(cursor, rows, columns)

        self._change(insert)

    def change_table(self, change: Callable[[QTextCursor], object]) -> None:
        """A function of `text_tables` for the table the cursor is in; else nothing."""
        if self.textCursor().currentTable() is not None:
            self._change(change)

    def paste_plain(self) -> None:
        """Ctrl+Shift+V: the words only; labels typed in them are recognised."""
        if self.canPaste():
            self.insert_rich(from_plain(QGuiApplication.clipboard().text()))

    # --- inside -------------------------------------------------------------------------------

    def _tell_edited(self) -> None:
        if not self._quiet:
            self._keys.settle()
            self.edited.emit()

    def _change(self, change: Callable[[QTextCursor], object]) -> None:
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        change(cursor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _set_looks(self, looks: QTextCharFormat) -> None:
        if self.isReadOnly():
            return
        self._keys.settle()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        self.mergeCurrentCharFormat(looks)
        for block in list_labels.selected_blocks(cursor) if cursor.hasSelection() else ():
            label_looks(block)
        cursor.endEditBlock()

    def _type_plain_behind_label(self) -> None:
        """What is typed right behind a label would become part of it: Qt goes on in its format."""
        looks = self.currentCharFormat()
        if looks.hasProperty(LABEL) and not self.textCursor().hasSelection():
            cursor = self.textCursor()
            if cursor.positionInBlock() == list_labels.label_end(cursor.block()):
                looks.clearProperty(LABEL)
                self.setCurrentCharFormat(looks)

    def _mend(self) -> None:
        """Clean what was just typed and keep labels whole: looks only at the cursor's paragraph."""
        cursor = self.textCursor()
        clean_before(cursor)
        block = cursor.block()
        if cursor.positionInBlock() <= list_labels.LONGEST_LABEL:
            mend_block(block)

    # --- Qt -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._answer_override(event)
        return super().event(event)

    def _answer_override(self, event: QKeyEvent) -> bool:
        """Which keys are the text's own although an action of the window has them too."""
        undo = event.matches(QKeySequence.StandardKey.Undo)
        redo = event.matches(QKeySequence.StandardKey.Redo)
        if (undo and not self.undo_available()) or (redo and not self.redo_available()):
            # Qt's editors keep Ctrl+Z even with nothing to take back; the program's undo is next.
            event.ignore()
            return True
        if self._keys.owns(event) and not self.isReadOnly():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = latin_event(event) or event
        if self.isReadOnly():
            super().keyPressEvent(press)
            return
        if self._keys.press(press):
            event.accept()
        else:
            super().keyPressEvent(press)
            if press.text() == " ":
                self._change(list_labels.recognise_label)
        self._mend()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString() and not self.isReadOnly():
            self._mend()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._keys.takes_tab(1 if forward else -1) and not self.isReadOnly():
            return False
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keys.settle()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._inside:
            self._inside = True
            self._keys.enter(event.reason())
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self._inside and event.reason() not in stays:
            self._inside = False
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from esa_desktop.ui.text_menu import text_menu

        menu = text_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        if self.isReadOnly():
            return
        # A selection that was dragged away may have taken half a label along.
        block = self.document().begin()
        while block.isValid():
            mend_block(block)
            block = block.next()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(_files(source)) or (
            not self.isReadOnly()
            and (source.hasFormat(RICH_TEXT) or source.hasText() or source.hasImage())
        )

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste and drop. Foreign text passes the model; files and pictures are somebody else's."""
        files = _files(source)
        if files:
            self.files_dropped.emit(files)
        elif self.isReadOnly():
            return
        elif source.hasFormat(RICH_TEXT) or source.hasText() or source.hasHtml():
            self.insert_rich(text_from(source))
        elif source.hasImage():
            self.image_pasted.emit(QImage(source.imageData()))


def _span(cursor: QTextCursor) -> tuple[int, int]:
    return cursor.selectionStart(), cursor.selectionEnd()


def _files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
