"""Power cuts: one run of a scene is written down step by step, and then the power goes at any of them.

``python -m tests.torture.powercut CUTS GROUND [SCENE...] [--disk fat] [--control NAME]`` prints one
JSON object. Controls, which must lose work, or the harness proves nothing: weak pragmas
(``synchronous-normal``, ``synchronous-off``, ``journal-in-memory``) and ``no-fsync``, in which
files of Python's are never flushed to the disk.
"""

import argparse
import json
import pickle
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.torture import disk_edge
from tests.torture.disk_edge import Step
from tests.torture.disk_model import Disk, lay
from tests.torture.ledger import keep_ledger
from tests.torture.scene import CONTROLS, PROJECT, Scene, Tell, Told, played, weaken, words
from tests.torture.scenes import scenes_named

Log = list[Step | Told]
"""Steps and what was told, in the order in which they came."""
NO_FSYNC = "no-fsync"


def recorded(scene: Scene, stage: Path, record: Path, control: str = "") -> Log:
    """Play the scene once and write down all that crosses the edge to the disk."""

    def ready(tell: Tell) -> tuple[Tell, Callable[[], None]]:
        log: Log = []
        # The control is about the files that we flush ourselves, not about SQLite's.
        database = stage / PROJECT / "project.db"
        databases = {str(database), f"{database}-journal"}

        def note(step: Step) -> int:
            if control != NO_FSYNC or step.kind != "sync" or step.path in databases:
                log.append(step)
            return 0

        def tell_and_note(word: str, *values: object) -> None:
            log.append([word, *values])
            tell(word, *values)

        if control in CONTROLS:
            weaken(control)
        keep_ledger(tell_and_note)
        disk_edge.watch(note, stage)
        return tell_and_note, lambda: _keep(log, record)

    told = played(scene, stage, ready)
    if not words(told, "finished"):
        raise RuntimeError(f"the scene {scene.name} fails undisturbed: {told[-1:]}")
    with record.open("rb") as file:
        log: Log = pickle.load(file)
    return log


def _keep(log: Log, record: Path) -> None:
    with record.open("wb") as file:
        pickle.dump(log, file)


def cut_short(
    scene: Scene, cuts: int, ground: Path, *, journaled: bool, control: str = "", seed: int = 2557
) -> dict[str, Any]:
    """Record one scene and cut the power at ``cuts`` random steps; what was found."""
    start = time.monotonic()
    template, stage = ground / "template", ground / "stage"
    template.mkdir(parents=True)
    scene.prepare(template)
    shutil.copytree(template, stage)
    log = recorded(scene, stage, ground / "record", control)
    shutil.rmtree(stage)
    places = random.Random(f"{seed} {scene.name}")
    at = sorted(places.randint(1, len(log)) for _ in range(cuts))
    found: Counter[str] = Counter()
    first: dict[str, int] = {}
    broken = 0
    template.rename(stage)  # the steps name the files where they were played
    disk = Disk(stage, journaled=journaled)
    told: list[Told] = []
    reached = 0
    for number, place in enumerate(at):
        for entry in log[reached:place]:
            if isinstance(entry, Step):
                disk.take(entry)
            else:
                told.append(entry)
        reached = place
        shutil.rmtree(stage)
        stage.mkdir()
        lay(disk.cut(random.Random(f"{seed} {scene.name} {number}")), stage, stage)
        wrong = scene.judge(stage, told)
        broken += bool(wrong)
        found.update(wrong)
        first.update({word: place for word in wrong if word not in first})
    shutil.rmtree(ground)
    seconds = round(time.monotonic() - start, 1)
    counted = {"steps": len(log), "tried": cuts, "broken": broken, "seconds": seconds}
    return {"scene": scene.name, **counted, "found": dict(found), "first": first}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cuts", type=int)
    parser.add_argument("ground", type=Path)
    parser.add_argument("scenes", nargs="*")
    parser.add_argument("--disk", choices=("journaled", "fat"), default="journaled")
    parser.add_argument("--control", choices=(*CONTROLS, NO_FSYNC), default="")
    parser.add_argument("--seed", type=int, default=2557)
    given = parser.parse_args(arguments)
    if not disk_edge.available():
        print(json.dumps({"unavailable": True}))
        return 0
    shutil.rmtree(given.ground, ignore_errors=True)
    journaled = given.disk == "journaled"
    cut = partial(cut_short, journaled=journaled, control=given.control, seed=given.seed)
    found = [
        cut(scene, given.cuts, given.ground / scene.name) for scene in scenes_named(given.scenes)
    ]
    said = {"disk": given.disk, "control": given.control, "scenes": found}
    print(json.dumps(said, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
