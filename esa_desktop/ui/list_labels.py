"""What the keys do with labels (๑. ๑.๑ •) in an editor: the label is typed text, the keys help."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from esa_desktop.domain.richtext import (
    MOST_LEVELS,
    Paragraph,
    next_label,
    renumber,
    split_label,
)
from esa_desktop.ui.rich_document import write_label
from esa_desktop.ui.rich_formats import (
    PHANTOM,
    align_of,
    label_of,
    level_of,
    paragraph_format,
)

_KEEP: Final = QTextCursor.MoveMode.KeepAnchor
LONGEST_LABEL: Final = 16
"""A label longer than this is no label; saves looking at long texts."""
FIRST_LABEL: Final = "๑."


def units(text: str) -> int:
    """Length as Qt counts it, in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def label_end(block: QTextBlock) -> int:
    """Where the text of a block starts, behind label and tab; 0 without a label."""
    label = label_of(block)
    return units(label) + 1 if label else 0


def has_text(block: QTextBlock) -> bool:
    """Whether there is anything behind the label."""
    return block.length() - 1 > label_end(block)


def selected_blocks(cursor: QTextCursor) -> Iterator[QTextBlock]:
    """The blocks a selection touches, or the one the cursor is in."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    end = cursor.selectionEnd()
    last = document.findBlock(end)
    if cursor.hasSelection() and end == last.position() and last != block:
        last = last.previous()
    while block.isValid():
        yield block
        if block == last:
            return
        block = block.next()


def put_label(block: QTextBlock, label: str, level: int | None = None) -> None:
    """Set or (empty) remove the label, and the depth if given; the text stays."""
    old = label_end(block)
    start = block.position()
    cursor = QTextCursor(block)
    cursor.beginEditBlock()
    if label != label_of(block):
        cursor.setPosition(start + old, _KEEP)
        cursor.removeSelectedText()
        write_label(cursor, label)
        block = cursor.block()
    depth = level_of(block) if level is None else level
    looks = paragraph_format(cursor.document(), label, depth, align_of(block))
    if looks != block.blockFormat():
        cursor.setBlockFormat(looks)
    cursor.endEditBlock()


# --- keys -------------------------------------------------------------------------------------


def press_enter(cursor: QTextCursor) -> None:
    """Continue the label; on an empty labelled paragraph end the list."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    block = cursor.block()
    label = label_of(block)
    if not label:
        if block.blockFormat().hasProperty(PHANTOM):
            # Two lines a person made are two paragraphs.
            cursor.setBlockFormat(paragraph_format(cursor.document(), "", 0, "left"))
        cursor.insertBlock()
    elif not has_text(block):
        put_label(block, "", 0)
    else:
        start = block.position() + label_end(block)
        cursor.setPosition(max(cursor.position(), start))
        label, level = next_label(label), level_of(block)
        looks = paragraph_format(cursor.document(), label, level, align_of(block))
        cursor.insertBlock(looks, QTextCharFormat())
        write_label(cursor, label)
    cursor.endEditBlock()


def press_backspace(cursor: QTextCursor) -> bool:
    """At the start of a text: remove its label, then its indent. Whether there was any."""
    if cursor.hasSelection():
        return False
    block = cursor.block()
    end = label_end(block)
    if cursor.positionInBlock() not in (0, end):
        return False
    if end:
        put_label(block, "")
        return True
    if level_of(block):
        put_label(block, "", level_of(block) - 1)
        return True
    return False


def press_delete(cursor: QTextCursor) -> bool:
    """Join with a labelled paragraph below: its label goes, or it would end up inside the text."""
    below = cursor.block().next()
    if cursor.hasSelection() or not cursor.atBlockEnd() or not label_end(below):
        return False
    if cursor.currentFrame() != QTextCursor(below).currentFrame():
        return False
    cursor.beginEditBlock()
    put_label(below, "", 0)
    cursor.deleteChar()
    cursor.endEditBlock()
    return True


def recognise_label(cursor: QTextCursor) -> bool:
    """After a blank was typed: turn ``๑. `` at the start of a line into a label.

    Behind a label that Enter continued it takes that one's place: many type their numbers
    themselves, and would have them twice.
    """
    block = cursor.block()
    place, start = cursor.positionInBlock(), label_end(block)
    if not 2 <= place - start <= LONGEST_LABEL:
        return False
    typed = QTextCursor(block)
    typed.setPosition(block.position() + start)
    typed.setPosition(block.position() + place, _KEEP)
    label, rest = split_label(typed.selectedText())
    if not label or rest:
        return False
    again = label == label_of(block)
    cursor.beginEditBlock()
    typed.removeSelectedText()
    put_label(block, label, level_of(block) if again else _depth_of_new(block, label))
    cursor.endEditBlock()
    cursor.setPosition(block.position() + label_end(block))
    return True


def _depth_of_new(block: QTextBlock, label: str) -> int:
    """That of the list it continues, else one deeper than the label above, else what it was."""
    above = block.previous()
    nearest: int | None = None
    while above.isValid() and (known := label_of(above)):
        if next_label(known) == label:
            return level_of(above)
        if nearest is None:
            nearest = level_of(above)
        above = above.previous()
    if nearest is None:
        return level_of(block)
    return min(nearest + 1, MOST_LEVELS - 1)


def can_shift(cursor: QTextCursor, step: int) -> bool:
    """Whether the cursor is in a list and anything selected can go that way (1 or -1)."""
    return label_end(cursor.block()) > 0 and any(
        0 <= level_of(block) + step < MOST_LEVELS for block in selected_blocks(cursor)
    )


def shift_level(cursor: QTextCursor, step: int) -> None:
    """Deeper (1) or less deep (-1). A label without text yet becomes one of the list it joins."""
    cursor.beginEditBlock()
    for block in tuple(selected_blocks(cursor)):
        label = label_of(block)
        level = min(max(level_of(block) + step, 0), MOST_LEVELS - 1)
        if label and not has_text(block) and level != level_of(block):
            label = _joining_label(block, level) or label
        put_label(block, label, level)
    cursor.endEditBlock()


def _joining_label(block: QTextBlock, level: int) -> str:
    """The label the list of that depth above goes on with, or begins with."""
    above = block.previous()
    while above.isValid() and (known := label_of(above)):
        if level_of(above) == level:
            return next_label(known)
        if level_of(above) < level:
            return _first_below(known)
        above = above.previous()
    return ""


def _first_below(parent: str) -> str:
    """``๒.๑`` for ``๒.``, in the parent's digits; bullets and letters have no number to go below."""
    numbers: list[str] = re.findall(r"\d+", parent)
    if not numbers:
        return parent
    return ".".join([*numbers, "๑" if numbers[-1][0] >= "๐" else "1"])


def _counted(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [block.label for block in renumber(paragraphs) if isinstance(block, Paragraph)]


# --- commands ---------------------------------------------------------------------------------


def renumber_list(cursor: QTextCursor) -> None:
    """Count the labels of the selection anew; without one, of the list around the cursor."""
    blocks = tuple(selected_blocks(cursor)) if cursor.hasSelection() else _list_around(cursor)
    labels = _counted([Paragraph((), label_of(block), level_of(block)) for block in blocks])
    cursor.beginEditBlock()
    for block, label in zip(blocks, labels, strict=True):
        if label != label_of(block):
            put_label(block, label)
    cursor.endEditBlock()


def _list_around(cursor: QTextCursor) -> tuple[QTextBlock, ...]:
    block = cursor.block()
    if not label_end(block):
        return ()
    while label_end(block.previous()):
        block = block.previous()
    found = []
    while label_end(block):
        found.append(block)
        block = block.next()
    return tuple(found)


def toggle_list(cursor: QTextCursor) -> None:
    """Number the paragraphs of the selection ๑. ๒. ๓., or take the labels off if all have one."""
    blocks = list(selected_blocks(cursor))
    cursor.beginEditBlock()
    if all(label_end(block) for block in blocks):
        for block in blocks:
            put_label(block, "", 0)
    else:
        above = blocks[0].previous()
        label = next_label(label_of(above)) if label_end(above) else FIRST_LABEL
        for block in blocks:
            if not label_end(block):
                put_label(block, label)
            label = next_label(label_of(block))
    cursor.endEditBlock()
