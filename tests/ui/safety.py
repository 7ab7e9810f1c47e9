"""Real projects with something in them, and the ways tests press and read the windows for safety."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.projects import Project
from tests.projects import YEAR


def write(project: Project, words: str, code: str = "1.1.1", kind: Kind = Kind.METHOD) -> None:
    """What a person wrote for an issue; committed when the project is flushed."""
    issue = project.editor.round.framework.issue(code)
    field = issue_field(YEAR, issue.id, kind)
    project.editor.apply(project.editor.change(field, from_plain(words)))


def read(project: Project, code: str = "1.1.1") -> str:
    issue = project.editor.round.framework.issue(code)
    return project.editor.round.issue(issue.id).method.plain


def give_evidence(project: Project, folder: Path, content: bytes, code: str = "1.1.1") -> str:
    """Attach a file; its sha256."""
    file = folder / "คำสั่งแต่งตั้ง.pdf"
    file.write_bytes(content)
    intake = take_in(project.folder, [file])
    issue = project.editor.round.framework.issue(code)
    project.editor.apply(attach(project.editor, issue.id, intake.files))
    project.flush()
    return intake.files[0].sha256


def press(window: QWidget, words: str) -> None:
    found = [b for b in window.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert found, f"no button {words!r} among {buttons(window)}"
    assert found[0].isEnabled(), f"{words!r} cannot be pressed"
    found[0].click()


def buttons(window: QWidget) -> dict[str, bool]:
    """Visible buttons by their words, and whether they can be pressed."""
    return {
        button.text(): button.isEnabled()
        for button in window.findChildren(QPushButton)
        if button.isVisible() and button.text()
    }


def said(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def main_buttons(window: QWidget) -> list[str]:
    """The filled ones; there should be one."""
    return [
        button.text()
        for button in window.findChildren(QPushButton)
        if button.isVisible() and button.property("role") == "main"
    ]


def choose_folder(monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> None:
    """What the system's dialog for folders answers."""
    answer = str(folder) if folder else ""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: answer)


def tab_names(window: QWidget, first: QWidget) -> list[str]:
    """Where Tab leads from ``first`` on and around, each by its name for assistive tools."""
    names, stop = [], first
    while True:
        tabbed = bool(stop.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if tabbed and stop.isVisible() and stop.isEnabled():
            names.append(stop.accessibleName())
        stop = stop.nextInFocusChain()
        if stop is first:
            return names
