# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is left is let go of, all of it, and not on the thread that answers keys."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path

OTHER = "WEBVTT\n\n00:01.000 --> 00:03.000\nNothing of the logbook is said here.\n"


def test_what_was_read_before_is_freed_by_a_worker(story, tmp_path: Path) -> None:
    path = tmp_path / "first.vtt"
    path.write_text(OTHER.replace("Nothing of", "Much about"), "utf-8")
    story.open(path)
    freed_by: list[threading.Thread] = []
    weakref.finalize(story.session.outline, lambda: freed_by.append(threading.current_thread()))
    story.do("find.open")
    story.qtbot.waitUntil(lambda: story.window.focusWidget() is not story.page)
    story.do("bookmark.capture")
    story.program.runner.wait_idle()
    story.do("find.close")

    (tmp_path / "other.vtt").write_text(OTHER, "utf-8")
    story.session.open([tmp_path / "other.vtt"], apart=True)
    story.qtbot.waitUntil(lambda: bool(freed_by), timeout=10_000)
    assert freed_by[0] is not threading.main_thread()
