"""Shaped Thai glyphs as a PDF font whose every code carries the text it stands for.

A code is a glyph (or several, put together) plus the characters typed for it. Offsets that
shaping gives are baked into the outlines, so pages hold no raised or backed-up signs, and copied
text is the typed text in every reader. One object a document: nothing leaks into the next.
"""

import hashlib
import struct
from typing import Any, Final, NamedTuple

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from esa_desktop.report.font_files import FontFace
from esa_desktop.report.font_program import Component, build_font_program
from esa_desktop.report.streams import Stream

_MOST_CODES: Final = 0xFFFF
REPLACEMENT: Final = "?"


class Shaped(NamedTuple):
    """A piece of text ready for a page."""

    width: float
    """In thousandths of the size."""
    body: str
    """Operands of ``TJ``: hexadecimal strings and kerns, in the font's own thousandths."""


class GlyphFont:
    """One face in one document, addressed by codes that are given out as text is shaped."""

    def __init__(self, face: FontFace, resource: str, relative_size: float = 1.0) -> None:
        self.face = face
        self.resource = resource
        """Name under which pages refer to it."""
        self.relative_size = relative_size
        """Its size where the text around it has size 1; widths are given for that text."""
        self._font = face.shaping_font()
        self._thousandth = 1000.0 / face.upem
        self._glyphs: list[tuple[tuple[Component, ...], float]] = [((), 500.0)]
        self._texts: list[str] = [""]
        self._codes: dict[tuple[tuple[Component, ...], float, str], int] = {}
        self._shaped: dict[str, Shaped] = {}
        self._singles: dict[tuple[int, int, int, int, str], tuple[str, float]] = {}

    def shape(self, text: str) -> Shaped:
        """The text as codes; every character must be covered by the face or invisible."""
        known = self._shaped.get(text)
        if known is None:
            known = self._shaped[text] = self._shape(text)
        return known

    def replacement(self, text: str) -> Shaped:
        """A visible sign for each character no font has; what is copied is the character itself."""
        glyph = self._font.get_nominal_glyph(ord(REPLACEMENT)) or 0
        width = self.face.advances[glyph] * self._thousandth
        codes = [self._code(((glyph, 0, 0),), width, sign) for sign in text]
        body = "".join(f"{code:04X}" for code in codes)
        return Shaped(width * len(codes) * self.relative_size, f"<{body}>")

    def moves(self, code: int) -> bool:
        """Whether a code takes room of its own: marks do not."""
        return self._glyphs[code][1] > 0

    def text_of(self, codes: str) -> str:
        """What was typed for a string of codes, four hexadecimal digits each."""
        numbers = struct.unpack(f">{len(codes) // 4}H", bytes.fromhex(codes))
        return "\0".join(map(self._texts.__getitem__, numbers))

    def _shape(self, text: str) -> Shaped:
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        if [info.cluster for info in infos] == list(range(len(text))):  # a glyph a character
            drawn = list(map(self._drawn_single, infos, places, text))
        else:
            drawn = self._drawn_clusters(text, infos, places)
        width = 0.0
        for _, advance in drawn:
            width += advance
        body = "".join([operand for operand, _ in drawn])
        return Shaped(width * self.relative_size, f"<{body}>".replace("<>", ""))

    def _drawn_single(self, info: Any, place: Any, sign: str) -> tuple[str, float]:
        key = (info.codepoint, place.x_offset, place.y_offset, place.x_advance, sign)
        known = self._singles.get(key)
        if known is None:
            known = self._singles[key] = self._operand([info], [place], sign)
        return known

    def _operand(self, infos: Any, places: Any, typed: str) -> tuple[str, float]:
        code, drawn, advance = self._glyph_code(infos, places, typed)
        kern = round(drawn - advance, 1)
        return f"{code:04X}" + (f">{kern:g}<" if kern else ""), advance

    def _drawn_clusters(self, text: str, infos: Any, places: Any) -> list[tuple[str, float]]:
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        drawn: list[tuple[str, float]] = []
        at = 0
        while at < len(infos):
            cluster = infos[at].cluster
            after = at + 1
            while after < len(infos) and infos[after].cluster == cluster:
                after += 1
            typed = text[cluster : ends[cluster]]
            if after - at == len(typed):
                drawn += map(self._drawn_single, infos[at:after], places[at:after], typed)
            else:
                drawn.append(self._operand(infos[at:after], places[at:after], typed))
            at = after
        return drawn

    def _glyph_code(self, infos: Any, places: Any, typed: str) -> tuple[int, float, float]:
        """The code, the width it is drawn with and the width shaping wants, in thousandths."""
        if len(infos) == 1:
            glyph, place = infos[0].codepoint, places[0]
            advance = place.x_advance * self._thousandth
            placed = bool(place.x_offset or place.y_offset) or not advance
            drawn = advance if placed else self.face.advances[glyph] * self._thousandth
            components: tuple[Component, ...] = ((glyph, place.x_offset, place.y_offset),)
        else:  # tone + sara am becomes nikhahit, tone, aa: one composite
            pen = 0
            parts = []
            for info, place in zip(infos, places, strict=True):
                parts.append((info.codepoint, pen + place.x_offset, place.y_offset))
                pen += place.x_advance
            components = tuple(parts)
            drawn = advance = pen * self._thousandth
        return self._code(components, drawn, typed), drawn, advance

    def _code(self, components: tuple[Component, ...], width: float, typed: str) -> int:
        key = (components, width, typed)
        code = self._codes.get(key)
        if code is None:
            code = len(self._glyphs)
            if code > _MOST_CODES:
                return 0  # sixty-five thousand different signs: no office writes them
            self._codes[key] = code
            self._glyphs.append((components, width))
            self._texts.append(typed)
        return code

    # --- what ReportLab asks of a font that is only known at the end ------------------------------

    def addObjects(self, document: Any) -> None:  # noqa: N802 - ReportLab's name
        """Write the font into the document; called once, when all text is set."""
        program = build_font_program(
            self.face,
            [(parts, round(width / self._thousandth)) for parts, width in self._glyphs],
        )
        tag = hashlib.sha256(program + repr(self._texts).encode("utf-8", "surrogatepass")).digest()
        base = "".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + self.face.postscript_name
        name = pdfdoc.PDFName(base)
        file = document.Reference(Stream(program, f"/Length1 {len(program)}"))
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([self._descendant(document, name, file)]),
                "ToUnicode": document.Reference(Stream(_unicode_map(self._texts))),
            }
        )
        fonts = document.idToObject["BasicFonts"].dict
        fonts[self.resource] = document.Reference(font, self.resource)

    def _descendant(self, document: Any, name: Any, file: Any) -> Any:
        return document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/CIDFontType2",
                    "BaseFont": name,
                    "FontDescriptor": document.Reference(self._descriptor(name, file)),
                    "DW": 0,
                    "W": self._widths(),
                    "CIDSystemInfo": pdfdoc.PDFDictionary(
                        {
                            "Registry": pdfdoc.PDFString("Adobe"),
                            "Ordering": pdfdoc.PDFString("Identity"),
                            "Supplement": 0,
                        }
                    ),
                    "CIDToGIDMap": "/Identity",
                }
            )
        )

    def _widths(self) -> Any:
        widths = [round(width, 2) for _, width in self._glyphs]
        return pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)])

    def _descriptor(self, name: Any, file: Any) -> Any:
        face, k = self.face, self._thousandth
        ascent, descent = face.ascent_descent
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([round(edge * k) for edge in face.bounds]),
                "ItalicAngle": round(face.italic_angle, 2),
                "Ascent": round(ascent * k),
                "Descent": round(descent * k),
                "CapHeight": round(ascent * k * 0.8),
                "StemV": 140 if face.is_bold else 80,
                "FontFile2": file,
            }
        )


def _unicode_map(texts: list[str]) -> bytes:
    """The ToUnicode map: code to the characters it was typed as, in UTF-16."""
    pairs = [
        f"<{code:04X}> <{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for code, text in enumerate(texts)
        if text
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
