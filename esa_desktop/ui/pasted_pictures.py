"""Pictures from the clipboard: into a text, where they were pasted, or into a file that becomes evidence."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage

from esa_desktop.domain.errors import AttachError
from esa_desktop.services.projects import Project
from esa_desktop.ui.paste_place import PastePlace
from esa_desktop.ui.rich_document import screen_picture
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.worker import Task, TaskHandle, lane

if TYPE_CHECKING:
    from esa_desktop.services.attaching import Intake


WIDEST_PICTURE: Final = 360.0
"""Points; about as wide as the column of the sheet it is printed in."""
FILE_NAME: Final = "ภาพที่วาง.png"
NO_PICTURE = "อ่านรูปที่วางไม่ได้ กรุณาบันทึกรูปเป็นไฟล์แล้วแนบเป็นหลักฐานแทน"
PLACE_LEFT = "ยังไม่ได้ใส่รูปที่วาง เพราะข้อความเดิมถูกเปลี่ยนก่อนเก็บรูปเสร็จ กรุณากลับไปที่ข้อความเดิมแล้ววางรูปอีกครั้ง"


class Runs(Protocol):
    """Starts a task and calls ``then`` with what came of it."""

    def __call__(
        self, task: Task, then: Callable[..., object], pool: QThreadPool | None = None
    ) -> None: ...


class PastedPictures(QObject):
    """Pictures for texts are kept one after the other, and each comes where it was pasted."""

    refused = Signal(object)
    """An `AttachError`."""

    def __init__(self, project: Project, run: Runs, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._run = run
        self._places: list[PastePlace] = []
        """Where pictures that are being kept belong, in the order they were pasted."""
        self._closed = False

    def keep(self, edit: RichTextEdit, picture: QImage) -> None:
        """Store a picture in the background, then put it where the cursor stood."""
        place = PastePlace(edit)
        self._places.append(place)
        folder = self._project.folder
        task = Task(lambda handle: _keep(folder, picture, handle), self)
        task.ended.connect(partial(self._places.remove, place))
        # Pictures arrive in the order they were pasted; the next may belong behind this one.
        self._run(task, partial(self._kept, place), lane("pictures"))

    def close(self) -> None:
        self._closed = True

    def _kept(self, place: PastePlace, kept: "_KeptPicture") -> None:
        if self._closed:
            return
        if kept.intake.refused:
            self.refused.emit(kept.intake.refused[0])
        elif not place.is_there:
            self.refused.emit(AttachError(PLACE_LEFT))
        else:
            self._project.editor.keep_files(kept.intake.files)
            later = [other for other in self._places if other is not place]
            place.insert(kept.intake.files[0].sha256, kept.points, kept.shown, later)


@dataclass(frozen=True, slots=True)
class _KeptPicture:
    intake: "Intake"
    points: float
    """Wide, in the text."""
    shown: QImage
    """As large as a screen needs it."""


def _keep(folder: Path, picture: QImage, handle: TaskHandle) -> _KeptPicture:
    """On a worker's thread: a photo takes seconds to encode."""
    from esa_desktop.services.attaching import take_in

    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "picture.png"
        if not picture.save(str(file)):
            raise AttachError(NO_PICTURE)
        handle.check()
        intake = take_in(folder, [file], cancelled=handle.cancelled)
    points = min(picture.width() * 72 / 96, WIDEST_PICTURE)
    return _KeptPicture(intake, points, screen_picture(picture))


def keep_as_file(folder: Path, picture: QImage, handle: TaskHandle) -> "Intake":
    """On a worker's thread. As PNG: a screen's letters would blur as anything else."""
    from esa_desktop.services.attaching import take_in

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        file = Path(temporary) / FILE_NAME
        if picture.isNull() or not picture.save(str(file)):
            raise AttachError(NO_PICTURE)
        handle.check()
        return take_in(folder, [file], cancelled=handle.cancelled)
