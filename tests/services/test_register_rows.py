from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.thai import collation_key
from esa_desktop.domain.works import Work
from esa_desktop.services.register_rows import (
    Column,
    FileState,
    Register,
    RegisterRow,
    Shown,
    Wish,
    uses,
)
from tests.ui.rounds import FRAMEWORK, YEAR

ISSUES = [issue.id for _, _, issue in FRAMEWORK.issues()]
FILE = EvidenceFile("a" * 64, "สแกน.pdf", 9)


def item(item_id: str, code: str = "1.1.1-01", title: str = "คำสั่ง", **said: object) -> Evidence:
    return replace(Evidence(item_id, code, title), **said)  # type: ignore[arg-type]


def round_of(
    *items: Evidence, links: dict[str, tuple[str, ...]] | None = None, **of_round: object
) -> AssessmentRound:
    issues = {
        issue: IssueAssessment(links=tuple((f"a{n}", i) for n, i in enumerate(ids)))
        for issue, ids in (links or {}).items()
    }
    made = AssessmentRound(YEAR, FRAMEWORK, issues=issues, items={i.id: i for i in items})
    return replace(made, **of_round)  # type: ignore[arg-type]


def register(assessed: AssessmentRound, **years: tuple[int, ...]) -> Register:
    made = Register()
    made.follow(assessed, years)
    return made


def ids(found: tuple[RegisterRow, ...]) -> list[str]:
    return [row.id for row in found]


def test_rows_stand_by_code_as_numbers_not_as_letters() -> None:
    made = register(
        round_of(item("b", "1.1.1-10"), item("a", "1.1.1-9"), item("c", "1.10.1-01"), item("d", ""))
    )
    assert ids(made.arranged(Wish())) == ["d", "a", "b", "c"]


def test_titles_sort_as_a_thai_dictionary_does() -> None:
    titles = ["เก่า", "กา", "ไก่", "ก้าว", "ครั้งที่ ๑๐", "ครั้งที่ 2"]
    made = register(round_of(*(item(str(n), title=t) for n, t in enumerate(titles))))
    shown = [row.item.title for row in made.arranged(Wish(column=Column.TITLE))]
    assert shown == ["กา", "ก้าว", "เก่า", "ไก่", "ครั้งที่ 2", "ครั้งที่ ๑๐"]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", [Column.OWNER, Column.NUMBER, Column.DATE, Column.KIND])
def test_empty_cells_stand_last_either_way(column: Column, descending: bool) -> None:
    full = {"owner": "ก", "number": "๑", "date": date(2014, 5, 1), "kind": "ตาราง"}
    made = register(round_of(item("empty"), item("full", "9.9.9-99", **full)))
    assert ids(made.arranged(Wish(column=column, descending=descending))) == ["full", "empty"]


def test_equal_cells_stand_by_code_also_the_other_way_round() -> None:
    made = register(round_of(*(item(f"i{n}", f"1.1.1-{n:02d}", owner="ก") for n in range(4))))
    for descending in (False, True):
        wish = Wish(column=Column.OWNER, descending=descending)
        assert ids(made.arranged(wish)) == ["i0", "i1", "i2", "i3"]


@pytest.mark.parametrize(
    "words", ["๑๒๓", "123", "คําสั่ง", "ธีระ 123", "11 มิ.ย. 2557", "ตู้ ๓", "scan", "ก.ค", "1.2.2"]
)
def test_words_find_all_that_is_known_of_an_item_in_any_digits(words: str) -> None:
    found = item(
        "found",
        title="คำสั่งแต่งตั้ง",
        number="ที่ ศธ ๐๔๐๐๑/๑๒๓",
        date=date(2014, 6, 11),
        owner="นายธีระ",
        place="ตู้ ๓ ก.ค.",
        files=(replace(FILE, name="SCAN.pdf"),),
    )
    other = item("other", title="แผนงาน")
    made = register(round_of(found, other, links={"learn-2": ("found",)}))
    assert ids(made.arranged(Wish(words=words))) == ["found"]


def test_items_in_the_bin_are_not_in_the_register_but_counted() -> None:
    made = register(round_of(item("a"), item("b", binned=True), links={"good-1": ("a", "b")}))
    assert ids(made.arranged(Wish())) == ["a"]
    assert made.in_bin == 1


def test_an_item_shown_by_a_work_or_used_in_another_year_is_used() -> None:
    works = IndicatorAssessment(works=(Work("w", "โล่", items=("work",)),))
    assessed = round_of(item("work"), item("old"), item("none"), indicators={"free": works})
    made = register(assessed, old=(2556,))
    assert ids(made.arranged(Wish(Shown.UNUSED))) == ["none"]
    assert made.rows["work"].codes == ("2.1",)
    assert made.rows["old"].other_years == (2556,)


def test_places_of_use_stand_in_printed_order() -> None:
    links = {"learn-3": ("a",), "good-2": ("a",), "learn-1": ("a",)}
    made = register(round_of(item("a"), links=links))
    assert made.rows["a"].codes == ("1.1.2", "1.2.1", "1.2.3")
    assert ids(made.arranged(Wish(issue_id="learn-1"))) == ["a"]
    assert not made.arranged(Wish(issue_id="learn-2"))


def test_each_choice_shows_its_items_and_counts_them() -> None:
    assessed = round_of(
        item("gone", "1-1", files=(FILE,)),
        item("there", "1-2", files=(FILE,), confidential=True),
        item("cupboard", "1-3"),
        links={"good-1": ("gone", "there")},
    )
    made = register(assessed)
    made.set_missing({"gone": True, "there": False})
    shown = {choice: ids(made.arranged(Wish(choice))) for choice in Shown}
    assert shown == {
        Shown.ALL: ["gone", "there", "cupboard"],
        Shown.UNUSED: ["cupboard"],
        Shown.MISSING: ["gone"],
        Shown.CONFIDENTIAL: ["there"],
        Shown.NO_FILE: ["cupboard"],
    }
    assert made.counts() == {choice: len(found) for choice, found in shown.items()}


def test_what_the_disk_said_is_shown_until_it_says_something_else() -> None:
    assessed = round_of(item("a", files=(FILE,)), item("b"))
    made = register(assessed)
    row = made.rows["a"]
    assert made.file_state(row) is FileState.UNKNOWN
    assert [i.id for i in made.unasked()] == ["a"]
    assert made.set_missing({"a": True}) == {"a"}
    assert made.unasked() == ()
    made.ask_again()
    assert [i.id for i in made.unasked()] == ["a"]
    assert made.file_state(row) is FileState.MISSING
    assert made.set_missing({"a": False}) == {"a"}
    assert made.file_state(row) is FileState.PRESENT
    assert made.set_missing({"a": False, "stranger": True}) == frozenset()
    assert made.file_state(made.rows["b"]) is FileState.NONE


def test_another_file_of_an_item_is_asked_after_anew() -> None:
    made = register(round_of(item("a", files=(FILE,))))
    made.set_missing({"a": True})
    made.follow(round_of(item("a", title="ชื่อใหม่", files=(FILE,))))
    assert made.file_state(made.rows["a"]) is FileState.MISSING
    made.follow(round_of(item("a", files=(replace(FILE, sha256="b" * 64),))))
    assert made.file_state(made.rows["a"]) is FileState.UNKNOWN
    assert made.unasked()


def test_a_row_that_did_not_change_is_the_same_row() -> None:
    first = round_of(item("a"), item("b"))
    made = register(first)
    row = made.rows["a"]
    changed = made.follow(replace(first, items={**first.items, "b": item("b", title="อื่น")}))
    assert changed == {"b"}
    assert made.rows["a"] is row


def test_words_find_what_an_item_says_now_and_not_what_it_said() -> None:
    first = round_of(item("a", title="แผน"))
    made = register(first)
    assert made.arranged(Wish(words="แผน"))
    made.follow(replace(first, items={"a": item("a", title="สรุป")}))
    assert not made.arranged(Wish(words="แผน"))
    assert made.arranged(Wish(words="สรุป"))


def test_a_year_that_comes_to_know_an_item_changes_its_row() -> None:
    made = register(round_of(item("a"), item("b")))
    assert made.follow(round_of(*(row.item for row in made.rows.values())), {"b": (2556,)}) == {"b"}
    assert made.rows["b"].is_used


# --- properties -------------------------------------------------------------------------------

TITLES = st.text(st.sampled_from("กขคเแโใไาิีุูัะ่้๊๋์ำ ๐๑๒0129abZ"), max_size=8)
ITEMS = st.builds(
    Evidence,
    id=st.sampled_from([f"item{n}" for n in range(6)]),
    code=st.sampled_from(["", "1.1.1-01", "1.1.1-02", "1.1.1-10", "1.2.3-02"]),
    title=TITLES,
    kind=st.sampled_from(["", "เอกสาร", "ภาพถ่าย"]),
    number=TITLES,
    date=st.none() | st.dates(date(2013, 1, 1), date(2016, 1, 1)),
    files=st.sampled_from([(), (FILE,)]),
    owner=TITLES,
    confidential=st.booleans(),
    binned=st.booleans(),
)
LINKS = st.dictionaries(
    st.sampled_from(ISSUES),
    st.lists(st.sampled_from([f"item{n}" for n in range(6)]), unique=True).map(tuple),
)
ROUNDS = st.builds(
    lambda items, links: round_of(*items, links=links), st.lists(ITEMS, max_size=8), LINKS
)
WISHES = st.builds(
    Wish,
    shown=st.sampled_from(Shown),
    words=st.sampled_from(["", "ก", "1", "๑ ก"]),
    issue_id=st.sampled_from(["", ISSUES[0]]),
    column=st.sampled_from(Column),
    descending=st.booleans(),
)


@settings(max_examples=150)
@given(st.lists(ROUNDS, min_size=1, max_size=4), WISHES)
def test_following_many_changes_says_the_same_as_starting_anew(
    rounds: list[AssessmentRound], wish: Wish
) -> None:
    kept = Register()
    for assessed in rounds:
        kept.follow(assessed)
        kept.arranged(wish)  # fills what is remembered
        kept.counts()
        list(kept.prepare())
    new = register(rounds[-1])
    assert kept.arranged(wish) == new.arranged(wish)
    assert kept.counts() == new.counts()
    assert dict(kept.rows) == dict(new.rows)


@settings(max_examples=150)
@given(st.lists(ROUNDS, min_size=2, max_size=2))
def test_only_rows_that_changed_are_named(rounds: list[AssessmentRound]) -> None:
    made = register(rounds[0])
    before = dict(made.rows)
    changed = made.follow(rounds[1])
    after = dict(made.rows)
    truly = {i for i in before.keys() | after.keys() if before.get(i) != after.get(i)}
    assert truly <= changed
    same = {i for i in before.keys() & after.keys() if before[i].item is after[i].item}
    assert not {i for i in same if before[i] == after[i]} & changed


@settings(max_examples=150)
@given(ROUNDS, WISHES)
def test_an_order_leaves_out_and_adds_nothing(assessed: AssessmentRound, wish: Wish) -> None:
    made = register(assessed)
    plain = replace(wish, column=Column.CODE, descending=False)
    assert sorted(ids(made.arranged(wish))) == sorted(ids(made.arranged(plain)))
    assert {row.id for row in made.arranged(wish)} <= made.rows.keys()


@settings(max_examples=150)
@given(ROUNDS)
def test_the_order_of_titles_is_that_of_the_dictionary(assessed: AssessmentRound) -> None:
    rows = register(assessed).arranged(Wish(column=Column.TITLE))
    keys = [collation_key(row.item.title) for row in rows if row.item.title]
    assert all(a <= b for a, b in pairwise(keys))


@settings(max_examples=150)
@given(ROUNDS)
def test_uses_are_what_the_round_says(assessed: AssessmentRound) -> None:
    found = uses(assessed)
    for item_id in (item.id for item in assessed.items.values() if not item.binned):
        assert tuple(i for i, _ in found.get(item_id, ())) == assessed.issues_of(item_id)


def test_an_indicator_that_has_evidence_itself_uses_it() -> None:
    assert uses(round_of(item("a"), links={"free": ("a",)})) == {"a": (("free", "2.1"),)}


def test_an_item_of_an_issue_out_of_use_is_used_and_says_by_what() -> None:
    standard = FRAMEWORK.standards[0]
    good = standard.indicators[0]
    shorter = replace(good, issues=good.issues[1:], retired=good.issues[:1])
    without = replace(standard, indicators=(shorter, *standard.indicators[1:]))
    works = IndicatorAssessment(works=(Work("w", "โล่", items=("work",)),))
    assessed = round_of(
        item("a"),
        item("work"),
        item("none"),
        links={"good-1": ("a",)},
        framework=replace(FRAMEWORK, standards=(without,)),
        indicators={"free": works},
    )
    made = register(assessed)
    assert [made.rows[i].is_retired for i in ("a", "work", "none")] == [True, True, False]
    assert ids(made.arranged(Wish(Shown.UNUSED))) == ["none"]
    assert made.counts()[Shown.UNUSED] == 1
    assert made.follow(replace(assessed, framework=FRAMEWORK)) == {"a", "work"}
    assert made.rows["a"].codes == ("1.1.1",)
