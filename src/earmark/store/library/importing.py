# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Read transcripts into the library index: what is new or changed, and only that. On a worker.

Stopped and started again it goes on where it stopped, since what the index holds is not read again. A file
that fails is listed with its reason and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from earmark.base.cancelling import Cancelled, never
from earmark.base.errors import UserError
from earmark.domain.transcript import Transcript
from earmark.store.library.index import Library, Stamp

_BATCH_BYTES = 4 * 1024 * 1024  # read between two commits


class Item(NamedTuple):
    """A transcript to index, and whose it is."""

    recording: str
    path: Path


class Progress(NamedTuple):
    """How far an import is."""

    done: int
    total: int
    path: Path


@dataclass(slots=True)
class Outcome:
    """What an import came to; `terms` counts the words that were indexed."""

    added: list[Path] = field(default_factory=list)
    unchanged: int = 0
    failed: list[UserError] = field(default_factory=list)
    terms: int = 0
    stopped: bool = False


def import_items(
    library: Library,
    items: Sequence[Item],
    read: Callable[[Path], Transcript],
    report: Callable[[Progress], None] = lambda _: None,
    cancelled: Cancelled = never,
) -> Outcome:
    """Index the items that are new or changed; raises UserError when the index itself fails."""
    known = library.stamps()
    outcome = Outcome()
    waiting = iter(enumerate(items))
    more = True
    while more and not outcome.stopped:
        with library.database.transaction():
            more = _batch(library, waiting, len(items), read, known, outcome, report, cancelled)
    return outcome


def _batch(
    library: Library,
    waiting: Iterable[tuple[int, Item]],
    total: int,
    read: Callable[[Path], Transcript],
    known: dict[tuple[str, Path], Stamp],
    outcome: Outcome,
    report: Callable[[Progress], None],
    cancelled: Cancelled,
) -> bool:
    """Index items until there is enough to commit; returns whether any may be left."""
    size = 0
    for index, item in waiting:
        if cancelled():
            outcome.stopped = True
            return False
        report(Progress(index, total, item.path))
        size += _index(library, item, read, known, outcome)
        if size >= _BATCH_BYTES:
            return True
    return False


def _index(
    library: Library,
    item: Item,
    read: Callable[[Path], Transcript],
    known: dict[tuple[str, Path], Stamp],
    outcome: Outcome,
) -> int:
    try:
        stamp = Stamp.of(item.path)
        if known.get(item) == stamp:
            outcome.unchanged += 1
            return 0
        transcript = read(item.path)
    except OSError as error:
        message = f"{item.path} cannot be read."
        outcome.failed.append(UserError("file-unreadable", message, path=item.path, detail=str(error)))
        return 0
    except UserError as error:
        error.data.setdefault("path", item.path)
        outcome.failed.append(error)
        return 0
    outcome.terms += library.add(item.recording, item.path, transcript, stamp)
    outcome.added.append(item.path)
    return stamp.size
