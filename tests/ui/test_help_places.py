import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import esa_desktop.ui
from esa_desktop.services.manual import help_folder, read_manual
from esa_desktop.ui.about_dialog import AboutDialog
from esa_desktop.ui.help_places import BY_CLASS, BY_FORM, BY_NAME, START, page_for

UI = Path(esa_desktop.ui.__file__).parent
FRAMES = {"DialogFrame", "WorkDialog"}
"""What dialogs are made from and nobody sees."""


@cache
def classes() -> Mapping[str, list[str]]:
    """Every class of the windows with the names of what it is made from."""
    return dict(_classes())


def _classes() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(UI.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield node.name, [base.id for base in node.bases if isinstance(base, ast.Name)]


def dialogs() -> list[str]:
    """Names of the classes of dialogs, by whatever way they are made from QDialog."""
    made = classes()
    found = {"QDialog"}
    while True:
        more = {name for name, bases in made.items() if found & set(bases)} - found
        if not more:
            return sorted(found - {"QDialog"} - FRAMES)
        found |= more


def test_every_dialog_has_a_page() -> None:
    made = classes()
    without = [
        name for name in dialogs() if name not in BY_CLASS and not set(made[name]) & BY_CLASS.keys()
    ]
    assert without == []
    assert len(dialogs()) > 20


def test_the_table_names_only_classes_that_exist() -> None:
    assert BY_CLASS.keys() - classes().keys() == set()


def test_the_table_names_only_objects_that_exist() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in UI.glob("*.py"))
    source = source.replace(Path(UI / "help_places.py").read_text(encoding="utf-8"), "")
    levels = {f"level{n}" for n in range(1, 6)}
    assert [name for name in BY_NAME.keys() - levels if f'"{name}"' not in source] == []


def test_every_id_is_a_page_of_the_help() -> None:
    pages = {page.id for page in read_manual(help_folder()).pages}

    assert {START, *BY_NAME.values(), *BY_CLASS.values(), *BY_FORM.values()} - pages == set()


def test_the_nearest_place_counts(qtbot: QtBot) -> None:
    window = QWidget()
    window.setObjectName("evidenceList")
    inside = QWidget(window)
    inside.setObjectName("methodEditor")
    label = QLabel(inside)
    qtbot.addWidget(window)

    assert page_for(label) == "write"
    assert page_for(window) == "evidence"
    assert page_for(None) == START
    assert page_for(QWidget(None)) == START


def test_a_dialog_is_known_by_its_class(qtbot: QtBot) -> None:
    window = QWidget()
    window.setObjectName("methodEditor")
    qtbot.addWidget(window)
    about = AboutDialog(window)

    assert page_for(about) == BY_CLASS["AboutDialog"]
    assert page_for(QDialog(window)) == "write"


@pytest.mark.parametrize(
    ("form", "page"), [("blank", "forms"), ("book", "book"), ("sheets", "preview-print")]
)
def test_the_print_dialog_is_known_by_the_form_chosen_in_it(
    qtbot: QtBot, form: str, page: str
) -> None:
    class FormChoice(QWidget):
        pass

    class ExportDialog(QDialog):
        pass

    dialog = ExportDialog()
    qtbot.addWidget(dialog)
    choice = FormChoice(dialog)
    choice.form = form  # type: ignore[attr-defined]
    column = QVBoxLayout(dialog)
    column.addWidget(choice)

    assert page_for(dialog) == page


@pytest.mark.parametrize(
    ("shown", "page"),
    [
        ("PreviewPane", "preview-print"),
        ("DashboardPane", "overview"),
        ("RegisterPage", "register"),
        ("BookPane", "book"),
        ("SearchPane", "search"),
        ("FrameworkDesk", "framework"),
    ],
)
def test_around_a_page_that_page_counts_and_inside_it_what_has_the_focus(
    qtbot: QtBot, shown: str, page: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    def part(name: str, parent: QWidget = window) -> QWidget:
        made: QWidget = type(name, (QWidget,), {})(parent)
        return made

    pane, hidden = part(shown), part("IndicatorPane")
    texts = part("IssuePane")
    hidden.hide()
    tree = part("QTreeView", part("FrameworkPane"))
    tree.setObjectName("standardsTree")
    search = part("QLineEdit", part("TopBar"))
    search.setObjectName("searchEdit")
    tabs, bar = part("FittingTabs"), part("StatusLine")
    level = part("QWidget", pane)
    level.setObjectName("level3")
    window.show()

    assert {page_for(place) for place in (tree, tabs, bar, window)} == {page}
    assert page_for(search) == "search"
    assert page_for(level) == "level"
    assert page_for(texts) == "write"
    pane.hide()
    assert [page_for(place) for place in (tree, tabs, bar)] == ["screen", "write", "screen"]
