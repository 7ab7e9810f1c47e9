"""Where a signature goes: a command of the environment's signs each file, once there is a certificate.

``ESA_SIGN`` is a command line with ``{file}`` (what is to be signed) and ``{signed}`` (where the
result goes), for example::

    osslsigncode sign -pkcs12 key.p12 -readpass pass.txt -h sha256 -in {file} -out {signed}

NSIS calls ``python -m tools.installing.signing FILE`` for the uninstaller and for Setup.exe.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

from tools.installing.names import NotBuilt

VARIABLE: Final = "ESA_SIGN"
ORDER: Final = f'"{sys.executable}" -m tools.installing.signing'


def is_asked() -> bool:
    return bool(os.environ.get(VARIABLE))


def sign(file: Path) -> None:
    """Sign a file in place; raises `NotBuilt` where the command fails or makes nothing."""
    signed = file.with_name(f"{file.name}.signed")
    # Split first: a path with spaces stays one word.
    words = shlex.split(os.environ[VARIABLE])
    command = [word.format(file=file, signed=signed) for word in words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not signed.is_file():
        raise NotBuilt(f"signing {file.name} failed:\n{done.stdout}\n{done.stderr}")
    signed.replace(file)


if __name__ == "__main__":
    sign(Path(sys.argv[1]))
