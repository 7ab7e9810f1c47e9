"""Brings what the writer says from its thread to the window: saved at …, or why not."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from esa_desktop.domain.errors import EsaError, StorageError


class SavingState(QObject):
    """Belongs to the GUI thread; what is told on the writer's thread arrives queued."""

    saved = Signal(object)
    """The local `datetime` at which everything handed over was committed."""
    trouble = Signal(object)
    """A `StorageError`, or ``None`` when writing works again."""

    refused = Signal(object)
    """An `EsaError`: one write was given up; the sentence names the file that has what it said."""

    rescued = Signal(object)
    """The `Path` of a text file that has what the disk refuses; after every ``trouble``."""

    def tell_saved(self) -> None:
        self.saved.emit(datetime.now().astimezone())

    def tell_trouble(self, error: StorageError | None) -> None:
        self.trouble.emit(error)

    def tell_rescued(self, path: Path) -> None:
        self.rescued.emit(path)

    def tell_refused(self, error: EsaError) -> None:
        self.refused.emit(error)
