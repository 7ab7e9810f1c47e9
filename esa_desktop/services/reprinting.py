"""Printing only the pages that changed since the last printing of a form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import Part
from esa_desktop.domain.edits import SetField
from esa_desktop.domain.fields import printed_field
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.services.editing import Editor
from esa_desktop.services.exporting import Cancel, Image, Progress, export_pdf, render_pdf
from esa_desktop.services.page_changes import (
    MARK,
    OldPage,
    Reprint,
    compare,
    exchange,
    warning,
)

if TYPE_CHECKING:
    from esa_desktop.report.sheet import SheetResult

__all__ = [
    "Printed",
    "Reprint",
    "Told",
    "compare",
    "exchange",
    "export_changed",
    "is_remembered",
    "keep_printed",
    "print_to_file",
    "printed_before",
    "remember_printed",
    "render_changed",
    "warning",
]

_ON_EVERY_PAGE: Final = (
    "paper",
    "font",
    "size_pt",
    "thai_digits",
    "page_numbers",
    "pure_black",
    "margins_mm",
    "gutter_mm",
    "duplex",
    "header",
    "footer",
    "watermark",
    "rubric_mm",
    "evidence_mm",
)
"""Options after whose change no old page can stay; what others change, fingerprints tell."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What the last whole printing of a form put on paper."""

    pages: tuple[OldPage, ...]
    widths: tuple[float, ...] | None
    """The columns it had: chosen anew they would change every page."""
    said: tuple[int, ...] = ()
    """Totals at the foot of its pages: several after only some were printed again."""


# --- remembering ------------------------------------------------------------------------------


def printed_before(editor: Editor, options: PrintOptions) -> Printed | None:
    """The last whole printing that looked like these options; ``None`` where there is none, or
    where these options print no more than a part.
    """
    if not is_remembered(options, None):
        return None
    view = editor.view(printed_field(editor.round.fiscal_year))
    value = view.value if view.state == "clean" else None  # else two printings, both unlike paper
    record = value.get(options.form) if isinstance(value, Mapping) else None
    try:
        if record is None or record["look"] != _look(options):
            return None
        pages = [page.rpartition("|") for page in record["pages"].split(" ")]
        widths = tuple(float(width) for width in record["widths"])
        said = tuple(int(total) for total in record.get("said", ()))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None  # of another version: as if nothing had been printed
    return Printed(tuple((number, mark) for number, _, mark in pages), widths or None, said)


def is_remembered(options: PrintOptions, indicators: Sequence[str] | None) -> bool:
    """Whether a print makes or mends the stack on the desk: parts of a report and drafts do not,
    nor does a cover printed again by itself.
    """
    fragment = options.form == "book" and Part.SHEETS not in options.parts
    return not (indicators or options.watermark or options.only_ready or fragment)


def remember_printed(
    editor: Editor, options: PrintOptions, result: SheetResult, reprint: Reprint | None = None
) -> SetField:
    """The edit that keeps what lies on paper after a whole printing: one for each form.

    ``reprint``: where only what changed was printed; the pages that stay keep the numbers they bear.
    """
    field = printed_field(editor.round.fiscal_year)
    value = editor.view(field).value
    known = value if isinstance(value, Mapping) else {}
    bears = {new: old for old, new in reprint.moved} if reprint else {}
    pages = " ".join(
        f"{bears.get(page.number, page.number)}|{page.fingerprint[:MARK]}" for page in result.drawn
    )
    record = {"look": _look(options), "pages": pages, "widths": list(result.widths)}
    if reprint is not None:
        record["said"] = list(reprint.said)
    return editor.change(field, {**known, options.form: record})


def keep_printed(
    editor: Editor, options: PrintOptions, result: SheetResult, reprint: Reprint | None = None
) -> None:
    """Remember at once what lies on paper now, unless the project is only read."""
    edit = remember_printed(editor, options, result, reprint)
    if editor.is_change(edit) and not editor.is_read_only:
        editor.apply(edit)


def _look(options: PrintOptions) -> str:
    values = {name: getattr(options, name) for name in _ON_EVERY_PAGE}
    return hashlib.sha256(canonical_json(values).encode()).hexdigest()[:MARK]


# --- printing ---------------------------------------------------------------------------------


def render_changed(
    assessed: AssessmentRound,
    options: PrintOptions,
    before: Printed | None,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
    image: Image | None = None,
) -> tuple[bytes, SheetResult, Reprint]:
    """A PDF of the pages that changed (no bytes where none did), and the result of the whole.

    The whole result is what `remember_printed` keeps once the pages are on paper.
    """
    if before is not None and options.widths is None:
        options = replace(options, widths=before.widths)
    content, whole = render_pdf(
        assessed, options, progress=_first_half(progress), cancelled=cancelled, image=image
    )
    leaf = 2 if options.duplex else 1
    reprint = compare(
        before.pages if before else None,
        whole.drawn,
        leaf=leaf,
        said=before.said if before else (),
    )
    if not reprint.pages:
        return b"", whole, reprint
    if len(reprint.pages) < len(whole.drawn):
        content, _ = render_pdf(
            assessed, options, only=frozenset(reprint.pages), cancelled=cancelled, image=image
        )
    if progress is not None:
        progress(1, 1)
    return content, whole, reprint


def _first_half(progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda done, total: progress(done, 2 * total)


def export_changed(
    assessed: AssessmentRound,
    target: Path,
    options: PrintOptions,
    before: Printed | None,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
    image: Image | None = None,
) -> tuple[SheetResult, Reprint]:
    """Like `render_changed`, into a file; none is written where no page changed."""
    from esa_desktop.report.pdf_file import write_in_place

    content, whole, reprint = render_changed(
        assessed, options, before, progress=progress, cancelled=cancelled, image=image
    )
    if content:
        write_in_place(target, content)
    return whole, reprint


@dataclass(frozen=True, slots=True)
class Told:
    """How a printing into a file went."""

    pages: int
    """In the file; 0: none was written, because no page changed."""
    result: SheetResult
    reprint: Reprint | None
    """Where only the changed pages were asked for."""


def print_to_file(
    editor: Editor,
    target: Path,
    options: PrintOptions,
    *,
    indicators: Sequence[str] | None = None,
    changed: bool = False,
    image: Image | None = None,
) -> Told:
    """Write a form, all of it or what changed, and remember what lies on paper now.

    Parts of a report and drafts are not remembered: the stack on the desk is not made of them.
    """
    reprint = None
    if changed:
        before = printed_before(editor, options)
        result, reprint = export_changed(editor.round, target, options, before, image=image)
    else:
        result = export_pdf(editor.round, target, options, indicators=indicators, image=image)
    if is_remembered(options, indicators):
        keep_printed(editor, options, result, reprint)
    return Told(len(reprint.pages) if reprint else result.pages, result, reprint)
