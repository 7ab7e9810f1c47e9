"""Evidence from one folder to another, each file compared with its hash on both sides."""

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from esa_desktop.domain.errors import Cancelled, StorageError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import clean_text, shorten
from esa_desktop.storage.durable import flush_to_disk, give_name, part_beside, sync_folder
from esa_desktop.storage.evidence_files import is_kept, path_of
from esa_desktop.storage.layout import PART, evidence_of

CHUNK: Final = 1 << 20

Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]
"""Gets (bytes done, bytes in all)."""


@dataclass(slots=True)
class Watch:
    """Counts the bytes of a long work, tells of them, and ends it when the person cancels."""

    cancelled: Cancel | None = None
    progress: Progress | None = None
    total: int = 0
    done: int = 0
    sentence: str = "ยกเลิกแล้ว ไม่มีอะไรเปลี่ยนแปลง"

    def look(self) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled(self.sentence)

    def add(self, count: int) -> None:
        self.done += count
        if self.progress:
            self.progress(min(self.done, self.total), self.total)
        self.look()


class Pool:
    """The evidence folder of a project or of a copy while files are brought there.

    Each file is on the disk before it gets its name, the names only after `settle`: flushing the
    folders for each file would take longer than copying.
    """

    def __init__(self, home: Path, sources: Sequence[Path], watch: Watch) -> None:
        """``sources``: project folders, or copies of some, where the files are looked for."""
        self._home = home
        self._sources = tuple(sources)
        self._watch = watch
        self._new: list[Path] = []
        self._shards: set[Path] = set()
        """Folders with names that may not be on the disk yet."""

    def bring(self, file: EvidenceFile, *, trust_size: bool = True) -> bool:
        """Have the file here; ``False`` where no source has it as it was.

        One that is here is not copied again; with ``trust_size=False`` its bytes are compared
        first. Raises `OSError` for this side only, and `StorageError` for a drive that gives back
        other bytes than it was given.
        """
        place = path_of(self._home, file.sha256)
        if is_kept(self._home, file) and (
            trust_size or sha256_of(place, self._watch) == file.sha256
        ):
            return True
        return any(self._bring_from(path_of(s, file.sha256), file) for s in self._sources)

    def settle(self) -> None:
        """Make the names last; before anything relies on what was brought."""
        while self._shards:
            sync_folder(self._shards.pop())

    def sweep(self) -> None:
        """Remove halves that were left by a death; where nobody else is bringing files."""
        for part in evidence_of(self._home).glob(f"*/*{PART}"):
            with suppress(OSError):
                part.unlink()

    def take_back(self) -> None:
        """Remove what was brought, and the folders that are empty then: nothing came of it."""
        for place in reversed(self._new):
            with suppress(OSError):
                place.unlink()
        evidence = evidence_of(self._home)
        for folder in (*evidence.glob("*/"), evidence):
            with suppress(OSError):
                folder.rmdir()

    def _bring_from(self, original: Path, file: EvidenceFile) -> bool:
        place = path_of(self._home, file.sha256)
        part = part_beside(place)
        source = _opened(original, file.size)
        if source is None:
            return False
        try:
            with source:
                make_folders(place.parent)
                with part.open("xb") as copy:
                    whole = copy_hashed(source, copy, self._watch) == file.sha256
            if not whole:
                return False
            refuse_other_bytes(part, file.sha256, self._watch)
            if not place.exists():
                self._new.append(place)
            give_name(part, place)
            self._shards.add(place.parent)
            return True
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _opened(original: Path, size: int) -> IO[bytes] | None:
    try:
        if original.stat().st_size != size:
            return None
        return original.open("rb")
    except OSError:
        return None


def copy_hashed(source: IO[bytes], copy: IO[bytes], watch: Watch) -> str:
    """Copy to the end, on the disk on return; the sha256 of what was read.

    An unreadable source gives an empty string, like one that says something else.
    """
    sha256 = hashlib.sha256()
    while True:
        try:
            chunk = source.read(CHUNK)
        except OSError:
            return ""
        if not chunk:
            break
        sha256.update(chunk)
        copy.write(chunk)
        watch.add(len(chunk))
    copy.flush()
    flush_to_disk(copy.fileno())
    return sha256.hexdigest()


def refuse_other_bytes(path: Path, sha256: str, watch: Watch) -> None:
    """Read back what was written: sticks exist that take more than they can hold."""
    if sha256_of(path, watch) != sha256:
        where = shorten(clean_text(str(path.anchor or path.parent)), 60)
        raise StorageError(f"ไดรฟ์ “{where}” เก็บข้อมูลไม่ตรงกับที่เขียนลงไป กรุณาใช้ไดรฟ์อื่นแล้วลองอีกครั้ง")


def sha256_of(path: Path, watch: Watch) -> str:
    """As the drive has it, not the memory in front of it, where the system allows to ask so."""
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        if sys.platform == "linux":
            with suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            watch.look()
    return sha256.hexdigest()


def make_folders(folder: Path) -> None:
    """Make a folder and those above it, each of them there to stay."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def missing_of(files: Sequence[EvidenceFile], home: Path) -> tuple[str, ...]:
    """sha256 of the files that do not lie in ``home``, by a look at names and sizes."""
    return tuple(file.sha256 for file in files if not is_kept(home, file))


def room_needed(files: Sequence[EvidenceFile], home: Path) -> int:
    """Bytes of the files that ``home`` does not have yet."""
    return sum(file.size for file in files if not is_kept(home, file))
