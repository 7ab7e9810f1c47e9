"""Says in words in what printed pages differ from stored ones."""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, NamedTuple, TypeVar

from tests.reading import squeezed
from tests.report.golden.pages import Box, Page, Rule, Text

NEAR: Final = 0.11
"""Points by which a stored length, rounded to a tenth, may differ from a found one."""


class _Line(NamedTuple):
    page: int
    text: Text


def differences(stored: Sequence[Page], found: Sequence[Page]) -> list[str]:
    """Sentences that say what differs from what was stored; none where nothing does."""
    said: list[str] = []
    if len(stored) != len(found):
        said.append(f"there are {len(found)} pages, stored were {len(stored)}")
    for number, (old, new) in enumerate(zip(stored, found, strict=False), 1):
        if any(_apart(a, b) for a, b in zip(old.paper, new.paper, strict=True)):
            said.append(
                f"page {number}: the paper is {_size(new.paper)}, stored was {_size(old.paper)}"
            )
    said += _text_differences(_lines(stored), _lines(found))
    for number, (old, new) in enumerate(zip(stored, found, strict=False), 1):
        said += [f"page {number}: {words}" for words in _drawing_differences(old, new)]
    return said


def _apart(a: float, b: float) -> bool:
    return abs(a - b) > NEAR


def _size(paper: tuple[float, float]) -> str:
    return f"{paper[0]:.1f} × {paper[1]:.1f} pt"


def _lines(pages: Sequence[Page]) -> list[_Line]:
    return [_Line(number, text) for number, page in enumerate(pages, 1) for text in page.texts]


def quoted(text: str) -> str:
    text = text.strip()
    return f"«{text}»" if len(text) <= 60 else f"«{text[:40]}…{text[-12:]}»"


def _named(lines: Sequence[_Line]) -> str:
    if len(lines) == 1:
        return f"the line {quoted(lines[0].text.text)}"
    first, last = lines[0].text.text, lines[-1].text.text
    return f"the {len(lines)} lines from {quoted(first)} to {quoted(last)}"


def _text_differences(stored: list[_Line], found: list[_Line]) -> list[str]:
    matcher = SequenceMatcher(
        None,
        [line.text.text for line in stored],
        [line.text.text for line in found],
        autojunk=False,
    )
    said: list[str] = []
    gone: list[_Line] = []
    come: list[_Line] = []
    same: list[tuple[_Line, _Line]] = []
    for kind, a, a2, b, b2 in matcher.get_opcodes():
        old, new = stored[a:a2], found[b:b2]
        if kind == "equal":
            same += zip(old, new, strict=True)
        elif kind == "replace" and (changed := _changed_words(old, new)):
            said += changed
        else:
            gone += old
            come += new
    for line in list(gone):  # text that is there, but at another place in the order
        twin = next((other for other in come if other.text.text == line.text.text), None)
        if twin is not None:
            gone.remove(line)
            come.remove(twin)
            same.append((line, twin))
            if twin.page == line.page:
                said.append(
                    f"page {line.page}: {_named([line])} comes at another place in the order of text"
                )
    for page, lines in groupby(gone, key=lambda line: line.page):
        said += [f"page {page}: {_named([line])} is missing" for line in lines]
    for page, lines in groupby(come, key=lambda line: line.page):
        said += [f"page {page}: {_named([line])} is new" for line in lines]
    return said + _moves(same)


def _changed_words(old: Sequence[_Line], new: Sequence[_Line]) -> list[str]:
    """What became of lines that stand in one another's place; nothing where they are unlike."""
    texts = ["".join(line.text.text for line in lines) for lines in (old, new)]
    if squeezed(texts[0]) == squeezed(texts[1]):
        ways = [" | ".join(line.text.text.strip() for line in lines) for lines in (old, new)]
        return [f"page {new[0].page}: the lines break as «{ways[1]}», stored was «{ways[0]}»"]
    if len(old) != len(new):
        return []
    said = []
    for before, after in zip(old, new, strict=True):
        a, b = before.text.text, after.text.text
        if sorted(a.split()) == sorted(b.split()):
            said.append(
                f"page {after.page}: the words of the line «{b}» stand in another order, "
                f"stored was «{a}»"
            )
        elif SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.5:
            said.append(f"page {after.page}: the line reads «{b}», stored was «{a}»")
        else:
            return []
    return said


def _moves(pairs: Iterable[tuple[_Line, _Line]]) -> list[str]:
    """Equal lines at unequal places; neighbours that moved in the same way are told together."""
    said = []
    told = [(words, new) for old, new in pairs if (words := _move(old, new))]
    for (page, words), group in groupby(told, key=lambda one: (one[1].page, one[0])):
        lines = [new for _, new in group]
        one = len(lines) == 1
        verbs = "; ".join(f"{verb if one else plural} {rest}" for verb, plural, rest in words)
        said.append(f"page {page}: {_named(lines)} {verbs}")
    return said


def _move(old: _Line, new: _Line) -> tuple[tuple[str, str, str], ...]:
    """Each as the verb for one line, for several, and the rest of the sentence."""
    a, b = old.text, new.text
    words: list[tuple[str, str, str]] = []
    if old.page != new.page:
        words.append(("is now", "are now", f"on page {new.page}, stored was page {old.page}"))
    elif _apart(a.y, b.y):
        way = "lower" if b.y < a.y else "higher"
        words.append(("stands", "stand", f"{abs(a.y - b.y):.1f} pt {way} than stored"))
    if _apart(a.x, b.x):
        words.append(("begins", "begin", f"{_sideways(a.x, b.x)} than stored"))
    if _apart(a.end - a.x, b.end - b.x):
        by = (b.end - b.x) - (a.end - a.x)
        words.append(
            ("is", "are", f"{abs(by):.1f} pt {'wider' if by > 0 else 'narrower'} than stored")
        )
    elif len(a.stops) != len(b.stops):
        words.append(("is", "are", "spread otherwise than stored"))
    else:
        words += _stop_move(a, b)
    if a.look != b.look:
        words.append(("is", "are", f"set in {b.look}, stored was {a.look}"))
    return tuple(words)


def _stop_move(a: Text, b: Text) -> list[tuple[str, str, str]]:
    shifts = [(s - a.x, t - b.x) for s, t in zip(a.stops, b.stops, strict=True)]
    for place, (s, t) in enumerate(shifts, 1):
        if _apart(s, t):
            spread = len(a.stops) > a.text.strip().count(" ")
            what = "letter" if spread else "word"
            name = (
                "" if spread else f" {quoted(a.text.split()[min(place, len(a.text.split()) - 1)])}"
            )
            return [("has", "have", f"{what} {place + 1}{name} {_sideways(s, t)} than stored")]
    return []


def _sideways(before: float, after: float) -> str:
    return f"{abs(after - before):.1f} pt further {'right' if after > before else 'left'}"


_Drawn = TypeVar("_Drawn", Rule, Box)


def _drawing_differences(old: Page, new: Page) -> list[str]:
    said = _unmatched(old.rules, new.rules, _rule_words)
    return said + _unmatched(old.boxes, new.boxes, _box_words)


def _unmatched(
    old: Sequence[_Drawn], new: Sequence[_Drawn], words: Callable[[_Drawn], str]
) -> list[str]:
    left = list(new)
    gone = []
    for one in old:
        twin = next((other for other in left if _alike(one, other)), None)
        if twin is None:
            gone.append(one)
        else:
            left.remove(twin)
    said = []
    changed: dict[tuple[float, ...], list[tuple[_Drawn, _Drawn]]] = {}
    for one in gone:
        near = [other for other in left if _differing(one, other) <= 2 and other[-1] == one[-1]]
        if near:  # the same one, moved or of another length
            other = min(near, key=lambda o: sum(map(abs, _change(one, o))))
            left.remove(other)
            changed.setdefault(_change(one, other), []).append((one, other))
        else:
            said.append(f"{words(one)} is missing")
    for pairs in changed.values():
        one, other = pairs[0]
        if len(pairs) == 1:
            said.append(f"{words(one)} is now {words(other)}")
        else:
            said.append(f"{len(pairs)} such as {words(one)} are now such as {words(other)}")
    return said + [f"{words(one)} is new" for one in left]


def _change(one: Rule | Box, other: Rule | Box) -> tuple[float, ...]:
    return tuple(round(b - a) for a, b in zip(one[:4], other[:4], strict=True))


def _differing(one: Rule | Box, other: Rule | Box) -> int:
    return sum(_apart(a, b) for a, b in zip(one[:4], other[:4], strict=True))


def _alike(one: Rule | Box, other: Rule | Box) -> bool:
    return one[-1] == other[-1] and not _differing(one, other)


def _rule_words(rule: Rule) -> str:
    x, y, x2, y2, look = rule
    kind = f"rule of {look} pt"
    if not _apart(y, y2):
        return f"the level {kind} at y={y:.1f} from x={x:.1f} to {x2:.1f}"
    if not _apart(x, x2):
        return f"the upright {kind} at x={x:.1f} from y={y:.1f} to {y2:.1f}"
    return f"the stroke of {look} pt from ({x:.1f}, {y:.1f}) to ({x2:.1f}, {y2:.1f})"


def _box_words(box: Box) -> str:
    kind = box.look if box.look == "picture" else f"box ({box.look})"
    return f"the {kind} of {box.width:.1f} × {box.height:.1f} pt at ({box.x:.1f}, {box.y:.1f})"
