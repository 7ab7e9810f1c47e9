"""PySide6 6.12 drops references of None and True under Python 3.11, until the interpreter dies."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

CALLS = 1000


def lost_references(thing: object, action: Callable[[], object]) -> int:
    action()  # caches fill at the first call
    before = sys.getrefcount(thing)
    for _ in range(CALLS):
        action()
    return before - sys.getrefcount(thing)


@pytest.mark.usefixtures("qapp")
def test_a_call_that_returns_nothing_keeps_the_references_of_none() -> None:
    from PySide6.QtWidgets import QLabel

    label = QLabel()

    assert lost_references(None, lambda: label.setText("ก")) < CALLS / 10


@pytest.mark.usefixtures("qapp")
def test_emitting_a_signal_keeps_the_references_of_true() -> None:
    from PySide6.QtCore import QObject, Signal

    class Bell(QObject):
        rung = Signal()

    bell = Bell()

    assert lost_references(True, bell.rung.emit) < CALLS / 10
