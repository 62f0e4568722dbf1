# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""How long work asks, now and then, whether it is still wanted. Pure, any thread."""

from __future__ import annotations

from collections.abc import Callable

Cancelled = Callable[[], bool]


def never() -> bool:
    """Answer for work that nobody cancels."""
    return False
