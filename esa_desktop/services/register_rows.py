"""The register of evidence as rows: what each says, how columns sort, what words and filters find. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import Evidence, code_sort_key
from esa_desktop.domain.thai import collation_key, thai_date
from esa_desktop.services.searching import folded, needle


class Column(StrEnum):
    """In the order in which they stand."""

    CODE = "code"
    TITLE = "title"
    KIND = "kind"
    NUMBER = "number"
    DATE = "date"
    OWNER = "owner"
    USED = "used"
    FILE = "file"


class Shown(StrEnum):
    """Which items the register shows."""

    ALL = "all"
    UNUSED = "unused"
    MISSING = "missing"
    """A file of the item is not where it should be."""
    CONFIDENTIAL = "confidential"
    NO_FILE = "no_file"


class FileState(StrEnum):
    """In the order in which they sort: what needs somebody comes first."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    """The disk was not asked yet."""
    NONE = "none"
    """The item is no file."""
    PRESENT = "present"


_STATES: Final = tuple(FileState)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One item and where it is used."""

    id: str
    item: Evidence
    used: tuple[tuple[str, str], ...] = ()
    """``(id, code)`` of the issues and indicators it serves, in printed order."""
    other_years: tuple[int, ...] = ()
    """Fiscal years other than that of the round in which it is used."""
    is_retired: bool = False
    """Serves something that is out of use in the round: nothing that is printed."""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for _, code in self.used)

    @property
    def is_used(self) -> bool:
        """In any year, also by what is out of use now."""
        return bool(self.used or self.other_years or self.is_retired)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to see, and in which order."""

    shown: Shown = Shown.ALL
    words: str = ""
    """All of them must occur somewhere in an item; any digits will do."""
    issue_id: str = ""
    """Only items of this issue; empty for all."""
    column: Column = Column.CODE
    descending: bool = False


Key = str | tuple[int, ...]


class Register:
    """All items that are not in the bin, with sort keys and search texts that are made once.

    ``follow`` takes in another state of the round; what is known of rows that did not change
    is kept. Keys are made when they are first needed, or before that by ``prepare``.
    """

    def __init__(self) -> None:
        self._rows: dict[str, RegisterRow] = {}
        self._missing: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._keys: dict[Column, dict[str, Key]] = {column: {} for column in Column}
        self._texts: dict[str, str] = {}
        self._by_code: list[str] | None = None
        self._used: Mapping[str, tuple[tuple[str, str], ...]] = {}
        self._retired: frozenset[str] = frozenset()
        self._used_source: tuple[object, ...] = (None, None, None)
        self._counts: dict[Shown, int] | None = None
        self._in_bin = 0

    @property
    def rows(self) -> Mapping[str, RegisterRow]:
        """By item id, in no order."""
        return self._rows

    @property
    def in_bin(self) -> int:
        """How many items lie in the bin."""
        return self._in_bin

    def follow(
        self, assessed: AssessmentRound, other_years: Mapping[str, tuple[int, ...]] | None = None
    ) -> frozenset[str]:
        """Take the round as it is now; ids of the rows that are new, other or gone.

        ``other_years``: where items are used in other rounds of the project, by item id.
        """
        used, years = self._uses_in(assessed), other_years or {}
        rows: dict[str, RegisterRow] = {}
        changed: list[str] = []
        for item_id, item in assessed.items.items():
            if item.binned:
                continue
            row = self._rows.get(item_id)
            places, elsewhere = used.get(item_id, ()), years.get(item_id, ())
            told = (places, elsewhere, item_id in self._retired)
            is_same = row is not None and row.item is item
            if row is None or not is_same or (row.used, row.other_years, row.is_retired) != told:
                row = RegisterRow(item_id, item, *told)
                changed.append(item_id)
            rows[item_id] = row
        changed += self._rows.keys() - rows.keys()
        old, self._rows = self._rows, rows
        self._in_bin = len(assessed.items) - len(rows)
        for item_id in changed:
            self._forget(old.get(item_id), rows.get(item_id), item_id)
        return frozenset(changed)

    def set_missing(self, answers: Mapping[str, bool]) -> frozenset[str]:
        """Take what the disk said: whether a file of an item is missing. Ids of changed rows."""
        news = {
            item_id: is_missing
            for item_id, is_missing in answers.items()
            if item_id in self._rows and self._missing.get(item_id) is not is_missing
        }
        self._missing |= news
        self._asked |= self._rows.keys() & answers.keys()
        if news:
            self._counts = None
        for item_id in news:
            self._keys[Column.FILE].pop(item_id, None)
        return frozenset(news)

    def unasked(self) -> tuple[Evidence, ...]:
        """Items with files of which the disk was not asked yet, in the order of their codes."""
        rows = (self._rows[item_id] for item_id in self._code_order())
        return tuple(row.item for row in rows if row.item.files and row.id not in self._asked)

    def ask_again(self) -> None:
        """The disk may say something else now; until it does, what it said last is shown."""
        self._asked.clear()

    def file_state(self, row: RegisterRow) -> FileState:
        if not row.item.files:
            return FileState.NONE
        is_missing = self._missing.get(row.id)
        if is_missing is None:
            return FileState.UNKNOWN
        return FileState.MISSING if is_missing else FileState.PRESENT

    def counts(self) -> dict[Shown, int]:
        """How many items each choice shows."""
        if self._counts is None:
            rows = self._rows.values()
            self._counts = {
                Shown.ALL: len(rows),
                Shown.UNUSED: sum(not row.is_used for row in rows),
                Shown.MISSING: sum(self._missing.values()),
                Shown.CONFIDENTIAL: sum(row.item.confidential for row in rows),
                Shown.NO_FILE: sum(not row.item.files for row in rows),
            }
        return dict(self._counts)

    def arranged(self, wish: Wish) -> tuple[RegisterRow, ...]:
        """The rows of a wish. Equal ones stand by code, and empty cells last either way."""
        wanted = [self._rows[item_id] for item_id in self._code_order()]
        if wish.shown is not Shown.ALL:
            wanted = [row for row in wanted if self._is_shown(wish.shown, row)]
        if wish.issue_id:
            wanted = [row for row in wanted if any(i == wish.issue_id for i, _ in row.used)]
        if words := needle(wish.words).split():
            wanted = [row for row in wanted if all(word in self._text(row) for word in words)]
        if wish.column is Column.CODE and not wish.descending:
            return tuple(wanted)
        key = partial(self._key, wish.column)
        filled = sorted(filter(key, wanted), key=key, reverse=wish.descending)
        return (*filled, *(row for row in wanted if not key(row)))

    def prepare(self) -> Iterator[None]:
        """Make keys and texts bit by bit, so that the first sorting and searching is quick, too."""
        for row in tuple(self._rows.values()):
            if row.id in self._rows:
                self._key(Column.TITLE, row)
                self._text(row)
                yield

    # --- inside -------------------------------------------------------------------------------

    def _uses_in(self, assessed: AssessmentRound) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Made anew only where what it is made of is another object: rounds share what stays."""
        source = (assessed.framework, assessed.issues, assessed.indicators)
        if any(now is not then for now, then in zip(source, self._used_source, strict=True)):
            self._used, self._used_source = uses(assessed), source
            self._retired = retired_uses(assessed)
        return self._used

    def _forget(self, old: RegisterRow | None, new: RegisterRow | None, item_id: str) -> None:
        """What was made of a row that is other, or gone."""
        for keys in self._keys.values():
            keys.pop(item_id, None)
        self._texts.pop(item_id, None)
        self._counts = None
        if old is None or new is None or old.item.files != new.item.files:
            self._missing.pop(item_id, None)
            self._asked.discard(item_id)
        if old is None or new is None or old.item.code != new.item.code:
            self._by_code = None

    def _is_shown(self, shown: Shown, row: RegisterRow) -> bool:
        if shown is Shown.UNUSED:
            return not row.is_used
        if shown is Shown.MISSING:
            return self._missing.get(row.id, False)
        if shown is Shown.CONFIDENTIAL:
            return row.item.confidential
        return shown is Shown.ALL or not row.item.files

    def _code_order(self) -> list[str]:
        if self._by_code is None:
            key = partial(self._key, Column.CODE)
            rows = sorted(self._rows.values(), key=lambda row: (key(row), row.item.code, row.id))
            self._by_code = [row.id for row in rows]
        return self._by_code

    def _key(self, column: Column, row: RegisterRow) -> Key:
        """Empty for an empty cell."""
        keys = self._keys[column]
        key = keys.get(row.id)
        if key is None:
            is_file = column is Column.FILE
            key = (_STATES.index(self.file_state(row)),) if is_file else _KEYS[column](row)
            keys[row.id] = key
        return key

    def _text(self, row: RegisterRow) -> str:
        text = self._texts.get(row.id)
        if text is None:
            text = self._texts[row.id] = folded("\n".join(_texts(row)))
        return text


def uses(assessed: AssessmentRound) -> dict[str, tuple[tuple[str, str], ...]]:
    """``(id, code)`` of every node that uses an item, by item id, in printed order.

    Issues, and indicators: some have no issues, and works are shown by items, too. Items in the
    bin are not left out.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for code, node in assessed.framework.walk():
        shown = dict.fromkeys(assessed.issue(node.id).evidence)
        for work in assessed.indicator(node.id).works:
            shown |= dict.fromkeys(work.items)
        for item_id in shown:
            found.setdefault(item_id, []).append((node.id, code))
    return {item_id: tuple(places) for item_id, places in found.items()}


def retired_uses(assessed: AssessmentRound) -> frozenset[str]:
    """Ids of items that serve an issue, or show a work of an indicator, that is out of use."""
    in_use = assessed.framework.has_node
    linked = (
        i for node, said in assessed.issues.items() if not in_use(node) for i in said.evidence
    )
    shown = (
        item_id
        for node, said in assessed.indicators.items()
        if not in_use(node)
        for work in said.works
        for item_id in work.items
    )
    return frozenset((*linked, *shown))


def _texts(row: RegisterRow) -> Iterator[str]:
    """All that a search may find in an item."""
    item = row.item
    yield from (item.code, item.title, item.kind, item.number, item.owner, item.place)
    if item.date:
        yield f"{thai_date(item.date, short=True)} {thai_date(item.date)}"
    yield from (file.name for file in item.files)
    yield from row.codes


def _words(text: str) -> str:
    """One string that compares as the collation key's pair does: no text has a NUL."""
    return "\0".join(collation_key(text)) if text else ""


_KEYS: Final[dict[Column, Callable[[RegisterRow], Key]]] = {
    Column.CODE: lambda row: code_sort_key(row.item.code),
    Column.TITLE: lambda row: _words(row.item.title),
    Column.KIND: lambda row: _words(row.item.kind),
    Column.NUMBER: lambda row: _words(row.item.number),
    Column.DATE: lambda row: row.item.date.isoformat() if row.item.date else "",
    Column.OWNER: lambda row: _words(row.item.owner),
    Column.USED: lambda row: code_sort_key(row.codes[0]) if row.codes else (),
}
