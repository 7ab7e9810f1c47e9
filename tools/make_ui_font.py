"""Make ``Esa UI``, the interface's copy of Sarabun with a box tall enough for Thai marks.

Sarabun reserves 1.068 em above the line and 0.232 em below it, while the ink of ที่ ป้ำ and of
ญู ฐุ needs more. Whatever cuts a text at the font's own box, as Qt's labels, tabs and table cells
do, then cuts marks off. Here the box alone is changed. Outlines, advances and shaping stay, and
so does the licence, which also asks that a changed font lose any *reserved* name; Sarabun reserves
none, and the copy is renamed all the same so that nobody takes it for the original.

    python -m tools.make_ui_font      # rewrites fonts/EsaUI-*.ttf; same input, same bytes
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FAMILY = "Esa UI"
STYLES = {"Regular": "Regular", "SemiBold": "SemiBold"}
ASCENT, DESCENT = 1.28, 0.55
USE_TYPO_METRICS = 1 << 7

# Entries of a font's name table: https://learn.microsoft.com/typography/opentype/spec/name
DESCRIPTION = 10
DROPPED = {7, 11, 12}  # trademark and addresses: the makers of Sarabun do not answer for this one


def set_box(font: TTFont) -> None:
    """Say the same in all three places, since each system reads another one."""
    em = font["head"].unitsPerEm
    ascent, descent = round(ASCENT * em), round(DESCENT * em)
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = ascent, -descent, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, -descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, descent
    os2.version = max(os2.version, 4)  # the first in which the next flag has its meaning
    os2.fsSelection |= USE_TYPO_METRICS


def rename(font: TTFont, style: str) -> None:
    name = font["name"]
    name.names = [record for record in name.names if record.nameID not in DROPPED]
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    plain = style in {"Regular", "Bold"}  # styles which the old four-style naming can express
    texts: dict[int, str | None] = {
        1: FAMILY if plain else f"{FAMILY} {style}",
        2: style if plain else "Regular",
        3: f"1.000;{postscript}",
        4: f"{FAMILY} {style}",
        5: "Version 1.000",
        6: postscript,
        DESCRIPTION: f"Sarabun {style} with ascent {ASCENT} em and descent {DESCENT} em",
        16: None if plain else FAMILY,
        17: None if plain else style,
    }
    for key, text in texts.items():
        name.removeNames(nameID=key)
        if text is not None:
            name.setName(text, key, 3, 1, 0x409)
    # The old Macintosh records would otherwise still carry the old name.
    name.names = [record for record in name.names if record.platformID == 3]


def make(source: Path, target: Path, style: str) -> None:
    # Times are kept from the original, so the same input always gives the same bytes.
    font: Any = TTFont(source, recalcTimestamp=False)
    set_box(font)
    rename(font, style)
    if "DSIG" in font:  # a signature over the unchanged file
        del font["DSIG"]
    font.save(target, reorderTables=True)


def main() -> None:
    for source, style in STYLES.items():
        target = FONTS / f"EsaUI-{style}.ttf"
        make(FONTS / f"Sarabun-{source}.ttf", target, style)
        print(target.name, target.stat().st_size)


if __name__ == "__main__":
    main()
