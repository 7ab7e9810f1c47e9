"""Start to first paint, welcome page and sample, against a bare QMainWindow; whole processes."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tools.measuring import at_most, compiled, in_turns

ROUNDS: Final = 7
BARE: Final = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, tell)
        return False
def tell():
    print("painted", flush=True)
    app.quit()
app = QApplication([])
window = QMainWindow()
watch = Watch(window)
window.installEventFilter(watch)
window.resize(1366, 698)
window.show()
app.exec()
"""


def measure() -> list[dict[str, Any]]:
    """Two figures, in seconds from the start of the process to the line it prints when painted."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "sample.esaproj"
        environment = {**compiled(), "QT_QPA_PLATFORM": "offscreen", "ESA_HOME": folder}
        subprocess.run(
            [sys.executable, "-m", "esa_desktop", "sample", str(place)],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
        )

        def timed(*arguments: str) -> float:
            start = time.perf_counter()
            with subprocess.Popen(
                [sys.executable, *arguments], stdout=subprocess.PIPE, env=environment
            ) as process:
                if process.stdout is None or not process.stdout.readline():
                    raise RuntimeError(f"never painted: {arguments}")
                seconds = time.perf_counter() - start
                process.wait()
            return seconds

        def bare() -> float:
            return timed("-c", BARE)

        welcome = in_turns(lambda: timed("-m", "esa_desktop", "--time-to-paint"), bare, ROUNDS)
        sample = in_turns(
            lambda: timed("-m", "esa_desktop", str(place), "--time-to-paint"), bare, ROUNDS
        )
    what = "process start to first paint / bare QMainWindow"
    return [
        at_most("start_welcome", *welcome, 1.5, what),
        at_most("start_sample", *sample, 3.0, f"{what}, with the sample shown"),
    ]
