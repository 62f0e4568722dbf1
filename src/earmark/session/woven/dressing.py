# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""From transcripts to a woven track: weave, lay the corrections over it, put in passages, name the voices.

Runs on a worker; loads the aligner, so it is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import NamedTuple

from earmark.base.cancelling import Cancelled
from earmark.domain.items import Anchor, Correction
from earmark.domain.outline import Outline
from earmark.domain.transcript import FILLED, Cue, Note, Transcript
from earmark.domain.words import place_words
from earmark.session.tracks import Track, make_track
from earmark.session.woven.values import Doubt, Dress, Dressed
from earmark.weave.differences import Disagreement
from earmark.weave.merge import weave_many
from earmark.weave.pairing import THRESHOLD, pair_share
from earmark.weave.voices import alternate_speakers, flip_speakers
from earmark.weave.woven import Woven, keep_other, with_skipped

VOICES = ("First voice", "Second voice")
_CONTEXT_CHARS = 40
_NEAR_MS = 10_000
_MANY_UNTIMED = 0.05  # so large a part of the words without a time is worth a sentence


@dataclass(frozen=True, slots=True)
class _Place(Disagreement):
    """A disagreement that keeps its number while the text around it changes."""

    number: int = 0
    kept: bool = False


class Basis(NamedTuple):
    """What was woven, before the listener's wishes, and the names of transcripts of other recordings."""

    woven: Woven
    left_out: tuple[str, ...] = ()
    words_from: Path | None = None


def woven_of(words: Track, others: Sequence[Track], cancelled: Cancelled) -> Basis:
    """Weave; of several others those that are of another recording are left out. Raises UserError."""
    fitting = list(others)
    if len(others) > 1:
        text = words.transcript
        shares = [pair_share(text, other.transcript, cancelled=cancelled) for other in others]
        fitting = [t for t, share in zip(others, shares, strict=True) if share >= THRESHOLD] or fitting[:1]
    woven = weave_many(words.transcript, [track.transcript for track in fitting], cancelled=cancelled)
    return Basis(woven, tuple(track.name for track in others if track not in fitting), words.path)


def dressed(basis: Basis, dress: Dress, name: str, shift_ms: int) -> Dressed:
    """Return a weave as the listener wants it; `shift_ms` is how far its sources were moved."""
    base = basis.woven
    anchors = [_anchor(base.transcript, d) for d in base.disagreements]
    places, chosen = _places(base, anchors, dress.corrections)
    woven = replace(base, disagreements=tuple(places))
    anchors += [_anchor(base.transcript, place) for place in places[len(anchors) :]]
    for number in sorted(chosen, key=lambda n: (places[n].human_cue, places[n].human_start), reverse=True):
        woven = _kept(woven, number)
    if dress.skipped:
        woven = with_skipped(woven)
    transcript, named = woven.transcript, any(cue.speaker for cue in base.transcript.cues)
    if dress.voices:
        transcript = _with_voices(transcript, dress.voices, named=named)
    transcript = transcript._replace(notes=(*_notes(basis), *base.transcript.notes))
    track = make_track(name, None, transcript)._replace(shift_ms=shift_ms, words_from=basis.words_from)
    doubts = sorted(_doubts(woven, places, anchors, track.outline), key=lambda doubt: doubt.start_ms)
    return Dressed(track, tuple(doubts), named, _telling(base))


def _with_voices(transcript: Transcript, voices: str, *, named: bool) -> Transcript:
    if not named:
        transcript = alternate_speakers(transcript, *VOICES)
    return flip_speakers(transcript) if voices == "flipped" else transcript


# Corrections


def _places(
    base: Woven, anchors: Sequence[Anchor], corrections: Sequence[Correction]
) -> tuple[list[_Place], set[int]]:
    """Return the disagreements, numbered, and the numbers of those the listener has settled."""
    places = [_numbered(d, number) for number, d in enumerate(base.disagreements)]
    chosen: set[int] = set()
    for correction in corrections:
        number = _disputed(correction, places, anchors)
        if number is None:
            found = _located(correction, base.transcript)
            number = next((p.number for p in places if found and _overlap(p, found)), None)
            if found and number is None:
                number = len(places)
                places.append(_numbered(found, number))
            elif found and number is not None and number not in chosen:
                places[number] = _numbered(found, number)
        if number is not None:
            chosen.add(number)
    return places, chosen


def _numbered(held: Disagreement, number: int) -> _Place:
    return _Place(**{f.name: getattr(held, f.name) for f in fields(Disagreement)}, number=number)


def _disputed(correction: Correction, places: Sequence[_Place], anchors: Sequence[Anchor]) -> int | None:
    """Return the disagreement a correction settles: by both wordings, then by what is around or by time."""

    def distance(number: int) -> int:
        here, then = anchors[number].start_ms, correction.anchor.start_ms
        return abs(here - then) if here is not None and then is not None else 0

    held = correction.anchor
    same = [
        n
        for n, anchor in enumerate(anchors)
        if (anchor.quote, places[n].machine_text) == (held.quote, correction.other)
    ]
    around = [n for n in same if (anchors[n].before, anchors[n].after) == (held.before, held.after)]
    near = around or [n for n in same if distance(n) <= _NEAR_MS]
    return min(near, key=distance, default=None)


def _located(correction: Correction, transcript: Transcript) -> Disagreement | None:
    """Return a correction's place where the transcripts agree or differ in another way by now."""
    held = correction.anchor
    text = held.before + held.quote + held.after
    if not text.strip():
        return None
    for number, cue in enumerate(transcript.cues):
        found = cue.text.find(text)
        if found >= 0:
            start = found + len(held.before)
            return _replacing(correction, number, cue, start, start + len(held.quote))
    return None


def _replacing(correction: Correction, number: int, cue: Cue, start: int, end: int) -> Disagreement:
    old = [w for w in cue.words if start <= w.offset < end and w.start_ms is not None]
    start_ms, end_ms = (old[0].start_ms, old[-1].end_ms) if old else (correction.anchor.start_ms, None)
    words = place_words(Cue(correction.other, start_ms if old else None, end_ms))
    return Disagreement(
        number, start, end, correction.anchor.quote, correction.other, start_ms, end_ms, words
    )


def _overlap(one: Disagreement, other: Disagreement) -> bool:
    return one.human_cue == other.human_cue and (
        (one.human_start, one.human_end) == (other.human_start, other.human_end)
        or (one.human_start < other.human_end and other.human_start < one.human_end)
    )


def _anchor(transcript: Transcript, held: Disagreement) -> Anchor:
    text = transcript.cues[held.human_cue].text
    before = text[max(0, held.human_start - _CONTEXT_CHARS) : held.human_start]
    after = text[held.human_end : held.human_end + _CONTEXT_CHARS]
    return Anchor(held.human_text, before, after, held.start_ms, held.end_ms)


def _kept(woven: Woven, number: int) -> Woven:
    """Return the weave with the other wording at one place, which can still be walked to."""
    held = next(p for p in woven.disagreements if isinstance(p, _Place) and p.number == number)
    after = keep_other(woven, held)
    start, length = held.human_start, len(held.machine_text)
    if length and not held.human_text and start:
        start += 1  # the blank that parts it from the word before
    start = min(start, len(after.transcript.cues[held.human_cue].text))
    settled = replace(held, human_start=start, human_end=start + length, kept=True)
    return replace(after, disagreements=(*after.disagreements, settled))


def _doubts(
    woven: Woven, places: Sequence[_Place], anchors: Sequence[Anchor], outline: Outline
) -> Iterator[Doubt]:
    for held in woven.disagreements:
        if not isinstance(held, _Place) or held.start_ms is None:
            continue
        first = outline.position_of(held.human_cue, held.human_start)
        last = outline.position_of(held.human_cue, held.human_end)
        if first is None or last is None:
            continue
        paragraph, start = first
        end = last[1] if last[0] == paragraph else len(outline.paragraphs[paragraph].text)
        end_ms = held.end_ms if held.end_ms is not None else held.start_ms
        other = places[held.number].machine_text
        span = (paragraph, start, max(start, end))
        yield Doubt(anchors[held.number], other, span, held.start_ms, end_ms, held.kept)


# What is said about it


def _notes(basis: Basis) -> Iterator[Note]:
    base, report = basis.woven, basis.woven.report
    words = report.aligned + report.interpolated + report.untimed
    untimed = f"; {report.untimed:,} have no time" if report.untimed else ""
    yield Note(
        0,
        "weave-words",
        f"Woven: of {words:,} words {report.aligned:,} have the time of the same word in the machine’s text, "
        f"{report.interpolated:,} lie between such words{untimed}.",
    )
    yield Note(
        0,
        "weave-match",
        f"{report.matched_share:.0%} of these words and {report.machine_share:.0%} of the machine’s match; "
        f"the wordings differ at {_count(len(base.disagreements), 'place')}.",
    )
    yield Note(0, "weave-stamps", report.offset.sentence)
    filled = sum(cue.id == FILLED for cue in base.transcript.cues)
    if filled:
        yield Note(0, "weave-filled", f"{_count(filled, 'hole')} filled from the machine’s text.")
    if base.skipped:
        count = _count(len(base.skipped), "passage")
        yield Note(0, "weave-skipped", f"{count} only in the machine’s text.")
    for name in basis.left_out:
        yield Note(0, "weave-left-out", f"{name} is of another recording and gave no times.")


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _telling(base: Woven) -> str:
    report = base.report
    if report.offset.kind != "none":
        return report.offset.sentence
    words = report.aligned + report.interpolated + report.untimed
    if report.untimed > _MANY_UNTIMED * words:
        return f"{report.untimed:,} of {words:,} words lie beyond the machine’s text and have no time."
    return ""
