import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.ui import print_wish
from esa_desktop.ui.live_preview import LivePreview
from esa_desktop.ui.print_wish import PrintWish
from tests.ui.test_preview_pane import Book


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[LivePreview]:
    made = LivePreview()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.release()
    qtbot.waitUntil(lambda: made._task is None, timeout=10_000)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Pages are set once it is open; a run that is stopped does not wait for it."""
    opened = threading.Event()
    real = print_wish.render_pdf

    def slow(*given: Any, **named: Any) -> Any:
        while not opened.is_set() and not named["cancelled"]():
            time.sleep(0.005)
        return real(*given, **named)

    monkeypatch.setattr(print_wish, "render_pdf", slow)
    return opened


@pytest.mark.parametrize("between", ["another choice", "nothing to print"])
def test_who_comes_back_to_the_choice_that_is_being_set_gets_its_pages(
    qtbot: QtBot, preview: LivePreview, gate: threading.Event, between: str
) -> None:
    book = Book()
    wish = PrintWish(book.editor.round, PrintOptions(), None, book.image_bytes)
    upright = replace(wish, options=PrintOptions(paper="a4-portrait"))
    preview.show_wish(wish)
    qtbot.waitUntil(lambda: preview._task is not None)
    first = preview._task

    preview.show_wish(upright if between == "another choice" else None)
    preview.show_wish(wish)
    qtbot.waitUntil(lambda: preview._task is not first, timeout=5_000)
    gate.set()

    qtbot.waitUntil(lambda: not preview.is_working, timeout=10_000)
    assert preview.view.pages > 1
