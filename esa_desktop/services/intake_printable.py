"""Copies for paper of photos and big scans: which files want one, and how it gets beside the original."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final, Protocol

from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.storage.evidence_files import keep, path_of

ALWAYS: Final = frozenset({".heic", ".heif", ".tif", ".tiff", ".bmp"})
"""Pictures that few programs show, or that fill a disk for nothing."""
WHEN_BIG: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
BIG: Final = 2_000_000
"""Bytes. A page of a laser printer needs some 300 KB of a photo."""


BIG_SCAN: Final = 5_000_000
"""Bytes of a PDF; smaller ones print quickly as they are."""


class Draws(Protocol):
    """A `Reader`, or in a test what stands for one."""

    def printable(
        self, path: Path, name: str, to: Path, *, cancelled: Callable[[], bool]
    ) -> bool: ...


def wants_printable(file: EvidenceFile) -> bool:
    """By name and size alone; whether it can be made is seen when it is tried."""
    ending = PurePath(file.name).suffix.lower()
    is_big = (ending in WHEN_BIG and file.size >= BIG) or (
        ending == ".pdf" and file.size >= BIG_SCAN
    )
    return not file.printable and (ending in ALWAYS or is_big)


def name_of_copy(name: str) -> str:
    """What a copy for paper is called: a scanned PDF stays one, everything else is a JPEG."""
    known = PurePath(name)
    ending = ".pdf" if known.suffix.lower() == ".pdf" else ".jpg"
    return f"{known.stem}{ending}"


def make_printable(
    folder: Path, file: EvidenceFile, reader: Draws, *, cancelled: Callable[[], bool]
) -> EvidenceFile | None:
    """The copy, kept in the project ``folder``; slow, for a worker.

    ``None`` where the file cannot be drawn, or the copy would be no smaller than the original.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        named = PurePath(name_of_copy(file.name))
        copy = Path(scratch) / f"{named.stem[:60] or 'picture'}{named.suffix}"
        try:
            original = path_of(folder, file.sha256)
            if not reader.printable(original, file.name, copy, cancelled=cancelled):
                return None
            smaller = copy.stat().st_size < file.size
            is_foreign = PurePath(file.name).suffix.lower() in ALWAYS
            return keep(copy, folder, cancelled=cancelled) if smaller or is_foreign else None
        except (AttachError, OSError):
            return None  # the original is there; nobody waits for the copy


def with_printable(item: Evidence, original: EvidenceFile, copy: EvidenceFile) -> Evidence:
    """The item with the copy beside every file of the original's hash, earlier versions too."""

    def beside(file: EvidenceFile) -> EvidenceFile:
        if file.sha256 != original.sha256:
            return file
        return replace(file, printable=copy.sha256, printable_size=copy.size)

    return replace(
        item, files=tuple(map(beside, item.files)), earlier=tuple(map(beside, item.earlier))
    )
