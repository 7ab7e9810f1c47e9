"""Takes the pictures of the manual and the README from the real window with the sample, so that they stay true.

``python -m tools.make_pictures [NAME-OF-A-SCENE …]`` writes ``resources/help/pictures/*.png`` and
``resources/help/window.png`` of the README; where all scenes are played, removes what no scene takes any more.
"""

import os
import sys
import tempfile
from pathlib import Path

from tools.picture_clock import stop_the_clock

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "help" / "pictures"


def main(wanted: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    stop_the_clock()  # before anything of the program is imported
    from tools.installing.drawings import write_pngs
    from tools.picture_rooms import SCENES
    from tools.picture_stage import Stage

    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder).resolve(), PICTURES)
        try:
            stage.open_sample()
            for scene in SCENES:
                if not wanted or scene.__name__.removeprefix("show_") in wanted:
                    scene(stage)
        finally:
            stage.leave()
    if not wanted:
        drawn = write_pngs(PICTURES)  # what Windows shows, which cannot be taken here
        for picture in set(PICTURES.glob("*.png")) - set(stage.taken) - set(drawn):
            picture.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
