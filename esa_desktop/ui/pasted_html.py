"""HTML from Word, LibreOffice, Excel or the web as a text of the model; all but words and shape goes.

Kept are paragraphs, list numbers as they were shown, tables, bold, italic and underline. The HTML
is only read: nothing in it is loaded, run or handed to Qt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from esa_desktop.domain.richtext import (
    MOST_LEVELS,
    Align,
    Block,
    DepthGuess,
    Paragraph,
    RichText,
    Run,
    split_label,
    tidy_runs,
)
from esa_desktop.domain.thai import clean_text, thai_digits
from esa_desktop.ui.pasted_style import Style, css_of, style_of

_FRAGMENT: Final = re.compile("<!--StartFragment-->(.*)<!--EndFragment-->", re.DOTALL)
# Word's conditional comments: <![if !supportLists]> shows what is inside, <!--[if …]> hides it.
_MARKERS: Final = re.compile(r"<!\[[^>]*>|<\?[^>]*>")
_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_DROPPED: Final = frozenset(
    "applet audio canvas colgroup del embed head iframe img link map meta noscript object option"
    " script select style svg template textarea title video xml".split()
)
_BULLETS: Final = {"·": "•", "\uf0a7": "▪", "o": "○", "§": "▪", "Ø": "•", "ü": "•", "l": "•"}
"""Signs of Word's symbol fonts as what they look like there; others of those fonts become •."""
_BLANKS: Final = re.compile("[ \t\r\n\f]+")
_DEEPEST: Final = 120
"""Nested elements; below that only the words are taken."""


def text_from_html(html: str) -> RichText:
    """A blank text for what has no words in it; never raises for bad HTML."""
    match = _FRAGMENT.search(html)
    source = _MARKERS.sub("", match[1] if match else html).replace("\0", "")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(f"<div>{source}</div>".encode("utf-8", "replace"), parser)
    flow = _Flow()
    flow.walk(root, Style(), 0)
    flow.end_paragraph()
    return RichText(tuple(_trimmed(flow.blocks)))


@dataclass
class _List:
    """An open ``ul`` or ``ol``."""

    numbering: str
    next_number: int


@dataclass
class _Line:
    """A paragraph while it is read."""

    runs: list[Run] = field(default_factory=list)
    label: str = ""
    level: int | None = None
    align: Align = "left"
    kept_when_blank: bool = False


class _Flow:
    """Turns a tree of elements into blocks, in reading order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._line = _Line()
        self._lists: list[_List] = []
        self._guess = DepthGuess()

    # --- elements -----------------------------------------------------------------------------

    def walk(self, element: etree._Element, style: Style, depth: int) -> None:
        """An element without its tail."""
        tag = element.tag if isinstance(element.tag, str) else ""
        css = css_of(element)
        if not tag or tag in _DROPPED or css.get("display") == "none" or "mso-hide" in css:
            return
        if css.get("mso-list", "").lower() == "ignore":
            self._take_shown_number("".join(element.itertext()))
        elif tag == "br":
            self._take_break()
        elif "mso-tab-count" in css:
            self._take_text(" ", style)
        elif depth > _DEEPEST:
            self._take_text("".join(element.itertext()), style)
        elif tag == "table":
            self._take_table(element, style, depth)
        elif tag in _BLOCKS:
            self._take_block(element, tag, css, style, depth)
        else:
            self._take_children(element, style_of(tag, css, style), depth)

    def _take_children(self, element: etree._Element, style: Style, depth: int) -> None:
        self._take_text(element.text or "", style)
        for child in element:
            self.walk(child, style, depth + 1)
            self._take_text(child.tail or "", style)

    def _take_block(
        self, element: etree._Element, tag: str, css: dict[str, str], style: Style, depth: int
    ) -> None:
        inner = style_of(tag, css, style)
        is_list = tag in ("ul", "ol")
        if self._line.label and not self._line.runs:
            # The first paragraph of a list item is the item; a list in its place is not.
            self._line = _Line() if is_list or tag == "li" else self._line
        else:
            self.end_paragraph()
        self._line.align = inner.align
        if is_list:
            self._lists.append(_list_of(element, css))
            self._take_children(element, inner, depth)
            self.end_paragraph()
            self._lists.pop()
            self._line.align = style.align
            return
        if tag == "li":
            self._begin_item(element)
        level = re.search(r"level(\d+)", css.get("mso-list", ""))
        if level:
            self._line.level = int(level[1]) - 1
        if tag == "p":
            # A paragraph around a blank or a break is an empty line somebody made.
            self._line.kept_when_blank = bool(
                element.xpath("boolean(.//br|.//text()[contains(., '\u00a0')])")
            )
        self._take_children(element, inner, depth)
        self.end_paragraph()
        self._line.align = style.align

    def _begin_item(self, element: etree._Element) -> None:
        if not self._lists:
            self._lists.append(_List("disc", 1))
        items = self._lists[-1]
        value = element.get("value", "")
        if value.isdecimal():
            items.next_number = int(value)
        self._line.label = _shown_number(items)
        self._line.level = len(self._lists) - 1
        items.next_number += 1

    def _take_table(self, element: etree._Element, style: Style, depth: int) -> None:
        from esa_desktop.ui.pasted_table import read_table

        self.end_paragraph()
        self.blocks += read_table(element, lambda cell: self._cell(cell, style, depth))

    @staticmethod
    def _cell(element: etree._Element, style: Style, depth: int) -> list[Block]:
        """What is in one cell, read like a text of its own."""
        flow = _Flow()
        css = css_of(element)
        inner = style_of(str(element.tag), css, style)
        flow._line.align = inner.align
        flow._take_children(element, inner, depth + 1)
        flow.end_paragraph()
        return _trimmed(flow.blocks)

    # --- words --------------------------------------------------------------------------------

    def _take_text(self, text: str, style: Style) -> None:
        if not style.keeps_lines:
            text = _BLANKS.sub(" ", text)
        before = self._line.runs[-1].text[-1:] if self._line.runs else ""
        if before in ("", " ", "\n") and not style.keeps_lines:
            text = text.removeprefix(" ")
        if text:
            self._line.runs.append(Run(text, style.bold, style.italic, style.underline))

    def _take_break(self) -> None:
        if self._line.runs and self._line.runs[-1].text.endswith(" "):
            last = self._line.runs[-1]
            self._line.runs[-1] = replace(last, text=last.text.rstrip(" "))
        self._line.runs.append(Run("\n"))

    def _take_shown_number(self, text: str) -> None:
        """Word's own number, as it stood in front of the paragraph."""
        shown = "".join(text.split())
        if len(shown) == 1 and "\ue000" <= shown <= "\uf8ff":
            shown = "•"
        self._line.label = clean_text(_BULLETS.get(shown, shown))

    def end_paragraph(self) -> None:
        line, self._line = self._line, _Line(align=self._line.align)
        runs = _stripped(line.runs)
        if not runs and not line.label and not line.kept_when_blank:
            return
        label, level = line.label, line.level
        if not label and runs:
            label, runs = _typed_label(runs)
        text = "".join(run.text for run in runs)
        if level is None or not label:
            level = self._guess.depth(label, text)
        self.blocks.append(
            Paragraph(tidy_runs(runs), label, min(max(level, 0), MOST_LEVELS - 1), line.align)
        )


def _stripped(runs: Sequence[Run]) -> list[Run]:
    """Clean runs without blanks and breaks at both ends."""
    clean = [replace(run, text=clean_text(run.text).replace("\u00a0", " ")) for run in runs]
    while clean and not clean[0].text.lstrip():
        del clean[0]
    while clean and not clean[-1].text.rstrip():
        del clean[-1]
    if clean:
        clean[0] = replace(clean[0], text=clean[0].text.lstrip())
        clean[-1] = replace(clean[-1], text=clean[-1].text.rstrip())
    return clean


def _typed_label(runs: Sequence[Run]) -> tuple[str, list[Run]]:
    """A number that was typed in front, even where its style differs from the text's."""
    whole = "".join(run.text for run in runs)
    label, rest = split_label(re.sub("^(\\S+) +", "\\1 ", whole))
    if not label or not rest:
        return "", list(runs)
    skip = len(whole) - len(rest)
    kept: list[Run] = []
    for run in runs:
        kept.append(replace(run, text=run.text[skip:]))
        skip = max(0, skip - len(run.text))
    return label, kept


def _list_of(element: etree._Element, css: dict[str, str]) -> _List:
    numbering = css.get("list-style-type") or element.get("type") or ""
    start = element.get("start", "")
    default = "disc" if element.tag == "ul" else "decimal"
    return _List(numbering or default, int(start) if start.isdecimal() else 1)


def _shown_number(items: _List) -> str:
    """The number a browser would show."""
    kind, number = items.numbering, items.next_number
    if kind in ("disc", "circle", "square", "none"):
        return {"disc": "•", "circle": "○", "square": "▪", "none": ""}[kind]
    if kind in ("a", "lower-alpha", "lower-latin") and number <= 26:
        return f"{chr(ord('a') + number - 1)}."
    if kind == "thai":
        return f"{thai_digits(number)}."
    return f"{number}."


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    """Without empty lines at both ends."""
    kept = list(blocks)
    for place in (0, -1):
        while kept and isinstance(edge := kept[place], Paragraph) and edge.is_blank:
            del kept[place]
    return kept
