"""Rich text to laid-out lines: hanging labels, indents, tables and pictures, at any width."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from esa_desktop.domain.richtext import Image, Paragraph, RichText, Table, introduces
from esa_desktop.report.inner_table import InnerTable
from esa_desktop.report.measures import TextMeasures
from esa_desktop.report.pictures import Picture, upright_picture
from esa_desktop.report.set_paragraph import SetParagraph
from esa_desktop.report.slugs import FREE, KEEP, POOR, Slug
from esa_desktop.report.structure import heading_role
from esa_desktop.report.text_lines import Align, MeasuredText, Style
from esa_desktop.report.typesetter import BOLD, PLAIN, Typesetter

ImageLoader = Callable[[str], bytes | None]
"""The bytes of a picture by its hash, or nothing."""
NO_PICTURE: Final = "[รูป]"
_WIDEST_HANG: Final = 0.2
"""Of the column, for a label beside its text."""
_WIDEST_BESIDE: Final = 2.5
"""Of the narrowest label of the same depth."""
_ABOVE_HEADING: Final = 0.25
"""Of a line, above a line that heads what follows."""
_CAPTIONS: Final = ("ภาพ", "รูป")


class TextSetter:
    """Makes measured paragraphs and columns for one document."""

    def __init__(
        self,
        typesetter: Typesetter,
        measures: TextMeasures,
        image: ImageLoader | None = None,
        *,
        distribute: bool = False,
    ) -> None:
        """``distribute``: what people wrote reaches for the right edge, as far as copying bears."""
        self.typesetter = typesetter
        self.measures = measures
        self._image = image
        self._distribute = distribute
        self._labels: dict[tuple[str, Style, float], MeasuredText] = {}

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
            hung = self._hung(label, style, points)
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

    def _hung(self, label: str, style: Style, points: float) -> MeasuredText:
        known = self._labels.get((label, style, points))
        if known is None:
            # The blank is drawn, so that label and text are copied as they were typed.
            known = MeasuredText(points, [self.typesetter.piece(label + " ", style)], [None])
            self._labels[label, style, points] = known
        return known

    def heading(self, text: str, *, label: str = "", level: int = 0) -> SetParagraph:
        """A bold line that stays with what follows; ``level`` in the structure tree, 0 = of no rank."""
        heading = self.paragraph(text, label=label, bold=True)
        heading.keep = True
        if level:
            heading.role = heading_role(level)
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
                cell.items.append(self._typed_paragraph(block, spread=not hang_all))
            elif isinstance(block, Table):
                cell.items.append(InnerTable(self.typesetter, self.measures, block))
            else:
                cell.items.append(self._picture(block))
        return cell

    def _typed_paragraph(self, block: Paragraph, *, spread: bool) -> SetParagraph:
        runs = [(run.text, Style(run.bold, run.italic, run.underline)) for run in block.runs]
        bold = bool(runs) and all(style.bold for _, style in runs)
        paragraph = self.paragraph(runs, label=block.label, bold=bold, align=block.align)
        if self._distribute and spread and block.align == "left" and not bold:
            paragraph.align = "justify"
        paragraph.level = block.level
        paragraph.heads = bold and spread and not (block.label or block.level)
        paragraph.introduces = introduces(block.text)
        paragraph.is_caption = block.text.startswith(_CAPTIONS)
        return paragraph

    def _picture(self, block: Image) -> "Picture | SetParagraph":
        stored = self._image(block.sha256) if self._image else None
        picture = upright_picture(stored) if stored else None
        if picture is None:
            return self.paragraph(NO_PICTURE)
        content, (across, down) = picture
        return Picture(content, block.width, down / across, self.measures.tallest_picture)


@dataclass
class TextCell:
    """A text in a column: what belongs under which label, what introduces what."""

    setter: TextSetter
    hang_all: bool
    items: list[SetParagraph | InnerTable | Picture] = field(default_factory=list)

    def slugs(self, width: float) -> list[Slug]:
        m = self.setter.measures
        hangs, step = self._hangs(width), self._step(width)
        found: list[Slug] = []
        edge: float | None = None
        previous: SetParagraph | InnerTable | Picture | None = None
        for item in self.items:
            if isinstance(item, SetParagraph):
                slugs, edge = self._paragraph(item, width, step, hangs, edge)
            else:
                slugs = item.slugs(width)
            if not slugs:  # a table without rows
                continue
            if isinstance(previous, SetParagraph) and previous.introduces and slugs[0].cost == FREE:
                slugs[0].cost = POOR  # “… ดังนี้” does not end a page
            if isinstance(previous, InnerTable):
                slugs[0].before += m.after_table
            elif isinstance(previous, Picture) and _is_caption(item):
                slugs[0].cost = KEEP
            elif isinstance(previous, SetParagraph) and previous.is_heading(width):
                slugs[0].cost = max(slugs[0].cost, KEEP)
            found += slugs
            previous = item
        return found

    def _step(self, width: float) -> float:
        """From one depth to the next: in a narrow column all depths move closer, rather than the
        deep ones together.
        """
        levels = (item.level for item in self.items if isinstance(item, SetParagraph))
        return min(self.setter.measures.step, 0.24 * width / max(1, *levels, 1))

    def _hangs(self, width: float) -> dict[int, float]:
        """One text edge a depth: the widest label of the cell, within reason.

        A label beyond reason runs into its text and moves nobody else's.
        """
        labels: dict[int, list[float]] = {}
        for item in self.items:
            if isinstance(item, SetParagraph) and item.label:
                labels.setdefault(item.level, []).append(item.label.width)
        hangs: dict[int, float] = {}
        for level, widths in labels.items():
            most = min(_WIDEST_HANG * width, _WIDEST_BESIDE * min(widths))
            hangs[level] = max((w for w in widths if w <= most), default=0.1 * width)
        return hangs

    def _paragraph(
        self,
        item: SetParagraph,
        width: float,
        step: float,
        hangs: dict[int, float],
        edge: float | None,
    ) -> tuple[list[Slug], float | None]:
        m, typesetter = self.setter.measures, self.setter.typesetter
        left = item.level * step
        if item.label:
            hang = hangs[item.level]
            return item.lines(typesetter, width, left, hang), left + hang
        if item.align in {"center", "right"}:
            return item.lines(typesetter, width, left, 0.0), None
        if item.is_heading(width):
            return item.lines(typesetter, width, 0.0, 0.0, _ABOVE_HEADING * m.leading), None
        if edge is not None and self._belongs_to_item(item, width - edge):
            return item.lines(typesetter, width, edge, 0.0), edge
        if item.level:
            return item.lines(typesetter, width, left, 0.0), None
        return item.lines(typesetter, width, 0.0, min(m.first_indent, 0.3 * width)), None

    def _belongs_to_item(self, item: SetParagraph, room: float) -> bool:
        """A short line below an item is its continuation; a long one is a paragraph of its own."""
        return self.hang_all or (item.text.width < 0.8 * room and not item.introduces)


def _is_caption(item: "SetParagraph | InnerTable | Picture") -> bool:
    return isinstance(item, SetParagraph) and item.is_caption


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
        cost = FREE
        for part, before, first, keep_next in self._parts:
            if isinstance(part, TextCell):
                slugs = part.slugs(width)
            else:
                hang = part.label.width if part.label else first
                slugs = part.lines(
                    self.setter.typesetter, width, 0.0, min(hang, 0.3 * width), before
                )
            if not slugs:  # a table without rows
                continue
            slugs[0].cost = max(slugs[0].cost, cost)
            found += slugs
            cost = KEEP if keep_next else FREE
            if isinstance(part, SetParagraph) and part.keep and not keep_next:
                cost = POOR  # the heading of an empty section
        return found
