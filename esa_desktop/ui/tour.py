"""The tour: a few stops in the real window, left at any moment, that types and changes nothing."""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from esa_desktop.ui.middle_pane import WRITE
from esa_desktop.ui.tour_card import TourCard, TourFrame, place_for
from esa_desktop.ui.tour_steps import STOPS, Stop, bring_into_view, rect_of

if TYPE_CHECKING:
    from esa_desktop.ui.main_window import MainWindow

MARGIN = 8
"""Pixels the card keeps from the edge of the window."""
_MOVES = frozenset(
    {QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Hide}
)


class Tour(QObject):
    """One walk through the window; gone with `ended`. A second `start` begins anew."""

    ended = Signal()
    """Seen to its end or left."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._card: TourCard | None = None
        self._frame: TourFrame | None = None
        self._stop: Stop | None = None
        self._came_from: QWidget | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(0)
        self._late.timeout.connect(self._place)

    @property
    def is_running(self) -> bool:
        return self._card is not None

    def start(self) -> bool:
        """Show the first stop; where no project is open, in the sample. ``False``: there is none."""
        for other in self._window.findChildren(Tour):
            other.end()
        if self._window.workspace is None:
            self._window.beginnings.open_sample()
        workspace = self._window.workspace
        if workspace is None:
            return False  # why not was said by whoever was to open it
        workspace.middle.show_tab(WRITE)
        workspace.releasing.connect(self.end)
        self._came_from = QApplication.focusWidget()
        self._frame = TourFrame(self._window)
        self._card = TourCard(self._window)
        self._card.next_wanted.connect(self.forward)
        self._card.back_wanted.connect(self.back)
        self._card.skipped.connect(self.end)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        # The page that was just opened has its places when events have run.
        QTimer.singleShot(0, self, self._begin)
        return True

    def forward(self) -> None:
        """To the next stop that is in view; from the last one to the end."""
        stops = self._stops()
        place = self._index(stops) + 1
        if place >= len(stops):
            self.end()
        else:
            self._show(stops[place])

    def back(self) -> None:
        stops = self._stops()
        place = self._index(stops)
        if place > 0:
            self._show(stops[place - 1])

    def end(self) -> None:
        """Leave the window as it is; the cursor goes back to where it was, if it is in the card."""
        card, frame = self._card, self._frame
        if card is None or frame is None:
            return
        self._card = self._frame = None
        self._late.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        focus = QApplication.focusWidget()
        had_focus = focus is not None and card.isAncestorOf(focus)
        for widget in (card, frame):
            widget.hide()
            widget.deleteLater()
        back = self._came_from
        if had_focus and back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()
        self.deleteLater()

    # --- inside -------------------------------------------------------------------------------

    def _begin(self) -> None:
        stops = self._stops()
        if not stops:
            self.end()
        elif self.is_running:
            self._show(stops[0])

    def _stops(self) -> list[Stop]:
        """Those with something to show: a pane without room, a folded tree have no stop."""
        found = []
        for stop in STOPS:
            bring_into_view(stop, self._window)
            if stop is self._stop or not rect_of(stop, self._window).isEmpty():
                found.append(stop)
        return found

    def _index(self, stops: list[Stop]) -> int:
        return stops.index(self._stop) if self._stop in stops else -1

    def _show(self, stop: Stop) -> None:
        if self._card is None:
            return
        self._stop = stop
        bring_into_view(stop, self._window)
        stops = self._stops()
        self._card.say(self.tr(stop.title), self.tr(stop.words), self._index(stops) + 1, len(stops))
        bring_into_view(stop, self._window)  # looking for the others may have scrolled
        self._place()
        self._card.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        card, frame, stop = self._card, self._frame, self._stop
        if card is None or frame is None or stop is None:
            return
        about = rect_of(stop, self._window)
        room = self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        card.move(place_for(card.rect(), about, room))
        frame.show_around(about, QRect(card.pos(), card.size()))
        card.raise_()

    # Qt override

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _MOVES and isinstance(watched, QWidget):
            if watched not in (self._card, self._frame) and watched.window() is self._window:
                self._late.start()
        elif kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_ours = QApplication.activeModalWidget() is None
            is_ours = is_ours and QApplication.activePopupWidget() is None
            if is_ours and event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
        return False
