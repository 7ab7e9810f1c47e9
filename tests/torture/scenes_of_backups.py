"""Scenes of backups and copies: made, thinned, carried elsewhere, restored, taken back from."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Kind
from esa_desktop.services.backing_up import Reason, back_up, copy_elsewhere, list_backups
from esa_desktop.services.copying import copy_project
from esa_desktop.services.projects import Project
from esa_desktop.services.restoring import bring_evidence, differences, restore_to, take_back
from esa_desktop.storage.examination import examine
from tests.projects import opened
from tests.torture.ledger import losses
from tests.torture.scene import PROJECT, Scene, Tell, Told, at_home, words
from tests.torture.scenes_of_work import (
    field_of,
    flush,
    opens,
    settle,
    text,
    with_evidence,
    work_is_kept,
    working,
)

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
ELSEWHERE = "ไดรฟ์อื่น"
RESTORED = "กู้คืน"
ENOUGH = 10
"""Backups that are always kept where there were as many."""
Act = Callable[[Path, Tell], None]


def write(project: Project, words_: str) -> None:
    field = field_of(project, "1.1.1", Kind.METHOD)
    project.editor.apply(project.editor.change(field, text(words_)))


def backed_up(ground: Path, times: int = 1) -> None:
    with_evidence(ground)
    (ground / ELSEWHERE).mkdir()
    (ground / RESTORED).mkdir()
    with opened(ground / PROJECT) as project:
        for number in range(times):
            write(project, f"ก่อนสำรองครั้งที่ {number}")
            project.flush()
            back_up(project, Reason.ASKED, now=lambda: NOON)
        write(project, "หลังสำรอง")


def copied_elsewhere(ground: Path) -> None:
    backed_up(ground)
    with opened(ground / PROJECT) as project:
        copy_elsewhere(project, ground / ELSEWHERE, now=lambda: NOON)
        write(project, "หลังคัดลอก")


# --- acts -------------------------------------------------------------------------------------


def make_backups(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        _tell_backups(ground / PROJECT, tell)
        for number in range(2):
            write(project, f"ระหว่างสำรอง {number}")
            settle(project)
            made = back_up(project, Reason.ASKED, now=lambda: NOON)
            if made is not None:
                tell("backup", made.folder.name, made.heads_sha256)
        flush(project, tell)


def carry_elsewhere(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        _tell_backups(ground / ELSEWHERE, tell)
        made = copy_elsewhere(project, ground / ELSEWHERE, now=lambda: NOON)
        tell("backup", made.folder.name, made.heads_sha256)


def restore_whole(ground: Path, tell: Tell) -> None:
    newest = list_backups(ground / PROJECT)[0]
    restore_to(newest.folder, ground / RESTORED / PROJECT)
    tell("made")


def copy_whole(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        write(project, "ก่อนคัดลอก")
        flush(project, tell)
        copy_project(project, ground / RESTORED / PROJECT)
        tell("made")


def take_back_differences(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        newest = list_backups(ground / PROJECT)[0]
        chosen = bring_evidence(project, newest, differences(project, newest))
        project.editor.apply(take_back(project.editor, chosen))
        flush(project, tell)


def _tell_backups(place: Path, tell: Tell) -> None:
    for backup in list_backups(place):
        tell("backup", backup.folder.name, backup.heads_sha256)


# --- judges -----------------------------------------------------------------------------------


def backups_are_kept(ground: Path, told: Sequence[Told]) -> list[str]:
    """All that count are whole, the newest is there, and the next one can be made."""
    return (
        work_is_kept(ground, told)
        or backups_wrong(ground / PROJECT, told)
        or _goes_on(ground, make_backups)
    )


def copies_are_kept(ground: Path, told: Sequence[Told]) -> list[str]:
    return (
        work_is_kept(ground, told)
        or backups_wrong(ground / ELSEWHERE, told)
        or _goes_on(ground, carry_elsewhere)
    )


def backups_wrong(place: Path, told: Sequence[Told]) -> list[str]:
    wrong: list[str] = []
    there = {backup.folder.name: backup for backup in list_backups(place)}
    for backup in there.values():
        examination = examine(backup.folder / "project.db")
        if not examination.is_whole or examination.heads_sha256 != backup.heads_sha256:
            wrong.append("backup not whole")
        for file in backup.evidence:
            if file.sha256 not in backup.missing:
                kept = backup.home / "evidence" / file.sha256[:2] / file.sha256
                if not kept.is_file() or sha256_of(kept.read_bytes()) != file.sha256:
                    wrong.append("evidence of a backup not whole")
    promised = [(name, heads) for name, heads in words(told, "backup")]
    for name, heads in promised[-ENOUGH:] if len(promised) > ENOUGH else promised:
        if (name not in there or there[name].heads_sha256 != heads) and not _thinned(there, name):
            wrong.append("backup lost")
    return wrong


def _thinned(there: Mapping[str, object], name: str) -> bool:
    """Whether as many newer ones are there as are always kept."""
    return sum(other > name for other in there) >= ENOUGH


def _goes_on(ground: Path, act: Act) -> list[str]:
    """The next start does the same without a hitch, and clears away what was left of this one."""
    try:
        with at_home(ground):
            act(ground, lambda *_: None)
    except EsaError as error:
        return [f"does not go on: {error}"]
    left = [path.name for path in ground.rglob("*.part") if "backups" in path.parts]
    return ["left-overs"] if left else []


def made_or_free(ground: Path, told: Sequence[Told], act: Act) -> list[str]:
    """The new project is whole, or its place is free and the same can be done there again."""
    wrong = work_is_kept(ground, told)
    target = ground / RESTORED / PROJECT
    if wrong:
        return wrong
    if (target / "project.db").exists():
        return losses(target, []) or _all_evidence(ground, target) or opens_in(ground, target)
    if words(told, "made"):
        return ["lost"]
    return _goes_on(ground, act) or losses(target, []) or _all_evidence(ground, target)


def _all_evidence(ground: Path, target: Path) -> list[str]:
    ours, theirs = (
        {path.name for path in (folder / "evidence").rglob("*") if path.suffix != ".part"}
        for folder in (ground / PROJECT, target)
    )
    return [] if ours == theirs else ["evidence lost"]


def opens_in(ground: Path, target: Path) -> list[str]:
    with at_home(ground):
        return opens(target)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


SCENES = (
    Scene("backup", backed_up, make_backups, backups_are_kept),
    Scene("thinning", partial(backed_up, times=ENOUGH + 1), make_backups, backups_are_kept),
    Scene("elsewhere", copied_elsewhere, carry_elsewhere, copies_are_kept, drive=ELSEWHERE),
    Scene(
        "restore",
        backed_up,
        restore_whole,
        partial(made_or_free, act=restore_whole),
        drive=RESTORED,
    ),
    Scene("copy", backed_up, copy_whole, partial(made_or_free, act=copy_whole), drive=RESTORED),
    Scene("take-back", backed_up, take_back_differences, work_is_kept),
)
