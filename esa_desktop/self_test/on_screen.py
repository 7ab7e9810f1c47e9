"""The window with a project in it, drawn where nobody sees it: letters, icons, help."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from esa_desktop.paths import resources_folder
from esa_desktop.self_test.workshop import WORDS, Step, Workshop, expect

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QImage

    from esa_desktop.ui.main_window import MainWindow

PATIENCE: Final = 500
"""Milliseconds of the event loop that a window gets to come to rest."""
LETTERS: Final = "กขคทปฐญ๑๒๓"
_DIFFERENT: Final = 8
"""Of these letters a font that has them draws as many pictures at least; boxes are one."""


class OnScreen:
    """The steps in order; the window needs the project of the main job."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop

    def steps(self) -> list[Step]:
        return [
            ("เริ่มส่วนหน้าจอ", start_application),
            ("ตัวอักษรบนจอ", self.letters),
            ("ไอคอน", self.icons),
            ("หน้าต่างพร้อมงานตัวอย่าง", self.window),
        ]

    def letters(self) -> None:
        from PySide6.QtGui import QFontInfo

        from esa_desktop.ui.theme import editor_font, interface_font, load_fonts

        shipped = load_fonts()
        for font in (interface_font(), interface_font(semibold=True), editor_font()):
            expect(QFontInfo(font).family() in shipped, "another font than a shipped one is used")
            drawn = {_picture_of(letter, font) for letter in LETTERS}
            expect(len(drawn) >= _DIFFERENT, "Thai letters are boxes")

    def icons(self) -> None:
        from esa_desktop.ui.icons import app_icon, pixmap

        names = sorted(path.stem for path in (resources_folder() / "icons").glob("*.svg"))
        expect(len(names) > 1, "no icons")
        for name in names:
            expect(is_inked(pixmap(name, "ink", 24).toImage()), f"icon empty: {name}")
        expect(is_inked(app_icon().pixmap(48, 48).toImage()), "the program has no sign")

    def window(self) -> None:
        from PySide6.QtWidgets import QTextEdit

        with self._open_window() as window:
            workspace = window.workspace
            expect(workspace, "the project is not in the window")
            assert workspace is not None  # noqa: S101 - for the type checker
            workspace.go_to(workspace.project.editor.round.framework.issue("1.1.1").id)
            settle(PATIENCE)
            method = window.findChild(QTextEdit, "methodEditor")
            expect(method and WORDS in method.toPlainText(), "the text is not in its editor")
            picture = window.grab().toImage()
            expect(_colors(picture) > _DIFFERENT, "the window is empty")
            expect(method and is_inked(method.grab().toImage()), "the text is not drawn")

    @contextmanager
    def _open_window(self) -> "Iterator[MainWindow]":
        from PySide6.QtCore import QCoreApplication, QEvent, Qt

        from esa_desktop.app import make_window
        from esa_desktop.ui.worker import wait_for_done

        window = make_window()
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        try:
            window.show_project_at(self._shop.project)
            window.show()
            settle(PATIENCE)
            yield window
        finally:
            closed = window.close()
            wait_for_done(seconds=30)
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        expect(closed, "the window does not let go of the project")


def start_application() -> None:
    """The program's own; on no screen unless ``QT_QPA_PLATFORM`` names one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from esa_desktop.app import make_application

    make_application()


def settle(milliseconds: int) -> None:
    """Let the event loop run for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def is_inked(picture: "QImage") -> bool:
    """Whether there is anything on it but one colour."""
    return _colors(picture) > 1


def _colors(picture: "QImage") -> int:
    from PySide6.QtGui import QImage

    # Held by a name: the bits do not keep their picture alive, and Windows gives its memory back.
    same = picture.convertToFormat(QImage.Format.Format_ARGB32)
    raw = bytes(same.constBits())
    return len({raw[at : at + 4] for at in range(0, len(raw), 4)})


def _picture_of(letter: str, font: "QFont") -> bytes:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter

    image = QImage(48, 64, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return bytes(image.constBits())
