"""Set lines read without a PDF: what stands on each, and how it is cut into pages."""

from collections.abc import Sequence

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.document import Document, Steps
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.fonts import typeface
from esa_desktop.report.measures import MM, page_measures, sheet_measures
from esa_desktop.report.slugs import Slug, TextSlug, cut
from esa_desktop.report.text_layout import ImageLoader, TextSetter
from esa_desktop.report.text_lines import Line
from esa_desktop.report.typesetter import Typesetter

NARROW = 42 * MM - 12
"""Room for text in the narrowest evidence column."""


def text_setter(
    *,
    font: str = "TH Sarabun New",
    words: tuple[str, ...] = (),
    distribute: bool = False,
    image: ImageLoader | None = None,
) -> TextSetter:
    face = typeface(font)
    measures = sheet_measures(face, PrintOptions(paper="a4-portrait", font=font))
    return TextSetter(Typesetter(face, words=words), measures.text, image, distribute=distribute)


def printed(setter: TextSetter, slugs: Sequence[Slug]) -> bytes:
    """Slugs one below the other on as many upright pages as they need."""
    face = setter.typesetter.typeface
    options = PrintOptions(paper="a4-portrait", page_numbers="none")
    pages = flow_pages(slugs, page_measures(face, options, landscape=False))
    return Document(setter.typesetter, options, "", "").write(pages, Steps(len(pages)))


def read(line: Line) -> str:
    """A line as typed, blanks between its pieces included."""
    shown = []
    for place in range(line.start, line.end):
        blank = line.text.blanks[place]
        if blank and place > line.start:
            shown.append(blank.typed[0][0])
        shown += [text for text, _ in line.text.pieces[place].typed]
    return "".join(shown)


def read_slug(slug: Slug) -> str:
    if not isinstance(slug, TextSlug):
        return ""
    label = (
        "".join(text for piece in slug.label.pieces for text, _ in piece.typed)
        if slug.label
        else ""
    )
    return label + read(slug.line)


def lines_of(setter: TextSetter, text: str, measure: float) -> list[str]:
    """A plain text set in a column, line by line."""
    measured = setter.paragraph(text).text
    return [read(line) for line in setter.typesetter.filler.fill_well(measured, measure)]


def pages_of(slugs: Sequence[Slug], room: float) -> list[Sequence[Slug]]:
    """A column cut into pages of one height."""
    pages = []
    repeated = 0
    while slugs:
        page, slugs, repeated = cut(slugs, room, repeated)
        if not page:
            page, slugs, repeated = slugs[:1], slugs[1:], 0
        pages.append(page)
    return pages
