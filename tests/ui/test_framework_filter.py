import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from esa_desktop.domain.fields import Kind
from esa_desktop.domain.framework import Framework
from esa_desktop.ui.framework_filter import FrameworkFilter, Shown
from esa_desktop.ui.framework_model import FrameworkModel, Role
from tests.kinds_of_indicator import BEST_WORKS, SATISFIED
from tests.kinds_of_indicator import framework as kinds
from tests.ui.rounds import FRAMEWORK, Desk
from tests.ui.test_framework_model import complete, rows


class Filtered:
    def __init__(self, framework: Framework = FRAMEWORK) -> None:
        self.desk = Desk(framework)
        self.model = FrameworkModel(self.desk.editor)
        self.filter = FrameworkFilter(self.model)
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        self._tester = QAbstractItemModelTester(self.filter, mode)

    def rows(self) -> list[str]:
        return rows(self.filter)


@pytest.fixture
def filtered(qapp: QApplication) -> Filtered:
    return Filtered()


def test_everything_is_shown_at_first(filtered: Filtered) -> None:
    assert filtered.rows() == rows(filtered.model)


def test_what_is_complete_goes_and_what_is_above_the_rest_stays(filtered: Filtered) -> None:
    complete(filtered.desk, "good-1")

    filtered.filter.show(Shown.NOT_COMPLETE)

    assert "1.1.1" not in filtered.rows()
    assert filtered.rows()[:3] == ["1", "1.1", "1.1.2"]


def test_an_indicator_goes_with_its_last_open_issue_and_comes_back_with_it(
    filtered: Filtered,
) -> None:
    filtered.filter.show(Shown.NOT_COMPLETE)

    complete(filtered.desk, "free-1")
    gone = filtered.rows()
    filtered.desk.set("free-1", Kind.ACTED_ON, False)

    assert not [code for code in gone if code.startswith("2")]
    assert filtered.rows()[-3:] == ["2", "2.1", "2.1.1"]


def test_the_issue_somebody_works_on_does_not_vanish_when_it_is_complete(
    filtered: Filtered,
) -> None:
    filtered.filter.show(Shown.NOT_COMPLETE)
    filtered.filter.keep("free-1")

    complete(filtered.desk, "free-1")
    kept = filtered.rows()
    filtered.filter.keep("good-1")

    assert "2.1.1" in kept
    assert "2.1.1" not in filtered.rows()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("1.2.3", ["1", "1.2", "1.2.3"]),
        ("๑.๒.๓", ["1", "1.2", "1.2.3"]),
        ("คลัง", ["1", "1.1", "1.1.3", "1.2", "1.2.3"]),
        ("1.2 ความรู้", ["1", "1.2", "1.2.2", "1.2.3"]),
        ("ดีเด่น", ["2", "2.1", "2.1.1"]),
        ("ไม่มีคำนี้", []),
    ],
)
def test_words_find_issues_by_code_and_name(
    filtered: Filtered, typed: str, codes: list[str]
) -> None:
    filtered.filter.find(typed)

    assert filtered.rows() == codes


def test_hidden_issues_are_not_found_either(filtered: Filtered) -> None:
    filtered.filter.hide(frozenset({"learn-3"}))
    filtered.filter.find("คลัง")

    assert filtered.rows() == ["1", "1.1", "1.1.3"]


def test_a_row_that_is_filtered_out_has_no_place(filtered: Filtered) -> None:
    filtered.filter.find("2.1")

    assert filtered.filter.index_of("free-1").data(Role.CODE) == "2.1.1"
    assert filtered.filter.index_of("good-1") == QModelIndex()


def test_an_indicator_without_issues_is_found_and_is_open_until_it_has_a_level(
    qapp: QApplication,
) -> None:
    filtered = Filtered(kinds())
    filtered.filter.find("ความพึงพอใจ")
    assert filtered.rows() == ["2", "2.1"]
    filtered.filter.find("")
    filtered.filter.show(Shown.NOT_COMPLETE)
    assert {"2.1", "3.1", "3.2"} <= set(filtered.rows())

    filtered.desk.set(BEST_WORKS, Kind.LEVEL, 5)

    assert "3.1" not in filtered.rows()
    filtered.filter.keep(BEST_WORKS)
    filtered.desk.set(SATISFIED, Kind.LEVEL, 4)
    assert "2.1" not in filtered.rows()
    filtered.desk.set(SATISFIED, Kind.LEVEL, None)
    assert "2.1" in filtered.rows()
