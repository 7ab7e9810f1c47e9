"""Makes Qt itself Thai: its own words, for it has no Thai translation, and line breaks at words."""

import ctypes
import sys

from PySide6.QtCore import QCoreApplication, QTranslator

from esa_desktop.paths import program_folder
from esa_desktop.ui.qt_words import WORDS

_BREAK_LIBRARY = "thai.dll"
"""What QtCore asks Windows for as ``QLibrary("thai")``; made from ``th_brk_*`` of libthai."""


class ThaiWords(QTranslator):
    """Qt's words from a table."""

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,  # noqa: ARG002 - Qt's signature
        n: int = -1,  # noqa: ARG002
    ) -> str | None:
        """``None`` for what is not in the table: an empty string would blank the words on screen."""
        return WORDS.get(context, {}).get(source)

    def isEmpty(self) -> bool:
        return False


def install_thai_words(app: QCoreApplication) -> None:
    """Once per application; calling again does nothing."""
    if app.findChild(ThaiWords) is None:
        QCoreApplication.installTranslator(ThaiWords(app))


def install_thai_breaks() -> bool:
    """Let Qt break Thai lines at words; call before the first text is laid out.

    Linux desktops have libthai and Qt finds it by itself. Windows has none: a library that lies
    in the program's folder is loaded by its full path, and Qt's own search then finds it loaded.
    ``False`` where there is none: Qt then breaks at blanks, or inside words.
    """
    bundled = program_folder() / _BREAK_LIBRARY
    library = {"win32": str(bundled), "darwin": "libthai.dylib"}.get(sys.platform, "libthai.so.0")
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
