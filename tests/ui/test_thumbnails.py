import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, QThread, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services.reading import Drawing, Reader
from esa_desktop.ui.thumbnails import Thumbnails, image_of, picture_of
from esa_desktop.ui.worker import TaskHandle
from tests.hostile.pdfs import page_of, stream

BOX = QSize(42, 56)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One for all: its thread is older than any test."""
    one = Reader(children=1)
    one.look(Path(__file__), "begun.txt")
    yield one
    one.close()


def wanted() -> TaskHandle:
    return TaskHandle(lambda _done, _total: None)


def photograph(path: Path, width: int, height: int, kind: str = "JPG") -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    assert image.save(str(path), kind)
    return path


def test_a_picture_is_shrunk_into_the_box_and_keeps_its_shape(
    reader: Reader, tmp_path: Path
) -> None:
    path = photograph(tmp_path / "aa11", 1600, 1200)

    image = picture_of(reader, path, "ภาพ.jpg", BOX, wanted())

    assert image is not None
    assert (image.width(), image.height()) == (42, 32)
    assert image.pixelColor(20, 15).blue() > 140


def test_a_pdf_shows_its_first_page_on_white_paper(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "bb22"
    path.write_bytes(page_of(stream(b"0 600 595 242 re f")))

    image = picture_of(reader, path, "ประกาศ.pdf", BOX, wanted())

    assert image is not None
    assert (image.width(), image.height()) in ((39, 56), (40, 56))
    assert image.pixelColor(20, 50) == QColor("white")
    assert image.pixelColor(20, 5) == QColor("black")


def test_what_cannot_be_drawn_has_no_picture_and_no_error(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "cc33"
    path.write_bytes(b"%PDF-1.7\nnothing more")

    assert picture_of(reader, path, "a.pdf", BOX, wanted()) is None
    assert picture_of(reader, tmp_path / "nowhere", "a.pdf", BOX, wanted()) is None


def test_an_image_of_odd_width_keeps_its_rows_and_outlives_the_bytes() -> None:
    rgb = bytes(range(45))

    image = image_of(Drawing(5, 3, rgb, 1))

    for x, y in (0, 0), (4, 0), (0, 1), (4, 2):
        start = 15 * y + 3 * x
        assert image.pixelColor(x, y).getRgb()[:3] == tuple(rgb[start : start + 3])


def test_who_gave_up_waiting_is_told_so(reader: Reader, tmp_path: Path) -> None:
    path = photograph(tmp_path / "aa11", 1600, 1200)
    unwanted = wanted()
    unwanted.cancel()

    with pytest.raises(Cancelled):
        picture_of(reader, path, "a.jpg", BOX, unwanted)


class Shelves:
    """Thumbnails over a folder, with a look at how often a file was asked for."""

    def __init__(self, folder: Path, qtbot: QtBot, reader: Reader) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.asked: list[str] = []
        self.thumbnails = Thumbnails(self._path_of, BOX, reader=reader)

    def _path_of(self, file: EvidenceFile) -> Path:
        assert QThread.currentThread() is QApplication.instance().thread()
        self.asked.append(file.sha256)
        return self.folder / file.sha256

    def wait_for(self, file: EvidenceFile, ratio: float = 1.0) -> None:
        with self.qtbot.waitSignal(self.thumbnails.ready):
            assert self.thumbnails.picture(file, ratio) is None


@pytest.fixture
def shelves(qtbot: QtBot, tmp_path: Path, reader: Reader) -> Shelves:
    return Shelves(tmp_path, qtbot, reader)


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


def test_thumbnails_may_die_while_one_is_made(tmp_path: Path, qtbot: QtBot, reader: Reader) -> None:
    for n in range(5):
        photograph(tmp_path / f"f{n}", 2000, 1500)
    shelves = Shelves(tmp_path, qtbot, reader)
    for n in range(5):
        shelves.thumbnails.picture(EvidenceFile(f"f{n}", "ภาพ.jpg", 1))

    shelves.thumbnails.deleteLater()
    QCoreApplication.sendPostedEvents(shelves.thumbnails, QEvent.Type.DeferredDelete)

    assert not isValid(shelves.thumbnails)
    # Whatever comes now meets nobody; the fixtures look for work that goes on.


def test_without_a_reader_there_are_icons_only(qtbot: QtBot, tmp_path: Path) -> None:
    thumbnails = Thumbnails(lambda file: tmp_path / file.sha256, BOX)
    photograph(tmp_path / "aa", 400, 300)

    with qtbot.assertNotEmitted(thumbnails.ready, wait=100):
        assert thumbnails.picture(EvidenceFile("aa", "ภาพ.jpg", 1)) is None


def test_a_closed_reader_leaves_icons_and_no_error(qtbot: QtBot, tmp_path: Path) -> None:
    reader = Reader(children=1)
    reader.close()
    shelves = Shelves(tmp_path, qtbot, reader)

    with qtbot.assertNotEmitted(shelves.thumbnails.ready, wait=200):
        for name in "abc":
            photograph(tmp_path / name, 40, 30)
            assert shelves.thumbnails.picture(EvidenceFile(name, "ภาพ.jpg", 1)) is None


class SlowReader(Reader):
    """Takes a second over every file, and tells on which thread it was asked."""

    def __init__(self) -> None:
        super().__init__(children=0)
        self.threads: set[int] = set()

    def draw(self, *_: Any, cancelled: Any = None, **__: Any) -> Drawing | None:
        self.threads.add(threading.get_ident())
        until = time.monotonic() + 1
        while time.monotonic() < until:
            time.sleep(0.005)
            if cancelled():
                raise Cancelled("ยกเลิก")
        return None


@pytest.mark.alone
def test_the_window_never_waits_for_a_picture(qtbot: QtBot, tmp_path: Path) -> None:
    reader = SlowReader()
    shelves = Shelves(tmp_path, qtbot, reader)
    ticks = [time.monotonic()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)

    begun = time.monotonic()
    for number in range(200):
        shelves.thumbnails.picture(EvidenceFile(f"f{number}", "ภาพ.jpg", 1))
    assert time.monotonic() - begun < 0.2
    qtbot.waitUntil(lambda: len(ticks) > 60)

    assert threading.get_ident() not in reader.threads
    gaps = sorted(later - earlier for earlier, later in itertools.pairwise(ticks))
    assert gaps[len(gaps) * 9 // 10] < 0.05
    shelves.thumbnails.deleteLater()  # with it goes its wish for all the others
