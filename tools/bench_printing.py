"""The processes that the bench of long papers measures; each prints as JSON what it took.

``python -m tools.bench_printing print FORM.json OUT.pdf | warm FORM.json FORM.json | rounds COUNT PARAGRAPHS``
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.sheet import render_sheets, write_sheets
from tools.bench_paper import assessment_round
from tools.bench_text import Prose
from tools.measuring import memory_is_told, peak_mb, resident_mb

OPTIONS: Final = PrintOptions(paper="a4-portrait")


def _read(form: str) -> AssessmentRound:
    return assessment_round(json.loads(Path(form).read_text("utf-8")))


def _print(form: str, target: str) -> dict[str, Any]:
    assessed = _read(form)
    began = time.process_time()
    result = write_sheets(assessed, Path(target), OPTIONS)
    return _spent(began) | {"pages": result.pages}


def _warm(first: str, form: str) -> dict[str, Any]:
    render_sheets(_read(first), OPTIONS)
    assessed = _read(form)
    began = time.perf_counter()
    _, result = render_sheets(assessed, OPTIONS)
    return {"seconds": time.perf_counter() - began, "pages": result.pages}


def _rounds(count: str, paragraphs: str) -> dict[str, Any]:
    told: dict[str, list[float]] = {}
    for seed in range(int(count)):
        assessed = assessment_round(Prose(seed).form(int(paragraphs)))
        began = time.process_time()
        _, result = render_sheets(assessed, OPTIONS)
        for name, value in (_spent(began) | {"pages": result.pages}).items():
            told.setdefault(name, []).append(value)
    return told


def _spent(began: float) -> dict[str, float]:
    spent = {"cpu_seconds": time.process_time() - began}
    if memory_is_told():
        spent |= {"peak_mb": peak_mb(), "resident_mb": resident_mb()}
    return spent


if __name__ == "__main__":
    PARTS: Final[dict[str, Callable[..., dict[str, Any]]]] = {
        "print": _print,
        "warm": _warm,
        "rounds": _rounds,
    }
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
