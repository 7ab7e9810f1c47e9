"""What one person's computer remembers of projects: small JSON files in the user's folder, by project id."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from esa_desktop.storage.durable import write_durably

LARGEST: Final = 1 << 20
"""Bytes read of such a file."""


def read_register(file: Path) -> dict[str, Any]:
    """What is remembered; nothing where the file is missing or damaged: it holds hints only."""
    try:
        with file.open("rb") as opened:
            values = json.loads(opened.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def keep_register(file: Path, values: Mapping[str, Any]) -> bool:
    """``False`` where the user's folder cannot be written: that costs a hint, never the work."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        # As ASCII: a path may hold what UTF-8 cannot.
        write_durably(file, json.dumps(values, indent=1).encode("ascii"))
        return True
    return False


def latest(values: Mapping[str, Any], key: str, value: Any, *, most: int) -> dict[str, Any]:
    """With ``key`` as the newest, and the oldest left out where there are more than ``most``."""
    others = [(name, said) for name, said in values.items() if name != key]
    return dict([*others, (key, value)][-most:])


def folder_key(folder: str | Path) -> str:
    """The same for one folder however it is spelled: relative, through a link, in other letters."""
    return os.path.normcase(os.path.realpath(folder))
