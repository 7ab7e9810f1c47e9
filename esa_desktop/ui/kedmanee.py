"""Shortcuts while the Thai Kedmanee layout is active: the same physical keys, other letters.

Depending on the platform Qt reports Ctrl+B under the Thai layout as ``Key_B`` or as the Thai
letter on that key (Ctrl+ิ), and the digit row as ๅ / - ภ ถ ุ ึ ค ต จ.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

_ROWS: Final = (
    # Latin keys, Thai without shift, Thai with shift (TIS 820-2538); only the Thai letters count.
    ("`1234567890-=", "_ๅ/-ภถุึคตจขช", "%+๑๒๓๔ู฿๕๖๗๘๙"),
    ("qwertyuiop[]\\", "ๆไำพะัีรนยบลฃ", '๐"ฎฑธํ๊ณฯญฐ,ฅ'),
    ("asdfghjkl;'", "ฟหกดเ้่าสวง", "ฤฆฏโฌ็๋ษศซ."),
    ("zxcvbnm,./", "ผปแอิืทมใฝ", "()ฉฮฺ์?ฒฬฦ"),
)
_LATIN: Final = {
    ord(thai): Qt.Key(ord(latin.upper()))
    for latins, *layers in _ROWS
    for layer in layers
    for latin, thai in zip(latins, layer, strict=True)
    if thai >= "\u0e01"
}
_ALSO_LATIN: Final = {
    # What both layouts have, on different keys: (scan code of the key on the Thai layout, key).
    Qt.Key.Key_Slash.value: (0x03, Qt.Key.Key_2),
    Qt.Key.Key_Minus.value: (0x04, Qt.Key.Key_3),
    Qt.Key.Key_Plus.value: (0x02, Qt.Key.Key_1),
    Qt.Key.Key_QuoteDbl.value: (0x11, Qt.Key.Key_W),
    Qt.Key.Key_ParenLeft.value: (0x2C, Qt.Key.Key_Z),
    Qt.Key.Key_ParenRight.value: (0x2D, Qt.Key.Key_X),
    Qt.Key.Key_Question.value: (0x32, Qt.Key.Key_M),
}
_EVDEV_OFFSET: Final = 8
"""X11 and Wayland count scan codes from here; Windows and the table above do not."""
_SHORTCUT_MODIFIERS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def latin_key(event: QKeyEvent) -> Qt.Key | None:
    """The key as a Latin keyboard names it, where the Thai layout says otherwise; else ``None``.

    ``/`` and ``-`` are on Latin keyboards too: the scan code tells, and an event without one
    (made by a program) is taken for the Thai digit row.
    """
    latin = _LATIN.get(event.key())
    if latin is not None:
        return latin
    ambiguous = _ALSO_LATIN.get(event.key())
    if ambiguous is None or event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return None
    scan, key = ambiguous
    if event.nativeScanCode() == 0:
        return key if key in (Qt.Key.Key_2, Qt.Key.Key_3) else None
    return key if event.nativeScanCode() == scan + _scan_offset() else None


def _scan_offset() -> int:
    return _EVDEV_OFFSET if QApplication.platformName() in ("xcb", "wayland") else 0


def latin_event(event: QKeyEvent, kind: QEvent.Type | None = None) -> QKeyEvent | None:
    """The same key press with its Latin key, as an event of ``kind``; ``None`` if it is that."""
    key = latin_key(event)
    if key is None or not event.modifiers() & _SHORTCUT_MODIFIERS:
        return None
    return QKeyEvent(kind or event.type(), key, event.modifiers(), "", event.isAutoRepeat())


class KedmaneeShortcuts(QObject):
    """Application-wide event filter: Ctrl or Alt with a Thai key works as with its Latin twin.

    First as a shortcut of the widget with the focus (copy, bold), then as a `QAction` or
    `QShortcut` of its window, else as the key press itself. Install with
    ``app.installEventFilter(KedmaneeShortcuts(app))``.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            return self._keeps_from_shortcuts(event)
        if event.type() is not QEvent.Type.KeyPress:
            return False
        press = latin_event(event)
        if press is None:
            return False
        override = latin_event(event, QEvent.Type.ShortcutOverride)
        if override is not None:
            override.ignore()
            QApplication.sendEvent(watched, override)
            if not override.isAccepted() and trigger_shortcut(watched, press):
                return True
        QApplication.sendEvent(watched, press)
        return True

    @staticmethod
    def _keeps_from_shortcuts(event: QKeyEvent) -> bool:
        """Physical 2 and 3 say ``/`` and ``-``: keep Ctrl+- (zoom out) from taking Ctrl+3."""
        if event.nativeScanCode() == 0 or event.key() not in _ALSO_LATIN:
            return False
        if latin_event(event) is None:
            return False
        event.accept()
        return True


def trigger_shortcut(widget: QWidget, press: QKeyEvent) -> bool:
    """Do what ``press`` is the shortcut of in the widget's window; whether there was anything."""
    pressed = QKeySequence(press.keyCombination())
    window = widget.window()
    for action in window.findChildren(QAction):
        if pressed in action.shortcuts() and action.isEnabled() and _action_reaches(action, widget):
            action.trigger()
            return True
    for shortcut in window.findChildren(QShortcut):
        owner, sequences = shortcut.parent(), shortcut.keys()
        if (
            pressed in sequences
            and shortcut.isEnabled()
            and isinstance(owner, QWidget)
            and _reaches(shortcut.context(), owner, widget)
        ):
            shortcut.activated.emit()
            return True
    return False


def _action_reaches(action: QAction, widget: QWidget) -> bool:
    owners = [owner for owner in action.associatedObjects() if isinstance(owner, QWidget)]
    # A menu is a window of its own; its actions belong to the window its bar is in.
    owners = [
        owner.parentWidget() or owner if isinstance(owner, QMenu) else owner for owner in owners
    ]
    return any(_reaches(action.shortcutContext(), owner, widget) for owner in owners)


def _reaches(context: Qt.ShortcutContext, owner: QWidget, widget: QWidget) -> bool:
    if context is Qt.ShortcutContext.ApplicationShortcut:
        return True
    if context is Qt.ShortcutContext.WidgetShortcut:
        return owner is widget
    if context is Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return owner is widget or owner.isAncestorOf(widget)
    return owner.isVisible() and owner.window() is widget.window()
