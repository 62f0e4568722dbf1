# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Words with times from a cue whose text has times written in it.

A time holds from where it stands to the next one. The first word there is exact; further words of the same
stretch are placed by characters.
"""

from __future__ import annotations

from bisect import bisect_right

from earmark.domain.transcript import Timing, Word
from earmark.domain.words import word_spans
from earmark.formats.captions.cuetext import CueText


def timed_words(text: CueText, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Return the words of a cue, or nothing if no time is written in it; backward times are not used."""
    stops = _forward(text.times, start_ms, end_ms)
    if not stops:
        return ()
    stops = [(0, start_ms), *stops, (len(text.text), max(end_ms, stops[-1][1]))]
    offsets = [offset for offset, _ in stops]
    words: list[Word] = []
    last_stretch = -1
    for start, end in word_spans(text.text):
        stretch = min(bisect_right(offsets, start), len(stops) - 1) - 1
        exact = stretch != last_stretch
        last_stretch = stretch
        words.append(_word(text.text, start, end, stops[stretch], stops[stretch + 1], exact))
    return tuple(words)


def _forward(times: tuple[tuple[int, int], ...], start_ms: int, end_ms: int) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    last = start_ms
    for offset, time in times:
        if last <= time <= max(start_ms, end_ms):
            kept.append((offset, time))
            last = time
    return kept


def _word(
    text: str, start: int, end: int, stop: tuple[int, int], following: tuple[int, int], exact: bool
) -> Word:
    (first, start_ms), (last, end_ms) = stop, following
    stretch = text[first:last]
    first += len(stretch) - len(stretch.lstrip())
    length = max(1, first + len(stretch.strip()) - first)
    at = start_ms + (end_ms - start_ms) * min(max(0, start - first), length) // length
    until = start_ms + (end_ms - start_ms) * min(max(0, end - first), length) // length
    if exact:
        at = start_ms
    return Word(text[start:end], start, at, until, Timing.EXACT if exact else Timing.INTERPOLATED)
