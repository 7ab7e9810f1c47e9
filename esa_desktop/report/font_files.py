"""TrueType files: what a font file holds, which ones are installed, and whether one may go into a PDF."""

import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import uharfbuzz

REQUIRED_THAI: Final = frozenset(
    map(
        chr,
        [
            *range(0x0E01, 0x0E2F),
            *range(0x0E30, 0x0E3A),
            *range(0x0E40, 0x0E4E),
            *range(0x0E50, 0x0E5A),
        ],
    )
) - set("ฃฅฦ")
"""Letters, vowels, marks and digits an office writes; obsolete letters are missing in good fonts."""

_RESTRICTED: Final = 0x0002
_NO_SUBSET: Final = 0x0100
_BITMAP_ONLY: Final = 0x0200


@dataclass(frozen=True, slots=True)
class FontFile:
    """Where a face lies, by which names it is asked for, and which style it is."""

    path: Path
    index: int
    """Place inside a collection (``.ttc``); 0 in a plain file."""
    families: tuple[str, ...]
    bold: bool
    italic: bool
    weight: int
    outlines: bool
    """Whether it has TrueType outlines, the only kind this program embeds."""
    embeddable: bool
    """Whether its maker allows a subset of it inside a PDF."""


class FontFace:
    """One face, read once and never changed: tables, widths, coverage. Shared by all documents."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self._face = uharfbuzz.Face(path.read_bytes(), index)
        self.upem: int = self._face.upem
        self.glyph_count: int = self._face.glyph_count

    def table(self, tag: str) -> bytes:
        """A table of the file; empty where it has none."""
        found: bytes = self._face.reference_table(tag).data or b""
        return found

    def shaping_font(self) -> "uharfbuzz.Font":
        """A shaper of one document's own, in font units."""
        return uharfbuzz.Font(self._face)

    @cached_property
    def covered(self) -> frozenset[str]:
        """The characters the face has a glyph for."""
        return frozenset(map(chr, self._face.unicodes))

    @cached_property
    def postscript_name(self) -> str:
        name = self._face.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font"
        return "".join(sign for sign in name if sign.isascii() and (sign.isalnum() or sign in "-_"))

    @cached_property
    def advances(self) -> list[int]:
        """Advance of every glyph in font units."""
        font = self.shaping_font()
        return [font.get_glyph_h_advance(glyph) for glyph in range(self.glyph_count)]

    @cached_property
    def bounds(self) -> tuple[int, int, int, int]:
        """The box around all glyphs in font units: left, bottom, right, top."""
        left, bottom, right, top = struct.unpack_from(">4h", self.table("head"), 36)
        return left, bottom, right, top

    @cached_property
    def ascent_descent(self) -> tuple[int, int]:
        ascent, descent = struct.unpack_from(">2h", self.table("hhea"), 4)
        return ascent, descent

    @cached_property
    def is_bold(self) -> bool:
        return _weight(self.table("OS/2")) >= 600

    @cached_property
    def italic_angle(self) -> float:
        post = self.table("post")
        return float(struct.unpack_from(">l", post, 4)[0] / 65536) if len(post) >= 8 else 0.0

    @cached_property
    def underline(self) -> tuple[float, float]:
        """Middle and thickness of an underline, as parts of the size; the middle is below zero."""
        post = self.table("post")
        position, thickness = struct.unpack_from(">2h", post, 8) if len(post) >= 12 else (0, 0)
        if not thickness:
            return -0.12, 0.05
        return (position - thickness / 2) / self.upem, thickness / self.upem


@lru_cache(maxsize=512)
def coverage(path: Path, index: int = 0) -> frozenset[str]:
    """The characters of a face, without keeping its file in memory."""
    blob = uharfbuzz.Blob.from_file_path(str(path))
    return frozenset(map(chr, uharfbuzz.Face(blob, index).unicodes))


@lru_cache(maxsize=64)
def font_face(path: Path, index: int = 0) -> FontFace:
    """The face in a file, read once a session."""
    return FontFace(path, index)


def font_folders() -> list[Path]:
    """Where this system and this user keep fonts, as far as the folders exist."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        folders = [
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            local / "Microsoft" / "Windows" / "Fonts",
        ]
    else:
        shared = os.environ.get("XDG_DATA_HOME", str(home / ".local" / "share"))
        folders = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            Path(shared) / "fonts",
            home / ".fonts",
        ]
    return [folder for folder in folders if folder.is_dir()]


@lru_cache(maxsize=1)
def installed_fonts() -> tuple[FontFile, ...]:
    """Every TrueType and OpenType face found, in the order of their paths. Read once a session."""
    return tuple(file for folder in font_folders() for file in fonts_in(folder))


def fonts_in(folder: Path) -> Iterator[FontFile]:
    """The faces below a folder; what cannot be read is passed over."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".ttf", ".otf", ".ttc"}:
            try:
                yield from read_font_file(path)
            except (OSError, struct.error, UnicodeDecodeError):
                continue


def read_font_file(path: Path) -> list[FontFile]:
    """The faces of one file, read from its directory and two small tables only."""
    with path.open("rb") as stream:
        if stream.read(4) == b"ttcf":
            _, count = struct.unpack(">2L", stream.read(8))
            starts = struct.unpack(f">{count}L", stream.read(4 * min(count, 64)))
        else:
            starts = (0,)
        faces = []
        for index, start in enumerate(starts):
            stream.seek(start + 4)
            (tables,) = struct.unpack(">H6x", stream.read(8))
            directory = stream.read(16 * tables)
            places = {
                directory[at : at + 4]: struct.unpack_from(">2L", directory, at + 8)
                for at in range(0, len(directory), 16)
            }

            def read(tag: bytes, places: dict[bytes, tuple[int, ...]] = places) -> bytes:
                offset, length = places.get(tag, (0, 0))
                stream.seek(offset)
                return stream.read(min(length, 1 << 20))

            os2 = read(b"OS/2")
            selection = struct.unpack_from(">H", os2, 62)[0] if len(os2) >= 64 else 0
            families = tuple(dict.fromkeys(_names(read(b"name"))))
            weight = _weight(os2)
            faces.append(
                FontFile(
                    path,
                    index,
                    families,
                    bold=bool(selection & 0x20) or weight >= 600,
                    italic=bool(selection & 0x201),
                    weight=weight,
                    outlines=b"glyf" in places and b"loca" in places,
                    embeddable=_embeddable(os2),
                )
            )
        return faces


def _weight(os2: bytes) -> int:
    return int(struct.unpack_from(">H", os2, 4)[0]) if len(os2) >= 6 else 400


def _embeddable(os2: bytes) -> bool:
    """By fsType of the OpenType specification: restricted, unsubsettable and bitmap-only are out."""
    if len(os2) < 10:
        return True
    fs_type = struct.unpack_from(">H", os2, 8)[0]
    restricted = fs_type & 0x000F == _RESTRICTED
    return not (restricted or fs_type & (_NO_SUBSET | _BITMAP_ONLY))


def _names(name: bytes) -> Iterator[str]:
    """Family, full and typographic family names in every language of the file."""
    if len(name) < 6:
        return
    count, strings = struct.unpack_from(">2H", name, 2)
    for record in range(count):
        platform, encoding, _, kind, length, offset = struct.unpack_from(
            ">6H", name, 6 + 12 * record
        )
        if kind not in {1, 4, 16}:
            continue
        raw = name[strings + offset : strings + offset + length]
        if platform in {0, 3}:
            yield raw.decode("utf-16-be", "replace")
        elif platform == 1 and encoding == 0:
            yield raw.decode("mac-roman")
