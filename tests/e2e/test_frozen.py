import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.services.reading import Reader
from esa_desktop.services.sample_files import write_evidence
from tools.freezing.bundle import NAME, NotFrozen, build, self_test
from tools.freezing.everywhere import WORDS_STEP, make_other_library, tree_digest
from tools.freezing.look_through import problems
from tools.freezing.thai_library import LIBRARY

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="freezes for Linux")


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as users get it, built of this checkout and nothing built before."""
    place = tmp_path_factory.mktemp("frozen")
    return build(place / "dist", place / "work")


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """No Python on the path, nothing of this test, and a libthai in the way that finds no words."""
    for name in ("bin", "home", "other"):
        (tmp_path / name).mkdir()
    make_other_library(tmp_path / "other")
    return {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path / "home"),
        "LD_LIBRARY_PATH": str(tmp_path / "other"),
    }


def test_the_frozen_program_does_its_whole_job_with_what_it_brings_along(
    frozen: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    before = tree_digest(frozen)
    report = self_test([str(frozen / NAME)], bare, folder=tmp_path / "other")
    assert report["ok"]
    assert all(step["ok"] for step in report["steps"])
    assert any(WORDS_STEP in step["step"] for step in report["steps"])
    assert tree_digest(frozen) == before, "it wrote into its own folder"


def test_the_self_test_notices_that_thai_words_cannot_be_found(
    frozen: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    broken = tmp_path / NAME
    shutil.copytree(frozen, broken, copy_function=os.link)  # else 200 MB a time
    (broken / "_internal" / LIBRARY["linux"]).unlink()
    del bare["LD_LIBRARY_PATH"]  # the system's own libthai must not help out either
    with pytest.raises(NotFrozen, match=WORDS_STEP):
        self_test([str(broken / NAME)], bare)


def test_the_frozen_program_is_its_own_child(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "หลักฐาน.pdf"
    write_evidence(paper, "หนังสือทดสอบ", "ทดสอบการอ่าน")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(frozen / NAME))
    with closing(Reader(children=1)) as reader:
        seen = reader.look(paper, paper.name)
    assert (seen.kind, seen.sentence) == ("pdf", "")
    assert "ทดสอบการอ่าน" in seen.words


def test_the_folder_holds_what_it_must_and_nothing_else(frozen: Path) -> None:
    assert problems(frozen) == []
    assert not [path for path in frozen.rglob("*") if path.is_symlink()]
    size = sum(path.stat().st_size for path in frozen.rglob("*") if path.is_file())
    assert size < 215e6
