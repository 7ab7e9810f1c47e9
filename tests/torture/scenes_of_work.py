"""Scenes of daily work: typing, ticking, attaching, taking over what another laptop wrote."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Field, Kind, encode, issue_field
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.domain.richtext import RichText, from_plain
from esa_desktop.services.attaching import attach, describe, detach, move, reorder, take_in
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.projects import Project, SaveListener, create_project, open_project
from tests.projects import OTHER, WHO, YEAR, new_project, opened
from tests.torture.ledger import losses
from tests.torture.scene import PROJECT, Scene, Tell, Told, at_home, words

SOURCES = 4


def bare(ground: Path) -> None:
    """A project somebody has begun to write in, and files to attach."""
    for folder in ("home", "tmp"):
        (ground / folder).mkdir()
    new_project(ground)
    dice = random.Random(2557)
    for number in range(SOURCES):
        (ground / f"คำสั่ง {number}.pdf").write_bytes(dice.randbytes(20_000 + 7 * number))
    with opened(ground / PROJECT) as project:
        for code in ("1.1.1", "1.1.2"):
            field = field_of(project, code, Kind.METHOD)
            project.editor.apply(project.editor.change(field, text(f"เริ่มต้น {code}")))


def without_folder(ground: Path) -> None:
    """Somebody copied only the database: the folder of evidence is made when it is needed."""
    bare(ground)
    (ground / PROJECT / "evidence").rmdir()


def with_evidence(ground: Path) -> None:
    bare(ground)
    with opened(ground / PROJECT) as project:
        attach_files(project, "1.1.1", ground, range(SOURCES - 1))


@contextmanager
def working(ground: Path, tell: Tell) -> Iterator[Project]:
    """The project, open as a window has it; what the disk says is told."""
    listener = SaveListener(
        trouble=lambda error: None if error is None else tell("trouble", str(error)),
        refused=lambda error: tell("given up", str(error)),
    )
    project = open_project(ground / PROJECT, who=WHO, listener=listener)
    try:
        yield project
    finally:
        tell("closed", project.close(timeout=0.1))


def text(words: str, times: int = 40) -> RichText:
    return from_plain(f"{words} " + "ผลการดำเนินงาน " * times)


def field_of(project: Project, code: str, kind: Kind) -> Field:
    return issue_field(YEAR, project.editor.round.framework.issue(code).id, kind)


def settle(project: Project, patience: float = 0.3) -> None:
    """Wait until all is written, or until the disk clearly does not want it."""
    end = time.monotonic() + patience
    while project.unsaved and time.monotonic() < end:
        time.sleep(0.0005)
        if project._trouble.last is not None:
            end = min(end, time.monotonic() + 0.02)


def flush(project: Project, tell: Tell) -> None:
    """What a command and an export do; after it everything counts as stored."""
    settle(project)
    try:
        project.flush(timeout=0.02 if project.unsaved else 0.5)
    except EsaError as error:
        tell("trouble", str(error))
    else:
        tell("flushed")


def attach_files(project: Project, code: str, ground: Path, numbers: range) -> tuple[str, ...]:
    """The ids of the new items; what is refused is tried once more, as a person would."""
    sources = [ground / f"คำสั่ง {number}.pdf" for number in numbers]
    intake = take_in(project.folder, sources)
    if intake.refused:
        intake = take_in(project.folder, sources)
    if intake.refused:
        raise intake.refused[0]
    issue = project.editor.round.framework.issue(code).id
    before = set(project.editor.round.items)
    project.editor.apply(attach(project.editor, issue, intake.files))
    return tuple(sorted(project.editor.round.items.keys() - before))


# --- acts -------------------------------------------------------------------------------------


def edit(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        editor = project.editor
        method, results = (field_of(project, "1.1.1", kind) for kind in (Kind.METHOD, Kind.RESULTS))
        for number in range(9):
            for part in range(2):
                editor.type_value(results, text(f"กำลังพิมพ์ {number}.{part}"))
                if part:
                    settle(project)  # some are written one by one, others queue up and meet
            undo = editor.apply(editor.change(method, text(f"ฉบับที่ {number}", 200)))
            if number == 2:
                editor.apply(editor.apply(undo))
            if number == 4:
                editor.checkpoint()
            settle(project)
        acted_on = field_of(project, "1.1.2", Kind.ACTED_ON)
        editor.apply(editor.change(acted_on, True))
        editor.finish_all_typing()
        flush(project, tell)
        editor.type_value(results, text("ค้างไว้ตอนปิด"))


def attach_and_change(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        editor = project.editor
        issue = editor.round.framework.issue("1.1.1").id
        made = attach_files(project, "1.1.1", ground, range(SOURCES - 1))
        settle(project)
        editor.apply(reorder(editor, issue, made[-1], made[0]))
        editor.apply(
            describe(editor, made[0], title="คำสั่งใหม่", kind="เอกสาร", number="๑", dated=None)
        )
        attach_files(project, "1.1.2", ground, range(SOURCES - 1, SOURCES))
        flush(project, tell)


def detach_and_move(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        editor = project.editor
        one, other = (editor.round.framework.issue(code).id for code in ("1.1.1", "1.1.2"))
        items = [item.id for item in editor.round.evidence_of(one)]
        undo = editor.apply(detach(editor, one, items[:1]))
        settle(project)
        editor.apply(move(editor, one, other, items[1:]))
        settle(project)
        editor.apply(undo)
        flush(project, tell)


def take_over_revisions(ground: Path, tell: Tell) -> None:
    """What a merge will do: another laptop's revisions come in, some children before parents."""
    with working(ground, tell) as project:
        project.editor.type_value(field_of(project, "1.1.1", Kind.RESULTS), text("พิมพ์ไปด้วย"))
        for code in ("1.1.1", "1.1.2", "1.1.3"):
            came = _written_elsewhere(project, code)
            merge(project, came[::-1])
        settle(project)
        merge(project, _written_elsewhere(project, "1.1.1"))  # twice is once
        flush(project, tell)


def merge(project: Project, revisions: list[Revision]) -> None:
    from esa_desktop.storage.store import Write

    project._writer.submit(Write(revisions=tuple(revisions)))


def _written_elsewhere(project: Project, code: str) -> list[Revision]:
    field = field_of(project, code, Kind.METHOD)
    parents = tuple(head.id for head in project.editor.view(field).heads)
    made: list[Revision] = []
    for number in range(4):
        body = encode(field.kind, text(f"จากอีกเครื่อง {code} {number}"))
        revision = make_revision(
            field,
            parents,
            body,
            author=OTHER.author,
            device=OTHER.device,
            time=f"2026-11-22T03:00:0{number}.000+00:00",
        )
        made.append(revision)
        parents = (revision.id,)
    return made


def create(ground: Path, tell: Tell) -> None:
    create_project(
        ground / "new" / "ใหม่.esaproj",
        find_framework("obec-2557"),
        office="สพป.ทดสอบ เขต ๑",
        fiscal_year=YEAR,
        who=WHO,
    )
    tell("created")


# --- judges -----------------------------------------------------------------------------------


def work_is_kept(ground: Path, told: Sequence[Told]) -> list[str]:
    folder = ground / PROJECT
    wrong = losses(folder, told) or opens(folder)
    if not wrong and words(told, "finished") and words(told, "failed"):
        # The disk refused for a while, the program ended in peace: nothing at all is missing,
        # for what could not be written was rescued to another place.
        return [f"{word} for good" for word in losses(folder, [*told, ["flushed"]])]
    return wrong


def opens(folder: Path) -> list[str]:
    """The whole program's way in, not only the store's: what was rescued elsewhere comes back."""
    try:
        with at_home(folder.parent):
            open_project(folder, who=WHO).close()
    except EsaError as error:
        return [f"does not open: {error}"]
    return []


def created_or_usable(ground: Path, told: Sequence[Told]) -> list[str]:
    """The new project opens, or its place can be used again: nothing in between."""
    folder = ground / "new" / "ใหม่.esaproj"
    if (folder / "project.db").exists():
        return opens(folder)
    if ["created"] in [list(line) for line in told]:
        return ["lost"]
    try:
        create(ground, lambda *_: None)
    except EsaError as error:
        return [f"unusable: {error}"]
    return opens(folder)


SCENES = (
    Scene("edit", bare, edit, work_is_kept),
    Scene("attach", bare, attach_and_change, work_is_kept),
    Scene("first-file", without_folder, attach_and_change, work_is_kept),
    Scene("detach", with_evidence, detach_and_move, work_is_kept),
    Scene("take-over", bare, take_over_revisions, work_is_kept),
    Scene("create", bare, create, created_or_usable, drive="new"),
)
