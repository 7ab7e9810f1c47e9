"""Reads a page of help from the few signs of Markdown it may use; anything else is a fault with its line.

``# title``, ``คำค้น: …``, ``## heading``, paragraphs, ``**words on the screen**``,
``[words](page-id)``, ``1.`` steps and ``-`` points (one level deeper by blanks), ``> note``,
``| tables |`` with a head, ``![caption](name.png)`` on a line of its own. A line that goes on in
the next one is joined with a blank.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from esa_desktop.domain.manual import (
    Block,
    Heading,
    Item,
    Items,
    Manual,
    ManualFault,
    Note,
    Page,
    Picture,
    Reference,
    Span,
    Table,
    Text,
    Words,
)
from esa_desktop.domain.thai import arabic_digits, clean_text

SEARCH_WORDS: Final = "คำค้น:"
_FILE: Final = re.compile(r"\d+-(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
_PAGE_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PICTURE: Final = re.compile(r"!\[(?P<caption>[^\[\]]+)\]\((?P<name>[\w-]+\.png)\)")
_ITEM: Final = re.compile(r"(?P<blanks> *)(?:(?P<number>[0-9๐-๙]+)\.|-) +(?P<words>.+)")
_SPAN: Final = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<words>[^\[\]*]+)\]\((?P<link>[^()\s]*)\)")
_RULE: Final = re.compile(r"\|(?: *:?-{3,}:? *\|)+")
_FOREIGN: Final = (
    (re.compile(r"#{3,} "), "a heading deeper than ##"),
    (re.compile(r"[*+] "), "points begin with -"),
    (re.compile(r"```|~~~"), "no code blocks here"),
    (re.compile(r"(?:---+|\*\*\*+|___+)$"), "no rules here"),
)
_FOREIGN_INSIDE: Final = (
    (re.compile(r"\*"), "a * that makes nothing bold"),
    (re.compile(r"`"), "no code here: use ** for words on the screen"),
    (re.compile(r"!\["), "a picture stands on a line of its own: ![caption](name.png)"),
    (re.compile(r"\]\("), "a link is [words](page-id), without bold words in it"),
    (re.compile(r"</?[A-Za-z][^>]*>|https?://"), "no HTML and no addresses here"),
)


def parse_manual(files: Mapping[str, str], pictures: frozenset[str]) -> Manual:
    """All pages, by the names of their files (``NN-id.md``), in the order of these.

    ``ManualFault`` for a mistake in one, for a link to no page and for a picture not in ``pictures``.
    """
    pages = tuple(parse_page(name, files[name]) for name in sorted(files))
    known = {page.id for page in pages}
    for page in pages:
        for reference in page.references:
            if reference.is_picture and reference.target not in pictures:
                words = f"there is no picture {reference.target}"
                raise ManualFault(page.source, reference.line, words)
            if not reference.is_picture and reference.target not in known:
                words = f"there is no page {reference.target!r}"
                raise ManualFault(page.source, reference.line, words)
        if [other.id for other in pages].count(page.id) > 1:
            raise ManualFault(page.source, 1, f"two pages are named {page.id}")
    return Manual(pages)


def parse_page(source: str, text: str) -> Page:
    """One page; ``source``: the name of its file. Links and pictures are listed, not looked up."""
    name = _FILE.fullmatch(source)
    if name is None:
        raise ManualFault(source, 1, "the file is named like 01-start.md")
    return _Reader(source, clean_text(text.removeprefix("\ufeff")).split("\n")).page(name["id"])


@dataclass
class _Reader:
    """Goes through the lines of a page once; ``place`` is the next one."""

    source: str
    lines: list[str]
    place: int = 0
    references: list[Reference] = field(default_factory=list)
    last_step: int = 0
    """Number of the last step under the present heading."""

    def page(self, page_id: str) -> Page:
        title = self._next() if self.lines else ""
        if not re.fullmatch(r"# \S.*", title):
            raise ManualFault(self.source, 1, "the first line is the title: # words")
        search_words: tuple[str, ...] = ()
        if self._peek().startswith(SEARCH_WORDS):
            typed = self._next().removeprefix(SEARCH_WORDS).split(",")
            search_words = tuple(filter(None, map(str.strip, typed)))
        blocks = tuple(self._blocks())
        if not blocks:
            raise self._fault("a page that says nothing")
        shown = title.removeprefix("# ").strip()
        return Page(page_id, shown, blocks, search_words, tuple(self.references), self.source)

    def _blocks(self) -> Iterator[Block]:
        while self.place < len(self.lines):
            line = self._peek()
            if not line.strip():
                self.place += 1
            elif line.startswith("## "):
                self.last_step = 0
                self.place += 1
                yield Heading(self._plain(line.removeprefix("## ").strip()))
            elif line.startswith("!"):
                yield self._picture()
            elif line.startswith(">"):
                yield Note(self._words(*self._joined(">")))
            elif line.startswith("|"):
                yield self._table()
            elif _ITEM.fullmatch(line):
                yield Items(self._items(0))
            else:
                self._refuse_foreign(line)
                yield Text(self._words(*self._joined("")))

    # --- blocks -------------------------------------------------------------------------------

    def _picture(self) -> Picture:
        line = self._next()
        found = _PICTURE.fullmatch(line.strip())
        if found is None:
            raise self._fault("a picture is ![caption](name.png)")
        self.references.append(Reference(self.place, found["name"], is_picture=True))
        return Picture(found["name"], found["caption"].strip())

    def _joined(self, sign: str) -> tuple[str, int]:
        """Lines that belong together as one, and the number of the first."""
        first = self.place + 1
        parts = [self._next().removeprefix(sign).strip()]
        while self._goes_on(sign):
            parts.append(self._next().removeprefix(sign).strip())
        return " ".join(parts).strip(), first

    def _goes_on(self, sign: str) -> bool:
        line = self._peek()
        if sign:
            return line.startswith(sign)
        return bool(line.strip()) and not (
            line.startswith(("#", "!", ">", "|")) or _ITEM.fullmatch(line)
        )

    def _items(self, depth: int) -> tuple[Item, ...]:
        """Items of one depth, each with those one deeper; blank lines between them do not matter."""
        items: list[Item] = []
        begun: tuple[int, bool] | None = None
        while (found := self._next_item()) is not None:
            blanks, numbered = len(found["blanks"]), found["number"] is not None
            if blanks and not depth and not items:
                raise self._fault("a list does not begin with blanks", ahead=True)
            if begun is None:
                begun = blanks, numbered
            if blanks > begun[0]:
                if depth:
                    raise self._fault("lists are at most two deep", ahead=True)
                items[-1] = replace(items[-1], items=items[-1].items + self._items(1))
                continue
            if blanks < begun[0] or (numbered is not begun[1] and not depth and blanks == 0):
                break
            items.append(self._item(found, items, depth))
        return tuple(items)

    def _item(self, found: re.Match[str], before: list[Item], depth: int) -> Item:
        number = int(arabic_digits(found["number"])) if found["number"] else 0
        if number:
            last = before[-1].number if before else (0 if depth else self.last_step)
            if number != last + 1 and (before or number != 1):
                raise self._fault(f"step {number} comes after step {last}", ahead=True)
            if not depth:
                self.last_step = number
        first = self.place + 1
        self.place += 1
        parts = [found["words"].strip()]
        while self._peek().startswith("  ") and self._goes_on(""):
            parts.append(self._next().strip())
        return Item(number, self._words(" ".join(parts), first))

    def _next_item(self) -> re.Match[str] | None:
        """The item that comes next, past blank lines; the place stays where there is none."""
        ahead = self.place
        while ahead < len(self.lines) and not self.lines[ahead].strip():
            ahead += 1
        found = _ITEM.fullmatch(self.lines[ahead]) if ahead < len(self.lines) else None
        if found is not None:
            self.place = ahead
        return found

    def _table(self) -> Table:
        head = self._row()
        rule = self._peek().strip()
        if not _RULE.fullmatch(rule) or rule.count("|") != len(head) + 1:
            raise self._fault(
                "below the head of a table stands | --- | for each column", ahead=True
            )
        self.place += 1
        rows: list[tuple[Words, ...]] = []
        while self._peek().startswith("|"):
            row = self._row()
            if len(row) != len(head):
                raise self._fault(f"{len(row)} cells below a head of {len(head)}")
            rows.append(row)
        if not rows:
            raise self._fault("a table without rows")
        return Table(head, tuple(rows))

    def _row(self) -> tuple[Words, ...]:
        line = self._next().strip()
        if len(line) < 3 or not line.endswith("|"):
            raise self._fault("a row of a table ends with |")
        return tuple(self._words(cell.strip(), self.place) for cell in line[1:-1].split("|"))

    # --- words --------------------------------------------------------------------------------

    def _words(self, text: str, line: int) -> Words:
        """Spans of a text that begins on a line (from 1)."""
        spans: list[Span] = []
        end = 0
        for found in _SPAN.finditer(text):
            spans.append(Span(self._plain(text[end : found.start()], line)))
            if found["bold"] is not None:
                spans.append(Span(self._plain(found["bold"], line), bold=True))
            else:
                spans.append(self._link(found["words"], found["link"], line))
            end = found.end()
        spans.append(Span(self._plain(text[end:], line)))
        return tuple(span for span in spans if span.text)

    def _link(self, words: str, target: str, line: int) -> Span:
        if not _PAGE_ID.fullmatch(target):
            raise ManualFault(self.source, line, f"{target!r} is no id of a page")
        self.references.append(Reference(line, target))
        return Span(self._plain(words, line), link=target)

    def _plain(self, text: str, line: int = 0) -> str:
        for sign, words in _FOREIGN_INSIDE:
            if sign.search(text):
                raise ManualFault(self.source, line or self.place, words)
        return text

    # --- lines --------------------------------------------------------------------------------

    def _peek(self) -> str:
        return self.lines[self.place].rstrip() if self.place < len(self.lines) else ""

    def _next(self) -> str:
        line = self._peek()
        self.place += 1
        return line

    def _refuse_foreign(self, line: str) -> None:
        if line.startswith("#"):
            raise self._fault("a heading is ## words, the title only the first line", ahead=True)
        if line.startswith(" "):
            raise self._fault("blanks before a line that belongs to no list", ahead=True)
        for sign, words in _FOREIGN:
            if sign.match(line):
                raise self._fault(words, ahead=True)

    def _fault(self, words: str, *, ahead: bool = False) -> ManualFault:
        """A fault in the line last read, or ``ahead``: in the next one."""
        line = min(self.place + ahead, len(self.lines))
        return ManualFault(self.source, max(line, 1), words)
