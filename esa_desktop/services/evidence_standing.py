"""How an item of evidence stands: where it is used in all years, and whether its files are there."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from esa_desktop.domain.evidence import Evidence, EvidenceFile, code_sort_key
from esa_desktop.domain.fields import Field, Kind, framework_field, link_parts
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import FieldView
from esa_desktop.services.editing import Editor
from esa_desktop.storage.evidence_files import is_kept


@dataclass(frozen=True, slots=True)
class Use:
    """One place where an item is used."""

    item_id: str
    year: int
    node_id: str
    """An issue, or an indicator: it has no issues, or the item shows one of its works."""
    code: str
    """Of the node; empty where that year's framework has it no more, or retired it."""
    name: str


def uses_of(editor: Editor, item_ids: Collection[str]) -> tuple[Use, ...]:
    """Where items are used, in every year the project holds: the latest year first, then by code."""
    frameworks: dict[int, Framework | None] = {}
    found: list[Use] = []
    for item_id, year, node_id in _used(editor.views):
        if item_id in item_ids:
            if year not in frameworks:
                frameworks[year] = _framework(editor, year)
            found.append(Use(item_id, year, node_id, *_named(frameworks[year], node_id)))
    order = {item_id: place for place, item_id in enumerate(item_ids)}
    return tuple(
        sorted(found, key=lambda use: (order[use.item_id], -use.year, code_sort_key(use.code)))
    )


def other_years(editor: Editor) -> dict[str, tuple[int, ...]]:
    """The years besides that of the round in which items are used, by item id."""
    found: dict[str, set[int]] = {}
    for item_id, year, _ in _used(editor.views):
        if year != editor.round.fiscal_year:
            found.setdefault(item_id, set()).add(year)
    return {item_id: tuple(sorted(years)) for item_id, years in found.items()}


def absent(
    folder: Path, items: Iterable[Evidence], cancelled: Callable[[], bool] | None = None
) -> dict[str, bool]:
    """Whether a file of an item is not in its place with its size, by item id; asks the disk.

    Ends early where it is ``cancelled``.
    """
    answers: dict[str, bool] = {}
    for item in items:
        if cancelled and cancelled():
            break
        answers[item.id] = not all(is_kept(folder, file) for file in item.files)
    return answers


def are_kept(
    folder: Path, files: Iterable[EvidenceFile], cancelled: Callable[[], bool] | None = None
) -> dict[str, bool]:
    """Whether each file lies in its place with its size, by sha256; asks the disk.

    Ends early where it is ``cancelled``.
    """
    answers: dict[str, bool] = {}
    for file in files:
        if cancelled and cancelled():
            break
        answers[file.sha256] = is_kept(folder, file)
    return answers


def _used(views: Mapping[Field, FieldView]) -> set[tuple[str, int, str]]:
    """``(item id, year, node id)``, each once; of two heads that which is shown counts."""
    return set(_all_used(views))


def _all_used(views: Mapping[Field, FieldView]) -> Iterator[tuple[str, int, str]]:
    for field, view in views.items():
        if field.kind is Kind.LINK and view.body:
            node_id, item_id = link_parts(field)
            yield item_id, int(field.round), node_id
        elif field.kind is Kind.WORKS and view.body:
            for work in view.value:
                yield from ((item_id, int(field.round), field.owner) for item_id in work.items)


def _framework(editor: Editor, year: int) -> Framework | None:
    if year == editor.round.fiscal_year:
        return editor.round.framework
    found: Framework | None = editor.view(framework_field(year)).value
    return found


def _named(framework: Framework | None, node_id: str) -> tuple[str, str]:
    if framework is None:
        return "", ""
    if not framework.has_node(node_id):
        retired = framework.retired_node(node_id)
        return "", retired.name if retired else ""
    code = framework.code_of(node_id)
    return code, framework.node(code).name
