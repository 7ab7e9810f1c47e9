from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import HeadsMoved, StorageError
from esa_desktop.domain.fields import (
    RULES,
    Field,
    Kind,
    book_field,
    encode,
    indicator_field,
    issue_field,
)
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services import history
from esa_desktop.services.attaching import add_without_file
from esa_desktop.services.history import (
    Comparing,
    answer_of,
    local_moment,
    related_fields,
    restore_edit,
    says_so_already,
    versions,
    versions_of,
    words_with,
)
from esa_desktop.services.projects import Project
from tests.projects import OTHER, WHO, YEAR, new_project, opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def project(place: Path) -> Iterator[Project]:
    with opened(place) as found:
        yield found


def method_of(project: Project) -> Field:
    return issue_field(YEAR, project.editor.round.framework.issue("1.1.1").id, Kind.METHOD)


def write(project: Project, field: Field, text: str) -> None:
    project.editor.apply(project.editor.change(field, from_plain(text)))


def test_every_version_is_there_with_who_and_on_which_computer(place: Path) -> None:
    with opened(place) as project:
        field = method_of(project)
        write(project, field, "หนึ่ง")
    with opened(place, who=OTHER) as project:
        write(project, field, "สองสอง")
        found = versions(project, field)

    assert [(v.text, v.author, v.computer) for v in found] == [
        ("สองสอง", OTHER.author, OTHER.computer),
        ("หนึ่ง", WHO.author, WHO.computer),
    ]
    assert [(v.number, v.is_head) for v in found] == [(2, True), (1, False)]
    assert [(v.letters, v.longer_by) for v in found] == [(6, 1), (5, 5)]


def test_the_newest_is_what_came_last_whatever_the_clocks_say() -> None:
    field = issue_field(YEAR, "q", Kind.METHOD)
    first = revision(field, (), "หนึ่ง", time="2030-01-01T00:00:00.000+00:00")
    second = revision(field, (first.id,), "สอง", time="1999-01-01T00:00:00.000+00:00")

    assert [v.text for v in versions_of((first, second), {})] == ["สอง", "หนึ่ง"]


def revision(
    field: Field,
    parents: tuple[str, ...],
    text: str,
    *,
    time: str = "2024-01-01T00:00:00.000+00:00",
    device: str = "d",
) -> Revision:
    body = encode(field.kind, from_plain(text))
    return make_revision(field, parents, body, author="ก", device=device, time=time)


def test_what_was_before_is_what_the_writer_saw_not_what_came_in_between() -> None:
    field = issue_field(YEAR, "q", Kind.METHOD)
    base = revision(field, (), "ต้นฉบับ")
    mine = revision(field, (base.id,), "ของฉัน")
    theirs = revision(field, (base.id,), "ของเขา", device="e")

    found = {v.text: v for v in versions_of((base, mine, theirs), {})}

    assert found["ของเขา"].body_before == base.body
    assert found["ของฉัน"].body_before == base.body
    assert found["ต้นฉบับ"].body_before == ""
    assert [found[text].is_head for text in ("ต้นฉบับ", "ของฉัน", "ของเขา")] == [False, True, True]


def test_a_choice_between_two_is_compared_with_what_was_shown() -> None:
    field = issue_field(YEAR, "q", Kind.METHOD)
    base = revision(field, (), "ต้น\nกลาง\nปลาย")
    mine = revision(field, (base.id,), "ต้นใหม่\nกลาง\nปลาย")
    theirs = revision(field, (base.id,), "ต้น\nกลาง\nปลายใหม่", device="e")
    chosen = revision(field, (mine.id, theirs.id), "ต้นใหม่\nกลาง\nปลายใหม่กว่า")

    newest = versions_of((base, mine, theirs, chosen), {})[0]

    assert newest.body_before == revision(field, (), "ต้นใหม่\nกลาง\nปลายใหม่").body


def test_a_lost_parent_is_stood_in_for_by_the_version_before() -> None:
    field = issue_field(YEAR, "q", Kind.METHOD)
    left = revision(field, (), "เหลือ")
    orphan = revision(field, ("f" * 64,), "ลูก")

    assert versions_of((left, orphan), {})[0].body_before == left.body


def test_any_version_comes_back_as_a_new_one_and_can_be_taken_back(project: Project) -> None:
    field, editor = method_of(project), project.editor
    for text in ("หนึ่ง", "สอง", "สาม"):
        write(project, field, text)
    oldest = versions(project, field)[-1]

    undo = editor.apply(restore_edit(editor, field, oldest))

    assert editor.view(field).value.plain == "หนึ่ง"
    assert [v.text for v in versions(project, field)] == ["หนึ่ง", "สาม", "สอง", "หนึ่ง"]
    editor.apply(undo)
    assert editor.view(field).value.plain == "สาม"


def test_the_way_back_survives_a_restart(place: Path) -> None:
    with opened(place) as project:
        field = method_of(project)
        write(project, field, "หนึ่ง")
        write(project, field, "สอง")
    with opened(place) as project:
        project.editor.apply(restore_edit(project.editor, field, versions(project, field)[1]))
    with opened(place) as project:
        assert project.editor.view(field).value.plain == "หนึ่ง"
        assert len(versions(project, field)) == 3


def test_a_version_chosen_before_somebody_else_wrote_is_refused(project: Project) -> None:
    field = method_of(project)
    write(project, field, "หนึ่ง")
    write(project, field, "สอง")
    edit = restore_edit(project.editor, field, versions(project, field)[1])
    write(project, field, "สาม")

    with pytest.raises(HeadsMoved):
        project.editor.apply(edit)


def test_a_level_and_a_tick_have_a_history_too(project: Project) -> None:
    framework = project.editor.round.framework
    level = indicator_field(YEAR, framework.indicator("1.1").id, Kind.LEVEL)
    ticked = issue_field(YEAR, framework.issue("1.1.1").id, Kind.ACTED_ON)
    for field, values in ((level, (3, 4, None)), (ticked, (True, False))):
        for value in values:
            project.editor.apply(project.editor.change(field, value))

    assert [v.text for v in versions(project, level)] == ["ยังไม่ระบุ", "ระดับ ๔", "ระดับ ๓"]
    assert [v.text for v in versions(project, ticked)][-1] == "มีการดำเนินการ"


def test_evidence_that_was_described_otherwise_comes_back(project: Project) -> None:
    editor = project.editor
    issue = editor.round.framework.issue("1.1.1").id
    edit = add_without_file(editor, issue, "โล่รางวัล")
    editor.apply(edit)
    field = next(part.field for part in edit.edits if part.field.kind is Kind.ITEM)
    item = editor.round.items[field.owner]
    editor.apply(editor.change(field, None))

    editor.apply(restore_edit(editor, field, versions(project, field)[1]))

    assert editor.round.items[field.owner] == item


def test_only_a_version_that_says_otherwise_is_worth_going_back_to(project: Project) -> None:
    field = method_of(project)
    for text in ("หนึ่ง", "สอง", "หนึ่ง"):
        write(project, field, text)
    view = project.editor.view(field)

    assert [says_so_already(view, v) for v in versions(project, field)] == [True, False, True]


def test_neighbours_of_a_field_are_offered_in_the_order_of_the_form(project: Project) -> None:
    framework = project.editor.round.framework
    project.editor.apply(add_without_file(project.editor, framework.issue("1.1.1").id, "โล่รางวัล"))

    offered = related_fields(project.editor.round, method_of(project))

    assert [name for _, name in offered] == [
        "๑.๑.๑ วิธีการดำเนินงาน",
        "๑.๑.๑ ผลการดำเนินงาน",
        "๑.๑.๑ มีการดำเนินการ",
        "๑.๑.๑ หลักฐานชัดเจน",
        "๑.๑.๑-๐๑ โล่รางวัล",
        "๑.๑ ระดับที่ประเมินตนเอง",
        "๑.๑ เหตุผลประกอบ",
        "๑.๑ ความเห็นและข้อเสนอแนะ",
        "๑.๑ สถานะ",
    ]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_is_among_its_own_neighbours(project: Project, kind: Kind) -> None:
    framework = project.editor.round.framework
    owners = {
        "issue": framework.issue("1.1.1").id,
        "indicator": framework.indicator("1.1").id,
        "link": f"{framework.issue('1.1.1').id}:x",
    }
    owner = RULES[kind].owner.value
    field = Field(str(YEAR), owners.get(owner, owner), kind)

    assert [name for name, _ in related_fields(project.editor.round, field)].count(field) == 1


def test_only_a_field_of_another_year_is_called_by_its_year(project: Project) -> None:
    issue = project.editor.round.framework.issue("1.1.1").id
    before = issue_field(YEAR - 1, issue, Kind.METHOD)

    names = dict(related_fields(project.editor.round, before))

    assert names.pop(before) == f"๑.๑.๑ วิธีการดำเนินงาน ปี {thai_digits(YEAR - 1)}"
    assert not [name for name in names.values() if "ปี" in name]


def test_the_texts_of_the_book_are_neighbours(project: Project) -> None:
    offered = related_fields(project.editor.round, book_field(YEAR, "foreword"))

    assert (book_field(YEAR, "summary"), "บทสรุป") in offered


@given(st.text("กขงที่ป้ำญูฐุเแโ์ๆ๑๒ abZ.()|<&\u00a0\n😀é", max_size=60))
def test_words_joined_again_are_the_text(text: str) -> None:
    assert "".join(words_with(("คำของเรา",))(text)) == text


def test_thai_is_cut_at_words() -> None:
    words = words_with()("ประชุมคณะกรรมการทุกเดือน ครบทุกคน")

    assert words[:2] == ["ประชุม", "คณะกรรมการ"]
    assert " " in words


def test_two_levels_are_told_whole_one_below_the_other() -> None:
    field = indicator_field(YEAR, "n", Kind.LEVEL)

    one, other = Comparing(field, "5", "3").run()

    assert (one.change, other.change) == ("removed", "added")


@pytest.mark.parametrize("time", ["", "เมื่อวาน", "9999-12-31T23:59:59.999-23:59", "2024-13-01"])
def test_a_time_that_is_none_is_not_known(time: str) -> None:
    assert local_moment(time) is None


def test_a_disk_that_does_not_answer_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PATIENCE", 0.01)

    with pytest.raises(StorageError, match="ดิสก์ยังไม่ตอบ"):
        answer_of(Future())
