"""Draws what Windows shows before it lets a new program start, from plain shapes: no screenshots.

``python -m tools.installing.drawings DIR`` writes the drawings as PNG, for the help.
"""

import os
import sys
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 400
FONTS: Final = "Sarabun, 'Leelawadee UI', Tahoma, sans-serif"
_BLUE: Final = "#0B5CAD"
_INK: Final = "#1A2027"
_GREY: Final = "#4C5663"
_LINE: Final = "#7F8995"
_PAPER: Final = "#FFFFFF"
_DESK: Final = "#E9ECF0"
_POINT: Final = "#A5241E"


def smartscreen() -> str:
    """The blue window that objects, with the words to press marked."""
    return _picture(
        _box(40, 40, 560, 310, _BLUE),
        _text(70, 95, "Windows ปกป้องพีซีของคุณ", 26, _PAPER),
        _text(70, 140, "SmartScreen ป้องกันไม่ให้แอปที่ไม่รู้จักเริ่มทำงาน", 17, _PAPER),
        _text(70, 166, "การเรียกใช้แอปนี้อาจทำให้พีซีของคุณมีความเสี่ยง", 17, _PAPER),
        _text(70, 208, "ข้อมูลเพิ่มเติม", 18, _PAPER, underlined=True),
        _button(440, 290, 130, "ไม่เรียกใช้", _BLUE),
        _mark(62, 184, 130, 36),
        _note(210, 209, "๑ กดตรงนี้ (More info)", _PAPER),
    )


def smartscreen_more() -> str:
    """The same window after that, with the button that starts the program."""
    return _picture(
        _box(40, 40, 560, 310, _BLUE),
        _text(70, 95, "Windows ปกป้องพีซีของคุณ", 26, _PAPER),
        _text(70, 140, "แอป:  EsaDesktop-Setup.exe", 17, _PAPER),
        _text(70, 168, "ผู้เผยแพร่:  ไม่รู้จักผู้เผยแพร่", 17, _PAPER),
        _button(280, 290, 150, "เรียกใช้ต่อไป", _BLUE),
        _button(446, 290, 130, "ไม่เรียกใช้", _BLUE),
        _mark(272, 280, 166, 54),
        _note(62, 312, "๒ กดปุ่มนี้ (Run anyway)", _PAPER),
    )


def unblock() -> str:
    """The properties of the file, where the mark of the internet is taken off."""
    return _picture(
        _box(110, 28, 420, 344, _PAPER, _LINE),
        _text(130, 62, "คุณสมบัติของ EsaDesktop-Setup.exe", 18, _INK),
        _line(110, 78, 530),
        _text(130, 112, "ชนิดของไฟล์:  แอปพลิเคชัน (.exe)", 16, _GREY),
        _text(130, 142, "ตำแหน่ง:  ดาวน์โหลด", 16, _GREY),
        _line(130, 168, 510),
        _text(130, 204, "ความปลอดภัย:", 16, _INK),
        _text(240, 204, "ไฟล์นี้มาจากคอมพิวเตอร์เครื่องอื่น", 16, _GREY),
        _box(240, 226, 20, 20, _PAPER, _INK),
        f'<path d="M244 236l5 5 8-10" fill="none" stroke="{_INK}" stroke-width="2.500"/>',
        _text(270, 242, "เลิกบล็อก", 17, _INK),
        _mark(230, 218, 130, 38),
        _note(368, 243, "ติ๊กตรงนี้ (Unblock)", _POINT),
        _button(300, 316, 100, "ตกลง", _DESK),
        _button(412, 316, 100, "ยกเลิก", _DESK),
    )


PICTURES: Final[Mapping[str, tuple[Callable[[], str], str]]] = {
    "smartscreen-1": (smartscreen, "ภาพวาด: หน้าต่างสีฟ้าของ Windows กด “ข้อมูลเพิ่มเติม”"),
    "smartscreen-2": (smartscreen_more, "ภาพวาด: ปุ่ม “เรียกใช้ต่อไป” ปรากฏขึ้น กดปุ่มนี้"),
    "unblock": (unblock, "ภาพวาด: คุณสมบัติของไฟล์ ติ๊ก “เลิกบล็อก” แล้วกด “ตกลง”"),
}
"""By name: who draws it, and what is written under it."""


def _picture(*parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_DESK}"/>{"".join(parts)}'
        f"{_text(WIDTH - 70, HEIGHT - 8, 'ภาพวาด', 14, _GREY)}</svg>"
    )


def _box(x: int, y: int, width: int, height: int, fill: str, edge: str = "none") -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{edge}"/>'
    )


def _line(x: int, y: int, to: int) -> str:
    return f'<path d="M{x} {y}H{to}" stroke="{_DESK}" stroke-width="2"/>'


def _text(x: int, y: int, words: str, size: int, ink: str, *, underlined: bool = False) -> str:
    decoration = ' text-decoration="underline"' if underlined else ""
    return (
        f'<text x="{x}" y="{y}" font-family="{FONTS}" font-size="{size}" fill="{ink}"{decoration}>'
        f"{escape(words)}</text>"
    )


def _button(x: int, y: int, width: int, words: str, ground: str) -> str:
    ink = _PAPER if ground == _BLUE else _INK
    edge = _PAPER if ground == _BLUE else _LINE
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="34" fill="{ground}" stroke="{edge}"'
        f' stroke-width="2"/><text x="{x + width // 2}" y="{y + 23}" text-anchor="middle"'
        f' font-family="{FONTS}" font-size="17" fill="{ink}">{escape(words)}</text>'
    )


def _mark(x: int, y: int, width: int, height: int) -> str:
    """What to press is framed, not only coloured."""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="none"'
        f' stroke="#FFD24A" stroke-width="4"/>'
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="none"'
        f' stroke="{_POINT}" stroke-width="2"/>'
    )


def _note(x: int, y: int, words: str, ink: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{FONTS}" font-size="17" font-weight="600"'
        f' fill="{ink}">{escape(words)}</text>'
    )


def write_pngs(folder: Path) -> list[Path]:
    """The drawings as pictures one pixel a unit, as the help's other pictures are."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from esa_desktop.paths import fonts_folder

    app = QGuiApplication.instance() or QGuiApplication([])
    for font in sorted(fonts_folder().glob("Sarabun*.ttf")):
        QFontDatabase.addApplicationFont(str(font))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (draw, _) in PICTURES.items():
        picture = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing = draw().replace(FONTS, "Sarabun")  # Qt takes one name here, not a list
        QSvgRenderer(QByteArray(drawing.encode())).render(painter)
        painter.end()
        target = folder / f"{name}.png"
        picture.save(str(target))
        written.append(target)
    del app
    return written


if __name__ == "__main__":
    print("\n".join(str(path) for path in write_pngs(Path(sys.argv[1]))))
