"""Steps by Thai words: Qt's own stop only at blanks, which in Thai is a phrase later."""

import itertools
import re
from bisect import bisect_left, bisect_right
from typing import Final

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextBlock, QTextCursor

_THAI: Final = "\u0e01-\u0e3a\u0e40-\u0e4e"
_TOKEN: Final = re.compile(rf"\d+(?:[.,/]\d+)*|(?P<thai>[{_THAI}]+)|[^\W\d{_THAI}]+")
"""A number with its points, a stretch of Thai, a word of another script; signs are no words."""


def _words(block: QTextBlock) -> list[tuple[int, int]]:
    """Start and end of each word in the block, in UTF-16 as Qt counts.

    Where words meet inside Thai is what Qt has from libthai; its word *starts* are not used,
    since in Thai it counts a blank to the word before it.
    """
    text = block.text()
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, text)
    if any(letter > "\uffff" for letter in text):
        raw = text.encode("utf-16-le", "surrogatepass")
        text = "".join(chr(raw[i] | raw[i + 1] << 8) for i in range(0, len(raw), 2))
    breaks = []
    while (place := finder.toNextBoundary()) >= 0:
        breaks.append(place)
    words: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["thai"]:
            inside = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
            edges = [start, *inside, end]
            words += itertools.pairwise(edges)
        else:
            words.append((start, end))
    return words


def word_around(cursor: QTextCursor) -> QTextCursor:
    """The word at the cursor as a selection; empty where there is none."""
    block = cursor.block()
    place = cursor.positionInBlock()
    found = QTextCursor(cursor)
    found.clearSelection()
    # Between two words the one behind the cursor is meant.
    around = [word for word in _words(block) if word[0] <= place <= word[1]]
    if around:
        start, end = around[-1]
        found.setPosition(block.position() + start)
        found.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
    return found


def to_next_word(cursor: QTextCursor, mode: QTextCursor.MoveMode) -> None:
    """To the start of the next word, or the end of the block, or into the next block."""
    block = cursor.block()
    if cursor.atBlockEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, mode)
        return
    place = cursor.positionInBlock()
    following = (start for start, _ in _words(block) if start > place)
    cursor.setPosition(block.position() + next(following, block.length() - 1), mode)


def to_previous_word(cursor: QTextCursor, mode: QTextCursor.MoveMode) -> None:
    """To the start of this or the previous word, or of the block, or into the block above."""
    if cursor.atBlockStart():
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, mode)
        return
    block = cursor.block()
    place = cursor.positionInBlock()
    earlier = [start for start, _ in _words(block) if start < place]
    cursor.setPosition(block.position() + (earlier[-1] if earlier else 0), mode)
