import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QThread
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.ui.thumbnails import Thumbnails, picture_of
from esa_desktop.ui.worker import TaskHandle

BOX = QSize(42, 56)
Shelf = Callable[[str], EvidenceFile]


def wanted() -> TaskHandle:
    return TaskHandle(lambda _done, _total: None)


def photograph(path: Path, width: int, height: int, kind: str = "JPG") -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    assert image.save(str(path), kind)
    return path


def document(path: Path) -> Path:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    painter.fillRect(0, 0, 20_000, 3_000, Qt.GlobalColor.black)
    painter.end()
    return path


def test_a_picture_is_shrunk_into_the_box_and_keeps_its_shape(
    qapp: QApplication, tmp_path: Path
) -> None:
    image = picture_of(photograph(tmp_path / "aa11", 1600, 1200), BOX, wanted())

    assert image is not None
    assert (image.width(), image.height()) == (42, 31)
    assert image.pixelColor(20, 15).blue() > 140


def test_a_photograph_held_upright_is_shown_upright(qapp: QApplication, tmp_path: Path) -> None:
    path = photograph(tmp_path / "turned", 1600, 1200)
    plain = path.read_bytes()
    # An EXIF block that says "turn by 90 degrees", put behind the start of image.
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    tiff = b"MM\x00*" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + b"\x00" * 4
    exif = b"Exif\x00\x00" + tiff
    path.write_bytes(plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:])

    image = picture_of(path, BOX, wanted())

    assert image is not None
    assert (image.width(), image.height()) == (42, 56)


def test_a_pdf_shows_its_first_page_on_white_paper(qapp: QApplication, tmp_path: Path) -> None:
    image = picture_of(document(tmp_path / "bb22"), BOX, wanted())

    assert image is not None
    assert (image.width(), image.height()) == (39, 56)
    assert image.pixelColor(20, 50) == QColor("white")
    assert any(image.pixelColor(20, y).lightness() < 100 for y in range(14))


@pytest.mark.qt_log_ignore("qt.gui.imageio")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 5000,
        "บันทึกข้อความ".encode(),
        b"%PDF-1.7\nnothing more",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"PK\x03\x04 a Word file",
    ],
)
def test_what_cannot_be_drawn_has_no_picture_and_no_error(
    qapp: QApplication, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "cc33"
    path.write_bytes(content)

    assert picture_of(path, BOX, wanted()) is None


@pytest.mark.qt_log_ignore("Corrupt JPEG data")
def test_a_photograph_that_was_cut_off_is_no_error(qapp: QApplication, tmp_path: Path) -> None:
    path = photograph(tmp_path / "cut", 800, 600)
    path.write_bytes(path.read_bytes()[:700])

    picture_of(path, BOX, wanted())  # half a picture or none, but it ends


def test_a_picture_that_would_fill_the_memory_is_not_even_begun(
    qapp: QApplication, tmp_path: Path
) -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    crc = struct.pack(">I", zlib.crc32(chunk))
    path = tmp_path / "bomb"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + crc)

    assert picture_of(path, BOX, wanted()) is None


def test_a_file_that_is_not_there_has_no_picture(qapp: QApplication, tmp_path: Path) -> None:
    assert picture_of(tmp_path / "nowhere", BOX, wanted()) is None


class Shelves:
    """Thumbnails over a folder, with a look at how often a file was asked for."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.asked: list[str] = []
        self.thumbnails = Thumbnails(self._path_of, BOX)

    def _path_of(self, file: EvidenceFile) -> Path:
        assert QThread.currentThread() is QApplication.instance().thread()
        self.asked.append(file.sha256)
        return self.folder / file.sha256

    def wait_for(self, file: EvidenceFile, ratio: float = 1.0) -> None:
        with self.qtbot.waitSignal(self.thumbnails.ready):
            assert self.thumbnails.picture(file, ratio) is None


@pytest.fixture
def shelves(qtbot: QtBot, tmp_path: Path) -> Shelves:
    return Shelves(tmp_path, qtbot)


def test_the_first_question_has_no_answer_and_the_next_one_has(shelves: Shelves) -> None:
    photograph(shelves.folder / "aa", 400, 300)
    file = EvidenceFile("aa", "ภาพ.jpg", 1)

    shelves.wait_for(file)
    picture = shelves.thumbnails.picture(file)

    assert picture is not None
    assert picture.width() == 42
    assert shelves.asked == ["aa"]


def test_a_sharper_screen_gets_a_sharper_picture(shelves: Shelves) -> None:
    photograph(shelves.folder / "aa", 400, 300)
    file = EvidenceFile("aa", "ภาพ.jpg", 1)

    shelves.wait_for(file, 2.0)
    picture = shelves.thumbnails.picture(file, 2.0)

    assert picture is not None
    assert picture.width() == 84
    assert picture.deviceIndependentSize().width() == 42


def test_a_damaged_file_is_tried_once_until_asked_to_try_again(shelves: Shelves) -> None:
    (shelves.folder / "dd").write_bytes(b"damaged")
    file = EvidenceFile("dd", "สแกน.pdf", 1)

    shelves.wait_for(file)
    again = [shelves.thumbnails.picture(file) for _ in range(5)]
    photograph(shelves.folder / "dd", 400, 300)
    shelves.thumbnails.try_again()
    shelves.wait_for(file)

    assert again == [None] * 5
    assert shelves.thumbnails.picture(file) is not None


def test_many_are_made_one_after_the_other_and_all_come(shelves: Shelves, qtbot: QtBot) -> None:
    files = [EvidenceFile(f"f{n}", "ภาพ.jpg", 1) for n in range(30)]
    for file in files:
        photograph(shelves.folder / file.sha256, 64, 48)
    came: list[str] = []
    shelves.thumbnails.ready.connect(came.append)

    for _ in range(3):
        for file in files:
            shelves.thumbnails.picture(file)
    qtbot.waitUntil(lambda: len(came) == 30)

    assert sorted(came) == sorted(file.sha256 for file in files)


def test_thumbnails_may_die_while_one_is_made(tmp_path: Path, qtbot: QtBot) -> None:
    for n in range(5):
        photograph(tmp_path / f"f{n}", 2000, 1500)
    shelves = Shelves(tmp_path, qtbot)
    for n in range(5):
        shelves.thumbnails.picture(EvidenceFile(f"f{n}", "ภาพ.jpg", 1))

    del shelves  # whatever comes now meets nobody; the fixtures look for threads left over
