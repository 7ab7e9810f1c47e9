"""Libraries that others import at the start and nobody needs there: read when they are touched."""

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, Final

NOT_NEEDED: Final[Mapping[str, Sequence[str]]] = {
    "asyncio": ("iscoroutine",),
    "importlib.metadata": (),
    "sqlalchemy.dialects.sqlite.aiosqlite": (),
    "subprocess": (),
}
"""Modules, and what is taken out of each at once. The first three SQLAlchemy imports for servers
and plug-ins; with all they bring along they are a quarter of its time. Children are started when
somebody opens a file."""

_LEAVING: Final = threading.Lock()
"""Held while a stand-in leaves its place, so that it takes nobody else from there."""


class LateModule(ModuleType):
    """Stands where a module will be; the first look at what is in it imports it.

    Not `importlib.util.LazyLoader`: to that a second ``import`` of the same name is a look, and
    of two threads that look at once one sees half a module.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(_read(self), name)


def put_off(modules: Mapping[str, Sequence[str]]) -> None:
    """Let each of these modules wait until somebody looks at it; one that is there stays.

    Under each the functions that may be taken out of it before: a call of one is a look.
    """
    for name, functions in modules.items():
        if name in sys.modules:
            continue
        stand_in = LateModule(name)
        for function in functions:
            setattr(stand_in, function, _late(stand_in, function))
        sys.modules[name] = stand_in
        # The import system does so only for what it finds itself; `import a.b` looks for b in a.
        parent, _, child = name.rpartition(".")
        if parent in sys.modules:
            setattr(sys.modules[parent], child, stand_in)


def _read(stand_in: LateModule) -> ModuleType:
    own = stand_in.__name__
    with _LEAVING:
        if sys.modules.get(own) is stand_in:
            del sys.modules[own]
    # Not under the lock: whoever looks meanwhile waits in the import system, which knows of circles.
    module = import_module(own)
    stand_in.__dict__.update(module.__dict__)
    return module


def _late(stand_in: LateModule, function: str) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        return getattr(_read(stand_in), function)(*arguments, **named)

    return call
