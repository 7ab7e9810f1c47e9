"""Volumes filled one after the other: dividers and items in order, the next begun where one is full."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from esa_desktop.domain.binder import BinderResult, Trouble
from esa_desktop.domain.binder_order import BinderSection, fingerprints
from esa_desktop.domain.framework import Issue
from esa_desktop.report.binder.body import Body, LateDivider, Standing, bytes_of
from esa_desktop.report.binder.closing import close_volumes
from esa_desktop.report.binder.dividers import Divider, divider_pages
from esa_desktop.report.binder.entries import Entry
from esa_desktop.report.binder.item_pages import ItemLeaf, ItemPages
from esa_desktop.report.binder.job import BinderJob
from esa_desktop.report.binder.limits import Limits
from esa_desktop.report.binder.listener import Listener
from esa_desktop.report.binder.own_pages import binder_setting
from esa_desktop.report.binder.sections import (
    headings,
    indicator_divider,
    issue_divider,
    standard_divider,
)
from esa_desktop.report.binder.stamps import PageMark, Stamps
from esa_desktop.report.binder.tables import EvidenceTable, Group, Row
from esa_desktop.report.binder.volume import Volume


class Filling:
    """One attempt at writing all volumes."""

    def __init__(
        self,
        job: BinderJob,
        sections: Sequence[BinderSection],
        folder: Path,
        office: dict[str, Path],
        listener: Listener,
        spare: int = 0,
    ) -> None:
        self._job = job
        self._sections = sections
        self._folder = folder
        self._listener = listener
        self._setting = binder_setting(job)
        options = job.options
        self._entries = _entries(sections, names_only=options.confidential == "name")
        several = options.most_pages is not None or options.most_mb is not None
        self._several = several
        self._table = EvidenceTable(
            self._setting, list(self._entries.values()), several_volumes=several
        )
        self._stamps = Stamps(self._setting.job.typesetter, options)
        self._items = ItemPages(job, self._setting, office)
        self._limits = Limits(job, self._setting, self._table, self._all_rows(), spare)
        self._standing = Standing()
        self._number = 0
        """Of the last page, through all volumes."""
        self._bodies: list[Body] = []
        self._troubles: list[Trouble] = []

    def made(self) -> BinderResult:
        try:
            self._begin_volume()
            for section in self._sections:
                self._bind_section(section)
            self._listener.closing()
            volumes = close_volumes(
                self._job, self._setting, self._table, self._bodies, self._all_rows()
            )
        except BaseException:
            for body in self._bodies:
                body.volume.close()
                with contextlib.suppress(OSError):
                    body.path.unlink(missing_ok=True)
            raise
        return BinderResult(
            volumes, len(self._entries), tuple(self._troubles), fingerprints(self._sections)
        )

    def _bind_section(self, section: BinderSection) -> None:
        """With what serves it again; that stands in the index behind the last of its items."""
        entries = [self._entries[item.id] for item in section.items]
        for entry in entries[:-1]:
            self._bind(section, entry)
        self._bind(section, entries[-1] if entries else None, self._rows_again(section))

    def _bind(self, section: BinderSection, entry: Entry | None, again: Sequence[Row] = ()) -> None:
        """One item with the dividers before it, in this volume or, where it is full, in the next.

        No volume is begun for dividers of a section without items: its cover would not name them.
        Where there is no room they are left out, and the index of the whole says what serves them.
        """
        body = self._bodies[-1]
        point, number, troubles = body.checkpoint(self._standing), self._number, len(self._troubles)
        self._write(body, section, entry, again)
        if point.entries and self._limits.are_passed(body):
            self._standing = body.take_back(point)
            self._number = number
            if entry is None:
                return
            entry.volume = entry.first = entry.pages = 0
            del self._troubles[troubles:]
            self._items.forget()
            body = self._begin_volume()
            self._write(body, section, entry, again)
        if entry is not None:
            self._listener.finished(max(len(entry.item.files), 1))

    def _begin_volume(self) -> Body:
        if self._bodies:
            self._bodies[-1].volume.file.suspend()
        number = len(self._bodies) + 1
        path = self._folder / f"volume-{number:04}.part"
        self._bodies.append(Body(Volume(path, number), path))
        return self._bodies[-1]

    def _write(
        self, body: Body, section: BinderSection, entry: Entry | None, again: Sequence[Row]
    ) -> None:
        self._bookmarks(body, section)
        for divider, rows in self._dividers(body, section):
            self._write_divider(body, divider, rows)
        body.begin_section(self._heading(section))
        if entry is not None:
            self._write_item(body, entry)
        for row in again:
            body.add_row(row)

    def _write_item(self, body: Body, entry: Entry) -> None:
        digits = self._setting.digits
        leaves, troubles = self._items.of(entry, body.volume.file, self._listener.opening)
        self._troubles += troubles
        entry.volume, entry.first, entry.pages = body.volume.number, self._number + 1, len(leaves)
        title = entry.item.title
        body.bookmark(3, f"{digits(entry.item.code)} {title}".strip())
        for place, leaf in enumerate(leaves, 1):
            self._write_leaf(body, entry, leaf, place)
        body.entries.append(entry)
        body.add_row(Row(entry))

    def _write_leaf(self, body: Body, entry: Entry, made: ItemLeaf, place: int) -> None:
        digits, options = self._setting.digits, self._job.options
        self._number += 1
        code = digits(f"{entry.item.code} ({place}/{entry.pages})")
        qr = entry.item.code if options.qr and place == 1 else ""
        words = self._place_words(body)
        over = self._stamps.drawn(made.leaf, PageMark(code, words, qr, made.is_evidence))
        page = body.volume.add(made.leaf, digits(self._number), over)
        body.page_came(page)

    def _place_words(self, body: Body) -> str:
        digits = self._setting.digits
        page = f"หน้า {digits(self._number)}"
        return f"เล่ม {digits(body.volume.number)} {page}" if self._several else page

    def _write_divider(self, body: Body, divider: Divider, rows: Sequence[Row]) -> None:
        table = self._table.slugs(rows) if rows else ()
        contents, numbers = [], []
        pages = divider_pages(self._setting, divider, table)
        for _ in pages:
            self._number += 1
            page, content = body.volume.add_late(self._setting.digits(self._number))
            body.page_came(page)
            contents.append(content)
            numbers.append(self._place_words(body))
        body.late.append(LateDivider(tuple(pages), tuple(contents), tuple(numbers)))
        titles = [row.entry.item.title + row.entry.item.number for row in rows]
        names = [name for _, name in divider.holds]
        body.late_bytes += 600 + bytes_of(divider.name, *divider.above, *names, *titles) * 2

    def _dividers(
        self, body: Body, section: BinderSection
    ) -> Iterator[tuple[Divider, Sequence[Row]]]:
        """Those that must stand before the next item: new ones, or in a new volume the last again."""
        options, standing, digits = self._job.options, self._standing, self._setting.digits
        sections, rows = self._sections, self._section_rows(section)
        self._standing = Standing(section.standard.id, section.indicator.id, section.node.id)
        is_new = standing.section != section.node.id
        begun = bool(body.entries or body.late)
        if options.standard_dividers and standing.standard != section.standard.id:
            yield standard_divider(sections, section), ()
        own = section.node is section.indicator
        if options.indicator_dividers and standing.indicator != section.indicator.id:
            yield indicator_divider(sections, section, digits), rows if own else ()
        if isinstance(section.node, Issue) and options.issue_dividers and is_new:
            yield issue_divider(section, digits), rows
        elif not is_new and not begun:
            left = [row for row in rows if not row.behind and not row.entry.first]
            yield from self._again(section, left)

    def _again(
        self, section: BinderSection, rows: Sequence[Row]
    ) -> Iterator[tuple[Divider, Sequence[Row]]]:
        options, digits = self._job.options, self._setting.digits
        if isinstance(section.node, Issue) and options.issue_dividers:
            yield replace(issue_divider(section, digits), continued=True), rows
        elif options.indicator_dividers:
            divider = indicator_divider(self._sections, section, digits)
            yield replace(divider, continued=True, holds=()), rows

    def _bookmarks(self, body: Body, section: BinderSection) -> None:
        nodes = (section.standard, section.indicator, section.node)
        names = headings(section, self._setting.digits)
        for depth, (node, words) in enumerate(zip(nodes, names, strict=True)):
            if node.id not in body.marked:
                body.bookmark(depth, words)
                body.marked = (*body.marked, node.id)

    def _heading(self, section: BinderSection) -> str:
        return headings(section, self._setting.digits)[-1]

    def _section_rows(self, section: BinderSection) -> list[Row]:
        return [Row(self._entries[item.id]) for item in section.items] + self._rows_again(section)

    def _rows_again(self, section: BinderSection) -> list[Row]:
        entries = [self._entries[item.id] for item in section.again if item.id in self._entries]
        return [Row(entry, entry.code) for entry in entries]

    def _all_rows(self) -> list[Row | Group]:
        rows: list[Row | Group] = []
        for section in self._sections:
            rows.append(Group(self._heading(section)))
            rows += self._section_rows(section)
        return rows


def _entries(sections: Sequence[BinderSection], *, names_only: bool) -> dict[str, Entry]:
    """``names_only``: of confidential items."""
    return {
        item.id: Entry(item, section.code, is_name_only=names_only and item.confidential)
        for section in sections
        for item in section.items
    }
