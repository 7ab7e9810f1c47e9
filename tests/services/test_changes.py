from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.fields import (
    OFFICE_FIELD,
    Field,
    Kind,
    book_field,
    encode,
    indicator_field,
    issue_field,
    printed_field,
)
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import add_without_file, detach
from esa_desktop.services.changes import changes_since
from esa_desktop.services.projects import Project
from esa_desktop.storage.store import Write
from tests.projects import OTHER, WHO, YEAR, new_project, opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def project(place: Path) -> Iterator[Project]:
    with opened(place) as found:
        yield found


def seq(project: Project) -> int:
    return project.ask(lambda store: store.state().last_seq).result(10)


def issue(project: Project, code: str, kind: Kind) -> Field:
    return issue_field(YEAR, project.editor.round.framework.issue(code).id, kind)


def set_value(project: Project, field: Field, value: Any) -> None:
    project.editor.apply(project.editor.change(field, value))


def test_what_somebody_else_wrote_is_told_with_what_it_said_before(place: Path) -> None:
    with opened(place) as project:
        field = issue(project, "1.1.1", Kind.METHOD)
        set_value(project, field, from_plain("หนึ่ง"))
        seen = seq(project)
    with opened(place, who=OTHER) as project:
        set_value(project, field, from_plain("สอง"))
        set_value(project, field, from_plain("สาม"))
    with opened(place) as project:
        (change,) = changes_since(project, seen)

    assert (change.code, change.name) == ("1.1.1", "วิธีการดำเนินงาน")
    assert (change.authors, change.computers) == ((OTHER.author,), (OTHER.computer,))
    assert change.count == 2
    assert not change.is_own
    assert change.is_settled
    assert change.before == encode(Kind.METHOD, from_plain("หนึ่ง"))
    assert change.after == encode(Kind.METHOD, from_plain("สาม"))


def test_nothing_happened_since_is_nothing_to_tell(project: Project) -> None:
    assert changes_since(project, seq(project)) == ()


def test_ones_own_changes_are_told_apart(place: Path) -> None:
    with opened(place) as project:
        seen = seq(project)
        set_value(project, OFFICE_FIELD, "สพป.อื่น")
        set_value(project, issue(project, "1.1.1", Kind.ACTED_ON), True)
    with opened(place, who=OTHER) as project:
        set_value(project, issue(project, "1.1.1", Kind.ACTED_ON), False)
        set_value(project, issue(project, "1.1.1", Kind.EVIDENCE_CLEAR), True)
        set_value(project, issue(project, "1.1.1", Kind.METHOD), from_plain("หนึ่ง"))
    with opened(place, who=WHO) as project:
        set_value(project, issue(project, "1.1.1", Kind.METHOD), from_plain("หนึ่ง สอง"))
    with opened(place, who=WHO) as project:
        own = {change.field.kind: change.is_own for change in changes_since(project, seen)}

    assert own == {Kind.OFFICE: True, Kind.METHOD: False, Kind.EVIDENCE_CLEAR: False}


def test_what_was_taken_back_is_left_out(project: Project) -> None:
    field = issue(project, "1.1.1", Kind.METHOD)
    seen = seq(project)
    set_value(project, field, from_plain("หนึ่ง"))
    set_value(project, field, from_plain(""))

    assert changes_since(project, seen) == ()


def test_changes_come_in_the_order_of_the_printed_book(project: Project) -> None:
    framework = project.editor.round.framework
    seen = seq(project)
    project.editor.apply(add_without_file(project.editor, framework.issue("1.1.2").id, "โล่รางวัล"))
    set_value(project, book_field(YEAR, "foreword"), from_plain("คำนำ"))
    set_value(project, issue(project, "1.2.1", Kind.METHOD), from_plain("ก"))
    set_value(project, issue(project, "1.1.1", Kind.RESULTS), from_plain("ก"))
    set_value(project, issue(project, "1.1.1", Kind.METHOD), from_plain("ก"))
    set_value(project, indicator_field(YEAR, framework.indicator("1.1").id, Kind.LEVEL), 4)
    set_value(project, OFFICE_FIELD, "สพป.อื่น")

    told = [(change.code, change.name) for change in changes_since(project, seen)]

    assert told == [
        ("", "ชื่อสำนักงาน"),
        ("1.1", "ระดับที่ประเมินตนเอง"),
        ("1.1.1", "วิธีการดำเนินงาน"),
        ("1.1.1", "ผลการดำเนินงาน"),
        ("1.1.2", "การแนบหลักฐาน “โล่รางวัล”"),
        ("1.2.1", "วิธีการดำเนินงาน"),
        ("", "คำนำ"),
        ("1.1.2-01", "โล่รางวัล"),
    ]


def test_evidence_is_called_by_its_name_also_when_it_is_gone(project: Project) -> None:
    owner = project.editor.round.framework.issue("1.1.2").id
    project.editor.apply(add_without_file(project.editor, owner, "โล่รางวัล"))
    (item,) = project.editor.round.items
    seen = seq(project)
    project.editor.apply(detach(project.editor, owner, [item]))
    set_value(project, Field("", item, Kind.ITEM), None)

    told = [(change.name, bool(change.after)) for change in changes_since(project, seen)]

    assert told == [("การแนบหลักฐาน “โล่รางวัล”", False), ("โล่รางวัล", False)]


def test_what_the_program_notes_for_itself_is_not_told(place: Path) -> None:
    with opened(place) as project:
        seen = seq(project)
    with opened(place, who=OTHER) as project:
        set_value(project, printed_field(YEAR), {"pages": []})
    with opened(place) as project:
        assert changes_since(project, seen) == ()


def test_two_texts_against_each_other_are_told_also_when_the_shown_one_is_the_old(
    place: Path,
) -> None:
    with opened(place) as project:
        field = issue(project, "1.1.1", Kind.METHOD)
        strangers = sorted((stranger(field, str(n)) for n in range(3)), key=lambda r: r.id)
        old, *new = strangers  # of a conflict the smallest id is shown
        project._writer.submit(Write(revisions=(old,))).result(10)
        seen = seq(project)
        project._writer.submit(Write(revisions=tuple(new))).result(10)
    with opened(place) as project:
        (change,) = changes_since(project, seen)

    assert change.before == change.after
    assert not change.is_settled
    assert set(change.authors) == {revision.author for revision in new}


def stranger(field: Field, text: str) -> Revision:
    """A text with nothing in common with others, as it comes with a package."""
    body = encode(Kind.METHOD, from_plain(text))
    return make_revision(field, (), body, author=text, device=text, time="2024-01-01")


def test_a_field_of_a_round_nobody_knows_is_told_by_its_kind(place: Path) -> None:
    with opened(place) as project:
        seen = seq(project)
        strange = Field("ปีอื่น", "nobody", Kind.METHOD)
        revision = make_revision(
            strange,
            (),
            encode(Kind.METHOD, from_plain("ก")),
            author="ก",
            device="d",
            time="",
        )
        project._writer.submit(Write(revisions=(revision,))).result(10)
        (change,) = changes_since(project, seen)

    assert (change.code, change.name) == ("", "วิธีการดำเนินงาน")
