"""Every scene there is, by name."""

from collections.abc import Sequence

from tests.torture import (
    scenes_of_backups,
    scenes_of_commands,
    scenes_of_repair,
    scenes_of_the_window,
    scenes_of_work,
)
from tests.torture.scene import Scene

INSIDE = {
    scene.name: scene
    for scene in (*scenes_of_work.SCENES, *scenes_of_backups.SCENES, *scenes_of_repair.SCENES)
}
"""Those below the window and the command line."""
SCENES = {
    **INSIDE,
    **{scene.name: scene for scene in scenes_of_commands.SCENES},
    **{scene.name: scene for scene in scenes_of_the_window.SCENES},
}


def scenes_named(names: Sequence[str]) -> tuple[Scene, ...]:
    """All inside where none is named."""
    return tuple(SCENES[name] for name in names or INSIDE)
