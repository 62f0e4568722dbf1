# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Real pairs, where they are at hand: a few of the promises that the benchmark measures in full."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from earmark.base.errors import UserError
from earmark.domain.transcript import Transcript
from earmark.formats.captioned import captioned
from earmark.formats.registry import read_file
from earmark.weave.merge import weave
from earmark.weave.woven import Woven, with_skipped

SHARED = Path(__file__).parents[4] / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the corpus is not beside the checkout (../shared)"
)
SEED_OVERLAP_MS = 1_751_000
SHORTEST_MS = 20


def _pair(episode: str) -> tuple[Transcript, Transcript]:
    return read_file(SHARED / "corpus" / f"{episode}.txt"), read_file(SHARED / "corpus" / f"{episode}.vtt")


def _errors(woven: Woven, *, own_offset: bool) -> list[float]:
    turns = [t for t in woven.report.turns if t.stamp_ms is not None and t.start_ms is not None]
    late = [
        ((t.start_ms or 0) - (t.stamp_ms or 0)) / 1000 for t in turns if (t.stamp_ms or 0) <= SEED_OVERLAP_MS
    ]
    middle = median(late) if own_offset else 0.0
    return sorted(abs(e - middle) for e in late)


def test_the_seeds() -> None:
    human = read_file(SHARED / "seeds" / "031-human.txt")
    woven = weave(human, read_file(SHARED / "seeds" / "031-machine-page-copy.txt"))
    assert sum(t.stamp_ms is not None for t in woven.report.turns) == 142
    errors = _errors(woven, own_offset=False)
    assert len(errors) == 83
    assert median(errors) <= 0.46
    assert errors[int(0.95 * len(errors))] <= 1.94
    assert woven.report.machine_share >= 0.89
    filled = [c.text for c in woven.transcript.cues if c.id == "filled"]
    assert filled == ["production", "the data and", "invariant", "maintain", "raw data"]


@pytest.mark.parametrize(("episode", "kind"), [("010", "drift"), ("070", "jump"), ("092", "none")])
def test_what_the_stamps_are_worth(episode: str, kind: str) -> None:
    woven = weave(*_pair(episode))
    report = woven.report
    assert report.offset.kind == kind
    words = report.aligned + report.interpolated + report.untimed
    assert (report.aligned + report.interpolated) / words >= 0.945


@pytest.mark.parametrize("path", sorted((SHARED / "corpus").glob("*.vtt")), ids=lambda path: path.stem)
def test_words_never_run_backwards_and_no_cue_is_empty(path: Path) -> None:
    woven = weave(*_pair(path.stem))
    for transcript in (woven.transcript, with_skipped(woven).transcript):
        timed = [w for c in transcript.cues for w in c.words if w.start_ms is not None]
        assert all(a.start_ms <= b.start_ms for a, b in pairwise(timed))
        if transcript is woven.transcript:
            assert all(a.end_ms <= b.start_ms for a, b in pairwise(timed))
        cues = [c for c in transcript.cues if c.start_ms is not None]
        assert all(c.end_ms - c.start_ms >= SHORTEST_MS for c in cues)
        assert all(end > start for _, start, end in captioned(transcript))


def test_shuffled_stamps_move_no_word() -> None:
    human, machine = _pair("092")
    starts = [c.start_ms for c in human.cues]
    random.Random(1).shuffle(starts)
    shuffled = human._replace(
        cues=tuple(c._replace(start_ms=s) for c, s in zip(human.cues, starts, strict=True))
    )
    assert weave(human, machine).transcript.cues == weave(shuffled, machine).transcript.cues


def test_a_wrong_pair_is_refused() -> None:
    with pytest.raises(UserError):
        weave(_pair("092")[0], _pair("002")[1])
