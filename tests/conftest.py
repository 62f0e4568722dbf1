# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What holds for every test: no screen, no sound server, and no test that fails because a machine is busy."""

from __future__ import annotations

import os

# Set before Qt is imported. A stray sound server would change the timing of the players.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PULSE_SERVER", "/nonexistent")

from hypothesis import settings

settings.register_profile("earmark", deadline=None)
settings.load_profile("earmark")
