from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.framework import Indicator, IndicatorType, Issue, Rubric, RubricRow
from esa_desktop.domain.measured import parse_measured
from esa_desktop.domain.rubric import (
    IssueJudgement,
    level_for_count,
    level_for_value,
    row_lines,
    suggest,
)

SIX = {5: (6, 6), 4: (5, 5), 3: (4, 4), 2: (3, 3), 1: (0, 2)}
FOUR = {5: (4, 4), 4: (3, 3), 3: (2, 2), 2: (1, 1), 1: (0, 0)}


def ladder(spans: dict[int, tuple[int, int]]) -> Indicator:
    """An indicator whose rows count as the real form's table does."""
    rows = tuple(RubricRow(level, ("",), fewest, most) for level, (fewest, most) in spans.items())
    issues = tuple(Issue(f"q{n}", n, "") for n in range(1, spans[5][1] + 1))
    return Indicator("n", 1, "", IndicatorType.EVIDENCE_LADDER, Rubric(rows), issues)


def judged(issues: int, evidenced: int, left_out: int = 0) -> list[IssueJudgement]:
    """``left_out`` of the issues were not acted on; the first ``evidenced`` have clear evidence."""
    return [
        IssueJudgement(f"1.1.{n}", n <= issues - left_out, n <= evidenced)
        for n in range(1, issues + 1)
    ]


@pytest.mark.parametrize(
    ("spans", "evidenced", "level"),
    [
        *[(SIX, n, level) for n, level in enumerate([1, 1, 1, 2, 3, 4, 5])],
        *[(FOUR, n, level) for n, level in enumerate([1, 2, 3, 4, 5])],
    ],
)
def test_the_level_is_that_of_the_forms_table(
    spans: dict[int, tuple[int, int]], evidenced: int, level: int
) -> None:
    indicator = ladder(spans)

    suggestion = suggest(indicator, judged(spans[5][1], evidenced))

    assert suggestion.level == level == level_for_count(indicator.rubric, evidenced)


@pytest.mark.parametrize("spans", [SIX, FOUR])
@pytest.mark.parametrize("left_out", [1, 2, 4])
def test_the_rubric_is_silent_when_an_issue_was_not_acted_on(
    spans: dict[int, tuple[int, int]], left_out: int
) -> None:
    issues = spans[5][1]

    suggestion = suggest(ladder(spans), judged(issues, issues - left_out, left_out))

    assert suggestion.level is None
    assert suggestion.reason.startswith("เกณฑ์ไม่ได้กำหนดกรณีนี้")
    assert suggestion.next_issue == f"1.1.{issues - left_out + 1}"


def test_the_reason_counts_in_thai_digits() -> None:
    suggestion = suggest(ladder(FOUR), judged(4, 3))

    assert suggestion.reason == "หลักฐานชัดเจน ๓ จาก ๔ ประเด็น"


def test_one_more_issue_with_evidence_is_said_to_earn_the_next_level() -> None:
    suggestion = suggest(ladder(FOUR), judged(4, 2))

    assert suggestion.next_step == "ถ้าประเด็น ๑.๑.๓ มีหลักฐานชัดเจน จะได้ระดับ ๔"
    assert suggestion.next_issue == "1.1.3"


def test_where_one_more_is_not_enough_the_number_needed_is_said() -> None:
    suggestion = suggest(ladder(SIX), judged(6, 1))

    assert suggestion.level == 1
    assert suggestion.next_step == "ต้องมีหลักฐานชัดเจนอีก ๒ ประเด็น จึงจะได้ระดับ ๒"
    assert suggestion.next_issue == "1.1.2"


def test_the_next_step_looks_past_counts_that_no_row_holds() -> None:
    holes = ladder({5: (4, 4), 1: (0, 1)})

    suggestion = suggest(holes, judged(4, 0))

    assert suggestion.next_step == "ต้องมีหลักฐานชัดเจนอีก ๔ ประเด็น จึงจะได้ระดับ ๕"


def test_where_no_better_row_is_left_nothing_is_promised() -> None:
    short = ladder({5: (4, 4), 3: (0, 3)})
    flat = Indicator("n", 1, "", short.type, Rubric(short.rubric.rows[1:]), short.issues)

    suggestion = suggest(flat, judged(4, 1))

    assert (suggestion.level, suggestion.next_step, suggestion.next_issue) == (3, "", "")


def test_at_the_top_there_is_no_next_step() -> None:
    suggestion = suggest(ladder(SIX), judged(6, 6))

    assert (suggestion.level, suggestion.next_step, suggestion.next_issue) == (5, "", "")


@given(spans=st.sampled_from([SIX, FOUR]), clear=st.lists(st.booleans(), min_size=6, max_size=6))
def test_a_promised_next_level_is_kept(
    spans: dict[int, tuple[int, int]], clear: list[bool]
) -> None:
    indicator = ladder(spans)
    judgements = [
        IssueJudgement(f"1.1.{n}", acted_on=True, evidence_clear=clear[n])
        for n in range(spans[5][1])
    ]
    suggestion = suggest(indicator, judgements)
    if not suggestion.next_step.startswith("ถ้าประเด็น"):
        return

    kept = [
        IssueJudgement(j.code, acted_on=True, evidence_clear=True)
        if j.code == suggestion.next_issue
        else j
        for j in judgements
    ]

    better = suggest(indicator, kept).level
    assert better is not None
    assert suggestion.level is not None
    assert better > suggestion.level


@pytest.mark.parametrize(
    "kind", [IndicatorType.THRESHOLD, IndicatorType.RANKED_WORKS, IndicatorType.FREE]
)
def test_other_types_are_left_to_the_person(kind: IndicatorType) -> None:
    indicator = Indicator("n", 1, "", kind, Rubric(()), (Issue("q1", 1, ""),))

    suggestion = suggest(indicator, judged(1, 1))

    assert suggestion.level is None
    assert "เลือกเอง" in suggestion.reason


def test_an_indicator_without_issues_gets_no_level() -> None:
    assert suggest(ladder(FOUR), []).level is None


@pytest.mark.parametrize("issues", [4, 5, 7])
def test_a_ladder_made_for_another_number_of_issues_gives_no_level(issues: int) -> None:
    suggestion = suggest(ladder(SIX), judged(issues, min(issues, 6)))

    assert suggestion.level is None
    assert "เกณฑ์นับ ๖ ประเด็น" in suggestion.reason


def test_a_count_that_no_row_holds_gets_no_level() -> None:
    holes = Indicator(
        "n",
        1,
        "",
        IndicatorType.EVIDENCE_LADDER,
        Rubric((RubricRow(5, ("",), 4, 4),)),
        tuple(Issue(f"q{n}", n, "") for n in range(4)),
    )

    suggestion = suggest(holes, judged(4, 3))

    assert (suggestion.level, suggestion.reason) == (None, "เกณฑ์ไม่ได้กำหนดกรณีนี้")


@pytest.mark.parametrize(
    ("value", "level"), [(100, 5), (90, 5), (89.99, 4), (70, 3), (60.5, 2), (0, 1), (-1, None)]
)
def test_a_measured_value_reaches_the_best_threshold_it_can(
    value: float, level: int | None
) -> None:
    rows = [(5, 90.0), (4, 80.0), (3, 70.0), (2, 60.0), (1, 0.0)]
    rubric = Rubric(tuple(RubricRow(n, ("",), at_least=least) for n, least in rows))

    assert level_for_value(rubric, value) == level


# --- measured values --------------------------------------------------------------------------

PERCENTS = {5: 90.0, 4: 80.0, 3: 70.0, 2: 60.0, 1: 50.0}


def measured(thresholds: dict[int, float], unit: str = "ร้อยละ") -> Indicator:
    rows = tuple(RubricRow(level, (), at_least=least) for level, least in thresholds.items())
    return Indicator("n", 1, "", IndicatorType.THRESHOLD, Rubric(rows, unit), ())


@pytest.mark.parametrize("least", [79.9, 0.1, 33.33, 66.7])
def test_a_value_typed_as_the_threshold_itself_reaches_it(least: float) -> None:
    rubric = measured({5: least}).rubric

    assert level_for_value(rubric, Decimal(str(least))) == level_for_value(rubric, least) == 5
    assert level_for_value(rubric, Decimal(str(least)) - Decimal("0.000001")) is None


def test_the_reason_names_the_value_and_the_threshold_it_reached() -> None:
    suggestion = suggest(measured(PERCENTS), [], measured="87.50")

    assert suggestion.level == 4
    assert suggestion.reason == "ร้อยละ ๘๗.๕๐ ถึงค่าขั้นต่ำของระดับ ๔ คือร้อยละ ๘๐"
    assert suggestion.next_step == "ต้องได้ร้อยละ ๙๐ ขึ้นไป จึงจะได้ระดับ ๕ (เพิ่มอีก\N{NO-BREAK SPACE}๒.๕)"
    assert suggestion.next_issue == ""


def test_other_units_stand_behind_their_number() -> None:
    suggestion = suggest(measured({5: 100, 4: 80, 1: 0}, "โรงเรียน"), [], measured="80")

    assert suggestion.reason == "๘๐ โรงเรียน ถึงค่าขั้นต่ำของระดับ ๔ คือ ๘๐ โรงเรียน"
    assert suggestion.next_step == "ต้องได้ ๑๐๐ โรงเรียน ขึ้นไป จึงจะได้ระดับ ๕ (เพิ่มอีก\N{NO-BREAK SPACE}๒๐)"


def test_below_every_threshold_the_rubric_is_silent_and_says_what_is_needed() -> None:
    suggestion = suggest(measured(PERCENTS), [], measured="40")

    assert suggestion.level is None
    assert suggestion.reason == ("เกณฑ์ไม่ได้กำหนดกรณีนี้ เพราะร้อยละ ๔๐ ยังไม่ถึงค่าขั้นต่ำของระดับ ๑ คือร้อยละ ๕๐")
    assert suggestion.next_step == "ต้องได้ร้อยละ ๕๐ ขึ้นไป จึงจะได้ระดับ ๑ (เพิ่มอีก\N{NO-BREAK SPACE}๑๐)"


def test_at_the_best_threshold_nothing_more_is_asked_for() -> None:
    assert suggest(measured(PERCENTS), [], measured="90").next_step == ""


def test_without_a_value_no_level_is_guessed() -> None:
    suggestion = suggest(measured(PERCENTS), [])

    assert (suggestion.level, suggestion.next_step) == (None, "")
    assert "ยังไม่ได้กรอกค่าที่วัดได้" in suggestion.reason


@given(
    least=st.lists(st.integers(0, 10_000), min_size=5, max_size=5, unique=True),
    typed=st.integers(-100, 11_000),
)
def test_a_promised_threshold_is_kept_and_nothing_below_it_earns_as_much(
    least: list[int], typed: int
) -> None:
    levels = dict(zip((5, 4, 3, 2, 1), (n / 100 for n in least), strict=True))
    indicator = measured(levels, "บาท")
    value = Decimal(typed) / 100

    suggestion = suggest(indicator, [], measured=f"{value:f}")

    assert suggestion.level == max(
        (level for level, limit in levels.items() if Decimal(str(limit)) <= value), default=None
    )
    if suggestion.next_step:
        more = Decimal(
            parse_measured(suggestion.next_step.split("เพิ่มอีก\N{NO-BREAK SPACE}")[1].rstrip(")"))
        )
        promised = suggest(indicator, [], measured=f"{value + more:f}").level
        assert promised is not None
        assert promised > (suggestion.level or 0)
        assert f"ระดับ {promised}".translate(str.maketrans("12345", "๑๒๓๔๕")) in suggestion.next_step
        short = suggest(indicator, [], measured=f"{value + more - Decimal('0.01'):f}").level
        assert short == suggestion.level


def test_a_threshold_without_words_is_told_by_its_value() -> None:
    rubric = Rubric((RubricRow(5, (), at_least=90.0), RubricRow(4, ("ดี",), at_least=80)), "ร้อยละ")

    assert row_lines(rubric, rubric.row(5)) == ("ตั้งแต่ร้อยละ ๙๐ ขึ้นไป",)
    assert row_lines(rubric, rubric.row(4)) == ("ดี",)
    assert row_lines(rubric, rubric.row(3)) == ()


# --- ranked works -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "there", "words"),
    [(5, 3, "๓ จาก ๕ ผลงาน"), (None, 2, "๒ ผลงาน"), (5, 0, "๐ จาก ๕ ผลงาน")],
)
def test_works_are_counted_and_the_level_is_left_to_the_person(
    wanted: int | None, there: int, words: str
) -> None:
    rubric = Rubric((RubricRow(5, ("ดีที่สุด",)),))
    indicator = Indicator("n", 1, "", IndicatorType.RANKED_WORKS, rubric, (), works=wanted)

    suggestion = suggest(indicator, [], works=there)

    assert suggestion.level is None
    assert suggestion.reason == f"เสนอแล้ว {words} โปรดอ่านคำอธิบายระดับแล้วเลือกเอง"


@pytest.mark.parametrize("kind", [IndicatorType.RANKED_WORKS, IndicatorType.FREE])
def test_where_the_edition_has_no_words_to_read_nobody_is_sent_to_read_them(
    kind: IndicatorType,
) -> None:
    bare = Rubric(tuple(RubricRow(level, ("", " ")) for level in range(5, 0, -1)))
    reason = suggest(Indicator("n", 1, "", kind, bare, ()), []).reason

    assert "โปรดอ่าน" not in reason
    assert "ฉบับมาตรฐาน" in reason
