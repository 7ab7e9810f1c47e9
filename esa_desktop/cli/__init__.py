"""The same program without a window: thin commands over the services, for scripts, support and tests."""

from esa_desktop.cli.answers import Answer
from esa_desktop.cli.running import COMMANDS, NOT_BUILT, is_command, run

__all__ = ["COMMANDS", "NOT_BUILT", "Answer", "is_command", "run"]
