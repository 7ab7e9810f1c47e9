from collections.abc import Iterator
from pathlib import Path

import pytest

from esa_desktop.domain.errors import AttachError, Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services import relinking
from esa_desktop.services.evidence_bin import to_bin
from esa_desktop.services.projects import Project
from esa_desktop.services.relinking import Missing, look_for, missing_files, put_back
from tests.projects import new_project, opened
from tests.services.test_evidence_bin import attach


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with opened(new_project(tmp_path)) as there:
        for name in ("ก.txt", "ข.txt"):
            attach(there, tmp_path, "1.2.1", name, f"เนื้อหา {name}")
        there.flush()
        yield there


def lose(project: Project, title: str) -> str:
    item = next(i for i in project.editor.round.items.values() if i.title == title)
    project.path_of(item.files[0].sha256).unlink()
    return item.id


def test_a_project_with_all_its_files_misses_none(project: Project) -> None:
    assert missing_files(project.editor.round, project.folder) == ()


def test_a_file_of_another_size_is_missed_like_one_that_is_gone(project: Project) -> None:
    lost = lose(project, "ก")
    other = next(i for i in project.editor.round.items.values() if i.title == "ข")
    project.path_of(other.files[0].sha256).write_text("สั้น", encoding="utf-8")

    missing = missing_files(project.editor.round, project.folder)

    assert [one.item_id for one in missing] == [lost, other.id]


def test_what_lies_in_the_bin_is_not_missed(project: Project) -> None:
    lost = lose(project, "ก")
    project.editor.apply(to_bin(project.editor, [lost]))

    assert missing_files(project.editor.round, project.folder) == ()


def test_the_same_bytes_are_found_under_another_name_deep_in_a_folder_and_mend_the_project(
    project: Project, tmp_path: Path
) -> None:
    lose(project, "ก")
    deep = tmp_path / "สำรอง" / "ปี ๒๕๕๗"
    deep.mkdir(parents=True)
    (tmp_path / "ก.txt").rename(deep / "เปลี่ยนชื่อแล้ว.dat")

    (found,) = look_for(missing_files(project.editor.round, project.folder), tmp_path)

    assert (found.path.name, found.is_same) == ("เปลี่ยนชื่อแล้ว.dat", True)
    put_back(project.folder, found)
    assert missing_files(project.editor.round, project.folder) == ()


def test_a_file_that_has_only_the_name_is_said_to_be_another_one(
    project: Project, tmp_path: Path
) -> None:
    lose(project, "ก")
    (tmp_path / "ก.txt").write_text("เนื้อหาที่แก้แล้วและยาวกว่า", encoding="utf-8")

    (found,) = look_for(missing_files(project.editor.round, project.folder), tmp_path)

    assert (found.path.name, found.is_same) == ("ก.txt", False)


def test_the_same_bytes_win_over_the_same_name(project: Project, tmp_path: Path) -> None:
    lose(project, "ก")
    other = tmp_path / "a"
    other.mkdir()
    (other / "ก.txt").write_text("คนละเนื้อหา", encoding="utf-8")

    (found,) = look_for(missing_files(project.editor.round, project.folder), tmp_path)

    assert found.is_same


def test_links_are_not_followed(project: Project, tmp_path: Path) -> None:
    lose(project, "ก")
    folder = tmp_path / "ค้น"
    folder.mkdir()
    (folder / "ก.txt").symlink_to(tmp_path / "ก.txt")
    (folder / "วน").symlink_to(folder, target_is_directory=True)

    assert look_for(missing_files(project.editor.round, project.folder), folder) == ()


def test_a_file_that_changed_after_it_was_found_is_not_taken_for_the_lost_one(
    project: Project, tmp_path: Path
) -> None:
    lose(project, "ก")
    (found,) = look_for(missing_files(project.editor.round, project.folder), tmp_path)
    found.path.write_text("แก้ไขแล้ว", encoding="utf-8")

    with pytest.raises(AttachError, match="ค้นหาใหม่"):
        put_back(project.folder, found)


def test_a_search_can_be_stopped(project: Project, tmp_path: Path) -> None:
    lose(project, "ก")
    missing = missing_files(project.editor.round, project.folder)

    with pytest.raises(Cancelled):
        look_for(missing, tmp_path, cancelled=lambda: True)


def test_a_search_can_be_stopped_in_the_middle_of_a_large_file(
    project: Project, tmp_path: Path
) -> None:
    """Some hundred megabytes on a stick take a minute."""
    folder = tmp_path / "ค้น"
    folder.mkdir()
    (folder / "สแกน.pdf").write_bytes(bytes(12 << 20))
    file = EvidenceFile("f" * 64, "อื่น.pdf", 12 << 20)
    looks: list[int] = []

    with pytest.raises(Cancelled):
        look_for(
            [Missing("item", "1.2.1-01", file)],
            folder,
            cancelled=lambda: len(looks) > 4 or bool(looks.append(1)),
        )

    assert len(looks) == 5  # of the twelve pieces it has


def test_a_search_ends_with_the_last_file_that_is_wanted_and_reads_no_other_size(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose(project, "ก")
    folder = tmp_path / "ค้น"
    folder.mkdir()
    (tmp_path / "ก.txt").rename(folder / "a.txt")
    for number in range(50):
        (folder / f"z{number}.txt").write_text("x" * number, encoding="utf-8")
    read: list[Path] = []
    hashed = relinking.sha256_of
    monkeypatch.setattr(
        relinking, "sha256_of", lambda path, watch: read.append(path) or hashed(path, watch)
    )

    look_for(missing_files(project.editor.round, project.folder), folder)

    assert [path.name for path in read] == ["a.txt"]
