"""What the window does when the program is started again: it comes forward, with the project wanted."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from esa_desktop.ui.first_window import bring_forward


def answer_later_start(
    window: QWidget,
    project: Path | None,
    *,
    opened: Path | None,
    open_folder: Callable[[Path], object],
    say: Callable[[str], object],
) -> None:
    """Come forward, and open ``project`` unless it is open already or a question waits for an answer.

    ``opened``: the project in the window. A dialog about it must not lose it from under itself.
    """
    bring_forward(window)
    wanted = project is not None and not (opened is not None and is_same_folder(project, opened))
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.raise_()
        dialog.activateWindow()
        if wanted:
            words = "ปิดหน้าต่างย่อยที่เปิดอยู่ก่อน แล้วเปิดงานประเมินนั้นอีกครั้ง"
            say(QCoreApplication.translate("FirstWindow", words))
    elif wanted and project is not None:
        open_folder(project)


def is_same_folder(one: Path, other: Path) -> bool:
    """However they are spelled: relative, through a link, in other letters on Windows."""
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
