from dataclasses import replace

import pytest

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.framework import Standard
from esa_desktop.domain.printing import Paper, PrintOptions
from esa_desktop.domain.richtext import RichText, Table, from_plain, paragraph
from esa_desktop.report.committee_form import OPINION, SIGNING, TITLE
from esa_desktop.report.committee_table import CLEAR, HEADS, NOT_CLEAR, UNKNOWN
from esa_desktop.report.sheet import render_sheets
from tests.report.drawn import MM, boxes, dotted_lines, letters, pages, strokes, texts
from tests.report.rounds import framework, indicator, invented_round, one_issue_round

COMMITTEE = PrintOptions(form="committee")
PAPERS: list[Paper] = ["a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait"]
SIZES = [10.0, 16.0, 24.0]


def joined(words: str) -> str:
    return "".join(words.split())


def with_members(text: str) -> AssessmentRound:
    return replace(invented_round(), book={"committee": from_plain(text)})


def printed(assessed: AssessmentRound | None = None, options: PrintOptions = COMMITTEE) -> str:
    return "".join(texts(render_sheets(assessed or invented_round(), options)[0]))


def test_every_indicator_shows_the_level_the_office_gave_itself() -> None:
    """Level 4 for the first, none for the second."""
    words = printed()
    assert "ตัวบ่งชี้ที่๑:การบริหารจัดการที่ดีระดับ๔๕๔๓๒๑" in words
    assert f"ตัวบ่งชี้ที่๒:การพัฒนาสู่องค์การแห่งการเรียนรู้{UNKNOWN}๕๔๓๒๑" in words


def test_standards_indicators_and_issues_come_in_the_order_of_the_framework() -> None:
    assessed = invented_round()
    words = printed(assessed)
    names = ["มาตรฐานที่๑"]
    for _, _, made in assessed.framework.indicators():
        names += [f"ตัวบ่งชี้ที่{'๑๒'[made.number - 1]}"]
        names += [joined(issue.name) for issue in made.issues]
    places = [words.index(name) for name in names]
    assert places == sorted(places)


def test_every_standard_is_named_once_above_its_indicators() -> None:
    first = indicator(1, "ตัวแรก", ["ก"])
    second = replace(indicator(2, "ตัวที่สอง", ["ข"]), number=1)
    made = framework([first])
    other = Standard("standard-2", 2, "การบริหารและการจัดการศึกษา", (second,))
    made = replace(made, standards=(*made.standards, other))
    words = printed(replace(one_issue_round(), framework=made))
    order = ["มาตรฐานที่๑", "ตัวแรก", "มาตรฐานที่๒", "ตัวที่สอง"]
    assert [words.count(part) for part in order] == [1, 1, 1, 1]
    assert [words.index(part) for part in order] == sorted(words.index(part) for part in order)


@pytest.mark.parametrize("paper", PAPERS)
def test_there_are_five_boxes_an_indicator_and_two_an_issue(paper: Paper) -> None:
    content, _ = render_sheets(invented_round(), replace(COMMITTEE, paper=paper))
    assert sum(len(boxes(page)) for page in pages(content)) == 2 * 5 + 4 * 2
    words = joined("".join(texts(content)))
    assert words.count(NOT_CLEAR) == 4
    assert all(size > 4 * MM for page in pages(content) for _, _, size in boxes(page))


def test_evidence_the_office_judged_clear_is_told() -> None:
    assessed = invented_round()
    judged = dict(assessed.issues)
    judged["issue-1-2"] = replace(judged["issue-1-2"], evidence_clear=True)
    before = printed(assessed).count(CLEAR)
    assert printed(replace(assessed, issues=judged)).count(CLEAR) == before + 1


def test_what_was_written_is_not_repeated() -> None:
    assessed = one_issue_round("วิธีที่เขียนไว้", "ผลที่เขียนไว้")
    assert "เขียนไว้" not in printed(assessed)


class TestSigners:
    def test_everyone_of_the_committee_has_a_line(self) -> None:
        text = "\n".join(f"นายสมมุติที่{n}, {'ประธานกรรมการ' if n == 1 else ''}" for n in range(1, 6))
        words = printed(with_members(text))
        assert words.count("(ลงชื่อ)") == 5
        assert "(ลงชื่อ)ประธานกรรมการ" in words
        assert words.count("(ลงชื่อ)กรรมการ") == 4
        assert all(f"(นายสมมุติที่{n})" in words for n in range(1, 6))

    def test_without_any_member_there_are_three_empty_lines_and_one_heading(self) -> None:
        words = printed()
        assert words.count("(ลงชื่อ)กรรมการ()วันที่เดือนพ.ศ.") == 3
        assert words.count(joined(SIGNING)) == 1

    @pytest.mark.parametrize("count", [1, 2, 7, 40])
    @pytest.mark.parametrize("paper", ["a4-landscape", "a4-portrait"])
    def test_no_block_is_torn_and_the_heading_has_one_below_it(
        self, paper: Paper, count: int
    ) -> None:
        text = "\n".join(f"นายสมมุติที่{n:02}, กรรมการ" for n in range(count))
        content, _ = render_sheets(with_members(text), replace(COMMITTEE, paper=paper))
        for page in texts(content):
            assert page.count("(ลงชื่อ)") == page.count("(นายสมมุติ") == page.count("วันที่เดือน")
            if joined(SIGNING) in page:
                assert page.index("(ลงชื่อ)") > page.index(joined(SIGNING))
        assert "".join(texts(content)).count("(ลงชื่อ)") == count

    @pytest.mark.parametrize("issues", range(1, 14))
    @pytest.mark.parametrize("paper", ["a4-landscape", "a4-portrait"])
    def test_nobody_signs_on_a_page_without_the_opinion(self, paper: Paper, issues: int) -> None:
        made = framework([indicator(1, "การบริหาร", [f"ประเด็นที่ {n}" for n in range(issues)])])
        text = "\n".join(f"นายสมมุติที่{n:02}, กรรมการ" for n in range(5))
        assessed = replace(with_members(text), framework=made)
        content, _ = render_sheets(assessed, replace(COMMITTEE, paper=paper))
        *before, last = zip(texts(content), pages(content), strict=True)
        assert joined(OPINION) in last[0]
        assert last[0].count("(ลงชื่อ)") == 5
        assert not any("(ลงชื่อ)" in text for text, _ in before)
        wide = [line for line in dotted_lines(last[1]) if line.right - line.left > 160 * MM]
        apart = joined(HEADS[0]) not in last[0]
        assert len(wide) in (range(6, 11) if apart else range(3, 7))

    def test_a_table_of_names_and_roles_is_read_as_well(self) -> None:
        rows = [("ชื่อ", "ตำแหน่ง"), ("นาย ก", "ประธาน"), ("นาง ข", "เลขานุการ")]
        table = Table(tuple(tuple((paragraph(cell),) for cell in row) for row in rows), (1.0, 1.0))
        words = printed(replace(invented_round(), book={"committee": RichText((table,))}))
        assert words.count("(ลงชื่อ)") == 2
        assert "(ลงชื่อ)ประธาน" in words


@pytest.mark.parametrize("font", ["TH Sarabun New", "Sarabun"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("paper", PAPERS)
class TestEveryPaperSizeAndFace:
    def test_every_page_of_the_table_has_its_heads_and_a_closed_frame(
        self, paper: Paper, size: float, font: str
    ) -> None:
        options = replace(COMMITTEE, paper=paper, size_pt=size, font=font)
        content, _ = render_sheets(invented_round(), options)
        with_table = 0
        for page, text in zip(pages(content), texts(content), strict=True):
            frame = strokes(page, width=0.5)
            if not frame:
                continue
            with_table += 1
            assert all(joined(head) in text for head in HEADS)
            upright = {(x, max(y, y2), min(y, y2)) for x, y, x2, y2 in frame if x == x2}
            across = {y for _, y, _, y2 in frame if y == y2}
            for x in (min(x for x, _, _ in upright), max(x for x, _, _ in upright)):
                sides = [(top, bottom) for left, top, bottom in upright if left == x]
                assert {top for top, _ in sides} | {bottom for _, bottom in sides} == across
        assert with_table >= 1

    def test_no_letter_crosses_a_rule_and_no_line_leaves_its_column(
        self, paper: Paper, size: float, font: str
    ) -> None:
        options = replace(COMMITTEE, paper=paper, size_pt=size, font=font)
        content, _ = render_sheets(invented_round(), options)
        for page, on_page in zip(pages(content), letters(content), strict=True):
            frame = strokes(page, width=0.5)
            upright = [(x, min(y, y2), max(y, y2)) for x, y, x2, y2 in frame if x == x2]
            for letter in on_page:
                middle = (letter.bottom + letter.top) / 2
                assert not [
                    x
                    for x, low, high in upright
                    if low < middle < high and letter.left + 0.3 < x < letter.right - 0.3
                ]
            right = max((x for x, _, _ in upright), default=0.0)
            last = max((x for x, _, _ in upright if x < right - 1), default=0.0)
            for line in dotted_lines(page):
                if last < line.left < right:
                    assert line.right < right


def test_room_for_remarks_is_ruled_beside_every_name() -> None:
    content, _ = render_sheets(invented_round(), COMMITTEE)
    page = pages(content)[0]
    right = max(x for x, _, x2, _ in strokes(page, width=0.5) if x == x2)
    remarks = [
        line for line in dotted_lines(page) if right - 5 * MM < line.right + 5 * MM < right + 9
    ]
    assert len(remarks) >= 2 * 6
    assert all(line.right - line.left > 60 * MM for line in remarks)


def test_a_name_longer_than_a_page_is_printed_whole() -> None:
    name = "การบริหารจัดการที่ดีเพื่อผู้เรียน" * 80
    made = framework([indicator(1, "สั้น", [name, "ต่อ"])])
    words = printed(
        replace(one_issue_round(), framework=made),
        replace(COMMITTEE, paper="a4-portrait", margins_mm=(20, 15, 80, 80)),
    )
    assert words.count("การบริหารจัดการที่ดีเพื่อผู้เรียน") >= 70  # the others go over a page


def test_pure_black_leaves_no_grey_behind_heads() -> None:
    def fills(options: PrintOptions) -> int:
        content, _ = render_sheets(invented_round(), options)
        return sum(name == "g" for page in pages(content) for name, _ in page)

    assert fills(COMMITTEE) > 0
    assert fills(replace(COMMITTEE, pure_black=True)) == 0


def test_digits_follow_the_option_and_the_title_names_office_and_year() -> None:
    words = printed(options=replace(COMMITTEE, thai_digits=False))
    assert "ปีงบประมาณ2557" in words
    assert "ระดับ454321" in words
    assert printed().startswith(joined(TITLE))
    assert "สพป.ตัวอย่างเขต๑ปีงบประมาณ๒๕๕๗" in printed()


def test_only_the_wanted_indicators_are_in_it() -> None:
    content, _ = render_sheets(invented_round(), COMMITTEE, indicators=["1.2"])
    words = "".join(texts(content))
    assert "ตัวบ่งชี้ที่๒" in words
    assert "ตัวบ่งชี้ที่๑" not in words


def test_a_framework_without_indicators_leaves_room_to_sign() -> None:
    empty = replace(one_issue_round(), framework=framework([]))
    words = printed(empty)
    assert joined(OPINION) in words
    assert words.count("(ลงชื่อ)") == 3


def test_levels_are_those_of_the_round_and_of_nothing_else() -> None:
    assessed = replace(
        invented_round(),
        indicators={"indicator-2": IndicatorAssessment(1)},
        issues={"issue-2-1": IssueAssessment(acted_on=True)},
    )
    words = printed(assessed)
    assert "การบริหารจัดการที่ดียังไม่ระบุ" in words
    assert "การเรียนรู้ระดับ๑" in words


def test_progress_runs_to_its_end() -> None:
    steps: list[tuple[int, int]] = []
    render_sheets(invented_round(), COMMITTEE, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
