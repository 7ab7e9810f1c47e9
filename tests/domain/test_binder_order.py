from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.binder import BinderOptions, Changed
from esa_desktop.domain.binder_order import (
    binder_sections,
    changes,
    fingerprints,
    item_fingerprint,
    without,
)
from esa_desktop.domain.errors import UnknownCode
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from tests.report.binder.made import Office


@pytest.fixture
def office() -> Office:
    made = Office(Path(), standards=2)
    made.item("1.1.2", "ข", also=("1.2.1", "2.1.1"))
    made.item("1.1.1", "ก")
    made.item("2.1.1", "ค")
    made.item("1.2", "ผลงาน")
    return made


def codes(office: Office, *scope: str) -> list[tuple[str, list[str], list[str]]]:
    return [
        (s.code, [i.code for i in s.items], [i.code for i in s.again])
        for s in binder_sections(office.round(), scope)
    ]


def test_an_item_stands_where_it_serves_first_and_is_named_where_it_serves_again(
    office: Office,
) -> None:
    assert codes(office) == [
        ("1.1.1", ["1.1.1-01"], []),
        ("1.1.2", ["1.1.2-01"], []),
        ("1.2", ["1.2-01"], []),
        ("1.2.1", [], ["1.1.2-01"]),
        ("2.1.1", ["2.1.1-01"], ["1.1.2-01"]),
    ]


def test_within_a_scope_it_stands_where_it_serves_first_there(office: Office) -> None:
    assert codes(office, "1.2.1") == [("1.2.1", ["1.1.2-01"], [])]
    assert codes(office, "๒", "1.2.1")[1] == ("2.1.1", ["2.1.1-01"], ["1.1.2-01"])
    with pytest.raises(UnknownCode):
        codes(office, "7")


def test_what_is_in_the_bin_is_not_bound(office: Office) -> None:
    item = office.items["item-1.1.1-1"]
    office.items[item.id] = replace(item, binned=True)
    assert "1.1.1" not in [section for section, _, _ in codes(office)]


def test_the_options_leave_items_out(office: Office) -> None:
    office.items["item-1.1.2-1"] = replace(office.items["item-1.1.2-1"], confidential=True)
    sections = binder_sections(office.round())
    left = without(sections, BinderOptions(confidential="leave_out"), {})
    assert [s.code for s in left] == ["1.1.1", "1.2", "2.1.1"]
    kinds: dict[str, Changed] = {"item-1.1.2-1": "moved", "item-2.1.1-1": "new"}
    only = without(sections, BinderOptions(only_changed=True), kinds)
    assert [s.code for s in only] == ["2.1.1"]


def test_changes_name_what_became_of_every_item(office: Office) -> None:
    old = fingerprints(binder_sections(office.round()))
    assert changes(old, old) == {}
    first = office.items["item-1.1.1-1"]
    office.items[first.id] = replace(first, files=(EvidenceFile("a" * 64, "ใหม่.pdf", 3),))
    del office.links["1.1.2"]  # serves 1.2.1 first now
    del office.links["1.2"]
    new_item = office.item("1.1.3", "ใหม่")
    new = fingerprints(binder_sections(office.round()))
    assert changes(old, new) == {
        first.id: "changed",
        "item-1.1.2-1": "moved",
        "item-1.2-1": "gone",
        new_item.id: "new",
    }


def test_the_fingerprint_knows_everything_that_is_printed() -> None:
    item = Evidence("i", "1.1.1-01", "ชื่อ")
    others = [
        replace(item, title="อื่น"),
        replace(item, number="๑"),
        replace(item, place="ตู้"),
        replace(item, owner="ใคร"),
        replace(item, confidential=True),
        replace(item, code="1.1.1-02"),
        replace(item, files=(EvidenceFile("a", "b", 1),)),
    ]
    prints = {item_fingerprint(one, "x") for one in (item, *others)}
    assert len(prints) == len(others) + 1
    kept = replace(item, earlier=(EvidenceFile("a", "b", 1),), binned_from=("x",))
    assert item_fingerprint(kept, "x") == item_fingerprint(item, "x")
