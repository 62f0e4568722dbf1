# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Chapters of a recording."""

from __future__ import annotations

from typing import NamedTuple


class Chapter(NamedTuple):
    """Where a chapter starts, in ms, and what it is called."""

    start_ms: int
    title: str
