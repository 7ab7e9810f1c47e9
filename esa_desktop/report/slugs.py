"""What columns are stacked from, and where a column may be cut at the end of a page."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.text_lines import Align, Line, MeasuredText

FREE: Final = 0
POOR: Final = 1
"""A lone line of a paragraph, or after “… ดังนี้”."""
KEEP: Final = 2
"""After a heading, before a table's head."""
NEVER: Final = 3
"""Inside a table's head."""


class Pen:
    """Collects the operators of one page; y grows upwards from the lower edge of the paper."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._operators: list[str] = []
        self.add = self._operators.append

    def image(self, picture: bytes, x: float, y: float, width: float, height: float) -> None:
        self.flush()
        reader = ImageReader(BytesIO(picture))
        self._canvas.drawImage(reader, x, y, width, height, mask="auto")

    def flush(self) -> None:
        """Put what was collected onto the page."""
        self._canvas.addLiteral("\n".join(self._operators))
        self._operators.clear()


class Slug:
    """One unbreakable band of a column: a line of text, a line of a table row, a picture.

    ``before`` is white above, dropped at the top of a page; ``cost`` says how bad a cut before it
    is; ``head`` are bands to repeat when it comes first on a page.
    """

    __slots__ = ("before", "cost", "head", "height")

    def __init__(self, height: float, before: float = 0.0, cost: int = FREE) -> None:
        self.height = height
        self.before = before
        self.cost = cost
        self.head: Sequence[Slug] = ()

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its upper left corner at (x, y)."""
        raise NotImplementedError

    def follows(self, other: "Slug") -> bool:  # noqa: ARG002 - bands of tables look at it
        """Whether it is the next band of the same table row, to be drawn together with it."""
        return False

    def draw_with(self, pen: Pen, x: float, placed: Sequence[tuple["Slug", float]]) -> None:
        """Draw a group of bands, each with the height of its upper edge."""
        for slug, y in placed:
            slug.draw(pen, x, y)


class TextSlug(Slug):
    """A line of text, with its label in front where it has one."""

    __slots__ = ("align", "ascent", "free", "label", "label_x", "last", "line", "x")

    def __init__(
        self, line: Line, height: float, ascent: float, x: float, before: float, cost: int
    ) -> None:
        super().__init__(height, before, cost)
        self.line = line
        self.ascent = ascent
        self.x = x
        self.free = 0.0
        self.align: Align = "left"
        self.last = True
        self.label: MeasuredText | None = None
        self.label_x = 0.0

    def draw(self, pen: Pen, x: float, y: float) -> None:
        base = y - self.ascent
        if self.label is not None:
            label = Line(self.label, 0, len(self.label.pieces), 0.0, 0.0)
            pen.add(draw_line(label, x + self.label_x, base))
        pen.add(draw_line(self.line, x + self.x, base, self.free, self.align, last=self.last))


class ImageSlug(Slug):
    __slots__ = ("_picture", "_size", "_x")

    def __init__(self, picture: bytes, x: float, width: float, height: float) -> None:
        super().__init__(height + 4.0, 3.0)
        self._picture = picture
        self._x = x
        self._size = (width, height)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        width, height = self._size
        pen.image(self._picture, x + self._x, y - height - 2.0, width, height)


def stack_height(slugs: Sequence[Slug]) -> float:
    """Height of a whole column on a page without end."""
    if not slugs:
        return 0.0
    return sum(slug.height + slug.before for slug in slugs) - slugs[0].before


def draw_column(pen: Pen, slugs: Sequence[Slug], x: float, y: float) -> None:
    """Draw slugs downwards from ``y``; bands of one row together, so that cells copy as wholes."""
    place = 0
    while place < len(slugs):
        group: list[tuple[Slug, float]] = []
        while place < len(slugs) and (not group or slugs[place].follows(group[-1][0])):
            slug = slugs[place]
            if place:
                y -= slug.before
            group.append((slug, y))
            y -= slug.height
            place += 1
        group[0][0].draw_with(pen, x, group)


def cut(
    slugs: Sequence[Slug], room: float, repeated: int = 0
) -> tuple[Sequence[Slug], Sequence[Slug], int]:
    """What goes on this page, what is left, and how many bands of the rest only repeat a head.

    Cut before the latest slug of the lowest cost that fills two thirds of the room; where there is
    none, the cheapest cut that loses at most a third against the latest. A cut that would place
    nothing but repeated bands is no progress and is never taken.
    """
    y = 0.0
    latest: dict[int, tuple[int, float]] = {}
    for place, slug in enumerate(slugs):
        if place > repeated:
            latest[slug.cost] = (place, y)
        y += slug.height + (slug.before if place else 0.0)
        if y > room + 0.01:
            break
    else:
        return slugs, (), 0
    if not latest:
        # A head that leaves no room for what it heads is not repeated.
        return cut(slugs[repeated:], room) if repeated else ((), slugs, 0)
    costs = sorted(latest)
    good = next((cost for cost in costs if latest[cost][1] >= room * 2 / 3), None)
    if good is None:
        _, fullest = max(latest.values())
        good = next(cost for cost in costs if latest[cost][1] >= fullest - room / 3)
    place = latest[good][0]
    rest = slugs[place:]
    head = rest[0].head
    if sum(band.height for band in head) > room / 3:
        head = ()  # a giant head is not repeated
    return slugs[:place], [*head, *rest], len(head)
