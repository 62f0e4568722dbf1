# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a human heard between two words that the machine has end to end: it gets a time that can be lit."""

from __future__ import annotations

import pytest

from earmark.domain.transcript import Cue, Timing, Transcript, Word
from earmark.weave.insertion import Insertion, insert, timed_by_words
from earmark.weave.merge import weave
from earmark.weave.timing import LENT_MS
from weave_talk import HUMAN, MACHINE

_TENS_MS = 20


def _interrupted(text: str = "Sure.") -> Transcript:
    """Return the human text with an interjection of somebody else before its fourth turn."""
    said = Cue(text, HUMAN.cues[3].start_ms, opens_turn=True)
    return HUMAN._replace(cues=(*HUMAN.cues[:3], said, *HUMAN.cues[3:]))


@pytest.mark.parametrize("text", ["Sure.", "Yes, oh yes."])
def test_what_is_said_between_two_captions_has_a_length(text: str) -> None:
    plain = weave(HUMAN, MACHINE).transcript.cues
    cues = weave(_interrupted(text), MACHINE).transcript.cues
    before, said, after = cues[2:5]
    assert before.end_ms == said.start_ms
    assert said.end_ms is not None
    assert said.end_ms - (said.start_ms or 0) >= _TENS_MS
    assert said.end_ms <= (after.start_ms or 0)
    starts = [[(w.text, w.start_ms) for w in c.words] for c in (*cues[:3], *cues[4:])]
    assert starts == [[(w.text, w.start_ms) for w in c.words] for c in plain]


def test_a_cue_put_in_where_there_is_no_time_has_a_length() -> None:
    before, after, new = (
        timed_by_words(Cue(text, words=(Word(text, 0, start, start + 1_000, Timing.ALIGNED),)))
        for text, start in (("bell", 1_000), ("rope", 2_000), ("tide", 2_000))
    )
    made, _ = insert(Transcript("woven", (before, after)), [Insertion(0, len("bell"), new)])
    assert [(c.text, c.start_ms, c.end_ms) for c in made.cues] == [
        ("bell", 1_000, 2_000 - LENT_MS),
        ("tide", 2_000 - LENT_MS, 2_000),
        ("rope", 2_000, 3_000),
    ]
