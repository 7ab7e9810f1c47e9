import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui import surroundings as module
from esa_desktop.ui.surroundings import surroundings, thai_words
from esa_desktop.ui.theme import apply_theme


def test_screens_letters_and_the_engine_of_thai_words_are_named(
    qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, dark=False)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 698)

    told = dict(surroundings(window))

    assert told["หน้าต่าง"] == "1366×698"
    assert "ขยาย 100 %" in told["จอที่ 1"]
    assert told["ชุดอักษรที่พบ"] == "Esa UI, Sarabun, TH Sarabun New"
    assert told["อักษรบนจอ"] == "Esa UI"
    assert told["สี"] == "สว่าง"
    assert "libthai" in told["ตัดคำไทย"]


def test_no_screen_is_called_by_its_own_name(qtbot: QtBot, qapp: QApplication) -> None:
    names = {name for s in qapp.screens() for name in (s.name(), s.serialNumber(), s.model())}
    facts = [value for what, value in surroundings(None) if what.startswith("จอ")]

    told = " ".join(facts)

    assert facts
    assert not any(name and name in told for name in names)


def test_a_computer_without_thai_words_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise OSError("no libthai on this machine")

    monkeypatch.setattr(module, "opened_library", none)

    assert thai_words() == "ไม่มี libthai"
