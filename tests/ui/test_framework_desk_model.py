"""The outline of the framework desk follows any edit row by row."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from esa_desktop.domain import framework_edits as edits
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_problems import problems
from esa_desktop.domain.framework_tree import places
from esa_desktop.ui.framework_desk_model import NODE_MIME, PENDING, ROW, OutlineModel
from esa_desktop.ui.framework_desk_rows import EDITION, RETIRED, Outline, Rank, outline
from tests.ui.rounds import FRAMEWORK

pytestmark = pytest.mark.usefixtures("qapp")


class Watched:
    """A model that Qt's own tester watches, and how often it was reset."""

    def __init__(self, framework: Framework = FRAMEWORK) -> None:
        self.model = OutlineModel()
        fatal = QAbstractItemModelTester.FailureReportingMode.Warning  # a warning fails a test
        self.tester = QAbstractItemModelTester(self.model, fatal)
        self.resets = 0
        self.model.modelReset.connect(self._count)
        self.show(framework)

    def _count(self) -> None:
        self.resets += 1

    def show(self, framework: Framework) -> None:
        self.framework = framework
        self.model.show(outline(framework, problems(framework)))

    def rows(self, parent: QModelIndex | None = None) -> Iterator[tuple[object, bool]]:
        above = parent or QModelIndex()
        for place in range(self.model.rowCount(above)):
            index = self.model.index(place, 0, above)
            yield index.data(ROW), index.data(PENDING)
            yield from self.rows(index)


def flat(tops: Sequence[Outline]) -> Iterator[object]:
    for top in tops:
        yield top.row
        yield from flat(top.below)


def expected(framework: Framework) -> list[object]:
    return list(flat(outline(framework, problems(framework))))


def edited(framework: Framework, draw: st.DrawFn) -> Framework:
    """One edit of any kind, of any node."""
    known = places(framework)
    node_id = draw(st.sampled_from(sorted(known)))
    place = known[node_id]
    kind = draw(st.sampled_from(["add", "move", "retire", "take_back", "rename"]))
    try:
        if kind == "add":
            new = f"new-{draw(st.integers(0, 10**9))}"
            return (
                edits.add_standard(framework, "ใหม่", node_id=new) if new not in known else framework
            )
        if kind == "move":
            other = known[draw(st.sampled_from(sorted(known)))]
            return edits.move(framework, node_id, other.parent, draw(st.integers(0, 5)))
        if kind == "retire":
            return edits.retire(framework, node_id)
        if kind == "take_back":
            return edits.take_back(framework, node_id, draw(st.none() | st.integers(0, 4)))
        return edits.rename(framework, node_id, draw(st.sampled_from(["ก", "ข", ""])))
    except (KeyError, ValueRefused):
        assert place is not None
        return framework


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_edits_end_with_the_same_rows_as_a_new_model(
    qapp: QApplication, data: st.DataObject
) -> None:
    watched = Watched()
    for _ in range(6):
        changed = data.draw(st.composite(lambda draw: edited(watched.framework, draw))())
        waits = data.draw(st.booleans())
        if waits and changed.standards:
            watched.model.begin("waiting", Rank.STANDARD, "", data.draw(st.integers(0, 3)))
        watched.show(changed)
        shown = [row for row, is_waiting in watched.rows() if not is_waiting]
        assert shown == expected(changed)
        assert sum(is_waiting for _, is_waiting in watched.rows()) == bool(watched.model.pending)
        watched.model.cancel()
        assert [row for row, _ in watched.rows()] == expected(changed)
    assert not watched.resets


def test_a_view_keeps_its_row_when_the_node_moves() -> None:
    watched = Watched()
    kept = QPersistentModelIndex(watched.model.index_of("good-2"))
    watched.show(edits.move(FRAMEWORK, "good-2", "learn", 1))
    assert kept.isValid()
    assert kept.data(ROW).code == "1.2.2"
    watched.show(edits.retire(watched.framework, "good-2"))
    assert kept.isValid()
    assert kept.parent().data(ROW).id == RETIRED


def test_moving_one_node_down_moves_one_row() -> None:
    watched = Watched()
    moves: list[object] = []
    watched.model.rowsMoved.connect(lambda *_: moves.append(1))
    watched.show(edits.move(FRAMEWORK, "good-1", "good", 3))
    assert len(moves) == 1


def test_a_row_that_waits_becomes_the_node_of_its_id() -> None:
    watched = Watched()
    index = QPersistentModelIndex(watched.model.begin("fresh", Rank.ISSUE, "good", 1))
    assert watched.model.place_of_pending() == (Rank.ISSUE, "good", 1)
    watched.show(edits.add_issue(FRAMEWORK, "good", "ใหม่", node_id="fresh", after="good-1"))
    assert index.isValid()
    assert index.data(ROW).code == "1.1.2"
    assert not watched.model.pending


@pytest.mark.parametrize(
    ("node", "over", "row", "target"),
    [
        ("good-1", "good", 3, ("good-1", "good", 2)),
        ("good-1", "learn", -1, ("good-1", "learn", 4)),
        ("good-4", "good-2", -1, ("good-4", "good", 1)),
        ("s2", "", 1, ("s2", "", 0)),
        ("learn", "s2", 0, ("learn", "s2", 0)),
        ("good-1", "s1", 0, None),
        ("good", "learn", 0, None),
        ("good", "learn", 4, ("good", "s1", 1)),
        ("s1", "free", 1, ("s1", "", 1)),
        ("s1", "s2", 0, None),
        ("s1", EDITION, -1, None),
    ],
)
def test_a_node_is_dropped_only_where_its_kind_stands(
    node: str, over: str, row: int, target: tuple[str, str, int] | None
) -> None:
    watched = Watched()
    told: list[tuple[str, str, int]] = []
    watched.model.dropped.connect(lambda *place: told.append(place))
    model = watched.model
    mime = model.mimeData([model.index_of(node)])
    parent = model.index_of(over) if over else QModelIndex()
    move = model.supportedDropActions()
    assert model.canDropMimeData(mime, move, row, 0, parent) is (target is not None)
    assert not model.dropMimeData(mime, move, row, 0, parent)
    assert told == ([target] if target else [])
    if target:
        moved = edits.move(FRAMEWORK, *target)
        assert moved.has_node(node)


def test_nothing_is_dropped_or_renamed_where_nothing_can_be_changed() -> None:
    watched = Watched()
    model = watched.model
    model.set_fixed(True)
    mime = model.mimeData([model.index_of("good-1")])
    assert mime.hasFormat(NODE_MIME)
    move = model.supportedDropActions()
    assert not model.canDropMimeData(mime, move, -1, 0, model.index_of("learn"))
    assert not model.flags(model.index_of("good-1")) & Qt.ItemFlag.ItemIsEditable
