import itertools
import sys
import threading
import time
from functools import partial
from types import TracebackType
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread, QThreadPool, QTimer
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import Cancelled, EsaError, ReportError
from esa_desktop.ui.worker import Task, TaskHandle, lane, wait_for_done

MANY = 500


def test_every_result_arrives(qtbot: QtBot) -> None:
    arrived: list[int] = []
    tasks = []
    for number in range(MANY):
        task = Task(lambda _, number=number: number)
        task.done.connect(arrived.append)
        tasks.append(task)

    # The event loop runs while results come in: senders deleted too early lost some that way.
    starts = iter(tasks)
    timer = QTimer()
    timer.timeout.connect(lambda: [task.start() for task in itertools.islice(starts, 5)])
    timer.start(0)

    qtbot.waitUntil(lambda: len(arrived) >= MANY, timeout=10_000)
    timer.stop()
    assert sorted(arrived) == list(range(MANY))


def test_the_result_arrives_on_the_gui_thread_and_the_work_is_done_on_another(
    qtbot: QtBot,
) -> None:
    threads: list[object] = []
    task = Task(lambda _: threads.append(threading.get_ident()))
    task.done.connect(lambda _: threads.append(QThread.currentThread() is task.thread()))

    with qtbot.waitSignal(task.ended):
        task.start()

    assert threads[0] != threading.get_ident()
    assert threads[1] is True


def test_an_error_a_user_can_mend_is_a_signal(qtbot: QtBot) -> None:
    def job(_: TaskHandle) -> None:
        raise ReportError("พิมพ์ไม่ได้")

    heard: list[str] = []
    task = Task(job)
    task.done.connect(lambda _: heard.append("done"))
    task.failed.connect(lambda error: heard.append(error.sentence))

    with qtbot.waitSignal(task.ended):
        task.start()

    assert heard == ["พิมพ์ไม่ได้"]
    assert not task.is_running


def test_our_own_mistake_goes_to_the_crash_road_on_the_gui_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[tuple[type[BaseException], int]] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        crashes.append((kind, threading.get_ident()))

    def job(_: TaskHandle) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sys, "excepthook", hook)
    task = Task(job)
    heard: list[Any] = []
    task.failed.connect(heard.append)

    with qtbot.waitSignal(task.ended):
        task.start()

    qtbot.waitUntil(lambda: bool(crashes))
    assert crashes == [(ZeroDivisionError, threading.get_ident())]
    assert heard == []


def test_cancelling_stops_the_job_at_its_next_look(qtbot: QtBot) -> None:
    started = threading.Event()
    looks = 0

    def job(handle: TaskHandle) -> None:
        nonlocal looks
        started.set()
        while looks < 10_000:
            looks += 1
            handle.check()
            time.sleep(0.001)

    task = Task(job)
    task.start()
    assert started.wait(5)

    with qtbot.waitSignal(task.cancelled):
        task.cancel()

    assert looks < 10_000


def test_a_job_that_was_cancelled_before_its_turn_never_runs(qtbot: QtBot) -> None:
    pool = QThreadPool()
    pool.setMaxThreadCount(1)
    gate = threading.Event()
    ran: list[str] = []
    first, second = Task(lambda _: gate.wait(5)), Task(lambda _: ran.append("second"))
    first.start(pool)
    second.start(pool)

    second.cancel()
    with qtbot.waitSignal(second.cancelled):
        gate.set()

    assert ran == []
    assert pool.waitForDone(5000)


def test_progress_in_more_bytes_than_qt_counts_arrives_as_a_share(qtbot: QtBot) -> None:
    def copy(handle: TaskHandle) -> None:
        handle.progress(3_000_000_000, 6_000_000_000)
        handle.progress(6_000_000_000, 6_000_000_000)

    told: list[float] = []
    task = Task(copy)
    task.progress.connect(lambda done, total: told.append(done / total))
    with qtbot.waitSignal(task.ended):
        task.start()

    assert told == [0.5, 1.0]


def test_progress_is_told_but_not_a_thousand_times(qtbot: QtBot) -> None:
    def job(handle: TaskHandle) -> None:
        for done in range(1, 1001):
            handle.progress(done, 1000)

    told: list[tuple[int, int]] = []
    task = Task(job)
    task.progress.connect(lambda done, total: told.append((done, total)))

    with qtbot.waitSignal(task.ended):
        task.start()

    assert told[-1] == (1000, 1000)
    assert len(told) < 50


def test_a_task_may_die_with_its_owner_while_the_job_runs(qtbot: QtBot) -> None:
    pool = QThreadPool()
    pool.setMaxThreadCount(20)
    started = threading.Barrier(21)
    unwanted: list[bool] = []
    heard: list[object] = []

    def job(handle: TaskHandle) -> str:
        started.wait(5)
        deadline = time.monotonic() + 5
        while not handle.cancelled() and time.monotonic() < deadline:
            time.sleep(0.002)
        unwanted.append(handle.cancelled())
        return "late"

    owners = [QObject() for _ in range(20)]
    for owner in owners:
        task = Task(job, owner)
        task.done.connect(heard.append)
        task.start(pool)
        del task
    started.wait(5)

    for owner in owners:
        shiboken6.delete(owner)

    assert pool.waitForDone(10_000)
    qtbot.wait(20)
    assert unwanted == [True] * 20
    assert heard == []


def test_closing_waits_for_what_runs_after_telling_it_to_stop(qtbot: QtBot) -> None:
    started = threading.Event()
    outcomes: list[str] = []

    def job(handle: TaskHandle) -> None:
        started.set()
        while not handle.cancelled():
            time.sleep(0.002)
        outcomes.append("stopped")

    pool = QThreadPool()
    task = Task(job)
    task.start(pool)
    assert started.wait(5)

    assert wait_for_done(pool, seconds=5)
    assert outcomes == ["stopped"]


def test_a_lane_does_one_thing_after_the_other_whatever_fills_the_pool(qtbot: QtBot) -> None:
    gate = threading.Event()
    everyone = QThreadPool.globalInstance()
    for _ in range(everyone.maxThreadCount()):
        everyone.start(lambda: gate.wait(5))
    order: list[str] = []

    def job(number: int, _: TaskHandle) -> None:
        order.append(f"{number} begins")
        time.sleep(0.02)
        order.append(f"{number} ends")

    tasks = [Task(partial(job, number)) for number in range(3)]
    for task in tasks:
        task.start(lane("one after the other"))

    try:
        qtbot.waitUntil(lambda: len(order) == 6, timeout=3000)
    finally:
        gate.set()
    assert order == [f"{n} {what}" for n in range(3) for what in ("begins", "ends")]
    assert lane("one after the other") is not lane("another")


def test_the_end_of_the_program_waits_for_the_lanes_too(qtbot: QtBot) -> None:
    outcomes: list[str] = []

    def job(_: TaskHandle) -> None:
        time.sleep(0.2)
        outcomes.append("finished")

    owner = QObject()
    Task(job, owner, must_finish=True).start(lane("of somebody who has gone"))
    shiboken6.delete(owner)

    assert wait_for_done(seconds=5)
    assert outcomes == ["finished"]


@pytest.mark.alone
def test_waiting_has_one_end_for_all_pools(qtbot: QtBot) -> None:
    gate = threading.Event()
    Task(lambda _: time.sleep(0.5), must_finish=True).start(lane("slow"))
    Task(lambda _: gate.wait(5), must_finish=True).start(lane("hangs"))
    begun = time.monotonic()

    try:
        assert not wait_for_done(seconds=0.6)
        assert time.monotonic() - begun < 0.9
    finally:
        gate.set()


def test_what_must_finish_is_stopped_by_a_person_only(qtbot: QtBot) -> None:
    pool = QThreadPool()
    started = threading.Barrier(3)
    outcomes: list[str] = []

    def job(handle: TaskHandle) -> None:
        started.wait(5)
        time.sleep(0.05)
        outcomes.append("stopped" if handle.cancelled() else "finished")

    owner = QObject()
    tasks = [Task(job, owner, must_finish=True), Task(job, must_finish=True)]
    for task in tasks:
        task.start(pool)
    started.wait(5)

    shiboken6.delete(owner)
    tasks[1].cancel()
    assert wait_for_done(pool, seconds=5)

    assert sorted(outcomes) == ["finished", "stopped"]


def test_cancelled_is_an_error_with_a_sentence() -> None:
    handle = TaskHandle(lambda done, total: None)
    handle.cancel()

    with pytest.raises(Cancelled, match="ยกเลิกแล้ว") as refusal:
        handle.check()

    assert isinstance(refusal.value, EsaError)
