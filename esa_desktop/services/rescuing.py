"""Rescue: while the disk of a project refuses, what is unsaved is kept on another one, also to be read."""

import logging
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.revision import Revision, plain_text
from esa_desktop.domain.thai import thai_digits
from esa_desktop.paths import documents_folder, user_folder
from esa_desktop.services.editing import revision_of_draft
from esa_desktop.services.field_names import FieldName, field_name
from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.evidence_files import is_kept
from esa_desktop.storage.rescue import (
    SUFFIX,
    Rescued,
    Stamp,
    Superseded,
    net,
    proof_of,
    read,
    to_bytes,
)
from esa_desktop.storage.rows import Draft
from esa_desktop.storage.store import Write

FOLDER: Final = "rescue"
_DAMAGED: Final = ".damaged"

_log = logging.getLogger(__name__)


def places_for(folder: Path) -> tuple[Path, ...]:
    """Where a rescue may lie: the user's own folders, those on another drive than ``folder`` first."""
    candidates = [user_folder(), documents_folder(), Path(tempfile.gettempdir()) / "esa_desktop"]
    home = _drive(folder)
    return tuple(sorted(dict.fromkeys(candidates), key=lambda place: _drive(place) == home))


def _drive(place: Path) -> int:
    """The number of the drive that holds a place, there or not."""
    for part in (place, *place.parents):
        with suppress(OSError):
            return part.stat().st_dev
    return -1


class Rescue:
    """For one open project. `keep` and `over` are called on the writer's thread."""

    def __init__(
        self,
        project_id: str,
        title: str,
        places: Sequence[Path],
        *,
        device: str,
        name_of: Callable[[Field], FieldName] = lambda field: field_name(field, None),
    ) -> None:
        self._project = project_id
        self._title = title
        self._places = tuple(places)
        self._device = device
        self._name_of = name_of
        self._session = new_id()
        self._number = 0
        self._kept: tuple[Write, ...] = ()
        self._path: Path | None = None
        self._drafts: dict[tuple[Field, str], Draft] = {}
        """Those in the database now, by field and device."""

    def committed(self, write: Write) -> None:
        """Hear of every write that is committed, so that a rescue knows what it takes the place of."""
        for name in write.dropped:
            self._drafts.pop(name, None)
        self._drafts.update({(draft.field, draft.device): draft for draft in write.drafts})

    def keep(self, writes: tuple[Write, ...]) -> Path | None:
        """Keep these, all that is unsaved; returns the text a person can read, or ``None``.

        Never raises: whoever calls has a failing disk to cope with already.
        """
        if not writes:
            return None
        if self._path is not None and writes == self._kept and self._path.exists():
            return _readable(self._path)
        write = net(writes)
        changed = [*write.dropped, *((draft.field, draft.device) for draft in write.drafts)]
        over = [self._drafts[name] for name in changed if name in self._drafts]
        self._number += 1
        stamp = Stamp(self._project, self._device, self._session, self._number)
        content = to_bytes(stamp, write, over)
        for place in self._places:
            path = place / FOLDER / f"{self._project}-{self._device}{SUFFIX}"
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if path != self._path:
                    _make_way(path)
                write_durably(path, content)
                write_durably(_readable(path), self._told(write))
            except OSError as error:
                _log.warning("no rescue kept in one place: %s", error)
                _remove(path)
                continue
            if self._path is not None and self._path != path:
                _remove(self._path)
            self._path, self._kept = path, writes
            return _readable(path)
        return None

    def over(self) -> None:
        """All is saved: what was kept is not needed any more."""
        if self._path is not None and _remove(self._path):
            self._path, self._kept = None, ()

    def _told(self, write: Write) -> bytes:
        """The same for a person: which field, and the text. For Notepad: a mark in front, CRLF."""
        lines = [
            f"ข้อความที่ยังบันทึกลงงานประเมิน “{self._title}” ไม่ได้",
            "เมื่อเปิดงานประเมินนี้ได้อีกครั้ง โปรแกรมจะนำข้อความทั้งหมดนี้กลับเข้าไปให้เอง",
            "ถ้าต้องใช้ก่อน คัดลอกจากไฟล์นี้ได้ทันที",
        ]
        latest: dict[Field, Revision | Draft] = {r.field: r for r in write.revisions}
        latest.update({draft.field: draft for draft in write.drafts})
        for field, fact in latest.items():
            lines += ["", "─" * 40, self._name_of(field).sentence, ""]
            lines += _text(fact).split("\n")
        if not latest:
            lines += ["", thai_digits(f"ไฟล์หลักฐานที่แนบแล้ว {len(write.files)} ไฟล์")]
        return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8", "replace")


def _text(fact: Revision | Draft) -> str:
    try:
        return plain_text(fact.field, fact.body) or "(ลบข้อความแล้ว)"
    except ValueError:
        return fact.body


@dataclass(frozen=True, slots=True)
class Found:
    """What was never committed, as writes that can be submitted twice without harm."""

    writes: tuple[Write, ...] = ()
    used: tuple[Path, ...] = ()
    damaged: tuple[Path, ...] = ()
    """Files of which a part proved itself: put aside, for somebody may read more in them."""


def found(
    project_id: str,
    places: Iterable[Path],
    *,
    folder: Path,
    drafts: Collection[Draft] = (),
    knows: Callable[[str], bool] = lambda _: True,
) -> Found:
    """What rescue files hold for the project in ``folder``; never raises.

    ``drafts`` are those of the project, which may be older or newer than the rescue. A file whose
    changes stand on revisions that the project lacks (``knows``) belongs to a newer copy of it:
    its changes are handed out, and the file stays for that copy. So does what cannot be read.
    """
    newest: dict[str, tuple[Path, Rescued]] = {}
    used: list[Path] = []
    damaged: list[Path] = []
    writes: list[Write] = []
    for path in _files(project_id, places):
        rescued = read(path)
        if rescued is None or rescued.stamp.project != project_id:
            continue
        session = rescued.stamp.session
        before = newest.get(session)
        if before is None or before[1].stamp.number < rescued.stamp.number:
            newest[session] = path, rescued
            used += [before[0]] if before else []
        else:
            used.append(path)
    for path, rescued in newest.values():
        writes += _repeatable(rescued, drafts, folder)
        if not rescued.is_whole:
            damaged.append(path)
        elif _stands(rescued.write, knows):
            used.append(path)
    return Found(tuple(writes), tuple(used), tuple(damaged))


def remove(rescued: Found) -> None:
    """Take away the files whose changes are committed."""
    for path in rescued.used:
        _remove(path)
    for path in rescued.damaged:
        with suppress(OSError):
            path.replace(path.with_name(f"{path.name}.{new_id()}{_DAMAGED}"))


def _files(project_id: str, places: Iterable[Path]) -> list[Path]:
    paths: dict[Path, None] = {}
    for place in places:
        with suppress(OSError):
            paths.update(dict.fromkeys(sorted((place / FOLDER).glob(f"{project_id}-*{SUFFIX}"))))
    return list(paths)


def _stands(write: Write, knows: Callable[[str], bool]) -> bool:
    own = {revision.id for revision in write.revisions}
    stood_on = [r.parents for r in write.revisions] + [d.parents for d in write.drafts]
    return all(name in own or knows(name) for parents in stood_on for name in parents)


def _repeatable(rescued: Rescued, drafts: Collection[Draft], folder: Path) -> list[Write]:
    """The same as revisions only: put back as a draft, an old text could replace a newer one.

    An item's write is one of its own, so that a missing file holds up nothing else.
    """
    write = rescued.write
    cut = {(d.field, d.device, d.parents): revision_of_draft(d) for d in write.drafts}
    dropped: list[tuple[Field, str]] = []
    later: list[Revision] = []
    for draft in drafts:
        name = draft.field, draft.device
        before = cut.get((*name, draft.parents))
        if Superseded(*name, proof_of(draft)) in rescued.over:
            dropped.append(name)
        elif before is not None:
            # Typed after the rescue and saved: the program ended before it took the file away.
            dropped.append(name)
            later.append(revision_of_draft(replace(draft, parents=(before.id,))))
    revisions = (*write.revisions, *cut.values(), *later)
    items = [r for r in revisions if r.field.kind is Kind.ITEM]
    texts = tuple(r for r in revisions if r.field.kind is not Kind.ITEM)
    files = tuple(f for f in write.files if is_kept(folder, f))
    made = [Write(revisions=texts, dropped=tuple(dropped), files=files)]
    made += [Write(revisions=(item,)) for item in items]
    return [one for one in made if one.revisions or one.dropped or one.files]


def _make_way(path: Path) -> None:
    """What an earlier run left here and nobody took in yet must not be written over."""
    if path.exists():
        earlier = path.with_name(f"{path.stem}-{new_id()}{SUFFIX}")
        path.replace(earlier)
        with suppress(OSError):
            _readable(path).replace(_readable(earlier))


def _readable(path: Path) -> Path:
    return path.with_suffix(".txt")


def _remove(path: Path) -> bool:
    """The file first: the text that can be read may stay without harm, and not the other way."""
    try:
        path.unlink(missing_ok=True)
        _readable(path).unlink(missing_ok=True)
    except OSError:
        return False
    return True
