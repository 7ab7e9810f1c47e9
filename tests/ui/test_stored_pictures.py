from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageReader

from esa_desktop.ui.stored_pictures import picture_in, stored_picture
from tests.binders import pdf

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="9" height="9"/></svg>'


def picture(form: str, width: int = 40) -> bytes:
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(width, 20, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(written, form)  # type: ignore[call-overload]
    return written.data().data()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "TIFF", "WEBP"])
def test_pictures_in_dots_are_shown(tmp_path: Path, form: str) -> None:
    content = picture(form)
    shown = stored_picture(content)
    assert shown is not None
    assert shown.width() == 40
    file = tmp_path / "ชื่ออะไรก็ได้.xyz"
    file.write_bytes(content)
    assert picture_in(file, 1000).width() == 40
    assert picture_in(file, 10).width() == 10


@pytest.mark.parametrize("content", [SVG, pdf("page"), b"", b"\x89PNG\r\n\x1a\n broken"])
def test_nothing_else_that_qt_could_open_is(tmp_path: Path, content: bytes) -> None:
    assert stored_picture(content) is None
    file = tmp_path / "ภาพ.png"
    file.write_bytes(content)
    assert picture_in(file, 1000).isNull()


def test_qt_would_open_drawings_and_documents() -> None:
    """The control: here these are formats of pictures as well."""
    assert not QImage.fromData(SVG).isNull()
    assert {b"svg", b"pdf"} <= {bytes(f.data()) for f in QImageReader.supportedImageFormats()}


def test_no_picture_is_none(tmp_path: Path) -> None:
    assert stored_picture(None) is None
    assert picture_in(tmp_path / "ไม่มี.png", 10).isNull()
