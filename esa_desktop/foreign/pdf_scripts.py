"""Whether a PDF holds what acts by itself: scripts, programs to start, files within the file."""

import re
import zlib
from pathlib import Path
from typing import Any, Final

MOST_READ: Final = 64 << 20
"""Bytes searched, packed and unpacked each; the answer is a note for people, no lock on a door."""
_MOST_OBJECTS: Final = 4 << 20
"""Bytes unpacked of one stream of objects."""
_ACTS: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)"
    rb"(?![A-Za-z])"
)
_OBJECTS: Final = re.compile(rb"/ObjStm(?![A-Za-z])")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_CHUNK: Final = 1 << 20


def has_scripts(path: Path, document: Any) -> bool:
    """Look at the bytes, at packed objects, and ask PDFium, which sees encrypted ones too."""
    from pypdfium2 import raw

    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        return True
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        return True
    with path.open("rb") as file:
        content = file.read(MOST_READ)
    return _acts(content) or any(_acts(objects) for objects in _packed_objects(content))


def _acts(content: bytes) -> bool:
    """Whether a name that acts occurs, also where it is written with escapes: ``/J#53``.

    An ``/OpenAction`` that only chooses a page is as common as it is harmless.
    """
    for found in _ACTS.finditer(content):
        if found.group() != b"/OpenAction" or not re.match(
            rb"\s*(?:\[|<<[^>]{0,80}/GoTo\b)", content[found.end() : found.end() + 120]
        ):
            return True
    return bool(_ESCAPED.search(content)) and any(
        _ACTS.search(_ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), name))
        for name in re.findall(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]{0,40}", content)
    )


def _packed_objects(content: bytes) -> "list[bytes]":
    found: list[bytes] = []
    left = MOST_READ
    for mark in _OBJECTS.finditer(content):
        start = content.find(b"stream", mark.end(), mark.end() + 500)
        if start < 0 or left <= 0:
            continue
        packed = content[start + 6 : start + 6 + _CHUNK].lstrip(b"\r\n")
        try:
            objects = zlib.decompressobj().decompress(packed, min(_MOST_OBJECTS, left))
        except zlib.error:
            continue
        left -= len(objects)
        found.append(objects)
    return found
