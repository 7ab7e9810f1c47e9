"""Versions of a file of evidence: one edited elsewhere comes back as the newest, the old one is kept."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from esa_desktop.domain.edits import SetField
from esa_desktop.domain.evidence import Evidence, EvidenceFile, safe_file_name
from esa_desktop.domain.fields import Field, decode, item_field
from esa_desktop.services.editing import Editor
from esa_desktop.services.history import versions
from esa_desktop.services.register import keep_register, latest, read_register
from esa_desktop.storage.evidence_copies import writable_copy
from esa_desktop.storage.evidence_files import keep

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

MOST_REMEMBERED: Final = 200
"""Copies somebody may be working on; the oldest are forgotten first."""


def new_versions(editor: Editor, item_id: str, newer: Mapping[str, EvidenceFile]) -> SetField:
    """The edit by which files take the place of those whose sha256 they stand under in ``newer``.

    They lie in the evidence folder already. The name somebody knows stays unless the new file is
    of another kind. What the item does not have is passed over.
    """
    item = editor.round.items[item_id]
    editor.keep_files(newer.values())
    replaced = [file for file in item.files if file.sha256 in newer]
    files = tuple(
        _named_as(file, newer[file.sha256]) if file.sha256 in newer else file for file in item.files
    )
    present = {file.sha256 for file in files}
    earlier = [file for file in (*item.earlier, *replaced) if file.sha256 not in present]
    return editor.change(item_field(item_id), replace(item, files=files, earlier=tuple(earlier)))


def _named_as(before: EvidenceFile, file: EvidenceFile) -> EvidenceFile:
    same_kind = Path(before.name).suffix.lower() == Path(file.name).suffix.lower()
    return replace(file, name=before.name) if same_kind else file


def take_version_back(editor: Editor, item_id: str, now: str, wanted: str) -> SetField:
    """The edit by which an earlier version is the present one again; the present one is kept."""
    item = editor.round.items[item_id]
    present = _file(item, now)
    back = next(one for one in item.earlier if one.sha256 == wanted)
    return editor.change(
        item_field(item_id),
        replace(
            item,
            files=tuple(back if one.sha256 == now else one for one in item.files),
            earlier=(*(one for one in item.earlier if one.sha256 != wanted), present),
        ),
    )


def _file(item: Evidence, sha256: str) -> EvidenceFile:
    return next(file for file in item.files if file.sha256 == sha256)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a file became the present one of its item, by the clock of that computer, and by whom."""

    author: str
    moment: datetime | None


def arrivals(project: "Project", item_id: str) -> dict[str, Arrival]:
    """By sha256, for every file the item's history knows: the last time it became the present one.

    Blocks until the store answers: for workers. Raises `StorageError`.
    """
    found: dict[str, Arrival] = {}
    field = item_field(item_id)
    for version in reversed(versions(project, field)):
        for sha256 in _present(field, version.body) - _present(field, version.body_before):
            found[sha256] = Arrival(version.author, version.moment)
    return found


def _present(field: Field, body: str) -> set[str]:
    """Hashes of the present files; none in a body that a newer program wrote in another way."""
    try:
        item: Evidence | None = decode(field, body)
    except ValueError:
        return set()
    return {file.sha256 for file in item.files} if item is not None else set()


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A copy of a file that somebody took out to edit."""

    path: str
    item_id: str
    sha256: str
    """Of the file it was when it was taken out, or came back last."""
    size: int
    changed: int
    """When the copy was last written, in nanoseconds, as the drive tells it: only compared for equality."""


def take_out(folder: Path, item: Evidence, file: EvidenceFile, to: Path) -> WorkingCopy:
    """A copy that may be edited, below ``to``; blocks, for workers. Raises `AttachError`.

    Never over a file that is there already: somebody may be working on it.
    """
    name = safe_file_name(f"{item.code} {file.name}")
    copy = writable_copy(folder, file, to / name)
    there = copy.stat()
    return WorkingCopy(str(copy), item.id, file.sha256, there.st_size, there.st_mtime_ns)


def keep_version(
    folder: Path, source: Path, *, cancelled: Callable[[], bool] | None = None
) -> EvidenceFile:
    """Copy a newer file into the evidence folder; blocks, for workers. Raises `AttachError`."""
    return keep(source, folder, cancelled=cancelled)


def written(copy: WorkingCopy) -> int:
    """When the copy was written last, in nanoseconds as the drive tells it; 0 where it is gone."""
    try:
        return Path(copy.path).stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def renewed(copy: WorkingCopy, file: EvidenceFile, when: int) -> WorkingCopy:
    """The copy after what it held was taken in as ``file``: edited again when it is written again.

    ``when``: `written` before it was read, so that what was written since is not passed over.
    """
    return replace(copy, sha256=file.sha256, size=file.size, changed=when)


class WorkingCopies:
    """Which copies of a project's evidence are out, remembered in the user's folder over restarts."""

    def __init__(self, register: Path, project_id: str) -> None:
        self._register = register
        self._project = project_id

    def all(self) -> tuple[WorkingCopy, ...]:
        said = read_register(self._register).get(self._project, {})
        found = (_copy_said(path, values) for path, values in _pairs(said))
        return tuple(copy for copy in found if copy is not None)

    def remember(self, copy: WorkingCopy) -> None:
        values = asdict(copy)
        path = values.pop("path")
        copies = latest(dict(_pairs(self._said())), path, values, most=MOST_REMEMBERED)
        self._keep(copies)

    def forget(self, path: str) -> None:
        self._keep({name: values for name, values in _pairs(self._said()) if name != path})

    def _said(self) -> Any:
        return read_register(self._register).get(self._project, {})

    def _keep(self, copies: Mapping[str, Any]) -> None:
        keep_register(self._register, read_register(self._register) | {self._project: copies})


def _pairs(said: Any) -> list[tuple[str, Any]]:
    return list(said.items()) if isinstance(said, dict) else []


def _copy_said(path: str, values: Any) -> WorkingCopy | None:
    """``None`` for what is no entry of ours: the file holds hints only."""
    try:
        return WorkingCopy(
            path,
            str(values["item_id"]),
            str(values["sha256"]),
            int(values["size"]),
            int(values["changed"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def edited(
    copies: Iterable[WorkingCopy], stat: Callable[[str], os.stat_result] = os.stat
) -> tuple[WorkingCopy, ...]:
    """Those that were written since they were taken out; one that is gone was not edited."""
    found: list[WorkingCopy] = []
    for copy in copies:
        try:
            there = stat(copy.path)
        except (OSError, ValueError):
            continue
        if (there.st_size, there.st_mtime_ns) != (copy.size, copy.changed) and there.st_size:
            found.append(copy)
    return tuple(found)
