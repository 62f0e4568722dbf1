# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of bad files: one plain sentence each, and what was open goes on."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.playback.player import PlayState

TALK = "WEBVTT\n\n00:00.000 --> 00:02.000\nCafé “déjà vu” for £5.\n"


def make(folder: Path, name: str) -> Path:
    path = folder / name
    if name == "folder.mp3":
        path.mkdir()
    elif name.startswith("empty"):
        path.write_bytes(b"")
    elif name == "text.mp3":
        path.write_text("This is a shopping list.\n")
    elif name == "binary.vtt":
        path.write_bytes(random.Random(7).randbytes(40_000))
    elif name == "pipe.mp3":
        os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    "name", ["missing.mp3", "folder.mp3", "empty.mp3", "empty.vtt", "text.mp3", "binary.vtt", "pipe.mp3"]
)
def test_a_bad_file_is_told_in_one_sentence_and_what_was_open_goes_on(sample, tmp_path, name):
    sample.play(5_000)
    track = sample.session.track
    sample.open(make(tmp_path, name))
    assert len(sample.said) == 1
    assert name in sample.said[0]
    assert sample.said[0].endswith(".")
    assert "\n" not in sample.said[0]
    assert sample.session.track is track
    assert sample.player.state is PlayState.PLAYING
    assert sample.said[0] in sample.window.toast.text()


def test_a_recording_that_proves_to_be_noise_gives_way_to_what_was_open(sample, tmp_path):
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(random.Random(7).randbytes(5_000))
    sample.player._fault = lambda path: UserError("damaged", "It is noise.") if path == noise else None
    sample.play(5_000)
    media, track = sample.session.media, sample.session.track.name
    sample.session.open([noise])
    sample.qtbot.waitUntil(lambda: sample.session.media == noise)
    sample.qtbot.waitUntil(lambda: sample.session.media == media)
    sample.qtbot.waitUntil(lambda: sample.session.track is not None and sample.session.track.name == track)
    assert "It is noise." in sample.window.toast.text()
    sample.qtbot.waitUntil(lambda: sample.player.state is PlayState.PLAYING)
    assert abs(sample.player.position_ms() - 5_000) < 100


def test_noise_in_an_empty_window_is_told_once(story, tmp_path):
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(random.Random(7).randbytes(5_000))
    faults: list[UserError] = []
    story.player.failed.connect(faults.append)
    story.player._fault = lambda path: UserError("damaged", "It is noise.")
    story.open(noise)
    story.qtbot.wait(50)
    assert len(faults) == 1


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(story, tmp_path, encoding):
    path = tmp_path / "talk.vtt"
    path.write_bytes(TALK.encode(encoding))
    story.open(path)
    assert story.session.outline.text(0) == "Café “déjà vu” for £5."
    assert bool(story.session.track.transcript.notes) == (encoding == "cp1252")  # a guess is told


def test_stamps_that_run_backwards_still_read_and_play(story, tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text("0:10 Ann: Hello.\n0:05 Bob: Hi.\n0:20 Ann: How are you?\n0:15 Bob: Fine.\n")
    story.open(path)
    assert [paragraph.text for paragraph in story.session.outline.paragraphs] == [
        "Hello.",
        "Hi.",
        "How are you?",
        "Fine.",
    ]
    assert story.session.track.transcript.notes
    story.do("player.play")


def test_a_recording_that_ends_before_its_words_is_told_of(sample):
    sample.said.clear()
    sample.player.duration_changed.emit(20_000)
    assert "cut off" in sample.said[0]


def test_a_transcript_alone_reads_and_plays_in_silence(story, tmp_path):
    path = tmp_path / "talk.vtt"
    path.write_text(TALK, encoding="utf-8")
    story.open(path)
    story.do("player.play")
    story.player.advance(300)
    assert story.sentence().startswith("Café")


def test_a_recording_alone_plays_and_says_how_to_get_a_transcript(story, tmp_path):
    path = tmp_path / "alone.wav"
    path.write_bytes(b"RIFF" + bytes(2_000))
    story.open(path)
    story.do("player.play")
    assert story.player.state is PlayState.PLAYING
    assert story.session.outline is None


def test_cover_notes_beside_a_recording_do_not_hide_its_transcript(story, tmp_path):
    (tmp_path / "talk.wav").write_bytes(b"RIFF" + bytes(2_000))
    (tmp_path / "talk.txt").write_bytes(b"")
    (tmp_path / "talk.vtt").write_text(TALK, encoding="utf-8")
    story.open(tmp_path / "talk.wav")
    assert story.session.outline.text(0).startswith("Café")
    assert story.said == []
