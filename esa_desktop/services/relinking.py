"""Files of evidence that are missing or changed: looked for by what they hold, or how they are called."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import AttachError, Cancelled
from esa_desktop.domain.evidence import EvidenceFile, code_sort_key, safe_file_name
from esa_desktop.storage.evidence_files import is_kept, keep
from esa_desktop.storage.evidence_pool import Watch, sha256_of

MOST_FILES: Final = 200_000
"""Of a folder that are looked at: a whole drive is searched, but not for ever."""
STOPPED: Final = "หยุดค้นหาแล้ว ไม่มีอะไรเปลี่ยนแปลง"
Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]
"""Gets (files looked at, 0: nobody knows how many there are)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A present file of an item that is not where it should be."""

    item_id: str
    code: str
    file: EvidenceFile


@dataclass(frozen=True, slots=True)
class Found:
    """Where a missing file may be."""

    missing: Missing
    path: Path
    is_same: bool
    """Byte by byte the one that was attached; else only its name is the same."""


def missing_files(
    assessed: AssessmentRound, folder: Path, *, cancelled: Cancel | None = None
) -> tuple[Missing, ...]:
    """Present files of all items outside the bin that are gone or of another size; asks the disk."""
    found: list[Missing] = []
    items = [item for item in assessed.items.values() if not item.binned]
    for item in sorted(items, key=lambda item: (code_sort_key(item.code), item.id)):
        _look(cancelled)
        found += [Missing(item.id, item.code, f) for f in item.files if not is_kept(folder, f)]
    return tuple(found)


def look_for(
    missing: Sequence[Missing],
    folder: Path,
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> tuple[Found, ...]:
    """Search a folder and what is in it; for each missing file the same bytes, else the same name.

    Reads only files of the right size. Blocks, for workers. Links are not followed; what cannot be
    read is passed over. Raises `Cancelled`.
    """
    by_size: dict[int, list[Missing]] = {}
    for one in missing:
        by_size.setdefault(one.file.size, []).append(one)
    names = {one.file.name.casefold() for one in missing}
    same: dict[str, Path] = {}
    called: dict[str, Path] = {}
    wanted = {one.file.sha256 for one in missing}
    for count, path in enumerate(_files_in(folder, cancelled)):
        if progress and count % 100 == 0:
            progress(count, 0)
        if count >= MOST_FILES or wanted <= same.keys():
            break
        name = safe_file_name(path.name).casefold()
        if name in names:
            called.setdefault(name, path)
        if sha256 := _hash_if_wanted(path, by_size, cancelled):
            same.setdefault(sha256, path)
    return tuple(_found(missing, same, called))


def _found(
    missing: Sequence[Missing], same: dict[str, Path], called: dict[str, Path]
) -> Iterator[Found]:
    for one in missing:
        name = one.file.name.casefold()
        if one.file.sha256 in same:
            yield Found(one, same[one.file.sha256], is_same=True)
        elif name in called:
            yield Found(one, called[name], is_same=False)


def _hash_if_wanted(path: Path, by_size: dict[int, list[Missing]], cancelled: Cancel | None) -> str:
    try:
        if path.stat().st_size not in by_size:
            return ""
        return sha256_of(path, Watch(cancelled, sentence=STOPPED))
    except OSError:
        return ""


def _files_in(folder: Path, cancelled: Cancel | None) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        _look(cancelled)
        for name in sorted(names):
            path = Path(place, name)
            if not path.is_symlink():
                yield path
            _look(cancelled)


def put_back(folder: Path, found: Found, *, cancelled: Cancel | None = None) -> EvidenceFile:
    """Copy a found file into the project's evidence folder again; blocks, for workers.

    One that is the same mends the project by itself: nothing of it is written anew. For one that
    has only the name, the caller makes a new version of what this returns. Raises `AttachError`
    where the file changed since it was found.
    """
    kept = keep(found.path, folder, cancelled=cancelled)
    if found.is_same and kept.sha256 != found.missing.file.sha256:
        raise AttachError(f"ไฟล์ “{found.path.name}” ถูกแก้ไขหลังจากค้นพบ กรุณาค้นหาใหม่อีกครั้ง")
    return kept


def _look(cancelled: Cancel | None) -> None:
    if cancelled and cancelled():
        raise Cancelled(STOPPED)
