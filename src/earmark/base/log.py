# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Logging by subject: `earmark.playback`, `earmark.tasks`, … and the last lines for a crash report."""

from __future__ import annotations

import logging
from collections import deque

SUBJECTS = ("app", "playback", "settings", "tasks")
_LAST_LINES = 500
_FORMAT = "%(relativeCreated)8.0f ms %(name)s: %(message)s"


class LastLines(logging.Handler):
    """Keeps the last lines in memory."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: deque[str] = deque(maxlen=_LAST_LINES)
        self.setFormatter(logging.Formatter(_FORMAT))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))


def set_up_log(subjects: str | None) -> LastLines:
    """Log warnings to stderr, and everything of `subjects` ("tasks,playback" or "all"); return the ring."""
    ring = LastLines()
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(logging.Formatter(_FORMAT))
    to_stderr.setLevel(logging.DEBUG if subjects else logging.WARNING)
    root = logging.getLogger("earmark")
    root.handlers[:] = [ring, to_stderr]
    root.setLevel(logging.INFO)
    root.propagate = False
    for subject in (subjects or "").split(","):
        name = "earmark" if subject.strip() == "all" else f"earmark.{subject.strip()}"
        if subject.strip():
            logging.getLogger(name).setLevel(logging.DEBUG)
    return ring
