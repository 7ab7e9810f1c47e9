import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.domain import richtext
from esa_desktop.domain.errors import DamagedProject, NotAProject
from esa_desktop.domain.fields import Field, Kind, framework_field, indicator_field, issue_field
from esa_desktop.domain.revision import make_revision
from esa_desktop.services.attaching import attach
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.mirroring import mirror
from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.recovering import FROM_MIRROR, look_at_damage, recover
from esa_desktop.storage import evidence_files
from esa_desktop.storage.examination import examine
from esa_desktop.storage.store import Write
from tests.projects import OTHER, WHO, YEAR, new_project, opened

PAGE = 4096


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two texts, a level, evidence; backed up and mirrored; then one more text."""
    place = new_project(tmp_path)
    scan = tmp_path / "คำสั่ง.pdf"
    scan.write_bytes(b"%PDF scan")
    with opened(place) as work:
        write(work, method(work), "แต่งตั้งคณะกรรมการ")
        write(work, results(work), "ดำเนินการครบถ้วน")
        kept = evidence_files.keep(scan, place)
        work.editor.apply(attach(work.editor, issue_of(work), [kept]))
        work.flush()
        back_up(work, Reason.ASKED)
        write(work, method(work), "แต่งตั้งคณะกรรมการ ครั้งที่ ๒")
        work.flush()
        mirror(work.folder, work.project_id, work.editor.views)
    return place


def issue_of(work: Project) -> str:
    return next(issue.id for _, _, issue in work.editor.round.framework.issues())


def method(work: Project) -> Field:
    return issue_field(YEAR, issue_of(work), Kind.METHOD)


def results(work: Project) -> Field:
    return issue_field(YEAR, issue_of(work), Kind.RESULTS)


def write(work: Project, field: Field, text: str) -> None:
    work.editor.apply(work.editor.change(field, richtext.from_plain(text)))


def lose(place: Path, where: str, *values: object) -> None:
    """Damage the bodies of these revisions so that nothing proves them any more."""
    with closing(sqlite3.connect(place / "project.db")) as connection, connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"UPDATE revision SET body=x'00' WHERE {where}", values)


def no_backups(place: Path) -> None:
    shutil.rmtree(place / "backups")


def no_mirror(place: Path) -> None:
    shutil.rmtree(place / "mirror")


def test_a_look_tells_what_is_whole_and_changes_nothing(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    damage = look_at_damage(project)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    assert damage.can_recover
    assert (damage.lost, damage.from_mirror, damage.backups) == (0, 0, 1)
    assert damage.whole == damage.from_database == examine(project / "project.db").revisions
    assert damage.evidence_files == 1
    first = damage.parts[0]
    assert (first.year, first.code, first.lost) == (str(YEAR), "1.1", 0)
    assert first.whole >= 4
    assert sum(part.whole for part in damage.parts) == damage.whole


def test_a_look_says_of_each_indicator_what_is_lost_and_what_backups_have(project: Path) -> None:
    lose(project, "kind IN ('method', 'results')")
    damage = look_at_damage(project)
    first = damage.parts[0]
    assert (first.lost, first.from_backups, first.from_mirror) == (1, 2, 1)
    assert damage.lost == 1


def test_all_comes_back_together_and_the_project_opens(project: Path) -> None:
    lose(project, "kind IN ('method', 'results', 'framework')")
    recovered = recover(project, OTHER)
    assert (recovered.from_mirror, recovered.lost, recovered.frameworks) == (1, 1, ())
    with opened(project) as work:
        said = work.editor.round.issue(issue_of(work))
        assert said.method.plain == "แต่งตั้งคณะกรรมการ ครั้งที่ ๒"
        assert said.results.plain == "ดำเนินการครบถ้วน"
        view = work.editor.view(method(work))
        assert view.state == "clean"
        assert view.heads[0].author == FROM_MIRROR
        assert len(work.editor.round.evidence_of(issue_of(work))) == 1
    assert examine(project / "project.db").is_whole


def test_of_a_field_without_any_revision_the_mirror_has_the_text(project: Path) -> None:
    no_backups(project)
    lose(project, "kind='results'")
    assert recover(project, OTHER).from_mirror == 1
    with opened(project) as work:
        assert work.editor.view(results(work)).value.plain == "ดำเนินการครบถ้วน"


def test_a_mirror_that_is_older_brings_nothing_in(project: Path) -> None:
    with opened(project) as work:
        write(work, results(work), "ฉบับหลังสำเนาข้อความ")
    lose(project, "kind='results' AND seq<(SELECT max(seq) FROM revision)")
    no_backups(project)
    assert recover(project, OTHER).from_mirror == 0
    with opened(project) as work:
        assert work.editor.view(results(work)).value.plain == "ฉบับหลังสำเนาข้อความ"


def test_what_was_deleted_stays_deleted(project: Path) -> None:
    no_backups(project)
    with opened(project) as work:
        write(work, results(work), "")
        work.flush()
        mirror(work.folder, work.project_id, work.editor.views)
    lose(project, "kind='results' AND seq=(SELECT max(seq) FROM revision)")
    recover(project, OTHER)
    with opened(project) as work:
        assert work.editor.view(results(work)).body == ""


def test_two_texts_that_stand_against_each_other_both_come_from_the_mirror(
    project: Path,
) -> None:
    no_backups(project)
    with opened(project) as work:
        editor = work.editor
        first = editor.change(indicator_field(YEAR, "one", Kind.REASON), "ก")
        editor.apply(first)
        # As from two laptops: both on top of nothing.
        theirs = make_revision(
            first.field,
            (),
            '"ข"',
            author="ข",
            device="d9",
            time="2026-11-22T03:00:00.000+00:00",
        )
        work.ask(lambda store: store.write(Write(revisions=(theirs,)))).result(10)
    with opened(project) as work:
        mirror(work.folder, work.project_id, work.editor.views)
    lose(project, "kind='reason'")
    recover(project, OTHER)
    with opened(project) as work:
        view = work.editor.view(first.field)
        assert {head.body for head in view.heads} == {'"ก"', '"ข"'}


def test_a_round_of_which_the_standards_are_lost_gets_those_that_fit(project: Path) -> None:
    no_backups(project)
    no_mirror(project)
    lose(project, "kind='framework'")
    recovered = recover(project, OTHER)
    assert recovered.frameworks == (str(YEAR),)
    with opened(project) as work:
        assert work.editor.round.framework.id == "obec-2557"
        assert work.editor.view(results(work)).value.plain == "ดำเนินการครบถ้วน"
        assert work.editor.view(framework_field(YEAR)).heads[0].author == OTHER.author
    assert any("มาตรฐาน" in sentence for sentence in recovered.sentences())


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def picture(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9000))


def sparse(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 1 << 28)


@pytest.mark.parametrize("spoil", [emptied, picture, sparse, Path.unlink])
def test_a_mirror_alone_makes_a_project_again(project: Path, spoil: Callable[[Path], None]) -> None:
    no_backups(project)
    with opened(project) as work:
        told = work.project_id
    spoil(project / "project.db")
    assert look_at_damage(project).from_mirror > 5
    assert recover(project, OTHER).from_mirror > 5
    with opened(project) as work:
        assert work.project_id == told
        assert work.editor.view(method(work)).value.plain == "แต่งตั้งคณะกรรมการ ครั้งที่ ๒"
        (item,) = work.editor.round.evidence_of(issue_of(work))
        assert work.path_of(item.files[0].sha256).is_file()
    assert examine(project / "project.db").is_whole


@pytest.mark.parametrize("spoil", [emptied, picture, sparse])
def test_where_nothing_is_left_it_says_so_and_changes_nothing(
    project: Path, spoil: Callable[[Path], None]
) -> None:
    no_backups(project)
    no_mirror(project)
    spoil(project / "project.db")
    size = (project / "project.db").stat().st_size
    assert not look_at_damage(project).can_recover
    recovered = recover(project, OTHER)
    assert recovered.is_empty
    assert "ข้อมูลสำรองที่เก็บไว้ที่อื่น" in recovered.sentences()[0]
    assert (project / "project.db").stat().st_size == size


def test_a_look_at_a_folder_that_is_none_is_no_error(tmp_path: Path) -> None:
    assert not look_at_damage(tmp_path / "ไม่มี").can_recover
    (tmp_path / "ไฟล์").write_text("")
    assert not look_at_damage(tmp_path / "ไฟล์").can_recover


def test_a_damaged_mirror_is_no_error(project: Path) -> None:
    (project / "mirror" / "index.json").write_bytes(b'{"format":"esa-mirror","fields":[[[[')
    lose(project, "kind='results'")
    assert recover(project, OTHER).revisions > 5


def test_sentences_are_thai_and_count_in_thai_digits(project: Path) -> None:
    lose(project, "kind='method'")
    said = [*look_at_damage(project).sentences(), *recover(project, OTHER).sentences()]
    assert len(said) > 5
    for sentence in said:
        assert "\u0e01" <= sentence[0] <= "\u0e5b"
        assert not any(sign.isascii() and sign.isalnum() for sign in sentence)
        assert "ฉบับ" not in sentence


def test_a_mirror_alone_gives_no_comfort_it_cannot_prove(project: Path) -> None:
    no_backups(project)
    (project / "project.db").unlink()
    shutil.rmtree(project / "evidence")

    damage = look_at_damage(project)
    assert (damage.whole, damage.has_file, damage.is_complete) == (0, False, False)
    assert [name for _, name, _ in damage.evidence_missing] == ["คำสั่ง.pdf"]
    first, *rest = damage.sentences()
    assert first.startswith("ไม่พบประวัติการแก้ไข เหลือข้อความล่าสุด")
    assert any("คำสั่ง.pdf" in sentence for sentence in rest)
    assert not any("ไม่พบว่ามี" in sentence or "๐" in sentence for sentence in rest)

    recovered = recover(project, OTHER)
    assert recovered.aside is None
    assert not recovered.has_history
    assert not recovered.is_complete
    told = " ".join(recovered.sentences())
    assert "ไม่มีประวัติการแก้ไขก่อนหน้า" in told
    assert "คำสั่ง.pdf" in told
    assert "ไฟล์เดิม" not in told


def test_a_file_the_mirror_knows_and_no_text_names_any_more_is_missed(project: Path) -> None:
    index = project / "mirror" / "index.json"
    lines = index.read_text("utf-8").splitlines(keepends=True)
    index.write_text("".join(line for line in lines if '"kind":"item"' not in line), "utf-8")
    no_backups(project)
    (project / "project.db").unlink()
    shutil.rmtree(project / "evidence")
    ((_, name, _),) = look_at_damage(project).evidence_missing
    assert name == "คำสั่ง.pdf"


def test_evidence_that_changed_is_missed_as_well(project: Path) -> None:
    lose(project, "kind='method'")
    (file,) = (path for path in (project / "evidence").rglob("*") if path.is_file())
    file.write_bytes(b"%PDF other")
    damage = look_at_damage(project)
    assert (damage.evidence_files, len(damage.evidence_missing)) == (0, 1)
    assert not damage.is_complete


def test_backups_alone_do_not_prove_that_nothing_is_gone(project: Path) -> None:
    no_mirror(project)
    (project / "project.db").unlink()
    damage = look_at_damage(project)
    assert (damage.from_database, damage.lost) == (0, 0)
    assert not damage.is_complete
    assert not recover(project, OTHER).is_complete
    told = " ".join(damage.sentences())
    assert "อาจหายไป" in told
    assert "ไม่พบว่ามี" not in told


def test_what_is_all_there_is_said_to_be(project: Path) -> None:
    damage = look_at_damage(project)
    assert damage.is_complete
    assert damage.has_file
    assert "ไม่พบว่ามีการแก้ไขใดหายไป" in damage.sentences()
    assert recover(project, OTHER).is_complete


def test_evidence_alone_leads_to_the_recovery_page_and_says_that_it_is_there(
    project: Path,
) -> None:
    no_backups(project)
    no_mirror(project)
    (project / "project.db").unlink()
    with pytest.raises(DamagedProject):
        open_project(project, who=WHO)
    first, second = look_at_damage(project).sentences()
    assert "ข้อมูลสำรองที่เก็บไว้ที่อื่น" in first
    assert "ไฟล์หลักฐานที่ครบถ้วนมี ๑ ไฟล์" in second
    other = project.rename(project.with_suffix(""))
    with pytest.raises(NotAProject) as refused:
        open_project(other, who=WHO)
    assert not isinstance(refused.value, DamagedProject)


def test_what_is_being_typed_is_the_text_again(project: Path) -> None:
    work = open_project(project, who=WHO)
    work.editor.type_value(results(work), richtext.from_plain("พิมพ์ค้างไว้"))
    assert work._writer.flush(10)
    copy = project.with_name("ถูกตัด.esaproj")
    store_copy(work, project, copy)
    work.close()
    with (copy / "project.db").open("rb+") as file:
        file.write(bytes(PAGE))
    assert recover(copy, OTHER).drafts == 1
    with opened(copy) as again:
        assert again.editor.view(results(again)).value.plain == "พิมพ์ค้างไว้"


def store_copy(work: Project, folder: Path, copy: Path) -> None:
    copy.mkdir()
    work.ask(lambda store: store.copy_to(copy / "project.db")).result(10)
    shutil.copytree(folder / "evidence", copy / "evidence")


def test_letters_that_are_none_in_the_names_of_the_tables_stop_no_recovery(
    tmp_path: Path,
) -> None:
    """SQLite's own complaint of them cannot be read then."""
    place = new_project(tmp_path)
    content = bytearray((place / "project.db").read_bytes())
    at = content.find(b"CREATE TABLE", 0, 4096)
    assert at > 0
    content[at + 3] = 0xCC
    (place / "project.db").write_bytes(content)
    with pytest.raises(DamagedProject), opened(place):
        pass
    assert not recover(place, WHO).is_empty
    with opened(place) as project:
        assert project.editor.round.office == "สพป.ทดสอบ เขต ๑"
