# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The colours a bookmark may have, by name: told in words as well, never by colour alone. Plain data."""

from __future__ import annotations

COLOURS: dict[str, str] = {"": "Amber", "rose": "Rose", "moss": "Moss", "sky": "Sky", "plum": "Plum"}
"""What is kept with a bookmark ("" for the usual colour), and its name."""


def colour_of(name: str) -> str | None:
    """Return what is kept for a colour's name, however it is written; None where there is no such colour."""
    wanted = name.strip().casefold()
    return next((kept for kept, told in COLOURS.items() if wanted in (kept, told.casefold())), None)
