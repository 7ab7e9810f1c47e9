"""Text files for a person: what could not be saved, under a name and in a place where people look."""

import hashlib
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final

from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.revision import Revision, plain_text
from esa_desktop.domain.thai import shorten, thai_digits
from esa_desktop.paths import documents_folder
from esa_desktop.services.field_names import FieldName
from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.rows import Draft
from esa_desktop.storage.store import Write

UNSAVED: Final = "ข้อความที่ยังไม่ได้บันทึก"
REFUSED: Final = "ข้อความที่บันทึกไม่ได้"
"""How the names begin; the first goes away by itself, the second never."""
LONGEST_TITLE: Final = 36
"""Characters; so that a number behind the title is never cut off with it."""
_NOT_TEXT: Final = frozenset({Kind.ITEM, Kind.LINK, Kind.COMPUTER})
"""Kinds of field in which nobody writes anything that could be copied from a text."""
_MARK: Final = "รหัสไฟล์"
_NAMES: Final = 1000
_LARGEST: Final = 64 << 20

_log = logging.getLogger(__name__)


def unsaved_lines(title: str, write: Write, name_of: Callable[[Field], FieldName]) -> list[str]:
    """What will come back by itself: which field, and the text."""
    lines = [
        f"ข้อความที่ยังบันทึกลงงานประเมิน “{title}” ไม่ได้",
        "เมื่อเปิดงานประเมินนี้ได้อีกครั้ง โปรแกรมจะนำข้อความทั้งหมดนี้กลับเข้าไปให้เอง แล้วลบไฟล์นี้",
        "ถ้าต้องใช้ก่อน คัดลอกจากไฟล์นี้ได้ทันที",
    ]
    fields = _field_lines(write, name_of)
    if not fields:
        lines += ["", thai_digits(f"ไฟล์หลักฐานที่แนบแล้ว {len(write.files)} ไฟล์")]
    return lines + fields


def refused_lines(title: str, write: Write, name_of: Callable[[Field], FieldName]) -> list[str]:
    """What will not come back, for it would be refused again; none where there are no words in it."""
    fields = _field_lines(write, name_of, leaving_out=_NOT_TEXT)
    told = [
        f"ข้อความที่บันทึกลงงานประเมิน “{title}” ไม่ได้",
        "โปรแกรมจะไม่นำข้อความนี้กลับเข้าไปเอง เปิดงานประเมินดูว่าข้อความใดยังไม่มี แล้วคัดลอกจากไฟล์นี้ไปวาง",
        "เมื่อไม่ต้องใช้แล้ว ลบไฟล์นี้ได้",
    ]
    return told + fields if fields else []


def _field_lines(
    write: Write, name_of: Callable[[Field], FieldName], leaving_out: Collection[Kind] = ()
) -> list[str]:
    latest: dict[Field, Revision | Draft] = {r.field: r for r in write.revisions}
    latest.update({draft.field: draft for draft in write.drafts})
    lines: list[str] = []
    for field, fact in latest.items():
        if field.kind not in leaving_out:
            lines += ["", "─" * 40, name_of(field).sentence, "", *_text(fact).split("\n")]
    return lines


def _text(fact: Revision | Draft) -> str:
    try:
        return plain_text(fact.field, fact.body) or "(ลบข้อความแล้ว)"
    except ValueError:
        return fact.body


def text_places(folders: Sequence[Path]) -> tuple[Path, ...]:
    """The Documents folder, where a person finds it; then those of the machine's files."""
    return tuple(dict.fromkeys((documents_folder(), *folders)))


def write_text(
    folders: Sequence[Path],
    begins: str,
    title: str,
    key: str,
    lines: Sequence[str],
    *,
    before: Path | None = None,
) -> Path | None:
    """Write these lines into the first of ``folders`` that takes them; ``None`` when none does.

    ``key`` says whose text it is (one run of the program with one project): a text of the same
    key is replaced, wherever it lies (``before``). A file that is somebody else's, or that a
    person has changed since, is never touched: another name is taken.
    """
    content = _with_mark(lines, key)
    # Where it lies already it stays: somebody may have been told of that.
    known = [before.parent] if before is not None else []
    for folder in dict.fromkeys([*known, *folders]):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = next(path for path in _names(folder, begins, title, before) if _free(path, key))
            write_durably(path, content)
        except (OSError, StopIteration) as error:
            _log.warning("no readable text kept in one place: %s", error)
            continue
        if before is not None and before != path:
            remove_text(before, key)
        return path
    return None


def remove_text(path: Path, key: str) -> bool:
    """Away, unless a person has changed it; ``False`` when that has to be tried again."""
    try:
        if key_of(path) == key:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def texts_of(folders: Sequence[Path], keys: Collection[str]) -> dict[Path, str]:
    """The unsaved texts of these keys that nobody has changed, with their key."""
    found: dict[Path, str] = {}
    for folder in folders:
        with suppress(OSError):
            for path in sorted(folder.glob(f"{UNSAVED}*.txt")):
                key = key_of(path)
                if key in keys and key is not None:
                    found[path] = key
    return found


def key_of(path: Path) -> str | None:
    """Whose text this is, from its last line; ``None`` where that does not fit what is above it."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    above, mark, last = content.rpartition(f"{_MARK} ".encode())
    key, _, proof = last.strip().decode("ascii", "replace").rpartition(" ")
    return key if mark and proof == _proof(above, key) else None


def _with_mark(lines: Sequence[str], key: str) -> bytes:
    """For Notepad: a mark in front, CRLF. The last line proves that nobody has changed the rest."""
    told = "\ufeff" + "\r\n".join([*lines, "", "─" * 40, ""])
    above = told.encode("utf-8", "replace")
    return above + f"{_MARK} {key} {_proof(above, key)}\r\n".encode()


def _proof(above: bytes, key: str) -> str:
    return hashlib.sha256(above + key.encode()).hexdigest()[:16]


def _names(folder: Path, begins: str, title: str, before: Path | None) -> Iterator[Path]:
    """The name it has, then ``… – title.txt``, ``… – title (2).txt`` and so on."""
    stem = f"{begins} – {shorten(title, LONGEST_TITLE)}"
    numbers = chain([""], (f" ({number})" for number in range(2, _NAMES)))
    if before is not None and before.parent == folder:
        yield before
    for number in numbers:
        yield folder / safe_file_name(f"{stem}{number}.txt")


def _free(path: Path, key: str) -> bool:
    return not path.exists() or key_of(path) == key
