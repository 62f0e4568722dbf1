# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Two voices that alternate, flipped and named."""

from __future__ import annotations

from earmark.domain.transcript import Cue
from earmark.weave.voices import alternate_speakers, flip_speakers, rename_speakers
from weave_talk import HUMAN, stamped


def test_two_voices_alternate() -> None:
    named = alternate_speakers(HUMAN, "Host", "Guest")
    assert [c.speaker for c in named.cues] == ["Host", "Guest", "Host", "Guest", "Host", "Guest", "Host"]


def test_a_turn_that_goes_on_is_the_same_voice() -> None:
    talk = stamped(
        (0, "I had it for"), (4_000, "many years, you know."), (8_000, "Really?"), (9_000, "Really.")
    )
    named = alternate_speakers(talk)
    assert [c.speaker for c in named.cues] == ["A", "A", "B", "A"]
    assert [c.opens_turn for c in named.cues] == [True, False, True, True]


def test_what_is_filled_in_belongs_to_the_turn_and_what_was_skipped_to_nobody() -> None:
    cues = (
        HUMAN.cues[0]._replace(text="I had"),
        Cue("a kettle", id="filled"),
        Cue("once."),
        Cue("La la la", id="skipped", opens_turn=True),
        HUMAN.cues[1],
    )
    named = alternate_speakers(HUMAN._replace(cues=cues))
    assert [c.speaker for c in named.cues] == ["A", "A", "A", None, "B"]


def test_flip_and_rename() -> None:
    named = alternate_speakers(stamped((0, "One."), (1_000, "Two.")), "Host", "Guest")
    assert [c.speaker for c in flip_speakers(named).cues] == ["Guest", "Host"]
    assert flip_speakers(flip_speakers(named)) == named
    assert [c.speaker for c in rename_speakers(named, {"Host": "Ines"}).cues] == ["Ines", "Guest"]


def test_flipping_one_voice_or_none_changes_nothing() -> None:
    alone = rename_speakers(alternate_speakers(stamped((0, "One."))), {})
    assert flip_speakers(alone) == alone
    assert flip_speakers(HUMAN) == HUMAN
