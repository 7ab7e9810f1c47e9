"""What in other people's PDFs acts by itself, told from what merely bears such a name."""

import re
from typing import Any, Final

import pikepdf

_STRANGE: Final = re.compile(
    rb"/Type\s*/(?:Page|Pages|Catalog|Annot|Action|Filespec|EmbeddedFile|Outlines)\b"
    rb"|/S\s*/(?:JavaScript|Launch|URI|GoToR|GoToE|SubmitForm|ImportData|Rendition|Movie|Sound|Named)\b"
)
"""What no page needs to be seen, and what may do something."""
_KEYS: Final = frozenset(["/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles"])
_NAMED_SO: Final = re.compile(rb"/(?:JS|JavaScript|OpenAction|AA|EmbeddedFiles)\b")
_MASKS: Final = ("/Alpha", "/Luminosity")
"""Kinds of soft masks: they have an ``/S``, too."""


def acts(value: Any, written: bytes) -> bool:
    """Whether an object, with what stands within it, acts; ``written``: how it stands in the file.

    Writers that count in letters have pictures and fonts named ``/AA`` and ``/JS``.
    """
    if _STRANGE.search(written):
        return True
    return bool(_NAMED_SO.search(written)) and _has_acting_key(value)


def _has_acting_key(value: Any) -> bool:
    """Within the object itself; what it refers to is looked at in its turn."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        inner: list[Any] = []
        if isinstance(one, pikepdf.Stream):
            one = one.stream_dict
        if isinstance(one, pikepdf.Dictionary):
            if any(key in _KEYS and _is_deed(part) for key, part in one.items()):
                return True
            inner = [part for _, part in one.items()]
        elif isinstance(one, pikepdf.Array):
            inner = list(one)
        waiting += [p for p in inner if isinstance(p, pikepdf.Object) and not p.is_indirect]
    return False


def _is_deed(part: Any) -> bool:
    """A script, an action or a tree of names; not a picture, font, colour or state of drawing."""
    if isinstance(part, pikepdf.String | str | bytes):
        return True
    if isinstance(part, pikepdf.Stream) or not isinstance(part, pikepdf.Dictionary):
        return False
    if any(key in part for key in ("/S", "/Names", "/Kids")):
        return True
    events = [event for _, event in part.items() if isinstance(event, pikepdf.Dictionary)]
    return any("/S" in event and str(event.get("/S")) not in _MASKS for event in events)
