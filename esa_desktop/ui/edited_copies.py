"""Files of evidence that somebody edits in another program: they are watched, and offered back as new versions."""

from dataclasses import dataclass
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
    written,
)
from esa_desktop.ui.banner import BannerButton
from esa_desktop.ui.notices import Notice, Notices
from esa_desktop.ui.worker import Task, TaskHandle, lane

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


@dataclass(frozen=True, slots=True)
class _Look:
    """What the drive says of the copies that are out."""

    out: tuple[WorkingCopy, ...]
    edited: tuple[tuple[WorkingCopy, int], ...]
    """With the time when each was written last."""
    places: tuple[str, ...]
    """Files and folders that are there, to be watched."""


def _look_at(copies: WorkingCopies) -> _Look:
    """On a worker's thread: a person's documents may lie on a network that is not there."""
    out = copies.all()
    news = tuple((copy, written(copy)) for copy in edited(out))
    places = {str(one) for copy in out for one in (Path(copy.path), Path(copy.path).parent)}
    return _Look(out, news, tuple(place for place in sorted(places) if Path(place).exists()))


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
        self._stopped = False
        self._looking: Task | None = None
        self._again = False
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
            self._later.start()

    @property
    def is_busy(self) -> bool:
        """Whether a copy is on its way out, or back in."""
        tasks = [task for task in self.findChildren(Task) if task is not self._looking]
        return any(task.is_running for task in tasks)

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
        if self._stopped:
            return
        self.look()
        QDesktopServices.openUrl(QUrl.fromLocalFile(copy.path))

    def _watch(self, places: tuple[str, ...]) -> None:
        """The folders too: programs write a new file and put it in the place of the old one."""
        watched = {*self._watcher.files(), *self._watcher.directories()}
        new = [place for place in places if place not in watched]
        if new:
            self._watcher.addPaths(new)

    def _come_back(self, state: Qt.ApplicationState) -> None:
        """From the other program: look, also where no drive tells of changes."""
        if state == Qt.ApplicationState.ApplicationActive and not self._project.read_only:
            self._later.start()

    # --- what came back -----------------------------------------------------------------------

    def look(self) -> None:
        """Offer what was edited, when the drive has answered."""
        if self._stopped:
            return
        if self._looking is not None:
            self._again = True
            return
        copies = self._copies
        task = self._looking = Task(lambda _: _look_at(copies), self)
        task.done.connect(self._offer)
        task.ended.connect(self._looked)
        task.ended.connect(task.deleteLater)
        task.start(lane("looks at copies"))

    def _looked(self) -> None:
        self._looking = None
        if self._again:
            self._again = False
            self.look()

    def _offer(self, seen: _Look) -> None:
        if self._stopped:
            return
        self._watch(seen.places)
        wanted = {c: when for c, when in seen.edited if self._passed_over.get(c.path) != when}
        for copy in seen.out:
            if copy not in wanted:
                self._notices.drop(_key(copy))
        for copy, when in wanted.items():
            item = self._project.editor.round.items.get(copy.item_id)
            if item is not None and not item.binned:
                self._notices.tell(self._notice(item, copy, when))

    def _notice(self, item: Evidence, copy: WorkingCopy, when: int) -> Notice:
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
            closed=partial(self._pass_over, copy, when),
        )

    def _pass_over(self, copy: WorkingCopy, when: int) -> None:
        self._passed_over[copy.path] = when

    def _keep(self, copy: WorkingCopy) -> None:
        self._notices.drop(_key(copy))
        folder = self._project.folder

        def keep(handle: TaskHandle) -> tuple[EvidenceFile, int]:
            when = written(copy)
            return keep_version(folder, Path(copy.path), cancelled=handle.cancelled), when

        task = Task(keep, self)
        task.done.connect(partial(self._kept, copy))
        self._run(task)

    def _kept(self, copy: WorkingCopy, came: tuple[EvidenceFile, int]) -> None:
        """The copy stays where it is, and may be edited further."""
        if self._stopped:
            return  # it is offered again when the project is opened
        file, when = came
        item = self._project.editor.round.items.get(copy.item_id)
        present = [one.sha256 for one in item.files] if item is not None else []
        if copy.sha256 not in present:  # replaced meanwhile, or thrown away
            self.refused.emit(AttachError(REPLACED.format(path=copy.path)))
            return
        if file.sha256 != copy.sha256:
            edit = new_versions(self._project.editor, copy.item_id, {copy.sha256: file})
            self._push(edit, self.tr("เก็บเป็นฉบับใหม่"))
        self._copies.remember(renewed(copy, file, when))
        self.look()

    def _run(self, task: Task) -> None:
        task.failed.connect(self.refused)
        task.ended.connect(task.deleteLater)
        task.start(lane("copies"))

    def stop(self) -> None:
        """The project is let go."""
        self._stopped = True
        self._later.stop()
        for task in self.findChildren(Task):
            task.cancel()


def _key(copy: WorkingCopy) -> str:
    return f"edited {copy.path}"
