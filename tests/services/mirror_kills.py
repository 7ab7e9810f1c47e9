"""Mirrors a project in child processes that die at the n-th step; counts files that are torn.

Usage: mirror_kills.py FOLDER [control]. Prints one JSON object. A step is every 600th byte of a
file, every flush, rename and removal. With ``control`` files are written as anybody would, without
a file beside them; then some must be torn, or the rest proves nothing.
"""

import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from esa_desktop.domain.fields import Field, Kind
from esa_desktop.storage import durable, mirror
from esa_desktop.storage.mirror import Entry, Index, lay_down, read_index

BYTES = 600


def facts(generation: int) -> tuple[dict[str, str], Index]:
    """What is mirrored: a text goes, one comes, the others change."""
    texts = {
        f"2557/1.{number} ตัวบ่งชี้.txt": f"รุ่น {generation} " + "ผลการดำเนินงาน " * 60 + "จบ\n"
        for number in range(generation, generation + 4)
    }
    field = Field("2557", "issue-1", Kind.METHOD)
    body = json.dumps([generation] * 300)
    return texts, Index("project-1", (Entry(field, (f"{generation:064x}",), body),), ())


class Steps:
    def __init__(self, last: int) -> None:
        self.count = 0
        self.last = last

    def __call__(self) -> None:
        self.count += 1
        if self.count == self.last:
            os._exit(9)


def watch(step: Steps) -> None:
    """From here on every step of this process is counted."""
    real_open, real_rename, real_unlink = Path.open, durable._rename, Path.unlink
    real_flush = durable.flush_to_disk

    class Slow(io.FileIO):
        """Writes in pieces, as a disk does."""

        def write(self, content: Any) -> int:
            for start in range(0, len(content), BYTES):
                step()
                super().write(content[start : start + BYTES])
            return len(content)

    def opened(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if "b" in mode and ("x" in mode or "w" in mode):
            return Slow(path, mode.replace("b", ""))
        return real_open(path, mode, *rest, **named)

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any, **named: Any) -> Any:
            step()
            return real(*given, **named)

        return act

    Path.open = opened  # type: ignore[assignment, method-assign]
    Path.unlink = before(real_unlink)  # type: ignore[method-assign]
    durable._rename = before(real_rename)
    durable.flush_to_disk = before(real_flush)


def naive(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)


def child(project: Path, place: int, *, control: bool) -> int:
    """The exit code: 9 where it was killed."""
    pid = os.fork()
    if pid == 0:
        try:
            if control:
                mirror.write_durably = naive
            watch(Steps(place))
            lay_down(project, *facts(2))
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def torn(project: Path) -> bool:
    """Whether any file is neither the old nor the new one."""
    wanted = {name: {text} for name, text in facts(1)[0].items()}
    for name, text in facts(2)[0].items():
        wanted.setdefault(name, set()).add(text)
    for path in (project / "mirror").rglob("*.txt"):
        name = path.relative_to(project / "mirror").as_posix()
        if path.read_bytes() not in {mirror._for_notepad(text) for text in wanted[name]}:
            return True
    index = read_index(project)
    entries = {facts(1)[1].entries, facts(2)[1].entries}
    return index is None or not index.is_whole or index.entries not in entries


def main(ground: Path, *, control: bool) -> None:
    project = ground / "งาน.esaproj"
    found = {"places": 0, "torn": 0, "not mended": 0}
    for place in range(1, 1000):
        shutil.rmtree(project, ignore_errors=True)
        project.mkdir()
        (project / "project.db").touch()
        lay_down(project, *facts(1))
        if child(project, place, control=control) == 0:
            break
        found["places"] += 1
        found["torn"] += torn(project)
        lay_down(project, *facts(2))
        names = {
            p.relative_to(project / "mirror").as_posix()
            for p in (project / "mirror").rglob("*.*")
            if p.is_file()
        }
        found["not mended"] += names != {*facts(2)[0], "index.json"} or torn(project)
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), control="control" in sys.argv[2:])
