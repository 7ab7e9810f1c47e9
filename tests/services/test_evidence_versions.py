import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from esa_desktop.domain.errors import AttachError
from esa_desktop.services.evidence_versions import (
    MOST_REMEMBERED,
    WorkingCopies,
    WorkingCopy,
    arrivals,
    edited,
    new_versions,
    take_out,
    take_version_back,
)
from esa_desktop.services.projects import Project
from esa_desktop.storage.evidence_files import keep
from tests.projects import WHO, new_project, opened
from tests.services.test_evidence_bin import attach


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with opened(new_project(tmp_path)) as there:
        attach(there, tmp_path, "1.2.1", "แผน.txt", "ฉบับแรก")
        there.flush()
        yield there


def only_item(project: Project) -> str:
    (item_id,) = project.editor.round.items
    return item_id


def later(project: Project, folder: Path, words: str, name: str = "แก้แล้ว.txt") -> str:
    """Give the item a newer file; its sha256."""
    item = project.editor.round.items[only_item(project)]
    path = folder / name
    path.write_text(words, encoding="utf-8")
    file = keep(path, project.folder)
    edit = new_versions(project.editor, item.id, {item.files[0].sha256: file})
    project.editor.apply(edit)
    return file.sha256


def test_the_history_knows_when_each_file_became_the_present_one_last(
    project: Project, tmp_path: Path
) -> None:
    item_id = only_item(project)
    first = project.editor.round.items[item_id].files[0].sha256
    second = later(project, tmp_path, "ฉบับที่สอง")
    project.flush()
    before = arrivals(project, item_id)
    assert set(before) == {first, second}
    assert {came.author for came in before.values()} == {WHO.author}
    time.sleep(0.01)

    project.editor.apply(take_version_back(project.editor, item_id, second, first))
    project.flush()
    after = arrivals(project, item_id)

    assert after[second] == before[second]
    assert after[first].moment is not None
    assert before[first].moment is not None
    assert after[first].moment > before[first].moment


def test_the_newer_file_is_the_one_shown_and_the_older_one_is_kept(
    project: Project, tmp_path: Path
) -> None:
    first = project.editor.round.items[only_item(project)].files[0]

    newer = later(project, tmp_path, "ฉบับที่สอง")

    item = project.editor.round.items[only_item(project)]
    assert [file.sha256 for file in item.files] == [newer]
    assert item.files[0].name == "แผน.txt"
    assert item.earlier == (first,)
    assert project.path_of(first.sha256).exists()
    assert (item.code, item.title) == ("1.2.1-01", "แผน")


def test_a_file_of_another_kind_brings_its_own_name(project: Project, tmp_path: Path) -> None:
    later(project, tmp_path, "%PDF-1.4", name="แผน สแกน.pdf")

    assert project.editor.round.items[only_item(project)].files[0].name == "แผน สแกน.pdf"


def test_an_earlier_version_comes_back_and_none_is_lost(project: Project, tmp_path: Path) -> None:
    first = project.editor.round.items[only_item(project)].files[0].sha256
    second = later(project, tmp_path, "ฉบับที่สอง")
    third = later(project, tmp_path, "ฉบับที่สาม")

    project.editor.apply(take_version_back(project.editor, only_item(project), third, first))

    item = project.editor.round.items[only_item(project)]
    assert [file.sha256 for file in item.files] == [first]
    assert [file.sha256 for file in item.earlier] == [second, third]


def test_coming_back_to_an_old_text_keeps_it_once(project: Project, tmp_path: Path) -> None:
    first = project.editor.round.items[only_item(project)].files[0].sha256
    second = later(project, tmp_path, "ฉบับที่สอง")
    again = later(project, tmp_path, "ฉบับแรก")

    item = project.editor.round.items[only_item(project)]
    assert again == first
    assert [file.sha256 for file in item.files] == [first]
    assert [file.sha256 for file in item.earlier] == [second]


def test_what_is_taken_out_can_be_written_and_is_seen_as_edited(
    project: Project, tmp_path: Path
) -> None:
    item = project.editor.round.items[only_item(project)]
    copy = take_out(project.folder, item, item.files[0], tmp_path / "ออก")

    assert Path(copy.path).name == "1.2.1-01 แผน.txt"
    assert edited([copy]) == ()
    assert os.access(copy.path, os.W_OK)
    Path(copy.path).write_text("แก้แล้ว", encoding="utf-8")
    assert edited([copy]) == (copy,)
    Path(copy.path).write_text("", encoding="utf-8")
    assert edited([copy]) == ()  # a program empties a file before it writes it
    Path(copy.path).unlink()
    assert edited([copy]) == ()


def test_nobodys_work_is_written_over_when_a_file_is_taken_out_again(
    project: Project, tmp_path: Path
) -> None:
    item = project.editor.round.items[only_item(project)]
    first = take_out(project.folder, item, item.files[0], tmp_path)
    Path(first.path).write_text("งานของใครบางคน", encoding="utf-8")

    second = take_out(project.folder, item, item.files[0], tmp_path)

    assert second.path != first.path
    assert Path(first.path).read_text(encoding="utf-8") == "งานของใครบางคน"


def test_a_damaged_file_is_not_handed_out(project: Project, tmp_path: Path) -> None:
    item = project.editor.round.items[only_item(project)]
    project.path_of(item.files[0].sha256).write_bytes(b"\0" * item.files[0].size)

    with pytest.raises(AttachError, match="เสียหาย"):
        take_out(project.folder, item, item.files[0], tmp_path / "ออก")

    assert list((tmp_path / "ออก").iterdir()) == []


def test_copies_are_remembered_over_restarts_and_apart_for_each_project(tmp_path: Path) -> None:
    file = tmp_path / "copies.json"
    ours, theirs = WorkingCopies(file, "a"), WorkingCopies(file, "b")
    copy = WorkingCopy("/x/๑.docx", "item", "ff", 3, 4)
    ours.remember(copy)
    theirs.remember(WorkingCopy("/y", "item", "ee", 1, 2))

    assert WorkingCopies(file, "a").all() == (copy,)
    ours.forget(copy.path)
    assert WorkingCopies(file, "a").all() == ()
    assert len(WorkingCopies(file, "b").all()) == 1


def test_the_oldest_copies_are_forgotten_first(tmp_path: Path) -> None:
    copies = WorkingCopies(tmp_path / "copies.json", "a")
    for number in range(MOST_REMEMBERED + 2):
        copies.remember(WorkingCopy(f"/{number}", "item", "ff", 1, number))

    assert len(copies.all()) == MOST_REMEMBERED
    assert copies.all()[0].path == "/2"


@pytest.mark.parametrize("said", ["", "[]", '{"a": 5}', '{"a": {"/x": {"size": "many"}}}', "{"])
def test_a_damaged_list_of_copies_is_an_empty_one(tmp_path: Path, said: str) -> None:
    file = tmp_path / "copies.json"
    file.write_text(said, encoding="utf-8")

    assert WorkingCopies(file, "a").all() == ()
