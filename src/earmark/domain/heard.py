# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The heard map: which stretches of a recording were really played. Pure.

A map is a tuple of (start_ms, end_ms), in order, apart from each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

HeardMap = tuple[tuple[int, int], ...]

JOIN_MS = 500  # gaps this short are the joints between reports, not skips


def add_stretch(heard: HeardMap, start_ms: int, end_ms: int) -> HeardMap:
    """Return the map with one more stretch."""
    if end_ms <= start_ms:
        return heard
    first = bisect_left(heard, start_ms - JOIN_MS, key=lambda span: span[1])
    last = bisect_right(heard, end_ms + JOIN_MS, key=lambda span: span[0])
    if first < last:
        start_ms = min(start_ms, heard[first][0])
        end_ms = max(end_ms, heard[last - 1][1])
    return (*heard[:first], (start_ms, end_ms), *heard[last:])


def heard_ms(heard: HeardMap) -> int:
    """Return how much was heard in all."""
    return sum(end - start for start, end in heard)
