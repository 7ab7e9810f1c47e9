"""Every step, forward or back, is on the disk: what a person saw last is there after a restart."""

import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from esa_desktop.domain.fields import Field, Kind, indicator_field, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.showing import show_round
from esa_desktop.ui.undo import UndoStack
from tests.projects import WHO, YEAR, new_project

STEPS = 25


def fields_of(project: Project) -> list[Field]:
    framework = project.editor.round.framework
    issues = [framework.issue(code).id for code in ("1.1.1", "1.2.1")]
    texts = [
        issue_field(YEAR, issue, kind) for issue in issues for kind in (Kind.METHOD, Kind.RESULTS)
    ]
    return [*texts, indicator_field(YEAR, framework.indicator("1.2").id, Kind.LEVEL)]


def take_step(project: Project, stack: UndoStack, dice: random.Random, number: int) -> None:
    editor = project.editor
    field = dice.choice(fields_of(project))
    way = dice.random()
    if way < 0.3:
        stack.undo()
    elif way < 0.45:
        stack.redo()
    elif field.kind is Kind.LEVEL:
        stack.push_edit(editor.change(field, dice.randint(1, 5)), "เลือกระดับ")
    else:
        for letters in ("ก", "กข", f"กขค {number}"):
            editor.type_value(field, from_plain(letters))
        undone_by = editor.finish_typing(field)
        if undone_by is not None:
            stack.push_done(undone_by, "พิมพ์")


@pytest.mark.parametrize("seed", range(8))
def test_every_step_forward_and_back_survives_a_restart(
    seed: int, tmp_path: Path, qapp: QApplication
) -> None:
    dice = random.Random(seed)
    place = new_project(tmp_path)
    for _ in range(3):
        project = open_project(place, who=WHO)
        stack = UndoStack(project.editor)
        said: dict[Field, list[str]] = {}
        for number in range(STEPS // 3):
            take_step(project, stack, dice, number)
            for field in fields_of(project):
                body = project.editor.view(field).body
                if said.setdefault(field, [body])[-1] != body:
                    said[field].append(body)
        seen = show_round(project.editor.round)
        project._writer.flush(10)
        project._writer.close()  # as a power cut would: nothing is done on leaving

        project = open_project(place, who=WHO)
        assert show_round(project.editor.round) == seen
        for field, bodies in said.items():
            history = project.ask(lambda store, f=field: store.history(f)).result(10)
            kept = [revision.body for revision in history]
            assert [body for body in bodies if body and body not in kept] == []
        project.close()
