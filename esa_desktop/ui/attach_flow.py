"""Attaching from the window: choose or drop files, copy them in a worker, then one undoable step."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import AttachError, ReadOnlyProject
from esa_desktop.domain.thai import thai_digits
from esa_desktop.paths import documents_folder
from esa_desktop.services.attaching import Intake, attach, copy_for_opening, take_in
from esa_desktop.services.projects import Project
from esa_desktop.ui.paste_place import PastePlace
from esa_desktop.ui.rich_document import screen_picture
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.worker import Task, TaskHandle, lane

CHOOSE_ISSUE = "เลือกประเด็นการพิจารณาในแผนผังด้านซ้ายก่อน แล้วจึงแนบหลักฐาน"
WIDEST_PICTURE = 360.0
"""Points; about as wide as the column of the sheet it is printed in."""
NO_PICTURE = "อ่านรูปที่วางไม่ได้ กรุณาบันทึกรูปเป็นไฟล์แล้วแนบเป็นหลักฐานแทน"
PLACE_LEFT = "ยังไม่ได้ใส่รูปที่วาง เพราะข้อความเดิมถูกเปลี่ยนก่อนเก็บรูปเสร็จ กรุณากลับไปที่ข้อความเดิมแล้ววางรูปอีกครั้ง"


class AttachFlow(QObject):
    """From files to items of an issue. Several intakes may run at once; each ends as one step."""

    refused = Signal(object)
    """An `EsaError`: an `AttachError` where the other files of the same handful were attached."""
    attached = Signal(str)
    """The issue's id, when its new items are there."""

    def __init__(
        self, project: Project, push: Callable[[Edit, str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._push = push
        self._window = parent
        self._folder = str(documents_folder())
        self._copies: tempfile.TemporaryDirectory[str] | None = None
        self._running: set[Task] = set()
        self._places: list[PastePlace] = []
        """Where pictures that are being kept belong, in the order they were pasted."""
        self._closed = False

    @property
    def is_busy(self) -> bool:
        """Whether files are being copied: leaving now would leave them out."""
        return bool(self._running)

    def choose_files(self, issue_id: str | None) -> None:
        """The system's file dialog; nothing happens when it is cancelled."""
        if not self._may_change():
            return
        if issue_id is None:
            self.refused.emit(AttachError(CHOOSE_ISSUE))
            return
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("เลือกไฟล์หลักฐาน"), self._folder, self.tr("ทุกไฟล์ (*)")
        )
        if names:
            self._folder = str(Path(names[0]).parent)
            self.attach(issue_id, [Path(name) for name in names])

    def attach(self, issue_id: str | None, files: Sequence[Path]) -> None:
        """Copy files into the project in the background, then attach them to the issue."""
        if not self._may_change():
            return
        if issue_id is None:
            self.refused.emit(AttachError(CHOOSE_ISSUE))
            return
        if not files:
            return
        folder = self._project.folder
        task = Task(
            lambda handle: take_in(
                folder, files, cancelled=handle.cancelled, progress=handle.progress
            ),
            self,
        )
        self._run(task, partial(self._arrived, issue_id))

    def keep_picture(self, edit: RichTextEdit, picture: QImage) -> None:
        """Store a pasted picture with the project in the background, then put it where the cursor
        stood when it was pasted.
        """
        if not self._may_change():
            return
        place = PastePlace(edit)
        self._places.append(place)
        folder = self._project.folder
        task = Task(lambda handle: _keep(folder, picture, handle), self)
        task.ended.connect(partial(self._places.remove, place))
        # Pictures arrive in the order they were pasted; the next may belong behind this one.
        self._run(task, partial(self._picture_kept, place), lane("pictures"))

    def open_item(self, item_id: str) -> None:
        """Open an item's first file in the program the system has for it, from a read-only copy."""
        item = self._project.editor.round.items.get(item_id)
        if item is None or not item.files:
            self.refused.emit(AttachError("หลักฐานนี้ไม่มีไฟล์ ดูที่เก็บเอกสารจากชื่อหลักฐาน"))
            return
        if self._copies is None:
            self._copies = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        folder, file, to = self._project.folder, item.files[0], Path(self._copies.name)
        # A gigabyte on a stick takes its time to copy: not on the window's thread.
        self._run(Task(lambda _: copy_for_opening(folder, file, to), self), self._show_copy)

    def _show_copy(self, copy: Path) -> None:
        if not self._closed and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.refused.emit(AttachError(f"เครื่องนี้ไม่มีโปรแกรมที่เปิด “{copy.name}” ได้"))

    def close(self) -> None:
        """Stop copying, hear no more of it, and remove the copies that were opened."""
        self._closed = True
        for task in self._running:
            task.cancel()
        if self._copies is not None:
            self._copies.cleanup()
            self._copies = None

    def _may_change(self) -> bool:
        """Said before a file is chosen or copied, not afterwards."""
        try:
            self._project.editor.refuse_if_read_only()
        except ReadOnlyProject as error:
            self.refused.emit(error)
            return False
        return True

    def _run(
        self, task: Task, then: Callable[..., object], pool: QThreadPool | None = None
    ) -> None:
        self._running.add(task)
        task.done.connect(then)
        task.failed.connect(self.refused)
        task.ended.connect(partial(self._running.discard, task))
        task.ended.connect(task.deleteLater)
        task.start(pool)

    def _arrived(self, issue_id: str, intake: Intake) -> None:
        if self._closed:
            return
        if intake.files:
            edit = attach(self._project.editor, issue_id, intake.files)
            self._push(edit, self.tr("แนบหลักฐาน"))
            self.attached.emit(issue_id)
        if intake.refused:
            self.refused.emit(_together(intake.refused))

    def _picture_kept(self, place: PastePlace, kept: "_KeptPicture") -> None:
        if self._closed:
            return
        if kept.intake.refused:
            self.refused.emit(_together(kept.intake.refused))
        elif not place.is_there:
            self.refused.emit(AttachError(PLACE_LEFT))
        else:
            self._project.editor.keep_files(kept.intake.files)
            later = [other for other in self._places if other is not place]
            place.insert(kept.intake.files[0].sha256, kept.points, kept.shown, later)


@dataclass(frozen=True, slots=True)
class _KeptPicture:
    intake: Intake
    points: float
    """Wide, in the text."""
    shown: QImage
    """As large as a screen needs it."""


def _keep(folder: Path, picture: QImage, handle: TaskHandle) -> _KeptPicture:
    """On a worker's thread: a photo takes seconds to encode."""
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "picture.png"
        if not picture.save(str(file)):
            raise AttachError(NO_PICTURE)
        handle.check()
        intake = take_in(folder, [file], cancelled=handle.cancelled)
    points = min(picture.width() * 72 / 96, WIDEST_PICTURE)
    return _KeptPicture(intake, points, screen_picture(picture))


def _together(refused: Sequence[AttachError]) -> AttachError:
    """One sentence for a handful of files: a banner shows one at a time."""
    if len(refused) == 1:
        return refused[0]
    count = thai_digits(len(refused))
    return AttachError(f"แนบไม่ได้ {count} ไฟล์: " + " · ".join(str(error) for error in refused))
