"""The register of 5,000 items: opening, sorting, filtering, searching and a change, beside a bare view."""

import datetime
import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTreeView, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Batch, SetField
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import item_field, link_field
from esa_desktop.services.editing import Editor
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.services.register_rows import Column, Shown
from esa_desktop.storage.store import Write
from esa_desktop.ui.garbage import set_aside
from esa_desktop.ui.register_model import COLUMNS
from esa_desktop.ui.register_page import RegisterPage
from esa_desktop.ui.theme import apply_theme
from tools.measuring import in_turns, percentile, within

YEAR: Final = 2557
ITEMS: Final = 5_000
ROUNDS: Final = 9
WORDS: Final = (
    "คำสั่ง แต่งตั้ง คณะกรรมการ รายงาน ผลการดำเนินงาน ประชุม เชิงปฏิบัติการ บันทึกข้อความ ภาพถ่าย กิจกรรม "
    "แผนปฏิบัติการ เกียรติบัตร สรุปผล นิเทศ ติดตาม โรงเรียน"
).split()
SOUGHT: Final = ("ป", "ปร", "ประชุม", "ประชุม ๑๒", "")
"""What is typed into the search field, one after the other."""


def measure() -> list[dict[str, Any]]:
    """Medians of opening; the slowest of all columns, filters and words for the others."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)  # noqa: S101 - for mypy
    apply_theme(app, dark=False)
    editor = _editor()
    set_aside()  # as the window does once a project is shown
    with tempfile.TemporaryDirectory() as folder:
        opened, bare = in_turns(
            lambda: _opening(editor, Path(folder)), lambda: _bare(editor).opened, ROUNDS
        )
        figures = [
            within(
                "register_opens",
                median(opened) * 1000,
                median(bare) * 1000,
                200,
                "ms",
                "the page of 5,000 items made and painted / a bare view of the same words",
            )
        ]
        figures += _in_use(editor, Path(folder))
    return figures


def _in_use(editor: Editor, folder: Path) -> list[dict[str, Any]]:
    page = _shown(editor, folder)
    ticks = _settle(page)
    bare = _bare(editor)
    sorts = {
        f"{column} {order.name}": _timed(page, partial(page.table.sortByColumn, c, order))
        for c, column in enumerate(COLUMNS)
        for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder)
    }
    page.table.sortByColumn(COLUMNS.index(Column.TITLE), Qt.SortOrder.AscendingOrder)
    issue = next(editor.round.framework.issues())[2].id
    filters = {
        f"{shown} {issue_id}": _timed(page, partial(page.show_only, shown, issue_id))
        for shown in Shown
        for issue_id in ("", issue)
    }
    page.show_only(Shown.ALL)
    searches = {words: _timed(page, partial(page.bar.search.setText, words)) for words in SOUGHT}
    item = editor.round.items["item-7"]
    changes = {
        title: _timed(page, partial(_rename, editor, replace(item, title=title)))
        for title in ("ฮ", "ก")
    }
    page.close()
    what = (
        "p99 of one turn of the event loop while keys are made and the disk is asked / a bare paint"
    )
    p99 = percentile(ticks, 0.99) * 1000
    figures = [within("register_ticks", p99, bare.sorted * 1000, 50, "ms", what)]
    for name, taken, floor in (
        ("register_sorts", sorts, bare.sorted),
        ("register_filters", filters, bare.filtered),
        ("register_searches", searches, bare.filtered),
        ("register_changes", changes, bare.sorted),
    ):
        worst = max(taken, key=lambda what: taken[what])
        what = f"slowest of {len(taken)} ({worst.strip()}), painted / a bare view"
        figures.append(within(name, taken[worst] * 1000, floor * 1000, 50, "ms", what))
    return figures


def _rename(editor: Editor, item: Evidence) -> None:
    editor.apply(editor.change(item_field(item.id), item))


def _opening(editor: Editor, folder: Path) -> float:
    start = time.perf_counter()
    page = _shown(editor, folder)
    taken = time.perf_counter() - start
    _end(page)
    return taken


def _shown(editor: Editor, folder: Path) -> RegisterPage:
    page = RegisterPage(editor, lambda *_: None, folder)
    page.resize(1094, 600)
    page.show()
    page.table.viewport().repaint()
    return page


def _settle(page: RegisterPage) -> list[float]:
    """Until the disk was asked and all is prepared, as after a second of a person's time.

    Seconds of every turn of the event loop meanwhile in which there was work.
    """
    ticks: list[float] = []
    until = time.perf_counter() + 3
    while time.perf_counter() < until:
        start = time.perf_counter()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        ticks.append(time.perf_counter() - start)
        time.sleep(0.002)
    page.table.setFocus()
    return [tick for tick in ticks if tick > 0.0005] or [0.0]


def _timed(page: RegisterPage, act: Callable[[], object]) -> float:
    """Seconds until the rows are painted; the median of three, each from where the last ended."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        act()
        page.table.viewport().repaint()
        QApplication.processEvents()
        taken.append(time.perf_counter() - start)
    return percentile(taken, 0.5)


def _end(widget: QWidget) -> None:
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()


# --- the floor --------------------------------------------------------------------------------


class _Words(QAbstractTableModel):
    """Rows of plain words, painted by Qt alone."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def set_rows(self, rows: list[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    # Qt's names from here on.
    def rowCount(  # noqa: N802
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008
    ) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(  # noqa: N802
        self,
        parent: QModelIndex | QPersistentModelIndex = QModelIndex(),  # noqa: B008
    ) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole
        return self.rows[index.row()][index.column()] if shown else None


class _bare:  # noqa: N801 - reads as what it measures
    """Seconds a bare view takes for the same number of words, sorted as Python sorts them."""

    def __init__(self, editor: Editor) -> None:
        start = time.perf_counter()
        rows: list[tuple[str, ...]] = [
            (i.code, i.title, i.kind, i.number, str(i.date), i.owner, i.place, str(len(i.files)))
            for i in editor.round.items.values()
        ]
        model = _Words(rows)
        view = QTreeView()
        view.setUniformRowHeights(True)
        view.setModel(model)
        view.resize(1062, 500)
        view.show()
        view.viewport().repaint()
        self.opened = time.perf_counter() - start
        start = time.perf_counter()
        model.set_rows(sorted(rows, key=lambda row: row[1]))
        view.viewport().repaint()
        self.sorted = time.perf_counter() - start
        start = time.perf_counter()
        model.set_rows([row for row in rows if "ประชุม" in row[1]])
        view.viewport().repaint()
        self.filtered = time.perf_counter() - start
        _end(view)


# --- what is shown ----------------------------------------------------------------------------


def _editor() -> Editor:
    framework = find_framework("obec-2557")
    editor = Editor(
        AssessmentRound(YEAR, framework),
        {},
        submit=_committed,
        graph=lambda _: {},
        who=Who("bench", "bench", "bench"),
    )
    dice = random.Random(5)
    issues = [(code, issue.id) for code, _, issue in framework.issues()]
    edits: list[SetField] = []
    for number in range(ITEMS):
        code, issue_id = dice.choice(issues)
        item = _item(dice, number, code)
        edits.append(editor.change(item_field(item.id), item))
        places = {issue_id, dice.choice(issues)[1]} if number % 10 else ()
        edits += [
            editor.change(link_field(YEAR, place, item.id), f"a{number:05d}") for place in places
        ]
    editor.apply(Batch(tuple(edits)))
    return editor


def _item(dice: random.Random, number: int, code: str) -> Evidence:
    title = "".join(dice.choices(WORDS, k=6)) + f" ครั้งที่ {number % 50}"
    file = EvidenceFile(f"{number:064x}", f"สแกน {number}.pdf", 90_000)
    return Evidence(
        f"item-{number}",
        f"{code}-{number % 999:02d}",
        title,
        kind=dice.choice(("เอกสาร", "ภาพถ่าย", "ตาราง")),
        number=f"ที่ ศธ ๐๔๐๐๑/{number}",
        date=datetime.date(2014, 1, 1) + datetime.timedelta(days=number % 700),
        files=(file,) if number % 12 else (),
        owner=dice.choice(("นางสาวพิมพ์ใจ ยิ้มแย้ม", "นายธีระ คงมั่น", "")),
        confidential=number % 30 == 0,
    )


def _committed(_: Write) -> "Future[None]":
    done: Future[None] = Future()
    done.set_result(None)
    return done
