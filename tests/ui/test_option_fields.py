import pytest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.services.exporting import PrintOptions
from esa_desktop.ui.option_fields import OptionFields


def test_what_is_not_asked_here_stays_as_it_was(qtbot: QtBot) -> None:
    options = PrintOptions(pure_black=True, gutter_mm=5, widths=(50.0, 100.0, 200.0, 100.0))
    made = OptionFields(options)
    qtbot.addWidget(made)

    assert made.value() == options
    next(b for b in made.findChildren(QPushButton) if "แนวตั้ง" in b.text()).click()

    assert made.value().paper == "a4-portrait"
    assert made.value().gutter_mm == 5


@pytest.mark.parametrize("known", [[], ["TH Sarabun New", "Sarabun", "Garuda"]])
def test_the_chosen_font_stays_when_this_computer_has_others(
    qtbot: QtBot, known: list[str]
) -> None:
    made = OptionFields(PrintOptions(font="ไทยของสำนักงาน"))
    qtbot.addWidget(made)

    made.offer_fonts(known)

    fonts = next(b for b in made.findChildren(QComboBox) if b.accessibleName() == "แบบอักษร")
    assert made.value().font == "ไทยของสำนักงาน"
    assert [fonts.itemText(n) for n in range(fonts.count())] == [*known, "ไทยของสำนักงาน"]
