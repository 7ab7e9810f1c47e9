"""python -m esa_desktop [PROJECT]: a command word runs without a window, everything else opens one."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code. Only what the chosen half needs is imported: commands start without Qt."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    from esa_desktop import cli

    if cli.is_command(given):
        return cli.run(given)
    from esa_desktop import app

    return app.run(given)


if __name__ == "__main__":
    sys.exit(main())
