"""One volume of the binder: a PDF whose pages come in order, with their numbers, bookmarks and shared fonts."""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from esa_desktop.report.binder.leaf import Leaf, operands
from esa_desktop.report.binder.pdf_pages import copied_fonts
from esa_desktop.report.binder.volume_file import Mark, VolumeFile

_BRANCH: Final = 50
"""Pages a node of the page tree holds: readers find page 4,000 without reading 3,999 others."""
PROGRAM: Final = "esa_desktop"


@dataclass(frozen=True, slots=True)
class Bookmark:
    depth: int
    words: str
    page: int
    """Number of the page's object."""


@dataclass
class _Series:
    """Pages that follow one another."""

    pages: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a volume stood at some time."""

    mark: Mark
    pages: int
    nodes: int
    bookmarks: int


class Volume:
    """The body is written first; what stands before it, when all numbers are known."""

    def __init__(self, path: Path, number: int) -> None:
        self.number = number
        """From 1."""
        self.file = VolumeFile(path)
        self._fonts = self.file.reserve()
        self._root_node = self.file.reserve()
        self._front = _Series()
        self._body = _Series()
        self.bookmarks: list[Bookmark] = []

    @property
    def pages(self) -> int:
        """Of the body."""
        return len(self._body.pages)

    @property
    def size(self) -> int:
        """Bytes of what is written, and of what its pages and bookmarks still need at the end."""
        nodes = sum(110 + 12 * _BRANCH for _ in self._body.nodes)
        labels = sum(24 + 4 * len(label) for label in self._body.labels)
        marks = sum(160 + 4 * len(mark.words) for mark in self.bookmarks)
        return self.file.size + nodes + labels + marks

    def place(self) -> Place:
        body = self._body
        return Place(self.file.mark(), len(body.pages), len(body.nodes), len(self.bookmarks))

    def take_back(self, place: Place) -> None:
        self.file.take_back(place.mark)
        del self._body.pages[place.pages :]
        del self._body.labels[place.pages :]
        del self._body.nodes[place.nodes :]
        del self.bookmarks[place.bookmarks :]

    def add(self, leaf: Leaf, label: str, over: bytes = b"", *, front: bool = False) -> int:
        """A page; ``over`` is drawn upon it in user space. The number of its object."""
        content = self.file.add_text(b"\n".join(filter(None, (leaf.content, over))))
        return self._add_page(leaf, content, label, self._front if front else self._body)

    def add_late(self, label: str) -> tuple[int, int]:
        """An A4 page whose content is not known yet: numbers of the page and of its content."""
        content = self.file.reserve()
        return self._add_page(Leaf(), content, label, self._body), content

    def _add_page(self, leaf: Leaf, content: int, label: str, series: _Series) -> int:
        if len(series.pages) % _BRANCH == 0:
            series.nodes.append(self.file.reserve())
        objects = b"".join(b"/%s %d 0 R" % (name.encode(), n) for name, n in leaf.objects)
        turned = b"/Rotate %d" % leaf.rotation if leaf.rotation else b""
        number = self.file.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[%s]%s/Contents %d 0 R"
            b"/Resources<</Font %d 0 R/XObject<<%s>>>>%s>>"
            % (
                series.nodes[-1],
                operands(leaf.box),
                turned,
                content,
                self._fonts,
                objects,
                leaf.entries,
            )
        )
        series.pages.append(number)
        series.labels.append(label)
        return number

    def finish(self, fonts: bytes, title: str, author: str, secret: str) -> tuple[int, int]:
        """Fonts, page tree, bookmarks and the rest; pages and bytes of the whole.

        ``fonts``: a PDF that holds them; ``secret``: what tells this volume from all others.
        """
        file = self.file
        copied_fonts(fonts, file, self._fonts)
        series = (self._front, self._body)
        pages = [page for part in series for page in part.pages]
        self._put_page_tree(series, len(pages))
        entries = [
            b"/Type/Catalog/Pages %d 0 R/Lang(th-TH)" % self._root_node,
            b"/ViewerPreferences<</DisplayDocTitle true>>",
            b"/PageLabels %d 0 R" % file.add(_page_labels([*self._front.labels, *self._body.labels])),
        ]  # fmt: skip
        if file.layers:
            hidden = [number for number, seen in file.layers.items() if not seen]
            entries.append(
                b"/OCProperties<</OCGs[%s]/D<</OFF[%s]/Order[]>>>>"
                % (_references(list(file.layers)), _references(hidden))
            )
        if self.bookmarks:
            entries.append(b"/PageMode/UseOutlines/Outlines %d 0 R" % self._put_bookmarks())
        root = file.add(b"<<%s>>" % b"".join(entries))
        names = {"Title": title, "Author": author, "Creator": PROGRAM, "Producer": PROGRAM}
        information = file.add(
            b"<<%s>>"
            % b"".join(b"/%s%s" % (key.encode(), text_string(v)) for key, v in names.items() if v)
        )
        identity = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()[:16]
        size = file.finish(root, information, identity)
        file.close()
        return len(pages), size

    def _put_page_tree(self, series: Sequence[_Series], count: int) -> None:
        nodes: list[int] = []
        for part in series:
            for place, node in enumerate(part.nodes):
                kids = part.pages[place * _BRANCH : (place + 1) * _BRANCH]
                self.file.put(
                    node,
                    b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>"
                    % (self._root_node, len(kids), _references(kids)),
                )
                nodes.append(node)
        self.file.put(
            self._root_node, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, _references(nodes))
        )

    def _put_bookmarks(self) -> int:
        """The outline; its upper levels open."""
        marks = self.bookmarks
        root = self.file.reserve()
        numbers = [self.file.reserve() for _ in marks]
        parents: list[int] = []
        above: list[int] = []
        for place, mark in enumerate(marks):
            del above[mark.depth :]
            parents.append(above[-1] if above else -1)
            above.append(place)
        kids: dict[int, list[int]] = {}
        for place, parent in enumerate(parents):
            kids.setdefault(parent, []).append(place)
        for place, mark in enumerate(marks):
            siblings = kids[parents[place]]
            at = bisect_left(siblings, place)
            entries = [
                b"/Title%s/Parent %d 0 R/Dest[%d 0 R/Fit]"
                % (
                    text_string(mark.words),
                    numbers[parents[place]] if parents[place] >= 0 else root,
                    mark.page,
                )
            ]
            if at:
                entries.append(b"/Prev %d 0 R" % numbers[siblings[at - 1]])
            if at + 1 < len(siblings):
                entries.append(b"/Next %d 0 R" % numbers[siblings[at + 1]])
            if inner := kids.get(place):
                entries.append(
                    b"/First %d 0 R/Last %d 0 R/Count %d"
                    % (numbers[inner[0]], numbers[inner[-1]], -len(inner))
                )
            self.file.put(numbers[place], b"<<%s>>" % b"".join(entries))
        top = kids[-1]
        self.file.put(
            root,
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
            % (numbers[top[0]], numbers[top[-1]], len(top)),
        )
        return root

    def close(self) -> None:
        self.file.close()


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _page_labels(labels: Sequence[str]) -> bytes:
    """Every page its own: no style of PDF counts in Thai letters or digits."""
    entries = [
        b"%d<</P%s>>" % (place, text_string(label)) if label else b"%d<<>>" % place
        for place, label in enumerate(labels)
    ]
    return b"<</Nums[%s]>>" % b" ".join(entries)


def text_string(words: str) -> bytes:
    """Words outside the pages: plain where they are, else in UTF-16."""
    if words.isascii() and words.isprintable() and not set(words) & set("()\\"):
        return b"(%s)" % words.encode()
    return b"<%s>" % ("\ufeff" + words).encode("utf-16-be", "replace").hex().upper().encode()
