"""The restricted text model: paragraphs with a typed label, tables, images; no fonts, sizes or colours."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

from esa_desktop.domain.thai import arabic_digits, clean_text, thai_digits

Align = Literal["left", "center", "right", "justify"]
MOST_LEVELS: Final = 5
"""Depths of a list, as many as the real form uses."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a line break inside a paragraph is a newline."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False

    @property
    def style(self) -> tuple[bool, bool, bool]:
        return self.bold, self.italic, self.underline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``label`` is the number a person typed (``๑.``, ``๑.๑``, ``•``): text, never computed.

    Real forms have ๕ twice and restart at will, and what was signed must not change.
    """

    runs: tuple[Run, ...] = ()
    label: str = ""
    level: int = 0
    """Depth of the list, 0 to `MOST_LEVELS` - 1."""
    align: Align = "left"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_blank(self) -> bool:
        return not self.label and not self.text.strip()


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; never nested."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    """Relative column widths, one a column."""
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class Image:
    """A picture stored in the project by its hash."""

    sha256: str
    width: float
    """In points."""


Block = Paragraph | Table | Image


@dataclass(frozen=True)
class RichText:
    blocks: tuple[Block, ...] = ()

    @cached_property
    def is_blank(self) -> bool:
        """Nothing that would print."""
        return all(isinstance(block, Paragraph) and block.is_blank for block in self.blocks)

    @cached_property
    def plain(self) -> str:
        """A paragraph a line, its label in front; a table as lines of cells joined by `` | ``."""
        return "\n".join(line for block in self.blocks for line in _plain_lines(block))

    def images(self) -> Iterator[Image]:
        return (block for block in self.blocks if isinstance(block, Image))


EMPTY: Final = RichText()


def tidy_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours of equal style joined, empty runs dropped: equal looks, equal value."""
    tidy: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if tidy and tidy[-1].style == run.style:
            tidy[-1] = replace(tidy[-1], text=tidy[-1].text + run.text)
        else:
            tidy.append(run)
    return tuple(tidy)


def paragraph(text: str, label: str = "", level: int = 0, align: Align = "left") -> Paragraph:
    return Paragraph(tidy_runs([Run(text)]), label, level, align)


def _plain_lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        # A line break inside a paragraph keeps its place as a line of its own.
        return (f"{block.label} {block.text}" if block.label else block.text).split("\n")
    if isinstance(block, Table):
        return [" | ".join(_cell_text(cell) for cell in row) for row in block.rows]
    return ["[รูป]"]


def _cell_text(cell: Cell) -> str:
    lines = (f"{p.label} {p.text}" if p.label else p.text for p in cell)
    return " ".join(lines).replace("\n", " ")


# --- labels -----------------------------------------------------------------------------------

# A longer run of digits counts nothing, and no part of it does.
_NUMBER: Final = "(?:(?<![๐-๙])[๐-๙]{1,9}(?![๐-๙])|(?<![0-9])[0-9]{1,9}(?![0-9]))"
LABEL: Final = re.compile(
    rf"\({_NUMBER}\)|{_NUMBER}(?:\.{_NUMBER})+[.)]?|{_NUMBER}[.)]|[ก-ฮ]\.(?= )|[ก-ฮa-z]\)|[·•▪○-](?= )"
)
"""What counts as a label at the start of a line: the six numbering styles and bullets of the form."""


def split_label(line: str) -> tuple[str, str]:
    """``("๑.๑", "text")``; the label is empty where the line starts with none.

    Exactly one blank belongs to the label, so label and text give back the line as it was typed;
    a line typed in another way (``๑.แผน``, two blanks) keeps its number in the text.
    """
    match = LABEL.match(line)
    if (
        match
        and line[match.end() :].startswith(" ")
        and not line[match.end() + 1 :].startswith(" ")
    ):
        return match.group(), line[match.end() + 1 :]
    return "", line


def next_label(label: str) -> str:
    """The label Enter continues with: the last number plus one, in its own digits."""
    match = re.search(rf"{_NUMBER}(?=[.)]*$)", label)
    if match:
        number = match.group()
        follower = str(int(arabic_digits(number)) + 1)
        if number[0] >= "๐":
            follower = thai_digits(follower)
        return label[: match.start()] + follower + label[match.end() :]
    letter = re.fullmatch("([ก-ฮa-z])([.)])", label)
    if letter and letter[1] not in "ฮz":
        skipped = {"ฃ", "ฅ", "ฆ"}  # no office counts with them
        after = chr(ord(letter[1]) + 1)
        while after in skipped:
            after = chr(ord(after) + 1)
        return after + letter[2]
    return label


def renumber(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Labels counted anew per depth, each list going on in the style of its first label.

    Bullets and paragraphs without label stay as they are; a paragraph of a smaller depth starts
    the deeper ones afresh.
    """
    counted: list[Block] = []
    last: dict[int, str] = {}
    for block in blocks:
        if not isinstance(block, Paragraph) or not block.label:
            counted.append(block)
        else:
            previous = last.get(block.level)
            label = (
                next_label(previous) if previous else _first_label(block.label, last, block.level)
            )
            last = {depth: text for depth, text in last.items() if depth < block.level}
            last[block.level] = label
            counted.append(replace(block, label=label))
    return tuple(counted)


def _first_label(label: str, last: dict[int, str], level: int) -> str:
    parts = re.findall(_NUMBER, label)
    if not parts:
        return label
    thai = parts[-1][0] >= "๐"
    one = "๑" if thai else "1"
    tail = re.search(r"[.)]*$", label)
    ending = tail.group() if tail else ""
    above = last.get(level - 1, "")
    if len(parts) > 1 and above:
        stem = ".".join(re.findall(_NUMBER, above))
        return f"{stem}.{one}{ending}"
    head = label[: label.rindex(parts[-1])]
    return head + one + ending


# --- plain text -------------------------------------------------------------------------------

_INTRODUCES: Final = re.compile(r"(ดังนี้|ดังต่อไปนี้|ประกอบด้วย|ได้แก่|คือ)\s*:?\s*$")


def introduces(text: str) -> bool:
    """Whether a line announces what follows (``… ดังนี้``)."""
    return _INTRODUCES.search(text) is not None


def from_plain(text: str) -> RichText:
    """Text with a paragraph a line; labels and their depth are recognised, rows become tables.

    At least two lines with the same number (three or more) of cells split by `` | `` are a table with
    one header row. ``from_plain(text).plain == clean_text(text)`` but for blank lines at the end.
    """
    lines = clean_text(text).rstrip("\n").split("\n")
    if lines == [""]:
        return EMPTY
    guess = DepthGuess()
    blocks: list[Block] = []
    place = 0
    while place < len(lines):
        table_end = _table_end(lines, place)
        if table_end - place >= 2:
            blocks.append(_table_from_lines(lines[place:table_end]))
            place = table_end
            continue
        label, rest = split_label(lines[place])
        depth = guess.depth(label, rest)
        blocks.append(paragraph(rest, label, depth))
        place += 1
    return RichText(tuple(blocks))


def _table_end(lines: Sequence[str], start: int) -> int:
    cells = lines[start].count(" | ") + 1
    end = start
    while cells >= 3 and end < len(lines) and lines[end].count(" | ") + 1 == cells:
        end += 1
    return end


def _table_from_lines(lines: Sequence[str]) -> Table:
    rows = tuple(tuple((paragraph(text),) for text in line.split(" | ")) for line in lines)
    return Table(rows, (1.0,) * len(rows[0]), header_rows=1)


class DepthGuess:
    """The depth of typed labels, read one after the other: a guess for text that comes without depth.

    A stack of lists, each with its numbering style and last number. A label belongs to the
    innermost list it continues; else it opens a list one deeper. In the program the depth is
    stored; this serves plain text and imports only.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self._introduced = False

    def depth(self, label: str, text: str) -> int:
        """Depth of a line with this label and text; 0 for a line without label."""
        introduced, self._introduced = self._introduced, introduces(text)
        if not label:
            return 0
        numbers = re.findall(_NUMBER, label)
        number = int(arabic_digits(numbers[-1])) if numbers else 0
        style = "bullet"
        if numbers:
            script = "thai" if numbers[0][0] >= "๐" else "arabic"
            style = f"{script} {len(numbers)} {re.sub('[๐-๙0-9.]', '', label)}"
        same = [i for i, (kind, _) in enumerate(self._open) if kind == style]
        going_on = [i for i in same if not numbers or self._open[i][1] + 1 == number]
        if going_on:
            depth = going_on[-1]
        elif same and not (number == 1 and introduced):
            depth = same[-1]
        else:
            depth = min(len(self._open), MOST_LEVELS - 1)
        del self._open[depth:]
        self._open.append((style, number))
        return depth


# --- JSON -------------------------------------------------------------------------------------

_ALIGN_LETTER: Final[dict[Align, str]] = {"left": "l", "center": "c", "right": "r", "justify": "j"}
_ALIGN_NAME: Final[dict[str, Align]] = {letter: name for name, letter in _ALIGN_LETTER.items()}


def to_json(text: RichText) -> list[dict[str, Any]]:
    """JSON values, short keys, defaults left out: this is what revisions hold."""
    return [_block_to_json(block) for block in text.blocks]


def _block_to_json(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        rows = [[[_block_to_json(p) for p in cell] for cell in row] for row in block.rows]
        return {"t": "tbl", "rows": rows, "w": list(block.widths), "head": block.header_rows}
    if isinstance(block, Image):
        return {"t": "img", "id": block.sha256, "w": block.width}
    values: dict[str, Any] = {"t": "p", "runs": [[r.text, _flags(r)] for r in block.runs]}
    if block.label:
        values["label"] = block.label
    if block.level:
        values["level"] = block.level
    if block.align != "left":
        values["align"] = _ALIGN_LETTER[block.align]
    return values


def _flags(run: Run) -> str:
    return "b" * run.bold + "i" * run.italic + "u" * run.underline


def from_json(values: Iterable[dict[str, Any]]) -> RichText:
    """The reverse of `to_json`; ``ValueError`` for anything that is no such text."""
    try:
        return RichText(tuple(_block_from_json(value) for value in values))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"not a text of this program: {error}") from error


def _block_from_json(value: dict[str, Any]) -> Block:
    kind = value["t"]
    if kind == "p":
        return _paragraph_from_json(value)
    if kind == "tbl":
        rows = tuple(
            tuple(tuple(_paragraph_from_json(p) for p in cell) for cell in row)
            for row in value["rows"]
        )
        widths = tuple(float(width) for width in value["w"])
        if not rows or any(len(row) != len(widths) for row in rows):
            raise ValueError("a table needs rows of equal length")
        return Table(rows, widths, int(value["head"]))
    if kind == "img":
        return Image(str(value["id"]), float(value["w"]))
    raise ValueError(f"unknown block {kind!r}")


def _paragraph_from_json(value: dict[str, Any]) -> Paragraph:
    runs = tidy_runs(
        Run(str(text), "b" in flags, "i" in flags, "u" in flags) for text, flags in value["runs"]
    )
    level = int(value.get("level", 0))
    if not 0 <= level < MOST_LEVELS:
        raise ValueError(f"a list is {level} deep")
    return Paragraph(runs, str(value.get("label", "")), level, _ALIGN_NAME[value.get("align", "l")])


def canonical_json(value: Any) -> str:
    """One value, one spelling: sorted keys, no blanks, Thai as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def map_text(text: RichText, change: Callable[[str], str]) -> RichText:
    """The same text with ``change`` applied to every label and run."""
    return RichText(tuple(_map_block(block, change) for block in text.blocks))


def _map_block(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return _map_paragraph(block, change)
    if isinstance(block, Table):
        rows = tuple(
            tuple(tuple(_map_paragraph(p, change) for p in cell) for cell in row)
            for row in block.rows
        )
        return replace(block, rows=rows)
    return block


def _map_paragraph(block: Paragraph, change: Callable[[str], str]) -> Paragraph:
    runs = tidy_runs(replace(run, text=change(run.text)) for run in block.runs)
    return replace(block, runs=runs, label=change(block.label))
