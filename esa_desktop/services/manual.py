"""The help that comes with the program: its pages read from their files, and the manual on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from esa_desktop import __version__
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.manual import Manual
from esa_desktop.domain.manual_text import parse_manual
from esa_desktop.paths import resources_folder

if TYPE_CHECKING:
    # ReportLab and the fonts are loaded by the first print, not by the window of help.
    from esa_desktop.report.manual import ManualResult

MANUAL_NAME: Final = "คู่มือการใช้งานโปรแกรมประเมินมาตรฐาน.pdf"
_MISSING: Final = "ไม่พบไฟล์วิธีใช้ที่มากับโปรแกรม กรุณาติดตั้งโปรแกรมใหม่ งานประเมินที่ทำไว้จะไม่หาย"


def help_folder() -> Path:
    return resources_folder() / "help"


def read_manual(folder: Path) -> Manual:
    """The pages in ``folder/pages``; ``EsaError`` where there are none.

    ``ManualFault`` for a mistake in a page, which a test finds before anybody else.
    """
    try:
        files = {
            path.name: path.read_text(encoding="utf-8")
            for path in sorted((folder / "pages").glob("*.md"))
        }
        pictures = frozenset(path.name for path in pictures_folder(folder).glob("*.png"))
    except OSError as error:
        raise EsaError(_MISSING) from error
    if not files:
        raise EsaError(_MISSING)
    return parse_manual(files, pictures)


def pictures_folder(folder: Path) -> Path:
    return folder / "pictures"


def picture_bytes(folder: Path, name: str) -> bytes | None:
    """A picture of the help; ``None`` where it cannot be read."""
    try:
        return (pictures_folder(folder) / name).read_bytes()
    except OSError:
        return None


def render_manual(
    folder: Path | None = None,
    *,
    pages: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ManualResult:
    """The manual as PDF, or some of its pages (ids) without cover and contents; for a worker."""
    from esa_desktop.report.document import Steps
    from esa_desktop.report.manual import print_manual

    where = folder or help_folder()
    manual = read_manual(where)
    chosen = manual.pages if pages is None else [p for p in manual.pages if p.id in pages]
    return print_manual(
        chosen,
        lambda name: picture_bytes(where, name),
        version=__version__,
        whole=pages is None,
        steps=Steps(2 * len(chosen), progress, cancelled),
    )


def write_manual(
    target: Path,
    *,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the whole manual; the number of its pages. ``ReportError``, ``Cancelled``; for a worker."""
    from esa_desktop.report.pdf_file import write_in_place

    result = render_manual(folder, progress=progress, cancelled=cancelled)
    write_in_place(target, result.content)
    return result.pages
