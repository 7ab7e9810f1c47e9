"""The TrueType program a PDF embeds: one glyph a code, plain, shifted or put together from several."""

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from esa_desktop.report.font_files import FontFace

Component = tuple[int, int, int]
"""Glyph of the face, and its shift right and up in font units."""

_Numbering = Callable[[int], int]

_MORE: Final = 0x0020
_WORDS: Final = 0x0001
_OFFSETS: Final = 0x0002
_SCALES: Final = {0x0008: 2, 0x0040: 4, 0x0080: 8}
_INSTRUCTIONS: Final = 0x0100


class _Outlines:
    """The glyphs of a face as bytes, without hints."""

    def __init__(self, face: FontFace) -> None:
        self._glyf = face.table("glyf")
        loca = face.table("loca")
        (long,) = struct.unpack_from(">h", face.table("head"), 50)
        count = face.glyph_count + 1
        if long:
            self._places: Sequence[int] = struct.unpack_from(f">{count}L", loca)
        else:
            self._places = [2 * place for place in struct.unpack_from(f">{count}H", loca)]

    def glyph(self, index: int) -> bytes:
        return self._glyf[self._places[index] : self._places[index + 1]]


def build_font_program(face: FontFace, glyphs: Sequence[tuple[Sequence[Component], int]]) -> bytes:
    """A font whose glyph N shows ``glyphs[N]``: components and advance, in font units.

    Components that are not shifted and stand alone are copied; others become composite glyphs
    that refer to copies behind the last code, so outlines are never recomputed. Hints go:
    the control programs they need are not worth their size on paper.
    """
    source = _Outlines(face)
    extra: dict[int, int] = {}  # glyph of the face -> its number behind the codes

    def number_of(glyph: int) -> int:
        return extra.setdefault(glyph, len(glyphs) + len(extra))

    programs: list[bytes] = []
    for components, _ in glyphs:
        if len(components) == 1 and components[0][1:] == (0, 0):
            programs.append(_without_hints(source.glyph(components[0][0]), number_of))
        else:
            programs.append(_composite(source, components, number_of))
    advances = [advance for _, advance in glyphs]
    while len(programs) < len(glyphs) + len(extra):
        # A copied composite may ask for further copies: the dictionary grows while it is walked.
        glyph = list(extra)[len(programs) - len(glyphs)]
        programs.append(_without_hints(source.glyph(glyph), number_of))
        advances.append(face.advances[glyph])
    return _assemble(face, programs, advances)


def _without_hints(program: bytes, number_of: _Numbering) -> bytes:
    if len(program) < 12:
        return b""
    (contours,) = struct.unpack_from(">h", program)
    if contours >= 0:
        at = 10 + 2 * contours
        (length,) = struct.unpack_from(">H", program, at)
        return program[:at] + b"\0\0" + program[at + 2 + length :]
    parts = [program[:10]]
    at = 10
    flags = _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">2H", program, at)
        size = 4 if flags & _WORDS else 2
        size += next((length for flag, length in _SCALES.items() if flags & flag), 0)
        head = struct.pack(">2H", flags & ~_INSTRUCTIONS, number_of(glyph))
        parts.append(head + program[at + 4 : at + 4 + size])
        at += 4 + size
    return b"".join(parts)


def _composite(source: _Outlines, components: Iterable[Component], number_of: _Numbering) -> bytes:
    boxes = []
    records = []
    for glyph, right, up in components:
        outline = source.glyph(glyph)
        if len(outline) < 12:
            continue  # a blank has no outline to place
        left, bottom, far, top = struct.unpack_from(">4h", outline, 2)
        boxes.append((left + right, bottom + up, far + right, top + up))
        records.append((number_of(glyph), right, up))
    if not records:
        return b""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    parts = [struct.pack(">5h", -1, min(lefts), min(bottoms), max(rights), max(tops))]
    for place, (number, right, up) in enumerate(records):
        flags = _WORDS | _OFFSETS | (_MORE if place + 1 < len(records) else 0)
        parts.append(struct.pack(">2H2h", flags, number, right, up))
    return b"".join(parts)


def _assemble(face: FontFace, programs: Sequence[bytes], advances: Sequence[int]) -> bytes:
    count = len(programs)
    glyf = bytearray()
    places = [0]
    metrics = bytearray()
    for program, advance in zip(programs, advances, strict=True):
        glyf += program + b"\0" * (-len(program) % 4)
        places.append(len(glyf))
        left = struct.unpack_from(">h", program, 2)[0] if program else 0
        metrics += struct.pack(">Hh", max(advance, 0), left)
    head = bytearray(face.table("head"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(face.table("hhea"))
    struct.pack_into(">H", hhea, 34, count)
    tables = {
        b"glyf": bytes(glyf),
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"hmtx": bytes(metrics),
        b"loca": struct.pack(f">{count + 1}L", *places),
        b"maxp": _limits(face.table("maxp"), count),
    }
    return _sfnt(tables)


def _limits(maxp: bytes, count: int) -> bytes:
    limits = list(struct.unpack_from(">L14H", maxp.ljust(32, b"\0")))
    points = max(limits[2], limits[4], 1)
    contours = max(limits[3], limits[5], 1)
    limits[1] = count
    limits[4], limits[5] = min(points * 4, 0xFFFF), min(contours * 4, 0xFFFF)
    limits[6:13] = [1, 0, 0, 0, 0, 0, 0]
    limits[13], limits[14] = max(limits[13], 8), max(limits[14], 1) + 2
    return struct.pack(">L14H", *limits)


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """The tables with their directory, checksums included."""
    power = 1
    while power * 2 <= len(tables):
        power *= 2
    steps = power.bit_length() - 1
    out = bytearray(
        struct.pack(">L4H", 0x00010000, len(tables), power * 16, steps, (len(tables) - power) * 16)
    )
    offset = len(out) + 16 * len(tables)
    body = bytearray()
    head = 0
    for tag, table in sorted(tables.items()):
        at = offset + len(body)
        head = at if tag == b"head" else head
        out += struct.pack(">4s3L", tag, _checksum(table), at, len(table))
        body += table + b"\0" * (-len(table) % 4)
    out += body
    struct.pack_into(">L", out, head + 8, (0xB1B0AFBA - _checksum(bytes(out))) & 0xFFFFFFFF)
    return bytes(out)


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}L", padded))
    return total & 0xFFFFFFFF
