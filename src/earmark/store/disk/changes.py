# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A change of the listener's data as a value, and the digest of a row. Inside `store` only; pure."""

from __future__ import annotations

import json
from typing import NamedTuple

Value = str | int | float
Row = dict[str, Value]

DIGEST_BYTES = 16


class Change(NamedTuple):
    """One row as it is from now on (`row`), or its end (`row` is None)."""

    table: str
    key: Value
    row: Row | None


def sound_text(text: str) -> str:
    """Return a text SQLite can hold: halves of surrogate pairs that stand alone become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def digest_of(table: str, values: tuple[Value, ...]) -> bytes:
    """Return the digest of a row's columns in their order."""
    from hashlib import blake2b  # loads OpenSSL (4 ms), which starting up can do without

    canonical = json.dumps([table, *values], separators=(",", ":"))
    return blake2b(canonical.encode(), digest_size=DIGEST_BYTES).digest()


def xor(one: bytes, other: bytes) -> bytes:
    """Return the exclusive-or of two digests."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
