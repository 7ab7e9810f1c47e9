import datetime
import json
from typing import Any

import pytest

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    JUDGEMENTS,
    OFFICE_FIELD,
    READY,
    RICH_KINDS,
    RULES,
    Field,
    Kind,
    Merge,
    Owner,
    book_field,
    bound_field,
    computer_field,
    decode,
    encode,
    framework_field,
    indicator_field,
    issue_field,
    item_field,
    link_field,
    link_parts,
    parse_plain,
    print_options_field,
    printed_field,
    required_field,
    supplied_field,
)
from esa_desktop.domain.framework import Framework, Standard
from esa_desktop.domain.richtext import EMPTY, from_plain
from esa_desktop.domain.works import Work

ITEM = Evidence(
    "e1",
    "1.1.1-01",
    "คำสั่ง",
    date=datetime.date(2025, 6, 11),
    files=(EvidenceFile("f" * 64, "ก.pdf", 3),),
)
VALUES: list[tuple[Field, Any]] = [
    (OFFICE_FIELD, "สพป.ทดสอบ เขต ๑"),
    (framework_field(2568), Framework("f", "ฉบับ", 2557, (Standard("s1", 1, "ก", ()),))),
    (issue_field(2568, "q1", Kind.METHOD), from_plain("๑. แผน")),
    (issue_field(2568, "q1", Kind.RESULTS), from_plain("ผล")),
    (indicator_field(2568, "n1", Kind.SUGGESTIONS), from_plain("ควรทำ")),
    (issue_field(2568, "q1", Kind.ACTED_ON), True),
    (issue_field(2568, "q1", Kind.EVIDENCE_CLEAR), True),
    (indicator_field(2568, "n1", Kind.LEVEL), 4),
    (indicator_field(2568, "n1", Kind.REASON), "เพราะ"),
    (item_field("e1"), ITEM),
    (link_field(2568, "q1", "e1"), "i"),
    (print_options_field(2568), {"paper": "a4-landscape", "columns": [17, 62]}),
    (indicator_field(2568, "n1", Kind.STATUS), READY),
    (book_field(2568, "foreword"), from_plain("รายงานฉบับนี้")),
    (DICTIONARY_FIELD, from_plain("บ้านดอย\nสายธาร")),
    (printed_field(2568), {"book": {"look": "f", "pages": "|a ก|b ๑|c", "widths": [17.0]}}),
    (computer_field("device-1"), "PC-๐๗"),
    (indicator_field(2568, "n1", Kind.MEASURED), "87.50"),
    (
        indicator_field(2568, "n1", Kind.WORKS),
        (
            Work("w1", "ห้องสมุดลอยน้ำ", "ครูออกแบบเอง\nนักเรียนใช้ทุกวัน", ("e1", "e2")),
            Work("w2", "สวนครัว"),
        ),
    ),
    (required_field("q1"), (Requirement("r1", "คำสั่งแต่งตั้ง"), Requirement("r2", "บันทึกการประชุม"))),
    (supplied_field(2568, "q1", "r1"), ("e1", "e2")),
    (bound_field(2568), {"e1": "f" * 64}),
]


def test_every_kind_has_its_rule_and_is_tried_below() -> None:
    assert set(RULES) == set(Kind) == {field.kind for field, _ in VALUES}


@pytest.mark.parametrize(("field", "value"), VALUES, ids=lambda v: getattr(v, "kind", ""))
def test_a_value_comes_back_from_its_body(field: Field, value: Any) -> None:
    body = encode(field.kind, value)

    assert decode(field, body) == value
    assert encode(field.kind, decode(field, body)) == body


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_stored_as_nothing(kind: Kind) -> None:
    empty = RULES[kind].empty

    assert encode(kind, None) == encode(kind, empty) == ""
    assert decode(Field("2568", "x", kind), "") == empty


BROKEN = {
    Kind.METHOD: ['{"t":"p"}', "[7]", "not json"],
    Kind.LEVEL: ["7", "0", "true", '"4"', "4.0", "null"],
    Kind.ITEM: ["{}", "[]", '{"code":"1.1.1-01","title":"ก","date":"2025-13-01"}'],
    Kind.FRAMEWORK: ["{}", "3"],
    Kind.REASON: ["{"],
    Kind.STATUS: ['"done"', "true", "1", "null", "[]"],
    Kind.BOOK_TEXT: ['{"t":"p"}', '"ข้อความ"'],
    Kind.DICTIONARY: ["[1]", "true"],
    Kind.MEASURED: ['"มาก"', "[]", "87.5", '"1e9"'],
    Kind.WORKS: ['[{"id":"w1"}]', '["ผลงาน"]', "7", '[{"title":"ก"}]'],
    Kind.REQUIRED: ['[{"id":"r1"}]', "7", "[1]"],
    Kind.SUPPLIED: ["7", "true"],
}


@pytest.mark.parametrize(
    ("kind", "body"), [(kind, body) for kind, bodies in BROKEN.items() for body in bodies]
)
def test_a_body_that_is_no_value_of_its_kind_is_an_error_of_one_sort(kind: Kind, body: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode(Field("2568", "x", kind), body)


@pytest.mark.parametrize("level", [0, 6, True, "4", 3.5])
def test_a_level_outside_the_five_is_never_written(level: Any) -> None:
    with pytest.raises(ValueRefused, match="๑ ถึง ๕"):
        encode(Kind.LEVEL, level)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_each_of_the_five_levels_is_written_as_its_digit(level: int) -> None:
    assert encode(Kind.LEVEL, level) == str(level)


def test_an_unticked_box_is_the_same_as_one_never_touched() -> None:
    assert encode(Kind.ACTED_ON, value=False) == ""
    assert decode(issue_field(2568, "q1", Kind.ACTED_ON), "false") is False


def test_only_long_texts_are_merged_by_paragraph() -> None:
    texts = {Kind.METHOD, Kind.RESULTS, Kind.SUGGESTIONS, Kind.BOOK_TEXT, Kind.DICTIONARY}
    assert texts == RICH_KINDS
    assert RULES[Kind.LEVEL].merge is Merge.NEVER


def test_the_names_of_kinds_are_stored_for_ever() -> None:
    assert [kind.value for kind in Kind] == [
        "office",
        "framework",
        "method",
        "results",
        "suggestions",
        "acted_on",
        "evidence_clear",
        "level",
        "reason",
        "item",
        "link",
        "print_options",
        "status",
        "book_text",
        "dictionary",
        "printed",
        "computer",
        "measured",
        "works",
        "required",
        "supplied",
        "bound",
    ]


def test_a_field_read_from_a_file_is_the_field_that_was_written() -> None:
    field = issue_field(2568, "q1", Kind.METHOD)
    stored = json.loads(json.dumps([field.round, field.owner, field.kind]))

    assert Field(*stored) == field
    assert hash(Field(*stored)) == hash(field)
    with pytest.raises(ValueError, match="colour"):
        Field("2568", "q1", "colour")  # type: ignore[arg-type]


@pytest.mark.parametrize("issue", ["q1", "obec57-q12", "a:b"])
def test_what_was_supplied_names_its_issue_and_the_line_it_answers(issue: str) -> None:
    assert link_parts(supplied_field(2568, issue, "r1")) == (issue, "r1")


def test_two_measurements_against_each_other_are_none() -> None:
    assert Kind.MEASURED in JUDGEMENTS
    assert Kind.WORKS not in JUDGEMENTS


@pytest.mark.parametrize("issue", ["q1", "obec57-q12", "a:b"])
def test_a_link_names_its_issue_and_its_item(issue: str) -> None:
    assert link_parts(link_field(2568, issue, "0197-ab")) == (issue, "0197-ab")


def test_what_lives_across_years_has_no_round() -> None:
    assert OFFICE_FIELD.round == DICTIONARY_FIELD.round == item_field("e1").round == ""
    assert required_field("q1") == Field("", "q1", Kind.REQUIRED)
    assert framework_field(2568).round == supplied_field(2568, "q1", "r1").round == "2568"
    assert book_field(2568, "foreword") == Field("2568", "foreword", Kind.BOOK_TEXT)
    assert RULES[Kind.BOOK_TEXT].owner is Owner.BOOK


@pytest.mark.parametrize("status", ["done", "Ready", True, 1])
def test_no_status_but_ready_is_ever_written(status: Any) -> None:
    with pytest.raises(ValueRefused, match="ready"):
        encode(Kind.STATUS, status)


# --- what the command line takes --------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.METHOD, "๑. แผน\n", from_plain("๑. แผน")),
        (Kind.RESULTS, "", EMPTY),
        (Kind.ACTED_ON, "true\n", True),
        (Kind.ACTED_ON, "ใช่", True),
        (Kind.EVIDENCE_CLEAR, "มี", True),
        (Kind.EVIDENCE_CLEAR, "False", False),
        (Kind.ACTED_ON, "", False),
        (Kind.ACTED_ON, "ไม่มี", False),
        (Kind.LEVEL, " ๔ ", 4),
        (Kind.LEVEL, "1", 1),
        (Kind.LEVEL, "", None),
        (Kind.REASON, "  เพราะเเผน \r\n", "เพราะแผน"),
        (Kind.OFFICE, "สพป.ทดสอบ เขต ๑\n", "สพป.ทดสอบ เขต ๑"),
        (Kind.STATUS, " Ready\n", READY),
        (Kind.STATUS, "\n", ""),
        (Kind.BOOK_TEXT, "คำนำ\n", from_plain("คำนำ")),
        (Kind.DICTIONARY, "เวียง\nดอย\n", from_plain("เวียง\nดอย")),
        (Kind.MEASURED, " ร้อยละ ๘๗.๕๐ ", "87.50"),
        (Kind.MEASURED, "๑,๒๐๐\n", "1200"),
        (Kind.MEASURED, "", ""),
    ],
)
def test_plain_text_is_understood(kind: Kind, text: str, value: Any) -> None:
    assert parse_plain(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.LEVEL, "6"),
        (Kind.LEVEL, "0"),
        (Kind.LEVEL, "45"),
        (Kind.LEVEL, "ดี"),
        (Kind.LEVEL, "-1"),
        (Kind.ACTED_ON, "อาจจะ"),
        (Kind.ITEM, "x"),
        (Kind.LINK, "x"),
        (Kind.STATUS, "เสร็จ"),
        (Kind.PRINT_OPTIONS, "{}"),
        (Kind.PRINTED, "{}"),
        (Kind.MEASURED, "ประมาณ ๘๐"),
        (Kind.WORKS, "ผลงาน"),
        (Kind.REQUIRED, "คำสั่ง"),
        (Kind.SUPPLIED, "e1"),
    ],
)
def test_text_that_is_no_value_is_refused_in_a_sentence(kind: Kind, text: str) -> None:
    with pytest.raises(ValueRefused):
        parse_plain(kind, text)
