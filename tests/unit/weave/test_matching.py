# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The matcher: what it finds is equal and in order, whatever it is given."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.weave.align import matcher
from earmark.weave.align.matcher import Run, Stopped, match

texts = st.lists(st.integers(0, 6), max_size=80)


def _check(a: list[int], b: list[int], runs: list[Run]) -> None:
    for run in runs:
        assert run.length > 0
        assert a[run.a : run.a + run.length] == b[run.b : run.b + run.length]
    for one, two in pairwise(runs):
        assert one.a + one.length <= two.a
        assert one.b + one.length <= two.b


def _longest(a: list[int], b: list[int]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], last + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


@given(texts, texts)
def test_small_texts_are_matched_as_well_as_can_be(a: list[int], b: list[int]) -> None:
    runs = match(a, b)
    _check(a, b, runs)
    if len(a) * len(b) <= matcher._SMALL_GAP:
        assert sum(run.length for run in runs) == _longest(a, b)


@given(st.lists(st.integers(0, 300), max_size=400), st.integers(0, 2**32))
def test_a_spoilt_copy_is_found_again(words: list[int], seed: int) -> None:
    chance = random.Random(seed)
    copy = [w if chance.random() > 0.1 else 1000 for w in words]
    runs = match(words, copy)
    _check(words, copy, runs)
    kept = sum(a == b for a, b in zip(words, copy, strict=True))
    assert sum(run.length for run in runs) >= 0.95 * kept


def test_the_same_text_is_one_run() -> None:
    text = [n % 50 for n in range(5_000)]
    assert match(text, text) == [Run(0, 0, 5_000)]


def test_nothing_matches_nothing() -> None:
    assert match([], [1, 2]) == []
    assert match([1], []) == []
    assert match([1, 2, 3], [4, 5, 6]) == []


def test_a_passage_repeated_elsewhere_does_not_draw_the_rest_away() -> None:
    text = list(range(2_000))
    copy = text[:500] + text[1_500:1_700] + text[500:]
    runs = match(text, copy)
    assert runs == [Run(0, 0, 500), Run(500, 700, 1_500)]


def test_a_gap_too_large_is_cut_in_proportion_and_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "MAX_PAIRS", 10_000)
    a = [1, 2] * 300
    b = [2, 1, 1] * 300
    runs = match(a, b)
    _check(a, b, runs)
    assert runs
    assert not any(run.sure for run in runs)


def test_it_stops_when_told() -> None:
    with pytest.raises(Stopped):
        match(list(range(100)), list(range(100)), cancelled=lambda: True)
