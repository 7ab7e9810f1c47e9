"""Evidence: what the office shows for what it wrote; file names that are safe on Windows."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from esa_desktop.domain.thai import clean_text, clusters


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file kept in the project under its hash."""

    sha256: str
    name: str
    """The name it had, made safe: what a person sees and what a copy is called."""
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """หลักฐาน: one item, with or without files; may serve several issues.

    ``code`` such as ``1.2.3-04`` is given when the item is first attached, and stays.
    """

    id: str
    code: str
    title: str
    kind: str = ""
    number: str = ""
    """Document number as typed, e.g. ``ที่ ศธ ๐๔๐๐๑/๑๒๓``."""
    date: datetime.date | None = None
    files: tuple[EvidenceFile, ...] = ()


def evidence_to_dict(item: Evidence) -> dict[str, Any]:
    """JSON values without the id, which is the owner of the field."""
    values: dict[str, Any] = {"code": item.code, "title": item.title}
    if item.kind:
        values["kind"] = item.kind
    if item.number:
        values["number"] = item.number
    if item.date:
        values["date"] = item.date.isoformat()
    if item.files:
        values["files"] = [{"sha256": f.sha256, "name": f.name, "size": f.size} for f in item.files]
    return values


def evidence_from_dict(item_id: str, values: dict[str, Any]) -> Evidence:
    return Evidence(
        id=item_id,
        code=values["code"],
        title=values["title"],
        kind=values.get("kind", ""),
        number=values.get("number", ""),
        date=datetime.date.fromisoformat(values["date"]) if "date" in values else None,
        files=tuple(
            EvidenceFile(f["sha256"], f["name"], f["size"]) for f in values.get("files", ())
        ),
    )


def code_sort_key(code: str) -> tuple[int, ...]:
    """``1.2.3-10`` after ``1.2.3-04``."""
    return tuple(int(part) for part in re.findall(r"\d+", code))


_RESERVED: Final = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
_FORBIDDEN: Final = re.compile('[<>:"/\\\\|?*\u0000-\u001f\u007f-\u009f]')
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
LONGEST_NAME: Final = 120
"""Characters; leaves room for a folder path within Windows' 260 and for 255 bytes of UTF-8 elsewhere."""
LONGEST_NAME_BYTES: Final = 240


def safe_file_name(name: str, fallback: str = "เอกสาร") -> str:
    """A name that Windows, Linux and exFAT accept, as close to ``name`` as can be.

    Reserved device names get a ``_``, forbidden signs become ``_``, trailing dots and blanks go,
    long names are cut between Thai clusters with the suffix kept. Idempotent (property test).
    """
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", clean_text(name).replace("\n", " ")))
    text = _FORBIDDEN.sub("_", text).strip(" .")
    stem, dot, suffix = text.rpartition(".")
    if not dot or not stem or len(suffix) > 10 or not suffix.isascii():
        stem, dot, suffix = text, "", ""
    stem = stem.strip(" .")
    if not stem:
        stem = fallback
    if stem.split(".")[0].rstrip(" ").casefold() in _RESERVED:
        stem = "_" + stem
    room = LONGEST_NAME - len(dot + suffix)
    room_bytes = LONGEST_NAME_BYTES - len((dot + suffix).encode())
    return _cut(stem, room, room_bytes) + dot + suffix


def _cut(stem: str, room: int, room_bytes: int) -> str:
    if len(stem) <= room and len(stem.encode()) <= room_bytes:
        return stem
    kept = ""
    for cluster in clusters(stem):
        longer = kept + cluster
        if len(longer) > room or len(longer.encode()) > room_bytes:
            break
        kept = longer
    return kept.rstrip(" .")
