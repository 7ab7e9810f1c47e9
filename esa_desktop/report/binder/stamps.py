"""What is put upon every page of evidence: code and numbers in a corner, a QR code, a place to certify the copy."""

from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.binder import BinderOptions, Corner
from esa_desktop.report.binder.leaf import Leaf, operands
from esa_desktop.report.binder.own_pages import Label
from esa_desktop.report.binder.qr_code import qr_path
from esa_desktop.report.measures import MM
from esa_desktop.report.typesetter import BOLD, PLAIN, Typesetter

_LARGE: Final = 15.0
_SMALL: Final = 13.0
_SIGNED: Final = 13.0
"""Points of TH Sarabun New on a page of A4."""
_HEIGHT: Final = 19.0
_MIDDLE: Final = 0.22
"""Of the size: half the height of a digit."""
_PAD: Final = 5.0
_EDGE: Final = 4.2 * MM
"""Printers reach so near to the edge of the paper."""
QR: Final = 10.5 * MM
"""Of four tenths of a millimetre a module: a telephone reads it, and it stays within the margin."""
_GAP: Final = 3.0
_A4_SIDE: Final = 595.28
_LEAST_SCALE: Final = 0.75
_LEAST_CERTIFIED: Final = 70 * MM
"""Width and height of a page with room for a place to sign besides what it shows."""
_WIDEST: Final = 0.9
"""Of the page, however small it is."""
_CERTIFIED: Final = (
    ("สำเนาถูกต้อง", True),
    ("ลงชื่อ ...........................................", False),
    ("(............................................)", False),
    ("ตำแหน่ง ......................................", False),
    ("วันที่ ........../......................../...........", False),
)
_LEADING: Final = 1.38
_HALO: Final = 2.2
"""Points of white around the letters: readable on a dark scan, and nothing is covered."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """Words of one stamp."""

    code: str
    """With the page of the item: ``๑.๒.๓-๐๔ (๑/๓)``."""
    number: str
    """Where the page stands in the binder: ``เล่ม ๑ หน้า ๔๕``."""
    qr: str = ""
    """What the QR code says; empty for none."""
    is_evidence: bool = True
    """A page of somebody's file: only such a page is certified."""


class Stamps:
    """The stamps of one binder; coordinates of a stamp are those of an A4 page, scaled to others."""

    def __init__(self, typesetter: Typesetter, options: BinderOptions) -> None:
        self._typesetter = typesetter
        self._options = options
        self._factor = typesetter.typeface.relative_size
        self._certified: tuple[bytes, float, float] | None = None

    def drawn(self, leaf: Leaf, mark: PageMark) -> bytes:
        """Operators for the page in user space; empty where nothing is to be stamped."""
        parts: list[bytes] = []
        if self._options.stamp:
            parts.append(self._in_corner(leaf, self._box(mark), self._options.corner))
        if self._options.certified and mark.is_evidence and min(leaf.size) >= _LEAST_CERTIFIED:
            away: Corner = (
                "bottom-left" if self._options.corner == "bottom-right" else "bottom-right"
            )
            parts.append(self._in_corner(leaf, self._certificate(), away))
        return b"\n".join(parts)

    def _in_corner(self, leaf: Leaf, stamp: tuple[bytes, float, float], corner: Corner) -> bytes:
        """Upright in the corner a reader sees, as large as the page asks for."""
        drawn, width, height = stamp
        across, up = leaf.size
        scale = max(min(across, up) / _A4_SIDE, _LEAST_SCALE)
        scale = min(scale, _WIDEST * across / width, _WIDEST * up / height)
        edge = min(_EDGE * scale, (across - width * scale) / 2, (up - height * scale) / 2)
        x = edge if corner.endswith("left") else across - edge - width * scale
        y = edge if corner.startswith("bottom") else up - edge - height * scale
        return b"q %s cm %s cm %s Q" % (
            operands(leaf.upright),
            operands((scale, 0.0, 0.0, scale, x, y)),
            drawn,
        )

    def _box(self, mark: PageMark) -> tuple[bytes, float, float]:
        """A white box with one line, so low that it stays within the margin of most pages; the QR
        code beside it, away from the edge.
        """
        corner = self._options.corner
        code = Label(self._typesetter, mark.code, _LARGE * self._factor, BOLD)
        number = Label(self._typesetter, mark.number, _SMALL * self._factor, PLAIN)
        width = code.width + number.width + 3 * _PAD
        height = _HEIGHT
        full, across, left = height, width, 0.0
        parts = ["q 1 g"]
        if mark.qr:
            full, across = QR, width + QR + _GAP
            at_left = corner.endswith("right")
            left = QR + _GAP if at_left else 0.0
            x = 0.0 if at_left else width + _GAP
            parts.append(f"{x:.2f} 0 {QR:.2f} {QR:.2f} re f {qr_path(mark.qr, x, 0.0, QR)}")
        low = full - height if corner.startswith("top") else 0.0
        base = low + height / 2 - _MIDDLE * code.size
        parts += [
            f"1 g 0 G 0.6 w {left:.2f} {low:.2f} {width:.2f} {height:.2f} re B 0 g",
            code.drawn(left + _PAD, base),
            number.drawn(left + 2 * _PAD + code.width, base),
            "Q",
        ]
        return "\n".join(parts).encode("ascii"), across, full

    def _certificate(self) -> tuple[bytes, float, float]:
        """The same on every page: black letters on a halo of white."""
        if self._certified is None:
            size = _SIGNED * self._factor
            labels = [
                Label(self._typesetter, words, size * (1.1 if bold else 1.0), BOLD if bold else PLAIN)
                for words, bold in _CERTIFIED
            ]  # fmt: skip
            width = max(label.width for label in labels)
            step = size * self._typesetter.typeface.measures.table * _LEADING / 1.15
            height = step * len(labels)
            lines = []
            for place, label in enumerate(labels):
                x = (width - label.width) / 2 if place in (0, 2) else 0.0
                lines.append(label.drawn(x, height - step * place - 0.7 * step))
            words = "\n".join(lines)
            halo = f"q 1 G {_HALO} w 1 j 1 J 1 Tr {words} Q"
            self._certified = f"{halo}\nq 0 g {words} Q".encode("ascii"), width, height
        return self._certified
