# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which of the files found are of one recording, and of one the library has. For `adding`; on a worker.

By what the library knows already, then by name against it, then by words: in one folder, across the folders
that are added, and against the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from earmark.base.cancelling import Cancelled, never
from earmark.base.errors import UserError
from earmark.domain.items import Recording
from earmark.session.library.readings import Readings
from earmark.store.disk.database import Database
from earmark.store.library.importing import Progress
from earmark.store.library.index import Library
from earmark.store.library.pairing import Runs, runs_of, same_talk, same_talk_in
from earmark.store.library.scanning import Group

_ENOUGH_RUNS = 20  # a text with fewer is compared in its folder only: it may be a greeting


def matched(
    groups: Iterable[Group],
    known: Mapping[Path, Recording],
    library: Library | None,
    readings: Readings,
    report: Callable[[Progress], None],
    cancelled: Cancelled = never,
) -> list[Group]:
    """Return the groups, those of one recording joined.

    `known` are the recordings of the library by their files. What is known there is not read again, what is
    read for its words goes into `readings`.
    """
    groups = _joined_to_known(groups, known)
    new = [group for group in groups if group.transcripts and group.transcripts[0] not in known]
    if all(group.media is not None for group in new):
        return groups
    runs: dict[Path, Runs] = {}
    for done, group in enumerate(new):
        path = group.transcripts[0]
        report(Progress(done, len(new), path))
        runs[path] = Runs(frozenset()) if cancelled() else _runs(path, readings)
    folders: dict[Path, list[Group]] = {}
    for group in groups:
        folders.setdefault(group.path.parent, []).append(group)
    groups = [one for folder in folders.values() for one in _by_words(folder, runs)]
    runs = {path: one for path, one in runs.items() if len(one.numbers) >= _ENOUGH_RUNS}
    groups = _by_words(groups, runs)
    if library is not None:
        groups = [_with_known(group, known, library.database, runs) for group in groups]
    return _joined_to_known(groups, known)


def _runs(path: Path, readings: Readings) -> Runs:
    try:
        return runs_of(readings.read(path))
    except (UserError, OSError):
        return Runs(frozenset())  # it is told when it is indexed


def _joined_to_known(groups: Iterable[Group], known: Mapping[Path, Recording]) -> list[Group]:
    """Join what is one recording in the library, or is called like one in its folder."""
    names = {_name(one.path): one for one in known.values() if _is_text(one)}
    together: dict[str | Path, list[Group]] = {}
    for group in groups:
        one = _known_as(group, known, names)
        if one is not None and group.media is None and _is_text(one):
            group = _whole([Group(None, (one.path,)), group])  # it goes on by the name it has
        together.setdefault(group.path if one is None else one.id, []).append(group)
    return [_whole(same) for same in together.values()]


def _known_as(
    group: Group, known: Mapping[Path, Recording], names: Mapping[tuple[Path, str], Recording]
) -> Recording | None:
    if group.media is not None:
        return known.get(group.media)
    of_files = (known[path] for path in group.transcripts if path in known)
    return next(of_files, None) or names.get(_name(group.path))


def _name(path: Path) -> tuple[Path, str]:
    return path.parent, path.stem.casefold()


def _is_text(one: Recording) -> bool:
    """Tell whether of a recording there is only the text, and that is where it was."""
    return one.path in one.transcripts and one.path.exists()


def _whole(groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    media = next((group.media for group in groups if group.media is not None), None)
    return Group(media, tuple(dict.fromkeys(path for group in groups for path in group.transcripts)))


def _by_words(groups: Sequence[Group], runs: Mapping[Path, Runs]) -> list[Group]:
    """Join transcripts that stand alone to what says the same."""
    holder = {group.transcripts[0]: group for group in groups if group.transcripts}
    joined: dict[Group, Group] = {}
    for talk in same_talk({path: runs[path] for path in holder if path in runs}):
        together: list[Group] = []
        for group in (holder[path] for path in talk):
            if not any(_is_copy(group, one) for one in together):
                together.append(group)
        if len(together) > 1 and sum(group.media is not None for group in together) < 2:
            joined.update(dict.fromkeys(together, _whole(together)))
    return list(dict.fromkeys(joined.get(group, group) for group in groups))


def _is_copy(one: Group, other: Group) -> bool:
    """Tell whether two have one file in two folders: copies are recordings of their own."""
    if one.transcripts[0].parent == other.transcripts[0].parent:
        return False
    return not {*map(_kind, one.transcripts)}.isdisjoint(map(_kind, other.transcripts))


def _kind(path: Path) -> tuple[str, int]:
    return path.suffix, path.stat().st_size if path.exists() else 0


def _with_known(
    group: Group, known: Mapping[Path, Recording], index: Database, runs: Mapping[Path, Runs]
) -> Group:
    """Join a transcript that stands alone to the recording of the library that says the same."""
    text = runs.get(group.transcripts[0]) if group.transcripts else None
    if group.media is not None or text is None or any(path in known for path in group.transcripts):
        return group
    try:
        alike = same_talk_in(index, text)
    except UserError:
        return group  # the index is damaged, which is met again when it is filled
    mine = {_kind(path) for path in group.transcripts}
    copies = {one.recording for one in alike if (one.path.suffix, one.size) in mine}
    ids = {one.recording for one in alike} - copies
    found = {one.id: one for one in known.values() if one.id in ids and one.path.exists()}
    if len(found) != 1:
        return group  # of several it might be any
    (one,) = found.values()
    there = tuple(path for path in one.transcripts if path.exists())
    return _whole([Group(None if _is_text(one) else one.path, there), group])
