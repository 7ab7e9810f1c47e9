"""What a person chooses about the binder of evidence, and what came of making one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Corner = Literal["top-right", "top-left", "bottom-right", "bottom-left"]
Confidential = Literal["name", "include", "leave_out"]
"""Confidential items: a page with the name only, the files too, or nothing at all."""
Changed = Literal["new", "changed", "moved", "gone"]

UPLOAD_MB: Final = 10.0
"""What a neighbouring system takes in one piece (domain.md §3, mark A)."""


@dataclass(frozen=True, slots=True)
class BinderOptions:
    """Everything a binder depends on besides what is attached."""

    scope: tuple[str, ...] = ()
    """Codes of standards, indicators or issues; empty = everything."""
    cover: bool = True
    spine: bool = True
    index: bool = True
    standard_dividers: bool = True
    indicator_dividers: bool = True
    issue_dividers: bool = True
    stamp: bool = True
    """Code, page of the item and running number on every page of evidence."""
    corner: Corner = "top-right"
    qr: bool = False
    """The item's code as a QR code beside the stamp of its first page."""
    certified: bool = False
    """A place to sign "สำเนาถูกต้อง" on every page of evidence."""
    confidential: Confidential = "name"
    office_files: bool = True
    """Convert Office files where LibreOffice is installed; else a page says where they are."""
    most_pages: int | None = None
    """Of a volume; an item is never divided, so one may be longer."""
    most_mb: float | None = None
    """Of a volume in megabytes of a million bytes."""
    only_changed: bool = False
    """Only items that are new or changed since the last binder."""
    thai_digits: bool = True
    font: str = "TH Sarabun New"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file that could not be bound; a page in its place says so."""

    code: str
    """Of its item."""
    name: str
    sentence: str
    """Thai: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Volume:
    path: str
    pages: int
    size: int
    """In bytes."""
    first: str
    """Code of the first item; every volume holds one."""
    last: str


@dataclass(frozen=True, slots=True)
class BinderResult:
    volumes: tuple[Volume, ...]
    items: int
    troubles: tuple[Trouble, ...]
    bound: Mapping[str, str]
    """What was bound: a fingerprint of each item's files and name by item id."""

    @property
    def pages(self) -> int:
        return sum(volume.pages for volume in self.volumes)
