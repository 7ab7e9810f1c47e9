import errno
import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from esa_desktop.domain.errors import Cancelled, ReportError
from esa_desktop.report.binder import binding, limits
from esa_desktop.report.binder.binding import bind
from esa_desktop.report.binder.job import BindingStep
from esa_desktop.report.binder.pdf_pages import SourceFile
from esa_desktop.report.binder.volume_file import VolumeFile
from tests.report.binder.made import DAY, Bound, Office, bound, changed, pdf, photograph, scans
from tests.report.books import bookmarks, page_labels
from tests.report.reading import close, pdfium_pages

ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
STAMP = re.compile(r"(\d\.\d+\.\d+-\d+)\((\d+)/(\d+)\)(?:เล่ม(\d+))?หน้า(\d+)")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(folder)


def plain(page: str) -> str:
    return page.translate(ARABIC)


def stamps(made: Bound) -> list[tuple[str, ...]]:
    """Code, page of the item, pages of the item, volume and number of every stamped page."""
    found = (STAMP.search(plain(page)) for page in made.texts())
    return [match.groups("") for match in found if match]


def filled(office: Office, *, items: int = 2, pages: int = 3) -> Office:
    for indicator in range(1, office.indicators + 1):
        for issue in range(1, office.issues + 1):
            for place in range(items):
                code = f"1.{indicator}.{issue}"
                words = [f"{code} no {place} page {n}" for n in range(1, pages + 1)]
                office.item(code, f"หลักฐานชิ้นที่ {place}", office.keep(f"{place}.pdf", pdf(*words)))
    return office


def test_every_page_of_every_item_is_there_once_in_order_under_its_stamp(
    office: Office, tmp_path: Path
) -> None:
    made = bound(filled(office), tmp_path / "out")
    found = stamps(made)
    expected = [(item.code, str(page), "3") for item in office.items.values() for page in (1, 2, 3)]
    assert [stamp[:3] for stamp in found] == expected
    texts = [plain(text) for text in made.texts()]
    for code, page, _, _, number in found:
        issue, place = code.split("-")
        shown = next(t for t in texts if f"{code}({page}/3)" in t)
        assert close(f"{issue} no {int(place) - 1} page {page}") in shown
        assert f"หน้า{number}" in shown


def test_running_numbers_labels_and_places_agree(office: Office, tmp_path: Path) -> None:
    made = bound(filled(office), tmp_path / "out")
    labels = [plain(label) for label in page_labels(made.paths[0])]
    assert labels[:3] == ["", "", "ก"]  # cover and spine have none
    assert labels[3:] == [str(n) for n in range(1, len(labels) - 2)]
    for place, text in enumerate(made.texts()):
        if match := STAMP.search(plain(text)):
            assert match[5] == labels[place]


def test_the_index_and_the_dividers_name_the_page_on_which_an_item_begins(
    office: Office, tmp_path: Path
) -> None:
    made = bound(filled(office), tmp_path / "out", most_pages=30)
    firsts = {stamp[0]: stamp[3:] for stamp in stamps(made) if stamp[1] == "1"}
    texts = [plain(page) for path in made.paths for page in pdfium_pages(path)]
    index = next(text for text in texts if text.startswith("สารบัญหลักฐาน"))
    for code, (volume, number) in firsts.items():
        row = re.compile(rf"{code}\s+หลักฐานชิ้นที่ \d\s+{volume}\s+{number}\s")
        assert row.search(index), (code, index)
        issue = f"ประเด็นการพิจารณาที่ {code.split('-')[0]}"
        divider = next(text for text in texts if issue in text and "(ต่อ)" not in text)
        assert row.search(divider), (code, divider)


def test_an_item_that_serves_again_is_a_line_that_says_where_it_is(
    office: Office, tmp_path: Path
) -> None:
    office.item("1.1.1", "คำสั่งแต่งตั้ง", office.keep("a.pdf", pdf("once")), also=["1.1.2", "1.2.3"])
    made = bound(office, tmp_path / "out")
    texts = [plain(text) for text in made.texts()]
    (first,) = [stamp for stamp in stamps(made) if stamp[0] == "1.1.1-01"]
    assert sum("once" in text for text in texts) == 1
    for issue in ("1.1.2", "1.2.3"):
        divider = next(t for t in texts if f"ประเด็นการพิจารณาที่{issue}" in t)
        assert f"คำสั่งแต่งตั้งดูหลังใบคั่นแฟ้ม1.1.1{first[4]}" in divider


@pytest.mark.parametrize("most", [12, 17, 30])
def test_no_volume_has_more_pages_than_wanted_and_no_item_is_divided(
    office: Office, tmp_path: Path, most: int
) -> None:
    made = bound(filled(office), tmp_path / "out", most_pages=most)
    found = stamps(made)
    assert len(made.paths) > 1
    assert all(volume.pages <= most for volume in made.result.volumes)
    for volume in made.result.volumes:
        with pikepdf.open(volume.path) as document:
            assert len(document.pages) == volume.pages
    homes: dict[str, set[str]] = {}
    for code, _, _, volume, _ in found:
        homes.setdefault(code, set()).add(volume)
    assert all(len(volumes) == 1 for volumes in homes.values())
    numbers = [int(stamp[4]) for stamp in found]
    assert numbers == sorted(set(numbers))


def test_pages_are_counted_through_all_volumes_without_a_gap(
    office: Office, tmp_path: Path
) -> None:
    made = bound(filled(office), tmp_path / "out", most_pages=14)
    labels = [plain(label) for path in made.paths for label in page_labels(path)]
    numbers = [int(label) for label in labels if label.isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_is_bound_in_the_next_volume_is_not_told_twice(office: Office, tmp_path: Path) -> None:
    for n in range(8):
        files = [office.keep("good.pdf", pdf(*"abc")), office.keep(f"{n}.pdf", b"bad %d" % n)]
        office.item("1.1.1", f"ชิ้น {n}", *files)
    made = bound(office, tmp_path / "out", most_pages=14)
    assert len(made.paths) > 2
    assert [trouble.name for trouble in made.result.troubles] == [f"{n}.pdf" for n in range(8)]
    assert [step.done for step in made.steps] == sorted(step.done for step in made.steps)


def test_a_volume_that_begins_within_an_issue_has_its_divider_again(
    office: Office, tmp_path: Path
) -> None:
    for n in range(6):
        office.item("1.1.1", f"ชิ้นที่ {n}", office.keep(f"{n}.pdf", pdf(f"a{n}", f"b{n}")))
    made = bound(office, tmp_path / "out", most_pages=10)
    second = [plain(close(t)) for t in pdfium_pages(made.paths[1])]
    divider = next(text for text in second if "ประเด็นการพิจารณาที่1.1.1(ต่อ)" in text)
    assert "1.1.1-01ชิ้นที่0" not in divider  # only what is left
    assert made.result.volumes[1].first in divider


def test_an_item_longer_than_a_volume_has_one_for_itself(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "ก", office.keep("1.pdf", pdf("x")))
    office.item("1.1.2", "ข", office.keep("2.pdf", pdf(*"abcdefghijklmnopqrst")))
    office.item("1.1.3", "ค", office.keep("3.pdf", pdf("y")))
    made = bound(office, tmp_path / "out", most_pages=10)
    assert [(v.first, v.last) for v in made.result.volumes] == [
        ("1.1.1-01", "1.1.1-01"),
        ("1.1.2-01", "1.1.2-01"),
        ("1.1.3-01", "1.1.3-01"),
    ]


def weighty(office: Office, count: int) -> Office:
    for n in range(count):
        office.item("1.1.1", f"ภาพ {n}", office.keep(f"{n}.pdf", scans(1, width=300, seed=n)))
        office.item("1.1.2", f"แฟ้ม {n}", office.keep(f"{n}.pdf", pdf(*["x" * 60] * 9)))
    return office


def test_no_volume_is_larger_than_wanted(office: Office, tmp_path: Path) -> None:
    made = bound(weighty(office, 12), tmp_path / "out", most_mb=0.15)
    assert len(made.paths) > 2
    for volume in made.result.volumes:
        assert volume.size == Path(volume.path).stat().st_size
        assert volume.size <= 150_000 or volume.first == volume.last


def test_a_volume_that_came_out_too_large_is_bound_anew(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_COVER_BYTES", -25_000)  # the reckoning is wrong
    control = binding._over
    seen: list[int] = []
    monkeypatch.setattr(
        binding, "_over", lambda job, made: seen.append(control(job, made)) or seen[-1]
    )
    made = bound(weighty(office, 12), tmp_path / "out", most_mb=0.15)
    assert seen[0] > 0
    assert seen[-1] <= 0
    assert len(list((tmp_path / "out").iterdir())) == len(made.result.volumes)


def test_a_single_volume_that_came_out_too_large_leaves_nothing_behind(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighty(office, 3)
    size = bound(office, tmp_path / "whole").result.volumes[0].size
    monkeypatch.setattr(limits, "_COVER_BYTES", -150_000)
    made = bound(office, tmp_path / "out", most_mb=(size - 9_000) / 1e6)
    assert len(made.paths) > 1
    assert sorted((tmp_path / "out").iterdir()) == sorted(made.paths)


def test_what_cannot_be_bound_is_named_with_its_code_and_the_rest_is_bound(
    office: Office, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(pdf("secret"))) as document:
        document.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    files = [
        office.keep("rubbish.pdf", b"%PDF-1.7 rubbish"),
        office.keep("locked.pdf", (tmp_path / "locked.pdf").read_bytes()),
        office.keep("empty.pdf", b""),
        office.keep("half.jpg", photograph(600, 400)[:900]),
        office.keep("program.exe", b"MZ", sentence="ไฟล์นี้เป็นโปรแกรม จึงไม่พิมพ์"),
        office.keep("good.pdf", pdf("good")),
    ]
    gone = office.keep("gone.pdf", b"gone")
    Path(office.files[gone.sha256].path).unlink()
    office.item("1.1.1", "ปนกัน", *files, gone)
    made = bound(office, tmp_path / "out")
    names = [trouble.name for trouble in made.result.troubles]
    assert names == [
        "rubbish.pdf",
        "locked.pdf",
        "empty.pdf",
        "half.jpg",
        "program.exe",
        "gone.pdf",
    ]
    assert all(trouble.code == "1.1.1-01" for trouble in made.result.troubles)
    texts = made.texts()
    for trouble in made.result.troubles:
        (page,) = [t for t in texts if close(trouble.name) in t]
        assert "๑.๑.๑-๐๑" in page
    assert sum("good" in text for text in texts) == 1
    assert len(stamps(made)) == 7


def test_paper_says_what_is_so_and_leaves_advice_to_the_office_to_the_window(
    office: Office, tmp_path: Path
) -> None:
    missing = office.keep("gone.pdf", b"gone")
    Path(office.files[missing.sha256].path).unlink()
    broken = office.keep("rubbish.pdf", b"%PDF-1.7 rubbish")
    refused = office.keep("p.heic", b"p", sentence="อ่านรูปนี้ไม่ได้ กรุณาแนบใหม่")
    office.item("1.1.1", "หาย", missing, owner="นางวันดี")
    office.item("1.1.2", "เสีย", broken, refused)
    made = bound(office, tmp_path / "out")
    told = [trouble.sentence for trouble in made.result.troubles]
    assert len(told) == 3
    assert all("แนบ" in sentence for sentence in told)  # the advice, for window and command line
    texts = made.texts()
    assert not any("กรุณา" in text or "แนบใหม่" in text or "แนบอีกครั้ง" in text for text in texts)
    gone = next(text for text in texts if "gone.pdf" in text)
    assert "ไม่มีไฟล์ของรายการนี้ในแฟ้มขอดูได้จากผู้รับผิดชอบ" in gone
    assert "ผู้รับผิดชอบนางวันดี" in gone
    for name in ("rubbish.pdf", "p.heic"):
        page = next(text for text in texts if name in text)
        assert close("ไฟล์นี้พิมพ์ลงกระดาษไม่ได้ ขอดูได้จาก สพป.ตัวอย่าง เขต ๑") in page


def test_a_file_that_breaks_off_leaves_none_of_its_pages(office: Office, tmp_path: Path) -> None:
    def spoil(document: pikepdf.Pdf) -> None:
        broken = document.make_stream(b"q Q")
        broken.write(b"no zlib", filter=pikepdf.Name.FlateDecode)
        document.pages[2].obj.Contents = pikepdf.Array([document.make_stream(b"q Q"), broken])

    content = changed(scans(2, width=1000), lambda d: d.pages.append(d.pages[0]))
    office.item("1.1.1", "ก", office.keep("a.pdf", changed(content, spoil)))
    office.item("1.1.1", "ข", office.keep("b.pdf", pdf("whole")))
    made = bound(office, tmp_path / "out")
    assert [trouble.name for trouble in made.result.troubles] == ["a.pdf"]
    assert [stamp[:3] for stamp in stamps(made)] == [
        ("1.1.1-01", "1", "1"),
        ("1.1.1-02", "1", "1"),
    ]
    assert made.result.volumes[0].size < len(content) / 2


def test_the_same_file_in_two_items_is_stored_once(office: Office, tmp_path: Path) -> None:
    content = photograph(1200, 900, quality=95, kind="PNG", compress_level=0)
    office.item("1.1.1", "ก", office.keep("a.png", content))
    once = bound(office, tmp_path / "once").result.volumes[0].size
    office.item("1.1.2", "ข", office.keep("a.png", content))
    made = bound(office, tmp_path / "twice")
    assert [stamp[0] for stamp in stamps(made)] == ["1.1.1-01", "1.1.2-01"]
    assert made.result.volumes[0].size - once < 5_000


def test_the_same_binder_is_the_same_bytes(office: Office, tmp_path: Path) -> None:
    filled(office)
    office.item("1.1.1", "ภาพ", office.keep("p.jpg", photograph(500, 400, turned=6)))
    first, second = (bound(office, tmp_path / name, qr=True) for name in ("one", "two"))
    assert first.paths[0].read_bytes() == second.paths[0].read_bytes()
    office.item("1.1.1", "อีกชิ้น", place="ตู้ ๑")
    third = bound(office, tmp_path / "three", qr=True)
    with pikepdf.open(first.paths[0]) as one, pikepdf.open(third.paths[0]) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_confidential_items_are_named_bound_or_left_out(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "เปิดเผย", office.keep("a.pdf", pdf("open")))
    office.item(
        "1.1.2", "สอบสวน", office.keep("b.pdf", pdf("hidden")), confidential=True, place="ตู้ลับ"
    )
    for choice, named, shown in (("name", 1, 0), ("include", 1, 1), ("leave_out", 0, 0)):
        texts = bound(office, tmp_path / choice, confidential=choice).texts()
        assert any("สอบสวน" in text for text in texts) == bool(named)
        assert any("hidden" in text for text in texts) == bool(shown)
        assert not any("ตู้ลับ" in text for text in texts) or choice == "include"


def test_a_completing_binder_holds_what_changed_and_says_what_it_completes(
    office: Office, tmp_path: Path
) -> None:
    names = ("เก่า", "ใหม่", "แก้", "ย้าย", "ออก")
    ids = [
        office.item("1.1.1", name, office.keep(f"{name}.pdf", pdf(f"page {n}"))).id
        for n, name in enumerate(names)
    ]
    kinds = dict(zip(ids[1:], ("new", "changed", "moved", "gone"), strict=True))
    made = bound(
        office, tmp_path / "out", only_changed=True, changed=kinds, completes="แฟ้มวันที่ ๑ มิ.ย. ๒๕๕๗"
    )
    texts = made.texts()
    assert close("ใช้ประกอบกับแฟ้มวันที่ ๑ มิ.ย. ๒๕๕๗") in texts[0]
    shown = [n for n in range(5) if any(f"page{n}" in text for text in texts)]
    assert shown == [1, 2]
    listed = next(text for text in texts if text.startswith("รายการที่เปลี่ยนแปลง"))
    for words in ("เพิ่มใหม่", "ใส่แทนของเดิม", "ย้ายไปหลังใบคั่นแฟ้ม๑.๑.๑", "ถอนออกจากแฟ้ม"):
        assert words in listed
    assert set(made.result.bound) == set(ids[1:3])
    with pytest.raises(ReportError, match="ไม่มีหลักฐานที่เพิ่มหรือเปลี่ยนแปลง"):
        bound(office, tmp_path / "none", only_changed=True, changed={})


def test_a_scope_without_evidence_is_a_sentence_and_leaves_no_file(
    office: Office, tmp_path: Path
) -> None:
    filled(office, items=1)
    del office.links["1.1.2"]
    with pytest.raises(ReportError, match="ยังไม่มีหลักฐาน"):
        bound(office, tmp_path / "out", scope=("1.1.2",))
    assert list((tmp_path / "out").iterdir()) == []
    made = bound(office, tmp_path / "one", scope=("๑.๒",))
    assert {stamp[0][:3] for stamp in stamps(made)} == {"1.2"}
    assert "ตัวบ่งชี้ที่๑.๒" in made.texts()[0]


def test_every_file_is_announced_before_it_is_opened(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(office)
    office.item("1.2.3", "ตู้", place="ตู้ ๓")
    events: list[object] = []
    opened = SourceFile.__init__

    def opening(self: SourceFile, path: Path) -> None:
        events.append(path.name)
        opened(self, path)

    monkeypatch.setattr(SourceFile, "__init__", opening)
    (tmp_path / "out").mkdir()
    bind(office.job(), tmp_path / "out", progress=events.append)
    steps = [event for event in events if isinstance(event, BindingStep)]
    for place, event in enumerate(events):
        if isinstance(event, str):
            before = events[place - 1]
            assert isinstance(before, BindingStep)
            assert before.file == event
    assert [step.done for step in steps] == [*range(12), 13]
    assert steps[-1] == BindingStep(13, 13, "", "")


def test_cancelled_nothing_is_left(office: Office, tmp_path: Path) -> None:
    calls = iter(range(100))
    with pytest.raises(Cancelled):
        bind(filled(office).job(), tmp_path, cancelled=lambda: next(calls) > 4)
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


def test_a_full_drive_is_a_sentence_and_nothing_is_left(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.item("1.1.1", "ภาพ", office.keep("p.jpg", photograph(500, 400)))
    written = VolumeFile.put_stream

    def full(self: VolumeFile, number: int, entries: bytes, content: bytes) -> None:
        if b"DCTDecode" in entries:
            raise OSError(errno.ENOSPC, "No space left on device")
        written(self, number, entries, content)

    monkeypatch.setattr(VolumeFile, "put_stream", full)
    with pytest.raises(ReportError, match="เนื้อที่ในไดรฟ์"):
        bound(office, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_bookmarks_lead_to_what_they_name(office: Office, tmp_path: Path) -> None:
    made = bound(filled(office, items=1, pages=1), tmp_path / "out")
    texts = made.texts()
    found = bookmarks(made.paths[0])
    assert [words for depth, words, _ in found if depth == 0] == [
        "ปก", "สันแฟ้ม", "สารบัญหลักฐาน", "มาตรฐานที่ ๑ การบริหารจัดการองค์การสู่ความเป็นเลิศ",
    ]  # fmt: skip
    items = [(words, page) for depth, words, page in found if depth == 3]
    assert len(items) == 6
    for words, page in items:
        assert f"{words.split(' ')[0]}(๑/๑)" in texts[page]


def test_parts_that_are_not_wanted_are_not_there(office: Office, tmp_path: Path) -> None:
    filled(office, items=1, pages=1)
    without = dict.fromkeys(
        ("cover", "spine", "index", "standard_dividers", "indicator_dividers", "issue_dividers", "stamp"),
        False,
    )  # fmt: skip
    made = bound(office, tmp_path / "out", **without)
    assert [text.translate(ARABIC) for text in made.texts()] == [
        close(f"{item.code.split('-')[0]} no 0 page 1") for item in office.items.values()
    ]


def test_indicators_may_have_evidence_themselves(office: Office, tmp_path: Path) -> None:
    office.item("1.2", "ผลงานดีเด่น", office.keep("w.pdf", pdf("work")))
    made = bound(office, tmp_path / "out")
    divider = next(text for text in made.texts() if "ตัวบ่งชี้ที่๑.๒" in text and "ผลงานดีเด่น" in text)
    assert "ประเด็นการพิจารณาที่" not in divider
    assert made.result.items == 1


def test_two_hundred_issues_and_titles_without_end(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    office = Office(tmp_path / "files", indicators=20, issues=10)
    file = office.keep("a.pdf", pdf("same"))
    for indicator in range(1, 21):
        for issue in range(1, 11):
            title = "รายงานผลการดำเนินงานตามแผนปฏิบัติการประจำปี " * 12 + "จบ" * (issue % 3)
            office.item(f"1.{indicator}.{issue}", title, file, number="ที่ ศธ ๐๔๐๐๑/ว๑๒๓๔", date=DAY)
    made = bound(office, tmp_path / "out", most_pages=150)
    assert len({stamp[0] for stamp in stamps(made)}) == 200
    assert all(volume.pages <= 150 for volume in made.result.volumes)
    index = "".join(t for t in made.texts() if "สารบัญ" in t or t.startswith("รหัสชื่อ"))
    assert index.count("จบจบ") >= 60  # no title is cut


def test_a_page_shows_where_an_item_without_file_is(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "แฟ้มทะเบียน", place="ตู้ ๓ แฟ้ม ๒", owner="นางสมศรี ทดสอบ")
    office.item("1.1.1", "เว็บ", place="https://www.example.go.th/data?page=12")
    texts = bound(office, tmp_path / "out").texts()
    assert any(close("ตู้ ๓ แฟ้ม ๒") in text and "สมศรี" in text for text in texts)
    assert any("https://www.example.go.th" in text and "สแกน" in text for text in texts)


def test_arabic_digits_where_they_are_wanted(office: Office, tmp_path: Path) -> None:
    filled(office, items=1, pages=1)
    texts = bound(office, tmp_path / "out", thai_digits=False).texts()
    assert not re.search("[๐-๙]", "".join(t for t in texts if "(1/1)" in t))


def test_the_font_may_be_another_one(office: Office, tmp_path: Path) -> None:
    made = bound(filled(office, items=1), tmp_path / "out", font="Sarabun")
    assert len(stamps(made)) == 18


def test_the_files_are_right_for_every_reader(office: Office, tmp_path: Path) -> None:
    filled(office)
    office.item("1.1.1", "ภาพ", office.keep("p.png", photograph(300, 200, kind="PNG", mode="RGBA")))
    made = bound(office, tmp_path / "out", most_pages=20, qr=True, certified=True)
    for path in made.paths:
        with pikepdf.open(path) as document:
            assert document.check_pdf_syntax() == []
            assert document.get_warnings() == []
            assert str(document.Root.Lang) == "th-TH"
            assert "แฟ้มหลักฐานอ้างอิง" in str(document.docinfo.Title)


def test_names_of_volumes_tell_their_order(office: Office, tmp_path: Path) -> None:
    filled(office)
    assert [p.name for p in bound(office, tmp_path / "a").paths] == ["แฟ้ม.pdf"]
    names = [p.name for p in bound(office, tmp_path / "b", most_pages=30).paths]
    assert names[:2] == ["แฟ้ม เล่ม 1.pdf", "แฟ้ม เล่ม 2.pdf"]


def test_what_was_bound_is_remembered_by_what_it_shows(office: Office, tmp_path: Path) -> None:
    filled(office, items=1)
    first = bound(office, tmp_path / "one").result.bound
    item = next(iter(office.items.values()))
    office.items[item.id] = replace(item, title="ชื่อใหม่")
    second = bound(office, tmp_path / "two").result.bound
    assert [key for key in first if first[key] != second[key]] == [item.id]


@pytest.mark.parametrize("most", [10, 12, 15, 30])
def test_dividers_that_hold_nothing_open_no_volume_and_the_index_says_what_they_would(
    office: Office, tmp_path: Path, most: int
) -> None:
    everywhere = ["1.1.2", "1.1.3", "1.2.1", "1.2.2", "1.2.3"]
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf("a", "b")), also=everywhere)
    office.item("1.1.1", "ข", office.keep("b.pdf", pdf("c", "d")))
    made = bound(office, tmp_path / "out", most_pages=most)
    assert all(volume.first for volume in made.result.volumes)
    assert all(volume.pages <= most for volume in made.result.volumes)
    texts = [plain(text) for text in made.texts()]
    index = "".join(text for text in texts if "สารบัญหลักฐาน" in text)
    for issue in everywhere:
        assert re.search(rf"{issue}\D.*?กดูหลังใบคั่นแฟ้ม1\.1\.1", index), (issue, index)
    dividers = [i for i in everywhere if any(f"ประเด็นการพิจารณาที่{i}" in t for t in texts)]
    assert dividers == everywhere[: len(dividers)]
    assert (dividers == everywhere) == (most == 30)


def test_a_volume_opens_with_the_dividers_of_its_first_item(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf(*"abcdef")), also=["1.1.3", "1.2.1"])
    office.item("1.2.2", "ข", office.keep("b.pdf", pdf(*"ghijkl")))
    made = bound(office, tmp_path / "out", most_pages=12)
    assert [(v.first, v.last) for v in made.result.volumes] == [
        ("1.1.1-01", "1.1.1-01"),
        ("1.2.2-01", "1.2.2-01"),
    ]
    second = [plain(close(page)) for page in pdfium_pages(made.paths[1])]
    named = [re.findall(r"(?:ตัวบ่งชี้|ประเด็นการพิจารณา)ที่([\d.]+)", page) for page in second]
    assert [found[-1] for found in named[3:] if found][:2] == ["1.2", "1.2.2"]
    assert not any("ประเด็นการพิจารณาที่1.2.1" in page for page in second)
    labels = [plain(label) for path in made.paths for label in page_labels(path)]
    numbers = [int(label) for label in labels if label.isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [int(stamp[4]) for stamp in stamps(made)] == [
        int(plain(label))
        for path in made.paths
        for label, page in zip(page_labels(path), pdfium_pages(path), strict=True)
        if STAMP.search(plain(close(page)))
    ]


def test_of_a_secret_item_nothing_but_its_name_is_seen(office: Office, tmp_path: Path) -> None:
    secret = {"number": "ที่ ศธ 9876/54", "date": DAY, "confidential": True}
    office.item("1.1.1", "ชื่อเรื่อง", office.keep("a.pdf", pdf("x")), **secret)
    office.item("1.1.1", "เปิดเผย", office.keep("b.pdf", pdf("y")), number="ที่ ศธ 1111/22")

    def words(name: str, **chosen: str) -> str:
        return plain("".join(bound(office, tmp_path / name, **chosen).texts()))

    named, whole = words("named"), words("whole", confidential="include")
    assert "ชื่อเรื่อง(ลับ)" in named
    assert "1111/22" in named
    assert "9876" not in named
    assert "11มิ.ย." not in named
    assert "9876/54" in whole  # the control: it is told where it may be


def test_of_a_secret_item_left_out_the_list_of_changes_says_only_its_code(
    office: Office, tmp_path: Path
) -> None:
    secret = office.item("1.1.1", "ชื่อลับ", office.keep("a.pdf", pdf("x")), confidential=True)
    new = office.item("1.1.1", "ใหม่", office.keep("b.pdf", pdf("y")))
    made = bound(
        office, tmp_path / "out", confidential="leave_out", only_changed=True,
        changed={new.id: "new", secret.id: "gone"}, completes="แฟ้มเดิม",
    )  # fmt: skip
    listed = next(plain(text) for text in made.texts() if "รายการที่เปลี่ยนแปลง" in text)
    assert "1.1.1-01(ลับ)นำออก" in listed
    assert not any("ชื่อลับ" in text for text in made.texts())


def test_what_nobody_knows_any_more_is_still_to_be_taken_out(
    office: Office, tmp_path: Path
) -> None:
    new = office.item("1.1.1", "ใหม่", office.keep("b.pdf", pdf("y")))
    changed_now = {new.id: "new", "emptied": "gone"}
    made = bound(
        office, tmp_path / "out", only_changed=True, completes="แฟ้มเดิม",
        changed=changed_now, gone={"emptied": "1.1.1-07"},
    )  # fmt: skip
    listed = next(plain(text) for text in made.texts() if "รายการที่เปลี่ยนแปลง" in text)
    assert "1.1.1-07นำออกถอนออกจากแฟ้ม" in listed


def test_what_moved_is_told_with_its_place_in_this_binder(office: Office, tmp_path: Path) -> None:
    moved = office.item("1.1.1", "ก", office.keep("a.pdf", pdf("x")), also=["1.2.1"])
    new = office.item("1.2.1", "ข", office.keep("b.pdf", pdf("y")))
    made = bound(
        office, tmp_path / "out", scope=("1.2",), only_changed=True, completes="แฟ้มเดิม",
        changed={new.id: "new", moved.id: "moved"},
    )  # fmt: skip
    listed = next(plain(text) for text in made.texts() if "รายการที่เปลี่ยนแปลง" in text)
    assert "ย้ายไปหลังใบคั่นแฟ้ม1.2.1" in listed
