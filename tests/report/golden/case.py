"""A case of the golden pages, and how it is printed alike on every machine."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from unittest.mock import patch

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report import line_break
from esa_desktop.report.sheet import render_sheets
from esa_desktop.report.word_engines import Breaker

FOLDER: Final = Path(__file__).parent
WORDS: Final = FOLDER / "words.json"


@dataclass(frozen=True)
class Case:
    """A round and how it is printed; ``about`` says what its pages are there to show."""

    name: str
    about: str
    assessed: AssessmentRound
    options: PrintOptions = field(default_factory=PrintOptions)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    """What each stands on one line of the print, without white."""
    kept_words: tuple[str, ...] = ()
    """The project's dictionary."""


class ListedWords:
    """Finds the words of a list: the same on every machine, whatever engine and dictionary it has.

    A stretch is parted so that the fewest letters are in no word, and into the fewest words.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._longest = max(map(len, self._words), default=0)

    def word_ends(self, text: str) -> Sequence[int]:
        best: list[tuple[int, int, int]] = [(0, 0, 0)]
        for end in range(1, len(text) + 1):
            unknown, count, _ = best[end - 1]
            ways = [(unknown + 1, count, -1)]  # a letter in no word ends nowhere
            ways += [
                (best[start][0], best[start][1] + 1, start)
                for start in range(max(0, end - self._longest), end)
                if text[start:end] in self._words
            ]
            best.append(min(ways))
        ends = []
        at = len(text)
        while at > 0:
            start = best[at][2]
            if start < 0:
                at -= 1
                continue
            ends += [start, at]
            at = start
        return sorted(set(ends) - {0, len(text)})


@contextmanager
def word_engine(engine: Breaker) -> Iterator[None]:
    """Lets lines break by this engine alone, and leaves nothing of it behind."""
    remembering = [kept for kept in vars(line_break).values() if hasattr(kept, "cache_clear")]
    for kept in remembering:
        kept.cache_clear()
    with patch.object(line_break, "default_breaker", lambda: engine):
        yield
    for kept in remembering:
        kept.cache_clear()


def stored_words() -> list[str]:
    words: list[str] = json.loads(WORDS.read_text("utf-8"))
    return words


def print_case(case: Case) -> bytes:
    """Its PDF, with the stored words in place of this machine's."""
    with word_engine(ListedWords(stored_words())):
        return printed(case)


def printed(case: Case) -> bytes:
    options = replace(case.options, kept_words=case.kept_words)
    return render_sheets(case.assessed, options, image=case.pictures.get)[0]
