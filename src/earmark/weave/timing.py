# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The times of the human words: copied where they match, placed between where they do not.

A matched word takes the machine word's own time, to the millisecond. Words without a match lie between
matched neighbours: along the machine words that stand in their place, or evenly. Nothing is timed before
the first or after the last machine word that belongs to the two texts' common part. Stamps of the human
text are never looked at.

For `earmark.weave` only; pure, any thread.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from earmark.domain.transcript import Timing, Transcript
from earmark.weave.align.matcher import Run
from earmark.weave.align.settle import ends_sentence
from earmark.weave.align.words import Words
from earmark.weave.clock import CHAR_MS, Clock

# Slow speech takes three times an ordinary pace, no speech a third.
_SLOW, _FAST = 3, 1 / 3
_BREATH_MS = 2_500
# So much time is made for a cue that has none, of half the word before at most.
LENT_MS = 80
# So many words without any time left for them were not said in this recording.
_PASSAGE_WORDS = 20
# At the very ends, so few words may stand for others that differ.
_EDGE_WORDS = 12


class Timed(NamedTuple):
    """When a word is said and how that is known; `soft` as in `earmark.domain.transcript.Word`."""

    start_ms: int
    end_ms: int
    timing: Timing
    soft: bool = False


def matched_times(human: Words, clock: Clock, runs: Sequence[Run]) -> dict[int, Timed]:
    """Return the times of the matched human words; those that would run backwards are left out."""
    found: dict[int, Timed] = {}
    for run in runs:
        timing = Timing.ALIGNED if run.sure else Timing.INTERPOLATED
        for token, place in zip(
            range(run.a, run.a + run.length), range(run.b, run.b + run.length), strict=True
        ):
            start, end = clock.start_ms[place], clock.end_ms[place]
            if start is None or end is None:
                continue
            word = human.token_word[token]
            held = found.get(word)
            if held is None:
                soft = run.sure and not (clock.firm[place] and token == human.first_token[word])
                found[word] = Timed(start, end, timing, soft)
            else:
                found[word] = held._replace(end_ms=max(held.end_ms, end))
    return rising(found)


def rising(times: dict[int, Timed]) -> dict[int, Timed]:
    """Return the most of the times, by word, that never run backwards."""
    order = sorted(times)
    starts = [times[word].start_ms for word in order]
    if all(a <= b for a, b in pairwise(starts)):
        return {word: times[word] for word in order}
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for index, start in enumerate(starts):
        place = bisect_right(tails, start)
        tails[place : place + 1] = [start]
        tail_at[place : place + 1] = [index]
        before.append(tail_at[place - 1] if place else -1)
    kept: list[int] = []
    at = tail_at[-1]
    while at >= 0:
        kept.append(order[at])
        at = before[at]
    return {word: times[word] for word in reversed(kept)}


class Span(NamedTuple):
    """Words `first` to `end` of the human text between matched ones, and tokens of the machine's.

    `left_ms` and `right_ms` are set where a hole and not a matched word stands beside the words.
    """

    first: int
    end: int
    token: int
    token_end: int
    left_ms: int | None = None
    right_ms: int | None = None


class Hole(NamedTuple):
    """Before the human `word` the human heard nothing, and the machine its tokens `token` to `token_end`."""

    word: int
    token: int
    token_end: int
    start_ms: int | None
    end_ms: int | None


def spans_between(
    human: Words, machine: Words, runs: Sequence[Run], times: dict[int, Timed], holes: Sequence[Hole]
) -> list[Span]:
    """Return what lies before, between and after the timed words and the holes (in order of words)."""
    placed: dict[int, tuple[int, int]] = {}  # word: (first machine token, last)
    for run in runs:
        for token in range(run.a, run.a + run.length):
            word, place = human.token_word[token], run.b + token - run.a
            placed[word] = (placed[word][0] if word in placed else place, place)
    spans: list[Span] = []
    word, token = 0, 0
    placed[len(human)] = (len(machine.token), 0)
    for timed in [*times, len(human)]:
        until, after = placed.get(timed, (token, token - 1))  # timed by another transcript: no word here
        if timed > word:
            spans.append(Span(word, timed, token, max(token, until)))
        word, token = timed + 1, after + 1
    return list(_parted(spans, holes))


def _parted(spans: Sequence[Span], holes: Sequence[Hole]) -> Iterator[Span]:
    """Yield the spans, cut in two where a hole lies in one: its words are said there, not the human's."""
    at = 0
    for span in spans:
        rest = span
        while at < len(holes) and holes[at].word <= span.end:
            hole = holes[at]
            at += 1
            if hole.word < rest.first or hole.token < rest.token or hole.token_end > rest.token_end:
                continue
            if hole.word > rest.first:
                yield rest._replace(end=hole.word, token_end=hole.token, right_ms=hole.start_ms)
            rest = rest._replace(first=hole.word, token=hole.token_end, left_ms=hole.end_ms)
        if rest.end > rest.first:
            yield rest


def fill(
    times: dict[int, Timed],
    spans: Sequence[Span],
    human: Words,
    human_text: Transcript,
    clock: Clock,
    machine: Words,
) -> None:
    """Add times for the words between matched ones, as far as they are worth saying."""
    filler = _Filler(times, human, human_text, clock, machine)
    if times:
        for span in spans:
            filler.fill(span)


def lent(start_ms: int, end_ms: int, until_ms: int) -> int:
    """Return when a cue begins that has no room before `until_ms`, behind a word of these times.

    A machine that did not hear an interjection lets its words last until the next begin; of the word before
    only the end is an estimate.
    """
    return max(until_ms - LENT_MS, (start_ms + min(end_ms, until_ms) + 1) // 2)


class _Filler:
    def __init__(
        self, times: dict[int, Timed], human: Words, human_text: Transcript, clock: Clock, machine: Words
    ) -> None:
        self._times = times
        self._human = human
        self._cues = human_text.cues
        self._clock = clock
        self._machine = machine

    def fill(self, span: Span) -> None:
        points = self._points(span)
        left, right = self._bounds(span)
        if left is None or right is None:
            if points and self._alike(span, points):
                self._along(span, points)
            return
        left = self._lent(span, min(left, right), right)
        room, need = right - left, self._characters(span.first, span.end) * CHAR_MS
        if span.end - span.first >= _PASSAGE_WORDS and room < need * _FAST:
            return
        if room > (need * _SLOW + _BREATH_MS if points else need):
            self._apart(span, left, right)
        else:
            held = [(at, min(max(left, ms), right)) for at, ms in points]
            self._along(span, held or [(0, left), (1, right)])

    def _bounds(self, span: Span) -> tuple[int | None, int | None]:
        left, right = span.left_ms, span.right_ms
        if left is None and (before := self._times.get(span.first - 1)):
            left = before.end_ms
        if right is None and (after := self._times.get(span.end)):
            right = after.start_ms
        return left, right

    def _lent(self, span: Span, left: int, right: int) -> int:
        """Return when the words can begin: for a cue without room, before the word before it ends."""
        before = self._times.get(span.first - 1)
        if before is None or span.left_ms is not None or right - left >= LENT_MS or not self._has_cue(span):
            return left
        begins = lent(before.start_ms, left, right)
        self._times[span.first - 1] = before._replace(end_ms=begins)
        return begins

    def _has_cue(self, span: Span) -> bool:
        """Tell whether a cue lies wholly among the words: its first and the next one's."""
        cue = self._human.cue
        opens = (w in (0, len(cue)) or cue[w] != cue[w - 1] for w in range(span.first, span.end + 1))
        return sum(opens) > 1

    def _characters(self, first: int, end: int) -> int:
        return sum(len(text) + 1 for text in self._human.text[first:end])

    def _points(self, span: Span) -> list[tuple[int, int]]:
        """Return (characters so far, time) along the machine words of a span."""
        points: list[tuple[int, int]] = []
        done = 0
        for token in range(span.token, span.token_end):
            start, end = self._clock.start_ms[token], self._clock.end_ms[token]
            if start is None or end is None:
                continue
            points.append((done, start))
            done += self._machine.token_length[token] + 1
            if token + 1 == span.token_end:
                points.append((done, end))
        return points if done and len(points) > 1 else []

    def _alike(self, span: Span, points: Sequence[tuple[int, int]]) -> bool:
        """Tell whether the words at an end of the text can stand for the machine's there."""
        ours, theirs = self._characters(span.first, span.end), points[-1][0]
        return span.end - span.first <= _EDGE_WORDS and theirs <= 2 * ours and ours <= 2 * theirs

    def _along(self, span: Span, points: Sequence[tuple[int, int]]) -> None:
        """Place words along given points, in proportion to their characters."""
        total = self._characters(span.first, span.end)
        scale = points[-1][0] / total
        done = 0
        for word in range(span.first, span.end):
            length = len(self._human.text[word])
            start, end = _time(points, done * scale), _time(points, (done + length) * scale)
            self._times[word] = Timed(start, end, Timing.INTERPOLATED)
            done += length + 1

    def _apart(self, span: Span, left: int, right: int) -> None:
        """Place few words in a long time: up to a border close behind, from there on close before."""
        cut = max(range(span.first, span.end + 1), key=self._border)
        at = left
        for word in range(span.first, cut):
            end = at + len(self._human.text[word]) * CHAR_MS
            self._times[word] = Timed(at, end, Timing.INTERPOLATED)
            at = end + CHAR_MS
        at = right - self._characters(cut, span.end) * CHAR_MS
        for word in range(cut, span.end):
            end = at + len(self._human.text[word]) * CHAR_MS
            self._times[word] = Timed(at, end, Timing.INTERPOLATED)
            at = end + CHAR_MS

    def _border(self, word: int) -> int:
        """Return how strong the border before a word is."""
        if word and self._human.cue[word] == self._human.cue[word - 1]:
            return 1 if ends_sentence(self._human.text[word - 1]) else 0
        return 3 if self._cues[self._human.cue[word]].opens_turn else 2


def _time(points: Sequence[tuple[int, int]], at: float) -> int:
    place = min(max(1, bisect_right(points, at, key=lambda p: p[0])), len(points) - 1)
    (x, start), (x_end, end) = points[place - 1], points[place]
    return start + round((end - start) * min(1.0, (at - x) / (x_end - x)))


def in_order(times: dict[int, Timed], count: int) -> list[Timed | None]:
    """Return the time of each word, starts never running backwards and no word into the next."""
    out: list[Timed | None] = [times.get(word) for word in range(count)]
    following: int | None = None
    for word in range(count - 1, -1, -1):
        timed = out[word]
        if timed is None:
            continue
        start, end = timed.start_ms, timed.end_ms
        if (following is not None and end > following) or end < start:
            start = start if following is None else min(start, following)
            end = max(start, end if following is None else min(end, following))
            out[word] = Timed(start, end, timed.timing, timed.soft)
        following = start
    return out
