"""What the program brings along: fonts, words, editions of the standards, licences. No step needs another."""

import json
import sys
from pathlib import Path
from typing import Final

from esa_desktop.paths import (
    fonts_folder,
    is_frozen,
    licences_folder,
    program_folder,
    resources_folder,
    thai_library,
)
from esa_desktop.self_test.workshop import Step, Workshop, expect
from esa_desktop.services.frameworks import read_edition, shipped_frameworks, write_edition
from esa_desktop.services.manual import help_folder, picture_bytes, read_manual, render_manual

FONTS: Final = (
    *(f"EsaUI-{style}" for style in ("Regular", "SemiBold")),
    *(f"Sarabun-{style}" for style in ("Bold", "BoldItalic", "Italic", "Regular", "SemiBold")),
    *(f"THSarabunNew-{style}" for style in ("Bold", "BoldItalic", "Italic", "Regular")),
)
EDITIONS: Final = ("obec-2557", "obec-2560")
KNOWN: Final = "การบริหารจัดการองค์การสู่ความเป็นเลิศของสำนักงานเขตพื้นที่การศึกษา"
KNOWN_ENDS: Final = (3, 9, 15, 22, 25, 29, 33, 37, 40, 48, 51, 58, 61)
"""Where libthai 0.1.29 with its own dictionary ends the words of `KNOWN`."""
LINES: Final = (
    KNOWN,
    "คณะกรรมการติดตามตรวจสอบประเมินผลและนิเทศการศึกษา",
    "ส่งเสริมสนับสนุนให้สถานศึกษาจัดกระบวนการเรียนรู้ที่เน้นผู้เรียนเป็นสำคัญ",
    "ผู้อำนวยการกลุ่มนโยบายและแผนรายงานผลการดำเนินงานประจำปีงบประมาณ",
)
SYSTEM_LICENCES: Final = ("LICENSE", "fonts/Sarabun-OFL.txt", "fonts/THSarabunNew-LICENSE.txt")
"""What a checkout has of them; a bundle has an index of all."""


class Shipped:
    def __init__(self, shop: Workshop) -> None:
        self._folder = shop.folder

    def steps(self) -> list[Step]:
        return [
            ("แบบอักษรและการวางสระวรรณยุกต์", self.fonts),
            ("ตัดคำไทยบนจอตรงกับบนกระดาษ", self.words),
            ("ฉบับมาตรฐานที่มากับโปรแกรม", self.editions),
            ("ฉบับมาตรฐานเป็น Excel และ .toml ไปกลับได้ครบ", self.exchange),
            ("สัญญาอนุญาต", self.licences),
            ("หน้าวิธีใช้และคู่มือสำหรับพิมพ์", self.help),
        ]

    def fonts(self) -> None:
        """Every file is there, has all Thai letters, and marks are put where they belong."""
        from esa_desktop.report.font_files import REQUIRED_THAI, font_face
        from esa_desktop.report.glyph_font import GlyphFont

        for name in FONTS:
            path = fonts_folder() / f"{name}.ttf"
            expect(path.is_file(), f"font missing: {path.name}")
            face = font_face(path)
            expect(face.covered >= REQUIRED_THAI, f"letters missing in {path.name}")
            font = GlyphFont(face, "F")
            widths = [font.shape(text).width for text in ("ท", "ที่", "ป", "ป้")]
            flat = widths[0] == widths[1] and widths[2] == widths[3]
            expect(flat, f"marks take room of their own in {path.name}")
            # The tone over ป stands further left than that over ก, off the stem of the letter.
            low, tall = (font.shape(text).body[5:9] for text in ("ก้", "ป้"))
            expect(low != tall, f"marks are not placed in {path.name}")

    def words(self) -> None:
        from esa_desktop.report.thai_library import opened_library
        from esa_desktop.report.word_engines import LibThaiBreaker

        try:
            library = opened_library()
        except OSError:
            if is_frozen():
                raise
            return  # a checkout on a machine without: lines break at blanks, as its README says
        breaker = LibThaiBreaker()
        expect(tuple(breaker.word_ends(KNOWN)) == KNOWN_ENDS, "other words than libthai's")
        for line in LINES:
            same = ends_on_screen(line) == [*breaker.word_ends(line), len(line)]
            expect(same, "the words on screen are not those on paper")
        if is_frozen():
            expect(_is_only(library._handle), "another libthai than the bundled one is loaded")  # noqa: SLF001

    def editions(self) -> None:
        found = {edition.id: edition for edition in shipped_frameworks()}
        for name in EDITIONS:
            expect(name in found, f"edition missing: {name}")
            expect(found[name].standards, f"edition empty: {name}")

    def exchange(self) -> None:
        for edition in shipped_frameworks():
            for ending in (".xlsx", ".toml"):
                path = self._folder / f"มาตรฐาน {edition.id}{ending}"
                write_edition(edition, path)
                read = read_edition(path, edition)
                expect(read.standards == edition.standards, f"{edition.id}{ending} reads otherwise")

    def licences(self) -> None:
        folder = licences_folder()
        if folder is None:
            texts = [program_folder() / name for name in SYSTEM_LICENCES]
            texts += sorted((resources_folder() / "licences").glob("*.txt"))
        else:
            index = json.loads((folder / "index.json").read_text("utf-8"))
            expect(all(entry["files"] for entry in index), "a library without a licence")
            texts = [folder / name for entry in index for name in entry["files"]]
        expect(texts, "no licences")
        for text in texts:
            expect(text.is_file() and text.stat().st_size, f"licence missing: {text.name}")

    def help(self) -> None:
        """Every page with its pictures; the first of them set for paper."""
        manual = read_manual(help_folder())
        expect(len(manual.pages) > 1, "no help pages")
        named = [reference for page in manual.pages for reference in page.references]
        for reference in named:
            target = reference.target
            if reference.is_picture:
                expect(picture_bytes(help_folder(), target), f"picture missing: {target}")
            else:
                expect(manual.page(target), f"help page missing: {target}")
        printed = render_manual(pages=[manual.pages[0].id])
        expect(printed.pages and printed.content.startswith(b"%PDF-"), "the manual is not set")
        expect(not printed.unknown_characters, "letters missing in the manual")


def ends_on_screen(text: str) -> list[int]:
    """Where Qt would end a line, the end of the text included."""
    from PySide6.QtCore import QTextBoundaryFinder

    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    ends: list[int] = []
    while (end := finder.toNextBoundary()) > 0:
        ends.append(end)
    return ends


def _is_only(handle: int) -> bool:
    """Whether the library Qt finds by its name is the one that was loaded by its path."""
    bundled = thai_library()
    if bundled is None:
        return False
    if sys.platform == "win32":
        import ctypes

        find = ctypes.windll.kernel32.GetModuleHandleW
        find.restype = ctypes.c_void_p
        return bool(find("thai") == handle)
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        return True
    lines = (line.split(maxsplit=5) for line in maps.read_text("utf-8").splitlines())
    loaded = {line[5] for line in lines if len(line) == 6 and "/libthai.so" in line[5]}
    return all(Path(name).samefile(bundled) for name in loaded) and bool(loaded)
