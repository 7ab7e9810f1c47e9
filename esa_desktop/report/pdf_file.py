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

# ASCII85 makes a file a quarter larger and the writing a third slower, for printers of the
# nineties. Set once for the process, so that no thread ever sees it change.
rl_config.useA85 = 0


class QuietCanvas(Canvas):
    """A canvas without dates or random ids, and without the Helvetica ReportLab puts on every page."""

    def __init__(self, paper: tuple[float, float], title: str, author: str) -> None:
        self.target = BytesIO()
        super().__init__(
            self.target,
            pagesize=paper,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 5),
            lang="th-TH",
        )
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(title)
        self.setCreator("esa_desktop")

    @property
    def document(self) -> Any:
        """The document the pages go into, where fonts are registered."""
        return self._doc  # type: ignore[attr-defined]

    def finished(self) -> bytes:
        self.save()
        return self.target.getvalue()

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


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
