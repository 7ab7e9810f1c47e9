"""The list of planted faults fits the program as it is; some of them are planted here, all in the torture."""

from pathlib import Path

import pytest

from tests.torture.fault_list import FAULTS, Fault
from tests.torture.harness import CHECKOUT, outcome

PLANTED_HERE = ("early acknowledgement", "file after row")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_can_be_planted_and_its_test_is_there(fault: Fault) -> None:
    compile(fault.in_((CHECKOUT / fault.file).read_text(encoding="utf-8")), fault.file, "exec")
    file, _, name = fault.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (CHECKOUT / file).read_text(encoding="utf-8")


def test_a_planted_fault_makes_its_test_fail(tmp_path: Path) -> None:
    found = outcome("planted_faults", "{ground}", *PLANTED_HERE, ground=tmp_path)
    assert found["tests pass without faults"]
    assert found["missed"] == []
    assert found["tried"] == len(PLANTED_HERE)
