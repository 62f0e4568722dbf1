# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What only QtMultimedia does: formats, files that load and hold nothing, lengths that are not true."""

from __future__ import annotations

import subprocess

import pytest

from earmark.base.errors import UserError
from earmark.playback.availability import ffmpeg_version, playback_available
from earmark.playback.player import PlayState
from earmark.playback.qtplayer import QtPlayer
from fakes_playback import cut, encoded, encoder, hum, noise

# pytest-qt changes Qt's message handler between the phases of a test; a renderer's thread that is just then
# saying that there is no audio device would call the one that is gone, and PySide crashes.
pytestmark = pytest.mark.no_qt_log
needs_encoder = pytest.mark.skipif(encoder() is None, reason="no ffmpeg program here to make the recording")


@pytest.fixture
def player(qtbot):
    player = QtPlayer()
    player.faults = []
    player.failed.connect(player.faults.append)
    yield player
    player.close()


@pytest.fixture
def until(qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=10_000)


def code_of(player, path, until) -> str:
    player.open(path)
    player.play()
    until(lambda: bool(player.faults))
    assert player.state is PlayState.EMPTY
    fault: UserError = player.faults[0]
    assert path.name in fault.message
    return fault.code


def test_can_play_here(qapp) -> None:
    assert playback_available() is None
    assert ffmpeg_version() is not None


@needs_encoder
@pytest.mark.parametrize("ending", [".mp3", ".opus", ".m4a", ".flac"])
def test_plays_and_ends_in_other_formats(player, until, tmp_path, ending) -> None:
    path = encoded(hum(tmp_path / "a.wav", 700), ending)
    player.open(path, 400)
    player.play()
    until(lambda: player.state is PlayState.PLAYING)
    assert player.position_ms() >= 400
    until(lambda: player.state is PlayState.ENDED)
    assert 650 <= player.duration_ms() <= 850
    assert player.faults == []


@pytest.mark.parametrize("name", ["noise.mp3", "noise.wav", "noise.ogg"])
def test_noise_is_no_recording(player, until, tmp_path, name) -> None:
    assert code_of(player, noise(tmp_path / name), until) == "unplayable"


def test_a_head_without_sound_is_no_recording(player, until, tmp_path) -> None:
    head = tmp_path / "head.wav"
    head.write_bytes(hum(tmp_path / "a.wav", 500).read_bytes()[:44])
    assert code_of(player, head, until) == "unplayable"


@needs_encoder
def test_a_picture_is_no_recording(player, until, tmp_path) -> None:
    picture = tmp_path / "p.png"
    made = [
        encoder(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "color=red:s=16x16",
        "-frames:v",
        "1",
        str(picture),
    ]
    subprocess.run(made, check=True, stdin=subprocess.DEVNULL)
    assert code_of(player, picture, until) == "no-sound"


@needs_encoder
def test_a_cut_off_index_is_told(player, until, tmp_path) -> None:
    whole = encoded(hum(tmp_path / "a.wav", 2_000), ".m4a")
    assert code_of(player, cut(whole, 0.3, "cut.m4a"), until) == "unplayable"


@needs_encoder
def test_a_cut_off_recording_ends_where_it_ends(player, until, tmp_path) -> None:
    whole = encoded(hum(tmp_path / "a.wav", 12_000), ".mp3", "-b:a", "64k")
    player.open(cut(whole, 0.25, "cut.mp3"), 2_000)
    until(lambda: player.state is PlayState.PAUSED)
    assert player.duration_ms() > 11_000  # so it says
    player.set_rate(3.0)
    player.play()
    until(lambda: player.state is PlayState.ENDED)
    assert 2_000 < player.duration_ms() < 4_000
    assert player.position_ms() == player.duration_ms()


@needs_encoder
def test_a_recording_that_does_not_say_its_length_plays(player, until, tmp_path) -> None:
    path = encoded(hum(tmp_path / "a.wav", 900), ".webm", "-live", "1")
    player.open(path, 300)
    until(lambda: player.state is PlayState.PAUSED)
    assert (player.duration_ms(), player.position_ms()) == (0, 300)
    player.play()
    until(lambda: player.state is PlayState.ENDED)
    assert 700 <= player.duration_ms() <= 1_000
    assert player.faults == []


def test_a_start_past_the_end_is_the_start(player, until, tmp_path) -> None:
    player.open(hum(tmp_path / "a.wav", 700), 50_000)
    until(lambda: player.state is PlayState.PAUSED)
    assert player.position_ms() == 0


def test_plays_on_when_the_outputs_change(player, until, tmp_path) -> None:
    player.open(hum(tmp_path / "a.wav", 2_000))
    player.play()
    until(lambda: player.position_ms() > 100)
    player._devices.audioOutputsChanged.emit()
    here = player.position_ms()
    until(lambda: player.position_ms() > here + 100)
    assert player.state is PlayState.PLAYING


# A hang inside Qt does not return to Python, so only the other thread can end the test.
@pytest.mark.timeout(60, method="thread")
def test_thirty_recordings_one_after_another_never_hang(until, qtbot, tmp_path) -> None:
    path = hum(tmp_path / "a.wav", 1_000)
    for _ in range(5):
        player = QtPlayer()
        for _ in range(6):
            player.open(path, 100)
            player.play()
            until(lambda p=player: p.position_ms() > 120)
        player.close()
        assert player.state is PlayState.EMPTY


@pytest.mark.timeout(60, method="thread")
def test_seeking_wildly_never_hangs(player, until, tmp_path) -> None:
    player.open(hum(tmp_path / "a.wav", 3_000))
    player.play()
    until(lambda: player.position_ms() > 0)
    for round_ in range(20):
        for ms in range(0, 2_000, 100):
            player.seek(ms)
        until(lambda: player.state is PlayState.PLAYING)
        player.seek(round_ * 10)
    until(lambda: player.position_ms() > 300)
