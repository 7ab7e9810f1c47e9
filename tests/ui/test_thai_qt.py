from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QTextLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from esa_desktop.ui.qt_words import WORDS
from esa_desktop.ui.thai_qt import ThaiWords, install_thai_breaks, install_thai_words

Button = QDialogButtonBox.StandardButton


@pytest.fixture(autouse=True)
def thai(qapp: QApplication) -> Iterator[None]:
    install_thai_words(qapp)
    yield
    for words in qapp.findChildren(ThaiWords):
        QCoreApplication.removeTranslator(words)
        words.setParent(None)


@pytest.mark.parametrize("context", sorted(WORDS))
def test_every_word_in_the_table_is_one_qt_says(context: str) -> None:
    """Qt's own German, French and Japanese know the English words Qt has."""
    folder = Path(PySide6.__file__).parent / "Qt" / "translations"
    known = [QTranslator() for _ in range(3)]
    assert all(
        words.load(str(folder / f"qtbase_{language}.qm"))
        for words, language in zip(known, ("de", "fr", "ja"), strict=True)
    )
    unknown = [
        source
        for source in WORDS[context]
        if not any(words.translate(context, source) for words in known)
    ]
    assert unknown == []


def test_what_qt_fills_in_is_kept() -> None:
    for context, words in WORDS.items():
        for source, thai in words.items():
            assert re.findall("%[0-9n]", source) == re.findall("%[0-9n]", thai), (context, source)
            assert re.search("[ก-ฮ]", thai), (context, source)


def test_unknown_words_stay_what_they_were() -> None:
    assert ThaiWords().translate("QFileDialog", "No such words %1") is None
    assert QCoreApplication.translate("QFileDialog", "No such words %1") == "No such words %1"


def test_buttons_speak_thai(qtbot: QtBot) -> None:
    buttons = QDialogButtonBox(Button.Save | Button.Discard | Button.Cancel)
    qtbot.addWidget(buttons)
    assert {b.text() for b in buttons.buttons()} == {"บันทึก", "ไม่บันทึก", "ยกเลิก"}


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit])
def test_menus_of_text_fields_speak_thai(qtbot: QtBot, kind: type[QLineEdit | QTextEdit]) -> None:
    field = kind()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert words[:2] == ["เลิกทำ", "ทำซ้ำ"]
    assert not any(english(word) for word in words)
    menu.deleteLater()


def english(words: str) -> bool:
    return any(letter in string.ascii_letters for letter in words.replace("PDF", ""))


def words_in(dialog: QWidget) -> set[str]:
    words = {w.text() for w in dialog.findChildren(QLabel)}
    words |= {w.text() for w in dialog.findChildren(QAbstractButton)}
    words |= {w.toolTip() for w in dialog.findChildren(QAbstractButton)}
    return words | {w.title() for w in dialog.findChildren(QGroupBox)}


@pytest.mark.parametrize("mode", list(QFileDialog.AcceptMode))
def test_the_file_dialog_speaks_thai(qtbot: QtBot, mode: QFileDialog.AcceptMode) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    qtbot.addWidget(dialog)
    assert [words for words in words_in(dialog) if english(words)] == []
    kinds = dialog.findChildren(QComboBox)
    assert any(box.currentText() == "ไฟล์ทั้งหมด (*)" for box in kinds)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own dialog is used")
def test_the_print_dialog_speaks_thai(qtbot: QtBot) -> None:
    dialog = QPrintDialog(QPrinter())
    qtbot.addWidget(dialog)
    assert [words for words in words_in(dialog) if english(words)] == []


def test_a_message_box_speaks_thai(qtbot: QtBot) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, "หัวข้อ", "ข้อความ", QMessageBox.StandardButton.Ok)
    qtbot.addWidget(box)
    assert [button.text() for button in box.buttons()] == ["ตกลง"]


def test_installing_twice_installs_once(qapp: QApplication) -> None:
    install_thai_words(qapp)
    assert len(qapp.findChildren(ThaiWords)) == 1


def test_the_answer_about_breaks_is_what_qt_then_does(qapp: QApplication) -> None:
    words = "การบริหารจัดการองค์การสู่ความเป็นเลิศของสำนักงานเขตพื้นที่การศึกษา"
    found = install_thai_breaks()
    layout = QTextLayout(words, QApplication.font())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(150)
    end = line.textLength()
    layout.endLayout()
    breaks_inside_the_phrase = end < len(words)
    assert found == breaks_inside_the_phrase
    if found:
        assert words[:end].endswith(("การ", "บริหาร", "จัด", "องค์การ", "สู่", "ความ", "เป็น", "เลิศ"))
