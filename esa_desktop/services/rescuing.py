"""Rescue: while the disk of a project refuses, what is unsaved is kept on another one, also to be read."""

import hashlib
import logging
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.revision import Revision
from esa_desktop.paths import documents_folder, user_folder
from esa_desktop.services.editing import revision_of_draft
from esa_desktop.services.field_names import FieldName, field_name
from esa_desktop.services.register import folder_key
from esa_desktop.services.rescue_texts import (
    REFUSED,
    UNSAVED,
    refused_lines,
    remove_text,
    text_places,
    texts_of,
    unsaved_lines,
    write_text,
)
from esa_desktop.storage.durable import sync_folder, write_durably
from esa_desktop.storage.evidence_files import is_kept
from esa_desktop.storage.evidence_pool import make_folders
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
        folder: Path | None = None,
        name_of: Callable[[Field], FieldName] = lambda field: field_name(field, None),
    ) -> None:
        """``folder``: of the project; its other copies leave the rescue where it is."""
        self._project = project_id
        self._title = title
        self._places = tuple(places)
        self._device = device
        self._folder = "" if folder is None else folder_key(folder)
        self._name_of = name_of
        self._session = new_id()
        self._number = 0
        self._kept: tuple[Write, ...] = ()
        self._path: Path | None = None
        self._text: Path | None = None
        self._refused = Write()
        self._refused_text: Path | None = None
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
        if self._path is not None and writes == self._kept and self._is_there():
            return self._text
        write = net(writes)
        changed = [*write.dropped, *((draft.field, draft.device) for draft in write.drafts)]
        over = [self._drafts[name] for name in changed if name in self._drafts]
        self._number += 1
        stamp = Stamp(self._project, self._device, self._session, self._number, self._folder)
        content = to_bytes(stamp, write, over)
        for place in self._places:
            path = place / FOLDER / f"{_safe(self._project)}-{_safe(self._device)}{SUFFIX}"
            try:
                make_folders(path.parent)
                if path != self._path:
                    _make_way(path)
                write_durably(path, content)
            except OSError as error:
                _log.warning("no rescue kept in one place: %s", error)
                continue
            if self._path is not None and self._path != path:
                _remove(self._path)
            self._path, self._kept = path, writes
            told = unsaved_lines(self._title, write, self._name_of)
            self._text = self._write(UNSAVED, self._session, told, self._text)
            return self._text
        return None

    def keep_refused(self, write: Write) -> Path | None:
        """Keep what was refused for good for a person only; ``None``: no words in it, or no place.

        The program never takes it in, for it would be refused again, nor does it ever remove it.
        """
        self._refused = net((self._refused, write))
        told = refused_lines(self._title, self._refused, self._name_of)
        if told:
            key = f"{self._session}-refused"
            self._refused_text = self._write(REFUSED, key, told, self._refused_text)
        return self._refused_text

    def over(self) -> None:
        """All is saved: what was kept is not needed any more."""
        if self._path is None or not _remove(self._path):
            return
        if self._text is None or remove_text(self._text, self._session):
            self._path, self._text, self._kept = None, None, ()

    def _is_there(self) -> bool:
        return all(path is not None and path.exists() for path in (self._path, self._text))

    def _write(self, begins: str, key: str, told: list[str], before: Path | None) -> Path | None:
        folders = text_places([place / FOLDER for place in self._places])
        return write_text(folders, begins, self._title, key, told, before=before)


@dataclass(frozen=True, slots=True)
class Found:
    """What was never committed, as writes that can be submitted twice without harm."""

    writes: tuple[Write, ...] = ()
    used: tuple[Path, ...] = ()
    damaged: tuple[Path, ...] = ()
    """Files of which a part proved itself: put aside, for somebody may read more in them."""
    texts: Mapping[Path, str] = field(default_factory=dict)
    """What a person could read of the files that are used, with the key of each."""


def found(
    project_id: str,
    places: Sequence[Path],
    *,
    folder: Path,
    drafts: Collection[Draft] = (),
    knows: Callable[[str], bool] = lambda _: True,
    has: Callable[[str], bool] = lambda _: False,
) -> Found:
    """What rescue files hold for the project in ``folder``; never raises.

    ``drafts`` are those of the project, which may be older or newer than the rescue. A file whose
    changes stand on revisions that the project lacks (``knows``) belongs to a newer copy of it,
    and one of another folder to that: its changes are handed out, and the file stays for that
    copy. So does what cannot be read. What the project ``has`` is not handed out again.
    """
    newest: dict[str, tuple[Path, Rescued]] = {}
    used: list[Path] = []
    damaged: list[Path] = []
    writes: list[Write] = []
    sessions: list[str] = []
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
        writes += _lacking(_repeatable(rescued, drafts, folder), has)
        is_ours = rescued.stamp.folder in ("", folder_key(folder))
        if not rescued.is_whole:
            damaged.append(path)
        elif is_ours and _stands(rescued.write, knows):
            used.append(path)
            sessions.append(rescued.stamp.session)
    folders = text_places([place / FOLDER for place in places])
    texts = texts_of(folders, sessions) if sessions else {}
    return Found(tuple(writes), tuple(used), tuple(damaged), texts)


def remove(rescued: Found) -> None:
    """Take away the files whose changes are committed.

    The machine's first: a text may stay without harm, and not the other way.
    """
    left = [path for path in rescued.used if not _remove(path)]
    if not left:
        for path, key in rescued.texts.items():
            remove_text(path, key)
    for path in rescued.damaged:
        with suppress(OSError):
            path.replace(path.with_name(f"{path.name}.{new_id()}{_DAMAGED}"))


def _files(project_id: str, places: Iterable[Path]) -> list[Path]:
    paths: dict[Path, None] = {}
    for place in places:
        with suppress(OSError):
            paths.update(
                dict.fromkeys(sorted((place / FOLDER).glob(f"{_safe(project_id)}-*{SUFFIX}")))
            )
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


def _lacking(writes: Iterable[Write], has: Callable[[str], bool]) -> list[Write]:
    """Without the revisions that the project has already."""
    new = [replace(w, revisions=tuple(r for r in w.revisions if not has(r.id))) for w in writes]
    return [write for write in new if write.revisions or write.dropped or write.files]


def _safe(name: str) -> str:
    """An id as part of a file name; those of other people's projects may be anything."""
    is_safe = re.fullmatch(r"[0-9A-Za-z-]{1,64}", name)
    return name if is_safe else hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _make_way(path: Path) -> None:
    """What an earlier run left here and nobody took in yet must not be written over."""
    if path.exists():
        path.replace(path.with_name(f"{path.stem}-{new_id()}{SUFFIX}"))


def _remove(path: Path) -> bool:
    try:
        if path.exists():
            path.unlink()
            # Else it may be there again after a power cut, older than what was saved since.
            sync_folder(path.parent)
    except OSError:
        return False
    return True
