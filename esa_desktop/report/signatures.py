"""Places to sign: who signs under which name, in one or two columns, never torn apart by a page."""

from collections.abc import Sequence
from typing import Final

from esa_desktop.domain.book import Member
from esa_desktop.report.measures import MM
from esa_desktop.report.slugs import Pen, Slug, draw_column, elements, stack_height
from esa_desktop.report.structure import Element
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.writing_lines import FillIn

SIGNED: Final = "(ลงชื่อ) "
_LEAST_LINE: Final = 38 * MM
"""Room for a signature; a role that leaves less goes below the name."""
_WIDEST: Final = 100 * MM
_BETWEEN: Final = 10 * MM
"""From one column of signers to the other."""
_ABOVE: Final = 6 * MM
"""Clear of what stands above, so that a signature does not run into it."""


def signature_slugs(setter: TextSetter, width: float, signers: Sequence[Member]) -> list[Slug]:
    """Bands of one or two signers each; without a name or a role there is room to write it."""
    half = (width - _BETWEEN) / 2
    wide = half >= _LEAST_LINE + setter.typesetter.width(SIGNED + "กรรมการ", setter.measures.size)
    columns = 2 if wide and len(signers) > 1 else 1
    room = half if columns == 2 else width
    listed = Element("L")
    bands: list[Slug] = []
    for place in range(0, len(signers), columns):
        blocks = [
            _block(setter, min(room, _WIDEST), signer)
            for signer in signers[place : place + columns]
        ]
        offset = (room - min(room, _WIDEST)) / 2
        bands.append(
            _SignatureBand(
                [(n * (room + _BETWEEN) + offset, block) for n, block in enumerate(blocks)], listed
            )
        )
    return bands


def _block(setter: TextSetter, width: float, signer: Member) -> list[Slug]:
    """The line to sign on, the name in brackets below it, and the date."""
    m, typesetter = setter.measures, setter.typesetter
    left = typesetter.width(SIGNED, m.size)
    beside = f" {signer.role}" if signer.role else ""
    fits = width - left - typesetter.width(beside, m.size) >= _LEAST_LINE
    right = typesetter.width(beside, m.size) if fits else 0.0
    line = FillIn(
        setter, [SIGNED, 1.0, beside if fits else ""], width, m.leading + max(_ABOVE, 0.3 * m.size)
    )
    slugs: list[Slug] = [line]
    if signer.name:
        slugs += _centred(setter, f"({signer.name})", width, left, right)
    else:
        slugs.append(_Moved(FillIn(setter, ["(", 1.0, ")"], width - left - right, m.leading), left))
    if not fits:
        slugs += _centred(setter, signer.role, width, 0.0, 0.0)
    date: list[str | float] = ["วันที่ ", 0.22, " เดือน ", 0.48, " พ.ศ. ", 0.3]
    slugs.append(FillIn(setter, date, width, m.leading + 2.0))
    return slugs


def _centred(setter: TextSetter, words: str, width: float, left: float, right: float) -> list[Slug]:
    """Under the line that is signed; over the whole width where the words need it."""
    paragraph = setter.paragraph(words, align="center")
    if paragraph.text.width > width - left - right:
        left = right = 0.0
    paragraph.balance = True
    return paragraph.lines(setter.typesetter, width - right, left, 0.0)


class _Moved(Slug):
    """A band that begins further right."""

    __slots__ = ("_band", "_by")

    def __init__(self, band: Slug, by: float) -> None:
        super().__init__(band.height, band.before, element=band.element)
        self._band = band
        self._by = by

    def draw(self, pen: Pen, x: float, y: float) -> None:
        self._band.draw(pen, x + self._by, y)


class _SignatureBand(Slug):
    """Signers side by side, each an item of the list."""

    __slots__ = ("_blocks",)

    def __init__(self, blocks: Sequence[tuple[float, Sequence[Slug]]], listed: Element) -> None:
        super().__init__(max(stack_height(block) for _, block in blocks), 4.0, element=listed)
        self._blocks = blocks
        for _, block in blocks:
            listed.add("LI").add("LBody").adopt(elements(block))

    def draw(self, pen: Pen, x: float, y: float) -> None:
        for left, block in self._blocks:
            draw_column(pen, block, x + left, y)
