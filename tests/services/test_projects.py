from pathlib import Path

import pytest

from esa_desktop.domain.errors import (
    EsaError,
    NotAProject,
    ProjectLocked,
    StorageError,
    ValueRefused,
)
from esa_desktop.domain.fields import Kind, indicator_field, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.projects import SaveListener, create_project, open_project
from esa_desktop.services.showing import show_round
from esa_desktop.storage.store import Store
from tests.projects import OTHER, WHO, YEAR, new_project, opened


def test_what_was_written_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        editor = project.editor
        framework = editor.round.framework
        issue, indicator = framework.issue("1.2.1").id, framework.indicator("1.2").id
        editor.apply(editor.change(issue_field(YEAR, issue, Kind.METHOD), from_plain("๑. ทำแล้ว")))
        editor.apply(editor.change(indicator_field(YEAR, indicator, Kind.LEVEL), 4))
        before = show_round(editor.round)

    with opened(place) as project:
        assert show_round(project.editor.round) == before


def test_a_draft_found_on_opening_is_simply_the_text_again(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    project = open_project(place, who=WHO)
    issue = project.editor.round.framework.issue("1.2.1").id
    field = issue_field(YEAR, issue, Kind.METHOD)
    project.editor.type_value(field, from_plain("พิมพ์ค้างไว้"))
    project._writer.flush(10)
    project._writer.close()  # as a power cut would: no visit is ended

    with opened(place, who=OTHER) as again:
        assert again.editor.round.issue(issue).method.plain == "พิมพ์ค้างไว้"
        (head,) = again.editor.view(field).heads
        assert head.author == WHO.author
    with opened(place) as third:
        assert third.ask(lambda store: store.load().drafts).result(10) == ()


def test_a_project_that_is_open_is_refused_and_the_sentence_names_who(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place), pytest.raises(ProjectLocked, match=WHO.author):
        open_project(place, who=OTHER)


def test_an_office_without_a_name_makes_no_folder(tmp_path: Path) -> None:
    place = tmp_path / "ว่าง.esaproj"

    with pytest.raises(ValueRefused, match="ชื่อสำนักงาน"):
        create_project(place, find_framework("obec-2557"), office="  ", fiscal_year=YEAR, who=WHO)

    assert not place.exists()


def test_a_year_the_project_does_not_have_is_refused_with_the_years_it_has(tmp_path: Path) -> None:
    place = new_project(tmp_path)

    with pytest.raises(ValueRefused, match="๒๕๕๗"):
        open_project(place, who=WHO, year=2560)

    with opened(place) as project:  # and the lock was given back
        assert project.editor.round.fiscal_year == YEAR


def test_the_frameworks_text_is_pinned_inside_the_project(tmp_path: Path) -> None:
    place = new_project(tmp_path)

    with opened(place) as project:
        assert project.editor.round.framework == find_framework("obec-2557")


def test_a_folder_that_is_no_project_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotAProject) as refused:
        open_project(tmp_path, who=WHO)

    assert "ลงท้ายด้วย .esaproj" in refused.value.sentence
    assert "project.db" not in refused.value.sentence


def test_a_project_whose_first_write_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StorageError("เนื้อที่เต็ม")

    monkeypatch.setattr("esa_desktop.storage.store.put_revisions", refuse)

    with pytest.raises(StorageError, match="เต็ม"):
        new_project(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_write_that_cannot_be_stored_at_all_is_told_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    refused: list[EsaError] = []
    saved: list[bool] = []
    listener = SaveListener(saved=lambda: saved.append(True), refused=refused.append)
    project = open_project(place, who=WHO, listener=listener)
    indicator = project.editor.round.framework.indicator("1.2").id

    def break_down(*_: object) -> None:
        raise MemoryError("out of memory")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "write", break_down)
        field = indicator_field(YEAR, indicator, Kind.LEVEL)
        project.editor.apply(project.editor.change(field, 4))
        with pytest.raises(EsaError, match="คัดลอก"):
            project.flush()
        project._writer.flush(5)
    project.close()

    assert len(refused) == 1
    assert saved == []


def test_a_project_that_cannot_be_read_lets_go_of_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("an inner fault")

    with monkeypatch.context() as broken:
        broken.setattr("esa_desktop.services.projects.Editor", fail)
        with pytest.raises(RuntimeError):
            open_project(place, who=WHO)

    with opened(place):
        pass
