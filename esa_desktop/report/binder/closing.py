"""The end of the work: covers, indexes and dividers with the numbers that came out, then fonts and page trees."""

from collections.abc import Sequence
from typing import Final

from esa_desktop.domain.binder import Volume as VolumeResult
from esa_desktop.report.binder.body import Body, LateDivider
from esa_desktop.report.binder.change_list import change_pages
from esa_desktop.report.binder.front import VolumeWords, cover_page, index_pages
from esa_desktop.report.binder.job import BinderJob
from esa_desktop.report.binder.own_pages import Label, fonts_of, own_leaf
from esa_desktop.report.binder.sentences import EARLIER, SPINE, TITLE
from esa_desktop.report.binder.spine import spine_page
from esa_desktop.report.binder.tables import EvidenceTable, Group, Row
from esa_desktop.report.binder.volume import Bookmark
from esa_desktop.report.book.column import BookSetting
from esa_desktop.report.document import Page, front_number
from esa_desktop.report.measures import MM

_MOST_SCOPES: Final = 4


def close_volumes(
    job: BinderJob,
    setting: BookSetting,
    table: EvidenceTable,
    bodies: Sequence[Body],
    rows: Sequence[Row | Group],
) -> tuple[VolumeResult, ...]:
    """``rows``: of the index of the whole, which stands in the first volume."""
    closing = _Closing(job, setting, table, len(bodies))
    for body in bodies:
        body.volume.file.resume()
        closing.write_front(body, rows if body is bodies[0] else body.rows)
        for late in body.late:
            closing.write_divider(body, late)
        body.volume.file.suspend()
    fonts = fonts_of(setting.job.typesetter)
    return tuple(closing.finished(body, fonts) for body in bodies)


class _Closing:
    def __init__(
        self, job: BinderJob, setting: BookSetting, table: EvidenceTable, count: int
    ) -> None:
        self._job = job
        self._setting = setting
        self._table = table
        self._count = count

    def write_front(self, body: Body, rows: Sequence[Row | Group]) -> None:
        options, setting = self._job.options, self._setting
        words = self._words(body)
        marks: list[Bookmark] = []
        if options.cover:
            page = self._front_page(body, cover_page(setting, words), "")
            marks.append(Bookmark(0, "ปก", page))
        if options.spine:
            page = self._front_page(body, spine_page(setting, words), "")
            marks.append(Bookmark(0, SPINE, page))
        listed: list[Page] = []
        if options.only_changed and body.volume.number == 1:
            listed += change_pages(setting, self._job, self._completes())
        if options.index:
            listed += index_pages(setting, self._table, rows, self._remark(body))
        for place, made in enumerate(listed, 1):
            page = self._front_page(body, made, front_number(place))
            marks += [Bookmark(depth, title, page) for depth, title in made.outline]
        body.volume.bookmarks[:0] = marks

    def _front_page(self, body: Body, page: Page, label: str) -> int:
        leaf = own_leaf(page, body.volume.file)
        over = b""
        if label:
            m = self._setting.measures
            words = Label(self._setting.job.typesetter, label, m.small_size)
            over = words.drawn((m.paper[0] - words.width) / 2, 10 * MM).encode()
        return body.volume.add(leaf, label, over, front=True)

    def _remark(self, body: Body) -> str:
        if self._count == 1:
            return ""
        digits = self._setting.digits
        if body.volume.number == 1:
            return f"ทั้ง {digits(self._count)} เล่ม"
        return f"เฉพาะเล่มที่ {digits(body.volume.number)} สารบัญของทุกเล่มอยู่ในเล่มที่ {digits(1)}"

    def write_divider(self, body: Body, late: LateDivider) -> None:
        setting, m = self._setting, self._setting.measures
        for page, content, number in zip(late.pages, late.contents, late.numbers, strict=True):
            words = Label(setting.job.typesetter, number, m.small_size)
            foot = words.drawn(m.paper[0] - m.right - words.width, 10 * MM)
            operators = own_leaf(page).content + b"\n" + foot.encode()
            body.volume.file.put_text(content, operators)

    def finished(self, body: Body, fonts: bytes) -> VolumeResult:
        assessed = self._job.assessed
        number = f"เล่มที่ {body.volume.number}/{self._count}" if self._count > 1 else ""
        year = f"ปีงบประมาณ {assessed.fiscal_year}"
        title = " ".join(filter(None, (TITLE, assessed.office, year, number)))
        codes = [body.entries[place].item.code for place in (0, -1)]
        secret = "\0".join([title, *(f"{e.item.id} {e.first} {e.pages}" for e in body.entries)])
        body.volume.file.resume()
        pages, size = body.volume.finish(fonts, title, assessed.office, secret)
        suffix = f" เล่ม {body.volume.number}" if self._count > 1 else ""
        path = body.path.rename(body.path.with_name(f"{self._job.name}{suffix}.pdf"))
        return VolumeResult(str(path), pages, size, *codes)

    def _words(self, body: Body) -> VolumeWords:
        assessed, digits = self._job.assessed, self._setting.digits
        ends = (body.entries[0], body.entries[-1])
        codes = dict.fromkeys(digits(entry.item.code) for entry in ends)
        several = self._count > 1
        return VolumeWords(
            office=assessed.office,
            framework=assessed.framework.title,
            year=digits(assessed.fiscal_year),
            volume=f"เล่มที่ {digits(body.volume.number)} จาก {digits(self._count)}" if several else "",
            codes="รหัส " + " ถึง ".join(codes),
            scope=tuple(self._scope()),
            completes=self._completes(),
            made=self._job.made,
        )  # fmt: skip

    def _completes(self) -> str:
        if not self._job.options.only_changed:
            return ""
        return self._job.completes or EARLIER

    def _scope(self) -> list[str]:
        framework, digits = self._job.assessed.framework, self._setting.digits
        kinds = ("มาตรฐานที่", "ตัวบ่งชี้ที่", "ประเด็นการพิจารณาที่")
        lines = []
        for code in self._job.options.scope:
            node = framework.node(code)
            plain = framework.code_of(node.id)
            lines.append(f"{kinds[plain.count('.')]} {digits(plain)} {node.name}")
        if len(lines) > _MOST_SCOPES:
            more = digits(len(lines) - _MOST_SCOPES + 1)
            lines[_MOST_SCOPES - 1 :] = [f"และอีก {more} รายการ"]
        return lines
