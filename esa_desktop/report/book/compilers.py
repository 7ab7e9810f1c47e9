"""Who made the book: names and what each was, in two columns without rules."""

from collections.abc import Iterator
from typing import Final

from esa_desktop.domain.book import Part, members
from esa_desktop.domain.richtext import Block, Image, Paragraph, RichText
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.book.grid import PAD, Grid, GridCell, GridRow
from esa_desktop.report.book.texts import part_pages
from esa_desktop.report.document import Page

_MOST_NAME: Final = 0.5
"""Of the width, for the names."""
_LONGEST: Final = 160
"""Characters of a line that is still a person and not a text."""

_Person = tuple[str, str, str]
"""Number, name, and what the person was."""


def compilers_pages(setting: BookSetting) -> list[Page]:
    column = BookColumn(setting)
    column.title(setting.titles[Part.COMPILERS], level=2)
    groups = list(_groups(setting))
    widths = _widths(setting, [person for _, people in groups for person in people])
    typesetter, text = setting.job.typesetter, setting.measures.text
    for above, people in groups:
        if isinstance(above, Paragraph) and _is_bold(above):
            column.heading(above.text, level=3)
        elif above is not None:
            column.text(RichText((above,)))
        rows = [GridRow(tuple(map(GridCell, person[: len(widths)]))) for person in people]
        column.add(Grid(typesetter, text, widths, ruled=False).slugs(rows))
    return part_pages(setting, Part.COMPILERS, column)


def _groups(setting: BookSetting) -> Iterator[tuple[Block | None, list[_Person]]]:
    """What stands above some people, and the people."""
    above: Block | None = None
    people: list[_Person] = []
    for block in setting.text("compilers").blocks:
        if _is_people(block):
            people += _people(setting, block, len(people))
        else:
            yield above, people
            above, people = block, []
    yield above, people


def _is_people(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return not _is_bold(block) and all(len(n) <= _LONGEST for n in block.text.split("\n"))
    return not isinstance(block, Image)


def _is_bold(block: Paragraph) -> bool:
    """A line all in bold names the group of people below it."""
    return bool(block.runs) and all(run.bold for run in block.runs)


def _people(setting: BookSetting, block: Block, before: int) -> Iterator[_Person]:
    """A number somebody typed stays as it is; others are counted on."""
    typed = block.label if isinstance(block, Paragraph) else ""
    for number, member in enumerate(members(RichText((block,))), before + 1):
        yield typed or f"{setting.digits(number)}.", member.name, member.role
        typed = ""


def _widths(setting: BookSetting, people: list[_Person]) -> list[float]:
    """Of numbers, names and roles: the same for all groups, and no third column of nothing."""
    typesetter, size = setting.job.typesetter, setting.measures.text.table_size
    label = max((typesetter.width(number, size) for number, _, _ in people), default=0.0) + 2 * PAD
    names = max((typesetter.width(name, size) for _, name, _ in people), default=0.0) + 4 * PAD
    room = setting.width - label
    if not any(role for _, _, role in people):
        return [label, room]
    name = min(names, _MOST_NAME * room)
    return [label, name, room - name]
