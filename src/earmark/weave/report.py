# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a weave achieved: shares, turns, and what the stamps are worth. Pure, any thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from earmark.domain.transcript import Cue, Timing, Transcript
from earmark.weave.align.matcher import Run
from earmark.weave.align.words import Words
from earmark.weave.offsets import Offset, judge
from earmark.weave.timing import Timed


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the human text, or what follows a mark in mid turn (`continues`).

    `stamp_ms` is what the human text says, `start_ms` when its first timed word is said.
    """

    stamp_ms: int | None
    start_ms: int | None
    matched_share: float
    speaker: str | None
    text: str
    continues: bool = False


@dataclass(frozen=True, slots=True)
class WeaveReport:
    """The figures of a weave. Shares are 0 to 1: of the human words, and of the machine's."""

    matched_share: float
    machine_share: float
    aligned: int
    interpolated: int
    untimed: int
    turns: tuple[Turn, ...]
    offset: Offset


def report_of(
    human_text: Transcript, human: Words, machine: Words, runs: Sequence[Run], times: Sequence[Timed | None]
) -> WeaveReport:
    """Return the report of a weave; `human_text` is the text before anything was put into it."""
    matched = [False] * len(human.token)
    for run in runs:
        if run.sure:
            matched[run.a : run.a + run.length] = [True] * run.length
    turns = tuple(
        _turn(human_text, human, matched, times, first, end, stamp, continues=continues)
        for first, end, stamp, continues in _turn_bounds(human_text, human)
    )
    kinds = Counter(timed.timing if timed else Timing.NONE for timed in times)
    agreed = sum(matched)
    stamps = [(t.stamp_ms, t.start_ms) for t in turns if t.stamp_ms is not None and t.start_ms is not None]
    return WeaveReport(
        matched_share=agreed / max(1, len(human.token)),
        machine_share=agreed / max(1, len(machine.token)),
        aligned=kinds[Timing.ALIGNED],
        interpolated=kinds[Timing.INTERPOLATED],
        untimed=kinds[Timing.NONE],
        turns=turns,
        offset=judge(stamps),
    )


def _turn_bounds(human_text: Transcript, human: Words) -> list[tuple[int, int, int | None, bool]]:
    """Return (first word, end, stamp, continues) of each turn and of what follows each mark."""
    first_words = _first_words(human_text, human)
    starts: list[tuple[int, int | None, bool]] = [
        (first_words[index], human_text.cues[index].start_ms, False)
        for index in _opened(human_text.cues)
        if first_words[index] < first_words[index + 1]
    ]
    for mark in human_text.marks:
        word = first_words[mark.cue]
        while word < first_words[mark.cue + 1] and human.offset[word] < mark.offset:
            word += 1
        if word < len(human):
            starts.append((word, mark.ms, True))
    starts.sort(key=lambda s: s[:1])
    plain = [start[0] for start in starts if not start[2]]
    ends = dict(zip(plain, [*plain[1:], len(human)], strict=True))
    found = []
    for word, stamp, continues in starts:
        end = ends[word] if not continues else min((p for p in plain if p > word), default=len(human))
        found.append((word, end, stamp, continues))
    return found


def _opened(cues: Sequence[Cue]) -> list[int]:
    """Return the cues that start a turn; every cue where nothing says so."""
    opened = [
        i
        for i, cue in enumerate(cues)
        if cue.opens_turn or (cue.start_ms is not None and cue.end_ms is None) or _changes(cues, i)
    ]
    return opened or list(range(len(cues)))


def _changes(cues: Sequence[Cue], index: int) -> bool:
    speaker = cues[index].speaker
    return speaker is not None and (index == 0 or cues[index - 1].speaker != speaker)


def _first_words(transcript: Transcript, words: Words) -> list[int]:
    """Return the first word of each cue, and the number of words."""
    first = [len(words)] * (len(transcript.cues) + 1)
    for word in range(len(words) - 1, -1, -1):
        first[words.cue[word]] = word
    for cue in range(len(transcript.cues) - 1, -1, -1):
        first[cue] = min(first[cue], first[cue + 1])
    return first


def _turn(
    human_text: Transcript,
    human: Words,
    matched: Sequence[bool],
    times: Sequence[Timed | None],
    first: int,
    end: int,
    stamp_ms: int | None,
    *,
    continues: bool,
) -> Turn:
    tokens = matched[human.first_token[first] : human.first_token[end]]
    timed = next((t for t in times[first:end] if t), None)
    return Turn(
        stamp_ms,
        timed.start_ms if timed else None,
        round(sum(tokens) / len(tokens), 3) if tokens else 0.0,
        human_text.cues[human.cue[first]].speaker,
        " ".join(human.text[first:end]),
        continues,
    )
