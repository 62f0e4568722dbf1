# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which clock-like spots of a text are its stamps: the longest chain that never runs backwards.

Spots that look like stamps are chained first. What else looks like a time joins only if it fits between
its neighbours, by order and by pace: so "17:36" in mid sentence at minute 17 is a stamp, and the train at
3:30 is not. Minutes that begin again after an hour (59:50, then 0:12) are counted on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from earmark.formats.texts.clocks import Look, Spot, spots

_DEFAULT_MS_PER_CHAR = 65.0  # about 15 characters a second
_LEAST_TOLERANCE_MS = 12_000
_TOLERANCE_SHARE = 0.4


_HOUR_MS = 3_600_000
_LATE_MS, _EARLY_MS = 55 * 60_000, 5 * 60_000  # how near to the full hour its last and next stamp stand
_LEAST_IN_HOUR, _LEAST_AT_END = 8, 3  # stamps in an hour, and in what is left after the last


class Stamp(NamedTuple):
    """A time written in a text. `ms` is None where the time runs backwards and says nothing.

    `adds_hour` marks the first stamp of an hour that is not written; `end_ms` is set for a range.
    """

    start: int
    end: int
    ms: int | None
    opens_turn: bool
    sure: bool
    adds_hour: bool = False
    end_ms: int | None = None


def find_stamps(text: str) -> list[Stamp]:
    """Return the stamps of a text in order. About n log n in their number, linear in the text."""
    runs = list(spots(text))
    borders = _full_hours([run[0] for run in runs if run[0].look is Look.SURE])
    if borders:
        runs = [_counted_on(run, bisect_right(borders, run[0].start)) for run in runs]
    firm = [run[0] for run in runs if run[0].look > Look.WEAK]
    chain = [firm[i] for i in longest_chain([spot.ms for spot in firm])]
    chosen = {spot.start: spot for spot in chain}
    found: list[Stamp] = []
    anchors = _Anchors(chain)
    for run in runs:
        spot = chosen.get(run[0].start)
        if spot is None:
            spot = anchors.best(run)
        if spot is not None:
            anchors.passed(spot)
            adds = spot.start in borders
            sure = spot.look > Look.WEAK
            found.append(Stamp(spot.start, spot.end, spot.ms, spot.opens_turn, sure, adds, spot.end_ms))
        elif run[0].look is Look.SURE:
            found.append(Stamp(run[0].start, run[0].end, None, run[0].opens_turn, True))
    return found


def _counted_on(run: list[Spot], hours: int) -> list[Spot]:
    added = hours * _HOUR_MS
    if not added:
        return run
    return [s._replace(ms=s.ms + added, end_ms=None if s.end_ms is None else s.end_ms + added) for s in run]


def _full_hours(sure: list[Spot]) -> list[int]:
    """Return where in the text the minutes begin again after a full hour; nothing unless all of it fits.

    Each hour must be told by many stamps in order up to its end, the next one must begin with its first
    minutes, and the text between must be about as long as the time between.
    """
    if not sure or max(spot.ms for spot in sure) >= _HOUR_MS:
        return []  # it counts on by itself
    at = [i for i in range(1, len(sure)) if sure[i - 1].ms >= _LATE_MS and sure[i].ms <= _EARLY_MS]
    hours = [sure[a:b] for a, b in pairwise([0, *at, len(sure)])]
    *full, rest = hours
    told = all(len(hour) >= _LEAST_IN_HOUR for hour in full) and len(rest) >= _LEAST_AT_END
    in_order = all(a.ms <= b.ms for hour in hours for a, b in pairwise(hour))
    return [sure[i].start for i in at] if at and told and in_order and _at_pace(full, hours[1:]) else []


def _at_pace(before: list[list[Spot]], after: list[list[Spot]]) -> bool:
    for old, new in zip(before, after, strict=True):
        expected = (new[0].start - old[-1].end) * _pace(old)
        if abs(_HOUR_MS + new[0].ms - old[-1].ms - expected) > _LEAST_TOLERANCE_MS + expected:
            return False
    return True


def longest_chain(values: Sequence[int]) -> list[int]:
    """Return the indices of the longest run of values, in order, that never falls."""
    tails: list[int] = []  # smallest last value of a chain of each length
    ends: list[int] = []  # the index that value stands at
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_right(tails, value)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[length] = value
            ends[length] = index
    chain: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]


class _Anchors:
    """The chain as a line of time over the text, to ask what time a place in it should have."""

    def __init__(self, chain: list[Spot]) -> None:
        self._chain = chain
        self._starts = [spot.start for spot in chain]
        self._last: Spot | None = None
        self._ms_per_char = _pace(chain)

    def passed(self, spot: Spot) -> None:
        """Take a stamp as the left neighbour of what follows."""
        self._last = spot

    def best(self, run: list[Spot]) -> Spot | None:
        """Return the reading that fits best between its neighbours, or None if none does."""
        fitting = [(off, spot) for spot in run if (off := self._off(spot)) is not None]
        return min(fitting, key=lambda pair: pair[0])[1] if fitting else None

    def _off(self, spot: Spot) -> float | None:
        """Return how far a spot is from where the pace would have it, or None if that is too far."""
        place = bisect_left(self._starts, spot.end)
        right = self._chain[place] if place < len(self._chain) else None
        left = self._last
        if (left and spot.ms < left.ms) or (right and spot.ms > right.ms) or not (left or right):
            return None
        expected, span = self._expected(spot, left, right)
        off = abs(spot.ms - expected)
        return off if off <= max(_LEAST_TOLERANCE_MS, _TOLERANCE_SHARE * span) else None

    def _expected(self, spot: Spot, left: Spot | None, right: Spot | None) -> tuple[float, float]:
        if left and right:
            span = right.ms - left.ms
            share = (spot.start - left.end) / max(1, right.start - left.end)
            return left.ms + span * share, span
        if left:
            run = (spot.start - left.end) * self._ms_per_char
            return left.ms + run, run
        assert right is not None
        run = (right.start - spot.end) * self._ms_per_char
        return max(0.0, right.ms - run), run


def _pace(chain: list[Spot]) -> float:
    if len(chain) < 2 or chain[-1].ms == chain[0].ms:
        return _DEFAULT_MS_PER_CHAR
    return (chain[-1].ms - chain[0].ms) / max(1, chain[-1].start - chain[0].end)
