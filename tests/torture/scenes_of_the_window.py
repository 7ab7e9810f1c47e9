"""Scenes of the window: the whole program without a screen, with a person's keys and clicks."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.torture.scene import PROJECT, Scene, Tell
from tests.torture.scenes_of_work import bare, work_is_kept

PAUSE = 40
"""Milliseconds between two things the person does."""


def with_the_program_loaded(ground: Path) -> None:
    """As `bare`; every child then has the program in memory already, and Qt not yet started."""
    import esa_desktop.app
    import esa_desktop.ui.workspace  # noqa: F401

    bare(ground)


def sit_at_the_window(ground: Path, tell: Tell) -> None:
    """Type, tick, attach, undo, save, close. Qt is started in the child only."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from esa_desktop.app import open_window

    app = QApplication([])
    window = open_window(ground / PROJECT)
    tell("opened")
    left = iter(_doings(window, ground, tell))

    def do_next() -> None:
        doing = next(left, None)
        if doing is None:
            clock.stop()
            window.close()
            app.quit()
        else:
            doing()

    clock = QTimer(window)
    clock.timeout.connect(do_next)
    clock.start(PAUSE)
    app.exec()


def _doings(window: Any, ground: Path, tell: Tell) -> list[Callable[[], None]]:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QTextEdit

    from tests.keys import type_words

    def type_in(name: str, words: str) -> Callable[[], None]:
        def doing() -> None:
            edit = window.findChild(QTextEdit, name)
            edit.setFocus()
            type_words(edit, words)

        return doing

    def press(name: str) -> Callable[[], None]:
        def doing() -> None:
            action = window.findChild(QAction, name)
            assert action is not None, name
            action.trigger()

        return doing

    def attach() -> None:
        from esa_desktop.ui.attach_flow import AttachFlow

        flow = window.findChild(AttachFlow)
        issue = flow._project.editor.round.framework.issue("1.1.1").id
        flow.attach(issue, [ground / "คำสั่ง 0.pdf", ground / "คำสั่ง 1.pdf"])

    def wait() -> None:
        return None

    return [
        type_in("methodEditor", "พิมพ์ในหน้าต่าง "),
        type_in("resultsEditor", "ผลที่ได้ "),
        press("actionSave"),
        *[wait] * 3,
        press("actionLevel4"),
        attach,
        *[wait] * 8,
        type_in("methodEditor", "พิมพ์ต่ออีก"),
        *[wait] * 25,
        press("actionUndo"),
        press("actionSave"),
        *[wait] * 4,
    ]


SCENES = (Scene("window", with_the_program_loaded, sit_at_the_window, work_is_kept),)
