# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of a store that can only be read, and of recordings that are copies of each other."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest

from earmark.base.errors import UserError
from earmark.store.user import FILE_NAME

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def notes(story) -> list[str]:
    """Return the notes of what is open."""
    recording = story.program.memory.recording
    return [one.note for one in story.program.marks.notebook.of_recording(recording.id)]


def test_what_a_newer_program_kept_is_shown_and_nothing_is_written(tell, tmp_path):
    talk = tmp_path / "talk.opus"
    shutil.copy(SAMPLES / "keepers-logbook.opus", talk)
    shutil.copy(SAMPLES / "keepers-logbook.machine.vtt", talk.with_suffix(".vtt"))
    first = tell().open(talk)
    first.do("bookmark.note", "mine")
    first.qtbot.waitUntil(lambda: notes(first) == ["mine"])
    first.do("player.seek", 50_000)
    first.qtbot.waitUntil(lambda: first.program.marks.places.settled)
    first.program.runner.wait_idle()
    first.close()
    kept = tmp_path / "profile" / FILE_NAME
    connection = apsw.Connection(str(kept))
    connection.execute(f"PRAGMA user_version = {99 << 16}").fetchall()
    connection.close()
    before = kept.read_bytes()
    again = tell().open(talk)
    again.qtbot.waitUntil(lambda: notes(again) == ["mine"], timeout=10_000)
    assert again.player.position_ms() > 40_000
    with pytest.raises(UserError, match="can be read but not written"):
        again.do("bookmark.note", "more")
    again.play(5_000)
    again.close()
    assert kept.read_bytes() == before


def test_a_copy_beside_has_bookmarks_of_its_own(story, tmp_path):
    copies = [tmp_path / name for name in ("ep1.opus", "ep2.opus")]
    for copy in copies:
        shutil.copy(SAMPLES / "keepers-logbook.opus", copy)
    story.open(copies[0])
    story.do("bookmark.note", "first")
    story.program.runner.wait_idle()
    story.open(copies[1])
    assert notes(story) == []
    story.open(copies[0])
    assert notes(story) == ["first"]
    assert story.program.memory.recording.path == copies[0]


def test_what_is_known_is_remembered_on_a_full_disk(story, tmp_path, monkeypatch):
    talk = tmp_path / "talk.opus"
    shutil.copy(SAMPLES / "keepers-logbook.opus", talk)
    story.open(talk)
    story.do("bookmark.note", "mine")
    story.program.runner.wait_idle()

    def full(*_: object, **__: object) -> None:
        raise UserError("store-full", "The disk is full.")

    monkeypatch.setattr(story.program.store.recordings, "opened", full)
    story.open(talk)
    assert notes(story) == ["mine"]
