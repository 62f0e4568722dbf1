# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Words with some times missing, as recognisers give them, placed into the text they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from earmark.domain.transcript import Timing, Word

REACH_CHARS = 500  # a word that is not among the next characters is not searched for to the end


@dataclass(frozen=True, slots=True)
class Given:
    """One word as the file has it."""

    text: str
    start_ms: int | None
    end_ms: int | None


def place(text: str, given: Sequence[Given], start_ms: int | None, end_ms: int | None) -> tuple[Word, ...]:
    """Return the words found in `text`, in order.

    Times that run backwards are dropped; words without times are placed between their neighbours.
    """
    words: list[Word] = []
    at, clock = 0, start_ms if start_ms is not None else 0
    for item in given:
        plain = item.text.strip()
        offset = text.find(plain, at, at + len(plain) + REACH_CHARS) if plain else -1
        if offset < 0:
            continue
        at = offset + len(plain)
        if item.start_ms is None or item.start_ms < clock:
            words.append(Word(plain, offset, None, None, Timing.NONE))
            continue
        clock = item.start_ms
        end = item.end_ms if item.end_ms is not None and item.end_ms >= clock else None
        words.append(Word(plain, offset, clock, end, Timing.EXACT))
    if not any(word.timing is Timing.EXACT for word in words):
        return ()
    return _filled(words, start_ms, end_ms, len(text))


def _filled(words: list[Word], start_ms: int | None, end_ms: int | None, length: int) -> tuple[Word, ...]:
    out: list[Word] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word.timing is Timing.EXACT:
            out.append(_with_end(word, words, index, end_ms))
            index += 1
            continue
        last = index
        while last < len(words) and words[last].timing is not Timing.EXACT:
            last += 1
        left = (out[-1].end, out[-1].end_ms) if out else (0, start_ms)
        right = (words[last].offset, words[last].start_ms) if last < len(words) else (length, end_ms)
        out += [_between(w, left, right) for w in words[index:last]]
        index = last
    return tuple(out)


def _with_end(word: Word, words: list[Word], index: int, end_ms: int | None) -> Word:
    if word.end_ms is not None:
        return word
    following = next((w.start_ms for w in words[index + 1 : index + 2] if w.start_ms is not None), end_ms)
    if following is None or word.start_ms is None or following < word.start_ms:
        following = word.start_ms
    return Word(word.text, word.offset, word.start_ms, following, word.timing)


def _between(word: Word, left: tuple[int, int | None], right: tuple[int, int | None]) -> Word:
    (from_offset, from_ms), (to_offset, to_ms) = left, right
    if from_ms is None or to_ms is None or to_ms < from_ms:
        return word
    width, span = max(1, to_offset - from_offset), to_ms - from_ms
    start = from_ms + span * min(width, max(0, word.offset - from_offset)) // width
    end = from_ms + span * min(width, max(0, word.end - from_offset)) // width
    return Word(word.text, word.offset, start, end, Timing.INTERPOLATED)
