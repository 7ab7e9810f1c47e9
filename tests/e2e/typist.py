"""Opens the real window on a project and types for ever: to be killed (see `tests.torture.typing_kills`).

``python -m tests.e2e.typist PROJECT [--no-drafts]``; without drafts nothing typed is ever saved.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTextEdit

from esa_desktop.app import open_window
from esa_desktop.services.editing import Editor
from tests.keys import type_words

LETTERS = "งานเขตพื้นที่การศึกษา "


def main(project: Path, *, drafts: bool = True) -> None:
    if not drafts:
        Editor.type_value = lambda *_: None  # type: ignore[method-assign]
    app = QApplication([])
    window = open_window(project)
    edit = window.findChild(QTextEdit, "methodEditor")
    assert edit is not None
    edit.setFocus()
    typed = 0

    def type_one() -> None:
        nonlocal typed
        type_words(edit, LETTERS[typed % len(LETTERS)])
        typed += 1
        print(f"{time.monotonic():.4f} {typed}", flush=True)

    clock = QTimer(window)
    clock.timeout.connect(type_one)
    clock.start(15)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), drafts="--no-drafts" not in sys.argv)
