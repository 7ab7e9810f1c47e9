from datetime import UTC, date, datetime

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.ui.moments import day_words, moment_words, person_words

TODAY = date(2025, 6, 11)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2025, 6, 11, 14, 32, tzinfo=UTC), "วันนี้ ๑๔.๓๒ น."),
        (datetime(2025, 6, 10, 9, 5, tzinfo=UTC), "เมื่อวาน ๐๙.๐๕ น."),
        (datetime(2025, 6, 12, 0, 0, tzinfo=UTC), "๑๒ มิ.ย. ๒๕๖๘ ๐๐.๐๐ น."),
        (None, "ไม่ทราบเวลา"),
    ],
)
def test_a_moment_is_said_as_in_an_office(qtbot: QtBot, moment: datetime | None, said: str) -> None:
    assert moment_words(moment, TODAY) == said


def test_a_day_that_is_not_known_says_so(qtbot: QtBot) -> None:
    assert day_words(None) == "ไม่ทราบวันที่"


def test_a_computer_without_name_is_left_out(qtbot: QtBot) -> None:
    assert person_words("นายธีระ", "PC-2") == "นายธีระ · เครื่อง PC-2"
    assert person_words("นายธีระ", "") == "นายธีระ"
