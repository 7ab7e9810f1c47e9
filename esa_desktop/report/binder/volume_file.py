"""A PDF that is written object by object: nothing of it stays in memory but where every object begins."""

import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_BUFFER: Final = 1 << 18
_FREE: Final = 0
"""Offset of a number that was given out and never written."""
XREF_ROOM: Final = 20
"""Bytes an object takes in the table of places."""
_TAIL: Final = 220
"""At most, of the trailer and the line that leads to the table."""
_LEVEL: Final = 6
_WORTH_WHILE: Final = 400
"""Bytes from which a text is compressed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file to which everything after it can be taken back."""

    size: int
    count: int


class VolumeFile:
    """Objects are numbered as they come; a number may be given out before its object is known."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("w+b", buffering=_BUFFER)
        self._places = array("Q", [0])
        self._size = self._file.write(_HEADER)
        self.layers: dict[int, bool] = {}
        """Optional content of copied pages: by the number of its group, whether it is seen."""

    def close(self) -> None:
        self._file.close()

    def suspend(self) -> None:
        """Let go of the file, so that a hundred volumes do not need a hundred of them open."""
        self._file.close()

    def resume(self) -> None:
        """Nothing, where it is open."""
        if not self._file.closed:
            return
        self._file = self.path.open("r+b", buffering=_BUFFER)
        self._file.seek(self._size)

    @property
    def size(self) -> int:
        """What the file will have with the table of places, if nothing comes any more."""
        return self._size + XREF_ROOM * (len(self._places) + 1) + _TAIL

    def reserve(self) -> int:
        """A number for an object that is put later."""
        self._places.append(_FREE)
        return len(self._places) - 1

    def put(self, number: int, *body: bytes | memoryview) -> None:
        """Write the object that a number was reserved for."""
        self._places[number] = self._size
        self._size += self._file.write(b"%d 0 obj\n%s" % (number, body[0]))
        for part in body[1:]:
            self._size += self._file.write(part)
        self._size += self._file.write(b"\nendobj\n")

    def add(self, body: bytes) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def put_stream(self, number: int, entries: bytes, content: bytes | memoryview) -> None:
        """``entries`` of its dictionary without ``/Length``; ``content`` as it stands in the file."""
        head = b"<<%s/Length %d>>\nstream\n" % (entries, len(content))
        self.put(number, head, content, b"\nendstream")

    def add_stream(self, entries: bytes, content: bytes | memoryview) -> int:
        number = self.reserve()
        self.put_stream(number, entries, content)
        return number

    def add_text(self, content: bytes, entries: bytes = b"") -> int:
        """A stream of operators, compressed where that is worth while."""
        number = self.reserve()
        self.put_text(number, content, entries)
        return number

    def put_text(self, number: int, content: bytes, entries: bytes = b"") -> None:
        if len(content) < _WORTH_WHILE:
            self.put_stream(number, entries, content)
        else:
            small = zlib.compress(content, _LEVEL)
            self.put_stream(number, entries + b"/Filter/FlateDecode", small)

    def mark(self) -> Mark:
        return Mark(self._size, len(self._places))

    def take_back(self, mark: Mark) -> None:
        """As if nothing had been written or reserved since."""
        self._file.flush()
        self._file.seek(mark.size)
        self._file.truncate()
        self._size = mark.size
        del self._places[mark.count :]
        self.layers = {n: seen for n, seen in self.layers.items() if n < mark.count}

    def finish(self, root: int, information: int, identity: bytes) -> int:
        """Write the table of places; the size of the file.

        ``identity``: 16 bytes of the trailer. Not flushed to the disk: whoever puts the file in
        its place does that.
        """
        start = self._size
        self._file.write(b"xref\n0 %d\n" % len(self._places))
        self._file.write(b"".join(self._lines()))
        name = identity.hex().encode()
        self._file.write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self._places), root, information, name, name, start)
        )
        self._file.flush()
        return self._file.tell()

    def _lines(self) -> Iterable[bytes]:
        """Numbers never written are a chain of free ones, as readers want it."""
        free = [n for n, place in enumerate(self._places) if place == _FREE]
        following = dict(zip(free, [*free[1:], 0], strict=True))
        for number, place in enumerate(self._places):
            if number in following:
                generation = 65535 if number == 0 else 0
                yield b"%010d %05d f \n" % (following[number], generation)
            else:
                yield b"%010d %05d n \n" % (place, 0)
