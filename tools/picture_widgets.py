"""Finds the widgets that a picture is about, and fails where one is not there."""

from typing import TypeVar

from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from tools.picture_stage import Stage

W = TypeVar("W", bound=QWidget)


def above(child: QWidget) -> QWidget:
    parent = child.parentWidget()
    if parent is None:
        raise RuntimeError(f"{child.objectName()} lies in nothing")
    return parent


def dialog_of(stage: Stage) -> QDialog:
    dialog = stage.dialog()
    if dialog is None:
        raise RuntimeError("no dialog is open")
    return dialog


def child(parent: QWidget, kind: type[W]) -> W:
    found = parent.findChild(kind)
    if found is None:
        raise RuntimeError(f"no {kind.__name__} in {parent.objectName()}")
    return found


def named(parent: QWidget, kind: type[W], name: str, words: str = "") -> W:
    """The child with this object name or, for a button in view, with these words."""
    for child in parent.findChildren(kind):
        said = child.text() if isinstance(child, QPushButton | QLabel) else ""
        if (name and child.objectName() == name) or (words and said == words and child.isVisible()):
            return child
    raise RuntimeError(f"no {name or words} in {parent.objectName()}")
