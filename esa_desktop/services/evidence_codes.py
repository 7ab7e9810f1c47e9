"""Evidence codes brought into line again with the issues as they stand now, when somebody asks for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Batch
from esa_desktop.domain.evidence import Evidence, code_sort_key
from esa_desktop.domain.fields import item_field
from esa_desktop.services.editing import Editor

Renumbered = tuple[str, str, str]
"""Id of an item, the code it has, the code it would have."""


class _Numbers:
    """Gives out codes, by each prefix the lowest number that is free."""

    def __init__(self, kept: Iterable[Evidence]) -> None:
        self._taken = {code_sort_key(item.code) for item in kept}
        self._last: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        while True:
            number = self._last[prefix] = self._last.get(prefix, 0) + 1
            code = f"{prefix}-{number:02d}"
            if code_sort_key(code) not in self._taken:
                self._taken.add(code_sort_key(code))
                return code


def renumbered(assessed: AssessmentRound) -> tuple[Renumbered, ...]:
    """What an explicit renumbering (design.md §5) would change, in printed order.

    Items are counted under what they are attached to first: ``1.2.3-01``, ``1.2.3-02``, … An item
    that serves nothing in this round keeps its code, so does one of which two versions wait for a
    decision, and such a code is passed over. Of two items that serve nothing and share a code one
    gets another. Afterwards no two codes are equal, and there is nothing more to change.
    """
    served = [(code, item) for code, item in _served(assessed) if not _waits(assessed, item)]
    serving = {item.id for _, item in served}
    kept = [item for item in assessed.items.values() if item.id not in serving and item.code]
    numbers = _Numbers(kept)
    new = {item.id: numbers.next(code) for code, item in served}
    new |= _parted(assessed, kept, numbers)
    items = assessed.items
    return tuple((i, items[i].code, code) for i, code in new.items() if items[i].code != code)


def renumber(editor: Editor) -> Batch:
    """The edit that does it, one step for the person."""
    items = editor.round.items
    edits = (
        editor.change(item_field(item_id), replace(items[item_id], code=new))
        for item_id, _, new in renumbered(editor.round)
    )
    return Batch(tuple(edits), "จัดรหัสหลักฐานใหม่")


def _served(assessed: AssessmentRound) -> Iterator[tuple[str, Evidence]]:
    """Every item that serves something, once, with the code of what it is attached to first.

    One that only shows works stands under their indicator, behind what is attached to that.
    """
    places: dict[str, str] = {}
    for code, node in assessed.framework.walk():
        for item in assessed.evidence_of(node.id):
            places.setdefault(item.id, code)
    for code, _, indicator in assessed.framework.indicators():
        for work in assessed.indicator(indicator.id).works:
            for item in assessed.shown_by(work):
                places.setdefault(item.id, code)
    order = {code: place for place, (code, _) in enumerate(assessed.framework.walk())}
    for item_id, code in sorted(places.items(), key=lambda place: order[place[1]]):
        yield code, assessed.items[item_id]


def _waits(assessed: AssessmentRound, item: Evidence) -> bool:
    """An edit would decide between two versions that nobody has compared yet."""
    return item_field(item.id) in assessed.unsettled


def _parted(
    assessed: AssessmentRound, kept: Sequence[Evidence], numbers: _Numbers
) -> dict[str, str]:
    """Other codes for items that serve nothing and have the code of another one of them.

    What waits keeps its code before what does not, and what is in the bin comes last.
    """
    seen: set[str] = set()
    parted: dict[str, str] = {}
    for item in sorted(kept, key=lambda i: (not _waits(assessed, i), i.binned, i.id)):
        if item.code in seen and not _waits(assessed, item):
            parted[item.id] = numbers.next(item.code.rpartition("-")[0] or item.code)
        seen.add(item.code)
    return parted
