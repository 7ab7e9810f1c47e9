"""The half of Shiboken that is written in Python, compiled: as it comes every start compiles it anew.

Shiboken carries these sources in its library. Where a folder ``files.dir`` lies beside it, it
takes what is in there instead (its own switch for that is SBK_EMBED), which saves a start 10 ms.
"""

import py_compile
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "shiboken6/files.dir"
"""In the bundle."""
_PACKAGE: Final = "shibokensupport"


def compiled(into: Path) -> list[tuple[str, str]]:
    """(file, folder in the bundle) of each module, made in ``into``; raises where there is none.

    Another process looks into Shiboken, for that changes the imports of whoever does.
    """
    here = [sys.executable, "-m", "tools.freezing.shiboken_support", str(into)]
    subprocess.run(here, check=True, cwd=Path(__file__).resolve().parents[2])
    made = sorted((into / _PACKAGE).rglob("*.pyc"))
    if not made:
        raise RuntimeError("Shiboken carries its sources in another way now")
    return [(str(file), f"{FOLDER}/{file.parent.relative_to(into).as_posix()}") for file in made]


def write(into: Path) -> None:
    """Compile what Shiboken carries; the same bytes every time, for no time is in them."""
    for name, source in sources().items():
        file = into / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(source)
        py_compile.compile(
            str(file),
            str(file.with_suffix(".pyc")),
            name,
            doraise=True,
            optimize=1,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        file.unlink()


def sources() -> dict[str, bytes]:
    """By name in the archive: ``shibokensupport/signature/loader.py`` and the others."""
    import shiboken6  # noqa: F401 - it brings its archive with it

    found: Any = sys.modules[f"{_PACKAGE}.signature.loader"].__loader__
    archive = found.zfile
    names = [name for name in archive.namelist() if name.startswith(f"{_PACKAGE}/")]
    return {name: archive.read(name) for name in names if name.endswith(".py")}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
