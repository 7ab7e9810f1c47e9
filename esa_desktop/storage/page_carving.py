"""Rows out of a damaged SQLite file without its trees: found by the shape of their hashes, proven by whoever asks.

Every row of ours has a column that is a sha256 in hex, so its record (SQLite file format, 2.1)
has the serial type "text of 64 bytes" in its header. From there the header is read to both sides.
Neither the tree above a page nor the page's own list of cells is needed, so that damage to those
loses nothing, and rows on free pages and in old journals are found as well.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from esa_desktop.storage.rows import LONGEST

Cancel = Callable[[], bool]
Value = int | str | bytes | None

COLUMNS: Final = {
    "revision": ("seq id round owner kind parents author device time body".split(), 1),
    "draft": ("round owner kind device parents author time sha256 body".split(), 7),
    "meta": ("name value sha256".split(), 2),
    # The index ``revision_graph``: what there was, even where the revision itself is gone.
    "trace": ("round owner kind id parents seq".split(), 3),
}
"""The columns of each record in the file's order, and at which of them the hash stands."""

USUAL_PAGE: Final = 4096
_ANCHOR: Final = re.compile(rb"\x81\x0d")
_HASH: Final = 141
"""Serial type of a text of 64 bytes; ``81 0d`` as a varint."""
_HEX: Final = re.compile(rb"[0-9a-f]{64}")
_BLOCK: Final = 1 << 20
_LEAD: Final = 64
"""Bytes before a block in which a header may begin whose hash stands in the block."""
_TAIL: Final = 1 << 16
"""Bytes after it: no page is larger, and a record lies within its page but for its chain."""
_LARGEST_FILE: Final = 1 << 36
_MOST_REFUSALS: Final = 1000
"""A drive may think for seconds about each: after that its bad places are not narrowed down."""


class DamagedFile:
    """A file read in pieces. What the drive does not give back reads as zeros."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self._refusals = 0
        self.size = min(self._file.seek(0, 2), _LARGEST_FILE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def read(self, start: int, count: int) -> bytes:
        """These bytes, fewer at the end of the file."""
        count = max(0, min(count, self.size - start))
        try:
            return self._read(start, count)
        except OSError:
            self._refusals += 1
            if count <= 512 or self._refusals > _MOST_REFUSALS:
                return bytes(count)
            # One bad sector must not take its neighbours along.
            half = count // 2
            return self.read(start, half) + self.read(start + half, count - half)

    def _read(self, start: int, count: int) -> bytes:
        self._file.seek(start)
        pieces = []
        while count > 0 and (piece := self._file.read(count)):
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Carved:
    """A record that has the shape of a row; nothing of what it says is proven."""

    table: str
    """A name in `COLUMNS`."""
    values: tuple[Value, ...]
    rowid: int
    """0 where it is not to be read."""
    is_live: bool
    """Its page counts it among its cells: it was not deleted, or only with the whole page."""


@dataclass(frozen=True, slots=True)
class _Record:
    table: str
    start: int
    """In the window, of the record's header."""
    types: tuple[int, ...]
    header: int

    @property
    def length(self) -> int:
        return self.header + sum(map(_width, self.types))


class Carving:
    """One walk over a file; ``chains`` is where its rows' further pages lie (a journal has none).

    Costs time by the file's size only, whatever is in it: chains have a common allowance.
    """

    def __init__(self, file: DamagedFile, page_size: int, chains: DamagedFile | None = None):
        self._file = file
        self._page = page_size
        self._chains = chains or file
        self._has_pages = chains is None
        self._allowance = 4 * self._chains.size + LONGEST

    def rows(
        self,
        *,
        known: Callable[[str], bool] = lambda _: False,
        cancelled: Cancel | None = None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Carved]:
        """All rows in the order of the file, passing over revisions whose id is ``known``.

        ``progress`` gets the bytes looked at since it was called last. Ends early if cancelled.
        """
        for start in range(0, self._file.size, _BLOCK):
            if cancelled and cancelled():
                return
            before = min(_LEAD, start)
            window = self._file.read(start - before, before + _BLOCK + _TAIL)
            for anchor in _ANCHOR.finditer(window, before, before + _BLOCK + 1):
                for record in _records_around(window, anchor.start()):
                    row = self._row(window, record, start - before, known)
                    if row is not None:
                        yield row
            progress(min(_BLOCK, self._file.size - start))

    def _row(
        self, window: bytes, record: _Record, offset: int, known: Callable[[str], bool]
    ) -> Carved | None:
        columns, place = COLUMNS[record.table]
        ends = list(accumulate(map(_width, record.types), initial=record.start + record.header))
        name = window[ends[place] : ends[place + 1]]
        if not _HEX.fullmatch(name):
            return None
        if record.table == "revision" and known(name.decode()):
            return None
        payload = self._payload(window, record)
        if payload is None:
            return None
        inside = [end - record.start for end in ends]
        values = tuple(
            _value(kind, payload[inside[n] : inside[n + 1]]) for n, kind in enumerate(record.types)
        )
        assert len(values) == len(columns)  # noqa: S101 - by the shape it was found by
        rowid, cell = _rowid_before(window, record.start, record.length)
        is_live = bool(rowid) and self._has_pages and self._is_counted(offset + cell)
        return Carved(record.table, values, rowid, is_live)

    def _payload(self, window: bytes, record: _Record) -> bytes | None:
        """The whole record: what lies in its page, and the chain of pages behind it."""
        length = record.length
        if length > min(LONGEST, self._chains.size):
            return None
        local = _local(length, self._page, in_index=record.table == "trace")
        end = record.start + local
        if end > len(window):
            return None
        if local == length:
            return window[record.start : end]
        chain = self._chain(int.from_bytes(window[end : end + 4], "big"), length - local)
        return None if chain is None else window[record.start : end] + chain

    def _chain(self, page: int, left: int) -> bytes | None:
        pieces: list[bytes] = []
        # As many steps as the record is long: pages that point in circles lead nowhere.
        while left > 0:
            if page < 2 or page * self._page > self._chains.size or self._allowance <= 0:
                return None
            self._allowance -= self._page
            raw = self._chains.read((page - 1) * self._page, self._page)
            pieces.append(raw[4 : 4 + left])
            left -= len(pieces[-1])
            page = int.from_bytes(raw[:4], "big")
        return b"".join(pieces)

    def _is_counted(self, cell: int) -> bool:
        start = cell - cell % self._page
        page = self._file.read(start, self._page)
        header = 100 if start == 0 else 0
        if page[header : header + 1] != b"\x0d":
            return False
        count = int.from_bytes(page[header + 3 : header + 5], "big")
        pointers = page[header + 8 : header + 8 + 2 * count]
        places = {int.from_bytes(pointers[n : n + 2], "big") for n in range(0, len(pointers), 2)}
        return cell - start in places


def _records_around(window: bytes, anchor: int) -> Iterator[_Record]:
    """The records whose header may hold the hash's type at this place."""
    for table, (columns, place) in COLUMNS.items():
        after, end = _types(window, anchor + 2, len(columns) - place - 1)
        if after is None:
            continue
        # The header begins with its own length in one byte; then one to four for each type.
        for start in range(anchor - 1 - place, max(-1, anchor - 2 - 4 * place), -1):
            if window[start] != end - start:
                continue
            before, middle = _types(window, start + 1, place)
            if before is None or middle != anchor:
                continue
            if table == "revision" and before != (0,):  # the key stands outside the record
                continue
            yield _Record(table, start, (*before, _HASH, *after), end - start)


def _types(window: bytes, start: int, count: int) -> tuple[tuple[int, ...] | None, int]:
    """``count`` serial types from ``start``, and where they end; ``None`` for what is none."""
    types = []
    for _ in range(count):
        kind, start = _varint(window, start)
        if kind < 0 or kind in (7, 10, 11):  # no column of ours is a fraction
            return None, start
        types.append(kind)
    return tuple(types), start


def _varint(window: bytes, start: int) -> tuple[int, int]:
    """A number of at most four bytes and where it ends; -1 for a longer one."""
    value = 0
    for place in range(start, min(start + 4, len(window))):
        byte = window[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return -1, start


def _width(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]


def _value(kind: int, raw: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind < 12:
        return int.from_bytes(raw, "big", signed=True)
    return raw.decode("utf-8", "surrogateescape") if kind % 2 else raw


def _local(length: int, page: int, *, in_index: bool) -> int:
    """How much of a record lies in its own page (SQLite file format, 1.6)."""
    most = (page - 12) * 64 // 255 - 23 if in_index else page - 35
    if length <= most:
        return length
    least = (page - 12) * 32 // 255 - 23
    fitting = least + (length - least) % (page - 4)
    return fitting if fitting <= most else least


def _rowid_before(window: bytes, start: int, length: int) -> tuple[int, int]:
    """The number before a record and where its cell begins; (0, start) where that is not to be read.

    A cell is the record's length, the number, the record: the length is known and must fit.
    """
    told = _as_varint(length)
    for digits in range(1, 7):
        place = start - digits
        if place < len(told):
            break
        number = window[place:start]
        if number[-1] >= 0x80 or any(byte < 0x80 for byte in number[:-1]):
            continue
        if window[place - len(told) : place] == told:
            value = 0
            for byte in number:
                value = value << 7 | byte & 0x7F
            return value, place - len(told)
    return 0, start


def _as_varint(value: int) -> bytes:
    raw = [value & 0x7F]
    while value := value >> 7:
        raw.append(value & 0x7F | 0x80)
    return bytes(reversed(raw))
