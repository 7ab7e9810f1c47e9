"""What this program does with files that a newer one made: one sentence, and nothing of theirs is lost."""

import hashlib
import json
import shutil
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from esa_desktop.domain.errors import EsaError, FrameworkFileError, NewerProject
from esa_desktop.domain.fields import Field, Kind, issue_field, print_options_field
from esa_desktop.domain.printing import PrintOptions, options_from_values
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.paths import resources_folder
from esa_desktop.services.backing_up import Reason, back_up, list_backups
from esa_desktop.services.frameworks import find_framework, read_edition, write_edition
from esa_desktop.services.projects import open_project
from esa_desktop.services.restoring import restore_to
from esa_desktop.storage.backup_list import MANIFEST, manifest_of, read_backup
from esa_desktop.storage.layout import database_of
from esa_desktop.storage.rows import packed
from esa_desktop.storage.store import Store, Write
from tests.projects import WHO, YEAR, new_project, opened
from tests.storage.test_program_mark import mark


def refused(place: Path, *, read_only: bool = False) -> str:
    before = database_of(place).read_bytes()
    with pytest.raises(NewerProject) as told:
        open_project(place, who=WHO, read_only=read_only)
    assert database_of(place).read_bytes() == before, "not touched"
    return told.value.sentence


def put(place: Path, revision: Revision) -> None:
    with opened(place) as project:
        project.ask(lambda store: store.write(Write((revision,)))).result(10)


def made(field: Field, body: str) -> Revision:
    return make_revision(
        field, (), body, author="ก", device="d", time="2026-01-01T00:00:00.000+00:00"
    )


@pytest.mark.parametrize("read_only", [False, True])
def test_a_project_of_a_newer_schema_says_which_program_and_what_to_do(
    tmp_path: Path, read_only: bool
) -> None:
    place = new_project(tmp_path)
    mark(place, "9.3.1", schema=2)

    sentence = refused(place, read_only=read_only)

    assert "“งาน”" in sentence
    assert "รุ่น ๙.๓.๑" in sentence
    assert "ขอไฟล์ติดตั้งรุ่นใหม่" in sentence
    assert "ข้อมูลยังอยู่ครบ" in sentence


def test_a_newer_schema_without_a_mark_or_without_the_table_is_said_too(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with closing(sqlite3.connect(database_of(place))) as driver, driver:
        driver.execute("ALTER TABLE meta RENAME TO something_else")
        driver.execute("PRAGMA user_version=7")

    assert "รุ่นใหม่กว่า" in refused(place)


def test_a_value_written_in_a_newer_way_is_not_called_damage(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    issue = find_framework("obec-2557").issue("1.1.1").id
    put(place, made(issue_field(YEAR, issue, Kind.METHOD), '{"shape":"of a later version"}'))
    mark(place, "9.3.1")

    assert "รุ่น ๙.๓.๑" in refused(place)


def test_the_same_value_without_a_newer_program_is_damage(tmp_path: Path) -> None:
    """The control of the test above."""
    place = new_project(tmp_path)
    issue = find_framework("obec-2557").issue("1.1.1").id
    put(place, made(issue_field(YEAR, issue, Kind.METHOD), '{"shape":"of a later version"}'))

    with pytest.raises(EsaError, match="เสียหาย"):
        open_project(place, who=WHO)


def test_a_backup_made_by_a_newer_program_is_not_called_damaged(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        back_up(project, Reason.ASKED)
    (backup,) = list_backups(place)
    make_newer(backup.folder)
    (newer,) = list_backups(place)

    with pytest.raises(NewerProject, match=r"รุ่น ๙\.๓\.๑"):
        restore_to(newer.folder, tmp_path / "กู้.esaproj")

    assert not database_of(tmp_path / "กู้.esaproj").exists()


def make_newer(folder: Path) -> None:
    """Rewrite a backup as a later version would have made it, proving itself anew."""
    backup = read_backup(folder)
    assert backup is not None
    mark(folder, "9.3.1", schema=2)
    database = database_of(folder)
    now = replace(
        backup,
        sha256=hashlib.sha256(database.read_bytes()).hexdigest(),
        size=database.stat().st_size,
    )
    (folder / MANIFEST).write_bytes(manifest_of(now))


def test_print_options_of_a_newer_program_are_read_as_far_as_they_are_known(
    tmp_path: Path,
) -> None:
    values = {"paper": "a4-portrait", "size_pt": 14, "form": "scroll", "glitter": [1], "parts": 3}

    assert options_from_values(values) == PrintOptions(paper="a4-portrait", size_pt=14)

    place = new_project(tmp_path)
    field = print_options_field(YEAR)
    with opened(place) as project:
        project.editor.apply(project.editor.change(field, values))
        project.flush()
        project.editor.apply(project.editor.change(field, {"size_pt": 15}))
        project.flush()
        history = project.ask(lambda store: store.history(field)).result(10)
    assert any("glitter" in revision.body for revision in history), "kept in the history"


def test_a_kind_of_field_this_program_does_not_know_is_a_newer_program_s(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    add_unknown_kind(place)
    mark(place, "9.3.1")

    assert "รุ่น ๙.๓.๑" in refused(place)


def add_unknown_kind(place: Path) -> None:
    """A whole row of the kind ``hologram``, with the hash that proves it was meant."""
    said = [[str(YEAR), "x", "hologram"], [], "ก", "d", "2026-01-01T00:00:00.000+00:00", '"a"']
    name = hashlib.sha256(canonical_json(said).encode()).hexdigest()
    with closing(sqlite3.connect(database_of(place))) as driver, driver:
        driver.execute(
            "INSERT INTO revision (id, round, owner, kind, parents, author, device, time, body)"
            " VALUES (?, ?, 'x', 'hologram', '[]', 'ก', 'd', ?, ?)",
            (name, str(YEAR), "2026-01-01T00:00:00.000+00:00", packed('"a"')),
        )
        driver.execute("INSERT INTO head VALUES (?, 'x', 'hologram', ?)", (str(YEAR), name))


Change = Callable[[Path], None]


def new_toml_key(path: Path) -> None:
    path.write_text('colour = "blue"\n' + path.read_text("utf-8"), "utf-8")


def new_toml_type(path: Path) -> None:
    text = path.read_text("utf-8")
    kind = tomllib.loads(text)["standard"][0]["indicator"][0]["type"]
    path.write_text(text.replace(f'type = "{kind}"', 'type = "hologram"', 1), "utf-8")


@pytest.mark.parametrize("change", [new_toml_key, new_toml_type])
def test_a_framework_file_of_a_newer_program_is_refused_with_its_place(
    tmp_path: Path, change: Change
) -> None:
    path = tmp_path / "ใหม่.toml"
    shutil.copyfile(resources_folder() / "frameworks" / "obec-2557.toml", path)
    change(path)

    with pytest.raises(FrameworkFileError) as told:
        read_edition(path, None)

    assert "ใหม่.toml" in told.value.sentence


def test_what_a_newer_program_adds_to_a_workbook_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "ใหม่.xlsx"
    write_edition(find_framework("obec-2557"), path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("แผ่นของรุ่นใหม่")["A1"] = "ค่า"
    for sheet in book.worksheets[:-1]:
        sheet.cell(1, sheet.max_column + 1, "คอลัมน์ของรุ่นใหม่")
    book.save(path)
    book.close()

    read = read_edition(path, find_framework("obec-2557"))

    assert read.standards == find_framework("obec-2557").standards


def test_registers_of_a_newer_program_hinder_nobody(tmp_path: Path, profile: Path) -> None:
    for name in ("places.json", "checked.json", "copies.json", "seen.json", "device.json"):
        (profile / name).write_text(json.dumps({"format": 9, "x": {"y": [None]}, "device": 3}))
    place = new_project(tmp_path)

    with opened(place) as project:
        assert project.ask(Store.state).result(10).last_seq > 0
