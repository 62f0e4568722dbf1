# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Find in the open transcript: every place where the folded words hold the folded query.

`TextIndex` and `Hits` are pure and may be built and asked on a worker; `Finder` belongs to the main thread.
The whole transcript is one folded string, so a phrase is found across cues and paragraphs, and a query
finds parts of words as it is typed. Where a hit lies on the page is worked out only when it is asked for:
a transcript of 100,000 cues may hold a million.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple, overload
from unicodedata import combining

from PySide6.QtCore import QObject, Signal

from earmark.domain.folding import fold, fold_with_map
from earmark.domain.outline import Outline
from earmark.domain.transcript import Transcript
from earmark.tasks.runner import Job, Runner

INLINE_CHARS = 400_000  # about nine hours of talk: below this a search takes a few milliseconds at worst
_FINEST = 1 << 12  # parts of the recording: more than a timeline has pixels


class Hit(NamedTuple):
    """One find: its `spans` as (paragraph, start, end), several where it crosses paragraphs.

    `sentence` is the one it begins in.
    """

    spans: tuple[tuple[int, int, int], ...]
    sentence: int


class TextIndex:
    """The words of an outline, folded, with the way back to its paragraphs and sentences."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        folds: list[str] = []
        self._paragraphs: list[int] = []  # those that have words
        self._paragraph_starts: list[int] = []  # where each of them starts in the folded text
        self._sentence_starts: list[int] = []  # of every sentence
        at = 0
        for number, paragraph in enumerate(outline.paragraphs):
            folded = fold(paragraph.text)
            self._sentence_starts += [at + start for start in _sentence_starts(outline, number, folded)]
            if folded:
                self._paragraphs.append(number)
                self._paragraph_starts.append(at)
                folds.append(folded)
                at += len(folded) + 1
        self.text = " ".join(folds)
        self._map = lru_cache(maxsize=256)(partial(_map_paragraph, outline))

    def find(self, query: str) -> Hits:
        """Return every place that holds the folded query, in reading order, none overlapping."""
        folded = fold(query)
        starts = [match.start() for match in re.finditer(re.escape(folded), self.text)] if folded else []
        return Hits(self, starts, len(folded))

    def sentence_at(self, at: int) -> int:
        """Return the sentence that holds a place in the folded text."""
        return bisect_right(self._sentence_starts, at) - 1

    def sentence_start(self, sentence: int) -> int:
        """Return where a sentence starts in the folded text; its length for one past the last."""
        starts = self._sentence_starts
        return starts[sentence] if sentence < len(starts) else len(self.text)

    def paragraph_start(self, paragraph: int) -> int | None:
        """Return where a paragraph starts in the folded text; None if it has no words."""
        found = bisect_left(self._paragraphs, paragraph)
        if found == len(self._paragraphs) or self._paragraphs[found] != paragraph:
            return None
        return self._paragraph_starts[found]

    def way_back(self, paragraph: int) -> list[int]:
        """Return, for each character of a paragraph's folded text, the one that it came from."""
        return self._map(paragraph)

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (paragraph, start, end) in the outline for a run of the folded text."""
        first = bisect_right(self._paragraph_starts, start) - 1
        last = bisect_left(self._paragraph_starts, end)
        for begins, paragraph in zip(
            self._paragraph_starts[first:last], self._paragraphs[first:last], strict=True
        ):
            origin = self._map(paragraph)
            a, b = max(0, start - begins), min(len(origin), end - begins)
            text = self.outline.paragraphs[paragraph].text
            yield paragraph, origin[a], _past_accents(text, origin[b - 1] + 1)


def _map_paragraph(outline: Outline, paragraph: int) -> list[int]:
    return fold_with_map(outline.paragraphs[paragraph].text)[1]


class Hits(Sequence[Hit]):
    """The finds of one query, in reading order."""

    def __init__(self, index: TextIndex, starts: list[int], length: int) -> None:
        self._index = index
        self._starts = starts
        self._length = length
        self.sentences = tuple(self._walk_sentences())
        """The sentences in which a hit begins, each once."""
        self.times_ms = tuple(self._thinned())
        """When they begin, as far as it is known and as many as a timeline can tell apart."""

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | list[Hit]:
        if isinstance(at, slice):
            return [self[i] for i in range(len(self))[at]]
        start = self._starts[at]
        spans = tuple(self._index.spans(start, start + self._length))
        return Hit(spans, self._index.sentence_at(start))

    def spans_in(self, paragraph: int) -> list[tuple[int, int, int]]:
        """Return (hit, start, end) for what is to be marked in a paragraph."""
        begins = self._index.paragraph_start(paragraph)
        if begins is None:
            return []
        origin, text = self._index.way_back(paragraph), self._index.outline.paragraphs[paragraph].text
        first = bisect_right(self._starts, begins - self._length)
        last = bisect_left(self._starts, begins + len(origin))
        found = []
        for number, start in enumerate(self._starts[first:last], first):
            a, b = max(0, start - begins), min(len(origin), start - begins + self._length)
            found.append((number, origin[a], _past_accents(text, origin[b - 1] + 1)))
        return found

    def first_from(self, sentence: int) -> int | None:
        """Return the first hit that begins in a sentence or after it; the very first if none does."""
        if not self._starts:
            return None
        return bisect_left(self._starts, self._index.sentence_start(sentence)) % len(self._starts)

    def _walk_sentences(self) -> Iterator[int]:
        at = 0
        while at < len(self._starts):
            sentence = self._index.sentence_at(self._starts[at])
            yield sentence
            at = bisect_left(self._starts, self._index.sentence_start(sentence + 1), lo=at + 1)

    def _thinned(self) -> Iterable[int]:
        held = self._index.outline.sentences
        times = [ms for at in self.sentences if (ms := held[at].start_ms) is not None]
        part_ms = max(times, default=0) // _FINEST + 1
        return {ms // part_ms: ms for ms in reversed(times)}.values() if part_ms > 1 else times


class Finder(QObject):
    """The search of the open transcript: query, hits, and the hit the listener is at.

    Signals:
        changed: there are other hits (query or transcript changed); `current` may have changed too.
        moved: the listener stepped to another hit; `wrapped` says whether over the end.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._nothing = TextIndex(Outline(Transcript("none", ()), (), ()))
        self._index = self._nothing
        self._job: Job | None = None
        self._from_sentence = 0
        self.query = ""
        self.hits = self._index.find("")
        self.current: int | None = None
        self.wrapped = False

    @property
    def hit(self) -> Hit | None:
        """The hit the listener is at."""
        return None if self.current is None else self.hits[self.current]

    def set_index(self, index: TextIndex | None, from_sentence: int = 0) -> None:
        """Search another transcript (or none) from now on; a query in force is asked again."""
        self._index = index or self._nothing
        self.search(self.query, from_sentence)

    def search(self, query: str, from_sentence: int = 0) -> None:
        """Find a query; the first hit at or after a sentence becomes the current one.

        A very long transcript is searched on a worker; the hits so far stay until it is done.
        """
        self.query = query
        self._from_sentence = from_sentence
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if len(self._index.text) <= INLINE_CHARS:
            self._take(self._index.find(query))
        else:
            self._job = self._runner.run(partial(self._index.find, query), self._take, owner=self)

    def step(self, by: int) -> bool:
        """Go to the next (+1) or previous (-1) hit, round the end; return whether it went round."""
        if self.current is None:
            return False
        target = self.current + by
        self.current = target % len(self.hits)
        self.wrapped = target != self.current
        self.moved.emit()
        return self.wrapped

    def _take(self, hits: Hits) -> None:
        self.hits = hits
        self.current = hits.first_from(self._from_sentence)
        self.wrapped = False
        self.changed.emit()


def _sentence_starts(outline: Outline, number: int, folded: str) -> Iterator[int]:
    """Yield where the sentences of a paragraph start in its folded text.

    Folding goes by single characters, so the folds of its parts make up the fold of the whole, but for
    the blanks between them.
    """
    paragraph = outline.paragraphs[number]
    sentences = outline.sentences[paragraph.first_sentence : paragraph.end_sentence]
    cuts = [0, *(sentence.start for sentence in sentences[1:]), len(paragraph.text)]
    at = 0
    for start, end in pairwise(cuts):
        part = fold(paragraph.text[start:end])
        if part and folded.startswith(" ", at):
            at += 1
        yield at
        at += len(part)


def _past_accents(text: str, end: int) -> int:
    while end < len(text) and combining(text[end]):
        end += 1
    return end
