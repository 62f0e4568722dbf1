# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Transcripts inside media containers, by the real ffmpeg where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.desktop.embedded import embedded_transcripts
from earmark.formats.registry import read_file

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "keepers-logbook.opus"
SAID = "WEBVTT\n\n00:01.000 --> 00:02.500\nThe lamp <b>was</b> lit.\n"

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def never() -> bool:
    return False


def container(folder: Path, name: str, codec: str, *languages: str) -> Path:
    """Make a recording with a transcript inside for each language."""
    path, words = folder / name, folder / "words.vtt"
    words.write_text(SAID)
    command = ["ffmpeg", "-v", "error", "-y", "-t", "3", "-i", str(SAMPLE), "-i", str(words), "-map", "0:a"]
    for number, language in enumerate(languages):
        command += ["-map", "1:s", f"-metadata:s:s:{number}", f"language={language}"]
    subprocess.run([*command, "-c:s", codec, str(path)], check=True, timeout=60)
    words.unlink()
    return path


@needs_ffmpeg
@pytest.mark.parametrize(
    ("name", "codec"),
    [("talk.mkv", "srt"), ("talk.mkv", "ass"), ("talk.mp4", "mov_text"), ("talk.webm", "webvtt")],
)
def test_what_is_inside_is_read_as_it_was_put_in(tmp_path, name, codec):
    media, out = container(tmp_path, name, codec, "eng"), tmp_path / "out"
    before = media.read_bytes()
    (path,) = embedded_transcripts(media, out, never)
    assert path == out / "talk.1.eng.vtt"
    (cue,) = read_file(path).cues
    # Muxing may move everything by the sound's lead-in.
    assert (cue.start_ms, cue.end_ms) == (pytest.approx(1_000, abs=20), pytest.approx(2_500, abs=20))
    assert cue.text == "The lamp was lit."
    assert [one.name for one in out.iterdir()] == ["talk.1.eng.vtt"]
    assert media.read_bytes() == before


@needs_ffmpeg
def test_each_language_is_a_transcript_and_is_written_once(tmp_path):
    media, out = container(tmp_path, "-i 'odd' name.mkv", "srt", "eng", "fra"), tmp_path / "out"
    found = embedded_transcripts(media, out, never)
    assert [path.name for path in found] == ["-i 'odd' name.1.eng.vtt", "-i 'odd' name.2.fra.vtt"]
    written = [path.stat().st_mtime_ns for path in found]
    assert embedded_transcripts(media, out, never) == found
    assert [path.stat().st_mtime_ns for path in found] == written


@needs_ffmpeg
def test_nothing_inside_is_nothing(tmp_path):
    assert embedded_transcripts(SAMPLE, tmp_path, never) == []
    noise = tmp_path / "noise.mkv"
    noise.write_bytes(b"no container at all " * 99)
    assert embedded_transcripts(noise, tmp_path / "out", never) == []
    assert not (tmp_path / "out").exists()


def test_without_ffmpeg_there_is_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert embedded_transcripts(tmp_path / "talk.mkv", tmp_path, never) == []


@needs_ffmpeg
def test_where_nothing_can_be_written_it_is_told(tmp_path):
    media = container(tmp_path, "talk.mkv", "srt", "eng")
    (tmp_path / "out").write_text("a file where the folder would be")
    with pytest.raises(UserError) as refusal:
        embedded_transcripts(media, tmp_path / "out", never)
    assert "talk.mkv" in refusal.value.message


@needs_ffmpeg
def test_a_renamed_recording_has_the_transcript_it_had(tmp_path):
    media, out = container(tmp_path, "talk.mkv", "srt", "eng"), tmp_path / "out"
    before = embedded_transcripts(media, out, never)
    assert embedded_transcripts(media.rename(tmp_path / "speech.mkv"), out, never) == before
