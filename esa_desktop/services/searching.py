"""Finds words and codes in a round: spelled with Thai or Arabic digits, one blank or two."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import BOOK_TEXTS
from esa_desktop.domain.fields import Kind
from esa_desktop.domain.framework import Framework, Indicator, Standard
from esa_desktop.domain.thai import clean_text, thai_digits

MOST_TARGETS: Final = 12
MOST_HITS: Final = 300
_BEFORE: Final = 36
_AFTER: Final = 90
"""Characters of a snippet around the words."""

_SAME: Final = str.maketrans(
    "๐๑๒๓๔๕๖๗๘๙ABCDEFGHIJKLMNOPQRSTUVWXYZ\t\u00a0\u2028\u2029\ufdd0\ufdd1",
    "0123456789abcdefghijklmnopqrstuvwxyz  \n\n\n\n",
)
"""One character for one. The last four end lines and cells in the text of a Qt document."""
_KEYS: Final = str.maketrans("ๅ/-ภถุึคตจใ", "1234567890.")
"""What the keys of a code give while the Thai layout is on."""
_FOLDED: Final = re.compile("เเ|  +|.", re.DOTALL)
_HANGING: Final = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
"""What belongs to the letter before it."""
_LEADING: Final = re.compile("[\u0e40-\u0e44]")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text as it is compared: digits, case, ``เเ`` and doubled blanks made one."""
    plain = text.translate(_SAME).replace("เเ", "แ")
    return re.sub("  +", " ", plain) if "  " in plain else plain


def needle(words: str) -> str:
    """What a person typed into a search field, as it is compared."""
    return folded(clean_text(words)).strip()


def occurrences(text: str, words: str, *, torn: bool = True) -> list[tuple[int, int]]:
    """Where the words stand in ``text``: (start, end) in its own characters, none overlapping.

    Words that end inside a cluster (``ที`` in ``ที่``) count with the whole cluster, or with
    ``torn=False`` not at all: replacing them would leave a mark without its letter.
    """
    wanted = needle(words)
    if not wanted:
        return []
    compared = folded(text)
    place = compared.find(wanted)
    if place < 0:
        return []
    # Nothing was made shorter in most texts: then places are the same in both.
    starts = range(len(text) + 1) if len(compared) == len(text) else _starts(text)
    found: list[tuple[int, int]] = []
    while place >= 0:
        start, end = starts[place], starts[place + len(wanted)]
        whole = end
        while whole < len(text) and _HANGING.match(text[whole]):
            whole += 1
        if torn or whole == end:
            found.append((start, whole))
        place = compared.find(wanted, place + len(wanted))
    return found


def _starts(text: str) -> list[int]:
    """Where each character of the folded text begins in ``text``, and the end."""
    return [*(m.start() for m in _FOLDED.finditer(text.translate(_SAME))), len(text)]


# --- going to a code or a name ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """A node somebody may want to go to."""

    node_id: str
    code: str
    """In Arabic digits."""
    name: str
    above: str
    """Name of the standard or indicator it belongs to; empty for a standard."""


def targets(framework: Framework, text: str, most: int = MOST_TARGETS) -> tuple[Target, ...]:
    """Nodes whose code is or begins with ``text`` (``1.2.3``, ``๑๒๓``), or whose name has its words.

    The code itself comes first, then codes that go on, then names; each in printed order.
    """
    wanted = needle(text)
    if not wanted:
        return ()
    by_code = _by_code(framework, wanted) or _by_code(framework, wanted.translate(_KEYS))
    if by_code:
        return by_code[:most]
    words = wanted.split(" ")
    found = (
        target for target in _all_targets(framework) if all(w in folded(target.name) for w in words)
    )
    return tuple(target for target, _ in zip(found, range(most), strict=False))


def _by_code(framework: Framework, wanted: str) -> tuple[Target, ...]:
    digits = re.sub("[. ]", "", wanted)
    if not digits.isdecimal():
        return ()
    dotted = re.sub("[. ]+", ".", wanted).strip(".")
    found = [t for t in _all_targets(framework) if t.code.replace(".", "").startswith(digits)]
    if "." in dotted:
        found = [t for t in found if f"{t.code}.".startswith(f"{dotted}.")] or [
            t for t in found if t.code.startswith(dotted)
        ]
    exact = [t for t in found if t.code == dotted or t.code.replace(".", "") == digits]
    return (*exact, *(t for t in found if t not in exact))


def _all_targets(framework: Framework) -> Iterator[Target]:
    standard, indicator = "", ""
    for code, node in framework.walk():
        if isinstance(node, Standard):
            standard = node.name
            yield Target(node.id, code, node.name, "")
        elif isinstance(node, Indicator):
            indicator = node.name
            yield Target(node.id, code, node.name, standard)
        else:
            yield Target(node.id, code, node.name, indicator)


# --- the whole book ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A text of the round that has the words."""

    node_id: str
    """Of a text of the book its name in `domain.book`."""
    kind: Kind
    """`Kind.ITEM` for an evidence item, which is found under the first node it serves."""
    code: str
    """Of the node, in Arabic digits; empty for a text of the book."""
    name: str
    """Of the node, or the code of the evidence item."""
    snippet: str
    """One line around the first place, with ``…`` where it was cut."""
    start: int
    end: int
    """Of the words in the snippet."""
    count: int
    """How often the words stand in this text."""


def search_round(
    assessed: AssessmentRound, words: str, most: int = MOST_HITS, *, book: bool = False
) -> tuple[Hit, ...]:
    """Every text with the words, in printed order, at most ``most``; with ``book`` its texts too."""
    wanted = needle(words)
    hits: list[Hit] = []
    if not wanted:
        return ()
    texts = chain(_texts(assessed), _book_texts(assessed) if book else ())
    for owner, code, kind, name, text in texts:
        if wanted not in folded(text):
            continue
        places = occurrences(text, wanted)
        if places:
            snippet, start, end = _snippet(text, *places[0])
            hits.append(Hit(owner, kind, code, name, snippet, start, end, len(places)))
        if len(hits) >= most:
            break
    return tuple(hits)


_Text = tuple[str, str, Kind, str, str]
"""Owner, code, kind, name, and what was written."""


def _texts(assessed: AssessmentRound) -> Iterator[_Text]:
    told: set[str] = set()
    code_of = assessed.framework.code_of
    for _, _, indicator in assessed.framework.indicators():
        for issue in indicator.issues:
            of_issue = (issue.id, code_of(issue.id))
            written = assessed.issue(issue.id)
            yield *of_issue, Kind.METHOD, issue.name, written.method.plain
            yield *of_issue, Kind.RESULTS, issue.name, written.results.plain
            yield from _evidence(assessed, *of_issue, told)
        of_indicator = (indicator.id, code_of(indicator.id))
        whole = assessed.indicator(indicator.id)
        works = (f"{work.title}\n{work.detail}".strip() for work in whole.works)
        yield *of_indicator, Kind.WORKS, indicator.name, "\n".join(works)
        yield from _evidence(assessed, *of_indicator, told)
        yield *of_indicator, Kind.SUGGESTIONS, indicator.name, whole.suggestions.plain
        yield *of_indicator, Kind.REASON, indicator.name, whole.reason


def _evidence(
    assessed: AssessmentRound, node_id: str, code: str, told: set[str]
) -> Iterator[_Text]:
    """Each item once, under the first it serves."""
    for item in assessed.evidence_of(node_id):
        if item.id not in told:
            told.add(item.id)
            parts = filter(None, (item.code, item.title, item.number))
            yield node_id, code, Kind.ITEM, thai_digits(item.code), "  ".join(parts)


def _book_texts(assessed: AssessmentRound) -> Iterator[_Text]:
    for text in BOOK_TEXTS:
        yield text.name, "", Kind.BOOK_TEXT, text.title, assessed.book_text(text.name).plain


def _snippet(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The line around a place, cut between clusters, and the place in it."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    first = max(line_start, start - _BEFORE)
    while first > line_start and (_HANGING.match(text[first]) or _LEADING.match(text[first - 1])):
        first -= 1
    last = min(line_end, end + _AFTER)
    while last < line_end and (_HANGING.match(text[last]) or _LEADING.match(text[last - 1])):
        last += 1
    before = "…" if first > line_start else ""
    after = "…" if last < line_end else ""
    shift = len(before) - first
    return f"{before}{text[first:last]}{after}".replace("\n", " "), start + shift, end + shift
