"""Writes the golden pages anew, after somebody looked at them and found them right.

``python -m tools.make_golden [CASE...] [--pictures DIR]``: all cases or the named ones. With
``--pictures`` every page also goes to DIR as a PNG, to be looked at before the change is kept.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2

from esa_desktop.report.word_engines import LibThaiBreaker
from tests.report.golden.case import FOLDER, WORDS, Case, print_case, printed, word_engine
from tests.report.golden.differences import differences
from tests.report.golden.page_reading import read_pages
from tests.report.golden.pages import from_json, to_json
from tests.report.golden_cases import all_cases


class _Noting:
    """libthai, and every word it ever found."""

    def __init__(self) -> None:
        self._engine = LibThaiBreaker()
        self.words: set[str] = set()

    def word_ends(self, text: str) -> Sequence[int]:
        ends = self._engine.word_ends(text)
        places = [0, *ends, len(text)]
        self.words.update(text[a:b] for a, b in pairwise(places))
        return ends


def write_words(cases: Iterable[Case]) -> None:
    """The words of the cases as libthai finds them; where it is not, the stored ones stay."""
    try:
        noting = _Noting()
    except (OSError, AttributeError):
        print("no libthai on this machine: the stored words stay as they are")
        return
    with word_engine(noting):
        for case in cases:
            printed(case)
    words = json.dumps(sorted(noting.words), ensure_ascii=False, indent=0)
    WORDS.write_text(words + "\n", "utf-8")


def write_case(case: Case, pictures: Path | None) -> None:
    pdf = print_case(case)
    pages = read_pages(pdf)
    target = FOLDER / f"{case.name}.json"
    if not target.is_file():
        print(f"{case.name}: new, {len(pages)} pages")
    elif said := differences(from_json(target.read_text("utf-8")), pages):
        print(f"{case.name}:", *said, sep="\n  ")
    target.write_text(to_json(pages), "utf-8")
    if pictures is not None:
        draw(pdf, pictures / case.name)


def draw(pdf: bytes, stem: Path) -> None:
    stem.with_suffix(".pdf").write_bytes(pdf)
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, 1):
        page.render(scale=1.2).to_pil().save(f"{stem}-{number}.png")
        page.close()
    document.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make_golden")
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--pictures", type=Path, metavar="DIR")
    chosen = parser.parse_args()
    cases = all_cases()
    unknown = [name for name in chosen.cases if name not in cases]
    if unknown:
        print("no such case:", *unknown)
        print("there are:", *cases)
        return 2
    FOLDER.mkdir(exist_ok=True)
    if chosen.pictures:
        chosen.pictures.mkdir(parents=True, exist_ok=True)
    if not chosen.cases:
        write_words(cases.values())
        for old in set(FOLDER.glob("*.json")) - {FOLDER / f"{name}.json" for name in cases}:
            if old != WORDS:
                old.unlink()
    for name in chosen.cases or cases:
        write_case(cases[name], chosen.pictures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
