import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from esa_desktop.domain.framework import Indicator
from esa_desktop.domain.richtext import Paragraph, RichText, Table
from esa_desktop.domain.thai import thai_digits
from esa_desktop.report.sheet_content import METHOD, RESULTS, SUGGESTIONS
from tests.reading import pdfium_pages, poppler_pages, squeezed
from tests.report.golden.case import FOLDER, WORDS, Case, ListedWords, print_case, stored_words
from tests.report.golden.differences import differences
from tests.report.golden.page_reading import read_pages
from tests.report.golden.pages import Box, Page, Rule, Text, from_json, to_json
from tests.report.golden.structure_reading import reading_order, structure_faults
from tests.report.golden_cases import all_cases

CASES = all_cases()
SHEETS = [name for name, case in CASES.items() if case.options.form == "sheets"]
MOST_TOLD = 20


@cache
def pdf_of(name: str) -> bytes:
    return print_case(CASES[name])


@cache
def pages_of(name: str) -> list[Page]:
    return read_pages(pdf_of(name))


def stored(name: str) -> list[Page]:
    return from_json((FOLDER / f"{name}.json").read_text("utf-8"))


# --- what was stored --------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_pages_are_as_stored(name: str) -> None:
    said = differences(stored(name), pages_of(name))
    if said:
        more = [f"… and {len(said) - MOST_TOLD} more"] if len(said) > MOST_TOLD else []
        advice = f"If that is right: python -m tools.make_golden {name} --pictures DIR, look at it, keep it."
        about = f"{name} ({CASES[name].about}) differs:"
        pytest.fail("\n  ".join([about, *said[:MOST_TOLD], *more, advice]), pytrace=False)


def test_every_case_has_its_file_and_every_file_its_case() -> None:
    files = {path.stem for path in FOLDER.glob("*.json")} - {WORDS.stem}
    assert files == set(CASES)
    assert len(CASES) >= 30


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.json")) < 400_000


def test_both_faces_and_all_papers_are_among_the_cases() -> None:
    printed = {(case.options.font, case.options.paper) for case in CASES.values()}
    for paper in ("a4-landscape", "a4-portrait"):
        assert {("TH Sarabun New", paper), ("Sarabun", paper)} <= printed
    assert {paper for _, paper in printed} >= {"f4-landscape", "f4-portrait"}


def test_lines_break_by_the_stored_words_whatever_the_machine_knows() -> None:
    words = ListedWords(["ครู", "ผู้สอน", "ผู้", "สอน", "ประชุม"])
    assert words.word_ends("ครูผู้สอนประชุม") == [3, 9]
    assert words.word_ends("ครูกขคประชุม") == [3, 6]
    assert words.word_ends("กขค") == []
    assert len(stored_words()) > 100


# --- copying and reading aloud ----------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_pdfium_copies_every_page_exactly(name: str, tmp_path: Path) -> None:
    read = copied(name, tmp_path, pdfium_pages)
    assert read == [
        in_order_of_pdfium(page, text) for page, text in zip(pages_of(name), read, strict=True)
    ]


def in_order_of_pdfium(page: Page, read: str) -> str:
    """What is drawn; PDFium sorts neighbours in the order of drawing from left to right where
    their baselines are less than half a letter apart, whatever columns they stand in.
    """
    waiting = list(page.texts)
    words = ""
    while waiting:
        level = [text for text in waiting[:4] if abs(text.y - waiting[0].y) < 6]
        fitting = (text for text in level if read.startswith(squeezed(text.text), len(words)))
        chosen = next(fitting, waiting[0])
        waiting.remove(chosen)
        words += squeezed(chosen.text)
    return words


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("name", CASES)
def test_poppler_copies_every_page_exactly(name: str, tmp_path: Path) -> None:
    assert copied(name, tmp_path, poppler_pages) == [page.words() for page in pages_of(name)]


def copied(name: str, folder: Path, read: Callable[[Path], list[str]]) -> list[str]:
    target = folder / f"{name}.pdf"
    target.write_bytes(pdf_of(name))
    # PDFium copies a hyphen at the end of a line as a sign of its own.
    return [squeezed(text.replace("\ufffe", "-").replace("\u0002", "-")) for text in read(target)]


@pytest.mark.parametrize("name", CASES)
def test_structure_is_whole_and_in_the_order_of_the_page(name: str) -> None:
    assert structure_faults(pdf_of(name)) == []


@pytest.mark.parametrize("name", SHEETS)
def test_what_was_typed_is_read_in_its_order(name: str) -> None:
    case = CASES[name]
    read = squeezed("".join(text for _, text in reading_order(pdf_of(name))))
    place = 0
    for code, _, indicator in case.assessed.framework.indicators():
        if case.options.only_ready and not case.assessed.indicator(indicator.id).is_ready:
            continue
        for column in (typed_column(case, indicator), *typed_evidence(case, indicator)):
            found = read.find(column, place)
            assert found >= 0, f"{code}: «{column}» is not read as typed in «{read[place:]}»"
            place = found + len(column)


def typed_column(case: Case, indicator: Indicator) -> str:
    """Column three as one reads it: names, headings and texts."""
    parts = [indicator.lead_in]
    for issue in indicator.issues:
        written = case.assessed.issue(issue.id)
        number = thai_digits(issue.number) if case.options.thai_digits else str(issue.number)
        parts += [f"{number}.{issue.name}", METHOD, *typed(written.method, case)]
        parts += [RESULTS, *typed(written.results, case)]
    parts += [SUGGESTIONS, *typed(case.assessed.indicator(indicator.id).suggestions, case)]
    return squeezed("".join(parts))


def typed_evidence(case: Case, indicator: Indicator) -> Iterator[str]:
    for issue in indicator.issues:
        for item in case.assessed.evidence_of(issue.id):
            yield squeezed(item.title + item.number)


def typed(text: RichText, case: Case) -> Iterator[str]:
    for block in text.blocks:
        if isinstance(block, Paragraph):
            yield block.label + block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (p.label + p.text for cell in row for p in cell)
        elif block.sha256 not in case.pictures:
            yield "[รูป]"


# --- the rules the cases are about ------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.together])
def test_what_belongs_together_shares_a_line(name: str) -> None:
    printed = [squeezed(text.text) for page in pages_of(name) for text in page.texts]
    whole = "".join(printed)
    for words in CASES[name].together:
        on_one_line = sum(line.count(words) for line in printed)
        assert on_one_line == whole.count(words) >= 2, f"«{words}» is parted"


@pytest.mark.parametrize("name", [name for name in SHEETS if name != "signatures"])
def test_no_line_begins_with_what_belongs_to_the_line_before(name: str) -> None:
    for page in pages_of(name):
        for text in page.texts:
            assert text.text[:1] not in set("ะัาำิีึืฺุูๅๆ่้๊๋์็ฯ)]”’,.:;!?%"), text.text


def test_no_line_is_a_stranded_sign_or_syllable() -> None:
    for page in pages_of("stranded"):
        lines = column_lines(page)
        assert len(lines) > 8
        assert all(line.text == "๑. " or len(line.text) > 5 for line in lines)


@pytest.mark.parametrize("name", [name for name in SHEETS if name.startswith("keep-")])
def test_no_page_ends_on_a_heading_or_an_announcement(name: str) -> None:
    for page in pages_of(name)[:-1]:
        last = column_lines(page)[-1]
        assert "Bold" not in last.look, last.text
        assert not last.text.strip().endswith("ดังนี้"), last.text


@pytest.mark.parametrize("name", [name for name in SHEETS if name.startswith("widows-")])
def test_no_page_begins_or_ends_with_a_lone_line_of_a_paragraph(name: str) -> None:
    written = CASES[name].assessed.issue("issue-1-1").method
    paragraphs = [squeezed(text) for text in typed(written, CASES[name])]
    cut = 0
    for page, following in pairwise(pages_of(name)):
        last = [squeezed(line.text) for line in column_lines(page)]
        first = [squeezed(line.text) for line in column_lines(following)]
        for paragraph in paragraphs:
            before = lines_of(paragraph, reversed(last))
            after = lines_of(paragraph, first)
            if paragraph.endswith(tuple(after[-1:])) and paragraph.startswith(tuple(before[-1:])):
                cut += bool(before and after)
                assert (len(before) == 0) == (len(after) == 0) or before == [] or after == []
                assert not (before and after) or (len(before) >= 2 <= len(after)), (before, after)


def lines_of(paragraph: str, lines: Iterator[str] | list[str]) -> list[str]:
    """The lines at this edge of a column that are of one paragraph."""
    found = []
    for line in lines:
        if line not in paragraph:
            break
        found.append(line)
    return found


def column_lines(page: Page) -> list[Text]:
    """Texts of column three below its head, from the top down."""
    edges = sorted({rule.x for rule in page.rules if rule.x == rule.x2 and rule.look == "0.5"})
    levels = sorted({rule.y for rule in page.rules if rule.y == rule.y2 and rule.look == "0.5"})
    left, right = edges[2], edges[3]
    head, bottom = levels[-2], levels[0]
    inside = [t for t in page.texts if left < t.x < right and bottom < t.y < head]
    return sorted(inside, key=lambda text: -text.y)


@pytest.mark.parametrize("name", SHEETS)
def test_every_page_has_its_whole_frame(name: str) -> None:
    for page in pages_of(name):
        upright = [rule for rule in page.rules if rule.x == rule.x2 and rule.look == "0.5"]
        assert len(upright) == 5
        top, bottom = upright[0].y2, upright[0].y
        assert {(rule.y2, rule.y) for rule in upright} == {(top, bottom)}
        left, right = min(r.x for r in upright), max(r.x for r in upright)
        across = [r for r in page.rules if r.y == r.y2 and (r.x, r.x2) == (left, right)]
        assert {top, bottom} < {rule.y for rule in across}


def test_pure_black_is_black_and_nothing_else() -> None:
    (page,) = pages_of("black")
    assert not [box for box in page.boxes if " in " in box.look]
    assert not [text for text in page.texts if " in " in text.look]


def test_arabic_digits_are_in_all_that_the_program_sets_itself() -> None:
    typed_by_people = ("พ.ศ.", "เขต", "ปีที่ ๖", "๕)", "ที่ ๑๒/๒๕๕๗")
    for page in pages_of("arabic"):
        for text in page.texts:
            if re.search("[๐-๙]", text.text):
                assert any(words in text.text for words in typed_by_people), text.text


@pytest.mark.parametrize("name", ["justified", "distributed", "distributed-sarabun"])
def test_lines_are_spread_and_never_beyond_their_column(name: str) -> None:
    spread = [t for page in pages_of(name) for t in page.texts if len(t.stops) > 20]
    assert len(spread) >= 3
    for page in pages_of(name):
        edges = sorted({r.x for r in page.rules if r.x == r.x2 and r.look == "0.5"})
        assert all(text.end < edges[3] - 5 for text in column_lines(page))


def test_room_for_binding_changes_sides_on_even_pages() -> None:
    odd, even, *_ = pages_of("duplex")
    frames = [sorted(r.x for r in page.rules if r.look == "0.5") for page in (odd, even)]
    assert frames[0][0] - frames[1][0] == pytest.approx(15 * 72 / 25.4, abs=0.1)
    bound = [min(r.x for r in page.rules if r.look == "0.5") for page in pages_of("gutter")]
    assert max(bound) - min(bound) < 0.1


def test_f4_is_the_longer_paper() -> None:
    upright, side = pages_of("f4-portrait")[0].paper, pages_of("f4-landscape")[0].paper
    assert upright == pytest.approx((8.5 * 72, 13 * 72), abs=1) or upright[1] > 841.9 + 20
    assert side == (upright[1], upright[0])


# --- the comparison says what differs ---------------------------------------------------------


SAMPLE = [
    Page(
        (595.3, 841.9),
        [
            Text(60, 700, 260, "THSarabunNew 16", "คณะทำงานประชุม ร่วมกับผู้บริหาร ทุกแห่ง", (140, 210)),
            Text(60, 679, 250, "THSarabunNew 16", "เพื่อกำหนดเป้าหมาย"),
            Text(60, 658, 200, "THSarabunNew-Bold 16", "ผลการดำเนินงาน"),
        ],
        [
            Rule(50, 100, 50, 720, "0.5"),
            Rule(50, 720, 300, 720, "0.5"),
            Rule(50, 100, 300, 100, "0.5"),
        ],
        [Box(50, 690, 250, 30, "fill in 0.93"), Box(70, 120, 80, 50, "picture")],
    ),
    Page(
        (595.3, 841.9),
        [
            Text(60, 700, 250, "THSarabunNew 16", "ครูผู้สอนนำแบบบันทึก"),
            Text(60, 679, 240, "THSarabunNew 16", "ไปใช้ในห้องเรียน"),
            Text(60, 658, 200, "THSarabunNew 16", "และส่งคืน"),
            Text(60, 500, 90, "THSarabunNew 13", "หน้า ๒"),
        ],
    ),
]


def test_what_was_stored_comes_back_as_it_was() -> None:
    again = from_json(to_json(SAMPLE))
    assert again == SAMPLE
    assert differences(SAMPLE, again) == []


def change(page: int, line: int, **values: object) -> Callable[[list[Page]], None]:
    def fault(pages: list[Page]) -> None:
        texts = pages[page - 1].texts
        texts[line] = texts[line]._replace(**values)  # type: ignore[arg-type]

    return fault


def shift(
    page: int, lines: range, right: float = 0.0, up: float = 0.0
) -> Callable[[list[Page]], None]:
    def fault(pages: list[Page]) -> None:
        texts = pages[page - 1].texts
        for n in lines:
            x, y, end, *_ = texts[n]
            stops = tuple(stop + right for stop in texts[n].stops)
            texts[n] = texts[n]._replace(x=x + right, y=y + up, end=end + right, stops=stops)

    return fault


def drop(kind: str, place: int) -> Callable[[list[Page]], None]:
    return lambda pages: getattr(pages[0], kind).pop(place)


def another_page(pages: list[Page]) -> None:
    pages[1].texts.insert(0, pages[0].texts.pop())


def another_order(pages: list[Page]) -> None:
    pages[1].texts.insert(2, pages[1].texts.pop(0))


def broken_otherwise(pages: list[Page]) -> None:
    texts = pages[1].texts
    texts[0:2] = [
        texts[0]._replace(text="ครูผู้สอน"),
        texts[1]._replace(text="นำแบบบันทึกไปใช้ในห้องเรียน"),
    ]


BREAK = "«ครูผู้สอนนำแบบบันทึก | ไปใช้ในห้องเรียน»"
OTHER_BREAK = "«ครูผู้สอน | นำแบบบันทึกไปใช้ในห้องเรียน»"
OTHER_ORDER = "«ร่วมกับผู้บริหาร คณะทำงานประชุม ทุกแห่ง»"
FIRST = "«คณะทำงานประชุม ร่วมกับผู้บริหาร ทุกแห่ง»"
FAULTS: list[tuple[Callable[[list[Page]], None], list[str]]] = [
    (
        shift(1, range(1), 0.5),
        [f"page 1: the line {FIRST} begins 0.5 pt further right than stored"],
    ),
    (
        shift(1, range(1), -12.3),
        [f"page 1: the line {FIRST} begins 12.3 pt further left than stored"],
    ),
    (
        shift(2, range(3), up=-21),
        ["page 2: the 3 lines from «ครูผู้สอนนำแบบบันทึก» to «และส่งคืน» stand 21.0 pt lower than stored"],
    ),
    (change(1, 1, end=253.0), ["page 1: the line «เพื่อกำหนดเป้าหมาย» is 3.0 pt wider than stored"]),
    (
        change(1, 0, stops=(140, 211.0)),
        [f"page 1: the line {FIRST} has word 3 «ทุกแห่ง» 1.0 pt further right than stored"],
    ),
    (
        change(1, 2, look="THSarabunNew 16"),
        [
            "page 1: the line «ผลการดำเนินงาน» is set in THSarabunNew 16, stored was THSarabunNew-Bold 16"
        ],
    ),
    (
        change(1, 0, text=OTHER_ORDER.strip("«»")),
        [f"page 1: the words of the line {OTHER_ORDER} stand in another order, stored was {FIRST}"],
    ),
    (
        change(2, 0, text="ครูผู้สอนนำแบบบันทัก"),
        ["page 2: the line reads «ครูผู้สอนนำแบบบันทัก», stored was «ครูผู้สอนนำแบบบันทึก»"],
    ),
    (
        broken_otherwise,
        [f"page 2: the lines break as {OTHER_BREAK}, stored was {BREAK}"],
    ),
    (drop("texts", 1), ["page 1: the line «เพื่อกำหนดเป้าหมาย» is missing"]),
    (another_page, ["page 2: the line «ผลการดำเนินงาน» is now on page 2, stored was page 1"]),
    (
        another_order,
        [
            "page 2: the line «ครูผู้สอนนำแบบบันทึก» comes at another place in the order of text",
        ],
    ),
    (lambda pages: pages[0].texts.append(pages[1].texts[3]), ["page 1: the line «หน้า ๒» is new"]),
    (
        drop("rules", 1),
        ["page 1: the level rule of 0.5 pt at y=720.0 from x=50.0 to 300.0 is missing"],
    ),
    (
        drop("rules", 0),
        ["page 1: the upright rule of 0.5 pt at x=50.0 from y=100.0 to 720.0 is missing"],
    ),
    (
        lambda pages: pages[0].rules.append(Rule(50, 100, 90, 300, "1.5")),
        ["page 1: the stroke of 1.5 pt from (50.0, 100.0) to (90.0, 300.0) is new"],
    ),
    (
        drop("boxes", 0),
        ["page 1: the box (fill in 0.93) of 250.0 × 30.0 pt at (50.0, 690.0) is missing"],
    ),
    (drop("boxes", 1), ["page 1: the picture of 80.0 × 50.0 pt at (70.0, 120.0) is missing"]),
    (
        lambda pages: setattr(pages[0], "paper", (612.0, 936.0)),
        ["page 1: the paper is 612.0 × 936.0 pt, stored was 595.3 × 841.9 pt"],
    ),
    (
        lambda pages: pages.append(Page((595.3, 841.9))),
        ["there are 3 pages, stored were 2"],
    ),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS)
def test_a_planted_fault_is_named(fault: Callable[[list[Page]], None], words: list[str]) -> None:
    pages = from_json(to_json(SAMPLE))
    fault(pages)
    assert differences(SAMPLE, pages) == words


def test_a_moved_rule_is_told_as_one_that_moved() -> None:
    pages = from_json(to_json(SAMPLE))
    pages[0].rules[1] = pages[0].rules[1]._replace(y=706.0, y2=706.0)
    (said,) = differences(SAMPLE, pages)
    before, _, after = said.partition(" is now ")
    assert before == "page 1: the level rule of 0.5 pt at y=720.0 from x=50.0 to 300.0"
    assert after == "the level rule of 0.5 pt at y=706.0 from x=50.0 to 300.0"


def test_a_fault_on_real_pages_is_named() -> None:
    """One line of a printed case half a point to the right; a rule gone; two words exchanged."""
    pages = from_json(to_json(pages_of("rules")))
    place, line = next((n, t) for n, t in enumerate(pages[1].texts) if len(t.stops) > 1)
    shift(2, range(place, place + 1), 0.5)(pages)
    gone = pages[0].rules.pop(3)
    said = differences(stored("rules"), pages)
    assert len(said) == 2
    assert line.text.strip()[:30] in said[0]
    assert said[0].endswith("begins 0.5 pt further right than stored")
    assert said[1].startswith("page 1: the ")
    assert f"{gone.x:.1f}" in said[1]
    assert said[1].endswith("is missing")


def test_rounding_is_no_difference() -> None:
    pages = from_json(to_json(SAMPLE))
    shift(1, range(3), 0.04, -0.04)(pages)
    assert differences(SAMPLE, pages) == []
