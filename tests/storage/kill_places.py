"""Saves and attaches in child processes that die, or whose disk fails, at the n-th step; counts losses.

Usage: kill_places.py MODE PLACES FOLDER. Prints one JSON object. Modes: ``kill``; ``create`` (killed
while a project is made); ``full-once``, ``full``, ``io-once``, ``io`` (the disk refuses, once or from
there on); and two controls that must lose work, or the others prove nothing: ``no-journal`` and
``early`` (acknowledged before COMMIT).
"""

import errno
import json
import os
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from esa_desktop.domain.errors import AttachError, StorageError
from esa_desktop.domain.evidence import evidence_from_dict
from esa_desktop.domain.fields import Kind
from esa_desktop.domain.revision import heads_of
from esa_desktop.storage import database
from esa_desktop.storage.evidence_files import is_kept, keep
from esa_desktop.storage.store import Store, Write
from esa_desktop.storage.writer import Writer
from tests.storage import disk_edge
from tests.storage.projects import (
    HOLDER,
    METHOD,
    RESULTS,
    chain,
    draft,
    is_one_thai_sentence,
    item,
    new_store,
)

FAULTS = {"full": errno.ENOSPC, "io": errno.EIO}
SAVES = 12
Tell = Callable[[str], None]


def work(folder: Path, tell: Tell, *, early: bool) -> None:
    """What an hour of work does to the disk, in short; tells what was acknowledged."""
    troubles: list[StorageError | None] = []
    writer = Writer(lambda: Store.open(folder, HOLDER), troubles.append, waits=(0.005,))
    try:
        writer.start()
    except StorageError as error:
        tell(f"refused {is_one_thai_sentence(error)}")
        return

    def save(write: Write, words: str) -> None:
        if early:
            tell(f"ack {words}")
        future = writer.submit(write)
        if not early:
            future.add_done_callback(lambda f: None if f.exception() else tell(f"ack {words}"))
        # Some are waited for, others queue up and are committed together.
        while words[-1] in "02468ace" and not (future.done() or troubles):
            time.sleep(0.0005)

    texts = chain(SAVES, size=300)
    for number, text in enumerate(texts):
        typed = draft(f"กำลังพิมพ์ {number}", field=RESULTS)
        save(Write(drafts=(typed,)), f"draft {number}")
        save(Write(revisions=(text,), dropped=((METHOD, "d1"),)), f"revision {text.id}")
        if number % 3 == 0:
            _attach(folder, number, save)
    tell(f"closed {writer.close(timeout=0.1)}")
    told = [error for error in troubles if error]
    tell(f"troubles {len(told)} {all(map(is_one_thai_sentence, told))}")


def _attach(folder: Path, number: int, save: Callable[[Write, str], None]) -> None:
    try:
        file = keep(folder.parent / f"source-{number}.pdf", folder)
    except AttachError:
        return
    made = item(f"item-{number}", file)
    save(Write(revisions=(made,), files=(file,)), f"item {made.id} {made.field.owner}")


def child(mode: str, place: int, folder: Path, pipe: int) -> None:
    def tell(words: str) -> None:
        os.write(pipe, f"{words}\n".encode())

    if mode == "no-journal":
        database.PRAGMAS["journal_mode"] = "off"  # type: ignore[index]
    name, _, once = mode.partition("-")
    act = disk_edge.Nth(place, fault=FAULTS.get(name, 0), once=bool(once))
    disk_edge.watch(act, evidence=name not in FAULTS)
    if mode == "create":
        Store.create(folder / "new", HOLDER).close()
        tell("ack created")
    else:
        work(folder, tell, early=mode == "early")
    tell(f"steps {act.count}")


def run(mode: str, place: int, folder: Path) -> list[list[str]]:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            child(mode, place, folder, write)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as lines:
        told = lines.read().splitlines()
    os.waitpid(pid, 0)
    return [line.split() for line in told]


def found_wrong(folder: Path, told: list[list[str]]) -> list[str]:
    """What a person would miss after starting the program again; empty when all is well."""
    try:
        store = Store.open(folder, HOLDER)
    except StorageError:
        return ["unopenable"]
    wrong: list[str] = []
    try:
        contents = store.load()
        history = store.history(METHOD)
        items = {f.owner: h for f, h in contents.heads.items() if f.kind is Kind.ITEM}
        if contents.heads.get(METHOD, ()) != heads_of(history):
            wrong.append("torn")
        for owner, heads in items.items():
            values = evidence_from_dict(owner, json.loads(heads[0].body))
            if not all(f.sha256 in contents.files and is_kept(folder, f) for f in values.files):
                wrong.append("row without file")
        acknowledged = [line[1:] for line in told if line[0] == "ack"]
        revisions = {r.id for r in history} | {h.id for heads in items.values() for h in heads}
        drafts = [int(words[1]) for words in acknowledged if words[0] == "draft"]
        typed = [d.body for d in contents.drafts if d.field == RESULTS]
        possible = [draft(f"กำลังพิมพ์ {n}", field=RESULTS).body for n in range(SAVES)]
        if drafts and not (typed and possible.index(typed[0]) >= max(drafts)):
            wrong.append("lost")
        if any(words[0] != "draft" and words[1] not in revisions for words in acknowledged):
            wrong.append("lost")
    except StorageError:
        wrong.append("damaged")
    finally:
        store.close()
    with closing(sqlite3.connect(folder / "project.db")) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            wrong.append("corrupt")
    return wrong


def wrong_after_creating(folder: Path, told: list[list[str]]) -> list[str]:
    """A project is there and opens, or its place can be used: nothing in between."""
    try:
        there = (folder / "project.db").exists()
        store = Store.open(folder, HOLDER) if there else Store.create(folder, HOLDER)
        store.load()
        store.close()
    except StorageError:
        return ["unusable"]
    return [] if there or ["ack", "created"] not in told else ["lost"]


def judged(mode: str, place: int, folder: Path, told: list[list[str]]) -> list[str]:
    if mode == "create":
        return wrong_after_creating(folder / "new", told)
    wrong = found_wrong(folder, told)
    said = {line[0]: line[1:] for line in told}
    if mode.partition("-")[0] not in FAULTS:
        return wrong
    all_acknowledged = sum(line[0] == "ack" for line in told) == 2 * SAVES + SAVES // 3
    if "refused" in said:  # the fault met the opening: nothing was taken, so nothing is lost
        return wrong + ([] if said["refused"] == ["True"] else ["no sentence"])
    count, sentences = said["troubles"]
    if sentences != "True":
        wrong.append("no sentence")
    if mode.endswith("once") and not (all_acknowledged and said["closed"] == ["True"]):
        wrong.append("not gone on")
    if not all_acknowledged and (count == "0" or said["closed"] != ["False"]):
        wrong.append("silent")
    return wrong


def main(mode: str, places: int, ground: Path) -> None:
    shutil.rmtree(ground, ignore_errors=True)
    ground.mkdir(parents=True)
    template = new_store(ground, "template")
    template.write(Write(revisions=tuple(chain(2, field=RESULTS))))
    template.close()
    for number in range(SAVES):
        (ground / f"source-{number}.pdf").write_bytes(os.urandom(30000))
    folder = ground / "project"

    def fresh() -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ground / "template", folder)
        return folder

    (steps,) = [int(line[1]) for line in run(mode, 0, fresh()) if line[0] == "steps"]
    found: Counter[str] = Counter()
    tried = broken = 0
    for place in sorted({1 + index * steps // places for index in range(places)}):
        told = run(mode, place, fresh())
        # Writes that met in one transaction made the run shorter than the counted one.
        tried += not any(line[0] == "steps" and int(line[1]) < place for line in told)
        wrong = judged(mode, place, folder, told)
        broken += bool(wrong)
        found.update(set(wrong))
    shutil.rmtree(ground)
    print(json.dumps({"steps": steps, "tried": tried, "broken": broken, **found}))


if __name__ == "__main__":
    if not disk_edge.available():
        print(json.dumps({"unavailable": True}))
    else:
        main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
