"""The book an office hands in: its parts in order, every page numbered, the contents last of all."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from esa_desktop.domain.book import APPENDICES, Part
from esa_desktop.domain.book_parts import APPENDIX, PartTitle, part_titles, printed_parts
from esa_desktop.domain.errors import ReportError
from esa_desktop.report.book.column import BookSetting
from esa_desktop.report.book.compilers import compilers_pages
from esa_desktop.report.book.contents_page import contents_entries, contents_pages, number_entries
from esa_desktop.report.book.cover import cover_pages
from esa_desktop.report.book.criteria import criteria_pages
from esa_desktop.report.book.divider import divider_pages
from esa_desktop.report.book.evidence_list import evidence_pages
from esa_desktop.report.book.picture_pages import picture_pages
from esa_desktop.report.book.results import results_pages
from esa_desktop.report.book.summary import standard_words, summary_pages
from esa_desktop.report.book.texts import appendix_text_pages, basics_pages, foreword_pages
from esa_desktop.report.document import Page, digits_of
from esa_desktop.report.measures import sheet_measures
from esa_desktop.report.print_job import PrintJob
from esa_desktop.report.sheet_pages import SheetPages
from esa_desktop.report.slugs import Pen

_Chapter = list[Page]
"""Pages that belong together and, where both sides are printed, begin on a right-hand page."""


def book_pages(job: PrintJob) -> list[Page]:
    """Every chosen part that has something to print; ``ReportError`` where none has."""
    parts = printed_parts(job.assessed, job.options)
    if not parts:
        raise ReportError("ส่วนของเล่มที่เลือกยังไม่มีอะไรให้พิมพ์ กรุณาเลือกส่วนอื่น หรือเขียนข้อความของส่วนนั้นก่อน")
    setting = BookSetting(job, part_titles(parts, digits_of(job.options)))
    chapters: list[_Chapter] = []
    contents_place = None
    for part in parts:
        job.steps.check()
        if part in APPENDICES and not any(
            other in APPENDICES for other in parts[: parts.index(part)]
        ):
            chapters.append(_appendix_divider(setting))
        if part is Part.CONTENTS:
            contents_place = len(chapters)
        else:
            chapters.append(_PAGES[part](setting))
    if contents_place is None or not chapters:
        return _bound(setting, chapters)
    return _with_contents(setting, chapters, contents_place)


def _with_contents(setting: BookSetting, chapters: list[_Chapter], place: int) -> list[Page]:
    """The contents put in: their own length moves nobody but themselves, as numbers have a fixed room."""
    entries = contents_entries([page for chapter in chapters for page in chapter])
    contents = contents_pages(setting, entries, setting.titles[Part.CONTENTS])
    pages = _bound(setting, [*chapters[:place], contents, *chapters[place:]])
    number_entries(entries, pages, thai=setting.job.options.thai_digits)
    return pages


def _bound(setting: BookSetting, chapters: list[_Chapter]) -> list[Page]:
    """One after the other; printed on both sides, an empty page before what would begin on a left one."""
    pages: list[Page] = []
    for chapter in chapters:
        if setting.job.options.duplex and len(pages) % 2:
            pages.append(
                Page(setting.measures, _draw_nothing, series=pages[-1].series, is_bare=True)
            )
        pages += chapter
    return pages


def _draw_nothing(pen: Pen) -> None:
    """An empty page."""


def _appendix_divider(setting: BookSetting) -> list[Page]:
    titles = [setting.titles[part].line for part in setting.titles if part in APPENDICES]
    return divider_pages(setting, PartTitle("", APPENDIX), titles)


def _sheets(setting: BookSetting) -> list[Page]:
    """A page that opens the part, and the sheets on the paper chosen for them."""
    job = setting.job
    holds = dict.fromkeys(standard_words(setting, standard) for _, standard, _ in job.chosen)
    pages = divider_pages(setting, setting.titles[Part.SHEETS], list(holds))
    if job.options.duplex and len(pages) % 2:
        pages.append(Page(setting.measures, _draw_nothing, is_bare=True))
    face = job.typesetter.typeface
    measures = sheet_measures(face, job.options, bound_above=job.options.landscape)
    sheets = SheetPages(job.assessed, job.options, measures, job.typesetter, job.image, depth=2)
    pages += sheets.pages(job.chosen, job.steps)
    job.widths = sheets.widths
    return pages


_PAGES: Final[Mapping[Part, Callable[[BookSetting], list[Page]]]] = {
    Part.COVER: cover_pages,
    Part.FOREWORD: foreword_pages,
    Part.SUMMARY: summary_pages,
    Part.BASICS: basics_pages,
    Part.CRITERIA: criteria_pages,
    Part.SHEETS: _sheets,
    Part.RESULTS: results_pages,
    Part.ORDERS: partial(appendix_text_pages, part=Part.ORDERS),
    Part.MINUTES: partial(appendix_text_pages, part=Part.MINUTES),
    Part.EVIDENCE: evidence_pages,
    Part.PICTURES: picture_pages,
    Part.COMPILERS: compilers_pages,
}
