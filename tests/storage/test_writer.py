import random
import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.errors import (
    Cancelled,
    NotAProject,
    ProjectLocked,
    StorageError,
    ValueRefused,
)
from esa_desktop.domain.revision import Revision
from esa_desktop.storage import database
from esa_desktop.storage.faults import disk_full
from esa_desktop.storage.store import Store, Write
from esa_desktop.storage.writer import MOST_TOGETHER, Writer
from tests.storage.projects import (
    HOLDER,
    METHOD,
    chain,
    change_in_file,
    draft,
    is_one_thai_sentence,
    new_store,
    revision,
)

QUICK = (0.01, 0.02)
PATIENCE = 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = new_store(tmp_path)
    store.close()
    return store.folder


@pytest.fixture
def opened(folder: Path) -> Iterator[Writer]:
    writer = Writer(lambda: Store.open(folder, HOLDER), waits=QUICK)
    writer.start()
    yield writer
    writer.close()


class Troubled(Store):
    """A store on a disk that refuses while ``trouble`` is set; remembers what was committed."""

    trouble: StorageError | Exception | None = None
    stopped: threading.Event | None = None
    groups: list[int]

    def write(self, *writes: Write) -> None:
        if self.stopped:
            self.stopped.wait(PATIENCE)
        if self.trouble:
            raise self.trouble
        super().write(*writes)
        self.groups.append(len(writes))


@pytest.fixture
def disk(folder: Path) -> Troubled:
    store = Troubled.open(folder, HOLDER)
    store.close()  # the connection belongs to a thread: the writer's will open its own
    store.groups = []
    return store


@pytest.fixture
def told() -> list[StorageError | None]:
    return []


@pytest.fixture
def writer(disk: Troubled, told: list[StorageError | None]) -> Iterator[Writer]:
    writer = Writer(lambda: disk, told.append, waits=QUICK)
    writer.start()
    yield writer
    disk.trouble = None
    if disk.stopped:
        disk.stopped.set()
    writer.close()


@contextmanager
def started(writer: Writer) -> Iterator[Writer]:
    writer.start()
    try:
        yield writer
    finally:
        writer.close(timeout=0)


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


def stored(folder: Path) -> list[str]:
    store = Store.open(folder, HOLDER)
    names = [one.id for one in store.history(METHOD)]
    store.close()
    return names


def test_a_write_is_on_the_disk_when_it_is_acknowledged(opened: Writer, folder: Path) -> None:
    one = revision("ก")
    assert opened.submit(Write(revisions=(one,))).result(PATIENCE) is None
    assert opened.close()
    assert stored(folder) == [one.id]


def test_everything_is_written_in_order(opened: Writer, folder: Path) -> None:
    made = chain(200)
    acknowledged: list[int] = []
    for number, one in enumerate(made):
        future = opened.submit(Write(revisions=(one,)))
        future.add_done_callback(lambda _, number=number: acknowledged.append(number))
    assert opened.close()
    assert acknowledged == list(range(200))
    assert stored(folder) == [one.id for one in made]


def test_what_queued_up_behind_a_slow_write_is_committed_together(
    writer: Writer, disk: Troubled
) -> None:
    disk.stopped = threading.Event()
    futures = [writer.submit(Write(drafts=(draft(str(n)),))) for n in range(MOST_TOGETHER + 10)]
    until(lambda: writer.pending == MOST_TOGETHER + 10)
    disk.stopped.set()
    for future in futures:
        future.result(PATIENCE)
    assert sum(disk.groups) == MOST_TOGETHER + 10
    assert len(disk.groups) <= 4


def test_a_question_is_answered_after_the_writes_before_it(opened: Writer) -> None:
    made = chain(30)
    for one in made:
        opened.submit(Write(revisions=(one,)))
    counted = opened.ask(lambda store: len(store.history(METHOD)))
    opened.submit(Write(revisions=(revision("หลังคำถาม"),)))
    assert counted.result(PATIENCE) == 30


def test_a_question_that_fails_fails_alone(opened: Writer) -> None:
    asked = opened.ask(lambda _: 1 // 0)
    assert isinstance(asked.exception(PATIENCE), ZeroDivisionError)
    opened.submit(Write(revisions=(revision("ก"),))).result(PATIENCE)


def test_a_question_may_be_withdrawn_and_a_write_may_not(writer: Writer, disk: Troubled) -> None:
    disk.stopped = threading.Event()
    written = writer.submit(Write(revisions=(revision("ก"),)))
    asked = writer.ask(lambda store: store.load())
    assert not written.cancel()
    assert asked.cancel()
    disk.stopped.set()
    written.result(PATIENCE)
    with pytest.raises(CancelledError):
        asked.result(PATIENCE)
    assert writer.ask(lambda _: "on").result(PATIENCE) == "on"


def test_a_refused_write_keeps_its_place_and_is_told_and_tried_again(
    writer: Writer, disk: Troubled, told: list[StorageError | None]
) -> None:
    made = chain(3)
    disk.trouble = disk_full(disk.folder)
    futures = [writer.submit(Write(revisions=(one,))) for one in made]
    until(lambda: len(told) >= 3)
    assert not any(future.done() for future in futures)
    assert writer.pending == 3
    assert writer.unsaved == tuple(Write(revisions=(one,)) for one in made)
    disk.trouble = None
    for future in futures:
        future.result(PATIENCE)
    until(lambda: told[-1] is None)
    assert told.count(None) == 1
    assert all(is_one_thai_sentence(error) for error in told if error)
    assert writer.ask(lambda store: store.history(METHOD)).result(PATIENCE) == tuple(made)
    assert writer.pending == 0


def test_the_person_may_have_it_tried_at_once(disk: Troubled) -> None:
    told: list[StorageError | None] = []
    with started(Writer(lambda: disk, told.append, waits=(3600,))) as patient:
        disk.trouble = disk_full(disk.folder)
        future = patient.submit(Write(revisions=(revision("ก"),)))
        until(lambda: len(told) == 1)
        patient.retry_now()
        until(lambda: len(told) == 2)
        disk.trouble = None
        patient.retry_now()
        future.result(PATIENCE)


def test_a_value_that_cannot_be_stored_fails_alone(opened: Writer, folder: Path) -> None:
    good = chain(3)
    futures = [opened.submit(Write(revisions=(good[0],)))]
    bad = opened.submit(Write(drafts=(draft("x", device="\ud800"),)))
    futures += [opened.submit(Write(revisions=(one,))) for one in good[1:]]
    assert isinstance(bad.exception(PATIENCE), ValueRefused)
    for future in futures:
        future.result(PATIENCE)
    assert opened.close()
    assert stored(folder) == [one.id for one in good]


def test_of_a_group_only_the_bad_one_falls(writer: Writer, disk: Troubled) -> None:
    disk.stopped = threading.Event()
    first = writer.submit(Write(revisions=(revision("แรก"),)))
    wrong = replace(revision("ผิด"), author="อื่น")
    futures = [
        writer.submit(Write(revisions=(one,))) for one in (revision("ก"), wrong, revision("ข"))
    ]
    disk.stopped.set()
    assert isinstance(futures[1].exception(PATIENCE), ValueError)
    for future in (first, futures[0], futures[2]):
        future.result(PATIENCE)
    assert len(writer.ask(lambda store: store.history(METHOD)).result(PATIENCE)) == 3


def test_a_fault_of_the_program_fails_the_future_and_does_not_stop_the_rest(
    writer: Writer, disk: Troubled
) -> None:
    disk.trouble = KeyError("a bug")
    assert isinstance(writer.submit(Write()).exception(PATIENCE), KeyError)
    disk.trouble = None
    writer.submit(Write(revisions=(revision("ก"),))).result(PATIENCE)


def test_a_listener_that_fails_does_not_stop_the_writing(
    folder: Path, disk: Troubled, caplog: pytest.LogCaptureFixture
) -> None:
    def listen(_: StorageError | None) -> None:
        raise RuntimeError("the window is gone")

    with started(Writer(lambda: disk, listen, waits=QUICK)) as writer:
        disk.trouble = disk_full(folder)
        future = writer.submit(Write(revisions=(revision("ก"),)))
        until(lambda: "the window is gone" in caplog.text)
        disk.trouble = None
        future.result(PATIENCE)


def test_callbacks_may_use_the_writer(opened: Writer) -> None:
    later: list[Future[None]] = []
    seen: list[int] = []

    def on_done(_: Future[None]) -> None:
        seen.append(opened.pending)
        later.append(opened.submit(Write(revisions=(revision("ข"),))))

    opened.submit(Write(revisions=(revision("ก"),))).add_done_callback(on_done)
    until(lambda: later)
    later[0].result(PATIENCE)
    assert seen == [0]


def test_flushing_waits_for_what_was_submitted(writer: Writer, disk: Troubled) -> None:
    assert writer.flush(0)
    disk.trouble = disk_full(disk.folder)
    writer.submit(Write(revisions=(revision("ก"),)))
    assert not writer.flush(0.05)
    disk.trouble = None
    assert writer.flush(PATIENCE)


def test_opening_that_fails_says_why_and_leaves_no_thread(folder: Path) -> None:
    with pytest.raises(NotAProject):
        Writer(lambda: Store.open(folder / "ไม่มี", HOLDER)).start()


def test_damaged_rows_refuse_the_start_and_let_the_project_go(folder: Path) -> None:
    store = Store.open(folder, HOLDER)
    store.write(Write(revisions=(revision("ก"),)))
    store.close()
    change_in_file(folder, "UPDATE revision SET author='อื่น'")
    writer = Writer(lambda: Store.open(folder, HOLDER))
    with pytest.raises(NotAProject):
        writer.start()
    change_in_file(folder, "UPDATE revision SET author='สมศรี'")
    Store.open(folder, HOLDER).close()
    with pytest.raises(RuntimeError, match="closed"):
        writer.submit(Write())


def test_a_closed_writer_takes_nothing_more(opened: Writer, folder: Path) -> None:
    assert opened.close()
    with pytest.raises(RuntimeError, match="closed"):
        opened.submit(Write())
    with pytest.raises(RuntimeError, match="closed"):
        opened.ask(lambda store: store.load())
    assert opened.close()
    assert not (folder / "lock.json").exists()


def test_closing_a_writer_that_never_started_does_no_harm(folder: Path) -> None:
    assert Writer(lambda: Store.open(folder, HOLDER)).close()


@pytest.mark.alone
def test_closing_gives_up_in_time_and_says_what_is_unsaved(writer: Writer, disk: Troubled) -> None:
    disk.trouble = disk_full(disk.folder)
    lost = Write(revisions=(revision("ก"),))
    future = writer.submit(lost)
    asked = writer.ask(lambda store: store.load())
    started = time.monotonic()
    assert not writer.close(timeout=0.3)
    assert time.monotonic() - started < 2
    assert isinstance(future.exception(0), StorageError)
    assert isinstance(asked.exception(0), StorageError)
    assert writer.unsaved == (lost,)
    Store.open(disk.folder, HOLDER).close()


def test_closing_tries_until_the_disk_takes_it(writer: Writer, disk: Troubled) -> None:
    disk.trouble = disk_full(disk.folder)
    future = writer.submit(Write(revisions=(revision("ก"),)))
    threading.Timer(0.3, lambda: setattr(disk, "trouble", None)).start()
    assert writer.close(timeout=PATIENCE)
    assert future.result(0) is None


@pytest.mark.alone
def test_closing_does_not_wait_for_a_disk_that_never_answers(
    writer: Writer, disk: Troubled
) -> None:
    disk.stopped = threading.Event()
    writer.submit(Write(revisions=(revision("ก"),)))
    started = time.monotonic()
    assert not writer.close(timeout=0.1)
    assert time.monotonic() - started < 3
    disk.stopped.set()
    assert writer.close(timeout=PATIENCE)


def test_the_project_is_locked_while_the_writer_has_it(
    opened: Writer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esa_desktop.storage.database.PATIENCE", 0)
    with pytest.raises(ProjectLocked):
        Store.open(folder, HOLDER)


def incompressible() -> Revision:
    return revision("".join(random.Random(1).choices("กขคงจฉชซญดตถทนบปผพฟมยรลวศสหอ", k=90000)))


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """A disk that is full for every file at ``size``: the kernel refuses each write beyond."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_real_file_that_cannot_grow_is_told_and_written_later(folder: Path) -> None:
    told: list[StorageError | None] = []
    small, large = revision("ก"), incompressible()
    with started(Writer(lambda: Store.open(folder, HOLDER), told.append, waits=(0.05,))) as writer:
        writer.submit(Write(revisions=(small,))).result(PATIENCE)
        with files_no_longer_than((folder / "project.db").stat().st_size):
            future = writer.submit(Write(revisions=(large,)))
            until(lambda: len(told) >= 2)
            assert not future.done()
        future.result(PATIENCE)
    assert told[-1] is None
    assert all(is_one_thai_sentence(error) for error in told if error)
    assert stored(folder) == [small.id, large.id]


def test_a_full_disk_says_so_and_what_was_there_stays(folder: Path) -> None:
    store = Store.open(folder, HOLDER)
    store.write(Write(revisions=(revision("ก"),)))
    before = store.load()
    large = incompressible()
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageError, match="เนื้อที่เต็ม") as caught:
        store.write(Write(revisions=(large,)))
    assert is_one_thai_sentence(caught.value)
    assert store.load() == before
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    store.write(Write(revisions=(large,)))
    assert len(store.history(METHOD)) == 2
    store.close()


def test_a_slow_question_lets_saving_and_short_questions_go_first(opened: Writer) -> None:
    begun, go_on = threading.Event(), threading.Event()
    texts = chain(3)

    def slow(store: Store, breathe: Callable[[], None]) -> tuple[int, int]:
        before = len(store.history(METHOD))
        begun.set()
        assert go_on.wait(PATIENCE)
        breathe()
        return before, len(store.history(METHOD))

    answer = opened.ask_slowly(slow)
    assert begun.wait(PATIENCE)
    saved = [opened.submit(Write(revisions=(text,))) for text in texts]
    asked = opened.ask(lambda store: len(store.history(METHOD)))
    later = opened.ask_slowly(lambda _store, _breathe: "after")
    assert not any(future.done() for future in saved)
    go_on.set()

    assert answer.result(PATIENCE) == (0, 3)
    assert asked.result(0) == 3
    assert all(future.result(0) is None for future in saved)
    assert later.result(PATIENCE) == "after"


def test_an_ordinary_question_of_the_same_length_holds_saving_up(opened: Writer) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def long(_store: Store) -> None:
        begun.set()
        go_on.wait(PATIENCE)

    asked = opened.ask(long)
    assert begun.wait(PATIENCE)
    saved = opened.submit(Write(revisions=tuple(chain(1))))
    time.sleep(0.05)
    assert not saved.done()
    go_on.set()
    asked.result(PATIENCE)
    saved.result(PATIENCE)


def test_a_slow_question_ends_when_the_disk_refuses_and_the_write_keeps_its_place(
    disk: Troubled,
) -> None:
    store, folder = disk, disk.folder
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()
    writer = Writer(lambda: store, waits=QUICK)
    writer.start()

    def slow(_store: Store, breathe: Callable[[], None]) -> None:
        begun.set()
        go_on.wait(PATIENCE)
        try:
            breathe()
        finally:
            ended.set()

    answer = writer.ask_slowly(slow)
    assert begun.wait(PATIENCE)
    store.trouble = disk_full(folder)
    saved = writer.submit(Write(revisions=tuple(chain(1))))
    go_on.set()
    assert ended.wait(PATIENCE)
    with pytest.raises(StorageError):
        answer.result(PATIENCE)
    store.trouble = None
    saved.result(PATIENCE)
    assert writer.close()


def test_closing_ends_a_slow_question(opened: Writer) -> None:
    begun = threading.Event()

    def for_ever(_store: Store, breathe: Callable[[], None]) -> None:
        begun.set()
        while True:
            breathe()
            time.sleep(0.001)

    answer = opened.ask_slowly(for_ever)
    assert begun.wait(PATIENCE)
    assert opened.close(PATIENCE)
    with pytest.raises(Cancelled):
        answer.result(PATIENCE)


def test_a_copy_made_while_somebody_types_has_what_was_saved_meanwhile(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PAGES_AT_ONCE", 2)
    writer = Writer(lambda: Store.open(folder, HOLDER), waits=QUICK)
    writer.start()
    texts = chain(60, size=2000)
    writer.submit(Write(revisions=tuple(texts[:40])))
    place = tmp_path / "copy"
    place.mkdir()
    slices = 0
    waiting = iter(texts[40:])

    def slow(store: Store, breathe: Callable[[], None]) -> None:
        def between() -> None:
            nonlocal slices
            slices += 1
            text = next(waiting, None)
            if text:
                writer.submit(Write(revisions=(text,)))
            breathe()

        store.copy_to(place / "project.db", between)

    writer.ask_slowly(slow).result(PATIENCE)
    saved = writer.ask(lambda store: len(store.history(METHOD))).result(PATIENCE)
    writer.close()
    assert slices > 1
    copy = Store.open(place, HOLDER)
    assert len(copy.history(METHOD)) == saved > 40
    copy.close()


def test_two_slow_questions_hold_no_saving_up(opened: Writer) -> None:
    begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def first(_store: Store, breathe: Callable[[], None]) -> None:
        begun.set()
        go_on.wait(PATIENCE)
        breathe()
        order.append("first")

    one = opened.ask_slowly(first)
    assert begun.wait(PATIENCE)
    two = opened.ask_slowly(lambda _store, _breathe: order.append("second"))
    saved = opened.submit(Write(revisions=tuple(chain(1))))
    saved.add_done_callback(lambda _: order.append("saved"))
    go_on.set()
    for future in (one, two):
        future.result(PATIENCE)
    assert order == ["saved", "first", "second"]


def test_a_stumble_that_is_not_the_disks_is_tried_again_and_nothing_is_dropped(
    disk: Troubled, told: list[StorageError | None]
) -> None:
    disk.trouble = MemoryError()
    texts = chain(2)
    with started(Writer(lambda: disk, told.append, waits=QUICK)) as writer:
        saved = [writer.submit(Write(revisions=(text,))) for text in texts]
        while not told:
            time.sleep(0.002)
        disk.trouble = None
        for future in saved:
            future.result(PATIENCE)
        assert len(writer.ask(lambda store: store.history(METHOD)).result(PATIENCE)) == 2
    assert is_one_thai_sentence(told[0] or StorageError())
    assert told[-1] is None


def test_what_stumbles_for_ever_is_given_up_in_the_end(disk: Troubled) -> None:
    disk.trouble = RuntimeError("a fault of ours")
    with started(Writer(lambda: disk, waits=QUICK)) as writer:
        saved = writer.submit(Write(revisions=tuple(chain(1))))
        with pytest.raises(RuntimeError, match="of ours"):
            saved.result(PATIENCE)
        disk.trouble = None
        writer.submit(Write(revisions=(revision("ต่อไป"),))).result(PATIENCE)


def test_how_long_the_oldest_write_waits_is_known(disk: Troubled) -> None:
    disk.stopped = threading.Event()
    with started(Writer(lambda: disk, waits=QUICK)) as writer:
        assert writer.waiting == 0
        saved = writer.submit(Write(revisions=tuple(chain(1))))
        time.sleep(0.05)
        assert 0.04 < writer.waiting < PATIENCE
        disk.stopped.set()
        saved.result(PATIENCE)
        assert writer.flush(PATIENCE)
        assert writer.waiting == 0
    assert writer.is_over
