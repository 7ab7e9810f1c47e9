"""Keeps labels whole after whatever was edited: marks only on a label at the start, fitting indents."""

from typing import Final

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from esa_desktop.ui.list_labels import label_end, units
from esa_desktop.ui.rich_formats import (
    LABEL,
    PHANTOM,
    align_of,
    label_format,
    label_of,
    level_of,
    paragraph_format,
    phantom_format,
    refit_block,
)

_KEEP: Final = QTextCursor.MoveMode.KeepAnchor


def mend_block(block: QTextBlock) -> None:
    """After any edit: marks only on a whole label at the start, indents that fit it."""
    end = label_end(block)
    for start, text, looks in _marked(block):
        beyond = max(start, end)
        if beyond >= start + units(text):
            continue
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + beyond)
        cursor.setPosition(block.position() + start + units(text), _KEEP)
        plain = QTextCharFormat(looks)
        plain.clearProperty(LABEL)
        cursor.joinPreviousEditBlock()
        if text.startswith("\t") and start >= end:
            cursor.removeSelectedText()
        else:
            cursor.setCharFormat(plain)
        cursor.endEditBlock()
    if not _hangs_right(block, end):
        cursor = QTextCursor(block)
        cursor.joinPreviousEditBlock()
        if block.length() <= 1 and block.document().blockCount() == 1:
            cursor.setBlockFormat(phantom_format())
        else:
            refit_block(block)
        cursor.endEditBlock()


def _hangs_right(block: QTextBlock, end: int) -> bool:
    looks = block.blockFormat()
    if looks.hasProperty(PHANTOM):
        # Typing does not take the mark off: a change of format would part the typing into two
        # steps of undo, and the mark says nothing while there is text.
        return not end
    if block.length() <= 1 and block.document().blockCount() == 1:
        # An editor in which everything was deleted is as empty as a new one.
        return False
    if not end and looks.textIndent():
        return False
    if not end:
        return True
    label = label_of(block)
    return looks == paragraph_format(block.document(), label, level_of(block), align_of(block))


def _marked(block: QTextBlock) -> list[tuple[int, str, QTextCharFormat]]:
    """Marked stretches as (place in the block, text, looks)."""
    found = []
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        if fragment.charFormat().hasProperty(LABEL):
            start = fragment.position() - block.position()
            found.append((start, fragment.text(), fragment.charFormat()))
        part += 1
    return found


def label_looks(block: QTextBlock) -> None:
    """Labels have no style of their own: take off what a command on the whole line put on."""
    end = label_end(block)
    if end:
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + end, _KEEP)
        cursor.setCharFormat(label_format())
