# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Anchors: made where something is marked, found again by their words in any other transcript of it. Pure.

Words are compared folded. A pattern (some words before, the quote, some words after) is laid against the
places where its rarer words stand; the place that holds most of it wins, and among equals the one nearest
in time. How surely it was found is the share of the pattern that is there, rare words counting more, cut
down where another place would do as well.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from math import log10

from earmark.domain.folding import words_of
from earmark.domain.items import Anchor
from earmark.domain.outline import Outline
from earmark.domain.words import word_spans

Place = tuple[int, int]  # paragraph, offset in its text

CONTEXT_WORDS = 12
SURE = 0.55  # found at least this surely, a bookmark moves with its words; below, it keeps its old time
_CONTEXT_WEIGHT = 0.5
_LONG_QUOTE = 80  # beyond, start and end are looked for apart, by this many words in all
_SAID_AGAIN = 4_096  # words of which many come soon again
_SEED_PLACES = 300  # a word that stands at more places than this starts no search
_CANDIDATES = 8
_DRIFT = 8  # words more or less between two transcripts of the same few sentences
_AS_GOOD = 0.1
_WORTH_TIMING = 0.8  # of the most votes: these are told apart by their time
_NEAR_MS = 5_000
_FAR_MS = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """Where an anchor is in a transcript; times are None where the transcript has none."""

    start: Place
    end: Place
    first_sentence: int
    last_sentence: int
    start_ms: int | None
    end_ms: int | None
    certainty: float

    @property
    def sure(self) -> bool:
        """Whether the words were found beyond reasonable doubt."""
        return self.certainty >= SURE


def anchor_sentences(outline: Outline, first: int, last: int) -> Anchor:
    """Return the anchor of the sentences from `first` to `last`, both included."""
    begins, ends = outline.sentences[first], outline.sentences[last]
    return anchor_span(outline, (begins.paragraph, begins.start), (ends.paragraph, ends.end))


def anchor_span(outline: Outline, start: Place, end: Place) -> Anchor:
    """Return the anchor of a run of the text, blanks at its ends left out."""
    start, end = _trimmed(outline, start, end)
    lines = [text[a:b] for text, a, b in _runs(outline, start, end)]
    before = _last_words(outline, start)
    after = _first_words(outline, end)
    start_ms, end_ms = _times(outline, start, end)
    return Anchor("\n".join(lines), before, after, start_ms, end_ms)


class AnchorFinder:
    """Finds anchors in one transcript. Building it folds every word: a worker's task for a long one."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        # Arrays of numbers: a million words as objects take a fifth of a second only to be let go of.
        self._numbers: dict[str, int] = {}  # of each different word
        self._words = array("i")  # the whole text, by these numbers
        self._places = array("i")  # paragraph, start, end of each word
        folded = lru_cache(_SAID_AGAIN)(words_of)
        for number, paragraph in enumerate(outline.paragraphs):
            for start, end in word_spans(paragraph.text):
                for word in folded(paragraph.text[start:end]):
                    self._words.append(self._numbers.setdefault(word, len(self._numbers)))
                    self._places.extend((number, start, end))
        self._begins, self._where = _listed(self._words, len(self._numbers))
        self._starts_ms = [paragraph.start_ms for paragraph in outline.paragraphs]

    def find(self, anchor: Anchor) -> Found | None:
        """Return where the words of an anchor are; None where none of them is or it has none."""
        before, quote, after = map(self._known, (anchor.before, anchor.quote, anchor.after))
        if not quote:
            return None
        if len(quote) <= _LONG_QUOTE:
            match = self._locate([*before, *quote, *after], len(before), len(quote), anchor.start_ms)
            return self._found(match.first, match.last, match.certainty) if match else None
        half = _LONG_QUOTE // 2
        head = self._locate([*before, *quote[:half]], len(before), half, anchor.start_ms)
        tail = self._locate([*quote[-half:], *after], 0, half, anchor.end_ms)
        if head is None or tail is None or tail.last < head.first:
            return self._found(head.first, head.last, head.certainty / 2) if head else None
        return self._found(head.first, tail.last, min(head.certainty, tail.certainty))

    def _known(self, text: str) -> list[int]:
        """Return the words of a text by their numbers, -1 for one that is nowhere."""
        return [self._numbers.get(word, -1) for word in words_of(text)]

    def _how_often(self, word: int) -> int:
        """Return at how many places of the text a word stands."""
        return self._begins[word + 1] - self._begins[word] if word >= 0 else 0

    def _locate(self, pattern: list[int], at: int, length: int, near_ms: int | None) -> _Match | None:
        """Lay a pattern, whose quote is `length` words from `at`, against the likeliest places."""
        tried = [self._match(pattern, at, length, shift) for shift in self._shifts(pattern, near_ms)]
        matches = sorted((m for m in tried if m is not None), key=lambda m: -m.certainty)
        if not matches:
            return None
        top = matches[0].certainty
        rivals = [m for m in matches if m.certainty >= top - _AS_GOOD]
        rivals = [m for i, m in enumerate(rivals) if all(m.first != other.first for other in rivals[:i])]
        if len(rivals) == 1:
            return rivals[0]
        if near_ms is None:
            return _Match(rivals[0].first, rivals[0].last, rivals[0].certainty / 2)
        away = sorted((abs((self._ms(m.first) or 0) - near_ms), i) for i, m in enumerate(rivals))
        best = rivals[away[0][1]]
        alone = away[0][0] <= _NEAR_MS and away[1][0] >= _FAR_MS
        return best if alone else _Match(best.first, best.last, best.certainty / 2)

    def _shifts(self, pattern: Sequence[int], near_ms: int | None) -> list[int]:
        """Return where in the text the pattern may begin: the likeliest, among equals those near in time."""
        votes: Counter[int] = Counter()
        for limit in (_SEED_PLACES, len(self._words)):
            for index, word in enumerate(pattern):
                if 0 < self._how_often(word) <= limit:
                    for place in self._where[self._begins[word] : self._begins[word + 1]]:
                        votes[place - index] += 1
            if votes:
                break
        near = {s: sum(votes.get(s + d, 0) for d in range(-3, 4)) + votes[s] for s in votes}
        best = max(near.values(), default=0)
        away = {s: self._away(s, near_ms) for s in near if near[s] >= best * _WORTH_TIMING}
        chosen: list[int] = []
        for shift in sorted(near, key=lambda s: (-near[s], away.get(s, 0), s)):
            if all(abs(shift - other) > _DRIFT // 2 for other in chosen):
                chosen.append(shift)
                if len(chosen) == _CANDIDATES:
                    break
        return chosen

    def _match(self, pattern: list[int], at: int, length: int, shift: int) -> _Match | None:
        low = max(0, shift - _DRIFT)
        window = self._words[low : max(0, shift) + len(pattern) + _DRIFT].tolist()
        blocks = SequenceMatcher(None, pattern, window, autojunk=False).get_matching_blocks()
        pairs = {b.a + i: low + b.b + i for b in blocks for i in range(b.size)}
        weights = [self._weight(word, at <= i < at + length) for i, word in enumerate(pattern)]
        share = sum(weights[i] for i in pairs) / sum(weights)
        inside = [i for i in pairs if at <= i < at + length]
        if inside:
            first = max(pairs[inside[0]] - (inside[0] - at), _after(pairs, at, low))
            last = min(pairs[inside[-1]] + (at + length - 1 - inside[-1]), len(self._words) - 1)
            last = min(last, min((p for i, p in pairs.items() if i >= at + length), default=last + 1) - 1)
        elif pairs and min(pairs) < at and max(pairs) >= at + length:
            first = _after(pairs, at, low)
            last = min(p for i, p in pairs.items() if i >= at + length) - 1
            if last < first:
                return None
        else:
            return None
        return _Match(first, max(first, last), share)

    def _weight(self, word: int, quoted: bool) -> float:
        common = 1 + log10(1 + self._how_often(word))
        return (1.0 if quoted else _CONTEXT_WEIGHT) / common

    def _found(self, first: int, last: int, certainty: float) -> Found:
        (number, begins, _), (other, starts, ends) = self._place(first), self._place(last)
        start, end = (number, begins), (other, ends)
        start_ms, end_ms = _times(self.outline, start, end)
        return Found(
            start,
            end,
            self.outline.sentence_at(*start),
            self.outline.sentence_at(other, starts),
            start_ms,
            end_ms,
            round(certainty, 3),
        )

    def _away(self, shift: int, near_ms: int | None) -> int:
        if near_ms is None or not 0 <= shift < len(self._words):
            return 0
        return abs((self._ms(shift) or 0) - near_ms)

    def _place(self, word: int) -> tuple[int, int, int]:
        number, start, end = self._places[3 * word : 3 * word + 3]
        return number, start, end

    def _ms(self, word: int) -> int | None:
        paragraph, start, _ = self._place(word)
        found = self.outline.time_at(paragraph, start)
        return found if found is not None else self._starts_ms[paragraph]


@dataclass(frozen=True, slots=True)
class _Match:
    first: int
    last: int
    certainty: float


def _listed(words: array[int], different: int) -> tuple[array[int], array[int]]:
    """Return where the places of each word begin in a list of all places by word, and that list."""
    counts = array("i", bytes(4 * different))
    for word in words:
        counts[word] += 1
    begins = array("i", accumulate(counts, initial=0))
    next_of, places = begins[:], words[:]
    for place, word in enumerate(words):
        places[next_of[word]] = place
        next_of[word] += 1
    return begins, places


def _after(pairs: dict[int, int], at: int, low: int) -> int:
    """Return the first word that is free after what was matched before the quote."""
    return max((place for index, place in pairs.items() if index < at), default=low - 1) + 1


def _trimmed(outline: Outline, start: Place, end: Place) -> tuple[Place, Place]:
    runs = [(p, a, b) for p, (text, a, b) in _numbered(outline, start, end) if text[a:b].strip()]
    if not runs:
        return start, end
    (first, a, b), (last, c, d) = runs[0], runs[-1]
    lead = outline.paragraphs[first].text[a:b]
    tail = outline.paragraphs[last].text[c:d]
    return (first, a + len(lead) - len(lead.lstrip())), (last, c + len(tail.rstrip()))


def _numbered(outline: Outline, start: Place, end: Place) -> Iterator[tuple[int, tuple[str, int, int]]]:
    return zip(range(start[0], end[0] + 1), _runs(outline, start, end), strict=True)


def _runs(outline: Outline, start: Place, end: Place) -> Iterator[tuple[str, int, int]]:
    for number in range(start[0], end[0] + 1):
        text = outline.paragraphs[number].text
        yield (
            text,
            start[1] if number == start[0] else 0,
            end[1] if number == end[0] else len(text),
        )


def _last_words(outline: Outline, place: Place) -> str:
    number, offset = place
    texts = [outline.paragraphs[number].text[:offset]]
    while number > 0 and sum(map(_count, texts)) < CONTEXT_WORDS:
        number -= 1
        texts.insert(0, outline.paragraphs[number].text)
    return _joined(texts, slice(-CONTEXT_WORDS, None))


def _first_words(outline: Outline, place: Place) -> str:
    number, offset = place
    texts = [outline.paragraphs[number].text[offset:]]
    while number + 1 < len(outline.paragraphs) and sum(map(_count, texts)) < CONTEXT_WORDS:
        number += 1
        texts.append(outline.paragraphs[number].text)
    return _joined(texts, slice(CONTEXT_WORDS))


def _count(text: str) -> int:
    return sum(1 for _ in word_spans(text))


def _joined(texts: Iterable[str], which: slice) -> str:
    text = " ".join(texts)
    spans = list(word_spans(text))[which]
    return text[spans[0][0] : spans[-1][1]] if spans else ""


def _times(outline: Outline, start: Place, end: Place) -> tuple[int | None, int | None]:
    """Return when a run of the text is said, as exactly as the transcript knows."""
    first = outline.sentences[outline.sentence_at(*start)]
    last = outline.sentences[outline.sentence_at(end[0], max(0, end[1] - 1))]
    start_ms = first.start_ms if start[1] <= first.start else outline.time_at(*start)
    end_ms = last.end_ms if end[1] >= last.end else outline.time_at(*end)
    if start_ms is None:
        start_ms = first.start_ms
    if end_ms is None:
        end_ms = last.end_ms
    return start_ms, end_ms if start_ms is None or end_ms is None else max(start_ms, end_ms)
