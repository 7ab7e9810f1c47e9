"""What the keys do in an editor beyond what Qt does: labels, Thai words, tables, formats."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from esa_desktop.ui import list_labels, text_tables, word_steps

_MOVE: Final = QTextCursor.MoveMode.MoveAnchor
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_NONE: Final = Qt.KeyboardModifier.NoModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_TAB_REASONS: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_WALKING: Final = frozenset(
    key.value
    for key in (
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
    )
)
"""Keys after which a person who came with Tab is still on the way through the page."""

Shortcut = tuple[Qt.KeyboardModifier, Qt.Key]


class TextKeys:
    """The keys of one editor. ``commands`` are its own: bold, plain paste and their like."""

    def __init__(self, edit: QTextEdit, commands: dict[Shortcut, Callable[[], object]]) -> None:
        self._edit = edit
        self._passing = False
        key = Qt.Key
        keys: dict[Shortcut, Callable[[], bool]] = {
            (_NONE, key.Key_Return): self._enter,
            (_NONE, key.Key_Enter): self._enter,
            (_NONE, key.Key_Backspace): lambda: self._try(list_labels.press_backspace),
            (_NONE, key.Key_Delete): lambda: self._try(list_labels.press_delete),
            (_NONE, key.Key_Home): lambda: self._to_text_start(_MOVE),
            (_SHIFT, key.Key_Home): lambda: self._to_text_start(_KEEP),
            (_NONE, key.Key_Tab): lambda: self._tab(1),
            (_SHIFT, key.Key_Backtab): lambda: self._tab(-1),
            (_CONTROL, key.Key_Right): lambda: self._step(word_steps.to_next_word, _MOVE),
            (_CONTROL | _SHIFT, key.Key_Right): lambda: self._step(word_steps.to_next_word, _KEEP),
            (_CONTROL, key.Key_Left): lambda: self._step(word_steps.to_previous_word, _MOVE),
            (_CONTROL | _SHIFT, key.Key_Left): lambda: self._step(
                word_steps.to_previous_word, _KEEP
            ),
            (_CONTROL, key.Key_Delete): self._delete_word_behind,
            (_CONTROL, key.Key_Backspace): self._delete_word_before,
        }
        keys |= {shortcut: _done(command) for shortcut, command in commands.items()}
        self._keys = {(modifiers, key.value): press for (modifiers, key), press in keys.items()}

    def owns(self, event: QKeyEvent) -> bool:
        """Whether the key has a meaning here, which goes before any shortcut of the window."""
        return (event.modifiers() & ~_KEYPAD, event.key()) in self._keys

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means here; ``False`` where it is left to Qt."""
        if event.key() not in _WALKING:
            self.settle()
        press = self._keys.get((event.modifiers() & ~_KEYPAD, event.key()))
        return press is not None and press()

    def enter(self, reason: Qt.FocusReason) -> None:
        """The editor was entered; who came with Tab goes on with Tab until something else is done."""
        self._passing = reason in _TAB_REASONS

    def settle(self) -> None:
        """Something was pressed, clicked or changed: from now on Tab is for the text."""
        self._passing = False

    def takes_tab(self, step: int) -> bool:
        """Whether Tab (1) or Shift+Tab (-1) is for the text (tables, lists), not the next widget.

        Not in a list that can go no deeper or no less deep: there the key would do nothing.
        """
        cursor = self._edit.textCursor()
        if self._passing:
            return False
        return cursor.currentTable() is not None or list_labels.can_shift(cursor, step)

    def _put(self, cursor: QTextCursor) -> bool:
        self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()
        return True

    def _try(self, change: Callable[[QTextCursor], bool]) -> bool:
        cursor = self._edit.textCursor()
        return change(cursor) and self._put(cursor)

    def _enter(self) -> bool:
        cursor = self._edit.textCursor()
        list_labels.press_enter(cursor)
        return self._put(cursor)

    def _tab(self, step: int) -> bool:
        cursor = self._edit.textCursor()
        if not self.takes_tab(step):
            return False
        if cursor.currentTable() is not None:
            text_tables.next_cell(cursor, step)
        else:
            list_labels.shift_level(cursor, step)
        return self._put(cursor)

    def _step(self, step: Callable[[QTextCursor, Any], None], mode: QTextCursor.MoveMode) -> bool:
        cursor = self._edit.textCursor()
        step(cursor, mode)
        return self._put(cursor)

    def _delete_word_before(self) -> bool:
        cursor = self._edit.textCursor()
        if cursor.hasSelection() or cursor.atBlockStart():
            return self._try(list_labels.press_backspace)
        if list_labels.press_backspace(cursor):
            return self._put(cursor)
        word_steps.to_previous_word(cursor, _KEEP)
        text_start = cursor.block().position() + list_labels.label_end(cursor.block())
        if cursor.position() < text_start <= cursor.anchor():
            cursor.setPosition(text_start, _KEEP)
        cursor.removeSelectedText()
        return self._put(cursor)

    def _delete_word_behind(self) -> bool:
        cursor = self._edit.textCursor()
        if cursor.hasSelection() or cursor.atBlockEnd():
            return self._try(list_labels.press_delete)
        word_steps.to_next_word(cursor, _KEEP)
        cursor.removeSelectedText()
        return self._put(cursor)

    def _to_text_start(self, mode: QTextCursor.MoveMode) -> bool:
        """Home goes behind the label first, and before it when pressed again."""
        cursor = self._edit.textCursor()
        start = cursor.block().position() + list_labels.label_end(cursor.block())
        line = QTextCursor(cursor)
        line.movePosition(QTextCursor.MoveOperation.StartOfLine)
        if line.position() >= start or cursor.position() == start:
            return False
        cursor.setPosition(start, mode)
        return self._put(cursor)


def _done(command: Callable[[], object]) -> Callable[[], bool]:
    def press() -> bool:
        command()
        return True

    return press
