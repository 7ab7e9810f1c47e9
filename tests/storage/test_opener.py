from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from esa_desktop.domain.errors import NotAProject
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.copying import copy_project
from esa_desktop.services.known_copies import note
from esa_desktop.services.places import folder_meant
from esa_desktop.services.projects import open_project
from esa_desktop.services.restoring import restore_to
from esa_desktop.storage.layout import BACKUPS, DATABASE, OPENER, SUFFIX
from esa_desktop.storage.opener import WORDS, id_in, put_opener, said_of_a_file
from tests.projects import WHO, new_project, opened


def project_id(place: Path) -> str:
    with opened(place) as project:
        return project.project_id


def test_a_new_project_has_the_file_that_opens_it(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    opener = place / OPENER
    assert opener.read_text(encoding="utf-8-sig").startswith(WORDS)
    assert id_in(opener) == project_id(place)
    assert folder_meant(opener) == place


def test_one_that_lacks_it_gets_it_when_it_is_opened_for_writing(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    (place / OPENER).unlink()
    open_project(place, who=WHO, read_only=True).close()
    assert not (place / OPENER).exists()
    open_project(place, who=WHO).close()
    assert id_in(place / OPENER) == project_id(place)


def test_one_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    (place / OPENER).write_text("ของฉัน", encoding="utf-8")
    open_project(place, who=WHO).close()
    assert (place / OPENER).read_text(encoding="utf-8") == "ของฉัน"


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esa_desktop.storage import opener

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(opener, "write_durably", full)
    put_opener(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [OPENER, "เปิดงานประเมินนี้ (2).esa", "งาน ๒๕๖๘.ESA"])
def test_a_renamed_file_in_a_renamed_folder_still_opens_it(tmp_path: Path, name: str) -> None:
    place = new_project(tmp_path).rename(tmp_path / f"ปี ๒๕๖๘ สำเนา{SUFFIX}")
    opener = (place / OPENER).rename(place / name)
    assert folder_meant(opener) == place


def test_a_copied_project_is_opened_by_the_copied_file(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    copy = tmp_path / f"สำเนา{SUFFIX}"
    with opened(place) as project:
        copy_project(project, copy)
    assert folder_meant(copy / OPENER) == copy


def test_one_that_lies_on_the_desktop_leads_to_where_the_project_was_last_open(
    tmp_path: Path,
) -> None:
    place, user, desktop = new_project(tmp_path), tmp_path / "user", tmp_path / "desktop"
    desktop.mkdir()
    with opened(place) as project:
        note(user, project)
    strayed = (place / OPENER).rename(desktop / OPENER)
    assert folder_meant(strayed, user) == place
    assert folder_meant(strayed) == strayed
    place.rename(tmp_path / "ที่อื่น.esaproj")
    assert folder_meant(strayed, user) == strayed


def noted(user: Path, place: Path) -> Path:
    with opened(place) as project:
        note(user, project)
    return place


def test_it_never_leads_to_another_project_that_was_made_in_the_same_place(tmp_path: Path) -> None:
    place, user, desktop = new_project(tmp_path), tmp_path / "user", tmp_path / "desktop"
    desktop.mkdir()
    noted(user, place)
    strayed = (place / OPENER).rename(desktop / OPENER)
    place.rename(tmp_path / "ที่อื่น.esaproj")
    noted(user, new_project(tmp_path))
    assert folder_meant(strayed, user) == strayed
    assert folder_meant(place / OPENER, user) == place


@pytest.mark.parametrize("name", ["งานเสีย.esaproj", "งานเสีย"])
def test_in_a_damaged_project_it_leads_there_and_not_to_another_copy(
    tmp_path: Path, name: str
) -> None:
    place, user = new_project(tmp_path), tmp_path / "user"
    damaged = tmp_path / name
    shutil.copytree(place, damaged)
    (damaged / BACKUPS).mkdir()
    (damaged / DATABASE).unlink()
    noted(user, place)
    assert folder_meant(damaged / OPENER, user) == damaged


def test_a_link_to_it_leads_to_the_project_it_points_into(tmp_path: Path) -> None:
    place, user = new_project(tmp_path), tmp_path / "user"
    copy = tmp_path / f"สำเนา{SUFFIX}"
    with opened(place) as project:
        copy_project(project, copy)
    noted(user, copy)
    link = tmp_path / "ทางลัด.esa"
    link.symlink_to(place / OPENER)
    circle = tmp_path / "วน.esa"
    circle.symlink_to(circle)
    assert folder_meant(link, user) == place
    assert folder_meant(circle, user) == circle


def test_one_that_came_with_the_files_of_another_project_is_made_anew(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    put_opener(tmp_path, "x")
    (tmp_path / OPENER).replace(place / OPENER)
    assert id_in(place / OPENER) == "x"
    open_project(place, who=WHO).close()
    assert id_in(place / OPENER) == project_id(place)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names in folders there")
def test_a_pipe_of_that_ending_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "ท่อ.esa"
    os.mkfifo(pipe)
    assert id_in(pipe) == ""


def test_a_command_that_is_given_it_is_told_the_folder(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    assert f"เปิดโฟลเดอร์ “{place.name}”" in said_of_a_file(place / OPENER)


def test_a_strange_file_of_that_ending_leads_nowhere(tmp_path: Path) -> None:
    strange = tmp_path / "อะไรสักอย่าง.esa"
    strange.write_bytes(b"\xff\x00" * 50)
    assert id_in(strange) == ""
    assert folder_meant(strange, tmp_path) == strange


def test_a_restored_backup_gets_one_of_its_own(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        backup = back_up(project, Reason.ASKED)
    assert backup is not None
    assert not (backup.folder / OPENER).exists()
    to = restore_to(backup.folder, tmp_path / f"กู้คืน{SUFFIX}")
    open_project(to, who=WHO).close()
    assert folder_meant(to / OPENER) == to


@pytest.mark.parametrize(
    ("name", "word"),
    [("ส่งงาน.esax", "รุ่นใหม่กว่า"), (OPENER, "โฟลเดอร์ของงาน"), ("คำสั่ง.docx", "เป็นไฟล์")],
)
def test_a_file_is_refused_with_a_sentence_that_says_what_it_is(
    tmp_path: Path, name: str, word: str
) -> None:
    file = tmp_path / name
    file.write_text("x", encoding="utf-8")
    with pytest.raises(NotAProject, match=word) as refused:
        open_project(file, who=WHO)
    assert refused.value.sentence == said_of_a_file(file)
    assert file.read_text(encoding="utf-8") == "x"
