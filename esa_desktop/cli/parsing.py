"""The parser of the whole command line, put together from what each room of commands adds."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from esa_desktop import __version__
from esa_desktop.cli import binding, checking, printing, reading, safety, writing
from esa_desktop.cli.answers import Answer
from esa_desktop.domain.errors import ValueRefused


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ValueRefused(f"คำสั่งไม่ครบหรือไม่ถูกต้อง ({message}) ดูวิธีใช้ด้วย {self.prog} --help")


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """The command in the first of the words and what it was given; ``run`` of it carries it out."""
    parser, commands = _parsers()
    if words and words[0] in commands:
        return commands[words[0]].parse_intermixed_args(words[1:])
    return parser.parse_args(words)


def _parsers() -> tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]:
    """The parser of the whole line, for help and refusals, and that of each command."""
    parser = _Parser(prog="esa-desktop", description="ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run_it: Callable[[argparse.Namespace], Answer], words: str) -> Any:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("--json", action="store_true", help="พิมพ์คำตอบเป็น JSON")
        made.set_defaults(run=run_it)
        return made

    for room in (writing, reading, printing, binding, checking, safety):
        room.add_to(command)
    return parser, commands.choices
