# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of the store's upkeep: backed up by itself, and mended where a row is not what was written."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from earmark.store.user import FILE_NAME


@pytest.fixture
def kept(sample, tmp_path: Path):
    """Return a program with a bookmark in the sample, whose upkeep has begun."""
    sample.do("bookmark.note", "mine")
    sample.program.runner.wait_idle()
    sample.program.upkeep.begin()
    return sample


def look(story) -> None:
    """Let the time come at which the store is looked at."""
    story.program.upkeep._timer.setInterval(0)
    story.program.upkeep._timer.start()


def backups(story) -> list:
    return story.program.store.backups.all()


def test_what_the_listener_made_is_backed_up_by_itself(kept):
    assert backups(kept) == []
    look(kept)
    kept.qtbot.waitUntil(lambda: len(backups(kept)) == 1, timeout=10_000)
    assert kept.said == []


def test_it_waits_until_nothing_plays(kept):
    kept.do("player.play")
    look(kept)
    kept.qtbot.wait(50)
    kept.program.runner.wait_idle()
    assert backups(kept) == []
    kept.do("player.pause")
    kept.qtbot.waitUntil(lambda: len(backups(kept)) == 1, timeout=10_000)


def test_a_flipped_letter_is_mended_and_told(kept, tmp_path):
    notes = kept.program.marks.notebook
    connection = apsw.Connection(str(tmp_path / "profile" / FILE_NAME))
    connection.execute("UPDATE bookmark SET note = 'nine'").fetchall()
    connection.close()
    look(kept)
    kept.qtbot.waitUntil(lambda: bool(kept.said), timeout=10_000)
    assert "was damaged. It was restored" in kept.said[0]
    kept.qtbot.waitUntil(lambda: [one.note for one in notes.all()] == ["mine"], timeout=10_000)


def test_a_full_disk_is_told_once(kept):
    kept.program.store._database.ballast.freed = True
    kept.program.store._database.ballast.path.write_bytes(b"")  # it is not set aside anew
    for _ in range(2):
        look(kept)
        kept.qtbot.waitUntil(
            lambda: not kept.program.upkeep._due and kept.program.upkeep._timer.interval() > 0
        )
        kept.program.runner.wait_idle()
    kept.qtbot.waitUntil(lambda: bool(kept.said))
    assert [line.partition(":")[0] for line in kept.said] == ["The disk is full"]
