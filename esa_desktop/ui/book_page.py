"""The page of one entry of the book: what the program does here, and the texts to write."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.edits import SetField
from esa_desktop.domain.fields import Field
from esa_desktop.services.editing import Editor
from esa_desktop.ui.book_entries import Entry, WrittenText
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.writing_field import WritingField

LEAST_TEXT: Final = 116
"""Pixels a text keeps where several share the page: three lines at normal size."""


class BookPage(QScrollArea):
    files_dropped = Signal(object, list)
    """The editor (`RichTextEdit`) and the paths that were dropped on it."""

    def __init__(
        self,
        entry: Entry,
        editor: Editor,
        push_done: Callable[[SetField, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = entry.texts
        self.fields = tuple(self._field(text, editor, push_done) for text in entry.texts)
        self._tall = [
            field for field, text in zip(self.fields, entry.texts, strict=True) if not text.short
        ]
        for field in self._tall:
            field.set_room_offered(len(self._tall) > 1)
            field.room_requested.connect(self._give_room)
        self._page = QWidget()
        set_role(self._page, "page")
        self._lay_out(entry)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_texts(self) -> None:
        """Once whoever keeps the pictures has told the editors where they are."""
        for field, text in zip(self.fields, self._texts, strict=True):
            field.bind(text.field, self.tr("แก้{0}").format(text.title))

    def follow(self, before: QWidget) -> None:
        """Make the texts the stops of the Tab key behind another widget."""
        for field in self.fields:
            for stop in (field.edit, *field.findChildren(QToolButton)):
                QWidget.setTabOrder(before, stop)
                before = stop

    def editors(self) -> tuple[RichTextEdit, ...]:
        return tuple(field.edit for field in self.fields)

    def show_field(self, field: Field) -> RichTextEdit:
        """Scroll to a text, which another one may have taken the height of."""
        place = next(f for f in self.fields if f.binding.field == field)
        if not place.isVisibleTo(self._page):
            self._divide(None)
        self.ensureWidgetVisible(place)
        return place.edit

    def finish(self) -> None:
        """End the visits to the texts."""
        for field in self.fields:
            field.finish()

    def _field(
        self, text: WrittenText, editor: Editor, push_done: Callable[[SetField, str], None]
    ) -> WritingField:
        name = f"{text.field.owner}Editor"
        field = WritingField(text.title, name, text.hint, editor, push_done, self)
        field.files_dropped.connect(partial(self._pass_files, field.edit))
        if text.short:
            field.set_room_offered(False)
            _OneParagraph(field)
        return field

    def _lay_out(self, entry: Entry) -> None:
        title = QLabel(entry.title)
        title.setObjectName("bookPartTitle")
        title.setWordWrap(True)
        set_role(title, "title")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        column.addWidget(title)
        if not self.fields:
            said = EmptyState("check", self._page)
            said.say(self.tr("โปรแกรมจัดทำส่วนนี้ให้"), entry.about)
            column.addWidget(said, 1)
            return
        about = QLabel(entry.about)
        about.setObjectName("bookPartAbout")
        about.setWordWrap(True)
        about.setTextFormat(Qt.TextFormat.PlainText)
        set_role(about, "second")
        column.addWidget(about)
        for field, text in zip(self.fields, entry.texts, strict=True):
            if text.title == entry.title:
                field.hide_title()
            if field in self._tall:
                field.edit.setMinimumHeight(LEAST_TEXT)
            column.addWidget(field, 1 if field in self._tall else 0)

    def _pass_files(self, edit: RichTextEdit, files: list[Path]) -> None:
        self.files_dropped.emit(edit, files)

    def _give_room(self) -> None:
        """One text takes the height of the others, or gives it back."""
        wanted = self.sender()
        whole = all(field.isVisibleTo(self._page) for field in self.fields)
        self._divide(wanted if whole and isinstance(wanted, WritingField) else None)

    def _divide(self, only: WritingField | None) -> None:
        for field in self.fields:
            field.setVisible(only is None or field is only)
            field.set_enlarged(only is not None)

    # Qt override
    def sizeHint(self) -> QSize:
        return QSize(560, 400)


class _OneParagraph(QObject):
    """Keeps the editor of a field as low as its words; Enter leads on instead of a new paragraph."""

    def __init__(self, field: WritingField) -> None:
        super().__init__(field)
        self._edit = field.edit
        field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = self._edit.document().documentLayout()
        layout.documentSizeChanged.connect(self._fit)
        self._edit.installEventFilter(self)
        self._fit(layout.documentSize())

    def _fit(self, size: QSizeF) -> None:
        around = self._edit.height() - self._edit.viewport().height()
        self._edit.setFixedHeight(round(size.height()) + max(around, 8))

    # Qt override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._edit.focusNextChild()
            return True
        return super().eventFilter(watched, event)
