"""The mirror on the disk: readable copies of the texts, and an index whose every line proves itself."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.errors import Cancelled, StorageError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.faults import FORBIDDEN, FULL
from esa_desktop.storage.layout import MIRROR, PART, database_of, title_of

FORMAT: Final = "esa-mirror"
VERSION: Final = 1
INDEX: Final = "index.json"
LARGEST: Final = 1 << 30
"""Bytes of an index that is read."""
_SCAFFOLD: Final = (b"", b'"fields":[', b"]", b'"files":[', b'"texts":[', b"]}")
_PART: Final = re.compile(rf".+\.[0-9a-f]{{8}}{re.escape(PART)}")

Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One field as it stood."""

    field: Field
    heads: tuple[str, ...]
    """Ids of its heads, sorted."""
    body: str
    """Canonical, as in a revision; empty: deleted."""
    bodies: tuple[str, ...] = ()
    """Of a field with several texts those of all ``heads``, in their order; else empty."""


@dataclass(frozen=True, slots=True)
class Index:
    project: str
    """Empty where the line that says it is damaged."""
    entries: tuple[Entry, ...]
    """Only those that prove themselves."""
    files: tuple[EvidenceFile, ...]
    """What hash a file with which name has; the file itself proves it."""
    texts: tuple[str, ...] = ()
    """The readable files, as paths below the mirror with ``/``."""
    is_whole: bool = True
    """Whether all fields it counts are there."""


def index_of(project_folder: Path) -> Path:
    return project_folder / MIRROR / INDEX


def lay_down(
    project_folder: Path, texts: Mapping[str, str], index: Index, cancelled: Cancel | None = None
) -> int:
    """Write what is not there yet, and remove what the last index named and is gone; the index
    comes last.

    ``texts`` by their path below the mirror. Returns how many files were written. Every file is
    the old or the new one, whole, whatever happens. Where the project is not any more, renamed or
    removed meanwhile, nothing is made: it would look like a damaged one. Raises `StorageError` or
    `Cancelled`.
    """
    if not database_of(project_folder).exists():
        return 0
    place = project_folder / MIRROR
    before = read_index(project_folder)
    written = 0
    held: OSError | None = None
    try:
        _sweep(place, texts)
        for name, text in texts.items():
            if cancelled is not None and cancelled():
                raise Cancelled("ยกเลิกแล้ว สำเนาข้อความเดิมยังอยู่")
            try:
                written += _keep(place, name, _for_notepad(text))
            except PermissionError as error:
                held = error  # one that is open in Word must not keep the others back
        # While the old index still names them: after a crash nobody would know whose they are.
        for gone in set(before.texts if before else ()) - texts.keys():
            _remove(place / gone)
        written += _keep(place, INDEX, _spelled(index, texts))
        if held is not None:
            raise held
    except OSError as error:
        if database_of(project_folder).exists():
            raise _refusal(project_folder, error) from error
    return written


def read_index(project_folder: Path) -> Index | None:
    """What the index says; ``None`` where there is none. Never raises for damage.

    Of a damaged index every line that is whole still counts.
    """
    try:
        if index_of(project_folder).stat().st_size > LARGEST:
            return None
        with index_of(project_folder).open("rb") as lines:
            return _read(lines)
    except OSError:
        return None


def _read(lines: Iterable[bytes]) -> Index:
    head: dict[str, Any] = {}
    entries: dict[Field, Entry] = {}
    files: dict[tuple[str, str], EvidenceFile] = {}
    texts: dict[str, None] = {}
    for values in _values(lines):
        if isinstance(values, str) and _is_own_name(values):
            texts[values] = None
        elif isinstance(values, dict):
            head = _head_of(values) or head
            entry, file = _entry_of(values), _file_of(values)
            if entry is not None:
                entries[entry.field] = entry
            if file is not None:
                files[file.sha256, file.name] = file
    return Index(
        head.get("project", ""),
        tuple(entries.values()),
        tuple(files.values()),
        tuple(texts),
        is_whole=head.get("count") == len(entries),
    )


def _for_notepad(text: str) -> bytes:
    """UTF-8 with a mark in front, and CRLF, on every system.

    Notepad before Windows 10 1903 takes a file without the mark for Thai of code page 874 when
    it guesses wrongly, and before 1809 shows LF as one endless line; Word and WordPad need the
    mark to this day. The same bytes everywhere: a project that is carried is not written anew.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return ("\ufeff" + "\r\n".join(lines)).encode("utf-8", "replace")


def _spelled(index: Index, texts: Iterable[str]) -> bytes:
    """JSON without a mark (RFC 8259), a fact a line, sorted: equal facts, equal bytes."""
    entries = sorted(index.entries, key=lambda entry: entry.field)
    head = {
        "format": FORMAT,
        "version": VERSION,
        "project": index.project,
        "count": len(entries),
    }
    files = sorted(index.files, key=lambda file: (file.sha256, file.name))
    lines = [
        _line(_proven(head)).removesuffix(b"}") + b",\n" + b'"fields":[',
        b",\n".join(_line(_proven(_entry_values(entry))) for entry in entries),
        b'],\n"files":[',
        b",\n".join(_line({"sha256": f.sha256, "size": f.size, "name": f.name}) for f in files),
        b'],\n"texts":[',
        b",\n".join(map(_line, sorted(texts))),
        b"]}\n",
    ]
    return b"\n".join(lines)


def _line(value: object) -> bytes:
    return canonical_json(value).encode("utf-8", "surrogatepass")


def _proven(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "sha256": _sha256(values)}


def _sha256(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(_line(values)).hexdigest()


def _entry_values(entry: Entry) -> dict[str, Any]:
    field = entry.field
    values: dict[str, Any] = {
        "round": field.round,
        "owner": field.owner,
        "kind": field.kind.value,
        "heads": list(entry.heads),
        "body": entry.body,
    }
    return {**values, "bodies": list(entry.bodies)} if entry.bodies else values


def _values(lines: Iterable[bytes]) -> Iterator[object]:
    """The values of all lines that hold one; ``None`` for a damaged line."""
    for raw in lines:
        line = raw.rstrip(b"\r\n").removesuffix(b",")
        if line in _SCAFFOLD:
            continue
        if line.startswith(b'{"count"'):
            line += b"}"  # of the line at the top
        try:
            yield json.loads(line.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError):
            yield None


def _head_of(values: dict[str, Any]) -> dict[str, Any]:
    known = values.get("format") == FORMAT and values.get("version") == VERSION
    return values if known and _is_proven(values) else {}


def _is_proven(values: dict[str, Any]) -> bool:
    rest = {name: value for name, value in values.items() if name != "sha256"}
    return values.get("sha256") == _sha256(rest)


def _entry_of(values: dict[str, Any]) -> Entry | None:
    try:
        if not _is_proven(values):
            return None
        field = Field(values["round"], values["owner"], Kind(values["kind"]))
        heads, bodies = tuple(values["heads"]), tuple(values.get("bodies", ()))
        said = (field.round, field.owner, values["body"], *heads, *bodies)
        if not all(isinstance(text, str) for text in said):
            return None
        return Entry(field, heads, values["body"], bodies)
    except (KeyError, TypeError, ValueError):
        return None


def _file_of(values: dict[str, Any]) -> EvidenceFile | None:
    if values.keys() != {"sha256", "size", "name"} or not isinstance(values["size"], int):
        return None
    return EvidenceFile(str(values["sha256"]), str(values["name"]), values["size"])


def _is_own_name(name: str) -> bool:
    """Only what the program itself may have written is ever removed, and nothing elsewhere."""
    return re.fullmatch(r"(?:\d{4}/)?[^/\\:\n]+\.txt", name) is not None


def _keep(place: Path, name: str, content: bytes) -> bool:
    """Whether the file had to be written."""
    path = place / name
    with suppress(OSError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    for folder in (place, path.parent):
        folder.mkdir(exist_ok=True)  # never the project's own
    write_durably(path, content)
    return True


def _sweep(place: Path, texts: Iterable[str]) -> None:
    """What a crash left half-written."""
    for folder in {place, *((place / name).parent for name in texts)}:
        with suppress(OSError):
            for left in folder.iterdir():
                if _PART.fullmatch(left.name):
                    left.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    """An old text that is still open somewhere stays."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()  # only an empty one goes


def _refusal(folder: Path, error: OSError) -> StorageError:
    title = title_of(folder)
    saved = f"งานประเมิน “{title}” บันทึกแล้ว แต่เขียนสำเนาข้อความ (โฟลเดอร์ {MIRROR}) ไม่ได้"
    if error.errno in FULL:
        return StorageError(f"{saved} เพราะเนื้อที่เต็ม กรุณาลบหรือย้ายไฟล์อื่นออกจากไดรฟ์นี้")
    if error.errno in FORBIDDEN:
        return StorageError(f"{saved} กรุณาปิดไฟล์ในโฟลเดอร์นั้นที่เปิดค้างอยู่ในโปรแกรมอื่น")
    return StorageError(f"{saved} กรุณาตรวจว่าไดรฟ์ยังต่ออยู่")
