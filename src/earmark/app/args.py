# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The command line, read without importing anything of Qt."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from earmark.base.log import SUBJECTS

_VALUE_OPTIONS = {"--profile", "--debug", "--run", "--screenshot", "--screenshot-after", "-o", "--limit"}
SUBCOMMANDS = ("read", "weave", "convert", "add", "search", "bookmarks", "do", "commands", "doctor")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command line; `subcommand` is None for the window. Leaves with 2 on wrong usage."""
    words = list(argv)
    at = _first_word(words)
    subcommand = words.pop(at) if at is not None and words[at] in SUBCOMMANDS else None
    parser = _window_parser() if subcommand is None else _PARSERS[subcommand]()
    spaced = parser.parse_intermixed_args if subcommand is None else parser.parse_args
    arguments = spaced(_with_query(words) if subcommand == "search" else words)
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


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--profile", type=Path, metavar="DIR", help="use another store and settings")
    listed = ", ".join(SUBJECTS)
    common.add_argument(
        "--debug",
        type=_subjects,
        metavar="SUBJECTS",
        help=f"log these, separated by commas: {listed}; or all",
    )
    return common


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=f"earmark {name}".strip(), description=description, parents=[_common()], allow_abbrev=False
    )


def _window_parser() -> argparse.ArgumentParser:
    parser = _parser("", "Read along. Find it again.")
    parser.usage = "earmark [FILE …] [options]\n       earmark SUBCOMMAND …"
    parser.epilog = f"Subcommands: {', '.join(SUBCOMMANDS)}. `earmark SUBCOMMAND --help` tells more."
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="recordings and transcripts, or an earmark:// link"
    )
    parser.add_argument("--sample", action="store_true", help="open the sample that ships with the program")
    parser.add_argument(
        "--run", action="append", default=[], metavar="COMMAND", help="run a command at start (repeatable)"
    )
    parser.add_argument("--screenshot", type=Path, metavar="PNG", help="save a picture and leave")
    parser.add_argument(
        "--screenshot-after", type=float, default=0.0, metavar="SECONDS", help="wait before the picture"
    )
    parser.add_argument("--version", action="store_true", help="print versions")
    return parser


def _read_parser() -> argparse.ArgumentParser:
    parser = _parser("read", "Read any transcript; print it, or its normalised form as JSON.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--strict", action="store_true", help="exactly what the format's specification says")
    return parser


def _weave_parser() -> argparse.ArgumentParser:
    parser = _parser("weave", "Weave two transcripts: human words on machine times.")
    parser.add_argument("human", type=Path, metavar="HUMAN")
    parser.add_argument("machine", type=Path, metavar="MACHINE")
    parser.add_argument("-o", dest="out", type=Path, metavar="OUT", help="write .vtt, .json or .md")
    parser.add_argument("--json", action="store_true", dest="as_json")
    return parser


def _convert_parser() -> argparse.ArgumentParser:
    parser = _parser("convert", "Convert a transcript from any readable format to any writable one.")
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("target", type=Path, metavar="OUT")
    return parser


def _add_parser() -> argparse.ArgumentParser:
    parser = _parser("add", "Add files or folders to the library.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    return parser


def _search_parser() -> argparse.ArgumentParser:
    parser = _parser("search", "Search every transcript of the library.")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--limit", type=_count, default=50, metavar="N")
    return parser


def _bookmarks_parser() -> argparse.ArgumentParser:
    parser = _parser("bookmarks", "List bookmarks, or export them.")
    parser.add_argument("action", nargs="?", choices=("list", "export"), default="list")
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT", help="a .md, .csv, .json or .vtt file")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--format", choices=("md", "csv", "json", "vtt"), help="when there is no OUT to tell")
    parser.add_argument("--recording", type=Path, metavar="FILE", help="only those of one recording")
    return parser


def _do_parser() -> argparse.ArgumentParser:
    parser = _parser("do", "Send a command to the window that runs.")
    parser.add_argument("command", metavar="COMMAND")
    parser.add_argument("args", nargs=argparse.REMAINDER, metavar="ARG")
    return parser


def _commands_parser() -> argparse.ArgumentParser:
    parser = _parser("commands", "List every command with its keys.")
    parser.add_argument("--json", action="store_true", dest="as_json")
    return parser


def _doctor_parser() -> argparse.ArgumentParser:
    return _parser("doctor", "Versions, codecs, store check, folders.")


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
