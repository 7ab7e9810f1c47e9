from pathlib import Path

import pytest

from esa_desktop.cli.words import field_of, one_of, path, place_of, told_time
from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import EsaError, UnknownCode, ValueRefused
from esa_desktop.domain.fields import DICTIONARY_FIELD, Field, Kind, book_field
from esa_desktop.services.frameworks import find_framework
from tests.kinds_of_indicator import BEST_WORKS
from tests.kinds_of_indicator import framework as kinds

YEAR = 2557
ROUND = AssessmentRound(YEAR, find_framework("obec-2557"))


def test_a_code_and_a_name_are_one_field() -> None:
    issue = ROUND.framework.issue("1.2.1").id
    indicator = ROUND.framework.indicator("1.2").id

    assert field_of(ROUND, "๑.๒.๑", "method") == ("1.2.1", Field("2557", issue, Kind.METHOD))
    assert field_of(ROUND, "1.2", "level") == ("1.2", Field("2557", indicator, Kind.LEVEL))
    assert field_of(ROUND, "book", "foreword") == ("book", book_field(YEAR, "foreword"))
    assert field_of(ROUND, "dictionary", "words") == ("dictionary", DICTIONARY_FIELD)


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("1.2.99", "method", UnknownCode),
        ("1.2", "method", EsaError),
        ("1.2.1", "level", EsaError),
        ("book", "level", ValueRefused),
        ("1.2", "foreword", ValueRefused),
        ("book", "words", ValueRefused),
        ("dictionary", "foreword", ValueRefused),
    ],
)
def test_what_does_not_go_together_is_refused_with_a_sentence(
    code: str, name: str, kind: type[EsaError]
) -> None:
    with pytest.raises(kind) as caught:
        field_of(ROUND, code, name)
    assert "\n" not in caught.value.sentence


def test_a_word_that_is_none_of_the_known_ones_names_them() -> None:
    assert one_of("ช่อง", ("ก", "ข"))("ข") == "ข"
    with pytest.raises(ValueRefused, match="ก หรือ ข"):
        one_of("ช่อง", ("ก", "ข"))("ค")
    assert path("ก ข") == Path("ก ข")
    with pytest.raises(ValueRefused):
        path(" ")


def test_evidence_goes_to_issues_and_to_indicators_that_have_none() -> None:
    assert place_of(kinds(), "๓.๑").id == BEST_WORKS
    assert place_of(kinds(), "1.1.2").id == "counted-2"
    for code in ("1.1", "3", "9.9"):
        with pytest.raises(UnknownCode):
            place_of(kinds(), code)


@pytest.mark.parametrize("time", ["2026-11-22T03:00:00.000+00:00", "2026-11-22T03:00:00+07:00"])
def test_a_time_is_told_in_thai(time: str) -> None:
    assert "๒๕๖๙" in told_time(time)


@pytest.mark.parametrize("time", ["", "เมื่อวาน", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_time_is_told_as_it_is(time: str) -> None:
    assert told_time(time) == time
