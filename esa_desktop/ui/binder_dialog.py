"""ทำแฟ้มหลักฐาน: what goes into the binder and how, what changed since the last one, and what came of it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.binder import BinderOptions, BinderResult
from esa_desktop.domain.errors import EsaError
from esa_desktop.services.binder_changes import count_items
from esa_desktop.services.binder_memory import stored_binder_options
from esa_desktop.services.binder_wish import BinderWish, binder_name, remember_bound, wish_for
from esa_desktop.services.binding import bind_evidence, converts_office_files
from esa_desktop.services.projects import Project
from esa_desktop.ui.binder_choices import BinderChoices
from esa_desktop.ui.binder_outcome import BinderOutcome
from esa_desktop.ui.binder_outlook import BinderOutlookPane, Outlook
from esa_desktop.ui.binder_scope import BinderScope
from esa_desktop.ui.binder_words import no_evidence, nothing_to_bind
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.pdf_place import PdfPlace
from esa_desktop.ui.work_dialog import WorkDialog
from esa_desktop.ui.worker import Task

if TYPE_CHECKING:
    from esa_desktop.services.reading import Reader

SIZE: Final = QSize(980, 680)
CHOICES_WIDTH: Final = 460
LEAST_HEIGHT: Final = 160


class BinderDialog(WorkDialog):
    """One binder is made at a time; what is chosen cannot be changed meanwhile."""

    saved = Signal(object)
    """The `Path` of the first volume."""
    go_to = Signal(str, str)
    """Id of an issue and of an item under it that the person wants to mend; the dialog is closed."""

    def __init__(
        self,
        project: Project,
        reader: "Reader",
        *,
        folder: Path,
        code: str = "",
        only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``folder``: where the file is offered to be put; ``code``: the indicator or issue in
        view, which is bound alone where ``only`` says so.
        """
        super().__init__("", SIZE, parent)
        self.setObjectName("binderDialog")
        self.heading.setText(self.tr("ทำแฟ้มหลักฐาน"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._reader = reader
        self._folder = folder
        self._looking: Task | None = None
        self._look_again = False
        self._why_not = ""
        framework = project.editor.round.framework
        self.scope = BinderScope(framework, code, self, only=only)
        self._changed_only = QCheckBox(self.tr("เฉพาะที่ใหม่หรือเปลี่ยนจากแฟ้มครั้งก่อน"), self)
        self._changed_only.setAccessibleName(self._changed_only.text())
        self.choices = BinderChoices(
            stored_binder_options(project.editor), self, converts=converts_office_files()
        )
        self.outlook = BinderOutlookPane(self)
        self.outcome = BinderOutcome(self)
        self._place = PdfPlace(self.tr("บันทึกแฟ้มหลักฐาน"), self)
        self._form = self._make_form()
        self._pages = self.add_pages(self._form, self.outcome)
        # Not in the body, which scrolls as a whole: here each side scrolls for itself, and nobody
        # has to look for the file afterwards.
        self._scroll.hide()
        self._column.insertWidget(self._column.indexOf(self._scroll), self._pages, 1)
        self._column.insertWidget(self._column.indexOf(self.work), self._place)
        self._open_folder = self.add_button(self.tr("เปิดโฟลเดอร์"))
        self._open_file = self.add_button(self.tr("เปิดเล่มนี้"))
        self.make = self.add_button(self.tr("สร้างแฟ้ม"), "main")
        for button in (self._open_folder, self._open_file):
            button.hide()
        self.setTabOrder(self._place.browse, self.leave)
        self.setTabOrder(self.leave, self._open_folder)
        self.setTabOrder(self._open_folder, self._open_file)
        self.setTabOrder(self._open_file, self.make)
        self._connect()
        self._follow()
        self.make.setFocus()

    # --- parts --------------------------------------------------------------------------------

    def _make_form(self) -> QWidget:
        """Left the choices, which scroll for themselves, right what they come to."""
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(4)
        column.addWidget(wrapping_label(self.tr("หลักฐานของส่วนใด"), "heading"))
        column.addWidget(self.scope)
        column.addWidget(self._changed_only)
        column.addSpacing(4)
        column.addWidget(self.choices)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(self._scroll.horizontalScrollBarPolicy())
        area.setMinimumHeight(LEAST_HEIGHT)
        area.setMinimumWidth(inside.minimumSizeHint().width() + 24)
        page = QWidget(self)
        sides = QHBoxLayout(page)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(16)
        sides.addWidget(area, 1)
        sides.addWidget(self.outlook, 1)
        return page

    def _connect(self) -> None:
        self.scope.changed.connect(self._follow)
        self.choices.changed.connect(self._follow)
        self._changed_only.toggled.connect(lambda _: self._follow())
        self.make.clicked.connect(self._start)
        self.work.busy.connect(self._wait)
        self.outcome.open_requested.connect(self._open)
        self.outcome.go_to.connect(self._go)
        self._open_file.clicked.connect(lambda: self._open(self.outcome.volume))
        self._open_folder.clicked.connect(lambda: self._open(self._place.target.parent))

    # --- what is chosen -----------------------------------------------------------------------

    def _options(self) -> BinderOptions | None:
        """``None`` where nothing is chosen that could be bound."""
        scope = self.scope.scope()
        if scope is None:
            return None
        only = self._changed_only.isChecked() and self._changed_only.isEnabled()
        return replace(self.choices.value(), scope=scope, only_changed=only)

    def _follow(self, *_: object) -> None:
        """Another choice: another name, another count."""
        options = self._options()
        if options is None:
            self.outlook.show_nothing(self.tr("เลือกอย่างน้อยหนึ่งตัวบ่งชี้"))
        else:
            self._place.offer(self._folder / binder_name(self._project.editor.round, options))
        self._offer("" if options else self.tr("เลือกอย่างน้อยหนึ่งตัวบ่งชี้"))
        self._look()

    def _offer(self, why_not: str) -> None:
        """``why_not``: nothing would come of it."""
        self._why_not = why_not
        self.make.setEnabled(not why_not and not self.work.is_busy)
        self.make.setToolTip(why_not)

    def _look(self) -> None:
        """Count in the background; of several wishes only the last one counts."""
        options = self._options()
        if options is None:
            return
        if self._looking is not None:
            self._look_again = True
            return
        wish = wish_for(self._project, options, self._place.target)
        task = Task(lambda _: _outlook(wish), self)
        task.done.connect(self._show_outlook)
        task.failed.connect(self.work.say_error)
        task.ended.connect(self._looked)
        self._looking = task
        task.start()

    def _looked(self) -> None:
        if self._looking is not None:
            self._looking.deleteLater()
        self._looking = None
        if self._look_again:
            self._look_again = False
            self._look()

    def _show_outlook(self, outlook: Outlook) -> None:
        if self._options() is None or self._look_again:
            return
        self.outlook.show_outlook(outlook)
        self._offer("" if outlook.count.items else no_evidence())
        changes = outlook.changes
        why_not = ""
        if changes.is_first or not changes.to_print:
            why_not = nothing_to_bind(changes)
        was = self._changed_only.isEnabled()
        self._changed_only.setEnabled(not why_not)
        self._changed_only.setToolTip(why_not)
        if self._changed_only.isChecked() and was == bool(why_not):
            self._follow()

    # --- the run ------------------------------------------------------------------------------

    def _start(self) -> None:
        options = self._options()
        if options is None or self.work.is_busy:
            return
        self._project.editor.checkpoint()
        wish, reader = wish_for(self._project, options, self._place.target), self._reader
        self.work.run(
            self.tr("กำลังตรวจไฟล์และรวมแฟ้ม…"),
            lambda handle: bind_evidence(
                wish, reader, progress=handle.progress, cancelled=handle.cancelled
            ),
            lambda result: self._done(wish, result),
            stopped=lambda: self.work.say(self.tr("หยุดแล้ว ไม่มีไฟล์ใดถูกสร้างหรือเปลี่ยน")),
        )

    def _wait(self, busy: bool) -> None:
        self._form.setEnabled(not busy)
        self._place.setEnabled(not busy)
        self._offer(self._why_not)

    def _done(self, wish: BinderWish, result: BinderResult) -> None:
        if not result.volumes:  # it was as it is again in the meantime
            self.work.say(nothing_to_bind(wish.changes))
            return
        remember_bound(self._project, wish)
        self.heading.setText(self.tr("สร้างแฟ้มหลักฐานแล้ว"))
        self.outcome.show_result(result, wish.options, wish.assessed)
        self._pages.setCurrentWidget(self.outcome)
        self._place.hide()
        self.make.hide()
        self._open_folder.show()
        self._open_file.show()
        self.make_main(self._open_file)
        self.outcome.volumes.setFocus()
        self.saved.emit(Path(result.volumes[0].path))

    def _open(self, path: Path | None) -> None:
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.work.say_error(EsaError(self.tr("เครื่องนี้ไม่มีโปรแกรมที่เปิดไฟล์นี้ได้ ไฟล์ยังอยู่ที่เดิม")))

    def _go(self, issue_id: str, item_id: str) -> None:
        self.accept()
        self.go_to.emit(issue_id, item_id)

    # Qt overrides

    def done(self, result: int) -> None:
        self._look_again = False
        if self._looking is not None:
            self._looking.cancel()
        super().done(result)


def _outlook(wish: BinderWish) -> Outlook:
    changes = wish.changes
    count = count_items(wish.assessed, wish.options, changes, wish.is_there)
    return Outlook(wish.assessed, count, changes)
