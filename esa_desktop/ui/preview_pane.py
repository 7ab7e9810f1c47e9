"""หน้าพิมพ์จริง: the very pages that would be printed, set anew while somebody types."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.services.editing import Editor
from esa_desktop.services.exporting import (
    Image,
    choosable_fonts,
    keep_options,
    render_pdf,
    stored_options,
)
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.paper_view import PaperView
from esa_desktop.ui.preview_bar import BOOK, PreviewBar
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.worker import Task, TaskHandle

QUIET_MS: Final = 700
"""Pages are set anew this long after the last change."""


class Previewed(Protocol):
    """What the pane needs of an open project."""

    @property
    def editor(self) -> Editor: ...

    def image_bytes(self, sha256: str) -> bytes | None: ...


class PreviewPane(QFrame):
    """Sets no page before it is first in view, and none while it is hidden."""

    export_requested = Signal()

    def __init__(self, project: Previewed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "pane")
        self._project = project
        self._code = ""
        self._stale = True
        self._task: Task | None = None
        self._shown: _Wish | None = None
        self._page_of: Mapping[str, int] = {}
        # Of the whole book, so that a single sheet looks as it will inside it.
        self._widths: dict[PrintOptions, tuple[float, ...]] = {}
        self._fonts_asked = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._start)
        self.bar = PreviewBar(self)
        self.view = PaperView(self)
        self.view.setAccessibleName(self.tr("หน้าพิมพ์จริง"))
        self._trouble = EmptyState("octagon", self)
        self._arrange()
        self._connect()
        self.bar.show_options(stored_options(project.editor))
        self.destroyed.connect(project.editor.subscribe(self._follow))

    @property
    def shows_book(self) -> bool:
        """All sheets, rather than that of the indicator in view."""
        return self.bar.scope == BOOK

    def show_indicator(self, code: str) -> None:
        """Show the sheet of an indicator; takes the code of an issue or a standard as well."""
        wanted = indicator_code(self._project.editor.round.framework, code)
        if wanted == self._code:
            return
        self._code = wanted
        if self.bar.scope == BOOK and not self._stale:
            self.view.show_page(self._page_of.get(wanted, 1))
        else:
            self._renew(0)

    def release(self) -> None:
        """Stop what runs and show nothing any more; the project is about to be closed."""
        self._quiet.stop()
        self._stale = False
        if self._task is not None:
            self._task.cancel()
        self.view.clear()

    # --- parts --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._body = QStackedWidget(self)
        self._body.addWidget(self.view)
        self._body.addWidget(self._trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._body, 1)

    def _connect(self) -> None:
        bar, view = self.bar, self.view
        view.page_changed.connect(bar.show_page)
        view.scaled.connect(bar.show_scale)
        bar.page_wanted.connect(lambda step: view.show_page(view.page + step))
        bar.fit_chosen.connect(view.fit)
        bar.scope_chosen.connect(lambda _: self._renew(0))
        bar.paper_chosen.connect(self._turn)
        bar.font_chosen.connect(lambda font: self._choose(font=font))
        bar.export_requested.connect(self.export_requested)
        self._trouble.button.clicked.connect(lambda: self._renew(0))

    def _choose(self, **changed: Any) -> None:
        """A choice of paper or font belongs to the project."""
        options = replace(stored_options(self._project.editor), **changed)
        keep_options(self._project.editor, options)

    def _turn(self, orientation: str) -> None:
        size, _, _ = stored_options(self._project.editor).paper.partition("-")
        self._choose(paper=f"{size}-{orientation}")

    # --- when ---------------------------------------------------------------------------------

    def _follow(self, fields: frozenset[Field]) -> None:
        if any(field.kind is Kind.PRINT_OPTIONS for field in fields):
            self.bar.show_options(stored_options(self._project.editor))
            self._renew(0)
        else:
            self._renew(QUIET_MS)

    def _renew(self, delay: int) -> None:
        """What is in view is not what would be printed any more."""
        self._stale = True
        if self.isVisible():
            self.bar.show_stale()
            self._quiet.start(delay)

    def _start(self) -> None:
        """Set the pages as the round stands now. One run at a time; the last wish wins."""
        if self._task is not None:
            self._task.cancel()
            return
        self._stale = False
        if next(self._project.editor.round.framework.indicators(), None) is None:
            self._show_nothing()
            return
        wish = self._wish()
        task = Task(wish.fulfil, self)
        task.done.connect(lambda sheets: self._show(wish, sheets))
        task.failed.connect(self._tell)
        task.ended.connect(self._end)
        self._task = task
        task.start()

    def _end(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None
        if self._stale and self.isVisible() and not self._quiet.isActive():
            self._start()

    def _wish(self) -> "_Wish":
        # Sheets are shown here, also those nobody marked as ready yet.
        stored = stored_options(self._project.editor)
        options = chosen = replace(stored, form="sheets", only_ready=False)
        code = "" if self.bar.scope == BOOK else self._code
        if code and chosen.widths is None:
            options = replace(chosen, widths=self._widths.get(chosen))
        return _Wish(self._project.editor.round, options, chosen, code, self._project.image_bytes)

    def _show(self, wish: "_Wish", sheets: "_Sheets") -> None:
        before = self._shown
        self._widths[wish.chosen] = sheets.widths
        self._page_of = sheets.page_of_indicator
        page: int | None = None
        if before is None or (before.code, before.chosen.paper) != (wish.code, wish.chosen.paper):
            page = 1 if wish.code else self._page_of.get(self._code, 1)
        try:
            self.view.show_pdf(sheets.content, page=page)
        except EsaError as error:
            self._tell(error)
            return
        self._shown = wish
        self._body.setCurrentWidget(self.view)
        if not self._stale:
            self.bar.show_fresh()

    def _show_nothing(self) -> None:
        """An edition without indicators: one empty page would look as if something were lost."""
        advice = self.tr("เพิ่มมาตรฐานและตัวบ่งชี้ใน “ฉบับมาตรฐาน” ก่อน แล้วหน้าพิมพ์จะแสดงที่นี่")
        self._shown = None
        self._page_of = {}
        self.view.clear()
        self.bar.show_nothing(advice)
        self._trouble.say(self.tr("ยังไม่มีอะไรให้พิมพ์"), advice, icon_name="book")
        self._body.setCurrentWidget(self._trouble)

    def _tell(self, error: EsaError) -> None:
        """The sentence where the pages would be; the old ones would tell a lie."""
        self.bar.show_failed()
        heading, again = self.tr("ยังแสดงหน้าพิมพ์ไม่ได้"), self.tr("ลองอีกครั้ง")
        self._trouble.say(heading, error.sentence, again, icon_name="octagon")
        self._body.setCurrentWidget(self._trouble)

    def _ask_for_fonts(self) -> None:
        if not self._fonts_asked:
            self._fonts_asked = True
            task = Task(lambda _: choosable_fonts(), self)
            task.done.connect(self.bar.offer_fonts)
            task.start()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._widths.clear()
            self._renew(0)
        self._ask_for_fonts()

    def hideEvent(self, event: QHideEvent) -> None:
        self._quiet.stop()
        super().hideEvent(event)


def indicator_code(framework: Framework, code: str) -> str:
    """The indicator a code of any depth belongs to: itself, an issue's, or a standard's first."""
    parts = code.split(".")
    if len(parts) >= 2:
        return ".".join(parts[:2])
    inside = (c for c, standard, _ in framework.indicators() if str(standard.number) == code)
    return next(inside, "")


@dataclass(frozen=True)
class _Sheets:
    content: bytes
    page_of_indicator: Mapping[str, int]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class _Wish:
    """Pages that are wanted, as values: the worker never sees the editor."""

    assessed: AssessmentRound
    options: PrintOptions
    chosen: PrintOptions
    """The options without the widths that were measured before."""
    code: str
    """Of one indicator; empty for the whole book."""
    image: Image

    def fulfil(self, handle: TaskHandle) -> _Sheets:
        content, result = render_pdf(
            self.assessed,
            self.options,
            indicators=[self.code] if self.code else None,
            cancelled=handle.cancelled,
            image=self.image,
        )
        return _Sheets(content, result.page_of_indicator, result.widths)
