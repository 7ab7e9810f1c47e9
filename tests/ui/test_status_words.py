import pytest

from esa_desktop.domain.assessment import Status
from esa_desktop.ui.icons import STATUS
from esa_desktop.ui.status_words import status_word


@pytest.mark.parametrize("status", [*Status, "conflict"])
def test_every_status_has_a_mark_and_a_word(status: str) -> None:
    assert status in STATUS
    assert status_word(status)


def test_no_two_statuses_share_a_word() -> None:
    words = [status_word(status) for status in [*Status, "conflict"]]

    assert len(set(words)) == len(words)
