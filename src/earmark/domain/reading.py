# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Cues in, outline out: turns, then sentences, then paragraphs short enough to be set as one block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from earmark.domain.outline import Outline, Paragraph, Piece, Sentence
from earmark.domain.sentences import MAX_CHARS, MAX_MS, MAX_WORDS, has_stop, sentence_ends
from earmark.domain.transcript import Cue, Transcript
from earmark.domain.words import end_hints, time_at

_TURN_PAUSE_MS = 4_000  # without speakers, a silence this long ends a turn even in mid sentence
_PARAGRAPH_PAUSE_MS = 1_500
_PARAGRAPH_CHARS = 600
_TURN_PARAGRAPH_CHARS = 1_200  # a named speaker's turn stays together longer
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
_CLAUSE = re.compile(r"[,;:—–、，；]\s*")
# A file is taken for unpunctuated when fewer than one cue in this many ends a sentence.
_STOP_EVERY_CUES = 12


@dataclass(slots=True)
class _Turn:
    """One turn while it is being put together."""

    speaker: str | None
    text: str
    pieces: list[Piece]

    def holding(self, offset: int) -> Piece:
        """Return the piece that a sentence starting at `offset` begins in."""
        return self.pieces[max(0, bisect_right(self.pieces, offset, key=_offset) - 1)]

    def ending(self, offset: int) -> Piece:
        """Return the piece that a sentence ending just before `offset` ends in."""
        return self.pieces[max(0, bisect_left(self.pieces, offset, key=_offset) - 1)]


def _offset(piece: Piece) -> int:
    return piece.offset


def build_outline(transcript: Transcript) -> Outline:
    """Return the outline of a transcript; pure, safe on any thread."""
    return _Builder(transcript).build()


class _Builder:
    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._cues = transcript.cues
        self._hints = end_hints(transcript.cues)
        self._paragraphs: list[Paragraph] = []
        self._sentences: list[Sentence] = []
        spoken = [cue for cue in self._cues if cue.text.strip()]
        self._structured = any(cue.speaker or cue.opens_turn for cue in spoken)
        stops = sum(1 for cue in spoken if has_stop(cue.text))
        self._punctuated = stops * _STOP_EVERY_CUES >= len(spoken) or len(spoken) < _STOP_EVERY_CUES

    def build(self) -> Outline:
        for turn in self._turns():
            self._add_turn(turn)
        return Outline(self._transcript, tuple(self._paragraphs), tuple(self._sentences))

    def _turns(self) -> Iterator[_Turn]:
        run: list[int] = []
        last_end: int | None = None
        for index, cue in enumerate(self._cues):
            if not cue.text.strip():
                continue
            if run and self._opens(cue, self._cues[run[-1]], last_end):
                yield self._joined(run)
                run = []
            run.append(index)
            last_end = cue.end_ms
        if run:
            yield self._joined(run)

    def _opens(self, cue: Cue, before: Cue, last_end: int | None) -> bool:
        if cue.opens_turn or cue.speaker != before.speaker:
            return True
        silent = (cue.start_ms or 0) - last_end if last_end is not None else 0
        return not self._structured and silent >= _TURN_PAUSE_MS

    def _joined(self, run: list[int]) -> _Turn:
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        for index in run:
            raw = self._cues[index].text.replace("\n", " ").replace("\u2028", " ").replace("\t", " ")
            body = raw.strip()
            if parts and not (_UNSPACED.match(body) and _UNSPACED.match(parts[-1][-1:])):
                parts.append(" ")
                length += 1
            pieces.append(Piece(length, index, len(raw) - len(raw.lstrip()), len(body)))
            parts.append(body)
            length += len(body)
        return _Turn(self._cues[run[0]].speaker, "".join(parts), pieces)

    def _add_turn(self, turn: _Turn) -> None:
        ends = sentence_ends(turn.text) if self._punctuated else [p.offset + p.length for p in turn.pieces]
        spans: list[tuple[int, int]] = []
        opens = True
        size_limit = _TURN_PARAGRAPH_CHARS if self._structured else _PARAGRAPH_CHARS
        for start, end in self._spans(turn, ends):
            if spans and self._breaks(turn, spans[0][0], spans[-1][1], start, end, size_limit):
                self._add_paragraph(turn, spans, opens)
                opens, spans = not self._structured, []
            spans.append((start, end))
        if spans:
            self._add_paragraph(turn, spans, opens)

    def _breaks(self, turn: _Turn, opened: int, last: int, start: int, end: int, limit: int) -> bool:
        if end - opened > limit:
            return True
        if self._structured:
            return False
        before, after = self._end_time(turn, last), self._start_time(turn, start)
        return before is not None and after is not None and after - before >= _PARAGRAPH_PAUSE_MS

    def _spans(self, turn: _Turn, ends: list[int]) -> Iterator[tuple[int, int]]:
        start = 0
        for end in ends:
            while start < end and turn.text[start].isspace():
                start += 1
            if start >= end:
                continue
            low = bisect_right(turn.pieces, start, key=_offset)
            high = bisect_left(turn.pieces, end, key=_offset)
            yield from self._short_enough(turn, start, end, turn.pieces[low:high])
            start = end

    def _short_enough(
        self, turn: _Turn, start: int, end: int, inner: list[Piece]
    ) -> Iterator[tuple[int, int]]:
        """Break a run without a stop at its longest pause, again and again until it is short."""
        stack = [(start, end, inner)]
        while stack:
            start, end, inner = stack.pop()
            cut = self._cut(turn, start, end, inner)
            if cut is None:
                yield start, start + len(turn.text[start:end].rstrip())
                continue
            stack.append((cut, end, [p for p in inner if p.offset > cut]))
            stack.append((start, cut, [p for p in inner if p.offset < cut]))

    def _cut(self, turn: _Turn, start: int, end: int, inner: list[Piece]) -> int | None:
        words = turn.text.count(" ", start, end) + 1
        begins, stops = self._start_time(turn, start), self._end_time(turn, end)
        long = begins is not None and stops is not None and stops - begins > MAX_MS
        if inner and (long or words > MAX_WORDS):
            middle = (start + end) // 2
            return max(inner, key=lambda p: (self._pause(p), -abs(p.offset - middle))).offset
        if words > 2 * MAX_WORDS or end - start > MAX_CHARS:
            return self._clause_near_middle(turn.text, start, end)
        return None

    @staticmethod
    def _clause_near_middle(text: str, start: int, end: int) -> int:
        middle = (start + end) // 2
        window = max(start + 1, middle - MAX_CHARS // 4)
        clauses = [m.end() for m in _CLAUSE.finditer(text, window, min(end - 1, middle + MAX_CHARS // 4))]
        if clauses:
            return min(clauses, key=lambda at: abs(at - middle))
        blank = text.rfind(" ", window, middle)
        return blank + 1 if blank > start else middle

    def _pause(self, piece: Piece) -> int:
        start, before = self._cues[piece.cue].start_ms, self._hints[piece.cue - 1]
        return start - before if start is not None and before is not None else 0

    def _start_time(self, turn: _Turn, offset: int) -> int | None:
        return self._time(turn.holding(offset), offset)

    def _end_time(self, turn: _Turn, offset: int) -> int | None:
        return self._time(turn.ending(offset), offset)

    def _time(self, piece: Piece, offset: int) -> int | None:
        inside = piece.cue_offset + min(offset - piece.offset, piece.length)
        return time_at(self._cues[piece.cue], inside, self._hints[piece.cue])

    def _add_paragraph(self, turn: _Turn, spans: list[tuple[int, int]], opens: bool) -> None:
        begin, end = spans[0][0], spans[-1][1]
        at = len(self._sentences)
        self._sentences += [
            Sentence(
                len(self._paragraphs),
                start - begin,
                stop - begin,
                self._start_time(turn, start),
                self._end_time(turn, stop),
            )
            for start, stop in spans
        ]
        self._paragraphs.append(
            Paragraph(
                turn.text[begin:end],
                turn.speaker,
                opens,
                self._sentences[at].start_ms,
                at,
                len(self._sentences),
                tuple(_cut_pieces(turn.pieces, begin, end)),
            )
        )


def _cut_pieces(pieces: list[Piece], begin: int, end: int) -> Iterator[Piece]:
    """Yield the parts of pieces that lie in `begin` to `end`, counted from `begin`."""
    low = max(0, bisect_right(pieces, begin, key=_offset) - 1)
    for piece in pieces[low : bisect_left(pieces, end, key=_offset)]:
        start, stop = max(begin, piece.offset), min(end, piece.offset + piece.length)
        if stop > start:
            yield Piece(start - begin, piece.cue, piece.cue_offset + start - piece.offset, stop - start)
