"""Writes SHA256SUMS.txt, by which an office can see that a file came whole."""

import hashlib
from pathlib import Path

from tools.installing.names import SUMS

KINDS = (".exe", ".zip", ".deb")


def write_sums(folder: Path) -> dict[str, str]:
    """The sums of what is to be installed in ``folder``, by name; `sha256sum -c` reads the file."""
    found = sorted(path for path in folder.iterdir() if path.suffix in KINDS)
    sums = {path.name: digest_of(path) for path in found}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    (folder / SUMS).write_text(lines, encoding="utf-8", newline="\n")
    return sums


def digest_of(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
