from pytestqt.qtbot import QtBot

from tools import bench_intake


def test_the_bench_of_intake_measures_each_promise(qtbot: QtBot) -> None:
    figures = bench_intake.measure(quick=True)

    assert [figure["name"] for figure in figures] == [
        "attach_many",
        "list_many",
        "intake_ticks_p99",
        "intake_ticks_worst",
    ]
    for figure in figures:
        assert figure["ratio"] > 0
        assert figure["met"] in (True, False)
    assert figures[2]["pictures"] > 0
