import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.ui.fitting_tabs import FittingTabs

NAMES = (("กรอกข้อมูล",), ("ความเห็นและข้อเสนอแนะ", "ความเห็น"), ("เล่มรายงาน", "เล่มรายงาน", "เล่ม"))


@pytest.fixture
def tabs(qtbot: QtBot) -> FittingTabs:
    made = FittingTabs(NAMES)
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    return made


def words(tabs: FittingTabs) -> list[str]:
    return [tabs.tabText(place) for place in range(tabs.count())]


def test_words_grow_shorter_one_step_at_a_time_and_come_back(tabs: FittingTabs) -> None:
    whole = tabs.sizeHint().width()
    assert words(tabs) == [names[0] for names in NAMES]
    tabs.resize(whole - 1, 40)
    assert words(tabs) == ["กรอกข้อมูล", "ความเห็น", "เล่มรายงาน"]
    tabs.resize(tabs.sizeHint().width() - 1, 40)
    assert words(tabs) == ["กรอกข้อมูล", "ความเห็น", "เล่ม"]
    tabs.resize(whole, 40)
    assert words(tabs) == [names[0] for names in NAMES]


def test_a_shortened_tab_tells_its_whole_name(tabs: FittingTabs) -> None:
    assert tabs.tabToolTip(1) == ""
    tabs.resize(150, 40)
    assert tabs.tabToolTip(1) == "ความเห็นและข้อเสนอแนะ"
    assert tabs.accessibleTabName(1) == "ความเห็นและข้อเสนอแนะ"


def test_the_chosen_tab_stays_chosen_while_words_change(tabs: FittingTabs) -> None:
    tabs.setCurrentIndex(1)
    changed: list[int] = []
    tabs.currentChanged.connect(changed.append)
    tabs.resize(150, 40)
    tabs.resize(900, 40)
    assert (tabs.currentIndex(), changed) == (1, [])
