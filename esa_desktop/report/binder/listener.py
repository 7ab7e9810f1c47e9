"""Progress and cancel of one binder: every file is told of before it is opened."""

from collections.abc import Sequence

from esa_desktop.domain.binder_order import BinderSection
from esa_desktop.domain.errors import Cancelled
from esa_desktop.report.binder import sentences
from esa_desktop.report.binder.entries import Entry
from esa_desktop.report.binder.job import BindingStep, Cancel, Progress


class Listener:
    """Progress and cancel; what is written a second time is counted once."""

    def __init__(
        self,
        sections: Sequence[BinderSection],
        progress: Progress | None,
        cancelled: Cancel | None,
    ) -> None:
        items = [item for section in sections for item in section.items]
        self._codes = {file.sha256: item.code for item in items for file in item.files}
        self._total = sum(max(len(item.files), 1) for item in items)
        self._done = 0
        self._progress = progress
        self.cancelled = cancelled

    def check(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Cancelled(sentences.STOPPED)

    def opening(self, entry: Entry, sha256: str) -> None:
        self.check()
        self._tell(entry.item.code, sha256)

    def converting(self, sha256: str) -> None:
        self._tell(self._codes.get(sha256, ""), sha256)

    def finished(self, count: int) -> None:
        """So many files of an item are written, for good."""
        self._done += count

    def closing(self) -> None:
        self._tell("", "")

    def _tell(self, code: str, sha256: str) -> None:
        if self._progress is not None:
            self._progress(BindingStep(min(self._done, self._total), self._total, code, sha256))
