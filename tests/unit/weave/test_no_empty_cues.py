# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a human heard between two words that the machine has end to end: it gets a time that can be lit."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from earmark.domain.transcript import Cue, Timing, Transcript, Word
from earmark.formats.captioned import captioned
from earmark.formats.registry import read_file
from earmark.weave.insertion import Insertion, insert, timed_by_words
from earmark.weave.merge import weave
from earmark.weave.timing import LENT_MS
from earmark.weave.woven import with_skipped
from weave_talk import HUMAN, MACHINE

SHARED = Path(__file__).parents[4] / "shared"
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


@pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the corpus is not beside the checkout (../shared)"
)
@pytest.mark.parametrize("path", sorted((SHARED / "corpus").glob("*.vtt")), ids=lambda path: path.stem)
def test_no_cue_of_a_real_pair_is_empty(path: Path) -> None:
    woven = weave(read_file(path.with_suffix(".txt")), read_file(path))
    for transcript in (woven.transcript, with_skipped(woven).transcript):
        for cue in transcript.cues:
            if cue.start_ms is not None and cue.end_ms is not None:
                assert cue.end_ms - cue.start_ms >= _TENS_MS, cue
        assert all(end > start for _, start, end in captioned(transcript))
    timed = [w for c in woven.transcript.cues for w in c.words if w.start_ms is not None]
    assert all(a.start_ms <= a.end_ms <= b.start_ms for a, b in pairwise(timed))
