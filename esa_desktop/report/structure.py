"""The structure tree of a PDF: what is a heading, a table, a cell, in the order it is read."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from reportlab.pdfbase import pdfdoc

Role = Literal[
    "Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Caption", "Figure", "Span",
    "Table", "TR", "TH", "TD", "TOC", "TOCI", "L", "LI", "LBody",
]  # fmt: skip
_CELLS: Final = ("TH", "TD")


class Element:
    """One node of the tree. Pages add the marks under which its text is drawn.

    The standard roles of ISO 32000-1 §14.8.4, so that no reader needs a map.
    """

    __slots__ = ("alt", "attributes", "kids", "role")

    def __init__(self, role: Role, *, alt: str = "", attributes: str = "") -> None:
        """``alt``: what a picture shows, in words; ``attributes``: a dictionary in PDF's own writing."""
        self.role: Role = role
        self.alt = alt
        self.attributes = attributes
        self.kids: list[Element | tuple[int, int]] = []
        """Elements, and (page from 0, mark on that page)."""

    def add(self, role: Role, *, alt: str = "", attributes: str = "") -> "Element":
        """A new element at the end of this one."""
        made = Element(role, alt=alt, attributes=attributes)
        self.kids.append(made)
        return made

    def adopt(self, elements: Iterable["Element | None"]) -> "Element":
        """Take elements in, in their order; the same one again, or none, is passed over."""
        last: Element | None = None
        for element in elements:
            if element is not None and element is not last:
                self.kids.append(element)
                last = element
        return self

    def cell(self, role: Literal["TH", "TD"], *, rows: int = 1, columns: int = 1) -> "Element":
        """A cell of this row; heads stand for their column."""
        entries = ["/O/Table"]
        if role == "TH":
            entries.append("/Scope/Column")
        if rows > 1:
            entries.append(f"/RowSpan {rows}")
        if columns > 1:
            entries.append(f"/ColSpan {columns}")
        attributes = f"<<{''.join(entries)}>>" if len(entries) > 1 else ""
        return self.add(role, attributes=attributes)

    def is_drawn(self) -> bool:
        """Whether any page holds something of it."""
        return any(isinstance(kid, tuple) or kid.is_drawn() for kid in self.kids)


def heading_role(level: int) -> Role:
    roles: tuple[Role, ...] = ("H1", "H2", "H3", "H4", "H5", "H6")
    return roles[min(max(level, 1), 6) - 1]


class _Node(pdfdoc.PDFObject):
    """An element as ReportLab writes objects: when numbers are known."""

    def __init__(self, element: Element, parent: Any, pages: list[Any]) -> None:
        self._element = element
        self._parent = parent
        self._pages = pages
        self._kids: list[Any] = []

    def take(self, kid: Any) -> None:
        self._kids.append(kid)

    def format(self, document: Any) -> bytes:
        element = self._element
        page: int | None = None
        kids: list[bytes] = []
        for kid in self._kids:
            if not isinstance(kid, tuple):
                kids.append(_number(document, kid))
                continue
            if page is None:
                page = kid[0]
            if kid[0] == page:
                kids.append(b"%d" % kid[1])
            else:
                reference = _number(document, self._pages[kid[0]])
                kids.append(b"<</Type/MCR/Pg %s/MCID %d>>" % (reference, kid[1]))
        words = [b"<</Type/StructElem/S/", element.role.encode(), b"/P "]
        words.append(_number(document, self._parent))
        if page is not None:
            words += [b"/Pg ", _number(document, self._pages[page])]
        if element.alt:
            words += [b"/Alt", _text_string(element.alt)]
        if element.attributes:
            words += [b"/A", element.attributes.encode()]
        words += [b"/K[", b" ".join(kids), b"]>>"]
        return b"".join(words)


class _Root(pdfdoc.PDFObject):
    def __init__(self) -> None:
        self.document: Any = None
        self.pages: list[list[Any]] = []
        """Per page the element of each mark: the way back from the page to the tree."""

    def format(self, document: Any) -> bytes:
        numbers = b" ".join(
            b"%d[%s]" % (page, b" ".join([_number(document, node) for node in nodes]))
            for page, nodes in enumerate(self.pages)
        )
        return b"<</Type/StructTreeRoot/K %s/ParentTreeNextKey %d/ParentTree<</Nums[%s]>>>>" % (
            self.document.format(document),
            len(self.pages),
            numbers,
        )


def write_structure(document: Any, tree: Element, pages: list[Any]) -> Any:
    """Hand the tree to a ReportLab document; ``pages`` are references to all pages, in order.

    What no page shows is left out, but for the cells of a row that is shown: rows keep their
    number of cells.
    """
    root = _Root()
    reference = document.Reference(root)
    marks: list[dict[int, Any]] = [{} for _ in pages]
    root.document = _register(document, tree, reference, pages, marks)
    root.pages = [[nodes[mark] for mark in sorted(nodes)] for nodes in marks]
    return reference


def _register(
    document: Any, element: Element, parent: Any, pages: list[Any], marks: list[dict[int, Any]]
) -> Any:
    node = _Node(element, parent, pages)
    reference = document.Reference(node)
    for kid in _shown(element):
        if isinstance(kid, tuple):
            marks[kid[0]][kid[1]] = reference
            node.take(kid)
        else:
            node.take(_register(document, kid, reference, pages, marks))
    return reference


def _shown(element: Element) -> Iterator[Element | tuple[int, int]]:
    for kid in element.kids:
        if isinstance(kid, tuple) or kid.is_drawn() or kid.role in _CELLS:
            yield kid


def _number(document: Any, reference: Any) -> bytes:
    """A reference as it is written: ReportLab's own way encodes every one by a code page."""
    return b"%d %d R" % document.idToObjectNumberAndVersion[reference.name]


def _text_string(text: str) -> bytes:
    return b"<" + ("\ufeff" + text).encode("utf-16-be", "replace").hex().upper().encode() + b">"
