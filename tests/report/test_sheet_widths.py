import itertools

import pytest

from esa_desktop.domain.printing import Paper, PrintOptions
from esa_desktop.report.measures import MM
from esa_desktop.report.sheet import sheet_widths
from tests.report.rounds import invented_round

ASSESSED = invented_round()
Limits = tuple[float, float]


def widths(options: PrintOptions) -> list[float]:
    return [width / MM for width in sheet_widths(ASSESSED, options)]


@pytest.mark.parametrize("paper", ["a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait"])
@pytest.mark.parametrize("limits", [(20, 20), (50, 30), (40, 40), (150, 150), (20, 150)])
@pytest.mark.parametrize("size", [10, 16, 24])
def test_any_limits_on_any_paper_leave_every_column_its_room(
    paper: Paper, limits: Limits, size: float
) -> None:
    for margins in (None, (5.0, 5.0, 5.0, 5.0), (45.0, 45.0, 15.0, 18.0)):
        options = PrintOptions(
            paper=paper, size_pt=size, rubric_mm=limits, evidence_mm=limits, margins_mm=margins
        )
        first, second, third, fourth = widths(options)
        assert third >= 59.9
        assert first >= 17
        assert min(second, fourth) > 14
        frame = {"a4": (210.0, 297.0), "f4": (215.9, 330.2)}[paper[:2]][options.landscape]
        left, right = margins[:2] if margins else (20.0, 15.0)
        assert first + second + third + fourth == pytest.approx(frame - left - right, abs=0.1)


@pytest.mark.parametrize("paper", ["a4-landscape", "f4-portrait"])
def test_a_persons_limits_are_kept(paper: Paper) -> None:
    for rubric, evidence in itertools.product([(37, 45), (45, 37), (44, 44)], [(35, 50), (41, 41)]):
        _, second, _, fourth = widths(
            PrintOptions(paper=paper, rubric_mm=rubric, evidence_mm=evidence)
        )
        assert min(rubric) - 0.1 <= second <= max(rubric) + 0.1
        assert min(evidence) - 0.1 <= fourth <= max(evidence) + 0.1


def test_limits_as_narrow_as_they_get_cut_no_head_inside_a_word() -> None:
    options = PrintOptions(size_pt=20, rubric_mm=(20, 20), evidence_mm=(20, 20))
    _, second, _, fourth = widths(options)
    assert second > 23  # คำอธิบาย
    assert fourth > 30  # หลักฐานอ้างอิง


def test_without_limits_the_papers_own_decide() -> None:
    assert [round(width) for width in widths(PrintOptions(paper="a4-portrait"))] == [17, 36, 80, 42]
