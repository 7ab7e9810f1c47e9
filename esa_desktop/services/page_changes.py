"""How a printed stack of pages becomes the present one: what to print, to take out, to put up with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from esa_desktop.domain.printing import PageNumbers
from esa_desktop.domain.thai import thai_digits

if TYPE_CHECKING:
    from esa_desktop.report.document import DrawnPage

OldPage = tuple[str, str]
"""Number and fingerprint of a page that lies on somebody's desk."""
MARK: Final = 12
"""Characters of a fingerprint that count: 48 bits tell ten thousand pages apart."""
_NEAREST: Final = 60
"""Of very many equal pages (blank ones) so many on either side are tried for one old page."""
_MOST_RANGES: Final = 12
"""Whoever has more of them to exchange prints everything."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """How a stack of printed pages becomes the present one."""

    pages: tuple[int, ...]
    """Places (from 0) of the pages to print."""
    numbers: tuple[str, ...]
    """What those pages are called: their numbers, or where they lie."""
    moved: tuple[tuple[str, str], ...]
    """Old and new number of pages that stay though their number is another one now."""
    removed: tuple[str, ...]
    """Old pages to take out, as they are called."""
    first_time: bool
    """No earlier printing is known: everything is printed."""
    totals: tuple[int, int] | None = None
    """Numbered pages before and now, where that differs and pages stay that say the old number."""
    said: tuple[int, ...] = ()
    """All totals that pages of the new stack say at their foot."""


# --- comparing --------------------------------------------------------------------------------


def compare(
    before: Sequence[OldPage] | None,
    now: Sequence[DrawnPage],
    *,
    leaf: int = 1,
    said: Collection[int] = (),
) -> Reprint:
    """What to print, take out and expect; ``leaf``: pages on a sheet of paper, 2 for both sides.

    ``said``: the totals at the foot of the old pages, where they are not just their own. Pages
    stay in their order: one that went to another place among the others is printed again.
    """
    new = [(page.number, page.fingerprint[:MARK]) for page in now]
    total = sum(map(_is_counted, new))
    if before is None:
        everything = range(len(new))
        return Reprint(tuple(everything), _names(new, everything), (), (), True, said=(total,))
    old = [(number, mark[:MARK]) for number, mark in before]
    stay = _staying(old, new, leaf)
    gone = sorted(set(range(len(old))) - stay.keys())
    fresh = sorted(set(range(len(new))) - set(stay.values()))
    moved = [(old[a][0], new[b][0]) for a, b in stay.items() if old[a][0] != new[b][0]]
    stays = any(_is_counted(old[a]) for a in stay)
    others = sorted({*(said or {sum(map(_is_counted, old))})} - {total}) if stays else []
    return Reprint(
        tuple(fresh),
        _names(new, fresh),
        tuple(moved),
        _names(old, gone),
        first_time=False,
        totals=(others[-1], total) if others else None,
        said=(*others, total),
    )


_Leaf = tuple[tuple[bool, bool, str], ...]
"""The pages on one sheet of paper."""


def _staying(old: Sequence[OldPage], new: Sequence[OldPage], leaf: int) -> dict[int, int]:
    """Places of pages that stay: old to new."""
    before, now = (_leaves(pages, leaf) for pages in (old, new))
    stay: dict[int, int] = {}
    for a, b in _common(before, now):
        for side in range(len(before[a])):
            stay[a * leaf + side] = b * leaf + side
    return stay


def _leaves(pages: Sequence[OldPage], leaf: int) -> list[_Leaf]:
    """Equal where nothing but the numbers may differ; a page that had none needs one."""
    marks = [(bool(page[0]), _is_counted(page), page[1]) for page in pages]
    return [tuple(marks[at : at + leaf]) for at in range(0, len(marks), leaf)]


def _common(old: Sequence[_Leaf], new: Sequence[_Leaf]) -> Iterator[tuple[int, int]]:
    """Pairs of places of a longest common subsequence, in order.

    What both begin and end with is a part of it; between, chains of equal pairs grow as by Hunt
    and Szymanski. A leaf of which there are very many is tried against its nearest ones only, so
    that thousands of blank pages do not take the square of their number.
    """
    head = _common_head(old, new, 0)
    tail = _common_head(old[::-1], new[::-1], head)
    yield from zip(range(head), range(head), strict=True)
    yield from _longest_chain(_equal_pairs(old, new, head, tail))
    ends = range(tail, 0, -1)
    yield from ((len(old) - end, len(new) - end) for end in ends)


def _common_head(old: Sequence[_Leaf], new: Sequence[_Leaf], taken: int) -> int:
    """How many leaves are the same from the start on; ``taken`` ones at the end are spoken for."""
    most = min(len(old), len(new)) - taken
    return next((at for at in range(most) if old[at] != new[at]), most)


def _equal_pairs(
    old: Sequence[_Leaf], new: Sequence[_Leaf], head: int, tail: int
) -> Iterator[tuple[int, int]]:
    """Old and new place of equal leaves: old places rise, new ones fall for each of them."""
    places: dict[_Leaf, list[int]] = {}
    for at in range(head, len(new) - tail):
        places.setdefault(new[at], []).append(at)
    seen: dict[_Leaf, int] = {}
    for at in range(head, len(old) - tail):
        same = places.get(old[at])
        if same:
            rank = seen[old[at]] = seen.get(old[at], -1) + 1
            near = same[max(0, min(rank, len(same)) - _NEAREST) : rank + _NEAREST + 1]
            yield from ((at, place) for place in reversed(near))


_Link = tuple[int, int, Any]
"""A pair and the link before it."""


def _longest_chain(pairs: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    ends: list[int] = []
    links: list[_Link] = []
    for a, b in pairs:
        length = bisect_left(ends, b)
        link = (a, b, links[length - 1] if length else None)
        ends[length : length + 1] = [b]
        links[length : length + 1] = [link]
    chain: list[tuple[int, int]] = []
    last: _Link | None = links[-1] if links else None
    while last is not None:
        chain.append(last[:2])
        last = last[2]
    return chain[::-1]


def _is_counted(page: OldPage) -> bool:
    """Whether its foot says of how many pages it is one: covers and preliminary pages do not."""
    return page[0][:1].isdigit()


def _names(pages: Sequence[OldPage], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(pages[at][0] or f"ที่ไม่มีเลข (แผ่นที่ {thai_digits(at + 1)})" for at in places)


# --- saying it --------------------------------------------------------------------------------


def exchange(reprint: Reprint) -> str:
    """One Thai sentence: what to do with the pages; empty where nothing changed."""
    take = f"นำหน้า {_listed(reprint.removed)} เดิมออก" if reprint.removed else ""
    put = f"ใส่หน้า {_listed(reprint.numbers)} ที่พิมพ์ใหม่" if reprint.pages else ""
    if reprint.first_time:
        return ""
    return " แล้ว".join(filter(None, (take, put)))


def warning(reprint: Reprint, page_numbers: PageNumbers = "x_of_y") -> str:
    """What is no longer right on the pages that stay, in at most two Thai sentences, or nothing."""
    if reprint.first_time:
        return "ยังไม่มีบันทึกการพิมพ์ครั้งก่อนที่ใช้รูปแบบเดียวกันนี้ จึงพิมพ์ทุกหน้า"
    sentences = []
    if reprint.moved and page_numbers != "none":
        sentences.append(
            f"เลขหน้าเลื่อน {_shifts(reprint.moved)} หน้าเหล่านี้เนื้อหาเหมือนเดิมแต่เลขที่พิมพ์ไว้ไม่ตรงแล้ว"
        )
    if reprint.totals and page_numbers == "x_of_y":
        old, new = map(thai_digits, reprint.totals)
        sentences.append(
            f"จำนวนหน้าทั้งหมดเปลี่ยนจาก {old} เป็น {new} หน้าที่ไม่ได้พิมพ์ใหม่ยังเขียนท้ายหน้าว่า “จาก {old}”"
        )
    if sentences:
        sentences[-1] += " ถ้าต้องการให้ตรงกันทั้งชุด ให้พิมพ์ใหม่ทุกหน้า"
    return "\n".join(sentences)


def _listed(numbers: Sequence[str]) -> str:
    """Numbers as ranges, in Thai digits."""
    return _joined([_span(run[0], run[-1]) for run in _runs([(n, n) for n in numbers], 0)])


def _shifts(moved: Sequence[tuple[str, str]]) -> str:
    words = []
    for run in _runs(moved, 1):
        (old_first, new_first), (old_last, new_last) = run[0], run[-1]
        was = _span((old_first, ""), (old_last, ""))
        words.append(f"หน้า {was} เป็น {_span((new_first, ''), (new_last, ''))}")
    return _joined(words)


_Run = list[tuple[str, str]]


def _runs(pairs: Sequence[tuple[str, str]], both: int) -> Iterator[_Run]:
    """Neighbours whose numbers go on by one (with ``both`` the second numbers too)."""
    run: _Run = []
    for pair in pairs:
        if run and not all(_follows(run[-1][side], pair[side]) for side in range(both + 1)):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _follows(number: str, after: str) -> bool:
    return number.isdecimal() and after.isdecimal() and int(after) == int(number) + 1


def _span(first: tuple[str, str], last: tuple[str, str]) -> str:
    words = first[0] if first == last else f"{first[0]}–{last[0]}"
    return thai_digits(words)


def _joined(words: Sequence[str]) -> str:
    if len(words) > _MOST_RANGES:
        more = thai_digits(len(words) - _MOST_RANGES)
        return f"{', '.join(words[:_MOST_RANGES])} และอีก {more} ช่วง"
    return ", ".join(words)
