from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.fields import Field, Kind, issue_field
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.services.editing import Editor
from esa_desktop.services.exporting import keep_options
from esa_desktop.services.last_edit import last_edit, own_edit
from tests.projects import OTHER, WHO, YEAR, new_project, opened
from tests.services.test_known_copies import write


def test_who_came_last_is_named_with_the_computer(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        write(project, "ก")
    with opened(place, who=OTHER) as project:
        write(project, "ข")

        told = last_edit(project)

    assert told is not None
    assert (told.author, told.computer) == (OTHER.author, OTHER.computer)


def test_a_clock_that_runs_ahead_does_not_make_anybody_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    defaults = Editor.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "now", lambda: "2099-01-01T00:00:00.000+00:00")
    with opened(place) as project:
        write(project, "ก")
    monkeypatch.setitem(defaults, "now", lambda: "1999-01-01T00:00:00.000+00:00")
    with opened(place, who=OTHER) as project:
        write(project, "ข")

        told = last_edit(project)

    assert told is not None
    assert (told.author, told.time[:4]) == (OTHER.author, "1999")


def test_choosing_another_paper_is_no_edit_of_the_work(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        write(project, "ก")
    with opened(place, who=OTHER) as project:
        keep_options(project.editor, replace(PrintOptions(), paper="a4-portrait"))
        project.flush()

        told = last_edit(project)

    assert told is not None
    assert told.author != OTHER.author


def test_what_is_written_here_just_now_is_the_last_edit() -> None:
    text, options = (
        issue_field(YEAR, "i", Kind.METHOD),
        Field(str(YEAR), "round", Kind.PRINT_OPTIONS),
    )

    told = own_edit(WHO, [options, text])

    assert told is not None
    assert (told.author, told.computer) == (WHO.author, WHO.computer)
    assert own_edit(WHO, [options]) is None
