# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""When the machine's words are said.

For `earmark.weave` only; pure, any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from earmark.domain.transcript import Cue, Timing, Transcript, Word
from earmark.domain.words import end_hints, place_words
from earmark.weave.align.matcher import Run
from earmark.weave.align.words import Words

CHAR_MS = 65  # speech at an ordinary pace

# A cue that is mostly silence: this much longer than its words need, and so many times.
_SILENCE_MS = 5_000
_TIMES = 3
_TOUCHING_MS = 50


class Clock(NamedTuple):
    """When the machine's tokens are said: parallel lists; `firm` where the start stands in the file."""

    start_ms: list[int | None]
    end_ms: list[int | None]
    firm: list[bool]
    words: list[Word]


def clock_of(machine: Transcript, words: Words) -> Clock:
    """Return the times of all tokens of a machine transcript, and of its words."""
    clock = Clock([], [], [], [])
    for cue, hint in zip(machine.cues, end_hints(machine.cues), strict=True):
        placed = place_words(cue, hint)
        _add_tokens(clock, words, placed)
        clock.words.extend(placed)
    return clock


def _add_tokens(clock: Clock, words: Words, placed: Sequence[Word]) -> None:
    """Add the tokens of one cue's words; several of one word share its time by their characters."""
    opens = True
    for at, word in enumerate(placed, len(clock.words)):
        first, end = words.first_token[at], words.first_token[at + 1]
        total, done = sum(words.token_length[first:end]), 0
        start_ms, end_ms = word.start_ms, word.end_ms
        for token in range(first, end):
            if start_ms is None:
                clock.start_ms.append(None)
                clock.end_ms.append(None)
            else:
                span = max(0, end_ms - start_ms) if end_ms is not None else 0
                clock.start_ms.append(start_ms + span * done // total)
                done += words.token_length[token]
                clock.end_ms.append(start_ms + span * done // total)
            clock.firm.append(not done - words.token_length[token] and (opens or word.timing is Timing.EXACT))
        opens = False


def without_leading_silence(
    clock: Clock, machine: Transcript, words: Words, human: Words, runs: Sequence[Run]
) -> Clock:
    """Return the clock with the words of mostly silent cues moved to the cues' ends.

    Speech recognition lets a cue begin where the one before ended, so a cue after music or a break holds
    the silence too. Nine such cues in the test corpus begin a turn; in all nine the silence came first. So
    it is taken for that only where the human text begins a turn or paragraph with the cue's first word.
    """
    opening = _opening(human, runs)
    changed: dict[int, Cue] = {}
    for index, (before, cue) in enumerate(zip(machine.cues, machine.cues[1:], strict=False), 1):
        if _mostly_silent(before, cue):
            changed[index] = cue
    if not changed:
        return clock
    late = Clock(list(clock.start_ms), list(clock.end_ms), list(clock.firm), list(clock.words))
    firsts = {cue: word for word, cue in reversed(list(enumerate(words.cue))) if cue in changed}
    for index, first in firsts.items():
        token = words.first_token[first]
        if token not in opening:
            continue
        cue = changed[index]
        assert cue.end_ms is not None  # or it would not be silent
        placed = place_words(cue._replace(start_ms=cue.end_ms - CHAR_MS * len(cue.text)))
        _put(late, words, first, placed)
    return late


def _put(clock: Clock, words: Words, first: int, placed: Sequence[Word]) -> None:
    part = Clock([], [], [], clock.words[:first])
    _add_tokens(part, words, placed)
    token = words.first_token[first]
    end = token + len(part.start_ms)
    clock.start_ms[token:end] = part.start_ms
    clock.end_ms[token:end] = part.end_ms
    clock.firm[token:end] = [False] * len(part.firm)
    clock.words[first : first + len(placed)] = placed


def _mostly_silent(before: Cue, cue: Cue) -> bool:
    if cue.words or cue.start_ms is None or cue.end_ms is None or before.end_ms is None:
        return False
    length, need = cue.end_ms - cue.start_ms, CHAR_MS * len(cue.text)
    touching = abs(cue.start_ms - before.end_ms) <= _TOUCHING_MS
    return touching and length > need + _SILENCE_MS and length > _TIMES * need


def _opening(human: Words, runs: Sequence[Run]) -> set[int]:
    """Return the machine tokens matched with the first word of a human cue."""
    found = set()
    for run in runs:
        for token in range(run.a, run.a + run.length):
            word = human.token_word[token]
            if token == human.first_token[word] and (not word or human.cue[word] != human.cue[word - 1]):
                found.add(run.b + token - run.a)
    return found
