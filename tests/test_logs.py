import json
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.logs import LEFT_OUT, Wordless, harmless, reduced, start_log

THAI = re.compile("[\u0e00-\u0e7f]")
thai_texts = st.text(
    st.sampled_from("กขคงจฉชซญดตถทธนบปผพฟมยรลวศสหอะาิีุูเแโใไ่้๊๋์๐๑๒๓ abc'\"\n{}%"), min_size=1
).filter(lambda text: THAI.search(text) is not None)
REPORT = "นางสาวพิมพ์ใจดูแลโรงเรียน 12 แห่ง"


@pytest.fixture
def log(profile: Path) -> Iterator[Callable[[], str]]:
    """The program's log, started anew; call it for what it holds."""
    logger = logging.getLogger("esa_desktop")
    before, logger.handlers = logger.handlers, []
    start_log()

    def read() -> str:
        for handler in logger.handlers:
            handler.flush()
        return (profile / "log.txt").read_text("utf-8")

    yield read
    for handler in logger.handlers:
        handler.close()
    logger.handlers = before


def raised(error: BaseException) -> BaseException:
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def with_words(words: str) -> list[BaseException]:
    """Errors that say these words in every way an error can."""
    noted = raised(ValueError("noted"))
    noted.add_note(words)
    caused = ValueError("caused")
    caused.__cause__ = KeyError(words)
    during = ValueError("during")
    during.__context__ = OSError(28, words, words)
    return [
        *(raised(kind(words)) for kind in (ValueError, KeyError, TypeError, AssertionError)),
        raised(AttributeError(f"'{words}' object has no attribute '{words}'")),
        raised(OSError(2, words, words)),
        raised(sqlite3.OperationalError(words)),
        raised(json.JSONDecodeError("Expecting value", words, 0)),
        raised(UnicodeDecodeError("utf-8", words.encode(), 0, 1, words)),
        raised(ExceptionGroup(words, [ValueError(words)])),
        noted,
        raised(caused),
        raised(during),
    ]


@given(thai_texts)
def test_no_thai_letter_comes_through_an_error(words: str) -> None:
    for error in with_words(words):
        assert not THAI.search(reduced(error, error.__traceback__)), type(error)


@given(thai_texts, thai_texts)
def test_no_thai_letter_comes_through_a_message_or_its_arguments(words: str, more: str) -> None:
    formatter = Wordless("%(message)s")
    for message, arguments in (
        (words, ()),
        ("said %s and %r", (words, more)),
        ("wrongly %d", (words,)),
        ("too few %s %s", (words,)),
        ("by name %(one)s", ({"one": words},)),
        ("an object %s", ([words],)),
        ("a place %s", (Path("/tmp") / re.sub("[/\0]", "", more),)),
        ("an error %s", (ValueError(words),)),
    ):
        record = logging.LogRecord("x", logging.ERROR, words, 1, message, arguments, None)
        record.exc_text = words
        record.stack_info = words
        assert not THAI.search(formatter.format(record)), message


@given(st.text("abcdefghij ", min_size=12))
def test_what_is_quoted_does_not_come_through_in_english_either(words: str) -> None:
    for quoted in (f"'{words}'", repr(words), f'bad value "{words}" in it', f"`{words}`"):
        assert words not in harmless(quoted)
    assert words not in reduced(KeyError(words))


def test_the_log_of_an_error_names_type_and_places_and_not_the_report(
    log: Callable[[], str],
) -> None:
    logging.getLogger("esa_desktop.storage").error(
        "saving %s failed after %d tries", REPORT, 3, exc_info=raised(ValueError(REPORT))
    )

    told = log()
    assert "saving … failed after 3 tries" in told
    assert "ValueError: …" in told
    assert "tests/test_logs.py" in told
    assert " raised" in told
    assert not THAI.search(told)


def test_without_the_formatter_the_report_would_be_in_the_log(log: Callable[[], str]) -> None:
    """The control of all above: what is logged does hold the text."""
    for handler in logging.getLogger("esa_desktop").handlers:
        handler.setFormatter(logging.Formatter())
    logging.getLogger("esa_desktop").error("x", exc_info=raised(ValueError(REPORT)))

    assert REPORT in log()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (AttributeError("'NoneType' object has no attribute 'field'"), "'NoneType' object has no"),
        (sqlite3.OperationalError("disk I/O error"), "OperationalError: disk I/O error"),
        (OSError(28, "No space left on device", "/home/somebody/x"), "OSError: errno 28"),
        (RuntimeError("the writer is closed"), "RuntimeError: the writer is closed"),
        (ValueError("call 0812345678 now"), f"ValueError: call {LEFT_OUT} now"),
        (ValueError("x" * 1000), f"ValueError: {LEFT_OUT}"),
        (ZeroDivisionError(), "ZeroDivisionError"),
    ],
)
def test_what_a_programmer_needs_comes_through(error: Exception, told: str) -> None:
    assert told in reduced(error)


def test_paths_are_named_from_the_program_on_and_never_from_the_home_folder() -> None:
    error = raised(ValueError())
    told = reduced(error, error.__traceback__)

    assert "tests/test_logs.py" in told
    assert str(Path(__file__).parent) not in told


def test_causes_are_told_in_order_and_an_endless_circle_ends() -> None:
    first, second = KeyError("a"), ValueError("b")
    second.__cause__, first.__context__ = first, second

    told = reduced(second)

    assert told.index("KeyError") < told.index("direct cause") < told.index("ValueError")


def test_an_error_that_cannot_say_what_it_is_is_named_all_the_same() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise RuntimeError(REPORT)

    assert reduced(Mute()) == f"Mute: {LEFT_OUT}"


def test_what_another_handler_spelled_out_is_not_taken_over() -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), None)
    record.exc_text = "ValueError: somebody wrote this"
    record.stack_info = "somebody wrote this"

    assert Wordless("%(message)s").format(record) == "failed"


def test_another_handler_still_hears_the_whole_message(log: Callable[[], str]) -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "said %s", (REPORT,), None)

    Wordless("%(message)s").format(record)

    assert record.getMessage() == f"said {REPORT}"


def test_a_folder_that_cannot_be_written_keeps_nobody_from_working(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = profile / "file"
    in_the_way.write_text("x")
    monkeypatch.setenv("ESA_HOME", str(in_the_way / "inside"))
    logger = logging.getLogger("esa_desktop")
    before, logger.handlers = logger.handlers, []
    try:
        start_log().error("nothing happens")
    finally:
        logger.handlers = before
