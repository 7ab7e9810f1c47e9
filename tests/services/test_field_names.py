from dataclasses import replace

import pytest

from esa_desktop.domain.fields import (
    OFFICE_FIELD,
    Field,
    Kind,
    book_field,
    indicator_field,
    issue_field,
    item_field,
    link_field,
)
from esa_desktop.services.field_names import WORDS, field_name
from esa_desktop.services.frameworks import find_framework

FRAMEWORK = find_framework("obec-2557")
ISSUE = FRAMEWORK.issue("1.2.3").id
INDICATOR = FRAMEWORK.indicator("1.2").id


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (issue_field(2557, ISSUE, Kind.METHOD), "๑.๒.๓ วิธีการดำเนินงาน ปี ๒๕๕๗"),
        (indicator_field(2557, INDICATOR, Kind.LEVEL), "๑.๒ ระดับที่ประเมินตนเอง ปี ๒๕๕๗"),
        (link_field(2557, ISSUE, "item-1"), "๑.๒.๓ การแนบหลักฐาน ปี ๒๕๕๗"),
        (book_field(2557, "foreword"), "คำนำ ปี ๒๕๕๗"),
        (book_field(2557, "of a newer program"), "ข้อความในเล่มรายงาน ปี ๒๕๕๗"),
        (item_field("item-1"), "หลักฐาน"),
        (OFFICE_FIELD, "ชื่อสำนักงาน"),
    ],
)
def test_a_field_is_called_by_code_name_and_year(field: Field, sentence: str) -> None:
    assert field_name(field, FRAMEWORK).sentence == sentence


def test_without_a_framework_the_name_is_still_told() -> None:
    assert field_name(issue_field(2557, ISSUE, Kind.RESULTS), None).sentence == (
        "ผลการดำเนินงาน ปี ๒๕๕๗"
    )


def test_every_kind_has_a_name_of_its_own() -> None:
    assert set(WORDS) == set(Kind)
    assert len(set(WORDS.values())) == len(WORDS)


def test_what_was_written_about_a_retired_issue_is_named_by_that_issue() -> None:
    indicator = FRAMEWORK.indicator("1.2")
    kept = tuple(issue for issue in indicator.issues if issue.id != ISSUE)
    gone = tuple(issue for issue in indicator.issues if issue.id == ISSUE)
    standard = FRAMEWORK.standards[0]
    fewer = replace(
        standard,
        indicators=tuple(
            replace(one, issues=kept, retired=gone) if one.id == indicator.id else one
            for one in standard.indicators
        ),
    )
    framework = replace(FRAMEWORK, standards=(fewer, *FRAMEWORK.standards[1:]))

    name = field_name(issue_field(2557, ISSUE, Kind.METHOD), framework)

    assert name.code == ""
    assert gone[0].name[:40] in name.name
    assert name.sentence.endswith("ที่เลิกใช้แล้ว ปี ๒๕๕๗")
