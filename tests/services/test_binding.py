import errno
import os
import pathlib
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.binder import BinderOptions, BinderResult
from esa_desktop.domain.errors import Cancelled, ReportError
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import item_field
from esa_desktop.services import binder_child, running_child
from esa_desktop.services.binder_child import BinderMaking
from esa_desktop.services.binder_memory import bound_before
from esa_desktop.services.binder_volumes import MARK
from esa_desktop.services.binder_wish import binder_name, remember_bound, wish_for
from esa_desktop.services.binding import bind_evidence
from esa_desktop.services.child_process import ChildProcess
from esa_desktop.services.evidence_bin import begin_emptying, finish_emptying, to_bin
from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.reading import Reader
from esa_desktop.storage import file_set
from tests.binders import attach_files, office, pdf, picture, write
from tests.projects import WHO
from tests.reading import pdfium_pages, squeezed
from tests.services.breaking_child import DIES, FILLS, GROWS, HANGS

AS_A_RULE = BinderOptions()
THREE = {
    "1.1.1": {"รายงาน.pdf": pdf("report", 2), "ภาพ.jpg": picture()},
    "1.2.1": {"คำสั่ง.pdf": pdf("order")},
}


@pytest.fixture
def reader() -> Iterator[Reader]:
    with closing(Reader()) as made:
        yield made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the binder's child be one that breaks on files which ask for it."""
    real = running_child.command

    def command(name: str) -> list[str]:
        start = [sys.executable, "-P", "-B", "-m", "tests.services.breaking_child"]
        return [*start, name] if name == "binder" else real(name)

    monkeypatch.setattr(running_child, "command", command)


def bind(
    project: Project,
    reader: Reader,
    target: Path,
    options: BinderOptions = AS_A_RULE,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BinderResult:
    wish = wish_for(project, options, target)
    result = bind_evidence(wish, reader, progress=progress, cancelled=cancelled)
    if result.volumes:
        remember_bound(project, wish)
    return result


def text(target: Path) -> str:
    return squeezed("".join(pdfium_pages(target)))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def item_of(project: Project, title: str) -> Evidence:
    return next(item for item in project.editor.round.items.values() if item.title == title)


def test_everything_attached_is_in_one_volume_in_order(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    told: list[tuple[int, int]] = []
    with office(tmp_path, THREE) as project:
        result = bind(
            project,
            reader,
            out / "แฟ้ม.pdf",
            progress=lambda done, total: told.append((done, total)),
        )

    (volume,) = result.volumes
    assert Path(volume.path) == out / "แฟ้ม.pdf"
    assert volume.size == (out / "แฟ้ม.pdf").stat().st_size
    assert names(out) == ["แฟ้ม.pdf"]
    assert (result.items, result.troubles) == (3, ())
    found = text(out / "แฟ้ม.pdf")
    assert found.index("report1") < found.index("report2") < found.index("order1")
    assert len(pdfium_pages(out / "แฟ้ม.pdf")) == result.pages
    assert told == sorted(told)
    assert {total for _, total in told} == {1000}
    assert told[0][0] < 100


def test_several_volumes_have_numbers_and_a_shorter_set_leaves_none_over(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    with office(tmp_path, THREE) as project:
        several = replace(AS_A_RULE, most_pages=8)
        first = bind(project, reader, out / "แฟ้ม.pdf", several)
        made = names(out)
        bind(project, reader, out / "แฟ้ม.pdf")

    assert len(first.volumes) > 1
    assert made == sorted(Path(volume.path).name for volume in first.volumes)
    assert made[0] == "แฟ้ม เล่ม 1.pdf"
    assert names(out) == ["แฟ้ม.pdf"]


def test_a_volume_with_its_mark_is_no_larger_than_was_asked_for(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    noise = {f"ภาพ{n}.png": noisy(n) for n in range(6)}
    with office(tmp_path, {"1.1.1": noise}) as project:
        result = bind(project, reader, out / "แฟ้ม.pdf", replace(AS_A_RULE, most_mb=1.0))

        asked = BinderMaking(
            wish_for(project, replace(AS_A_RULE, most_mb=1.0), out / "แฟ้ม.pdf"),
            {},
            out,
            lambda done, total: None,
            None,
        ).job()

    assert len(result.volumes) > 1
    for volume in result.volumes:
        assert volume.size == Path(volume.path).stat().st_size
        assert volume.size <= 1_000_000 or volume.first == volume.last
    assert asked.options.most_mb is not None
    assert round(asked.options.most_mb * 1_000_000) + len(MARK) == 1_000_000


def noisy(seed: int) -> bytes:
    from io import BytesIO

    from PIL import Image

    written = BytesIO()
    grain = Image.effect_noise((520, 520), 60 + seed)
    grain.save(written, "PNG")
    return written.getvalue()


def test_only_what_changed_makes_a_completing_binder(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    changed = replace(AS_A_RULE, only_changed=True)
    with office(tmp_path, THREE) as project:
        bind(project, reader, out / "แฟ้ม.pdf")
        nothing = bind(project, reader, out / "เพิ่ม.pdf", changed)
        assert nothing.volumes == ()
        assert names(out) == ["แฟ้ม.pdf"]

        attach_files(project, "1.2.1", [write(tmp_path, "ใหม่.pdf", pdf("addition"))])
        result = bind(project, reader, out / "เพิ่ม.pdf", changed)
        again = bind(project, reader, out / "อีก.pdf", changed)

    assert result.items == 1
    found = text(out / "เพิ่ม.pdf")
    assert "addition1" in found
    assert "order1" not in found
    assert again.volumes == ()


def test_a_missing_file_is_named_and_its_coming_back_is_a_change(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    with office(tmp_path, THREE) as project:
        file = item_of(project, "คำสั่ง").files[0]
        kept = project.path_of(file.sha256).read_bytes()
        project.path_of(file.sha256).unlink()
        result = bind(project, reader, out / "แฟ้ม.pdf")
        (trouble,) = result.troubles
        assert (trouble.code, trouble.name) == ("1.2.1-01", "คำสั่ง.pdf")
        assert "ไม่พบไฟล์" in trouble.sentence

        project.path_of(file.sha256).write_bytes(kept)
        changes = wish_for(project, AS_A_RULE, out / "แฟ้ม.pdf").changes

    assert list(changes.changed.values()) == ["changed"]
    assert "report2" in text(out / "แฟ้ม.pdf")


def test_files_of_secret_items_are_not_even_looked_at(
    tmp_path: Path, out: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = Reader.look

    def look(self: Reader, path: Path, name: str, **more: object) -> object:
        looked.append(name)
        return real(self, path, name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "look", look)
    with office(tmp_path, THREE) as project:
        item = replace(item_of(project, "คำสั่ง"), confidential=True)
        project.editor.apply(project.editor.change(item_field(item.id), item))
        bind(project, reader, out / "แฟ้ม.pdf")
        assert sorted(looked) == ["ภาพ.jpg", "รายงาน.pdf"]
        assert "order1" not in text(out / "แฟ้ม.pdf")

        bind(project, reader, out / "แฟ้ม.pdf", replace(AS_A_RULE, confidential="include"))

    assert "คำสั่ง.pdf" in looked
    assert "order1" in text(out / "แฟ้ม.pdf")


def test_a_picture_too_large_to_unpack_is_bound_from_a_copy(
    tmp_path: Path, out: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[Path] = []
    real = Reader.printable

    def printable(self: Reader, path: Path, name: str, to: Path, **more: object) -> bool:
        copies.append(to)
        return real(self, path, name, to, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "printable", printable)
    large = {"แผนที่.png": picture((7500, 7500), "PNG"), "ภาพ.jpg": picture()}
    with office(tmp_path, {"1.1.1": large}) as project:
        result = bind(project, reader, out / "แฟ้ม.pdf")

    assert result.troubles == ()
    assert len(copies) == 1
    assert names(out) == ["แฟ้ม.pdf"]


def test_nothing_attached_is_refused_in_words(tmp_path: Path, out: Path, reader: Reader) -> None:
    with office(tmp_path, {}) as project, pytest.raises(ReportError, match="แนบหลักฐาน"):
        bind(project, reader, out / "แฟ้ม.pdf")

    assert names(out) == []


@pytest.mark.parametrize(
    ("wish", "words"), [(DIES, "หยุดทำงาน"), (HANGS, "นานเกินไป"), (GROWS, "ใหญ่เกิน")]
)
@pytest.mark.usefixtures("breaking")
def test_a_file_on_which_the_child_breaks_is_named_and_the_rest_is_bound(
    tmp_path: Path,
    out: Path,
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
    wish: bytes,
    words: str,
) -> None:
    if wish is HANGS:
        monkeypatch.setattr(binder_child, "PATIENCE", 2.0)
    if wish is GROWS:
        monkeypatch.setattr(binder_child, "MEMORY", 500 << 20)
    bad = {"ร้าย.pdf": pdf("bad", remark=wish), "ร้ายอีก.pdf": pdf("worse", remark=wish)}
    attached = {**THREE, "1.1.2": {**bad, "ดี.pdf": pdf("good")}}
    with office(tmp_path, attached) as project:
        result = bind(project, reader, out / "แฟ้ม.pdf")

    assert [trouble.name for trouble in result.troubles] == list(bad)
    assert all(words in trouble.sentence for trouble in result.troubles)
    found = text(out / "แฟ้ม.pdf")
    assert all(words in found for words in ("report2", "good1", "order1"))
    assert "bad1" not in found
    assert "worse1" not in found
    assert names(out) == ["แฟ้ม.pdf"]


@pytest.mark.usefixtures("breaking")
def test_without_a_second_try_one_bad_file_loses_the_rest(
    tmp_path: Path, out: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    monkeypatch.setattr(binder_child, "_without", lambda files, *_: files)
    attached = {**THREE, "1.1.2": {"ร้าย.pdf": pdf("bad", remark=DIES)}}
    with office(tmp_path, attached) as project, pytest.raises(ReportError, match="ไม่สำเร็จ"):
        bind(project, reader, out / "แฟ้ม.pdf")

    assert names(out) == []


@pytest.mark.usefixtures("breaking")
def test_a_drive_that_fills_up_costs_nothing_but_the_new_binder(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    attached = {**THREE, "1.1.2": {"ใหญ่.pdf": pdf("large", 9, remark=FILLS)}}
    target = out / "แฟ้ม.pdf"
    target.write_bytes(b"as it was")
    with office(tmp_path, attached) as project:
        with pytest.raises(ReportError, match=r"เต็ม|เนื้อที่|พื้นที่"):
            bind(project, reader, target)
        assert bound_before(project.editor, ()) is None

    assert names(out) == ["แฟ้ม.pdf"]
    assert target.read_bytes() == b"as it was"


def test_a_drive_that_is_full_at_the_last_moment_costs_no_more(
    tmp_path: Path, out: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(file_set, "flush_file", full)
    target = out / "แฟ้ม.pdf"
    target.write_bytes(b"as it was")
    with office(tmp_path, THREE) as project, pytest.raises(ReportError, match="เต็ม"):
        bind(project, reader, target)

    assert names(out) == ["แฟ้ม.pdf"]
    assert target.read_bytes() == b"as it was"


@pytest.mark.parametrize("part", [0.05, 0.5, 0.99])
def test_cancelled_in_the_middle_nothing_is_left_and_the_old_binder_stays(
    tmp_path: Path, out: Path, reader: Reader, part: float
) -> None:
    done = [0.0]
    target = out / "แฟ้ม.pdf"
    target.write_bytes(b"as it was")

    def progress(now: int, total: int) -> None:
        done[0] = now / total

    attached = {"1.1.1": {f"{n}.pdf": pdf(f"page {n}") for n in range(12)}}
    with office(tmp_path, attached) as project:
        with pytest.raises(Cancelled):
            bind(project, reader, target, progress=progress, cancelled=lambda: done[0] >= part)
        assert bound_before(project.editor, ()) is None

    assert names(out) == ["แฟ้ม.pdf"]
    assert target.read_bytes() == b"as it was"


def test_cancelled_at_the_last_moment_the_old_binder_stays(
    tmp_path: Path, out: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[BinderResult] = []
    real = BinderMaking.run

    def run(self: BinderMaking) -> BinderResult:
        made.append(real(self))
        return made[0]

    monkeypatch.setattr(BinderMaking, "run", run)
    target = out / "แฟ้ม.pdf"
    target.write_bytes(b"as it was")
    with office(tmp_path, THREE) as project, pytest.raises(Cancelled):
        bind(project, reader, target, cancelled=lambda: bool(made))

    assert made
    assert target.read_bytes() == b"as it was"
    assert names(out) == ["แฟ้ม.pdf"]


def test_a_project_that_is_only_read_is_bound_all_the_same(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    with office(tmp_path, THREE) as project:
        folder = project.folder
    project = open_project(folder, who=WHO, read_only=True)
    try:
        result = bind(project, reader, out / "แฟ้ม.pdf")
        assert bound_before(project.editor, ()) is None
    finally:
        project.close()

    assert result.items == 3


def test_the_same_evidence_gives_the_same_bytes(tmp_path: Path, out: Path, reader: Reader) -> None:
    with office(tmp_path, THREE) as project:
        bind(project, reader, out / "แฟ้ม.pdf")
        bind(project, reader, out / "แฟ้ม อีกฉบับ.pdf")

    one, other = sorted(out.iterdir())
    assert one.read_bytes() == other.read_bytes()


def test_what_is_not_the_whole_has_a_name_of_its_own(tmp_path: Path) -> None:
    with office(tmp_path, {}) as project:
        assessed = project.editor.round
        offered = {
            binder_name(assessed, options)
            for options in (
                AS_A_RULE,
                replace(AS_A_RULE, scope=("1.1",)),
                replace(AS_A_RULE, scope=("1.1", "1.2")),
                replace(AS_A_RULE, only_changed=True),
            )
        }

    assert len(offered) == 4
    assert all(name.endswith(".pdf") for name in offered)


def test_a_name_with_no_room_for_a_number_is_shortened_for_several_volumes(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    target = out / ("ก" * 80 + ".pdf")
    with office(tmp_path, THREE) as project:
        result = bind(project, reader, target, replace(AS_A_RULE, most_pages=10))
    assert len(result.volumes) > 1
    assert all("ก เล่ม " in name and len(name.encode()) <= 255 for name in names(out))


def test_a_job_exchanged_in_a_shared_folder_is_not_read(
    tmp_path: Path, out: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ChildProcess.ask
    modes = []

    def exchanged(child: ChildProcess, request: dict[str, Any], **how: Any) -> Any:
        if "job" in request:
            job = Path(request["job"])
            modes.append(job.parent.stat().st_mode & 0o077)
            job.write_bytes(pickle.dumps(pathlib.PurePosixPath("no job")))
        return real(child, request, **how)

    monkeypatch.setattr(ChildProcess, "ask", exchanged)
    with office(tmp_path, THREE) as project, pytest.raises(ReportError):
        bind(project, reader, out / "แฟ้ม.pdf")
    assert names(out) == []
    if os.name == "posix":
        assert set(modes) == {0}


def test_what_was_emptied_from_the_bin_is_still_named_to_be_taken_out(
    tmp_path: Path, out: Path, reader: Reader
) -> None:
    changed = replace(AS_A_RULE, only_changed=True)
    with office(tmp_path, THREE) as project:
        bind(project, reader, out / "แฟ้ม.pdf")
        gone = item_of(project, "คำสั่ง")
        project.editor.apply(to_bin(project.editor, [gone.id]))
        finish_emptying(project, begin_emptying(project.editor))
        attach_files(project, "1.1.1", [write(tmp_path, "ใหม่.pdf", pdf("addition"))])
        bind(project, reader, out / "เพิ่ม.pdf", changed)
    assert "๑.๒.๑-๐๑นำออกถอนออกจากแฟ้ม" in text(out / "เพิ่ม.pdf")
