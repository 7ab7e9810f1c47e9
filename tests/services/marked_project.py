"""A project with a word of its own in every kind of field that can hold words, in Thai and in English."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    Field,
    Kind,
    book_field,
    bound_field,
    computer_field,
    framework_field,
    indicator_field,
    issue_field,
    item_field,
    print_options_field,
    printed_field,
    required_field,
    supplied_field,
)
from esa_desktop.domain.richtext import RichText, from_plain
from esa_desktop.domain.works import Work
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project, create_project, open_project

YEAR = 2557
NO_WORDS = {Kind.ACTED_ON, Kind.EVIDENCE_CLEAR, Kind.LEVEL, Kind.STATUS, Kind.MEASURED, Kind.LINK}
"""Kinds that hold ticks, numbers and ranks."""


class Marks:
    """Makes words that stand nowhere else, and knows them all."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, what: str) -> str:
        letters = "".join(part for part in what if part.isalpha())
        english, thai = f"Zmark{letters}q", f"มฆฑ{len(self.made)}ฌญฐ"
        self.made += [english, thai]
        return f"{english} {thai}"

    def rich(self, what: str) -> RichText:
        return from_plain(self(what))


@contextmanager
def marked_project(folder: Path) -> Iterator[tuple[Project, Marks]]:
    """In a folder, by a person, on a computer and for an office with such names, too."""
    marks = Marks()
    place = folder / marks("folder") / f"{marks('project')}.esaproj"
    place.parent.mkdir()
    who = Who(marks("author"), "device-1", marks("computer"))
    framework = find_framework("obec-2557")
    framework = replace(framework, id="zmarkowned", title=marks("edition"))
    create_project(place, framework, office=marks("office"), fiscal_year=YEAR, who=who)
    project = open_project(place, who=who)
    try:
        fill(project, marks, folder)
        project.flush()
        yield project, marks
    finally:
        project.close()


def fill(project: Project, marks: Marks, scratch: Path) -> None:
    editor = project.editor
    issue = editor.round.framework.issue("1.1.1").id
    indicator = editor.round.framework.indicator("1.1").id
    source = scratch / f"{marks('filename')}.pdf"
    source.write_bytes(b"%PDF-1.4 nothing")
    intake = take_in(project.folder, [source])
    editor.apply(attach(editor, issue, intake.files, title=marks("title")))
    (item,) = editor.round.items.values()
    described = replace(
        item,
        kind=marks("kind"),
        number=marks("number"),
        date=date(2014, 8, 5),
        owner=marks("owner"),
        place=marks("place"),
    )
    texts: dict[Field, Any] = {
        item_field(item.id): described,
        issue_field(YEAR, issue, Kind.METHOD): marks.rich("method"),
        issue_field(YEAR, issue, Kind.RESULTS): marks.rich("results"),
        indicator_field(YEAR, indicator, Kind.SUGGESTIONS): marks.rich("suggestions"),
        indicator_field(YEAR, indicator, Kind.REASON): marks("reason"),
        indicator_field(YEAR, indicator, Kind.WORKS): (
            Work("w1", marks("work"), marks("detail"), (item.id,)),
        ),
        required_field(issue): (Requirement("r1", marks("requirement")),),
        supplied_field(YEAR, issue, "r1"): (item.id,),
        print_options_field(YEAR): {"header": marks("header"), "watermark": marks("watermark")},
        printed_field(YEAR): {"sheets": {"1.1": marks("printed")}},
        bound_field(YEAR): {"items": {"x": marks("bound")}},
        book_field(YEAR, "foreword"): marks.rich("book"),
        DICTIONARY_FIELD: marks.rich("dictionary"),
        computer_field("device-2"): marks("othercomputer"),
    }
    for field, value in texts.items():
        editor.apply(editor.change(field, value))
    written = {field.kind for field in editor.views}
    assert written >= set(Kind) - NO_WORDS, "a kind of field that no word was planted in"
    assert framework_field(YEAR) in editor.views
