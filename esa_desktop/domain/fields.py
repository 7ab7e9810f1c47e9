"""The kinds of field: the one table of what can be stored, how it is written and how two versions merge."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from esa_desktop.domain import richtext
from esa_desktop.domain.checklist import requirements_from_list, requirements_to_list
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.evidence import evidence_from_dict, evidence_to_dict
from esa_desktop.domain.framework import framework_from_dict, framework_to_dict
from esa_desktop.domain.measured import parse_measured
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.domain.thai import clean_text
from esa_desktop.domain.works import works_from_list, works_to_list


class Kind(StrEnum):
    """What a field holds. The names are stored for ever: add, never rename."""

    OFFICE = "office"
    FRAMEWORK = "framework"
    METHOD = "method"
    RESULTS = "results"
    SUGGESTIONS = "suggestions"
    ACTED_ON = "acted_on"
    EVIDENCE_CLEAR = "evidence_clear"
    LEVEL = "level"
    REASON = "reason"
    ITEM = "item"
    LINK = "link"
    PRINT_OPTIONS = "print_options"
    STATUS = "status"
    BOOK_TEXT = "book_text"
    DICTIONARY = "dictionary"
    PRINTED = "printed"
    COMPUTER = "computer"
    MEASURED = "measured"
    WORKS = "works"
    REQUIRED = "required"
    SUPPLIED = "supplied"
    BOUND = "bound"


class Merge(StrEnum):
    """What may be done with two heads of a field that have one common base."""

    PARAGRAPHS = "paragraphs"
    """A three-way merge by paragraph is shown."""
    NEVER = "never"
    """Two different heads are a conflict a person decides."""


class Owner(StrEnum):
    """Who a field belongs to; the owner's id is the second part of its name."""

    ROUND = "round"
    """The round itself: the owner is the kind's own name."""
    PROJECT = "project"
    """The project: the round is empty and the owner is the kind's own name."""
    ISSUE = "issue"
    INDICATOR = "indicator"
    ITEM = "item"
    """An evidence item (UUIDv7); the round is empty, items live across years."""
    LINK = "link"
    """``issue id + ":" + item id``."""
    REQUIREMENT = "requirement"
    """``issue id + ":" + id of a line of its checklist``."""
    BOOK = "book"
    """A text of the book, by its name in `domain.book`."""
    DEVICE = "device"
    """A computer, by the id in its revisions; the round is empty."""


@dataclass(frozen=True, slots=True, order=True)
class Field:
    """The name of one stored fact: (round, owner, kind).

    ``round`` is the fiscal year in Arabic digits, or empty for what lives across years.
    """

    round: str
    owner: str
    kind: Kind

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))


@dataclass(frozen=True, slots=True)
class KindRule:
    """How one kind is written and merged. ``encode`` gives JSON values, ``decode`` reads them."""

    owner: Owner
    merge: Merge
    encode: Callable[[Any], Any]
    decode: Callable[[str, Any], Any]
    """Gets the field's owner and the JSON value."""
    empty: Any
    """The value of a field that was never written or was deleted."""


def _rich(owner: Owner) -> KindRule:
    return KindRule(
        owner,
        Merge.PARAGRAPHS,
        encode=richtext.to_json,
        decode=lambda _, values: richtext.from_json(values),
        empty=richtext.EMPTY,
    )


def _flag() -> KindRule:
    return KindRule(
        Owner.ISSUE, Merge.NEVER, encode=bool, decode=lambda _, value: value is True, empty=False
    )


def _as_is(owner: Owner, empty: Any) -> KindRule:
    return KindRule(
        owner, Merge.NEVER, encode=lambda value: value, decode=lambda _, value: value, empty=empty
    )


def _level(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise ValueRefused(f"ระดับคุณภาพ “{value}” ใช้ไม่ได้ กรุณาใช้เลข ๑ ถึง ๕ หรือเว้นว่าง")
    return value


READY: Final = "ready"


def _status(value: Any) -> str:
    if value != READY:
        raise ValueRefused(f"สถานะ “{value}” ใช้ไม่ได้ กรุณาใช้ {READY} หรือเว้นว่าง")
    return READY


RULES: Final[dict[Kind, KindRule]] = {
    Kind.OFFICE: _as_is(Owner.PROJECT, ""),
    Kind.FRAMEWORK: KindRule(
        Owner.ROUND,
        Merge.NEVER,
        encode=framework_to_dict,
        decode=lambda _, values: framework_from_dict(values),
        empty=None,
    ),
    Kind.METHOD: _rich(Owner.ISSUE),
    Kind.RESULTS: _rich(Owner.ISSUE),
    Kind.SUGGESTIONS: _rich(Owner.INDICATOR),
    Kind.ACTED_ON: _flag(),
    Kind.EVIDENCE_CLEAR: _flag(),
    Kind.LEVEL: KindRule(
        Owner.INDICATOR, Merge.NEVER, encode=_level, decode=lambda _, v: _level(v), empty=None
    ),
    Kind.REASON: _as_is(Owner.INDICATOR, ""),
    Kind.ITEM: KindRule(
        Owner.ITEM, Merge.NEVER, encode=evidence_to_dict, decode=evidence_from_dict, empty=None
    ),
    Kind.LINK: _as_is(Owner.LINK, ""),
    Kind.PRINT_OPTIONS: _as_is(Owner.ROUND, None),
    Kind.STATUS: KindRule(
        Owner.INDICATOR, Merge.NEVER, encode=_status, decode=lambda _, v: _status(v), empty=""
    ),
    Kind.BOOK_TEXT: _rich(Owner.BOOK),
    # A text with one word a line, so that words added on two laptops are merged like any other.
    Kind.DICTIONARY: _rich(Owner.PROJECT),
    Kind.PRINTED: _as_is(Owner.ROUND, None),
    Kind.COMPUTER: _as_is(Owner.DEVICE, ""),
    Kind.MEASURED: KindRule(
        Owner.INDICATOR,
        Merge.NEVER,
        encode=parse_measured,
        decode=lambda _, value: parse_measured(value),
        empty="",
    ),
    Kind.WORKS: KindRule(
        Owner.INDICATOR,
        Merge.NEVER,
        encode=works_to_list,
        decode=lambda _, values: works_from_list(values),
        empty=(),
    ),
    # Of an issue but of no round: what was asked for last year is asked for again.
    Kind.REQUIRED: KindRule(
        Owner.ISSUE,
        Merge.NEVER,
        encode=requirements_to_list,
        decode=lambda _, values: requirements_from_list(values),
        empty=(),
    ),
    Kind.SUPPLIED: KindRule(
        Owner.REQUIREMENT,
        Merge.NEVER,
        encode=list,
        decode=lambda _, values: tuple(str(item_id) for item_id in values),
        empty=(),
    ),
    Kind.BOUND: _as_is(Owner.ROUND, None),
}

JUDGEMENTS: Final = frozenset(
    {Kind.LEVEL, Kind.ACTED_ON, Kind.EVIDENCE_CLEAR, Kind.STATUS, Kind.MEASURED}
)
"""What a person decided: while two decisions stand against each other there is none."""
RICH_KINDS: Final = frozenset(k for k, rule in RULES.items() if rule.merge is Merge.PARAGRAPHS)


def encode(kind: Kind, value: Any) -> str:
    """The body of a field: canonical JSON, or ``""`` for nothing at all."""
    rule = RULES[kind]
    if value is None or value == rule.empty:
        return ""
    return canonical_json(rule.encode(value))


def decode(field: Field, body: str) -> Any:
    """The value in a body; ``ValueError`` for a body that is no value of this kind."""
    rule = RULES[field.kind]
    if not body:
        return rule.empty
    try:
        return rule.decode(field.owner, json.loads(body))
    except (KeyError, TypeError, ValueRefused) as error:
        raise ValueError(f"not a value of kind {field.kind}: {error}") from error


def parse_plain(kind: Kind, text: str) -> Any:
    """The value a person means by plain text: what the command line's ``set`` takes.

    Raises `ValueRefused` with a sentence where the text is no value of the kind.
    """
    if kind in RICH_KINDS:
        return richtext.from_plain(text)
    if kind not in _PLAIN:
        raise ValueRefused(f"ช่อง “{kind}” ไม่ได้รับข้อความ")
    return _PLAIN[kind](clean_text(text).strip())


def _plain_level(word: str) -> int | None:
    if not word:
        return None
    if len(word) == 1 and word in "12345๑๒๓๔๕":
        return int(word)
    raise ValueRefused(f"ระดับคุณภาพ “{word}” ใช้ไม่ได้ กรุณาใช้เลข ๑ ถึง ๕ หรือเว้นว่าง")


def _yes_or_no(word: str) -> bool:
    if word.casefold() in ("true", "yes", "1", "ใช่", "มี"):
        return True
    if word.casefold() in ("false", "no", "0", "", "ไม่", "ไม่มี"):
        return False
    raise ValueRefused(f"“{word}” ใช้ไม่ได้ กรุณาใช้ true หรือ false")


_PLAIN: Final[dict[Kind, Callable[[str], Any]]] = {
    Kind.ACTED_ON: _yes_or_no,
    Kind.EVIDENCE_CLEAR: _yes_or_no,
    Kind.LEVEL: _plain_level,
    Kind.STATUS: lambda word: _status(word.casefold()) if word else "",
    Kind.MEASURED: parse_measured,
    Kind.REASON: str,
    Kind.OFFICE: str,
}
"""How a value is read from words somebody typed; rich texts take the words as they are."""


def issue_field(year: int, issue_id: str, kind: Kind) -> Field:
    return Field(str(year), issue_id, kind)


def indicator_field(year: int, indicator_id: str, kind: Kind) -> Field:
    return Field(str(year), indicator_id, kind)


def framework_field(year: int) -> Field:
    return Field(str(year), Owner.ROUND.value, Kind.FRAMEWORK)


def print_options_field(year: int) -> Field:
    return Field(str(year), Owner.ROUND.value, Kind.PRINT_OPTIONS)


def printed_field(year: int) -> Field:
    """Where the pages of the last printing are remembered."""
    return Field(str(year), Owner.ROUND.value, Kind.PRINTED)


def bound_field(year: int) -> Field:
    """Where it is remembered what the last binder of evidence held."""
    return Field(str(year), Owner.ROUND.value, Kind.BOUND)


def required_field(issue_id: str) -> Field:
    """The checklist of an issue, the same for every year."""
    return Field("", issue_id, Kind.REQUIRED)


def supplied_field(year: int, issue_id: str, requirement_id: str) -> Field:
    """The evidence items that answer one line of a checklist in one year."""
    return Field(str(year), f"{issue_id}:{requirement_id}", Kind.SUPPLIED)


def book_field(year: int, name: str) -> Field:
    """A text of the book (`domain.book.BOOK_TEXTS`)."""
    return Field(str(year), name, Kind.BOOK_TEXT)


OFFICE_FIELD: Final = Field("", Owner.PROJECT.value, Kind.OFFICE)
DICTIONARY_FIELD: Final = Field("", Owner.PROJECT.value, Kind.DICTIONARY)


def computer_field(device: str) -> Field:
    """Where the name of a computer is kept: revisions carry its id, and people know its name."""
    return Field("", device, Kind.COMPUTER)


def item_field(item_id: str) -> Field:
    return Field("", item_id, Kind.ITEM)


def link_field(year: int, issue_id: str, item_id: str) -> Field:
    return Field(str(year), f"{issue_id}:{item_id}", Kind.LINK)


def link_parts(field: Field) -> tuple[str, str]:
    """``(issue id, item id)`` of a link; ``(issue id, requirement id)`` of what was supplied."""
    issue_id, _, item_id = field.owner.rpartition(":")
    return issue_id, item_id
