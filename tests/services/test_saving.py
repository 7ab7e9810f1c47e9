import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.errors import (
    LeftOpen,
    ReadOnlyProject,
    StorageError,
)
from esa_desktop.domain.fields import (
    OFFICE_FIELD,
    Field,
    Kind,
    computer_field,
    decode,
    issue_field,
)
from esa_desktop.domain.revision import make_revision
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services import saving
from esa_desktop.services.projects import Project, SaveListener, open_project
from esa_desktop.services.rescuing import Rescue, found
from esa_desktop.services.saving import Outbox
from esa_desktop.storage.faults import drive_fault
from esa_desktop.storage.store import Store, Write
from tests.projects import OTHER, WHO, YEAR, new_project, opened


def method_of(project: Project, code: str = "1.2.1") -> str:
    editor = project.editor
    return editor.round.issue(editor.round.framework.issue(code).id).method.plain


def write_method(project: Project, text: str, code: str = "1.2.1") -> None:
    editor = project.editor
    field = issue_field(YEAR, editor.round.framework.issue(code).id, Kind.METHOD)
    editor.apply(editor.change(field, from_plain(text)))


def test_the_first_change_of_a_computer_says_its_name_once(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place, who=OTHER) as project:
        assert project.editor.view(computer_field(OTHER.device)).body == ""
        write_method(project, "หนึ่ง")
        write_method(project, "สอง")
    with opened(place, who=OTHER) as project:
        assert project.editor.view(computer_field(OTHER.device)).value == OTHER.computer
        assert project.editor.view(computer_field(WHO.device)).value == WHO.computer
        write_method(project, "สาม")
        names = project.ask(lambda store: store.history(computer_field(OTHER.device))).result(10)
    assert len(names) == 1


def test_opening_alone_changes_nothing(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        before = project.ask(lambda store: store.state()).result(10)
    with opened(place, who=OTHER) as project:
        assert project.ask(lambda store: store.state()).result(10) == before


def test_a_project_opened_for_reading_is_read_and_refuses_every_change(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        write_method(project, "อ่านได้")
    inside = {path.name for path in place.iterdir()}

    project = open_project(place, who=OTHER, read_only=True)
    assert project.read_only
    assert method_of(project) == "อ่านได้"
    with pytest.raises(ReadOnlyProject):
        write_method(project, "แก้ไม่ได้")
    field = issue_field(YEAR, project.editor.round.framework.issue("1.2.1").id, Kind.METHOD)
    with pytest.raises(ReadOnlyProject):
        project.editor.type_value(field, from_plain("พิมพ์ไม่ได้"))
    assert method_of(project) == "อ่านได้"
    assert {path.name for path in place.iterdir()} == inside
    assert project.close()


def test_a_project_that_is_open_elsewhere_can_be_read(tmp_path: Path) -> None:
    """In a process of its own: copying the file here would drop the lock (see `reading_copy`)."""
    import subprocess
    import sys

    place = new_project(tmp_path)
    read = (
        "import sys\n"
        "from pathlib import Path\n"
        "from esa_desktop.services.projects import open_project\n"
        "from tests.projects import OTHER\n"
        "project = open_project(Path(sys.argv[1]), who=OTHER, read_only=True)\n"
        "framework = project.editor.round.framework\n"
        "print(project.editor.round.issue(framework.issue('1.2.1').id).method.plain)\n"
        "project.close()\n"
    )
    with opened(place) as project:
        write_method(project, "กำลังทำงาน")
        project.flush()
        answer = subprocess.run(
            [sys.executable, "-c", read, place], capture_output=True, text=True, check=True
        )
        write_method(project, "ทำงานต่อ")
    assert answer.stdout.strip() == "กำลังทำงาน"


def test_text_that_was_being_typed_is_read_too(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    project = open_project(place, who=WHO)
    field = issue_field(YEAR, project.editor.round.framework.issue("1.2.1").id, Kind.METHOD)
    project.editor.type_value(field, from_plain("พิมพ์ค้าง"))
    project._writer.flush(10)
    project._writer.close()  # as a power cut would
    reader = open_project(place, who=OTHER, read_only=True)
    assert method_of(reader) == "พิมพ์ค้าง"
    reader.close()


def test_a_project_left_open_by_another_computer_is_taken_over_only_when_told_to(
    tmp_path: Path,
) -> None:
    place = new_project(tmp_path)
    project = open_project(place, who=WHO)
    lock = (place / "lock.json").read_bytes()
    project.close()
    (place / "lock.json").write_bytes(lock)  # the stick was pulled out
    with pytest.raises(LeftOpen, match=WHO.computer):
        open_project(place, who=OTHER)
    open_project(place, who=OTHER, take_over=True).close()
    open_project(place, who=OTHER).close()


def text_after_a_refusing_disk(place: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, str]:
    """Write while the disk refuses, leave without saving, and open again on a good disk."""
    told: list[Path] = []
    heard = SaveListener(rescued=told.append)
    with monkeypatch.context() as disk:
        project = open_project(place, who=WHO, listener=heard)

        def refuse(store: Store, *_: Write) -> None:
            raise drive_fault(store.folder)

        disk.setattr(Store, "write", refuse)
        write_method(project, "ไดรฟ์หาย")
        field = issue_field(YEAR, project.editor.round.framework.issue("1.2.2").id, Kind.METHOD)
        project.editor.type_value(field, from_plain("พิมพ์ค้าง"))
        assert not project.close(timeout=0.3)
    readable = bool(told) and "ไดรฟ์หาย" in told[-1].read_text("utf-8")
    with opened(place) as project:
        return readable, f"{method_of(project)} {method_of(project, '1.2.2')}".strip()


def test_what_the_disk_refused_is_kept_elsewhere_and_comes_back(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    assert text_after_a_refusing_disk(place, monkeypatch) == (True, "ไดรฟ์หาย พิมพ์ค้าง")
    assert [path for path in profile.rglob("*") if "rescue" in path.parts and path.is_file()] == []


def test_without_the_rescue_it_would_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esa_desktop.services.saving.Trouble.rescue_with", lambda *_: None)
    assert text_after_a_refusing_disk(new_project(tmp_path), monkeypatch) == (False, "")


def test_a_disk_that_works_again_needs_no_rescue(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    told: list[Path] = []
    with monkeypatch.context() as disk, opened(place) as project:
        project._trouble._listener = SaveListener(rescued=told.append)
        real, tries = Store.write, iter([True, True])

        def refuse_twice(store: Store, *writes: Write) -> None:
            if next(tries, False):
                raise drive_fault(store.folder)
            real(store, *writes)

        disk.setattr(Store, "write", refuse_twice)
        write_method(project, "บันทึกได้ในที่สุด")
        project.flush(20)
        assert told
        assert not told[-1].exists()
        assert method_of(project) == "บันทึกได้ในที่สุด"


def test_on_a_disk_that_still_refuses_what_was_rescued_is_seen_at_once(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)

    def refuse(store: Store, *_: Write) -> None:
        raise drive_fault(store.folder)

    with monkeypatch.context() as disk:
        project = open_project(place, who=WHO)
        disk.setattr(Store, "write", refuse)
        write_method(project, "ยังไม่ลงดิสก์")
        project.close(timeout=0.1)

        begun = time.monotonic()
        project = open_project(place, who=WHO)
        assert time.monotonic() - begun < 5
        assert method_of(project) == "ยังไม่ลงดิสก์"
        assert project.rescued >= 1
        project.close(timeout=0.1)
    with opened(place) as project:
        assert method_of(project) == "ยังไม่ลงดิสก์"
    with opened(place) as project:
        assert project.rescued == 0
        assert project.editor.view(method_field(project)).state == "clean"


def method_field(project: Project) -> Field:
    return issue_field(YEAR, project.editor.round.framework.issue("1.2.1").id, Kind.METHOD)


def test_a_drive_that_neither_writes_nor_refuses_is_told_of_and_the_text_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "SILENT", 0.2)
    monkeypatch.setattr(saving, "LOOK", 0.05)
    place = new_project(tmp_path)
    told: list[StorageError | None] = []
    kept: list[Path] = []
    answers = threading.Event()
    real = Store.write

    def hang(store: Store, *writes: Write) -> None:
        answers.wait(20)
        real(store, *writes)

    listener = SaveListener(trouble=told.append, rescued=kept.append)
    project = open_project(place, who=WHO, listener=listener)
    monkeypatch.setattr(Store, "write", hang)
    write_method(project, "ดิสก์ค้าง")
    until(lambda: bool(kept))
    assert isinstance(told[0], StorageError)
    assert "ไม่ตอบสนอง" in str(told[0])
    assert "ดิสก์ค้าง" in kept[-1].read_text("utf-8")
    answers.set()
    until(lambda: told[-1] is None)
    project.flush(10)
    assert project.close()
    assert not kept[-1].exists()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_what_cannot_be_stored_at_all_is_never_said_to_be_saved(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    events: list[str] = []
    listener = SaveListener(
        saved=lambda: events.append("saved"), refused=lambda _: events.append("refused")
    )
    project = open_project(place, who=WHO, listener=listener)
    outbox = Outbox(project._writer, project._trouble, None)
    field = method_field(project)
    whole = make_revision(field, (), '"ก"', author="ก", device="d", time="t")
    spoilt = replace(whole, author="ข")
    with pytest.raises(ValueError, match="does not match"):
        outbox.submit(Write(revisions=(spoilt,))).result(10)
    write_method(project, "อีกช่อง", "1.2.2")
    project._writer.flush(10)
    with pytest.raises(StorageError, match="บันทึกไม่ได้"):
        project.flush(10)
    assert events == ["refused"]
    write_method(project, "พิมพ์ใหม่")
    project.flush(10)
    assert events[-1] == "saved"
    assert project.close()


def test_leaving_while_the_disk_refuses_waits_for_one_try_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    told: list[StorageError | None] = []
    project = open_project(place, who=WHO, listener=SaveListener(trouble=told.append))
    with monkeypatch.context() as disk:

        def refuse(store: Store, *_: Write) -> None:
            raise drive_fault(store.folder)

        disk.setattr(Store, "write", refuse)
        write_method(project, "ยังไม่ลงดิสก์")
        until(lambda: bool(told))
        begun = time.monotonic()
        with pytest.raises(StorageError):
            project.flush(60)
        assert time.monotonic() - begun < 10
    project.flush(10)
    assert project.close()


def test_what_no_project_takes_is_kept_where_it_can_be_read_and_the_sentence_says_where(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    told: list[str] = []
    heard = SaveListener(refused=lambda error: told.append(error.sentence))
    with monkeypatch.context() as store:
        project = open_project(place, who=WHO, listener=heard)

        def refuse(_: Store, *writes: Write) -> None:
            raise ValueError("a bug")

        store.setattr(Store, "write", refuse)
        write_method(project, "ที่ไม่มีใครรับ")
        with pytest.raises(StorageError):
            project.flush(5)
        project.close(1)

    (file,) = profile.glob("*.txt")
    assert file.name == "ข้อความที่บันทึกไม่ได้ – งาน.txt"
    assert "ที่ไม่มีใครรับ" in file.read_text("utf-8")
    assert str(file) in told[0]
    with opened(place) as project:
        assert method_of(project) == ""
    assert file.exists()


def test_a_project_names_the_file_that_has_its_unsaved_text_as_long_as_there_is_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(new_project(tmp_path)) as project:
        assert project.rescue_file is None
        with monkeypatch.context() as disk:

            def refuse(store: Store, *_: Write) -> None:
                raise drive_fault(store.folder)

            disk.setattr(Store, "write", refuse)
            write_method(project, "ค้าง")
            with pytest.raises(StorageError):
                project.flush(0.3)
            file = project.rescue_file
            assert file is not None
            assert "ค้าง" in file.read_text("utf-8")
        project.retry_now()
        project.flush(10)
        assert project.rescue_file is None
        assert not file.exists()


def test_another_copy_of_the_project_takes_the_words_in_and_leaves_them_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    copy = tmp_path / "สำเนา.esaproj"
    shutil.copytree(place, copy)
    with monkeypatch.context() as disk:
        project = open_project(place, who=WHO)

        def refuse(store: Store, *_: Write) -> None:
            raise drive_fault(store.folder)

        disk.setattr(Store, "write", refuse)
        write_method(project, "บนแฟลชไดรฟ์")
        project.close(timeout=0.1)
    for _ in range(3):
        with opened(copy) as project:
            assert method_of(project) == "บนแฟลชไดรฟ์"
            rescued = project.rescued
    assert rescued == 0
    shutil.rmtree(copy)
    with opened(place) as project:
        assert method_of(project) == "บนแฟลชไดรฟ์"
        assert project.rescued >= 1


def test_an_id_that_is_no_name_of_a_file_leads_nowhere_else(tmp_path: Path) -> None:
    for name in ("../../หนี", "/x", "**x", "a" * 300, ""):
        rescue = Rescue(name, "งาน", [tmp_path / "home"], device="..")
        rescue.keep(
            (
                Write(
                    revisions=(
                        make_revision(OFFICE_FIELD, (), '"ก"', author="ก", device="d", time="t"),
                    )
                ),
            )
        )
        assert found(name, [tmp_path / "home"], folder=tmp_path).writes
        rescue.over()
    inside = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert inside == []


def test_a_draft_that_was_cut_while_the_disk_refused_is_no_second_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    project = open_project(place, who=WHO)
    field = method_field(project)
    project.editor.type_value(field, from_plain("ร่างแรก"))
    assert project._writer.flush(10)
    project._writer.close()  # as a power cut would: only the draft is there
    with monkeypatch.context() as disk:

        def refuse(store: Store, *_: Write) -> None:
            raise drive_fault(store.folder)

        disk.setattr(Store, "write", refuse)
        project = open_project(place, who=WHO)
        project.editor.type_value(field, from_plain("ร่างแรก แล้วแก้ต่อ"))
        project.close(timeout=0.1)
    for _ in range(2):
        with opened(place) as again:
            view = again.editor.view(field)
            assert [decode(field, head.body).plain for head in view.heads] == ["ร่างแรก แล้วแก้ต่อ"]
