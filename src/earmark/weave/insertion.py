# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Cues put into a transcript at places inside other cues, with the way from old places to new ones.

For `earmark.weave` only; pure, any thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from earmark.domain.transcript import SKIPPED, Cue, Timing, Transcript, Word
from earmark.weave.timing import LENT_MS, lent

_BRACKETS = (("[", "]"), ("(", ")"), ("{", "}"))


class Insertion(NamedTuple):
    """A cue that belongs into another one at `offset` (0 before it, its length behind it)."""

    cue: int
    offset: int
    new: Cue


class Places:
    """Where a place (cue, offset) of the old transcript is in the new one."""

    def __init__(self, pieces: list[list[tuple[int, int, int]]]) -> None:
        self._pieces = (
            pieces  # for each old cue: (from old offset, new cue, old offset of its first character)
        )

    def __call__(self, cue: int, offset: int) -> tuple[int, int]:
        """Return the new place of an old one."""
        held = self._pieces[cue][0]
        for piece in self._pieces[cue]:
            if piece[0] <= offset:
                held = piece
        return held[1], max(0, offset - held[2])


def insert(transcript: Transcript, insertions: Sequence[Insertion]) -> tuple[Transcript, Places]:
    """Return the transcript with cues put in, its marks moved along, and where everything went."""
    wanted: dict[int, list[Insertion]] = {}
    for insertion in sorted(insertions, key=lambda i: (i.cue, i.offset)):
        wanted.setdefault(insertion.cue, []).append(insertion)
    cues: list[Cue] = []
    pieces: list[list[tuple[int, int, int]]] = []
    new: list[int] = []
    for index, cue in enumerate(transcript.cues):
        pieces.append(_with(cues, cue, wanted.get(index, []), new))
    for at in new:
        before, after = (cues[i] for i in range(at - 1, -1, -1)), (cues[i] for i in range(at + 1, len(cues)))
        if (words := fitted(cues[at].words, before, after)) != cues[at].words:
            cues[at] = timed_by_words(cues[at]._replace(words=words))
            _make_room(cues, at)
    places = Places(pieces)
    marks = []
    for mark in transcript.marks:
        new_cue, offset = places(mark.cue, mark.offset)
        marks.append(mark._replace(cue=new_cue, offset=offset))
    return transcript._replace(cues=tuple(cues), marks=tuple(marks)), places


def _make_room(cues: list[Cue], at: int) -> None:
    """Give a cue that was put in where there is no time for it the end of the word before."""
    cue = cues[at]
    if cue.start_ms is None or cue.end_ms is None or cue.end_ms - cue.start_ms >= LENT_MS:
        return
    until = next((c.start_ms for c in cues[at + 1 :] if c.start_ms is not None), None)
    behind = next((i for i in range(at - 1, -1, -1) if cues[i].start_ms is not None), None)
    if until is None or behind is None:
        return
    words = list(cues[behind].words)
    last = max(i for i, word in enumerate(words) if word.start_ms is not None)
    start, end = words[last].start_ms or 0, words[last].end_ms or 0
    begins = lent(start, end, until)
    words[last] = words[last]._replace(end_ms=min(end, begins))
    cues[behind] = timed_by_words(cues[behind]._replace(words=tuple(words)))
    cues[at] = timed_by_words(cue._replace(words=tuple(_spread(cue, begins, until))))


def _spread(cue: Cue, begins: int, until: int) -> Iterator[Word]:
    """Yield the words of a cue, those with a time along a stretch by their characters."""
    room, length = until - begins, max(1, len(cue.text))
    for word in cue.words:
        if word.start_ms is not None:
            start, end = (begins + room * min(at, length) // length for at in (word.offset, word.end))
            word = word._replace(start_ms=start, end_ms=end, timing=Timing.INTERPOLATED, soft=False)
        yield word


def _with(
    cues: list[Cue], cue: Cue, insertions: list[Insertion], new: list[int]
) -> list[tuple[int, int, int]]:
    """Add a cue in as many parts as its insertions ask for; return its pieces. `new` gets their places."""
    pieces: list[tuple[int, int, int]] = []
    done = 0
    for insertion in insertions:
        if cue.text[done : insertion.offset].strip():
            pieces.append(_add_part(cues, cue, done, insertion.offset))
            done = insertion.offset
        new.append(len(cues))
        cues.append(insertion.new)
    if cue.text[done:].strip() or not pieces:
        pieces.append(_add_part(cues, cue, done, len(cue.text)))
    return pieces


def _add_part(cues: list[Cue], cue: Cue, start: int, end: int) -> tuple[int, int, int]:
    # Only the first part starts the turn, unless a passage of its own stands between.
    opens = (cue.opens_turn and not start) or bool(cues and cues[-1].id == SKIPPED)
    if start == 0 and end == len(cue.text):
        cues.append(cue._replace(opens_turn=opens))
        return 0, len(cues) - 1, 0
    text = cue.text[start:end]
    lead = len(text) - len(text.lstrip()) if start else 0
    # A mark may stand inside what is written as one word ("your|."): the stop goes on without a time.
    words = tuple(
        word._replace(text=word.text[: end - word.offset], offset=word.offset - start - lead)
        for word in cue.words
        if start <= word.offset < end
    )
    text = text[lead:].rstrip() if end < len(cue.text) else text[lead:]
    cues.append(timed_by_words(cue._replace(text=text, words=words, opens_turn=opens)))
    return start, len(cues) - 1, start + lead


def before_bracket(text: str, offset: int) -> int:
    """Return a place in a text, moved before the bracket it lies in: "[music |intro]" is one remark."""
    for opening, closing in _BRACKETS:
        start = text.rfind(opening, 0, offset)
        if start >= 0 and closing not in text[start:offset] and closing in text[offset:]:
            return before_bracket(text, start)
    return offset


def fitted(words: Sequence[Word], before: Iterable[Cue], after: Iterable[Cue]) -> tuple[Word, ...]:
    """Return words put between cues, their times kept between the nearest of theirs and in order.

    `before` is asked from its last word on. A word that had to move is no longer where its source has it.
    """
    low = next((ms for cue in before for word in reversed(cue.words) if (ms := word.start_ms) is not None), 0)
    high = next((ms for cue in after for word in cue.words if (ms := word.start_ms) is not None), None)
    out: list[Word] = []
    for word in words:
        start, end = word.start_ms, word.end_ms
        if start is not None and end is not None:
            low = max(low, start) if high is None else min(max(low, start), max(low, high))
            end = max(low, end if high is None else min(end, high))
            if low != start:
                word = word._replace(timing=Timing.INTERPOLATED, soft=False)
            word = word._replace(start_ms=low, end_ms=end)
        out.append(word)
    return tuple(out)


def timed_by_words(cue: Cue) -> Cue:
    """Return a cue that starts and ends with its timed words; without any it has no time."""
    timed: list[Word] = [word for word in cue.words if word.start_ms is not None]
    if not timed:
        return cue._replace(start_ms=None, end_ms=None)
    return cue._replace(start_ms=timed[0].start_ms, end_ms=timed[-1].end_ms)
