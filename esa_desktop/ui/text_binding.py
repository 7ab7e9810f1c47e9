"""Joins a text editor to a field: drafts while somebody types, one undo step for the whole visit."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from esa_desktop.domain.edits import SetField
from esa_desktop.domain.fields import Field, decode
from esa_desktop.domain.richtext import RichText
from esa_desktop.services.editing import Editor
from esa_desktop.ui.text_editor import RichTextEdit

PAUSE_MS: Final = 800
LONGEST_MS: Final = 1200
"""What is typed is handed to the disk at a pause, and at most this long after the first key.

The promise is that 1.5 s of typing are lost at worst: the rest is for the commit on an old disk.
"""


class TextBinding(QObject):
    """A visit starts with the first change and ends when the editor loses the focus or the field.

    Within a visit Ctrl+Z belongs to the text; its end pushes one step for all of it and clears
    the text's own stack (design.md, rule 2).
    """

    def __init__(
        self,
        edit: RichTextEdit,
        editor: Editor,
        push_done: Callable[[SetField, str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._edit = edit
        self._editor = editor
        self._push_done = push_done
        self._field: Field | None = None
        self._name = ""
        self._unread = False
        self._read: RichText | None = None
        """What the editor shows, while nothing was typed since it was read: reading takes long."""
        self._visiting = False
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        if editor.is_read_only:
            self._let_read()
        edit.setEnabled(False)
        edit.edited.connect(self._note_change)
        edit.left.connect(self.finish)
        stop = editor.subscribe(self._refresh)
        # A Python function, not a method of ours: it is called after we are gone.
        self.destroyed.connect(lambda: stop())  # noqa: PLW0108

    @property
    def field(self) -> Field | None:
        return self._field

    def is_of(self, edit: RichTextEdit) -> bool:
        return self._edit is edit

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that was not handed over yet."""
        return self._unread

    def bind(self, field: Field | None, name: str = "") -> None:
        """End the old visit and show the text of ``field``; ``name`` is the step's name for undo."""
        if field == self._field:
            return
        self.finish()
        self._field = field
        self._name = name
        self._show()

    def save(self) -> None:
        """Hand what was typed to the writer as a draft; the visit goes on."""
        self._pause.stop()
        self._longest.stop()
        if self._unread and self._field is not None:
            self._read = self._edit.text()
            self._editor.type_value(self._field, self._read)
            self._unread = False  # not before: what is refused is still to be handed over

    def finish(self) -> None:
        """End the visit, if there is one."""
        if not self._visiting or self._field is None:
            return
        self._edit.commit_input_method()
        self.save()
        self._visiting = False
        self._edit.clear_undo()
        undone_by = self._editor.finish_typing(self._field)
        if undone_by is not None:
            self._push_done(undone_by, self._name)

    def _let_read(self) -> None:
        """The text of a project that is only read: to be selected and copied, with the keys too."""
        flags = Qt.TextInteractionFlag
        self._edit.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self._edit.setPlaceholderText(self.tr("ยังไม่ได้เขียน"))

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.save)
        return timer

    def _note_change(self) -> None:
        self._unread = True
        self._read = None
        self._visiting = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def _refresh(self, fields: frozenset[Field]) -> None:
        if self._field in fields and not self._visiting:
            self._show()

    def _show(self) -> None:
        self._edit.setEnabled(self._field is not None)
        if self._field is None:
            return
        text = decode(self._field, self._editor.view(self._field).body)
        if text != (self._edit.text() if self._read is None else self._read):
            self._read = None
            self._edit.set_text(text)
        self._edit.clear_undo()
