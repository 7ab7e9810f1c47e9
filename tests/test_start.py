"""What a start must not import: whatever is heavy waits until somebody needs it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.projects import new_project

CHECKOUT: Final = Path(__file__).resolve().parent.parent
PAPER: Final = {"reportlab", "uharfbuzz", "fontTools", "pikepdf", "segno"}
FOREIGN: Final = {"PIL", "pi_heif", "pypdfium2", "openpyxl", "lxml"}
DATABASE: Final = {"sqlalchemy", "sqlite3"}
QT: Final = {"PySide6", "shiboken6"}
RARE_QT: Final = {
    f"PySide6.{name}" for name in ("QtNetwork", "QtPdf", "QtPdfWidgets", "QtPrintSupport", "QtTest")
}
LANGUAGE: Final = {"nlpo3"}
NETWORK: Final = {"asyncio", "ssl", "urllib.request", "http", "email"}
SLOW_LIBRARY: Final = {
    *("multiprocessing", "subprocess", "xml", "html", "tomllib", "csv", "difflib", "decimal"),
    *("unittest", "pydoc", "tkinter", "sysconfig", "importlib.metadata", "uuid", "getpass"),
}
EVERYTHING: Final = PAPER | FOREIGN | DATABASE | QT | LANGUAGE | NETWORK | SLOW_LIBRARY
PROGRAM: Final = {f"esa_desktop.{room}" for room in ("ui", "report", "storage", "domain", "cli")}
DESKS: Final = {
    f"esa_desktop.{module}"
    for module in ("ui.workspace", "services.projects", "report.line_break", "self_test", "foreign")
}
WAITING: Final = {"asyncio", "importlib.metadata", "subprocess", "sqlalchemy.connectors.asyncio"}
"""What libraries import all the same, and `esa_desktop.late_imports` puts off."""
LATER: Final = {
    f"esa_desktop.{module}"
    for module in (
        *("domain.compared", "domain.differences", "domain.printing", "report.line_break"),
        *("report.word_engines", "services.attaching", "services.changes", "services.describing"),
        *("services.evidence_bin", "services.history", "services.known_copies"),
        *("services.last_edit", "services.scanned_words", "services.searching"),
        *("services.title_proposal", "storage.backups", "storage.examination"),
        *("storage.page_carving", "storage.reading_copy", "ui.indicator_entry", "ui.jump_popup"),
        *("ui.node_page", "ui.notice_words", "ui.ranked_list", "ui.scan_dialog", "ui.table_size"),
        *("ui.text_menu", "ui.find_bar", "ui.guardian", "ui.project_notices", "ui.edited_copies"),
    )
}
"""What an open project needs when somebody does something, or when a while has passed."""
PAINT: Final = """
from PySide6.QtCore import QEvent, QEventLoop, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            loop.quit()
        return False
loop = QEventLoop()
watch = Watch()
window.installEventFilter(watch)
window.show()
loop.exec()
"""
ENTRY: Final = "import esa_desktop.__main__"
BEGIN: Final = """
import esa_desktop.__main__
from esa_desktop.late_imports import NOT_NEEDED, put_off
put_off(NOT_NEEDED)
"""
WELCOME: Final = f"""
{BEGIN}
from esa_desktop.app import make_window
window = make_window()
window.show_welcome()
{PAINT}
"""
SAMPLE: Final = f"""
{BEGIN}
from pathlib import Path
from esa_desktop.services import projects
from esa_desktop.app import make_window
window = make_window()
window.open_folder(Path(sys.argv[1]))
{PAINT}
"""
READER: Final = f"{ENTRY}\nfrom esa_desktop import child\nchild.handler('reader')"
BINDER: Final = f"{ENTRY}\nfrom esa_desktop import child\nchild.handler('binder')"
SHOW: Final = f"{ENTRY}\nesa_desktop.__main__.main(['show', sys.argv[1]])"
TELL: Final = """
import os
with open("modules.txt", "w") as told:
    there = {k for k, module in sys.modules.items() if type(module).__name__ != "LateModule"}
    told.write(" ".join(there))
os._exit(0)
"""


def imported(code: str, folder: Path) -> set[str]:
    """The modules a process has when it has done ``code`` on a project of its own."""
    project = folder / "งาน.esaproj"
    if "sys.argv[1]" in code:
        project = new_project(folder)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{TELL}", str(project)],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(CHECKOUT),
            "ESA_HOME": str(folder / "home"),
            "QT_QPA_PLATFORM": "offscreen",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set((folder / "modules.txt").read_text("utf-8").split())


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        pytest.param(ENTRY, EVERYTHING | PROGRAM | {"logging", "typing", "json"}, id="entry"),
        pytest.param(
            WELCOME,
            (EVERYTHING - QT) | RARE_QT | DESKS | WAITING | LATER,
            id="welcome",
        ),
        pytest.param(
            SAMPLE,
            PAPER
            | FOREIGN
            | LANGUAGE
            | RARE_QT
            | NETWORK
            | WAITING
            | LATER
            | {"esa_desktop.self_test", "esa_desktop.foreign"},
            id="project",
        ),
        pytest.param(
            READER,
            EVERYTHING | {"esa_desktop.ui", "esa_desktop.storage", "esa_desktop.report", "logging"},
            id="reader",
        ),
        pytest.param(
            BINDER, QT | DATABASE | {"esa_desktop.ui", "esa_desktop.storage"}, id="binder"
        ),
        pytest.param(
            SHOW,
            QT
            | PAPER
            | FOREIGN
            | LANGUAGE
            | NETWORK
            | {"importlib.metadata", "esa_desktop.ui", "esa_desktop.foreign"},
            id="show",
        ),
    ],
)
def test_a_start_imports_nothing_it_does_not_need(
    tmp_path: Path, code: str, forbidden: set[str]
) -> None:
    assert imported(code, tmp_path) & forbidden == set()


@pytest.mark.parametrize("planted", ["reportlab", "ssl", "esa_desktop.services.projects"])
def test_what_is_imported_all_the_same_is_seen(tmp_path: Path, planted: str) -> None:
    assert planted in imported(WELCOME + f"import {planted}", tmp_path)


def test_the_search_for_garbage_begins_when_the_window_is_painted(tmp_path: Path) -> None:
    code = """
import gc
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from esa_desktop import __main__, app
made = app.make_window
told = []
def watch():
    window = made()
    told.append(f"before-{gc.isenabled()}")
    QTimer.singleShot(500, lambda: (told.append(f"after-{gc.isenabled()}"), QApplication.quit()))
    return window
app.make_window = watch
__main__.main([])
sys.modules |= dict.fromkeys(told)
"""
    assert {"before-False", "after-True"} <= imported(code, tmp_path)


def test_pyside_reads_no_sources_of_the_program(tmp_path: Path) -> None:
    """It would look into each, for a switch that is not used; see `esa_desktop.ui`."""
    code = """
import inspect
import esa_desktop.ui
def read(*_):
    sys.modules["a source is read"] = None
    raise OSError
inspect.getsource = read
import shibokensupport.feature
import esa_desktop.ui.main_window
"""
    found = imported(code, tmp_path)
    assert "esa_desktop.ui.main_window" in found
    assert "source" not in found
