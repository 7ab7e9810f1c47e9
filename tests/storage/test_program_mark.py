import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from esa_desktop import __version__
from esa_desktop.domain.errors import NewerProject
from esa_desktop.storage.examination import examine
from esa_desktop.storage.layout import database_of
from esa_desktop.storage.migrations import driver_of
from esa_desktop.storage.program_mark import PROGRAM, note_program, program_in, program_of
from esa_desktop.storage.rows import meta_values
from esa_desktop.storage.store import Store
from esa_desktop.storage.tables import META
from tests.projects import new_project, opened


def mark(place: Path, version: str, *, schema: int = 0, kind: str = "") -> None:
    """As another version of the program would have left the project."""
    row = meta_values(PROGRAM, version)
    with closing(sqlite3.connect(database_of(place))) as driver, driver:
        driver.execute("INSERT OR REPLACE INTO meta VALUES (:name, :value, :sha256)", row)
        if schema:
            driver.execute(f"PRAGMA user_version={schema:d}")


def marked(place: Path) -> str:
    with closing(sqlite3.connect(database_of(place))) as driver:
        return program_in(driver)


def test_an_opened_project_remembers_the_version_that_has_it_and_is_whole(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place):
        pass

    assert marked(place) == __version__
    assert examine(database_of(place)).is_whole


def test_reading_alone_writes_no_mark(tmp_path: Path) -> None:
    from esa_desktop.services.projects import open_project
    from tests.projects import WHO

    place = new_project(tmp_path)
    before = database_of(place).read_bytes()
    open_project(place, who=WHO, read_only=True).close()

    assert database_of(place).read_bytes() == before


def test_an_older_program_does_not_take_the_mark_of_a_newer_one_away(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    mark(place, "99.1")

    with opened(place):  # what it wrote can be read: the schema is the same
        pass

    assert marked(place) == "99.1"


def test_a_newer_program_marks_what_an_older_one_wrote(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    mark(place, "0.0.1")

    with opened(place):
        pass

    assert marked(place) == __version__


@pytest.mark.parametrize("said", ["ติดต่อ http://x", "", "9" * 200])
def test_a_mark_that_is_no_version_is_not_shown(tmp_path: Path, said: str) -> None:
    place = new_project(tmp_path)
    mark(place, said, schema=2)

    with pytest.raises(NewerProject) as told, opened(place):
        pass

    assert "http" not in told.value.sentence
    assert "999" not in told.value.sentence


def test_a_forged_mark_is_not_believed(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with closing(sqlite3.connect(database_of(place))) as driver, driver:
        driver.execute("INSERT OR REPLACE INTO meta VALUES (?, '99.1', 'x')", (PROGRAM,))

    with opened(place) as project:
        contents = project.ask(Store.load).result(10)

    assert contents.program == __version__  # written anew by who opened it


def test_the_mark_is_written_once(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:

        def look(store: Store) -> tuple[str, int]:
            with store._transaction() as connection:
                note_program(connection)
                rows = connection.execute(select(META).where(META.c.name == PROGRAM)).all()
                changes = driver_of(store._engine).total_changes
                note_program(connection)
                return program_of(connection), (
                    len(rows) + driver_of(store._engine).total_changes - changes
                )

        assert project.ask(look).result(10) == (__version__, 1)
