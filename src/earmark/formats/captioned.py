# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""When the cues of a transcript are shown as captions: the times they have, and room for those without.

Captions need a start and an end; written texts have starts, and not for every turn. What is missing is made
up here and nowhere else, and `made_up` says so. For the writers; pure, any thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from earmark.base.errors import UserError
from earmark.domain.transcript import Cue, Transcript

_MS_PER_CHAR = 65  # speech at an ordinary pace
_LEAST_MS = 1_000


def captioned(transcript: Transcript) -> list[tuple[Cue, int, int]]:
    """Return the cues with a start and an end in milliseconds; UserError where no cue has a time.

    Times of the file stay as they are. A cue without an end ends where the next begins; cues without a start
    share the room between their neighbours by their length.
    """
    if not transcript.timed:
        raise UserError("untimed", "The transcript has no times, and captions need them.")
    cues = transcript.cues
    return [(cue, *times) for cue, times in zip(cues, _Rooms(cues).times(), strict=True)]


def made_up(transcript: Transcript) -> str:
    """Return one sentence on the times that captions of this transcript make up, or ""."""
    cues = transcript.cues
    starts = sum(cue.start_ms is None for cue in cues)
    ends = sum(cue.end_ms is None for cue in cues)
    if starts == 1:
        return f"1 of {len(cues):,} cues has no time of its own and was placed by its length."
    if starts:
        return f"{starts:,} of {len(cues):,} cues have no time of their own and were placed by their length."
    if ends == 1:
        return f"1 of {len(cues):,} cues has no end of its own and ends where the next begins."
    if ends:
        return f"{ends:,} of {len(cues):,} cues have no end of their own and end where the next begins."
    return ""


class _Rooms:
    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = cues
        self._later = _later_starts(cues)

    def times(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each cue."""
        cues, index = self._cues, 0
        before: tuple[int, int] | None = None
        while index < len(cues):
            cue, end = cues[index], index + 1
            if cue.start_ms is not None and cue.end_ms is not None:
                before = cue.start_ms, cue.end_ms
                yield before
            else:
                while end < len(cues) and cues[end].start_ms is None:
                    end += 1
                left, right = self._room(index, end, before)
                following = cues[end].start_ms if end < len(cues) else None
                if following is not None and following <= left:
                    shared = [(left, right)] * (end - index)  # as cues with equal stamps are shown
                else:
                    shared = list(_shared(cues[index:end], left, right))
                before = shared[-1]
                yield from shared
            index = end

    def _room(self, index: int, end: int, before: tuple[int, int] | None) -> tuple[int, int]:
        """Return from when to when the cues `index` to `end` are shown."""
        cue = self._cues[index]
        need = sum(max(_LEAST_MS, _MS_PER_CHAR * len(held.text)) for held in self._cues[index:end])
        if cue.start_ms is not None:
            later = self._later[index]
            return cue.start_ms, cue.start_ms + need if later is None else later
        following = self._cues[end].start_ms if end < len(self._cues) else None
        if before is None:
            right = following or need
            return max(0, right - need), right
        left = before[1]
        if following is not None and following <= left:
            left = before[0]
        return left, following if following is not None and following > left else left + need


def _later_starts(cues: Sequence[Cue]) -> list[int | None]:
    """Return for each cue the start of the next one that starts later; None before one that goes back."""
    later: list[int | None] = [None] * len(cues)
    following, beyond = None, None
    for index in range(len(cues) - 1, -1, -1):
        start = cues[index].start_ms
        if start is None:
            continue
        if following is not None and following > start:
            beyond = following
        elif following != start:
            beyond = None
        later[index] = beyond
        following = start
    return later


def _shared(cues: Sequence[Cue], left: int, right: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a stretch of time that cues have by their length; none is of no length."""
    total = sum(max(1, len(cue.text)) for cue in cues)
    done = 0
    for cue in cues:
        start = left + (right - left) * done // total
        done += max(1, len(cue.text))
        yield start, max(start + 1, left + (right - left) * done // total)
