"""The composition root: the only place where the parts of the window are put together."""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import esa_desktop.ui  # noqa: F401 - first of all: PySide reads the sources of what comes before

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

from esa_desktop import __version__
from esa_desktop.domain.errors import EsaError
from esa_desktop.logs import start_log
from esa_desktop.paths import portable_is_refused, user_folder
from esa_desktop.services.places import folder_meant
from esa_desktop.ui.crash_desk import install_excepthook
from esa_desktop.ui.first_window import FirstWindow
from esa_desktop.ui.icons import app_icon
from esa_desktop.ui.kedmanee import KedmaneeShortcuts
from esa_desktop.ui.later_start import answer_later_start
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.preferences import read_preferences
from esa_desktop.ui.saving import SavingState
from esa_desktop.ui.session_end import SessionEnd
from esa_desktop.ui.thai_qt import install_thai_breaks, install_thai_words
from esa_desktop.ui.theme import apply_theme
from esa_desktop.ui.window_place import keep_on_screen
from esa_desktop.ui.worker import wait_for_done

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

NAME = "esa_desktop"
PATIENCE = 600
"""Seconds that background work (a print on its way to the printer) has to end after the window."""
SHORTCUTS = "kedmaneeShortcuts"
AFTER_PAINT = 100
"""Milliseconds: by then the window is painted, and nobody has pressed a key in it."""
PICTURE = QSize(1366, 698)
"""What a maximised window has of a laptop's screen, without the title bar."""


def run(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed; the exit code."""
    start = time.perf_counter()
    given = _parser().parse_args(list(arguments))
    wanted = None if given.project is None else folder_meant(given.project, user_folder())
    start_log()
    app = make_application(with_keys=False)
    first = FirstWindow(user_folder(), app)
    if given.screenshot is None and not first.claim(wanted):
        return 0
    window = make_window()
    install_excepthook(
        window.save_all, lambda: window.workspace.project if window.workspace is not None else None
    )
    ending = SessionEnd(app, window.save_all, app)
    first.asked.connect(partial(_come_forward, window))
    app.lastWindowClosed.connect(first.release)  # no later start is handed to one that closes
    if given.time_to_paint:
        watch = _FirstPaint(window, lambda: _tell_paint(start))
        window.installEventFilter(watch)
    if wanted is None:
        window.show_welcome()
    else:
        window.open_folder(wanted)
    tell_refused_stick(window)
    if given.screenshot is None:
        keep_on_screen(window)
    window.show()
    QTimer.singleShot(AFTER_PAINT, app, partial(_end_start, app, first))
    if given.screenshot is not None:
        window.resize(PICTURE)
        QTimer.singleShot(1500, lambda: _take_picture(window, given.screenshot))
    code = QApplication.exec()
    ending.release()
    # What still runs (a print, the mirror) must not keep the person from starting again.
    first.release()
    wait_for_done(seconds=PATIENCE)
    return code


def tell_refused_stick(window: MainWindow) -> None:
    """A portable program that cannot write beside itself works, but leaves traces here: say so."""
    if portable_is_refused():
        words = (
            "โปรแกรมบันทึกลงแฟลชไดรฟ์นี้ไม่ได้ การตั้งค่าจึงเก็บไว้ในเครื่องนี้แทน "
            "ถ้าแฟลชไดรฟ์มีปุ่มล็อก กรุณาปลดล็อกแล้วเปิดโปรแกรมใหม่"
        )
        window.banner.show_hint(QCoreApplication.translate("Portable", words))


def _end_start(app: QApplication, first: FirstWindow) -> None:
    """What waited until the window is painted: later starts, keys, the search for garbage."""
    first.listen()
    for shortcuts in app.findChildren(KedmaneeShortcuts):
        app.installEventFilter(shortcuts)
    gc.enable()


def _come_forward(window: MainWindow, project: Path | None) -> None:
    """Somebody started the program again."""
    opened = window.workspace.project.folder if window.workspace is not None else None
    answer_later_start(
        window,
        project,
        opened=opened,
        open_folder=window.open_folder,
        say=window.banner.show_hint,
    )


def make_application(*, with_keys: bool = True) -> QApplication:
    """The application object dressed as ours; one that runs already is dressed.

    ``with_keys``: Thai keys work as shortcuts at once. For a filter in Python, PySide makes an
    object of every event and of all that Qt builds: a start has no time for that.
    """
    install_thai_breaks()  # before any part of Qt or of the desktop looks for a library itself
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(NAME)
    app.setApplicationVersion(__version__)
    install_thai_words(app)
    if app.findChild(QObject, SHORTCUTS) is None:
        shortcuts = KedmaneeShortcuts(app)
        shortcuts.setObjectName(SHORTCUTS)
        if with_keys:
            app.installEventFilter(shortcuts)
    apply_theme(app, dark=read_preferences(user_folder()).dark)
    app.setWindowIcon(app_icon())
    return app


def make_window() -> MainWindow:
    """The main window with nothing open yet, not shown."""
    app = make_application()
    saving = SavingState(app)
    return MainWindow(
        app,
        read_preferences(user_folder()),
        saving,
        open_project=partial(_open_project, saving),
        wear=lambda dark: apply_theme(app, dark=dark),
    )


def open_window(project: Path) -> MainWindow:
    """The whole program for one project in a running QApplication, shown.

    Raises the `EsaError` that opening raised; then no window is left.
    """
    window = make_window()
    try:
        window.show_project_at(project)
    except EsaError:
        window.deleteLater()
        raise
    window.show()
    return window


def _open_project(
    saving: SavingState, folder: Path, *, take_over: bool = False, read_only: bool = False
) -> "Project":
    # Storage is imported here and not above: the welcome page is painted before it is needed.
    from esa_desktop.services.identity import who_am_i
    from esa_desktop.services.projects import SaveListener, open_project

    return open_project(
        folder,
        who=who_am_i(user_folder()),
        listener=SaveListener(
            saving.tell_saved, saving.tell_trouble, saving.tell_refused, saving.tell_rescued
        ),
        take_over=take_over,
        read_only=read_only,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=NAME, description="ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา")
    parser.add_argument("project", nargs="?", type=Path, metavar="PROJECT")
    parser.add_argument("--screenshot", type=Path, metavar="OUT.png", help="ถ่ายภาพหน้าต่างแล้วปิด")
    parser.add_argument("--time-to-paint", action="store_true", help=argparse.SUPPRESS)
    return parser


class _FirstPaint(QObject):
    """Hears the first paint of the window; what is measured by the bench."""

    def __init__(self, window: QObject, tell: Callable[[], None]) -> None:
        super().__init__(window)
        self._tell = tell

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False


def _tell_paint(start: float) -> None:
    sys.stdout.write(f"{(time.perf_counter() - start) * 1000:.1f}\n")
    sys.stdout.flush()
    QApplication.quit()


def _take_picture(window: MainWindow, target: Path) -> None:
    window.grab().save(str(target))
    window.close()
