"""The stops of the tour: what is said at each, and which widgets of the window it is said of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from esa_desktop.ui.middle_pane import PREVIEW

if TYPE_CHECKING:
    from esa_desktop.ui.main_window import MainWindow

Place = tuple[QWidget, QRect]
"""A widget, and the part of it that is meant, in its own coordinates."""


@dataclass(frozen=True, slots=True)
class Stop:
    title: str
    words: str
    places: "Callable[[MainWindow], Iterator[Place]]"
    """What it is about; nothing where the window does not have it just now."""


def _named(*names: str) -> "Callable[[MainWindow], Iterator[Place]]":
    def places(window: "MainWindow") -> Iterator[Place]:
        for name in names:
            for widget in window.findChildren(QWidget, name):
                yield widget, widget.rect()

    return places


def _tree(window: "MainWindow") -> Iterator[Place]:
    """The tree, or the rail it is folded to."""
    if window.workspace is not None:
        pane = window.workspace.tree
        shown: QWidget = pane.tree if pane.tree.isVisible() else pane
        yield shown, shown.rect()


def _evidence(window: "MainWindow") -> Iterator[Place]:
    """The pane, or the button that shows it where there is no room for both."""
    if window.workspace is not None:
        pane, button = window.workspace.evidence_pane, window.workspace.middle.evidence_button
        shown: QWidget = pane if pane.isVisible() else button
        yield shown, shown.rect()


def _preview_tab(window: "MainWindow") -> Iterator[Place]:
    if window.workspace is not None:
        tabs = window.workspace.middle.tabs
        yield tabs, tabs.tabRect(PREVIEW)


def _help_menu(window: "MainWindow") -> Iterator[Place]:
    bar = window.top_bar.menus
    yield bar, bar.actionGeometry(bar.actions()[-1])


STOPS: Final = (
    Stop(
        "เลือกประเด็นจากรายการนี้",
        "วงกลมหน้าชื่อบอกว่ากรอกถึงไหน ตัวเลขท้ายแถวคือระดับที่เลือก ไปประเด็นถัดไปด้วย Alt+ลูกศรลง",
        _tree,
    ),
    Stop(
        "พิมพ์วิธีการและผลการดำเนินงาน",
        "คลิกแล้วพิมพ์ได้เลย วางจาก Word ก็ได้ เสร็จแล้วทำเครื่องหมาย “มีการดำเนินการ” ด้านบน",
        _named("methodEditor", "resultsEditor"),
    ),
    Stop(
        "แนบหลักฐานของประเด็นนี้",
        "ลากไฟล์มาวาง หรือกด Ctrl+E โปรแกรมเก็บสำเนาไว้ในงานและให้รหัสเอง ไฟล์เดิมไม่ถูกย้าย",
        _evidence,
    ),
    Stop(
        "เลือกระดับของตัวบ่งชี้",
        "คลิกกรอบของระดับ หรือกด Ctrl+1 ถึง Ctrl+5 บรรทัดใต้กรอบบอกระดับตามเกณฑ์และเหตุผล",
        _named(*(f"level{level}" for level in range(5, 0, -1))),
    ),
    Stop(
        "ดูหน้าที่จะพิมพ์",
        "แท็บนี้แสดงกระดาษจริง จากนั้นกด Ctrl+P เพื่อพิมพ์หรือบันทึกเป็น PDF",
        _preview_tab,
    ),
    Stop(
        "ไม่ต้องกดบันทึก",
        "โปรแกรมบันทึกให้เองขณะพิมพ์ ตรงนี้บอกเวลาที่บันทึกล่าสุด",
        _named("savedLabel"),
    ),
    Stop(
        "สงสัยเมื่อไร กด F1",
        "วิธีใช้เปิดตรงเรื่องที่ทำอยู่ การพาชมนี้เปิดซ้ำได้จากเมนูเดียวกัน",
        _help_menu,
    ),
)


def rect_of(stop: Stop, window: "MainWindow") -> QRect:
    """What is in view of the stop's widgets, in the window's coordinates; empty where nothing is."""
    found = QRect()
    for widget, part in stop.places(window):
        if shiboken6.isValid(widget) and widget.isVisible():
            seen = widget.visibleRegion().boundingRect().intersected(part)
            found = found.united(
                QRect(widget.mapTo(window, QPoint(0, 0)) + seen.topLeft(), seen.size())
            )
    return found


def bring_into_view(stop: Stop, window: "MainWindow") -> None:
    """Scroll to it where it lies below an edge."""
    for widget, _ in stop.places(window):
        area = _area_around(widget)
        if area is not None:
            area.ensureWidgetVisible(widget, 0, 8)


def _area_around(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
