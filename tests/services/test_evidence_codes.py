from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import Kind, framework_field, item_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.works import Work
from esa_desktop.services.evidence_codes import renumber, renumbered
from tests.ui.registers import COMMAND, CUPBOARD, PHOTO, REPORT, Shelf
from tests.ui.rounds import FRAMEWORK, YEAR, two_heads


def round_of(
    items: dict[str, str], links: dict[str, tuple[str, ...]], framework: Framework = FRAMEWORK
) -> AssessmentRound:
    """``items``: codes by id; ``links``: items in order by the id of what they serve."""
    return AssessmentRound(
        YEAR,
        framework,
        issues={
            node: IssueAssessment(links=tuple((f"a{n}", i) for n, i in enumerate(ids)))
            for node, ids in links.items()
        },
        items={i: Evidence(i, code, i) for i, code in items.items()},
    )


def without_first_issue() -> Framework:
    standard = FRAMEWORK.standards[0]
    good = standard.indicators[0]
    left = tuple(replace(issue, number=n) for n, issue in enumerate(good.issues[1:], 1))
    shorter = replace(good, issues=left, retired=good.issues[:1])
    return replace(
        FRAMEWORK,
        standards=(
            replace(standard, indicators=(shorter, *standard.indicators[1:])),
            *FRAMEWORK.standards[1:],
        ),
    )


def after(assessed: AssessmentRound) -> AssessmentRound:
    new = {item_id: code for item_id, _, code in renumbered(assessed)}
    items = {i: replace(item, code=new.get(i, item.code)) for i, item in assessed.items.items()}
    return replace(assessed, items=items)


def test_codes_that_fit_their_issues_stay() -> None:
    fits = {"a": "1.1.1-01", "b": "1.1.1-02", "c": "1.2.3-01"}
    links = {"good-1": ("a", "b"), "learn-3": ("c", "a")}
    assert renumbered(round_of(fits, links)) == ()


def test_items_are_counted_in_printed_order_under_the_first_issue_they_serve() -> None:
    codes = {"a": "1.2.3-07", "b": "1.1.1-09", "c": "1.1.1-01", "d": ""}
    links = {"good-2": ("c", "a"), "learn-3": ("a", "b", "d")}
    assert renumbered(round_of(codes, links)) == (
        ("c", "1.1.1-01", "1.1.2-01"),
        ("a", "1.2.3-07", "1.1.2-02"),
        ("b", "1.1.1-09", "1.2.3-01"),
        ("d", "", "1.2.3-02"),
    )


def test_after_an_issue_went_out_of_use_codes_follow_those_that_stayed() -> None:
    codes = {"a": "1.1.1-01", "b": "1.1.2-01", "c": "1.1.2-02"}
    links = {"good-1": ("a",), "good-2": ("b", "c")}
    assert renumbered(round_of(codes, links)) == ()
    assert renumbered(round_of(codes, links, without_first_issue())) == (
        ("b", "1.1.2-01", "1.1.1-02"),  # 01 is on the paper of the one that serves nothing now
        ("c", "1.1.2-02", "1.1.1-03"),
    )


@pytest.mark.parametrize("held", ["1.1.1-01", "1.1.1-1"])
def test_a_code_of_an_item_that_serves_nothing_is_passed_over(held: str) -> None:
    codes = {"a": "1.2.1-01", "unused": held}
    assert renumbered(round_of(codes, {"good-1": ("a",)})) == (("a", "1.2.1-01", "1.1.1-02"),)


def test_the_code_of_an_item_in_the_bin_is_kept_for_it() -> None:
    assessed = round_of({"a": "1.2.1-01", "gone": "1.1.1-01"}, {"good-1": ("a", "gone")})
    items = {**assessed.items, "gone": replace(assessed.items["gone"], binned=True)}
    changed = renumbered(replace(assessed, items=items))
    assert changed == (("a", "1.2.1-01", "1.1.1-02"),)


def test_the_same_code_given_on_two_laptops_is_parted() -> None:
    codes = {"a": "1.1.1-01", "b": "1.1.1-01"}
    serving = round_of(codes, {"good-1": ("a", "b")})
    assert renumbered(serving) == (("b", "1.1.1-01", "1.1.1-02"),)
    idle = round_of(codes, {})
    assert renumbered(idle) == (("b", "1.1.1-01", "1.1.1-02"),)


def test_what_shows_a_work_is_counted_under_its_issue_else_under_the_indicator() -> None:
    codes = {"a": "9-01", "b": "9-02", "c": "9-03"}
    works = IndicatorAssessment(works=(Work("w", "โล่", items=("b", "a")),))
    assessed = round_of(codes, {"free-1": ("a",), "free": ("c",)})
    assert renumbered(replace(assessed, indicators={"free": works})) == (
        ("c", "9-03", "2.1-01"),
        ("b", "9-02", "2.1-02"),
        ("a", "9-01", "2.1.1-01"),
    )


def test_an_item_of_which_two_versions_wait_is_not_decided_by_it() -> None:
    assessed = round_of({"a": "1.2.1-01", "b": "1.2.1-02"}, {"good-1": ("a", "b")})
    field = item_field("a")
    waiting: FieldView = two_heads(field, "{}", "{ }")
    unsettled = replace(assessed, unsettled={field: waiting})
    assert renumbered(unsettled) == (("b", "1.2.1-02", "1.1.1-01"),)


def test_it_is_one_step_that_can_be_taken_back_and_changes_codes_alone(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    editor = shelf.desk.editor
    before = dict(editor.round.items)
    shelf.push(renumber(editor), "จัดรหัสหลักฐานใหม่")
    now = editor.round.items
    assert {i: item.code for i, item in now.items()} == {
        COMMAND: "1.2.2-01",
        REPORT: "1.2.2-02",
        PHOTO: "1.1.1-01",
        CUPBOARD: "1.1.1-02",
    }
    assert {i: replace(item, code="") for i, item in now.items()} == {
        i: replace(item, code="") for i, item in before.items()
    }
    assert renumber(editor).edits == ()
    shelf.desk.undo.undo()
    assert editor.round.items == before
    assert shelf.desk.undo.count() == 1


def test_it_follows_the_edition_of_the_round(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    editor = shelf.desk.editor
    editor.apply(editor.change(framework_field(YEAR), without_first_issue()))
    assert [entry[0] for entry in renumbered(editor.round)] == [COMMAND, REPORT]
    assert editor.view(item_field(COMMAND)).field.kind is Kind.ITEM


IDS = [f"i{n}" for n in range(9)]
CODES = st.sampled_from(
    ["", "1.1.1-01", "1.1.1-1", "1.1.1-02", "1.1.1-03", "1.2.3-01", "2.1-01", "ก", "ก-01", "1.1.1"]
)
NODES = [node.id for _, node in FRAMEWORK.walk()]
ROUNDS = st.builds(
    lambda codes, links, works, binned, framework: replace(
        made := round_of(codes, {n: tuple(ids) for n, ids in links.items()}, framework),
        items={i: replace(item, binned=i in binned) for i, item in made.items.items()},
        indicators={"free": IndicatorAssessment(works=(Work("w", "โล่", items=tuple(works)),))},
    ),
    st.dictionaries(st.sampled_from(IDS), CODES),
    st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(IDS), unique=True)),
    st.lists(st.sampled_from(IDS), unique=True, max_size=3),
    st.sets(st.sampled_from(IDS), max_size=2),
    st.sampled_from([FRAMEWORK, without_first_issue()]),
)


@settings(max_examples=300, deadline=None)
@example(round_of(dict.fromkeys(IDS, "1.1.1-01"), {"good-1": ("i3",)}))
@given(ROUNDS)
def test_afterwards_no_two_codes_are_equal_and_nothing_more_is_to_change(
    assessed: AssessmentRound,
) -> None:
    changed = renumbered(assessed)
    made = after(assessed)
    codes = [item.code for item in made.items.values() if item.code]
    assert len(codes) == len(set(codes))
    assert renumbered(made) == ()
    assert all(old != new and assessed.items[i].code == old for i, old, new in changed)
    for code, node in made.framework.walk():
        for item in made.evidence_of(node.id):
            first = made.framework.code_of(made.issues_of(item.id)[0])
            assert item.code.rpartition("-")[0] == first, (code, item)
    serving = {i for i in made.items if made.issues_of(i)}
    serving |= {i.id for w in made.indicator("free").works for i in made.shown_by(w)}
    alone = [c for i, c in ((i, v.code) for i, v in assessed.items.items()) if i not in serving]
    for item_id, old, _ in changed:
        assert item_id in serving or alone.count(old) > 1
