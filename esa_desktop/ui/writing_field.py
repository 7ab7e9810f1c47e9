"""A heading with its text editor, who wrote in it last, and whether two versions meet in it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from esa_desktop.domain.edits import SetField
from esa_desktop.domain.fields import Field
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.thai import shorten, thai_date, thai_time
from esa_desktop.services.editing import Editor
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.icons import icon
from esa_desktop.ui.text_binding import TextBinding
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.unsettled_banner import UnsettledBanner


def edited_last(view: FieldView, today: date) -> str:
    """``นางสาวพิมพ์ใจ ๑๔.๓๑ น.`` in this computer's time; the date where it was not today."""
    if not view.heads:
        return ""
    latest = max(view.heads, key=lambda head: head.time)
    moment = datetime.fromisoformat(latest.time).astimezone()
    day = moment.date()
    when = thai_time(moment) if day == today else thai_date(day, short=True)
    return f"{shorten(latest.author, 28)} {when}"


class WritingField(QWidget):
    """One text of an issue or indicator. Double-click on the heading asks for all the height."""

    room_requested = Signal()
    files_dropped = Signal(list)

    def __init__(
        self,
        title: str,
        object_name: str,
        example: str,
        editor: Editor,
        push_done: Callable[[SetField, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._editor = editor
        self.edit = RichTextEdit(self)
        self.edit.setObjectName(object_name)
        self.edit.setAccessibleName(title)
        self.edit.setPlaceholderText(example)
        self.edit.setMinimumHeight(84)
        # Takes what height there is, and asks for no more than the least.
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.edit.files_dropped.connect(self._pass_files)
        self.binding = TextBinding(self.edit, editor, push_done, self)
        self._heading = QLabel(title)
        self._heading.setBuddy(self.edit)
        self._heading.setToolTip(self.tr("ดับเบิลคลิกเพื่อขยายเต็มความสูง"))
        set_role(self._heading, "heading")
        self._note = ElidedLabel()
        set_role(self._note, "second")
        self.room_button = QToolButton()
        self.room_button.setIconSize(QSize(18, 18))
        self.room_button.clicked.connect(self.room_requested)
        self.banner = UnsettledBanner(self)
        self._lay_out()
        self.set_enlarged(False)
        self.destroyed.connect(editor.subscribe(self._refresh))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._note)
        head.addWidget(self.room_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.edit, 1)
        # Reading order: the text comes before the button that only makes room for it.
        QWidget.setTabOrder(self.edit, self.room_button)

    @property
    def note(self) -> str:
        """Who wrote last; cut short on the screen where there is little room."""
        return self._note.words

    def bind(self, field: Field | None, step_name: str = "") -> None:
        """Show another field; ends the visit to the old one."""
        self.binding.bind(field, step_name)
        self._show_about()

    def finish(self) -> None:
        self.binding.finish()

    def hide_title(self) -> None:
        """Where the page says it already; assistive tools still read it with the text."""
        self._heading.hide()

    def set_room_offered(self, offered: bool) -> None:
        """Whether there is anything this text could take the room of."""
        self.room_button.setVisible(offered)

    def set_enlarged(self, enlarged: bool) -> None:
        """Only the button's look: the room is given by who owns the fields."""
        words = self.tr("คืนขนาดช่อง {0}") if enlarged else self.tr("ขยายช่อง {0} เต็มความสูง")
        self.room_button.setIcon(icon("restore" if enlarged else "maximize"))
        self.room_button.setToolTip(words.format(self._title))
        self.room_button.setAccessibleName(words.format(self._title))

    def _refresh(self, fields: frozenset[Field]) -> None:
        if self.binding.field in fields:
            self._show_about()

    def _show_about(self) -> None:
        field = self.binding.field
        if field is None:
            self._note.set_words("")
            self.banner.show_views([])
            return
        last = edited_last(self._editor.view(field), datetime.now(UTC).astimezone().date())
        self._note.set_words(self.tr("แก้ไขล่าสุด {0}").format(last) if last else "")
        view = self._editor.round.unsettled.get(field)
        self.banner.show_views([(self._title, view)] if view else [])

    def _pass_files(self, files: list[Path]) -> None:
        self.files_dropped.emit(files)

    # Qt's names from here on.
    def minimumSizeHint(self) -> QSize:
        """A splitter knows nothing of wrapped words: the banner's lines are counted in here."""
        least = super().minimumSizeHint()
        layout = self.layout()
        wrapped = layout.minimumHeightForWidth(self.width()) if layout else 0
        return QSize(least.width(), max(least.height(), wrapped))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Labels let the mouse through; the editor keeps its own."""
        on_heading = event.position().y() < self.edit.y() and self.room_button.isVisibleTo(self)
        if on_heading and event.button() is Qt.MouseButton.LeftButton:
            self.room_requested.emit()
        else:
            super().mouseDoubleClickEvent(event)
