"""python -m esa_desktop [PROJECT]: a command word runs without a window, everything else opens one."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code. Only what the chosen half needs is imported: commands start without Qt."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--child"]:
        from esa_desktop import child

        return child.run(given[1:])
    from esa_desktop import cli

    if cli.is_command(given):
        return cli.run(given)
    if any(not word.startswith("-") for word in given):
        # A project will be opened. PySide looks into every module that is imported after it, so
        # what the project needs comes first (SQLAlchemy twice as fast).
        from esa_desktop.services import projects  # noqa: F401
    from esa_desktop import app

    return app.run(given)


if __name__ == "__main__":
    sys.exit(main())
