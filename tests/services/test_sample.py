import shutil
from pathlib import Path

import pytest

from esa_desktop.domain.assessment import Status
from esa_desktop.domain.book import TEXTS_BY_NAME, members
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.richtext import Paragraph, Run, Table
from esa_desktop.services import sample
from esa_desktop.services.sample import make_sample, marked_text, sample_for_trying
from esa_desktop.services.sample_files import write_evidence
from tests.projects import WHO, opened
from tests.reading import pdfium_pages


def test_the_sample_shows_every_state_an_issue_can_be_in(tmp_path: Path) -> None:
    place = tmp_path / "ตัวอย่าง.esaproj"

    make_sample(place, WHO)

    with opened(place) as project:
        assessed = project.editor.round
        states = {assessed.status(issue.id) for _, _, issue in assessed.framework.issues()}
        assert states == set(Status)
        assert any(assessed.indicator(i.id).reason for _, _, i in assessed.framework.indicators())


def test_the_sample_has_evidence_of_three_kinds_and_every_file_is_there(tmp_path: Path) -> None:
    place = tmp_path / "ตัวอย่าง.esaproj"

    make_sample(place, WHO)

    with opened(place) as project:
        files = [file for item in project.editor.round.items.values() for file in item.files]
        assert len({Path(file.name).suffix for file in files}) >= 3
        assert all(project.path_of(file.sha256).stat().st_size == file.size for file in files)
        shared = [
            i for i in project.editor.round.items if len(project.editor.round.issues_of(i)) > 1
        ]
        assert shared


def test_the_sample_has_a_table_in_a_cell(tmp_path: Path) -> None:
    place = tmp_path / "ตัวอย่าง.esaproj"

    make_sample(place, WHO)

    with opened(place) as project:
        texts = [t for w in project.editor.round.issues.values() for t in (w.method, w.results)]
        assert any(isinstance(block, Table) for text in texts for block in text.blocks)


def test_the_book_of_the_sample_is_written_and_its_pictures_are_files(tmp_path: Path) -> None:
    place = tmp_path / "ตัวอย่าง.esaproj"

    make_sample(place, WHO)

    with opened(place) as project:
        assessed = project.editor.round
        assert set(assessed.book) == set(TEXTS_BY_NAME)
        pictures = [image for text in assessed.book.values() for image in text.images()]
        assert len(pictures) == 3
        assert all(project.image_bytes(image.sha256) for image in pictures)
        assert "[ภาพ]" not in assessed.book_text("pictures").plain
        assert len(members(assessed.book_text("committee"))) >= 3
        assert assessed.kept_words
        ready = [assessed.indicator(i.id).is_ready for _, _, i in assessed.framework.indicators()]
        assert any(ready)
        assert not all(ready)


def test_a_sample_that_cannot_be_finished_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise EsaError("เนื้อที่เต็ม")

    monkeypatch.setattr(sample, "write_evidence", refuse)

    with pytest.raises(EsaError, match="เนื้อที่เต็ม"):
        make_sample(tmp_path / "ตัวอย่าง", WHO)

    assert list(tmp_path.iterdir()) == []


def test_a_sample_cut_off_while_it_was_made_is_made_anew_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users, left_over = tmp_path / "users", tmp_path / "left over"
    unfinished = users / "งานตัวอย่าง.new"

    def cut_off(*_: object) -> None:
        shutil.copytree(unfinished, left_over)  # what a power cut leaves on the disk
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sample, "write_evidence", cut_off)
        with pytest.raises(KeyboardInterrupt):
            sample_for_trying(users, WHO)
    left_over.rename(unfinished)

    place = sample_for_trying(users, WHO)

    assert [made.name for made in users.iterdir()] == ["งานตัวอย่าง.esaproj"]
    with opened(place) as project:
        assert project.editor.round.items


def test_the_sample_for_trying_stays_as_it_was_left(tmp_path: Path) -> None:
    place = sample_for_trying(tmp_path, WHO)
    (place / "ของฉัน.txt").write_text("ก", encoding="utf-8")

    assert sample_for_trying(tmp_path, WHO) == place
    assert (place / "ของฉัน.txt").exists()


def test_a_sample_that_cannot_get_its_name_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("held by another program")

    monkeypatch.setattr(Path, "rename", refuse)

    with pytest.raises(EsaError, match="ลองอีกครั้ง"):
        sample_for_trying(tmp_path, WHO)


def test_marks_in_the_sample_become_styles_and_web_addresses_stay() -> None:
    (block,) = marked_text("ก **ข** __ค__ //ง// https://www.example.org/a").blocks

    assert isinstance(block, Paragraph)
    assert block.runs == (
        Run("ก "),
        Run("ข", bold=True),
        Run(" "),
        Run("ค", underline=True),
        Run(" "),
        Run("ง", italic=True),
        Run(" https://www.example.org/a"),
    )


def test_a_note_made_as_evidence_is_a_pdf_one_can_read(tmp_path: Path) -> None:
    target = tmp_path / "คำสั่ง.pdf"

    write_evidence(target, "คำสั่งแต่งตั้ง", "๑. นายสมมติ\n๒. นางสมมุติ")

    (page,) = pdfium_pages(target)
    assert "คำสั่งแต่งตั้ง" in page
    assert "๒. นางสมมุติ" in page
