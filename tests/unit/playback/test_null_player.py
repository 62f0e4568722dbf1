# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What only the silent player does: time by hand, time by itself, a silence without a file."""

from __future__ import annotations

import pytest

from earmark.playback.nullplayer import NullPlayer
from earmark.playback.player import PlayState


@pytest.fixture
def player(qapp) -> NullPlayer:
    return NullPlayer()


def test_time_stands_still_until_advanced(player) -> None:
    player.open(None, duration_ms=10_000)
    player.advance(500)
    assert player.position_ms() == 0
    player.play()
    player.advance(500)
    assert player.position_ms() == 500


def test_advance_is_wall_time(player) -> None:
    player.open(None, duration_ms=10_000)
    player.set_rate(2.0)
    player.play()
    player.advance(1_000)
    assert player.position_ms() == 2_000


def test_advance_reports_as_a_back_end_does(player) -> None:
    reports: list[int] = []
    player.position_reported.connect(reports.append)
    player.open(None, duration_ms=1_000)
    player.play()
    player.advance(120)
    assert reports == [50, 100, 120]


def test_ends(player) -> None:
    player.open(None, duration_ms=1_000)
    player.play()
    player.advance(60_000)
    assert player.state is PlayState.ENDED
    assert player.position_ms() == 1_000


def test_nothing_to_play_is_empty(player) -> None:
    player.open(None, duration_ms=1_000)
    player.open(None)
    assert player.state is PlayState.EMPTY
    assert player.duration_ms() == 0


def test_runs_by_itself_when_asked_to(qtbot) -> None:
    player = NullPlayer(real_time=True)
    player.open(None, duration_ms=300)
    player.play()
    qtbot.waitUntil(lambda: 0 < player.position_ms() < 300)
    qtbot.waitUntil(lambda: player.state is PlayState.ENDED)
    assert player.position_ms() == 300
