"""Reads a printed document as a reader that reads aloud does: by its structure tree."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf

from tests.report.golden.differences import quoted
from tests.report.golden.page_reading import read_pages


class Marked(NamedTuple):
    """One stretch of marked content, in the order of the structure tree."""

    roles: tuple[str, ...]
    """From the document down."""
    page: int
    mark: int


def structure(document: pikepdf.Pdf) -> list[Marked]:
    """The leaves of the structure tree in its order; ``ValueError`` where there is no tree."""
    root = document.Root.get("/StructTreeRoot")
    if root is None:
        raise ValueError("the document has no structure tree")
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    return list(_leaves(root.K, (), None, numbers))


def _leaves(
    kid: Any, roles: tuple[str, ...], page: int | None, numbers: dict[tuple[int, int], int]
) -> Iterator[Marked]:
    if isinstance(kid, int):
        if page is None:
            raise ValueError(f"content of {'/'.join(roles)} is on no page")
        yield Marked(roles, page, kid)
    elif isinstance(kid, pikepdf.Array):
        for one in kid:
            yield from _leaves(one, roles, page, numbers)
    else:
        if "/Pg" in kid:
            page = numbers[kid.Pg.objgen]
        if kid.get("/Type") == "/OBJR":
            return
        if "/MCID" in kid:
            yield from _leaves(int(kid.MCID), roles, page, numbers)
        elif "/K" in kid:
            yield from _leaves(kid.K, (*roles, str(kid.S)[1:]), page, numbers)


def reading_order(pdf: bytes) -> list[tuple[Marked, str]]:
    """Marked content in the order of structure, each with its text as the fonts tell it."""
    pages = read_pages(pdf)
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pages, 1):
        for text in page.texts:
            if text.mark is not None:
                key = number, text.mark
                texts[key] = texts.get(key, "") + text.text
    with pikepdf.open(BytesIO(pdf)) as document:
        return [(leaf, texts.get((leaf.page, leaf.mark), "")) for leaf in structure(document)]


def structure_faults(pdf: bytes) -> list[str]:
    """Where structure and page part: text that is in no tag, in two, or read in another order."""
    said = []
    leaves = [leaf for leaf, _ in reading_order(pdf)]
    for number, page in enumerate(read_pages(pdf), 1):
        loose = [text.text for text in page.texts if text.mark is None]
        said += [f"page {number}: {quoted(text)} is in no marked content" for text in loose]
        drawn = [text.mark for text in page.texts if text.mark is not None and text.mark >= 0]
        told = [leaf.mark for leaf in leaves if leaf.page == number]
        if told != sorted(set(told)):
            said.append(f"page {number}: the structure reads the marks in the order {told}")
        missing = sorted(set(drawn) - set(told))
        said += [f"page {number}: mark {mark} is drawn but in no tag" for mark in missing]
        if drawn != sorted(drawn):
            said.append(f"page {number}: marks are drawn in the order {drawn}")
    return said
