"""Damaged files: every change is noticed, recovery brings the rows back; `tests.torture.damage` does it."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from esa_desktop.storage import examination, page_carving
from tests.torture.damage import (
    CASES,
    Ground,
    Outcome,
    build,
    copy_of,
    report,
    torture,
    try_one,
    without_carving,
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return build(tmp_path_factory.mktemp("ground"), 160, backups=False)


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return build(tmp_path_factory.mktemp("backed"), 160, backups=True)


def all_is_well(outcome: Outcome) -> bool:
    return not outcome.failed and outcome.noticed == outcome.changed and not outcome.strangers


@pytest.mark.parametrize("name", CASES)
def test_damage_is_noticed_and_recovered_from(ground: Ground, tmp_path: Path, name: str) -> None:
    told = Outcome()
    try_one(name, ground, tmp_path / "งาน.esaproj", 1, told)
    assert all_is_well(told), told
    if CASES[name].is_small:
        # Of a project this small 64 KB hold more than a hundredth; what lies elsewhere comes back.
        lost = told.rows - told.back
        assert lost <= CASES[name].most_lost, told


@pytest.mark.parametrize(
    "name", ["64 KB of garbage", "first 64 KB of garbage", "cut anywhere", "emptied"]
)
def test_with_backups_all_that_they_held_comes_back(
    backed_up: Ground, tmp_path: Path, name: str
) -> None:
    told = Outcome()
    try_one(name, backed_up, tmp_path / "งาน.esaproj", 2, told)
    assert all_is_well(told), told
    assert told.held_lost == 0
    assert told.share > 0.85


def test_the_control_without_row_hashes_bit_flips_stay_unseen(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "revision_of", lambda row: row)
    monkeypatch.setattr(examination, "_revisions", lambda driver, found: None)
    monkeypatch.setattr(examination, "_drafts", lambda driver, found: None)
    monkeypatch.setattr(examination, "_heads", lambda driver, found: None)
    monkeypatch.setattr(examination, "_sequence", lambda driver, found: None)
    seen = [bit_flipped(ground, tmp_path, seed) for seed in range(12)]
    assert seen.count(True) < 6


def test_with_row_hashes_they_are_seen(ground: Ground, tmp_path: Path) -> None:
    seen = [bit_flipped(ground, tmp_path, seed) for seed in range(12)]
    assert seen.count(True) >= 9  # the others hit bytes that nothing uses


def bit_flipped(ground: Ground, tmp_path: Path, seed: int) -> bool:
    folder = copy_of(ground, tmp_path / "งาน.esaproj")
    CASES["a bit"].harm(folder, random.Random(seed), ground)
    return not examination.examine(folder / "project.db").is_whole


def test_the_control_without_carving_loses_what_lies_behind_the_damage(
    ground: Ground, tmp_path: Path
) -> None:
    shares = [without_carving(ground, tmp_path / "งาน.esaproj", seed) for seed in range(4)]
    carved = Outcome()
    for seed in range(4):
        try_one("first 64 KB of garbage", ground, tmp_path / "งาน.esaproj", seed, carved)
    assert carved.share > 0.7
    assert max(shares) == 0


def test_the_control_without_chains_long_texts_are_lost(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_carving.Carving, "_chain", lambda *_: None)
    told = Outcome()
    try_one("a bit", ground, tmp_path / "งาน.esaproj", 1, told)
    assert told.rows - told.back > 30


@pytest.fixture
def printing(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    with capsys.disabled():
        yield


@pytest.mark.torture
def test_a_thousand_damaged_files(tmp_path: Path, printing: None) -> None:
    outcomes = torture(1000, tmp_path)
    print("\n" + report(outcomes))
    assert sum(outcome.tried for outcome in outcomes.values()) >= 1000
    assert all(map(all_is_well, outcomes.values()))
    assert all(outcome.held_lost == 0 for outcome in outcomes.values())
    small = [o for name, o in outcomes.items() if CASES[name.partition(",")[0]].is_small]
    assert min(outcome.share for outcome in small) >= 0.99
