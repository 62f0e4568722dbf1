# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the lists of the library pane are made of, as plain values, and how they are put together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from earmark.domain.times import clock
from earmark.session.library.searching import Found
from earmark.session.library.shelf import Entry, Heading, ShelfRow
from earmark.store.search.searcher import SearchHit

_RECORDINGS_SHOWN = 6
_IN_SIGHT = 84  # characters of a hit's sentence that are always seen
_LEAD, _TRAIL = 24, 12  # those before and after its words


@dataclass(frozen=True, slots=True)
class Title:
    """A line above hits: what they are in, and how many there are."""

    text: str
    count: int = 0
    section: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence in the list."""

    text: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A query in the library's own spelling."""

    query: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be added, and why."""

    path: Path | None
    reason: str


ResultRow = Entry | Title | SearchHit | Remark | Spelling | Problem


def result_rows(named: Sequence[Entry], found: Found, counting: bool) -> list[ResultRow]:
    """Return the recordings whose names fit what was typed (`named`), then the hits by recording."""
    rows: list[ResultRow] = []
    if named:
        rows.append(Title("Recordings", len(named), section=True))
        rows += named[:_RECORDINGS_SHOWN]
    if found.hits:
        rows.append(Title(_hits_title(found), section=True))
        rows += _grouped(found.hits)
    elif not counting:
        rows.append(Remark("Nobody says this." if named else "Nothing was found."))
        if found.suggestions:
            rows.append(Title("Near spellings", section=True))
            rows += [Spelling(query) for query in found.suggestions]
    return rows


def _hits_title(found: Found) -> str:
    if found.total is None:
        return "Hits"
    return f"{found.total:,} hit{'' if found.total == 1 else 's'}"


def _grouped(hits: Sequence[SearchHit]) -> list[ResultRow]:
    rows: list[ResultRow] = []
    counts = Counter(hit.recording for hit in hits)
    recording = None
    for hit in hits:
        if hit.recording != recording:
            recording = hit.recording
            rows.append(Title(hit.title, counts[recording]))
        rows.append(hit)
    return rows


def excerpt(hit: SearchHit) -> tuple[str, list[tuple[int, int]]]:
    """Return a hit's sentence, cut wherever its words would be out of sight, with the spans."""
    text = hit.text
    if not hit.spans or hit.spans[-1][1] <= _IN_SIGHT:
        return text, list(hit.spans)
    kept: list[tuple[int, int]] = []  # what is shown of the sentence
    for start, end in hit.spans:
        start = 0 if start <= 2 * _LEAD else text.rfind(" ", 0, start - _LEAD) + 1
        after = text.find(" ", end + _TRAIL)
        end = after if after >= 0 else len(text)
        if kept and start <= kept[-1][1] + _TRAIL:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    kept[-1] = (kept[-1][0], len(text))
    shown, spans = "", []
    for start, end in kept:
        shown += "… " if start and not shown else " … " if start else ""
        moved = len(shown) - start
        spans += [(a + moved, b + moved) for a, b in hit.spans if start <= a < end]
        shown += text[start:end]
    return shown, spans


def spoken(row: ShelfRow | ResultRow) -> str:
    """Return a row for a screen reader."""
    match row:
        case Entry():
            return ", ".join(part for part in (row.title, row.source, row.status) if part)
        case Heading():
            return row.spoken
        case Title():
            return f"{row.text}, {row.count}" if row.count else row.text
        case SearchHit():
            at = clock(row.start_ms) if row.start_ms is not None else ""
            return ", ".join(part for part in (at, row.speaker, row.text) if part)
        case Remark():
            return row.text
        case Spelling():
            return f"Search for {row.query}"
        case Problem():
            return f"{row.path.name}: {row.reason}" if row.path else row.reason
