import hashlib
import json
import random
import shutil
import sqlite3
import sys
import zlib
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esa_desktop.domain.errors import (
    AttachError,
    DamagedProject,
    LeftOpen,
    NewerProject,
    NotAProject,
    StorageError,
    ValueRefused,
)
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import OFFICE_FIELD, item_field
from esa_desktop.domain.revision import Revision, heads_of
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.storage.evidence_files import keep, path_of
from esa_desktop.storage.lock import write_holder
from esa_desktop.storage.store import Contents, Store, Write
from tests.storage.projects import (
    HOLDER,
    METHOD,
    RESULTS,
    chain,
    change_in_file,
    draft,
    is_one_thai_sentence,
    item,
    new_store,
    revision,
)

HOLDER_HERE = replace(HOLDER, device="d-here")


def reopened(store: Store) -> Store:
    store.close()
    return Store.open(store.folder, HOLDER)


def kept_file(folder: Path, content: bytes = b"%PDF-1.7 ...") -> EvidenceFile:
    source = folder.parent / "คำสั่ง.pdf"
    source.write_bytes(content)
    return keep(source, folder)


def test_a_new_project_is_empty_and_keeps_its_id(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = store.load()
    store = reopened(store)
    assert store.load() == first == Contents(first.project_id, {}, (), frozenset())
    assert len(first.project_id) == 36
    store.close()


def test_a_project_that_came_as_a_package_keeps_the_id_it_came_with(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "x.esaproj", HOLDER, project_id="from-elsewhere")
    assert store.load().project_id == "from-elsewhere"
    store.close()


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    made = chain(3)
    for one in made:
        store.write(Write(revisions=(one,)))
    typed = draft("กำลังพิมพ์", field=RESULTS)
    store.write(Write(drafts=(typed,)))
    store = reopened(store)
    contents = store.load()
    assert contents.heads == {METHOD: (made[-1],)}
    assert contents.drafts == (typed,)
    assert store.history(METHOD) == tuple(made)
    assert store.graph(METHOD) == {one.id: one for one in made}
    store.close()


def test_an_empty_body_comes_back_empty(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    first = revision("มีข้อความ")
    gone = revision("", [first.id])
    assert gone.body == ""
    store.write(Write(revisions=(first, gone)))
    assert store.load().heads[METHOD] == (gone,)
    store.close()


def test_two_revisions_on_the_same_parent_are_both_heads_until_one_covers_both(
    tmp_path: Path,
) -> None:
    store = new_store(tmp_path)
    base = revision("ฐาน")
    ours, theirs = revision("เรา", [base.id]), revision("เขา", [base.id], device="d2")
    store.write(Write(revisions=(base, ours)))
    store.write(Write(revisions=(theirs,)))
    assert set(store.load().heads[METHOD]) == {ours, theirs}
    assert [h.id for h in store.load().heads[METHOD]] == sorted((ours.id, theirs.id))
    chosen = revision("เลือก", [ours.id, theirs.id])
    store.write(Write(revisions=(chosen,)))
    assert store.load().heads[METHOD] == (chosen,)
    store.close()


def test_a_parent_that_comes_after_its_child_is_no_head(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    base, child = chain(2)
    store.write(Write(revisions=(child,)))
    store.write(Write(revisions=(base,)))
    assert store.load().heads[METHOD] == (child,)
    assert store.history(METHOD) == (child, base)
    store.close()


def test_a_known_revision_is_passed_over(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    base, child = chain(2)
    store.write(Write(revisions=(base, child)))
    before = store.load()
    store.write(Write(revisions=(child, base, base)))
    assert store.load() == before
    assert store.history(METHOD) == (base, child)
    store.close()


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    dice = random.Random(4)
    store = new_store(tmp_path)
    made: list[Revision] = []
    for number in range(40):
        parents = dice.sample(made, min(len(made), dice.randint(0, 2)))
        made.append(revision(f"ข้อ {number}", [p.id for p in parents]))
    shuffled = dice.sample(made, len(made))
    while shuffled:
        some, shuffled = shuffled[:7], shuffled[7:]
        store.write(Write(revisions=tuple(some)))
        there = store.history(METHOD)
        assert store.load().heads[METHOD] == heads_of(there)
    store.close()


def test_a_field_whose_head_was_lost_mends_itself_on_loading(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    made, office = chain(3), revision("", field=OFFICE_FIELD)
    store.write(Write(revisions=(*made, office)))
    before = store.load()
    store.close()
    change_in_file(store.folder, "DELETE FROM head")
    store = Store.open(store.folder, HOLDER)
    assert store.load() == before
    store.close()


def test_a_second_head_that_was_lost_is_derived_again_on_request(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=(revision("ก"), revision("ข"))))
    before = store.load()
    store.close()
    change_in_file(store.folder, "DELETE FROM head WHERE rowid=1")
    store = Store.open(store.folder, HOLDER)
    assert store.load() != before
    store.rebuild_heads()
    assert store.load() == before
    store.close()


def test_a_head_of_nothing_mends_itself_on_loading(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    made = chain(2)
    store.write(Write(revisions=tuple(made)))
    store.close()
    change_in_file(store.folder, "UPDATE head SET revision='f'||substr(revision, 2)||'x'")
    store = Store.open(store.folder, HOLDER)
    assert store.load().heads == {METHOD: (made[-1],)}
    store.close()


def test_a_draft_is_one_for_a_field_and_device(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(drafts=(draft("ก"), draft("ข", device="d2"))))
    store.write(Write(drafts=(draft("กก"), draft("กกก"))))
    assert set(store.load().drafts) == {draft("กกก"), draft("ข", device="d2")}
    store.close()


def test_cutting_a_revision_drops_its_draft_in_the_same_step(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(drafts=(draft("ก"), draft("ข", device="d2"))))
    cut = revision("ก")
    store.write(Write(revisions=(cut,), dropped=((METHOD, "d1"),)))
    contents = store.load()
    assert contents.drafts == (draft("ข", device="d2"),)
    assert contents.heads == {METHOD: (cut,)}
    store.close()


def test_several_writes_are_carried_out_in_order(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(
        Write(drafts=(draft("ก"),)),
        Write(dropped=((METHOD, "d1"),)),
        Write(drafts=(draft("ข"),)),
    )
    assert store.load().drafts == (draft("ข"),)
    store.close()


def test_several_writes_are_one_transaction(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with pytest.raises(ValueRefused):
        store.write(Write(revisions=(revision("ก"),)), Write(drafts=(draft("x", device="\ud800"),)))
    assert store.load().heads == {}
    store.close()


def test_an_item_is_refused_while_its_file_is_not_in_the_project(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    file = kept_file(store.folder)
    with pytest.raises(AttachError, match=r"คำสั่ง\.pdf") as caught:
        store.write(Write(revisions=(revision("ก"), item("i1", file))))
    assert is_one_thai_sentence(caught.value)
    assert store.load().heads == {}
    store.write(Write(revisions=(item("i1", file),), files=(file,)))
    contents = store.load()
    assert contents.files == {file.sha256}
    assert contents.heads == {item_field("i1"): (item("i1", file),)}
    store.close()


def test_a_row_is_never_without_its_file(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    file = kept_file(store.folder)
    path_of(store.folder, file.sha256).unlink()
    with pytest.raises(AttachError):
        store.write(Write(files=(file,)))
    path_of(store.folder, file.sha256).write_bytes(b"short")
    with pytest.raises(AttachError):
        store.write(Write(files=(file,)))
    assert store.load().files == frozenset()
    store.close()


def test_a_known_file_may_be_named_again(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    file = kept_file(store.folder)
    store.write(Write(files=(file, replace(file, name="ชื่ออื่น.pdf"))))
    store.write(Write(files=(file,)))
    assert store.load().files == {file.sha256}
    store.close()


def test_a_revision_whose_id_is_wrong_is_not_let_in(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with pytest.raises(ValueError, match="does not match"):
        store.write(Write(revisions=(replace(revision("ก"), author="อื่น"),)))
    assert store.load().heads == {}
    store.close()


@pytest.mark.parametrize("column", ["author", "device", "time", "body"])
def test_a_lone_surrogate_is_refused_with_a_sentence(tmp_path: Path, column: str) -> None:
    store = new_store(tmp_path)
    with pytest.raises(ValueRefused) as caught:
        store.write(Write(drafts=(replace(draft("ก"), **{column: "x\udc80"}),)))
    assert is_one_thai_sentence(caught.value)
    with pytest.raises(ValueRefused):
        store.write(Write(revisions=(replace(revision("ก"), **{column: "x\udc80"}),)))
    store.close()


@pytest.mark.parametrize("column", ["round", "owner", "author", "device", "time", "parents"])
def test_a_changed_revision_is_found_on_opening(tmp_path: Path, column: str) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(2))))
    store.close()
    changed = '["x"]' if column == "parents" else "9"
    change_in_file(store.folder, f"UPDATE revision SET {column}=? WHERE seq=2", changed)
    store = Store.open(store.folder, HOLDER)
    with pytest.raises(NotAProject) as caught:
        store.load()
    assert is_one_thai_sentence(caught.value)
    store.close()


@pytest.mark.parametrize(
    "body", [b"", b"not zlib", zlib.compress(b"other"), zlib.compress(b"\xff\xfe"), "text", 7]
)
def test_a_changed_body_is_found_on_opening(tmp_path: Path, body: object) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=(revision("ก"),), drafts=(draft("ข", field=RESULTS),)))
    store.close()
    for table in ("revision", "draft"):
        change_in_file(store.folder, f"UPDATE {table} SET body=?", body)
        store = Store.open(store.folder, HOLDER)
        with pytest.raises(NotAProject):
            store.load()
        store.close()
        change_in_file(store.folder, "DELETE FROM head")
        change_in_file(store.folder, "DELETE FROM revision")


def test_a_changed_draft_is_found_on_opening(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(drafts=(draft("ก"),)))
    store.close()
    change_in_file(store.folder, "UPDATE draft SET parents=?", json.dumps(["a"]))
    store = Store.open(store.folder, HOLDER)
    with pytest.raises(NotAProject):
        store.load()
    store.close()


def test_a_changed_project_id_is_found_on_opening(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    change_in_file(store.folder, "UPDATE meta SET value='a'||substr(value, 2)")
    store = Store.open(store.folder, HOLDER)
    with pytest.raises(NotAProject):
        store.load()
    store.close()


def test_damage_in_an_old_version_is_found_when_its_history_is_asked_for(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    made = chain(3)
    store.write(Write(revisions=tuple(made)))
    store.close()
    change_in_file(store.folder, "UPDATE revision SET author='อื่น' WHERE seq=2")
    store = Store.open(store.folder, HOLDER)
    assert store.load().heads == {METHOD: (made[-1],)}
    with pytest.raises(NotAProject):
        store.history(METHOD)
    store.close()


def test_an_error_that_is_kept_does_not_keep_the_lock(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(3, field=METHOD) + chain(3, field=RESULTS))))
    store.close()
    change_in_file(store.folder, "UPDATE revision SET body=x'00'")
    kept: list[NotAProject] = []
    for _ in range(3):
        store = Store.open(store.folder, HOLDER)
        for ask in (store.load, store.rebuild_heads, partial(store.history, METHOD)):
            with pytest.raises(NotAProject) as caught:
                ask()
            kept.append(caught.value)
        store.close()


def test_a_kind_of_a_later_program_is_said_to_be_newer_not_damaged(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    later = revision("ก")
    store.write(Write(revisions=(later,)))
    store.close()
    said = [["2557", "issue-1", "hologram"], [], later.author, later.device, later.time, later.body]
    later_id = hashlib.sha256(canonical_json(said).encode()).hexdigest()
    change_in_file(store.folder, "UPDATE revision SET kind='hologram', id=?", later_id)
    change_in_file(store.folder, "UPDATE head SET kind='hologram', revision=?", later_id)
    store = Store.open(store.folder, HOLDER)
    with pytest.raises(NewerProject):
        store.load()
    store.close()


def test_a_kind_that_nobody_meant_is_damage(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=(revision("ก"),)))
    store.close()
    change_in_file(store.folder, "UPDATE revision SET kind='hologram'")
    store = Store.open(store.folder, HOLDER)
    with pytest.raises(DamagedProject):
        store.load()
    store.close()


def test_the_text_of_a_long_field_is_stored_compressed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    long = revision("ผลการดำเนินงานตามแผน " * 5000)
    store.write(Write(revisions=(long,)))
    store.close()
    with closing(sqlite3.connect(store.folder / "project.db")) as connection:
        (size,) = connection.execute("SELECT length(body) FROM revision").fetchone()
    assert size < len(long.body.encode()) / 10


def test_heads_are_worked_out_without_reading_the_texts(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    with closing(sqlite3.connect(store.folder / "project.db")) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT id, parents FROM revision "
            "WHERE round=? AND owner=? AND kind=?",
            ("1", "2", "3"),
        ).fetchall()
    assert "COVERING INDEX" in plan[0][3]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    store = Store.create(tmp_path_factory.mktemp("p") / "t.esaproj", HOLDER)
    typed = replace(draft(""), body=text, author=text)
    written = revision(text)
    store.write(Write(revisions=(written,), drafts=(typed,)))
    contents = store.load()
    store.close()
    assert contents.drafts == (typed,)
    assert contents.heads == {METHOD: (written,)}


def test_damage_anywhere_in_the_file_is_harmless_or_a_sentence(tmp_path: Path) -> None:
    """Bits, blocks and cuts: the same contents, a sentence, never anything else."""
    store = new_store(tmp_path)
    for number in range(6):
        made = chain(4, field=replace(METHOD, owner=f"issue-{number}"), size=60)
        store.write(Write(revisions=tuple(made), drafts=(draft(f"{number}", device=str(number)),)))
    whole = store.load()
    store.close()
    database = store.folder / "project.db"
    original = database.read_bytes()
    dice = random.Random(20)
    told: list[Exception] = []
    for number in range(150):
        database.write_bytes(damaged(original, number, dice))
        try:
            store = Store.open(store.folder, HOLDER)
            try:
                assert store.load() == whole
                for field in whole.heads:
                    store.history(field)
            finally:
                store.close()
        except (NotAProject, NewerProject) as error:
            told.append(error)
    assert all(map(is_one_thai_sentence, told))
    assert len(told) > 60  # the rest hit unused bytes, old versions or indexes nobody read


def damaged(original: bytes, number: int, dice: random.Random) -> bytes:
    content = bytearray(original)
    place = dice.randrange(len(content))
    if number % 3 == 0:
        content[place] ^= 1 << dice.randrange(8)
    elif number % 3 == 1:
        length = min(2000, len(content) - place)
        content[place : place + length] = dice.randbytes(length)
    else:
        del content[place:]
    return bytes(content)


def test_the_state_tells_whether_anything_is_new(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    states = [store.state()]
    first = revision("ก")
    file = kept_file(store.folder)
    for write in (
        Write(revisions=(first,)),
        Write(drafts=(draft("กำลังพิมพ์"),)),
        Write(drafts=(draft("กำลังพิมพ์ต่อ"),)),
        Write(files=(file,)),
    ):
        store.write(write)
        states.append(store.state())
    assert len(set(states)) == len(states)
    store.write(Write(revisions=(first,), files=(file,)))
    assert reopened(store).state() == states[-1]
    store.close()


def test_changes_come_in_the_order_they_came_to_this_project(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    assert store.last_change() is None
    texts = chain(3)
    store.write(Write(revisions=(texts[0], texts[2])))
    seen = store.state().last_seq
    store.write(Write(revisions=(texts[1],)))
    last = store.last_change()
    assert last == texts[1]
    assert store.changes_since(seen) == ((seen + 1, texts[1]),)
    assert [found for _, found in store.changes_since(0)] == [texts[0], texts[2], texts[1]]
    assert store.has_revision(texts[1].id)
    assert not store.has_revision("0" * 64)
    store.close()


def test_a_copy_says_what_the_project_says(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(5)), drafts=(draft("ค้าง"),)))
    place = tmp_path / "copy"
    place.mkdir()
    store.copy_to(place / "project.db")
    contents = store.load()
    store.close()
    copy = Store.open(place, HOLDER)
    assert copy.load() == contents
    copy.close()


def test_what_another_computer_left_open_is_opened_only_when_told_to(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    write_holder(store.folder, replace(HOLDER, device="d-other", computer="PC-๐๘"))
    with pytest.raises(LeftOpen, match="PC-๐๘") as caught:
        Store.open(store.folder, HOLDER_HERE, take_over=False)
    assert is_one_thai_sentence(caught.value)
    Store.open(store.folder, HOLDER_HERE, take_over=True).close()
    # Nothing is left behind: the next one is not asked again.
    Store.open(store.folder, HOLDER_HERE, take_over=False).close()


def test_what_this_computer_left_open_after_a_crash_is_simply_opened(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    write_holder(store.folder, replace(HOLDER_HERE, person="คนอื่นในเครื่องนี้"))
    Store.open(store.folder, HOLDER_HERE, take_over=False).close()


on_linux = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets go of no open file")


@on_linux
def test_a_folder_that_was_moved_away_takes_no_word_more_and_all_of_them_when_it_is_back(
    tmp_path: Path,
) -> None:
    store = new_store(tmp_path)
    store.load()
    texts = chain(3)
    store.write(Write(revisions=(texts[0],)))
    away = store.folder.rename(tmp_path / "ที่อื่น")
    for _ in range(2):
        with pytest.raises(StorageError, match="เสียบกลับ") as caught:
            store.write(Write(revisions=(texts[1],)))
        assert is_one_thai_sentence(caught.value)
    away.rename(store.folder)
    store.write(Write(revisions=(texts[1],)))
    assert len(reopened(store).history(METHOD)) == 2
    store.close()


@on_linux
def test_a_folder_that_was_deleted_is_not_said_to_have_what_was_written(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.load()
    shutil.rmtree(store.folder)
    with pytest.raises(StorageError, match="เสียบกลับ"):
        store.write(Write(revisions=(revision("หายไปไหน"),)))
    store.folder.mkdir()
    (store.folder / "mirror").mkdir()  # what came back is no project
    with pytest.raises(StorageError, match="เสียบกลับ"):
        store.write(Write(revisions=(revision("หายไปไหน"),)))
    store.close()


@on_linux
def test_another_project_put_in_the_same_place_gets_nothing_of_this_one(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.load()
    other = new_store(tmp_path, "อื่น.esaproj")
    other.close()
    away = store.folder.rename(tmp_path / "ถอดออก")
    other.folder.rename(store.folder)
    for _ in range(3):
        with pytest.raises(StorageError):
            store.write(Write(revisions=(revision("ของสำนักงานหนึ่ง"),)))
    store.folder.rename(other.folder)
    away.rename(store.folder)
    store.write(Write(revisions=(revision("ของสำนักงานหนึ่ง"),)))
    assert len(store.history(METHOD)) == 1
    store.close()
    again = Store.open(other.folder, HOLDER)
    assert again.history(METHOD) == ()
    again.close()
