"""Takes the pictures of README and help from the real window with the sample, so that they stay true.

``python -m tools.make_pictures`` writes ``resources/help/window.png``.
"""

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from esa_desktop.paths import resources_folder
from esa_desktop.services.identity import Who
from esa_desktop.services.sample import make_sample

CODE = "1.2.3"
SIZE = (1366, 698)


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ESA_HOME"] = folder
        place = Path(folder) / "เวียงสายธาร ๒๕๖๘.esaproj"
        make_sample(place, Who("นางสาวพิมพ์ใจ", "picture", "picture"))
        app = QApplication(sys.argv)
        from esa_desktop.app import open_window
        from esa_desktop.ui.worker import wait_for_done

        window = open_window(place)
        window.resize(*SIZE)
        if window.workspace is not None:
            framework = window.workspace.project.editor.round.framework
            window.workspace.choose(framework.issue(CODE).id)

        def take() -> None:
            target = resources_folder() / "help" / "window.png"
            target.parent.mkdir(exist_ok=True)
            window.grab().save(str(target))
            window.close()

        QTimer.singleShot(1500, take)
        code = app.exec()
        wait_for_done()  # the copy that can be read is still being written into the folder
        return code


if __name__ == "__main__":
    sys.exit(main())
