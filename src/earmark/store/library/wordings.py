# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Several wordings of one recording: which terms of the one are those of the other. Pure; any thread.

One wording leads, the one that a person typed if there is one: its words are shown and it is counted whole.
Of another only those hits count that the leader does not have at the same moment. And a typed wording, whose
stamps are rough or missing, borrows its times from one that has exact ones.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_STRAY_TERMS = 6  # where the words differ, a hit is taken to be at most so far from its like
_UNMATCHED, _BEGINS = 1, 2  # of a term: it is not the leader's; a run begins with it


class Beside(NamedTuple):
    """Two terms that both wordings have, around (or at) a place: (term of the leader, term here)."""

    before: tuple[int, int] | None
    after: tuple[int, int] | None


def same_terms(here: Sequence[str], leader: Sequence[str]) -> bytes | None:
    """Return which terms of a wording are its leader's, for `Alignment`; None for two different talks."""
    # It loads rapidfuzz (20 ms): wanted when something is added, not when it is searched.
    from earmark.weave.align.matcher import match
    from earmark.weave.align.settle import believable
    from earmark.weave.pairing import THRESHOLD, common_share

    numbers: dict[str, int] = {}
    ours = [numbers.setdefault(term, len(numbers)) for term in here]
    theirs = [numbers.setdefault(term, len(numbers)) for term in leader]
    runs = match(ours, theirs)
    if common_share(runs, len(ours), len(theirs)) < THRESHOLD:
        return None
    kept = believable(runs, len(ours), len(theirs))
    return array("I", [number for run in kept for number in run[:3]]).tobytes()


class Alignment:
    """Which of a wording's `count` terms are which of its leader's."""

    def __init__(self, runs: bytes, count: int) -> None:
        numbers = array("I", runs)
        self._here, self._there, self._lengths = numbers[::3], numbers[1::3], numbers[2::3]
        self._count = count
        marks = bytearray(bytes([_UNMATCHED]) * count)
        for first, length in zip(self._here, self._lengths, strict=True):
            marks[first : first + length] = bytes(length)
            marks[first] = _BEGINS
        self._marks = bytes(marks)

    def differing(self, places: Sequence[int], length: int) -> list[int]:
        """Return those places (`length` terms each) that are not word for word the leader's."""
        marks = self._marks
        if length == 1:
            return [at for at in places if marks[at] == _UNMATCHED]
        return [at for at in places if marks[at] == _UNMATCHED or any(marks[at + 1 : at + length])]

    def own(self, places: Sequence[int], length: int, others: Sequence[int]) -> list[tuple[int, int]]:
        """Return (place, place in the leader) of hits that are no moment of `others`, hits in the leader."""
        found: list[tuple[int, int]] = []
        used = 0
        for at in places:
            low, high = self._in_leader(at)[0], self._in_leader(at + length - 1)[1]
            used = max(used, bisect_right(others, low - length))
            if used < len(others) and others[used] < high:
                used += 1
            else:
                found.append((at, low))
        return found

    def _in_leader(self, at: int) -> tuple[int, int]:
        """Return between which terms of the leader a term is: (first, just past the last)."""
        run = bisect_right(self._here, at) - 1
        if run >= 0 and at < self._here[run] + self._lengths[run]:
            there = self._there[run] + at - self._here[run]
            return there, there + 1
        first, end = self._end_of(run), self._begin_of(run + 1)
        wide = end[0] - first[0]
        near = first[1] + (end[1] - first[1]) * (at - first[0]) // max(1, wide)
        return max(first[1], near - _STRAY_TERMS), min(end[1], near + _STRAY_TERMS + 1)

    def _end_of(self, run: int) -> tuple[int, int]:
        """Return where a run ends (here, there); before the first, where they may have begun."""
        if run >= 0:
            return self._here[run] + self._lengths[run], self._there[run] + self._lengths[run]
        return 0, max(0, self._there[0] - self._here[0]) if self._here else 0

    def _begin_of(self, run: int) -> tuple[int, int]:
        if run < len(self._here):
            return self._here[run], self._there[run]
        here, there = self._end_of(run - 1)
        return self._count, there + self._count - here

    def beside(self, there: int) -> Beside:
        """Return the common terms around a term of the leader, the same twice where it is one itself."""
        run = bisect_right(self._there, there) - 1
        before = after = None
        if run >= 0:
            inside = min(there - self._there[run], self._lengths[run] - 1)
            before = (self._there[run] + inside, self._here[run] + inside)
            if before[0] == there:
                return Beside(before, before)
        if run + 1 < len(self._there):
            after = (self._there[run + 1], self._here[run + 1])
        return Beside(before, after)

    def leader_term(self, at: int) -> int:
        """Return which term of the leader is about where a term is."""
        low, high = self._in_leader(at)
        return (low + max(low, high - 1)) // 2
