"""Scenes killed, or met by a disk that refuses, at their n-th step across the edge to the disk.

``python -m tests.torture.kill_places MODE PLACES GROUND [SCENE...]`` prints one JSON object.
Modes: ``kill``; ``full-once``, ``full``, ``io-once``, ``io`` (the disk refuses, once or from there
on); the controls ``early`` (called stored before it is) and ``no-journal``, which must lose work.
PLACES are spread evenly over the steps of each scene; 0 tries them all.
"""

import argparse
import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.torture import disk_edge
from tests.torture.ledger import acknowledged, keep_ledger
from tests.torture.scene import (
    CONTROLS,
    Ready,
    Scene,
    Tell,
    Told,
    played,
    says_what_to_do,
    weaken,
    words,
)
from tests.torture.scenes import scenes_named

FAULTS = disk_edge.FAULTS
MODES = ("kill", "full-once", "full", "io-once", "io", "early", *CONTROLS)


def tortured(scene: Scene, mode: str, places: int, ground: Path) -> dict[str, Any]:
    """Play one scene again and again, each time with another place; what was found."""
    start = time.monotonic()
    template, stage = ground / "template", ground / "stage"
    template.mkdir(parents=True)
    scene.prepare(template)
    steps = _steps(scene, mode, template, stage)
    found: Counter[str] = Counter()
    examples: dict[str, int] = {}
    tried = broken = 0
    for place in spread(places or steps, steps):
        told = _play(scene, stage, template, _ready(scene, mode, place, stage))
        # Writes that met in one transaction made the run shorter than the counted one.
        tried += not any(line[0] == "steps" and line[1] < place for line in told)
        wrong = judged(scene, mode, stage, told)
        broken += bool(wrong)
        found.update(wrong)
        examples.update({word: place for word in wrong if word not in examples})
    shutil.rmtree(ground)
    seconds = round(time.monotonic() - start, 1)
    counted = {"steps": steps, "tried": tried, "broken": broken, "seconds": seconds}
    return {"scene": scene.name, **counted, "found": dict(found), "first": examples}


def spread(places: int, steps: int) -> list[int]:
    """``places`` numbers from 1 to ``steps``, evenly; fewer where there are not so many."""
    return sorted({1 + index * steps // places for index in range(places)})


def _steps(scene: Scene, mode: str, template: Path, stage: Path) -> int:
    """How many steps the scene has when nobody disturbs it, which must go well."""
    told = _play(scene, stage, template, _ready(scene, mode, 0, stage))
    if not words(told, "finished"):
        raise RuntimeError(f"the scene {scene.name} fails undisturbed: {told[-1]}")
    if mode not in CONTROLS and (wrong := scene.judge(stage, told)):
        raise RuntimeError(f"the scene {scene.name} is judged {wrong} undisturbed")
    return int(words(told, "steps")[0][0])


def _play(scene: Scene, stage: Path, template: Path, ready: Ready) -> list[Told]:
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(template, stage)
    return played(scene, stage, ready)


def _ready(scene: Scene, mode: str, place: int, stage: Path) -> Ready:
    def ready(tell: Tell) -> tuple[Tell, Callable[[], None]]:
        if mode in CONTROLS:
            weaken(mode)
        keep_ledger(tell, early=mode == "early")
        name, _, once = mode.partition("-")
        act = disk_edge.Nth(place, fault=FAULTS.get(name, 0), once=bool(once))
        # A disk that fails for good is the project's: the person's own folders lie on another.
        disk_edge.watch(act, stage / scene.drive if name in FAULTS and not once else stage)

        def after() -> None:
            tell("steps", act.count)
            if act.met:
                tell("failed", act.met)

        return tell, after

    return ready


def judged(scene: Scene, mode: str, stage: Path, told: Sequence[Told]) -> list[str]:
    wrong = [line[0] for line in told if line[0] in ("crashed", "hung")]
    wrong += scene.judge(stage, told)
    name, _, once = mode.partition("-")
    if name not in FAULTS:
        return wrong
    said = [
        str(line[0]) for word in ("trouble", "refused", "given up") for line in words(told, word)
    ]
    if not all(map(says_what_to_do, said)):
        wrong.append("no sentence")
    if name == "full" and ["create"] not in [list(line) for line in words(told, "failed")]:
        # Of a file it could not make SQLite does not say why.
        wrong += [] if not said or any(map(calls_it_full, said)) else ["not called full"]
    handed = {line[0] for line in words(told, "handed")}
    if handed - acknowledged(told) and not said:
        wrong.append("silent")
    if once and not words(told, "refused") and handed - acknowledged(told):
        wrong.append("not gone on")
    return wrong


def calls_it_full(sentence: str) -> bool:
    return "เต็ม" in sentence or "ไม่พอ" in sentence


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("places", type=int)
    parser.add_argument("ground", type=Path)
    parser.add_argument("scenes", nargs="*")
    given = parser.parse_args(arguments)
    if not disk_edge.available():
        print(json.dumps({"unavailable": True}))
        return 0
    shutil.rmtree(given.ground, ignore_errors=True)
    found = [
        tortured(scene, given.mode, given.places, given.ground / scene.name)
        for scene in scenes_named(given.scenes)
    ]
    print(json.dumps({"mode": given.mode, "scenes": found}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
