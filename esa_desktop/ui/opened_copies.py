"""Opening evidence: a file as a read-only copy in the system's program for it, an address in the browser."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.thai import shorten
from esa_desktop.ui.worker import Task


class OpenedCopies(QObject):
    """The copies go when the project is let go."""

    refused = Signal(object)
    """An `AttachError`: why nothing was opened, and what to do instead."""

    def __init__(
        self, folder: Path, run: Callable[[Task, Callable[..., object]], None], parent: QObject
    ) -> None:
        """``run`` starts a task and calls its second argument with what came of it."""
        super().__init__(parent)
        self._folder = folder
        self._run = run
        self._copies: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False

    def open(self, item: Evidence | None) -> None:
        """The first file; without files the address; else say where the real thing is."""
        if item is None or not item.files:
            self._open_place(item.place if item else "")
        else:
            self.open_file(item.files[0])

    def open_file(self, file: EvidenceFile) -> None:
        """One file of an item, also an earlier version."""
        from esa_desktop.services.attaching import copy_for_opening

        if self._copies is None:
            self._copies = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to = Path(self._copies.name)
        # A gigabyte on a stick takes its time to copy: not on the window's thread.
        self._run(Task(lambda _: copy_for_opening(self._folder, file, to), self), self._show)

    def close(self) -> None:
        self._closed = True
        if self._copies is not None:
            self._copies.cleanup()
            self._copies = None

    def _open_place(self, place: str) -> None:
        from esa_desktop.services.web_address import web_address

        address = web_address(place)
        if address:
            self._hand_over(QUrl(address), shorten(address, 60))
        elif place:
            where = shorten(place, 120)
            self.refused.emit(AttachError(f"หลักฐานนี้ไม่มีไฟล์ ของจริงเก็บไว้ที่ “{where}”"))
        else:
            self.refused.emit(AttachError("หลักฐานนี้ไม่มีไฟล์ ดูที่เก็บเอกสารจากชื่อหลักฐาน"))

    def _show(self, copy: Path) -> None:
        if not self._closed:
            self._hand_over(QUrl.fromLocalFile(str(copy)), copy.name)

    def _hand_over(self, url: QUrl, name: str) -> None:
        if not QDesktopServices.openUrl(url):
            self.refused.emit(AttachError(f"เครื่องนี้ไม่มีโปรแกรมที่เปิด “{name}” ได้"))
