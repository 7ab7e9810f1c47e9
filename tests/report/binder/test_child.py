"""The binder through the door of the child process: a pickle of our own in, plain values out."""

import hashlib
import json
import pickle
from pathlib import Path

import pytest

from esa_desktop.report.binder.child import answer, result_from_values
from tests.report.binder.made import Office, bound, pdf


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(folder)


def asked(job: object, folder: Path) -> tuple[dict[str, object], list[dict[str, object]]]:
    (folder / "out").mkdir(exist_ok=True)
    said = pickle.dumps(job)
    (folder / "job").write_bytes(said)
    steps: list[dict[str, object]] = []
    request = {
        "job": str(folder / "job"),
        "sha256": hashlib.sha256(said).hexdigest(),
        "folder": str(folder / "out"),
    }
    given, rest = answer(request, steps.append)
    assert rest == b""
    return json.loads(json.dumps(given)), json.loads(json.dumps(steps))


def test_the_answer_is_the_result_as_plain_values(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf("x")), office.keep("b.pdf", b"rubbish"))
    given, steps = asked(office.job(), tmp_path)
    result = result_from_values(given)
    again = bound(office, tmp_path / "again").result
    assert result.troubles == again.troubles
    assert result.bound == again.bound
    assert [Path(volume.path).name for volume in result.volumes] == ["แฟ้ม.pdf"]
    assert [step["at"] for step in steps] == ["1.1.1-01", "1.1.1-01", ""]
    assert {step["file"] for step in steps} - {""} == set(office.files)


def test_what_a_person_can_mend_is_a_sentence(office: Office, tmp_path: Path) -> None:
    given, _ = asked(office.job(), tmp_path)
    assert "ยังไม่มีหลักฐาน" in str(given["error"])
    given, _ = asked(office.job(scope=("9.9",)), tmp_path)
    assert "9.9" in str(given["error"])


def test_anything_else_than_a_job_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        asked(["no job"], tmp_path)


class Trap:
    """Does something as soon as its pickle is read."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.mkdir, (self._place,)


def test_a_job_that_somebody_else_put_there_is_not_read(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf("x")))
    (tmp_path / "out").mkdir()
    said = pickle.dumps(office.job())
    request = {
        "job": str(tmp_path / "job"),
        "sha256": hashlib.sha256(said).hexdigest(),
        "folder": str(tmp_path / "out"),
    }
    (tmp_path / "job").write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    with pytest.raises(ValueError, match="not the job"):
        answer(request, lambda _: None)
    assert not (tmp_path / "sprung").exists()

    (tmp_path / "job").write_bytes(said)
    answer(request, lambda _: None)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["แฟ้ม.pdf"]
