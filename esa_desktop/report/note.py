"""A plain typed page as a PDF: a title and paragraphs, for the sample's evidence and other short notes."""

from collections.abc import Sequence
from pathlib import Path

from esa_desktop.domain.richtext import from_plain
from esa_desktop.report.fonts import DEFAULT_TYPEFACE, NOMINAL_SIZE, typeface
from esa_desktop.report.measures import sheet_measures
from esa_desktop.report.pdf_file import QuietCanvas, write_in_place
from esa_desktop.report.slugs import Pen, Slug, cut, draw_column
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.typesetter import Typesetter, fonts_into


def write_note(target: Path, title: str, content: str) -> None:
    """``content`` is plain text (`richtext.from_plain`); as many A4 pages as it needs.

    Raises `ReportError` where the file cannot be written.
    """
    face = typeface(DEFAULT_TYPEFACE)
    measures = sheet_measures(face, "a4-portrait", NOMINAL_SIZE, gutter_mm=0.0, pure_black=False)
    setter = TextSetter(Typesetter(face), measures.text, None)
    head = setter.paragraph(
        title, bold=True, align="center", size=measures.title_size, leading=measures.title_leading
    )
    slugs: list[Slug] = head.lines(setter.typesetter, measures.width, 0.0, 0.0)
    slugs += setter.cell(from_plain(content)).slugs(measures.width)
    canvas = QuietCanvas(measures.paper, title, "")
    pen = Pen(canvas)
    rest: Sequence[Slug] = slugs
    while rest:
        page, rest, _ = cut(rest, measures.height)
        draw_column(pen, page, measures.left, measures.paper[1] - measures.top)
        pen.flush()
        canvas.showPage()
    fonts_into(canvas.document, setter.typesetter)
    write_in_place(target, canvas.finished())
