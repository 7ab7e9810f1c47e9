"""Where the keyboard stops in the bars above the page, on its way round the window with F6."""

from PySide6.QtWidgets import QPushButton, QWidget

from esa_desktop.ui.banner import Banner


def bars_in_view(*parts: QWidget) -> list[QWidget]:
    """One stop for each bar, from above: the button that has the cursor, else the first one.

    ``parts`` are bars, or widgets that hold some.
    """
    bars = [bar for part in parts for bar in _bars_of(part) if bar.isVisible()]
    found = (_stop_in(bar) for bar in bars)
    return [stop for stop in found if stop is not None]


def _bars_of(part: QWidget) -> list[Banner]:
    return [part] if isinstance(part, Banner) else part.findChildren(Banner)


def _stop_in(bar: Banner) -> QPushButton | None:
    buttons = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    with_cursor = (button for button in buttons if button.hasFocus())
    return next(with_cursor, next(iter(buttons), None))
