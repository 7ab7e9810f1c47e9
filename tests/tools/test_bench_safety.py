from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.fields import Kind
from esa_desktop.services.projects import open_project, rounds_of
from tools import bench_safety, bench_save, bench_ticks
from tools.big_project import FIRST_YEAR, WHO, Size, build

SMALL = Size(years=2, paragraphs=1, versions=3, evidence_bytes=200_000)


def is_a_figure(figure: dict[str, Any]) -> bool:
    """A ratio to something measured in the same run, an aim, and the absolute values."""
    values = [figure.get(name) for name in ("ours", "other", "ours_median", "other_median")]
    return (
        figure["ratio"] > 0
        and figure["aim"] > 0
        and figure["met"] in (True, False)
        and sum(value is not None and value > 0 for value in values) == 2
    )


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big") / "งาน.esaproj"
    build(folder, SMALL)
    return folder


def test_a_project_of_many_years_has_all_that_is_said_of_it(big: Path) -> None:
    project = open_project(big, who=WHO)
    try:
        views = project.editor.views
        assert rounds_of(views) == (FIRST_YEAR, FIRST_YEAR + 1)
        texts = [view for field, view in views.items() if field.kind is Kind.METHOD]
        assert len(texts) == 2 * 20 * 5
        assert len({view.body for view in texts}) == len(texts)
        history = project.ask(lambda store: store.history(texts[0].field)).result(30)
        assert [len(r.body) for r in history] == sorted(len(r.body) for r in history)
        assert len({r.body for r in history}) == len(history) == 3
        assert len(project.editor.round.items) == 2 * 20 * 5
        files = [file for item in project.editor.round.items.values() for file in item.files]
        assert {project.path_of(file.sha256).stat().st_size for file in files} == {1000}
    finally:
        project.close()


def test_the_bench_of_safety_measures_each_promise() -> None:
    figures = bench_safety.measure(quick=True)

    assert [figure["name"] for figure in figures] == [
        "open_many_years",
        "backup",
        "backup_nothing_new",
        "save_during_backup",
        "check",
        "attach",
    ]
    assert all(map(is_a_figure, figures))


def test_the_bench_of_ticks_measures_a_window_that_saves(qapp: object) -> None:
    figures = bench_ticks.measure(quick=True)

    assert [figure["name"] for figure in figures] == ["ticks_p99", "ticks_worst"]
    assert all(map(is_a_figure, figures))
    assert figures[0]["ours"] <= figures[1]["ours"]
    # A save reads the whole text on this thread: a window that never waited saved nothing.
    assert figures[1]["ours"] > bench_ticks.TICK_MS


def test_the_bench_of_saving_tells_the_slow_ones_too() -> None:
    figures = bench_save.measure(quick=True)

    assert [figure["name"] for figure in figures] == ["save_acknowledged", "save_p95"]
    assert all(map(is_a_figure, figures))
