"""What safety costs: opening a project of many years, attaching, backups, the check; each against its floor."""

import hashlib
import os
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.fields import book_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.health import check_health
from esa_desktop.services.projects import Project, open_project
from tools.big_project import WHO, Size, build
from tools.measuring import at_least, at_most, in_turns, percentile, within

FULL: Final = Size(years=20, paragraphs=8, versions=3, evidence_bytes=3_000_000_000)
QUICK: Final = Size(years=1, paragraphs=1, versions=2, evidence_bytes=1_000_000)
ROUNDS: Final = 5
FILES: Final = 20
FILE_BYTES: Final = 1_500_000
"""Of each file attached; 2,000 files of 3 GB are that large."""
CHUNK: Final = 1 << 20


def measure(*, quick: bool = False) -> list[dict[str, Any]]:
    """Seconds, on the disk of the temporary folder; warm: what is opened was read before."""
    rounds = 1 if quick else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "งาน.esaproj"
        build(folder, QUICK if quick else FULL)
        floor = Path(name) / "floor.db"
        shutil.copyfile(folder / "project.db", floor)  # nobody has it open
        figures = [_opening(folder, floor, rounds)]
        project = open_project(folder, who=WHO)
        try:
            figures += _backups(project, floor, rounds)
            figures.append(_saving_meanwhile(project, rounds))
            figures.append(_checking(project, floor, min(rounds, 2)))
            figures.append(_attaching(project, Path(name), rounds, 2 if quick else FILES))
        finally:
            project.close()
        return figures


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# --- opening ------------------------------------------------------------------------------------


def _opening(folder: Path, floor: Path, rounds: int) -> dict[str, Any]:
    def ours() -> float:
        start = time.perf_counter()
        project = open_project(folder, who=WHO)
        seconds = time.perf_counter() - start
        project.close()
        return seconds

    mine, theirs = in_turns(ours, lambda: _timed(lambda: _read(floor)), rounds)
    what = (
        "opening, every current text proved / sqlite3 reading the current rows of the same file; "
        f"{floor.stat().st_size / 1e6:.0f} MB"
    )
    return within(
        "open_many_years", statistics.median(mine), statistics.median(theirs), 1.0, "s", what
    )


def _read(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        current = "SELECT revision.* FROM head JOIN revision ON head.revision = revision.id"
        connection.execute(current).fetchall()
        connection.execute("SELECT * FROM evidence_file").fetchall()


# --- attaching ----------------------------------------------------------------------------------


def _attaching(project: Project, folder: Path, rounds: int, count: int) -> dict[str, Any]:
    """Bytes never seen before in each turn, else nothing would be written."""
    dice = random.Random(1)
    issue = project.editor.round.framework.standards[0].indicators[0].issues[0].id
    by_hand = folder / "by hand"
    by_hand.mkdir()

    def sources() -> list[Path]:
        made = [folder / f"{dice.getrandbits(64):016x}.pdf" for _ in range(count)]
        for source in made:
            source.write_bytes(dice.randbytes(FILE_BYTES))
        return made

    def ours() -> float:
        files = sources()

        def work() -> None:
            intake = take_in(project.folder, files)
            project.editor.apply(attach(project.editor, issue, intake.files))
            project.flush()

        return _timed(work)

    def theirs() -> float:
        files = sources()

        def work() -> None:
            for file in files:
                _copy_by_hand(file, by_hand / file.name)

        return _timed(work)

    pairs = in_turns(ours, theirs, rounds)
    shutil.rmtree(by_hand)
    speed = count * FILE_BYTES / 1e6 / statistics.median(pairs[0])
    what = (
        f"copy + fsync + sha256 by hand / attaching, of {count} files of {FILE_BYTES / 1e6:g} MB, "
        "acknowledged"
    )
    return at_least("attach", *pairs, 0.8, what) | {"mb_per_second": round(speed, 1)}


def _copy_by_hand(source: Path, target: Path) -> None:
    sha256 = hashlib.sha256()
    with source.open("rb") as original, target.open("wb") as copy:
        while chunk := original.read(CHUNK):
            sha256.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())


# --- backups and the check ----------------------------------------------------------------------


def _backups(project: Project, floor: Path, rounds: int) -> list[dict[str, Any]]:
    """In each turn there is something new for the first, and nothing for the second."""
    first, second, by_hand = [], [], []
    for _ in range(rounds):
        _save(project)
        first.append(_timed(lambda: _made(project, new=True)))
        second.append(_timed(lambda: _made(project, new=False)))
        by_hand.append(_timed(lambda: _back_up_by_hand(floor)))
    copy = "copy, flush and integrity_check of that database by hand, each text read and hashed"
    return [
        at_most("backup", first, by_hand, 4.0, f"a backup that counts, verified / {copy}"),
        within(
            "backup_nothing_new",
            statistics.median(second),
            statistics.median(by_hand),
            1.0,
            "s",
            f"a backup where nothing is new / {copy}",
        ),
    ]


def _save(project: Project) -> float:
    """Seconds until a text of some hundred letters is acknowledged."""
    editor = project.editor
    field = book_field(editor.round.fiscal_year, "foreword")
    text = from_plain(f"คำนำ {time.perf_counter_ns()} " * 20)
    start = time.perf_counter()
    editor.apply(editor.change(field, text))
    project.flush()
    return time.perf_counter() - start


def _saving_meanwhile(project: Project, rounds: int) -> dict[str, Any]:
    """The slowest save while a backup is made, which must not hold it up."""
    alone = [_save(project) for _ in range(40)]
    beside: list[float] = []
    with ThreadPoolExecutor(1) as worker:
        for _ in range(rounds):
            made = worker.submit(_made, project, new=True)
            while not made.done():
                beside.append(_save(project) * 1000)
            made.result()
    floor = max(alone) * 1000
    what = "the slowest save acknowledged while a backup is made / while nothing else is done"
    return within("save_during_backup", max(beside), floor, 250, "ms", what) | {
        "saves": len(beside),
        "p95": round(percentile(beside, 0.95), 3),
    }


def _made(project: Project, *, new: bool) -> None:
    if (back_up(project, Reason.ASKED) is not None) != new:
        raise RuntimeError("the backup did not see what is new")


def _back_up_by_hand(database: Path) -> None:
    target = database.with_suffix(".copy")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA integrity_check").fetchall()
        for (body,) in copy.execute("SELECT body FROM revision"):
            hashlib.sha256(zlib.decompress(body) if body else b"").hexdigest()
    with target.open("rb+") as file:
        os.fsync(file.fileno())
        hashlib.file_digest(file, "sha256").hexdigest()
    target.unlink()


def _checking(project: Project, floor: Path, rounds: int) -> dict[str, Any]:
    def ours() -> float:
        start = time.perf_counter()
        if not check_health(project).is_whole:
            raise RuntimeError("the check found damage where there is none")
        return time.perf_counter() - start

    def by_hand() -> None:
        with closing(sqlite3.connect(floor)) as connection:
            connection.execute("PRAGMA integrity_check").fetchall()
        for place in (project.folder / "evidence").glob("??/*"):
            with place.open("rb") as file:
                hashlib.file_digest(file, "sha256").hexdigest()

    pairs = in_turns(ours, lambda: _timed(by_hand), rounds, warm_up=False)
    what = "the full check, every row and file / integrity_check and sha256 of all evidence by hand"
    return at_most("check", *pairs, 2.0, what)
