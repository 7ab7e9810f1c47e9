"""Evidence: what the office shows for what it wrote; file names that are safe on Windows."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
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
    printable: str = ""
    """sha256 of a smaller copy for paper and screen, kept beside the original; empty without one."""
    printable_size: int = 0


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
    owner: str = ""
    """Who has the original, or answers for it."""
    place: str = ""
    """Where it is when it is no file, or besides: a web address, "ตู้ ๓ แฟ้ม ๒"."""
    confidential: bool = False
    """Named in lists, never shown or bound unless somebody asks for it."""
    binned: bool = False
    """In the bin: serves nothing until it is taken back."""
    binned_from: tuple[str, ...] = ()
    """Where it served when it was put into the bin: ``year:issue id:rank``."""
    earlier: tuple[EvidenceFile, ...] = ()
    """Versions that newer files took the place of, the oldest first."""

    @property
    def all_files(self) -> tuple[EvidenceFile, ...]:
        """Present and earlier ones."""
        return (*self.earlier, *self.files)

    @property
    def stored_files(self) -> tuple[EvidenceFile, ...]:
        """The same, each followed by its smaller copy for paper: all that lies on the disk for it."""
        return tuple(stored for file in self.all_files for stored in _with_copy(file))


def _with_copy(file: EvidenceFile) -> tuple[EvidenceFile, ...]:
    if not file.printable:
        return (file,)
    return (file, EvidenceFile(file.printable, file.name, file.printable_size))


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
        values["files"] = [_file_to_dict(file) for file in item.files]
    for name in ("owner", "place", "confidential", "binned"):
        if said := getattr(item, name):
            values[name] = said
    if item.binned_from:
        values["binned_from"] = list(item.binned_from)
    if item.earlier:
        values["earlier"] = [_file_to_dict(file) for file in item.earlier]
    return values


def _file_to_dict(file: EvidenceFile) -> dict[str, Any]:
    """Without what is not there: items written by older versions keep the very same bytes."""
    values: dict[str, Any] = {"sha256": file.sha256, "name": file.name, "size": file.size}
    if file.printable:
        values |= {"printable": file.printable, "printable_size": file.printable_size}
    return values


def _file_from_dict(values: dict[str, Any]) -> EvidenceFile:
    return EvidenceFile(
        values["sha256"],
        values["name"],
        values["size"],
        values.get("printable", ""),
        values.get("printable_size", 0),
    )


def evidence_from_dict(item_id: str, values: dict[str, Any]) -> Evidence:
    return Evidence(
        id=item_id,
        code=values["code"],
        title=values["title"],
        kind=values.get("kind", ""),
        number=values.get("number", ""),
        date=datetime.date.fromisoformat(values["date"]) if "date" in values else None,
        files=tuple(_file_from_dict(file) for file in values.get("files", ())),
        owner=values.get("owner", ""),
        place=values.get("place", ""),
        confidential=values.get("confidential", False),
        binned=values.get("binned", False),
        binned_from=tuple(values.get("binned_from", ())),
        earlier=tuple(_file_from_dict(file) for file in values.get("earlier", ())),
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


def file_name_around(before: str, long: str, after: str) -> str:
    """The safe name of all three, in which only ``long`` is shortened: an office's name may be long,
    and what stands behind it tells one file from the next. ``after`` ends with the suffix.
    """
    # More can never fit, and every try puts all of them together again.
    parts = list(islice(clusters(unicodedata.normalize("NFC", long)), LONGEST_NAME))
    while True:
        middle = "".join(parts).rstrip(" .")
        name = " ".join(part for part in (before, middle, after) if part)
        fits = len(name) <= LONGEST_NAME and len(name.encode()) <= LONGEST_NAME_BYTES
        if fits or not parts:
            return safe_file_name(name)
        parts.pop()


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
