# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Text with stamps in it: `m:ss` or `hh:mm:ss`, bare or bracketed, at line starts or glued to the words.

A stamp at the start of a line or behind the end of a sentence opens a turn; one in mid sentence is a mark,
where the typist heard nothing. A `Name:` behind the stamp is the speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from earmark.domain.transcript import Cue, Mark, Transcript
from earmark.formats.source import NoteBook, Source
from earmark.formats.speakers import MAX_NAME_CHARS, name_prefix, names_at_turns, sure_names
from earmark.formats.texts.stamps import Stamp, find_stamps

_BLANKS = re.compile(r"[ \t\u00a0\u202f]+")
_BREAKS = re.compile(r" ?[\r\n][\s]*")
_CLOSERS = ".,;:!?…)]"
_LEAST_SURE = 2
_ALL_EQUAL = 3
_NAME_ROOM = 2 * MAX_NAME_CHARS


def sniff(head: str) -> bool:
    """Tell whether a text has stamps: two that look like it, or one before everything else."""
    stamps = find_stamps(head)
    if sum(stamp.sure for stamp in stamps) >= _LEAST_SURE:
        return True
    return bool(stamps) and stamps[0].sure and not head[: stamps[0].start].strip()


def read(source: Source) -> Transcript:
    """Return the turns of a stamped text with their marks; cues have a start and no end."""
    text = source.text
    stamps = find_stamps(text)
    source.check_count(len(stamps))
    if not any(stamp.opens_turn for stamp in stamps) or _mostly_marks(stamps):
        turns = stamps  # stamped at intervals, not by turns: every stamp is a place to start from
    else:
        turns = [stamp for stamp in stamps if stamp.opens_turn]
    _note_times(source, stamps)
    timed = not _all_equal(stamps, source.notes)
    cues: list[Cue] = []
    marks: list[Mark] = []
    opening = {stamp.start for stamp in turns}
    inside = [stamp for stamp in stamps if stamp.start not in opening]
    bounds = [stamp.start for stamp in turns] + [len(text)]
    if lead := _Turn(text, 0, bounds[0]).whole(_between(inside, 0, bounds[0])):
        cues.append(Cue(lead[0], opens_turn=True))
        marks += _marks(lead[1], 0)
    for stamp, end in zip(turns, bounds[1:], strict=True):
        words, heard_nothing = _Turn(text, stamp.end, end).whole(_between(inside, stamp.end, end)) or ("", [])
        marks += _marks(heard_nothing, len(cues))
        times = (stamp.ms, None if stamp.ms is None else stamp.end_ms) if timed else (None, None)
        cues.append(Cue(words, *times, opens_turn=True))
    cues, marks = _with_speakers(cues, marks)
    return Transcript("stamped", tuple(cues), marks=tuple(marks))


def _mostly_marks(stamps: list[Stamp]) -> bool:
    return sum(stamp.opens_turn for stamp in stamps) * 2 < len(stamps)


def _between(stamps: list[Stamp], start: int, end: int) -> list[Stamp]:
    first = bisect_right(stamps, start - 1, key=lambda s: s.start)
    last = bisect_right(stamps, end - 1, key=lambda s: s.start)
    return stamps[first:last]


class _Turn:
    """The stretch of the file that one turn's words stand in."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end

    def whole(self, inside: list[Stamp]) -> tuple[str, list[tuple[int, int]]] | None:
        """Return the words without the stamps between them, and (offset, ms) of each; None if blank."""
        out = ""
        pieces: list[str] = []
        length = 0
        found: list[tuple[int, int]] = []
        at = self._start
        for stamp in [*inside, None]:
            piece = _clean(self._text[at : stamp.start if stamp else self._end])
            if pieces and piece and length and piece[0] not in _CLOSERS:
                piece = " " + piece
            pieces.append(piece)
            length += len(piece)
            if stamp:
                at = stamp.end
                if stamp.ms is not None:
                    found.append((length, stamp.ms))
        out = "".join(pieces)
        marks = [(_word_start(out, offset), ms) for offset, ms in found]
        return (out, marks) if out or marks else None


def _clean(piece: str) -> str:
    return _BREAKS.sub("\n", _BLANKS.sub(" ", piece)).strip()


def _word_start(text: str, offset: int) -> int:
    return offset + 1 if text[offset : offset + 1] == " " else min(offset, len(text))


def _marks(found: list[tuple[int, int]], cue: int) -> list[Mark]:
    return [Mark(ms, cue, offset) for offset, ms in found]


def _with_speakers(cues: list[Cue], marks: list[Mark]) -> tuple[list[Cue], list[Mark]]:
    """Turn the names before the words into speakers; a named line without a stamp is a turn of its own."""
    heads = names_at_turns([cue.text for cue in cues])
    names = {head[0] for head in heads if head}
    if not names:
        return cues, marks
    names |= _names_at_lines(cues)
    out: list[Cue] = []
    moved: list[Mark] = []
    by_cue = groupby(marks, key=lambda mark: mark.cue)
    waiting = next(by_cue, None)
    for index, (cue, head) in enumerate(zip(cues, heads, strict=True)):
        parts = list(_spoken(cue, head, names))
        if waiting and waiting[0] == index:
            for mark in waiting[1]:
                part = max(i for i, (start, _) in enumerate(parts) if not i or start <= mark.offset)
                offset = max(0, mark.offset - parts[part][0])
                moved.append(Mark(mark.ms, len(out) + part, offset, mark.kind))
            waiting = next(by_cue, None)
        out += [part for _, part in parts]
    return out, moved


def _names_at_lines(cues: list[Cue]) -> frozenset[str]:
    lines = (line for cue in cues for line in cue.text.split("\n"))
    heads = (name_prefix(line) if ":" in line else None for line in lines)
    return sure_names([head[0] if head else None for head in heads], at_turns=True)


def _spoken(cue: Cue, head: tuple[str, int] | None, names: set[str]) -> Iterator[tuple[int, Cue]]:
    """Yield a cue cut before each line that names its speaker, each part with where its words start."""
    text = cue.text
    start, speaker = (head[1], head[0]) if head else (0, None)
    cuts: list[tuple[int, int, str | None]] = [(0, start, speaker)]  # from, words from, speaker
    at = text.find("\n", start)
    while at >= 0:
        following = name_prefix(text[at + 1 : at + 1 + _NAME_ROOM])
        if following and following[0] in names:
            cuts.append((at, at + 1 + following[1], following[0]))
        at = text.find("\n", at + 1)
    ends = [cut[0] for cut in cuts[1:]] + [len(text)]
    for (begin, words, who), end in zip(cuts, ends, strict=True):
        if not begin:
            times = (cue.start_ms, cue.end_ms if len(cuts) == 1 else None)
            yield words, cue._replace(text=text[words:end], start_ms=times[0], end_ms=times[1], speaker=who)
        else:
            yield words, Cue(text[words:end], speaker=who, opens_turn=True)


@cache
def _frames() -> re.Pattern[str]:
    return re.compile(r"\d{1,2}:\d\d:\d\d[:;]\d\d")


def _note_times(source: Source, stamps: list[Stamp]) -> None:
    line, at = 1, 0
    framed = False
    for stamp in stamps:
        written = source.text[stamp.start : stamp.end].strip("[](){}<>\\ ")
        if not framed and len(written) > 10 and _frames().match(written):
            framed = True
            source.notes.add(0, "frames", "Times are written to the frame and were read to the second.")
        if stamp.ms is None or stamp.adds_hour:
            line += source.text.count("\n", at, stamp.start)
            at = stamp.start
            if stamp.adds_hour:
                message = f"The stamps begin again at {written} after an hour; an hour is added from here on."
                source.notes.add(line, "hour-added", message)
            else:
                message = f"The stamp {written} runs backwards; what follows it has no time."
                source.notes.add(line, "backward-stamp", message)


def _all_equal(stamps: list[Stamp], notes: NoteBook) -> bool:
    times = {stamp.ms for stamp in stamps}
    if len(times) > 1 or len(stamps) < _ALL_EQUAL:
        return False
    notes.add(0, "equal-stamps", "All stamps show the same time, so they say nothing; the text has no times.")
    return True
