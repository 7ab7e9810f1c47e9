import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.report.document import DrawnPage
from esa_desktop.services.page_changes import OldPage, Reprint, compare, exchange, warning


def stack(marks: str | list[str], front: int = 0, covers: int = 0) -> list[DrawnPage]:
    """Pages with one mark each; the first ones are covers, then ก ข ค, then ๑ ๒ ๓."""
    numbers = [""] * covers + list("กขคงจฉช"[:front])
    numbers += [thai(n) for n in range(1, len(marks) + 1)]
    return [DrawnPage(number, mark) for number, mark in zip(numbers, marks, strict=False)]


def thai(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def lying(pages: list[DrawnPage]) -> list[OldPage]:
    return [(page.number, page.fingerprint) for page in pages]


def called(pages: list[OldPage]) -> list[str]:
    return [number or f"ที่ไม่มีเลข (แผ่นที่ {thai(place)})" for place, (number, _) in enumerate(pages, 1)]


def exchanged(old: list[OldPage], new: list[DrawnPage], told: Reprint) -> list[OldPage]:
    """What a careful person has who does what the reprint says, one page after the other."""
    names = called(old)
    assert set(told.removed) <= set(names)
    kept = [page for page, name in zip(old, names, strict=True) if name not in told.removed]
    renamed = dict(told.moved)
    kept = [(renamed.get(number, number), mark) for number, mark in kept]
    result: list[OldPage] = []
    for place in range(len(new)):
        if place in told.pages:
            result.append((new[place].number, new[place].fingerprint))
        else:
            result.append(kept.pop(0))
    assert not kept
    return result


marks = st.lists(st.sampled_from("abcde"), max_size=24)
stacks = st.builds(stack, marks, st.integers(0, 4), st.integers(0, 2))


@given(stacks, stacks)
def test_doing_what_is_said_gives_exactly_the_new_stack(
    old: list[DrawnPage], new: list[DrawnPage]
) -> None:
    before = lying(old)

    assert exchanged(before, new, compare(before, new)) == lying(new)


@given(stacks, stacks)
def test_sheets_printed_on_both_sides_are_exchanged_whole(
    old: list[DrawnPage], new: list[DrawnPage]
) -> None:
    before = lying(old)

    told = compare(before, new, leaf=2)

    assert exchanged(before, new, told) == lying(new)
    assert {page ^ 1 for page in told.pages if page ^ 1 < len(new)} <= set(told.pages)


def longest(old: list[str], new: list[str]) -> int:
    """Length of a longest common subsequence, by the book."""
    row = [0] * (len(new) + 1)
    for a in old:
        above = row[:]
        for at, b in enumerate(new, 1):
            row[at] = above[at - 1] + 1 if a == b else max(above[at], row[at - 1])
    return row[-1]


@given(marks, marks)
def test_no_page_is_printed_that_could_have_stayed(old: list[str], new: list[str]) -> None:
    told = compare(lying(stack(old)), stack(new))

    assert len(new) - len(told.pages) == longest(old, new)


@given(stacks)
def test_an_unchanged_report_needs_no_paper(pages: list[DrawnPage]) -> None:
    told = compare(lying(pages), pages)

    counted = sum(page.number.isdigit() for page in pages)
    assert told == Reprint((), (), (), (), first_time=False, said=(counted,))
    assert exchange(told) == warning(told) == ""


def test_the_first_time_everything_is_printed() -> None:
    told = compare(None, stack("abc"))

    assert told.first_time
    assert told.pages == (0, 1, 2)
    assert "พิมพ์ทุกหน้า" in warning(told)
    assert exchange(told) == ""


def test_a_page_put_in_moves_the_numbers_behind_it() -> None:
    told = compare(lying(stack("abcdef")), stack("abxcdef"))

    assert told.pages == (2,)
    assert told.moved == (("๓", "๔"), ("๔", "๕"), ("๕", "๖"), ("๖", "๗"))
    assert told.totals == (6, 7)
    assert exchange(told) == "ใส่หน้า ๓ ที่พิมพ์ใหม่"
    first, second = warning(told).split("\n")
    assert "หน้า ๓–๖ เป็น ๔–๗" in first
    assert "จาก ๖ เป็น ๗" in second
    assert "“จาก ๖”" in second


def test_a_changed_page_alone_changes_no_number() -> None:
    told = compare(lying(stack("abcdef")), stack("abXdef"))

    assert told.pages == (2,)
    assert (told.removed, told.moved, told.totals) == (("๓",), (), None)
    assert exchange(told) == "นำหน้า ๓ เดิมออก แล้วใส่หน้า ๓ ที่พิมพ์ใหม่"
    assert warning(told) == ""


def test_pages_taken_away_at_the_end_leave_a_wrong_total() -> None:
    told = compare(lying(stack("abcdef")), stack("abcd"))

    assert (told.pages, told.removed) == ((), ("๕", "๖"))
    assert exchange(told) == "นำหน้า ๕–๖ เดิมออก"
    assert warning(told).startswith("จำนวนหน้าทั้งหมดเปลี่ยนจาก ๖ เป็น ๔")


def test_what_a_foot_does_not_say_cannot_be_wrong() -> None:
    told = compare(lying(stack("abcdef")), stack("abxcdef"))

    assert warning(told, "none") == ""
    assert "จำนวนหน้าทั้งหมด" not in warning(told, "plain")
    assert "เลขหน้าเลื่อน" in warning(told, "plain")


def test_an_exchanged_cover_and_foreword_are_called_what_people_see() -> None:
    old, new = stack("abcdefg", front=2, covers=1), stack("ABcdefg", front=2, covers=1)

    told = compare(lying(old), new)

    assert told.removed == told.numbers == ("ที่ไม่มีเลข (แผ่นที่ ๑)", "ก")
    assert warning(told) == ""


def test_totals_are_silent_where_only_the_preliminary_pages_grew() -> None:
    old, new = stack("abcdefg", front=2), stack("abXcdefg", front=3)

    told = compare(lying(old), new)

    assert told.totals is None
    assert told.pages == (2,)


def test_pages_changed_all_over_are_told_as_many_without_a_list_nobody_reads() -> None:
    old = [f"p{n}" for n in range(200)]
    new = [mark if n % 2 else f"q{n}" for n, mark in enumerate(old)]

    told = compare(lying(stack(old)), stack(new))

    assert len(told.pages) == 100
    assert "ช่วง" in exchange(told)
    assert len(exchange(told)) < 400


@pytest.mark.alone
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["b"] * 3000, ["b"] * 1500 + ["x"] + ["b"] * 1600),
        (["b", "a"] * 1500, ["b"] + ["b", "c"] * 1500),
        ([f"p{n}" for n in range(3000)], [f"p{n}" for n in range(2999, -1, -1)]),
        ([f"p{n % 40}" for n in range(3000)], [f"p{n % 37}" for n in range(3000)]),
    ],
    ids=["blank pages", "every other blank", "turned round", "few different ones"],
)
def test_three_thousand_pages_are_compared_while_nobody_waits(
    old: list[str], new: list[str]
) -> None:
    start = time.process_time()

    told = compare(lying(stack(old)), stack(new))

    assert time.process_time() - start < 2
    assert exchanged(lying(stack(old)), stack(new), told) == lying(stack(new))


def test_pages_that_were_not_printed_again_are_warned_of_until_they_are() -> None:
    before, after = stack("abcd"), stack("abXcd")
    told = compare(lying(before), after)
    bears = {new: old for old, new in told.moved}
    on_paper = [(bears.get(page.number, page.number), page.fingerprint) for page in after]

    again = compare(on_paper, after, said=told.said)

    assert told.said == (4, 5)
    assert (again.pages, again.removed) == ((), ())
    assert warning(again) == warning(told)
    assert "จาก ๔" in warning(again)
    assert warning(compare(lying(after), after)) == ""
