# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The tracker says what is current, only when it changes, and never backwards without a jump."""

from __future__ import annotations

import pytest

from earmark.domain.reading import build_outline
from earmark.domain.timeline import Timeline
from earmark.domain.transcript import Cue, Transcript
from earmark.playback.nullplayer import NullPlayer
from earmark.playback.player import PlayState
from earmark.playback.tracker import Tracker


@pytest.fixture
def player(qapp) -> NullPlayer:
    player = NullPlayer()
    player.open(None, duration_ms=20_000)
    return player


@pytest.fixture
def timeline() -> Timeline:
    cues = (
        Cue("Gulls rise early.", 1_000, 4_000),
        Cue("The lamp turns.", 5_000, 8_000),
        Cue("Nobody sleeps here.", 9_000, 12_000),
    )
    return Timeline(build_outline(Transcript("test", cues)))


@pytest.fixture
def heard(player, timeline):
    """A tracker, with what it said: ('sentence', 1), ('word', 'lamp'), ..."""
    tracker = Tracker(player)
    said: list = []
    tracker.sentence_changed.connect(lambda s: said.append(("sentence", s)))
    tracker.word_changed.connect(lambda w: said.append(("word", w.text if w else None)))
    tracker.set_timeline(timeline)
    return tracker, said


def test_says_each_sentence_and_word_once(heard, player) -> None:
    tracker, said = heard
    player.play()
    player.advance(9_500)
    assert said == [
        ("sentence", 0),
        ("word", "Gulls"),
        ("word", "rise"),
        ("word", "early."),
        ("sentence", 1),
        ("word", "The"),
        ("word", "lamp"),
        ("word", "turns."),
        ("sentence", 2),
        ("word", "Nobody"),
    ]
    assert (tracker.sentence(), tracker.word().text) == (2, "Nobody")


def test_a_seek_while_paused_is_shown_at_once(heard, player) -> None:
    _, said = heard
    player.seek(6_500)
    assert said == [("sentence", 1), ("word", "lamp")]


def test_a_seek_back_goes_back(heard, player) -> None:
    _, said = heard
    player.seek(9_000)
    said.clear()
    player.seek(1_000)
    assert said == [("sentence", 0), ("word", "Gulls")]
    player.seek(0)
    assert said[2:] == [("sentence", None), ("word", None)]


def test_playing_again_after_the_end_goes_back(heard, player) -> None:
    tracker, _ = heard
    player.seek(20_000)
    assert player.state is PlayState.ENDED
    assert tracker.sentence() == 2
    player.play()
    assert tracker.sentence() is None


def test_another_recording_starts_anew(heard, player) -> None:
    tracker, _ = heard
    player.seek(9_000)
    player.open(None, start_ms=5_000, duration_ms=10_000)
    assert tracker.sentence() == 1


def test_a_back_end_that_slips_back_does_not_take_the_highlight_along(heard, player) -> None:
    tracker, said = heard
    player.play()
    player.advance(5_010)
    said.clear()
    player._position_ms -= 100
    player.position_reported.emit(4_910)
    assert said == []
    assert tracker.sentence() == 1


def test_another_timeline_is_told_even_where_the_number_is_the_same(heard, player, timeline) -> None:
    tracker, said = heard
    player.seek(1_000)
    said.clear()
    tracker.set_timeline(Timeline(build_outline(Transcript("test", (Cue("Other words.", 500, 2_000),)))))
    assert said == [("sentence", None), ("word", None), ("sentence", 0), ("word", "Other")]
    tracker.set_timeline(None)
    assert said[4:] == [("sentence", None), ("word", None)]


def test_words_without_times_are_none(player) -> None:
    tracker = Tracker(player)
    tracker.set_timeline(Timeline(build_outline(Transcript("test", (Cue("No end to this.", 1_000),)))))
    player.seek(2_000)
    assert (tracker.sentence(), tracker.word()) == (0, None)


def test_ticks_about_ten_times_a_second_whatever_the_speed(heard, player) -> None:
    tracker, _ = heard
    ticks: list[int] = []
    player.set_rate(2.0)
    player.play()
    tracker.position_ticked.connect(ticks.append)
    player.advance(2_000)
    assert 15 <= len(ticks) <= 21
    player.seek(500)
    assert ticks[-1] == 500


def test_wakes_by_itself_for_a_word(qtbot, timeline) -> None:
    player = NullPlayer(real_time=True)
    player.open(None, start_ms=900, duration_ms=20_000)
    tracker = Tracker(player)
    tracker.set_timeline(timeline)
    player.position_reported.disconnect()  # reports come too seldom to show a word on time
    with qtbot.waitSignal(tracker.sentence_changed):
        player.play()
    assert player.position_ms() >= 1_000
    player.pause()


def test_sleeps_while_nothing_plays(heard, player) -> None:
    tracker, _ = heard
    player.play()
    assert tracker._timer.isActive()
    player.pause()
    assert not tracker._timer.isActive()
