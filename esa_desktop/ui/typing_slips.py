"""Slips of typing Thai that look right and are found by no search, mended while they are typed."""

from typing import Final

from PySide6.QtGui import QTextCursor

from esa_desktop.domain.thai import clean_text

_LONGEST: Final = 4
"""As many characters as a slip can span: น ํ ้ า."""


def clean_before(cursor: QTextCursor) -> None:
    """Clean the Thai right before the cursor (สํา, เเ, doubled marks); the cursor keeps its place.

    Belongs to the step of undo that typed it.
    """
    document, end = cursor.document(), cursor.position()
    first = max(cursor.block().position(), end - _LONGEST)
    start = end
    while start > first and "\u0e01" <= document.characterAt(start - 1) <= "\u0e5b":
        start -= 1
    typed = "".join(document.characterAt(place) for place in range(start, end))
    clean = clean_text(typed)
    if clean == typed:
        return
    while typed and clean and typed[0] == clean[0]:
        typed, clean, start = typed[1:], clean[1:], start + 1
    looks = cursor.charFormat()
    fix = QTextCursor(document)
    fix.setPosition(start)
    fix.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    fix.joinPreviousEditBlock()
    fix.insertText(clean, looks)
    fix.endEditBlock()
