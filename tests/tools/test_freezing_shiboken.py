"""What Shiboken carries in sources goes into the program compiled, the same bytes every time."""

import marshal
from pathlib import Path

from tools.freezing import shiboken_support

HEADER = 16
UNCHECKED = b"\x01\x00\x00\x00"
"""By its hash, and nobody looks for a source (PEP 552)."""


def test_every_module_is_compiled_and_no_source_goes_along(tmp_path: Path) -> None:
    given = shiboken_support.compiled(tmp_path)
    names = {Path(file).relative_to(tmp_path).with_suffix(".py").as_posix() for file, _ in given}
    assert names == set(shiboken_support.sources())
    assert "shibokensupport/signature/loader.py" in names
    assert list(tmp_path.rglob("*.py")) == []
    for file, folder in given:
        inside = Path(file).relative_to(tmp_path).parent
        assert folder == f"{shiboken_support.FOLDER}/{inside.as_posix()}"


def test_what_is_compiled_is_what_shiboken_would_compile(tmp_path: Path) -> None:
    shiboken_support.write(tmp_path)
    for name, source in shiboken_support.sources().items():
        made = (tmp_path / name).with_suffix(".pyc").read_bytes()
        assert made[4:8] == UNCHECKED
        assert marshal.loads(made[HEADER:]) == compile(source, name, "exec", optimize=1)


def test_it_is_made_alike_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shiboken_support.write(tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.pyc")}
        for n in ("one", "two")
    )
    assert one == two
