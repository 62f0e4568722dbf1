# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Clock text: print and parse."""

from __future__ import annotations

import re

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CLOCK = r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2})(?:[.,]([0-9]{1,3}))?"
_PLAIN = r"([0-9]{1,7})(?:[.,]([0-9]{1,3}))?\s*s?"
_UNITS = r"(?:([0-9]{1,4})\s*h)?\s*(?:([0-9]{1,5})\s*m(?:in)?)?\s*(?:([0-9]{1,7})\s*s)?"


def clock(ms: int, *, hours: bool = False) -> str:
    """Return `11:04`, or `1:02:07` from an hour on (`hours` writes the hour always)."""
    seconds = max(0, ms) // 1000
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    if hour or hours:
        return f"{hour}:{minute:02}:{second:02}"
    return f"{minute:02}:{second:02}"


def stamp(ms: int) -> str:
    """Return the WebVTT form `00:11:04.250`."""
    seconds, milli = divmod(max(0, ms), 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{milli:03}"


def day(date: str) -> str:
    """Return `12 May 2026` for `2026-05-12`; what is no such date is returned as it is."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", date)
    if found is None or not 1 <= int(found[2]) <= 12:
        return date
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


def spoken(ms: int) -> str:
    """Return a time as it is said: `1 hour 2 minutes 7 seconds`."""
    minutes, second = divmod(max(0, ms) // 1000, 60)
    hour, minute = divmod(minutes, 60)
    parts = [(hour, "hour"), (minute, "minute"), (second, "second")]
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
    return " ".join(said) or "0 seconds"


def parse_clock(text: str) -> int | None:
    """Read `1:02:07`, `11:04.5`, `664`, `90s` or `1h 2m 7s` as milliseconds; None if it is no time."""
    text = text.strip().lower()
    if match := re.fullmatch(_CLOCK, text, re.ASCII):
        hour, minute, second, fraction = match.groups()
        whole = int(hour or 0) * 3600 + int(minute) * 60 + int(second)
        return whole * 1000 + int((fraction or "0").ljust(3, "0"))
    if match := re.fullmatch(_PLAIN, text, re.ASCII):
        return int(match[1]) * 1000 + int((match[2] or "0").ljust(3, "0"))
    match = re.fullmatch(_UNITS, text, re.ASCII)
    if match and any(match.groups()):
        hour, minute, second = (int(part or 0) for part in match.groups())
        return (hour * 3600 + minute * 60 + second) * 1000
    return None
