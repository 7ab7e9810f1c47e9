"""What a binder is made from: the round, the options, and where every file lies and what it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.binder import BinderOptions, Changed

FileKind = Literal["pdf", "picture", "text", "document", "sheet", "slides", "other"]


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A file of an item as it was found when somebody looked at it."""

    path: str
    """Where its bytes lie: those of the copy for paper where there is one; empty: it is missing."""
    name: str
    """As a person knows it; its suffix tells LibreOffice what it is."""
    kind: FileKind = "other"
    """By its bytes."""
    pages: int = 0
    """As counted when it was looked at: 0 where nobody counted. Only for progress."""
    sentence: str = ""
    """Thai: why it cannot be bound; then its bytes are never opened."""


@dataclass(frozen=True)
class BinderJob:
    """One binder. Picklable, so that a child process can make it."""

    assessed: AssessmentRound
    options: BinderOptions
    files: Mapping[str, BoundFile]
    """By the sha256 of the file an item names (not of its copy for paper)."""
    name: str
    """Of the volumes, without suffix: ``name.pdf``, or ``name เล่ม 1.pdf`` and so on."""
    made: str = ""
    """The day of printing in words, as it stands on the cover."""
    changed: Mapping[str, Changed] = field(default_factory=dict)
    """By item id, against the last binder; only items that are not as they were."""
    gone: Mapping[str, str] = field(default_factory=dict)
    """Codes of the gone ones as they stand on the older paper, by item id; also of items that
    nobody knows any more.
    """
    completes: str = ""
    """Words for the binder this one completes, e.g. ``แฟ้มวันที่ ๑๑ มิ.ย. ๒๕๖๘``."""
    emblem: str = ""
    """Path of the office's emblem, a picture; empty for none."""


@dataclass(frozen=True, slots=True)
class BindingStep:
    """Told before a file is opened: whoever listens knows which one broke what came after."""

    done: int
    total: int
    at: str
    """Code of the item."""
    file: str
    """sha256, empty where no file is being opened."""


Progress = Callable[[BindingStep], None]
Cancel = Callable[[], bool]
