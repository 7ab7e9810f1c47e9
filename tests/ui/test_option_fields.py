import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.ui.number_box import NumberBox
from esa_desktop.ui.option_fields import OptionFields


def test_what_is_not_asked_here_stays_as_it_was(qtbot: QtBot) -> None:
    options = PrintOptions(pure_black=True, gutter_mm=5, widths=(50.0, 100.0, 200.0, 100.0))
    made = OptionFields(options)
    qtbot.addWidget(made)

    assert made.value() == options
    next(b for b in made.findChildren(QPushButton) if "แนวตั้ง" in b.text()).click()

    assert made.value().paper == "a4-portrait"
    assert made.value().gutter_mm == 5


lines = st.text(max_size=30)
limits = st.none() | st.tuples(st.floats(20, 60), st.floats(60, 150))
any_options = st.builds(
    PrintOptions,
    paper=st.sampled_from(["a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait"]),
    size_pt=st.floats(10, 24),
    thai_digits=st.booleans(),
    page_numbers=st.sampled_from(["x_of_y", "plain", "none"]),
    evidence_codes=st.booleans(),
    pure_black=st.booleans(),
    distribute=st.booleans(),
    rubric_mm=limits,
    evidence_mm=limits,
    margins_mm=st.none() | st.tuples(*[st.floats(5, 60)] * 4),
    gutter_mm=st.floats(0, 30),
    duplex=st.booleans(),
    header=lines,
    footer=lines,
    watermark=lines,
    only_ready=st.booleans(),
    signatures=st.booleans(),
)


@given(any_options)
@settings(max_examples=60, deadline=None)
def test_whatever_is_shown_and_not_touched_stays(qapp: QApplication, options: PrintOptions) -> None:
    made = OptionFields(options)

    assert made.value() == options
    made.deleteLater()


def test_the_rarer_choices_are_folded_away_and_count_once_they_are_made(qtbot: QtBot) -> None:
    made = OptionFields(PrintOptions())
    qtbot.addWidget(made)
    made.show()
    header = next(e for e in made.findChildren(QLineEdit) if "หัวกระดาษ" in e.accessibleName())
    assert not header.isVisible()
    next(b for b in made.findChildren(QPushButton) if "เพิ่มเติม" in b.text()).click()
    assert header.isVisible()

    header.setText("รายงานปี ๒๕๕๗")
    header.setModified(True)
    for box in made.findChildren(QCheckBox):
        box.setChecked(True)
    gutter = next(b for b in made.findChildren(NumberBox) if b.accessibleName() == "ที่เย็บเล่ม")
    gutter.setValue(12)

    chosen = made.value()
    assert (chosen.header, chosen.gutter_mm, chosen.watermark) == ("รายงานปี ๒๕๕๗", 12.0, "ร่าง")
    assert chosen.duplex
    assert chosen.pure_black
    assert chosen.signatures
    assert chosen.rubric_mm == (46.0, 64.0)
    assert chosen.margins_mm is None


def test_a_number_may_be_typed_with_thai_digits(qtbot: QtBot) -> None:
    box = NumberBox("ขอบซ้าย", (5, 60), "มม.")
    qtbot.addWidget(box)

    box.lineEdit().setText("๒๕ มม.")
    box.interpretText()

    assert box.value() == 25
    assert box.text() == "๒๕ มม."


@pytest.mark.parametrize(("typed", "found"), [("๙๙", 60), ("3", 5), ("๒๕", 25), ("", 5)])
def test_a_number_beyond_the_limits_becomes_the_nearest(
    qtbot: QtBot, typed: str, found: int
) -> None:
    box = NumberBox("ขอบซ้าย", (5, 60), "มม.")
    qtbot.addWidget(box)

    box.lineEdit().setText(f"{typed} มม.")
    box.interpretText()

    assert box.value() == found


def test_the_wheel_changes_nothing_it_merely_passes_over(qtbot: QtBot) -> None:
    made = OptionFields(PrintOptions())
    qtbot.addWidget(made)
    made.show()
    before = made.value()

    for box in (*made.findChildren(QComboBox), *made.findChildren(NumberBox)):
        middle = QPointF(box.rect().center())
        turned = QWheelEvent(
            middle, box.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, turned)
        assert not turned.isAccepted()

    assert made.value() == before


def test_what_is_set_out_of_sight_is_counted_and_can_be_taken_back(qtbot: QtBot) -> None:
    made = OptionFields(PrintOptions(header="หัว", gutter_mm=10, signatures=True))
    qtbot.addWidget(made)
    fold = next(b for b in made.findChildren(QPushButton) if "เพิ่มเติม" in b.text())
    assert "ตั้งไว้ ๓ อย่าง" in fold.text()

    next(b for b in made.findChildren(QPushButton) if "ค่าเริ่มต้น" in b.text()).click()

    assert fold.text() == "ตัวเลือกเพิ่มเติม"
    assert made.value() == PrintOptions()


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
