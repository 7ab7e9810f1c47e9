"""The bin of evidence: what is put there serves nothing, can be taken back, and goes when a person empties it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Batch, SetField
from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import Evidence, EvidenceFile, code_sort_key
from esa_desktop.domain.fields import RICH_KINDS, Kind, item_field, link_field, link_parts
from esa_desktop.services.editing import Editor
from esa_desktop.services.projects import Project
from esa_desktop.storage import evidence_files
from esa_desktop.storage.store import Store

PATIENCE: Final = 30.0
"""Seconds the disk has to take the change before any file is removed."""
AT_ONCE: Final = 100
"""Files removed between two writes: saving goes on meanwhile."""
T = TypeVar("T")
_HASHES: Final = re.compile("(?=([0-9a-f]{64}))")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item serves."""

    year: int
    issue_id: str
    rank: str


@dataclass(frozen=True, slots=True)
class Emptied:
    items: int
    size: int
    """Bytes that are free again."""
    left: int
    """Files that would not go: another program holds them. They are no longer part of the project."""


def binned(assessed: AssessmentRound) -> tuple[Evidence, ...]:
    """What lies in the bin, by code."""
    items = (item for item in assessed.items.values() if item.binned)
    return tuple(sorted(items, key=lambda item: (code_sort_key(item.code), item.id)))


def places_of(editor: Editor, item_id: str) -> tuple[Place, ...]:
    """Where an item serves, in every year of the project."""
    return tuple(_places(editor, {item_id})[item_id])


def _places(editor: Editor, item_ids: Collection[str]) -> dict[str, list[Place]]:
    """The same of many: the fields of a project are gone through once."""
    found: dict[str, list[Place]] = {item_id: [] for item_id in item_ids}
    for field, view in editor.views.items():
        if field.kind is Kind.LINK and view.value:
            issue_id, item_id = link_parts(field)
            if item_id in found:
                found[item_id].append(Place(int(field.round), issue_id, view.value))
    return found


def to_bin(editor: Editor, item_ids: Iterable[str]) -> Batch:
    """The edit that puts items into the bin: they leave every issue of every year they serve.

    Those that lie there already, and those that are no more, are passed over.
    """
    items = editor.round.items
    wanted = [i for i in dict.fromkeys(item_ids) if i in items and not items[i].binned]
    edits: list[SetField] = []
    for item_id, places in _places(editor, wanted).items():
        item = items[item_id]
        said = tuple(f"{place.year}:{place.issue_id}:{place.rank}" for place in places)
        thrown = replace(item, binned=True, binned_from=said)
        edits.append(editor.change(item_field(item_id), thrown))
        links = (link_field(place.year, place.issue_id, item_id) for place in places)
        edits.extend(editor.change(link, "") for link in links)
    return Batch(tuple(edits), "ย้ายหลักฐานไปถังขยะ")


def from_bin(editor: Editor, item_ids: Iterable[str]) -> Batch:
    """The edit that takes items back to where they served, in the same order as before."""
    edits: list[SetField] = []
    for item_id in dict.fromkeys(item_ids):
        item = editor.round.items.get(item_id)
        if item is None or not item.binned:
            continue
        back = replace(item, binned=False, binned_from=())
        edits.append(editor.change(item_field(item_id), back))
        for place in _places_said(item):
            field = link_field(place.year, place.issue_id, item_id)
            edits.append(editor.change(field, place.rank))
    return Batch(tuple(edits), "นำหลักฐานกลับจากถังขยะ")


def _places_said(item: Evidence) -> Iterator[Place]:
    for said in item.binned_from:
        year, _, rest = said.partition(":")
        issue_id, _, rank = rest.rpartition(":")
        if year.isdecimal() and issue_id and rank:
            yield Place(int(year), issue_id, rank)


def files_only_in(editor: Editor, item_ids: Iterable[str]) -> dict[str, int]:
    """Size by sha256 of the files that nothing but these items names: they would go with them.

    Looked for in every text of the project as it stands, in both where two stand against each
    other: a picture inside a text lies in the same folder.
    """
    going = set(item_ids)
    named = _files_of(item for name, item in editor.round.items.items() if name in going)
    kept = set(_files_of(item for name, item in editor.round.items.items() if name not in going))
    for field, view in editor.views.items():
        if field.kind in RICH_KINDS or (field.kind is Kind.ITEM and view.state != "clean"):
            for head in view.heads:
                kept.update(_HASHES.findall(head.body))
    return {name: size for name, size in named.items() if name not in kept}


def _files_of(items: Iterable[Evidence]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for item in items:
        sizes.update((file.sha256, file.size) for file in item.stored_files)
    return sizes


@dataclass(frozen=True, slots=True)
class Going:
    """What leaves with the bin: said to the editor, not off the disk yet."""

    items: int
    files: Mapping[str, int]
    """Size by sha256."""


def begin_emptying(editor: Editor, item_ids: Iterable[str] | None = None) -> Going:
    """Delete items of the bin (``None``: all of them) from the round; `finish_emptying` follows.

    What the items said stays in the history. Steps to undo from before may name their files and
    are refused from then on.
    """
    editor.refuse_if_read_only()
    editor.checkpoint()  # a picture that is in a text only as typed so far must not go
    chosen = set(editor.round.items if item_ids is None else item_ids)
    items = [item for item in binned(editor.round) if item.id in chosen]
    if not items:
        return Going(0, {})
    files = files_only_in(editor, (item.id for item in items))
    deleted = tuple(editor.change(item_field(item.id), None) for item in items)
    editor.apply(Batch(deleted, "ล้างถังขยะ"))
    editor.forget_files(files)
    return Going(len(items), files)


def finish_emptying(project: Project, going: Going) -> Emptied:
    """Remove the files for good, once the disk has taken the change; blocks, for workers.

    They are gone from the backups in the project folder, too, which share them. A file that was
    attached again meanwhile stays. Raises the `EsaError` of what the disk refuses, with every
    file still there.
    """
    project.wait_until_saved(PATIENCE)
    names, left, gone = sorted(going.files), 0, 0
    for start in range(0, len(names), AT_ONCE):
        some = partial(_remove_unknown, project.folder, names[start : start + AT_ONCE])
        removed, held = _asked(project, some).result()
        left += held
        gone += sum(going.files[name] for name in removed)
    return Emptied(going.items, gone, left)


def _asked(project: Project, question: Callable[[Store], T]) -> "Future[T]":
    try:
        return project.ask(question)
    except RuntimeError as error:  # the session ends: files that stay cost room and nothing else
        raise Cancelled("งานประเมินกำลังปิด จึงยังลบไฟล์ไม่หมด") from error


def _remove_unknown(
    folder: Path, names: Collection[str], store: Store
) -> tuple[frozenset[str], int]:
    """On the writer's thread, where no file becomes known meanwhile: what went, how many would not."""
    unknown = frozenset(names) - store.known_files(names)
    left = evidence_files.remove(folder, unknown)
    return unknown - set(left), len(left)


def size_of(files: Iterable[EvidenceFile]) -> int:
    """Bytes, with the smaller copies for paper."""
    return sum(file.size + file.printable_size for file in files)
