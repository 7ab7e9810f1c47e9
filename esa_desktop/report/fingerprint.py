"""What a page shows as a short hash that does not depend on the rest of the document."""

import hashlib
import re
from typing import Final

from esa_desktop.report.typesetter import Typesetter

_CODES: Final = re.compile(r"/(G\d+) |<([0-9A-F]+)>|(/MCID \d+)")


def fingerprint(operators: str, typesetter: Typesetter) -> str:
    """Equal for two pages with the same text and rules at the same places.

    Codes of glyphs are given out as a document is set, so that one new letter on page one gives
    every later page other codes: they are turned back into the text they stand for.
    """
    fonts = {font.resource: font for font in typesetter.fonts}
    font = None
    parts: list[str] = []
    end = 0
    for match in _CODES.finditer(operators):
        parts.append(operators[end : match.start()])
        end = match.end()
        name, codes, _ = match.groups()
        if name:
            font = fonts.get(name)
            parts.append(font.face.postscript_name if font else name)
        elif codes and font is not None:
            parts.append(font.text_of(codes))
    parts.append(operators[end:])
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
