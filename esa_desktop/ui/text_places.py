"""Words in a text editor: where they are, selecting and replacing them."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from esa_desktop.services.searching import occurrences
from esa_desktop.ui.list_labels import label_end
from esa_desktop.ui.text_editor import RichTextEdit

Place = tuple[int, int]
"""Start and end as positions of the document."""


def places(document: QTextDocument, words: str) -> list[Place]:
    """Where the words stand, no match tearing a letter from its marks."""
    text = document.toRawText()
    found = occurrences(text, words, torn=False)
    if text.isascii() or max(text, default="") <= "\uffff":
        return found
    # Qt counts characters beyond the basic plane twice.
    ahead = [0]
    for character in text:
        ahead.append(ahead[-1] + 1 + (character > "\uffff"))
    return [(ahead[start], ahead[end]) for start, end in found]


def select(edit: RichTextEdit, place: Place) -> None:
    """Select a place and bring it into view."""
    cursor = _cursor(edit, place)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()


def select_words(edit: RichTextEdit, words: str) -> bool:
    """Select the first place of the words; ``False`` where there is none."""
    found = places(edit.document(), words)
    if found:
        select(edit, found[0])
    return bool(found)


def replace(edit: RichTextEdit, found: Sequence[Place], words: str) -> int:
    """Put ``words`` in these places as one step to undo; returns how many.

    Places in a label are left: numbers are changed by who looks at them.
    """
    found = [] if edit.isReadOnly() else [place for place in found if not _in_label(edit, place)]
    if not found:
        return 0
    whole = QTextCursor(edit.document())
    whole.beginEditBlock()
    for place in sorted(found, reverse=True):  # from the end, so that places before stay true
        cursor = _cursor(edit, place)
        looks = _first_looks(edit, place)
        cursor.insertText(words, looks)
    whole.endEditBlock()
    return len(found)


def _in_label(edit: RichTextEdit, place: Place) -> bool:
    block = edit.document().findBlock(place[0])
    return place[0] - block.position() < label_end(block)


def _cursor(edit: RichTextEdit, place: Place) -> QTextCursor:
    cursor = QTextCursor(edit.document())
    cursor.setPosition(place[0])
    cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _first_looks(edit: RichTextEdit, place: Place) -> QTextCharFormat:
    """Format of the first letter, which the new words wear."""
    first = QTextCursor(edit.document())
    first.setPosition(place[0] + 1)
    return first.charFormat()
