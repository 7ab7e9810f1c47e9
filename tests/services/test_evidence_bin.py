import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from esa_desktop.domain.edits import Batch
from esa_desktop.domain.errors import AttachError, ReadOnlyProject, StorageError
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import Kind, issue_field, item_field, link_field
from esa_desktop.domain.richtext import Image, RichText
from esa_desktop.services import attaching, evidence_bin
from esa_desktop.services.evidence_bin import (
    Emptied,
    begin_emptying,
    binned,
    files_only_in,
    finish_emptying,
    from_bin,
    places_of,
    to_bin,
)
from esa_desktop.services.projects import Project, open_project
from esa_desktop.storage import evidence_files
from tests.projects import WHO, new_project, opened


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with opened(new_project(tmp_path)) as there:
        for code, name in (("1.2.1", "ก.txt"), ("1.2.1", "ข.txt"), ("1.2.2", "ค.txt")):
            attach(there, tmp_path, code, name, f"เนื้อหา {name}")
        yield there


def attach(project: Project, folder: Path, code: str, name: str, words: str) -> str:
    """The id of the new item."""
    path = folder / name
    path.write_text(words, encoding="utf-8")
    before = set(project.editor.round.items)
    intake = attaching.take_in(project.folder, [path])
    issue = project.editor.round.framework.issue(code)
    project.editor.apply(attaching.attach(project.editor, issue.id, intake.files))
    (new,) = set(project.editor.round.items) - before
    return new


def empty_bin(project: Project, item_ids: list[str] | None = None) -> Emptied:
    return finish_emptying(project, begin_emptying(project.editor, item_ids))


def titles(project: Project, code: str) -> list[str]:
    assessed = project.editor.round
    return [item.title for item in assessed.evidence_of(assessed.framework.issue(code).id)]


def called(project: Project, title: str) -> str:
    return next(i.id for i in project.editor.round.items.values() if i.title == title)


def test_what_is_in_the_bin_serves_nothing_and_comes_back_where_it_was(project: Project) -> None:
    first = called(project, "ก")
    editor = project.editor
    editor.apply(attaching.share(editor, editor.round.framework.issue("1.2.2").id, [first]))

    editor.apply(to_bin(editor, [first]))

    assert titles(project, "1.2.1") == ["ข"]
    assert titles(project, "1.2.2") == ["ค"]
    assert [item.title for item in binned(editor.round)] == ["ก"]
    assert places_of(editor, first) == ()

    editor.apply(from_bin(editor, [first]))

    assert titles(project, "1.2.1") == ["ก", "ข"]
    assert titles(project, "1.2.2") == ["ค", "ก"]
    assert binned(editor.round) == ()


def test_undoing_is_as_if_nothing_had_been_thrown_away(project: Project) -> None:
    before = project.editor.round
    back = project.editor.apply(to_bin(project.editor, list(before.items)))

    project.editor.apply(back)

    assert project.editor.round == before


def test_an_emptied_bin_leaves_no_file_behind_and_says_how_much_room_it_gave(
    project: Project,
) -> None:
    item = project.editor.round.items[called(project, "ก")]
    other = project.editor.round.items[called(project, "ข")]
    project.editor.apply(to_bin(project.editor, [item.id]))

    emptied = empty_bin(project)

    assert (emptied.items, emptied.size, emptied.left) == (1, item.files[0].size, 0)
    assert not project.path_of(item.files[0].sha256).exists()
    assert project.path_of(other.files[0].sha256).exists()
    assert item.id not in project.editor.round.items
    known = project.ask(lambda store: store.load().files).result(10)
    assert known == {f.sha256 for i in project.editor.round.items.values() for f in i.files}


def test_only_what_was_chosen_leaves_the_bin(project: Project) -> None:
    first, second = called(project, "ก"), called(project, "ข")
    project.editor.apply(to_bin(project.editor, [first, second]))

    empty_bin(project, [first])

    assert [item.id for item in binned(project.editor.round)] == [second]


def test_nothing_outside_the_bin_is_emptied_even_when_it_is_asked_for(project: Project) -> None:
    item = project.editor.round.items[called(project, "ก")]

    assert empty_bin(project, [item.id]).items == 0
    assert project.path_of(item.files[0].sha256).exists()


def test_a_file_that_another_item_has_too_stays(project: Project, tmp_path: Path) -> None:
    first = called(project, "ก")
    twin = attach(project, tmp_path, "1.2.2", "ชื่ออื่น.txt", "เนื้อหา ก.txt")
    (file,) = project.editor.round.items[twin].files
    assert file.sha256 == project.editor.round.items[first].files[0].sha256
    project.editor.apply(to_bin(project.editor, [first]))

    emptied = empty_bin(project)

    assert (emptied.items, emptied.size) == (1, 0)
    assert project.path_of(file.sha256).exists()


def test_a_picture_that_stands_in_a_text_stays(project: Project) -> None:
    item = project.editor.round.items[called(project, "ก")]
    (file,) = item.files
    year = project.editor.round.fiscal_year
    issue = project.editor.round.framework.issue("1.2.1")
    text = RichText((Image(file.sha256, 100.0),))
    field = issue_field(year, issue.id, Kind.METHOD)
    project.editor.apply(project.editor.change(field, text))
    project.editor.apply(to_bin(project.editor, [item.id]))

    assert files_only_in(project.editor, [item.id]) == {}


def test_undo_of_what_left_with_the_bin_is_refused_with_a_sentence_and_changes_nothing(
    project: Project,
) -> None:
    item_id = called(project, "ก")
    item = project.editor.round.items[item_id]
    project.editor.apply(to_bin(project.editor, [item_id]))
    empty_bin(project)
    before = project.editor.round

    with pytest.raises(AttachError, match="ลบออกจากถังขยะแล้ว"):
        project.editor.apply(project.editor.change(item_field(item_id), item))

    assert project.editor.round == before
    project.flush()  # and the writer has nothing to refuse


def test_the_files_stay_while_the_disk_refuses_the_change(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = project.editor.round.items[called(project, "ก")]
    project.editor.apply(to_bin(project.editor, [item.id]))
    project.flush()

    def refuse(_timeout: float = 30) -> None:
        raise StorageError("ดิสก์เต็ม")

    with monkeypatch.context() as patched:
        patched.setattr(project, "wait_until_saved", refuse)
        with pytest.raises(StorageError):
            empty_bin(project)

    assert project.path_of(item.files[0].sha256).exists()


def test_a_file_that_cannot_be_removed_is_counted_and_the_rest_goes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = called(project, "ก"), called(project, "ข")
    held = project.editor.round.items[first].files[0]
    other = project.editor.round.items[second].files[0]
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == held.sha256:
            raise PermissionError(13, "in use")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    project.editor.apply(to_bin(project.editor, [first, second]))
    emptied = empty_bin(project)

    assert (emptied.items, emptied.size, emptied.left) == (2, other.size, 1)


def test_a_project_that_is_only_read_keeps_its_bin(tmp_path: Path) -> None:
    folder = new_project(tmp_path)
    project = open_project(folder, who=WHO, read_only=True)
    try:
        with pytest.raises(ReadOnlyProject):
            empty_bin(project)
    finally:
        project.close()


def test_what_was_emptied_is_gone_after_reopening_and_the_rest_is_there(tmp_path: Path) -> None:
    folder = new_project(tmp_path)
    with opened(folder) as project:
        gone = attach(project, tmp_path, "1.2.1", "ก.txt", "หนึ่ง")
        stays = attach(project, tmp_path, "1.2.1", "ข.txt", "สอง")
        project.editor.apply(to_bin(project.editor, [gone]))
        empty_bin(project)
    with opened(folder) as project:
        assert set(project.editor.round.items) == {stays}
        (file,) = project.editor.round.items[stays].files
        assert evidence_files.is_kept(project.folder, file)


def test_a_file_that_is_attached_again_while_the_bin_is_emptied_stays(
    project: Project, tmp_path: Path
) -> None:
    first = called(project, "ก")
    project.editor.apply(to_bin(project.editor, [first]))
    copied = attaching.take_in(project.folder, [tmp_path / "ก.txt"]).files  # by a worker

    going = begin_emptying(project.editor)
    issue = project.editor.round.framework.issue("1.3.1")
    project.editor.apply(attaching.attach(project.editor, issue.id, copied))
    emptied = finish_emptying(project, going)
    project.flush()

    assert project.path_of(copied[0].sha256).exists()
    assert (emptied.items, emptied.size, emptied.left) == (1, 0, 0)


def test_a_picture_in_a_text_that_is_only_typed_so_far_stays(project: Project) -> None:
    item = project.editor.round.items[called(project, "ก")]
    issue = project.editor.round.framework.issue("1.2.1")
    field = issue_field(project.editor.round.fiscal_year, issue.id, Kind.METHOD)
    project.editor.apply(to_bin(project.editor, [item.id]))
    project.editor.type_value(field, RichText((Image(item.files[0].sha256, 100.0),)))

    empty_bin(project)

    assert project.path_of(item.files[0].sha256).exists()


def test_what_lies_in_the_bin_already_does_not_forget_where_it_served(project: Project) -> None:
    first = called(project, "ก")
    project.editor.apply(to_bin(project.editor, [first]))
    project.editor.apply(to_bin(project.editor, [first, first, "nobody"]))

    project.editor.apply(from_bin(project.editor, [first, first, "nobody"]))

    assert titles(project, "1.2.1") == ["ก", "ข"]


@pytest.mark.alone
def test_thousands_are_thrown_away_and_taken_back_in_a_moment(project: Project) -> None:
    """Going through all fields once an item took six seconds, on the window's thread."""
    editor = project.editor
    issue = editor.round.framework.issue("1.2.1").id
    names = [f"item{n}" for n in range(3000)]
    editor.keep_files([file := editor.round.items[called(project, "ก")].files[0]])
    edits = [
        edit
        for n, name in enumerate(names)
        for edit in (
            editor.change(item_field(name), Evidence(name, f"1.2.1-{n}", "เรื่อง", files=(file,))),
            editor.change(link_field(editor.round.fiscal_year, issue, name), f"m{n:05}"),
        )
    ]
    editor.apply(Batch(tuple(edits)))

    began = time.perf_counter()
    thrown = to_bin(editor, names[:1500])
    assert time.perf_counter() - began < 2

    assert len(thrown.edits) == 3000


@pytest.mark.alone
def test_files_that_go_are_told_from_those_that_stay_in_a_moment() -> None:
    """Looking for each name in each text took seconds, on the window's thread."""
    names = [f"{n:064x}" for n in range(2000)]
    assert names[7] in evidence_bin._HASHES.findall(f'{{"sha256":"{names[7]}"}}')
    text = "ข้อความที่ยาว" * 400 + names[7]

    began = time.perf_counter()
    found = {name for _ in range(300) for name in evidence_bin._HASHES.findall(text)}
    assert time.perf_counter() - began < 2

    assert found & set(names) == {names[7]}
