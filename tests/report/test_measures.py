import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.printing import Paper, PrintOptions
from esa_desktop.report.fonts import typeface
from esa_desktop.report.measures import MM, page_measures, sheet_measures

PAPERS: list[Paper] = ["a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait"]
FACES = ["TH Sarabun New", "Sarabun"]


@pytest.mark.parametrize(
    ("paper", "millimetres"),
    [
        ("a4-landscape", (297, 210)),
        ("a4-portrait", (210, 297)),
        ("f4-landscape", (330.2, 215.9)),
        ("f4-portrait", (215.9, 330.2)),
    ],
)
def test_paper_has_the_size_that_is_bought(paper: Paper, millimetres: tuple[float, float]) -> None:
    options = PrintOptions(paper=paper)
    found = sheet_measures(typeface(options.font), options).paper

    assert [round(side / MM, 1) for side in found] == list(millimetres)


margins = st.tuples(*[st.floats(5, 60)] * 4)


@given(
    st.sampled_from(PAPERS),
    st.sampled_from(FACES),
    st.floats(10, 24),
    st.none() | margins,
    st.floats(0, 30),
    st.booleans(),
    st.booleans(),
)
def test_running_lines_stay_on_the_paper_and_out_of_the_frame(
    paper: Paper,
    font: str,
    size: float,
    chosen: tuple[float, float, float, float] | None,
    gutter: float,
    header: bool,
    above: bool,
) -> None:
    options = PrintOptions(
        paper=paper,
        font=font,
        size_pt=size,
        margins_mm=chosen,
        gutter_mm=gutter,
        header="หัวกระดาษ" if header else "",
    )
    face = typeface(font)
    try:
        m = page_measures(face, options, landscape=options.landscape, bound_above=above)
    except ReportError:
        return  # no frame is left; the sentence has its own test
    up = face.measures.ascent * m.small_size
    down = (face.measures.body - face.measures.ascent) * m.small_size
    assert m.footer - down >= 3.9 * MM
    assert m.footer + up <= m.bottom + 0.01
    if header:
        assert m.header - up >= 3.9 * MM
        assert m.header + down <= m.top + 0.01
    assert m.width >= 119.9 * MM
    assert m.height >= 89.9 * MM


def test_room_for_binding_is_at_the_left_or_in_a_book_of_upright_pages_at_the_head() -> None:
    bare = PrintOptions()
    bound = PrintOptions(gutter_mm=10, duplex=True)
    face = typeface(bare.font)
    none = page_measures(face, bare, landscape=True)
    left = page_measures(face, bound, landscape=True)
    head = page_measures(face, bound, landscape=True, bound_above=True)

    assert left.left - none.left == pytest.approx(10 * MM)
    assert (left.top, left.turned) == (none.top, (pytest.approx(-10 * MM), 0.0))
    assert head.top - none.top == pytest.approx(10 * MM)
    assert (head.left, head.turned) == (pytest.approx(none.left), (0.0, pytest.approx(10 * MM)))


@pytest.mark.parametrize("size", [9.9, 24.1, 0, -3])
def test_a_size_nothing_can_be_printed_with_is_refused_in_words(size: float) -> None:
    with pytest.raises(ReportError, match="ขนาดตัวอักษร"):
        page_measures(typeface("Sarabun"), PrintOptions(size_pt=size), landscape=True)


def test_a_person_may_set_the_limits_of_the_columns() -> None:
    options = PrintOptions(rubric_mm=(30, 40), evidence_mm=(60, 60))
    m = sheet_measures(typeface(options.font), options)

    assert m.rubric_limits == (pytest.approx(30 * MM), pytest.approx(40 * MM))
    assert m.evidence_limits == (pytest.approx(60 * MM), pytest.approx(60 * MM))


def test_margins_that_leave_no_frame_are_refused_in_words() -> None:
    options = PrintOptions(margins_mm=(60, 60, 60, 60), gutter_mm=30, paper="a4-portrait")
    with pytest.raises(ReportError, match="กรุณาลดระยะขอบ"):
        page_measures(typeface(options.font), options, landscape=False)
