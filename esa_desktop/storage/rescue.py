"""Rescue files: what the disk of a project refused, a fact a line, each with its own proof."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.revision import Revision, is_whole
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.storage.rows import Draft, draft_values
from esa_desktop.storage.store import Write

FORMAT: Final = "esa-rescue"
VERSION: Final = 1
SUFFIX: Final = ".jsonl"
LARGEST: Final = 512 << 20
"""Bytes of a file that is looked at: more is none of ours."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose changes a rescue file holds."""

    project: str
    device: str
    session: str
    """One run of the program with one project; within it a higher ``number`` replaces a lower."""
    number: int
    folder: str = ""
    """Which copy of the project it was, as `services.register.folder_key` spells it."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """A draft that was in the database when the disk failed: what is rescued took its place."""

    field: Field
    device: str
    proof: str
    """Its sha256 (`proof_of`): a later draft of the same field is another one."""


@dataclass(frozen=True, slots=True)
class Rescued:
    stamp: Stamp
    write: Write
    """What proves itself."""
    over: frozenset[Superseded]
    is_whole: bool
    """Whether that is everything the file once said."""


def net(writes: Sequence[Write]) -> Write:
    """One write that leaves what these leave one after the other: of drafts only the last."""
    drafts: dict[tuple[Field, str], Draft] = {}
    over: dict[tuple[Field, str], None] = {}
    for write in writes:
        for name in write.dropped:
            drafts.pop(name, None)
            over[name] = None
        drafts.update({(draft.field, draft.device): draft for draft in write.drafts})
    return Write(
        revisions=tuple({r.id: r for write in writes for r in write.revisions}.values()),
        drafts=tuple(drafts.values()),
        dropped=tuple(name for name in over if name not in drafts),
        files=tuple({f.sha256: f for write in writes for f in write.files}.values()),
    )


def proof_of(draft: Draft) -> str:
    return str(draft_values(draft)["sha256"])


def to_bytes(stamp: Stamp, write: Write, over: Iterable[Draft] = ()) -> bytes:
    """The file; ``over`` are drafts in the database whose place these changes take.

    A line at the top and again at the bottom says whose it is and how many facts there are.
    """
    facts: list[dict[str, Any]] = [
        *({"what": "file", "of": f.sha256, "name": f.name, "size": f.size} for f in write.files),
        *(
            {"what": "over", **_named(d.field), "device": d.device, "draft": proof_of(d)}
            for d in over
        ),
        *({"what": "revision", "id": r.id, **_said(r)} for r in write.revisions),
        *({"what": "draft", **_said(d)} for d in write.drafts),
    ]
    head = {
        "what": FORMAT,
        "version": VERSION,
        "project": stamp.project,
        "device": stamp.device,
        "session": stamp.session,
        "number": stamp.number,
        "folder": stamp.folder,
        "facts": len(facts),
    }
    return b"".join(_line(values) for values in (head, *facts, head))


def read(path: Path) -> Rescued | None:
    """What lies at ``path``; ``None`` for what is no rescue file, or not to be read at all.

    A damaged file gives what of it proves itself: a changed byte costs one line.
    """
    try:
        if path.stat().st_size > LARGEST:
            return None
        lines = [_proven(line) for line in path.read_bytes().split(b"\n")]
    except OSError:
        return None
    told = next((v for v in lines if v is not None and v.get("what") == FORMAT), None)
    if told is None or told["version"] != VERSION:
        return None
    facts = [_fact(values) for values in lines if values is not None and values is not told]
    known = [fact for fact in facts if fact is not None]
    write = Write(
        revisions=tuple(f for f in known if isinstance(f, Revision)),
        drafts=tuple(f for f in known if isinstance(f, Draft)),
        files=tuple(f for f in known if isinstance(f, EvidenceFile)),
    )
    over = frozenset(f for f in known if isinstance(f, Superseded))
    whose = (told["project"], told["device"], told["session"], told["number"])
    stamp = Stamp(*whose, told.get("folder", ""))
    return Rescued(stamp, write, over, is_whole=len(known) == told["facts"])


def _line(values: Mapping[str, Any]) -> bytes:
    return _spelled({**values, "sha256": _sha256(values)}) + b"\n"


def _proven(line: bytes) -> dict[str, Any] | None:
    """The values of a line whose sha256 matches them."""
    try:
        values = json.loads(line.decode("utf-8", "surrogatepass"))
        proof = values.pop("sha256")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return values if proof == _sha256(values) else None


def _spelled(values: Mapping[str, Any]) -> bytes:
    return canonical_json(values).encode("utf-8", "surrogatepass")


def _sha256(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(_spelled(values)).hexdigest()


def _named(field: Field) -> dict[str, str]:
    return {"round": field.round, "owner": field.owner, "kind": field.kind.value}


def _said(fact: Revision | Draft) -> dict[str, Any]:
    return {
        **_named(fact.field),
        "parents": list(fact.parents),
        "author": fact.author,
        "device": fact.device,
        "time": fact.time,
        "body": fact.body,
    }


_Fact = Revision | Draft | EvidenceFile | Superseded


def _fact(values: Mapping[str, Any]) -> _Fact | None:
    """What a line says; ``None`` for a kind of a newer program, or an id that is not its own."""
    try:
        if values["what"] == "file":
            return EvidenceFile(_text(values, "of"), _text(values, "name"), int(values["size"]))
        kind = Kind(values["kind"])
        field = Field(_text(values, "round"), _text(values, "owner"), kind)
        device = _text(values, "device")
        if values["what"] == "over":
            return Superseded(field, device, _text(values, "draft"))
        parents = tuple(map(str, values["parents"]))
        author, time, body = (_text(values, name) for name in ("author", "time", "body"))
        if values["what"] == "draft":
            return Draft(field, device, author, time, parents, body)
        revision = Revision(_text(values, "id"), field, parents, author, device, time, body)
        return revision if is_whole(revision) else None
    except (KeyError, TypeError, ValueError):
        return None


def _text(values: Mapping[str, Any], name: str) -> str:
    if not isinstance(values[name], str):
        raise TypeError(name)
    return str(values[name])
