# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Loops and replays on the silent player."""

from __future__ import annotations

import pytest

from earmark.playback.loops import Looper
from earmark.playback.nullplayer import NullPlayer
from earmark.playback.player import PlayState


@pytest.fixture
def player(qapp) -> NullPlayer:
    player = NullPlayer()
    player.open(None, duration_ms=20_000)
    return player


@pytest.fixture
def looper(player) -> Looper:
    return Looper(player)


def test_a_loop_goes_round(player, looper) -> None:
    looper.set_loop(5_000, 7_000)
    player.play()
    assert player.position_ms() == 5_000
    player.advance(1_900)
    assert player.position_ms() == 6_900
    player.advance(200)
    assert player.position_ms() == 5_100
    player.advance(4_000)
    assert 5_000 <= player.position_ms() < 7_000


def test_a_loop_does_not_move_a_position_that_is_inside(player, looper) -> None:
    player.seek(6_000)
    looper.set_loop(7_000, 5_000)  # either order
    assert looper.loop == (5_000, 7_000)
    assert player.position_ms() == 6_000


def test_clear_lets_it_go_on(player, looper) -> None:
    heard: list = []
    looper.loop_changed.connect(heard.append)
    looper.set_loop(5_000, 7_000)
    player.play()
    looper.clear()
    player.advance(4_000)
    assert player.position_ms() == 9_000
    assert heard == [(5_000, 7_000), None]


def test_the_listener_may_leave_a_loop_and_come_back(player, looper) -> None:
    looper.set_loop(5_000, 7_000)
    player.play()
    player.seek(10_000)
    player.advance(1_000)
    assert player.position_ms() == 11_000
    player.seek(4_000)
    player.advance(3_500)
    assert 5_000 <= player.position_ms() < 6_000


def test_a_loop_shorter_than_the_time_between_two_looks_goes_round_as_well(player, looper) -> None:
    looper.set_loop(5_000, 5_030)
    player.play()
    for _ in range(3):
        player.advance(40)
        assert 5_000 <= player.position_ms() <= 5_030


def test_a_loop_to_the_very_end(player, looper, qtbot) -> None:
    looper.set_loop(19_000, 20_000)
    player.play()
    player.advance(1_100)
    qtbot.waitUntil(lambda: player.state is PlayState.PLAYING)
    assert 19_000 <= player.position_ms() < 19_200


def test_replay_slows_down_once_and_goes_on(player, looper, qtbot) -> None:
    player.set_rate(1.2)
    player.seek(9_000)
    with qtbot.waitSignal(looper.replay_finished):
        looper.replay(5_000, 7_000, 0.9)
        assert (player.rate(), player.position_ms(), looper.usual_rate) == (0.9, 5_000, 1.2)
        player.advance(2_300)
    assert player.rate() == 1.2
    assert player.state is PlayState.PLAYING
    assert 7_000 <= player.position_ms() < 7_200


def test_replaying_twice_keeps_the_usual_speed(player, looper) -> None:
    looper.replay(5_000, 7_000, 0.75)
    player.advance(500)
    looper.replay(5_000, 7_000, 0.75 * looper.usual_rate)
    assert player.rate() == 0.75
    player.advance(4_000)
    assert player.rate() == 1.0


def test_a_pause_keeps_a_replay(player, looper) -> None:
    looper.replay(5_000, 7_000, 0.5)
    player.pause()
    assert player.rate() == 0.5
    player.play()
    player.advance(5_000)
    assert player.rate() == 1.0


def test_a_seek_away_ends_a_replay_a_seek_inside_does_not(player, looper) -> None:
    looper.replay(5_000, 7_000, 0.5)
    player.seek(6_000)
    assert player.rate() == 0.5
    player.seek(12_000)
    assert player.rate() == 1.0


def test_a_speed_chosen_during_a_replay_stays(player, looper) -> None:
    looper.replay(5_000, 7_000, 0.5)
    player.set_rate(2.0)
    player.advance(5_000)
    assert player.rate() == 2.0


def test_a_replay_to_the_end_of_the_recording_restores_the_speed(player, looper) -> None:
    looper.replay(19_000, 20_000, 0.5)
    player.advance(5_000)
    assert (player.state, player.rate()) == (PlayState.ENDED, 1.0)


def test_a_replay_inside_a_loop(player, looper) -> None:
    looper.set_loop(5_000, 9_000)
    looper.replay(6_000, 7_000, 0.5)
    player.advance(2_100)
    assert player.rate() == 1.0
    player.advance(2_000)
    assert 5_000 <= player.position_ms() < 9_000
    assert looper.loop == (5_000, 9_000)


def test_another_recording_ends_everything(player, looper) -> None:
    looper.set_loop(5_000, 7_000)
    looper.replay(5_000, 7_000, 0.5)
    player.open(None, duration_ms=5_000)
    assert looper.loop is None
    assert player.rate() == 1.0


def test_wakes_by_itself_at_the_end(qtbot) -> None:
    player = NullPlayer(real_time=True)
    player.open(None, duration_ms=20_000)
    looper = Looper(player)
    player.position_reported.disconnect()
    looper.set_loop(1_000, 1_200)
    with qtbot.waitSignal(player.sought):
        player.play()
    player.pause()
    assert player.position_ms() < 1_200
