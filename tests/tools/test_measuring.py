import pytest

from tools.measuring import (
    at_least,
    at_most,
    in_turns,
    memory_is_told,
    not_measured,
    peak_mb,
    percentile,
    resident_mb,
    within,
)


def test_rivals_run_in_turns_after_a_warm_up() -> None:
    runs: list[str] = []

    def ours() -> float:
        runs.append("ours")
        return float(len(runs))

    def theirs() -> float:
        runs.append("theirs")
        return float(len(runs))

    figures = in_turns(ours, theirs, 2)

    assert runs == ["ours", "theirs"] * 3
    assert figures == ([3.0, 5.0], [4.0, 6.0])
    in_turns(ours, theirs, 1, warm_up=False)
    assert len(runs) == 8


def test_one_slow_turn_does_not_spoil_the_ratio() -> None:
    figure = at_most("x", [1.2, 9.0, 1.2], [1.0, 1.0, 1.0], 1.5, "what")

    assert figure["ratio"] == 1.2
    assert figure["met"] is True


def test_near_a_floor_less_is_better_and_against_a_rival_more_is() -> None:
    ours, other = [2.0] * 3, [6.0] * 3

    assert at_most("x", other, ours, 2.0, "what")["met"] is False
    assert at_least("x", ours, other, 3.0, "what")["ratio"] == 3.0
    assert at_least("x", ours, other, 3.0, "what")["met"] is True
    assert at_least("x", other, ours, 3.0, "what")["met"] is False


def test_what_could_not_be_measured_is_neither_met_nor_missed() -> None:
    figure = not_measured("x", 6.0, "not installed")

    assert figure["met"] is None
    assert figure["why"] == "not installed"


def test_memory_in_use_is_seen_and_the_peak_stays_when_it_is_given_back() -> None:
    if not memory_is_told():
        pytest.skip("only Linux tells it so")
    before = resident_mb()
    held = b"x" * 60_000_000
    during = resident_mb()
    del held

    assert 50 < during - before < 90
    assert peak_mb() > during - 1
    assert resident_mb() < during - 40


def test_what_people_feel_is_met_by_its_own_value_and_tells_the_floor_beside_it() -> None:
    figure = within("x", 0.5, 0.1, 1.0, "s", "what")

    assert (figure["ratio"], figure["met"]) == (5.0, True)
    assert within("x", 1.5, 1.5, 1.0, "s", "what")["met"] is False


def test_a_percentile_is_one_of_the_values_and_few_are_above_it() -> None:
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile(range(1, 101), 0.99) == 99
    assert percentile([3.0], 0.5) == 3.0
    assert percentile([9, 1, 5], 1.0) == 9
