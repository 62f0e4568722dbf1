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

_TIMING = (Timing.INTERPOLATED, Timing.EXACT)


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
        last = min(bisect_right(offsets, end - 1), len(stops) - 1) - 1  # syllables have times of their own
        at = stops[stretch][1] if exact else _time(text.text, start, stops[stretch], stops[stretch + 1])
        until = _time(text.text, end, stops[last], stops[last + 1])
        last_stretch = last
        words.append(Word(text.text[start:end], start, at, until, _TIMING[exact]))
    return tuple(words)


def _forward(times: tuple[tuple[int, int], ...], start_ms: int, end_ms: int) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    last = start_ms
    for offset, time in times:
        if last <= time <= max(start_ms, end_ms):
            kept.append((offset, time))
            last = time
    return kept


def _time(text: str, place: int, stop: tuple[int, int], following: tuple[int, int]) -> int:
    """Return when a place between two times is said, by the characters of the words there."""
    (first, start_ms), (last, end_ms) = stop, following
    stretch = text[first:last]
    length = max(1, len(stretch.strip()))
    done = place - first - (len(stretch) - len(stretch.lstrip()))
    return start_ms + (end_ms - start_ms) * min(max(0, done), length) // length
