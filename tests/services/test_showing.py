from pathlib import Path

from esa_desktop.domain.fields import Kind, encode, issue_field
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
