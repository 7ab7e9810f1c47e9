import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.report.kept_words import KeptSpan, KeptWords, is_short


def test_the_longest_word_that_begins_at_a_place_is_meant() -> None:
    words = KeptWords(("บ้าน", "บ้านหนอง", "บ้านหนองแวง"))
    assert list(words.spans("ที่บ้านหนองแวงและบ้าน")) == [KeptSpan(3, 14, ()), KeptSpan(17, 21, ())]


def test_marks_say_where_a_break_is_allowed() -> None:
    (span,) = KeptWords(("กรุงเทพ|มหานคร",)).spans("ที่กรุงเทพมหานคร")
    assert span.cuts == (10,)


def test_a_mark_beside_a_blank_makes_two_words() -> None:
    words = KeptWords(("นาย ก้อง | นาย ขวัญ",))
    assert words.tokens("นาย ก้อง นาย ขวัญ") == ["นาย ก้อง", "นาย ขวัญ"]


def test_as_many_blanks_as_were_typed_belong_to_the_word() -> None:
    words = KeptWords(("นาย ก้อง|ภพ",))
    assert words.tokens("และ  นาย   ก้องภพ") == ["และ", "", "นาย   ก้องภพ"]
    (span,) = words.spans("นาย   ก้องภพ")
    assert (span.start, span.end, span.cuts) == (0, 12, (10,))


def test_a_word_does_not_end_before_a_mark_of_its_last_letter() -> None:
    assert list(KeptWords(("กก",)).spans("กกา กก่ กก")) == [KeptSpan(0, 2, ()), KeptSpan(8, 10, ())]


def test_short_words_are_known_as_such() -> None:
    short, long = KeptWords(("กา", "สมชาย")).spans("กา สมชาย")
    assert (is_short(short), is_short(long)) == (True, False)


@pytest.mark.parametrize("odd", ["", " ", "|", "||", " | ", "ก", "ก|", "|ก"])
def test_what_is_no_word_is_passed_over(odd: str) -> None:
    words = KeptWords((odd,))
    assert list(words.spans("ก | ข || ก")) == []
    assert words.tokens("ก | ข") == ["ก", "|", "ข"]


@given(st.lists(st.text("กขา่ |.*(", max_size=8)), st.text("กขา่ |.*(", max_size=40))
def test_nothing_is_lost_whatever_the_words(words: list[str], line: str) -> None:
    kept = KeptWords(tuple(words))
    assert " ".join(kept.tokens(line)) == line
    spans = list(kept.spans(line))
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert all(span.start < cut < span.end for span in spans for cut in span.cuts)
