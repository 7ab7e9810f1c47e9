import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.manual import Manual
from esa_desktop.domain.manual_text import parse_manual
from esa_desktop.services.manual_search import Found, ManualIndex, places_of
from tests.help_pages import PAGES, PICTURES

MANUAL = parse_manual(PAGES, frozenset(PICTURES))
INDEX = ManualIndex(MANUAL)


def made(**pages: str) -> ManualIndex:
    files = {f"{n:02}-{name}.md": text for n, (name, text) in enumerate(pages.items(), 1)}
    return ManualIndex(parse_manual(files, frozenset()))


def ids(found: Found) -> list[str]:
    return [hit.page for hit in found.hits]


def shown(found: Found) -> list[str]:
    """The marked letters of the first hit."""
    hit = found.hits[0]
    return [hit.line[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    "typed",
    ["ประเด็นที่ ๑๒", "ประเด็นที่ 12", "ประเด็นที่12", "  ประเด็นที่   12 "],
)
def test_digits_and_blanks_do_not_matter(typed: str) -> None:
    found = INDEX.search(typed)

    assert ids(found) == ["write"]
    assert found.is_exact


def test_a_decomposed_sara_am_is_found() -> None:
    assert ids(INDEX.search("น้\u0e4d\u0e32หนัก")) == ids(INDEX.search("น้ำหนัก")) == ["write"]


def test_case_does_not_matter() -> None:
    assert shown(INDEX.search("CTRL+n")) == ["Ctrl+N"]


def test_words_written_with_a_blank_are_found_without_one() -> None:
    found = INDEX.search("ข้อความที่มี")

    assert found.is_exact
    assert shown(found) == ["ข้อความ ที่มี"]


def test_a_forgotten_tone_mark_is_forgiven() -> None:
    found = INDEX.search("ทันทิที")
    assert not found.is_exact

    found = INDEX.search("เครือง")
    assert found.is_exact
    assert shown(found) == ["เครื่อง"]


def test_all_words_are_wanted_wherever_they_stand() -> None:
    assert ids(INDEX.search("แฟลชไดรฟ์ สำนักงาน")) == ["start"]


def test_a_typed_question_comes_near_by_its_longest_parts() -> None:
    found = INDEX.search("จะพิมพ์ชื่อสำนักงานตรงไหนดี")

    assert not found.is_exact
    assert ids(found)[0] == "start"
    assert "พิมพ์ชื่อสำนักงาน" in found.words


@pytest.mark.parametrize("typed", ["", "   ", "ๆๆๆ", "qqqq", "๙๙๙๙๙"])
def test_nothing_is_found_for_nothing_and_for_what_is_nowhere(typed: str) -> None:
    assert INDEX.search(typed).hits == ()


def test_what_is_typed_in_one_is_found_apart_too_but_later() -> None:
    index = made(other="# ก\nไม่เกี่ยว", apart="# ข\nไฟล์หลักฐานที่หายไป", whole="# ค\nถ้าไฟล์หาย")

    found = index.search("ไฟล์หาย")

    assert ids(found) == ["whole", "apart"]
    assert [found.hits[1].line[a:b] for a, b in found.hits[1].marks] == ["ไฟล์", "หาย"]


def test_the_page_that_is_about_it_comes_first() -> None:
    index = made(
        mention="# หนึ่ง\nสำรอง สำรอง สำรอง สำรอง สำรอง สำรอง สำรอง สำรอง",
        heading="# สอง\nก\n\n## สำรอง\nข",
        word="# สาม\nคำค้น: สำรอง\nก",
        title="# สำรองข้อมูล\nก",
    )

    assert ids(index.search("สำรอง")) == ["title", "word", "heading", "mention"]


def test_a_word_is_not_found_in_the_end_of_one_and_the_head_of_the_next() -> None:
    def cut(text: str) -> list[str]:
        return [word for word in re.split("(เพื่อน(?!ำ)|เพื่อ(?=นำ)|คณะกรรมการ|กรรมการ)", text) if word]

    files = {"01-a.md": "# ก\nเพื่อนำคณะกรรมการ", "02-b.md": "# ข\nบอกเพื่อนด้วย"}
    manual = parse_manual(files, frozenset())
    index = ManualIndex(manual, cut)

    assert ids(index.search("เพื่อน")) == ["b"]
    assert ids(index.search("เพื่อ")) == ["a", "b"]  # the beginning of a word, as it is typed
    assert ids(index.search("เพื่อนำ")) == ["a"]
    assert ids(index.search("กรรมการ")) == ["a"]  # inside of one word
    assert "a" in ids(ManualIndex(manual).search("เพื่อน"))  # where nobody knows the words


def test_words_beside_each_other_are_worth_more_than_apart() -> None:
    index = made(apart="# ก\nไฟล์ และ แนบ", beside="# ข\nแนบ ไฟล์")

    assert ids(index.search("แนบ ไฟล์")) == ["beside", "apart"]


def test_a_hit_names_the_heading_and_marks_the_words() -> None:
    found = INDEX.search("ปีงบประมาณ")

    assert (found.hits[0].heading, found.hits[0].line) == ("สร้างงานใหม่", "ปีงบประมาณ")
    assert shown(found) == ["ปีงบประมาณ"]


def test_a_search_word_finds_a_page_that_does_not_say_it() -> None:
    found = INDEX.search("ตัวหนา")

    assert ids(found) == ["write"]
    assert found.hits[0].marks == ()


def test_a_long_line_is_cut_around_the_words_between_clusters() -> None:
    index = made(long=f"# ก\n{'น้ำ' * 60}เป้าหมาย{'ที่นี่' * 60}")

    hit = index.search("เป้าหมาย").hits[0]

    assert hit.line.startswith("…น้ำ")
    assert hit.line.endswith(("ที่…", "นี่…"))
    assert len(hit.line) < 120
    assert [hit.line[a:b] for a, b in hit.marks] == ["เป้าหมาย"]


@given(st.text("กขสำรเ้่ ีแนบ12๑๒abAB", max_size=20), st.text("กขสำรเ้่ ีแนบ12๑๒abAB", max_size=90))
def test_marks_lie_inside_the_text_in_order_and_apart(word: str, text: str) -> None:
    end = 0
    for start, stop in places_of(text, word.split()):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text("ไม่รู้จะเขียนข้อความยังไง พิมพ์ 12", max_size=100))
def test_any_typing_is_answered(typed: str) -> None:
    for hit in INDEX.search(typed).hits:
        assert all(0 <= start < end <= len(hit.line) for start, end in hit.marks)


def test_twenty_long_pages_are_searched_at_every_key() -> None:
    long = "# หน้า\n" + "\n\n".join(f"ข้อความยาวของหน้านี้ลำดับที่ {n} " * 12 for n in range(12))
    files = {f"{n:02}-p{n}.md": long for n in range(20)}
    index = ManualIndex(Manual(parse_manual(files, frozenset()).pages))
    index.search("ทำให้พร้อม")

    start = time.perf_counter()
    for typed in ("ข้อความ", "ลำดับที่ ๑๑", "ไม่มีคำนี้ที่ไหนเลยในหน้าใดทั้งสิ้นจริง"):
        index.search(typed)
    assert (time.perf_counter() - start) / 3 < 0.15  # 8 to 25 ms here, alone
