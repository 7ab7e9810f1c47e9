"""Save acknowledged, through Editor and writer, against a bare SQLite commit of the same size and pragmas."""

import itertools
import sqlite3
import tempfile
import threading
import time
import zlib
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.fields import Kind, encode, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import create_project, open_project
from esa_desktop.services.saving import SaveListener
from tools.measuring import PRAGMAS, at_most, in_turns, percentile, within

YEAR: Final = 2557
ROUNDS: Final = 60
TEXT: Final = "ผลการดำเนินงานของสำนักงานเขตพื้นที่การศึกษา " * 90
"""About 4 000 letters: one issue's method."""


def measure(*, quick: bool = False) -> list[dict[str, Any]]:
    """Two figures: revision of a text acknowledged / bare commit of the same compressed row; the
    median of pairs, and the slow ones.
    """
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "งาน.esaproj"
        who = Who("bench", "bench", "bench")
        framework = find_framework("obec-2557")
        create_project(place, framework, office="สพป.", fiscal_year=YEAR, who=who)
        saved = threading.Event()
        project = open_project(place, who=who, listener=SaveListener(saved=saved.set))
        field = issue_field(YEAR, framework.issue("1.2.1").id, Kind.METHOD)
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in PRAGMAS:
            bare.execute(f"PRAGMA {pragma}")
        bare.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, name TEXT UNIQUE, body BLOB)")

        def save() -> float:
            text = from_plain(f"{TEXT}{next(numbers)}")
            saved.clear()
            start = time.perf_counter()
            project.editor.apply(project.editor.change(field, text))
            saved.wait()
            return time.perf_counter() - start

        def commit() -> float:
            number = next(numbers)
            body = encode(Kind.METHOD, from_plain(f"{TEXT}{number}")).encode()
            start = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(
                "INSERT INTO row (name, body) VALUES (?, ?)", (number, zlib.compress(body))
            )
            bare.execute("COMMIT")
            return time.perf_counter() - start

        try:
            ours, floor = in_turns(save, commit, 3 if quick else ROUNDS)
        finally:
            project.close()
            bare.close()
    what = "a text of 4000 letters, Editor to acknowledged COMMIT / bare sqlite3 commit of that row"
    slow, slow_floor = percentile(ours, 0.95), percentile(floor, 0.95)
    return [
        at_most("save_acknowledged", ours, floor, 1.5, what),
        within(
            "save_p95", slow * 1000, slow_floor * 1000, 50, "ms", f"the 95th of a hundred: {what}"
        ),
    ]
