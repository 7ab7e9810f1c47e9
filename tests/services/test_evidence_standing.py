from dataclasses import replace
from pathlib import Path

from esa_desktop.domain.edits import Batch
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import (
    Kind,
    framework_field,
    indicator_field,
    item_field,
    link_field,
)
from esa_desktop.domain.works import Work
from esa_desktop.services.evidence_standing import absent, other_years, uses_of
from esa_desktop.storage.evidence_files import keep
from tests.ui.rounds import FRAMEWORK, YEAR, Desk


def desk_with(*item_ids: str) -> Desk:
    desk = Desk()
    edits = [desk.editor.change(item_field(i), Evidence(i, "1.1.1-01", i)) for i in item_ids]
    desk.editor.apply(Batch(tuple(edits)))
    return desk


def link(desk: Desk, item_id: str, issue_id: str, year: int = YEAR, rank: str = "a") -> None:
    desk.editor.apply(desk.editor.change(link_field(year, issue_id, item_id), rank))


def test_places_of_all_years_are_told_with_the_names_of_their_year() -> None:
    desk = desk_with("a", "b")
    standard = FRAMEWORK.standards[0]
    former = replace(FRAMEWORK, standards=(replace(standard, number=7),))
    desk.editor.apply(desk.editor.change(framework_field(YEAR - 1), former))
    link(desk, "a", "learn-2")
    link(desk, "a", "good-1")
    link(desk, "a", "good-1", YEAR - 1)
    link(desk, "b", "good-1")
    found = [(use.year, use.code, use.name) for use in uses_of(desk.editor, ["a"])]
    name = FRAMEWORK.issue("1.1.1").name
    assert found == [
        (YEAR, "1.1.1", name),
        (YEAR, "1.2.2", FRAMEWORK.issue("1.2.2").name),
        (YEAR - 1, "7.1.1", name),
    ]


def test_a_work_that_shows_an_item_uses_it() -> None:
    desk = desk_with("a")
    works = (Work("w", "โล่", items=("a",)), Work("x", "ถ้วย", items=("a",)))
    desk.editor.apply(desk.editor.change(indicator_field(YEAR, "free", Kind.WORKS), works))
    assert [(use.node_id, use.code) for use in uses_of(desk.editor, ["a"])] == [("free", "2.1")]


def test_what_was_taken_out_is_not_used() -> None:
    desk = desk_with("a")
    link(desk, "a", "good-1")
    link(desk, "a", "good-1", rank="")
    assert uses_of(desk.editor, ["a"]) == ()


def test_an_issue_out_of_use_has_a_name_and_no_code() -> None:
    desk = desk_with("a")
    link(desk, "a", "good-1")
    standard = FRAMEWORK.standards[0]
    good = standard.indicators[0]
    shorter = replace(good, issues=good.issues[1:], retired=good.issues[:1])
    without = replace(standard, indicators=(shorter, standard.indicators[1]))
    changed = replace(FRAMEWORK, standards=(without,))
    desk.editor.apply(desk.editor.change(framework_field(YEAR), changed))
    (use,) = uses_of(desk.editor, ["a"])
    assert (use.code, use.name) == ("", good.issues[0].name)


def test_the_year_of_the_round_is_no_other_year() -> None:
    desk = desk_with("a", "b")
    link(desk, "a", "good-1")
    link(desk, "b", "good-1", 2556)
    link(desk, "b", "good-1", 2555)
    assert other_years(desk.editor) == {"b": (2555, 2556)}


def test_a_file_that_is_gone_or_cut_short_is_absent(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    files: list[EvidenceFile] = []
    for name in ("there", "gone", "short"):
        source = tmp_path / f"{name}.txt"
        source.write_text(name * 9)
        files.append(keep(source, tmp_path))
    place = [tmp_path / "evidence" / file.sha256[:2] / file.sha256 for file in files]
    place[1].unlink()
    place[2].write_text("x")
    items = [Evidence(name, "", "", files=(f,)) for name, f in zip("tgs", files, strict=True)]
    items += [Evidence("none", "", ""), Evidence("both", "", "", files=tuple(files[:2]))]
    expected = {"t": False, "g": True, "s": True, "none": False, "both": True}
    assert absent(tmp_path, items) == expected
    assert absent(tmp_path, items, lambda: True) == {}
