"""What fills the window: the welcome page, the project that is open, or the recovery of a damaged one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from esa_desktop.paths import user_folder

if TYPE_CHECKING:
    from esa_desktop.ui.recovery_page import RecoveryPage


class Pages(QStackedWidget):
    """Keeps what it was given first (the welcome page); the others leave when another one comes."""

    opened = Signal(object)
    """The `Path` of a project that recovery made whole, or opened from a backup."""
    left = Signal()
    """Recovery was left without opening anything."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._passing: QWidget | None = None

    def show_lasting(self, page: QWidget) -> None:
        """A page that stays for when it is wanted again."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self._show(page, None)

    def show_passing(self, page: QWidget) -> None:
        """A page that is gone with the next one."""
        self.addWidget(page)
        self._show(page, page)

    def show_recovery(self, folder: Path) -> "RecoveryPage":
        """The page for a damaged project; made when it is needed, which is hoped to be never."""
        from esa_desktop.services.identity import who_am_i
        from esa_desktop.ui.recovery_page import RecoveryPage

        page = RecoveryPage(folder, who_am_i(user_folder()), self)
        page.recovered.connect(self.opened)
        page.opened.connect(self.opened)
        page.left.connect(self.left)
        self.show_passing(page)
        return page

    def _show(self, page: QWidget, passing: QWidget | None) -> None:
        self.setCurrentWidget(page)
        gone, self._passing = self._passing, passing
        if gone is not None and gone is not page:
            self.removeWidget(gone)
            gone.deleteLater()
