# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where on the page a hit is: found again by its words, since the page may show another wording. Pure.

A hit of a typed transcript knows its time only roughly, one of a text without stamps not at all; the words
around it tell the line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from earmark.domain.outline import Outline
from earmark.domain.terms import terms
from earmark.domain.timeline import Timeline

_AROUND_MS = 90_000
_ALIKE = 0.5


def sentence_of(outline: Outline, timeline: Timeline | None, start_ms: int | None, text: str) -> int | None:
    """Return the sentence that says most of a text near a time; by the time alone where none does."""
    at = timeline.sentence_at(start_ms) if timeline is not None and start_ms is not None else None
    said = frozenset(terms(text))
    best, likeness = at, 0.0
    for sentence in _likely(outline, at, start_ms):
        words = frozenset(terms(outline.text(sentence)))
        if not words:
            continue
        common = len(words & said) / min(len(words), max(1, len(said))) * min(1.0, len(words) / 4)
        nearer = common == likeness and at is not None and best is not None
        if common > likeness or (nearer and abs(sentence - (at or 0)) < abs((best or 0) - (at or 0))):
            best, likeness = sentence, common
    return best if likeness >= _ALIKE else at


def _likely(outline: Outline, at: int | None, start_ms: int | None) -> range:
    """Return the sentences that are looked at: those around a time, else all."""
    count = len(outline.sentences)
    if at is None or start_ms is None:
        return range(count)
    starts = [sentence.start_ms or 0 for sentence in outline.sentences[max(0, at - 200) : at + 200]]
    first = max(0, at - 200)
    low = first + bisect_left(starts, start_ms - _AROUND_MS)
    high = first + bisect_right(starts, start_ms + _AROUND_MS)
    return range(max(0, min(low, at)), min(count, max(high, at + 1)))
