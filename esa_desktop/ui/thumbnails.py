"""Small pictures of evidence files: made when first asked for, in a child process, kept by hash."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.ui.worker import Task, TaskHandle

if TYPE_CHECKING:
    from esa_desktop.services.reading import Drawing, Reader

MOST_KEPT: Final = 600
"""A thumbnail is some 10 to 40 KB."""
Key = tuple[str, float]
"""(sha256, pixel ratio of the screen)."""


class Thumbnails(QObject):
    """Asked for a picture, gives it or ``None``; `ready` says when it pays to ask again.

    A file that is damaged, locked or of a kind nothing here can read has no picture: that is
    remembered too, and whoever paints shows an icon of its kind.
    """

    ready = Signal(str)
    """The hash of a file whose picture has come."""

    def __init__(
        self,
        path_of: Callable[[EvidenceFile], Path],
        box: QSize,
        parent: QObject | None = None,
        *,
        reader: "Reader | None" = None,
    ) -> None:
        """``box``: the picture is as large as fits in it, in logical pixels.

        ``reader``: opens what strangers made; without one there are icons only.
        """
        super().__init__(parent)
        self._path_of = path_of
        self._box = box
        self._reader = reader
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._waiting: dict[Key, tuple[Path, str]] = {}
        self._running: Key | None = None

    def picture(self, file: EvidenceFile, ratio: float = 1.0) -> QPixmap | None:
        """The picture for a screen of this pixel ratio; begins to make it where there is none."""
        key = (file.sha256, ratio)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key != self._running and self._reader is not None:
            self._waiting.pop(key, None)
            self._waiting[key] = (self._path_of(file), file.name)
            self._start_next(self._reader)
        return None

    def try_again(self) -> None:
        """Forget which files had no picture: some may be back, or repaired."""
        for key in [key for key, picture in self._kept.items() if picture is None]:
            del self._kept[key]

    def _start_next(self, reader: "Reader") -> None:
        """One at a time, for typing and printing need the cores; what was asked for last first."""
        if self._running is not None or not self._waiting:
            return
        key, (path, name) = self._waiting.popitem()
        self._running = key
        box = self._box * key[1]
        task = Task(lambda handle: picture_of(reader, path, name, box, handle), self)
        task.done.connect(lambda image: self._take(key, image))
        task.ended.connect(lambda: self._go_on(reader))
        task.ended.connect(task.deleteLater)
        task.start()

    def _go_on(self, reader: "Reader") -> None:
        self._running = None
        self._start_next(reader)

    def _take(self, key: Key, image: QImage | None) -> None:
        picture = None
        if image is not None:
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(key[1])
        self._kept[key] = picture
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(key[0])


def picture_of(
    reader: "Reader", path: Path, name: str, box: QSize, handle: TaskHandle
) -> QImage | None:
    """What a file shows, or the first page of it, as large as fits ``box`` (device pixels).

    Runs on any thread but the GUI's.
    """
    drawing = reader.draw(path, name, (box.width(), box.height()), cancelled=handle.cancelled)
    return None if drawing is None else image_of(drawing)


def image_of(drawing: "Drawing") -> QImage:
    """An image with pixels of its own."""
    row = 3 * drawing.width
    seen = QImage(drawing.rgb, drawing.width, drawing.height, row, QImage.Format.Format_RGB888)
    return seen.copy()
