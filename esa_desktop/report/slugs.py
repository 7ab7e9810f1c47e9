"""What columns are stacked from, and where a column may be cut at the end of a page."""

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.printable_picture import printable_picture
from esa_desktop.report.structure import Element
from esa_desktop.report.text_lines import Align, Line, MeasuredText

PICTURE_WORDS: Final = "รูปภาพประกอบข้อความ"
"""Read out in place of a picture; what it shows is told by the text around it."""
FREE: Final = 0
POOR: Final = 1
"""A lone line of a paragraph, or after “… ดังนี้”."""
KEEP: Final = 2
"""After a heading, before a table's head."""
NEVER: Final = 3
"""Inside a table's head."""


_WORTH: Final = {FREE: 0.0, POOR: 1 / 3, KEEP: 0.8, NEVER: 0.95}
"""What part of the room may stay empty rather than cut there."""


class Pen:
    """Collects the operators of one page; y grows upwards from the lower edge of the paper.

    Everything is marked: text and pictures with the element of the structure tree they belong to,
    the rest (rules, repeated heads, page numbers) as an artifact that no reader reads out.
    """

    def __init__(
        self, canvas: Canvas, page: int = 0, moved: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        """``page``: its place in the document, from 0; ``moved``: how far the page is, for binding."""
        self._canvas = canvas
        self._page = page
        self._moved = moved
        self._marks = 0
        self._open: Element | None = None
        self._is_open = False
        self._operators: list[str] = []
        self._earlier: list[str] = []
        """What is on the page already."""

    def text(self, element: Element | None, operators: str) -> None:
        """Text of an element; of none, an artifact."""
        if element is not self._open or not self._is_open:
            self._mark(element)
        self._operators.append(operators)

    def decoration(self, operators: str) -> None:
        """What is seen but not read."""
        self.text(None, operators)

    def image(
        self,
        element: Element | None,
        picture: bytes,
        x: float,
        y: float,
        width: float,
        height: float,
    ) -> None:
        if element is not None:
            element.attributes = self.bounds(x, y, x + width, y + height)
        self.text(element, "")
        self._hand_over()
        reader = ImageReader(BytesIO(printable_picture(picture, width, height)))
        self._canvas.drawImage(reader, x, y, width, height, mask="auto")
        seen = hashlib.sha256(picture).hexdigest()
        self._earlier.append(f"{seen} {x:.2f} {y:.2f} {width:.2f} {height:.2f}")

    def bounds(self, left: float, bottom: float, right: float, top: float) -> str:
        """Where a figure stands on the paper, as the attributes of its element."""
        x, y = self._moved
        box = f"{left + x:.2f} {bottom + y:.2f} {right + x:.2f} {top + y:.2f}"
        return f"<</O/Layout/BBox[{box}]/Placement/Block>>"

    def operators(self) -> str:
        """What was collected so far, its marks closed; in place of a picture its hash and edges."""
        self._close()
        return "\n".join([*self._earlier, *self._operators])

    def flush(self) -> None:
        """Put what was collected onto the page."""
        self._close()
        self._hand_over()

    def _mark(self, element: Element | None) -> None:
        self._close()
        if element is None:
            self._operators.append("/Artifact BMC")
        else:
            self._operators.append(f"/{element.role} <</MCID {self._marks}>> BDC")
            element.kids.append((self._page, self._marks))
            self._marks += 1
        self._open = element
        self._is_open = True

    def _close(self) -> None:
        if self._is_open:
            self._operators.append("EMC")
            self._is_open = False

    def _hand_over(self) -> None:
        written = "\n".join(self._operators)
        self._canvas.addLiteral(written)
        self._earlier.append(written)
        self._operators.clear()


class Slug:
    """One unbreakable band of a column: a line of text, a line of a table row, a picture.

    ``before`` is white above, dropped at the top of a page; ``cost`` says how bad a cut before it
    is; ``head`` are bands to repeat when it comes first on a page.
    """

    __slots__ = ("before", "cost", "element", "head", "height")

    def __init__(
        self,
        height: float,
        before: float = 0.0,
        cost: int = FREE,
        element: Element | None = None,
    ) -> None:
        self.height = height
        self.before = before
        self.cost = cost
        self.element = element
        """The paragraph, heading, table or picture it is a part of."""
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
        self,
        line: Line,
        height: float,
        ascent: float,
        x: float,
        before: float,
        cost: int,
        element: Element | None = None,
    ) -> None:
        super().__init__(height, before, cost, element)
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
            pen.text(self.element, draw_line(label, x + self.label_x, base))
        operators = draw_line(self.line, x + self.x, base, self.free, self.align, last=self.last)
        if operators:
            pen.text(self.element, operators)


class ImageSlug(Slug):
    __slots__ = ("_picture", "_size", "_x")

    def __init__(self, picture: bytes, x: float, width: float, height: float) -> None:
        super().__init__(height + 4.0, 3.0, element=Element("Figure", alt=PICTURE_WORDS))
        self._picture = picture
        self._x = x
        self._size = (width, height)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        width, height = self._size
        left, bottom = x + self._x, y - height - 2.0
        pen.image(self.element, self._picture, left, bottom, width, height)


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

    A lone line is worth a third of the room to be avoided, a heading without its text four fifths.
    A cut that would place nothing but repeated bands is no progress and is never taken.
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
    # Room lost against a full page, and what the cut itself costs: the least of both together.
    place, _ = min(
        latest.items(), key=lambda entry: (_WORTH[entry[0]] + (room - entry[1][1]) / room, entry[0])
    )[1]
    rest = slugs[place:]
    head = rest[0].head
    if sum(band.height for band in head) > room / 3:
        head = ()  # a giant head is not repeated
    return slugs[:place], [*head, *rest], len(head)


def elements(slugs: Sequence[Slug]) -> Iterator[Element | None]:
    """What a column holds, for the structure tree."""
    return (slug.element for slug in slugs)
