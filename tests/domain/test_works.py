from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.fields import Kind, decode, encode, indicator_field
from esa_desktop.domain.works import Work, works_from_list, works_to_list

FIELD = indicator_field(2568, "n1", Kind.WORKS)
WORDS = st.text("กขคงดตนมรวสหอะาิีุเแโ๑๒๓ \n.", max_size=30)
WORKS = st.lists(
    st.builds(
        Work,
        st.uuids().map(str),
        WORDS,
        WORDS,
        st.lists(st.uuids().map(str), max_size=3).map(tuple),
    ),
    max_size=7,
).map(tuple)


@given(WORKS)
def test_works_come_back_in_their_order_with_all_that_was_said(works: tuple[Work, ...]) -> None:
    body = encode(Kind.WORKS, works)
    read = decode(FIELD, body)

    assert [work.id for work in read] == [work.id for work in works]
    assert [(w.detail, w.items) for w in read] == [(w.detail, w.items) for w in works]
    assert encode(Kind.WORKS, read) == encode(Kind.WORKS, decode(FIELD, encode(Kind.WORKS, read)))
    assert decode(FIELD, encode(Kind.WORKS, read)) == read


def test_another_order_is_another_value() -> None:
    first, second = Work("w1", "ก"), Work("w2", "ข")

    assert encode(Kind.WORKS, (first, second)) != encode(Kind.WORKS, (second, first))


def test_what_is_not_said_takes_no_room() -> None:
    assert works_to_list([Work("w1", "ก")]) == [{"id": "w1", "title": "ก"}]
    assert works_from_list([{"id": "w1", "title": "ก"}]) == (Work("w1", "ก"),)
