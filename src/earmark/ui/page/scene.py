# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What lies over the text: the playing sentence and word, hits, marks, selection, focus. Pure data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from earmark.domain.outline import Outline
from earmark.domain.transcript import Timing, Word

Span = tuple[int, int, int]  # paragraph, start, end
Place = tuple[int, int]  # paragraph, offset in its text


class Selection(NamedTuple):
    """From where the selection began to where it was drawn; the two may be in either order."""

    anchor: Place
    cursor: Place

    @property
    def span(self) -> tuple[Place, Place] | None:
        """The selection in reading order; None where it is empty."""
        if self.anchor == self.cursor:
            return None
        return min(self.anchor, self.cursor), max(self.anchor, self.cursor)

    def inside(self, paragraph: int, length: int) -> tuple[int, int] | None:
        """Return the part of a paragraph of `length` characters that is selected."""
        span = self.span
        if span is None or not span[0][0] <= paragraph <= span[1][0]:
            return None
        start = span[0][1] if paragraph == span[0][0] else 0
        end = span[1][1] if paragraph == span[1][0] else length
        return (start, end) if end > start else None

    def sentences(self, outline: Outline) -> range | None:
        """Return the sentences that the selection touches."""
        span = self.span
        if span is None:
            return None
        first = outline.sentence_at(*span[0])
        held = outline.sentences[first]
        if span[0] >= (held.paragraph, held.end):
            first += 1  # it began in the blanks behind the sentence
        last = outline.sentence_at(*span[1])
        held = outline.sentences[last]
        if span[1] <= (held.paragraph, held.start):
            last -= 1
        return range(first, last + 1) if last >= first else None

    def text(self, outline: Outline) -> str:
        """Return the selected words, paragraphs apart by a newline."""
        span = self.span
        if span is None:
            return ""
        (first, start), (last, end) = span
        paragraphs = outline.paragraphs
        if first == last:
            return paragraphs[first].text[start:end]
        middle = [paragraphs[i].text for i in range(first + 1, last)]
        return "\n".join([paragraphs[first].text[start:], *middle, paragraphs[last].text[:end]])


def of_sentences(outline: Outline, first: int, last: int) -> Selection:
    """Return the selection from sentence `first` to `last`, both included; its cursor is at `last`."""
    a, b = outline.sentences[first], outline.sentences[last]
    if first <= last:
        return Selection((a.paragraph, a.start), (b.paragraph, b.end))
    return Selection((a.paragraph, a.end), (b.paragraph, b.start))


class Emphasis(Enum):
    """How the current word is shown."""

    NONE = 0  # only its sentence is known
    SOFT = 1  # known to about 0.3 s: a box
    FULL = 2  # a box and an underline


HitSource = Callable[[int], Sequence[tuple[int, int]]]
"""Gives (start, end) of the hits in a paragraph."""


class Scene:
    """What the painter needs to know beside the text itself."""

    def __init__(self) -> None:
        self.now: int | None = None
        self.word: Word | None = None
        self.motion = "soft"
        self.selection: Selection | None = None
        self.focus: int | None = None
        self.ring = False
        self.current_hit: Sequence[Span] = ()
        self.doubt: Span | None = None  # the one in doubt that the listener is at
        self.margin: Mapping[int, str] = {}
        self.marked_by: Mapping[int, str] = {}
        self._hits: HitSource | None = None
        self._uncertain: list[Span] = []

    def emphasis(self) -> Emphasis:
        """Return how the current word may be shown, by what is known of its time."""
        word = self.word
        if word is None or self.motion == "sentences" or word.timing not in (Timing.EXACT, Timing.ALIGNED):
            return Emphasis.NONE
        if word.soft:
            return Emphasis.SOFT if self.motion == "soft" else Emphasis.NONE
        return Emphasis.FULL

    def set_hits(self, hits: HitSource | None, current: Sequence[Span]) -> None:
        """Take the search hits: a million of them cost nothing until their paragraph is in sight."""
        self._hits = hits
        self.current_hit = current

    def set_uncertain(self, spans: Sequence[Span]) -> None:
        """Take the spans in doubt."""
        self._uncertain = sorted(spans)

    def hits(self, paragraph: int) -> Sequence[tuple[int, int]]:
        """Return (start, end) of the hits in a paragraph."""
        return self._hits(paragraph) if self._hits is not None else ()

    def uncertain(self, paragraph: int) -> list[Span]:
        """Return the spans in doubt of a paragraph."""
        return _of(self._uncertain, paragraph)


def _of(spans: list[Span], paragraph: int) -> list[Span]:
    return spans[bisect_left(spans, (paragraph,)) : bisect_left(spans, (paragraph + 1,))]
