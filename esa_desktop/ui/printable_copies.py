"""Smaller copies for paper of photos and big scans, made one after the other while the work goes on."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject

from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Field, Kind, item_field
from esa_desktop.services.intake_printable import (
    Draws,
    make_printable,
    wants_printable,
    with_printable,
)
from esa_desktop.services.projects import Project
from esa_desktop.ui.worker import Task, lane

Amend = Callable[[Field, Callable[[Any], Any]], None]
"""`UndoStack.amend`: the copy is no step of the person's."""
MOST_AT_START: Final = 200
"""Items looked through when a project opens: what came by a command or from another computer."""


class PrintableCopies(QObject):
    """The original is kept whatever happens; a copy that cannot be made is not tried again here."""

    def __init__(self, project: Project, reader: Draws, amend: Amend, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._reader = reader
        self._amend = amend
        self._waiting: deque[tuple[str, EvidenceFile]] = deque()
        self._tried: set[str] = set()
        self._running: Task | None = None
        self._closed = False
        self.destroyed.connect(project.editor.subscribe(self._note))

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def make_for(self, items: Iterable[Evidence]) -> None:
        """In the background, for those files of the items that want a copy and have none."""
        if self._closed or self._project.read_only:
            return
        for item in items:
            for file in item.files:
                if wants_printable(file) and file.sha256 not in self._tried:
                    self._tried.add(file.sha256)
                    self._waiting.append((item.id, file))
        self._start_next()

    def _note(self, fields: frozenset[Field]) -> None:
        """A newer version of a file wants its own copy, whichever way it came."""
        items = self._project.editor.round.items
        changed = (items.get(field.owner) for field in fields if field.kind is Kind.ITEM)
        self.make_for(item for item in changed if item is not None and not item.binned)

    def catch_up(self) -> None:
        """For items that came into the project some other way than through this window."""
        items = [item for item in self._project.editor.round.items.values() if not item.binned]
        lacking = [item for item in items if any(map(wants_printable, item.files))]
        self.make_for(lacking[:MOST_AT_START])

    def close(self) -> None:
        self._closed = True
        self._waiting.clear()
        if self._running is not None:
            self._running.cancel()

    def _start_next(self) -> None:
        if self._running is not None or not self._waiting or self._closed:
            return
        item_id, file = self._waiting.popleft()
        folder, reader = self._project.folder, self._reader
        task = Task(
            lambda handle: make_printable(folder, file, reader, cancelled=handle.cancelled), self
        )
        self._running = task
        task.done.connect(partial(self._take, item_id, file))
        task.ended.connect(self._go_on)
        task.ended.connect(task.deleteLater)
        task.start(lane("printable"))

    def _go_on(self) -> None:
        self._running = None
        self._start_next()

    def _take(self, item_id: str, original: EvidenceFile, copy: EvidenceFile | None) -> None:
        if copy is None or self._closed:
            return
        self._project.editor.keep_files([copy])
        for item in self._holders(item_id, original):
            self._amend(
                item_field(item),
                partial(_with_copy, original=original, copy=copy),
            )

    def _holders(self, item_id: str, original: EvidenceFile) -> list[str]:
        """The item it was made for, even while its step is taken back, and whoever has the file too."""
        items = self._project.editor.round.items.values()
        others = [i.id for i in items if original.sha256 in {f.sha256 for f in i.files}]
        return list(dict.fromkeys([item_id, *others]))


def _with_copy(item: Evidence, original: EvidenceFile, copy: EvidenceFile) -> Evidence:
    return with_printable(item, original, copy)
