"""A column of text over as many pages as it needs: what every page of the book but the sheets is."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from esa_desktop.report.document import Page, Series
from esa_desktop.report.measures import PageMeasures
from esa_desktop.report.slugs import KEEP, Pen, Slug, cut, draw_column, elements, stack_height
from esa_desktop.report.structure import Element


class Beginning(Slug):
    """A place in a column that the outline leads to; stands below the title, which it must not be
    parted from.
    """

    __slots__ = ("depth", "words")

    def __init__(self, words: str, depth: int) -> None:
        super().__init__(0.0, cost=KEEP)
        self.words = words
        self.depth = depth

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Nothing is seen."""


def flow_pages(
    slugs: Sequence[Slug],
    measures: PageMeasures,
    *,
    apart: Sequence[Slug] = (),
    footer: str = "",
    series: Series = "body",
    outline: Sequence[tuple[int, str]] = (),
) -> list[Page]:
    """At least one page; ``outline`` and the part of the structure tree begin with the first, bookmarks of
    `Beginning` on the page these come to stand on.

    ``apart``: what follows on a page of its own.
    """
    section: Element | None = Element("Sect").adopt(elements([*slugs, *apart]))
    pages: list[Page] = []
    columns = (slugs, apart) if apart else (slugs,)
    for shown in chain.from_iterable(_cut_pages(column, measures.height) for column in columns):
        pages.append(
            Page(
                measures,
                partial(_draw, slugs=shown, measures=measures),
                footer=footer,
                series=series,
                outline=[*(() if pages else outline), *_beginnings(shown)],
                section=section,
            )
        )
        section = None
    return pages


def _beginnings(slugs: Sequence[Slug]) -> Iterator[tuple[int, str]]:
    return ((slug.depth, slug.words) for slug in slugs if isinstance(slug, Beginning))


def height_of_last_page(slugs: Sequence[Slug], room: float) -> float:
    """How much of it a column fills that is as many pages of ``room`` as it needs."""
    *_, last = _cut_pages(slugs, room)
    return stack_height(last)


def _cut_pages(slugs: Sequence[Slug], room: float) -> Iterator[Sequence[Slug]]:
    rest: Sequence[Slug] = slugs
    repeated = 0
    is_first = True
    while rest or is_first:
        shown, left, repeated = cut(rest, room, repeated)
        if rest and not shown:  # one band higher than a page: put it there rather than never end
            shown, left, repeated = rest[:1], rest[1:], 0
        rest, is_first = left, False
        yield shown


def _draw(pen: Pen, *, slugs: Sequence[Slug], measures: PageMeasures) -> None:
    draw_column(pen, slugs, measures.left, measures.paper[1] - measures.top)
