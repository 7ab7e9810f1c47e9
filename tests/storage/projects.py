"""Projects and revisions for the tests of storage: built as the services build them."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from esa_desktop.domain import richtext
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Field, Kind, encode, issue_field, item_field
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.store import Draft, Store

HOLDER = Holder("สมศรี ใจดี", "PC-๐๗", "2026-11-22T03:00:00.000+00:00")
METHOD = issue_field(2557, "issue-1", Kind.METHOD)
RESULTS = issue_field(2557, "issue-1", Kind.RESULTS)


def new_store(place: Path, name: str = "สพป. ๑.esaproj") -> Store:
    return Store.create(place / name, HOLDER)


def text_body(text: str) -> str:
    return encode(Kind.METHOD, richtext.from_plain(text))


def revision(
    text: str, parents: Iterable[str] = (), *, field: Field = METHOD, device: str = "d1"
) -> Revision:
    return make_revision(
        field,
        parents,
        text_body(text),
        author="สมศรี",
        device=device,
        time="2026-11-22T03:00:00.000+00:00",
    )


def chain(count: int, *, field: Field = METHOD, size: int = 20) -> list[Revision]:
    """Versions of one text, each on top of the one before."""
    made: list[Revision] = []
    for number in range(1, count + 1):
        text = f"ฉบับที่ {number} " + "ผลการดำเนินงาน " * size
        made.append(revision(text, [made[-1].id] if made else [], field=field))
    return made


def draft(text: str, *, field: Field = METHOD, device: str = "d1") -> Draft:
    return Draft(field, device, "สมศรี", "2026-11-22T03:00:01.000+00:00", (), text_body(text))


def item(item_id: str, *files: EvidenceFile) -> Revision:
    values = Evidence(item_id, "1.2.3-01", "คำสั่งแต่งตั้ง", files=files)
    return make_revision(
        item_field(item_id),
        (),
        encode(Kind.ITEM, values),
        author="สมศรี",
        device="d1",
        time="2026-11-22T03:00:02.000+00:00",
    )


def change_in_file(folder: Path, statement: str, *values: object) -> None:
    """Alter a closed project behind the program's back."""
    with closing(sqlite3.connect(folder / "project.db")) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement, values)


def is_one_thai_sentence(error: Exception) -> bool:
    """Thai, on one line, without a word of the machine's; names what to do."""
    text = str(error)
    machine = ("sqlite", "Errno", "Error", "errno", "disk image", "Traceback")
    return (
        any("\u0e01" <= sign <= "\u0e5b" for sign in text)
        and "\n" not in text
        and "กรุณา" in text
        and not any(word in text for word in machine)
    )
