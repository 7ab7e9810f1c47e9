"""What an examined copy of a database says of itself: its last revision, and what its files are called."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from esa_desktop.domain.fields import Kind
from esa_desktop.storage.database_file import read_only
from esa_desktop.storage.examination import named_files
from esa_desktop.storage.rows import Cells, revision_of


@dataclass(frozen=True, slots=True)
class Inside:
    last_seq: int
    last: str
    """Id of the last revision; empty where there is none."""
    names: Mapping[str, str]
    """By sha256, what evidence items call their files; the latest name where they differ."""


def look_inside(database: Path) -> Inside:
    """Of a copy that was found whole and that nobody writes."""
    with closing(read_only(database)) as driver:
        last = driver.execute("SELECT seq, id FROM revision ORDER BY seq DESC LIMIT 1")
        seq, name = last.fetchone() or (0, "")
        items = driver.execute(
            "SELECT * FROM revision WHERE kind=? ORDER BY seq", (Kind.ITEM.value,)
        )
        columns = [column[0] for column in items.description]
        names = {
            file.sha256: file.name
            for values in items
            for file in named_files(revision_of(Cells(columns, values)))
        }
    return Inside(seq, name, names)
