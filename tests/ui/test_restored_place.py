from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services.backing_up import Backup, Reason, back_up
from esa_desktop.services.restoring import Restored
from esa_desktop.ui.restored_place import free_place, lost_words
from tests.projects import new_project, opened


@pytest.fixture
def backup(tmp_path: Path) -> Backup:
    with opened(new_project(tmp_path)) as project:
        made = back_up(project, Reason.ASKED)
    assert made is not None
    return replace(made, title="เวียงสายธาร ๒๕๖๘", time="2025-08-05T12:00:00.000+00:00")


def test_the_new_name_tells_of_what_day_it_is(tmp_path: Path, backup: Backup) -> None:
    assert free_place(tmp_path, backup).name == "เวียงสายธาร ๒๕๖๘ กู้คืนจาก 2568-08-05.esaproj"


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path, backup: Backup) -> None:
    names = []
    for _ in range(3):
        place = free_place(tmp_path, backup)
        place.mkdir()
        names.append(place.name)

    assert len(set(names)) == 3
    assert names[2].endswith("(3).esaproj")


@pytest.mark.parametrize("title", ["", "ก" * 400, "CON", "a/b:c*?", "งาน.esaproj", "ชื่อ. . "])
def test_every_title_gives_names_without_end(tmp_path: Path, backup: Backup, title: str) -> None:
    for _ in range(3):
        place = free_place(tmp_path, replace(backup, title=title))
        assert place.parent == tmp_path
        assert place.suffix == ".esaproj"
        place.mkdir()


def test_what_is_missing_is_counted_and_some_of_it_named(tmp_path: Path) -> None:
    files = tuple(EvidenceFile(str(n) * 64, f"ไฟล์ {n}.pdf", 1) for n in range(8))

    words = lost_words(Restored(tmp_path, files))

    assert "๘ ไฟล์: ไฟล์ 0.pdf · ไฟล์ 1.pdf" in words
    assert words.endswith("ไฟล์ 4.pdf …")
    assert lost_words(Restored(tmp_path, ())) == ""
