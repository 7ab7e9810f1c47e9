"""Printing at size, text that never repeats: 300 pages, growth up to 3,000, many rounds in a row."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tools.bench_paper import pages_of
from tools.bench_text import Prose
from tools.bench_word import LibreOffice, write_docx
from tools.measuring import (
    at_least,
    at_most,
    compiled,
    in_turns,
    memory_is_told,
    not_measured,
)

Figures = list[dict[str, Any]]
PARAGRAPHS: Final = {300: 8, 1000: 30, 3000: 91}
"""By the pages a round of 20 indicators has at least: how long the text of an issue has to be."""
SHORT: Final = 1
"""Paragraphs in the texts of a round that warms up."""
MOST_MEMORY: Final = 200.0
MOST_LEFT: Final = 20.0
"""In MB: what many rounds may leave behind after the first `EARLY`."""
MANY: Final = 245
EARLY: Final = 20
ROUNDS: Final = 3
SLOW_ROUNDS: Final = 3
WARM: Final = (
    "seconds a page of LibreOffice with an equal docx / ours, each in a process that has just made "
    "another PDF (LibreOffice: from the first PDF to the second)"
)
WHOLE: Final = (
    "seconds a page of LibreOffice with an equal docx / ours, fresh processes, start included"
)


def measure() -> Figures:
    """Each figure as `tools.measuring` makes it, with the pages and rates it comes from beside it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        forms = {pages: folder / f"{pages}.json" for pages in PARAGRAPHS}
        for pages, form in forms.items():
            _write_form(form, pages, PARAGRAPHS[pages])
        short = folder / "short.json"
        _write_form(short, 1, SHORT)
        figures = _against_libreoffice(folder, forms[300], short)
        figures += _growth(folder, forms)
    return [*figures, *_many_rounds()]


def _write_form(target: Path, seed: int, paragraphs: int) -> None:
    form = Prose(seed).form(paragraphs)
    target.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")


# --- 300 pages against LibreOffice --------------------------------------------------------------


def _against_libreoffice(folder: Path, form: Path, short: Path) -> Figures:
    office = LibreOffice.found(folder)
    why = LibreOffice.MISSING
    if office is not None:
        try:
            return _beside(office, folder, form, short)
        except subprocess.TimeoutExpired:
            why = f"LibreOffice was not done after {LibreOffice.LONGEST:g} seconds"
    names = {"warm": 10.0, "whole": 6.0, "file": 1.0}
    return [not_measured(f"long_paper_{name}", aim, why) for name, aim in names.items()]


def _beside(office: LibreOffice, folder: Path, form: Path, short: Path) -> Figures:
    long, first = folder / "long.docx", folder / "short.docx"
    for document, told in ((long, form), (first, short)):
        write_docx(json.loads(told.read_text("utf-8")), document)
    ours, theirs = folder / "ours.pdf", folder / "long.pdf"

    def whole() -> float:
        start = time.perf_counter()
        _run("print", form, ours)
        return (time.perf_counter() - start) / pages_of(ours)

    def warm() -> float:
        told = _run("warm", short, form)
        return float(told["seconds"]) / int(told["pages"])

    def office_whole() -> float:
        return office.convert(long)[0] / pages_of(theirs)

    def office_warm() -> float:
        return office.convert_warm(first, long)[0] / pages_of(theirs)

    office.convert(first)  # its profile is made, and the files are in memory
    _run("print", short, ours)  # likewise, and the bytecode
    wholes = in_turns(whole, office_whole, SLOW_ROUNDS, warm_up=False)
    warms = in_turns(warm, office_warm, SLOW_ROUNDS, warm_up=False)
    if pages_of(ours) < 300 or pages_of(theirs) < 150:
        raise RuntimeError(f"not as long as it says: {pages_of(ours)}, {pages_of(theirs)} pages")
    both = {"pages": pages_of(ours), "other_pages": pages_of(theirs)}
    size, other_size = (pdf.stat().st_size / pages_of(pdf) for pdf in (ours, theirs))
    smaller = "bytes a page / those of LibreOffice's PDF/A with tags"
    return [
        at_least("long_paper_warm", *warms, 10.0, WARM) | both | _rate(warms[0]),
        at_least("long_paper_whole", *wholes, 6.0, WHOLE) | both | _rate(wholes[0]),
        at_most("long_paper_file", [size], [other_size], 1.0, smaller) | both,
    ]


def _rate(seconds: list[float]) -> dict[str, float]:
    return {"pages_per_second": round(1 / statistics.median(seconds), 1)}


# --- growth -------------------------------------------------------------------------------------


def _growth(folder: Path, forms: dict[int, Path]) -> Figures:
    """Fresh processes. Seconds are of the processor: who else works on the machine counts little."""
    target = folder / "grown.pdf"
    told: dict[int, list[dict[str, float]]] = {pages: [] for pages in forms}
    for _ in range(ROUNDS):
        for pages, form in forms.items():
            told[pages].append(_run("print", form, target))
            if told[pages][-1]["pages"] < pages:
                raise RuntimeError(f"{told[pages][-1]['pages']} pages are not {pages}")
    per_page = {n: [one["cpu_seconds"] / one["pages"] for one in runs] for n, runs in told.items()}
    printed = {n: int(runs[0]["pages"]) for n, runs in told.items()}
    figures = [
        at_most(
            f"long_paper_growth_{pages}",
            per_page[pages],
            per_page[300],
            1.25,
            f"processor seconds a page of {printed[pages]} pages / of {printed[300]}, fresh processes",
        )
        for pages in forms
        if pages != 300
    ]
    if not memory_is_told():
        names = {"memory": 1.0, "growth_memory": 1.25}
        why = "this system does not tell the memory of a process"
        return figures + [not_measured(f"long_paper_{name}", names[name], why) for name in names]
    peak = {n: statistics.median(one["peak_mb"] for one in runs) for n, runs in told.items()}
    small, middle, big = forms
    early, late = (
        (peak[b] - peak[a]) / (printed[b] - printed[a]) for a, b in ((small, middle), (middle, big))
    )
    peaks = {f"peak_mb_{printed[n]}_pages": round(mb, 1) for n, mb in peak.items()}
    size = f"peak MB of a fresh process that prints {printed[300]} pages / {MOST_MEMORY:g} MB"
    more = "more memory a further page, from 1,000 to 3,000 pages / from 300 to 1,000"
    return [
        *figures,
        at_most("long_paper_memory", [peak[300]], [MOST_MEMORY], 1.0, size) | peaks,
        at_most("long_paper_growth_memory", [late], [early], 1.25, more) | peaks,
    ]


# --- many rounds in a row -----------------------------------------------------------------------


def _many_rounds() -> Figures:
    told = _run("rounds", MANY, PARAGRAPHS[300])
    pages, seconds, peaks = told["pages"], told["cpu_seconds"], told["peak_mb"]
    per_page = [a / b for a, b in zip(seconds, pages, strict=True)]
    what = (
        f"processor seconds a page, the last {EARLY} of {MANY} rounds of 20 indicators, each of other "
        f"text and about {statistics.median(pages):g} pages / the first {EARLY} after one"
    )
    early, late = (statistics.median(part) for part in (per_page[1 : EARLY + 1], per_page[-EARLY:]))
    figures = [at_most("many_rounds", [late], [early], 1.15, what) | {"pages": sum(pages)}]
    if not memory_is_told():
        why = "this system does not tell the memory of a process"
        return [*figures, not_measured("many_rounds_memory", 1.0, why)]
    left = peaks[-1] - peaks[EARLY]
    what = f"peak MB after {MANY} rounds less that after {EARLY} / {MOST_LEFT:g} MB"
    memory = {"peak_mb": round(peaks[-1], 1), "resident_mb": round(told["resident_mb"][-1], 1)}
    return [*figures, at_most("many_rounds_memory", [left], [MOST_LEFT], 1.0, what) | memory]


def _run(part: str, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "tools.bench_printing", part, *map(str, arguments)]
    printed = subprocess.check_output(command, timeout=900, env=compiled())
    told: dict[str, Any] = json.loads(printed)
    return told
