"""The sample that comes with the program, as the domain reads it."""

import datetime
import re
import tomllib
from itertools import pairwise
from typing import Any

import pytest

from esa_desktop.domain.assessment import IssueAssessment, Status, status_of
from esa_desktop.domain.book import BOOK_TEXTS, TEXTS_BY_NAME, members
from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.domain.fields import Kind, encode
from esa_desktop.domain.richtext import MOST_LEVELS, Paragraph, Table, from_plain
from esa_desktop.domain.thai import arabic_digits, clean_text, fiscal_year_of
from esa_desktop.paths import resources_folder

FOLDER = resources_folder()
SAMPLE: dict[str, Any] = tomllib.loads((FOLDER / "sample" / "sample.toml").read_text("utf-8"))
EDITION: dict[str, Any] = tomllib.loads(
    (FOLDER / "frameworks" / f"{SAMPLE['office']['framework']}.toml").read_text("utf-8")
)
ISSUES: dict[str, dict[str, Any]] = {told["code"]: told for told in SAMPLE["issue"]}
TEXTS = [
    (f"{told['code']} {key}", told[key])
    for table in ("issue", "indicator")
    for told in SAMPLE[table]
    for key in ("method", "results", "suggestions")
    if key in told
] + [(f"book {name}", text) for name, text in SAMPLE["book"].items()]
EVERYTHING = "\n".join(text for _, text in TEXTS)


def codes_of_the_edition() -> list[str]:
    return [
        f"{standard['number']}.{indicator['number']}.{issue['number']}"
        for standard in EDITION["standard"]
        for indicator in standard.get("indicator", [])
        for issue in indicator.get("issue", [])
    ]


def test_every_issue_of_standard_one_is_told() -> None:
    assert list(ISSUES) == codes_of_the_edition()


@pytest.mark.parametrize(("where", "text"), TEXTS, ids=[where for where, _ in TEXTS])
def test_a_text_is_clean_and_comes_through_as_typed(where: str, text: str) -> None:
    assert text == clean_text(text)
    assert from_plain(text).plain == text.rstrip("\n")
    assert not any(line.endswith(" ") for line in text.split("\n")), where


@pytest.mark.parametrize("mark", [r"\*\*", "__", r"(?<!:)//"])
def test_marks_are_closed_on_their_line(mark: str) -> None:
    found = [len(re.findall(mark, line)) for line in EVERYTHING.split("\n")]

    assert all(number % 2 == 0 for number in found)
    assert any(found)


def test_the_long_indicators_are_long_enough_for_several_pages() -> None:
    for indicator in ("1.2", "1.4"):
        written = sum(len(text) for where, text in TEXTS if where.startswith(indicator + "."))
        assert written >= 6000


def test_what_real_forms_have_is_there() -> None:
    paragraphs = [
        [b for b in from_plain(text).blocks if isinstance(b, Paragraph)] for _, text in TEXTS
    ]
    tables = [b for _, text in TEXTS for b in from_plain(text).blocks if isinstance(b, Table)]
    labels = {p.label for some in paragraphs for p in some}
    twice = [
        a.label
        for some in paragraphs
        for a, b in pairwise(some)
        if a.label and a.label == b.label and a.label[0] in "๐๑๒๓๔๕๖๗๘๙"
    ]

    assert {"๑.", "๑.๑", "๑)", "(๑)", "1.", "1)", "ก)", "•", "-"} <= labels
    assert max(p.level for some in paragraphs for p in some) == MOST_LEVELS - 1
    assert max(len(table.rows) for table in tables) >= 11
    assert "๕)" in twice
    for piece in ("ฯลฯ", "ต่าง ๆ", "P D C A", "จำนวน ครั้ง", "สพป./สพม.", "“", "https://", "    "):
        assert piece in EVERYTHING
    for heading in ("หลักคิด", "แนวทางการดำเนินงาน", "วิธีการดำเนินการ", "ผลการผลดำเนินงาน"):
        assert heading in EVERYTHING
    assert "method" not in ISSUES["1.4.3"]
    assert SAMPLE["indicator"][-1]["suggestions"].endswith("**ข้อเสนอแนะ**\n")


def test_the_tree_of_the_sample_shows_every_state() -> None:
    attached = {code for item in SAMPLE["evidence"] for code in item["issues"]}
    states = {
        code: status_of(
            IssueAssessment(
                acted_on=told.get("acted_on", False),
                evidence_clear=told.get("evidence_clear", False),
                method=from_plain(told.get("method", "")),
                results=from_plain(told.get("results", "")),
                links=(("i", "e"),) if code in attached else (),
            )
        )
        for code, told in ISSUES.items()
    }

    assert set(states.values()) == set(Status)
    assert states["1.1.4"] is Status.NO_EVIDENCE
    assert states["1.4.4"] is Status.NOT_STARTED
    assert sum(state is Status.COMPLETE for state in states.values()) >= 12


def test_evidence_names_issues_that_exist_and_files_that_windows_takes() -> None:
    items = SAMPLE["evidence"]
    files = [item["file"] for item in items if "file" in item]

    assert len(items) >= 12
    assert len(set(files)) == len(files) < len(items)
    assert {name.rpartition(".")[2] for name in files} == {"pdf", "png", "csv"}
    assert all(safe_file_name(name) == name for name in files)
    assert any(len(item["issues"]) > 1 for item in items)
    for item in items:
        assert set(item["issues"]) <= set(ISSUES)
        assert ("file" in item) == ("content" in item)
        if "date" in item:
            assert type(item["date"]) is datetime.date
            assert fiscal_year_of(item["date"]) == SAMPLE["office"]["year"]


def test_every_text_of_the_book_is_told_and_its_pictures_are_there() -> None:
    drawn = {item["file"] for item in SAMPLE["evidence"] if item.get("file", "").endswith(".png")}
    named = re.findall(r"^\[ภาพ\] (.+)$", "\n".join(SAMPLE["book"].values()), re.MULTILINE)

    assert set(SAMPLE["book"]) == set(TEXTS_BY_NAME)
    assert set(named) == drawn | {"ตราสำนักงาน.png"}
    assert all("\n" not in SAMPLE["book"][text.name] for text in BOOK_TEXTS if text.short)


def test_somebody_signs_and_leads_the_committee() -> None:
    committee = members(from_plain(SAMPLE["book"]["committee"]))

    assert len(committee) >= 3
    assert committee[0].role == "ประธานกรรมการ"
    assert all(member.name and member.role for member in committee)


def test_some_indicators_are_ready_and_others_are_not() -> None:
    ready = [told["code"] for told in SAMPLE["indicator"] if told.get("ready")]

    assert 0 < len(ready) < 4


def test_the_sums_of_the_basic_figures_are_right() -> None:
    (table,) = (b for b in from_plain(SAMPLE["book"]["basics"]).blocks if isinstance(b, Table))
    rows = [
        [int(arabic_digits(c[0].text).replace(",", "")) for c in row[1:]] for row in table.rows[1:]
    ]

    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]


def test_words_of_the_dictionary_stand_in_the_texts() -> None:
    words = SAMPLE["dictionary"]["words"].split()

    assert words
    assert all(word in EVERYTHING for word in words)


def test_levels_can_be_stored_and_one_differs_with_a_reason() -> None:
    told = {indicator["code"]: indicator for indicator in SAMPLE["indicator"]}

    for indicator in told.values():
        assert encode(Kind.LEVEL, indicator.get("level")) in ("", "1", "2", "3", "4", "5")
    clear = sum(ISSUES[f"1.1.{n}"].get("evidence_clear", False) for n in range(1, 7))
    assert clear == 4  # level 3 by the table of the form
    assert told["1.1"]["level"] == 4
    assert told["1.1"]["reason"]
    assert "1.3" not in told
