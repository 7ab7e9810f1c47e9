"""The history of a field: every version with who, when and on which computer, and the way back to one."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Final, TypeVar

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import BOOK_TEXTS
from esa_desktop.domain.compared import Compared
from esa_desktop.domain.differences import compare
from esa_desktop.domain.edits import SetField
from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import (
    JUDGEMENTS,
    Field,
    Kind,
    book_field,
    computer_field,
    decode,
    indicator_field,
    issue_field,
    item_field,
    link_parts,
)
from esa_desktop.domain.framework import IndicatorType
from esa_desktop.domain.revision import FieldView, Revision, heads_of, view_of_heads
from esa_desktop.domain.richtext import EMPTY, RichText
from esa_desktop.domain.thai import thai_digits
from esa_desktop.domain.wording import is_value, readable
from esa_desktop.report.line_break import LineBreaker, line_breaker_with
from esa_desktop.services.editing import Editor
from esa_desktop.services.field_names import field_name
from esa_desktop.services.projects import Project
from esa_desktop.storage.store import Store

T = TypeVar("T")
PATIENCE: Final = 30.0
"""Seconds for an answer of the store."""
SILENT: Final = "อ่านประวัติยังไม่ได้ เพราะดิสก์ยังไม่ตอบ ข้อความยังอยู่ครบ รอให้บันทึกได้ก่อนแล้วเปิดดูใหม่"
_OF_ISSUE: Final = (Kind.METHOD, Kind.RESULTS, Kind.ACTED_ON, Kind.EVIDENCE_CLEAR)
_OF_INDICATOR: Final = (Kind.LEVEL, Kind.REASON, Kind.SUGGESTIONS, Kind.STATUS)
_OF_TYPE: Final = {
    IndicatorType.THRESHOLD: Kind.MEASURED,
    IndicatorType.RANKED_WORKS: Kind.WORKS,
}
"""What is entered for indicators of this type besides."""
_BLANKS: Final = re.compile(r"(\s+)")


@dataclass(frozen=True)
class Version:
    """One revision of a field, with what a list of versions tells about it."""

    id: str
    field: Field
    parents: tuple[str, ...]
    author: str
    device: str
    computer: str
    """Empty where nobody said how that computer is called."""
    time: str
    """As the revision has it: UTC, by a clock that may be wrong."""
    body: str
    number: int
    """Counted from 1 in the order in which they came to this computer."""
    is_head: bool
    """Nothing was written on top of it. Several heads: the field is not settled."""
    body_before: str
    """What the field said to whoever wrote this version."""
    letters: int
    """How long its text is; `longer_by` of them were not there before (or, negative, were)."""
    longer_by: int

    @property
    def text(self) -> str:
        """Plain, as a person reads it."""
        return self.readable.plain

    @property
    def readable(self) -> RichText:
        # Worked out anew: kept for each of many long versions it would fill the memory.
        return readable(self.field, self.body)

    @property
    def is_readable(self) -> bool:
        """Whether its body is a value of the field; a newer program may have written another."""
        return is_value(self.field, self.body)

    @property
    def moment(self) -> datetime | None:
        return local_moment(self.time)


def local_moment(time: str) -> datetime | None:
    """The time of a revision on this computer's clock; ``None`` for what is no time."""
    try:
        return datetime.fromisoformat(time).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def versions(project: Project, field: Field) -> tuple[Version, ...]:
    """Every version of a field, the newest first, by the order in which they came.

    Blocks until the store answers: for workers. Raises `StorageError`.
    """
    revisions, computers = answer_of(project.ask(partial(_history, field)))
    return versions_of(revisions, computers)


def answer_of(asked: "Future[T]") -> T:
    """What the store answers. Behind writes that the disk refuses it may never come to it."""
    try:
        return asked.result(PATIENCE)
    except TimeoutError as error:
        raise StorageError(SILENT) from error


def _history(field: Field, store: Store) -> tuple[tuple[Revision, ...], dict[str, str]]:
    revisions = store.history(field)
    devices = {revision.device for revision in revisions}
    return revisions, {device: computer_name(store, device) for device in devices}


def computer_name(store: Store, device: str) -> str:
    """The last name that was told of a computer, or nothing."""
    told = store.history(computer_field(device))
    try:
        return str(decode(told[-1].field, told[-1].body) or "") if told else ""
    except ValueError:
        return ""


def versions_of(
    revisions: tuple[Revision, ...], computers: Mapping[str, str]
) -> tuple[Version, ...]:
    """The same from the revisions of one field in the order in which they came."""
    graph = {revision.id: revision for revision in revisions}
    heads = {revision.id for revision in heads_of(revisions)}
    length = lru_cache(maxsize=None)(lambda body: len(readable(revisions[0].field, body).plain))
    found: list[Version] = []
    last = ""
    for number, r in enumerate(revisions, start=1):
        before = _seen_before(r, graph, last)
        version = Version(
            r.id,
            r.field,
            r.parents,
            r.author,
            r.device,
            computers.get(r.device, ""),
            r.time,
            r.body,
            number,
            r.id in heads,
            before,
            length(r.body),
            length(r.body) - length(before),
        )
        found.append(version)
        last = r.body
    return tuple(reversed(found))


def _seen_before(revision: Revision, graph: Mapping[str, Revision], last: str) -> str:
    """What its parents said together; the version before it where a parent was lost."""
    parents = [graph[name] for name in revision.parents if name in graph]
    if len(parents) < len(revision.parents):
        return last
    try:
        return view_of_heads(revision.field, parents, lambda: graph).body
    except ValueError:
        return last


def restore_edit(editor: Editor, field: Field, version: Version) -> SetField:
    """The edit that makes the field say again what it said in a version.

    A new revision on top of all there is: nothing is lost, it can be taken back, and of several
    heads it settles which text counts.
    """
    view = editor.view(field)
    return SetField(field, version.body, view.head_ids, view.body)


def says_so_already(view: FieldView, version: Version) -> bool:
    """Whether going back to a version would change nothing."""
    return view.state == "clean" and view.body == version.body


def related_fields(assessed: AssessmentRound, field: Field) -> tuple[tuple[Field, str], ...]:
    """Fields whose history somebody may want to see next, with their names; ``field`` among them.

    Of an issue what was written and judged there, its evidence, and its indicator's; of a text of
    the book the other ones.
    """
    framework, year = assessed.framework, assessed.fiscal_year
    node = link_parts(field)[0] if field.kind is Kind.LINK else field.owner
    found: list[Field] = []
    if field.kind is Kind.BOOK_TEXT:
        found = [book_field(year, text.name) for text in BOOK_TEXTS]
    elif framework.has_node(node) and "." in framework.code_of(node):
        code = framework.code_of(node)
        if code.count(".") == 2:
            found = [issue_field(year, node, kind) for kind in _OF_ISSUE]
            found += (item_field(item.id) for item in assessed.evidence_of(node))
            code = code.rpartition(".")[0]
        indicator = framework.indicator(code)
        kinds = [*_OF_INDICATOR, *filter(None, (_OF_TYPE.get(indicator.type),))]
        found += (indicator_field(year, indicator.id, kind) for kind in kinds)
        if code == framework.code_of(node):
            found += (item_field(item.id) for item in assessed.evidence_of(node))
    if field not in found:
        found.insert(0, field)
    return tuple((name, _called(assessed, name)) for name in found)


def _called(assessed: AssessmentRound, field: Field) -> str:
    item = assessed.items.get(field.owner)
    if item is not None:
        return f"{thai_digits(item.code)} {item.title}"
    named = field_name(field, assessed.framework)
    # The year is said only where it is not the one in view.
    is_other = named.year not in ("", str(assessed.fiscal_year))
    return replace(named, year=named.year if is_other else "").sentence


# --- comparing --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparing:
    """Two bodies of a field, to be compared by the words of a project. A value for workers."""

    field: Field
    before: str
    after: str
    kept_words: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Characters, by which the time is guessed."""
        return len(self.before) + len(self.after)

    def run(self) -> tuple[Compared, ...]:
        before, after = readable(self.field, self.before), readable(self.field, self.after)
        words = words_with(self.kept_words)
        if before != after and self.field.kind in JUDGEMENTS | {Kind.LINK}:
            # Two values, not a text: “ระดับ ๕” and below it “ระดับ ๓”.
            return (*compare(before, EMPTY, words), *compare(EMPTY, after, words))
        return compare(before, after, words)


def words_with(kept_words: tuple[str, ...] = ()) -> Callable[[str], list[str]]:
    """Cuts Thai into words as lines are broken, a project's own words whole."""
    return partial(_words, line_breaker_with(kept_words))


def _words(breaker: LineBreaker, text: str) -> list[str]:
    words: list[str] = []
    for part in _BLANKS.split(text):
        words += [part] if not part or part.isspace() else breaker.pieces(part)
    return words
