"""Small pictures of evidence files: made when first asked for, off the GUI thread, kept by hash."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPainter, QPixmap

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.ui.worker import Task, TaskHandle

PICTURES: Final = frozenset({b"jpeg", b"png", b"gif", b"bmp", b"webp", b"tiff", b"heic", b"heif"})
"""Formats whose reader is trusted with a stranger's file. SVG and the like may pull in more."""
MOST_PIXELS: Final = 40_000_000
"""Larger pictures get an icon, but JPEGs, which are shrunk while they are read."""
MOST_KEPT: Final = 600
"""A thumbnail is some 10 to 40 KB."""
Key = tuple[str, float]
"""(sha256, pixel ratio of the screen)."""
PDF_SIGN: Final = b"%PDF-"


class Thumbnails(QObject):
    """Asked for a picture, gives it or ``None``; `ready` says when it pays to ask again.

    A file that is damaged, locked or of a kind nothing here can read has no picture: that is
    remembered too, and whoever paints shows an icon of its kind.
    """

    ready = Signal(str)
    """The hash of a file whose picture has come."""

    def __init__(
        self, path_of: Callable[[EvidenceFile], Path], box: QSize, parent: QObject | None = None
    ) -> None:
        """``box``: the picture is as large as fits in it, in logical pixels."""
        super().__init__(parent)
        self._path_of = path_of
        self._box = box
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._waiting: dict[Key, Path] = {}
        self._running: Key | None = None

    def picture(self, file: EvidenceFile, ratio: float = 1.0) -> QPixmap | None:
        """The picture for a screen of this pixel ratio; begins to make it where there is none."""
        key = (file.sha256, ratio)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key != self._running:
            self._waiting.pop(key, None)
            self._waiting[key] = self._path_of(file)
            self._start_next()
        return None

    def try_again(self) -> None:
        """Forget which files had no picture: some may be back, or repaired."""
        for key in [key for key, picture in self._kept.items() if picture is None]:
            del self._kept[key]

    def _start_next(self) -> None:
        """One at a time, for typing and printing need the cores; what was asked for last first."""
        if self._running is not None or not self._waiting:
            return
        key, path = self._waiting.popitem()
        self._running = key
        box = self._box * key[1]
        task = Task(lambda handle: picture_of(path, box, handle), self)
        task.done.connect(lambda image: self._take(key, image))
        task.ended.connect(self._go_on)
        task.ended.connect(task.deleteLater)
        task.start()

    def _go_on(self) -> None:
        self._running = None
        self._start_next()

    def _take(self, key: Key, image: QImage | None) -> None:
        picture = None
        if image is not None:
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(key[1])
        self._kept[key] = picture
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(key[0])


def picture_of(path: Path, box: QSize, handle: TaskHandle) -> QImage | None:
    """The picture in a file, or the first page of a PDF, as large as fits ``box`` (device pixels).

    Runs on any thread. What the file is is read from the file: its kept name has no ending.
    """
    try:
        with path.open("rb") as opened:
            start = opened.read(1024)
    except OSError:
        return None
    handle.check()
    return _first_page(path, box) if PDF_SIGN in start else _picture(path, box)


def _picture(path: Path, box: QSize) -> QImage | None:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data())
    size = reader.size()
    if kind not in PICTURES or size.isEmpty():
        return None
    if kind != b"jpeg" and size.width() * size.height() > MOST_PIXELS:
        return None
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    wanted = box.transposed() if turned else box
    fitting = size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    reader.setScaledSize(fitting)
    image = reader.read()
    return None if image.isNull() else image


def _first_page(path: Path, box: QSize) -> QImage | None:
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    try:
        if document.load(str(path)) != QPdfDocument.Error.None_ or document.pageCount() < 1:
            return None
        page = document.pagePointSize(0).toSize()
        if page.isEmpty():
            return None
        drawn = document.render(0, page.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    finally:
        document.close()
    return None if drawn.isNull() else _on_paper(drawn)


def _on_paper(drawn: QImage) -> QImage:
    """QtPdf leaves the paper transparent."""
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper
