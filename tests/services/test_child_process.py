import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.errors import Cancelled, ReportError
from esa_desktop.services import child_process, running_child
from esa_desktop.services.child_process import ChildFault, ChildProcess

CHECKOUT = Path(__file__).resolve().parents[2]
MEMORY = 200 << 20
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits of Linux")


def odd_command(name: str) -> list[str]:
    return [sys.executable, "-P", "-B", "-X", "utf8", "-m", "tests.odd_child"]


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChildProcess]:
    monkeypatch.setattr(running_child, "command", odd_command)
    odd = ChildProcess("reader", memory=MEMORY)
    yield odd
    odd.close()


@pytest.fixture
def open_child(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChildProcess]:
    """A child in an open room: nothing but the watch of its parent bounds its memory."""
    monkeypatch.setattr(running_child, "command", odd_command)
    odd = ChildProcess("binder", memory=MEMORY)
    yield odd
    odd.close()


def ask(child: ChildProcess, do: str, seconds: float = 30, **more: Any) -> dict[str, Any]:
    return child.ask({"do": do, **more}, seconds=seconds)[0]


def fault_of(child: ChildProcess, do: str, seconds: float = 30, **more: Any) -> ChildFault:
    with pytest.raises(ChildFault) as fault:
        ask(child, do, seconds, **more)
    return fault.value


def is_running(pid: int) -> bool:
    """Zombies are gone enough: they only wait to be counted."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return words.rsplit(")", 1)[1].split()[0] != "Z"


def wait_until_gone(pid: int) -> bool:
    until = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


def test_a_question_is_answered_with_words_and_bytes(child: ChildProcess) -> None:
    answer, body = child.ask({"do": "echo", "words": "ที่ป้ำ", "bytes": 3_000_000}, seconds=30)

    assert answer["heard"] == "ที่ป้ำ"
    assert body == b"x" * 3_000_000


def test_one_child_answers_many_questions(child: ChildProcess) -> None:
    assert len({ask(child, "echo")["pid"] for _ in range(20)}) == 1


def test_the_child_knows_nothing_of_us_and_steps_back(
    child: ChildProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hush")

    seen = ask(child, "surroundings")

    assert "SECRET_TOKEN" not in seen["environment"]
    assert Path(seen["folder"]) != Path.cwd()
    assert seen["environment"]["HOME"] == seen["folder"]
    if sys.platform != "win32":
        assert seen["nice"] >= 10


def test_the_childs_own_folder_goes_with_it(child: ChildProcess) -> None:
    folder = Path(ask(child, "surroundings")["folder"])
    assert folder.is_dir()

    child.close()

    assert not folder.exists()


def test_a_folder_that_was_given_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(running_child, "command", odd_command)
    odd = ChildProcess("reader", memory=MEMORY, folder=tmp_path)
    assert Path(ask(odd, "surroundings")["folder"]) == tmp_path

    odd.close()

    assert tmp_path.is_dir()


@pytest.mark.alone
@pytest.mark.parametrize("deed", ["hang", "deaf"])
def test_what_takes_too_long_is_ended_and_the_next_question_answered(
    child: ChildProcess, deed: str
) -> None:
    pid = ask(child, "echo")["pid"]
    begun = time.monotonic()

    fault = fault_of(child, deed, seconds=0.5)

    assert (fault.kind, fault.progress) == ("time", {"step": "begun"})
    assert time.monotonic() - begun < 3
    assert wait_until_gone(pid)
    assert ask(child, "echo")["pid"] != pid


def test_a_crash_is_a_fault_with_the_last_that_was_told(child: ChildProcess) -> None:
    fault = fault_of(child, "crash")

    assert (fault.kind, fault.progress) == ("crash", {"step": "begun"})
    assert ask(child, "echo", words="again")["heard"] == "again"


def test_a_child_that_leaves_or_talks_nonsense_is_a_crash(child: ChildProcess) -> None:
    assert fault_of(child, "leave").kind == "crash"
    assert fault_of(child, "garble", seconds=10).kind == "crash"


def test_a_child_that_died_while_nobody_asked_is_started_again_unseen(child: ChildProcess) -> None:
    pid = ask(child, "echo")["pid"]
    os.kill(pid, signal.SIGTERM)
    assert wait_until_gone(pid)
    assert child._child is not None
    until = time.monotonic() + 5
    while child._child.is_alive and time.monotonic() < until:
        time.sleep(0.01)

    assert ask(child, "echo")["pid"] != pid


def test_our_own_mistake_in_the_child_is_a_crash_that_tells_where(child: ChildProcess) -> None:
    fault = fault_of(child, "fail")

    assert fault.kind == "crash"
    assert "ValueError: our own mistake" in fault.told
    assert "odd_child.py" in fault.told


def test_a_refusal_of_the_child_is_a_refusal_here(child: ChildProcess) -> None:
    with pytest.raises(ReportError, match="กรุณาลองอีกครั้ง"):
        ask(child, "refuse")


@on_linux
def test_memory_is_bounded_in_a_closed_room(child: ChildProcess) -> None:
    assert fault_of(child, "fill", megabytes=600).kind == "memory"
    assert 100 << 20 < child.peak_memory < MEMORY + (60 << 20)


@on_linux
def test_too_much_at_once_is_refused_before_anybody_could_see_it(
    child: ChildProcess, open_child: ChildProcess
) -> None:
    assert fault_of(child, "reserve", megabytes=600).kind == "memory"
    assert ask(open_child, "reserve", megabytes=600) == {"megabytes": 600}


@on_linux
def test_without_the_bound_the_same_child_takes_what_it_wants(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running_child, "command", odd_command)
    free = ChildProcess("reader", memory=2 << 30)

    ask(free, "fill", megabytes=600)

    assert free.peak_memory > 600 << 20
    free.close()


@on_linux
def test_in_an_open_room_the_parent_watches_the_memory(open_child: ChildProcess) -> None:
    fault = fault_of(open_child, "fill", megabytes=2000, pause=0.03)

    assert fault.kind == "memory"
    assert open_child.peak_memory < MEMORY + (100 << 20)


@on_linux
def test_a_closed_room_has_no_socket_no_program_and_no_pen(
    child: ChildProcess, open_child: ChildProcess
) -> None:
    assert ask(child, "attempt")["done"] == []
    assert ask(open_child, "attempt")["done"] == ["socket", "program", "file"]


def test_who_cancels_is_not_kept_waiting(child: ChildProcess) -> None:
    unwanted = threading.Event()
    steps: list[int] = []

    def progress(words: dict[str, Any]) -> None:
        steps.append(words["step"])
        if len(steps) == 5:
            unwanted.set()

    begun = time.monotonic()
    with pytest.raises(Cancelled):
        child.ask(
            {"do": "sleep", "seconds": 20},
            seconds=30,
            progress=progress,
            cancelled=unwanted.is_set,
        )

    assert time.monotonic() - begun < 5
    assert steps == [0, 1, 2, 3, 4]


def test_who_waits_for_a_turn_can_cancel_too(child: ChildProcess) -> None:
    begun = threading.Event()
    first = threading.Thread(
        target=lambda: child.ask(
            {"do": "sleep", "seconds": 1}, seconds=30, progress=lambda _: begun.set()
        )
    )
    first.start()
    begun.wait(10)

    with pytest.raises(Cancelled):
        child.ask({"do": "echo"}, seconds=30, cancelled=lambda: True)

    first.join()


def test_many_threads_get_each_its_own_answer(child: ChildProcess) -> None:
    heard: dict[int, Any] = {}

    def one(number: int) -> None:
        for _ in range(5):
            heard[number] = ask(child, "echo", words=number)["heard"]

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == {number: number for number in range(8)}


def test_closing_cancels_what_is_being_asked(child: ChildProcess) -> None:
    outcome: list[BaseException] = []
    begun = threading.Event()

    def wait() -> None:
        try:
            child.ask({"do": "sleep", "seconds": 20}, seconds=30, progress=lambda _: begun.set())
        except Cancelled as cancelled:
            outcome.append(cancelled)

    asking = threading.Thread(target=wait)
    asking.start()
    begun.wait(10)
    child.close()
    asking.join(5)

    assert len(outcome) == 1
    with pytest.raises(Cancelled):
        ask(child, "echo")


def test_a_new_child_comes_after_many_questions(
    child: ChildProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "_MOST_REQUESTS", 3)

    assert len({ask(child, "echo")["pid"] for _ in range(6)}) == 2


@on_linux
def test_what_the_child_started_ends_with_it(open_child: ChildProcess) -> None:
    told: list[int] = []

    with pytest.raises(ChildFault):
        open_child.ask({"do": "start"}, seconds=1, progress=lambda words: told.append(words["pid"]))

    assert wait_until_gone(told[0])


@on_linux
@pytest.mark.parametrize("deed", ["start", "hang"])
def test_the_child_and_its_programs_end_when_the_parent_is_killed(deed: str) -> None:
    script = f"""
        import sys
        from esa_desktop.services import running_child
        from esa_desktop.services.child_process import ChildProcess

        running_child.command = lambda name: {odd_command("")!r}
        child = ChildProcess("binder", memory={MEMORY})
        seen = child.ask({{"do": "surroundings"}}, seconds=30)[0]
        print(child._child.pid, seen["folder"], flush=True)
        child.ask({{"do": {deed!r}}}, seconds=600, progress=lambda w: print(w, flush=True))
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        text=True,
    )
    assert parent.stdout is not None
    pid, folder = parent.stdout.readline().split()
    pids = [int(pid)]
    told = parent.stdout.readline()
    if deed == "start":
        pids.append(int(told.split(":")[1].strip(" }\n")))
    assert all(is_running(pid) for pid in pids)

    parent.kill()
    parent.communicate()

    assert all(wait_until_gone(pid) for pid in pids)
    assert not Path(folder).exists()


def test_the_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert running_child.command("reader") == [sys.executable, "--child", "reader"]


def test_an_unknown_child_is_a_crash_that_tells_why() -> None:
    nobody = ChildProcess("nobody", memory=MEMORY)

    with pytest.raises(ChildFault) as fault:
        nobody.ask({}, seconds=5)

    assert "no such child" in fault.value.told
    nobody.close()


def test_it_can_be_closed_twice_and_unused() -> None:
    unused = ChildProcess("reader", memory=MEMORY)
    unused.close()
    unused.close()


def test_one_that_talks_without_end_is_ended_all_the_same(child: ChildProcess) -> None:
    begun = time.monotonic()
    with pytest.raises(ChildFault) as fault:
        child.ask({"do": "chatter"}, seconds=0.5, cancelled=lambda: time.monotonic() - begun > 20)
    assert fault.value.kind == "time"


@on_linux
def test_from_a_closed_room_no_file_is_changed_that_is_there(
    child: ChildProcess, open_child: ChildProcess, tmp_path: Path
) -> None:
    file = tmp_path / "ของคนอื่น"
    file.write_text("precious", encoding="utf-8")
    file.chmod(0o600)
    assert ask(child, "overwrite", path=str(file)) == {"done": [], "read": "precious"}
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600

    # The control: where the room is open, all of it is possible.
    assert "write" in ask(open_child, "overwrite", path=str(file))["done"]


def test_what_cannot_be_started_leaves_no_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(running_child, "command", lambda _: [str(tmp_path / "no program")])
    monkeypatch.setattr(running_child.tempfile, "tempdir", str(tmp_path))
    odd = ChildProcess("reader", memory=MEMORY)
    assert fault_of(odd, "echo").kind == "crash"
    odd.close()
    assert list(tmp_path.iterdir()) == []


@on_linux
@pytest.mark.parametrize(("deaf", "ends"), [(1.0, True), (900.0, False)])
def test_one_that_hears_nothing_ends_after_its_parent_was_killed(
    tmp_path: Path, deaf: float, ends: bool
) -> None:
    """The second case is the control: the usual patience is longer than a test."""
    begin = f"from esa_desktop import child; child.DEAF = {deaf}; from tests import odd_child"
    served = "import sys; sys.exit(child.serve(lambda: odd_child.answer))"
    program = f"""
    import sys
    from esa_desktop.services import running_child
    from esa_desktop.services.child_process import ChildProcess
    running_child.command = lambda _: [sys.executable, "-P", "-B", "-c", {begin!r} + "; " + {served!r}]
    child = ChildProcess("binder", memory=1 << 30)
    tell = lambda _: print(child._child.pid, flush=True)
    child.ask({{"do": "deaf"}}, seconds=600, progress=tell)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()

    time.sleep(0 if ends else 2.5)
    assert wait_until_gone(pid) if ends else is_running(pid)
    if not ends:
        os.kill(pid, signal.SIGKILL)
