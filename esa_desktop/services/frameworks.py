"""The frameworks a new project can start from: those that come with the program, or a file."""

from pathlib import Path

from esa_desktop.domain.framework import Framework
from esa_desktop.storage import framework_file


def shipped_frameworks() -> tuple[Framework, ...]:
    return framework_file.shipped()


def find_framework(name: str) -> Framework:
    """A framework by its id (``obec-2557``), or from a TOML file; raises `FrameworkFileError`."""
    if name.lower().endswith(".toml") or Path(name).is_file():
        return framework_file.read_framework(Path(name))
    return framework_file.shipped_framework(name)
