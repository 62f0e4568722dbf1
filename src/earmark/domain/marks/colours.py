# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The colours a bookmark may have, by name: told in words as well, never by colour alone. Plain data.

The listener may give each a name of their own ("to check"); `names` are those, by what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping

COLOURS: dict[str, str] = {"": "Amber", "rose": "Rose", "moss": "Moss", "sky": "Sky", "plum": "Plum"}
"""What is kept with a bookmark ("" for the usual colour), and its name."""

NAME_CHARS = 40
_UNNAMED: Mapping[str, str] = {}


def names_of(stored: Mapping[str, object]) -> dict[str, str]:
    """Return the listener's names among what was stored, tidied; those of no colour left out."""
    tidy = {
        kept: " ".join(name.split())[:NAME_CHARS] for kept, name in stored.items() if isinstance(name, str)
    }
    return {kept: name for kept, name in tidy.items() if name and kept in COLOURS}


def name_of(colour: str, names: Mapping[str, str] = _UNNAMED) -> str:
    """Return what a kept colour is called; nothing for the usual one unless the listener named it."""
    return names.get(colour) or (COLOURS.get(colour, "") if colour else "")


def colour_of(name: str, names: Mapping[str, str] = _UNNAMED) -> str | None:
    """Return what is kept for a colour's name, however it is written; None where there is no such colour."""
    wanted = " ".join(name.split()).casefold()
    own = next((kept for kept, told in names.items() if told.casefold() == wanted), None)
    if own is not None:
        return own
    return next((kept for kept, told in COLOURS.items() if wanted in (kept, told.casefold())), None)
