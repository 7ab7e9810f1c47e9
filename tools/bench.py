"""Measures what the program promises about speed: JSON, every figure a ratio to a floor or rival of the same run.

``python -m tools.bench [NAME...]`` with names of `BENCHES`; all of them without. Machines are noisy
and shared: rivals run in turns, medians are compared, and only ratios mean anything.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any, Final

from tools import (
    bench_binder,
    bench_frozen,
    bench_intake,
    bench_keys,
    bench_long_paper,
    bench_paper,
    bench_register,
    bench_safety,
    bench_save,
    bench_start,
    bench_ticks,
)

Bench = Callable[[], list[dict[str, Any]]]
BENCHES: Final[dict[str, Bench]] = {
    "binder": bench_binder.measure,
    "paper": bench_paper.measure,
    "long_paper": bench_long_paper.measure,
    "start": bench_start.measure,
    "frozen": bench_frozen.measure,
    "keys": bench_keys.measure,
    "save": bench_save.measure,
    "ticks": bench_ticks.measure,
    "safety": bench_safety.measure,
    "intake": bench_intake.measure,
    "register": bench_register.measure,
}


def main(names: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    unknown = set(names) - BENCHES.keys()
    if unknown:
        sys.exit(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    figures = [figure for name in names or BENCHES for figure in BENCHES[name]()]
    print(json.dumps({"figures": figures}, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
