# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Position to sentence and word by bisect.

A timeline is a step function: from each step on, one sentence is the current one. Where cues overlap the
one that started last and still sounds is current; in a silence the last one stays. Zero-length, repeated
and backward cues are ordinary input.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache, partial
from heapq import heappop, heappush
from itertools import accumulate

from earmark.domain.outline import Outline
from earmark.domain.transcript import Word


class Timeline:
    """Which sentence and which word is spoken when; immutable, cheap to ask."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        timed = [
            (s.start_ms, i, s.start_ms if s.end_ms is None else max(s.start_ms, s.end_ms))
            for i, s in enumerate(outline.sentences)
            if s.start_ms is not None
        ]
        timed.sort()
        self.line_starts = tuple(dict.fromkeys(start for start, _, _ in timed))
        """When lines start, each time once, in order."""
        turns = {outline.paragraphs[turn].start_ms for turn in outline.turns}
        self.turn_starts = tuple(sorted(start for start in turns if start is not None))
        """When turns start, likewise."""
        self.end_ms = max((end for _, _, end in timed), default=0)
        """Until when there are words."""
        self._step_ms, self._step_sentence = _steps(timed)
        self._timed_words = lru_cache(maxsize=16)(partial(_timed_words_of, outline))  # asked at every word

    def sentence_at(self, ms: int) -> int | None:
        """Return the current sentence at a position; None before the first timed one."""
        step = bisect_right(self._step_ms, ms) - 1
        return self._step_sentence[step] if step >= 0 else None

    def word_at(self, sentence: int, ms: int) -> Word | None:
        """Return the word of a sentence that is being said; None where its words have no times."""
        words, starts = self._timed_words(sentence)
        found = bisect_right(starts, ms) - 1
        return words[found] if found >= 0 else None

    def next_change_ms(self, ms: int) -> int | None:
        """Return the first moment after `ms` at which the sentence or the word changes; None at the end."""
        step = bisect_right(self._step_ms, ms)
        after = [self._step_ms[step]] if step < len(self._step_ms) else []
        if step > 0:
            starts = self._timed_words(self._step_sentence[step - 1])[1]
            after += starts[bisect_right(starts, ms) :][:1]
        return min(after) if after else None

    def start_ms(self, sentence: int) -> int | None:
        """Return when a sentence starts; an untimed one takes the nearest timed one before it."""
        for index in range(sentence, -1, -1):
            start = self.outline.sentences[index].start_ms
            if start is not None:
                return start
        return None


def _timed_words_of(outline: Outline, sentence: int) -> tuple[list[Word], list[int]]:
    """Return the words of a sentence that have times, and since when each of them is current."""
    words = [word for word in outline.words(sentence) if word.start_ms is not None]
    # Given times may run backwards; the furthest start so far decides, so the highlight never jumps.
    return words, list(accumulate((word.start_ms or 0 for word in words), max))


def _steps(timed: list[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    """Sweep over (start, sentence, end), sorted; return the steps' times and sentences."""
    times: list[int] = []
    holders: list[int] = []

    def step(ms: int, sentence: int) -> None:
        if times and times[-1] == ms:
            holders[-1] = sentence
        elif not holders or holders[-1] != sentence:
            times.append(ms)
            holders.append(sentence)

    sounding: list[tuple[int, int, int]] = []  # latest start first: (-start, -sentence, end)
    for start, sentence, end in timed:
        _fall_back(sounding, start, step)
        heappush(sounding, (-start, -sentence, end))
        step(start, sentence)
    _fall_back(sounding, None, step)
    return times, holders


def _fall_back(
    sounding: list[tuple[int, int, int]], until: int | None, step: Callable[[int, int], None]
) -> None:
    """Let ended sentences go; an earlier one that still sounds becomes current again."""
    while sounding:
        _, _, end = sounding[0]
        if until is not None and end > until:
            return
        heappop(sounding)
        while sounding and sounding[0][2] <= end:
            heappop(sounding)
        if sounding:
            step(end, -sounding[0][1])
