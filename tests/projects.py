"""Real projects in a temporary folder, for tests of services, command line and window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project, create_project, open_project

WHO = Who("นางสาวพิมพ์ใจ", "device-1", "PC-1")
OTHER = Who("นายธีระ", "device-2", "PC-2")
YEAR = 2557


def new_project(folder: Path, *, year: int = YEAR, who: Who = WHO) -> Path:
    """An empty project of ``obec-2557`` in ``folder``/งาน.esaproj."""
    place = folder / "งาน.esaproj"
    create_project(
        place, find_framework("obec-2557"), office="สพป.ทดสอบ เขต ๑", fiscal_year=year, who=who
    )
    return place


@contextmanager
def opened(place: Path, *, who: Who = WHO, year: int | None = None) -> Iterator[Project]:
    project = open_project(place, who=who, year=year)
    try:
        yield project
        project.flush()
    finally:
        project.close()
