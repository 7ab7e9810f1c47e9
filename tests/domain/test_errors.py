import inspect

import pytest

from esa_desktop.domain import errors
from esa_desktop.domain.errors import EsaError

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if kind.__module__ == errors.__name__
]


@pytest.mark.parametrize("kind", KINDS)
def test_everything_a_user_can_mend_is_caught_in_one_place(kind: type[EsaError]) -> None:
    error = kind("กรุณาลองอีกครั้ง")

    assert isinstance(error, EsaError)
    assert error.sentence == str(error) == "กรุณาลองอีกครั้ง"
