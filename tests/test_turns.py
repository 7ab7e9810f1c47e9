import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="the suite has one process on Windows")

from tests.turns import turn

ROUNDS = 40


class Room:
    """Who is in there at once, as the tests of several workers are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inside: list[str] = []
        self.met: set[tuple[str, ...]] = set()
        self.still_coming = True

    def go_in(self, name: str, *, alone: bool = False) -> None:
        with turn(self.folder, alone=alone):
            self.inside.append(name)
            self.met.add(tuple(sorted(self.inside)))
            time.sleep(0.002)
            self.met.add(tuple(sorted(self.inside)))
            self.inside.remove(name)

    def come_again_and_again(self, name: str) -> None:
        while self.still_coming:
            self.go_in(name)


def test_one_that_measures_meets_nobody_and_is_let_in_though_others_never_stop(
    tmp_path: Path,
) -> None:
    room = Room(tmp_path)
    others = [threading.Thread(target=room.come_again_and_again, args=name) for name in "ab"]
    for other in others:
        other.start()
    try:
        for _ in range(ROUNDS):
            room.go_in("measures", alone=True)
    finally:
        room.still_coming = False
        for other in others:
            other.join()

    assert ("a", "b") in room.met  # the others do meet
    assert [met for met in room.met if "measures" in met] == [("measures",)]


def test_a_test_that_failed_leaves_the_room(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), turn(tmp_path, alone=True):
        raise ZeroDivisionError

    with turn(tmp_path, alone=True):
        pass
