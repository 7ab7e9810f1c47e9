"""When a volume is full: its pages or bytes, with everything that will still be put before and behind them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from esa_desktop.report.binder.body import Body, bytes_of, pages_at_most
from esa_desktop.report.binder.change_list import change_pages
from esa_desktop.report.binder.front import index_pages
from esa_desktop.report.binder.job import BinderJob
from esa_desktop.report.binder.own_pages import EMBLEM, fonts_of
from esa_desktop.report.binder.sentences import EARLIER
from esa_desktop.report.binder.tables import EvidenceTable, Group, Row
from esa_desktop.report.book.column import BookSetting
from esa_desktop.report.slugs import stack_height

_COVER_BYTES: Final = 14_000
_PAGE_BYTES: Final = 900
"""Of a page of the index without its rows."""
_FONT_GROWTH: Final = 1.1
"""Letters of dividers and stamps come on top of those of the index."""


class Limits:
    """Of the volumes of one binder. Nothing is weighed where nothing is limited."""

    def __init__(
        self,
        job: BinderJob,
        setting: BookSetting,
        table: EvidenceTable,
        rows: Sequence[Row | Group],
        spare: int = 0,
    ) -> None:
        """``rows``: of the index of the whole; ``spare``: bytes to leave free."""
        self._job = job
        self._options = job.options
        self._setting = setting
        self._table = table
        self._rows = rows
        self._spare = spare
        self._heights: dict[int, list[float]] = {}

    def are_passed(self, body: Body) -> bool:
        options = self._options
        if options.most_pages is not None and self._pages(body) > options.most_pages:
            return True
        return options.most_mb is not None and self._size(body) > options.most_mb * 1_000_000

    def _pages(self, body: Body) -> int:
        return body.volume.pages + self._front(body)

    def _front(self, body: Body) -> int:
        options = self._options
        index = self._changes if body.volume.number == 1 else 0
        if options.index:
            index += self._whole_index if body.volume.number == 1 else self._index_of(body)
        return options.cover + options.spine + index

    def _size(self, body: Body) -> int:
        late = body.late_bytes
        if body.volume.number == 1 and self._options.index:
            late += self._whole_bytes
        if body.volume.number == 1:
            late += self._change_bytes
        front = self._front(body) * _PAGE_BYTES + _COVER_BYTES + self._emblem
        return body.volume.size + late + self._fonts + front + self._spare

    @cached_property
    def _changes(self) -> int:
        if not self._job.options.only_changed:
            return 0
        return len(change_pages(self._setting, self._job, self._job.completes or EARLIER))

    @cached_property
    def _whole_index(self) -> int:
        return len(index_pages(self._setting, self._table, self._rows, "x"))

    @cached_property
    def _whole_bytes(self) -> int:
        words = [
            row.words if isinstance(row, Group) else row.entry.item.title + row.entry.item.number
            for row in self._rows
        ]
        return bytes_of(*words) + 250 * len(words)

    @cached_property
    def _change_bytes(self) -> int:
        if not self._job.options.only_changed:
            return 0
        items = self._job.assessed.items
        return sum(bytes_of(items[one].title) + 500 for one in self._job.changed if one in items)

    @cached_property
    def _fonts(self) -> int:
        index_pages(self._setting, self._table, self._rows)  # its letters are in them afterwards
        return int(len(fonts_of(self._setting.job.typesetter)) * _FONT_GROWTH) + 4_000

    @cached_property
    def _emblem(self) -> int:
        load = self._setting.job.image
        stored = load(EMBLEM) if load else None
        return 4 * len(stored) + 400_000 if stored else 0

    def _index_of(self, body: Body) -> int:
        """Pages of the index of this volume alone, at most."""
        known = self._heights.setdefault(body.volume.number, [])
        del known[len(body.rows) :]
        for row in body.rows[len(known) :]:
            known.append(stack_height(self._table.slugs([row])))
        leading = self._setting.measures.text.leading
        return pages_at_most([4 * leading, *known], self._setting.measures.height)
