"""Pages per second of a real form, whole processes: against LibreOffice with an equal docx, and an unshaped canvas.

Run as ``python -m tools.bench_paper sheets|canvas FORM.json OUT.pdf`` it is one of the processes
that are measured.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import (
    LEVELS,
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.richtext import from_plain
from esa_desktop.paths import fonts_folder, resources_folder
from tools.bench_word import LADDER, LibreOffice, write_docx
from tools.measuring import at_least, at_most, compiled, in_turns, not_measured

Form = list[dict[str, Any]]
"""An indicator an entry: ``title``, ``issues`` (``title``, ``method``, ``results``), ``opinions``."""
TIMES: Final = 10
ROUNDS: Final = 5


def measure() -> list[dict[str, Any]]:
    """Seconds a page: ours / LibreOffice (rival), ours / bare canvas (floor)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        form = folder / "form.json"
        form.write_text(json.dumps(_form() * TIMES, ensure_ascii=False), encoding="utf-8")
        ours = _per_page(_python("sheets", form, folder / "ours.pdf"), folder / "ours.pdf")
        canvas = _python("canvas", form, folder / "canvas.pdf")
        total = _per_page(_python("sheets", form, folder / "ours.pdf"), None)
        floor = in_turns(total, _per_page(canvas, None), ROUNDS)
        figures = [
            at_most(
                "paper_against_canvas",
                *floor,
                2.0,
                "a form of 40 sheets as PDF / an unshaped canvas with as many characters",
            )
        ]
        office = LibreOffice.found(folder)
        if office is None:
            return [*figures, not_measured("paper_against_libreoffice", 6.0, LibreOffice.MISSING)]
        document = folder / "form.docx"
        write_docx(json.loads(form.read_text("utf-8")), document)

        def rival() -> float:
            seconds, pdf = office.convert(document)
            return seconds / pages_of(pdf)

        pairs = in_turns(ours, rival, ROUNDS)
        what = "seconds a page of LibreOffice converting an equal docx / ours, whole processes"
        return [*figures, at_least("paper_against_libreoffice", *pairs, 6.0, what)]


def _form() -> Form:
    """Indicators with texts: the real form where ``ESA_SEED`` or ../shared/seed has it, else the sample."""
    checkout = Path(__file__).resolve().parent.parent
    seed = Path(os.environ.get("ESA_SEED") or checkout.parent / "shared" / "seed") / "truth.json"
    if seed.is_file():
        told: Form = json.loads(seed.read_text("utf-8"))
        return told
    sample = tomllib.loads((resources_folder() / "sample" / "sample.toml").read_text("utf-8"))
    by_indicator: dict[str, list[dict[str, Any]]] = {}
    for issue in sample["issue"]:
        by_indicator.setdefault(issue["code"].rpartition(".")[0], []).append(
            {"title": issue["code"], "method": issue["method"], "results": issue["results"]}
        )
    return [
        {"title": code, "issues": issues, "opinions": ""} for code, issues in by_indicator.items()
    ]


def _python(part: str, form: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "tools.bench_paper", part, str(form), str(target)]


def _per_page(command: list[str], pdf: Path | None) -> Callable[[], float]:
    """Seconds of a whole process; per page of the PDF it writes where one is named."""

    def run() -> float:
        start = time.perf_counter()
        nowhere = subprocess.DEVNULL
        subprocess.run(command, check=True, env=compiled(), stdout=nowhere, stderr=nowhere)
        seconds = time.perf_counter() - start
        return seconds / pages_of(pdf) if pdf else seconds

    return run


def pages_of(pdf: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


# --- the processes that are measured ------------------------------------------------------------


def _sheets(form: Form, target: Path) -> None:
    from esa_desktop.domain.printing import PrintOptions
    from esa_desktop.report.sheet import write_sheets

    write_sheets(assessment_round(form), target, PrintOptions(paper="a4-portrait"))


def assessment_round(form: Form) -> AssessmentRound:
    """A form as a round; ``evidence`` of an issue are titles of items, attached in their order."""
    rubric = Rubric(tuple(RubricRow(level, LADDER) for level in LEVELS))
    indicators, issues, judged = [], {}, {}
    items: dict[str, Evidence] = {}
    for number, told in enumerate(form, 1):
        nodes = tuple(
            Issue(f"{number}-{place}", place, issue["title"])
            for place, issue in enumerate(told["issues"], 1)
        )
        for node, issue in zip(nodes, told["issues"], strict=True):
            links = []
            for place, title in enumerate(issue.get("evidence", ()), 1):
                item = Evidence(f"{node.id}-{place}", f"1.{number}.{node.number}-{place:02}", title)
                items[item.id] = item
                links.append((f"{place:02}", item.id))
            issues[node.id] = IssueAssessment(
                method=from_plain(issue["method"]),
                results=from_plain(issue["results"]),
                links=tuple(links),
            )
        kind = IndicatorType.EVIDENCE_LADDER
        indicators.append(Indicator(f"n{number}", number, told["title"], kind, rubric, nodes))
        judged[f"n{number}"] = IndicatorAssessment(4, "", from_plain(told["opinions"]))
    standard = Standard("s", 1, "การบริหารจัดการองค์การสู่ความเป็นเลิศ", tuple(indicators))
    framework = Framework("bench", "มาตรฐานสำนักงานเขตพื้นที่การศึกษา", 2557, (standard,))
    return AssessmentRound(2557, framework, "สพป.", issues, judged, items)


def _canvas(form: Form, target: Path) -> None:
    """The same characters with nothing but ReportLab's canvas: no shaping, no Thai breaks, no table."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("F", str(fonts_folder() / "THSarabunNew-Regular.ttf")))
    canvas = Canvas(str(target), pagesize=(595, 842))
    y = 0.0
    for line in _lines(form):
        for start in range(0, len(line), 60):
            if y < 60:
                if y:
                    canvas.showPage()
                canvas.setFont("F", 16)
                y = 780.0
            canvas.drawString(60, y, line[start : start + 60])
            y -= 21
    canvas.showPage()
    canvas.save()


def _lines(form: Form) -> list[str]:
    lines: list[str] = []
    for told in form:
        lines.append(told["title"])
        for issue in told["issues"]:
            lines += [issue["title"], *issue["method"].split("\n"), *issue["results"].split("\n")]
        lines += told["opinions"].split("\n")
    return lines


if __name__ == "__main__":
    PART, FORM, TARGET = sys.argv[1:]
    parts = {"sheets": _sheets, "canvas": _canvas}
    parts[PART](json.loads(Path(FORM).read_text("utf-8")), Path(TARGET))
