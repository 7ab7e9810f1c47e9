import json
from pathlib import Path

import pytest

from esa_desktop import __version__
from esa_desktop.services import shipped_parts as module
from esa_desktop.services.shipped_parts import licence_text, shipped_parts


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "licences"
    folder.mkdir()
    monkeypatch.setattr(module, "licences_folder", lambda: folder)
    return folder


def test_a_checkout_knows_every_part_of_the_lock_with_its_licence_and_words() -> None:
    parts = {part.name: part for part in shipped_parts()}

    assert next(iter(parts)) == "esa_desktop"
    assert parts["esa_desktop"].version == __version__
    assert {"sqlalchemy", "reportlab", "pikepdf", "pyside6-essentials"} <= parts.keys()
    for part in parts.values():
        if part.name != "charset-normalizer":
            assert part.licence or part.texts, part.name
        for path in part.texts:
            assert path.is_file(), path
    assert "GNU LESSER" in licence_text(parts["pyside6-essentials"])
    assert "OPEN FONT LICENSE" in licence_text(parts["Sarabun, Esa UI"]).upper()


def test_a_bundle_shows_what_its_index_names(bundle: Path) -> None:
    (bundle / "a.txt").write_text("คำหนึ่ง", "utf-8")
    (bundle / "b.txt").write_text("คำสอง", "utf-8")
    told = [
        {"name": "zlib", "version": "1.3", "licence": "Zlib", "files": ["a.txt", "b.txt"]},
        {"name": "esa_desktop", "version": "9", "licence": "MIT", "files": []},
        {"name": "Qt", "version": "6", "licence": "LGPL", "files": ["gone.txt"]},
    ]
    (bundle / "index.json").write_text(json.dumps(told))

    own, qt, zlib = shipped_parts()

    assert (own.name, qt.name, zlib.name) == ("esa_desktop", "Qt", "zlib")
    assert licence_text(zlib).startswith("คำหนึ่ง")
    assert licence_text(zlib).endswith("คำสอง")
    assert "gone.txt" in licence_text(qt)


@pytest.mark.parametrize("index", ["", "{", '{"a": 1}', '[1, {"name": ""}, {"files": [2]}]'])
def test_a_damaged_index_has_no_parts_and_raises_nothing(bundle: Path, index: str) -> None:
    (bundle / "index.json").write_text(index)

    assert shipped_parts() == ()
