from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.report.slugs import FREE, KEEP, NEVER, POOR, Pen, Slug, cut, stack_height


class Band(Slug):
    def draw(self, pen: Pen, x: float, y: float) -> None: ...


def column(*costs: int, height: float = 10.0) -> list[Slug]:
    return [Band(height, 0.0, cost) for cost in costs]


def test_everything_that_fits_stays() -> None:
    slugs = column(FREE, FREE, FREE)
    placed, rest, _ = cut(slugs, 30)
    assert list(placed) == slugs
    assert not rest


def test_a_heading_goes_with_its_text() -> None:
    slugs = column(FREE, FREE, FREE, FREE, KEEP, FREE)
    placed, rest, _ = cut(slugs, 40)
    assert (len(placed), len(rest)) == (3, 3)


def test_no_lone_first_line_at_the_end_of_a_page() -> None:
    slugs = column(FREE, FREE, FREE, FREE, POOR, FREE, FREE)
    assert len(cut(slugs, 45)[0]) == 3


def test_a_dear_cut_is_better_than_an_empty_page() -> None:
    slugs = column(FREE, KEEP, KEEP, KEEP, KEEP, KEEP)
    assert len(cut(slugs, 40)[0]) == 4


def test_the_rest_of_a_table_gets_its_head_again() -> None:
    head = column(KEEP)
    rows = column(KEEP, FREE, FREE, FREE, FREE, FREE)
    for row in rows:
        row.head = head
    placed, rest, repeated = cut([*head, *rows], 40)
    assert repeated == 1
    assert rest[0] is head[0]
    assert [*placed, *rest[1:]] == [*head, *rows]


def test_a_head_higher_than_a_third_is_not_repeated() -> None:
    head = column(KEEP, NEVER, NEVER)
    rows = column(KEEP, FREE, FREE, FREE)
    for row in rows:
        row.head = head
    _, rest, repeated = cut([*head, *rows], 50)
    assert repeated == 0
    assert rest[0] in rows


@given(
    st.lists(st.tuples(st.integers(1, 60), st.sampled_from([0, 1, 2, 3]), st.booleans())),
    st.integers(70, 300),
)
def test_cutting_again_and_again_places_every_band_once_and_ends(
    bands: list[tuple[int, int, bool]], room: int
) -> None:
    head = column(KEEP, NEVER)
    slugs: list[Slug] = []
    for height, cost, in_table in bands:
        slug = Band(height, 3.0, cost)
        slug.head = head if in_table else ()
        slugs.append(slug)
    rest, repeated, placed = list(slugs), 0, []
    for _ in range(2 * len(slugs) + 2):
        if not rest:
            break
        part, left, more = cut(rest, room, repeated)
        assert stack_height(part) <= room + 0.1
        placed += [slug for slug in part if slug not in head]
        rest, repeated = list(left), more
    assert placed == slugs
