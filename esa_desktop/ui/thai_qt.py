"""Makes Qt itself Thai: its own words, for it has no Thai translation, and line breaks at words."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QTranslator

from esa_desktop.report.thai_library import opened_library
from esa_desktop.ui.qt_words import WORDS

_NAME: Final = "thaiWords"


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
    if app.findChild(QTranslator, _NAME) is None:
        words = ThaiWords(app)
        words.setObjectName(_NAME)
        QCoreApplication.installTranslator(words)


def install_thai_breaks() -> bool:
    """Let Qt break Thai lines at words; call before the first text is laid out.

    Qt asks the system for a library by the name of ``thai``. A bundle's own is loaded here by
    its full path, and Qt then finds it loaded; a Linux checkout has the desktop's.
    ``False`` where there is none: Qt then breaks at blanks, or inside words.
    """
    try:
        opened_library()
    except OSError:
        return False
    return True
