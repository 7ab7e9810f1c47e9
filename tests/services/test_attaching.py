import hashlib
from datetime import date
from pathlib import Path

import pytest

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services import attaching
from esa_desktop.services.projects import Project
from esa_desktop.services.title_proposal import Proposal
from esa_desktop.storage.evidence_files import path_of
from tests.projects import new_project, opened


def write(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(f"เนื้อหาของ {path.name}", encoding="utf-8")
    return paths


def attached(project: Project, code: str, *paths: Path, title: str = "") -> Edit:
    """Attach files to the issue of a code; the edit that takes it back."""
    intake = attaching.take_in(project.folder, paths)
    issue = project.editor.round.framework.issue(code)
    edit = attaching.attach(project.editor, issue.id, intake.files, title=title)
    return project.editor.apply(edit)


def codes(project: Project, code: str) -> list[str]:
    assessed = project.editor.round
    return [item.code for item in assessed.evidence_of(assessed.framework.issue(code).id)]


def test_every_file_becomes_an_item_with_the_next_code(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "คำสั่ง_๑.pdf", "ภาพ.jpg"))
        attached(project, "1.2.1", *write(tmp_path, "ทะเบียน.xlsx"))

        assert codes(project, "1.2.1") == ["1.2.1-01", "1.2.1-02", "1.2.1-03"]
        items = project.editor.round.evidence_of(project.editor.round.framework.issue("1.2.1").id)
        assert [item.title for item in items] == ["คำสั่ง ๑", "ภาพ", "ทะเบียน"]
        assert [item.kind for item in items] == ["เอกสาร", "ภาพถ่าย", "ตาราง"]


def test_what_a_document_says_of_itself_is_part_of_the_step_that_attaches_it(
    tmp_path: Path,
) -> None:
    with opened(new_project(tmp_path)) as project:
        files = attaching.take_in(project.folder, write(tmp_path, "scan1.pdf", "ภาพ.jpg")).files
        issue = project.editor.round.framework.issue("1.2.1").id
        said = {files[0].sha256: Proposal("คำสั่งแต่งตั้ง", "คำสั่ง", "ที่ ๑๒/๒๕๕๗", date(2014, 1, 3))}

        back = project.editor.apply(attaching.attach(project.editor, issue, files, proposals=said))

        first, second = project.editor.round.evidence_of(issue)
        assert (first.title, first.kind, first.number) == ("คำสั่งแต่งตั้ง", "คำสั่ง", "ที่ ๑๒/๒๕๕๗")
        assert first.date == date(2014, 1, 3)
        assert (second.title, second.kind, second.number) == ("ภาพ", "ภาพถ่าย", "")
        project.editor.apply(back)
        assert project.editor.round.items == {}


def test_a_title_that_was_given_is_never_replaced_by_a_proposal(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        files = attaching.take_in(project.folder, write(tmp_path, "scan1.pdf")).files
        issue = project.editor.round.framework.issue("1.2.1").id
        said = {files[0].sha256: Proposal("คำสั่งแต่งตั้ง")}

        project.editor.apply(
            attaching.attach(project.editor, issue, files, title="ที่พิมพ์เอง", proposals=said)
        )

        assert [item.title for item in project.editor.round.items.values()] == ["ที่พิมพ์เอง"]


@pytest.mark.parametrize("name", ["a.pdf.exe", "ใบงาน.docm", "a.exe.pdf"])
def test_the_title_of_a_file_that_may_run_is_its_whole_name(tmp_path: Path, name: str) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, name))

        assert [item.title for item in project.editor.round.items.values()] == [name]


def test_a_name_of_nothing_but_signs_is_still_a_title(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "___.txt"))

        assert [item.title for item in project.editor.round.items.values()] == ["___.txt"]


def test_files_with_one_title_are_one_item(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "หน้า1.png", "หน้า2.png"), title="คำสั่ง")

        (item,) = project.editor.round.items.values()
        assert (item.title, len(item.files)) == ("คำสั่ง", 2)


def test_a_code_is_never_given_twice_even_when_its_item_was_detached(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "a.txt"))
        issue = project.editor.round.framework.issue("1.2.1").id
        (item_id,) = project.editor.round.items
        project.editor.apply(attaching.detach(project.editor, issue, [item_id]))

        attached(project, "1.2.1", *write(tmp_path, "b.txt"))

        assert codes(project, "1.2.1") == ["1.2.1-02"]


def test_undoing_an_attachment_takes_the_item_away_and_redoing_brings_it_back(
    tmp_path: Path,
) -> None:
    with opened(new_project(tmp_path)) as project:
        back = attached(project, "1.2.1", *write(tmp_path, "a.txt"))

        again = project.editor.apply(back)
        assert project.editor.round.items == {}

        project.editor.apply(again)
        assert codes(project, "1.2.1") == ["1.2.1-01"]


def test_a_shared_item_serves_both_issues_with_one_code(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "a.txt"))
        (item_id,) = project.editor.round.items
        other = project.editor.round.framework.issue("1.2.2").id

        project.editor.apply(attaching.share(project.editor, other, [item_id]))

        assert codes(project, "1.2.1") == codes(project, "1.2.2") == ["1.2.1-01"]
        assert len(project.editor.round.issues_of(item_id)) == 2


def test_a_moved_item_leaves_its_issue_and_keeps_its_code(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "a.txt"))
        (item_id,) = project.editor.round.items
        find = project.editor.round.framework.issue

        project.editor.apply(
            attaching.move(project.editor, find("1.2.1").id, find("1.3.1").id, [item_id])
        )

        assert (codes(project, "1.2.1"), codes(project, "1.3.1")) == ([], ["1.2.1-01"])


def test_an_item_can_be_put_before_another_and_at_the_end(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "a.txt", "b.txt", "c.txt"))
        issue = project.editor.round.framework.issue("1.2.1").id
        first, _, third = project.editor.round.issue(issue).evidence

        project.editor.apply(attaching.reorder(project.editor, issue, third, first))
        assert codes(project, "1.2.1") == ["1.2.1-03", "1.2.1-01", "1.2.1-02"]

        project.editor.apply(attaching.reorder(project.editor, issue, first, None))
        assert codes(project, "1.2.1") == ["1.2.1-03", "1.2.1-02", "1.2.1-01"]


def test_what_is_said_about_an_item_changes_and_its_files_stay(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        attached(project, "1.2.1", *write(tmp_path, "a.txt"))
        (item,) = project.editor.round.items.values()

        project.editor.apply(
            attaching.describe(
                project.editor,
                item.id,
                title="คำสั่งที่ ๔๗",
                kind="เอกสาร",
                number="ที่ ศธ ๐๔๐๐๑/๔๗",
                dated=date(2014, 6, 11),
            )
        )

        changed = project.editor.round.items[item.id]
        assert (changed.title, changed.number, changed.date) == (
            "คำสั่งที่ ๔๗",
            "ที่ ศธ ๐๔๐๐๑/๔๗",
            date(2014, 6, 11),
        )
        assert (changed.code, changed.files) == (item.code, item.files)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        good, gone = write(tmp_path, "ดี.txt", "หาย.txt")
        gone.unlink()

        intake = attaching.take_in(project.folder, [gone, good])

        assert [file.name for file in intake.files] == ["ดี.txt"]
        assert [str(error) for error in intake.refused if "หาย.txt" in str(error)]


def test_an_intake_that_is_cancelled_says_so(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project, pytest.raises(Cancelled):
        attaching.take_in(project.folder, write(tmp_path, "a.txt"), cancelled=lambda: True)


def test_files_copied_at_once_come_in_the_order_given_and_are_told_one_by_one(
    tmp_path: Path,
) -> None:
    with opened(new_project(tmp_path)) as project:
        sources = write(tmp_path, *(f"{number:02}.txt" for number in range(30)))
        for number, source in enumerate(sources):
            source.write_bytes(source.read_bytes() * (1 if number % 3 else 50_000))
        told: list[tuple[int, int]] = []

        intake = attaching.take_in(
            project.folder, sources, progress=lambda *step: told.append(step)
        )

        assert [file.name for file in intake.files] == [source.name for source in sources]
        assert told == [(done, 30) for done in range(31)]
        for file, source in zip(intake.files, sources, strict=True):
            assert project.path_of(file.sha256).read_bytes() == source.read_bytes()


def test_an_intake_cancelled_in_the_middle_leaves_no_half_file(tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        sources = write(tmp_path, *(f"{number:02}.txt" for number in range(30)))
        done: list[int] = []

        with pytest.raises(Cancelled):
            attaching.take_in(
                project.folder,
                sources,
                cancelled=lambda: len(done) > 5,
                progress=lambda number, _: done.append(number),
            )

        lying = [path for path in (project.folder / "evidence").rglob("*") if path.is_file()]
        assert len(lying) < 30
        assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in lying)


def test_a_file_taken_away_right_after_it_was_copied_costs_none_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    sources = []
    for number in range(3):
        sources.append(tmp_path / f"หลักฐาน {number}.pdf")
        sources[-1].write_bytes(b"%PDF" + bytes([number]))
    real = attaching.keep

    def scanned(source: Path, folder: Path, **how: object) -> EvidenceFile:
        file = real(source, folder, **how)  # type: ignore[arg-type]
        if source == sources[1]:
            path_of(folder, file.sha256).unlink()
        return file

    monkeypatch.setattr(attaching, "keep", scanned)
    with opened(place) as project:
        intake = attaching.take_in(place, sources)
        issue = project.editor.round.framework.issue("1.1.1").id
        project.editor.apply(attaching.attach(project.editor, issue, intake.files))
    assert [file.name for file in intake.files] == ["หลักฐาน 0.pdf", "หลักฐาน 2.pdf"]
    assert "หลักฐาน 1.pdf" in str(intake.refused[0])
    with opened(place) as project:
        assert len(project.editor.round.items) == 2
