# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of two processes: scripts reach the window that runs, and a second program hands over its files."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "keepers-logbook.machine.vtt"
PATIENCE_S = 60


def earmark(profile: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "earmark", "--profile", str(profile), *words],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Path]:
    """Run a window with a profile of its own and return the profile."""
    profile = tmp_path / "profile"
    program = subprocess.Popen(
        [sys.executable, "-m", "earmark", "--profile", str(profile)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + PATIENCE_S
        while earmark(profile, "do", "view.page").returncode and time.monotonic() < end:
            assert program.poll() is None
        yield profile
        assert earmark(profile, "do", "app.quit").returncode == 0
        assert program.wait(PATIENCE_S) == 0
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()


def test_commands_reach_the_window_and_refusals_come_back(running):
    assert earmark(running, "do", "player.rate", "1.5").returncode == 0
    refused = earmark(running, "do", "bake.bread")
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("“bake.bread”.")
    refused = earmark(running, "do", "player.rate", "quickly")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


def test_a_second_program_hands_its_files_to_the_first(running):
    assert earmark(running, "do", "line.next").returncode == 1  # nothing is open
    second = earmark(running, str(SAMPLE))
    assert (second.returncode, second.stdout) == (0, "")
    end = time.monotonic() + PATIENCE_S
    while earmark(running, "do", "line.next").returncode and time.monotonic() < end:
        pass
    assert earmark(running, "do", "line.next").returncode == 0


def test_a_bad_file_handed_over_is_told_to_whoever_named_it(running, tmp_path):
    bad = tmp_path / "empty.vtt"
    bad.write_bytes(b"")
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(random.Random(7).randbytes(50_000))
    for path in (bad, noise):
        second = earmark(running, str(path))
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr.startswith("earmark: ") and second.stderr.count("\n") == 1


def test_without_a_window_a_command_is_refused_in_one_sentence(tmp_path):
    alone = earmark(tmp_path, "do", "player.play")
    assert alone.returncode == 1
    assert alone.stderr.count("\n") == 1


def test_a_script_that_opens_a_bad_file_hears_of_it(running, tmp_path):
    empty = tmp_path / "empty.vtt"
    empty.touch()
    for path in (empty, tmp_path / "missing.mp3"):
        refused = earmark(running, "do", "file.open", str(path))
        assert refused.returncode == 1
        assert path.name in refused.stderr
    assert earmark(running, "do", "file.open", str(SAMPLE)).returncode == 0
    assert earmark(running, "do", "line.next").returncode == 0
