"""A column of text over as many pages as it needs: what every page of the book but the sheets is."""

from collections.abc import Sequence
from functools import partial

from esa_desktop.report.document import Page, Series
from esa_desktop.report.measures import PageMeasures
from esa_desktop.report.slugs import Pen, Slug, cut, draw_column, elements
from esa_desktop.report.structure import Element


def flow_pages(
    slugs: Sequence[Slug],
    measures: PageMeasures,
    *,
    footer: str = "",
    series: Series = "body",
    outline: Sequence[tuple[int, str]] = (),
) -> list[Page]:
    """At least one page; bookmarks and the part of the structure tree begin with the first."""
    section: Element | None = Element("Sect").adopt(elements(slugs))
    pages: list[Page] = []
    rest: Sequence[Slug] = slugs
    repeated = 0
    while rest or not pages:
        shown, left, repeated = cut(rest, measures.height, repeated)
        if rest and not shown:  # one band higher than a page: put it there rather than never end
            shown, left, repeated = rest[:1], rest[1:], 0
        rest = left
        pages.append(
            Page(
                measures,
                partial(_draw, slugs=shown, measures=measures),
                footer=footer,
                series=series,
                outline=() if pages else outline,
                section=section,
            )
        )
        section = None
    return pages


def _draw(pen: Pen, *, slugs: Sequence[Slug], measures: PageMeasures) -> None:
    draw_column(pen, slugs, measures.left, measures.paper[1] - measures.top)
