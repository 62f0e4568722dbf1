# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the stamps of a human transcript are worth, told by the times of its words.

Stamps are never used for timing; this only says how they differ. Pure, any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from earmark.domain.times import clock

Kind = Literal["none", "constant", "jump", "drift", "useless"]

_SMALL_S = 2.0  # whole-second stamps set by ear differ by less
_MOVED_S = 3.0
_WINDOW = 5
_FEW = 3
# Beyond this spread around their own trend the stamps have nothing to do with the words.
_WILD_S = 30.0


@dataclass(frozen=True, slots=True)
class Offset:
    """How stamps differ from words. `seconds` is word less stamp: positive where stamps are early.

    For a constant offset it is the whole of it, for a jump the size of the (largest) jump and `at_ms` the
    time of the first words after it, for a drift the change from the first stamps to the last.
    """

    kind: Kind
    seconds: float | None = None
    at_ms: int | None = None
    sentence: str = "The stamps fit the words."


def judge(stamps: Sequence[tuple[int, int]]) -> Offset:
    """Judge (stamp, time of the words) pairs in the order of the text, both in milliseconds."""
    if len(stamps) < _FEW:
        return _plain(stamps)
    if len({stamp for stamp, _ in stamps}) == 1:
        zero = "all zero" if stamps[0][0] == 0 else "all the same"
        return Offset("useless", sentence=f"The stamps are {zero}; the times come from the words.")
    late = [(ms - stamp) / 1000 for stamp, ms in stamps]
    smooth = [median(late[max(0, i - 3) : i + 4]) for i in range(len(late))]
    spread = median(abs(a - b) for a, b in zip(late, smooth, strict=True))
    if spread > _WILD_S or _disorder(stamps) > 0.3:
        return Offset(
            "useless", sentence="The stamps do not follow the words; the times come from the words."
        )
    if max(smooth) - min(smooth) < _MOVED_S:
        return _plain(stamps)
    return _moved(stamps, late, max(smooth) - min(smooth))


def _disorder(stamps: Sequence[tuple[int, int]]) -> float:
    """Return the share of stamps that are earlier than the one before."""
    backwards = sum(1 for (a, _), (b, _) in pairwise(stamps) if b < a)
    return backwards / max(1, len(stamps) - 1)


def _plain(stamps: Sequence[tuple[int, int]]) -> Offset:
    if not stamps:
        return Offset("none", sentence="There are no stamps to compare.")
    seconds = round(median((ms - stamp) / 1000 for stamp, ms in stamps), 2)
    if abs(seconds) < _SMALL_S:
        return Offset("none", seconds)
    return Offset(
        "constant", seconds, sentence=f"The stamps are {_seconds(seconds)} {_side(seconds)} throughout."
    )


def _moved(stamps: Sequence[tuple[int, int]], late: Sequence[float], reach: float) -> Offset:
    """Tell a jump from a drift: a jump makes most of the difference at one place."""
    place, step = 0, 0.0
    for i in range(_FEW, len(late) - _FEW + 1):
        change = median(late[i : i + _WINDOW]) - median(late[max(0, i - _WINDOW) : i])
        if abs(change) > abs(step):
            place, step = i, change
    if abs(step) < reach / 2:
        seconds = round(median(late[-_WINDOW:]) - median(late[:_WINDOW]), 1)
        return Offset("drift", seconds, sentence=f"The stamps drift by {_seconds(seconds)}.")
    # The window sees the step from a few stamps off; it is where neighbours differ most.
    near = range(max(1, place - _FEW), min(len(late), place + _FEW + 1))
    place = max(near, key=lambda i: (late[i] - late[i - 1]) * step)
    at_ms = stamps[place][1]
    return Offset("jump", round(step, 1), at_ms, f"The stamps jump by {_seconds(step)} at {clock(at_ms)}.")


def _side(seconds: float) -> str:
    return "early" if seconds > 0 else "late"


def _seconds(seconds: float) -> str:
    return f"{abs(seconds):,.0f} s"
