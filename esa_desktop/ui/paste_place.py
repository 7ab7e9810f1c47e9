"""Remembers where in which text a picture was pasted, until the picture is kept."""

from collections.abc import Iterable

import shiboken6
from PySide6.QtGui import QImage, QTextCursor

from esa_desktop.domain.fields import Field
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.writing_field import WritingField


class PastePlace:
    """Made when the person pastes. What is typed there afterwards comes behind the picture."""

    def __init__(self, edit: RichTextEdit) -> None:
        self._edit = edit
        self._field = _field_of(edit)
        cursor = edit.textCursor()
        self._start = _mark(cursor, cursor.selectionStart())
        self._end = _mark(cursor, cursor.selectionEnd())

    @property
    def is_there(self) -> bool:
        """Whether the same text is still shown in the same editor, and may be changed."""
        return (
            shiboken6.isValid(self._edit)
            and self._edit.isEnabled()
            and not self._edit.isReadOnly()
            and _field_of(self._edit) == self._field
        )

    def is_at(self, edit: RichTextEdit, position: int) -> bool:
        return self._edit is edit and self._start.position() == position

    def move_to(self, position: int) -> None:
        self._start.setPosition(position)
        self._end.setPosition(position)

    def insert(
        self, sha256: str, points: float, picture: QImage, later: Iterable["PastePlace"]
    ) -> None:
        """Put the picture there, while `is_there`. Of the ``later`` ones, those at the same place
        follow behind it.
        """
        start, end = self._start.position(), self._end.position()
        here = [place for place in later if place.is_at(self._edit, start)]
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._edit.insert_image(sha256, points, picture, cursor)
        for place in here:
            place.move_to(cursor.position())
        writing = _writing_field(self._edit)
        if writing is not None and self._edit.window().focusWidget() is not self._edit:
            writing.finish()  # the person is elsewhere, so nobody else ends this visit


def _mark(cursor: QTextCursor, position: int) -> QTextCursor:
    """Stays in front of what is typed there. Of one place only: Qt moves the anchor all the same."""
    mark = QTextCursor(cursor)
    mark.setPosition(position)
    mark.setKeepPositionOnInsert(True)
    return mark


def _writing_field(edit: RichTextEdit) -> WritingField | None:
    around = edit.parent()
    return around if isinstance(around, WritingField) else None


def _field_of(edit: RichTextEdit) -> Field | None:
    writing = _writing_field(edit)
    return writing.binding.field if writing is not None else None
