from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.kedmanee import KedmaneeShortcuts, latin_key

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def thai_press(
    letter: str,
    modifiers: Qt.KeyboardModifier = CONTROL,
    scan: int = 0,
    kind: QEvent.Type = QEvent.Type.KeyPress,
) -> QKeyEvent:
    """What arrives where Qt reports Thai letters as key codes."""
    return QKeyEvent(kind, ord(letter), modifiers, scan, 0, 0, letter)


@pytest.mark.parametrize(("letter", "digit"), list(zip("ๅ/-ภถุึคตจ", "1234567890", strict=True)))
def test_the_top_row_counts(letter: str, digit: str) -> None:
    assert latin_key(thai_press(letter)) == Qt.Key(ord(digit))


@pytest.mark.parametrize(
    ("letter", "latin"),
    list(
        zip(
            "ไำพะัีรนยฟหกดเ้่าสผปแอิืทโฆฌ๋์",
            "WERTYUIOPASDFGHJKLZXCVBNMFSGJN",
            strict=True,
        )
    ),
)
def test_letters_are_those_on_the_same_key(letter: str, latin: str) -> None:
    assert latin_key(thai_press(letter)) == Qt.Key(ord(latin))


def test_every_thai_key_has_one_latin_key() -> None:
    letters = [chr(code) for code in range(0x0E01, 0x0E5C)]
    on_keyboard = [letter for letter in letters if latin_key(thai_press(letter)) is not None]
    # The keyboard has all letters but four signs of old books; four codes mean nothing.
    missing = set(letters) - set(on_keyboard)
    assert missing <= {"\u0e3b", "\u0e3c", "\u0e3d", "\u0e3e", "๎", "๏", "๚", "๛"}


def test_latin_keys_are_left_alone() -> None:
    for key in (Qt.Key.Key_B, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_F6):
        assert latin_key(QKeyEvent(QEvent.Type.KeyPress, key, CONTROL)) is None


@pytest.mark.parametrize(("platform", "offset"), [("windows", 0), ("xcb", 8), ("wayland", 8)])
def test_a_minus_is_a_three_only_on_the_key_of_three(
    monkeypatch: pytest.MonkeyPatch, platform: str, offset: int
) -> None:
    monkeypatch.setattr(QApplication, "platformName", staticmethod(lambda: platform))
    assert latin_key(thai_press("-", scan=0x04 + offset)) is Qt.Key.Key_3
    assert latin_key(thai_press("-", scan=0x0C + offset)) is None
    assert latin_key(thai_press("/", scan=0x03 + offset)) is Qt.Key.Key_2
    assert latin_key(thai_press("/", scan=0x35 + offset)) is None
    assert latin_key(thai_press("(", scan=0x2C + offset)) is Qt.Key.Key_Z
    keypad = CONTROL | Qt.KeyboardModifier.KeypadModifier
    assert latin_key(thai_press("-", keypad, scan=0x04 + offset)) is None


# --- as shortcuts -----------------------------------------------------------------------------


@pytest.fixture
def filtered(qapp: QApplication) -> Iterator[None]:
    shortcuts = KedmaneeShortcuts()
    qapp.installEventFilter(shortcuts)
    yield
    qapp.removeEventFilter(shortcuts)


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.field = QLineEdit()
        self.setCentralWidget(QWidget())
        QVBoxLayout(self.centralWidget()).addWidget(self.field)
        self.menu_action = self.menuBar().addMenu("ไฟล์").addAction("แนบ")
        self.menu_action.setShortcut("Ctrl+E")
        self.menu_action.triggered.connect(lambda: self.done.append("attach"))
        for digit in "12345":
            action = QAction(self)
            action.setShortcut(f"Ctrl+{digit}")
            action.triggered.connect(lambda _on, digit=digit: self.done.append(digit))
            self.addAction(action)
        self.zoom = QAction(self)
        self.zoom.setShortcut("Ctrl+-")
        self.zoom.triggered.connect(lambda: self.done.append("smaller"))
        self.addAction(self.zoom)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(lambda: self.done.append("find"))


@pytest.fixture
def window(qtbot: QtBot, filtered: None) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    made.field.setFocus()
    return made


def press(widget: QWidget, event: QKeyEvent) -> None:
    """As Qt does it: first the question whether the widget wants it for itself, then the key."""
    override = QKeyEvent(
        QEvent.Type.ShortcutOverride,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        0,
        0,
        event.text(),
    )
    override.ignore()
    QApplication.sendEvent(widget, override)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize(
    ("letter", "done"),
    [("ำ", "attach"), ("ด", "find"), ("ๅ", "1"), ("/", "2"), ("ภ", "4"), ("ถ", "5")],
)
def test_a_thai_key_does_what_its_latin_twin_does(window: Window, letter: str, done: str) -> None:
    press(window.field, thai_press(letter))
    assert window.done == [done]
    assert window.field.text() == ""


def test_the_key_of_three_does_not_zoom(window: Window) -> None:
    override = thai_press("-", scan=0x04, kind=QEvent.Type.ShortcutOverride)
    override.ignore()
    QApplication.sendEvent(window.field, override)
    assert override.isAccepted(), "else Ctrl+- would be tried as a shortcut"
    # An event that a test sends is tried as a shortcut all the same; one from a keyboard is not.
    window.zoom.setEnabled(False)
    QApplication.sendEvent(window.field, thai_press("-", scan=0x04))
    assert window.done == ["3"]


def test_what_the_field_can_do_itself_goes_first(window: Window, qapp: QApplication) -> None:
    window.field.setText("คัดลอก")
    press(window.field, thai_press("ฟ"))
    press(window.field, thai_press("แ"))
    assert qapp.clipboard().text() == "คัดลอก"
    assert window.done == []


def test_typing_thai_is_typing(window: Window) -> None:
    for letter in "ำดๅ/-ภ":
        press(window.field, thai_press(letter, NONE))
    press(window.field, thai_press("โ", SHIFT))
    assert window.field.text() == "ำดๅ/-ภโ"
    assert window.done == []


def test_a_disabled_action_does_nothing(window: Window) -> None:
    window.menu_action.setEnabled(False)
    press(window.field, thai_press("ำ"))
    assert window.done == []


def test_actions_of_a_widget_wait_for_its_focus(window: Window, qtbot: QtBot) -> None:
    other = QLineEdit(window.centralWidget())
    own = QAction(other)
    own.setShortcut("Ctrl+M")
    own.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    own.triggered.connect(lambda: window.done.append("own"))
    other.addAction(own)
    press(window.field, thai_press("ท"))
    assert window.done == []
    press(other, thai_press("ท"))
    assert window.done == ["own"]


def test_another_window_keeps_its_shortcuts_to_itself(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(field, thai_press("ำ"))
    assert window.done == []
    dialog.close()
