# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""One player for recordings and texts: what is asked for before the back ends are made, and going over."""

from __future__ import annotations

from pathlib import Path

import pytest

from earmark.playback.deck import Deck
from earmark.playback.nullplayer import NullPlayer
from earmark.playback.player import PlayState

TALK = Path("talk.mp3")


@pytest.fixture
def made() -> list[NullPlayer]:
    return []


@pytest.fixture
def deck(qapp, made) -> Deck:
    def make() -> NullPlayer:
        made.append(NullPlayer())
        return made[-1]

    return Deck(make, make)


def test_while_held_it_is_where_it_will_be_and_makes_no_back_end(deck, made) -> None:
    deck.hold()
    deck.open(TALK, 3_000, 60_000)
    assert (deck.state, deck.position_ms(), made) == (PlayState.LOADING, 3_000, [])
    deck.seek(9_000)
    assert deck.position_ms() == 9_000
    deck.release()
    assert (deck.state, deck.position_ms(), deck.duration_ms()) == (PlayState.PAUSED, 9_000, 60_000)


@pytest.mark.parametrize(
    ("asked", "plays"), [(["play"], True), (["play", "pause"], False), (["play", "pause", "play"], True)]
)
def test_the_last_wish_while_held_counts(deck, asked, plays) -> None:
    deck.hold()
    deck.open(TALK, 0, 60_000)
    for what in asked:
        getattr(deck, what)()
    deck.release()
    assert deck.state is (PlayState.PLAYING if plays else PlayState.PAUSED)


def test_a_wish_to_play_does_not_hold_for_what_is_opened_instead(deck) -> None:
    deck.hold()
    deck.open(TALK, 0, 60_000)
    deck.play()
    deck.open(None, 0, 5_000)
    deck.release()
    assert (deck.state, deck.duration_ms()) == (PlayState.PAUSED, 5_000)


def test_a_text_alone_silences_the_recording_and_keeps_what_was_set(deck, made) -> None:
    deck.set_rate(1.5)
    deck.set_volume(0.25)
    deck.set_muted(True)
    deck.open(TALK, 0, 60_000)
    deck.play()
    deck.open(None, 0, 5_000)
    sounding, silent = made
    assert sounding.state is PlayState.EMPTY
    assert (silent.rate(), silent.volume(), silent.muted()) == (1.5, 0.25, True)
    assert (deck.rate(), deck.volume(), deck.muted()) == (1.5, 0.25, True)
