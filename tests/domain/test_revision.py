import hashlib
import random
from dataclasses import replace
from itertools import count, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.fields import (
    Field,
    Kind,
    encode,
    indicator_field,
    issue_field,
    required_field,
)
from esa_desktop.domain.revision import (
    FieldView,
    Revision,
    ancestors,
    common_base,
    heads_of,
    is_whole,
    make_revision,
    merge_paragraphs,
    plain_text,
    revision_id,
    unwritten,
    view_of_heads,
)
from esa_desktop.domain.richtext import Block, from_plain, paragraph
from esa_desktop.domain.works import Work

METHOD = issue_field(2568, "q1", Kind.METHOD)
LEVEL = indicator_field(2568, "n1", Kind.LEVEL)
_clock = count()


def revision(body: str, *parents: Revision, field: Field = METHOD, device: str = "a") -> Revision:
    return make_revision(
        field,
        [p.id for p in parents],
        body,
        author="กานดา",
        device=device,
        time=f"2025-06-11T00:00:00.{next(_clock):06}Z",
    )


def method(text: str, *parents: Revision, device: str = "a") -> Revision:
    return revision(encode(Kind.METHOD, from_plain(text)), *parents, device=device)


def view(*heads: Revision, graph: list[Revision] | None = None) -> FieldView:
    known = {r.id: r for r in graph or heads}
    return view_of_heads(heads[0].field, heads, lambda: known)


# --- identity ---------------------------------------------------------------------------------


def test_the_id_is_the_same_for_ever() -> None:
    # Ids are in every project and package ever written, so the spelling may never change.
    said = '[["2568","q1","method"],["a","b"],"กานดา","d1","2025-06-11T01:02:03.456Z","[]"]'

    name = revision_id(METHOD, ["b", "a"], "กานดา", "d1", "2025-06-11T01:02:03.456Z", "[]")

    assert name == hashlib.sha256(said.encode()).hexdigest()


TEXTS = st.text(max_size=6)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=2), st.data())
def test_the_id_changes_when_anything_changes(
    author: str, device: str, time: str, body: str, parents: list[str], data: st.DataObject
) -> None:
    whole = make_revision(METHOD, parents, body, author=author, device=device, time=time)
    assert is_whole(whole)

    column = data.draw(st.sampled_from(["author", "device", "time", "body", "parents", "field"]))
    if column == "field":
        other = replace(METHOD, **{data.draw(st.sampled_from(["round", "owner"])): "x"})
        changed = replace(whole, field=other)
    elif column == "parents":
        changed = replace(whole, parents=(*whole.parents, data.draw(TEXTS)))
    else:
        text = data.draw(TEXTS.filter(lambda t: t != getattr(whole, column)))
        changed = replace(whole, **{column: text})

    assert not is_whole(changed)


def test_words_do_not_run_together_between_columns() -> None:
    assert revision_id(METHOD, [], "ab", "c", "", "") != revision_id(METHOD, [], "a", "bc", "", "")
    assert revision_id(METHOD, ["ab"], "", "", "", "") != revision_id(
        METHOD, ["a", "b"], "", "", "", ""
    )


# --- the graph --------------------------------------------------------------------------------


def test_heads_are_what_nothing_was_written_on_top_of() -> None:
    base = method("ก")
    one, other = method("ข", base), method("ค", base)

    assert heads_of([base, one, other]) == tuple(sorted((one, other), key=lambda r: r.id))
    assert heads_of([base, one, other, method("ง", one, other)])[0].parents == tuple(
        sorted((one.id, other.id))
    )
    assert heads_of([]) == ()


def test_ancestors_reach_as_far_as_the_graph_knows() -> None:
    base = method("ก")
    middle = method("ข", base)
    top = method("ค", middle)

    assert ancestors({r.id: r for r in (base, middle, top)}, top.id) == {base.id, middle.id, top.id}
    assert ancestors({r.id: r for r in (middle, top)}, top.id) == {middle.id, top.id}
    assert ancestors({}, top.id) == set()


def test_the_common_base_is_the_latest_and_only_one() -> None:
    first = method("ก")
    base = method("ข", first)
    one, other = method("ค", base), method("ง", base)
    stranger = method("จ")
    graph = {r.id: r for r in (first, base, one, other, stranger)}

    assert common_base(graph, one.id, other.id) == base
    assert common_base(graph, one.id, base.id) == base
    assert common_base(graph, one.id, stranger.id) is None


def test_a_criss_cross_has_no_single_base() -> None:
    base = method("ก")
    a1, b1 = method("ข", base), method("ค", base)
    a2, b2 = method("ง", a1, b1), method("จ", b1, a1)

    assert common_base({r.id: r for r in (base, a1, b1, a2, b2)}, a2.id, b2.id) is None
    assert view(a2, b2, graph=[base, a1, b1, a2, b2]).state == "conflict"


# --- what a field says ------------------------------------------------------------------------


def test_a_field_never_written_is_clean_and_empty() -> None:
    field_view = unwritten(LEVEL)

    assert (field_view.state, field_view.body, field_view.head_ids) == ("clean", "", ())
    assert field_view.value is None


def test_one_head_or_equal_bodies_are_clean() -> None:
    base = method("ก")
    one, other = method("ข", base, device="a"), method("ข", base, device="b")

    assert view(one).state == "clean"
    both = view(one, other)
    assert (both.state, both.value.plain) == ("clean", "ข")
    assert both.head_ids == tuple(sorted((one.id, other.id)))


def test_changes_in_different_paragraphs_are_merged_and_shown() -> None:
    base = method("หนึ่ง\nสอง\nสาม\nสี่")
    one = method("หนึ่ง!\nสอง\nสาม\nสี่", base)
    other = method("หนึ่ง\nสอง\nสาม\nสี่\nห้า", base, device="b")

    merged = view(one, other, graph=[base, one, other])

    assert (merged.state, merged.value.plain) == ("merged", "หนึ่ง!\nสอง\nสาม\nสี่\nห้า")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("หนึ่ง!\nสอง\nสาม", "หนึ่ง?\nสอง\nสาม"),
        ("หนึ่ง!\nสอง\nสาม", "หนึ่ง\nสอง?\nสาม"),
        ("หนึ่ง\nสอง\nสาม\nสี่", "หนึ่ง\nสอง\nสาม\nห้า"),
        ("", "หนึ่ง\nสอง\nสาม!"),
    ],
)
def test_touching_changes_and_deletion_against_change_are_a_conflict(
    ours: str, theirs: str
) -> None:
    base = method("หนึ่ง\nสอง\nสาม")
    one, other = method(ours, base), method(theirs, base, device="b")

    both = view(one, other, graph=[base, one, other])

    assert both.state == "conflict"
    assert both.body == min(one, other, key=lambda r: r.id).body


def test_three_different_heads_are_a_conflict() -> None:
    base = method("หนึ่ง\nสอง\nสาม\nสี่\nห้า")
    heads = [method(f"{base}{n}", base) for n in range(3)]

    assert view(*heads, graph=[base, *heads]).state == "conflict"


def test_levels_are_never_merged_and_a_conflict_has_no_level() -> None:
    base = revision("3", field=LEVEL)
    one, other = revision("4", base, field=LEVEL), revision("5", base, field=LEVEL)

    both = view(one, other, graph=[base, one, other])

    assert (both.state, both.value) == ("conflict", None)
    assert both.body in ("4", "5")


def test_a_text_in_conflict_shows_one_of_its_versions_and_a_clean_level_its_own() -> None:
    base = method("หนึ่ง")
    one, other = method("สอง", base), method("สาม", base)

    assert view(one, other, graph=[base, one, other]).value.plain in ("สอง", "สาม")
    assert view(revision("4", field=LEVEL)).value == 4


def test_a_deletion_is_never_merged_away() -> None:
    base = method("หนึ่ง")
    deleted = revision("", base)
    away = method("อื่น", base, device="b")
    back = method("หนึ่ง", away, device="b")

    assert view(deleted, back, graph=[base, deleted, away, back]).state == "conflict"


def test_a_change_beats_going_away_and_back() -> None:
    base = method("หนึ่ง\nสอง")
    changed = method("หนึ่ง!\nสอง", base)
    away = method("อื่น", base, device="b")
    back = method("หนึ่ง\nสอง", away, device="b")

    both = view(changed, back, graph=[base, changed, away, back])

    assert (both.state, both.value.plain) == ("merged", "หนึ่ง!\nสอง")


def test_where_a_step_between_is_missing_no_merge_is_guessed() -> None:
    base = method("หนึ่ง\nสอง")
    changed = method("หนึ่ง!\nสอง", base)
    away = method("อื่น", base, device="b")
    other = method("หนึ่ง\nสอง!", away, device="b")

    assert view(changed, other, graph=[base, changed, other]).state == "conflict"


BODIES = st.sampled_from(["ก", "ข", "ก\nข\nค", "ก\nข\nค\nง", "ก!\nข\nค", "ก\nข\nค!", ""])


@given(st.lists(st.tuples(BODIES, st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=8))
def test_the_same_set_of_revisions_says_the_same_in_any_order(
    steps: list[tuple[str, int, int]],
) -> None:
    made: list[Revision] = []
    for place, (text, first, second) in enumerate(steps):
        parents = {made[n % place] for n in (first, second)} if place else set()
        made.append(method(text, *parents))
    answers = set()
    for seed in range(4):
        shuffled = [*made]
        random.Random(seed).shuffle(shuffled)
        heads = [*heads_of(shuffled)]
        random.Random(seed).shuffle(heads)
        known = {r.id: r for r in shuffled}
        answers.add(view_of_heads(METHOD, heads, lambda known=known: known))  # type: ignore[misc]

    assert len(answers) == 1


def test_the_graph_is_asked_only_where_heads_differ() -> None:
    def never() -> dict[str, Revision]:
        raise AssertionError("asked")

    base = method("ก")
    same = method("ก")

    assert view_of_heads(METHOD, [base], never).state == "clean"
    assert view_of_heads(METHOD, [base, same], never).state == "clean"
    assert view_of_heads(METHOD, [], never).state == "clean"


# --- merging paragraphs -----------------------------------------------------------------------


def blocks(text: str) -> tuple[Block, ...]:
    return tuple(paragraph(letter) for letter in text)


def said(merged: tuple[Block, ...] | None) -> str | None:
    return None if merged is None else "".join(b.text for b in merged)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("base", "one", "other", "merged"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "abXc", "abc", "abXc"),
        ("abc", "Xabc", "abcY", "XabcY"),
        ("abcde", "aXcde", "abcYe", "aXcYe"),
        ("abcde", "acde", "abce", "ace"),
        ("abc", "aXc", "aXc", "aXc"),
        ("abc", "abcX", "abcX", "abcX"),
        ("", "X", "X", "X"),
        ("abc", "aXc", "aYc", None),
        ("abc", "aXc", "abY", None),
        ("abc", "abcX", "abcY", None),
        ("", "X", "Y", None),
        ("abc", "ac", "abXc", None),
        ("aa", "a", "aaa", None),
    ],
)
def test_changes_that_do_not_touch_are_put_together(
    base: str, one: str, other: str, merged: str | None
) -> None:
    assert said(merge_paragraphs(blocks(base), blocks(one), blocks(other))) == merged
    assert said(merge_paragraphs(blocks(base), blocks(other), blocks(one))) == merged


WORDS = st.text("abcXY", max_size=8)


@given(WORDS, WORDS, WORDS)
def test_a_merge_is_the_same_whoever_is_first(base: str, one: str, other: str) -> None:
    assert merge_paragraphs(blocks(base), blocks(one), blocks(other)) == merge_paragraphs(
        blocks(base), blocks(other), blocks(one)
    )


@given(WORDS, WORDS)
def test_a_change_against_no_change_is_the_change(base: str, one: str) -> None:
    assert said(merge_paragraphs(blocks(base), blocks(one), blocks(base))) == one


@given(WORDS, WORDS)
def test_the_same_change_twice_is_the_change(base: str, one: str) -> None:
    assert said(merge_paragraphs(blocks(base), blocks(one), blocks(one))) == one


@given(
    st.lists(st.sampled_from(["keep", "edit", "drop", "add"]), min_size=1, max_size=10), st.data()
)
def test_nothing_that_was_written_is_lost_in_a_merge(steps: list[str], data: st.DataObject) -> None:
    base = "".join(chr(ord("a") + n) for n in range(len(steps)))
    ours = theirs = ""
    expected = ""
    for letter, step in zip(base, steps, strict=True):
        mine = data.draw(st.booleans())
        new = {"keep": letter, "edit": letter.upper(), "drop": "", "add": letter + letter.upper()}[
            step
        ]
        ours += new if mine else letter
        theirs += letter if mine else new
        expected += new

    merged = said(merge_paragraphs(blocks(base), blocks(ours), blocks(theirs)))

    assert merged in (expected, None)


def test_distant_changes_are_always_merged() -> None:
    base = "abcdefgh"
    for one, other in permutations(range(0, 8, 2), 2):
        ours = base[:one] + "X" + base[one + 1 :]
        theirs = base[:other] + "Y" + base[other + 1 :]

        merged = said(merge_paragraphs(blocks(base), blocks(ours), blocks(theirs)))

        assert merged == "".join({one: "X", other: "Y"}.get(n, c) for n, c in enumerate(base))


def test_versions_are_listed_in_words() -> None:
    assert plain_text(METHOD, encode(Kind.METHOD, from_plain("๑. แผน\nงาน"))) == "๑. แผน\nงาน"
    assert plain_text(LEVEL, "4") == "4"
    assert plain_text(LEVEL, "") == ""
    works = encode(Kind.WORKS, (Work("w1", "ห้องสมุด", "ยืม\nมากขึ้น"), Work("w2", "สวนครัว")))
    assert plain_text(indicator_field(2568, "n1", Kind.WORKS), works) == "ห้องสมุด ยืม มากขึ้น\nสวนครัว"
    asked = encode(Kind.REQUIRED, (Requirement("r1", "คำสั่ง"), Requirement("r2", "บันทึก")))
    assert plain_text(required_field("q1"), asked) == "คำสั่ง\nบันทึก"
