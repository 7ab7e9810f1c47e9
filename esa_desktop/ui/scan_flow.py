"""From a file that a scanner just saved to the issue in view: told in a quiet bar, attached with one key."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.errors import ReadOnlyProject
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import clean_text, shorten, thai_digits
from esa_desktop.services.projects import Project
from esa_desktop.ui.banner import BannerButton
from esa_desktop.ui.notices import Notice, Notices
from esa_desktop.ui.preferences import Preferences
from esa_desktop.ui.thumbnails import Thumbnails
from esa_desktop.ui.watched_folder import WatchedFolder

if TYPE_CHECKING:
    from esa_desktop.services.reading import Reader
    from esa_desktop.ui.scan_dialog import ScanDialog

NOTICE: Final = "scans"
RANK: Final = 5
PURPOSE: Final = "scan"
"""Of the folder, among those the preferences remember."""
REMEMBERED: Final = "scans.json"
MOST_NAMED: Final = 3


class ScanFlow(QObject):
    """Watches the chosen folder while the project is open."""

    refused = Signal(object)
    """A `ReadOnlyProject`."""

    def __init__(
        self,
        project: Project,
        preferences: Preferences,
        notices: Notices,
        user_folder: Path,
        window: QWidget,
        *,
        issue: Callable[[], str | None],
        attach: Callable[[str | None, Sequence[Path]], None],
        reader: "Reader | None" = None,
    ) -> None:
        """``issue``: the id of the one in view, if any. ``attach``: `AttachFlow.attach`.

        ``reader`` makes small pictures of files nobody has attached yet.
        """
        super().__init__(window)
        self._project = project
        self._preferences = preferences
        self._notices = notices
        self._window = window
        self._issue = issue
        self._attach = attach
        self._reader = reader
        self._dialog: ScanDialog | None = None
        self.watched = WatchedFolder(user_folder / REMEMBERED, self)
        self.watched.changed.connect(self._tell)
        if not project.read_only:
            self.watched.watch(preferences.chosen_folder(PURPOSE))

    def ask(self) -> "ScanDialog | None":
        """The dialog, opened; ``None`` where nothing could be attached."""
        from esa_desktop.ui.scan_dialog import ScanDialog, picture_size

        try:
            self._project.editor.refuse_if_read_only()
        except ReadOnlyProject as error:
            self.refused.emit(error)
            return None
        if self._dialog is not None:
            return self._dialog
        issue_id = self._issue()
        code = self._project.editor.round.framework.code_of(issue_id) if issue_id else ""
        pictures = Thumbnails(_path_of, picture_size(), self, reader=self._reader)
        dialog = ScanDialog(self.watched, pictures.picture, code=code, parent=self._window)
        pictures.setParent(dialog)
        pictures.ready.connect(lambda _: dialog.redraw())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.picked.connect(partial(self._attach, issue_id))
        dialog.folder_requested.connect(self._choose_folder)
        dialog.finished.connect(self._seen)
        self._dialog = dialog
        dialog.open()
        self._notices.drop(NOTICE)
        self.watched.look_now()
        return dialog

    def close(self) -> None:
        """The project is let go."""
        self.watched.stop()
        self._notices.drop(NOTICE)

    def _seen(self) -> None:
        """Of very many only the newest were in the list: the others are told of again."""
        from esa_desktop.ui.scan_dialog import MOST_ROWS

        self._dialog = None
        shown = self.watched.files[:MOST_ROWS]
        self.watched.offered(file for file in self.watched.new if file in shown)

    def _choose_folder(self) -> None:
        known = self.watched.folder
        start = known or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DownloadLocation
        )
        chosen = QFileDialog.getExistingDirectory(
            self._dialog or self._window, self.tr("โฟลเดอร์ที่เครื่องสแกนบันทึกไฟล์ไว้"), str(start)
        )
        if chosen:
            self._preferences.set_folder(PURPOSE, Path(chosen))
            self.watched.watch(Path(chosen))

    def _tell(self) -> None:
        """One bar for all; none while somebody looks at the list anyway."""
        new = self.watched.new
        if not new or self._dialog is not None:
            self._notices.drop(NOTICE)
            return
        names = " · ".join(shorten(clean_text(path.name), 50) for path in new[:MOST_NAMED])
        if len(new) > MOST_NAMED:
            names += " · " + self.tr("และอีก {count} ไฟล์").format(count=len(new) - MOST_NAMED)
        what = self.tr("มีไฟล์ใหม่ในโฟลเดอร์สแกน {count} ไฟล์").format(count=len(new))
        self._notices.tell(
            Notice(
                NOTICE,
                RANK,
                "info",
                thai_digits(what),
                names,
                (BannerButton(self.tr("ดูและแนบ…"), self.ask),),
                close_words=self.tr("ไม่ใช่ตอนนี้"),
                closed=partial(self.watched.offered, new),
            )
        )


def _path_of(file: EvidenceFile) -> Path:
    """The made-up hash of a file that waits begins with its path."""
    return Path(file.sha256.rsplit("|", 2)[0])
