from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment
from esa_desktop.domain.framework import Framework, Standard
from esa_desktop.domain.thai import arabic_digits
from esa_desktop.ui.score_dialog import ScoreDialog
from esa_desktop.ui.score_rows import TermRow, equation, score_of, short_words, term_rows
from tests.kinds_of_indicator import (
    PRIDE,
    SCHOOLS,
    filled_round,
    framework,
    weighed,
)


def whole() -> AssessmentRound:
    """Every level chosen and every weight checked."""
    told = filled_round(weighed(framework()))
    return replace(told, indicators={**told.indicators, PRIDE: IndicatorAssessment(4)})


def doubtful() -> AssessmentRound:
    """The weight of 2.2 is not checked, 3.2 has no level."""
    made = weighed(framework())
    second = made.standards[1]
    changed = tuple(replace(i, weight_verified=i.id != SCHOOLS) for i in second.indicators)
    standards = (made.standards[0], replace(second, indicators=changed), made.standards[2])
    return filled_round(replace(made, standards=standards))


def opened(qtbot: QtBot, assessed: AssessmentRound, standard: str = "") -> ScoreDialog:
    dialog = ScoreDialog(assessed, standard)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    return dialog


def told(dialog: ScoreDialog) -> list[str]:
    return [row.spoken for row in dialog.list.rows.rows]


def test_a_whole_score_is_written_out_to_its_last_term(qtbot: QtBot) -> None:
    dialog = opened(qtbot, whole())

    assert dialog.outcome.text() == "คะแนน ๓.๙๐ จาก ๕"
    assert dialog.sum.text() == "(๓ × ๓๐) + (๔ × ๓๐) + (๔.๕๐ × ๔๐) = ๓๙๐\n๓๙๐ ÷ ๑๐๐ = ๓.๙๐"
    assert told(dialog)[0] == "นำมารวม"
    assert told(dialog)[3] == (
        "๓ สัมฤทธิผลการจัดการศึกษา · คะแนน ๔.๕๐ × สัดส่วน ๔๐ = ๑๘๐ · ที่มา ประกาศ สพฐ. หน้า ๔"
    )
    assert "ไม่ได้นำมารวม" not in told(dialog)


def test_what_was_left_out_is_named_with_its_reason(qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubtful(), "s2")

    assert dialog.outcome.text() == "คะแนนบางส่วน ๔.๐๐ นับ ๑ จาก ๒ ตัวบ่งชี้"
    assert told(dialog) == [
        "นำมารวม",
        "๒.๑ ความพึงพอใจของผู้รับบริการ · ระดับ ๔ × น้ำหนัก ๕ = ๒๐",
        "ไม่ได้นำมารวม",
        "๒.๒ โรงเรียนที่ผ่านการประเมินภายนอก · น้ำหนักยังไม่ได้ตรวจกับประกาศ · ระดับ ๔ · น้ำหนัก ๕",
    ]


def test_without_anything_to_count_the_reason_stands_in_place_of_the_sum(qtbot: QtBot) -> None:
    dialog = opened(qtbot, filled_round(weighed(framework(), verified=False)))

    assert dialog.outcome.text() == "น้ำหนักยังไม่ได้ตรวจกับประกาศ จึงยังไม่รวมคะแนน"
    assert not dialog.sum.isVisible()
    assert told(dialog)[0] == "ไม่ได้นำมารวม"


def test_a_standard_of_the_whole_leads_to_its_own_sum_and_back(qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubtful())
    assert not dialog.back.isVisible()
    dialog.list.setCurrentIndex(dialog.list.rows.index(3, 0))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.heading.text() == "คะแนนมาตรฐานที่ ๒  การบริหารและการจัดการศึกษา"
    dialog.back.click()
    assert dialog.heading.text() == "คะแนนรวมทุกมาตรฐาน"


def test_an_indicator_is_gone_to_and_the_dialog_is_closed(qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubtful(), "s2")
    dialog.list.setCurrentIndex(dialog.list.rows.index(3, 0))
    with qtbot.waitSignal(dialog.go_to) as went:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert went.args == [SCHOOLS]
    assert not dialog.isVisible()


def test_headings_lead_nowhere(qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubtful(), "s2")
    heading = dialog.list.rows.rows[0]
    assert (heading.target, dialog.list.rows.flags(dialog.list.rows.index(0, 0))) == (
        "",
        Qt.ItemFlag.NoItemFlags,
    )


LEVELS = st.lists(
    st.tuples(
        st.none() | st.integers(1, 5),
        st.none() | st.integers(0, 400).map(lambda n: n / 4),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(LEVELS)
def test_whoever_reckons_the_sum_by_hand_comes_to_the_same(
    qapp: QApplication, listed: list[tuple[int | None, float | None, bool]]
) -> None:
    made = weighed(framework())
    base = made.standards[1].indicators[0]
    indicators = tuple(
        replace(base, id=f"n{n}", number=n, weight=weight, weight_verified=checked)
        for n, (_, weight, checked) in enumerate(listed, 1)
    )
    assessed = AssessmentRound(
        2557,
        Framework("f", "", 2557, (Standard("s", 1, "ก", indicators),)),
        indicators={
            f"n{n}": IndicatorAssessment(level) for n, (level, _, _) in enumerate(listed, 1)
        },
    )
    score = score_of(assessed, "s")
    rows = list(term_rows(score, of_whole=False))

    named = {row.target for row in rows if row.target}
    assert named == {f"n{n}" for n in range(1, len(listed) + 1)}
    if not score.terms:
        assert equation(score) == ""
        return
    products, mean = (arabic_digits(line) for line in equation(score).split("\n"))
    left, total = products.split(" = ")
    assert eval(left.replace("×", "*")) == pytest.approx(float(total), abs=0.011)
    quotient, said = mean.split(" = ")
    assert eval(quotient.replace("÷", "/")) == pytest.approx(float(said), abs=0.0051)
    words = arabic_digits(short_words(score, of_whole=False))
    assert said in words
    assert ("บางส่วน" in words) == bool(score.left_out)
    assert all(isinstance(row, TermRow) for row in rows)
