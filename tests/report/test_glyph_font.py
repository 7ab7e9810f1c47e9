import io

import pytest
import uharfbuzz
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from esa_desktop.report.font_program import build_font_program
from esa_desktop.report.fonts import typeface
from esa_desktop.report.glyph_font import GlyphFont

STACKS = ["ที่", "ผู้", "ป่า", "น้ำ", "กำ", "ปั๊ม", "ฟื้น", "ญู", "ฐุ", "ศักดิ์", "เก็บ", "ฤๅ", "อู่", "ซื้อ"]


@pytest.fixture(params=["TH Sarabun New", "Sarabun"])
def font(request: pytest.FixtureRequest) -> GlyphFont:
    return GlyphFont(typeface(request.param).face(), "G1")


def codes(body: str) -> list[int]:
    return [
        int(hexes[at : at + 4], 16)
        for piece in body.split("<")[1:]
        for hexes in [piece.split(">")[0]]
        for at in range(0, len(hexes), 4)
    ]


@pytest.mark.parametrize("text", [*STACKS, "Online (KM) 12.5%", "f i ffi AV To", "ฯลฯ “ก” – …"])
def test_codes_say_exactly_what_was_typed(font: GlyphFont, text: str) -> None:
    shaped = font.shape(text)
    assert "".join(font._texts[code] for code in codes(shaped.body)) == text
    assert all(font._texts[code] for code in codes(shaped.body))


@pytest.mark.parametrize("text", STACKS)
def test_a_stack_is_drawn_where_the_shaper_puts_it(font: GlyphFont, text: str) -> None:
    """The baked outlines have the ink that shaping with offsets would give."""
    shaped = font.shape(text)
    program = TTFont(io.BytesIO(_program(font)))
    face, upem = font.face, font.face.upem
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    shaper = face.shaping_font()
    uharfbuzz.shape(shaper, buffer)
    expected = []
    pen = 0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        extents = shaper.get_glyph_extents(glyph.codepoint)
        left = pen + place.x_offset + extents.x_bearing
        top = place.y_offset + extents.y_bearing
        expected.append((left, top + extents.height, left + extents.width, top))
        pen += place.x_advance
    drawn = []
    x = 0.0
    glyphs = program.getGlyphSet()
    for code in codes(shaped.body):
        name = program.getGlyphName(code)
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, bottom, right, top = bounds.bounds
        drawn.append((left + x, bottom, right + x, top))
        x += glyphs[name].width
    assert _union(drawn) == pytest.approx(_union(expected), abs=2)
    assert shaped.width == pytest.approx(pen * 1000 / upem, abs=0.5)


def _union(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _program(font: GlyphFont) -> bytes:
    k = 1000 / font.face.upem
    return build_font_program(
        font.face, [(parts, round(width / k)) for parts, width in font._glyphs]
    )


def test_the_font_program_is_sound(font: GlyphFont) -> None:
    for text in STACKS:
        font.shape(text)
    font.shape("áéíÅçñ")  # composites in the face itself
    program = TTFont(io.BytesIO(_program(font)), checkChecksums=2)
    assert set(program.keys()) >= {"glyf", "loca", "head", "hhea", "hmtx", "maxp"}
    for name in program.getGlyphOrder():
        program["glyf"][name].getCoordinates(program["glyf"])
    assert len(_program(font)) < 40_000


def test_two_documents_share_nothing(font: GlyphFont) -> None:
    other = GlyphFont(font.face, "G1")
    font.shape("ก่อน")
    assert other.shape("ข").body == "<0001>"


def test_a_replacement_copies_as_the_character_itself(font: GlyphFont) -> None:
    shaped = font.replacement("漢字")
    assert [font._texts[code] for code in codes(shaped.body)] == ["漢", "字"]
    assert shaped.width > 0
    mark = font.shape("?")
    assert font._glyphs[codes(shaped.body)[0]][0] == font._glyphs[codes(mark.body)[0]][0]
