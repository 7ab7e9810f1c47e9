"""What a report of a problem says of Qt, the screens, the letters and the Thai words of this computer."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from esa_desktop.report.thai_library import is_bundled, opened_library
from esa_desktop.ui.theme import (
    EDITOR_FAMILIES,
    INTERFACE_FAMILIES,
    editor_font,
    high_contrast,
    interface_font,
    palette_of,
)

if TYPE_CHECKING:
    from esa_desktop.services.problem_report import Fact


def surroundings(window: QWidget | None) -> "tuple[Fact, ...]":
    """Numbers and names of programs; no screen's own name, which may hold a serial number."""
    return tuple(_told(window))


def thai_words() -> str:
    """Which engine finds Thai words, on screen and on paper."""
    try:
        opened_library()
    except OSError:
        return "ไม่มี libthai"
    return "libthai ที่มากับโปรแกรม" if is_bundled() else "libthai ของระบบ"


def pyside_version() -> str:
    """By the package itself: a bundle has left the papers of its parts behind."""
    return PySide6.__version__


def _told(window: QWidget | None) -> "Iterator[Fact]":
    yield "Qt", f"{qVersion()} PySide6 {pyside_version()} {QGuiApplication.platformName()}"
    yield "ภาษาของระบบ", QLocale.system().name()
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        yield f"จอที่ {number}", _screen(screen)
    if window is not None:
        size = window.window().size()
        yield "หน้าต่าง", f"{size.width()}×{size.height()}"
    yield "สี", _colours()
    for what, font, families in (
        ("อักษรบนจอ", interface_font(), INTERFACE_FAMILIES),
        ("อักษรในช่องเขียน", editor_font(), EDITOR_FAMILIES),
    ):
        found = QFontInfo(font).family()
        yield what, found if found in families else f"{found} (แทน {families[0]})"
    own = {*INTERFACE_FAMILIES, *EDITOR_FAMILIES}
    yield "ชุดอักษรที่พบ", ", ".join(sorted(own & set(QFontDatabase.families()))) or "ไม่พบ"
    yield "ตัดคำไทย", thai_words()


def _screen(screen: QScreen) -> str:
    size, scale = screen.size(), screen.devicePixelRatio()
    return f"{size.width()}×{size.height()} ขยาย {scale * 100:.0f} % {screen.logicalDotsPerInch():.0f} dpi"


def _colours() -> str:
    if high_contrast():
        return "ความคมชัดสูง"
    return "มืด" if palette_of(QGuiApplication.instance()).is_dark else "สว่าง"
