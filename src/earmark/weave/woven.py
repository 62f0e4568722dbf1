# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a weave gives, and what the listener may change in it; frozen values, pure functions, any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from earmark.domain.transcript import SKIPPED, Cue, Transcript
from earmark.weave.differences import Disagreement, Skipped
from earmark.weave.insertion import Insertion, Places, fitted, insert, timed_by_words
from earmark.weave.report import WeaveReport


@dataclass(frozen=True, slots=True)
class Woven:
    """A woven transcript, how good it is, and where its two sources differ."""

    transcript: Transcript
    report: WeaveReport
    disagreements: tuple[Disagreement, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def with_skipped(woven: Woven) -> Woven:
    """Return the weave with what only the machine has in its place, as cues with the id "skipped"."""
    insertions = [
        Insertion(s.cue, s.offset, timed_by_words(Cue(s.text, id=SKIPPED, words=s.words, opens_turn=True)))
        for s in woven.skipped
    ]
    return replace(with_cues(woven, insertions), skipped=())


def with_cues(woven: Woven, insertions: Sequence[Insertion]) -> Woven:
    """Return the weave with cues put in and all its places moved along."""
    transcript, places = insert(woven.transcript, insertions)
    return replace(
        woven,
        transcript=transcript,
        disagreements=tuple(_moved(d, places) for d in woven.disagreements),
        skipped=tuple(_moved_skip(s, places) for s in woven.skipped),
    )


def _moved(disagreement: Disagreement, places: Places) -> Disagreement:
    cue, start = places(disagreement.human_cue, disagreement.human_start)
    length = disagreement.human_end - disagreement.human_start
    return replace(disagreement, human_cue=cue, human_start=start, human_end=start + length)


def _moved_skip(skipped: Skipped, places: Places) -> Skipped:
    cue, offset = places(skipped.cue, skipped.offset)
    return replace(skipped, cue=cue, offset=offset)


def keep_other(woven: Woven, disagreement: Disagreement) -> Woven:
    """Return the weave with the machine's wording kept at one disagreement, which is settled by that.

    Nothing but this value changes: to undo it, go back to the weave before.
    """
    d = disagreement
    cue = woven.transcript.cues[d.human_cue]
    start, end = d.human_start, d.human_end
    if not d.machine_text:  # the blank behind goes too, or the one before at the end
        end += len(cue.text[end:]) - len(cue.text[end:].lstrip())
        start = len(cue.text[:start].rstrip()) if end == len(cue.text) else start
    lead = " " if not d.human_text and start else ""
    tail = " " if not d.human_text and not start and cue.text[end:] else ""
    new = lead + d.machine_text + tail
    grown = len(new) - (end - start)
    kept = tuple(w for w in cue.words if w.offset < start)
    behind = tuple(w._replace(offset=w.offset + grown) for w in cue.words if w.offset >= end)
    cues = woven.transcript.cues
    before = chain([cue._replace(words=kept)], (cues[i] for i in range(d.human_cue - 1, -1, -1)))
    after = chain([cue._replace(words=behind)], (cues[i] for i in range(d.human_cue + 1, len(cues))))
    heard = (w._replace(offset=w.offset + start + len(lead)) for w in fitted(d.words, before, after))
    words = (*kept, *heard, *behind)
    changed = timed_by_words(cue._replace(text=cue.text[:start] + new + cue.text[end:], words=words))
    return _grown(woven, disagreement, changed, end, grown)


def _grown(woven: Woven, settled: Disagreement, changed: Cue, end: int, grown: int) -> Woven:
    """Return the weave with one cue changed and the places behind `end` in it moved by `grown`."""
    at = settled.human_cue
    cues = (*woven.transcript.cues[:at], changed, *woven.transcript.cues[at + 1 :])

    def moved(offset: int) -> int:
        return offset + grown if offset >= end else offset

    return replace(
        woven,
        transcript=woven.transcript._replace(
            cues=cues,
            marks=tuple(
                m._replace(offset=moved(m.offset)) if m.cue == at else m for m in woven.transcript.marks
            ),
        ),
        disagreements=tuple(
            replace(d, human_start=moved(d.human_start), human_end=moved(d.human_end))
            if d.human_cue == at
            else d
            for d in woven.disagreements
            if d != settled
        ),
        skipped=tuple(replace(s, offset=moved(s.offset)) if s.cue == at else s for s in woven.skipped),
    )
