# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The command line, read without importing anything of Qt."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from earmark.base.log import SUBJECTS

_VALUE_OPTIONS = {"--profile", "--debug", "--run", "--screenshot", "--screenshot-after", "-o", "--limit"}
_ABOUT = {
    "read": "Read any transcript; print it, or its normalised form as JSON.",
    "weave": "Weave two transcripts: human words on machine times.",
    "convert": "Convert a transcript from any readable format to any writable one.",
    "add": "Add files or folders to the library.",
    "search": "Search every transcript of the library.",
    "bookmarks": "List bookmarks, or export them.",
    "do": "Send a command to the window that runs.",
    "commands": "List every command with its keys.",
    "doctor": "Versions, codecs, store check, folders.",
}
SUBCOMMANDS = tuple(_ABOUT)
_JSON_OF_CUES = (
    "In JSON all times are whole milliseconds, or null where there is none. `timing` says how the time of a "
    "word is known: exact (given), aligned, interpolated or none. Where most cues have no end, those without "
    "one open a turn, else none does; a cue where this is otherwise says so by `opens_turn`."
)
_LONGEST_WAIT_S = 86_400


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command line; `subcommand` is None for the window. Leaves with 2 on wrong usage."""
    words = list(argv)
    at = _first_word(words)
    subcommand = words.pop(at) if at is not None and words[at] in SUBCOMMANDS else None
    parser = _window_parser() if subcommand is None else _PARSERS[subcommand]()
    spaced = parser.parse_intermixed_args if subcommand is None else parser.parse_args
    arguments = spaced(_with_query(words) if subcommand == "search" else words)
    if subcommand == "bookmarks" and arguments.action == "list" and arguments.out is not None:
        parser.error("`list` takes no file; `export` writes one")
    arguments.subcommand = subcommand
    return arguments


def _with_query(words: list[str]) -> list[str]:
    """Return the words with a query that begins with a dash marked as none of the options."""
    if "--" in words:
        return words
    options = {"-h", "--help", "--json", "--limit", "--profile", "--debug"}
    query = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word.startswith("-") and before not in _VALUE_OPTIONS and word.partition("=")[0] not in options
    ]
    if len(query) != 1:
        return words
    rest = list(words)
    rest.remove(query[0])
    return [*rest, "--", query[0]]


def _first_word(words: list[str]) -> int | None:
    skip = False
    for index, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--":
            return None
        elif word in _VALUE_OPTIONS:
            skip = True
        elif not word.startswith("-"):
            return index
    return None


def _subjects(text: str) -> str:
    known = {*SUBJECTS, "all"}
    for word in text.split(","):
        if word.strip() not in known:
            raise argparse.ArgumentTypeError(
                f"there is no subject {word.strip()!r}; there are {', '.join(SUBJECTS)} and all"
            )
    return text


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of hits")
    return int(text)


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("this is the name of no folder")
    return Path(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= _LONGEST_WAIT_S:  # nor is "nan"
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def _command(text: str) -> str:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} cannot be read: {error}") from error
    if not words:
        raise argparse.ArgumentTypeError("there is no command to run")
    return text


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--profile", type=_folder, metavar="DIR", help="use another store and settings")
    listed = ", ".join(SUBJECTS)
    common.add_argument(
        "--debug",
        type=_subjects,
        metavar="SUBJECTS",
        help=f"log these, separated by commas: {listed}; or all",
    )
    return common


def _parser(name: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=f"earmark {name}", description=_ABOUT[name], parents=[_common()], allow_abbrev=False
    )


def _add_json(parser: argparse.ArgumentParser, told: str) -> None:
    parser.add_argument("--json", action="store_true", dest="as_json", help=told)


def _window_parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:11}{about}" for name, about in _ABOUT.items())
    parser = argparse.ArgumentParser(
        prog="earmark",
        usage="earmark [FILE ...] [options]\n       earmark SUBCOMMAND ...",
        description="Read along. Find it again.",
        epilog=f"subcommands (`earmark SUBCOMMAND --help` tells more):\n{listed}",
        parents=[_common()],
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="recordings and transcripts, or an earmark:// link"
    )
    parser.add_argument("--sample", action="store_true", help="open the sample that ships with the program")
    parser.add_argument(
        "--run",
        type=_command,
        action="append",
        default=[],
        metavar="COMMAND",
        help="run a command at start (repeatable)",
    )
    parser.add_argument("--screenshot", type=Path, metavar="PNG", help="save a picture and leave")
    parser.add_argument(
        "--screenshot-after", type=_seconds, default=0.0, metavar="SECONDS", help="wait before the picture"
    )
    parser.add_argument("--version", action="store_true", help="print versions")
    return parser


def _read_parser() -> argparse.ArgumentParser:
    parser = _parser("read")
    parser.epilog = _JSON_OF_CUES
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_json(parser, "print one JSON object; with several files one a line")
    parser.add_argument("--strict", action="store_true", help="exactly what the format's specification says")
    return parser


def _weave_parser() -> argparse.ArgumentParser:
    parser = _parser("weave")
    parser.epilog = _JSON_OF_CUES
    parser.add_argument("human", type=Path, metavar="HUMAN", help="the one whose words are kept")
    parser.add_argument("machine", type=Path, metavar="MACHINE", help="the one that has exact times")
    parser.add_argument("-o", dest="out", type=Path, metavar="OUT", help="write .vtt, .json or .md")
    _add_json(parser, "print the report and the woven cues as JSON")
    return parser


def _convert_parser() -> argparse.ArgumentParser:
    parser = _parser("convert")
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("target", type=Path, metavar="OUT", help="a .vtt, .srt, .json, .md or .txt file")
    return parser


def _add_parser() -> argparse.ArgumentParser:
    parser = _parser("add")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    return parser


def _search_parser() -> argparse.ArgumentParser:
    parser = _parser("search")
    parser.add_argument(
        "query",
        metavar="QUERY",
        help='words near each other; "a phrase", word*, speaker:name, in:title',
    )
    _add_json(parser, "print one JSON object")
    parser.add_argument("--limit", type=_count, default=50, metavar="N", help="list at most so many (50)")
    return parser


def _bookmarks_parser() -> argparse.ArgumentParser:
    parser = _parser("bookmarks")
    parser.add_argument("action", nargs="?", choices=("list", "export"), default="list")
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT", help="a .md, .csv, .json or .vtt file")
    _add_json(parser, "list or export as JSON")
    parser.add_argument("--format", choices=("md", "csv", "json", "vtt"), help="when there is no OUT to tell")
    parser.add_argument("--recording", type=Path, metavar="FILE", help="only those of one recording")
    return parser


def _do_parser() -> argparse.ArgumentParser:
    parser = _parser("do")
    parser.add_argument("command", metavar="COMMAND", help="one of those that `earmark commands` lists")
    parser.add_argument("args", nargs=argparse.REMAINDER, metavar="ARG").required = False
    return parser


def _commands_parser() -> argparse.ArgumentParser:
    parser = _parser("commands")
    _add_json(parser, "print them as JSON")
    return parser


def _doctor_parser() -> argparse.ArgumentParser:
    return _parser("doctor")


_PARSERS = {
    "read": _read_parser,
    "weave": _weave_parser,
    "convert": _convert_parser,
    "add": _add_parser,
    "search": _search_parser,
    "bookmarks": _bookmarks_parser,
    "do": _do_parser,
    "commands": _commands_parser,
    "doctor": _doctor_parser,
}
