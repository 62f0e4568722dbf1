# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Chance matches are dropped, ties are settled at borders."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from earmark.weave.align.matcher import Run, match
from earmark.weave.align.settle import believable, borders, settled
from earmark.weave.align.words import Vocabulary, words_of_transcript
from weave_talk import captions, stamped


def test_small_words_do_not_match_by_chance() -> None:
    chance = random.Random(1)
    common = list(range(5))
    one = [chance.choice(common) if chance.random() < 0.3 else 100 + n for n in range(300)]
    other = [chance.choice(common) if chance.random() < 0.3 else 1000 + n for n in range(300)]
    same = list(range(2000, 2100))
    a, b = [*same, *one, *same], [*same, *other, *same]
    found = match(a, b)
    assert len(found) > 20
    kept = believable(found, len(a), len(b))
    assert {Run(0, 0, 100), Run(400, 400, 100)} <= set(kept)
    assert len(kept) <= 4  # one right beside the common part may stay


def test_a_text_of_one_word_may_match() -> None:
    assert believable([Run(0, 0, 1)], 1, 1) == [Run(0, 0, 1)]


@given(st.lists(st.integers(0, 3), max_size=60), st.lists(st.integers(0, 3), max_size=60))
def test_what_is_kept_stays_as_it_was(a: list[int], b: list[int]) -> None:
    found = match(a, b)
    kept = believable(found, len(a), len(b))
    assert [run for run in found if run in kept] == kept


def test_a_word_said_twice_is_matched_with_its_own_turn() -> None:
    human = stamped((0, "We had no kettle."), (2_000, "Right, so we borrowed one."))
    machine = captions((0, 1_500, "We had no kettle right."), (2_000, 4_000, "Right, so we borrowed one."))
    numbers = Vocabulary()
    a, b = (words_of_transcript(t, numbers) for t in (human, machine))
    runs = settled([Run(0, 0, 5), Run(5, 6, 4)], a.token, b.token, borders(human, a), borders(machine, b))
    assert runs == [Run(0, 0, 4), Run(4, 5, 5)]


@given(st.lists(st.integers(0, 2), max_size=60), st.lists(st.integers(0, 2), max_size=60), st.randoms())
def test_settling_loses_no_match(a: list[int], b: list[int], chance: random.Random) -> None:
    found = match(a, b)
    edges_a, edges_b = ([chance.randrange(9) for _ in range(len(t) + 1)] for t in (a, b))
    runs = settled(found, a, b, edges_a, edges_b)
    assert sum(run.length for run in runs) == sum(run.length for run in found)
    end_a = end_b = 0
    for run in runs:
        assert run.a >= end_a
        assert run.b >= end_b
        end_a, end_b = run.a + run.length, run.b + run.length
        assert a[run.a : end_a] == b[run.b : end_b]
