"""A start of the program as far as the first window is concerned (see test_first_window)."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from esa_desktop.ui.first_window import FirstWindow

LONGEST_MS = 60_000


def main(answer: float) -> None:
    """Claim a folder a line, as ``folder|project|count``; an empty line ends the program.

    Says ``first`` or ``handed`` for each, and for every later start that a first window heard of
    ``asked`` and its project. A first window stays until it has heard of ``count`` later starts.
    """
    app = QCoreApplication([])
    print("ready", flush=True)
    for line in sys.stdin:
        folder, project, count = line.rstrip("\n").split("|")
        window = FirstWindow(Path(folder), answer=answer)
        if not window.claim(Path(project) if project else None):
            print("handed", flush=True)
            continue
        print("first", flush=True)
        heard: list[object] = []

        def hear(wanted: object, heard: list[object] = heard, most: int = int(count)) -> None:
            heard.append(wanted)
            print("asked", wanted, flush=True)
            if len(heard) == most:
                app.quit()

        window.asked.connect(hear)
        QTimer.singleShot(0, window.listen)
        QTimer.singleShot(LONGEST_MS, app, app.quit)
        if int(count):
            app.exec()
        window.release()
        print("ended", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]))
