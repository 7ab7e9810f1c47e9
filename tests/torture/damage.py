"""Damaged project files by the hundred: is every change noticed, does recovery bring the rows back.

    python tests/torture/damage.py 1000 [folder]

prints a table. What is not noticed but reads the same as before lay in bytes that nothing uses.
"""

import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from esa_desktop.domain import richtext
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Kind, encode, indicator_field, issue_field
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.health import recover
from esa_desktop.services.projects import create_project, open_project
from esa_desktop.storage.database_file import read_only
from esa_desktop.storage.examination import examine
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.rows import Draft
from esa_desktop.storage.store import Store, Write
from tests.projects import WHO, YEAR

PAGE = 4096
TIME = "2026-11-22T03:00:00.000+00:00"
HOLDER = Holder("สมศรี", "PC-1", TIME, WHO.device)
SYLLABLES = [
    a + b + c
    for a in "กขคจชดตถทนบปผพมยรลวสหอ"
    for b in ("า", "ิ", "ี", "ุ", "ู", "ะ", "")
    for c in "กงดนบมยว"
]


# --- a project --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """A project to be damaged, closed, and what it said."""

    folder: Path
    rows: Mapping[str, Sequence[object]]
    """Of every table, by a key; what a reader of the database gets."""
    held: frozenset[str]
    """Ids of the revisions that its backups hold."""
    stale: bytes
    """A journal of an earlier transaction."""
    foreign: bytes
    """One of another project."""

    @property
    def ids(self) -> set[str]:
        return {name.partition(" ")[2] for name in self.rows if name.startswith("revision ")}


def text_of(dice: random.Random, length: int) -> str:
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(3000)]
    parts: list[str] = []
    while length > 0:
        line = " ".join(dice.choices(words, k=dice.randint(5, 40)))
        parts.append(line)
        length -= len(line)
    return "\n".join(parts)


def revisions_of(dice: random.Random, count: int, author: str = "สมศรี") -> list[Revision]:
    """Texts of real length that grow, some of 99 KB; ticks and levels between them."""
    framework = find_framework("obec-2557")
    issues = [issue.id for _, _, issue in framework.issues()]
    indicators = [indicator.id for _, _, indicator in framework.indicators()]
    last: dict[object, tuple[str, str]] = {}
    made = []
    for number in range(count):
        roll = dice.random()
        if roll < 0.7:
            name = issue_field(
                YEAR, dice.choice(issues[:20]), dice.choice([Kind.METHOD, Kind.RESULTS])
            )
            _, before = last.get(name, ("", ""))
            length = 33_000 if roll < 0.09 else dice.randint(300, 3000)
            text = (before[-4000:] + "\n" + text_of(dice, length))[-33_000:]
            body = encode(name.kind, richtext.from_plain(text))
        elif roll < 0.85:
            name = issue_field(YEAR, dice.choice(issues), Kind.ACTED_ON)
            text, body = "", encode(name.kind, number % 2 == 0)
        else:
            name = indicator_field(YEAR, dice.choice(indicators), Kind.LEVEL)
            text, body = "", encode(name.kind, dice.randint(1, 5))
        parents = [last[name][0]] if name in last else []
        revision = make_revision(name, parents, body, author=author, device="d1", time=TIME)
        last[name] = revision.id, text
        made.append(revision)
    return list({revision.id: revision for revision in made}.values())


def build(place: Path, count: int, *, backups: bool, seed: int = 1) -> Ground:
    """A project with this many revisions; with backups at six and nine tenths of the way."""
    dice = random.Random(seed)
    folder = place / f"งาน{count}{backups}.esaproj"
    framework = find_framework("obec-2557")
    create_project(folder, framework, office="สพป. ๑", fiscal_year=YEAR, who=WHO)
    made = revisions_of(dice, count)
    stale = b""
    held: set[str] = set()
    for start in range(0, count, count // 10):
        store = Store.open(folder, HOLDER)
        for one in range(start, min(start + count // 10, len(made)), 8):
            some = made[one : one + 8]
            typed = draft_of(some[-1])
            store.write(Write(drafts=(typed,)))
            store.write(Write(tuple(some), dropped=((typed.field, typed.device),)))
        store.close()
        if start == count // 10 * 4:
            stale = hot_journal(folder, place)
        if backups and start in (count // 10 * 5, count // 10 * 8):
            project = open_project(folder, who=WHO)
            back_up(project, Reason.WORKED)
            project.close()
            held = set(contents(folder / "project.db"))
    store = Store.open(folder, HOLDER)
    left = [
        Draft(r.field, d, "สมศรี", TIME, (), r.body) for r, d in zip(made[-3:], "abc", strict=True)
    ]
    store.write(Write(drafts=tuple(left)))
    store.close()
    return Ground(
        folder,
        contents(folder / "project.db"),
        frozenset(name.partition(" ")[2] for name in held if name.startswith("revision ")),
        stale,
        _foreign_journal(place),
    )


def draft_of(revision: Revision) -> Draft:
    r = revision
    return Draft(r.field, r.device, r.author, r.time, r.parents, r.body)


def hot_journal(folder: Path, place: Path) -> bytes:
    """The journal in the middle of a transaction that changes much, as a power cut leaves it."""
    copy = place / "copy.db"
    shutil.copyfile(folder / "project.db", copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=3")
        connection.execute("BEGIN")
        connection.execute("UPDATE revision SET author=author||'x' WHERE seq%3=0")
        return copy.with_name("copy.db-journal").read_bytes()


def _foreign_journal(place: Path) -> bytes:
    other = place / "other.esaproj"
    if not other.exists():
        framework = find_framework("obec-2557")
        create_project(other, framework, office="สพป. ๒", fiscal_year=YEAR, who=WHO)
        store = Store.open(other, HOLDER)
        store.write(Write(tuple(revisions_of(random.Random(7), 60, "ของคนอื่น"))))
        store.close()
    return hot_journal(other, place)


# --- what it says -----------------------------------------------------------------------------


def contents(database: Path) -> dict[str, Sequence[object]]:
    """Every row a reader gets; raises whatever a reader meets. Shares no code with the program."""
    rows: dict[str, Sequence[object]] = {}
    with closing(sqlite3.connect(f"file:{database}?immutable=1", uri=True)) as connection:
        connection.text_factory = bytes
        for seq, *columns, body in connection.execute("SELECT * FROM revision ORDER BY seq"):
            rows[f"revision {columns[0].decode()}"] = (seq, *columns, unpacked(body))
        for *columns, body in connection.execute("SELECT * FROM draft"):
            rows[f"draft {columns[:4]}"] = (*columns, unpacked(body))
        for table in ("meta", "head", "evidence_file"):
            for row in connection.execute(f"SELECT * FROM {table}"):
                rows[f"{table} {row}"] = row
        # What is read through an index is stored work as well.
        graph = connection.execute("SELECT id, parents FROM revision INDEXED BY revision_graph")
        rows["graph"] = sorted(graph.fetchall())
    return rows


def unpacked(body: bytes) -> bytes:
    return zlib.decompress(body) if body else b""


# --- damage -----------------------------------------------------------------------------------

Harm = Callable[[Path, random.Random, Ground], None]


def bits(count: int, *, first: int = 0, last: int | None = None) -> Harm:
    def harm(folder: Path, dice: random.Random, _: Ground) -> None:
        with open_to_harm(folder) as file:
            size = file.seek(0, 2)
            for _number in range(count):
                place = dice.randrange(first, min(last or size, size))
                file.seek(place)
                byte = file.read(1)[0]
                file.seek(place)
                file.write(bytes([byte ^ 1 << dice.randrange(8)]))

    return harm


def stretch(length: int, *, garbage: bool, first: int | None = None) -> Harm:
    """Overwrite so many bytes, page by page, with zeros or garbage; not on page 1 unless asked."""

    def harm(folder: Path, dice: random.Random, _: Ground) -> None:
        with open_to_harm(folder) as file:
            pages = file.seek(0, 2) // PAGE
            start = first if first is not None else dice.randrange(1, pages - length // PAGE) * PAGE
            file.seek(start)
            file.write(dice.randbytes(length) if garbage else bytes(length))

    return harm


def swapped(folder: Path, dice: random.Random, _: Ground) -> None:
    """Two pages in each other's place, as a drive that mixes up its sectors writes them."""
    with open_to_harm(folder) as file:
        pages = file.seek(0, 2) // PAGE
        one, other = (place * PAGE for place in dice.sample(range(1, pages), 2))
        file.seek(one)
        first = file.read(PAGE)
        file.seek(other)
        second = file.read(PAGE)
        file.seek(other)
        file.write(first)
        file.seek(one)
        file.write(second)


def cut(folder: Path, dice: random.Random, _: Ground) -> None:
    path = folder / "project.db"
    os.truncate(path, dice.randrange(1, path.stat().st_size))


def cut_last_page(folder: Path, dice: random.Random, _: Ground) -> None:
    path = folder / "project.db"
    os.truncate(path, path.stat().st_size - dice.randrange(1, PAGE + 1))


def emptied(folder: Path, dice: random.Random, _: Ground) -> None:
    os.truncate(folder / "project.db", 0)


def with_stale_journal(folder: Path, dice: random.Random, ground: Ground) -> None:
    (folder / "project.db-journal").write_bytes(ground.stale)


def with_foreign_journal(folder: Path, dice: random.Random, ground: Ground) -> None:
    (folder / "project.db-journal").write_bytes(ground.foreign)


def open_to_harm(folder: Path):
    return (folder / "project.db").open("rb+")


@dataclass(frozen=True)
class Case:
    harm: Harm
    share: int
    is_small: bool = False
    """At most 64 KB, outside page 1: here 99 of 100 rows must come back without any backup."""
    most_lost: int = 0
    """Rows that may lie in what was overwritten."""


CASES = {
    "a bit": Case(bits(1, first=PAGE), 20, is_small=True, most_lost=1),
    "8 bits": Case(bits(8, first=PAGE), 8, is_small=True, most_lost=8),
    "a page of zeros": Case(stretch(PAGE, garbage=False), 8, is_small=True, most_lost=9),
    "a page of garbage": Case(stretch(PAGE, garbage=True), 8, is_small=True, most_lost=9),
    "two pages swapped": Case(swapped, 4, is_small=True, most_lost=18),
    "16 KB of zeros": Case(stretch(4 * PAGE, garbage=False), 4, is_small=True, most_lost=25),
    "64 KB of garbage": Case(stretch(16 * PAGE, garbage=True), 12, is_small=True, most_lost=80),
    "last page cut": Case(cut_last_page, 6, is_small=True, most_lost=9),
    "a bit of the header": Case(bits(1, last=100), 8),
    "a bit of page 1": Case(bits(1, last=PAGE), 6),
    "page 1 of zeros": Case(stretch(PAGE, garbage=False, first=0), 3),
    "first 64 KB of garbage": Case(stretch(16 * PAGE, garbage=True, first=0), 4),
    "cut anywhere": Case(cut, 6),
    "emptied": Case(emptied, 1),
    "a stale journal": Case(with_stale_journal, 1),
    "a foreign journal": Case(with_foreign_journal, 1),
}


# --- one case ---------------------------------------------------------------------------------


@dataclass
class Outcome:
    changed: int = 0
    """Files that a reader reads otherwise than before, or not at all."""
    noticed: int = 0
    refused: int = 0
    """Of those, already on opening."""
    sqlite_noticed: int = 0
    """Of those, by SQLite's integrity_check alone: the control."""
    tried: int = 0
    rows: int = 0
    back: int = 0
    worst: float = 1.0
    held_lost: int = 0
    """Revisions that a backup holds and that did not come back."""
    strangers: int = 0
    """Revisions of another project that came in."""
    drafts_back: int = 0
    drafts: int = 0
    failed: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def share(self) -> float:
        return self.back / self.rows if self.rows else 1.0


def copy_of(ground: Ground, place: Path) -> Path:
    """The project anew; backups and evidence are shared, for nobody writes to them."""
    shutil.rmtree(place, ignore_errors=True)
    ours = shutil.ignore_patterns("project.db*", "lock.json")
    shutil.copytree(ground.folder, place, copy_function=link, ignore=ours)
    # Backups have files of the same name: those are put back as links.
    for path in ground.folder.glob("backups/*/project.db"):
        link(str(path), str(place / path.relative_to(ground.folder)))
    shutil.copyfile(ground.folder / "project.db", place / "project.db")
    return place


def link(source: str, target: str) -> None:
    os.link(source, target)


def try_one(name: str, ground: Ground, folder: Path, seed: int, told: Outcome) -> None:
    dice = random.Random(f"{name} {seed}")
    copy_of(ground, folder)
    CASES[name].harm(folder, dice, ground)
    _notice(ground, folder, told)
    started = time.monotonic()
    try:
        recovered = recover(folder, WHO)
        if recovered.is_empty:
            found: dict[str, Sequence[object]] = {}
        else:
            project = open_project(folder, who=WHO)
            project.close()
            examination = examine(folder / "project.db")  # with what opening wrote
            if not examination.is_whole:
                told.failed.append(f"{name} {seed}: {examination.faults[:3]}")
            found = contents(folder / "project.db")
    except Exception as error:  # noqa: BLE001 - that is what is counted
        told.failed.append(f"{name} {seed}: {error!r}")
        return
    told.seconds += time.monotonic() - started
    _count(ground, found, told)


def _notice(ground: Ground, folder: Path, told: Outcome) -> None:
    """As it comes about: somebody opens the project, and if it opens, a full check follows."""
    told.tried += 1
    refused = not opens(folder)
    try:
        changed = contents(folder / "project.db") != ground.rows
    except Exception:  # noqa: BLE001 - whatever it is, a reader does not read what was written
        changed = True
    if not changed:
        return
    told.changed += 1
    told.refused += refused
    told.noticed += refused or not examine(folder / "project.db").is_whole
    try:
        with closing(read_only(folder / "project.db")) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.Error, UnicodeError):
        sound = False
    told.sqlite_noticed += not sound


def opens(folder: Path) -> bool:
    """Whether the program takes it for whole; plays a journal back."""
    try:
        store = Store.open(folder, HOLDER)
    except EsaError:
        return False
    try:
        store.load()
    except EsaError:
        return False
    finally:
        store.close()
    return True


def _count(ground: Ground, found: Mapping[str, Sequence[object]], told: Outcome) -> None:
    ids = ground.ids
    back = {name.partition(" ")[2] for name in found if name.startswith("revision ")}
    told.rows += len(ids)
    told.back += len(ids & back)
    told.worst = min(told.worst, len(ids & back) / len(ids))
    told.strangers += sum("ของคนอื่น".encode() in found[f"revision {name}"][6] for name in back - ids)
    told.held_lost += len(ground.held - back)
    wanted = {name for name in ground.rows if name.startswith("draft ")}
    # Opened once, what was being typed is a revision.
    told.drafts += len(wanted)
    bodies = {row[-1] for name, row in found.items() if name.startswith("revision ")}
    told.drafts_back += sum(ground.rows[name][-1] in bodies for name in wanted)


def plan(count: int) -> list[str]:
    shares = sum(case.share for case in CASES.values())
    return [
        name
        for name, case in CASES.items()
        for _ in range(max(1, round(count * case.share / shares)))
    ]


def torture(count: int, place: Path, *, revisions: int = 2000) -> dict[str, Outcome]:
    """So many damaged files, a third of them with backups; outcomes by kind of damage."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    grounds = [build(place, revisions, backups=backups) for backups in (False, True)]
    for seed, name in enumerate(plan(count)):
        backed = seed % 3 == 0
        label = f"{name}, with backups" if backed else name
        try_one(name, grounds[backed], place / "damaged.esaproj", seed, outcomes[label])
    return dict(outcomes)


def without_carving(ground: Ground, folder: Path, seed: int) -> float:
    """The control: what SQLite itself still reads, row by row, without its first 64 KB."""
    copy_of(ground, folder)
    CASES["first 64 KB of garbage"].harm(folder, random.Random(seed), ground)
    got = 0
    with closing(sqlite3.connect(folder / "project.db")) as connection:
        for number in range(1, len(ground.ids) + 10):
            with suppress(sqlite3.Error):
                got += bool(
                    connection.execute("SELECT * FROM revision WHERE seq=?", (number,)).fetchall()
                )
    return got / len(ground.ids)


def report(outcomes: Mapping[str, Outcome]) -> str:
    """The table that is printed."""
    heads = (
        f"{'damage':36}{'files':>6}{'changed':>8}{'noticed':>8}{'SQLite':>7}{'refused':>8}"
        f"{'rows back':>10}{'worst':>8}{'drafts':>9}{'held lost':>10}{'strange':>8}{'s each':>7}"
    )
    lines = [heads]
    for name, o in sorted(outcomes.items()):
        drafts = f"{o.drafts_back}/{o.drafts}"
        lines.append(
            f"{name:36}{o.tried:6}{o.changed:8}{o.noticed:8}{o.sqlite_noticed:7}{o.refused:8}"
            f"{o.share:10.2%}{o.worst:8.1%}{drafts:>9}{o.held_lost:10}{o.strangers:8}"
            f"{o.seconds / max(1, o.tried):7.2f}"
        )
    failed = [line for outcome in outcomes.values() for line in outcome.failed]
    return "\n".join([*lines, *failed])


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as place:
        os.environ.setdefault("ESA_HOME", place)
        outcomes = torture(count, Path(place))
    print(report(outcomes))
    bad = any(o.failed or o.noticed < o.changed for o in outcomes.values())
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
