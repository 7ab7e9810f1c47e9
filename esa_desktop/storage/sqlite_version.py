"""Which SQLite the program carries, for whoever is to be told."""

import sqlite3


def sqlite_version() -> str:
    return sqlite3.sqlite_version
