# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Runs of matched words made believable: chance matches dropped, ties settled at borders.

Between two passages that have nothing to do with each other some small words always match; they are
dropped, so that nothing is timed by chance. And where a run could as well end a few words earlier or later
("... right. Right, so ..." against one "right"), it ends where a turn, a sentence or a cue does.

For `earmark.weave` only; pure, any thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from earmark.domain.transcript import Transcript
from earmark.weave.align.matcher import Run
from earmark.weave.align.words import Words

# A matched word counts one, the first of a run half of that; a word without a match costs a little less
# than half, so that a last word behind a misheard one is kept.
_UNMATCHED = 0.45
# Four words in a row stand by themselves; less needs company.
_ENOUGH = 3.0

_TURN, _CUE, _SENTENCE, _CLAUSE = 8, 4, 3, 1
_STOPS = frozenset(".!?…。！？")
_CLOSING = "\"'”’»)]"


def believable(runs: Sequence[Run], length_a: int, length_b: int) -> list[Run]:
    """Return the runs that lie where the two texts really agree.

    The agreement of a stretch is the sum of its matches less what stands between them; kept are all
    stretches that cannot be made better (Ruzzo and Tompa 1999, linear) and are good enough.
    """
    enough = min(_ENOUGH, 0.45 * min(length_a, length_b))  # a text of one word may match too
    stretches: list[_Stretch] = []
    total = 0.0
    end_a = end_b = 0
    for index, run in enumerate(runs):
        total -= _UNMATCHED * max(run.a - end_a, run.b - end_b)
        before, total = total, total + run.length - 0.5
        end_a, end_b = run.a + run.length, run.b + run.length
        _add_stretch(stretches, _Stretch(index, index + 1, before, total))
    kept = [s for s in stretches if s.after - s.before >= enough]
    return [run for s in kept for run in runs[s.first : s.end]]


class _Stretch:
    """Runs `first` to `end`, the running total before and after them, and the next one that began lower."""

    __slots__ = ("after", "before", "end", "first", "lower")

    def __init__(self, first: int, end: int, before: float, after: float) -> None:
        self.first = first
        self.end = end
        self.before = before
        self.after = after
        self.lower = -1


def _add_stretch(stretches: list[_Stretch], new: _Stretch) -> None:
    """Add a stretch at the end, joined with those before it as long as that makes it better."""
    while True:
        at = len(stretches) - 1
        while at >= 0 and stretches[at].before >= new.before:
            at = stretches[at].lower
        if at < 0 or stretches[at].after >= new.after:
            new.lower = at
            stretches.append(new)
            return
        new = _Stretch(stretches[at].first, new.end, stretches[at].before, new.after)
        del stretches[at:]


def borders(transcript: Transcript, words: Words) -> list[int]:
    """Return for each token how strong a border lies before it; one more for the end of the text."""
    found = [0] * (len(words.token) + 1)
    found[-1] = _TURN
    for word, first in enumerate(words.first_token[:-1]):
        if first == words.first_token[word + 1]:
            continue
        if word == 0 or words.cue[word] != words.cue[word - 1]:
            found[first] = _TURN if transcript.cues[words.cue[word]].opens_turn else _CUE
        if word:
            found[first] += _stop_strength(words.text[word - 1])
    return found


def ends_sentence(shown: str) -> bool:
    """Tell whether a shown word ends with a stop."""
    return shown.rstrip(_CLOSING)[-1:] in _STOPS


def _stop_strength(shown: str) -> int:
    if ends_sentence(shown):
        return _SENTENCE
    return _CLAUSE if shown[-1:] in ",;:-–—" else 0


def settled(
    runs: Sequence[Run],
    a: Sequence[int],
    b: Sequence[int],
    borders_a: Sequence[int],
    borders_b: Sequence[int],
) -> list[Run]:
    """Return the runs with the place where each ends and the next begins moved to the strongest border."""
    out = list(runs)
    for index in range(len(out) - 1):
        one, two = out[index], out[index + 1]
        if (one.a + one.length == two.a) == (one.b + one.length == two.b):
            continue  # words on both sides between them, or none: no tie
        # The last words of the one may move over to the other, and the first of the other back.
        back = _agreeing(a, b, two.a - 1, two.b - 1, -1, one.length)
        on = _agreeing(a, b, one.a + one.length, one.b + one.length, 1, two.length)
        if not back and not on:
            continue
        ends_a, ends_b = (one.a + one.length, two.a), (one.b + one.length, two.b)
        strengths = {
            shift: sum(borders_a[at + shift] for at in ends_a) + sum(borders_b[at + shift] for at in ends_b)
            for shift in range(-back, on + 1)
        }
        shift = max((strength, -abs(s), s) for s, strength in strengths.items())[2]
        out[index] = one._replace(length=one.length + shift)
        out[index + 1] = two._replace(a=two.a + shift, b=two.b + shift, length=two.length - shift)
    return [run for run in out if run.length]


def _agreeing(a: Sequence[int], b: Sequence[int], at_a: int, at_b: int, step: int, limit: int) -> int:
    """Return how many words agree from a pair of places on, at most `limit`."""
    count = 0
    while count < limit and 0 <= at_a < len(a) and 0 <= at_b < len(b) and a[at_a] == b[at_b]:
        at_a += step
        at_b += step
        count += 1
    return count
