import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.domain.errors import (
    DamagedProject,
    NewerProject,
    NotAProject,
    ProjectLocked,
    StorageError,
    WriteForbidden,
)
from esa_desktop.storage import database
from esa_desktop.storage.database import PRAGMAS, connect, open_database
from esa_desktop.storage.faults import said_in_thai
from esa_desktop.storage.store import Store, Write
from tests.storage.projects import (
    HOLDER,
    METHOD,
    chain,
    change_in_file,
    is_one_thai_sentence,
    new_store,
    revision,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(3))))
    store.close()
    return store.folder


def test_the_file_says_whose_it_is(project: Path) -> None:
    header = (project / "project.db").read_bytes()[:100]
    assert header[68:72] == b"ESA1"
    assert int.from_bytes(header[60:64], "big") == 1


def test_every_pragma_holds_on_the_open_connection(project: Path) -> None:
    with closing(connect(project)) as connection:
        for name, wanted in PRAGMAS.items():
            row = connection.execute(f"PRAGMA {name}").fetchone()
            assert row is None or row[0] == wanted, name
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_pragma_that_sqlite_does_not_take_is_noticed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "synchronous", "nonsense")
    with pytest.raises(RuntimeError, match="synchronous"):
        connect(project)


@pytest.mark.alone
def test_a_second_opener_is_refused_before_anything_was_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.3)
    store = Store.open(project, HOLDER)
    started = time.monotonic()
    with pytest.raises(ProjectLocked):
        connect(project)
    assert 0.3 <= time.monotonic() - started < 2
    store.close()
    connect(project).close()


def test_a_reader_from_elsewhere_is_kept_out_too(project: Path) -> None:
    store = Store.open(project, HOLDER)
    with (
        closing(sqlite3.connect(project / "project.db", timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("SELECT * FROM revision").fetchall()
    store.close()


def test_whoever_waits_gets_the_project_when_it_is_closed(project: Path) -> None:
    first = connect(project)
    opened: list[bool] = []

    def wait_for_it() -> None:
        connect(project).close()
        opened.append(True)

    waiting = threading.Thread(target=wait_for_it)
    waiting.start()
    time.sleep(0.2)
    first.close()
    waiting.join(5)
    assert opened == [True]


START = """
import sys, time
from pathlib import Path
from esa_desktop.domain.errors import ProjectLocked
from esa_desktop.storage import database
from esa_desktop.storage.database import connect
database.PATIENCE = 0.3
print("ready", flush=True)
for line in sys.stdin:
    try:
        connection = connect(Path(line.strip()))
    except ProjectLocked:
        print("refused", flush=True)
    else:
        print("won", flush=True)
        time.sleep(0.8)
        connection.close()
"""


def test_of_two_programs_that_start_together_exactly_one_wins(project: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        for program in programs:
            assert program.stdout
            assert program.stdout.readline() == "ready\n"
        for _ in range(4):
            for program in programs:
                assert program.stdin
                program.stdin.write(f"{project}\n")
                program.stdin.flush()
            answers = sorted(program.stdout.readline() for program in programs if program.stdout)
            assert answers == ["refused\n", "won\n"]
            time.sleep(0.9)
    finally:
        for program in programs:
            program.communicate()


def test_a_newer_project_is_refused_and_left_as_it_is(project: Path) -> None:
    change_in_file(project, "PRAGMA user_version=2")
    before = (project / "project.db").read_bytes()
    with pytest.raises(NewerProject) as caught:
        open_database(project)
    assert is_one_thai_sentence(caught.value)
    assert (project / "project.db").read_bytes() == before


def a_foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA application_id=17")
        connection.execute("CREATE TABLE revision (x)")


def a_database_of_nobody(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE revision (x)")


def ours_without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA application_id={database.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
        connection.execute("CREATE TABLE revision (x)")


@pytest.mark.parametrize(
    "spoil",
    [
        a_foreign_database,
        a_database_of_nobody,
        ours_without_tables,
        lambda path: path.write_text("นี่คือข้อความ " * 500, encoding="utf-8"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\x00"),
        lambda path: path.write_bytes(bytes(8192)),
        lambda path: path.mkdir(),
        lambda path: path.unlink(missing_ok=True),
    ],
    ids=["foreign", "nobody's", "no tables", "text", "empty", "cut", "zeros", "folder", "gone"],
)
def test_what_is_no_project_is_refused_with_a_sentence(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "งาน.esaproj"
    folder.mkdir()
    spoil(folder / "project.db")
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(NotAProject) as caught:
        open_database(folder)
    assert is_one_thai_sentence(caught.value)
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("share", [0.99, 0.5, 0.2, 0.05])
def test_a_file_that_was_cut_off_is_refused(project: Path, share: float) -> None:
    path = project / "project.db"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(NotAProject) as caught:
        open_database(project)
    assert is_one_thai_sentence(caught.value)


@pytest.mark.parametrize("name", ["ไม่มี.esaproj", "a\0b", "x" * 300])
def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError) as caught:
        open_database(tmp_path / name)
    assert is_one_thai_sentence(caught.value)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "งาน.esaproj").write_text("x")
    with pytest.raises(NotAProject):
        open_database(tmp_path / "งาน.esaproj")


def test_only_the_database_file_copied_from_an_open_project_is_complete(
    project: Path, tmp_path: Path
) -> None:
    store = Store.open(project, HOLDER)
    last = revision("ล่าสุด", [store.load().heads[METHOD][0].id])
    store.write(Write(revisions=(last,)))
    copy = tmp_path / "copy.esaproj"
    copy.mkdir()
    shutil.copy(project / "project.db", copy)
    store.close()
    store = Store.open(copy, HOLDER)
    assert store.load().heads[METHOD] == (last,)
    store.close()


def test_a_folder_with_odd_signs_in_its_name_opens(tmp_path: Path) -> None:
    store = new_store(tmp_path, "ร้อย% ?a=1#x 'งาน'.esaproj")
    store.close()
    Store.open(store.folder, HOLDER).close()
    assert (store.folder / "project.db").is_file()


def test_opening_costs_no_look_at_every_page(project: Path) -> None:
    """quick_check reads the whole file; what is shown is checked by its hashes instead."""
    traced: list[str] = []
    engine = open_database(project)
    engine.dispose()
    connection = connect(project)
    connection.set_trace_callback(traced.append)
    connection.close()
    assert not any("check" in statement for statement in traced)


AS_NOBODY = Path(__file__).with_name("as_nobody.py")


def test_without_permission_to_write_the_sentence_says_to_copy_the_folder() -> None:
    """In a child that gives up root's rights, for which no permission would count."""
    answer = subprocess.run(
        [sys.executable, AS_NOBODY], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    said = json.loads(answer.stdout)
    for case in ("read-only folder", "read-only file", "read-only both"):
        name, sentence = said[case]
        assert name == "WriteForbidden", case
        assert "คัดลอกทั้งโฟลเดอร์" in sentence
        assert is_one_thai_sentence(StorageError(sentence))
    assert said["create below a read-only folder"][0] == "StorageError"
    assert "เลือกที่อื่น" in said["create below a read-only folder"][1]
    assert said["left by the failed creation"] == []
    assert said["unreadable evidence"][0] == "AttachError"
    assert "ไม่อนุญาตให้อ่าน" in said["unreadable evidence"][1]
    assert said["read-only evidence folder"][0] == "AttachError"
    assert "เขียนในโฟลเดอร์งานประเมินไม่ได้" in said["read-only evidence folder"][1]
    assert said["after the rights came back"] == "opened"


@pytest.mark.parametrize("slices", [1, 3, 100])
def test_what_is_written_while_pages_are_copied_is_in_the_copy_or_written_after_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, slices: int
) -> None:
    """Whoever writes at each breath finds all of it in the copy, up to the very last."""
    pages = (project / "project.db").stat().st_size // 4096
    monkeypatch.setattr(database, "PAGES_AT_ONCE", pages // slices + 1)
    store = Store.open(project, HOLDER)
    breaths = 0

    def breathe() -> None:
        nonlocal breaths
        breaths += 1
        if breaths <= 20:
            store.write(Write(revisions=(revision(f"ระหว่างคัดลอก {breaths}"),)))

    store.copy_to(project / "copy.db", breathe)
    known = store.state().last_seq
    store.close()

    assert (breaths > 0) == (slices > 1)
    with closing(sqlite3.connect(project / "copy.db")) as copy:
        assert copy.execute("SELECT max(seq) FROM revision").fetchone() == (known,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_that_cannot_be_begun_for_want_of_room_is_no_matter_of_permission(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> StorageError:
        fault = sqlite3.OperationalError("unable to open database file")
        fault.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        with pytest.raises(StorageError) as caught, said_in_thai(project):
            raise fault
        return caught.value

    assert isinstance(said(), WriteForbidden)
    full = shutil.disk_usage(project)._replace(free=4096)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    assert not isinstance(said(), WriteForbidden)
    assert "เนื้อที่เต็ม" in str(said())


def test_a_folder_whose_database_is_gone_but_not_its_backups_is_damaged(
    project: Path, tmp_path: Path
) -> None:
    (project / "project.db").rename(tmp_path / "gone.db")
    with pytest.raises(NotAProject) as none_of_ours:
        open_database(project)
    assert not isinstance(none_of_ours.value, DamagedProject)
    (project / "backups").mkdir()
    with pytest.raises(DamagedProject):
        open_database(project)
