"""Lets a test that measures have the machine to itself, though several workers run tests beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # Windows, where the suite runs in one process
    fcntl = None  # type: ignore[assignment]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Iterator[object | None]:
    """Wait outside of what is timed: no time-out and no duration has the waiting in it."""
    if fcntl is None or "PYTEST_XDIST_WORKER" not in os.environ:
        return (yield)
    # Each worker has a folder of its own in the one they share.
    shared = item.config._tmp_path_factory.getbasetemp().parent
    with turn(shared, alone=item.get_closest_marker("alone") is not None):
        return (yield)


@contextmanager
def turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold a place in the room for one test; with ``alone``, the whole room.

    Everyone comes in by the gate, so nobody is let in past one who waits there to be alone.
    """
    gate = locked(folder / "gate", fcntl.LOCK_EX)
    room = locked(folder / "room", fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
    unlock(gate)
    try:
        yield
    finally:
        unlock(room)


def locked(place: Path, how: int) -> int:
    opened = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(opened, how)
    return opened


def unlock(opened: int) -> None:
    """Not by closing alone: a child that a test left behind would keep the lock."""
    fcntl.flock(opened, fcntl.LOCK_UN)
    os.close(opened)
