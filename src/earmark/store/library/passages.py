# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The words of a transcript in pieces, so that the sentence around a hit is read without the rest.

Inside `store` only. A passage is a run of cues under one key: the transcript's number and the number of its
first term. From a term's number it leads to the cue, the sentence around, and the time.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final, NamedTuple

from earmark.domain.sentences import has_stop, sentence_around
from earmark.domain.terms import term_spans, terms
from earmark.domain.transcript import Cue, Transcript
from earmark.domain.words import end_hints, time_at
from earmark.store.disk.database import Database

TERM_BITS = 24
_PASSAGE_TERMS = 160
_SIDE_CHARS = 160
_AROUND_CHARS = _SIDE_CHARS + 20
_EDGE_CUES = 4
_REMEMBERED = 200
_COLUMNS = "SELECT id, numbers, cues, speakers FROM passage"
_LAST_OF = f"{_COLUMNS} WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1"
_FIRST_OF = f"{_COLUMNS} WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"
_ALL_OF = f"{_COLUMNS} WHERE id BETWEEN ? AND ? ORDER BY id"
_ODD_BLANK = re.compile(r"[^\S ]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNTIMED = -(1 << 31)


class Place(NamedTuple):
    """Where a hit is: when, the sentence around it, and the characters of its words there."""

    start_ms: int | None
    end_ms: int | None
    speaker: str
    text: str
    spans: tuple[tuple[int, int], ...]


# A cue as it is kept: number of its first term, start, end, text, speaker.
_Kept = tuple[int, int, int, str, str]
_TEXT: Final = 3
_SPEAKER: Final = 4
Row = tuple[int, bytes, str, str | None]  # key; firsts, starts and ends; texts; speakers where there are any


def key(transcript: int, term: int) -> int:
    """Return the key of the passage that begins with a term."""
    return transcript << TERM_BITS | term


def passages_of(transcript: Transcript, number: int) -> Iterator[tuple[Row, list[str]]]:
    """Yield each passage of a transcript as it is kept, and its terms."""
    first = 0
    cues: list[_Kept] = []
    found: list[str] = []
    for cue, end_ms in zip(transcript.cues, end_hints(transcript.cues), strict=True):
        text = storable(cue.text)
        said = terms(text)
        if not said:
            continue
        start_ms = _UNTIMED if cue.start_ms is None else cue.start_ms
        end_ms = _UNTIMED if end_ms is None else end_ms
        cues.append((first + len(found), start_ms, end_ms, text, storable(cue.speaker or "")))
        found += said
        if len(found) >= _PASSAGE_TERMS:
            yield _packed(number, cues), found
            first, cues, found = first + len(found), [], []
    if cues:
        yield _packed(number, cues), found


def storable(text: str) -> str:
    """Return a text in one line, without halves of pairs that no file can hold; no offset moves."""
    text = _ODD_BLANK.sub(" ", text)
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _packed(number: int, cues: list[_Kept]) -> Row:
    firsts, starts, ends, texts, speakers = zip(*cues, strict=True)
    numbers = (*firsts, *starts, *ends)
    code = "i" if max(numbers) < 1 << 31 else "q"  # of what lasts 25 days
    said_by = "\n".join(speakers) if any(speakers) else None
    return key(number, firsts[0]), array(code, numbers).tobytes(), "\n".join(texts), said_by


def _unpacked(numbers: bytes, texts: str, speakers: str | None) -> list[_Kept]:
    said = texts.split("\n")
    count = len(said)
    kept = array("i" if len(numbers) == 12 * count else "q", numbers)
    said_by = speakers.split("\n") if speakers is not None else repeat("", count)
    return list(zip(kept[:count], kept[count : 2 * count], kept[2 * count :], said, said_by, strict=True))


def _ms(kept: int) -> int | None:
    return None if kept == _UNTIMED else kept


def turns_of(transcript: Transcript) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the speakers and, for each change, (number of the first term, index of the speaker or -1)."""
    speakers: dict[str, int] = {}
    turns: list[tuple[int, int]] = []
    number, current = 0, ""
    for cue in transcript.cues:
        speaker = cue.speaker or ""
        if speaker != current:
            index = speakers.setdefault(speaker, len(speakers)) if speaker else -1
            turns.append((number, index))
            current = speaker
        number += len(terms(storable(cue.text)))
    return list(speakers), turns


class Reader:
    """Looks places up; keeps the passages read last, since the hits of a search lie close together.

    Passages never change and their keys are never used again, so what is kept cannot be out of date.
    """

    def __init__(self, database: Database) -> None:
        self._execute = database.connection.execute
        self._passages: dict[int, list[_Kept]] = {}

    def place(self, transcript: int, words: Sequence[tuple[int, int]]) -> Place | None:
        """Return where terms (number, count) of a transcript are; None if the index holds no such place."""
        words = sorted(words)
        first, last = words[0][0], max(number + count - 1 for number, count in words)
        cues = self._around(transcript, first, last)
        if not cues or cues[0][0] > first:
            return None
        return _place(cues, words, last)

    def time(self, transcript: int, term: int) -> tuple[int | None, int | None]:
        """Return when a term is said, and when its cue ends."""
        cues = self._read(_LAST_OF, key(transcript, 0), key(transcript, term))[1]
        if not cues:
            return None, None
        cue = cues[_at(cues, term)]
        spans = term_spans(cue[_TEXT])
        return _said_ms(cue, spans[min(term - cue[0], len(spans) - 1)][0]), _ms(cue[2])

    def terms(self, transcript: int) -> list[str]:
        """Return all terms of a transcript."""
        rows = self._execute(_ALL_OF, (key(transcript, 0), key(transcript + 1, 0) - 1))
        return [term for _, _, texts, _ in rows for text in texts.split("\n") for term in terms(text)]

    def _around(self, transcript: int, first: int, last: int) -> list[_Kept]:
        """Return the cues that hold two terms, with some before and after."""
        lowest, highest = key(transcript, 0), key(transcript + 1, 0) - 1
        begin, cues = self._read(_LAST_OF, lowest, key(transcript, first))
        if not cues:
            return []
        if not _reaches(cues[: _at(cues, first)]):
            cues = self._read(_LAST_OF, lowest, begin - 1)[1] + cues
        while not _reaches(cues[_at(cues, last) + 1 :]):
            more = self._read(_FIRST_OF, key(transcript, cues[-1][0]) + 1, highest)[1]
            if not more:
                break
            cues = cues + more
        return cues

    def _read(self, sql: str, low: int, high: int) -> tuple[int, list[_Kept]]:
        """Return the key and the cues of the last or the first passage within two keys."""
        for passage, *kept in self._execute(sql, (low, high)):
            if passage not in self._passages:
                if len(self._passages) > _REMEMBERED:
                    self._passages.clear()
                self._passages[passage] = _unpacked(*kept)
            return passage, self._passages[passage]
        return low, []


def _reaches(cues: list[_Kept]) -> bool:
    """Tell whether these cues beside a hit hold all that is shown of that side."""
    return len(cues) >= _EDGE_CUES or sum([len(cue[_TEXT]) for cue in cues]) >= _AROUND_CHARS


def _at(cues: list[_Kept], term: int) -> int:
    """Return which cue holds a term."""
    return bisect_left(cues, (term + 1,)) - 1


def _said_ms(cue: _Kept, offset: int) -> int | None:
    _, start, end, said, _ = cue
    start_ms = _ms(start)
    at_ms = time_at(Cue(said, start_ms, _ms(end)), offset)
    return start_ms if at_ms is None else at_ms


def _place(cues: list[_Kept], words: Sequence[tuple[int, int]], last_term: int) -> Place:
    first, last = _at(cues, words[0][0]), _at(cues, last_term)
    low, high = _window(cues, first, last)
    text, begins = _joined(cues[low : high + 1])
    spans_of = {index: term_spans(cues[index][_TEXT]) for index in range(first, last + 1)}
    spans: list[tuple[int, int]] = []
    for number, count in words:
        for term in range(number, number + count):
            index = _at(cues, term)
            start, end = spans_of[index][term - cues[index][0]]
            spans.append((begins[index - low] + start, begins[index - low] + end))
    cut, shown = _cut(text, _merged(spans, text))
    start_ms = _said_ms(cues[first], spans_of[first][words[0][0] - cues[first][0]][0])
    return Place(start_ms, _ms(cues[last][2]), cues[first][_SPEAKER], cut, tuple(shown))


def _window(cues: list[_Kept], first: int, last: int) -> tuple[int, int]:
    """Return the first and the last cue of what is said around: the same speaker, some sentences far."""
    low, high, before, after = first, last, 0, 0
    while low > 0 and before < _AROUND_CHARS and cues[low - 1][_SPEAKER] == cues[first][_SPEAKER]:
        low -= 1
        before += len(cues[low][_TEXT])
    while high + 1 < len(cues) and after < _AROUND_CHARS and cues[high + 1][_SPEAKER] == cues[last][_SPEAKER]:
        high += 1
        after += len(cues[high][_TEXT])
    if not any(has_stop(cue[_TEXT]) for cue in cues[low : high + 1]):
        return max(low, first - 1), min(high, last + 1)
    return low, high


def _joined(cues: list[_Kept]) -> tuple[str, list[int]]:
    """Return the cues in one line, and where each begins in it (their own offsets stay valid)."""
    begins, length = [], 0
    for cue in cues:
        begins.append(length)
        length += len(cue[_TEXT]) + 1
    return " ".join([cue[_TEXT] for cue in cues]), begins


def _merged(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Join the words of a phrase into one span."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Cut the text down to the sentences that hold the spans, and those to a bearable length."""
    first, last = spans[0][0], spans[-1][1]
    begin = max(0, first - _AROUND_CHARS)
    around = text[begin : last + _AROUND_CHARS]
    start, end = (begin + at for at in sentence_around(around, first - begin, last - begin))
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
