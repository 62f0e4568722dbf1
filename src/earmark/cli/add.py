# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark add`: files and folders into the library. No window.

Progress goes to stderr where that is a terminal; each file that fails has its line there. Stopped with
Ctrl+C it goes on where it stopped when it is called again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.cli.opened import opened_store, restored_if_damaged, with_library
from earmark.domain.items import Recording
from earmark.session.library import adding
from earmark.session.library.readings import Readings
from earmark.settings import options
from earmark.store.library.importing import Progress
from earmark.store.library.index import Library
from earmark.store.library.scanning import Group
from earmark.store.user import Store


def run(profile: Profile, paths: Sequence[Path]) -> int:
    """Add; return 0, or 1 when a file could not be added."""
    with opened_store(profile) as store:
        if store.read_only:
            return 1  # why was said
        restored_if_damaged(store, profile)
        return with_library(profile, Library.open(profile), partial(_add, profile, store, paths))


class _Line:
    """The line of progress, only where somebody looks."""

    def __init__(self) -> None:
        self.total = 0
        self._shown = sys.stderr.isatty()

    def show(self, done: int, name: str) -> None:
        self._write(f"{done:,} of {self.total:,}  {name[:60]}")

    def compare(self, at: Progress) -> None:
        self._write(f"comparing words: {at.done:,} of {at.total:,}  {at.path.name[:60]}")

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    def tell(self, sentence: str) -> None:
        self.clear()
        sys.stderr.write(f"earmark: {sentence}\n")

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")


@dataclass(slots=True)
class _Counted:
    """What adding came to."""

    new: int = 0
    moved: int = 0
    known: int = 0

    def count(self, before: adding.Before, recordings: Sequence[Recording]) -> None:
        new, moved = before.compared(recordings)
        self.new, self.moved = self.new + new, self.moved + moved
        self.known += len(recordings) - new - moved

    def told(self, terms: int) -> str:
        said = f"{self.new:,} recording{'' if self.new == 1 else 's'} added, {terms:,} words to search"
        said += f"; {self.moved:,} moved" if self.moved else ""
        return said + (f"; {self.known:,} known already." if self.known else ".")


def _remember_folders(store: Store, paths: Sequence[Path]) -> None:
    kept = store.settings.all().get(options.LIBRARY_FOLDERS.key)
    known = kept if isinstance(kept, list) else []
    folders = [str(path.absolute()) for path in paths if path.is_dir()]
    if any(folder not in known for folder in folders):
        store.settings.save(options.LIBRARY_FOLDERS.key, list(dict.fromkeys([*known, *folders])))


def _add(profile: Profile, store: Store, paths: Sequence[Path], library: Library) -> int:
    if library.unfilled:
        _index(library, store.recordings.all(), _Line())
    _remember_folders(store, paths)
    recordings = store.recordings.all()
    line, readings = _Line(), Readings()
    found = adding.find(paths, recordings, library, readings, line.compare)
    line.total = len(found.groups)
    failed = len(found.problems)
    for problem in found.problems:
        line.tell(problem.message)
    known, before = adding.by_path(recordings), adding.Before.of(recordings)
    counted, terms, done = _Counted(), 0, 0
    groups = iter(found.groups)
    while batch := list(islice(groups, adding.BATCH)):
        line.show(done, batch[0].path.name)
        recordings, seen, broken = _kept(profile, store, batch, known, readings, line)
        terms_now, unread = _index(library, recordings, line, done, seen)
        counted.count(before, recordings)
        terms, failed = terms + terms_now, failed + broken + unread
        done += len(batch)
    library.mark_filled()
    line.clear()
    if done:
        print(counted.told(terms))
    elif not failed:
        print("There is no recording and no transcript in it.")
    return 1 if failed else 0


def _kept(
    profile: Profile,
    store: Store,
    batch: Sequence[Group],
    known: dict[Path, Recording],
    readings: Readings,
    line: _Line,
) -> tuple[list[Recording], list[adding.Seen], int]:
    recordings: list[Recording] = []
    seen: list[adding.Seen] = []
    broken = 0
    for group in batch:
        one = adding.is_known(group, known)
        if one is not None:
            recordings.append(one)
            continue
        try:
            seen.append(adding.look_at(group, profile, readings))
            problem = seen[-1].problem
        except UserError as error:
            problem = error
        if problem is not None:
            broken += 1
            line.tell(problem.message)
    return recordings + adding.keep(store, seen), seen, broken


def _index(
    library: Library,
    recordings: Sequence[Recording],
    line: _Line,
    done: int = 0,
    seen: Sequence[adding.Seen] = (),
) -> tuple[int, int]:
    owner = {path: number for number, one in enumerate(recordings) for path in one.transcripts}

    def report(at: Progress) -> None:
        line.show(done + owner.get(at.path, 0), at.path.name)

    outcome = adding.index(library, recordings, report, seen=seen)
    for error in outcome.failed:
        line.tell(error.message)
    return outcome.terms, len(outcome.failed)
