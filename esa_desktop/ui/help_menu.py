"""What the menu วิธีใช้ does: help for where one is, the manual, the tour, a report of a problem, about."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from esa_desktop.ui.help_desk import HelpDesk

if TYPE_CHECKING:
    from esa_desktop.ui.main_window import MainWindow


class HelpMenu(QObject):
    """The windows it opens are imported when they are asked for: they cost start-up time."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.desk = HelpDesk(window, window.preferences, window.say)
        for name, act in (
            ("actionHelp", self.desk.show_for_focus),
            ("actionManual", self.desk.save_manual),
            ("actionTour", self.start_tour),
            ("actionProblem", self.report_problem),
            ("actionAbout", self.show_about),
        ):
            self._action(name).triggered.connect(act)
        window.beginnings.help_requested.connect(self.desk.show_page)
        window.beginnings.tour_requested.connect(self.start_tour)

    def offer_tour(self) -> None:
        """Once, to whoever has opened a project for the first time."""
        from esa_desktop.ui.tour_offer import offer_tour

        offer_tour(self._window.preferences, self._window.notices, self.start_tour)

    def start_tour(self) -> None:
        from esa_desktop.ui.tour import Tour
        from esa_desktop.ui.tour_offer import settle_tour

        settle_tour(self._window.preferences, self._window.notices)
        Tour(self._window).start()

    def report_problem(self) -> None:
        from esa_desktop.ui.problem_dialog import ProblemDialog

        workspace = self._window.workspace
        ProblemDialog(self._window, workspace.project if workspace else None).open()

    def show_about(self) -> None:
        from esa_desktop.ui.about_dialog import AboutDialog

        AboutDialog(self._window).open()

    def _action(self, name: str) -> QAction:
        return self._window.action(name)
