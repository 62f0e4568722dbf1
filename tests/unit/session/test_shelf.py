# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a shelf knows of itself, so that nobody walks through ten thousand rows for it."""

from __future__ import annotations

from pathlib import Path

from earmark.session.library.shelf import Entry, Heading, arranged


def entry(name: str, *, opened: int = 0, position_ms: int = 0, missing: bool = False) -> Entry:
    path = Path(f"/talks/{name}.mp3")
    return Entry(name, name, "", (path,), 60_000, position_ms, 0.0, opened, 0, False, missing, f" {name} ")


HELD = [
    entry("a", opened=1, position_ms=9),
    entry("b", opened=2),
    entry("c"),
    entry("d", opened=3, missing=True),
]


def test_what_was_opened_last_and_is_there_comes_first() -> None:
    assert [one.title for one in arranged(HELD, "title").recent] == ["b", "a"]


def test_each_recording_is_found_at_its_first_row() -> None:
    shelf = arranged(HELD, "title")
    assert shelf.rows[:3] == (Heading("Continue"), HELD[0], Heading("Library"))
    assert shelf.places == {"a": 1, "b": 4, "c": 5, "d": 6}


def test_an_empty_library_has_no_rows() -> None:
    shelf = arranged([], "source")
    assert (shelf.rows, shelf.recent, shelf.places) == ((), (), {})
