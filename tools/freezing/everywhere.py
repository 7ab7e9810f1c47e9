"""Tries the frozen Linux program in every surrounding people have: ``dev.py freeze --everywhere``."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tools.freezing.bundle import NAME, NotFrozen, self_test
from tools.freezing.minimal_system import NotMade, can_make, entering, make_system
from tools.freezing.thai_library import DICTIONARY, LIBRARY
from tools.freezing.wine import NoWine, screen

NOBODY: Final = 65534
WORDS_STEP: Final = "ตัดคำไทย"
"""In the name of the self-test's step that needs libthai."""
THAI_FOLDER: Final = "โปรแกรม ประเมิน ตนเอง"
THAI_HOME: Final = "บ้านของ สมหญิง ใจดี"
OTHER_LIBRARY: Final = """
void *th_brk_new (const char *name) { return (void *) 1; }
void th_brk_delete (void *words) { }
int th_brk_find_breaks (void *words, const char *text, int *found, unsigned long room) { return 0; }
unsigned long th_next_cell (const char *text, unsigned long left, void *cell, int split)
{ return left ? 1 : 0; }
"""
"""A libthai that finds no words: the wrong one, but one that loads."""
_READ_ONLY: Final = """
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 9
touch "$1/written" 2>/dev/null && exit 9
exec "$2" "${@:3}"
"""
_FEW_COLOURS: Final = 64
_MOST_DIFFERENT: Final = 0.03
"""The share of a picture that may differ from the one taken here: a date, a name of a folder."""


class NotRun(Exception):
    """This machine or user cannot do it; the words say why."""


@dataclass(frozen=True)
class Surrounding:
    """How and where the program is started; ``folder`` is where it may write."""

    program: Path
    folder: Path
    environment: dict[str, str]
    before: tuple[str, ...] = ()
    seen_as: str = ""
    """What the program calls ``folder``, where that is another name."""
    reference: Path | None = field(default=None, compare=False)
    """The picture of the window as it looks here, if it was drawn."""


def try_everywhere(made: Path) -> int:
    """A line a surrounding, ok or FAIL; exit code 1 unless every one could be tried and is well."""
    with tempfile.TemporaryDirectory(prefix="esa-everywhere-") as scratch:
        place = Path(scratch)
        place.chmod(0o755)  # for nobody, too
        program = place / NAME
        shutil.copytree(made, program)
        before = tree_digest(program)
        here = Surrounding(program, _new(place / "here"), _environment(place / "here"))
        failed = [name for name, trial in trials(place, here) if not _line(name, trial)]
        same = _line("the program's folder is as it was", lambda: _same(before, program))
    if failed or not same:
        print(f"not well everywhere: {', '.join(failed) or 'its own folder'}")
    return int(bool(failed) or not same)


def trials(place: Path, here: Surrounding) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "as it is", lambda: _well(here)
    here = replace(here, reference=here.folder / "window.png")
    yield "no network", lambda: _well(replace(here, before=_unshared("--net")))
    yield "from a read-only folder", lambda: _well(_read_only(here))
    yield "from a folder with Thai letters and blanks", lambda: _well(_moved(here, place))
    yield "a home with Thai letters and blanks", lambda: _well(_at_home(here, place / THAI_HOME))
    yield "LANG=C, no environment", lambda: _well(replace(here, environment={"LANG": "C"}))
    yield "th_TH.UTF-8", lambda: _well(_in_thai(here, place))
    yield "an unprivileged user", lambda: _well(_as_nobody(here, place))
    yield "another libthai in the way", lambda: _well(_with_other(here, place))
    yield "on a screen (xcb)", lambda: _on_screen(here)
    yield "a Debian without Python and libthai", lambda: _in_minimal(here, place)
    for name in (LIBRARY["linux"], DICTIONARY):
        yield f"control: without {name} it must fail", lambda name=name: _fails(here, place, name)  # type: ignore[misc]


def _line(name: str, trial: Callable[[], str]) -> bool:
    try:
        print(f"ok    {name}: {trial()}", flush=True)
        return True
    except NotRun as reason:
        print(f"FAIL  {name}: not run, {reason}", flush=True)
    except (NotFrozen, NotMade, NoWine, subprocess.SubprocessError) as fault:
        print(f"FAIL  {name}: {fault}", flush=True)
    except Exception as fault:  # noqa: BLE001 - one line that breaks does not keep the others from running
        traceback.print_exc()
        print(f"FAIL  {name}: {type(fault).__name__}: {fault}", flush=True)
    return False


def _well(where: Surrounding, *, compared: bool = True) -> str:
    """Self-test, and a picture of the window with the sample in it."""
    command = [*where.before, str(where.program / NAME)]
    seen_as = where.seen_as or str(where.folder)
    report = self_test(
        command,
        where.environment,
        folder=where.folder,
        seen_as=where.seen_as,
        platform=where.environment.get("QT_QPA_PLATFORM", "offscreen"),
    )
    project = f"{seen_as}/ตัวอย่าง.esaproj"
    shutil.rmtree(where.folder / "ตัวอย่าง.esaproj", ignore_errors=True)
    _run([*command, "sample", project], where)
    picture = where.folder / "window.png"
    if picture != where.reference:
        picture.unlink(missing_ok=True)
    target = picture.name if picture != where.reference else "again.png"
    shown = replace(where, environment={"QT_QPA_PLATFORM": "offscreen", **where.environment})
    _run([*command, project, "--screenshot", f"{seen_as}/{target}"], shown)
    _look_at(where.folder / target, where.reference if compared else None)
    return f"self-test {report['took']:.1f} s, {len(report['steps'])} steps; window drawn"


def _run(command: list[str], where: Surrounding) -> None:
    done = subprocess.run(
        command,
        cwd=where.folder,
        env=where.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-500:]
        raise NotFrozen(f"{command[-2]} {command[-1]} ended with {done.returncode}: {said}")


def _look_at(picture: Path, reference: Path | None) -> None:
    """It shows something, and the same letters as here: a font that is missing draws others."""
    from PIL import Image, ImageChops

    with Image.open(picture) as opened:
        seen = opened.convert("RGB")
    if len(seen.getcolors(1 << 24) or ()) < _FEW_COLOURS:
        raise NotFrozen("the picture of the window is empty")
    if reference is None or not reference.is_file():
        return
    with Image.open(reference) as opened:
        known = opened.convert("RGB")
    if seen.size != known.size:
        raise NotFrozen(f"the window is {seen.size}, not {known.size}")
    counts = ImageChops.difference(seen, known).convert("L").histogram()
    share = sum(counts[32:]) / sum(counts)
    if share > _MOST_DIFFERENT:
        raise NotFrozen(f"{share:.0%} of the window look otherwise than here")


def _environment(home: Path) -> dict[str, str]:
    """As a desktop gives it; nothing of whoever runs this."""
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _unshared(what: str) -> tuple[str, ...]:
    """Without root a namespace of our own users is asked for, which some systems refuse."""
    own_users = () if os.geteuid() == 0 else ("--map-root-user",)
    before = ("unshare", *own_users, what)
    if subprocess.run([*before, "true"], capture_output=True, check=False).returncode:
        raise NotRun(f"this user may not {' '.join(before)}")
    return before


def _read_only(here: Surrounding) -> Surrounding:
    inside = ("bash", "-c", _READ_ONLY, "bash", str(here.program))
    return replace(here, before=(*_unshared("--mount"), *inside))


def _moved(here: Surrounding, place: Path) -> Surrounding:
    target = place / THAI_FOLDER / NAME
    shutil.copytree(here.program, target)
    return replace(here, program=target)


def _at_home(here: Surrounding, home: Path) -> Surrounding:
    return replace(here, folder=_new(home), environment=_environment(home))


def _in_thai(here: Surrounding, place: Path) -> Surrounding:
    """The locale is made in scratch: most systems have only the one they were installed with."""
    locales = _new(place / "locales")
    made = ["localedef", "-i", "th_TH", "-f", "UTF-8", str(locales / "th_TH.UTF-8")]
    if shutil.which("localedef") is None:
        raise NotRun("there is no localedef")
    subprocess.run(made, capture_output=True, check=False)  # warnings, too, are an exit code
    thai = {**here.environment, "LOCPATH": str(locales), "LC_ALL": "th_TH.UTF-8"}
    del thai["LANG"]
    known = subprocess.run(
        ["locale", "-k", "LC_TIME"], env=thai, capture_output=True, text=True, check=False
    )
    if "มกราคม" not in known.stdout:
        raise NotRun("th_TH.UTF-8 cannot be made: the package locales is missing")
    return replace(here, environment=thai)


def _as_nobody(here: Surrounding, place: Path) -> Surrounding:
    if os.geteuid() != 0:
        return here  # whoever runs this is one
    home = _new(place / "nobody")
    os.chown(home, NOBODY, NOBODY)
    before = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return replace(here, folder=home, environment=_environment(home), before=before)


def _with_other(here: Surrounding, place: Path) -> Surrounding:
    """A libthai that loads and finds nothing, in the loader's path and in the current folder."""
    folder = _new(place / "other")
    make_other_library(folder)
    in_the_way = {**here.environment, "LD_LIBRARY_PATH": str(folder)}
    return replace(here, folder=folder, environment=in_the_way)


def make_other_library(folder: Path) -> None:
    """Put a libthai into ``folder`` that loads and finds no words."""
    source = folder / "other.c"
    source.write_text(OTHER_LIBRARY, encoding="ascii")
    name = LIBRARY["linux"]
    command = ["gcc", "-shared", "-fPIC", "-w", f"-Wl,-soname,{name}", "-o", str(folder / name)]
    subprocess.run([*command, str(source)], check=True)


def _on_screen(here: Surrounding) -> str:
    if shutil.which("Xvfb") is None:
        raise NotRun("there is no Xvfb")
    with screen() as display:
        on_it = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        there = replace(here, environment={**here.environment, **on_it})
        return _well(there, compared=False)


def _in_minimal(here: Surrounding, place: Path) -> str:
    if reason := can_make():
        raise NotRun(reason)
    root = place / "minimal"
    packages = make_system(root, here.program)
    shutil.copytree(here.program, root / "opt" / NAME)
    folder = _new(root / "home" / "work")
    inside = replace(
        here,
        program=Path("/opt") / NAME,
        folder=folder,
        environment=_environment(Path("/home/work")),
        before=tuple(entering(root)),
        seen_as="/home/work",
    )
    return f"{_well(inside)}; given {' '.join(packages)}"


def _fails(here: Surrounding, place: Path, name: str) -> str:
    """The same program without one file: a self-test that is content with that tests nothing."""
    broken = place / "broken" / name / NAME
    shutil.copytree(here.program, broken)
    (broken / "_internal" / name).unlink()
    try:
        self_test([str(broken / NAME)], here.environment, folder=here.folder)
    except NotFrozen as told:
        first = str(told).split(";")[0]
        if WORDS_STEP not in first:
            raise NotFrozen(f"it fails, but elsewhere: {told}") from told
        return first
    finally:
        shutil.rmtree(broken.parent)
    raise NotFrozen("the self-test is content without it")


def tree_digest(folder: Path) -> str:
    """Of the names and contents of all files."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(path.relative_to(folder).as_posix().encode())
        if path.is_file():
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _same(before: str, program: Path) -> str:
    if tree_digest(program) != before:
        raise NotFrozen("something was written into it")
    return "nothing was written into it"
