"""Where a self-test works: one temporary folder with its project, and nobody's name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from esa_desktop.domain.ids import new_id
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project, open_project

Step = tuple[str, Callable[[], None]]
"""What is tried, in Thai, and the trial; it raises what it finds wrong."""
WORDS: Final = "ทดสอบการพิมพ์ภาษาไทย ที่ป้ำน้ำใจ ๑๒๓"


class Steps(Protocol):
    def steps(self) -> list[Step]: ...


class Fault(Exception):
    """Something does not do what it should; in English, for support."""


class Workshop:
    """The places that steps leave things in for those after them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "ทดสอบ.esaproj"
        self.who = Who("ทดสอบตัวเอง", new_id(), "-")

    @contextmanager
    def opened(self, folder: Path | None = None) -> Iterator[Project]:
        project = open_project(folder or self.project, who=self.who)
        try:
            yield project
        finally:
            project.close()


def expect(is_so: object, what: str) -> None:
    """Raise `Fault` with ``what`` is wrong unless it is so."""
    if not is_so:
        raise Fault(what)


def find_in_pdf(pdf: Path, *words: str) -> None:
    """Read a PDF as other programs do, and find these words in it."""
    from esa_desktop.ui.pdf_reader import page_texts

    text = "".join("".join(page_texts(pdf)).split())
    for some in words:
        expect("".join(some.split()) in text, "the printed words cannot be read back")
