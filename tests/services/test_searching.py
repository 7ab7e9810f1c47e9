from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import Kind
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    Standard,
)
from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.thai import clean_text
from esa_desktop.services.searching import folded, needle, occurrences, search_round, targets

FRAMEWORK = Framework(
    "small",
    "ฉบับทดสอบ",
    2557,
    (
        Standard(
            "s1",
            1,
            "การบริหารจัดการองค์การ",
            tuple(
                Indicator(
                    f"n{n}",
                    n,
                    name,
                    IndicatorType.FREE,
                    Rubric(()),
                    tuple(Issue(f"q{n}-{q}", q, f"ประเด็นที่ {q} ของ{name}") for q in (1, 2, 3)),
                )
                for n, name in ((1, "การบริหารที่ดี"), (2, "องค์การแห่งการเรียนรู้"), (12, "การนิเทศ"))
            ),
        ),
    ),
)

BOOK = AssessmentRound(
    2557,
    FRAMEWORK,
    issues={
        "q1-1": IssueAssessment(
            method=from_plain("๑. จัดประชุม  ๑๒ ครั้ง\n๒. แเเก้ไขแผน"), links=(("i", "e1"),)
        ),
        "q2-3": IssueAssessment(
            results=from_plain("ประชุม 12 ครั้ง และประชุมย่อย"), links=(("i", "e1"),)
        ),
    },
    indicators={
        "n2": IndicatorAssessment(reason="ประชุมครบ", suggestions=from_plain("ควรจัดประชุมทุกเดือน"))
    },
    items={"e1": Evidence("e1", "1.1.1-01", "รายงานการประชุม", number="ที่ ศธ ๐๔/๒")},
)

thai = st.text(alphabet="กขคเแ ัี่้า๑1Aa.\n\t\u00a0", max_size=40).map(clean_text)


@given(thai)
def test_a_text_is_found_in_itself_at_its_own_ends(text: str) -> None:
    wanted = needle(text)
    if wanted:
        start, end = occurrences(text, text)[0]
        assert needle(text[start:end]) == wanted


@given(thai, thai)
def test_something_is_found_exactly_where_the_folded_text_has_it(text: str, words: str) -> None:
    wanted = needle(words)
    assert bool(occurrences(text, words)) == bool(wanted and wanted in folded(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ประชุม ๑๒ ครั้ง", "ประชุม 12 ครั้ง"),
        ("เเผนงาน", "แผนงาน"),
        ("แผนงาน", "เเผนงาน"),
        ("ใช้  PDCA", "ใช้ pdca"),
        ("จำนวน", "จ\u0e4d\u0e32นวน"),
    ],
)
def test_spellings_that_look_alike_are_the_same(text: str, words: str) -> None:
    assert occurrences(text, words) == [(0, len(text))]


def test_places_are_counted_in_the_characters_of_the_text() -> None:
    assert occurrences("ก  ข เเผน ก ข", "ก ข") == [(0, 4), (10, 13)]


def test_words_do_not_reach_over_a_line_end() -> None:
    assert occurrences("แผน\nงาน", "แผน งาน") == []


def test_a_torn_cluster_counts_whole_or_not_at_all() -> None:
    assert occurrences("ที่นี่", "ที") == [(0, 3)]
    assert occurrences("ที่นี่", "ที", torn=False) == []


@pytest.mark.parametrize(
    "text", ["1.2.3", "๑.๒.๓", "123", "๑๒๓", "1 2 3", "1.2.3.", "ๅใ/ใ-", "ๅ/-"]
)
def test_a_code_is_understood_in_every_way_it_is_typed(text: str) -> None:
    assert targets(FRAMEWORK, text)[0].node_id == "q2-3"


def test_a_code_lists_what_goes_on_from_it() -> None:
    assert [t.code for t in targets(FRAMEWORK, "1.2")] == ["1.2", "1.2.1", "1.2.2", "1.2.3"]


def test_digits_without_dots_may_mean_several_codes() -> None:
    codes = [target.code for target in targets(FRAMEWORK, "112")]
    assert codes[:2] == ["1.1.2", "1.12"]


def test_words_find_names_in_printed_order() -> None:
    assert [t.node_id for t in targets(FRAMEWORK, "เรียนรู้ องค์การ")][:2] == ["n2", "q2-1"]
    assert targets(FRAMEWORK, "ไม่มีคำนี้") == ()
    assert targets(FRAMEWORK, "  ") == ()


def test_the_book_is_searched_in_printed_order_and_each_item_once() -> None:
    hits = search_round(BOOK, "ประชุม")
    assert [(hit.node_id, hit.kind) for hit in hits] == [
        ("q1-1", Kind.METHOD),
        ("q1-1", Kind.ITEM),
        ("q2-3", Kind.RESULTS),
        ("n2", Kind.SUGGESTIONS),
        ("n2", Kind.REASON),
    ]
    assert hits[2].count == 2


def test_a_hit_shows_its_line_and_where_the_words_are_in_it() -> None:
    hit = search_round(BOOK, "12 ครั้ง")[0]
    assert hit.snippet == "๑. จัดประชุม  ๑๒ ครั้ง"
    assert hit.snippet[hit.start : hit.end] == "๑๒ ครั้ง"


def test_a_snippet_of_a_long_line_is_cut_between_clusters() -> None:
    long = replace(BOOK, issues={"q1-1": IssueAssessment(method=from_plain("เกี่ยวที่" * 40 + "หมาย"))})
    hit = search_round(long, "หมาย")[0]
    assert hit.snippet.startswith(("…เ", "…ย", "…ว", "…ที่", "…กี่"))
    assert hit.snippet[hit.start : hit.end] == "หมาย"


def test_evidence_is_found_by_its_document_number() -> None:
    assert search_round(BOOK, "ศธ 04/2")[0].kind is Kind.ITEM


def test_no_more_hits_than_asked_for() -> None:
    assert len(search_round(BOOK, "ประชุม", most=2)) == 2


def test_texts_of_the_book_are_found_where_they_are_asked_for() -> None:
    book = {"foreword": from_plain("ที่ประชุมเห็นชอบ"), "basics_date": from_plain("๑๐ มิถุนายน ๒๕๕๗")}
    written = replace(BOOK, book=book)

    *_, last = search_round(written, "ประชุม", book=True)
    assert (last.node_id, last.kind, last.code) == ("foreword", Kind.BOOK_TEXT, "")
    assert (last.name, last.snippet[last.start : last.end]) == ("คำนำ", "ประชุม")
    assert [hit.node_id for hit in search_round(written, "10 มิถุนายน", book=True)] == ["basics_date"]
    assert search_round(written, "ประชุม") == search_round(BOOK, "ประชุม")
