"""A paragraph that knows how it stands: its label, its depth, and where it may be cut."""

from collections.abc import Callable
from dataclasses import dataclass

from esa_desktop.report.slugs import FREE, KEEP, POOR, Slug, TextSlug
from esa_desktop.report.structure import Element, Role
from esa_desktop.report.text_lines import Align, MeasuredText
from esa_desktop.report.typesetter import Typesetter


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
    heads: bool = False
    """A line that somebody set in bold above what follows."""
    is_caption: bool = False
    """The words below a picture."""
    role: Role = "P"
    """In the structure tree."""
    with_label: Callable[[], MeasuredText] | None = None
    """Label and text in one, for a label that is wider than the room it hangs in."""

    def is_heading(self, width: float) -> bool:
        """A longer one is a paragraph that somebody meant to be seen."""
        return self.heads and self.align == "left" and self.text.width <= width

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
        element = Element(self.role)
        for place, line in enumerate(lines):
            cost = POOR if place and place in {1, count - 1} else FREE
            if self.keep and place:
                cost = KEEP
            above = 0.0 if place else before
            slug = TextSlug(line, self.leading, self.ascent, left + hang, above, cost, element)
            if self.align != "left":
                slug.align = self.align
                slug.free = measure - line.width - line.indent
                slug.last = place == count - 1 or line.end in line.text.starts
            slugs.append(slug)
        if label is not None and isinstance(slugs[0], TextSlug):
            slugs[0].label, slugs[0].label_x = label, left
        return slugs
