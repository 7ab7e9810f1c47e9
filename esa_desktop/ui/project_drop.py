"""A page on which a project folder, or a file in one, may be dropped to be opened."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from esa_desktop.services.places import folder_meant
from esa_desktop.ui.theme import set_look, set_role


class ProjectDrop(QFrame):
    """Takes whatever lies on this computer: what is no project is refused by who opens it."""

    dropped = Signal(object)
    """The `Path` of the folder that is meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._show(False)

    def _show(self, is_over: bool) -> None:
        set_role(self, "drop" if is_over else "page")
        set_look(self, "chosen", is_over)

    # Qt overrides

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if place_in(event.mimeData()) is not None:
            self._show(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _: QDragLeaveEvent) -> None:
        self._show(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show(False)
        place = place_in(event.mimeData())
        if place is not None:
            event.acceptProposedAction()
            self.dropped.emit(project_of(place))


def place_in(mime: QMimeData) -> Path | None:
    """The first thing on this computer that is carried; ``None`` for words and web addresses."""
    local = (url.toLocalFile() for url in mime.urls() if url.isLocalFile())
    return next((Path(name) for name in local if name), None)


def project_of(place: Path) -> Path:
    """The folder somebody means by a file inside a project, however deep; else what was dropped."""
    meant = folder_meant(place)
    if meant != place.absolute():
        return meant
    for above in (place, *place.parents):
        if above.suffix == ".esaproj":
            return above
    return place
