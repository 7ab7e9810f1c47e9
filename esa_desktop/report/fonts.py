"""Typefaces by name: four styles, one size against another, and the room their lines need."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from esa_desktop.domain.errors import ReportError
from esa_desktop.paths import fonts_folder
from esa_desktop.report.font_files import (
    REQUIRED_THAI,
    FontFace,
    FontFile,
    coverage,
    font_face,
    installed_fonts,
)

DEFAULT_TYPEFACE: Final = "TH Sarabun New"
SECOND_TYPEFACE: Final = "Sarabun"
NOMINAL_SIZE: Final = 16.0
"""Points of TH Sarabun New in which every size of a report is given."""

_SAMPLE: Final = "สำนักงานเขตพื้นที่การศึกษา มีการดำเนินการตามประเด็นการพิจารณาครบทุกข้อ ปีงบประมาณ ๒๕๕๗"
_HIGH: Final = [base + above + tone for base in "ปฝฟฬสก" for above in "ิีึืั" for tone in "่้๊๋"] + [
    base + "็" for base in "ปฝฟฬ"
]
_LOW: Final = [base + below for base in "กญฐฎฏฤปฟ" for below in "ฺุู"] + ["ฤ", "ฎ", "ฏ"]


@dataclass(frozen=True, slots=True)
class LineMeasures:
    """Room for lines, as parts of the size (em), so that no stack of marks is cut or touched."""

    ascent: float
    """From the top of a line down to its baseline."""
    body: float
    """Line height of text."""
    title: float
    table: float
    """Line height inside a table of the text."""


@dataclass(frozen=True)
class Typeface:
    """A family in up to four styles; a missing style is set in the nearest that exists."""

    name: str
    styles: Mapping[tuple[bool, bool], FontFace]
    """By (bold, italic); the regular style is always there."""
    relative_size: float
    """Size at which it runs as wide as TH Sarabun New of size 1."""
    measures: LineMeasures
    title_size: float = 18 / 16
    table_size: float = 15 / 16
    small_size: float = 13 / 16

    def face(self, *, bold: bool = False, italic: bool = False) -> FontFace:
        for style in ((bold, italic), (bold, False), (False, italic)):
            if style in self.styles:
                return self.styles[style]
        return self.styles[False, False]


_SHIPPED: Final = {DEFAULT_TYPEFACE: "THSarabunNew", SECOND_TYPEFACE: "Sarabun"}
_STYLE_NAMES: Final = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}
# Measured once: ink of TH Sarabun New +0.844/-0.457 em, of Sarabun +1.289/-0.559 em. Word's single
# line of TH Sarabun New is 1.33 em; 1.30 and 1.85 em are the least at which stacks cannot touch.
_KNOWN_MEASURES: Final = {
    DEFAULT_TYPEFACE: LineMeasures(0.86, 21.0 / 16, 25.0 / 18, 19.5 / 15),
    SECOND_TYPEFACE: LineMeasures(1.30, 19.8 / 10.5, 23.0 / 11.8, 18.3 / 9.8),
}


@lru_cache(maxsize=16)
def typeface(name: str) -> Typeface:
    """A typeface the program brings along, or any installed Thai one; ``ReportError`` for others."""
    if name in _SHIPPED:
        return _shipped_typeface(name)
    wanted = name.strip().casefold()
    for shipped in _SHIPPED:
        if wanted == shipped.casefold():
            return typeface(shipped)
    files = _files_of(wanted)
    if not files:
        installed_fonts.cache_clear()  # perhaps it was installed a minute ago
        files = _files_of(wanted)
    if not files:
        raise ReportError(f"ไม่พบแบบอักษร “{name}” ในเครื่องนี้ กรุณาเลือกแบบอักษรอื่น เช่น {DEFAULT_TYPEFACE}")
    return _installed_typeface(name, files)


def _files_of(family: str) -> list[FontFile]:
    return [f for f in installed_fonts() if family in (name.casefold() for name in f.families)]


def thai_typefaces() -> list[str]:
    """Names a person can choose from: the two shipped ones first, then what is installed and fit.

    Looks into every font of the computer the first time: not for the thread of the window.
    """
    names: dict[str, None] = dict.fromkeys(_SHIPPED)
    for file in installed_fonts():
        if file.families and file.outlines and file.embeddable and not file.italic:
            known = names.keys() & {file.families[0]}
            if not known and coverage(file.path, file.index) >= REQUIRED_THAI:
                names[file.families[0]] = None
    return list(names)


def _shipped_typeface(name: str) -> Typeface:
    styles = {}
    for style, suffix in _STYLE_NAMES.items():
        path = fonts_folder() / f"{_SHIPPED[name]}-{suffix}.ttf"
        if path.is_file():
            styles[style] = font_face(path)
    if (False, False) not in styles:
        raise ReportError(f"ไม่พบไฟล์แบบอักษร {name} ของโปรแกรม กรุณาติดตั้งโปรแกรมใหม่")
    small = name == SECOND_TYPEFACE
    if not small:
        return Typeface(name, styles, 1.0, _KNOWN_MEASURES[name])
    return Typeface(
        name, styles, 10.5 / 16, _KNOWN_MEASURES[name], 11.8 / 10.5, 9.8 / 10.5, 8.7 / 10.5
    )


def _installed_typeface(name: str, files: Iterable[FontFile]) -> Typeface:
    usable = [f for f in files if f.outlines and f.embeddable]
    if not usable:
        reason = (
            "ไม่อนุญาตให้ฝังในไฟล์ PDF"
            if any(f.outlines for f in files)
            else "ไม่ใช่ชนิด TrueType ซึ่งโปรแกรมฝังในไฟล์ PDF ได้"
        )
        raise ReportError(f"แบบอักษร “{name}” {reason} กรุณาเลือกแบบอักษรอื่น เช่น {DEFAULT_TYPEFACE}")
    styles: dict[tuple[bool, bool], FontFace] = {}
    for style in _STYLE_NAMES:
        weight = 700 if style[0] else 400
        fitting = [f for f in usable if (f.bold, f.italic) == style]
        if fitting:
            best = min(fitting, key=lambda f: abs(f.weight - weight))
            styles[style] = font_face(best.path, best.index)
    regular = styles.setdefault((False, False), next(iter(styles.values())))
    if not regular.covered >= REQUIRED_THAI:
        raise ReportError(
            f"แบบอักษร “{name}” ไม่มีอักษรไทยครบทุกตัว กรุณาเลือกแบบอักษรอื่น เช่น {DEFAULT_TYPEFACE}"
        )
    pattern = typeface(DEFAULT_TYPEFACE).face()
    return Typeface(
        name,
        styles,
        _sample_width(pattern) / _sample_width(regular),
        line_measures(styles.values()),
    )


_FALLBACK_ORDER: Final = (
    "Segoe UI Symbol",
    "Segoe UI",
    "Segoe UI Emoji",
    "DejaVu Sans",
    "Noto Sans",
    "Microsoft YaHei",
    "MS Gothic",
    "Malgun Gothic",
    "SimSun",
)
"""Faces that have what Thai faces lack; anything else installed comes after them."""


@lru_cache(maxsize=4096)
def fallback_face(sign: str) -> FontFace | None:
    """An embeddable face for a character the chosen typeface lacks; ``None`` where there is none."""
    for name in _SHIPPED:
        face = typeface(name).face()
        if sign in face.covered:
            return face
    if unicodedata.category(sign) == "Co":
        return None  # private use: every font means another sign by it
    ranks = {name: rank for rank, name in enumerate(_FALLBACK_ORDER)}
    usable = [f for f in installed_fonts() if f.outlines and f.embeddable and f.families]
    usable.sort(key=lambda f: (ranks.get(f.families[0], len(ranks)), f.bold, f.italic, f.path))
    for file in usable:
        if sign in coverage(file.path, file.index):
            return font_face(file.path, file.index)
    return None


def capital_height(face: FontFace) -> float:
    """Height of a Latin capital in em: by it sizes of unlike faces are matched."""
    font = face.shaping_font()
    glyph = font.get_nominal_glyph(ord("H"))
    extents = font.get_glyph_extents(glyph) if glyph else None
    return float(extents.y_bearing / face.upem) if extents is not None else 0.72


def _sample_width(face: FontFace) -> float:
    from esa_desktop.report.glyph_font import GlyphFont

    return GlyphFont(face, "sample").shape(_SAMPLE).width


def line_measures(faces: Iterable[FontFace]) -> LineMeasures:
    """Measures from the ink of the tallest and deepest Thai stacks of the given styles."""
    inks = [_ink(face) for face in faces]
    up, down = max(ink[0] for ink in inks), max(ink[1] for ink in inks)
    ascent = up + 0.015
    least = ascent + down + 0.01
    return LineMeasures(ascent, least, least * 1.04, least)


def _ink(face: FontFace) -> tuple[float, float]:
    """How far the worst stacks reach above and below the baseline, in em."""
    import uharfbuzz

    font = face.shaping_font()
    up = down = 0
    for stack in [*_HIGH, *_LOW]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(stack)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            extents = font.get_glyph_extents(glyph.codepoint)
            if extents is not None:
                top = extents.y_bearing + place.y_offset
                up, down = max(up, top), max(down, -(top + extents.height))
    return up / face.upem, down / face.upem
