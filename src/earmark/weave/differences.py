# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where two woven transcripts say different things, and what only the machine has.

For `earmark.weave` only (the values are for everyone); pure, any thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from earmark.domain.folding import words_of
from earmark.domain.transcript import Transcript, Word
from earmark.weave.align.matcher import Run
from earmark.weave.align.words import Words

# Longer stretches are other passages, not other wordings.
PASSAGE_WORDS = 25
# From so many words on, what the human left out is a passage (a song, an advertisement).
SKIPPED_WORDS = 12

_FILLERS = frozenset("um umm uh uhm uhh er erm ah eh hm hmm mm mmm mhm mmhmm äh ähm öh euh".split())
_ENDINGS = (
    (re.compile(r"\bcan(?:not|['’]t)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"n['’]t\b", re.IGNORECASE), " not"),
    (re.compile(r"['’]re\b", re.IGNORECASE), " are"),
    (re.compile(r"['’]ll\b", re.IGNORECASE), " will"),
    (re.compile(r"['’]ve\b", re.IGNORECASE), " have"),
    (re.compile(r"['’]m\b", re.IGNORECASE), " am"),
    (re.compile(r"['’]s\b", re.IGNORECASE), " is"),
    (re.compile(r"['’]d\b", re.IGNORECASE), " would"),
    (re.compile(r"\b(o\.?k\.?)(?=\W|$)", re.IGNORECASE), "okay"),
    (re.compile(r"%"), " percent"),
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where the wordings differ: `human_start` to `human_end` of a cue of the woven transcript.

    Either wording may be empty. `words` are the machine's, offsets counted in `machine_text`; the times
    are when to listen.
    """

    human_cue: int
    human_start: int
    human_end: int
    human_text: str
    machine_text: str
    start_ms: int | None
    end_ms: int | None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A passage that only the machine has; it belongs at `offset` of the woven transcript's cue `cue`."""

    cue: int
    offset: int
    start_ms: int | None
    end_ms: int | None
    text: str
    words: tuple[Word, ...] = ()


class Region(NamedTuple):
    """Words `human` to `human_end` stand where the machine has `machine` to `machine_end`."""

    human: int
    human_end: int
    machine: int
    machine_end: int

    @property
    def passage(self) -> bool:
        """Whether this is another passage rather than another wording."""
        ours, theirs = self.human_end - self.human, self.machine_end - self.machine
        return max(ours, theirs) >= PASSAGE_WORDS or (theirs >= SKIPPED_WORDS and 3 * ours <= theirs)


def regions(runs: Sequence[Run], human: Words, machine: Words) -> list[Region]:
    """Return where the texts differ, in whole words."""
    found: list[list[int]] = []
    end_a = end_b = 0
    for run in [*runs, Run(len(human.token), len(machine.token), 0)]:
        if run.a > end_a or run.b > end_b:
            a, b = _back_to_words(end_a, end_b, human, machine)
            a_end, b_end = _on_to_words(run.a, run.b, human, machine)
            if found and (a < found[-1][1] or b < found[-1][3]):
                found[-1][1], found[-1][3] = a_end, b_end
            else:
                found.append([a, a_end, b, b_end])
        end_a, end_b = run.a + run.length, run.b + run.length
    return [
        Region(_word_at(human, a), _word_at(human, a_end), _word_at(machine, b), _word_at(machine, b_end))
        for a, a_end, b, b_end in found
    ]


def divided(region: Region, machine: Words, *, at_start: bool) -> list[Region]:
    """Part a passage of the machine's from the misheard words beside it, at a cue border close to them.

    `at_start` says that the human words of the region belong to what comes before it.
    """
    ours = region.human_end - region.human
    if not region.passage or not ours or ours >= SKIPPED_WORDS:
        return [region]
    near = range(1, min(2 * ours + 2, region.machine_end - region.machine))
    places = (region.machine + n if at_start else region.machine_end - n for n in near)
    cut = next((p for p in places if machine.cue[p] != machine.cue[p - 1]), None)
    if cut is None:
        return [region]
    between = region.human_end if at_start else region.human
    return [
        Region(region.human, between, region.machine, cut),
        Region(between, region.human_end, cut, region.machine_end),
    ]


def _inside(words: Words, token: int) -> bool:
    """Tell whether a token is not the first of its word."""
    return 0 < token < len(words.token) and words.token_word[token] == words.token_word[token - 1]


def _back_to_words(a: int, b: int, human: Words, machine: Words) -> tuple[int, int]:
    while a and b and (_inside(human, a) or _inside(machine, b)):
        a, b = a - 1, b - 1
    return a, b


def _on_to_words(a: int, b: int, human: Words, machine: Words) -> tuple[int, int]:
    while a < len(human.token) and b < len(machine.token) and (_inside(human, a) or _inside(machine, b)):
        a, b = a + 1, b + 1
    return a, b


def _word_at(words: Words, token: int) -> int:
    return words.token_word[token] if token < len(words.token) else len(words)


def text_of(transcript: Transcript, words: Words, first: int, end: int) -> str:
    """Return words as they are written, cues joined by a blank."""
    parts: list[str] = []
    at = first
    while at < end:
        cue, last = words.cue[at], at
        while last + 1 < end and words.cue[last + 1] == cue:
            last += 1
        parts.append(transcript.cues[cue].text[words.offset[at] : words.offset[last] + len(words.text[last])])
        at = last + 1
    return " ".join(" ".join(parts).split())


def words_in(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """Return words with their offsets counted in `text`, which holds them in order."""
    return tuple(_placed(text, words))


def _placed(text: str, words: Sequence[Word]) -> Iterator[Word]:
    at = 0
    for word in words:
        found = text.find(word.text, at)
        if found >= 0:
            yield Word(word.text, found, word.start_ms, word.end_ms, word.timing, word.soft)
            at = found + len(word.text)


def matters(human_text: str, machine_text: str) -> bool:
    """Tell whether two wordings differ in more than case, punctuation, contractions and fillers."""
    ours, theirs = _said(human_text), _said(machine_text)
    return "".join(ours) != "".join(theirs)


def _said(text: str) -> list[str]:
    for ending, whole in _ENDINGS:
        text = ending.sub(whole, text)
    return [word for word in words_of(text) if word not in _FILLERS]


def stutter(machine: Words, first: int, end: int) -> bool:
    """Tell whether words of the machine only say twice what stands right beside them."""
    a, b = machine.first_token[first], machine.first_token[end]
    said = machine.token[a:b]
    length = b - a
    return said == machine.token[b : b + length] or (a >= length and said == machine.token[a - length : a])
