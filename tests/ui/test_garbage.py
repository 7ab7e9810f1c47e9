import gc
import time
import weakref
from collections.abc import Iterator

import pytest

from esa_desktop.ui.garbage import set_aside


class Node:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def search() -> float:
    start = time.perf_counter()
    gc.collect()
    return time.perf_counter() - start


@pytest.mark.alone
def test_what_lives_long_is_not_searched_again() -> None:
    alive = [Node() for _ in range(200_000)]
    gc.collect()
    before = min(search() for _ in range(3))

    set_aside()

    assert gc.get_freeze_count() > len(alive)
    assert min(search() for _ in range(3)) < before / 4


def test_what_became_garbage_after_it_was_set_aside_goes_at_the_next_time() -> None:
    node = Node()
    seen = weakref.ref(node)
    set_aside()
    del node
    gc.collect()
    assert seen() is not None

    set_aside()

    assert seen() is None
