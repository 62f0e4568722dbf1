# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where the wordings differ, which of it matters, and keeping the other one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.transcript import Cue, Timing
from earmark.weave.differences import matters
from earmark.weave.merge import weave
from earmark.weave.woven import Woven, keep_other, with_skipped
from weave_talk import HUMAN, MACHINE, captions, stamped


@pytest.mark.parametrize(
    ("human", "machine"),
    [
        ("Setup,", "set up"),
        ("It is", "it's"),
        ("they would", "they'd"),
        ("cannot", "can't"),
        ("OK", "okay,"),
        ("", "um, uh"),
        ("Well", "uh, well"),
        ("naïve", "naive"),
    ],
)
def test_case_punctuation_contractions_and_fillers_do_not_matter(human: str, machine: str) -> None:
    assert not matters(human, machine)


@pytest.mark.parametrize(
    ("human", "machine"), [("Agnete", "Agnes"), ("", "not"), ("not", ""), ("can", "can't")]
)
def test_other_words_matter(human: str, machine: str) -> None:
    assert matters(human, machine)


def test_disagreements_say_where_and_when() -> None:
    woven = weave(HUMAN, MACHINE)
    assert [(d.human_text, d.machine_text) for d in woven.disagreements] == [
        ("harbour", "harbor"),
        ("Agnete", "Agnes"),
        ("quay.", "key."),
    ]
    first = woven.disagreements[0]
    assert woven.transcript.cues[0].text[first.human_start : first.human_end] == "harbour"
    assert first.start_ms is not None
    assert first.end_ms is not None
    assert 1_000 < first.start_ms < first.end_ms < 4_600


def test_a_stutter_is_no_disagreement() -> None:
    machine = captions(*((c.start_ms, c.end_ms, c.text) for c in MACHINE.cues))
    cues = list(machine.cues)
    cues[3] = Cue("Thanks for, thanks for having me. The the kettle is on.", 11_200, 13_800)
    woven = weave(HUMAN, type(machine)(machine.format, tuple(cues)))
    assert len(woven.disagreements) == 3


def _holds_together(woven: Woven) -> None:
    for cue in woven.transcript.cues:
        assert all(cue.text[w.offset : w.end] == w.text for w in cue.words)
        assert [w.offset for w in cue.words] == sorted(w.offset for w in cue.words)
    for d in woven.disagreements:
        assert woven.transcript.cues[d.human_cue].text[d.human_start : d.human_end] == d.human_text


def test_the_other_wording_can_be_kept() -> None:
    woven = weave(HUMAN, MACHINE)
    changed = keep_other(woven, woven.disagreements[1])
    assert changed.transcript.cues[1].text.startswith("This time we visit Agnes Solberg, who")
    word = next(w for w in changed.transcript.cues[1].words if w.text == "Agnes")
    assert word.timing is Timing.ALIGNED
    assert [d.human_text for d in changed.disagreements] == ["harbour", "quay."]
    _holds_together(changed)
    assert woven.transcript.cues[1].text == HUMAN.cues[1].text


def test_a_word_only_one_has_can_be_kept_or_dropped() -> None:
    human = stamped(
        *((c.start_ms, c.text) for c in HUMAN.cues[:2]),
        (11_000, "Thanks so much for having me. The kettle on."),
        *((c.start_ms, c.text) for c in HUMAN.cues[3:]),
    )
    woven = weave(human, MACHINE)
    dropped = next(d for d in woven.disagreements if d.human_text == "so much")
    added = next(d for d in woven.disagreements if d.machine_text == "is")
    text = keep_other(woven, dropped).transcript.cues[2].text
    assert text == "Thanks for having me. The kettle on."
    text = keep_other(woven, added).transcript.cues[2].text
    assert text == "Thanks so much for having me. The kettle is on."


@given(st.permutations(range(5)))
def test_all_of_them_can_be_kept_in_any_order(order: list[int]) -> None:
    human = stamped(
        *((c.start_ms, c.text) for c in HUMAN.cues[:2]),
        (11_000, "Thanks so much for having me. The kettle on."),
        *((c.start_ms, c.text) for c in HUMAN.cues[3:]),
    )
    woven = with_skipped(weave(human, MACHINE))
    waiting = {d.start_ms: n for n, d in enumerate(woven.disagreements)}
    assert len(waiting) == 5
    for number in order:
        woven = keep_other(woven, next(d for d in woven.disagreements if waiting[d.start_ms] == number))
        _holds_together(woven)
    assert not woven.disagreements
    assert woven.transcript.cues[2].text == "Thanks for having me. The kettle is on."
    assert woven.transcript.cues[1].text.endswith("on the old key.")
