"""A pasted list loses the numbers that the program puts there, and nothing else."""

import pytest

from esa_desktop.ui.pasted_names import names_of_lines


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["๑. ก", "๒. ข"], ["ก", "ข"]),
        (["1) ก", "2) ข"], ["ก", "ข"]),
        (["(๑) ก", "(๒) ข"], ["ก", "ข"]),
        (["๑.๒.๑ ก", "๑.๒.๒ ข"], ["ก", "ข"]),
        (["• ก", "- ข"], ["ก", "ข"]),
        (["๔ ด้านภายในเขต", "๕ ด้านภายนอก"], ["๔ ด้านภายในเขต", "๕ ด้านภายนอก"]),
        (["๑. ก", "ไม่มีเลข"], ["๑. ก", "ไม่มีเลข"]),
        (["  ก   ข ", "ค"], ["ก ข", "ค"]),
        (["๑."], ["๑."]),
        (["๒๕๕๗. ปี"], ["๒๕๕๗. ปี"]),
    ],
)
def test_only_numbers_of_every_line_go(lines: list[str], names: list[str]) -> None:
    assert names_of_lines(lines) == names
