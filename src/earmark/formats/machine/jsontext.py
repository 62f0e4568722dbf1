# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""JSON from strangers: loaded without surprises, its values asked for by the type they should have."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from earmark.domain.times import parse_clock
from earmark.formats.source import Source

_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*\{)")
_SURROGATE = re.compile("[\ud800-\udfff\0]")
_MAX_MS = 10**13


def looks_like_json(head: str) -> bool:
    """Tell whether a text begins like an object, or an array of them."""
    return _START.match(head) is not None


def load(source: Source) -> Any:
    """Return the parsed value; UserError with the line where the JSON breaks."""
    try:
        return json.loads(source.text)
    except json.JSONDecodeError as error:
        raise source.refused("bad-json", f"is broken JSON: {error.msg} (line {error.lineno}).") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; a thousand brackets
        raise source.refused("bad-json", "is JSON no transcript is made of.") from error


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list, or nothing."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """Return a string without NUL and halves of surrogate pairs (nothing can print them), or ""."""
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else ""


def whole(value: object) -> int | None:
    """Return a whole number that can be a time, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value) if abs(value) <= _MAX_MS else None


def seconds(value: object) -> int | None:
    """Return seconds (a number, one in a string, or clock text) as milliseconds, or None."""
    if isinstance(value, str):
        written = value
        try:
            value = float(written)
        except ValueError:
            return parse_clock(written)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value * 1000) if abs(value) <= _MAX_MS / 1000 else None


def segments(source: Source, value: object) -> list[tuple[int, dict[str, Any]]]:
    """Return the objects of a list with their numbers from 1; anything else in it is noted."""
    items = value if isinstance(value, list) else []
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            source.notes.add(0, "not-read", f"Item {number} is no segment and was left out.")
    return [(number, item) for number, item in enumerate(items, 1) if isinstance(item, dict)]


def note_unread(source: Source, number: int, times: int, *, words: bool = True) -> None:
    """Note what of a segment could not be read: so many times, and its words."""
    if times:
        what = "a time" if times == 1 else f"{times} times"
        source.notes.add(0, "bad-times", f"Segment {number} has {what} that cannot be read.")
    if not words:
        source.notes.add(0, "not-read", f"The words of segment {number} are no text; it was left out.")
