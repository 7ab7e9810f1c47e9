from collections.abc import Sequence
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.framework import Framework, Indicator, Issue, Node, Standard
from esa_desktop.domain.framework_matching import Row, inside, match_rows
from esa_desktop.domain.framework_tree import children, places, retired_children
from tests.domain.framework_steps import EMPTY, frameworks, office, two_editions

FEW = settings(max_examples=40)


def rows_of(nodes: Sequence[Node], *, own_ids: bool = False, retired: bool = False) -> list[Row]:
    return [
        Row(
            type(node),
            node.name,
            node.id if own_ids else "",
            number=node.number,
            retired=retired,
            rows=[
                *rows_of(children(node), own_ids=own_ids),
                *rows_of(retired_children(node), own_ids=own_ids, retired=True),
            ],
        )
        for node in nodes
    ]


def matched(rows: list[Row], current: Framework) -> list[str]:
    running = count()
    match_rows(rows, current, lambda: f"new{next(running)}")
    return [row.node_id for row in inside(rows)]


def issues(*names: str) -> list[Row]:
    """One standard and one indicator of the office, with issues of these names."""
    below = [Row(Issue, name, number=number) for number, name in enumerate(names, 1)]
    indicator = Row(Indicator, "ตัวบ่งชี้เรื่องที่ 1", number=1, rows=below)
    return [Row(Standard, "มาตรฐานด้านที่ 1", number=1, rows=[indicator])]


@given(two_editions())
@FEW
def test_every_row_gets_an_id_of_its_own_and_of_its_kind(pair: tuple[Framework, Framework]) -> None:
    current, other = pair
    rows = rows_of(other.standards)

    ids = matched(rows, current)

    known = places(current)
    assert "" not in ids
    assert len(set(ids)) == len(ids)
    for row in inside(rows):
        assert row.matched == (row.node_id in known)
        assert not row.matched or isinstance(known[row.node_id].node, row.kind)


@given(two_editions(), st.booleans())
@FEW
def test_an_id_the_form_says_itself_stays(pair: tuple[Framework, Framework], mixed: bool) -> None:
    current, other = pair
    rows = rows_of(other.standards, own_ids=True)
    said = [row.node_id for row in inside(rows)]
    if mixed:
        for row in list(inside(rows))[::2]:
            row.node_id = ""

    ids = matched(rows, current)

    assert all(
        found == own or (mixed and n % 2 == 0)
        for n, (found, own) in enumerate(zip(ids, said, strict=True))
    )
    assert len(set(ids)) == len(ids)


def test_an_office_is_found_again_by_its_names() -> None:
    made = office()

    assert matched(rows_of(made.standards), made) == [node.id for _, node in made.walk()]


def test_an_issue_is_found_where_it_was_moved_to() -> None:
    made = office(1, 2, 8)
    moved = desk.move(made, "q0", "n1", 0)

    assert matched(rows_of(moved.standards), made) == [node.id for _, node in moved.walk()]


def test_of_two_rows_with_one_name_neither_is_taken_for_the_node() -> None:
    made = office(1, 1, 4)

    assert matched(issues("ประเด็นเรื่องที่ 1", "ประเด็นเรื่องที่ 1"), made) == ["s0", "n0", "new0", "new1"]


def test_another_name_at_the_same_place_is_another_issue() -> None:
    assert matched(issues("เรื่องอื่น"), office(1, 1, 4)) == ["s0", "n0", "new0"]


def test_a_name_is_the_same_in_either_digits_and_any_spacing() -> None:
    assert matched(issues("ประเด็น เรื่องที่  ๑"), office(1, 1, 4)) == ["s0", "n0", "q0"]


def stand_in(name: str, *, verified: bool = False) -> Framework:
    return desk.set_verified(desk.rename(office(1, 1, 4), "q1", name), "q1", verified)


def test_a_stand_in_at_the_same_place_is_filled() -> None:
    typed = ("ประเด็นเรื่องที่ 1", "ภาวะผู้นำของผู้บริหารที่ดี")
    for name in ("", "(ยังไม่ทราบชื่อ)", "ประเด็นที่ ๒", "ภาวะผู้นำของ…"):
        assert matched(issues(*typed), stand_in(name))[-1] == "q1"
    for name in ("การใช้ข้อมูล…", "ประเด็นที่ดี", "…"):
        assert matched(issues(*typed), stand_in(name))[-1] == "new0"
    assert matched(issues(*typed), stand_in("ประเด็นที่ ๒", verified=True))[-1] == "new0"


def test_a_retired_node_is_found_by_its_name_but_not_by_its_place() -> None:
    made = desk.retire(stand_in("(ยังไม่ทราบชื่อ)"), "q1")
    named = desk.retire(office(1, 1, 4), "q1")

    assert matched(issues("ก", "ข"), made)[-2:] == ["new0", "new1"]
    assert matched(issues("ประเด็นเรื่องที่ 2"), named)[-1] == "q1"


@given(frameworks())
def test_with_nothing_known_everything_is_new(framework: Framework) -> None:
    ids = matched(rows_of(framework.standards), EMPTY)

    assert ids == [f"new{n}" for n in range(len(ids))]
