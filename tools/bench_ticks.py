"""How long the window is held up while texts of 500 KB are typed in and saved: gaps between ticks of its timer."""

import gc
import sqlite3
import tempfile
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import create_project, open_project
from esa_desktop.ui.garbage import set_aside
from esa_desktop.ui.text_binding import TextBinding
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import apply_theme, editor_font
from tools.measuring import PRAGMAS, percentile, within

YEAR: Final = 2557
BYTES: Final = 500_000
SAVES: Final = 100
QUICK_SAVES: Final = 4
ROUNDS: Final = 5
TICK_MS: Final = 4
BETWEEN_MS: Final = 60
"""From one save to the next: far oftener than a person's pauses, so that they meet in the writer."""
LINE: Final = "สำนักงานเขตพื้นที่การศึกษาจัดประชุมคณะทำงานและสรุปผลการดำเนินงานทุกเดือน "


def measure(*, quick: bool = False) -> list[dict[str, Any]]:
    """Milliseconds between ticks: the 99th of a hundred and the worst, ours and of a bare window."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)  # noqa: S101 - for mypy
    apply_theme(app, dark=False)
    saves, rounds = (QUICK_SAVES, 1) if quick else (SAVES, ROUNDS)
    text = "\n".join(f"{n} {LINE * 4}" for n in range(BYTES // (len(LINE.encode()) * 4)))
    with tempfile.TemporaryDirectory() as folder:
        mine, bare = [], []
        for number in range(rounds):
            mine += _ours(Path(folder) / f"{number}.esaproj", text, saves // rounds)
            bare += _bare(Path(folder) / f"{number}.db", text, saves // rounds)
    gc.unfreeze()
    what = f"ms between ticks of a {TICK_MS} ms timer while a text of 500 KB is typed in and saved"
    rival = "bare QTextEdit and a thread that commits the same bytes"
    more = {"saves": saves, "ticks": len(mine)}
    return [
        within(
            "ticks_p99",
            percentile(mine, 0.99),
            percentile(bare, 0.99),
            50,
            "ms",
            f"{what} / {rival}",
        )
        | more,
        within("ticks_worst", max(mine), max(bare), 100, "ms", f"the longest {what} / {rival}")
        | more,
    ]


def _ours(place: Path, text: str, saves: int) -> list[float]:
    """Our editor bound to a project: a draft at each save, at every fifth the visit ends."""
    who = Who("bench", "bench", "bench")
    framework = find_framework("obec-2557")
    create_project(place, framework, office="สพป.", fiscal_year=YEAR, who=who)
    project = open_project(place, who=who)
    field = issue_field(YEAR, framework.issue("1.2.1").id, Kind.METHOD)
    project.editor.apply(project.editor.change(field, from_plain(text)))
    project.flush()
    window = QWidget()
    edit = RichTextEdit(window)
    binding = TextBinding(edit, project.editor, lambda *_: None, window)
    binding.bind(field)
    steps = 0

    def save() -> None:
        nonlocal steps
        steps += 1
        binding.finish() if steps % 5 == 0 else binding.save()

    try:
        return _ticks(window, edit, save, saves)
    finally:
        binding.finish()
        window.close()
        project.close()


def _bare(place: Path, text: str, saves: int) -> list[float]:
    """The floor: nobody can keep a text of this size without handing it to a thread and the disk."""
    window = QWidget()
    edit = QTextEdit(window)
    edit.setFont(editor_font())
    edit.setPlainText(text)
    with closing(sqlite3.connect(place, isolation_level=None, check_same_thread=False)) as bare:
        for pragma in PRAGMAS:
            bare.execute(f"PRAGMA {pragma}")
        bare.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB)")
        threads: list[threading.Thread] = []

        def commit(said: str) -> None:
            if len(threads) > 1:
                threads[-2].join()
            bare.execute("INSERT INTO row (body) VALUES (?)", (zlib.compress(said.encode()),))

        def save() -> None:
            threads.append(threading.Thread(target=commit, args=(edit.toPlainText(),)))
            threads[-1].start()

        try:
            return _ticks(window, edit, save, saves)
        finally:
            for thread in threads:
                thread.join()
            window.close()


def _ticks(window: QWidget, edit: QTextEdit, save: Callable[[], None], saves: int) -> list[float]:
    window.resize(900, 500)
    edit.resize(900, 500)
    window.show()
    _wait(200)
    set_aside()  # as the program does when a project has been shown
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    _wait(50)
    gaps.clear()
    for _ in range(saves):
        edit.textCursor().insertText("ก")
        save()
        _wait(BETWEEN_MS)
    timer.stop()
    return gaps


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
