# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which words of two texts are the same words: anchors first, then what lies between them.

Runs of four words that occur once in either text anchor the two on each other; the longest chain that
keeps the order is kept and each anchor grows as far as the words agree. Between anchors the same again,
then with three, two and one word; what is left is small and goes to rapidfuzz. Memory stays linear: a gap
too large for that is cut in proportion and its runs are marked unsure.

For `earmark.weave` only; pure, any thread, stops where `cancelled` says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress, islice
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from earmark.base.cancelling import Cancelled, never

ANCHOR = 4
# The longest common subsequence takes a bit for every pair of places: 16 MiB at most.
MAX_PAIRS = 1 << 27
# Below this a common subsequence is quicker, and no worse, than looking for anchors.
_SMALL_GAP = 1000


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The caller no longer wants the answer."""


class Run(NamedTuple):
    """`length` words from `a` on in one text are those from `b` on in the other."""

    a: int
    b: int
    length: int
    sure: bool = True


class _Stage(NamedTuple):
    """Anchors of `n` words, of which the first has a number divisible by `every`."""

    n: int
    every: int = 1


# An eighth of the words may open the first anchors: as many as a long text needs, in a third of the time.
# Chosen by number, so that both texts choose the same.
_STAGES = (_Stage(ANCHOR, 8), *(_Stage(n) for n in range(ANCHOR, 0, -1)))


class _Gap(NamedTuple):
    a: int
    a_end: int
    b: int
    b_end: int
    stage: int


def match(a: Sequence[int], b: Sequence[int], *, cancelled: Cancelled = never) -> list[Run]:
    """Return the runs of equal words of two texts, in order, apart from each other."""
    return _Matcher(list(a), list(b), cancelled).run()


class _Matcher:
    def __init__(self, a: list[int], b: list[int], cancelled: Cancelled) -> None:
        self._a = a
        self._b = b
        self._cancelled = cancelled
        self._runs: list[Run] = []
        self._open: list[_Gap] = []

    def run(self) -> list[Run]:
        self._open.append(_Gap(0, len(self._a), 0, len(self._b), 0))
        while self._open:
            if self._cancelled():
                raise Stopped
            gap = self._open.pop()
            pairs = (gap.a_end - gap.a) * (gap.b_end - gap.b)
            if pairs <= _SMALL_GAP:
                self._subsequence(gap, sure=True)
            elif anchors := self._anchors(gap):
                self._grow(gap, anchors)
            elif gap.stage + 1 < len(_STAGES):
                self._open.append(gap._replace(stage=gap.stage + 1))
            else:
                self._cut(gap, pairs)
        return _joined(sorted(self._runs))

    def _leave(self, a: int, a_end: int, b: int, b_end: int, stage: int) -> None:
        """Keep a gap for later unless nothing can match in it; grown anchors leave no lone pair."""
        if a < a_end and b < b_end and (a + 1 < a_end or b + 1 < b_end):
            self._open.append(_Gap(a, a_end, b, b_end, stage))

    def _anchors(self, gap: _Gap) -> list[tuple[int, int]]:
        """Return the longest chain of n-grams that occur once on either side."""
        ours = _once(self._a[gap.a : gap.a_end], _STAGES[gap.stage])
        theirs = _once(self._b[gap.b : gap.b_end], _STAGES[gap.stage])
        a, b = gap.a, gap.b
        return _longest_chain([(at + a, theirs[gram] + b) for gram, at in ours.items() if gram in theirs])

    def _grow(self, gap: _Gap, anchors: list[tuple[int, int]]) -> None:
        """Let each anchor grow both ways as far as the words agree; keep what lies between."""
        a, b, n = self._a, self._b, _STAGES[gap.stage].n
        done_a, done_b = gap.a, gap.b
        for at_a, at_b in anchors:
            if at_a < done_a or at_b < done_b:
                continue  # swallowed by the one before
            start_a, start_b = at_a, at_b
            while start_a > done_a and start_b > done_b and a[start_a - 1] == b[start_b - 1]:
                start_a -= 1
                start_b -= 1
            end_a, end_b = at_a + n, at_b + n
            while end_a < gap.a_end and end_b < gap.b_end and a[end_a] == b[end_b]:
                end_a += 1
                end_b += 1
            self._runs.append(Run(start_a, start_b, end_a - start_a))
            self._leave(done_a, start_a, done_b, start_b, gap.stage)
            done_a, done_b = end_a, end_b
        self._leave(done_a, gap.a_end, done_b, gap.b_end, gap.stage)

    def _cut(self, gap: _Gap, pairs: int) -> None:
        """Match a gap without anchors whole, or in proportional slices where it is too large."""
        slices = -(-pairs // MAX_PAIRS)
        for i in range(slices):
            if self._cancelled():
                raise Stopped
            part = _Gap(
                *_slice(gap.a, gap.a_end, i, slices),
                *_slice(gap.b, gap.b_end, i, slices),
                gap.stage,
            )
            self._subsequence(part, sure=slices == 1)

    def _subsequence(self, gap: _Gap, *, sure: bool) -> None:
        found = LCSseq.opcodes(self._a[gap.a : gap.a_end], self._b[gap.b : gap.b_end])
        self._runs += [
            Run(gap.a + block.a, gap.b + block.b, block.size, sure)
            for block in found.as_matching_blocks()
            if block.size
        ]


def _slice(start: int, end: int, i: int, slices: int) -> tuple[int, int]:
    return start + (end - start) * i // slices, start + (end - start) * (i + 1) // slices


def _once(words: list[int], stage: _Stage) -> dict[tuple[int, ...], int]:
    """Return where each n-gram begins that occurs exactly once, in order."""
    found: Iterator[tuple[int, ...]] = zip(*(islice(words, i, None) for i in range(stage.n)), strict=False)
    places: Sequence[int] = range(len(words) - stage.n + 1)
    if stage.every > 1:
        chosen = [word % stage.every == 0 for word in words]
        found, places = compress(found, chosen), list(compress(places, chosen))
    grams = list(found)
    last = dict(zip(grams, places, strict=True))
    if len(last) == len(grams):
        return last
    first = dict(zip(reversed(grams), reversed(places), strict=True))
    return {gram: at for gram, at in last.items() if first[gram] == at}


def _longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, sorted by the first, that rises in the second too."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for index, (_, b) in enumerate(pairs):
        if not tails or b > tails[-1]:
            before.append(tail_at[-1] if tail_at else -1)
            tails.append(b)
            tail_at.append(index)
            continue
        place = bisect_left(tails, b)
        tails[place] = b
        tail_at[place] = index
        before.append(tail_at[place - 1] if place else -1)
    chain: list[tuple[int, int]] = []
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    chain.reverse()
    return chain


def _joined(runs: list[Run]) -> list[Run]:
    return list(_join(runs))


def _join(runs: list[Run]) -> Iterator[Run]:
    """Make one run of those that touch."""
    held: Run | None = None
    for run in runs:
        if held and held.a + held.length == run.a and held.b + held.length == run.b and held.sure == run.sure:
            held = held._replace(length=held.length + run.length)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held
