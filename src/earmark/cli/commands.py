# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark commands`: every command with its keys; also the table in the README. No Qt, any thread."""

from __future__ import annotations

from collections.abc import Iterable

from earmark.cli.printing import print_json
from earmark.commands.catalogue import COMMANDS, FIXED_KEYS, CommandSpec


def run(as_json: bool) -> int:
    """Print the commands; return the exit code."""
    if as_json:
        print_json(_objects(), 1)
    else:
        print(plain_table())
    return 0


def plain_table() -> str:
    """Return the commands in columns: id and argument, keys, title."""
    rows = [(_call(spec), ", ".join(_named(spec.keys + spec.bare)), spec.title) for spec in COMMANDS]
    call = max(len(row[0]) for row in rows)
    keys = max(len(row[1]) for row in rows)
    return "\n".join(f"{row[0]:{call}}  {row[1]:{keys}}  {row[2]}" for row in rows)


def markdown_table() -> str:
    """Return the README's table of keys."""
    lines = ["| What it does | Everywhere | While not typing | Command |", "|---|---|---|---|"]
    lines += [
        f"| {spec.title} | {_code(_named(spec.keys))} | {_code(_named(spec.bare))} | `{_call(spec)}` |"
        for spec in COMMANDS
    ]
    lines += [f"| {title} | | {_code(keys)} | |" for title, keys in FIXED_KEYS]
    return "\n".join(lines).replace("|  |", "| |").replace("|  |", "| |")


def _objects() -> list[dict[str, object]]:
    return [
        {
            "id": spec.id,
            "title": spec.title,
            "group": spec.group.heading,
            "keys": list(spec.keys),
            "bare": list(spec.bare),
            "argument": str(spec.arg) if spec.arg else None,
        }
        for spec in COMMANDS
    ]


def _call(spec: CommandSpec) -> str:
    return f"{spec.id} {spec.arg}" if spec.arg else spec.id


def _named(keys: Iterable[str]) -> list[str]:
    """Return keys as a reader knows them: the media keys' names differ on every keyboard."""
    return list(dict.fromkeys("media key" if "Media" in key else key for key in keys))


def _code(keys: Iterable[str]) -> str:
    return ", ".join(key if key == "media key" else f"`{key}`" for key in keys)
