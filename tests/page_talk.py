# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Texts for the tests of the page: a short talk with exact words, and a very long one."""

from __future__ import annotations

import re

from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.transcript import Cue, Mark, Timing, Transcript, Word

TALK = (
    ("Ines", "So you sailed at night? Without a moon?"),
    ("Tomas", "At night. The moon was down, and the river was as black as the sky above it. We sang."),
    ("Ines", "What did you sing, out there, where nobody could hear you and nobody could answer?"),
    ("Tomas", "Old songs. Short ones. The kind with a chorus that even the cook remembers."),
)


def worded(text: str, start_ms: int, end_ms: int, timing: Timing, soft: bool = False) -> tuple[Word, ...]:
    """Return the words of a text, spread evenly over a time."""
    spans = [m.span() for m in re.finditer(r"\S+", text)]
    step = (end_ms - start_ms) // max(1, len(spans))
    return tuple(
        Word(text[a:b], a, start_ms + i * step, start_ms + (i + 1) * step, timing, soft)
        for i, (a, b) in enumerate(spans)
    )


def talk(timing: Timing = Timing.EXACT, *, soft: bool = False, repeat: int = 1) -> Outline:
    """Return the short talk, said `repeat` times over."""
    cues = [
        Cue(
            text,
            at * 5_000,
            at * 5_000 + 4_500,
            speaker,
            words=worded(text, at * 5_000, at * 5_000 + 4_500, timing, soft),
        )
        for at, (speaker, text) in enumerate(TALK * repeat)
    ]
    return build_outline(Transcript("test", tuple(cues)))


def plain_text(*paragraphs: str, marks: tuple[Mark, ...] = ()) -> Outline:
    """Return an outline with one paragraph for each text."""
    cues = tuple(Cue(text, i * 1_000, i * 1_000 + 900, opens_turn=True) for i, text in enumerate(paragraphs))
    return build_outline(Transcript("test", cues, marks=marks))


def very_long(cues: int = 100_000) -> Outline:
    """Return as many cues of about fifteen words, two voices taking turns every few cues."""
    words = "the river ran black and slow under the bridge while we waited for a signal that"
    made = tuple(
        Cue(
            f"{words} {i}." if i % 3 == 2 else f"{words} {i},",
            i * 2_000,
            i * 2_000 + 1_900,
            "Ines" if i // 7 % 2 else "Tomas",
        )
        for i in range(cues)
    )
    return build_outline(Transcript("test", made))
