"""Evidence looked at beside the text, without opening anything: pages, photographs, words."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Field, item_field
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.projects import Project
from esa_desktop.ui.evidence_preview_bar import EvidencePreviewBar
from esa_desktop.ui.page_view import PageView
from esa_desktop.ui.preview_reading import LastWish, Seen, Wish
from esa_desktop.ui.preview_state import PreviewState
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.words_view import WordsView

if TYPE_CHECKING:
    from esa_desktop.services.reading import Reader

ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Of the width of the view."""
WHOLE: Final = 0.0
"""In place of a zoom: the whole page is in view."""
SMALLER_UNTIL: Final = 1.0
"""The zoom up to which a copy for paper is sharp enough."""
TALLEST: Final = 16_000
"""Device pixels of a page that is only to be as wide as the view."""
SETTLED_AFTER: Final = 120
"""Milliseconds a width has to stand still before the page is drawn for it."""
LEAST_WIDTH: Final = 240


class EvidencePreview(QFrame):
    """Shows one item. However quickly one thing is asked for after the other, the last is shown.

    Confidential items are shown when somebody says so, each once as long as the pane lives.
    """

    closed = Signal()
    open_requested = Signal(str)
    """The id of the item that is to be opened by another program."""

    def __init__(self, project: Project, reader: "Reader", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidencePreview")
        set_role(self, "pane")
        self.setMinimumWidth(LEAST_WIDTH)
        self._project = project
        self._item_id = ""
        self._file = self._page = self._pages = self._turn = 0
        self._zoom = 1.0
        self._before: Wish | None = None
        self._allowed: set[str] = set()
        self._wishes = LastWish(reader, self)
        self._bar = EvidencePreviewBar(self)
        self._view = PageView(self)
        self._view.setAccessibleName(self.tr("หน้าของหลักฐาน"))
        self._words = WordsView(self)
        self._state = PreviewState(self)
        self._body = QStackedWidget(self)
        for page in (self._state, self._view, self._words):
            self._body.addWidget(page)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_AFTER)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._body, 1)
        self._connect()

    # --- what is shown ------------------------------------------------------------------------

    @property
    def item_id(self) -> str:
        """Of the item in view; empty: none."""
        return self._item_id

    def show_item(self, item_id: str) -> None:
        """Show an item, another one from its first file and page."""
        if item_id != self._item_id:
            self._item_id = item_id
            self._begin(0)
        self._refresh()

    def follow(self, item_id: str) -> None:
        """Another item is chosen beside: while this is in view it shows that one."""
        if self.isVisible() and self._item_id:
            self.show_item(item_id)

    def show_file(self, number: int) -> None:
        """Show another file of the item, from 0; beyond the ends nothing happens."""
        item = self._item()
        if item is not None and 0 <= number < len(item.files):
            self._begin(number)
            self._refresh()

    def show_page(self, page: int) -> None:
        """Go to a page from 0; beyond the ends nothing happens."""
        if 0 <= page < self._pages:
            self._page = page
            self._ask()

    def leave(self) -> None:
        """Nobody wants to see it any more; what is not in view stays as it is."""
        if self.isVisible():
            self.release()
            self.closed.emit()

    def release(self) -> None:
        """Let the item go: nothing is read any more."""
        self._item_id = ""
        self._wishes.give_up()
        self._settled.stop()
        self._view.clear()
        self._words.show_words("")

    # --- inside -------------------------------------------------------------------------------

    def _item(self) -> Evidence | None:
        item = self._project.editor.round.items.get(self._item_id)
        return None if item is None or item.binned else item

    def _present_file(self) -> EvidenceFile | None:
        item = self._item()
        if item is None or not item.files:
            return None
        return item.files[min(self._file, len(item.files) - 1)]

    def _begin(self, file: int) -> None:
        self._file, self._page, self._pages, self._turn = file, 0, 0, 0
        self._before = None
        self._wishes.forget()

    def _refresh(self) -> None:
        """Tell whose it is, then show it or say why not."""
        item, file = self._item(), self._present_file()
        self._tell_bar(item, file)
        if item is not None and file is not None and self._may_show(item):
            self._ask()
            return
        self._wishes.forget()
        if item is None:
            self._state.say_removed()
        elif not self._may_show(item):
            self._state.say_confidential()
        else:
            self._state.say_place(item.place)
        self._show(self._state)

    def _may_show(self, item: Evidence) -> bool:
        return not item.confidential or item.id in self._allowed

    def _tell_bar(self, item: Evidence | None, file: EvidenceFile | None) -> None:
        self._bar.show_item(
            item.code if item else "",
            item.title if item else "",
            confidential=bool(item and item.confidential),
        )
        self._bar.show_file(
            file.name if file else "",
            self._file + 1 if file else 0,
            len(item.files) if item else 0,
            may_open=file is not None and _opens_elsewhere(file.name),
        )

    def _ask(self) -> None:
        item, file = self._item(), self._present_file()
        if item is None or file is None or not self._may_show(item):
            return
        ratio = self.devicePixelRatioF()
        room = self._view.room()
        width, height = round(room.width() * (self._zoom or 1.0) * ratio), TALLEST
        if self._zoom == WHOLE:
            height = round(room.height() * ratio)
        wish = Wish(
            self._project.path_of(file.sha256),
            file.name,
            (width, height),
            self._page,
            self._turn,
            self._smaller(file),
        )
        self._wishes.ask(wish)

    def _smaller(self, file: EvidenceFile) -> Path | None:
        if not file.printable or self._zoom > SMALLER_UNTIL:
            return None
        return self._project.path_of(file.printable)

    def _take(self, found: Seen) -> None:
        wish, before = self._wishes.granted, self._before
        self._before = wish
        self._pages = found.pages
        if found.image is not None and wish is not None:
            is_same = before is not None and (before.path, before.page, before.turn) == (
                wish.path,
                wish.page,
                wish.turn,
            )
            size = QSize(found.image.width(), found.image.height()) / self.devicePixelRatioF()
            self._view.show_page(found.image, self._enlarged(size), from_top=not is_same)
            self._show(self._view)
        elif found.words:
            self._words.show_words(found.words)
            self._show(self._words)
        else:
            self._say_why(found.sentence)

    def _enlarged(self, size: QSize) -> QSize:
        """A picture smaller than the view is shown as it is; zoom makes it larger all the same."""
        room = self._view.room().width()
        if self._zoom > 1 and size.width() < room:
            return size * min(self._zoom, room * self._zoom / size.width())
        return size

    def _show(self, page: QWidget) -> None:
        """Bring one of the pages to the front, and its tools with it."""
        self._body.setCurrentWidget(page)
        is_page = page is self._view
        self._bar.show_page(self._page + 1, self._pages if is_page else 0)
        self._bar.show_turn(is_page)
        words = ""
        if page is not self._state:
            percent = thai_digits(f"{round(self._zoom * 100)}%")
            words = self.tr("พอดีหน้า") if self._zoom == WHOLE else percent
        self._bar.show_zoom(words, smaller=self._zoom != ZOOMS[0], larger=self._zoom != ZOOMS[-1])
        self._words.set_zoom(self._zoom or 1.0)

    def _say_why(self, sentence: str) -> None:
        file = self._present_file()
        self._state.say_why(
            sentence,
            is_there=file is not None and self._project.path_of(file.sha256).is_file(),
            may_open=file is not None and _opens_elsewhere(file.name),
        )
        self._show(self._state)

    def _say_loading(self) -> None:
        self._state.say_loading()
        self._show(self._state)

    def _allow(self) -> None:
        self._allowed.add(self._item_id)
        self._refresh()

    # --- what the person asks for -------------------------------------------------------------

    def _turn_on(self) -> None:
        self._turn = (self._turn + 1) % 4
        self._ask()

    def _change_zoom(self, step: int) -> None:
        """-1 or 1; 0: back to the width, or to the whole page."""
        now = self._scale()
        if step == 0:
            self._zoom = 1.0 if self._zoom == WHOLE else WHOLE
        elif step > 0:
            self._zoom = min((zoom for zoom in ZOOMS if zoom > now + 0.01), default=ZOOMS[-1])
        else:
            self._zoom = max((zoom for zoom in ZOOMS if zoom < now - 0.01), default=ZOOMS[0])
        shown = self._body.currentWidget()
        if shown is self._view and self._zoom != WHOLE:
            self._view.stretch(self._view.page_size * (self._zoom / now))
        if shown is not None:
            self._show(shown)
        self._ask()

    def _scale(self) -> float:
        """A whole page in view has a scale, too."""
        if self._zoom != WHOLE:
            return self._zoom
        return max(self._view.page_size.width() / self._view.room().width(), 0.05)

    def _follow(self, changed: frozenset[Field]) -> None:
        if self._item_id and item_field(self._item_id) in changed:
            item = self._item()
            if item is not None and self._file >= len(item.files):
                self._begin(0)
            self._refresh()

    def _connect(self) -> None:
        bar, view = self._bar, self._view
        bar.close_wished.connect(self.leave)
        bar.open_wished.connect(self._open)
        bar.file_wished.connect(lambda step: self.show_file(self._file + step))
        bar.page_wished.connect(lambda step: self.show_page(self._page + step))
        view.page_wished.connect(lambda step: self.show_page(self._page + step))
        for part in (bar, view, self._words):
            part.zoom_wished.connect(self._change_zoom)
        bar.turn_wished.connect(self._turn_on)
        view.resized.connect(self._settled.start)
        self._settled.timeout.connect(self._ask)
        self._wishes.came.connect(self._take)
        self._wishes.late.connect(self._say_loading)
        self._state.show_wished.connect(self._allow)
        self._state.open_wished.connect(self._open)
        self.destroyed.connect(self._project.editor.subscribe(self._follow))

    def _open(self) -> None:
        self.open_requested.emit(self._item_id)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _opens_elsewhere(name: str) -> bool:
    from esa_desktop.services.reading import opens_elsewhere

    return opens_elsewhere(name)
