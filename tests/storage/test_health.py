import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Kind, encode, item_field
from esa_desktop.domain.revision import make_revision
from esa_desktop.storage import evidence_files
from esa_desktop.storage.health import EvidenceHealth, examine_evidence, names_in
from esa_desktop.storage.store import Write
from tests.storage.projects import change_in_file, item, new_store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF scan")
    store = new_store(tmp_path)
    kept = evidence_files.keep(scan, store.folder)
    store.write(Write(files=(kept,)), Write(revisions=(item("item-1", kept),)))
    store.close()
    return store.folder


def kept_in(project: Path) -> dict[str, int]:
    with closing(sqlite3.connect(project / "project.db")) as connection:
        return dict(connection.execute("SELECT sha256, size FROM evidence_file").fetchall())


def test_a_file_has_the_names_its_item_gives_it(project: Path) -> None:
    (sha256,) = kept_in(project)
    assert names_in(project / "project.db") == {sha256: ("1.2.3-01 คำสั่งแต่งตั้ง", "scan.pdf")}


def test_earlier_versions_and_copies_for_paper_have_the_names_of_their_item(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    kept: list[EvidenceFile] = []
    for name in ("old.pdf", "new.jpg", "small.jpg"):
        (tmp_path / name).write_bytes(name.encode())
        kept.append(evidence_files.keep(tmp_path / name, store.folder))
    old, new, small = kept
    said = Evidence(
        "item-1",
        "1.2.3-01",
        "ภาพ",
        files=(replace(new, printable=small.sha256, printable_size=small.size),),
        earlier=(old,),
    )
    body = encode(Kind.ITEM, said)
    revision = make_revision(item_field("item-1"), (), body, author="ก", device="d", time="t")
    store.write(Write(files=tuple(kept)), Write(revisions=(revision,)))
    store.close()

    assert names_in(store.folder / "project.db") == {
        old.sha256: ("1.2.3-01 ภาพ", "old.pdf"),
        new.sha256: ("1.2.3-01 ภาพ", "new.jpg"),
        small.sha256: ("1.2.3-01 ภาพ", "new.jpg"),
    }


def test_a_row_that_proves_nothing_names_nothing(project: Path) -> None:
    change_in_file(project, "UPDATE revision SET author='x'")
    assert names_in(project / "project.db") == {}
    (project / "project.db").write_bytes(b"no database")
    assert names_in(project / "project.db") == {}


def test_what_is_there_and_whole_is_no_news(project: Path) -> None:
    sound = EvidenceHealth((), (), 0, 0)
    assert examine_evidence(project, project / "project.db", kept_in(project)) == sound


def test_a_file_in_the_wrong_place_is_missing_there(project: Path) -> None:
    (sha256,) = kept_in(project)
    place = evidence_files.path_of(project, sha256)
    place.rename(place.parent.parent / sha256)
    health = examine_evidence(project, project / "project.db", kept_in(project))
    assert [named[2] for named in health.missing] == [sha256]
    assert health.orphans == 0


def test_a_project_without_a_folder_of_evidence_has_lost_all_of_it(project: Path) -> None:
    wanted = {**kept_in(project), "f" * 64: 1}
    (project / "evidence").rename(project / "elsewhere")
    health = examine_evidence(project, project / "project.db", wanted)
    assert len(health.missing) == 2
    assert EvidenceFile("f" * 64, "", 1).sha256 in {named[2] for named in health.missing}
