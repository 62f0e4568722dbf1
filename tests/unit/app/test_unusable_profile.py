# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A profile that is none, or may only be read: one sentence or a reading program, never a trace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.base.paths import Profile

# Root may write everywhere, unless it gives up what makes it so.
_ROOT = os.name != "nt" and os.geteuid() == 0
_HUMBLE = ["setpriv", "--bounding-set=-all"] if _ROOT else []

pytestmark = pytest.mark.skipif(
    os.name == "nt" or (_ROOT and shutil.which("setpriv") is None),
    reason="folders have no modes there, or none that count",
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that can be tidied away afterwards."""
    yield tmp_path
    for held in [tmp_path, *tmp_path.rglob("*")]:
        if held.is_dir():
            held.chmod(0o755)


def earmark(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as somebody to whom modes mean something."""
    return subprocess.run(
        [*_HUMBLE, sys.executable, "-m", "earmark", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PULSE_SERVER": "/nonexistent"},
        check=False,
    )


def locked(profile: Path) -> Path:
    """Take away the right to write anything in a profile."""
    for held in [profile, *profile.rglob("*")]:
        held.chmod(0o555 if held.is_dir() else 0o444)
    return profile


def filled(room: Path) -> Path:
    """Return a sound profile with the sample in its library."""
    profile = room / "profile"
    talk = room / "talk.vtt"
    talk.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse, far away.\n")
    added = earmark("--profile", profile, "add", talk)
    assert added.returncode == 0, added.stderr
    return profile


def told(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the lines on stderr, none of which may be of a trace."""
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.stderr.splitlines()


@pytest.mark.parametrize("words", [["search", "x"], ["doctor"], ["bookmarks"], ["add", "."], ["--sample"]])
def test_a_profile_that_is_a_file_is_told_in_one_sentence(room, words):
    file = room / "profile"
    file.write_text("no folder")
    ran = earmark("--profile", file, *words)
    assert ran.returncode == 1
    assert told(ran) == [f"earmark: {file} is a file, not a folder to keep your data in."]


def test_a_profile_that_cannot_be_made_is_told_in_one_sentence(room):
    profile = room / "mine" / "profile"
    locked(room)
    for words in (["search", "x"], ["bookmarks"]):
        ran = earmark("--profile", profile, *words)
        assert ran.returncode == 1
        assert told(ran) == [
            f"earmark: The folder {profile} for your data cannot be made: Permission denied."
        ]


def test_no_file_system_is_asked_for_what_it_cannot_hold():
    with pytest.raises(UserError) as caught:
        Profile.at(Path("/proc/nothing")).make()
    assert caught.value.code == "profile-unusable"


def test_a_profile_without_cache_is_made_all_the_same(tmp_path):
    tmp_path.joinpath("cache").write_text("in the way")
    profile = Profile.at(tmp_path)
    profile.make()
    assert profile.cache.read_text() == "in the way"


@pytest.mark.parametrize("cache", ["there", "gone"])
def test_a_read_only_profile_is_read(room, cache):
    profile = filled(room)
    if cache == "gone":
        shutil.rmtree(profile / "cache")
    locked(profile)
    found = earmark("--profile", profile, "search", "lighthouse")
    assert (found.returncode, "1 hit in 1 recording" in found.stdout) == (0, True), found
    assert any("cannot be written" in line for line in told(found))
    listed = earmark("--profile", profile, "bookmarks")
    assert listed.returncode == 0
    assert len(told(listed)) == 1
    doctor = earmark("--profile", profile, "doctor")
    assert doctor.returncode == 0
    assert len(told(doctor)) == 1
    refused = earmark("--profile", profile, "add", room / "talk.vtt")
    assert refused.returncode == 1
    assert len(told(refused)) == 1


def test_a_window_opens_on_a_read_only_profile(room):
    profile, picture = locked(filled(room)), room / "out" / "picture.png"
    picture.parent.mkdir()
    ran = earmark("--profile", profile, "--sample", "--screenshot", picture)
    assert picture.exists(), ran.stderr
    assert all("cannot be written" in line for line in told(ran) if line.startswith("earmark:"))
