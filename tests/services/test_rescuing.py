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
from esa_desktop.paths import user_folder
from esa_desktop.services import opening, rescue_texts, rescuing
from esa_desktop.services.editing import revision_of_draft
from esa_desktop.services.projects import Project, SaveListener, open_project
from esa_desktop.services.rescuing import FOLDER, Rescue, found, places_for, remove
from esa_desktop.storage.store import Store, Write
from tests.projects import OTHER, WHO, YEAR, new_project, opened
from tests.storage.projects import METHOD, RESULTS, chain, draft, item, revision

PROJECT = "project-1"


def rescue(*places: Path) -> Rescue:
    return Rescue(PROJECT, "งาน", places, device="d1")


def files_in(place: Path) -> list[str]:
    return sorted(path.suffix for path in (place / FOLDER).glob("*"))


def texts_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.txt"))


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
    assert files_in(tmp_path / "good") == [".jsonl"]
    assert rescue(refusing).keep((Write(drafts=(draft("ก"),)),)) is None


def test_a_place_that_fills_up_keeps_what_it_took_before_until_another_has_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    full: list[Path] = []
    real = rescuing.write_durably

    def fills_up(path: Path, content: bytes) -> None:
        if any(path.is_relative_to(place) for place in full):
            raise OSError(28, "full")
        real(path, content)

    monkeypatch.setattr(rescuing, "write_durably", fills_up)
    keeper = rescue(small, large)
    first, more = Write(drafts=(draft("ก"),)), Write(drafts=(draft("กข"),))
    keeper.keep((first,))

    full[:] = [small, large]
    assert keeper.keep((first, more)) is None
    assert (files_in(small), files_in(large)) == ([".jsonl"], [])
    full[:] = [small]
    assert keeper.keep((first, more)) is not None
    assert (files_in(small), files_in(large)) == ([], [".jsonl"])


def test_the_text_lies_where_a_person_finds_it_under_the_title_of_the_project(
    tmp_path: Path, profile: Path
) -> None:
    (profile / "Documents").mkdir()

    kept = rescue(tmp_path).keep((Write(drafts=(draft("ก"),)),))

    assert kept == profile / "Documents" / "ข้อความที่ยังไม่ได้บันทึก – งาน.txt"
    assert files_in(tmp_path) == [".jsonl"]


def test_a_text_that_has_no_place_among_the_documents_lies_beside_the_machines_file(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rescue_texts.write_durably

    def refuse(path: Path, content: bytes) -> None:
        if path.parent == profile:
            raise PermissionError(13, "no", str(path))
        real(path, content)

    with monkeypatch.context() as forbidden:
        forbidden.setattr(rescue_texts, "write_durably", refuse)
        keeper = rescue(tmp_path)
        kept = keeper.keep((Write(drafts=(draft("ก"),)),))
        assert kept is not None
        assert kept.parent == tmp_path / FOLDER

    moved = keeper.keep((Write(drafts=(draft("กข"),)),))

    assert moved == kept  # the name that is told stays true
    keeper.over()
    assert files_in(tmp_path) == []


def test_two_projects_of_one_title_have_a_text_each(tmp_path: Path, profile: Path) -> None:
    one, two = (Rescue(f"p{n}", "งาน", [tmp_path], device="d1") for n in (1, 2))
    kept = [
        keeper.keep((Write(drafts=(draft(f"จาก {keeper._project}"),)),)) for keeper in (one, two)
    ]

    assert texts_in(profile) == [
        "ข้อความที่ยังไม่ได้บันทึก – งาน (2).txt",
        "ข้อความที่ยังไม่ได้บันทึก – งาน.txt",
    ]
    assert [f"จาก p{n}" in str(k and k.read_text("utf-8")) for n, k in enumerate(kept, 1)] == [
        True
    ] * 2
    for number in (1, 2):
        remove(found(f"p{number}", [tmp_path], folder=tmp_path))
        assert len(texts_in(profile)) == 2 - number
    assert kept[1] is not None
    assert files_in(tmp_path) == []


def test_a_text_that_a_person_wrote_in_is_theirs(tmp_path: Path, profile: Path) -> None:
    keeper = rescue(tmp_path)
    kept = keeper.keep((Write(drafts=(draft("ก"),)),))
    assert kept is not None
    theirs = kept.read_bytes() + "จดเพิ่มเอง".encode()
    kept.write_bytes(theirs)

    again = keeper.keep((Write(drafts=(draft("กข"),)),))
    assert again is not None
    assert again != kept
    remove(found(PROJECT, [tmp_path], folder=tmp_path))

    assert texts_in(profile) == [kept.name]
    assert kept.read_bytes() == theirs


def test_a_text_that_was_thrown_away_is_written_again_while_it_is_needed(tmp_path: Path) -> None:
    keeper = rescue(tmp_path)
    writes = (Write(drafts=(draft("ก"),)),)
    kept = keeper.keep(writes)
    assert kept is not None
    kept.unlink()

    assert keeper.keep(writes) == kept
    assert kept.exists()


def test_what_is_refused_for_good_is_kept_to_be_read_and_never_taken_in_or_away(
    tmp_path: Path, profile: Path
) -> None:
    keeper = rescue(tmp_path)
    assert keeper.keep_refused(Write(revisions=(item("item-1"),))) is None
    keeper.keep_refused(Write(revisions=(revision("ข้อความแรก"),)))
    kept = keeper.keep_refused(Write(drafts=(draft("ข้อความหลัง", field=RESULTS),)))
    keeper.keep((Write(drafts=(draft("ก"),)),))

    keeper.over()
    rescued = found(PROJECT, [tmp_path], folder=tmp_path)
    remove(rescued)

    assert rescued.writes == ()
    assert texts_in(profile) == ["ข้อความที่บันทึกไม่ได้ – งาน.txt"]
    assert kept == profile / texts_in(profile)[0]
    text = kept.read_text("utf-8")
    assert "ข้อความแรก" in text
    assert "ข้อความหลัง" in text
    assert "จะไม่นำข้อความนี้กลับเข้าไปเอง" in text


def test_the_same_is_not_written_twice_and_more_takes_the_place_of_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    real = rescuing.write_durably
    for module in (rescuing, rescue_texts):
        monkeypatch.setattr(
            module,
            "write_durably",
            lambda path, content: (written.append(path), real(path, content)),
        )
    keeper = rescue(tmp_path)
    writes = (Write(drafts=(draft("ก"),)),)

    keeper.keep(writes)
    keeper.keep(writes)
    assert len(written) == 2
    keeper.keep((*writes, Write(drafts=(draft("กข"),))))
    assert written == written[:2] * 2

    (write,) = found(PROJECT, [tmp_path], folder=tmp_path).writes
    assert write.revisions == (revision_of_draft(draft("กข")),)


def test_when_all_is_saved_nothing_is_left_behind(tmp_path: Path, profile: Path) -> None:
    keeper = rescue(tmp_path)
    keeper.keep((Write(drafts=(draft("ก"),)),))
    assert len(texts_in(profile)) == 1

    keeper.over()

    assert files_in(tmp_path) == []
    assert texts_in(profile) == []
    keeper.over()


def test_one_that_could_not_be_taken_away_is_tried_again(
    tmp_path: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = rescue(tmp_path)
    keeper.keep((Write(drafts=(draft("ก"),)),))
    real = Path.unlink
    for suffixes, left in (((".jsonl", ".txt"), [".jsonl"]), ((".txt",), [])):
        with monkeypatch.context() as held:

            def refuse(
                path: Path, missing_ok: bool = False, of: tuple[str, ...] = suffixes
            ) -> None:
                if path.suffix in of:
                    raise PermissionError(13, "held", str(path))
                real(path, missing_ok)

            held.setattr(Path, "unlink", refuse)
            keeper.over()
        assert files_in(tmp_path) == left
        assert len(texts_in(profile)) == 1

    keeper.over()

    assert texts_in(profile) == []


def test_what_an_earlier_run_left_is_not_written_over(tmp_path: Path, profile: Path) -> None:
    rescue(tmp_path).keep((Write(revisions=(revision("แรก"),)),))
    rescue(tmp_path).keep((Write(revisions=(revision("หลัง"),)),))

    writes = found(PROJECT, [tmp_path], folder=tmp_path).writes

    kept = {r for write in writes for r in write.revisions}
    assert kept == {revision("แรก"), revision("หลัง")}
    told = "".join((profile / name).read_text("utf-8") for name in texts_in(profile))
    assert "แรก" in told
    assert "หลัง" in told


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
    tmp_path: Path, profile: Path
) -> None:
    rescue(tmp_path).keep((Write(revisions=tuple(chain(3))),))
    (path,) = (tmp_path / FOLDER).iterdir()
    path.write_bytes(path.read_bytes().replace("ฉบับที่ 2".encode(), "ฉบับที่ 9".encode()))

    rescued = found(PROJECT, [tmp_path], folder=tmp_path)

    first, _, third = chain(3)
    assert rescued.writes == (Write(revisions=(first, third)),)
    assert path.exists()
    remove(rescued)
    assert files_in(tmp_path) == [".damaged"]
    assert len(texts_in(profile)) == 1  # it may have more
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
        assert len(rescued.used) == len(rescued.texts) == used


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

    assert not told[0].exists()
    assert not any((profile / FOLDER).iterdir())
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
    monkeypatch.setattr(opening, "remove", lambda rescued: None)

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
    # Else the copy of the last round would leave its words for this one.
    shutil.rmtree(user_folder() / "rescue", ignore_errors=True)
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
            # Only an end in that very moment may ask which of two states of one visit is meant.
            assert words[-1] in told
            assert back or told == {words[-1]}
