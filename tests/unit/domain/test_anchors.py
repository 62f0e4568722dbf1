# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Anchors hold on to words: through other spellings, lost words, other times and repeated phrases."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.items import Anchor
from earmark.domain.marks.anchors import AnchorFinder, anchor_sentences, anchor_span
from earmark.domain.reading import build_outline
from earmark.domain.transcript import Cue, Transcript

LINES = (
    "We rowed out before the light was up.",
    "My father kept the oars, and I kept the bucket.",
    "Nobody spoke until we passed the breakwater.",
    "He said the herring would come on Tuesday.",
    "They came on Thursday, and he never mentioned it again.",
    "What did you do with so many fish?",
    "Salted half of them, and gave the rest to the chapel.",
    "The priest counted them twice.",
)


def outline(lines=LINES, *, step_ms=4_000, shift_ms=0, timed=True):
    cues = tuple(
        Cue(line, shift_ms + i * step_ms, shift_ms + i * step_ms + step_ms - 500) if timed else Cue(line)
        for i, line in enumerate(lines)
    )
    return build_outline(Transcript("test", cues))


def test_an_anchor_is_the_words_those_around_and_the_time():
    anchor = anchor_sentences(outline(), 3, 3)
    assert anchor.quote == LINES[3]
    assert anchor.before.endswith("until we passed the breakwater.")
    assert anchor.after.startswith("They came on Thursday")
    assert (anchor.start_ms, anchor.end_ms) == (12_000, 15_500)


def test_blanks_at_the_ends_of_a_selection_are_left_out():
    told = outline(LINES[:2])
    text = told.paragraphs[0].text
    anchor = anchor_span(told, (0, text.index(" My")), (0, text.index(" the oars") + 1))
    assert anchor.quote == "My father kept"


@pytest.mark.parametrize("sentence", range(len(LINES)))
def test_every_sentence_is_found_where_it_was_made(sentence):
    told = outline()
    anchor = anchor_sentences(told, sentence, sentence)
    found = AnchorFinder(told).find(anchor)
    assert (found.first_sentence, found.last_sentence) == (sentence, sentence)
    assert (found.start_ms, found.end_ms) == (anchor.start_ms, anchor.end_ms)
    assert found.certainty == 1.0


def test_words_are_found_at_other_times_and_with_other_spellings():
    anchor = anchor_sentences(outline(), 4, 4)
    other = [line.replace("Thursday", "Thirsty").replace("herring", "hairing").lower() for line in LINES]
    other.insert(0, "This show is brought to you by nobody at all, really.")
    found = AnchorFinder(outline(other, shift_ms=30_000)).find(anchor)
    assert found.sure
    assert found.first_sentence == 5
    assert found.start_ms == 30_000 + 5 * 4_000


def test_a_quote_all_misheard_is_found_between_its_neighbours():
    anchor = anchor_sentences(outline(), 5, 5)
    other = [*LINES[:5], "Wad deed ewe dew whiz zoo meanie fishes?", *LINES[6:]]
    assert AnchorFinder(outline(other)).find(anchor).first_sentence == 5


def test_of_repeated_phrases_the_one_with_the_same_neighbours_is_found():
    lines = [
        "First of all.",
        "Yes.",
        "We sail.",
        "Second then.",
        "Yes.",
        "We wait.",
        "Third now.",
        "Yes.",
        "We sleep.",
    ]
    anchor = anchor_sentences(outline(lines), 4, 4)
    moved = outline(lines, shift_ms=9_000)
    assert AnchorFinder(moved).find(anchor).first_sentence == 4


def test_of_equal_places_the_nearest_in_time_is_found_and_a_doubtful_one_is_not_sure():
    lines = ["Row, row, row the boat."] * 20
    finder = AnchorFinder(outline(lines, step_ms=30_000))
    anchor = Anchor("Row, row, row the boat.", start_ms=240_000)
    found = finder.find(anchor)
    assert (found.first_sentence, found.sure) == (8, True)
    assert not finder.find(Anchor("Row, row, row the boat.")).sure


def test_words_that_are_not_there_are_not_found_for_sure():
    anchor = Anchor("An altogether different matter of volcanoes.", "the geology of", "and their ashes")
    found = AnchorFinder(outline()).find(anchor)
    assert found is None or not found.sure
    assert AnchorFinder(outline()).find(Anchor("")) is None
    assert AnchorFinder(outline([])).find(anchor) is None


def test_a_text_without_times_is_found_without_times():
    found = AnchorFinder(outline(timed=False)).find(anchor_sentences(outline(), 2, 2))
    assert found.sure
    assert (found.start_ms, found.end_ms) == (None, None)


def test_a_long_stretch_is_found_by_its_ends():
    lines = [f"Line number {n} is about the {n * 7919 % 997}th wave of {n}." for n in range(60)]
    anchor = anchor_sentences(outline(lines), 10, 45)
    changed = [line if n % 5 else line.replace("wave", "cave") for n, line in enumerate(lines)]
    found = AnchorFinder(outline(["An opening.", *changed])).find(anchor)
    assert (found.first_sentence, found.last_sentence) == (11, 46)


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.1, 0.2]))
def test_words_lost_and_changed_do_not_lead_astray(seed, share):
    rnd = random.Random(seed)
    vocabulary = [
        f"{a}{b}" for a in ("sal", "tor", "min", "ves", "qua", "rel") for b in ("ta", "do", "ni", "pu", "ke")
    ]
    lines = [" ".join(rnd.choice(vocabulary) for _ in range(9)).capitalize() + "." for _ in range(80)]
    sentence = rnd.randrange(len(lines))
    told = outline(lines)
    kept = [
        " ".join(w for w in (rnd.choice(vocabulary) if rnd.random() < share / 2 else w for w in line.split())
                 if rnd.random() >= share / 2) or "Nothing."
        for line in lines
    ]  # fmt: skip
    other = outline([line if line.endswith(".") else line + "." for line in kept])
    found = AnchorFinder(other).find(anchor_sentences(told, sentence, sentence))
    if found is not None and found.sure:
        middle = (found.first_sentence + found.last_sentence) / 2
        assert abs(middle - sentence) <= 1
