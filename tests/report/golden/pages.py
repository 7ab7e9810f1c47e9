"""Golden pages: what a printed page holds, as positions, and how that is stored."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from tests.reading import squeezed

Matrix = tuple[float, float, float, float, float, float]
ARTIFACT: Final = -1
"""In place of a number of marked content: furniture of the page that nobody reads aloud."""


class Text(NamedTuple):
    """What one operator shows; lengths in points from the lower left corner of the paper."""

    x: float
    y: float
    end: float
    look: str
    """Font without subset tag, size, and angle and ink where they are not 0 and black."""
    text: str
    stops: tuple[float, ...] = ()
    """Where each word after a blank begins; on a spread line, where each letter does."""
    mark: int | None = None
    """Number of its marked content on the page, `ARTIFACT`, or ``None`` outside of both."""


class Rule(NamedTuple):
    """A stroke. What touches in one direction is one rule, however many operators drew it."""

    x: float
    y: float
    x2: float
    y2: float
    look: str


class Box(NamedTuple):
    """A filled or outlined rectangle, or a picture."""

    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass
class Page:
    paper: tuple[float, float]
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def words(self) -> str:
        """Without white, in the order of drawing."""
        return squeezed("".join(text.text for text in self.texts))


def _short(values: Iterable[Any]) -> list[Any]:
    """Lengths to a tenth of a point, whole ones without a point."""
    short: list[Any] = []
    for value in values:
        tenth = round(value, 1) if isinstance(value, float) else value
        short.append(int(tenth) if isinstance(tenth, float) and tenth == int(tenth) else tenth)
    return short


def to_json(pages: Sequence[Page]) -> str:
    """A text a line, so that a change of one is a change of one line; looks by number."""
    looks = list(dict.fromkeys(text.look for page in pages for text in page.texts))
    rows = []
    for page in pages:
        texts = []
        for text in page.texts:
            row = [looks.index(text.look), *_short([text.x, text.y, text.end]), text.text]
            texts.append(row + ([_short(text.stops)] if text.stops else []))
        values = {
            "paper": _short(page.paper),
            "rules": [_short(rule) for rule in page.rules],
            "boxes": [_short(box) for box in page.boxes],
        }
        head = ",\n".join(f'"{name}":{_dense(value)}' for name, value in values.items())
        body = ",\n".join(map(_dense, texts))
        rows.append(f'{{{head},\n"texts":[\n{body}\n]}}')
    return f'{{"looks":{_dense(looks)},\n"pages":[\n' + ",\n".join(rows) + "\n]}\n"


def _dense(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(stored: str) -> list[Page]:
    values = json.loads(stored)
    looks = values["looks"]
    return [
        Page(
            (page["paper"][0], page["paper"][1]),
            [
                Text(x, y, end, looks[look], text, tuple(more[0]) if more else ())
                for look, x, y, end, text, *more in page["texts"]
            ],
            [Rule(*rule) for rule in page["rules"]],
            [Box(*box) for box in page["boxes"]],
        )
        for page in values["pages"]
    ]
