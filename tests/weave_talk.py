# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A short talk twice, made for the tests of the weave: as typed by a person and as heard by a machine."""

from __future__ import annotations

from earmark.domain.transcript import Cue, Mark, Transcript


def stamped(*turns: tuple[int | None, str], marks: tuple[Mark, ...] = ()) -> Transcript:
    """Return a human transcript of (stamp in ms, text) turns."""
    cues = tuple(Cue(text, ms, opens_turn=True) for ms, text in turns)
    return Transcript("stamped", cues, marks=marks)


def captions(*cues: tuple[int, int, str]) -> Transcript:
    """Return a machine transcript of (start, end, text) cues."""
    return Transcript("webvtt", tuple(Cue(text, start, end) for start, end, text in cues), language="en")


HUMAN = stamped(
    (1_000, "Welcome to the harbour radio, this is episode nine."),
    (5_000, "This time we visit Agnete Solberg, who repairs nets and barometers on the old quay."),
    (11_000, "Thanks for having me. The kettle is on."),
    (14_000, "How did you come to barometers?"),
    (16_000, "My uncle left me one that only ever said storm, and I wanted to know why."),
    (22_000, "And did you find out?"),
    (24_000, "Somebody had painted the word over all the others."),
)

MACHINE = captions(
    (1_000, 4_600, "Welcome to the harbor radio, this is episode nine."),
    (5_000, 7_600, "This time we visit Agnes Solberg,"),
    (7_600, 10_800, "who repairs nets and barometers on the old key."),
    (11_200, 13_800, "Thanks for having me. The kettle is on."),
    (13_800, 21_000, "How did you come to barometers? My uncle left me one that only ever said storm,"),
    (21_000, 22_200, "and I wanted to know why."),
    (22_200, 23_800, "And did you find out?"),
    (23_800, 27_000, "Somebody had painted the word over all the others."),
)
