# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""From parsed arguments to the subcommand that carries them out."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from earmark.base.paths import Profile

# Each imports its own module when it is asked for: `earmark commands` must not pay for `earmark search`.


def _read(a: argparse.Namespace, _profile: Profile) -> int:
    from earmark.cli import read  # lazy, see above

    return read.run(a.files, as_json=a.as_json, strict=a.strict)


def _weave(a: argparse.Namespace, _profile: Profile) -> int:
    from earmark.cli import weave  # lazy, see above

    return weave.run(a.human, a.machine, a.out, as_json=a.as_json)


def _convert(a: argparse.Namespace, _profile: Profile) -> int:
    from earmark.cli import convert  # lazy, see above

    return convert.run(a.source, a.target)


def _bookmarks(a: argparse.Namespace, profile: Profile) -> int:
    from earmark.cli import bookmarks  # lazy, see above

    return bookmarks.run(profile, a.action, a.out, as_json=a.as_json, form=a.format, recording=a.recording)


def _add(a: argparse.Namespace, profile: Profile) -> int:
    from earmark.cli import add  # lazy, see above

    return add.run(profile, a.paths)


def _search(a: argparse.Namespace, profile: Profile) -> int:
    from earmark.cli import search  # lazy, see above

    return search.run(profile, a.query, as_json=a.as_json, limit=a.limit)


def _do(a: argparse.Namespace, profile: Profile) -> int:
    from earmark.cli import do  # lazy, see above

    return do.run(profile, a.command, a.args)


def _commands(a: argparse.Namespace, _profile: Profile) -> int:
    from earmark.cli import commands  # lazy, see above

    return commands.run(as_json=a.as_json)


def _doctor(_a: argparse.Namespace, profile: Profile) -> int:
    from earmark.cli import doctor  # lazy, see above

    return doctor.run(profile)


_RUN: dict[str, Callable[[argparse.Namespace, Profile], int]] = {
    "read": _read,
    "weave": _weave,
    "convert": _convert,
    "bookmarks": _bookmarks,
    "add": _add,
    "search": _search,
    "do": _do,
    "commands": _commands,
    "doctor": _doctor,
}


def run_subcommand(arguments: argparse.Namespace, profile: Profile) -> int:
    """Carry out a subcommand; return its exit code."""
    return _RUN[arguments.subcommand](arguments, profile)
