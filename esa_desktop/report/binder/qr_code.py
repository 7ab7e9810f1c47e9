"""A QR code as operators of a page: sharp at any size, and small."""

from functools import lru_cache
from typing import Final

QUIET: Final = 2
"""Modules of white around it; the page around the stamp is mostly white, too."""
LONGEST: Final = 300
"""Bytes: of longer words the modules are too small for a telephone to read from paper."""


@lru_cache(maxsize=64)
def _matrix(words: str) -> tuple[bytes, ...]:
    import segno

    code = segno.make(words, error="m", micro=False)
    return tuple(bytes(row) for row in code.matrix)


def can_be_code(words: str) -> bool:
    return 0 < len(words.encode("utf-8", "replace")) <= LONGEST


def qr_path(words: str, x: float, y: float, side: float) -> str:
    """Black modules in a square with its lower left corner at (x, y)."""
    rows = _matrix(words)
    step = side / (len(rows) + 2 * QUIET)
    drawn = [f"q {step:.4f} 0 0 {step:.4f} {x + QUIET * step:.3f} {y + QUIET * step:.3f} cm 0 g"]
    for place, row in enumerate(reversed(rows)):
        at = 0
        while at < len(row):
            if not row[at]:
                at += 1
                continue
            start = at
            while at < len(row) and row[at]:
                at += 1
            drawn.append(f"{start} {place} {at - start} 1 re")
    drawn.append("f Q")
    return " ".join(drawn)
