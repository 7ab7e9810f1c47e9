from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.domain.assessment import Status
from esa_desktop.domain.fields import Kind, encode, indicator_field, issue_field, link_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.framework_delegate import BADGE, LEFT
from esa_desktop.ui.framework_nodes import Grade
from esa_desktop.ui.framework_pane import FrameworkPane
from esa_desktop.ui.palette import DARK, LIGHT
from esa_desktop.ui.theme import apply_theme
from tests.ui.rounds import YEAR, Desk, two_heads, unverified
from tests.ui.test_framework_model import complete


def a_desk_of_every_status() -> Desk:
    """1.1.1 conflict, 1.1.2 working, 1.1.3 without evidence, 1.1.4 complete, 1.2.1 not started."""
    field = issue_field(YEAR, "good-1", Kind.METHOD)
    one, other = (encode(Kind.METHOD, from_plain(text)) for text in ("ก", "ข"))
    desk = Desk(views={field: two_heads(field, one, other)})
    desk.set("good-2", Kind.METHOD, from_plain("วิธี"))
    complete(desk, "good-3")
    desk.editor.apply(desk.editor.change(link_field(YEAR, "good-3", "item"), ""))
    complete(desk, "good-4")
    return desk


def painted(desk: Desk, qtbot: QtBot, node_id: str, *, chosen: str = "good-2") -> QImage:
    """The row of a node as it is on the screen."""
    pane = FrameworkPane(desk.editor)
    qtbot.addWidget(pane)
    pane.resize(272, 900)
    pane.show()
    for issue in ("good-2", "learn-2", chosen):  # both indicators unfolded
        pane.choose(issue)
    box = pane.tree.visualRect(pane._filter.index_of(node_id))
    return pane.tree.viewport().grab(box).toImage()


def mark(row: QImage) -> QImage:
    return row.copy(QRect(QPoint(LEFT[Grade.ISSUE] - 26, 4), QSize(20, 26)))


@pytest.mark.parametrize("dark", [False, True])
def test_every_status_has_a_shape_of_its_own(qtbot: QtBot, qapp: QApplication, dark: bool) -> None:
    apply_theme(qapp, dark=dark)
    desk = a_desk_of_every_status()
    issues = ("good-1", "good-2", "good-3", "good-4", "learn-1")
    states = {desk.editor.round.status(issue) for issue in issues}

    marks = [mark(painted(desk, qtbot, issue, chosen="learn-3")) for issue in issues]

    apply_theme(qapp, dark=False)
    assert states == set(Status)
    grey = [image.convertToFormat(QImage.Format.Format_Grayscale8) for image in marks]
    assert all(one != other for one, other in combinations(grey, 2))


@pytest.mark.parametrize("dark", [False, True])
def test_the_chosen_row_has_the_soft_ground_and_the_bar(
    qtbot: QtBot, qapp: QApplication, dark: bool
) -> None:
    palette = apply_theme(qapp, dark=dark)

    row = painted(Desk(), qtbot, "good-2", chosen="good-2")

    apply_theme(qapp, dark=False)
    ratio = row.devicePixelRatio()
    bar = row.pixelColor(round(5 * ratio), row.height() // 2)
    ground = row.pixelColor(round(18 * ratio), row.height() // 2)
    assert palette is (DARK if dark else LIGHT)
    assert bar.name().upper() == palette.accent
    assert ground.name().upper() == palette.accent_soft


def test_the_level_stands_at_the_end_of_the_indicator_and_changes(
    qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, dark=False)
    desk = Desk()
    unknown = painted(desk, qtbot, "learn")

    desk.editor.apply(desk.editor.change(indicator_field(YEAR, "learn", Kind.LEVEL), 4))
    four = painted(desk, qtbot, "learn")

    end = four.width() - BADGE - 20
    assert unknown.copy(0, 0, end, four.height()) == four.copy(0, 0, end, four.height())
    assert unknown != four


@pytest.mark.parametrize("node", ["s1", "learn", "good-1"])
def test_a_name_that_is_not_verified_has_a_mark_behind_it(
    qtbot: QtBot, qapp: QApplication, node: str
) -> None:
    apply_theme(qapp, dark=False)

    doubtful = painted(Desk(unverified(node)), qtbot, node, chosen="learn-3")
    other = painted(Desk(unverified("free-1")), qtbot, node, chosen="learn-3")

    assert warn_pixels(doubtful) > 10
    assert warn_pixels(other) == 0


def warn_pixels(row: QImage) -> int:
    """Brown pixels in the right half, where no status stands; thin lines are never the pure token."""
    colors = (
        row.pixelColor(x, y)
        for x in range(row.width() // 2, row.width())
        for y in range(row.height())
    )
    return sum(color.red() - color.blue() > 60 for color in colors)
