import itertools
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import Part
from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.framework import Standard
from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.thai import thai_digits
from tests.report.books import TEXTS, book_round, bookmarks, page_labels, printed_book, roles
from tests.report.reading import HAS_POPPLER, close, missing_runs, poppler_pages

PAPERS = ["a4-landscape", "f4-portrait"]
FONTS = ["TH Sarabun New", "Sarabun"]


def weighed(assessed: AssessmentRound, *, verified: bool) -> AssessmentRound:
    """The round with a weight and a share everywhere, and a level."""
    standards = tuple(
        replace(
            standard,
            share=61.5 if standard.number == 1 else 38.5,
            share_verified=verified,
            indicators=tuple(
                replace(indicator, weight=7.25, weight_verified=verified)
                for indicator in standard.indicators
            ),
        )
        for standard in assessed.framework.standards
    )
    framework = replace(assessed.framework, standards=standards)
    levels = {
        indicator.id: replace(assessed.indicator(indicator.id), level=level)
        for level, (_, _, indicator) in zip((4, 5, 2), framework.indicators(), strict=True)
    }
    return replace(assessed, framework=framework, indicators=levels)


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_text_of_the_book_can_be_copied_in_its_order(
    tmp_path: Path, paper: str, font: str
) -> None:
    assessed = book_round()
    pages, _ = printed_book(assessed, tmp_path, paper=paper, font=font)
    readings = ["".join(pages)]
    if HAS_POPPLER:
        readings.append(close("".join(poppler_pages(tmp_path / "book.pdf"))))
    for reading in readings:
        places = [reading.find(close(line)) for t in TEXTS.values() for line in t.split("\n")]
        assert -1 not in places
        assert places == sorted(places)
        missing, count = missing_runs(assessed, reading)
        assert count > 100
        assert len(missing) <= count * 0.005, missing[:5]


@pytest.mark.parametrize("size_pt", [10.0, 24.0])
@pytest.mark.parametrize("font", FONTS)
def test_every_size_of_type_finds_room(tmp_path: Path, size_pt: float, font: str) -> None:
    pages, result = printed_book(
        book_round(), tmp_path, size_pt=size_pt, font=font, paper="a4-portrait", gutter_mm=10.0
    )
    assert result.pages == len(pages)
    for text in TEXTS.values():
        assert close(text.split("\n")[-1]) in "".join(pages)


def test_the_cover_has_no_number_front_pages_have_letters_and_the_rest_digits(
    tmp_path: Path,
) -> None:
    pages, _ = printed_book(book_round(), tmp_path)
    labels = page_labels(tmp_path / "book.pdf")
    assert labels[:5] == ["", "ก", "ข", "ค", "๑"]
    assert labels[4:] == [thai_digits(n) for n in range(1, len(pages) - 3)]
    assert pages[4].endswith(f"หน้า๑จาก{thai_digits(len(pages) - 4)}")


def test_the_contents_name_the_page_on_which_everything_begins(tmp_path: Path) -> None:
    pages, _ = printed_book(book_round(), tmp_path)
    labels = page_labels(tmp_path / "book.pdf")
    lines = bookmarks(tmp_path / "book.pdf")
    contents = next(page for _, words, page in lines if words == "สารบัญ")
    listed = [(words, labels[page]) for _, words, page in lines if words not in ("ปก", "สารบัญ")]
    assert len(listed) == 17
    assert pages[contents] == close(
        "สารบัญ หน้า" + "".join(words + label for words, label in listed) + "สารบัญ" + labels[contents]
    )


def test_a_bookmark_leads_to_a_page_that_says_its_words(tmp_path: Path) -> None:
    pages, _ = printed_book(book_round(), tmp_path)
    for _, words, page in bookmarks(tmp_path / "book.pdf")[1:]:
        assert close(words.split(" : ")[-1]) in pages[page]


def test_parts_standards_and_indicators_are_nested(tmp_path: Path) -> None:
    printed_book(book_round(), tmp_path)
    depths = [depth for depth, _, _ in bookmarks(tmp_path / "book.pdf")]
    assert depths == [0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1]


def test_what_was_not_chosen_is_missing_and_numbers_close_up(tmp_path: Path) -> None:
    parts = (Part.CONTENTS, Part.CRITERIA, Part.RESULTS)
    printed_book(book_round(), tmp_path, parts=parts)
    assert [words for _, words, _ in bookmarks(tmp_path / "book.pdf")] == [
        "สารบัญ",
        "ส่วนที่ ๑ เกณฑ์และวิธีการประเมิน",
        "ส่วนที่ ๒ สรุปผลการประเมิน",
    ]


@pytest.mark.parametrize("parts", [(), (Part.FOREWORD, Part.ORDERS)])
def test_a_book_of_nothing_is_refused_in_one_sentence(
    tmp_path: Path, parts: tuple[Part, ...]
) -> None:
    with pytest.raises(ReportError, match="กรุณา"):
        printed_book(replace(book_round(), book={}), tmp_path, parts=parts)


def test_a_round_without_texts_makes_a_book_of_what_the_program_knows(tmp_path: Path) -> None:
    pages, _ = printed_book(replace(book_round(), book={}), tmp_path)
    assert len(pages) > 10
    words = [words for _, words, _ in bookmarks(tmp_path / "book.pdf")]
    assert "คำนำ" not in words
    assert "ส่วนที่ ๑ เกณฑ์และวิธีการประเมิน" in words


def test_printed_on_both_sides_every_part_begins_on_a_right_hand_page(tmp_path: Path) -> None:
    printed_book(book_round(), tmp_path, duplex=True, gutter_mm=10.0)
    lines = bookmarks(tmp_path / "book.pdf")
    parts = [page for depth, words, page in lines if not depth or words.startswith("ภาคผนวก")]
    assert [page % 2 for page in parts] == [0] * len(parts)
    labels = page_labels(tmp_path / "book.pdf")
    assert labels[parts[1]] == "ก"
    assert labels[parts[4]] == "๑"
    numbered = [label for label in labels if label[:1] in set("๐๑๒๓๔๕๖๗๘๙")]
    assert numbered == [thai_digits(n) for n in range(1, len(numbered) + 1)]


def test_sheets_lie_across_in_a_book_that_stands_upright(tmp_path: Path) -> None:
    _, result = printed_book(book_round(), tmp_path, paper="a4-landscape")
    with pikepdf.open(tmp_path / "book.pdf") as document:
        across = [page.mediabox[2] > page.mediabox[3] for page in document.pages]
    first = min(result.page_of_indicator.values()) - 1
    assert not any(across[:first])
    last = across.index(False, first)
    assert last - first > 5
    assert not any(across[last:])
    assert len(result.widths) == 4


def test_headings_never_skip_a_rank(tmp_path: Path) -> None:
    printed_book(book_round(), tmp_path)
    ranks = [int(role[1]) for role in roles(tmp_path / "book.pdf") if role[0] == "H"]
    assert ranks[0] == 1
    assert set(ranks) == {1, 2, 3, 4, 5}
    assert all(after - before <= 1 for before, after in itertools.pairwise(ranks))


def test_weights_nobody_checked_are_not_printed(tmp_path: Path) -> None:
    pages, _ = printed_book(weighed(book_round(), verified=False), tmp_path)
    everything = "".join(pages)
    for words in ("๗.๒๕", "๖๑.๕", "น้ำหนัก", "คะแนน", "ตรวจกับประกาศ"):
        assert words not in everything.replace(close("น้ำหนักคะแนนด้านปัญญา"), "")


def test_weights_that_were_checked_give_scores(tmp_path: Path) -> None:
    pages, _ = printed_book(weighed(book_round(), verified=True), tmp_path)
    lines = bookmarks(tmp_path / "book.pdf")
    start = {words.split(" ")[-1]: page for _, words, page in lines}
    assert "๗.๒๕" in pages[start["เกณฑ์และวิธีการประเมิน"]]
    assert "(ร้อยละ๖๑.๕)" in pages[start["เกณฑ์และวิธีการประเมิน"]]
    results = pages[start["สรุปผลการประเมิน"]]
    assert "คะแนน๔.๕๐" in results  # (4 + 5) / 2
    assert "คะแนน๓.๕๔" in results  # 4.5 * 61.5 % + 2 * 38.5 %


def test_a_level_that_was_not_chosen_is_said_so_and_has_no_bar(tmp_path: Path) -> None:
    parts = (Part.RESULTS,)
    pages, _ = printed_book(book_round(), tmp_path, parts=parts)
    assert "๑.๒การพัฒนาสู่องค์การแห่งการเรียนรู้ยังไม่ระบุ" in pages[0]
    assert roles(tmp_path / "book.pdf").count("Figure") == 2


def test_arabic_digits_reach_whatever_the_program_sets(tmp_path: Path) -> None:
    parts = (Part.CONTENTS, Part.CRITERIA, Part.RESULTS, Part.EVIDENCE)
    assessed = book_round(criteria=from_plain(""), development=from_plain(""))
    pages, _ = printed_book(assessed, tmp_path, parts=parts, thai_digits=False)
    assert "ส่วนที่2สรุปผลการประเมิน" in pages[0]
    assert "1.2การพัฒนาสู่องค์การแห่งการเรียนรู้" in pages[1]
    assert "1.1.2-01" in pages[-1]
    assert not set("๐๑๒๓๔๕๖๗๘๙") & set("".join(pages[:3]))


def test_standards_nobody_can_be_assessed_by_are_in_no_table(tmp_path: Path) -> None:
    assessed = book_round()
    unknown = Standard("standard-3", 3, "มาตรฐานที่ยังว่าง", ())
    framework = replace(assessed.framework, standards=(*assessed.framework.standards, unknown))
    pages, _ = printed_book(replace(assessed, framework=framework), tmp_path)
    assert "มาตรฐานที่ยังว่าง" not in "".join(pages)


def test_two_printings_are_the_same_bytes(tmp_path: Path) -> None:
    printed_book(book_round(), tmp_path)
    before = (tmp_path / "book.pdf").read_bytes()
    printed_book(book_round(), tmp_path)
    assert (tmp_path / "book.pdf").read_bytes() == before


def test_pure_black_means_no_grey_anywhere(tmp_path: Path) -> None:
    parts = (Part.SUMMARY, Part.CRITERIA, Part.RESULTS, Part.CONTENTS)
    for pure_black in (False, True):
        printed_book(book_round(), tmp_path, parts=parts, pure_black=pure_black)
        greys = set()
        with pikepdf.open(tmp_path / "book.pdf") as document:
            for page in document.pages:
                for operands, operator in pikepdf.parse_content_stream(page):
                    if str(operator) in {"g", "G"}:
                        greys.add(float(operands[0]))
        assert (greys == {0.0}) is pure_black


def test_covers_and_empty_pages_say_nothing_of_themselves(tmp_path: Path) -> None:
    parts = (Part.COVER, Part.FOREWORD, Part.BASICS)
    pages, _ = printed_book(
        book_round(), tmp_path, parts=parts, duplex=True, header="หัวกระดาษ", footer="ท้ายกระดาษ"
    )
    assert [("หัวกระดาษ" in page, page == "") for page in pages] == [
        (False, False),
        (False, True),
        (True, False),
        (False, True),
        (True, False),
    ]
    assert page_labels(tmp_path / "book.pdf") == ["", "", "ก", "ข", "๑"]


def test_sheets_begin_on_a_right_hand_page_also_behind_a_long_list_of_standards(
    tmp_path: Path,
) -> None:
    made = book_round()
    first = made.framework.standards[0]
    one = first.indicators[0]
    many = tuple(
        Standard(f"s{n}", n, "ชื่อมาตรฐานที่ยาวกว่าหนึ่งบรรทัด " * 4, (replace(one, id=f"i{n}"),))
        for n in range(1, 13)
    )
    assessed = replace(made, framework=replace(made.framework, standards=many))
    parts = (Part.COVER, Part.SHEETS)
    pages, result = printed_book(assessed, tmp_path, parts=parts, duplex=True, size_pt=20)
    assert "มาตรฐานที่๑๒" in pages[3]  # the list goes on behind its first page
    assert result.page_of_indicator["1.1"] % 2 == 1
