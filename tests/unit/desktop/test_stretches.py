# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stretches of a recording as files of their own, by the real ffmpeg where there is one."""

from __future__ import annotations

import shutil
import wave
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.desktop.stretches import save_stretch

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "keepers-logbook.opus"

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def never() -> bool:
    return False


@needs_ffmpeg
def test_the_stretch_is_as_long_as_asked_for(tmp_path):
    target = tmp_path / "stretch.wav"
    assert save_stretch(SAMPLE, target, 10_000, 12_500, never)
    with wave.open(str(target)) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(2.5, abs=0.05)
    assert [path.name for path in tmp_path.iterdir()] == ["stretch.wav"]


@needs_ffmpeg
@pytest.mark.parametrize("name", ["-y.wav", "concat:a.wav", "weird 'name' & more.wav"])
def test_names_are_names_never_options(tmp_path, name):
    source = tmp_path / name
    shutil.copyfile(SAMPLE, source.with_suffix(".opus"))
    assert save_stretch(source.with_suffix(".opus"), source, 1_000, 2_000, never)
    assert source.exists()


@needs_ffmpeg
def test_cancelled_leaves_nothing(tmp_path):
    script = tmp_path / "slow"
    script.mkdir()
    slow = script / "ffmpeg"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(script), prepend=":")
        assert not save_stretch(SAMPLE, tmp_path / "out.wav", 0, 1_000, lambda: True)
    assert not (tmp_path / "out.wav").exists()


@needs_ffmpeg
def test_what_is_no_recording_is_told(tmp_path):
    noise = tmp_path / "noise.opus"
    noise.write_bytes(b"no sound at all " * 100)
    with pytest.raises(UserError) as refusal:
        save_stretch(noise, tmp_path / "out.wav", 0, 1_000, never)
    assert refusal.value.code == "not-written"
    assert refusal.value.message.endswith(".")
    assert [path.name for path in tmp_path.iterdir()] == ["noise.opus"]


@needs_ffmpeg
def test_the_recording_is_not_written_over(tmp_path):
    source = tmp_path / "talk.opus"
    shutil.copyfile(SAMPLE, source)
    with pytest.raises(UserError, match="recording itself"):
        save_stretch(source, source, 0, 1_000, never)
    assert source.read_bytes() == SAMPLE.read_bytes()


def test_without_ffmpeg_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="not installed"):
        save_stretch(SAMPLE, tmp_path / "out.wav", 0, 1_000, never)
