"""Which version of the program wrote a project: the newest that ever did, in a row of its own."""

import sqlite3
from contextlib import closing, suppress
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from esa_desktop import __version__
from esa_desktop.domain.versions import is_newer, known_version
from esa_desktop.storage.faults import Garbled
from esa_desktop.storage.rows import meta_of, meta_values, reading
from esa_desktop.storage.tables import META

PROGRAM: Final = "program"
"""The row of ``meta``. Programs that do not know it leave it alone, and it changes nothing."""


def program_in(driver: sqlite3.Connection) -> str:
    """As any schema may have it, for a sentence only; empty where it is not to be had."""
    with suppress(sqlite3.Error, UnicodeError):
        query = "SELECT value FROM meta WHERE name=?"
        with closing(driver.execute(query, (PROGRAM,))) as answer:
            row = answer.fetchone()
        return known_version(row[0]) if row else ""
    return ""


def program_of(connection: Connection) -> str:
    """The same of the present schema, believed only where its hash proves it."""
    with suppress(Garbled), reading():
        row = connection.execute(select(META).where(META.c.name == PROGRAM)).first()
        return known_version(meta_of(row)) if row is not None else ""
    return ""


def note_program(connection: Connection, version: str = __version__) -> None:
    """From now on this version has written here. Nothing is written where it is known."""
    before = program_of(connection)
    if version == before or is_newer(before, version):
        return
    connection.execute(delete(META).where(META.c.name == PROGRAM))
    connection.execute(insert(META), meta_values(PROGRAM, version))
