# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What stamps are worth, told by the words."""

from __future__ import annotations

import random

import pytest

from earmark.weave.offsets import judge

STARTS = [n * 17_000 + 3_000 for n in range(60)]


def _wobble(n: int) -> int:
    return random.Random(n).randrange(-900, 900)


@pytest.mark.parametrize("late_s", [0.0, 1.4, -1.2])
def test_sound_stamps(late_s: float) -> None:
    offset = judge([(s - int(late_s * 1000) + _wobble(s), s) for s in STARTS])
    assert offset.kind == "none"
    assert offset.seconds == pytest.approx(late_s, abs=0.3)


def test_a_constant_offset_is_early_or_late() -> None:
    early = judge([(s - 40_000 + _wobble(s), s) for s in STARTS])
    assert (early.kind, early.sentence) == ("constant", "The stamps are 40 s early throughout.")
    late = judge([(s + 28_000, s) for s in STARTS])
    assert (late.kind, late.seconds) == ("constant", -28.0)
    assert "28 s late" in late.sentence


def test_a_drift() -> None:
    offset = judge([(int(s * 1.018) + _wobble(s), s) for s in STARTS])
    assert offset.kind == "drift"
    assert offset.seconds == pytest.approx(-17, abs=3)


@pytest.mark.parametrize("place", [3, 25, 56])
def test_a_jump_says_where(place: int) -> None:
    offset = judge([(s + _wobble(s) - (1_088_000 if n >= place else 0), s) for n, s in enumerate(STARTS)])
    assert offset.kind == "jump"
    assert offset.at_ms == STARTS[place]
    assert offset.seconds == pytest.approx(1088, abs=1)
    assert "jump by 1,08" in offset.sentence


def test_useless_stamps() -> None:
    assert judge([(0, s) for s in STARTS]).sentence.startswith("The stamps are all zero")
    shuffled = list(STARTS)
    random.Random(5).shuffle(shuffled)
    assert judge(list(zip(shuffled, STARTS, strict=True))).kind == "useless"


def test_single_outliers_change_nothing() -> None:
    pairs = [(s, s) for s in STARTS]
    pairs[10] = (STARTS[10] - 300_000, STARTS[10])
    pairs[40] = (STARTS[40] + 300_000, STARTS[40])
    assert judge(pairs).kind == "none"


def test_few_or_no_stamps() -> None:
    assert judge([]).kind == "none"
    assert judge([(1_000, 1_200)]).kind == "none"
    assert judge([(0, 40_000), (10_000, 50_000)]).kind == "constant"
