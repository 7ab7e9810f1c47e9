"""Words of plain text files, in the encodings that offices in Thailand have had."""

import codecs
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 1 << 20
"""Read of a text file; what comes after is not looked at."""


def paragraphs(path: Path) -> list[str]:
    with path.open("rb") as file:
        return decoded(file.read(MOST_BYTES)).splitlines()


def decoded(content: bytes) -> str:
    """UTF-16 by its mark, else UTF-8, else what Windows wrote in Thai."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        # Not the end of the last letter: the file may have been cut inside of it.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp874", "replace")
