import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.thai import clusters
from esa_desktop.paths import resources_folder
from esa_desktop.report.line_break import (
    WORD_LIST,
    BlankBreaker,
    Breaker,
    LibThaiBreaker,
    LineBreaker,
    Nlpo3Breaker,
    default_breaker,
)


def libthai() -> Breaker:
    try:
        return LibThaiBreaker()
    except (OSError, AttributeError):
        pytest.skip("no libthai on this machine")


def nlpo3() -> Breaker:
    words = resources_folder() / WORD_LIST
    if not words.is_file():
        pytest.skip("no word list beside the program")
    return Nlpo3Breaker(words)


@pytest.fixture(scope="module", params=[libthai, nlpo3])
def lines(request: pytest.FixtureRequest) -> LineBreaker:
    """Both engines that real machines have."""
    return LineBreaker(request.param())


def test_words_are_found(lines: LineBreaker) -> None:
    pieces = lines.pieces("โรงเรียนพัฒนาคุณภาพครู")
    assert "".join(pieces) == "โรงเรียนพัฒนาคุณภาพครู"
    assert len(pieces) >= 3
    assert "โรงเรียน" in pieces


@pytest.mark.parametrize(
    "kept",
    [
        "พ.ศ.๒๕๕๗",
        "๑๑/๒๕๕๗",
        "ต่างๆ",
        "ประเด็นที่",
        "ปีงบประมาณ",
        "ดำเนินงาน",
        "องค์คณะ",
        "ก.ค.ศ.",
        "(ปีงบประมาณ",
        "๔๙.๕๘",
        "12-34",
    ],
)
def test_nobody_would_break_inside(lines: LineBreaker, kept: str) -> None:
    assert lines.pieces(kept) == (kept,)


def test_a_prefix_goes_with_its_word(lines: LineBreaker) -> None:
    for piece in lines.pieces("เพื่อให้เกิดความรู้และการพัฒนา"):
        assert not piece.endswith(("ความ", "การ"))


def test_addresses_break_behind_strokes(lines: LineBreaker) -> None:
    assert lines.pieces("http://www.obec.go.th/a/b") == ("http://", "www.obec.go.th/", "a/b")


def test_brackets_and_quotes_stay_with_their_words(lines: LineBreaker) -> None:
    pieces = lines.pieces("(การพัฒนา)และ“คุณภาพ”ของโรงเรียน")
    assert all(
        not piece.startswith((")", "”")) and not piece.endswith(("(", "“")) for piece in pieces
    )


TYPED = st.text(
    st.sampled_from("กขคงจนมยรลวสหอะาำิีึืุูเแโใไ่้๊๋์็ๆฯ๑๒๓12ab.,:()/-“”") | st.characters(),
    max_size=60,
).map(lambda text: text.replace(" ", ""))


@given(TYPED)
def test_pieces_joined_are_the_text(text: str) -> None:
    for breaker in _engines():
        pieces = LineBreaker(breaker).pieces(text)
        assert "".join(pieces) == text


@given(TYPED)
def test_no_piece_starts_with_what_must_not_start_a_line(text: str) -> None:
    for breaker in _engines():
        pieces = LineBreaker(breaker).pieces(text)
        for piece in pieces[1:]:
            assert piece[0] not in "ะัาำิีึืุูๅๆ่้๊๋์็ฯ)”,.:"
        if len(pieces) > 1:
            assert len(pieces[-1]) > 1
            assert all(len(piece) > 1 or piece in "/-–—" for piece in pieces)


@given(st.text(st.sampled_from("กขนมรสอะาิีุู่้์เแโไ"), min_size=1, max_size=40))
def test_no_break_parts_a_letter_from_its_marks(text: str) -> None:
    for breaker in _engines():
        ends = set()
        at = 0
        for cluster in clusters(text):
            at += len(cluster)
            ends.add(at)
        at = 0
        for piece in LineBreaker(breaker).pieces(text)[:-1]:
            at += len(piece)
            assert at in ends


def _engines() -> Sequence[Breaker]:
    found: list[Breaker] = [default_breaker()]
    words = resources_folder() / WORD_LIST
    if words.is_file():
        found.append(Nlpo3Breaker(words))
    return found


def test_a_machine_without_engines_still_breaks_at_signs() -> None:
    assert LineBreaker(BlankBreaker()).pieces("สพป./สพม.ทุกเขต") == ("สพป./", "สพม.ทุกเขต")


def test_twenty_thousand_letters_without_a_blank_take_no_time(lines: LineBreaker) -> None:
    text = "กาตามีนามากวนอาสาเราไปมา" * 900
    started = time.perf_counter()
    assert "".join(lines.pieces(text)) == text
    assert time.perf_counter() - started < 5
