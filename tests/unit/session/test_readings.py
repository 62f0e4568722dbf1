# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A transcript whose words are compared when it is added is read once."""

from pathlib import Path

import pytest

from earmark.base.paths import Profile
from earmark.session.library import adding, readings
from earmark.session.library.readings import Readings


def text(path, words):
    cues = (f"00:00:{i:02}.000 --> 00:00:{i + 1:02}.000\n{word}\n" for i, word in enumerate(words.split()))
    path.write_text("WEBVTT\n\n" + "\n".join(cues))
    return path


@pytest.fixture
def read(monkeypatch):
    """The files that are read, in order."""
    done = []
    actual = adding.read_file

    def noting(path):
        done.append(path.name)
        return actual(path)

    monkeypatch.setattr(adding, "read_file", noting)
    monkeypatch.setattr(readings, "read_file", noting)
    return done


def test_what_is_compared_is_read_once_and_told(tmp_path, read):
    profile = Profile.at(tmp_path / "profile")
    text(tmp_path / "one.vtt", "the lamp was lit at dusk")
    text(tmp_path / "two.vtt", "nobody came up the stairs that night")
    kept, told = Readings(), []
    found = adding.find([tmp_path], readings=kept, report=told.append)
    seen = [adding.look_at(group, profile, kept) for group in found.groups]
    assert read == ["one.vtt", "two.vtt"]
    assert [(at.done, at.total, at.path.name) for at in told] == [(0, 2, "one.vtt"), (1, 2, "two.vtt")]
    assert [len(transcript.cues) for one in seen for transcript in one.read.values()] == [6, 7]


def test_what_was_read_is_as_it_was_and_given_once(tmp_path):
    path = text(tmp_path / "one.vtt", "the lamp was lit")
    kept = Readings()
    assert kept.take(path) is None
    transcript = kept.read(path)
    assert kept.take(path) == transcript
    assert kept.take(path) is None


@pytest.mark.parametrize("change", [lambda path: text(path, "another text"), Path.unlink])
def test_what_was_changed_since_is_read_again(tmp_path, change):
    path = text(tmp_path / "one.vtt", "the lamp was lit")
    kept = Readings()
    kept.read(path)
    change(path)
    assert kept.take(path) is None


def test_what_has_no_room_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(readings, "_MOST_BYTES", 10)
    path = text(tmp_path / "one.vtt", "the lamp was lit")
    kept = Readings()
    assert kept.read(path).cues
    assert kept.take(path) is None
