# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Cues in, outline out: turns, then sentences, then paragraphs short enough to be set as one block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice

from earmark.domain.outline import Outline, Paragraph, Piece, Sentence
from earmark.domain.sentences import MAX_CHARS, MAX_MS, MAX_WORDS, has_stop, sentence_ends
from earmark.domain.transcript import Cue, Transcript
from earmark.domain.words import end_hints, time_at

_TURN_PAUSE_MS = 4_000  # without speakers, a silence this long ends a turn even in mid sentence
_PARAGRAPH_PAUSE_MS = 1_500
_PARAGRAPH_CHARS = 600
_TURN_PARAGRAPH_CHARS = 1_200  # a named speaker's turn stays together longer
_UNSPACED = (("\u3000", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uff00", "\uffef"))
_CLAUSE = re.compile(r"[,;:—–、，；]\s*")
# Fewer turns than one in this many cues tell nothing of the rest: captions with a dash here and there.
_TURN_EVERY_CUES = 50
# A file is taken for unpunctuated when fewer than one cue in this many ends a sentence.
_STOP_EVERY_CUES = 12


# A sentence while its paragraph is being put together: where it starts and ends in the turn, and when.
_Span = tuple[int, int, int | None, int | None]


class _Turn:
    """One turn while it is being put together: its text, and the pieces of it, a list for each property.

    Lists of numbers, since a long transcript has a hundred thousand pieces that are asked for by place
    again and again; only those that a paragraph keeps become `Piece`s.
    """

    __slots__ = ("cue_offsets", "cues", "lengths", "offsets", "speaker", "text")

    def __init__(self, speaker: str | None, cues: list[int]) -> None:
        self.speaker = speaker
        self.text = ""
        self.offsets: list[int] = []
        self.cues = cues
        self.cue_offsets: list[int] = []
        self.lengths: list[int] = []

    def ends(self) -> list[int]:
        """Return where each piece ends."""
        return [offset + length for offset, length in zip(self.offsets, self.lengths, strict=True)]


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
        opened = sum(cue.opens_turn for cue in spoken)
        self._structured = opened * _TURN_EVERY_CUES >= len(spoken) or any(cue.speaker for cue in spoken)
        self._punctuated = len(spoken) < _STOP_EVERY_CUES or _has_stops(spoken)

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
        turn = _Turn(self._cues[run[0]].speaker, run)
        length, last = 0, ""
        for index in run:
            raw = self._cues[index].text.replace("\n", " ").replace("\u2028", " ").replace("\t", " ")
            body = raw.strip()
            if parts and not (_unspaced(body[0]) and _unspaced(last)):
                parts.append(" ")
                length += 1
            turn.offsets.append(length)
            turn.cue_offsets.append(raw.index(body))
            turn.lengths.append(len(body))
            parts.append(body)
            length += len(body)
            last = body[-1]
        turn.text = "".join(parts)
        return turn

    def _add_turn(self, turn: _Turn) -> None:
        ends = sentence_ends(turn.text) if self._punctuated else turn.ends()
        spans: list[_Span] = []
        opens = True
        size_limit = _TURN_PARAGRAPH_CHARS if self._structured else _PARAGRAPH_CHARS
        for span in self._spans(turn, ends):
            if spans and self._breaks(spans[0][0], spans[-1], span, size_limit):
                self._add_paragraph(turn, spans, opens)
                opens, spans = not self._structured, []
            spans.append(span)
        if spans:
            self._add_paragraph(turn, spans, opens)

    def _breaks(self, opened: int, before: _Span, span: _Span, limit: int) -> bool:
        if span[1] - opened > limit:
            return True
        if self._structured:
            return False
        silent_from, silent_to = before[3], span[2]
        return (
            silent_from is not None
            and silent_to is not None
            and silent_to - silent_from >= _PARAGRAPH_PAUSE_MS
        )

    def _spans(self, turn: _Turn, ends: list[int]) -> Iterator[_Span]:
        start, text = 0, turn.text
        for end in ends:
            while start < end and text[start].isspace():
                start += 1
            if start >= end:
                continue
            yield from self._short_enough(turn, start, end)
            start = end

    def _short_enough(self, turn: _Turn, start: int, end: int) -> Iterator[_Span]:
        """Break a run without a stop at its longest pause, again and again until it is short."""
        stack = [(start, end)]
        while stack:
            start, end = stack.pop()
            begins, stops = self._start_time(turn, start), self._end_time(turn, end)
            cut = self._cut(turn, (start, end, begins, stops))
            if cut is not None:
                stack += [(cut, end), (start, cut)]
                continue
            bare = start + len(turn.text[start:end].rstrip())
            yield start, bare, begins, stops if bare == end else self._end_time(turn, bare)

    def _cut(self, turn: _Turn, span: _Span) -> int | None:
        start, end, begins, stops = span
        words = turn.text.count(" ", start, end) + 1
        if words > MAX_WORDS or (begins is not None and stops is not None and stops - begins > MAX_MS):
            inner = range(bisect_right(turn.offsets, start), bisect_left(turn.offsets, end))
            if inner:
                middle, offsets = (start + end) // 2, turn.offsets
                longest = max(inner, key=lambda i: (self._pause(turn.cues[i]), -abs(offsets[i] - middle)))
                return offsets[longest]
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

    def _pause(self, cue: int) -> int:
        start, before = self._cues[cue].start_ms, self._hints[cue - 1]
        return start - before if start is not None and before is not None else 0

    def _start_time(self, turn: _Turn, offset: int) -> int | None:
        """Return when a sentence that starts at `offset` starts."""
        return self._time(turn, bisect_right(turn.offsets, offset) - 1, offset)

    def _end_time(self, turn: _Turn, offset: int) -> int | None:
        """Return when a sentence that ends just before `offset` ends."""
        return self._time(turn, bisect_left(turn.offsets, offset) - 1, offset)

    def _time(self, turn: _Turn, piece: int, offset: int) -> int | None:
        cue, inside = turn.cues[piece], min(offset - turn.offsets[piece], turn.lengths[piece])
        return time_at(self._cues[cue], turn.cue_offsets[piece] + inside, self._hints[cue])

    def _add_paragraph(self, turn: _Turn, spans: list[_Span], opens: bool) -> None:
        begin, end = spans[0][0], spans[-1][1]
        at, paragraph = len(self._sentences), len(self._paragraphs)
        self._sentences += [
            Sentence(paragraph, start - begin, stop - begin, start_ms, end_ms)
            for start, stop, start_ms, end_ms in spans
        ]
        self._paragraphs.append(
            Paragraph(
                turn.text[begin:end],
                turn.speaker,
                opens,
                spans[0][2],
                at,
                len(self._sentences),
                tuple(_cut_pieces(turn, begin, end)),
            )
        )


def _has_stops(cues: list[Cue]) -> bool:
    """Tell whether enough of the cues end a sentence; looks no further than it takes to know."""
    wanted = -(-len(cues) // _STOP_EVERY_CUES)
    return next(islice((cue for cue in cues if has_stop(cue.text)), wanted - 1, None), None) is not None


def _cut_pieces(turn: _Turn, begin: int, end: int) -> Iterator[Piece]:
    """Yield the parts of the turn's pieces that lie in `begin` to `end`, counted from `begin`."""
    for i in range(bisect_right(turn.offsets, begin) - 1, bisect_left(turn.offsets, end)):
        offset = turn.offsets[i]
        start, stop = max(begin, offset), min(end, offset + turn.lengths[i])
        if stop > start:
            yield Piece(start - begin, turn.cues[i], turn.cue_offsets[i] + start - offset, stop - start)


def _unspaced(character: str) -> bool:
    """Tell whether a character is of a script that writes no blanks between words."""
    return character >= "\u3000" and any(low <= character <= high for low, high in _UNSPACED)
