"""Backups as they are found: a folder counts when its manifest proves itself and fits its database."""

import hashlib
import json
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.evidence import EvidenceFile, safe_file_name
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.domain.thai import clean_text, shorten
from esa_desktop.storage.layout import BACKUPS, database_of
from esa_desktop.storage.store import State

MANIFEST: Final = "backup.json"
FIRST_PAGE: Final = "first_page.bin"
FORMAT: Final = "esa-backup"
VERSION: Final = 1
LARGEST_MANIFEST: Final = 64 << 20
"""Bytes; twenty years of evidence are two."""
LARGEST_SEQ: Final = 10**12
_FOLDER: Final = re.compile(
    r"(?P<seq>\d{6,12})-\d{8}T\d{6}Z(?P<part>\.[0-9a-f]{8}\.part)?", re.ASCII
)
_HASH: Final = re.compile("[0-9a-f]{64}", re.ASCII)


class Reason(StrEnum):
    """Why a backup was made. The names are stored for ever: add, never rename."""

    OPENED = "opened"
    WORKED = "worked"
    ASKED = "asked"
    MERGE = "merge"
    MIGRATION = "migration"
    RESTORE = "restore"
    DELETION = "deletion"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a project's database that was examined when it was made."""

    folder: Path
    seq: int
    """Its place in the order of this project's backups."""
    time: str
    """UTC, ISO 8601 with milliseconds; shown only."""
    reason: Reason
    author: str
    computer: str
    device: str
    project_id: str
    title: str
    """What the project was called."""
    state: State | None
    """``None`` for one made before a migration: it equals no other."""
    last: str
    """Id of the last revision in it; empty for an empty project."""
    revisions: int
    heads_sha256: str
    sha256: str
    """Of its project.db."""
    size: int
    """Bytes of its project.db."""
    evidence: tuple[EvidenceFile, ...]
    """Every file it needs; a name is empty where no item of the project names the file."""
    missing: tuple[str, ...]
    """sha256 of those that were not to be had, or not as they were, when it was made."""

    @property
    def home(self) -> Path:
        """The folder whose ``evidence`` it shares: the project's, or the copy's on another drive."""
        return self.folder.parent.parent

    @property
    def day(self) -> date:
        """On this computer's calendar."""
        with suppress(OverflowError, OSError, ValueError):
            return datetime.fromisoformat(self.time).astimezone().date()
        return datetime.fromisoformat(self.time).date()

    @property
    def is_named_by_us(self) -> bool:
        """Still under the name it got. One that a person renamed or copied is that person's."""
        return self.folder.name == folder_name(self.seq, self.time)


def folder_name(seq: int, time: str) -> str:
    """``000012-20261122T030000Z``; ``time`` as revisions spell it."""
    t = datetime.fromisoformat(time).astimezone(UTC)
    return f"{seq:06d}-{t.year:04d}{t:%m%dT%H%M%S}Z"


def backups_of(home: Path) -> Path:
    return home / BACKUPS


def list_backups(home: Path) -> tuple[Backup, ...]:
    """The backups that count in a project folder or a copy on another drive, newest first.

    Newest by their numbers. Never raises: what cannot be read, proves nothing or was made by
    others is passed over.
    """
    found = (read_backup(folder) for folder in _folders(home))
    there = [backup for backup in found if backup is not None]
    # Copied by hand they have one number; the one with the name it was given stands first.
    return tuple(
        sorted(there, key=lambda b: (b.seq, b.is_named_by_us, b.folder.name), reverse=True)
    )


def next_seq(home: Path) -> int:
    """Above all numbers in use, also of folders that do not count."""
    seqs = [backup.seq for backup in list_backups(home)]
    for folder in _folders(home):
        match = _FOLDER.fullmatch(folder.name)
        if match:
            seqs.append(int(match["seq"]))
    return max(seqs, default=0) + 1


def left_overs(home: Path) -> list[Path]:
    """What was being made or removed when the program died."""
    return [
        folder
        for folder in _folders(home)
        if (match := _FOLDER.fullmatch(folder.name)) and match["part"] and not folder.is_symlink()
    ]


def read_backup(folder: Path) -> Backup | None:
    """The backup in a folder, or ``None`` where there is none that counts; never raises."""
    try:
        if _is_part(folder):
            return None
        backup = _backup(folder, _proven(folder / MANIFEST))
        there = database_of(folder).stat()
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return backup if stat.S_ISREG(there.st_mode) and there.st_size == backup.size else None


def manifest_of(backup: Backup) -> bytes:
    """What makes a backup count, as it lies on the disk; it proves itself with a hash."""
    state = backup.state
    said: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "seq": backup.seq,
        "time": backup.time,
        "reason": backup.reason.value,
        "author": backup.author,
        "computer": backup.computer,
        "device": backup.device,
        "project": backup.project_id,
        "title": backup.title,
        "state": None if state is None else [state.last_seq, state.drafts, state.files],
        "last": backup.last,
        "revisions": backup.revisions,
        "heads_sha256": backup.heads_sha256,
        "database": {"sha256": backup.sha256, "size": backup.size},
        "evidence": [
            {"sha256": file.sha256, "size": file.size, "name": file.name}
            for file in backup.evidence
        ],
        "missing": list(backup.missing),
    }
    whole = {**said, "sha256": _sha256(said)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _folders(home: Path) -> Iterator[Path]:
    with suppress(OSError, ValueError):
        yield from backups_of(home).iterdir()


def _is_part(folder: Path) -> bool:
    match = _FOLDER.fullmatch(folder.name)
    return bool(match and match["part"])


def _proven(path: Path) -> Mapping[str, Any]:
    """What the manifest says; `ValueError` unless its hash proves it."""
    if not path.is_file():
        raise ValueError("no manifest")
    with path.open("rb") as file:
        text = file.read(LARGEST_MANIFEST)
    values: dict[str, Any] = json.loads(text)
    name = values.pop("sha256")
    if values["format"] != FORMAT or name != _sha256(values):
        raise ValueError("not a manifest that proves itself")
    return values


def _backup(folder: Path, values: Mapping[str, Any]) -> Backup:
    """Later versions may say more; what is read here they must say, too."""
    state = values["state"]
    return Backup(
        folder=folder,
        seq=_number(values["seq"], LARGEST_SEQ),
        time=_time(values["time"]),
        reason=_reason(values["reason"]),
        author=_words(values["author"]),
        computer=_words(values["computer"]),
        device=_words(values["device"]),
        project_id=_words(values["project"]),
        title=_words(values["title"]),
        state=None if state is None else State(_number(state[0]), str(state[1]), _number(state[2])),
        last=str(values["last"]),
        revisions=_number(values["revisions"]),
        heads_sha256=_hash(values["heads_sha256"]),
        sha256=_hash(values["database"]["sha256"]),
        size=_number(values["database"]["size"]),
        evidence=tuple(_file(file) for file in values["evidence"]),
        missing=tuple(_hash(name) for name in values["missing"]),
    )


def _file(values: Mapping[str, Any]) -> EvidenceFile:
    name = str(values["name"])
    return EvidenceFile(
        _hash(values["sha256"]), safe_file_name(name) if name else "", _number(values["size"])
    )


def _number(value: object, most: int = 1 << 62) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"no number: {value!r:.40}")
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError(f"no hash: {value!r:.40}")
    return value


def _time(value: object) -> str:
    folder_name(0, str(value))  # raises unless it can be read
    return str(value)


def _reason(value: object) -> Reason:
    """A reason of later versions is shown as a wish of the person's."""
    return Reason(str(value)) if str(value) in set(Reason) else Reason.ASKED


def _words(value: object) -> str:
    return shorten(clean_text(str(value)).replace("\n", " ").strip(), 200)


def _sha256(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json(said).encode("utf-8", "replace")).hexdigest()
