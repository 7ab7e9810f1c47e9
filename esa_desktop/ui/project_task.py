"""Questions to the open project that take a moment: asked off the GUI thread, answered on it."""

from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TooSlow
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from esa_desktop.domain.errors import Cancelled
from esa_desktop.ui.worker import Task, TaskHandle


def ask_project(question: Callable[[], Any], then: Callable[[Any], object], owner: QObject) -> Task:
    """``then`` hears the answer, unless ``owner`` dies or the project is let go before.

    The task is ``owner``'s child: cancel it before the project is closed.
    """
    task = Task(partial(_answered, question), owner)
    task.done.connect(then)
    task.ended.connect(task.deleteLater)
    task.start()
    return task


def _answered(question: Callable[[], Any], handle: TaskHandle) -> Any:
    """What the project says, unless it is let go meanwhile or its disk does not answer."""
    try:
        return question()
    except (TooSlow, CancelledError) as error:
        raise Cancelled(str(error)) from error
    except RuntimeError:
        handle.check()  # the writer is closed, and we were told
        raise
