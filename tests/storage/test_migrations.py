import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, StaticPool, create_engine

from esa_desktop.domain.errors import NewerProject, StorageError
from esa_desktop.storage.database import connect, engine_of, open_database
from esa_desktop.storage.migrations import STEPS, migrate
from esa_desktop.storage.store import Store, Write
from esa_desktop.storage.tables import SCHEMA_VERSION
from tests.storage.projects import HOLDER, METHOD, chain, is_one_thai_sentence, new_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(2))))
    store.close()
    return store.folder


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    engine = engine_of(lambda: connect(folder))
    yield engine
    engine.dispose()


def add_table(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE later (x)")
    connection.exec_driver_sql("INSERT INTO later VALUES (1)")


def add_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE later ADD COLUMN y")


def break_down(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE broken (x)")
    raise StorageError("ขั้นนี้ล้ม กรุณาลองอีกครั้ง")


def state_of(folder: Path) -> tuple[int, list[str]]:
    with closing(sqlite3.connect(folder / "project.db")) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        names = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
    return version, sorted(name for (name,) in names if not name.startswith("sqlite_"))


TABLES = ["draft", "evidence_file", "head", "meta", "revision"]


def test_there_is_a_step_from_every_older_version() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA_VERSION))


def test_the_first_schema_is_this_one(folder: Path) -> None:
    assert state_of(folder) == (1, TABLES)


def test_all_steps_are_taken_in_order_after_the_backup(folder: Path, engine: Engine) -> None:
    seen: list[object] = []

    def before(connection: sqlite3.Connection, place: Path) -> None:
        seen.append((place, connection.in_transaction))
        seen.extend(connection.execute("SELECT count(*) FROM revision").fetchone())

    migrate(engine, folder, before=before, steps={1: add_table, 2: add_column}, newest=3)
    engine.dispose()
    assert seen == [(folder, False), 2]
    assert state_of(folder) == (3, sorted([*TABLES, "later"]))


def test_nothing_is_done_or_backed_up_where_all_is_new(folder: Path, engine: Engine) -> None:
    migrate(engine, folder, before=lambda *_: pytest.fail("backed up"), steps={1: break_down})


def test_a_failing_step_leaves_nothing(folder: Path, engine: Engine) -> None:
    with pytest.raises(StorageError, match="ล้ม"):
        migrate(engine, folder, steps={1: add_table, 2: break_down}, newest=3)
    engine.dispose()
    assert state_of(folder) == (1, TABLES)


def test_without_our_begin_a_failing_step_would_leave_its_table(folder: Path) -> None:
    """The control of the test above: the sqlite3 module left alone begins no transaction for DDL."""
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(folder / "project.db"), poolclass=StaticPool
    )
    with pytest.raises(StorageError):
        migrate(engine, folder, steps={1: add_table, 2: break_down}, newest=3)
    engine.dispose()
    assert state_of(folder) != (1, TABLES)


def test_a_failed_backup_keeps_the_project_as_it_is(folder: Path, engine: Engine) -> None:
    def before(*_: object) -> None:
        raise StorageError("สำรองข้อมูลไม่ได้ กรุณาลองอีกครั้ง")

    with pytest.raises(StorageError, match="สำรอง"):
        migrate(engine, folder, before=before, steps={1: add_table}, newest=2)
    engine.dispose()
    assert state_of(folder) == (1, TABLES)


def test_a_step_that_leaves_a_head_of_nothing_is_taken_back(folder: Path, engine: Engine) -> None:
    def lose_revisions(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM revision")

    with pytest.raises(RuntimeError, match="references"):
        migrate(engine, folder, steps={1: lose_revisions}, newest=2)
    engine.dispose()
    store = Store.open(folder, HOLDER)
    assert len(store.history(METHOD)) == 2
    store.close()


@pytest.mark.parametrize("step", [add_table, break_down])
def test_references_are_watched_again_afterwards(folder: Path, engine: Engine, step) -> None:  # type: ignore[no-untyped-def]
    try:
        migrate(engine, folder, steps={1: step}, newest=2)
    except StorageError:
        assert step is break_down
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_project_of_a_later_version_is_refused(folder: Path, engine: Engine) -> None:
    with pytest.raises(NewerProject) as caught:
        migrate(engine, folder, newest=0)
    assert is_one_thai_sentence(caught.value)


def test_opening_brings_an_older_project_up_to_date(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up: list[Path] = []
    monkeypatch.setattr("esa_desktop.storage.database.SCHEMA_VERSION", 2)
    monkeypatch.setattr(
        "esa_desktop.storage.database.migrate",
        lambda engine, place, before: migrate(
            engine, place, before=before, steps={1: add_table}, newest=2
        ),
    )
    open_database(folder, before_migration=lambda _, place: backed_up.append(place)).dispose()
    assert backed_up == [folder]
    assert state_of(folder)[0] == 2
    open_database(folder, before_migration=lambda *_: pytest.fail("backed up twice")).dispose()


def test_a_migration_that_fails_on_opening_lets_the_project_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StorageError("ปรับรุ่นไม่ได้ กรุณาลองอีกครั้ง")

    with monkeypatch.context() as patched:
        patched.setattr("esa_desktop.storage.database.migrate", fail)
        with pytest.raises(StorageError, match="ปรับรุ่น"):
            open_database(folder)
    Store.open(folder, HOLDER).close()
