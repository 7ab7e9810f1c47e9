"""Modules that wait: nothing of them is read before somebody looks, and then all of it is there."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from esa_desktop.late_imports import NOT_NEEDED, LateModule, put_off

NAME: Final = "waiting_module"
SOURCE: Final = """
import time
time.sleep(0.05)
with open(__file__ + ".read", "a") as told:
    told.write("x")
def double(number):
    return 2 * number
LAST = 1
"""


@pytest.fixture
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module that is put off; what is yielded gets a letter whenever it is read."""
    (tmp_path / f"{NAME}.py").write_text(SOURCE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    put_off({NAME: ("double",)})
    yield tmp_path / f"{NAME}.py.read"
    sys.modules.pop(NAME, None)


def test_an_import_reads_nothing(waiting: Path) -> None:
    module = import_module(NAME)
    again = import_module(NAME)
    assert module is again
    assert isinstance(module, LateModule)
    assert not waiting.exists()


def test_the_first_look_reads_all_of_it_once(waiting: Path) -> None:
    module = import_module(NAME)
    assert (module.LAST, module.double(3)) == (1, 6)
    assert sys.modules[NAME].LAST == 1
    assert waiting.read_text("utf-8") == "x"


def test_a_function_taken_out_before_is_the_real_one_when_it_is_called(waiting: Path) -> None:
    double = import_module(NAME).double
    assert not waiting.exists()
    assert double(4) == 8
    assert waiting.read_text("utf-8") == "x"


def test_what_is_not_in_the_module_is_missing_as_ever(waiting: Path) -> None:
    module = import_module(NAME)
    with pytest.raises(AttributeError, match="waiting_module"):
        _ = module.nothing
    assert waiting.read_text("utf-8") == "x"


def test_of_threads_that_look_at_once_none_sees_half_of_it(waiting: Path) -> None:
    module = import_module(NAME)
    together = threading.Barrier(8)
    seen: list[int] = []

    def look() -> None:
        together.wait(5)
        seen.append(module.LAST)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert seen == [1] * 8
    assert waiting.read_text("utf-8") == "x"


def test_a_module_that_is_there_stays() -> None:
    put_off({"json": ()})
    assert not isinstance(sys.modules["json"], LateModule)


def test_what_waits_inside_a_package_is_found_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "waiting_package").mkdir()
    (tmp_path / "waiting_package" / "__init__.py").touch()
    (tmp_path / "waiting_package" / "inner.py").write_text("LAST = 1", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    package = import_module("waiting_package")
    try:
        put_off({"waiting_package.inner": ()})
        assert isinstance(package.inner, LateModule)
        assert package.inner.LAST == 1
    finally:
        for name in ("waiting_package", "waiting_package.inner"):
            sys.modules.pop(name, None)


def test_whatever_is_put_off_can_be_used_afterwards() -> None:
    code = f"""
import sys
from esa_desktop.late_imports import NOT_NEEDED, LateModule, put_off
put_off(NOT_NEEDED)
import sqlalchemy, sqlalchemy.dialects.sqlite, logging.handlers
assert all(isinstance(sys.modules[name], LateModule) for name in {list(NOT_NEEDED)!r})
import asyncio, asyncio.events, importlib.metadata, subprocess
assert importlib.metadata.version("sqlalchemy") == sqlalchemy.__version__
from importlib import metadata
async def answer():
    return 42
assert asyncio.iscoroutinefunction(answer) and asyncio.run(answer()) == 42
assert metadata.version("sqlalchemy") == sqlalchemy.__version__
assert subprocess.run([sys.executable, "-c", "print(7)"], capture_output=True).stdout.strip() == b"7"
from sqlalchemy.util.concurrency import is_exit_exception
assert is_exit_exception(asyncio.CancelledError()) and not is_exit_exception(ValueError())
"""
    checkout = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
