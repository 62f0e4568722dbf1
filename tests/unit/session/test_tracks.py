# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The transcripts of what is open: their names, and what moving their times leaves as it is."""

from __future__ import annotations

from pathlib import Path

from earmark.domain.transcript import Cue, Transcript
from earmark.session.tracks import Track, make_track, named, shifted


def track(name: str, *, typed: bool = False) -> Track:
    cue = Cue("The lamp is lit at dusk.", 1_000, None if typed else 3_000)
    return make_track("", Path(name), Transcript("webvtt", (cue,)))


def test_one_of_each_is_called_by_who_made_it() -> None:
    assert [one.name for one in named([track("talk.vtt"), track("talk.txt", typed=True)])] == [
        "Human",
        "Machine",
    ]


def test_several_of_a_kind_are_called_by_what_differs() -> None:
    listed = named([track("talk.en.vtt"), track("talk.de.vtt"), track("talk.txt", typed=True)])
    assert [one.name for one in listed] == ["Human", "en.vtt", "de.vtt"]


def test_a_woven_transcript_that_is_moved_is_still_of_the_same_words() -> None:
    woven = make_track("Woven", None, Transcript("woven", (Cue("The lamp is lit.", 1_000, 3_000),)))
    woven = woven._replace(words_from=Path("talk.txt"))
    (moved,) = shifted([woven], 200)
    assert moved.outline.sentences[0].start_ms == 1_200
    assert moved.identity == woven.identity != ""
