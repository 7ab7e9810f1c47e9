import itertools
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.thai import clusters
from esa_desktop.paths import resources_folder
from esa_desktop.report.kept_words import KeptWords
from esa_desktop.report.line_break import (
    LineBreaker,
    default_line_breaker,
    letter_groups,
    line_breaker_with,
)
from esa_desktop.report.word_engines import (
    WORD_LIST,
    BlankBreaker,
    Breaker,
    LibThaiBreaker,
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
        "O-NET",
        "e-Learning",
        "P-OBEC",
        "A4/B5",
        "๐๔๐๐๑/ว๑๒๓",
        "นายสมชาย",
        "นางสาวสมหญิง",
        "สพฐ.",
        "ฯพณฯ",
        "R&D",
    ],
)
def test_nobody_would_break_inside(lines: LineBreaker, kept: str) -> None:
    assert lines.pieces(kept) == (kept,)


def test_a_prefix_goes_with_its_word(lines: LineBreaker) -> None:
    for piece in lines.pieces("เพื่อให้เกิดความรู้และการพัฒนา"):
        assert not piece.endswith(("ความ", "การ"))


def test_addresses_break_behind_strokes(lines: LineBreaker) -> None:
    assert lines.pieces("http://www.obec.go.th/a/b") == ("http://", "www.obec.go.th/", "a/b")


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("somchai.jaidee@obec.go.th", ("somchai.", "jaidee@", "obec.go.th")),
        (
            "https://www.example.go.th/index.php?page=12&id=3_4",
            ("https://", "www.example.go.th/", "index.", "php?page=", "12&id=3_4"),
        ),
        ("รายงานผล_2557_final.docx", ("รายงาน", "ผล_2557_", "final.docx")),
        ("การดำเนินงาน_2557_final.docx", ("การดำเนินงาน_2557_", "final.docx")),
        (
            "http://www.obec.go.th/2557/plan.pdf",
            ("http://", "www.obec.go.th/", "2557/", "plan.pdf"),
        ),
    ],
)
def test_long_addresses_break_behind_their_signs(
    lines: LineBreaker, typed: str, pieces: tuple[str, ...]
) -> None:
    assert lines.pieces(typed) == pieces


def test_short_latin_words_are_left_whole_among_thai(lines: LineBreaker) -> None:
    assert "EMIS" in lines.pieces("ระบบEMISของโรงเรียน")
    assert "www.obec.go.th" in lines.pieces("ที่www.obec.go.thได้")


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
        line_breaker = LineBreaker(breaker)
        assert "".join(line_breaker.pieces(text)) == text
        assert "".join(line_breaker.smaller(text)) == text
    assert "".join(letter_groups(text)) == text


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


class TestTheProjectsOwnWords:
    def test_are_never_broken_inside(self) -> None:
        name = "โรงเรียนบ้านหนองแวงวิทยา"
        assert len(default_line_breaker().pieces(name)) > 2
        assert line_breaker_with((name,)).pieces(f"ที่{name}ตั้งอยู่")[:2] == ("ที่", name)

    def test_of_another_project_change_nothing(self) -> None:
        name = "เครือข่ายไพวัลย์"
        before = default_line_breaker().pieces(name)
        assert line_breaker_with((name,)).pieces(name) == (name,)
        assert default_line_breaker().pieces(name) == before
        assert line_breaker_with(("ไพร",)).pieces(name) == before
        assert line_breaker_with(()) is default_line_breaker()

    def test_break_only_where_a_person_allowed_it(self) -> None:
        allowed = line_breaker_with(("กรุงเทพ|มหานคร",))
        assert allowed.pieces("กรุงเทพมหานคร") == ("กรุงเทพ", "มหานคร")
        assert line_breaker_with(("กรุง|เทพมหานคร",)).pieces("กรุงเทพมหานคร") == (
            "กรุง",
            "เทพมหานคร",
        )
        assert line_breaker_with(("คณะ|กรรมการ",)).pieces("คณะกรรมการ") == ("คณะ", "กรรมการ")

    def test_a_mark_in_the_middle_of_a_letter_is_no_place_to_break(self) -> None:
        assert line_breaker_with(("ท|ี่นา",)).pieces("ที่นา") == ("ที่นา",)

    def test_a_blank_in_a_word_parts_nothing(self) -> None:
        kept = line_breaker_with(("บ้าน หนองแวง", "นาย ก| นาย ข"))
        assert kept.tokens("ที่ บ้าน  หนองแวง นั้น") == ["ที่", "บ้าน  หนองแวง", "นั้น"]
        assert kept.pieces("บ้าน  หนองแวง") == ("บ้าน  หนองแวง",)
        assert kept.tokens("นาย ก นาย ข") == ["นาย ก", "นาย ข"]

    def test_a_short_word_does_not_tear_a_longer_one(self) -> None:
        kept = line_breaker_with(("กา", "นา"))
        for word in ("การพัฒนา", "นักเรียน", "นายสมชาย"):
            assert kept.pieces(word) == default_line_breaker().pieces(word)

    def test_two_hundred_cost_little(self) -> None:
        words = tuple(f"บ้านหนองน้ำใสหมู่ที่{n}" for n in range(200))
        text = "กาตามีนามากวนอาสาเราไปมา" * 40
        kept = line_breaker_with(words)
        started = time.perf_counter()
        for n in range(100):
            kept.pieces(f"{text}{n}")
        assert time.perf_counter() - started < 5

    @given(TYPED, st.lists(st.tuples(st.integers(0, 50), st.integers(2, 12)), max_size=3))
    def test_lose_nothing_and_hold_wherever_they_stand(
        self, text: str, places: list[tuple[int, int]]
    ) -> None:
        words = tuple(
            word
            for start, length in places
            if len(word := text[start : start + length]) > 1 and "|" not in word
        )
        kept = LineBreaker(default_breaker(), words)
        pieces = kept.pieces(text)
        assert "".join(pieces) == text
        ends = set(itertools.accumulate(map(len, pieces)))
        for span in KeptWords(words).spans(text):
            assert not ends & set(range(span.start + 1, span.end))
