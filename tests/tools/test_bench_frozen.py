import os
import sys
from pathlib import Path

import pytest

from tools import bench_frozen
from tools.bench_frozen import first_paint, sizes


def test_what_is_made_is_weighed_and_what_is_not_is_said(tmp_path: Path) -> None:
    tree = tmp_path / "esa-desktop"
    (tree / "_internal").mkdir(parents=True)
    (tree / "_internal" / "a").write_bytes(bytes(2_000_000))
    (tree / "b").write_bytes(bytes(500_000))
    setup = tmp_path / "installer" / "EsaDesktop-1.0-Setup.exe"
    setup.parent.mkdir()
    setup.write_bytes(bytes(51_000_000))

    linux, installer, windows = sizes(tree, tmp_path)

    assert (linux["ours"], linux["met"]) == (2.5, None)
    assert (installer["ours"], installer["met"]) == (51, False)
    assert (windows["ratio"], windows["met"], windows["why"]) == (None, None, "not made yet")


def test_a_program_that_never_paints_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="never painted"):
        first_paint([sys.executable, "-c", ""], dict(os.environ))


def test_a_cold_start_is_not_invented(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bench_frozen, "CACHES", tmp_path / "none" / "drop_caches")

    told = bench_frozen._cold("cold", lambda: 1.0, lambda: 1.0, 1.5)

    assert (told["ratio"], told["met"]) == (None, None)


def test_an_older_program_than_its_sources_is_frozen_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = tmp_path / bench_frozen.NAME
    made.mkdir()
    executable = made / bench_frozen.NAME
    executable.write_bytes(b"")
    anew = tmp_path / "anew"
    monkeypatch.setattr(bench_frozen, "DIST", tmp_path)
    monkeypatch.setattr(bench_frozen, "freeze", lambda: anew)

    os.utime(executable, (1, 1))
    assert bench_frozen.frozen_program() == anew
    os.utime(executable)
    assert bench_frozen.frozen_program() == made
