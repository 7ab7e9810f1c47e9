"""What the binders on the shelf hold, remembered with the round, and how the last one was made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, cast, get_args

from esa_desktop.domain.binder import BinderOptions, Confidential, Corner
from esa_desktop.domain.fields import bound_field
from esa_desktop.domain.framework import Framework
from esa_desktop.services.binder_changes import Bound, Entry
from esa_desktop.services.editing import Editor
from esa_desktop.services.exporting import stored_options

MOST_SHELVES: Final = 100
"""Binders of different parts of the framework that are remembered, the last made ones."""
PAGES: Final = (10, 2000)
MEGABYTES: Final = (1, 2000)
"""Limits of a volume that a person may choose."""
_ASKED_EACH_TIME: Final = ("scope", "only_changed", "font", "thai_digits")
"""What belongs to one binder, or comes from the options of printing."""


# --- remembering ------------------------------------------------------------------------------


def bound_before(editor: Editor, scope: Sequence[str]) -> Bound | None:
    """The last binder of this part of the framework; ``None`` where there is none.

    Raises `UnknownCode`.
    """
    shelf = _shelf(editor.round.framework, scope)
    record = next((kept for kept in _shelves(editor) if kept.get("nodes") == shelf), {})
    try:
        items = [tuple(str(entry).split("|")) for entry in record["items"]]
        if record["made"] and all(len(entry) == 4 for entry in items):
            return Bound(str(record["made"]), tuple(cast("list[Entry]", items)))
    except (KeyError, TypeError):
        pass  # never made, or remembered by another version
    return None


def keep_bound(
    editor: Editor,
    options: BinderOptions,
    bound: Bound,
    *,
    as_chosen: bool = True,
) -> None:
    """Remember at once what was bound; no step to take back, and nothing where the project is only
    read.

    After a binder of only what changed the shelf holds the whole again: ``bound`` is the whole.
    ``as_chosen``: the options are those a person wants the next time, too; those of a command
    are not.
    """
    if editor.is_read_only:
        return
    shelf = _shelf(editor.round.framework, options.scope)
    others = [kept for kept in _shelves(editor) if kept.get("nodes") != shelf]
    entries = ["|".join(entry) for entry in bound.items]
    kept = [*others, {"nodes": shelf, "made": bound.made, "items": entries}][-MOST_SHELVES:]
    values = options_to_values(options) if as_chosen else _mapping(_stored(editor).get("options"))
    field = bound_field(editor.round.fiscal_year)
    edit = editor.change(field, {"options": values, "shelves": kept})
    if editor.is_change(edit):
        editor.apply(edit)


def _stored(editor: Editor) -> Mapping[str, Any]:
    """Of two laptops' binders neither is known to be the one on the shelf."""
    view = editor.view(bound_field(editor.round.fiscal_year))
    return _mapping(view.value) if view.state == "clean" else {}


def _shelves(editor: Editor) -> list[dict[str, Any]]:
    """The last made one last."""
    known = _stored(editor).get("shelves")
    return [_mapping(kept) for kept in known] if isinstance(known, list) else []


def _shelf(framework: Framework, scope: Sequence[str]) -> str:
    """The same for the same nodes, whatever their codes are by then."""
    return " ".join(sorted({framework.node(code).id for code in scope}))


def _mapping(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


# --- options ----------------------------------------------------------------------------------


def stored_binder_options(editor: Editor) -> BinderOptions:
    """As the last binder of the round was made; letters and digits as everything is printed.

    Files of confidential items are in a binder only when somebody says so each time.
    """
    printed = stored_options(editor)
    known = _mapping(_stored(editor).get("options"))
    readers = _READERS.items()
    usable = {name: read(known[name]) for name, read in readers if name in known}
    chosen: dict[str, Any] = {name: value for name, value in usable.items() if value is not None}
    return BinderOptions(**chosen, font=printed.font, thai_digits=printed.thai_digits)


def options_to_values(options: BinderOptions) -> dict[str, Any]:
    """JSON values of what differs from the defaults and is worth remembering."""
    values: dict[str, Any] = {}
    for known in fields(BinderOptions):
        value = getattr(options, known.name)
        if known.name not in _ASKED_EACH_TIME and value != known.default:
            values[known.name] = value
    if options.confidential == "include":
        del values["confidential"]
    return values


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(limits: tuple[int, int]) -> Callable[[object], float | None]:
    def read(value: object) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return value if limits[0] <= value <= limits[1] else None

    return read


def _word(choices: Sequence[str]) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in choices else None


_READERS: Final[dict[str, Callable[[object], Any]]] = {
    **dict.fromkeys(
        (
            *("cover", "spine", "index", "standard_dividers", "indicator_dividers"),
            *("issue_dividers", "stamp", "qr", "certified", "office_files"),
        ),
        _flag,
    ),
    "corner": _word(get_args(Corner)),
    "confidential": _word(tuple(c for c in get_args(Confidential) if c != "include")),
    "most_pages": _number(PAGES),
    "most_mb": _number(MEGABYTES),
}
"""Of everything that is remembered; a value this version cannot use is the default."""
