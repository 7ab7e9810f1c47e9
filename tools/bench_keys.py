"""One keystroke in a text of 100 KB, in our editor bound to a project, against a bare QTextEdit."""

import time
from concurrent.futures import Future
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.editing import Editor
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.storage.store import Write
from esa_desktop.ui.text_binding import TextBinding
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import apply_theme, editor_font
from tools.measuring import at_most, in_turns

YEAR: Final = 2557
KEYS: Final = 40
"""Keys in one turn; the figure is one key's mean."""
LINE: Final = "สำนักงานเขตพื้นที่การศึกษาจัดประชุมคณะทำงานและสรุปผลการดำเนินงานทุกเดือน "
TEXT: Final = "\n".join(LINE * 4 for _ in range(100_000 // (len(LINE.encode()) * 4)))
"""100 KB of UTF-8 in paragraphs of 900 bytes."""


def measure() -> list[dict[str, Any]]:
    """One figure: seconds a key, painting included."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)  # noqa: S101 - for mypy
    apply_theme(app, dark=False)
    framework = find_framework("obec-2557")
    editor = Editor(
        AssessmentRound(YEAR, framework),
        {},
        submit=_committed,
        graph=lambda _: {},
        who=Who("bench", "bench", "bench"),
    )
    field = issue_field(YEAR, framework.issue("1.2.1").id, Kind.METHOD)
    editor.apply(editor.change(field, from_plain(TEXT)))
    window = QWidget()
    bare, ours = QTextEdit(window), RichTextEdit(window)
    binding = TextBinding(ours, editor, lambda *_: None, window)
    binding.bind(field)
    bare.setFont(editor_font())
    bare.setPlainText(TEXT)
    window.resize(900, 500)
    for edit in (bare, ours):
        edit.resize(900, 500)
    window.show()
    figures = in_turns(lambda: _typing(ours), lambda: _typing(bare), rounds=15)
    binding.finish()
    window.close()
    what = "one key in 100 KB of text in view, our editor with drafts / bare QTextEdit"
    return [at_most("keystroke_100kb", *figures, 1.3, what)]


def _typing(edit: QTextEdit) -> float:
    edit.raise_()
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(len(edit.toPlainText()) // 2)
    edit.setTextCursor(cursor)
    QApplication.processEvents()
    start = time.perf_counter()
    for _ in range(KEYS):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, "ก")
            QApplication.sendEvent(edit, key)
        QApplication.processEvents()
    return (time.perf_counter() - start) / KEYS


def _committed(_: Write) -> "Future[None]":
    done: Future[None] = Future()
    done.set_result(None)
    return done
