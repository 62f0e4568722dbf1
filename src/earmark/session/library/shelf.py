# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The library as a list to choose from: what is there, how far it was heard, what to go on with. Pure.

Built on a worker from what the store holds; shown by `ui/library`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from earmark.domain.folding import fold
from earmark.domain.items import Recording
from earmark.session.naming import shown_source, shown_title
from earmark.session.opening import VIDEO_SUFFIXES

CONTINUE, LIBRARY = "Continue", "Library"
_HEARD = 0.95  # of a recording; the rest is music and farewells


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording of the library."""

    id: str
    title: str
    source: str  # its show or folder
    paths: tuple[Path, ...]  # the recording, then its transcripts
    duration_ms: int
    position_ms: int
    heard: float  # how much of it was played, 0 to 1
    opened_seq: int
    added_ms: int
    video: bool
    missing: bool
    folded: str  # title and source as a filter sees them, a blank before every word

    @property
    def is_heard(self) -> bool:
        """Whether it was played to the end, as good as."""
        return self.heard >= _HEARD

    @property
    def unfinished(self) -> bool:
        """Whether there is something to go on with."""
        return self.opened_seq > 0 and self.position_ms > 0 and not self.is_heard and not self.missing

    @property
    def status(self) -> str:
        """How long it is or how much is left, in words."""
        if self.missing:
            return "missing"
        if self.is_heard:
            length = "heard"
        elif self.unfinished and self.duration_ms > self.position_ms:
            length = f"{spoken_length(self.duration_ms - self.position_ms)} left"
        else:
            length = spoken_length(self.duration_ms)
        return " · ".join(part for part in (length, "video" if self.video else "") if part)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between recordings: the section it opens ("" if it is the same), and the show or folder."""

    section: str
    group: str = ""

    @property
    def spoken(self) -> str:
        """The heading for a screen reader."""
        return ", ".join(part for part in (self.section, self.group) if part)


ShelfRow = Entry | Heading


@dataclass(frozen=True, slots=True)
class Shelf:
    """The library in the order it is shown: the entries, and the rows with their headings.

    `recent` are those that were opened and are there, the latest first; `places` the first row of each id.
    """

    entries: tuple[Entry, ...] = ()
    rows: tuple[ShelfRow, ...] = ()
    recent: tuple[Entry, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)


def arranged(held: Iterable[Entry], order: str) -> Shelf:
    """Return the shelf of some entries; ten thousand take a worker a tenth of a second."""
    sorted_ones = sorted_shelf(held, order)
    rows = shelf_rows(sorted_ones, order)
    known = [one for one in sorted_ones if one.opened_seq and not one.missing]
    places = {row.id: number for number, row in reversed(list(enumerate(rows))) if isinstance(row, Entry)}
    return Shelf(
        tuple(sorted_ones), tuple(rows), tuple(sorted(known, key=lambda one: -one.opened_seq)), places
    )


def entries(recordings: Iterable[Recording], heard: Mapping[str, int]) -> list[Entry]:
    """Return the entries of recordings; looks whether their files are there."""
    return [_entry(one, heard.get(one.id, 0)) for one in recordings]


def _entry(one: Recording, heard_ms: int) -> Entry:
    title, source = shown_title(one), shown_source(one)
    return Entry(
        one.id,
        title,
        source,
        (one.path, *(path for path in one.transcripts if path != one.path)),
        one.duration_ms,
        one.position_ms,
        min(1.0, heard_ms / one.duration_ms) if one.duration_ms else 0.0,
        one.opened_seq,
        one.added_ms,
        one.path.suffix.lower() in VIDEO_SUFFIXES,
        not one.path.exists(),
        f" {fold(title)} {fold(source)}",
    )


def spoken_length(ms: int) -> str:
    """Return a length as a row says it: `18 min`, `1 h 14 min`; nothing where it is unknown."""
    if ms <= 0:
        return ""
    if ms < 60_000:
        return f"{max(1, round(ms / 1000))} s"
    hours, minutes = divmod(round(ms / 60_000), 60)
    return " ".join(f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min")) if number)


def unfinished(shelf: Iterable[Entry]) -> list[Entry]:
    """Return what to go on with, the latest first."""
    return sorted((one for one in shelf if one.unfinished), key=lambda one: -one.opened_seq)


def sorted_shelf(shelf: Iterable[Entry], order: str) -> list[Entry]:
    """Return entries by `source` (then title), by `title`, or `added` (the newest first)."""
    if order == "added":
        return sorted(shelf, key=lambda one: (-one.added_ms, one.folded))
    if order == "title":
        return sorted(shelf, key=lambda one: one.folded)
    return sorted(shelf, key=lambda one: (one.source.casefold(), one.folded))


def shelf_rows(entries: Sequence[Entry], order: str) -> list[ShelfRow]:
    """Return what to go on with, then everything; by show or folder where it is sorted so."""
    rows: list[ShelfRow] = []
    first = unfinished(entries)
    if first:
        rows += [Heading(CONTINUE), *first]
    in_groups = order == "source" and any(one.source != entries[0].source for one in entries)
    section = LIBRARY
    group = None
    for entry in entries:
        if section or (in_groups and entry.source != group):
            group = entry.source
            rows.append(Heading(section, group if in_groups else ""))
            section = ""
        rows.append(entry)
    return rows


def filtered(shelf: Iterable[Entry], text: str) -> list[Entry]:
    """Return the entries whose title or source has every word of a text, be it the beginning of one."""
    kept = list(shelf)
    for word in fold(text).split():
        begun = f" {word}"
        kept = [one for one in kept if begun in one.folded]
    return kept
