import errno
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.errors import Cancelled, HeadsMoved, StorageError
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import (
    OFFICE_FIELD,
    Kind,
    book_field,
    indicator_field,
    issue_field,
    item_field,
)
from esa_desktop.domain.richtext import Image, RichText, from_plain
from esa_desktop.services import restoring
from esa_desktop.services.attaching import attach, describe, detach, take_in
from esa_desktop.services.backing_up import Backup, Reason, back_up, copy_elsewhere, list_backups
from esa_desktop.services.evidence_versions import new_versions
from esa_desktop.services.intake_printable import with_printable
from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.restoring import (
    Difference,
    bring_evidence,
    differences,
    restore_to,
    restore_whole,
    take_back,
)
from esa_desktop.services.showing import show_round
from esa_desktop.storage import restored_project
from esa_desktop.storage.examination import examine
from tests.backups import names_in
from tests.edge import Edge, Flushes
from tests.projects import WHO, YEAR, new_project, opened
from tests.storage.projects import is_one_thai_sentence


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def project(place: Path) -> Iterator[Project]:
    with opened(place) as project:
        yield project


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "แฟลชไดรฟ์"
    folder.mkdir()
    return folder


def issue_id(project: Project, code: str = "1.2.1") -> str:
    return project.editor.round.framework.issue(code).id


def write(project: Project, text: str, code: str = "1.2.1", kind: Kind = Kind.METHOD) -> None:
    field = issue_field(YEAR, issue_id(project, code), kind)
    project.editor.apply(project.editor.change(field, from_plain(text)))


def set_level(project: Project, level: int | None) -> None:
    indicator = project.editor.round.framework.indicator("1.2").id
    field = indicator_field(YEAR, indicator, Kind.LEVEL)
    project.editor.apply(project.editor.change(field, level))


def attach_file(project: Project, name: str = "คำสั่ง.pdf") -> str:
    """The id of the new item."""
    source = project.folder.parent / name
    source.write_bytes(os.urandom(5000))
    (file,) = take_in(project.folder, [source]).files
    edit = attach(project.editor, issue_id(project), [file])
    project.editor.apply(edit)
    project.flush()
    return edit.edits[0].field.owner


def backed_up(project: Project) -> Backup:
    project.flush()
    backup = back_up(project, Reason.ASKED)
    assert backup is not None
    return backup


def told(found: tuple[Difference, ...]) -> list[tuple[str, str, str, str]]:
    return [(d.code, d.name, d.here, d.there) for d in found]


# --- what differs -----------------------------------------------------------------------------


def test_what_a_backup_says_otherwise_is_told_in_printed_order(project: Project) -> None:
    write(project, "วิธีเดิม", "1.2.2")
    write(project, "ผลเดิม", "1.2.1", Kind.RESULTS)
    write(project, "ไม่เปลี่ยน", "1.2.3")
    set_level(project, 4)
    project.editor.apply(project.editor.change(book_field(YEAR, "foreword"), from_plain("คำนำเดิม")))
    backup = backed_up(project)
    write(project, "วิธีใหม่", "1.2.2")
    write(project, "", "1.2.1", Kind.RESULTS)
    set_level(project, None)
    project.editor.apply(project.editor.change(book_field(YEAR, "foreword"), from_plain("ใหม่")))
    project.editor.apply(project.editor.change(OFFICE_FIELD, "สพป.อื่น"))

    assert told(differences(project, backup)) == [
        ("", "ชื่อสำนักงาน", "สพป.อื่น", "สพป.ทดสอบ เขต ๑"),
        ("1.2", "ระดับที่ประเมินตนเอง", "ยังไม่ระบุ", "ระดับ ๔"),
        ("1.2.1", "ผลการดำเนินงาน", "", "ผลเดิม"),
        ("1.2.2", "วิธีการดำเนินงาน", "วิธีใหม่", "วิธีเดิม"),
        ("", "คำนำ", "ใหม่", "คำนำเดิม"),
    ]


def test_what_was_written_since_is_no_difference(project: Project) -> None:
    backup = backed_up(project)
    write(project, "เขียนทีหลัง")
    assert differences(project, backup) == ()


def test_text_that_was_only_typed_when_the_backup_was_made_is_found(project: Project) -> None:
    field = issue_field(YEAR, issue_id(project), Kind.METHOD)
    project.editor.type_value(field, from_plain("พิมพ์ค้างไว้"))
    backup = back_up(project, Reason.WORKED)
    assert backup is not None
    project.editor.type_value(field, from_plain("ลบทิ้งแล้ว"))
    project.editor.checkpoint()
    assert told(differences(project, backup)) == [("1.2.1", "วิธีการดำเนินงาน", "ลบทิ้งแล้ว", "พิมพ์ค้างไว้")]


def test_evidence_is_called_by_its_own_name(project: Project) -> None:
    item = attach_file(project)
    backup = backed_up(project)
    editor = project.editor
    editor.apply(describe(editor, item, title="อื่น", kind="", number="", dated=None))
    editor.apply(detach(editor, issue_id(project), [item]))
    link, itself = differences(project, backup)
    assert (link.code, link.name) == ("1.2.1", "การแนบหลักฐาน “อื่น”")
    assert (itself.code, itself.name) == ("1.2.1-01", "คำสั่ง")
    assert "คำสั่ง.pdf" in itself.there


def test_a_backup_of_another_project_is_not_compared(project: Project, tmp_path: Path) -> None:
    backup = backed_up(project)
    with pytest.raises(StorageError, match="งานประเมินอื่น") as refusal:
        differences(project, replace(backup, project_id="another"))
    assert is_one_thai_sentence(refusal.value)


def damage(backup: Backup) -> None:
    database = backup.folder / "project.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 4
    database.write_bytes(content)


def test_a_backup_that_rotted_is_neither_compared_nor_restored(
    project: Project, tmp_path: Path
) -> None:
    backup = backed_up(project)
    damage(backup)
    for attempt in (
        lambda: differences(project, backup),
        lambda: restore_to(backup.folder, tmp_path / "ใหม่.esaproj"),
    ):
        with pytest.raises(StorageError, match="เสียหาย") as refusal:
            attempt()
        assert is_one_thai_sentence(refusal.value)
    assert not (tmp_path / "ใหม่.esaproj").exists()


def test_without_comparing_its_bytes_a_rotten_backup_would_come_back(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a byte that SQLite and the hashes of the rows do not look at."""
    backup = backed_up(project)
    database = backup.folder / "project.db"
    content = bytearray(database.read_bytes())
    content[96:100] = b"\x00\x00\x00\x07"  # the version of SQLite that wrote last
    database.write_bytes(content)
    with pytest.raises(StorageError, match="เสียหาย"):
        restore_to(backup.folder, tmp_path / "ใหม่.esaproj")

    def believing(source: Path, *_: object) -> None:
        shutil.copyfile(backup.folder / "project.db", source)

    monkeypatch.setattr(restored_project, "_copy_database", lambda _, part, watch: believing(part))
    restored = restore_to(backup.folder, tmp_path / "ใหม่.esaproj")
    assert (restored / "project.db").read_bytes() == bytes(content)


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_full_folder_for_temporary_files_has_its_sentence(
    project: Project, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    backup = backed_up(project)
    edge = Edge(monkeypatch)
    edge.begin(step, errno.ENOSPC)
    with pytest.raises(StorageError, match="โฟลเดอร์ชั่วคราว") as refusal:
        differences(project, backup)
    edge.end()
    assert is_one_thai_sentence(refusal.value)


# --- taking back ------------------------------------------------------------------------------


def test_what_is_taken_back_is_one_step_on_top_that_can_be_taken_back(project: Project) -> None:
    write(project, "เดิม")
    set_level(project, 5)
    backup = backed_up(project)
    write(project, "ใหม่")
    set_level(project, 1)
    editor, issue = project.editor, issue_id(project)
    before = show_round(editor.round)

    inverse = editor.apply(take_back(editor, differences(project, backup)))
    assert editor.round.issue(issue).method.plain == "เดิม"
    assert differences(project, backup) == ()
    project.flush()
    field = issue_field(YEAR, issue, Kind.METHOD)
    history = project.ask(lambda store: store.history(field)).result(10)
    assert [from_body(r.body) for r in history] == ["เดิม", "ใหม่", "เดิม"]

    editor.apply(inverse)
    assert show_round(editor.round) == before


def from_body(body: str) -> str:
    from esa_desktop.domain.fields import Field, decode

    text: RichText = decode(Field("2557", "x", Kind.METHOD), body)
    return text.plain


def test_only_what_was_chosen_is_taken_back(project: Project) -> None:
    write(project, "เดิม ๑", "1.2.1")
    write(project, "เดิม ๒", "1.2.2")
    backup = backed_up(project)
    write(project, "ใหม่ ๑", "1.2.1")
    write(project, "ใหม่ ๒", "1.2.2")
    found = differences(project, backup)
    project.editor.apply(take_back(project.editor, [d for d in found if d.code == "1.2.2"]))
    assert project.editor.round.issue(issue_id(project, "1.2.1")).method.plain == "ใหม่ ๑"
    assert project.editor.round.issue(issue_id(project, "1.2.2")).method.plain == "เดิม ๒"


def test_what_is_being_typed_is_kept_in_the_history(project: Project) -> None:
    write(project, "เดิม")
    backup = backed_up(project)
    write(project, "ใหม่")
    found = differences(project, backup)
    field = issue_field(YEAR, issue_id(project), Kind.METHOD)
    project.editor.type_value(field, from_plain("กำลังพิมพ์"))
    try:
        project.editor.apply(take_back(project.editor, found))
    except HeadsMoved:
        pytest.fail("refused because of what was being typed")
    project.flush()
    history = project.ask(lambda store: store.history(field)).result(10)
    assert [from_body(r.body) for r in history] == ["เดิม", "ใหม่", "กำลังพิมพ์", "เดิม"]


def test_what_says_so_already_is_left_out(project: Project) -> None:
    write(project, "เดิม")
    backup = backed_up(project)
    write(project, "ใหม่")
    found = differences(project, backup)
    write(project, "เดิม")
    assert take_back(project.editor, found).edits == ()


def without_evidence(place: Path) -> None:
    """As a project that was rebuilt of its texts: it knows none of the files."""
    from tests.storage.projects import change_in_file

    shutil.rmtree(place / "evidence")
    (place / "evidence").mkdir()
    for kind in ("item", "link"):
        change_in_file(
            place, "DELETE FROM head WHERE revision IN (SELECT id FROM revision WHERE kind=?)", kind
        )
        change_in_file(place, "DELETE FROM revision WHERE kind=?", kind)
    change_in_file(place, "DELETE FROM evidence_file")


def test_evidence_is_brought_from_the_drive_where_the_backup_lies(place: Path, drive: Path) -> None:
    with opened(place) as project:
        item = attach_file(project)
        sha256 = project.editor.round.items[item].files[0].sha256
        content = project.path_of(sha256).read_bytes()
        backup = copy_elsewhere(project, drive)
    without_evidence(place)
    with opened(place) as project:
        found = differences(project, backup)
        assert {d.field.kind for d in found} == {Kind.ITEM, Kind.LINK}
        chosen = bring_evidence(project, backup, found)
        project.editor.apply(take_back(project.editor, chosen))
        project.flush()  # the store refuses items whose files are not there
        assert project.path_of(sha256).read_bytes() == content
    with opened(place) as project:
        assert project.editor.round.evidence_of(issue_id(project))[0].files[0].sha256 == sha256


def test_an_item_whose_file_is_nowhere_comes_back_without_it_and_says_so(
    place: Path, drive: Path
) -> None:
    with opened(place) as project:
        item = attach_file(project)
        file = project.editor.round.items[item].files[0]
        backup = copy_elsewhere(project, drive)
    without_evidence(place)
    copy = backup.home / "evidence" / file.sha256[:2] / file.sha256
    copy.unlink()
    with opened(place) as project:
        (missing,) = {d.missing for d in differences(project, backup) if d.missing}
        assert missing == (file,)
        chosen = bring_evidence(project, backup, differences(project, backup))
        project.editor.apply(take_back(project.editor, chosen))
        project.flush()
        assert project.editor.round.items[item].title == "คำสั่ง"
        assert project.editor.round.items[item].files == ()


def with_a_version_and_a_copy(project: Project) -> Evidence:
    """An item of two versions, the present one with a copy for paper."""
    editor, folder = project.editor, project.folder.parent
    item_id = attach_file(project)
    for name in ("ฉบับแก้.pdf", "สำหรับพิมพ์.jpg"):
        (folder / name).write_bytes(os.urandom(3000))
    (newer, copy) = take_in(project.folder, [folder / "ฉบับแก้.pdf", folder / "สำหรับพิมพ์.jpg"]).files
    old = editor.round.items[item_id].files[0]
    editor.apply(new_versions(editor, item_id, {old.sha256: newer}))
    editor.keep_files([copy])
    item = with_printable(editor.round.items[item_id], newer, copy)
    editor.apply(editor.change(item_field(item_id), item))
    return item


def test_earlier_versions_and_copies_for_paper_come_back_with_their_item(
    place: Path, drive: Path
) -> None:
    with opened(place) as project:
        item = with_a_version_and_a_copy(project)
        backup = copy_elsewhere(project, drive)
    without_evidence(place)
    with opened(place) as project:
        chosen = bring_evidence(project, backup, differences(project, backup))
        project.editor.apply(take_back(project.editor, chosen))
        project.flush()
        assert project.editor.round.items[item.id] == item
        stored = {file.sha256 for file in item.stored_files}
        assert len(stored) == 3
        assert all(project.path_of(name).is_file() for name in stored)
        assert project.ask(lambda store: store.known_files(stored)).result(10) == stored


def test_earlier_versions_and_copies_that_are_nowhere_are_not_named_any_more(
    place: Path, drive: Path
) -> None:
    with opened(place) as project:
        item = with_a_version_and_a_copy(project)
        backup = copy_elsewhere(project, drive)
    without_evidence(place)
    (old, newer) = item.all_files
    for sha256 in (old.sha256, newer.printable):
        (backup.home / "evidence" / sha256[:2] / sha256).unlink()
    with opened(place) as project:
        chosen = bring_evidence(project, backup, differences(project, backup))
        project.editor.apply(take_back(project.editor, chosen))
        project.flush()
        back = project.editor.round.items[item.id]
        assert back == replace(
            item, earlier=(), files=(replace(newer, printable="", printable_size=0),)
        )
        assert {file for difference in chosen for file in difference.missing} == {old}


def test_a_file_that_rotted_beside_the_backup_is_never_brought(place: Path, drive: Path) -> None:
    with opened(place) as project:
        item = attach_file(project)
        file = project.editor.round.items[item].files[0]
        backup = copy_elsewhere(project, drive)
    without_evidence(place)
    copy = backup.home / "evidence" / file.sha256[:2] / file.sha256
    copy.write_bytes(os.urandom(file.size))
    with opened(place) as project:
        chosen = bring_evidence(project, backup, differences(project, backup))
        assert [d.missing for d in chosen if d.field.kind is Kind.ITEM] == [(file,)]
        project.editor.apply(take_back(project.editor, chosen))
        project.flush()
        assert not project.path_of(file.sha256).exists()


def test_what_is_brought_is_on_the_disk_before_it_is_relied_on(
    place: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(place) as project:
        attach_file(project)
        backup = copy_elsewhere(project, drive)
    without_evidence(place)
    with opened(place) as project:
        found = differences(project, backup)
        flushes = Flushes(monkeypatch)
        bring_evidence(project, backup, found)
        assert flushes.unsafe == flushes.names_not_safe() == []
        monkeypatch.setattr(restoring.Pool, "settle", lambda _: None)
        for path in (place / "evidence").rglob("*"):
            if path.is_file():
                path.unlink()
        bring_evidence(project, backup, found)
        assert flushes.names_not_safe() != []


def test_a_picture_in_a_text_is_brought_too(place: Path, drive: Path) -> None:
    with opened(place) as project:
        source = place.parent / "ภาพ.png"
        source.write_bytes(os.urandom(500))
        (file,) = take_in(place, [source]).files
        project.editor.keep_files([file])
        field = issue_field(YEAR, issue_id(project), Kind.RESULTS)
        project.editor.apply(project.editor.change(field, RichText((Image(file.sha256, 100.0),))))
        project.flush()
        backup = copy_elsewhere(project, drive)
        project.editor.apply(project.editor.change(field, from_plain("ไม่มีภาพ")))
        project.flush()
    shutil.rmtree(place / "evidence")
    (place / "evidence").mkdir()
    with opened(place) as project:
        bring_evidence(project, backup, differences(project, backup))
        assert project.image_bytes(file.sha256) == source.read_bytes()


# --- the whole as a project of its own --------------------------------------------------------


def shown(place: Path) -> dict[str, object]:
    with opened(place) as project:
        return show_round(project.editor.round)


def filled(project: Project) -> Backup:
    write(project, "๑. ทำแล้ว")
    set_level(project, 3)
    attach_file(project, "ก.pdf")
    attach_file(project, "ข.pdf")
    return backed_up(project)


def test_a_backup_becomes_a_project_that_says_the_same(place: Path, tmp_path: Path) -> None:
    with opened(place) as project:
        backup = filled(project)
        before = show_round(project.editor.round)
        write(project, "เปลี่ยนหลังสำรอง")
        steps: list[tuple[int, int]] = []
        to = tmp_path / "ที่ใหม่ ๆ" / "งานที่กู้ เมื่อวาน.esaproj"
        assert restore_to(backup.folder, to, progress=lambda *step: steps.append(step)) == to
        assert project.editor.round.issue(issue_id(project)).method.plain == "เปลี่ยนหลังสำรอง"
    assert names_in(to) >= {"project.db", "evidence"}
    assert not any(name.endswith(".part") for name in names_in(to))
    assert examine(to / "project.db").heads_sha256 == backup.heads_sha256
    assert steps[-1][0] == steps[-1][1] == backup.size + 10_000
    assert shown(to) == before
    with opened(to) as restored:
        assert restored.project_id == backup.project_id
        assert all(restored.path_of(f.sha256).stat().st_size == f.size for f in backup.evidence)


def test_a_copy_on_another_drive_is_enough_when_the_computer_is_gone(
    place: Path, drive: Path, tmp_path: Path
) -> None:
    with opened(place) as project:
        filled(project)
        before = show_round(project.editor.round)
        backup = copy_elsewhere(project, drive)
    shutil.rmtree(place)
    moved = drive.rename(tmp_path / "ไดรฟ์ F")
    (found,) = list_backups(moved)
    assert found.sha256 == backup.sha256
    assert restore_whole(found.folder, tmp_path / "กลับมา.esaproj").missing == ()
    assert shown(tmp_path / "กลับมา.esaproj") == before


def test_missing_and_changed_evidence_is_named_and_the_rest_restored(
    project: Project, tmp_path: Path
) -> None:
    backup = filled(project)
    lost, changed = backup.evidence
    project.path_of(lost.sha256).unlink()
    project.path_of(changed.sha256).write_bytes(os.urandom(changed.size))
    restored = restore_whole(backup.folder, tmp_path / "ใหม่.esaproj")
    assert set(restored.missing) == {lost, changed}
    assert not any(path.is_file() for path in (restored.folder / "evidence").rglob("*"))


def test_a_backup_that_was_carried_off_alone_finds_its_evidence_in_the_project(
    project: Project, tmp_path: Path
) -> None:
    backup = filled(project)
    alone = tmp_path / "โต๊ะ" / "สำเนา"
    shutil.copytree(backup.folder, alone)
    assert len(restore_whole(alone, tmp_path / "ก.esaproj").missing) == 2
    restored = restore_whole(alone, tmp_path / "ข.esaproj", also_in=[project.folder])
    assert restored.missing == ()


def test_a_folder_that_is_used_is_refused_and_not_touched(project: Project, tmp_path: Path) -> None:
    backup = filled(project)
    used = tmp_path / "มีแล้ว"
    used.mkdir()
    (used / "งาน.docx").write_bytes(b"x")
    (tmp_path / "แฟ้ม").write_bytes(b"x")
    for to in (used, tmp_path / "แฟ้ม", project.folder):
        before = names_in(tmp_path)
        with pytest.raises(StorageError, match="มีไฟล์อื่นอยู่แล้ว") as refusal:
            restore_to(backup.folder, to)
        assert is_one_thai_sentence(refusal.value)
        assert names_in(tmp_path) == before


def test_what_became_a_project_meanwhile_is_not_written_over(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = filled(project)
    to = tmp_path / "ใหม่.esaproj"
    brought: list[Path] = []

    def settle(pool: restored_project.Pool) -> None:
        (to / "project.db").write_bytes(b"of somebody else")
        brought.extend(path for path in (to / "evidence").rglob("*") if path.is_file())

    monkeypatch.setattr(restored_project.Pool, "settle", settle)
    with pytest.raises(StorageError, match="มีไฟล์อื่นอยู่แล้ว"):
        restore_to(backup.folder, to)
    assert (to / "project.db").read_bytes() == b"of somebody else"
    assert not any(name.endswith(".part") for name in names_in(to))
    # The other one may rely on evidence that it found there.
    assert len(brought) == 2
    assert all(path.is_file() for path in brought)


def test_a_place_inside_a_project_is_refused(project: Project) -> None:
    backup = filled(project)
    for to in (project.folder / "ใหม่", backup.folder / "ใหม่", project.folder / "ก" / "ข"):
        with pytest.raises(StorageError, match="อยู่ในโฟลเดอร์ของงานประเมิน"):
            restore_to(backup.folder, to)
        assert not to.exists()


def test_an_empty_folder_is_taken(project: Project, tmp_path: Path) -> None:
    to = tmp_path / "ว่าง"
    to.mkdir()
    assert (restore_to(filled(project).folder, to) / "project.db").exists()


def test_what_a_death_left_there_is_used_where_it_is_whole_and_mended_where_not(
    project: Project, tmp_path: Path
) -> None:
    backup = filled(project)
    to = tmp_path / "ใหม่.esaproj"
    restore_to(backup.folder, to)
    (to / "project.db").rename(to / "project.db.0a1b2c3d.part")
    good, bad = ((to / "evidence" / f.sha256[:2] / f.sha256) for f in backup.evidence)
    bad.write_bytes(os.urandom(5000))
    before = good.stat().st_ino
    restore_to(backup.folder, to)
    assert good.stat().st_ino == before
    assert bad.read_bytes() == project.path_of(bad.name).read_bytes()
    assert not any(name.endswith(".part") for name in names_in(to))


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="ไม่ใช่ข้อมูลสำรอง") as refusal:
        restore_to(tmp_path, tmp_path / "ใหม่")
    assert is_one_thai_sentence(refusal.value)


def test_without_room_nothing_is_begun(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = filled(project)
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StorageError, match=r"ที่ว่าง.*ไม่พอ") as refusal:
        restore_to(backup.folder, tmp_path / "ก" / "ข.esaproj")
    assert is_one_thai_sentence(refusal.value)
    assert not (tmp_path / "ก").exists()


def test_cancelled_at_any_look_nothing_is_left(project: Project, tmp_path: Path) -> None:
    backup = filled(project)
    before = names_in(tmp_path)
    looks = 0

    def until(stop_at: int) -> Callable[[], bool]:
        def cancelled() -> bool:
            nonlocal looks
            looks += 1
            return bool(stop_at) and looks >= stop_at

        return cancelled

    restore_to(backup.folder, tmp_path / "ครบ.esaproj", cancelled=until(0))
    shutil.rmtree(tmp_path / "ครบ.esaproj")
    total = looks
    assert total >= 8
    for stop_at in range(1, total + 1):
        looks = 0
        with pytest.raises(Cancelled):
            restore_to(backup.folder, tmp_path / "ใหม่" / "งาน.esaproj", cancelled=until(stop_at))
        assert names_in(tmp_path) == before, stop_at


def failed_at_every_step(project: Project, backup: Backup, edge: Edge, *, once: bool) -> list[str]:
    """What is wrong with the place after the drive failed at each step, and a second try."""
    to = project.folder.parent / "กู้.esaproj"
    before = names_in(project.folder)
    edge.begin()
    restore_to(backup.folder, to)
    steps = edge.count
    said = [] if steps > 12 else ["hardly anything was tried"]
    for step in range(1, steps + 1):
        shutil.rmtree(to, ignore_errors=True)
        edge.begin(step, errno.EIO, once=once)
        try:
            restore_to(backup.folder, to)
            refused = False
        except StorageError as error:
            refused = True
            if not is_one_thai_sentence(error):
                said.append(f"{step}: {error}")
        edge.end()
        if once and refused and to.exists():
            said.append(f"{step}: something is left")
        if (to / "project.db").exists():
            said += [f"{step}: {wrong}" for wrong in wrongs(to, backup)]
        else:
            restore_to(backup.folder, to)
            said += [f"{step}, later: {wrong}" for wrong in wrongs(to, backup)]
    if names_in(project.folder) != before:
        said.append("the project was touched")
    return said


def wrongs(to: Path, backup: Backup) -> list[str]:
    said: list[str] = []
    if examine(to / "project.db").heads_sha256 != backup.heads_sha256:
        said.append("another project")
    for file in backup.evidence:
        copy = to / "evidence" / file.sha256[:2] / file.sha256
        if not copy.exists() or copy.stat().st_size != file.size:
            said.append("a project without its evidence")
    return said


@pytest.mark.parametrize("once", [False, True])
def test_at_whatever_step_the_drive_fails_there_is_a_whole_project_or_none(
    project: Project, monkeypatch: pytest.MonkeyPatch, once: bool
) -> None:
    backup = filled(project)
    assert failed_at_every_step(project, backup, Edge(monkeypatch), once=once) == []


def test_failing_at_every_step_has_teeth(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the database gets its name first, the evidence comes after."""
    backup = filled(project)
    monkeypatch.setattr(restored_project, "part_beside", lambda path: path)
    monkeypatch.setattr(restored_project, "put_in_place", lambda *_: None)
    monkeypatch.setattr(restored_project, "_is_taken", lambda _: False)
    assert failed_at_every_step(project, backup, Edge(monkeypatch), once=False) != []


def test_all_of_a_restored_project_is_flushed_before_it_is_one(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = filled(project)
    flushes = Flushes(monkeypatch)
    restore_to(backup.folder, tmp_path / "ก" / "ข" / "งาน.esaproj")
    assert flushes.unsafe == []
    assert flushes.names_not_safe() == []


@pytest.mark.parametrize("name", ["sync_folder", "put_in_place"])
def test_a_missing_flush_while_restoring_is_noticed(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    backup = filled(project)
    flushes = Flushes(monkeypatch)
    without = {"sync_folder": lambda _: None, "put_in_place": lambda part, path: part.rename(path)}
    monkeypatch.setattr(restored_project, name, without[name])
    restore_to(backup.folder, tmp_path / "ก" / "งาน.esaproj")
    assert flushes.names_not_safe() != []


def test_a_backup_can_be_looked_into_while_its_project_is_open(project: Project) -> None:
    backup = filled(project)
    then = open_project(backup.folder, who=WHO, read_only=True)
    try:
        assert then.editor.round.issue(issue_id(project)).method.plain == "๑. ทำแล้ว"
    finally:
        then.close()
    assert restoring.differences(project, backup) == ()


def test_an_item_keeps_naming_a_file_the_project_knows_and_has_lost(project: Project) -> None:
    item = attach_file(project)
    backup = backed_up(project)
    file = project.editor.round.items[item].files[0]
    project.editor.apply(describe(project.editor, item, title="อื่น", kind="", number="", dated=None))
    project.path_of(file.sha256).unlink()
    (found,) = differences(project, backup)
    assert (found.files, found.missing) == ((), ())
    project.editor.apply(take_back(project.editor, [found]))
    project.flush()
    assert project.editor.view(item_field(item)).value.files == (file,)
