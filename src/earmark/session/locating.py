# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where on the page a hit is: found again by its words, since the page may show another wording. Pure.

A hit of a typed transcript knows its time only roughly, one of a text without stamps not at all; the words
around it tell the line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from earmark.domain.outline import Outline
from earmark.domain.terms import term_spans, terms
from earmark.domain.timeline import Timeline

_AROUND_MS = 90_000
_ALIKE = 0.5
_SURE = 0.75
_ENOUGH_WORDS = 5  # fewer are said in many places
_CLOSE_MS = 5_000


def sentence_of(outline: Outline, timeline: Timeline | None, start_ms: int | None, text: str) -> int | None:
    """Return the sentence that says most of a text near a time; by the time alone where none does.

    A typed transcript's stamps may be off by minutes: where nothing near says it, but another place says
    nearly all of it and little more, it is that one.
    """
    at = timeline.sentence_at(start_ms) if timeline is not None and start_ms is not None else None
    said = frozenset(terms(text))
    best, likeness = at, 0.0
    near = _likely(outline, at, start_ms)
    sure = False
    for sentence in near:
        words = frozenset(terms(outline.text(sentence)))
        if not words:
            continue
        sure = sure or _as_good_as(words, said) >= _SURE
        common = len(words & said) / min(len(words), max(1, len(said))) * min(1.0, len(words) / 4)
        nearer = common == likeness and at is not None and best is not None
        if common > likeness or (nearer and abs(sentence - (at or 0)) < abs((best or 0) - (at or 0))):
            best, likeness = sentence, common
    if at is not None and not sure and len(said) >= _ENOUGH_WORDS:
        elsewhere = _elsewhere(outline, said)
        best, likeness = (elsewhere, 1.0) if elsewhere is not None else (best, likeness)
    return best if likeness >= _ALIKE else at


def _elsewhere(outline: Outline, said: frozenset[str]) -> int | None:
    """Return the sentence of the whole text that says the same, if one does."""
    likeness, sentence = max(
        (
            (_as_good_as(frozenset(terms(outline.text(one))), said), -one)
            for one in range(len(outline.sentences))
        ),
        default=(0.0, 0),
    )
    return -sentence if likeness >= _SURE else None


def _as_good_as(words: frozenset[str], said: frozenset[str]) -> float:
    """Return how much of two wordings is common to both, 0 to 1 (Dice)."""
    return 2 * len(words & said) / max(1, len(words) + len(said))


def said_from_ms(
    outline: Outline | None, timeline: Timeline | None, start_ms: int | None, text: str
) -> int | None:
    """Return when the page that is shown has a hit: its own time, unless the words are elsewhere."""
    sentence = sentence_of(outline, timeline, start_ms, text) if outline is not None and text else None
    if outline is None or sentence is None:
        return start_ms
    held = outline.sentences[sentence]
    if held.start_ms is None or start_ms is None:
        return start_ms if held.start_ms is None else held.start_ms
    last = held.end_ms if held.end_ms is not None else held.start_ms
    return start_ms if held.start_ms - _CLOSE_MS <= start_ms <= last + _CLOSE_MS else held.start_ms


def spans_of(outline: Outline, sentence: int, words: frozenset[str]) -> list[tuple[int, int, int]]:
    """Return (paragraph, start, end) of words in a sentence; all of it where it has another wording."""
    held, text = outline.sentences[sentence], outline.text(sentence)
    places = zip(terms(text), term_spans(text), strict=True)
    found = [(held.paragraph, held.start + a, held.start + b) for term, (a, b) in places if term in words]
    return found or [(held.paragraph, held.start, held.end)]


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
