"""Attaching from the window: choose, drop or paste, copy in a worker, then one undoable step."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import AttachError, ReadOnlyProject
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import thai_date, thai_digits, thai_time
from esa_desktop.paths import documents_folder
from esa_desktop.services.projects import Project
from esa_desktop.ui.document_words import DocumentWords
from esa_desktop.ui.duplicate_questions import DuplicateQuestions
from esa_desktop.ui.notices import Notices
from esa_desktop.ui.opened_copies import OpenedCopies
from esa_desktop.ui.pasted_pictures import PastedPictures, keep_as_file
from esa_desktop.ui.printable_copies import PrintableCopies
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.worker import Task

if TYPE_CHECKING:
    from esa_desktop.services.attaching import Intake
    from esa_desktop.services.title_proposal import Proposal


RETIRED = "ยังไม่ได้แนบไฟล์ เพราะประเด็นนี้เลิกใช้แล้ว กรุณาเลือกประเด็นอื่นแล้วแนบอีกครั้ง"
CHOOSE_ISSUE = "เลือกประเด็นการพิจารณาในแผนผังด้านซ้ายก่อน แล้วจึงแนบหลักฐาน"


class AttachFlow(QObject):
    """From files to items of an issue. Several intakes may run at once; each ends as one step.

    A title begins as the file's name. It is taken from the document's own words where those are
    read within two seconds of the copying: then it is part of the same step. Later they are only
    offered, in the item's dialog: what a person may have seen is never changed behind his back.
    """

    refused = Signal(object)
    """An `EsaError`: an `AttachError` where the other files of the same handful were attached."""
    attached = Signal(str)
    """The issue's id, when its new items are there."""

    def __init__(
        self,
        project: Project,
        push: Callable[[Edit, str], None],
        parent: QWidget,
        *,
        words: DocumentWords | None = None,
        copies: PrintableCopies | None = None,
    ) -> None:
        """Without ``words`` titles are names of files; without ``copies`` nothing is made smaller."""
        super().__init__(parent)
        self._project = project
        self._push = push
        self._window = parent
        self._words = words
        self._printable = copies
        self._questions: DuplicateQuestions | None = None
        self._notices: Notices | None = None
        self._folder = str(documents_folder())
        self._running: set[Task] = set()
        self._reading = 0
        """Handfuls that are copied and wait for their words."""
        self._closed = False
        self._opened = OpenedCopies(project.folder, self._run, self)
        self._pictures = PastedPictures(project, self._run, self)
        for part_of_it in (self._opened, self._pictures):
            part_of_it.refused.connect(self.refused)

    @property
    def is_busy(self) -> bool:
        """Whether files are being copied: leaving now would leave them out."""
        return bool(self._running or self._reading)

    def ask_in(self, notices: Notices) -> None:
        """Where to tell of what came, and to ask about files that are there already.

        While nobody can be asked both are kept.
        """
        self._notices = notices
        self._questions = DuplicateQuestions(
            self._project.editor,
            notices,
            push=self._push,
            attach=self._add_later,
            is_in_use=self._is_in_use,
            parent=self,
        )

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
        from esa_desktop.services.attaching import take_in

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

    def attach_picture(self, issue_id: str | None, picture: QImage) -> None:
        """Attach a picture from the clipboard, as a file of its own."""
        if not self._may_change():
            return
        if issue_id is None:
            self.refused.emit(AttachError(CHOOSE_ISSUE))
            return
        now = datetime.now().astimezone()
        when = f"{thai_date(now.date(), short=True)} {thai_time(now)}"
        title = self.tr("ภาพที่วางเมื่อ {when}").format(when=when)
        folder = self._project.folder
        task = Task(lambda handle: keep_as_file(folder, picture, handle), self)
        self._run(task, partial(self._arrived, issue_id, title=title))

    def keep_picture(self, edit: RichTextEdit, picture: QImage) -> None:
        """Store a picture pasted into a text with the project; it comes where it was pasted."""
        if self._may_change():
            self._pictures.keep(edit, picture)

    def open_item(self, item_id: str) -> None:
        """Open an item's first file in the program the system has for it, or its web address."""
        self._opened.open(self._project.editor.round.items.get(item_id))

    def open_file(self, file: EvidenceFile) -> None:
        """The same for one file, present or earlier."""
        self._opened.open_file(file)

    def close(self) -> None:
        """Stop copying, hear no more of it, and remove the copies that were opened."""
        self._closed = True
        for task in self._running:
            task.cancel()
        if self._words is not None:
            self._words.close()
        if self._printable is not None:
            self._printable.close()
        if self._questions is not None:
            self._questions.close()
        self._pictures.close()
        self._opened.close()

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

    def _arrived(self, issue_id: str, intake: "Intake", title: str = "") -> None:
        if self._closed:
            return
        if intake.refused:
            self.refused.emit(together(intake.refused))
        if self._words is None or title or not intake.files:
            self._sort(issue_id, intake.files, {}, title)
        else:
            self._reading += 1
            self._words.in_time(intake.files, partial(self._read, issue_id, intake.files))

    def _read(
        self, issue_id: str, files: Sequence[EvidenceFile], said: "Mapping[str, Proposal]"
    ) -> None:
        self._reading -= 1
        self._sort(issue_id, files, said)

    def _sort(
        self,
        issue_id: str,
        files: Sequence[EvidenceFile],
        said: "Mapping[str, Proposal]",
        title: str = "",
    ) -> None:
        """Attach what is new and ask about what is there already."""
        from esa_desktop.services.intake_duplicates import part

        if self._closed or not files or not self._is_in_use(issue_id):
            return
        if self._questions is not None:
            files, known, twice = part(self._project.editor.round, files)
            self._questions.ask(issue_id, known, twice)
        self._add(issue_id, files, said, title)

    def _is_in_use(self, issue_id: str) -> bool:
        """Somebody may retire an issue while files are copied for it, or a question waits."""
        if self._project.editor.round.framework.has_node(issue_id):
            return True
        self.refused.emit(AttachError(RETIRED))
        return False

    def _add_later(self, issue_id: str, files: Sequence[EvidenceFile]) -> None:
        """The files may have left with the bin while somebody thought about the question."""
        from esa_desktop.services.attaching import still_there

        folder = self._project.folder
        task = Task(lambda _: still_there(folder, files), self)
        self._run(task, partial(self._add_found, issue_id))

    def _add_found(self, issue_id: str, found: "Intake") -> None:
        if self._closed:
            return
        if found.refused:
            self.refused.emit(together(found.refused))
        self._add(issue_id, found.files, {})

    def _add(
        self,
        issue_id: str,
        files: Sequence[EvidenceFile],
        said: "Mapping[str, Proposal]",
        title: str = "",
    ) -> None:
        from esa_desktop.services.attaching import attach
        from esa_desktop.services.reading import may_run
        from esa_desktop.ui.notice_words import never_opened

        if not files or not self._is_in_use(issue_id):
            return
        edit = attach(self._project.editor, issue_id, files, title=title, proposals=said)
        self._push(edit, self.tr("แนบหลักฐาน"))
        self.attached.emit(issue_id)
        running = [file.name for file in files if may_run(file.name)]
        if running and self._notices is not None:
            self._notices.tell(never_opened(running))
        if self._printable is not None:
            items = self._project.editor.round.items
            self._printable.make_for([i for f in edit.edits if (i := items.get(f.field.owner))])


def together(refused: Sequence[AttachError]) -> AttachError:
    """One sentence for a handful of files: a banner shows one at a time."""
    if len(refused) == 1:
        return refused[0]
    count = thai_digits(len(refused))
    return AttachError(f"แนบไม่ได้ {count} ไฟล์: " + " · ".join(str(error) for error in refused))
