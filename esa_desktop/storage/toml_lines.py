"""On which line of a TOML text each table and key stands: tomllib keeps no positions."""

import re
import tomllib
from bisect import bisect_right
from typing import Final

Place = tuple[str | int, ...]
"""``("standard", 0, "indicator", 2, "name")``: keys, and places in arrays counted from 0."""

_BLANK: Final = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?""""{0,2}' + r"|'''.*?''''{0,2}"
    r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR: Final = re.compile(r"[^,\]}\n#]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_DOT: Final = re.compile(r"[ \t]*\.[ \t]*")


def toml_lines(text: str) -> dict[Place, int]:
    """The line, counted from 1, on which every table and key of a valid TOML text begins."""
    walk = _Walk(text.replace("\r\n", "\n"))
    walk.document()
    return walk.lines


class _Walk:
    """Follows a text that tomllib has already accepted, so nothing is checked here."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {(): 1}
        self._text = text
        self._at = 0
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._lengths: dict[Place, int] = {}
        """How many ``[[...]]`` headers each array of tables has had so far."""

    def document(self) -> None:
        table: Place = ()
        while self._after_blanks() < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _after_blanks(self) -> int:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _note(self, place: Place) -> None:
        line = bisect_right(self._line_ends, self._at - 1) + 1
        for length in range(1, len(place) + 1):
            self.lines.setdefault(place[:length], line)

    def _header(self) -> Place:
        start = self._at
        repeated = self._text.startswith("[[", start)
        self._at += 2 if repeated else 1
        *above, last = self._key()
        place: Place = ()
        for part in above:
            place = self._latest((*place, part))
        place = (*place, last)
        if repeated:
            self._lengths[place] = self._lengths.get(place, 0) + 1
            place = self._latest(place)
        self._note(place)
        self._at = self._text.index("]]" if repeated else "]", self._at) + (2 if repeated else 1)
        return place

    def _latest(self, place: Place) -> Place:
        length = self._lengths.get(place)
        return (*place, length - 1) if length else place

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._after_blanks()
            quoted = _STRING.match(self._text, self._at)
            match = quoted or _BARE_KEY.match(self._text, self._at)
            if match is None:
                return parts
            parts.append(tomllib.loads(f"k={match[0]}")["k"] if quoted else match[0])
            self._at = match.end()
            dot = _DOT.match(self._text, self._at)
            if dot is None:
                return parts
            self._at = dot.end()

    def _pair(self, table: Place) -> None:
        start = self._at
        place = (*table, *self._key())
        after_key, self._at = self._at, start
        self._note(place)
        self._at = self._text.index("=", after_key) + 1
        self._value(place)

    def _value(self, place: Place) -> None:
        self._after_blanks()
        opening = self._text[self._at]
        if opening == "[":
            self._array(place)
        elif opening == "{":
            self._inline_table(place)
        else:
            match = (_STRING if opening in "\"'" else _SCALAR).match(self._text, self._at)
            self._at = match.end() if match else len(self._text)

    def _array(self, place: Place) -> None:
        self._at += 1
        count = 0
        while self._text[self._after_blanks()] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._note((*place, count))
            self._value((*place, count))
            count += 1
        self._at += 1

    def _inline_table(self, place: Place) -> None:
        self._at += 1
        while self._text[self._after_blanks()] != "}":
            if self._text[self._at] == ",":
                self._at += 1
            else:
                self._pair(place)
        self._at += 1
