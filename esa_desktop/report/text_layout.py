"""Rich text to laid-out lines: hanging labels, indents, tables and pictures, at any width."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

from esa_desktop.domain.richtext import Image, Paragraph, RichText, Table, introduces
from esa_desktop.report.inner_table import InnerTable
from esa_desktop.report.measures import TextMeasures
from esa_desktop.report.slugs import FREE, KEEP, POOR, ImageSlug, Slug, TextSlug
from esa_desktop.report.text_lines import Align, MeasuredText, Style
from esa_desktop.report.typesetter import BOLD, PLAIN, Typesetter

ImageLoader = Callable[[str], bytes | None]
"""The bytes of a picture by its hash, or nothing."""
NO_PICTURE = "[รูป]"


@dataclass(slots=True)
class SetParagraph:
    """A measured paragraph and how it stands; lengths in points."""

    text: MeasuredText
    label: MeasuredText | None = None
    level: int = 0
    align: Align = "left"
    leading: float = 0.0
    ascent: float = 0.0
    keep: bool = False
    """No cut inside it."""
    balance: bool = False
    runt: tuple[float, float] = (0.07, 0.22)
    introduces: bool = False
    with_label: Callable[[], MeasuredText] | None = None
    """Label and text in one, for a label that is wider than the room it hangs in."""

    def lines(
        self, typesetter: Typesetter, width: float, left: float, first: float, before: float = 0.0
    ) -> list[Slug]:
        """``first``: indent of the first line, or where a label hangs, of all lines."""
        hang = first if self.label else 0.0
        text, indent, label = self.text, 0.0 if self.label else first, self.label
        if self.label and self.with_label and self.label.width > hang + 0.5:
            text, indent, label = self.with_label(), -hang, None
        measure = max(width - left - hang, 1.0)
        lines = typesetter.filler.fill_well(
            text, measure, indent, balance=self.balance, runt=self.runt
        )
        slugs: list[Slug] = []
        count = len(lines)
        for place, line in enumerate(lines):
            cost = POOR if place and place in {1, count - 1} else FREE
            if self.keep and place:
                cost = KEEP
            slug = TextSlug(
                line, self.leading, self.ascent, left + hang, 0.0 if place else before, cost
            )
            if self.align != "left":
                slug.align = self.align
                slug.free = measure - line.width - line.indent
                slug.last = place == count - 1
            slugs.append(slug)
        if label is not None and isinstance(slugs[0], TextSlug):
            slugs[0].label, slugs[0].label_x = label, left
        return slugs


class TextSetter:
    """Makes measured paragraphs and columns for one document."""

    def __init__(
        self, typesetter: Typesetter, measures: TextMeasures, image: ImageLoader | None = None
    ) -> None:
        self.typesetter = typesetter
        self.measures = measures
        self._image = image

    def paragraph(
        self,
        runs: str | Iterable[tuple[str, Style]],
        *,
        label: str = "",
        bold: bool = False,
        align: Align = "left",
        size: float | None = None,
        leading: float | None = None,
    ) -> SetParagraph:
        m = self.measures
        style = BOLD if bold else PLAIN
        typed = [(runs, style)] if isinstance(runs, str) else list(runs)
        points = size or m.size
        hung = None
        both: Callable[[], MeasuredText] | None = None
        if label:
            # The blank is drawn, so that label and text are copied as they were typed.
            hung = MeasuredText(points, [self.typesetter.piece(label + " ", style)], [None])
            whole = [(label + " ", style), *typed]
            both = partial(self.typesetter.measure, whole, points)
        return SetParagraph(
            self.typesetter.measure(typed, points),
            hung,
            align=align,
            leading=leading or m.leading,
            ascent=m.ascent * points,
            with_label=both,
        )

    def heading(self, text: str, *, label: str = "") -> SetParagraph:
        """A bold line that stays with what follows."""
        heading = self.paragraph(text, label=label, bold=True)
        heading.keep = True
        heading.runt = (0.3, 0.6)
        return heading

    def cell(self, text: RichText, *, hang_all: bool = False) -> "TextCell":
        """A text as it was written.

        ``hang_all``: every line without label belongs to the item above it.
        """
        blocks = list(text.blocks)
        while blocks and isinstance(blocks[-1], Paragraph) and blocks[-1].is_blank:
            blocks.pop()
        while blocks and isinstance(blocks[0], Paragraph) and blocks[0].is_blank:
            blocks.pop(0)
        cell = TextCell(self, hang_all)
        for block in blocks:
            if isinstance(block, Paragraph):
                cell.items.append(self._typed_paragraph(block))
            elif isinstance(block, Table):
                cell.items.append(InnerTable(self.typesetter, self.measures, block))
            else:
                cell.items.append(self._picture(block))
        return cell

    def _typed_paragraph(self, block: Paragraph) -> SetParagraph:
        runs = [(run.text, Style(run.bold, run.italic, run.underline)) for run in block.runs]
        bold = bool(runs) and all(style.bold for _, style in runs)
        paragraph = self.paragraph(runs, label=block.label, bold=bold, align=block.align)
        paragraph.level = block.level
        paragraph.introduces = introduces(block.text)
        return paragraph

    def _picture(self, block: Image) -> "Picture | SetParagraph":
        picture = self._image(block.sha256) if self._image else None
        size = picture_size(picture) if picture else None
        if picture is None or size is None:
            return self.paragraph(NO_PICTURE)
        return Picture(picture, block.width, size[1] / size[0], self.measures.tallest_picture)


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    width: float
    ratio: float
    """Height over width."""
    tallest: float

    def slugs(self, column: float) -> list[Slug]:
        width = min(self.width if self.width > 0 else column, column)
        height = width * self.ratio
        if height > self.tallest:
            width, height = self.tallest / self.ratio, self.tallest
        return [ImageSlug(self.content, 0.0, width, height)]


def picture_size(picture: bytes) -> tuple[int, int] | None:
    """Pixels across and down; ``None`` for what is no picture."""
    from PIL import Image as Pictures

    try:
        with Pictures.open(BytesIO(picture)) as opened:
            opened.verify()
            width, height = opened.size
    except (OSError, SyntaxError, ValueError, Pictures.DecompressionBombError):
        return None
    return (width, height) if width > 0 and height > 0 else None


@dataclass
class TextCell:
    """A text in a column: what belongs under which label, what introduces what."""

    setter: TextSetter
    hang_all: bool
    items: list[SetParagraph | InnerTable | Picture] = field(default_factory=list)

    def slugs(self, width: float) -> list[Slug]:
        m = self.setter.measures
        hangs = self._hangs(width)
        found: list[Slug] = []
        edge: float | None = None
        previous: SetParagraph | InnerTable | Picture | None = None
        for item in self.items:
            if isinstance(item, SetParagraph):
                slugs, edge = self._paragraph(item, width, hangs, edge)
            else:
                slugs = item.slugs(width)
            if isinstance(previous, SetParagraph) and previous.introduces and slugs[0].cost == FREE:
                slugs[0].cost = POOR  # “… ดังนี้” does not end a page
            if isinstance(previous, InnerTable):
                slugs[0].before = m.after_table
            found += slugs
            previous = item
        return found

    def _hangs(self, width: float) -> dict[int, float]:
        """One text edge a depth: the widest label of the cell, within reason."""
        hangs: dict[int, float] = {}
        for item in self.items:
            if isinstance(item, SetParagraph) and item.label:
                # A label beyond reason runs into its text and moves nobody else's.
                hang = item.label.width if item.label.width <= 0.2 * width else 0.1 * width
                hangs[item.level] = max(hangs.get(item.level, 0.0), hang)
        return hangs

    def _paragraph(
        self, item: SetParagraph, width: float, hangs: dict[int, float], edge: float | None
    ) -> tuple[list[Slug], float | None]:
        m, typesetter = self.setter.measures, self.setter.typesetter
        left = min(item.level * m.step, 0.24 * width)
        if item.label:
            hang = hangs[item.level]
            return item.lines(typesetter, width, left, hang), left + hang
        if item.align in {"center", "right"}:
            return item.lines(typesetter, width, left, 0.0), None
        if edge is not None and self._belongs_to_item(item, width - edge):
            return item.lines(typesetter, width, edge, 0.0), edge
        if item.level:
            return item.lines(typesetter, width, left, 0.0), None
        return item.lines(typesetter, width, 0.0, min(m.first_indent, 0.3 * width)), None

    def _belongs_to_item(self, item: SetParagraph, room: float) -> bool:
        """A short line below an item is its continuation; a long one is a paragraph of its own."""
        return self.hang_all or (item.text.width < 0.8 * room and not item.introduces)


@dataclass
class ColumnText:
    """A column as headings and texts one below the other."""

    setter: TextSetter
    _parts: list[tuple[SetParagraph | TextCell, float, float, bool]] = field(default_factory=list)

    def add_heading(self, heading: SetParagraph, before: float, *, keep: bool = True) -> None:
        """``keep``: something follows that it must not be parted from."""
        self._parts.append((heading, before, 0.0, keep))

    def add_paragraph(
        self, paragraph: SetParagraph, first: float, before: float = 0.0, *, keep: bool = False
    ) -> None:
        self._parts.append((paragraph, before, first, keep))

    def add_cell(self, cell: TextCell) -> None:
        if cell.items:
            self._parts.append((cell, 0.0, 0.0, False))

    def slugs(self, width: float) -> list[Slug]:
        found: list[Slug] = []
        keep = False
        for part, before, first, keep_next in self._parts:
            if isinstance(part, TextCell):
                slugs = part.slugs(width)
            else:
                hang = part.label.width if part.label else first
                slugs = part.lines(
                    self.setter.typesetter, width, 0.0, min(hang, 0.3 * width), before
                )
            if keep:
                slugs[0].cost = max(slugs[0].cost, KEEP)
            found += slugs
            keep = keep_next
        return found
