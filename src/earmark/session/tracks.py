# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The transcripts of what is open: made ready for the page, named, moved, and which to read. Pure.

Making and moving take a second for 100,000 cues, telling two talks apart a tenth of one an hour: on a worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from os.path import commonprefix
from pathlib import Path
from typing import NamedTuple

from earmark.domain.marks.links import woven_of
from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.shifting import shift
from earmark.domain.timeline import Timeline
from earmark.domain.transcript import Transcript

_FEW = 500  # a third of a millisecond
WOVEN = "Woven"  # the name of the transcript woven from the others


class Track(NamedTuple):
    """One transcript of what is open, ready for the page."""

    name: str
    path: Path | None
    transcript: Transcript
    outline: Outline
    timeline: Timeline | None  # None where nothing has a time
    shift_ms: int = 0  # how far the listener moved its times
    words_from: Path | None = None  # of a woven one: where its words come from

    @property
    def identity(self) -> str:
        """What bookmarks made on it remember it by; empty where that is nothing."""
        return woven_of(self.words_from) if self.words_from else str(self.path or "")

    @property
    def end_ms(self) -> int:
        """Until when its words go, as far as that is known."""
        return self.timeline.end_ms if self.timeline else 0

    @property
    def hand_made(self) -> bool:
        """Whether a person typed it: right words, and stamps that say when a turn starts but not its end."""
        return all(cue.end_ms is None for cue in self.transcript.cues)

    @property
    def woven(self) -> bool:
        """Whether it was woven here from others."""
        return self.path is None and self.transcript.format == "woven"


def make_track(name: str, path: Path | None, transcript: Transcript) -> Track:
    """Prepare a transcript for the page."""
    outline = build_outline(transcript)
    return Track(name, path, transcript, outline, Timeline(outline) if transcript.timed else None)


def let_go(tracks: list[Track]) -> None:
    """Empty the list, whose transcripts nobody needs any more, a little at a time; on a worker.

    To free 100,000 cues in one go takes 60 ms, and everything waits, whichever thread it happens in.
    """
    while tracks:
        gone = tracks.pop()
        parts = [*gone.transcript.cues, *gone.outline.paragraphs, *gone.outline.sentences]
        del gone
        while parts:
            del parts[-_FEW:]


def named(tracks: Iterable[Track]) -> list[Track]:
    """Name tracks Human and Machine where that tells them apart, else by what differs in their files."""
    listed = sorted(tracks, key=lambda track: not track.hand_made)
    names = ["Human" if track.hand_made else "Machine" for track in listed]
    if len(set(names)) < len(names):
        stems = [track.path.name if track.path else "" for track in listed]
        common = commonprefix(stems)  # noqa: RUF071  of names, by characters
        names = [
            name if names.count(name) == 1 else stem[len(common) :] or stem
            for name, stem in zip(names, stems, strict=True)
        ]
    return [t if t.name == name else t._replace(name=name) for name, t in zip(names, listed, strict=True)]


def _same_talk(one: Track, other: Track) -> bool:
    """Tell by their words whether two transcripts are of one recording."""
    # Not needed for the first page, and it brings a matcher with it.
    from earmark.weave.pairing import THRESHOLD, pair_share

    return pair_share(one.transcript, other.transcript) >= THRESHOLD


def belong_together(new: Sequence[Track], old: Sequence[Track]) -> bool:
    """Tell whether new transcripts are of the recording the old ones are of."""
    return all(any(_same_talk(one, other) for other in old) for one in new)


def best_track(tracks: Sequence[Track]) -> Track | None:
    """Return the one to read first: right words on right times, else exact times, else what there is."""
    timed = [track for track in tracks if track.transcript.timed]
    woven = (track for track in timed if track.transcript.format == "woven")
    exact = (track for track in timed if not track.hand_made)
    return next(chain(woven, exact, timed, tracks), None)


def weavable(tracks: Sequence[Track]) -> bool:
    """Tell whether right words and exact times are both there, so that they are woven without asking."""
    return any(t.hand_made for t in tracks) and any(t.transcript.timed and not t.hand_made for t in tracks)


def first_track(tracks: Sequence[Track]) -> Track | None:
    """Return the one to read at opening: the hand-made one where the same words are woven in a moment."""
    return next(t for t in tracks if t.hand_made) if weavable(tracks) else best_track(tracks)


def shifted(tracks: Sequence[Track], shift_ms: int) -> list[Track]:
    """Return the tracks with their times moved to `shift_ms` against what their files say."""
    return [_shifted(track, shift_ms) for track in tracks]


def _shifted(track: Track, shift_ms: int) -> Track:
    moved = make_track(track.name, track.path, shift(track.transcript, shift_ms - track.shift_ms))
    return moved._replace(shift_ms=shift_ms, words_from=track.words_from)
