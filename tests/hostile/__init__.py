"""More than 200 files that mean harm or came to harm, small on the disk, the same every time.

``build(folder)`` writes them; each says how it is to be met. Only AES-encrypted ones have random
bytes in them.
"""

import sys
from pathlib import Path

from esa_desktop.domain.evidence import safe_file_name
from tests.hostile.kinds import Expect, Found, Hostile
from tests.hostile.names import named
from tests.hostile.office import office_files
from tests.hostile.pdfs import pdf_files
from tests.hostile.pictures import picture_files
from tests.hostile.strangers import strangers

__all__ = ["Expect", "Hostile", "build"]


def build(folder: Path) -> tuple[Hostile, ...]:
    """Write all below ``folder``, each in a folder of its own, under its own name if it can be."""
    found: list[Found] = [
        *pdf_files(),
        *picture_files(),
        *office_files(),
        *strangers(),
        *named(),
    ]
    return tuple(_written(folder / f"{number:03}", one) for number, one in enumerate(found))


def _written(folder: Path, found: Found) -> Hostile:
    folder.mkdir(parents=True)
    path = folder / (safe_file_name(found.name) if sys.platform == "win32" else found.name)
    with path.open("wb") as file:
        file.write(found.content)
        if found.sparse:
            file.truncate(found.sparse)
    return Hostile(found.what, found.name, path, found.expect, found.encrypted, found.scripts)
