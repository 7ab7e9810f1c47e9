"""A PDF as this program makes it: the same bytes for the same content, written beside and then put in place."""

import contextlib
import errno
import os
import secrets
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.thai import clean_text
from esa_desktop.report import archive
from esa_desktop.report.structure import Element

# ASCII85 makes a file a quarter larger and the writing a third slower, for printers of the
# nineties. Set once for the process, so that no thread ever sees it change.
rl_config.useA85 = 0


class ArchiveCanvas(Canvas):
    """A canvas that writes PDF/A-2u and PDF/UA-1: tagged, titled, dated by nothing but its content.

    What of these standards is checked, and with what, says tests/report/test_archive.py.
    """

    def __init__(self, title: str, author: str) -> None:
        self.target = BytesIO()
        super().__init__(
            self.target,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=archive.LANGUAGE,
        )
        self._title = _plain(title)
        self._author = _plain(author)
        self._labels: list[str] = []
        self._bookmarks = 0
        self._deepest = -1
        self._archived: list[Any] = []

    @property
    def document(self) -> Any:
        """The document the pages go into, where fonts are registered."""
        return self._doc  # type: ignore[attr-defined]

    @property
    def pages(self) -> int:
        """Pages begun."""
        return len(self._labels)

    def begin_page(self, paper: tuple[float, float], label: str) -> None:
        """``label``: the number a reader shows beside the page."""
        self.setPageSize(paper)
        self._labels.append(label)

    def add_bookmark(self, words: str, depth: int) -> None:
        """A line of the outline that leads to this page; never deeper by more than one."""
        self._bookmarks += 1
        depth = min(depth, self._deepest + 1)
        self._deepest = depth
        key = f"b{self._bookmarks}"
        self.bookmarkPage(key)
        self.addOutlineEntry(_plain(words), key, depth, closed=False)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        reference = self.document.thisPageRef()
        super().showPage()
        archive.tag_page(self.document, reference, len(self._archived))
        self._archived.append(reference)

    def finished(self, tree: Element, *, whole: bool = True) -> bytes:
        """The file; ``tree`` holds everything drawn; ``whole``: no page of the document is missing."""
        archive.finish(
            self.document,
            tree,
            self._archived,
            self._labels,
            title=self._title,
            author=self._author,
            whole=whole,
        )
        if self._bookmarks:
            self.showOutline()
        self.save()
        return self.target.getvalue()

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def _plain(words: str) -> str:
    """One line without what no PDF string can hold."""
    return clean_text(words).replace("\n", " ")


_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NOT_ALLOWED: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_in_place(target: Path, content: bytes) -> None:
    """Replace a file in one step, or leave it as it was; ``ReportError`` says what to do."""
    if target.is_dir():
        raise ReportError(f"“{target.name}” เป็นชื่อโฟลเดอร์ กรุณาตั้งชื่อไฟล์อื่น")
    if not target.parent.is_dir():
        raise ReportError(f"ไม่พบโฟลเดอร์ “{target.parent}” กรุณาเลือกที่บันทึกอื่น")
    beside = target.with_name(f".esa-{secrets.token_hex(8)}.part")
    try:
        _write_synced(beside, content)
    except OSError as error:
        _remove(beside)
        raise ReportError(_sentence_for_folder(target, error)) from error
    except BaseException:
        _remove(beside)
        raise
    try:
        beside.replace(target)
    except OSError as error:
        _remove(beside)
        raise ReportError(
            f"เขียนทับไฟล์ “{target.name}” ไม่ได้ กรุณาปิดไฟล์นั้นก่อนแล้วลองอีกครั้ง หรือบันทึกเป็นชื่ออื่น"
        ) from error
    _sync_folder(target.parent)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """So that the new name survives a power cut; Windows cannot and need not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sentence_for_folder(target: Path, error: OSError) -> str:
    if error.errno in _NO_ROOM:
        return "พื้นที่เก็บข้อมูลเต็ม กรุณาลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง หรือเลือกที่บันทึกอื่น"
    if error.errno in _NOT_ALLOWED:
        return f"บันทึกลงในโฟลเดอร์ “{target.parent}” ไม่ได้ กรุณาเลือกที่บันทึกอื่น"
    return f"บันทึกไฟล์ “{target.name}” ไม่สำเร็จ กรุณาลองอีกครั้งหรือเลือกที่บันทึกอื่น"
