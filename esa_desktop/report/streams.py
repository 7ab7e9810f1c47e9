"""Streams of a PDF as archives want them: an end of line before their end, and none inside it by chance."""

import re
import zlib
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

_LENGTH: Final = re.compile(rb"/Length (\d+)")
_LEVEL: Final = 4
"""Of compression: the usual 6 takes twice the time and makes a report a twelfth smaller."""
_START: Final = b"stream\n"
_END: Final = b"endstream\n"


class Stream(pdfdoc.PDFObject):
    """Compressed at once, so that a long document does not hold its pages twice."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, entries: str = "") -> None:
        """``entries`` of its dictionary, in PDF's own writing."""
        self._compressed = _without_bare_end(zlib.compress(content, _LEVEL))
        self._entries = entries.encode()

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab asks so
        entries = b"%s/Filter/FlateDecode/Length %d" % (self._entries, len(self._compressed))
        return b"<<%s>>\nstream\n%s\nendstream" % (entries, self._compressed)


class Picture(pdfdoc.PDFImageXObject):
    """ReportLab's picture, its stream ended as archives want it."""

    def format(self, document: Any) -> bytes:
        written: bytes = super().format(document)
        head, _, rest = written.partition(_START)
        content = _without_bare_end(rest.removesuffix(_END))
        head = _LENGTH.sub(b"/Length %d" % len(content), head)
        return b"".join((head, _START, content, b"\n", _END))


def _without_bare_end(compressed: bytes) -> bytes:
    """A carriage return as the last byte and the line feed that follows it would be read as one
    end of line, and the stream as a byte too short. Decoders stop before what is added here.
    """
    return compressed + b"\0" if compressed.endswith(b"\r") else compressed
