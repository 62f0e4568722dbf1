# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What every player does, silent or sounding."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.playback.deck import Deck
from earmark.playback.mediafile import media_fault
from earmark.playback.nullplayer import NullPlayer
from earmark.playback.player import MAX_RATE, MIN_RATE, Player, PlayState
from earmark.playback.qtplayer import QtPlayer
from fakes_playback import hum

# pytest-qt changes Qt's message handler between the phases of a test; a renderer's thread that is just then
# saying that there is no audio device would call the one that is gone, and PySide crashes.
pytestmark = pytest.mark.no_qt_log
LENGTH_MS = 1_200
OTHER_MS = 2_400
FOREVER = 60 * 60_000


def null_player() -> NullPlayer:
    lengths = {"hum": LENGTH_MS, "other": OTHER_MS}
    return NamedLengths(lengths)


class NamedLengths(NullPlayer):
    """A silent player that knows how long the test recordings are, and runs by itself."""

    def __init__(self, lengths: dict[str, int]) -> None:
        super().__init__(real_time=True, fault=media_fault)
        self._lengths = lengths

    def open(self, path: Path | None, start_ms: int = 0, duration_ms: int = 0) -> None:
        super().open(path, start_ms, self._lengths.get(path.stem, 1_000) if path else duration_ms)


MAKERS = {"null": null_player, "qt": QtPlayer, "deck": lambda: Deck(QtPlayer, null_player)}


@pytest.fixture(scope="session")
def recordings(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("recordings")
    hum(folder / "hum.wav", LENGTH_MS)
    hum(folder / "other.wav", OTHER_MS, 330)
    return folder


class Log:
    """Everything a player said, in order."""

    def __init__(self, player: Player) -> None:
        self.states: list[PlayState] = []
        self.faults: list[UserError] = []
        self.sought: list[int] = []
        self.durations: list[int] = []
        self.reports: list[int] = []
        player.state_changed.connect(self.states.append)
        player.failed.connect(self.faults.append)
        player.sought.connect(self.sought.append)
        player.duration_changed.connect(self.durations.append)
        player.position_reported.connect(self.reports.append)


@pytest.fixture(params=list(MAKERS))
def player(request, qtbot):
    player = MAKERS[request.param]()
    yield player
    player.close()


@pytest.fixture
def log(player) -> Log:
    return Log(player)


@pytest.fixture
def opened(player, log, recordings, qtbot):
    """Open a recording and wait until it is loaded."""

    def open_it(name: str = "hum.wav", start_ms: int = 0) -> None:
        player.open(recordings / name, start_ms)
        qtbot.waitUntil(lambda: player.state is PlayState.PAUSED)

    return open_it


@pytest.fixture
def until(player, qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=5_000)


def test_is_empty_at_first(player) -> None:
    assert player.state is PlayState.EMPTY
    assert (player.position_ms(), player.duration_ms(), player.rate()) == (0, 0, 1.0)
    assert (player.volume(), player.muted()) == (1.0, False)


def test_does_nothing_while_empty(player, log) -> None:
    player.play()
    player.pause()
    player.seek(500)
    assert player.state is PlayState.EMPTY
    assert player.position_ms() == 0
    assert log.states == []


def test_opens_paused_at_the_start_asked_for(player, log, opened) -> None:
    opened(start_ms=700)
    assert player.position_ms() == 700
    assert abs(player.duration_ms() - LENGTH_MS) <= 5
    assert log.states == [PlayState.LOADING, PlayState.PAUSED]
    assert log.durations == [player.duration_ms()]
    assert log.faults == []


def test_is_already_there_while_loading(player, recordings) -> None:
    seen: list[int] = []
    player.state_changed.connect(lambda _: seen.append(player.position_ms()))
    player.open(recordings / "hum.wav", 700)
    assert seen
    assert set(seen) == {700}


def test_plays_from_the_start_asked_for(player, log, opened, until) -> None:
    opened(start_ms=600)
    player.play()
    assert player.state is PlayState.PLAYING
    until(lambda: len(log.reports) >= 2)
    assert min(log.reports) >= 550
    assert 600 <= player.position_ms() <= LENGTH_MS


def test_a_wish_to_play_while_loading_is_kept(player, recordings, until) -> None:
    player.open(recordings / "other.wav")
    player.play()
    until(lambda: player.state is PlayState.PLAYING)
    until(lambda: player.position_ms() > 0)


def test_a_seek_while_loading_is_kept(player, recordings, until) -> None:
    player.open(recordings / "other.wav")
    player.seek(900)
    until(lambda: player.state is PlayState.PAUSED)
    assert player.position_ms() == 900


def test_pauses(player, opened, until, qtbot) -> None:
    opened()
    player.play()
    until(lambda: player.position_ms() > 100)
    player.pause()
    assert player.state is PlayState.PAUSED
    here = player.position_ms()
    qtbot.wait(150)
    assert player.position_ms() == here
    player.play()
    until(lambda: player.position_ms() > here)


def test_seeks_while_paused(player, log, opened) -> None:
    opened()
    player.seek(800)
    assert (player.position_ms(), player.state) == (800, PlayState.PAUSED)
    player.seek(300)
    assert player.position_ms() == 300
    assert log.sought == [800, 300]


def test_seeks_while_playing_and_plays_on(player, log, opened, until) -> None:
    opened("other.wav")
    player.play()
    until(lambda: player.position_ms() > 50)
    player.seek(1_500)
    assert 1_500 <= player.position_ms() < 1_600
    until(lambda: player.position_ms() > 1_600)
    player.seek(200)
    assert 200 <= player.position_ms() < 300
    until(lambda: player.position_ms() > 350)
    assert player.position_ms() < 1_000
    assert player.state is PlayState.PLAYING


def test_what_is_reported_during_a_seek_is_the_new_position(player, opened, until) -> None:
    opened()
    player.play()
    until(lambda: player.position_ms() >= 500)
    during: list[int] = []
    player.position_reported.connect(lambda _ms: during.append(player.position_ms()))
    player.seek(100)
    assert all(ms < 400 for ms in during), during


def test_many_seeks_end_at_the_last(player, opened, until) -> None:
    opened("other.wav")
    player.play()
    for ms in [*range(0, 2_000, 40), 1_000]:
        player.seek(ms)
    assert 1_000 <= player.position_ms() < 1_200
    until(lambda: player.position_ms() > 1_100)
    assert player.position_ms() < 2_000


def test_a_seek_before_the_start_goes_to_the_start(player, opened) -> None:
    opened(start_ms=500)
    player.seek(-100)
    assert player.position_ms() == 0


def test_never_runs_backwards_while_playing(player, opened, until, qtbot) -> None:
    opened()
    player.play()
    shown = [0]

    def ended() -> bool:
        assert player.position_ms() >= shown[-1]
        shown.append(player.position_ms())
        return player.state is PlayState.ENDED

    qtbot.waitUntil(ended, timeout=5_000)
    assert len(set(shown)) > 20


def test_ends_and_plays_again_from_the_start(player, log, opened, until) -> None:
    opened(start_ms=900)
    player.play()
    until(lambda: player.state is PlayState.ENDED)
    assert player.position_ms() == player.duration_ms()
    player.play()
    assert player.state is PlayState.PLAYING
    assert log.sought[-1] == 0
    assert player.position_ms() < 300
    until(lambda: 0 < player.position_ms() < 900)


def test_a_seek_after_the_end_leaves_it(player, opened, until) -> None:
    opened(start_ms=900)
    player.play()
    until(lambda: player.state is PlayState.ENDED)
    player.seek(500)
    assert (player.position_ms(), player.state) == (500, PlayState.PAUSED)
    player.play()
    until(lambda: player.position_ms() > 550)


@pytest.mark.parametrize("playing", [False, True])
def test_a_seek_past_the_end_ends(player, log, opened, playing) -> None:
    opened()
    if playing:
        player.play()
    player.seek(FOREVER)
    assert player.state is PlayState.ENDED
    assert player.position_ms() == player.duration_ms()
    player.seek(100)
    assert (player.position_ms(), player.state) == (100, PlayState.PAUSED)


def test_a_seek_just_before_the_end_survives(player, opened, until) -> None:
    opened()
    player.play()
    player.seek(player.duration_ms() - 1)
    until(lambda: player.state is PlayState.ENDED)


def test_the_rate_is_clamped_and_never_nought(player, opened, until) -> None:
    rates: list[float] = []
    player.rate_changed.connect(rates.append)
    opened()
    player.play()
    for rate in (0.0, 9.0, -1.0, 1.5):
        player.set_rate(rate)
    assert rates == [MIN_RATE, MAX_RATE, MIN_RATE, 1.5]
    assert player.rate() == 1.5
    assert player.state is PlayState.PLAYING
    until(lambda: player.position_ms() > 150)


def test_the_rate_holds_for_what_is_opened_later(player, opened) -> None:
    player.set_rate(2.0)
    opened()
    assert player.rate() == 2.0
    player.play()
    player.pause()
    assert player.rate() == 2.0


def test_volume_and_mute(player) -> None:
    volumes: list[float] = []
    mutes: list[bool] = []
    player.volume_changed.connect(volumes.append)
    player.muted_changed.connect(mutes.append)
    player.set_volume(0.3)
    player.set_volume(7)
    player.set_volume(-1)
    player.set_muted(True)
    player.set_muted(False)
    assert volumes == pytest.approx([0.3, 1.0, 0.0])
    assert mutes == [True, False]
    assert player.volume() == 0.0


def test_another_recording_while_playing_starts_anew(player, log, opened, until) -> None:
    opened()
    player.play()
    until(lambda: player.position_ms() > 100)
    log.states.clear()
    opened("other.wav", start_ms=300)
    assert log.states == [PlayState.LOADING, PlayState.PAUSED]
    assert player.position_ms() == 300
    assert abs(player.duration_ms() - OTHER_MS) <= 5
    player.play()
    until(lambda: player.position_ms() > 350)


def test_the_last_of_several_opened_at_once_counts(player, log, recordings, until) -> None:
    player.open(recordings / "hum.wav", 100)
    player.open(recordings / "gone.wav")
    player.open(recordings / "other.wav", 200)
    until(lambda: player.state is PlayState.PAUSED)
    assert player.position_ms() == 200
    assert abs(player.duration_ms() - OTHER_MS) <= 5
    assert [fault.code for fault in log.faults] == ["missing"]


def test_nothing_closes_what_is_open(player, opened, until) -> None:
    opened()
    player.play()
    player.open(None)
    assert player.state is PlayState.EMPTY
    assert (player.position_ms(), player.duration_ms()) == (0, 0)
    player.play()
    assert player.state is PlayState.EMPTY


def bad_file(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.mp3"
    if kind == "directory":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("Once upon a time.\n" * 50)
    elif kind == "special":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    return path


@pytest.mark.parametrize("kind", ["missing", "directory", "empty", "text", "special", "loop"])
def test_bad_files_fail_with_a_sentence_and_leave_a_player_that_plays(
    player, log, opened, until, tmp_path, kind
) -> None:
    if kind in ("special", "loop") and sys.platform == "win32":
        pytest.skip("no such files there")
    opened()
    player.play()
    log.states.clear()
    player.open(bad_file(tmp_path, kind))
    until(lambda: bool(log.faults))
    assert [fault.code for fault in log.faults] == [kind]
    assert log.faults[0].message.startswith(f"{kind}.mp3 ")
    assert log.states[-1] is PlayState.EMPTY
    assert (player.position_ms(), player.duration_ms()) == (0, 0)
    opened(start_ms=200)
    player.play()
    until(lambda: player.position_ms() > 250)


def test_closes_while_loading_and_while_playing(qtbot, recordings, request) -> None:
    for make in MAKERS.values():
        loading, playing = make(), make()
        loading.open(recordings / "hum.wav")
        loading.close()
        playing.open(recordings / "hum.wav")
        playing.play()
        qtbot.waitUntil(lambda p=playing: p.state is PlayState.PLAYING)
        playing.close()
        assert (loading.state, playing.state) == (PlayState.EMPTY, PlayState.EMPTY)
