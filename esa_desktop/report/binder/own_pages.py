"""Pages the program sets itself, drawn into a volume: texts with the binder's fonts, and pictures."""

import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.binder.job import BinderJob
from esa_desktop.report.binder.leaf import Leaf
from esa_desktop.report.binder.volume_file import VolumeFile
from esa_desktop.report.book.column import BookSetting
from esa_desktop.report.document import Page, Steps
from esa_desktop.report.pdf_file import ArchiveCanvas
from esa_desktop.report.print_job import PrintJob
from esa_desktop.report.slugs import Pen
from esa_desktop.report.structure import Element
from esa_desktop.report.text_lines import Style
from esa_desktop.report.typesetter import PLAIN, Typesetter, fonts_into

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

EMBLEM: Final = "emblem"
"""Under which name the setting's loader has the office's emblem."""
_DIGITS: Final = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙")


def binder_setting(job: BinderJob) -> BookSetting:
    """The upright page of the book, for the binder's own pages."""
    options, assessed = job.options, job.assessed
    print_options = PrintOptions(
        paper="a4-portrait",
        font=options.font,
        thai_digits=options.thai_digits,
        kept_words=assessed.kept_words,
        margins_mm=(25.0, 20.0, 22.0, 18.0),
    )

    @cache
    def image(name: str) -> bytes | None:
        if name != EMBLEM or not job.emblem:
            return None
        try:
            return Path(job.emblem).read_bytes()
        except OSError:
            return None

    return BookSetting(PrintJob(assessed, print_options, image, Steps(1), ()), {})


class _Content:
    """What a `Pen` draws on: as much of a ReportLab canvas as it uses."""

    def __init__(self, volume: VolumeFile | None) -> None:
        self._volume = volume
        self.written: list[str] = []
        self.objects: list[tuple[str, int]] = []

    def addLiteral(self, operators: str) -> None:  # noqa: N802 - ReportLab's name
        self.written.append(operators)

    def drawImage(  # noqa: N802 - ReportLab's name
        self, reader: Any, x: float, y: float, width: float, height: float, *, mask: str
    ) -> None:
        if mask != "auto":
            raise ValueError(f"no such mask: {mask}")
        if self._volume is None:
            raise TypeError("this page was to hold no picture")
        name = f"I{len(self.objects)}"
        self.objects.append((name, _write_image(reader, self._volume)))
        self.written.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")

    @property
    def operators(self) -> bytes:
        return "\n".join(self.written).encode("ascii")


def _write_image(reader: Any, volume: VolumeFile) -> int:
    across, down = reader.getSize()
    samples = reader.getRGBData()
    colours = b"/DeviceGray" if len(samples) == across * down else b"/DeviceRGB"
    clear = getattr(reader, "_dataA", None)
    mask = b""
    if clear is not None:
        number = _write_samples(volume, clear.getRGBData(), (across, down), b"/DeviceGray", b"")
        mask = b"/SMask %d 0 R" % number
    return _write_samples(volume, samples, (across, down), colours, mask)


def _write_samples(
    volume: VolumeFile, samples: bytes, size: tuple[int, int], colours: bytes, mask: bytes
) -> int:
    entries = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s%s"
        b"/Filter/FlateDecode" % (*size, colours, mask)
    )
    return volume.add_stream(entries, zlib.compress(samples))


def own_leaf(page: Page, volume: VolumeFile | None = None) -> Leaf:
    """A page as a leaf. Without a volume it may hold text and rules only."""
    content = _Content(volume)
    pen = Pen(cast("Canvas", content))
    page.draw(pen)
    pen.flush()
    return Leaf((0.0, 0.0, *page.measures.paper), 0, content.operators, tuple(content.objects))


def fonts_of(typesetter: Typesetter) -> bytes:
    """A PDF of one empty page that holds all fonts as far as they were used."""
    canvas = ArchiveCanvas("", "")
    canvas.begin_page((595.28, 841.89), "")
    canvas.showPage()
    fonts_into(canvas.document, typesetter)
    return canvas.finished(Element("Document"))


class Label:
    """Short words on one line, of which only the digits differ from page to page."""

    __slots__ = ("_parts", "size", "width")

    def __init__(
        self, typesetter: Typesetter, words: str, size: float, style: Style = PLAIN
    ) -> None:
        self.size = size
        pieces = [typesetter.piece(token, style) for token in _tokens(words)]
        self._parts = [part for piece in pieces for part in piece.parts]
        self.width = sum(part.width for part in self._parts) * size / 1000
        """In points."""

    def drawn(self, x: float, y: float) -> str:
        """Operators that set it with its baseline at ``y``."""
        operators = [f"BT {x:.2f} {y:.2f} Td"]
        font, body = "", ""
        for part in self._parts:
            wanted = f"/{part.font.resource} {self.size * part.font.relative_size:g} Tf"
            if wanted != font and body:
                operators.append(f"{font} [{body}]TJ")
                body = ""
            font = wanted
            body += part.body
        operators.append(f"{font} [{body}]TJ ET")
        return " ".join(operators).replace("><", "")


def _tokens(words: str) -> list[str]:
    tokens: list[str] = []
    for sign in words:
        if tokens and sign not in _DIGITS and tokens[-1][-1] not in _DIGITS:
            tokens[-1] += sign
        else:
            tokens.append(sign)
    return tokens
