"""What a person sees: the only place for PySide6."""

from importlib import import_module
from typing import Any


def _read_no_sources() -> None:
    """Keep PySide from reading the source of every module that is imported after it.

    It looks for modules that name it, because they may ask for other spellings of its names
    (``from __feature__ import snake_case``). Nobody does so here, and in the frozen program,
    which has no sources, the search for them takes as long. Private, so only if it is there.
    """
    import_module("PySide6.QtCore")
    feature: Any
    try:
        feature = import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False  # noqa: SLF001 - there is no switch


_read_no_sources()
