import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import Field, Kind, decode, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services import projects, rescuing
from esa_desktop.services.editing import revision_of_draft
from esa_desktop.services.projects import Project, SaveListener, open_project
from esa_desktop.services.rescuing import FOLDER, Rescue, found, places_for, remove
from esa_desktop.storage.store import Store, Write
from tests.projects import OTHER, WHO, YEAR, new_project, opened
from tests.storage.projects import METHOD, RESULTS, chain, draft, revision

PROJECT = "project-1"


def rescue(*places: Path) -> Rescue:
    return Rescue(PROJECT, "งาน", places, device="d1")


def files_in(place: Path) -> list[str]:
    return sorted(path.suffix for path in (place / FOLDER).iterdir())


# --- keeping ----------------------------------------------------------------------------------


def test_what_is_unsaved_is_kept_for_the_program_and_for_people(tmp_path: Path) -> None:
    kept = rescue(tmp_path).keep((Write(drafts=(draft("ข้อความที่พิมพ์\nบรรทัดสอง"),)),))

    assert kept is not None
    content = kept.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    text = content.decode("utf-8-sig")
    assert "ข้อความที่พิมพ์\r\nบรรทัดสอง" in text
    assert "วิธีการดำเนินงาน ปี ๒๕๕๗" in text
    assert "“งาน”" in text
    (write,) = found(PROJECT, [tmp_path], folder=tmp_path).writes
    assert write.revisions == (revision_of_draft(draft("ข้อความที่พิมพ์\nบรรทัดสอง")),)


def test_a_place_that_refuses_is_passed_over_and_nothing_half_is_left_there(
    tmp_path: Path,
) -> None:
    refusing = tmp_path / "file"
    refusing.write_text("")

    kept = rescue(refusing, tmp_path / "good").keep((Write(drafts=(draft("ก"),)),))

    assert kept is not None
    assert kept.parent == tmp_path / "good" / FOLDER
    assert rescue(refusing).keep((Write(drafts=(draft("ก"),)),)) is None


def test_a_place_that_fills_up_while_it_is_written_keeps_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rescuing.write_durably

    def fills_up(path: Path, content: bytes) -> None:
        if path.is_relative_to(tmp_path / "small") and path.suffix == ".txt":
            raise OSError(28, "full")
        real(path, content)

    monkeypatch.setattr(rescuing, "write_durably", fills_up)
    kept = rescue(tmp_path / "small", tmp_path / "large").keep((Write(drafts=(draft("ก"),)),))

    assert kept is not None
    assert files_in(tmp_path / "small") == []
    assert files_in(tmp_path / "large") == [".jsonl", ".txt"]


def test_the_same_is_not_written_twice_and_more_takes_the_place_of_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    real = rescuing.write_durably
    monkeypatch.setattr(
        rescuing, "write_durably", lambda path, content: (written.append(path), real(path, content))
    )
    keeper = rescue(tmp_path)
    writes = (Write(drafts=(draft("ก"),)),)

    keeper.keep(writes)
    keeper.keep(writes)
    assert len(written) == 2
    keeper.keep((*writes, Write(drafts=(draft("กข"),))))

    (write,) = found(PROJECT, [tmp_path], folder=tmp_path).writes
    assert write.revisions == (revision_of_draft(draft("กข")),)


def test_when_all_is_saved_nothing_is_left_behind(tmp_path: Path) -> None:
    keeper = rescue(tmp_path)
    keeper.keep((Write(drafts=(draft("ก"),)),))

    keeper.over()

    assert files_in(tmp_path) == []
    keeper.over()


def test_one_that_could_not_be_taken_away_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = rescue(tmp_path)
    keeper.keep((Write(drafts=(draft("ก"),)),))
    with monkeypatch.context() as held:

        def refuse(path: Path, missing_ok: bool = False) -> None:
            raise PermissionError(13, "held", str(path))

        held.setattr(Path, "unlink", refuse)
        keeper.over()
    assert files_in(tmp_path) == [".jsonl", ".txt"]

    keeper.over()

    assert files_in(tmp_path) == []


def test_what_an_earlier_run_left_is_not_written_over(tmp_path: Path) -> None:
    rescue(tmp_path).keep((Write(revisions=(revision("แรก"),)),))
    rescue(tmp_path).keep((Write(revisions=(revision("หลัง"),)),))

    writes = found(PROJECT, [tmp_path], folder=tmp_path).writes

    kept = {r for write in writes for r in write.revisions}
    assert kept == {revision("แรก"), revision("หลัง")}


def test_another_drive_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = rescuing._drive(tmp_path)
    monkeypatch.setattr(rescuing, "_drive", lambda place: here + ("Documents" in str(place)))
    (tmp_path / "Documents").mkdir()
    monkeypatch.setattr(rescuing, "documents_folder", lambda: tmp_path / "Documents")

    assert places_for(tmp_path / "งาน.esaproj")[0] == tmp_path / "Documents"


# --- finding ----------------------------------------------------------------------------------


def test_of_one_run_only_the_latest_file_counts(tmp_path: Path) -> None:
    keeper = rescue(tmp_path / "one", tmp_path / "two")
    keeper.keep((Write(drafts=(draft("เก่า"),)),))
    old = tmp_path / "old"
    shutil.copytree(tmp_path / "one", old)
    keeper.keep((Write(drafts=(draft("ใหม่"),)),))

    for places in ([tmp_path / "one", old], [old, tmp_path / "one"]):
        rescued = found(PROJECT, places, folder=tmp_path)
        assert [r for w in rescued.writes for r in w.revisions] == [revision_of_draft(draft("ใหม่"))]
        assert len(rescued.used) == 2
    remove(rescued)
    assert files_in(old) == files_in(tmp_path / "one") == []


def test_another_project_is_none_of_ours(tmp_path: Path) -> None:
    rescue(tmp_path).keep((Write(drafts=(draft("ก"),)),))

    assert found("project", [tmp_path, tmp_path / "none"], folder=tmp_path).writes == ()


def test_a_damaged_file_gives_what_proves_itself_and_is_put_aside_after_that(
    tmp_path: Path,
) -> None:
    kept = rescue(tmp_path).keep((Write(revisions=tuple(chain(3))),))
    assert kept is not None
    path = kept.with_suffix(".jsonl")
    path.write_bytes(path.read_bytes().replace("ฉบับที่ 2".encode(), "ฉบับที่ 9".encode()))

    rescued = found(PROJECT, [tmp_path], folder=tmp_path)

    first, _, third = chain(3)
    assert rescued.writes == (Write(revisions=(first, third)),)
    assert path.exists()
    remove(rescued)
    assert files_in(tmp_path) == [".damaged", ".txt"]
    assert found(PROJECT, [tmp_path], folder=tmp_path).writes == ()


def test_what_cannot_be_read_at_all_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    path = tmp_path / FOLDER / f"{PROJECT}-d1.jsonl"
    path.write_bytes(b"\0" * 1000)

    rescued = found(PROJECT, [tmp_path], folder=tmp_path)
    remove(rescued)

    assert rescued.writes == ()
    assert path.exists()


def test_a_copy_that_lacks_what_the_changes_stand_on_does_not_use_them_up(tmp_path: Path) -> None:
    base = revision("ฐาน")
    rescue(tmp_path).keep((Write(revisions=(revision("ต่อ", [base.id]),)),))

    for knows, used in ((lambda name: False, 0), (lambda name: name == base.id, 1)):
        rescued = found(PROJECT, [tmp_path], folder=tmp_path, knows=knows)
        assert len(rescued.writes) == 1
        assert len(rescued.used) == used


def test_the_draft_that_a_rescue_replaces_is_dropped(tmp_path: Path) -> None:
    keeper = rescue(tmp_path)
    keeper.committed(Write(drafts=(draft("เก่า"),)))
    keeper.keep((Write(drafts=(draft("ใหม่"),)),))

    (write,) = found(PROJECT, [tmp_path], folder=tmp_path, drafts=[draft("เก่า")]).writes

    assert write.revisions == (revision_of_draft(draft("ใหม่")),)
    assert write.dropped == ((METHOD, "d1"),)


def test_a_draft_saved_after_the_rescue_comes_on_top_of_it(tmp_path: Path) -> None:
    """The program ended after the COMMIT and before it took the rescue away."""
    keeper = rescue(tmp_path)
    keeper.committed(Write(drafts=(draft("เก่า"),)))
    keeper.keep((Write(drafts=(draft("กลาง"),)),))

    (write,) = found(PROJECT, [tmp_path], folder=tmp_path, drafts=[draft("ใหม่สุด")]).writes

    below, top = write.revisions
    assert below == revision_of_draft(draft("กลาง"))
    assert (top.parents, top.body) == ((below.id,), draft("ใหม่สุด").body)
    assert write.dropped == ((METHOD, "d1"),)


def test_drafts_of_others_are_left_alone(tmp_path: Path) -> None:
    rescue(tmp_path).keep((Write(drafts=(draft("ก"),)),))
    others = [draft("ข", device="d2"), draft("ค", field=RESULTS)]

    (write,) = found(PROJECT, [tmp_path], folder=tmp_path, drafts=others).writes

    assert write.dropped == ()


# --- the whole way ----------------------------------------------------------------------------


class Disk:
    """Refuses every write while ``gone``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gone = False
        real = Store.write

        def write(store: Store, *writes: Write) -> None:
            if self.gone:
                raise StorageError("ไดรฟ์ถูกถอดออก กรุณาต่อไดรฟ์แล้วลองอีกครั้ง")
            real(store, *writes)

        monkeypatch.setattr(Store, "write", write)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def method_of(project: Project) -> Field:
    issue = project.editor.round.framework.issue("1.1.1")
    return issue_field(YEAR, issue.id, Kind.METHOD)


def plain_of(project: Project) -> str:
    text: str = project.editor.round.issue(method_of(project).owner).method.plain
    return text


def work_until_the_disk_is_gone(
    place: Path, disk: Disk, last: Callable[[Project], object] = lambda _: None
) -> list[Path]:
    """Type two words that are saved, then two on a disk that is gone, and end the program."""
    told: list[Path] = []
    project = open_project(place, who=WHO, listener=SaveListener(rescued=told.append))
    project.editor.type_value(method_of(project), from_plain("บันทึกแล้ว"))
    assert project._writer.flush(10)
    disk.gone = True
    project.editor.type_value(method_of(project), from_plain("บันทึกแล้ว และยังไม่บันทึก"))
    last(project)
    project._writer.close(0)
    disk.gone = False
    return told


@pytest.mark.parametrize("leaving", [False, True])
def test_what_a_lost_disk_did_not_take_is_there_at_the_next_opening(
    tmp_path: Path, disk: Disk, profile: Path, leaving: bool
) -> None:
    place = new_project(tmp_path)
    told = work_until_the_disk_is_gone(
        place, disk, lambda p: p.editor.finish_all_typing() if leaving else None
    )
    assert told
    assert told[0].is_relative_to(profile)

    with opened(place) as project:
        assert plain_of(project) == "บันทึกแล้ว และยังไม่บันทึก"
        assert project.editor.view(method_of(project)).state == "clean"

    assert not any((told[0].parent).iterdir())
    with opened(place) as project:
        assert plain_of(project) == "บันทึกแล้ว และยังไม่บันทึก"


def test_without_a_rescue_the_words_would_be_lost(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(Rescue, "keep", lambda self, writes: None)
    place = new_project(tmp_path)
    work_until_the_disk_is_gone(place, disk)

    with opened(place) as project:
        assert plain_of(project) == "บันทึกแล้ว"


def test_a_rescue_that_is_found_again_changes_nothing(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ended after the COMMIT and before it took the file away, and again."""
    place = new_project(tmp_path)
    work_until_the_disk_is_gone(place, disk)
    monkeypatch.setattr(projects, "remove", lambda rescued: None)

    for more in ("", " ต่อ", " และต่อ"):
        with opened(place) as project:
            view = project.editor.view(method_of(project))
            assert view.state == "clean"
            words = plain_of(project) + more
            project.editor.type_value(method_of(project), from_plain(words))

    with opened(place) as project:
        assert plain_of(project) == "บันทึกแล้ว และยังไม่บันทึก ต่อ และต่อ"


def test_what_is_typed_while_the_disk_is_gone_is_kept_long_before_the_next_try(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    told: list[Path] = []
    project = open_project(place, who=WHO, listener=SaveListener(rescued=told.append))
    project._writer._waits = (3600.0,)
    disk.gone = True
    try:
        for number in range(3):
            project.editor.type_value(method_of(project), from_plain(f"คำที่ {number}"))
            deadline = time.monotonic() + 5
            while len(told) <= number and time.monotonic() < deadline:
                time.sleep(0.005)
            assert f"คำที่ {number}" in told[-1].read_text("utf-8-sig")
    finally:
        project._writer.close(0)


def test_leaving_without_the_disk_keeps_the_last_words_too(tmp_path: Path, disk: Disk) -> None:
    place = new_project(tmp_path)
    project = open_project(place, who=WHO)
    disk.gone = True
    project.editor.type_value(method_of(project), from_plain("คำสุดท้าย"))
    assert not project.close(0)
    disk.gone = False

    with opened(place) as again:
        assert plain_of(again) == "คำสุดท้าย"


def test_the_disk_that_comes_back_makes_the_rescue_needless(
    tmp_path: Path, disk: Disk, profile: Path
) -> None:
    place = new_project(tmp_path)
    told: list[Path] = []
    project = open_project(place, who=WHO, listener=SaveListener(rescued=told.append))
    disk.gone = True
    project.editor.type_value(method_of(project), from_plain("กลับมา"))
    with suppress(StorageError):
        project.flush(0.2)
    assert told
    assert told[0].exists()

    disk.gone = False
    project.retry_now()
    project.flush()
    project.close()

    assert not told[0].exists()
    assert list((profile / FOLDER).iterdir()) == []


def test_a_rescue_of_another_persons_computer_comes_in_as_theirs(
    tmp_path: Path, disk: Disk
) -> None:
    place = new_project(tmp_path)
    work_until_the_disk_is_gone(place, disk)

    with opened(place, who=OTHER) as project:
        view = project.editor.view(method_of(project))
        assert view.heads[0].author == WHO.author
        assert plain_of(project) == "บันทึกแล้ว และยังไม่บันทึก"


def test_an_older_copy_of_the_project_does_not_use_up_the_rescue(
    tmp_path: Path, disk: Disk
) -> None:
    place = new_project(tmp_path)
    older = tmp_path / "เก่า.esaproj"
    shutil.copytree(place, older)
    with opened(place) as project:
        editor = project.editor
        editor.apply(editor.change(method_of(project), from_plain("ฉบับที่สำเนาเก่าไม่มี")))
    work_until_the_disk_is_gone(place, disk)

    with opened(older):
        pass
    with opened(place) as project:
        assert plain_of(project) == "บันทึกแล้ว และยังไม่บันทึก"
        assert project.editor.view(method_of(project)).state == "clean"


STEPS = st.lists(st.sampled_from(["type", "type", "leave", "back"]), max_size=5)


def carry_out(project: Project, steps: list[str], words: list[str]) -> None:
    """Type another word, leave the field, or type what it said at first; ``words`` so far."""
    for step in steps:
        if step == "leave":
            project.editor.finish_all_typing()
        else:
            words.append(f"{words[-1]} คำที่ {len(words)}" if step == "type" else words[0])
            project.editor.type_value(method_of(project), from_plain(words[-1]))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = new_project(tmp_path_factory.mktemp("template"))
    with opened(place) as project:
        field = method_of(project)
        project.editor.apply(project.editor.change(field, from_plain("ฉบับแรก")))
    return place


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saved=STEPS, lost=STEPS, back=st.booleans(), after=STEPS)
def test_wherever_the_disk_goes_and_comes_the_last_words_are_there(
    template: Path,
    disk: Disk,
    tmp_path_factory: pytest.TempPathFactory,
    saved: list[str],
    lost: list[str],
    back: bool,
    after: list[str],
) -> None:
    """With ``back`` the program ends after all was saved and before the rescue is taken away."""
    place = tmp_path_factory.mktemp("copy") / template.name
    shutil.copytree(template, place)
    words = ["ฉบับแรก"]
    project = open_project(place, who=WHO)
    carry_out(project, saved, words)
    assert project._writer.flush(10)
    disk.gone = True
    carry_out(project, lost, words)
    with pytest.MonkeyPatch.context() as ending:
        if back:
            ending.setattr(Rescue, "over", lambda self: None)
            project._writer.flush(0.02)
            disk.gone = False
            project.retry_now()
            carry_out(project, after, words)
            assert project._writer.flush(10)
        project._writer.close(0)
    disk.gone = False

    for _ in range(2):
        with opened(place) as again:
            view = again.editor.view(method_of(again))
            told = {decode(view.field, head.body).plain for head in view.heads}
            assert words[-1] in told
            # Only an end in that very moment may ask which of two states of one visit is meant.
            assert back or told == {words[-1]}
