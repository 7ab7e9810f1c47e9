"""What one person's computer remembers of projects: small JSON files in the user's folder, by project id."""

import json
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
        text = json.dumps(values, ensure_ascii=False, indent=1)
        write_durably(file, text.encode("utf-8", "replace"))
        return True
    return False
