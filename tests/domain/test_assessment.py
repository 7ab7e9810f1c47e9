import datetime
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.assessment import (
    AssessmentRound,
    IssueAssessment,
    Status,
    progress,
    status_of,
)
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    OFFICE_FIELD,
    READY,
    Field,
    Kind,
    book_field,
    encode,
    framework_field,
    indicator_field,
    issue_field,
    item_field,
    link_field,
    print_options_field,
    printed_field,
)
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.revision import FieldView, make_revision, view_of_heads
from esa_desktop.domain.richtext import EMPTY, RichText, from_plain
from esa_desktop.domain.works import Work
from tests.kinds_of_indicator import BEST_WORKS, SATISFIED
from tests.kinds_of_indicator import framework as kinds_framework

YEAR = 2568
_clock = count()


def framework() -> Framework:
    rows = tuple(RubricRow(level, ("",), level - 1, level - 1) for level in (5, 4, 3, 2, 1))
    issues = tuple(Issue(f"q{n}", n, f"ประเด็น {n}") for n in (1, 2, 3, 4))
    indicator = Indicator("n1", 1, "ก", IndicatorType.EVIDENCE_LADDER, Rubric(rows), issues)
    return Framework("f", "ฉบับ", 2557, (Standard("s1", 1, "ก", (indicator,)),))


def empty_round() -> AssessmentRound:
    return AssessmentRound(YEAR, framework())


def says(field: Field, *values: Any) -> FieldView:
    """The view of a field; several values are heads that differ."""
    heads = [
        make_revision(
            field,
            (),
            encode(field.kind, value),
            author="ก",
            device="d",
            time=f"{next(_clock)}",
        )
        for value in values
    ]
    return view_of_heads(field, heads, lambda: {r.id: r for r in heads})


def item(item_id: str, title: str = "คำสั่ง") -> Evidence:
    return Evidence(item_id, f"1.1.1-{item_id[-1:]}", title, date=datetime.date(2025, 6, 11))


TEXT = from_plain("๑. แผน")


# --- with_views -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.METHOD, TEXT),
        (Kind.RESULTS, TEXT),
        (Kind.ACTED_ON, True),
        (Kind.EVIDENCE_CLEAR, True),
    ],
)
def test_what_is_written_about_an_issue_arrives_there_only(kind: Kind, value: Any) -> None:
    before = empty_round()

    after = before.with_views([says(issue_field(YEAR, "q2", kind), value)])

    assert after.issue("q2") == replace(IssueAssessment(), **{kind.value: value})
    assert after.issue("q1") == IssueAssessment()
    assert before == empty_round()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.LEVEL, 4),
        (Kind.REASON, "เพราะ"),
        (Kind.SUGGESTIONS, TEXT),
        (Kind.STATUS, READY),
    ],
)
def test_what_is_written_about_an_indicator_arrives_there(kind: Kind, value: Any) -> None:
    after = empty_round().with_views([says(indicator_field(YEAR, "n1", kind), value)])

    assert getattr(after.indicator("n1"), kind.value) == value


def test_an_indicator_is_ready_as_long_as_somebody_says_so() -> None:
    status = indicator_field(YEAR, "n1", Kind.STATUS)
    ready = empty_round().with_views([says(status, READY)])

    assert not empty_round().indicator("n1").is_ready
    assert ready.indicator("n1").is_ready
    assert not ready.with_views([says(status, "")]).indicator("n1").is_ready
    assert not ready.with_views([says(status, READY, "")]).indicator("n1").is_ready


def test_a_text_of_the_book_arrives_and_goes_when_it_is_blank() -> None:
    foreword = book_field(YEAR, "foreword")
    written = empty_round().with_views([says(foreword, TEXT)])

    assert written.book_text("foreword") == TEXT
    assert written.book_text("summary") == EMPTY
    assert dict(written.with_views([says(foreword, from_plain("  \n"))]).book) == {}


def test_the_words_of_the_dictionary_are_a_word_a_line() -> None:
    after = empty_round().with_views([says(DICTIONARY_FIELD, from_plain(" เวียง \n\nดอย|คำ\n"))])

    assert after.kept_words == ("เวียง", "ดอย|คำ")
    assert empty_round().kept_words == ()


def test_what_lies_on_paper_is_no_part_of_what_was_assessed() -> None:
    one: list[Any] = [{"book": {}}]
    for printings in (one, [*one, {"sheets": {}}]):
        assert empty_round().with_views([says(printed_field(YEAR), *printings)]) == empty_round()


def test_office_framework_and_items_arrive() -> None:
    newer = replace(framework(), title="ฉบับใหม่")

    after = empty_round().with_views(
        [
            says(OFFICE_FIELD, "สพป.ทดสอบ"),
            says(framework_field(YEAR), newer),
            says(item_field("e1"), item("e1")),
        ]
    )

    assert (after.office, after.framework, dict(after.items)) == (
        "สพป.ทดสอบ",
        newer,
        {"e1": item("e1")},
    )


def test_a_framework_that_is_gone_leaves_the_one_there_was() -> None:
    after = empty_round().with_views([says(framework_field(YEAR), None)])

    assert after.framework == framework()


@pytest.mark.parametrize(
    "field",
    [
        issue_field(2567, "q1", Kind.METHOD),
        indicator_field(2567, "n1", Kind.SUGGESTIONS),
        book_field(2567, "foreword"),
    ],
)
def test_another_years_round_is_passed_over(field: Field) -> None:
    assert empty_round().with_views([says(field, TEXT, EMPTY)]) == empty_round()


def test_print_options_are_no_part_of_what_was_assessed() -> None:
    after = empty_round().with_views([says(print_options_field(YEAR), {"paper": "a4"})])

    assert after == empty_round()


def test_evidence_is_linked_in_the_order_of_its_ranks() -> None:
    views = [says(link_field(YEAR, "q1", name), rank) for name, rank in [("e1", "m"), ("e2", "c")]]

    after = empty_round().with_views(
        [*views, *(says(item_field(n), item(n)) for n in ("e1", "e2"))]
    )

    assert after.issue("q1").evidence == ("e2", "e1")
    assert [found.id for found in after.evidence_of("q1")] == ["e2", "e1"]


def test_a_moved_link_stands_once_and_an_unlinked_item_stays_in_the_project() -> None:
    linked = empty_round().with_views(
        [
            says(item_field("e1"), item("e1")),
            says(link_field(YEAR, "q1", "e1"), "i"),
            says(link_field(YEAR, "q1", "e2"), "j"),
        ]
    )

    moved = linked.with_views([says(link_field(YEAR, "q1", "e1"), "z")])
    unlinked = moved.with_views([says(link_field(YEAR, "q1", "e1"), "")])

    assert moved.issue("q1").evidence == ("e2", "e1")
    assert unlinked.issue("q1").evidence == ("e2",)
    assert "e1" in unlinked.items


def test_one_item_may_serve_several_issues() -> None:
    after = empty_round().with_views(
        [
            says(item_field("e1"), item("e1")),
            *(says(link_field(YEAR, issue, "e1"), "i") for issue in ("q3", "q1")),
        ]
    )

    assert after.issues_of("e1") == ("q1", "q3")
    assert after.issues_of("e2") == ()


def test_a_deleted_item_is_gone_and_links_to_it_are_passed_over() -> None:
    linked = empty_round().with_views(
        [says(item_field("e1"), item("e1")), says(link_field(YEAR, "q1", "e1"), "i")]
    )

    after = linked.with_views([says(item_field("e1"), None)])

    assert dict(after.items) == {}
    assert after.evidence_of("q1") == ()


def test_equal_ranks_of_two_laptops_are_ordered_by_the_item() -> None:
    views = [says(link_field(YEAR, "q1", name), "i") for name in ("e3", "e1", "e2")]

    assert empty_round().with_views(views).issue("q1").evidence == ("e1", "e2", "e3")


def test_a_conflict_is_kept_until_it_is_settled() -> None:
    level = indicator_field(YEAR, "n1", Kind.LEVEL)

    open_round = empty_round().with_views([says(level, 3, 4)])
    settled = open_round.with_views([says(level, 4)])

    assert open_round.indicator("n1").level is None
    assert open_round.unsettled[level].state == "conflict"
    assert dict(settled.unsettled) == {}
    assert settled.indicator("n1").level == 4


def test_a_conflict_that_grows_shows_all_its_heads() -> None:
    level = indicator_field(YEAR, "n1", Kind.LEVEL)
    two = empty_round().with_views([says(level, 3, 4)])

    three = two.with_views([says(level, 3, 4, 5)])

    assert len(three.unsettled[level].heads) == 3


def test_the_last_conflict_settled_together_with_another_leaves_none() -> None:
    fields = [indicator_field(YEAR, "n1", Kind.LEVEL), issue_field(YEAR, "q1", Kind.ACTED_ON)]
    values: list[tuple[Any, Any]] = [(3, 4), (True, False)]
    both = [says(field, *pair) for field, pair in zip(fields, values, strict=True)]

    open_round = empty_round().with_views(both)
    settled = open_round.with_views(
        [says(f, pair[0]) for f, pair in zip(fields, values, strict=True)]
    )

    assert set(open_round.unsettled) == set(fields)
    assert dict(settled.unsettled) == {}


def test_an_item_that_leaves_and_another_that_comes_in_one_step_change_places() -> None:
    before = empty_round().with_views([says(item_field("e1"), item("e1"))])

    after = before.with_views([says(item_field("e1"), None), says(item_field("e2"), item("e2"))])

    assert set(after.items) == {"e2"}


VIEWS = st.lists(
    st.one_of(
        st.builds(
            lambda q, k, v: says(issue_field(YEAR, q, k), v),
            st.sampled_from(["q1", "q2"]),
            st.sampled_from([Kind.METHOD, Kind.RESULTS]),
            st.sampled_from([TEXT, EMPTY]),
        ),
        st.builds(
            lambda q, e, r: says(link_field(YEAR, q, e), r),
            st.sampled_from(["q1", "q2"]),
            st.sampled_from(["e1", "e2", "e3"]),
            st.sampled_from(["", "c", "i", "m"]),
        ),
        st.builds(
            lambda e, there: says(item_field(e), item(e) if there else None),
            st.sampled_from(["e1", "e2", "e3"]),
            st.booleans(),
        ),
        st.builds(
            lambda *levels: says(indicator_field(YEAR, "n1", Kind.LEVEL), *levels),
            st.integers(1, 5),
            st.integers(1, 5),
        ),
        st.builds(
            lambda name, text: says(book_field(YEAR, name), text),
            st.sampled_from(["foreword", "summary"]),
            st.sampled_from([TEXT, EMPTY]),
        ),
        st.builds(lambda text: says(DICTIONARY_FIELD, text), st.sampled_from([TEXT, EMPTY])),
    ),
    max_size=10,
)


@given(VIEWS)
def test_changes_taken_one_by_one_or_together_give_the_same_round(views: list[FieldView]) -> None:
    together = empty_round().with_views(views)

    one_by_one = empty_round()
    for view in views:
        one_by_one = one_by_one.with_views([view])

    assert one_by_one == together


@given(VIEWS)
def test_the_order_of_different_fields_does_not_matter(views: list[FieldView]) -> None:
    latest = {view.field: view for view in views}

    forward = empty_round().with_views(latest.values())
    backward = empty_round().with_views(reversed(latest.values()))

    assert forward == backward


# --- status, progress, suggestion -------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "status"),
    [
        (IssueAssessment(), Status.NOT_STARTED),
        (IssueAssessment(method=from_plain("  ")), Status.NOT_STARTED),
        (IssueAssessment(method=TEXT), Status.WORKING),
        (IssueAssessment(results=TEXT), Status.WORKING),
        (IssueAssessment(acted_on=True), Status.WORKING),
        (IssueAssessment(evidence_clear=True), Status.WORKING),
        (IssueAssessment(links=(("i", "e1"),)), Status.WORKING),
        (IssueAssessment(method=TEXT, results=TEXT), Status.NO_EVIDENCE),
        (IssueAssessment(acted_on=True, method=TEXT, results=TEXT), Status.NO_EVIDENCE),
        (IssueAssessment(method=TEXT, results=TEXT, links=(("i", "e1"),)), Status.WORKING),
        (
            IssueAssessment(acted_on=True, method=TEXT, results=TEXT, links=(("i", "e1"),)),
            Status.COMPLETE,
        ),
    ],
)
def test_a_status_says_what_is_still_missing(written: IssueAssessment, status: Status) -> None:
    assert status_of(written) is status


def filled(*, clear: int, acted_on: int = 4) -> AssessmentRound:
    issues = {
        f"q{n}": IssueAssessment(
            acted_on=n <= acted_on,
            evidence_clear=n <= clear,
            method=TEXT,
            results=TEXT,
            links=(("i", "e1"),) if n <= clear else (),
        )
        for n in (1, 2, 3, 4)
    }
    return replace(empty_round(), issues=issues)


def test_progress_counts_all_issues_of_the_framework() -> None:
    counted = progress(filled(clear=3))
    nothing = progress(empty_round())

    assert (counted.done, counted.total, counted.without_evidence) == (3, 4, 1)
    assert (nothing.done, nothing.total, nothing.without_evidence) == (0, 4, 4)


@pytest.mark.parametrize(("clear", "level"), [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
def test_the_suggestion_counts_what_a_person_judged_clear(clear: int, level: int) -> None:
    assessed = filled(clear=clear)

    assert assessed.suggestion(framework().indicator("1.1")).level == level


def test_an_attached_file_alone_is_not_yet_clear_evidence() -> None:
    attached = IssueAssessment(acted_on=True, links=(("i", "e1"),))
    assessed = replace(empty_round(), issues={f"q{n}": attached for n in (1, 2, 3, 4)})

    assert assessed.suggestion(framework().indicator("1.1")).level == 1


def test_judgements_carry_the_codes_people_see() -> None:
    judgements = filled(clear=1, acted_on=2).judgements(framework().indicator("1.1"))

    assert [(j.code, j.acted_on, j.evidence_clear) for j in judgements] == [
        ("1.1.1", True, True),
        ("1.1.2", True, False),
        ("1.1.3", False, False),
        ("1.1.4", False, False),
    ]


def test_a_round_is_never_changed_by_what_comes_after() -> None:
    before = empty_round().with_views([says(link_field(YEAR, "q1", "e1"), "i")])
    kept: dict[str, RichText] = {k: v.method for k, v in before.issues.items()}

    before.with_views([says(issue_field(YEAR, "q1", Kind.METHOD), TEXT)])

    assert {k: v.method for k, v in before.issues.items()} == kept


# --- indicators of other types ----------------------------------------------------------------


def kinds(*views: FieldView) -> AssessmentRound:
    return AssessmentRound(YEAR, kinds_framework()).with_views(views)


def test_a_measured_value_is_kept_as_typed_and_gives_the_level_by_the_rubric() -> None:
    after = kinds(says(indicator_field(YEAR, SATISFIED, Kind.MEASURED), "87.50"))

    suggestion = after.suggestion(after.framework.indicator("2.1"))
    assert after.indicator(SATISFIED).measured == "87.50"
    assert (suggestion.level, suggestion.next_issue) == (4, "")


def test_of_two_measured_values_none_counts_until_a_person_decides() -> None:
    field = indicator_field(YEAR, SATISFIED, Kind.MEASURED)
    after = kinds(says(field, "87.50", "91"))

    assert after.indicator(SATISFIED).measured == ""
    assert after.unsettled[field].state == "conflict"
    assert after.suggestion(after.framework.indicator("2.1")).level is None


def test_works_stand_in_the_order_in_which_they_were_ranked() -> None:
    ranked = (Work("w2", "ข"), Work("w1", "ก"))
    after = kinds(says(indicator_field(YEAR, BEST_WORKS, Kind.WORKS), ranked))

    assert after.indicator(BEST_WORKS).works == ranked
    reason = after.suggestion(after.framework.indicator("3.1")).reason
    assert reason.startswith("เสนอแล้ว ๒ จาก ๕ ผลงาน")


def test_what_is_in_the_bin_shows_no_work_and_serves_nothing() -> None:
    there, gone = item("e1"), replace(item("e2"), binned=True)
    work = Work("w1", "ก", items=("e2", "e1", "unknown"))
    after = kinds(
        says(item_field("e1"), there),
        says(item_field("e2"), gone),
        says(link_field(YEAR, "counted-1", "e2"), "a"),
    )

    assert after.shown_by(work) == (there,)
    assert after.issues_of("e2") == ()
    assert after.evidence_of("counted-1") == ()


def test_an_issue_whose_only_evidence_is_in_the_bin_has_none() -> None:
    after = kinds(
        says(item_field("e1"), replace(item("e1"), binned=True)),
        says(link_field(YEAR, "counted-1", "e1"), "a"),
        says(issue_field(YEAR, "counted-1", Kind.METHOD), from_plain("ทำ")),
        says(issue_field(YEAR, "counted-1", Kind.RESULTS), from_plain("ได้")),
        says(issue_field(YEAR, "counted-1", Kind.ACTED_ON), True),
    )

    assert after.status("counted-1") is Status.NO_EVIDENCE
    assert progress(after).without_evidence == progress(after).total
    back = after.with_views([says(item_field("e1"), item("e1"))])
    assert back.status("counted-1") is Status.COMPLETE


def test_an_indicator_without_issues_has_evidence_of_its_own() -> None:
    after = kinds(
        says(item_field("e1"), item("e1")),
        says(link_field(YEAR, SATISFIED, "e1"), "a"),
        says(link_field(YEAR, "counted-2", "e1"), "a"),
    )

    assert [found.id for found in after.evidence_of(SATISFIED)] == ["e1"]
    assert after.issues_of("e1") == ("counted-2", SATISFIED)


def test_places_are_issues_and_indicators_that_have_none() -> None:
    assert [code for code, _ in kinds_framework().places()] == [
        "1.1.1",
        "1.1.2",
        "2.1",
        "2.2.1",
        "3.1",
        "3.2",
    ]
