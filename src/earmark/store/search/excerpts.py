# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is shown of a hit: the sentence around it, cut to a bearable length. Pure; inside `store`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from earmark.domain.sentences import has_stop, sentence_around
from earmark.domain.terms import term_spans
from earmark.store.library.passages import AROUND_CHARS, Stretch

_SIDE_CHARS = 160

_Spans = list[tuple[int, int]]


class Place(NamedTuple):
    """Where a hit is: when, the sentence around it, and the characters of its words there."""

    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str
    spans: tuple[tuple[int, int], ...]


def place_in(cues: Stretch, words: Sequence[tuple[int, int]]) -> Place:
    """Return where terms (number, count), given in their order, are in the cues that hold them."""
    first, last = cues.at(words[0][0]), cues.at(max([number + count for number, count in words]) - 1)
    low, text = _text_around(cues, first, last)
    begins = [0, *accumulate([len(said) + 1 for said in cues.texts[low:last]])]
    spans = _spans(cues, words, low, begins)
    start_ms = cues.said_ms(first, spans[0][0] - begins[first - low])
    shown, marked = _cut(text, _merged(spans, text))
    return Place(start_ms, cues.end_ms(last), cues.speakers[first], shown, tuple(marked))


def _text_around(cues: Stretch, first: int, last: int) -> tuple[int, str]:
    """Return which cue what is said around two begins with, and that in one line: cues keep their offsets."""
    low, high = _reached(cues, first, -1), _reached(cues, last, 1)
    text = " ".join(cues.texts[low : high + 1])
    if has_stop(text):
        return low, text
    low = max(low, first - 1)
    return low, " ".join(cues.texts[low : min(high, last + 1) + 1])


def _reached(cues: Stretch, cue: int, step: int) -> int:
    """Return how far what is said around goes to one side: the same speaker, some sentences far."""
    texts, speakers = cues.texts, cues.speakers
    speaker, room = speakers[cue], AROUND_CHARS
    beside = cue + step
    while room > 0 and 0 <= beside < len(texts) and speakers[beside] == speaker:
        room -= len(texts[beside])
        beside += step
    return beside - step


def _spans(cues: Stretch, words: Sequence[tuple[int, int]], low: int, begins: list[int]) -> _Spans:
    """Return the characters of each term in a text that cue `low` begins."""
    in_cue: dict[int, _Spans] = {}
    spans: _Spans = []
    for number, count in words:
        for term in range(number, number + count):
            cue = cues.at(term)
            if cue not in in_cue:
                in_cue[cue] = term_spans(cues.texts[cue])
            start, end = in_cue[cue][term - cues.firsts[cue]]
            begin = begins[cue - low]
            spans.append((begin + start, begin + end))
    return spans


def _merged(spans: _Spans, text: str) -> _Spans:
    """Join the words of a phrase into one span."""
    joined: _Spans = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, spans: _Spans) -> tuple[str, _Spans]:
    """Cut the text down to the sentences that hold the spans, and those to a bearable length."""
    first, last = spans[0][0], spans[-1][1]
    begin = max(0, first - AROUND_CHARS)
    start, end = sentence_around(text[begin : last + AROUND_CHARS], first - begin, last - begin)
    start, end = begin + start, begin + end
    low, high = max(start, first - _SIDE_CHARS), min(end, last + _SIDE_CHARS)
    if low > start:
        low = text.find(" ", low, first) + 1 or low
    if high < end:
        high = max(text.rfind(" ", last, high), last)
    opening = "… " if low > start or (start == begin > 0) else ""
    while low < first and text[low] == " ":
        low += 1
    closing = " …" if high < end else ""
    shift = len(opening) - low
    return opening + text[low:high].rstrip() + closing, [(a + shift, b + shift) for a, b in spans]
