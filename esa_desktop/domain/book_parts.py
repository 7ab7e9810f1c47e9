"""Which parts of the book are printed, and how they are called: numbers follow what is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import APPENDICES, PART_NAMES, Part
from esa_desktop.domain.printing import PrintOptions

APPENDIX: Final = "ภาคผนวก"
_CHAPTER: Final = "ส่วนที่"
_LETTERS: Final = "กขคงจ"
"""Of appendices."""
_TEXT_OF: Final[Mapping[Part, str]] = {
    Part.FOREWORD: "foreword",
    Part.BASICS: "basics",
    Part.ORDERS: "orders",
    Part.MINUTES: "minutes",
    Part.PICTURES: "pictures",
    Part.COMPILERS: "compilers",
}
"""The text without which a part is nothing; the other parts are made by the program."""


@dataclass(frozen=True, slots=True)
class PartTitle:
    number: str
    """``ส่วนที่ ๑``, ``ภาคผนวก ก`` or empty."""
    name: str

    @property
    def line(self) -> str:
        return f"{self.number} {self.name}".strip()


def empty_parts(assessed: AssessmentRound, options: PrintOptions) -> tuple[Part, ...]:
    """Parts that were chosen and have nothing to print: they are left out, a person should know."""
    return tuple(part for part in _chosen(options) if _is_empty(assessed, part))


def printed_parts(assessed: AssessmentRound, options: PrintOptions) -> tuple[Part, ...]:
    """Parts that were chosen and have something to print, in the order of the book."""
    return tuple(part for part in _chosen(options) if not _is_empty(assessed, part))


def part_titles(parts: Sequence[Part], digits: Callable[[object], str]) -> Mapping[Part, PartTitle]:
    """Chapters and appendices counted as they stand in this book; one appendix needs no letter."""
    titles: dict[Part, PartTitle] = {}
    chapters = 0
    appendices = [part for part in parts if part in APPENDICES]
    for part in parts:
        name = PART_NAMES[part]
        number = ""
        if name.startswith(_CHAPTER):
            chapters += 1
            number = f"{_CHAPTER} {digits(chapters)}"
            name = name.split(" ", 2)[2]
        elif len(appendices) > 1 and part in appendices:
            number = f"{APPENDIX} {_LETTERS[appendices.index(part)]}"
        titles[part] = PartTitle(number, name)
    return titles


def _chosen(options: PrintOptions) -> tuple[Part, ...]:
    return tuple(part for part in Part if part in options.parts)


def _is_empty(assessed: AssessmentRound, part: Part) -> bool:
    if part is Part.EVIDENCE:
        return not any(assessed.evidence_of(node.id) for _, node in assessed.framework.walk())
    if part is Part.SHEETS:
        return not any(assessed.framework.indicators())
    name = _TEXT_OF.get(part)
    return name is not None and assessed.book_text(name).is_blank
