import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import Evidence, safe_file_name
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    Field,
    Kind,
    book_field,
    encode,
    indicator_field,
    issue_field,
    item_field,
)
from esa_desktop.domain.revision import FieldView, make_revision, view_of_heads
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.mirroring import BOOK, LONGEST, READ_FIRST, REGISTER, mirror, text_name
from esa_desktop.services.projects import Project
from esa_desktop.services.sample import make_sample
from esa_desktop.storage.mirror import read_index
from tests.projects import WHO, YEAR, new_project, opened

KILLS = Path(__file__).with_name("mirror_kills.py")
MEMORY = Path("/dev/shm")


def written(place: Path) -> dict[str, str]:
    """All readable files by their path below the mirror."""
    folder = place / "mirror"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8-sig")
        for path in folder.rglob("*.txt")
    }


def of_indicator(place: Path, code: str) -> str:
    (text,) = [t for name, t in written(place).items() if name.startswith(f"{YEAR}/{code} ")]
    return text


def laid_down(project: Project) -> None:
    project.flush()
    mirror(project.folder, project.project_id, project.editor.views)


def test_everything_the_sample_office_wrote_can_be_read_without_the_program(
    tmp_path: Path,
) -> None:
    place = tmp_path / "ตัวอย่าง.esaproj"
    make_sample(place, WHO)
    with opened(place) as project:
        laid_down(project)
        assessed = project.editor.round
        views = project.editor.views
    texts = written(place)
    by_code = {name.partition("/")[2].partition(" ")[0]: text for name, text in texts.items()}

    for code, _, indicator in assessed.framework.indicators():
        text = by_code[code]
        own = assessed.indicator(indicator.id)
        wanted = [indicator.name, own.reason, *own.suggestions.plain.split("\n")]
        for issue in indicator.issues:
            about = assessed.issue(issue.id)
            wanted += [
                issue.name,
                *about.method.plain.split("\n"),
                *about.results.plain.split("\n"),
            ]
            for item in assessed.evidence_of(issue.id):
                wanted += [item.title, item.number, *(file.name for file in item.files)]
                for file in item.files:
                    (line,) = {x for x in text.split("\r\n") if x.endswith(file.sha256)}
                    assert (place / line.rpartition(" ")[2]).is_file()
        missing = [line for line in wanted if line.strip() not in text and line != "[รูป]"]
        assert missing == []
    book = next(text for name, text in texts.items() if name.endswith(BOOK))
    for text in (*assessed.book.values(), assessed.dictionary):
        lines = [line for line in text.plain.split("\n") if line != "[รูป]"]
        assert [line for line in lines if line.strip() not in book] == []
    register = texts[REGISTER]
    for item in assessed.items.values():
        assert item.title in register
    assert "กรุณาแก้ในโปรแกรม" in texts[READ_FIRST]
    index = read_index(place)
    assert index is not None
    assert {e.field: (e.heads, e.body) for e in index.entries} == {
        field: (view.head_ids, view.body) for field, view in views.items()
    }
    assert {f for item in assessed.items.values() for f in item.files} == set(index.files)


def test_the_bodies_of_the_index_are_those_of_the_revisions(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        issue = project.editor.round.framework.issue("1.1.1")
        field = issue_field(YEAR, issue.id, Kind.METHOD)
        project.editor.apply(project.editor.change(field, from_plain("๑. หนึ่ง\n๒. สอง")))
        laid_down(project)
        body = project.editor.view(field).body

    told = json.loads((place / "mirror" / "index.json").read_text("utf-8"))

    (found,) = [f for f in told["fields"] if f["owner"] == field.owner]
    assert found["body"] == body == encode(Kind.METHOD, from_plain("๑. หนึ่ง\n๒. สอง"))


def test_a_second_mirror_writes_nothing_and_one_change_writes_two_files(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        laid_down(project)
        assert mirror(place, project.project_id, project.editor.views) == 0
        indicator = project.editor.round.framework.indicator("1.2")
        level = indicator_field(YEAR, indicator.id, Kind.LEVEL)
        project.editor.apply(project.editor.change(level, 4))

        assert mirror(place, project.project_id, project.editor.views) == 2

    assert "ระดับที่ประเมินตนเอง: ๔" in of_indicator(place, "1.2")
    assert "ระดับที่ประเมินตนเอง: ยังไม่ระบุ" in of_indicator(place, "1.1")


def two_heads(field: Field, one: object, other: object) -> FieldView:
    revisions = [
        make_revision(
            field, (), encode(field.kind, value), author=author, device=author, time="2026"
        )
        for value, author in ((one, "สมศรี"), (other, "สมชาย"))
    ]
    return view_of_heads(field, revisions, lambda: {r.id: r for r in revisions})


def test_of_two_texts_against_each_other_both_are_there(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        framework = project.editor.round.framework
        issue, indicator = framework.issue("1.1.1"), framework.indicator("1.1")
        fields = [
            two_heads(
                issue_field(YEAR, issue.id, Kind.RESULTS), from_plain("ก้าวหน้า"), from_plain("ถดถอย")
            ),
            two_heads(indicator_field(YEAR, indicator.id, Kind.LEVEL), 5, 2),
            two_heads(issue_field(YEAR, issue.id, Kind.ACTED_ON), True, False),
            two_heads(book_field(YEAR, "foreword"), from_plain("คำนำหนึ่ง"), from_plain("")),
            two_heads(item_field("x"), None, Evidence("x", "1.1.1-09", "แผนที่ลบไปแล้ว")),
            two_heads(DICTIONARY_FIELD, from_plain("บ้านดอน"), from_plain("บ้านเหนือ")),
        ]
        views = {**project.editor.views, **{view.field: view for view in fields}}
        mirror(place, project.project_id, views)

    text = of_indicator(place, "1.1")
    assert "แก้ไขไม่ตรงกัน มี ๒ ฉบับ รอเลือก" in text
    assert all(f"ฉบับของ {who}:" in text for who in ("สมศรี", "สมชาย"))
    assert all(words in text for words in ("ก้าวหน้า", "ถดถอย", "๕ (สมศรี)", "๒ (สมชาย)"))
    assert "๑.๑.๑-๐๙ แผนที่ลบไปแล้ว" in written(place)[REGISTER]
    book = written(place)[f"{YEAR}/{BOOK}"]
    assert all(words in book for words in ("คำนำหนึ่ง", "(ลบข้อความแล้ว)", "บ้านดอน", "บ้านเหนือ"))
    index = read_index(place)
    assert index is not None
    bodies = {e.field: e.bodies for e in index.entries}
    assert all(set(bodies[v.field]) == {h.body for h in v.heads} for v in fields)


def test_evidence_has_its_real_name_and_the_place_where_it_lies(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    source = tmp_path / "คำสั่ง แต่งตั้ง.pdf"
    source.write_bytes(b"%PDF" * 500_000)
    with opened(place) as project:
        editor = project.editor
        issue = editor.round.framework.issue("1.1.2")
        files = take_in(place, [source]).files
        editor.apply(attach(editor, issue.id, files, title="คำสั่งแต่งตั้ง"))
        laid_down(project)

    for text in (of_indicator(place, "1.1"), written(place)[REGISTER]):
        assert "๑.๑.๒-๐๑ คำสั่งแต่งตั้ง" in text
        assert "ไฟล์ คำสั่ง แต่งตั้ง.pdf (๒.๐ MB)" in text
        assert f"เก็บไว้ที่ evidence/{files[0].sha256[:2]}/{files[0].sha256}" in text
    assert "ใช้ในปี ๒๕๕๗ ประเด็น ๑.๑.๒" in written(place)[REGISTER]


def test_a_deleted_text_is_told_as_deleted_to_whoever_recovers(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        editor = project.editor
        field = issue_field(YEAR, editor.round.framework.issue("1.1.1").id, Kind.METHOD)
        editor.apply(editor.change(field, from_plain("เคยมี")))
        editor.apply(editor.change(field, from_plain("")))
        laid_down(project)
        heads = editor.view(field).head_ids

    index = read_index(place)

    assert index is not None
    assert [(e.heads, e.body) for e in index.entries if e.field == field] == [(heads, "")]


@given(st.text(max_size=300))
def test_every_name_is_short_and_fit_for_windows(name: str) -> None:
    made = text_name("1.2", name)

    assert made.startswith("1.2")
    assert made.endswith(".txt")
    assert len(made) <= LONGEST
    assert len(made.encode()) <= 240
    assert made == safe_file_name(made)


def test_a_mirror_that_comes_after_its_project_was_renamed_makes_no_folder(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        views, project_id = project.editor.views, project.project_id
    place.rename(tmp_path / "ชื่อใหม่.esaproj")
    assert mirror(place, project_id, views) == 0
    assert not place.exists()


def test_cancelled_nothing_is_written(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project, pytest.raises(Cancelled):
        mirror(place, project.project_id, project.editor.views, cancelled=lambda: True)

    assert not (place / "mirror").exists()


def kills(*words: str) -> dict[str, int]:
    place = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place, prefix="mirror-kills-") as ground:
        done = subprocess.run(
            [sys.executable, KILLS, ground, *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    assert found["places"] > 20
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_at_any_step_every_file_is_the_old_or_the_new_one() -> None:
    found = kills()

    assert (found["torn"], found["not mended"]) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_written_in_place_files_would_be_torn() -> None:
    """The control."""
    found = kills("control")

    assert found["torn"] > found["places"] / 2
