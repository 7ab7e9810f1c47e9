"""Files of evidence that somebody edits in another program: they are watched, and offered back as new versions."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.evidence_versions import (
    WorkingCopies,
    WorkingCopy,
    edited,
    keep_version,
    new_versions,
    renewed,
    take_out,
)
from esa_desktop.ui.banner import BannerButton
from esa_desktop.ui.notices import Notice, Notices
from esa_desktop.ui.worker import Task, lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from esa_desktop.domain.edits import Edit
    from esa_desktop.services.projects import Project

REGISTER: Final = "working-copies.json"
FOLDER: Final = "หลักฐานที่กำลังแก้ไข"
"""In the person's documents."""
QUIET_MS: Final = 1500
"""A program writes a file in several steps; it is looked at when it has been quiet for so long."""
RANK: Final = 40
REPLACED: Final = (
    "ไฟล์ของหลักฐานนี้ถูกเปลี่ยนไปแล้วระหว่างที่แก้ไข จึงยังไม่ได้เก็บ “{path}” "
    "กรุณาเปิด “ฉบับของไฟล์” ของหลักฐานแล้วเลือกไฟล์นี้เอง"
)


class EditedCopies(QObject):
    """Nothing is taken in by itself: a program saves many times before somebody is done."""

    refused = Signal(object)
    """An `EsaError`."""

    def __init__(
        self,
        project: "Project",
        push: "Callable[[Edit, str], object]",
        notices: Notices,
        user_folder: Path,
        documents: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._push = push
        self._notices = notices
        self._documents = documents
        self._copies = WorkingCopies(user_folder / REGISTER, project.project_id)
        self._passed_over: dict[str, int] = {}
        """When a copy was written that somebody did not want to keep."""
        self._watcher = QFileSystemWatcher(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(QUIET_MS)
        self._later.timeout.connect(self.look)
        self._watcher.fileChanged.connect(lambda _: self._later.start())
        self._watcher.directoryChanged.connect(lambda _: self._later.start())
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._come_back)
        if not project.read_only:
            self._watch()
            self._later.start()

    def take_out(self, item_id: str, file: EvidenceFile) -> None:
        """Copy a file to the person's documents and open it in the program the system has for it."""
        item = self._project.editor.round.items.get(item_id)
        if item is None or self._project.read_only:
            return
        folder, to = self._project.folder, self._documents / FOLDER
        task = Task(lambda _: take_out(folder, item, file, to), self)
        task.done.connect(self._taken_out)
        self._run(task)

    def _taken_out(self, copy: WorkingCopy) -> None:
        self._copies.remember(copy)
        self._watch()
        QDesktopServices.openUrl(QUrl.fromLocalFile(copy.path))

    def _watch(self) -> None:
        """The folders too: programs write a new file and put it in the place of the old one."""
        for copy in self._copies.all():
            path = Path(copy.path)
            for one in (path, path.parent):
                if one.exists() and str(one) not in self._watched:
                    self._watcher.addPath(str(one))

    @property
    def _watched(self) -> list[str]:
        return [*self._watcher.files(), *self._watcher.directories()]

    def _come_back(self, state: Qt.ApplicationState) -> None:
        """From the other program: look, also where no drive tells of changes."""
        if state == Qt.ApplicationState.ApplicationActive and not self._project.read_only:
            self._later.start()

    # --- what came back -----------------------------------------------------------------------

    def look(self) -> None:
        """Offer what was edited; quick, a few copies are looked at."""
        self._watch()
        wanted = [copy for copy in edited(self._copies.all()) if self._is_news(copy)]
        for copy in self._copies.all():
            if copy not in wanted:
                self._notices.drop(_key(copy))
        for copy in wanted:
            item = self._project.editor.round.items.get(copy.item_id)
            if item is None or item.binned:
                continue
            self._notices.tell(self._notice(item, copy))

    def _is_news(self, copy: WorkingCopy) -> bool:
        return self._passed_over.get(copy.path) != _written(copy)

    def _notice(self, item: Evidence, copy: WorkingCopy) -> Notice:
        what = self.tr("ไฟล์ของหลักฐาน {code} ถูกแก้ไขแล้ว").format(code=thai_digits(item.code))
        advice = self.tr("{name} จะเก็บเป็นฉบับใหม่ของหลักฐานนี้ก็ได้ ฉบับเดิมยังอยู่").format(
            name=Path(copy.path).name
        )
        keep = BannerButton(self.tr("เก็บเป็นฉบับใหม่"), partial(self._keep, copy), is_main=True)
        return Notice(
            key=_key(copy),
            rank=RANK,
            tone="info",
            what=what,
            advice=advice,
            buttons=(keep,),
            close_words=self.tr("ยังไม่เก็บ"),
            closed=partial(self._pass_over, copy),
        )

    def _pass_over(self, copy: WorkingCopy) -> None:
        self._passed_over[copy.path] = _written(copy)

    def _keep(self, copy: WorkingCopy) -> None:
        self._notices.drop(_key(copy))
        folder = self._project.folder
        task = Task(
            lambda handle: keep_version(folder, Path(copy.path), cancelled=handle.cancelled), self
        )
        task.done.connect(partial(self._kept, copy))
        self._run(task)

    def _kept(self, copy: WorkingCopy, file: EvidenceFile) -> None:
        """The copy stays where it is, and may be edited further."""
        item = self._project.editor.round.items.get(copy.item_id)
        present = [one.sha256 for one in item.files] if item is not None else []
        if copy.sha256 not in present:  # replaced meanwhile, or thrown away
            self.refused.emit(AttachError(REPLACED.format(path=copy.path)))
            return
        if file.sha256 != copy.sha256:
            edit = new_versions(self._project.editor, copy.item_id, {copy.sha256: file})
            self._push(edit, self.tr("เก็บเป็นฉบับใหม่"))
        self._copies.remember(renewed(copy, file))

    def _run(self, task: Task) -> None:
        task.failed.connect(self.refused)
        task.ended.connect(task.deleteLater)
        task.start(lane("copies"))

    def stop(self) -> None:
        """The project is let go."""
        self._later.stop()
        for task in self.findChildren(Task):
            task.cancel()


def _written(copy: WorkingCopy) -> int:
    try:
        return Path(copy.path).stat().st_mtime_ns
    except OSError:
        return 0


def _key(copy: WorkingCopy) -> str:
    return f"edited {copy.path}"
