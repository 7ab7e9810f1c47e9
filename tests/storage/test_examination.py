import hashlib
import shutil
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.storage import evidence_files
from esa_desktop.storage.examination import examine, heads_digest
from esa_desktop.storage.rows import unpacked
from esa_desktop.storage.store import Store, Write
from tests.storage.projects import (
    HOLDER,
    RESULTS,
    chain,
    change_in_file,
    draft,
    item,
    new_store,
    revision,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two fields, a draft, an item with a file; closed."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF scan")
    store = new_store(tmp_path)
    kept = evidence_files.keep(scan, store.folder)
    store.write(
        Write(
            revisions=(*chain(9, size=400), *chain(3, field=RESULTS)),
            drafts=(draft("กำลังพิมพ์", field=RESULTS),),
            files=(kept,),
        ),
        Write(revisions=(item("item-1", kept),)),
    )
    store.close()
    return store.folder


def faults(folder: Path) -> set[str]:
    return {fault.what for fault in examine(folder / "project.db").faults}


def test_a_sound_project_is_whole_and_says_what_it_holds(project: Path) -> None:
    found = examine(project / "project.db")
    assert found.is_whole, found.faults
    assert (found.revisions, found.drafts, found.absent_parents) == (13, 1, 0)
    assert len(found.project_id) == 36
    assert list(found.files.values()) == [9]


def test_the_digest_is_that_of_the_present_heads(project: Path) -> None:
    with closing(sqlite3.connect(project / "project.db")) as connection:
        heads = connection.execute("SELECT round, owner, kind, revision FROM head").fetchall()
    lines = "\n".join(sorted(" ".join(head) for head in heads))
    digest = hashlib.sha256(lines.encode()).hexdigest()
    assert examine(project / "project.db").heads_sha256 == digest
    assert heads_digest([]) == hashlib.sha256(b"").hexdigest()


def test_an_examination_alters_nothing_and_leaves_nothing(project: Path) -> None:
    (project / "project.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 not ours")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert examine(project / "project.db").is_whole
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("column", ["author", "device", "time", "parents", "owner", "round"])
def test_a_changed_column_of_a_revision_is_noticed(project: Path, column: str) -> None:
    if column == "parents":
        change_in_file(project, "UPDATE revision SET parents='[]' WHERE seq=5")
    else:
        change_in_file(project, f"UPDATE revision SET {column}={column}||'x' WHERE seq=5")
    assert "revision" in faults(project)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE revision SET kind='no-such-kind' WHERE seq=5", "revision"),
        ("UPDATE revision SET body=CAST(body AS TEXT) WHERE seq=5", "revision"),
        ("UPDATE revision SET body=x'00' WHERE seq=5", "revision"),
        ("UPDATE revision SET author=CAST(x'ff41' AS TEXT) WHERE seq=5", "revision"),
        ("UPDATE revision SET parents=replace(parents, '[', '[ ') WHERE seq=5", "revision"),
        ("UPDATE draft SET time='yesterday'", "draft"),
        ("UPDATE meta SET value='another project'", "meta"),
        ("DELETE FROM meta", "meta"),
        ("UPDATE evidence_file SET size=8", "file row"),
        ("UPDATE evidence_file SET sha256='../../etc'", "file row"),
        ("DELETE FROM head WHERE revision=(SELECT max(revision) FROM head)", "heads"),
        ("UPDATE head SET revision=(SELECT id FROM revision WHERE seq=2) WHERE rowid=1", "heads"),
        ("UPDATE sqlite_sequence SET seq=3", "sequence"),
        ("UPDATE sqlite_sequence SET seq=9223372036854775807", "sequence"),
        ("PRAGMA application_id=1", "header"),
        ("PRAGMA user_version=2", "header"),
        ("PRAGMA journal_mode=WAL", "header"),
        ("DROP INDEX revision_graph", "schema"),
        ("ALTER TABLE revision ADD COLUMN more", "schema"),
    ],
)
def test_what_was_not_written_by_the_program_is_noticed(
    project: Path, statement: str, what: str
) -> None:
    change_in_file(project, statement)
    assert what in faults(project)


def test_a_branch_that_lost_its_row_and_its_index_entries_shows_in_the_heads(
    project: Path,
) -> None:
    change_in_file(project, "DELETE FROM revision WHERE seq=9")
    assert faults(project) == {"heads"}


def test_a_parent_that_never_came_is_told_and_is_no_fault(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=(revision("ต่อจากของเครื่องอื่น", ["f" * 64]),)))
    store.close()
    found = examine(store.folder / "project.db")
    assert found.is_whole
    assert found.absent_parents == 1


def test_two_items_that_tell_another_size_of_a_file_do_not_alarm(project: Path) -> None:
    with closing(sqlite3.connect(project / "project.db")) as connection:
        sha256 = connection.execute("SELECT sha256 FROM evidence_file").fetchone()[0]
    store = Store.open(project, HOLDER)
    store.write(Write(revisions=(item("item-2", EvidenceFile(sha256, "scan.pdf", 10)),)))
    store.close()
    assert examine(project / "project.db").is_whole


def test_a_fault_never_repeats_what_somebody_wrote(project: Path) -> None:
    change_in_file(project, "UPDATE revision SET author='ความลับของสำนักงาน' WHERE seq=5")
    change_in_file(project, "CREATE TABLE ความลับของสำนักงาน (a)")
    assert "ความลับ" not in repr(examine(project / "project.db"))


def cut_to(size: int) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(path.read_bytes()[:size])


@pytest.mark.parametrize(
    "spoil",
    [
        cut_to(0),
        cut_to(50),
        cut_to(100),
        cut_to(4096),
        cut_to(10_000),
        lambda path: path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9000)),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(bytes(100) + path.read_bytes()[100:]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + bytes(path.stat().st_size - 100)),
        Path.unlink,
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_file_that_is_no_database_is_a_fault_and_never_an_error(
    project: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(project / "project.db")
    assert not examine(project / "project.db").is_whole


def test_a_view_without_an_end_is_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "project.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            CREATE VIEW revision AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq FROM n)
                SELECT * FROM n;
            PRAGMA application_id=1163084593; PRAGMA user_version=1;
            """
        )
    started = time.monotonic()
    assert "schema" in {fault.what for fault in examine(path).faults}
    assert time.monotonic() - started < 2


def test_a_body_that_unpacks_without_end_is_a_fault(project: Path) -> None:
    packing = zlib.compressobj(9)
    million = bytes(1 << 20)
    bomb = b"".join(packing.compress(million) for _ in range(100)) + packing.flush()
    change_in_file(project, "UPDATE revision SET body=? WHERE seq=5", bomb)
    assert "revision" in faults(project)
    with pytest.raises(ValueError, match="no end"):
        unpacked(bomb)


def test_parents_nested_without_end_are_a_fault(project: Path) -> None:
    change_in_file(project, "UPDATE revision SET parents=? WHERE seq=5", "[" * 100_000)
    assert "revision" in faults(project)


def test_an_examination_can_be_cancelled(project: Path) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        examine(project / "project.db", cancelled=cancelled)


@pytest.mark.parametrize(
    "name", ["ปี ๒๕๕๗ #1 100%?x=1&y", "a b+c;d", "'\"[]{}", "no text \udcff\udc80"]
)
def test_names_with_signs_of_an_address_are_found(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and set(name) & set('?"\udcff'):
        pytest.skip("no name on Windows")
    place = tmp_path / name
    place.mkdir()
    store = new_store(tmp_path)
    store.write(Write(revisions=(revision("ก"),)))
    store.close()
    shutil.copyfile(store.folder / "project.db", place / "project.db")
    assert examine(place / "project.db").revisions == 1


def test_the_control_sqlite_alone_does_not_see_a_changed_text(project: Path) -> None:
    change_in_file(project, "UPDATE revision SET author='คนอื่น' WHERE seq=5")
    with closing(sqlite3.connect(project / "project.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert faults(project) == {"revision"}
