# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The words of a transcript in pieces, so that what is around a hit is read without the rest.

Inside `store` only. A passage is a run of cues under one key: the transcript's number and the number of its
first term. From a term's number it leads to the cue and those around it.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from earmark.domain.terms import term_spans, terms
from earmark.domain.transcript import Cue, Transcript
from earmark.domain.words import end_hints, time_at
from earmark.store.disk.database import Database

TERM_BITS = 24
_PASSAGE_TERMS = 160
AROUND_CHARS = 180
_EDGE_CUES = 4
_FROM = "SELECT numbers, cues, speakers FROM passage WHERE id BETWEEN ? AND ? ORDER BY id"
_UP_TO = f"{_FROM} DESC"  # the passage that holds a term comes first, those before it after
_ODD_BLANK = re.compile(r"[^\S ]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNTIMED = -(1 << 31)


# A cue as it is kept: number of its first term, start, end, text, speaker.
_Kept = tuple[int, int, int, str, str]
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


class Stretch(NamedTuple):
    """Cues in a row, by what is known of them: number of the first term, start and end, text, speaker."""

    firsts: list[int]
    starts: list[int]
    ends: list[int]
    texts: list[str]
    speakers: list[str]

    def at(self, term: int) -> int:
        """Return which cue holds a term; -1 for one before the first."""
        return bisect_right(self.firsts, term) - 1

    def start_ms(self, cue: int) -> int | None:
        """Return when a cue begins."""
        return _ms(self.starts[cue])

    def end_ms(self, cue: int) -> int | None:
        """Return when a cue ends."""
        return _ms(self.ends[cue])

    def said_ms(self, cue: int, offset: int) -> int | None:
        """Return when a character of a cue is said."""
        start_ms = self.start_ms(cue)
        at_ms = time_at(Cue(self.texts[cue], start_ms, self.end_ms(cue)), offset)
        return start_ms if at_ms is None else at_ms


class Reader:
    """Looks up what a transcript says around its terms."""

    def __init__(self, database: Database) -> None:
        self._execute = database.connection.execute

    def around(self, transcript: int, first: int, last: int) -> Stretch | None:
        """Return the cues that hold two terms, and some before and after; None if the index has no such."""
        lowest, highest = key(transcript, 0), key(transcript + 1, 0) - 1
        passages = self._execute(_UP_TO, (lowest, key(transcript, first)))
        cues = _next_of(passages)
        if cues is None:
            return None
        if not _reaches(cues.texts[: cues.at(first)]):
            before = _next_of(passages)
            cues = cues if before is None else _joined(before, cues)
        while not _reaches(cues.texts[cues.at(last) + 1 :]):
            after = _next_of(self._execute(_FROM, (key(transcript, cues.firsts[-1]) + 1, highest)))
            if after is None:
                break
            cues = _joined(cues, after)
        return cues

    def time(self, transcript: int, term: int) -> tuple[int | None, int | None]:
        """Return when a term is said, and when its cue ends."""
        cues = _next_of(self._execute(_UP_TO, (key(transcript, 0), key(transcript, term))))
        if cues is None:
            return None, None
        cue = cues.at(term)
        spans = term_spans(cues.texts[cue])
        return cues.said_ms(cue, spans[min(term - cues.firsts[cue], len(spans) - 1)][0]), cues.end_ms(cue)

    def terms(self, transcript: int) -> list[str]:
        """Return all terms of a transcript."""
        rows = self._execute(_FROM, (key(transcript, 0), key(transcript + 1, 0) - 1))
        return [term for _, texts, _ in rows for text in texts.split("\n") for term in terms(text)]


def _next_of(passages: Iterator[tuple[bytes, str, str | None]]) -> Stretch | None:
    row = next(passages, None)
    return None if row is None else _unpacked(*row)


def _unpacked(numbers: bytes, texts: str, speakers: str | None) -> Stretch:
    said = texts.split("\n")
    count = len(said)
    kept = array("i" if len(numbers) == 12 * count else "q", numbers).tolist()
    said_by = [""] * count if speakers is None else speakers.split("\n")
    return Stretch(kept[:count], kept[count : 2 * count], kept[2 * count :], said, said_by)


def _joined(one: Stretch, other: Stretch) -> Stretch:
    return Stretch(
        one.firsts + other.firsts,
        one.starts + other.starts,
        one.ends + other.ends,
        one.texts + other.texts,
        one.speakers + other.speakers,
    )


def _reaches(texts: list[str]) -> bool:
    """Tell whether the cues beside a hit hold all that is shown of that side."""
    return len(texts) >= _EDGE_CUES or sum(map(len, texts)) >= AROUND_CHARS


def _ms(kept: int) -> int | None:
    return None if kept == _UNTIMED else kept
