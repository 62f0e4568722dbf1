# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The text as it is read: turns in paragraphs, sentences as targets, and where each came from.

An outline is built once for a transcript (off the GUI thread: about a second for 100,000 cues) and never
changes. A position in it is a paragraph and an offset in that paragraph's text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from earmark.domain.transcript import Mark, Transcript, Word
from earmark.domain.words import end_hints, place_words, time_at


class Piece(NamedTuple):
    """A run of a paragraph's text that is one run of one cue's text."""

    offset: int
    cue: int
    cue_offset: int
    length: int


class Paragraph(NamedTuple):
    """What the page sets as one block. A long turn has several; `opens_turn` marks its first."""

    text: str
    speaker: str | None
    opens_turn: bool
    start_ms: int | None
    first_sentence: int
    end_sentence: int  # just past the last
    pieces: tuple[Piece, ...]


class Sentence(NamedTuple):
    """What the listener steps through: `start` to `end` of its paragraph's text."""

    paragraph: int
    start: int
    end: int
    start_ms: int | None
    end_ms: int | None


class Outline:
    """Turns, paragraphs and sentences of one transcript, with the way back to its cues."""

    def __init__(
        self, transcript: Transcript, paragraphs: tuple[Paragraph, ...], sentences: tuple[Sentence, ...]
    ) -> None:
        self.transcript = transcript
        self.paragraphs = paragraphs
        self.sentences = sentences
        self.turns = tuple(i for i, paragraph in enumerate(paragraphs) if paragraph.opens_turn)
        self._hints = end_hints(transcript.cues)
        # Over the parts, not over self: a cache that holds its owner is garbage only a full collection finds.
        self.words: Callable[[int], tuple[Word, ...]] = lru_cache(maxsize=512)(
            partial(_words_of, transcript, paragraphs, sentences, self._hints)
        )
        """The words of a sentence; their offsets count in its paragraph's text."""

    def text(self, sentence: int) -> str:
        """Return the words of a sentence."""
        found = self.sentences[sentence]
        return self.paragraphs[found.paragraph].text[found.start : found.end]

    def speaker(self, sentence: int) -> str | None:
        """Return who says it, or None."""
        return self.paragraphs[self.sentences[sentence].paragraph].speaker

    def sentence_at(self, paragraph: int, offset: int) -> int:
        """Return the sentence that holds a position (the nearest before it in the blanks between)."""
        held = self.paragraphs[paragraph]
        found = bisect_right(
            self.sentences, offset, held.first_sentence, held.end_sentence, key=lambda s: s.start
        )
        return max(held.first_sentence, found - 1)

    def turn_of(self, sentence: int) -> int:
        """Return the index in `turns` of the turn that holds a sentence."""
        return bisect_right(self.turns, self.sentences[sentence].paragraph) - 1

    def end_of_turn(self, turn: int) -> int:
        """Return the sentence after the last of a turn."""
        later = self.turns[turn + 1 : turn + 2]
        return self.paragraphs[later[0]].first_sentence if later else len(self.sentences)

    def cue_position(self, paragraph: int, offset: int) -> tuple[int, int]:
        """Return (cue, offset in the cue's text) of a position."""
        pieces = self.paragraphs[paragraph].pieces
        piece = pieces[max(0, bisect_right(pieces, offset, key=lambda p: p.offset) - 1)]
        return piece.cue, piece.cue_offset + min(offset - piece.offset, piece.length)

    def position_of(self, cue: int, offset: int) -> tuple[int, int] | None:
        """Return (paragraph, offset) of a place in a cue; None for a cue without words."""
        begins = bisect_left(self.paragraphs, cue, key=lambda p: p.pieces[-1].cue)
        ends = bisect_right(self.paragraphs, cue, begins, key=lambda p: p.pieces[0].cue)
        found = None
        for index in range(begins, ends):
            for piece in self.paragraphs[index].pieces:
                if piece.cue == cue:
                    found = index, piece.offset + min(max(0, offset - piece.cue_offset), piece.length)
                    if offset <= piece.cue_offset + piece.length:
                        return found
        return found

    def marks_in(self, paragraph: int) -> list[tuple[int, Mark]]:
        """Return (offset in the paragraph, mark) for the marks of a paragraph."""
        found = []
        for mark in self.transcript.marks:
            place = self.position_of(mark.cue, mark.offset)
            if place is not None and place[0] == paragraph:
                found.append((place[1], mark))
        return found

    def time_at(self, paragraph: int, offset: int) -> int | None:
        """Return when a position is spoken, or None where it is not known."""
        cue, cue_offset = self.cue_position(paragraph, offset)
        return time_at(self.transcript.cues[cue], cue_offset, self._hints[cue])

    def word_at(self, paragraph: int, offset: int) -> Word | None:
        """Return the word under or before a position; its offset counts in the paragraph."""
        words = self.words(self.sentence_at(paragraph, offset))
        found = bisect_right(words, offset, key=lambda w: w.offset)
        return words[max(0, found - 1)] if words else None


def _words_of(
    transcript: Transcript,
    paragraphs: tuple[Paragraph, ...],
    sentences: tuple[Sentence, ...],
    hints: list[int | None],
    sentence: int,
) -> tuple[Word, ...]:
    held = sentences[sentence]
    found: list[Word] = []
    for piece in paragraphs[held.paragraph].pieces:
        low, high = max(held.start, piece.offset), min(held.end, piece.offset + piece.length)
        if low >= high:
            continue
        shift = piece.offset - piece.cue_offset
        for word in place_words(transcript.cues[piece.cue], hints[piece.cue]):
            start, end = word.offset + shift, word.end + shift
            if low <= start and end <= high:
                found.append(word._replace(offset=start))
            elif start < high and end > low:
                found.append(_part(word, shift, low, high, held))
    return tuple(found)


def _part(word: Word, shift: int, low: int, high: int, held: Sentence) -> Word:
    """Return what a sentence holds of a word that its border runs through (`。` needs no blank after it)."""
    start, end = max(low, word.offset + shift), min(high, word.end + shift)
    timed = word.start_ms is not None
    return word._replace(
        text=word.text[start - shift - word.offset : end - shift - word.offset],
        offset=start,
        start_ms=held.start_ms if timed and start > word.offset + shift else word.start_ms,
        end_ms=held.end_ms if timed and end < word.end + shift else word.end_ms,
    )
