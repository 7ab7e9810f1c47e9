"""Binders of chance: every number they state is counted again from their pages."""

import random
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from esa_desktop.domain.binder import BinderOptions, Volume
from esa_desktop.domain.binder_order import BinderSection, binder_sections, without
from esa_desktop.domain.errors import ReportError
from esa_desktop.report.binder.body import Body
from esa_desktop.report.binder.entries import Entry
from esa_desktop.report.binder.filling import Filling
from tests.report.binder.made import Office, bound, page_texts, pdf, photograph
from tests.report.books import bookmarks, page_labels

ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
STAMP = re.compile(r"(\d\.\d+\.\d+-\d+)\((\d+)/(\d+)\)(?:เล่ม(\d+))?หน้า(\d+)")
ITEM = re.compile(r"(\d\.\d+\.\d+-\d+)(?: |$)")
ROW = re.compile(r"^ *(\d\.\d+\.\d+-\d+) .*?[ก-ฮ.\d].*? {2,}(?:(\d+) +)?(\d+)$", re.MULTILINE)
"""Of an index or a divider: code, volume where there is more than one, page."""
SIZES = [(595, 842), (842, 595), (420, 595), (1200, 1700)]


def any_office(folder: Path, chance: random.Random) -> Office:
    folder.mkdir()
    office = Office(folder, chance.randint(1, 3), chance.randint(1, 3), chance.randint(1, 2))
    codes = [
        f"{standard}.{indicator}.{issue}"
        for standard in range(1, office.standards + 1)
        for indicator in range(1, office.indicators + 1)
        for issue in range(1, office.issues + 1)
    ]
    for number in range(chance.randint(1, 12)):
        code = chance.choice(codes)
        files = []
        for place in range(chance.choice([0, 1, 1, 1, 2, 3])):
            turned: dict[str, Any] = {"Rotate": 90} if chance.random() < 0.2 else {}
            words = [f"p{number}-{place}-{page}" for page in range(chance.randint(1, 9))]
            name, content = chance.choice(
                [
                    ("a.pdf", pdf(*words, size=chance.choice(SIZES), **turned)),
                    ("a.pdf", pdf(*words)),
                    ("same.pdf", pdf("same", "again")),
                    ("broken.pdf", b"%PDF junk"),
                    ("words.txt", ("บรรทัด\n" * chance.randint(1, 150)).encode()),
                    ("picture.jpg", photograph(200, 100)),
                ]
            )
            files.append(office.keep(name, content))
        also = chance.sample(codes, min(len(codes), chance.choice([0, 0, 1, 3])))
        office.item(
            code, f"ชื่อ{chr(0x0E01 + number)}" + " ยาวมาก" * chance.choice([0, 0, 1, 40]), *files,
            also=[one for one in also if one != code], number=chance.choice(["", "ที่ ศธ กข"]),
            confidential=chance.random() < 0.15, place=chance.choice(["", "ตู้"]),
        )  # fmt: skip
    return office


def any_options(chance: random.Random) -> dict[str, Any]:
    parts = "cover spine index standard_dividers indicator_dividers qr certified".split()
    return {
        **{part: chance.random() < 0.6 for part in parts},
        "issue_dividers": True,
        "confidential": chance.choice(["name", "include", "leave_out"]),
        "most_pages": chance.choice([None, None, 10, 15, 25, 40]),
        "most_mb": chance.choice([None, None, None, 0.1, 0.15, 0.3]),
        "thai_digits": chance.random() < 0.7,
        "scope": () if chance.random() < 0.8 else ("1.1",),
    }


@dataclass
class Count:
    """What is counted from the pages of all volumes."""

    options: BinderOptions
    number: int = 0
    first: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Volume and number of the first page, by code."""
    pages: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    """Page of the item, pages of the item and volume, by code, as they come."""
    own: list[str] = field(default_factory=list)
    """Every volume as it is laid out."""

    def volume(self, place: int, stated: Volume) -> None:
        path = Path(stated.path)
        texts = [text.translate(ARABIC) for text in page_texts(path)]
        labels = [label.translate(ARABIC) for label in page_labels(path)]
        with pikepdf.open(path) as document:
            assert len(document.pages) == stated.pages == len(texts) == len(labels)
        assert path.stat().st_size == stated.size
        front = sum(not label.isdigit() for label in labels)
        here: list[str] = []
        for at, text in enumerate(texts):
            found = STAMP.search(text)
            if at >= front:
                self.number += 1
                assert labels[at] == str(self.number)
                assert f"หน้า{self.number}" in text
            if found is None:
                continue
            assert at >= front
            assert (found[4] or "1", found[5]) == (str(place), str(self.number))
            self.pages.setdefault(found[1], []).append((int(found[2]), int(found[3]), place))
            if found[2] == "1":
                self.first[found[1]] = (place, self.number)
                here.append(found[1])
        assert (stated.first, stated.last) == ((here[0], here[-1]) if here else ("", ""))
        self.own.append(laid_out(path))
        for _, title, at in bookmarks(path):
            if item := ITEM.match(title.translate(ARABIC)):
                assert f"{item[1]}(1/" in texts[at]
        if len(here) != 1:
            assert stated.pages <= (self.options.most_pages or stated.pages)
        if len(here) > 1:
            assert stated.size <= (self.options.most_mb or stated.size) * 1_000_000

    def lists(self) -> int:
        """Rows of index and dividers that state a page; every one of them is right."""
        rows = 0
        several = self.options.most_pages is not None or self.options.most_mb is not None
        for words in self.own:
            for code, volume, number in ROW.findall(words):
                assert self.first[code] == (int(volume or "1"), int(number))
                assert bool(volume) == several
                rows += 1
        return rows


def laid_out(path: Path) -> str:
    command = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.translate(ARABIC).replace("\f", "\n")


@pytest.mark.parametrize("seed", range(14))
def test_every_number_in_a_binder_is_the_one_that_is_counted(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    office, chosen = any_office(tmp_path / "files", chance), any_options(chance)
    options = BinderOptions(**chosen)
    sections = without(binder_sections(office.round(), options.scope), options, {})
    try:
        made = bound(office, tmp_path / "out", **chosen)
    except ReportError:
        assert not sections
        return
    count = Count(options)
    for place, volume in enumerate(made.result.volumes, 1):
        count.volume(place, volume)

    assert list(count.pages) == [item.code for section in sections for item in section.items]
    for stamped in count.pages.values():
        assert [page for page, _, _ in stamped] == list(range(1, stamped[0][1] + 1))
        assert len({volume for _, _, volume in stamped}) == 1  # never divided
    count.lists()


def test_a_number_that_is_wrong_by_one_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the lists above."""
    real = Filling._write

    def write(
        filling: Filling, body: Body, section: BinderSection, entry: Entry | None, *rest: Any
    ) -> None:
        real(filling, body, section, entry, *rest)
        if entry is not None:
            entry.first += 1

    office = any_office(tmp_path / "files", random.Random(4))
    right, wrong = Count(BinderOptions()), Count(BinderOptions())
    (volume,) = bound(office, tmp_path / "right").result.volumes
    right.volume(1, volume)
    assert right.lists() > len(right.pages)  # rows in the index and on dividers

    monkeypatch.setattr(Filling, "_write", write)
    (volume,) = bound(office, tmp_path / "wrong").result.volumes
    wrong.volume(1, volume)
    with pytest.raises(AssertionError):
        wrong.lists()
