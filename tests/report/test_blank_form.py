from dataclasses import replace
from itertools import pairwise

import pytest

from esa_desktop.domain.assessment import IndicatorAssessment
from esa_desktop.domain.printing import Paper, PrintOptions
from esa_desktop.report.sheet import render_sheets
from esa_desktop.report.sheet_content import METHOD, RESULTS, SUGGESTIONS
from esa_desktop.report.sheet_table import HEADS
from tests.report.drawn import MM, boxes, dotted_lines, letters, pages, strokes, texts
from tests.report.rounds import framework, indicator, invented_round, one_issue_round

BLANK = PrintOptions(form="blank")
PAPERS: list[Paper] = ["a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait"]


def blank(options: PrintOptions = BLANK) -> bytes:
    return render_sheets(invented_round(), options)[0]


def test_nothing_that_was_written_is_printed() -> None:
    """Two rounds that differ in everything written, and in nothing else, give the same bytes."""
    filled = invented_round()
    empty = replace(filled, issues={}, indicators={}, items={})
    assert render_sheets(filled, BLANK)[0] == render_sheets(empty, BLANK)[0]


def test_what_the_form_says_is_printed() -> None:
    assessed = invented_round()
    printed = "".join(texts(blank()))
    assert "สพป.ตัวอย่างเขต๑" in printed
    assert "(ปีงบประมาณ๒๕๕๗)" in printed
    for _, _, made in assessed.framework.indicators():
        assert "".join(made.name.split()) in printed
        for row in made.rubric.rows:
            assert all("".join(line.split()) in printed for line in row.lines)
        for issue in made.issues:
            assert f"{'๑๒๓'[issue.number - 1]}.{''.join(issue.name.split())}" in printed
    heads = len(texts(blank()))
    issues = 4
    assert printed.count("ประกอบด้วย") == issues
    assert printed.count(RESULTS) == heads + issues
    assert printed.count(METHOD) == heads + issues
    assert printed.count(SUGGESTIONS) >= heads + 2


@pytest.mark.parametrize("paper", PAPERS)
def test_five_boxes_a_sheet_and_none_is_ticked(paper: Paper) -> None:
    content = blank(replace(BLANK, paper=paper))
    drawn = pages(content)
    assert sum(len(boxes(page)) for page in drawn) == 10
    assert [strokes(page, width=1.5) for page in drawn] == [[]] * len(drawn)


@pytest.mark.parametrize("font", ["TH Sarabun New", "Sarabun"])
@pytest.mark.parametrize("size", [10.0, 16.0, 24.0])
@pytest.mark.parametrize("paper", PAPERS)
def test_lines_leave_room_for_a_hand_and_keep_clear_of_words(
    paper: Paper, size: float, font: str
) -> None:
    content = blank(replace(BLANK, paper=paper, size_pt=size, font=font))
    for page, on_page in zip(pages(content), letters(content), strict=True):
        lines = dotted_lines(page)
        for column in {line.left for line in lines}:
            heights = sorted((line.y for line in lines if line.left == column), reverse=True)
            assert len(heights) > 2
            assert all(above - below >= 8 * MM - 0.1 for above, below in pairwise(heights))
        for letter in on_page:
            crossed = [
                line
                for line in lines
                if line.left < letter.left < line.right and letter.bottom < line.y < letter.top
            ]
            assert crossed == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_section_has_its_lines_and_every_page_is_ruled_to_its_end(paper: Paper) -> None:
    options = replace(BLANK, paper=paper)
    content, result = render_sheets(invented_round(), options)
    left = 20 * MM + result.widths[0] + result.widths[1]
    written = evidence = 0
    for page in pages(content):
        lines = dotted_lines(page)
        in_text = [line for line in lines if line.left < left + result.widths[2] - 1]
        written += len(in_text)
        evidence += len(lines) - len(in_text)
        for column in (in_text, [line for line in lines if line not in in_text]):
            assert min(line.y for line in column) < 18 * MM + 32  # the lower edge of the frame
    issues, sheets = 4, 2
    assert written >= issues * 12 + sheets * 4
    assert evidence >= issues * 4


def test_lines_end_inside_their_columns() -> None:
    content, result = render_sheets(invented_round(), BLANK)
    edges = [20 * MM]
    for width in result.widths:
        edges.append(edges[-1] + width)
    for page in pages(content):
        for line in dotted_lines(page):
            assert any(
                low < line.left and line.right < high for low, high in (edges[2:4], edges[3:5])
            )


def test_evidence_of_an_issue_stands_beside_its_name() -> None:
    """On the same page, and at the same height but for the first, which stands below the note."""
    names = ["๑.ภาวะผู้นำ", "๒.การใช้แผน", "๓.การสร้าง"]
    seen = 0
    for on_page in letters(blank(replace(BLANK, paper="a4-portrait")))[:4]:
        text = "".join(letter.sign for letter in on_page)
        for number, name in zip("๑๒๓", names, strict=True):
            if name in text:
                height = on_page[text.index(name)].bottom
                beside = on_page[text.index(f"ประเด็นที่{number}") + len("ประเด็นที่")].bottom
                assert abs(height - beside) < (60 if number == "๑" else 1)
                seen += 1
    assert seen == len(names)


def test_every_page_has_its_heads_and_a_frame_to_the_full_height() -> None:
    content = blank()
    for page, text in zip(pages(content), texts(content), strict=True):
        assert all("".join(head.split()) in text for head in HEADS)
        upright = [stroke for stroke in strokes(page, width=0.5) if stroke[0] == stroke[2]]
        assert [min(stroke[1], stroke[3]) for stroke in upright] == pytest.approx(
            [18 * MM] * 5, abs=0.1
        )


def test_signatures_stand_below_the_last_frame_of_each_sheet() -> None:
    content = blank(replace(BLANK, signatures=True))
    signed = 0
    for page, on_page in zip(pages(content), letters(content), strict=True):
        text = "".join(letter.sign for letter in on_page)
        if "(ลงชื่อ)" in text:
            signed += text.count("(ลงชื่อ)")
            signing = on_page[text.index("(ลงชื่อ)") :][:8]
            frame = [min(stroke[1], stroke[3]) for stroke in strokes(page, width=0.5)]
            assert max(letter.top for letter in signing) < min(frame, default=999)
            assert min(letter.bottom for letter in on_page[text.index("(ลงชื่อ)") :]) > 20
    assert signed == 4


def test_digits_of_the_program_follow_the_option() -> None:
    thai, arabic = (
        "".join(texts(blank(replace(BLANK, thai_digits=thai)))) for thai in (True, False)
    )
    assert "ประเด็นที่๑" in thai
    assert "ประเด็นที่1" in arabic
    assert "(ปีงบประมาณ2557)" in arabic
    assert "พ.ศ.๒๕๕๗" in arabic  # the title, as published


def test_the_widths_of_the_filled_sheets_are_kept() -> None:
    _, filled = render_sheets(invented_round(), PrintOptions())
    _, made = render_sheets(invented_round(), replace(BLANK, widths=filled.widths))
    assert made.widths == pytest.approx(filled.widths)


def test_only_the_wanted_indicators_are_printed() -> None:
    content, result = render_sheets(invented_round(), BLANK, indicators=["1.2"])
    assert list(result.page_of_indicator) == ["1.2"]
    assert "ตัวบ่งชี้ที่๑" not in "".join(texts(content))


def test_names_longer_than_a_page_are_printed_whole() -> None:
    long = "การบริหารจัดการที่ดีเพื่อผู้เรียน" * 60
    assessed = one_issue_round()
    made = framework([indicator(1, "สั้น", [long, long])])
    options = replace(BLANK, size_pt=24, paper="a4-portrait")
    content, _ = render_sheets(
        replace(assessed, framework=made, indicators={"indicator-1": IndicatorAssessment(3)}),
        options,
    )
    printed = "".join(texts(content))
    assert printed.count("การบริหารจัดการที่ดีเพื่อผู้เรียน") >= 100


def test_an_indicator_without_issues_has_lines_for_suggestions() -> None:
    made = framework([indicator(1, "ไม่มีประเด็น", [])])
    content, result = render_sheets(replace(one_issue_round(), framework=made), BLANK)
    assert result.pages == 1
    assert len(dotted_lines(pages(content)[0])) >= 8


def test_progress_runs_to_its_end() -> None:
    steps: list[tuple[int, int]] = []
    render_sheets(invented_round(), BLANK, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
