from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from esa_desktop.domain.errors import ReportError
from esa_desktop.ui.pdf_reader import page_texts


def test_every_page_gives_its_own_text(qapp: QApplication, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "ก.pdf"))
    for words in ("page one", "page two"):
        canvas.drawString(72, 72, words)
        canvas.showPage()
    canvas.save()

    assert page_texts(tmp_path / "ก.pdf") == ["page one", "page two"]


@pytest.mark.parametrize("content", [b"", b"no PDF at all"])
def test_a_file_that_is_no_pdf_is_said_in_a_sentence(
    qapp: QApplication, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "เสีย.pdf").write_bytes(content)

    with pytest.raises(ReportError, match=r"เสีย\.pdf"):
        page_texts(tmp_path / "เสีย.pdf")
