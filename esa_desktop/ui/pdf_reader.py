"""The text of a PDF as Qt's reader sees it: a second opinion on what the report writer wrote."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from esa_desktop.domain.errors import ReportError


def open_pdf(path: Path) -> QPdfDocument:
    """A loaded document; `ReportError` for a file that is no readable PDF.

    Belongs to the calling thread; close it before the file is to be replaced (Windows).
    """
    document = QPdfDocument()
    if document.load(str(path)) is not QPdfDocument.Error.None_:
        raise ReportError(f"เปิดไฟล์ PDF “{path.name}” ไม่ได้ กรุณาบันทึกเป็น PDF ใหม่อีกครั้ง")
    return document


def pdf_from_bytes(content: bytes) -> QPdfDocument:
    """The same for a PDF that is no file: nothing stays open on the disk."""
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready:
        raise ReportError("แสดงหน้าพิมพ์ไม่ได้ กรุณาลองอีกครั้ง ถ้ายังไม่ได้ให้บันทึกเป็น PDF แล้วเปิดดู")
    return document


def page_texts(path: Path) -> list[str]:
    """The text of every page, in order."""
    document = open_pdf(path)
    try:
        return [document.getAllText(page).text() for page in range(document.pageCount())]
    finally:
        document.close()
