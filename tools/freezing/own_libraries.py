"""Runs first in the frozen program: what it starts finds the system's libraries, not the bundle's.

PyInstaller's starter points LD_LIBRARY_PATH at the bundle. The loader has read it by now; a file
manager or a browser that inherits it would be given our libraries and fail.
"""

import os

if "LD_LIBRARY_PATH" in os.environ:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        del os.environ["LD_LIBRARY_PATH"]
