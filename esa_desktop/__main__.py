"""python -m esa_desktop [PROJECT]: a command word runs without a window, everything else opens one."""

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code. Only what the chosen half needs is imported: commands start without Qt."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    keep_to_own_libraries()
    give_streams()
    if given[:1] == ["--child"]:
        from esa_desktop import child

        return child.run(given[1:])
    from esa_desktop.late_imports import NOT_NEEDED, put_off

    put_off(NOT_NEEDED)
    from esa_desktop import cli

    if cli.is_command(given):
        return cli.run(given)
    gc.disable()  # until the window is painted: all that is made on the way there is needed
    if any(not word.startswith("-") for word in given):
        # A project will be opened. PySide looks into every module that is imported after it, so
        # what the project needs comes first (SQLAlchemy twice as fast).
        from esa_desktop.services import projects  # noqa: F401
    from esa_desktop import app

    return app.run(given)


def give_streams() -> None:
    """Let what is printed go nowhere: a program of Windows without a console has no streams."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def keep_to_own_libraries() -> None:
    """Let Windows look for libraries in the bundle and never in the folder that happens to be open.

    A project is opened by a double click in its folder, and whoever sent that folder could have
    put a library of a known name (``thai.dll``) beside it.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if sys.platform == "win32" and bundle:
        import ctypes

        # Naming a folder takes the current one off the list.
        ctypes.windll.kernel32.SetDllDirectoryW(str(bundle))


if __name__ == "__main__":
    sys.exit(main())
