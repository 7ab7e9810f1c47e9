"""Intake: 2,000 files of 3 GB attached beside copying them by hand, listed, and the window while pictures come."""

import gc
import hashlib
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QStringListModel, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QListView

from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project, create_project, open_project
from esa_desktop.services.reading import Reader
from esa_desktop.ui.evidence_pane import EvidencePane
from esa_desktop.ui.garbage import set_aside
from esa_desktop.ui.theme import apply_theme
from esa_desktop.ui.thumbnails import Thumbnails
from tools.measuring import at_least, in_turns, percentile, within

HANDFULS: Final = 10
FILES: Final = 200
"""In a handful; ten of them are 2,000 files of 3 GB."""
FILE_BYTES: Final = 1_500_000
CHUNK: Final = 1 << 20
PICTURES: Final = 120
"""Files whose first pages are drawn while the list is scrolled: photos of a phone, and PDFs."""
PHOTO: Final = (4000, 3000)
TICK_MS: Final = 4
SCROLLING_MS: Final = 12_000
WHO: Final = Who("bench", "bench", "bench")


def measure(*, quick: bool = False) -> list[dict[str, Any]]:
    """Seconds and milliseconds, on the disk of the temporary folder."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)  # noqa: S101 - for mypy
    apply_theme(app, dark=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        handfuls, files = (1, 4) if quick else (HANDFULS, FILES)
        with _project(folder / "many.esaproj") as project:
            figures = [
                _attaching(project, folder, handfuls, files),
                _listing(project, 1 if quick else 5),
            ]
        reader = Reader()
        try:
            with _project(folder / "pictures.esaproj") as project:
                _attach_pictures(project, folder, 4 if quick else PICTURES)
                figures += _ticks(project, reader, 3000 if quick else SCROLLING_MS)
        finally:
            reader.close()
    gc.unfreeze()
    return figures


@contextmanager
def _project(place: Path) -> Iterator[Project]:
    create_project(place, find_framework("obec-2557"), office="สพป.", fiscal_year=2557, who=WHO)
    project = open_project(place, who=WHO)
    try:
        yield project
    finally:
        project.close()


def _issue(project: Project) -> str:
    return project.editor.round.framework.issue("1.1.1").id


# --- attaching ----------------------------------------------------------------------------------


def _attaching(project: Project, folder: Path, handfuls: int, count: int) -> dict[str, Any]:
    """Bytes never seen before in each turn, for the other side too, and neither's are flushed yet."""
    dice = random.Random(1)
    by_hand = folder / "by hand"
    by_hand.mkdir()
    incoming = folder / "incoming"

    def sources() -> list[Path]:
        shutil.rmtree(incoming, ignore_errors=True)
        incoming.mkdir()
        made = [incoming / f"เอกสาร {number}.pdf" for number in range(count)]
        for source in made:
            source.write_bytes(b"%PDF" + dice.randbytes(FILE_BYTES - 4))
        os.sync()  # what is still to be written would be paid by whoever flushes first
        return made

    def ours() -> float:
        files = sources()
        start = time.perf_counter()
        intake = take_in(project.folder, files)
        project.editor.apply(attach(project.editor, _issue(project), intake.files))
        project.flush()
        return time.perf_counter() - start

    def theirs() -> float:
        files = sources()
        start = time.perf_counter()
        for number, file in enumerate(files):
            _copy_by_hand(file, by_hand / f"{dice.getrandbits(32):x} {number}")
        seconds = time.perf_counter() - start
        shutil.rmtree(by_hand)
        by_hand.mkdir()
        return seconds

    pairs = in_turns(ours, theirs, handfuls, warm_up=False)
    shutil.rmtree(by_hand)
    shutil.rmtree(incoming)
    size = handfuls * count * FILE_BYTES
    what = (
        f"copy + fsync + sha256 by hand / attaching, acknowledged; {handfuls * count} files of "
        f"{size / 1e9:g} GB in handfuls of {count}"
    )
    figure = at_least("attach_many", *pairs, 0.8, what)
    return figure | {"mb_per_second": round(size / 1e6 / sum(pairs[0]), 1)}


def _copy_by_hand(source: Path, target: Path) -> None:
    sha256 = hashlib.sha256()
    with source.open("rb") as original, target.open("wb") as copy:
        while chunk := original.read(CHUNK):
            sha256.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())


# --- the list -----------------------------------------------------------------------------------


def _listing(project: Project, rounds: int) -> dict[str, Any]:
    """All items of the issue come into view; files are looked for, pictures are not drawn yet."""
    pane = _pane(project)
    pane.resize(264, 650)
    pane.show()
    bare = QListView()
    bare.resize(264, 650)
    bare.show()
    _wait(100)
    items = project.editor.round.evidence_of(_issue(project))
    words = QStringListModel([item.title for item in items])

    def ours() -> float:
        pane.show_issue(None)
        start = time.perf_counter()
        pane.show_issue(_issue(project))
        pane.list.viewport().repaint()
        return (time.perf_counter() - start) * 1000

    def theirs() -> float:
        bare.setModel(None)
        start = time.perf_counter()
        bare.setModel(words)
        bare.viewport().repaint()
        return (time.perf_counter() - start) * 1000

    mine, other = in_turns(ours, theirs, rounds)
    pane.close()
    bare.close()
    what = f"ms until a list of {len(items)} items is painted / a bare QListView of their titles"
    return within("list_many", statistics.median(mine), statistics.median(other), 200, "ms", what)


# --- the window while pictures come -------------------------------------------------------------


def _attach_pictures(project: Project, folder: Path, count: int) -> None:
    """Half photos as a phone makes them, half PDFs; each is another file."""
    sources = []
    for number in range(count):
        source = folder / f"{number}.{'jpg' if number % 2 else 'pdf'}"
        _photo(source, number) if number % 2 else _pdf(source, number)
        sources.append(source)
    intake = take_in(project.folder, sources)
    project.editor.apply(attach(project.editor, _issue(project), intake.files))
    project.flush()


def _photo(path: Path, number: int) -> None:
    image = QImage(*PHOTO, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 7 % 360, 90, 200))
    painter = QPainter(image)
    dice = random.Random(number)
    for _ in range(400):
        painter.setBrush(QColor(dice.getrandbits(8), dice.getrandbits(8), dice.getrandbits(8)))
        painter.drawEllipse(dice.randrange(PHOTO[0]), dice.randrange(PHOTO[1]), 300, 200)
    painter.end()
    image.save(str(path), quality=92)


def _pdf(path: Path, number: int) -> None:
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    for line in range(40):
        painter.drawText(400, 400 + line * 300, f"เอกสารลำดับที่ {number} บรรทัด {line} " * 3)
    painter.end()


def _ticks(project: Project, reader: Reader, milliseconds: int) -> list[dict[str, Any]]:
    """The list is scrolled up and down while its pictures are made; then again when all are there."""
    pane = _pane(project, reader)
    pane.resize(264, 650)
    pane.show_issue(_issue(project))
    pane.show()
    set_aside()  # as the program does when a project has been shown
    mine = _scrolled(pane, milliseconds)
    made = _pictures_of(pane, project)
    floor = _scrolled(pane, milliseconds // 3)
    pane.close()
    if not made:
        raise RuntimeError("no picture was made: what was measured is an idle window")
    what = (
        f"ms between ticks of a {TICK_MS} ms timer while a list is scrolled and its pictures made, "
        f"{len(project.editor.round.items)} photos of 12 megapixels and PDFs / while all are there"
    )
    more = {"ticks": len(mine), "pictures": made}
    return [
        within("intake_ticks_p99", percentile(mine, 0.99), percentile(floor, 0.99), 50, "ms", what)
        | more,
        within("intake_ticks_worst", max(mine), max(floor), 100, "ms", f"the longest {what}")
        | more,
    ]


def _pictures_of(pane: EvidencePane, project: Project) -> int:
    """How many files have a picture by now."""
    pictures = pane.findChildren(Thumbnails)[0]
    files = [file for item in project.editor.round.items.values() for file in item.files]
    ratio = pane.list.devicePixelRatioF()
    return sum(pictures.picture(file, ratio) is not None for file in files)


def _scrolled(pane: EvidencePane, milliseconds: int) -> list[float]:
    gaps: list[float] = []
    last = time.perf_counter()
    bar = pane.list.verticalScrollBar()
    step = 18

    def tick() -> None:
        nonlocal last, step
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
        if len(gaps) % 8 == 0:
            if not bar.minimum() <= bar.value() + step <= bar.maximum():
                step = -step
            bar.setValue(bar.value() + step)

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    _wait(milliseconds)
    timer.stop()
    return gaps[2:]


def _pane(project: Project, reader: Reader | None = None) -> EvidencePane:
    path_of: Callable[[Any], Path] = lambda file: project.path_of(file.sha256)  # noqa: E731
    return EvidencePane(
        project.editor,
        lambda *_: None,
        is_present=lambda file: path_of(file).is_file(),
        path_of=path_of,
        reader=reader,
    )


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    import json

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = measure(quick="--quick" in sys.argv)
    print(json.dumps({"figures": found}, ensure_ascii=False, indent=1))
