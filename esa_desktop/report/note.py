"""A plain typed page as a PDF: a title and paragraphs, for the sample's evidence and other short notes."""

from pathlib import Path

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import from_plain
from esa_desktop.report.document import Document, Steps
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.fonts import typeface
from esa_desktop.report.measures import page_measures
from esa_desktop.report.pdf_file import write_in_place
from esa_desktop.report.slugs import Slug
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.typesetter import Typesetter


def write_note(target: Path, title: str, content: str) -> None:
    """``content`` is plain text (`richtext.from_plain`); as many A4 pages as it needs.

    Raises `ReportError` where the file cannot be written.
    """
    options = PrintOptions(paper="a4-portrait", page_numbers="none")
    face = typeface(options.font)
    measures = page_measures(face, options, landscape=False)
    setter = TextSetter(Typesetter(face), measures.text, None)
    head = setter.paragraph(
        title, bold=True, align="center", size=measures.title_size, leading=measures.title_leading
    )
    head.role = "H1"
    slugs: list[Slug] = head.lines(setter.typesetter, measures.width, 0.0, 0.0)
    slugs += setter.cell(from_plain(content)).slugs(measures.width)
    pages = flow_pages(slugs, measures)
    written = Document(setter.typesetter, options, title, "").write(pages, Steps(len(pages)))
    write_in_place(target, written)
