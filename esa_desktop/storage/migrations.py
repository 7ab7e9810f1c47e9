"""From an older schema to this program's: hand-made steps, all of them or none."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Connection, Engine

from esa_desktop.storage.faults import newer
from esa_desktop.storage.program_mark import program_in
from esa_desktop.storage.tables import SCHEMA_VERSION

Step = Callable[[Connection], None]
Before = Callable[[sqlite3.Connection, Path], None]
"""Called with the open database, outside any transaction, and the project folder; what it raises
keeps the project as it is. The place for a verified backup."""

STEPS: Final[Mapping[int, Step]] = {}
"""The step under n leads from version n to n + 1. Append only: all versions are out there."""


def migrate(
    engine: Engine,
    folder: Path,
    *,
    before: Before | None = None,
    steps: Mapping[int, Step] = STEPS,
    newest: int = SCHEMA_VERSION,
) -> None:
    """Bring the database to version ``newest`` in one transaction.

    Raises `NewerProject`; whatever a step raises leaves the database as it was.
    """
    driver = driver_of(engine)
    version = version_of(driver)
    if version > newest:
        raise newer(folder, program_in(driver))
    if version == newest:
        return
    if before:
        before(driver, folder)
    # A table is changed by building it anew; its references must not bite meanwhile. SQLite
    # ignores this inside a transaction.
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with engine.begin() as connection:
            for number in range(version, newest):
                steps[number](connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError(f"a step from version {version} left references to nothing")
            connection.exec_driver_sql(f"PRAGMA user_version={newest:d}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def back_up_before(driver: sqlite3.Connection, folder: Path) -> None:
    """What a migration begins with, a verified backup; imported where an older project is met."""
    from esa_desktop.storage.backups import backup_before_migration

    backup_before_migration(driver, folder)


def version_of(driver: sqlite3.Connection) -> int:
    return int(driver.execute("PRAGMA user_version").fetchone()[0])


def driver_of(engine: Engine) -> sqlite3.Connection:
    """The one connection itself, for what only SQLite has; to be used outside any transaction."""
    pooled = engine.raw_connection()
    try:
        return cast("sqlite3.Connection", pooled.driver_connection)
    finally:
        pooled.close()
