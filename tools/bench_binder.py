"""Measures the binder of evidence: its speed against pikepdf alone joining the same files, its memory.

As a program of its own it is one of the processes that are measured:
``python -m tools.bench_binder bind JOB FOLDER | join LIST OUT.pdf | whole PROJECT OUT.pdf``
"""

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.assessment import AssessmentRound, IssueAssessment
from esa_desktop.domain.binder import BinderOptions
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.services.frameworks import find_framework
from tools.measuring import at_most, compiled, in_turns, memory_is_told, peak_mb, within

FILES: Final = 100
PAGES: Final = 5
"""Of each file: 500 pages together, as an office of 60 issues has them."""
MANY_FILES: Final = 500
MANY_PAGES: Final = 10
ROUNDS: Final = 5
_YEAR: Final = 2557
_SCANS: Final = 12
"""Different pictures; what tells the pages apart is a remark in each."""
_MARKER: Final = b"\xff\xfe"


def measure() -> list[dict[str, Any]]:
    """The figures of the binder."""
    with tempfile.TemporaryDirectory() as there:
        folder = Path(there)
        few = _Evidence(folder / "few", FILES, PAGES, dots=150)
        figures = [_joining(few), _whole(few)]
        if memory_is_told():
            figures.append(_memory(_Evidence(folder / "many", MANY_FILES, MANY_PAGES, dots=60)))
        return figures


def _joining(evidence: "_Evidence") -> dict[str, Any]:
    """Stamps, dividers, index and bookmarks included; both in a process that has its modules."""
    bound = evidence.folder / "bound"
    ours, rival = in_turns(
        lambda: _process("bind", evidence.job(BinderOptions()), bound)["seconds"],
        lambda: _process("join", evidence.list, evidence.folder / "joined.pdf")["seconds"],
        ROUNDS,
    )
    what = f"{FILES * PAGES} pages of {FILES} scanned PDFs bound, against pikepdf joining them"
    return at_most("binder.join", ours, rival, 1.5, what)


def _whole(evidence: "_Evidence") -> dict[str, Any]:
    """As a person waits for it: every file looked at first, children started, volumes flushed."""
    target = evidence.folder / "whole.pdf"
    ours, rival = in_turns(
        lambda: _process("whole", evidence.job(BinderOptions()), target)["seconds"],
        lambda: _process("join", evidence.list, evidence.folder / "joined.pdf")["seconds"],
        ROUNDS,
    )
    seconds, floor = sorted(ours)[len(ours) // 2], sorted(rival)[len(rival) // 2]
    what = "the same binder from the click to the volume in its place, looks and processes included"
    return within("binder.whole", seconds, floor, 15.0, "s", what)


def _memory(evidence: "_Evidence") -> dict[str, Any]:
    told = _process("bind", evidence.job(BinderOptions()), evidence.folder / "bound")
    rival = _process("join", evidence.list, evidence.folder / "joined.pdf")
    what = f"peak of the process that binds {told['pages']} pages; the other is pikepdf's"
    return within("binder.memory", told["peak_mb"], rival["peak_mb"], 300.0, "MB", what)


class _Evidence:
    """Scanned PDFs in a folder, and a round that shows them."""

    def __init__(self, folder: Path, files: int, pages: int, *, dots: int) -> None:
        """``dots``: to an inch."""
        folder.mkdir()
        self.folder = folder
        self.paths = list(_scanned(folder, files, pages, dots))
        self.pages = pages
        self.list = folder / "files.json"
        self.list.write_text(json.dumps([str(path) for path in self.paths]), "utf-8")

    def job(self, options: BinderOptions) -> Path:
        """A pickled job, as the child gets it."""
        from esa_desktop.report.binder.job import BinderJob, BoundFile

        files = {
            path.stem: BoundFile(str(path), f"{path.stem}.pdf", "pdf", self.pages)
            for path in self.paths
        }
        job = BinderJob(self._round(), options, files, name="แฟ้ม", made="๑ ก.ย. ๒๕๕๗")
        written = self.folder / "job"
        written.write_bytes(pickle.dumps(job))
        return written

    def _round(self) -> AssessmentRound:
        framework = find_framework("obec-2557")
        issues = [issue for _, _, issue in framework.issues()]
        items = {
            path.stem: Evidence(
                path.stem,
                f"1.1.1-{place:03}",
                f"รายงานการประชุมคณะกรรมการ ครั้งที่ {place}",
                files=(EvidenceFile(path.stem, f"{path.stem}.pdf", path.stat().st_size),),
            )
            for place, path in enumerate(self.paths)
        }
        links: dict[str, list[tuple[str, str]]] = {}
        for place, name in enumerate(items):
            issue = issues[place * len(issues) // len(items)]
            links.setdefault(issue.id, []).append((f"r{place:05}", name))
        written = {issue: IssueAssessment(links=tuple(known)) for issue, known in links.items()}
        return AssessmentRound(_YEAR, framework, "สพป.ทดสอบ เขต ๑", issues=written, items=items)


def _scanned(folder: Path, files: int, pages: int, dots: int) -> Iterator[Path]:
    import pikepdf

    size = round(8.27 * dots), round(11.69 * dots)
    scans = [_scan(seed, size) for seed in range(_SCANS)]
    for number in range(files):
        document = pikepdf.new()
        for page in range(pages):
            place = number * pages + page
            mark = f"{place:08}".encode()
            remark = _MARKER + (len(mark) + 2).to_bytes(2, "big") + mark
            scan = scans[place % _SCANS]
            _add_page(document, scan[:2] + remark + scan[2:], size)
        path = folder / f"{number:064x}"
        document.save(path)
        yield path


def _add_page(document: Any, jpeg: bytes, size: tuple[int, int]) -> None:
    import pikepdf

    picture = pikepdf.Stream(
        document,
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = document.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
    page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")


def _scan(seed: int, size: tuple[int, int]) -> bytes:
    """A grey page with something like lines of type; at 150 dots an inch about 280 kB."""
    import random

    from PIL import Image, ImageDraw

    dice = random.Random(seed)
    page = Image.new("L", (1240, 1754), 244)
    draw = ImageDraw.Draw(page)
    for line in range(48):
        x = 120
        while x < 1100:
            width = dice.randrange(4, 16)
            top = 140 + line * 32 + dice.randrange(-2, 3)
            draw.rectangle((x, top, x + width, top + dice.randrange(6, 20)), dice.randrange(90))
            x += width + dice.randrange(2, 9)
    written = BytesIO()
    page.resize(size).save(written, "JPEG", quality=45)
    return written.getvalue()


def _process(do: str, *arguments: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench_binder", do, *map(str, arguments)],
        env=compiled(),
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


# --- inside the processes ---------------------------------------------------------------------


def _bind(job: str, folder: str) -> dict[str, Any]:
    from esa_desktop.report.binder.binding import bind

    place = Path(folder)
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    known = pickle.loads(Path(job).read_bytes())  # noqa: S301 - written by us a moment ago
    began = time.perf_counter()
    result = bind(known, place)
    _flush(Path(result.volumes[0].path))
    spent = time.perf_counter() - began
    if result.troubles:
        raise SystemExit(f"not all was bound: {result.troubles[0]}")
    return _told(spent) | {"pages": result.pages}


def _join(names: str, target: str) -> dict[str, Any]:
    import pikepdf

    paths: Sequence[str] = json.loads(Path(names).read_text("utf-8"))
    began = time.perf_counter()
    joined = pikepdf.new()
    sources = [pikepdf.open(path) for path in paths]
    for source in sources:
        joined.pages.extend(source.pages)
    joined.save(target)
    _flush(Path(target))
    return _told(time.perf_counter() - began)


def _bind_whole(job: str, target: str) -> dict[str, Any]:
    from esa_desktop.services.binder_wish import BinderWish
    from esa_desktop.services.binding import bind_evidence
    from esa_desktop.services.reading import Reader

    known = pickle.loads(Path(job).read_bytes())  # noqa: S301 - written by us a moment ago
    paths = {sha256: Path(file.path) for sha256, file in known.files.items()}
    wish = BinderWish(
        known.assessed,
        replace(known.options),
        Path(target),
        paths.__getitem__,
        lambda _: True,
    )
    began = time.perf_counter()
    with closing(Reader()) as reader:
        result = bind_evidence(wish, reader)
    return _told(time.perf_counter() - began) | {"pages": result.pages}


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _told(seconds: float) -> dict[str, Any]:
    peak = {"peak_mb": peak_mb()} if memory_is_told() else {}
    return {"seconds": seconds, **peak}


if __name__ == "__main__":
    PARTS: Final[dict[str, Callable[[str, str], dict[str, Any]]]] = {
        "bind": _bind,
        "join": _join,
        "whole": _bind_whole,
    }
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
