import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain import richtext
from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.services.attaching import attach
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.health import Health, check_health
from esa_desktop.services.projects import Project
from esa_desktop.storage import evidence_files
from tests.projects import YEAR, new_project, opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = new_project(tmp_path)
    with opened(place) as work:
        first = next(issue.id for _, _, issue in work.editor.round.framework.issues())
        for number in range(3):
            scan = tmp_path / f"คำสั่ง {number}.pdf"
            scan.write_bytes(b"%PDF scan " + bytes([number]) * 3000)
            kept_file = evidence_files.keep(scan, place)
            edit = attach(work.editor, first, [kept_file], title=f"คำสั่งที่ {number}")
            work.editor.apply(edit)
        for words in ("แต่งตั้ง", "แต่งตั้งคณะกรรมการ"):
            field = issue_field(YEAR, first, Kind.METHOD)
            work.editor.apply(work.editor.change(field, richtext.from_plain(words)))
    return place


def health_of(place: Path) -> Health:
    with opened(place) as work:
        return check_health(work)


def files_of(work: Project) -> list[EvidenceFile]:
    return [file for item in work.editor.round.items.values() for file in item.files]


def test_a_sound_project_is_whole(place: Path) -> None:
    health = health_of(place)
    assert health.is_whole
    assert (health.evidence_missing, health.evidence_changed, health.orphans) == ((), (), (0, 0))
    assert health.examination.files.keys() == {f.sha256 for f in kept(place)}


def kept(place: Path) -> list[EvidenceFile]:
    with opened(place) as work:
        return files_of(work)


def test_a_file_that_is_gone_is_named_with_its_item(place: Path) -> None:
    gone = kept(place)[1]
    (place / "evidence" / gone.sha256[:2] / gone.sha256).unlink()
    health = health_of(place)
    ((item, name, sha256),) = health.evidence_missing
    assert (name, sha256) == (gone.name, gone.sha256)
    assert item.startswith("1.1.1-")
    assert gone.name.rpartition(" ")[0] in health.sentences()[0]
    assert not health.is_whole


@pytest.mark.parametrize("change", ["bit", "longer", "shorter", "folder"])
def test_a_file_that_changed_is_named(place: Path, change: str) -> None:
    changed = kept(place)[0]
    path = place / "evidence" / changed.sha256[:2] / changed.sha256
    content = path.read_bytes()
    path.unlink()
    if change == "folder":
        path.mkdir()
    else:
        flipped = content[:100] + bytes([content[100] ^ 1]) + content[101:]
        path.write_bytes(
            {"bit": flipped, "longer": content + b"x", "shorter": content[:-1]}[change]
        )
    health = health_of(place)
    told = [*health.evidence_missing, *health.evidence_changed]
    assert [sha256 for *_, sha256 in told] == [changed.sha256]


def test_files_nobody_knows_are_counted_and_are_no_fault(place: Path) -> None:
    (place / "evidence" / "new.0123abcd.part").write_bytes(bytes(500))
    (place / "evidence" / "ab").mkdir(exist_ok=True)
    (place / "evidence" / "ab" / ("ab" * 32)).write_bytes(bytes(700))
    health = health_of(place)
    assert health.orphans == (2, 1200)
    assert health.is_whole


def test_a_changed_row_is_no_secret(place: Path) -> None:
    with closing(sqlite3.connect(place / "project.db")) as connection, connection:
        # Not a head: opening looks at those itself.
        connection.execute(
            "UPDATE revision SET author='x' WHERE id NOT IN (SELECT revision FROM head)"
        )
    health = health_of(place)
    assert not health.is_whole
    assert health.is_damaged
    assert "เสียหาย" in health.sentences()[0]
    assert "ปิดงานแล้วกู้คืน" in health.sentences()[0]
    assert "กรุณาสำรองข้อมูล" not in " ".join(health.sentences())  # a damaged file is no backup


def test_evidence_of_a_damaged_project_is_never_called_unused(place: Path) -> None:
    with closing(sqlite3.connect(place / "project.db")) as connection, connection:
        connection.execute("DELETE FROM evidence_file")
    assert health_of(place).orphans[0] == 3  # else nothing is proven by what follows
    with closing(sqlite3.connect(place / "project.db")) as connection, connection:
        connection.execute(
            "UPDATE revision SET author='x' WHERE id NOT IN (SELECT revision FROM head)"
        )
    health = health_of(place)
    assert health.orphans == (0, 0)
    told = " ".join(health.sentences())
    assert "ไม่ได้ใช้" not in told
    assert "ไฟล์หลักฐานครบถ้วน" not in told


def test_revisions_are_counted_as_changes(place: Path) -> None:
    told = " ".join(health_of(place).sentences())
    assert "รวมการแก้ไข" in told
    assert "ครั้ง" in told
    assert "ฉบับ" not in told


def test_saving_goes_on_while_it_is_checked(place: Path) -> None:
    with opened(place) as work:
        first = next(issue.id for _, _, issue in work.editor.round.framework.issues())
        field = issue_field(YEAR, first, Kind.RESULTS)
        found: list[Health] = []
        checking = threading.Thread(target=lambda: found.append(check_health(work)))
        checking.start()
        for number in range(20):
            work.editor.apply(work.editor.change(field, richtext.from_plain(f"ฉบับที่ {number}")))
            work.flush()
        checking.join(20)
        assert found[0].is_whole
        assert work.editor.view(field).value.plain == "ฉบับที่ 19"


def test_it_can_be_cancelled_and_leaves_nothing(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with opened(place) as work:
        for after in (0, 1, 3):
            asked = iter([False] * after)
            with pytest.raises(Cancelled):
                check_health(work, cancelled=lambda asked=asked: next(asked, True))
    assert list(scratch.iterdir()) == []


def test_progress_reaches_its_end(place: Path) -> None:
    told: list[tuple[int, int]] = []
    with opened(place) as work:
        check_health(work, progress=lambda done, size: told.append((done, size)))
    assert told[-1][0] == told[-1][1] > 9000
    assert told == sorted(told)


def test_backups_are_counted(place: Path) -> None:
    assert "ยังไม่มีข้อมูลสำรอง" in health_of(place).sentences()[-1]
    with opened(place) as work:
        back_up(work, Reason.ASKED)
    health = health_of(place)
    assert health.backups == 1
    assert health.newest_backup
    assert "ล่าสุดเมื่อวันที่" in health.sentences()[-1]


def test_many_missing_files_are_a_number_not_a_page(place: Path) -> None:
    for file in kept(place):
        (place / "evidence" / file.sha256[:2] / file.sha256).unlink()
    many = health_of(place)
    told = replace(many, evidence_missing=many.evidence_missing * 9)
    assert "และอีก ๒๒ ไฟล์" in told.sentences()[0]
    assert len(told.sentences()[0]) < 500


def test_damage_under_an_open_project_is_seen_though_its_pages_are_in_memory(place: Path) -> None:
    with opened(place) as work:
        work.flush()
        database = place / "project.db"
        with database.open("rb+") as file:  # drops the lock on Linux: nobody else is here
            content = file.read()
            at = content.index(b"%d" % YEAR, 4096)
            file.seek(at - at % 4096)
            file.write(bytes(4096))
        damaged = check_health(work)
        database.write_bytes(content)
        assert not damaged.is_whole
        assert check_health(work).is_whole


def test_numbers_are_thai_and_names_of_files_stay_as_they_are(place: Path, tmp_path: Path) -> None:
    source = tmp_path / "ภาพ 01.jpg"
    source.write_bytes(b"picture 01")
    with opened(place) as work:
        issue = work.editor.round.framework.issue("1.2.1").id
        file = evidence_files.keep(source, work.folder)
        work.editor.apply(attach(work.editor, issue, [file]))
    evidence_files.path_of(place, file.sha256).unlink()
    said = " ".join(health_of(place).sentences())
    assert "“ภาพ 01.jpg”" in said
    assert "๑ ไฟล์" in said
