from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import get_args

import pikepdf
import pytest
from PIL import Image as Pictures

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.printing import Form, PrintOptions
from esa_desktop.domain.richtext import Image, RichText, from_plain, paragraph
from esa_desktop.report.sheet import render_sheets
from esa_desktop.report.structure import Element, heading_role
from tests.report.rounds import invented_round

FORMS = get_args(Form)
SHOWING = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "b"}


def structure_faults(content: bytes) -> list[str]:
    """What is wrong between the pages and the tree, in words; read without the writer's code."""
    with pikepdf.open(BytesIO(content)) as document:
        faults: list[str] = []
        root = document.Root.StructTreeRoot
        in_tree: dict[int, list[tuple[int, str, tuple[int, int]]]] = {}
        places = {page.objgen: place for place, page in enumerate(document.pages)}
        faults += _walk(root.K, root, places, in_tree)
        numbers = list(root.ParentTree.Nums)
        parents = dict(zip((int(n) for n in numbers[::2]), numbers[1::2], strict=True))
        for place, page in enumerate(document.pages):
            marked, loose = _marks(page)
            faults += [f"page {place}: {operator} outside any mark" for operator in loose]
            known = in_tree.get(place, [])
            order = [mark for mark, _, _ in known]
            if order != sorted(set(order)):
                faults.append(f"page {place}: the tree reads the marks as {order}")
            if [mark for mark, _ in marked] != sorted(order):
                faults.append(f"page {place}: marks {marked}, in the tree {sorted(order)}")
            roles = {mark: role for mark, role, _ in known}
            faults += [
                f"page {place}: mark {mark} is /{tag} on the page, {roles[mark]} in the tree"
                for mark, tag in marked
                if mark in roles and roles[mark] != tag
            ]
            back = [entry.objgen for entry in parents.get(int(page.StructParents), [])]
            if back != [owner for _, _, owner in sorted(known)]:
                faults.append(f"page {place}: the parent tree leads elsewhere")
        return faults


def _walk(
    element: pikepdf.Object,
    parent: pikepdf.Object,
    places: dict[tuple[int, int], int],
    found: dict[int, list[tuple[int, str, tuple[int, int]]]],
) -> Iterator[str]:
    """Collects the marks of every page in the order of the tree; yields wrong links upwards."""
    if element.P.objgen != parent.objgen:
        yield f"{element.S} has another parent than the one that holds it"
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            place, mark = places[element.Pg.objgen], kid
        elif kid.get("/Type") == "/MCR":
            place, mark = places[kid.Pg.objgen], int(kid.MCID)
        else:
            yield from _walk(kid, element, places, found)
            continue
        found.setdefault(place, []).append((mark, str(element.S), element.objgen))


def _marks(page: pikepdf.Page) -> tuple[list[tuple[int, str]], list[str]]:
    """Marks of a page with their tags, and operators that show something outside any mark."""
    marked: list[tuple[int, str]] = []
    loose: list[str] = []
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BMC", "BDC"}:
            depth += 1
            if name == "BDC" and "/MCID" in operands[1]:
                marked.append((int(operands[1].MCID), str(operands[0])))
        elif name == "EMC":
            depth -= 1
        elif name in SHOWING and depth != 1:  # artifacts hold nothing, nor do elements, but text
            loose.append(name)
    return marked, loose


def rich_round() -> AssessmentRound:
    """Tables and lists over several pages, a picture, a committee: everything a tree can hold."""
    assessed = invented_round()
    pictured = RichText((paragraph("ดังภาพ"), Image("a" * 64, 200.0), paragraph("ภาพที่ ๑")))
    issues = dict(assessed.issues)
    issues["issue-1-3"] = replace(assessed.issue("issue-1-3"), results=pictured)
    names = "\n".join(f"นายสมมุติ ที่{place}, กรรมการ" for place in range(1, 8))
    return replace(assessed, issues=issues, book={"committee": from_plain(names)})


def picture(_: str) -> bytes:
    written = BytesIO()
    Pictures.linear_gradient("L").save(written, "PNG")
    return written.getvalue()


def printed(options: PrintOptions, only: list[int] | None = None) -> bytes:
    return render_sheets(rich_round(), options, image=picture, only=only)[0]


@pytest.mark.parametrize("paper", ["a4-landscape", "a4-portrait", "f4-portrait"])
@pytest.mark.parametrize("form", FORMS)
def test_tree_and_pages_agree_for_every_form(form: Form, paper: str) -> None:
    options = PrintOptions(form=form, signatures=True, watermark="ร่าง", header="หัว", paper=paper)
    assert structure_faults(printed(options)) == []


@pytest.mark.parametrize("form", ["sheets", "blank", "committee"])
@pytest.mark.parametrize("size", [10.0, 24.0])
def test_tree_and_pages_agree_where_rows_and_ladders_are_cut(form: Form, size: float) -> None:
    options = PrintOptions(form=form, size_pt=size, margins_mm=(20, 15, 60, 60))
    assert structure_faults(printed(options)) == []


@pytest.mark.parametrize("only", [[1], [2, 4], [3, 0]])
def test_pages_printed_apart_from_their_beginning_are_in_the_tree(only: list[int]) -> None:
    content = printed(PrintOptions(), only)
    assert structure_faults(content) == []
    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.pages) == len(only)
        assert all(_marks(page)[0] for page in document.pages)


class TestFaultsAreFound:
    """Of the check itself: a page that was spoilt is told from one that was not."""

    @staticmethod
    def spoilt(change: str) -> list[str]:
        with pikepdf.open(BytesIO(printed(PrintOptions()))) as document:
            page = document.pages[0]
            root = document.Root.StructTreeRoot
            section = root.K.K[0]
            if change == "unmarked text":
                page.contents_add(b"BT /G1 12 Tf 1 0 0 1 50 50 Tm <0001> Tj ET")
            elif change == "swapped":
                section.K = pikepdf.Array([section.K[1], section.K[0], *list(section.K)[2:]])
            elif change == "left out":
                section.K = pikepdf.Array(list(section.K)[1:])
            elif change == "twice":
                section.K.append(section.K[0])
            elif change == "parent":
                section.K[0].P = root.K
            elif change == "way back":
                entries = root.ParentTree.Nums[1]
                entries[0] = entries[1]
            elif change == "role":
                section.K[0].S = pikepdf.Name.Span
            written = BytesIO()
            document.save(written)
        return structure_faults(written.getvalue())

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ("unmarked text", "Tj outside any mark"),
            ("swapped", "the tree reads the marks as"),
            ("left out", "in the tree"),
            ("twice", "the tree reads the marks as"),
            ("parent", "another parent"),
            ("way back", "the parent tree leads elsewhere"),
            ("role", "on the page, /Span in the tree"),
        ],
    )
    def test_each_by_its_own_words(self, change: str, words: str) -> None:
        assert any(words in fault for fault in self.spoilt(change))

    def test_an_untouched_file_has_none(self) -> None:
        assert self.spoilt("nothing") == []


@contextmanager
def opened(options: PrintOptions) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(printed(options))) as document:
        yield document


def elements(document: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    """All elements of a role in the order of reading."""
    found = []
    waiting = [document.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        if str(element.S) == f"/{role}":
            found.append(element)
        kids = element.get("/K", [])
        waiting[:0] = [kid for kid in kids if not isinstance(kid, int) and "/S" in kid]
    return found


def test_boxes_tell_which_level_was_chosen() -> None:
    """The round has level 4 for its first indicator and none for its second."""
    with opened(PrintOptions()) as document:
        words = [str(figure.Alt) for figure in elements(document, "Figure")]
    assert words.count("เลือกระดับ ๔") == 1
    assert [words.count(f"ไม่ได้เลือกระดับ {digit}") for digit in "๕๓๒๑"] == [1, 1, 1, 1]
    assert [words.count(f"ช่องระดับ {digit} ยังไม่ได้เลือก") for digit in "๕๔๓๒๑"] == [1] * 5


def test_texts_and_evidence_are_cells_over_all_five_levels() -> None:
    with opened(PrintOptions()) as document:
        rows = list(elements(document, "Table")[0].K)
        assert [len(row.K) for row in rows] == [4, 4, 2, 2, 2, 2]
        assert [int(cell.A.RowSpan) for cell in list(rows[1].K)[2:]] == [5, 5]
        assert all(cell.S == "/TH" and cell.A.Scope == "/Column" for cell in rows[0].K)


def _is_mark(kid: object) -> bool:
    """On the page of its element, or on another one."""
    return isinstance(kid, int) or (isinstance(kid, pikepdf.Object) and "/MCID" in kid)


@pytest.mark.parametrize("form", ["sheets", "blank", "committee"])
def test_heads_repeated_on_later_pages_are_read_once(form: Form) -> None:
    with opened(PrintOptions(form=form, size_pt=24)) as document:
        heads = [row for row in elements(document, "TR") if row.K[0].S == "/TH"]
        marks = [[kid for kid in cell.K if _is_mark(kid)] for row in heads for cell in row.K]
        assert len(document.pages) > 1
        assert len(marks) >= 4
        assert {len(cell) for cell in marks if cell} == {1}


def test_a_figure_is_told_where_it_stands_on_a_page_moved_for_binding() -> None:
    straight = PrintOptions(form="committee", size_pt=24, gutter_mm=20)
    boxes = []
    for options in (straight, replace(straight, duplex=True)):
        with opened(options) as document:
            figures = elements(document, "Figure")
            boxes.append([[float(edge) for edge in figure.A.BBox] for figure in figures])
    shifts = {round(b[0] - a[0], 1) for a, b in zip(*boxes, strict=True)}
    assert shifts == {0.0, round(-20 * 72 / 25.4, 1)}


class TestElements:
    def test_headings_have_six_ranks_at_most(self) -> None:
        assert [heading_role(level) for level in (0, 1, 6, 9)] == ["H1", "H1", "H6", "H6"]

    def test_the_same_element_twice_in_a_row_is_taken_once(self) -> None:
        one, two = Element("P"), Element("P")
        assert Element("Sect").adopt([one, one, None, one, two]).kids == [one, two]

    def test_only_what_a_page_holds_counts_as_drawn(self) -> None:
        section = Element("Sect")
        line = section.add("P")
        assert not section.is_drawn()
        line.kids.append((0, 0))
        assert section.is_drawn()
