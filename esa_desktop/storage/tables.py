"""The tables of project.db; their rows never leave this package."""

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

SCHEMA_VERSION: Final = 1
"""Raised by one with every change below, together with a step in ``migrations.STEPS``."""

METADATA: Final = MetaData()

META: Final = Table(
    "meta",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("sha256", Text, nullable=False, comment="over the other columns"),
)
PROJECT_ID: Final = "project"
"""The row of ``meta`` with the id all packages of this project carry."""

REVISION: Final = Table(
    "revision",
    METADATA,
    # SQLite counts up only in an integer key. Numbers are local: another laptop has others.
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("round", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parents", Text, nullable=False, comment="JSON list of ids, sorted"),
    Column("author", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("time", Text, nullable=False),
    # Last, so that the columns before it are read without the pages of long texts.
    Column("body", LargeBinary, nullable=False, comment="zlib; empty for an empty body"),
    sqlite_autoincrement=True,
)
# Answers "what are the heads of this field" without touching the texts.
Index(
    "revision_graph",
    REVISION.c.round,
    REVISION.c.owner,
    REVISION.c.kind,
    REVISION.c.id,
    REVISION.c.parents,
)

HEAD: Final = Table(
    "head",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("owner", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("revision", Text, ForeignKey(REVISION.c.id), primary_key=True),
)

DRAFT: Final = Table(
    "draft",
    METADATA,
    Column("round", Text, primary_key=True),
    Column("owner", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("parents", Text, nullable=False, comment="JSON list of ids, sorted"),
    Column("author", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("sha256", Text, nullable=False, comment="over all the other columns"),
    Column("body", LargeBinary, nullable=False, comment="zlib; empty for an empty body"),
)

EVIDENCE_FILE: Final = Table(
    "evidence_file",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
)
