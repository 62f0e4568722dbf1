# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a recording that does not play comes to. Pure, for every back end and whoever looks at files."""

from __future__ import annotations

from typing import NamedTuple


class PlaybackFault(NamedTuple):
    """Why a recording does not play: `code` for tests, one plain `message` for the listener."""

    code: str
    message: str
