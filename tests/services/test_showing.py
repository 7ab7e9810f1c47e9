from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.book import TEXTS_BY_NAME
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    READY,
    Field,
    Kind,
    book_field,
    encode,
    indicator_field,
    issue_field,
    item_field,
    link_field,
)
from esa_desktop.domain.revision import make_revision
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.projects import open_project
from esa_desktop.services.showing import show_round
from esa_desktop.storage.store import Write
from tests.projects import OTHER, WHO, YEAR, new_project, opened


def test_an_empty_round_shows_every_issue_with_nothing_in_it(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        shown = show_round(project.editor.round)

    assert shown["office"] == "สพป.ทดสอบ เขต ๑"
    assert shown["fiscal_year"] == YEAR
    assert [i["code"] for i in shown["standards"][0]["indicators"]] == ["1.1", "1.2", "1.3", "1.4"]
    first = shown["standards"][0]["indicators"][1]
    assert (first["level"], first["suggested_level"]) == (None, None)
    assert [issue["code"] for issue in first["issues"]] == ["1.2.1", "1.2.2", "1.2.3", "1.2.4"]
    assert shown["evidence"] == shown["conflicts"] == shown["unplaced"] == []
    assert shown["book"] == dict.fromkeys(TEXTS_BY_NAME, "")
    assert shown["dictionary"] == []
    assert first["status"] == ""


def test_the_texts_of_the_book_its_words_and_what_is_ready_are_shown(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        editor = project.editor
        indicator = editor.round.framework.indicator("1.2").id
        for field, value in (
            (book_field(YEAR, "foreword"), from_plain("๑. ที่มา\n๒. ขอบคุณ")),
            (book_field(YEAR, "epilogue"), from_plain("ของรุ่นที่ใหม่กว่า")),
            (DICTIONARY_FIELD, from_plain("สายธาร\nผาม่าน")),
            (indicator_field(YEAR, indicator, Kind.STATUS), READY),
        ):
            editor.apply(editor.change(field, value))
        shown = show_round(editor.round)

    assert shown["book"]["foreword"] == "๑. ที่มา\n๒. ขอบคุณ"
    assert shown["book"]["epilogue"] == "ของรุ่นที่ใหม่กว่า"
    assert shown["dictionary"] == ["สายธาร", "ผาม่าน"]
    assert [i["status"] for i in shown["standards"][0]["indicators"]] == ["", "ready", "", ""]


def test_a_conflict_shows_the_text_of_the_smallest_id_and_lists_every_head(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        issue = project.editor.round.framework.issue("1.2.1").id
    field = issue_field(YEAR, issue, Kind.METHOD)
    heads = [
        make_revision(
            field,
            (),
            encode(Kind.METHOD, from_plain(words)),
            author=who.author,
            device=who.device,
            time="2026-01-01T00:00:00.000+00:00",
        )
        for words, who in (("ฉบับของพิมพ์ใจ", WHO), ("ฉบับของธีระ", OTHER))
    ]
    project = open_project(place, who=WHO)
    project._writer.submit(Write(revisions=tuple(heads)))
    project.close()

    with opened(place) as project:
        shown = show_round(project.editor.round)

    (conflict,) = shown["conflicts"]
    smallest = min(heads, key=lambda head: head.id)
    assert (conflict["code"], conflict["field"]) == ("1.2.1", "method")
    assert {h["author"] for h in conflict["heads"]} == {WHO.author, OTHER.author}
    text = shown["standards"][0]["indicators"][1]["issues"][0]["method"]
    assert text == next(h["text"] for h in conflict["heads"] if h["id"] == smallest.id)


def test_a_level_in_conflict_is_shown_as_none(tmp_path: Path) -> None:
    from esa_desktop.domain.fields import indicator_field

    place = new_project(tmp_path)
    with opened(place) as project:
        indicator = project.editor.round.framework.indicator("1.2").id
    field = indicator_field(YEAR, indicator, Kind.LEVEL)
    heads = tuple(
        make_revision(field, (), body, author="x", device=body, time="t") for body in ("3", "4")
    )
    project = open_project(place, who=WHO)
    project._writer.submit(Write(revisions=heads))
    project.close()

    with opened(place) as project:
        shown = show_round(project.editor.round)

    assert shown["standards"][0]["indicators"][1]["level"] is None
    assert {h["text"] for h in shown["conflicts"][0]["heads"]} == {"3", "4"}


def conflict_of(place: Path, field: Field, values: tuple[Any, ...]) -> Any:
    """The one conflict of a project after heads with these values were stored."""
    heads = tuple(
        make_revision(
            field, (), encode(field.kind, value), author="ก", device=str(number), time="t"
        )
        for number, value in enumerate(values)
    )
    project = open_project(place, who=WHO)
    project._writer.submit(Write(revisions=heads))
    project.close()
    with opened(place) as project:
        (conflict,) = show_round(project.editor.round)["conflicts"]
    assert [set(head) for head in conflict["heads"]] == [{"id", "author", "text"}] * len(values)
    return conflict


def texts(conflict: Any) -> set[str]:
    return {head["text"] for head in conflict["heads"]}


def test_a_flag_in_conflict_is_true_or_false(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        issue = project.editor.round.framework.issue("1.2.1").id

    conflict = conflict_of(place, issue_field(YEAR, issue, Kind.ACTED_ON), (True, False))

    assert (conflict["code"], conflict["field"]) == ("1.2.1", "acted_on")
    assert texts(conflict) == {"true", "false"}


@pytest.mark.parametrize("values", [("a0", None), ("a0", None, "a1"), (None, "b0")])
def test_a_link_in_conflict_has_the_code_of_its_issue_and_no_rank(
    tmp_path: Path, values: tuple[str | None, ...]
) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        issue = project.editor.round.framework.issue("1.2.1").id

    conflict = conflict_of(place, link_field(YEAR, issue, "item-1"), values)

    assert (conflict["code"], conflict["field"]) == ("1.2.1", "link")
    assert texts(conflict) == {"true", ""}


@pytest.mark.parametrize("number", range(4))  # either version may have the smallest id
def test_an_item_deleted_by_one_and_renamed_by_another_keeps_its_code(
    tmp_path: Path, number: int
) -> None:
    item = Evidence(id="item-1", code="1.2.1-01", title=f"คำสั่งที่ {number}")

    conflict = conflict_of(new_project(tmp_path), item_field(item.id), (item, None))

    assert (conflict["code"], conflict["field"]) == ("1.2.1-01", "item")
    assert texts(conflict) == {item.title, ""}
