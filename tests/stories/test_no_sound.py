# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of a machine without a sound system: the window says what is missing, once, and stays usable."""

from __future__ import annotations

from earmark.app.soundcheck import WAIT_MS, SoundCheck
from earmark.base.errors import UserError

MISSING = UserError("no-backend", "Qt finds no way to play sound; the packages libone2 libtwo2 are missing.")


def test_an_empty_window_says_what_is_missing_for_sound(story):
    asked = []

    def ask():
        asked.append(story.window.isVisible())
        return MISSING

    check = SoundCheck(story.session, ask)
    assert not asked  # nothing is loaded before the window stands
    story.qtbot.waitUntil(lambda: story.said == [MISSING.message])
    story.qtbot.waitUntil(story.window.toast.isVisible)
    assert story.window.toast.text() == MISSING.message
    story.open_sample()
    story.qtbot.wait(WAIT_MS)
    assert asked == [True]
    assert check is not None


def test_with_sound_nothing_is_said(story):
    asked = []
    check = SoundCheck(story.session, lambda: asked.append(True))
    story.qtbot.waitUntil(lambda: asked == [True])
    assert story.said == []
    assert check is not None


def test_a_recording_that_is_open_tells_by_itself(sample):
    asked = []
    check = SoundCheck(sample.session, lambda: asked.append(True))
    sample.qtbot.wait(WAIT_MS * 2)
    assert asked == []
    assert check is not None
