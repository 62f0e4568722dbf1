# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark bookmarks`: list them, or export them as Markdown, CSV, JSON or WebVTT chapters."""

from __future__ import annotations

import sys
from pathlib import Path

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.cli.opened import opened_store, restored_if_damaged
from earmark.cli.printing import print_json
from earmark.domain.marks.colours import names_of
from earmark.formats.export import Entry, as_listed, form_of, time_range, write_entries
from earmark.formats.writers import write_atomically
from earmark.session.marks.carrying import entry_of
from earmark.settings import options

_QUOTE_CHARS = 70


def run(
    profile: Profile,
    action: str,
    out: Path | None,
    *,
    as_json: bool = False,
    form: str | None = None,
    recording: Path | None = None,
) -> int:
    """Print or write the bookmarks, those of one recording where it is given; return the exit code."""
    if action == "export" and out is not None:
        form = form or form_of(out)
    entries = _entries(profile, recording)
    if action == "list":
        if as_json:
            print_json([as_listed(entry) for entry in entries], 2)
        else:
            sys.stdout.writelines(f"{_line(entry)}\n" for entry in entries)
        return 0
    text = write_entries(entries, "json" if as_json else form or "md")
    if out is None:
        sys.stdout.write(text)
    else:
        write_atomically(out, text.encode("utf-8", "replace"))
    return 0


def _entries(profile: Profile, path: Path | None) -> list[Entry]:
    with opened_store(profile) as store:
        restored_if_damaged(store, profile)
        if path is None:
            bookmarks = store.bookmarks.all()
        else:
            known = store.recordings.find(path.absolute())
            if known is None:
                raise UserError("unknown-recording", f"{path} was never opened here.")
            bookmarks = store.bookmarks.of_recording(known.id)
        names = names_of(store.settings.all().get(options.COLOUR_NAMES.key) or {})
        recordings = {one: store.recordings.get(one) for one in {b.recording for b in bookmarks}}
    found = [entry_of(one, recordings[one.recording], names) for one in bookmarks]
    return sorted(found, key=_place)


def _place(entry: Entry) -> tuple[str, str, int, int]:
    bookmark = entry.bookmark
    return entry.title, bookmark.recording, bookmark.anchor.start_ms or 0, bookmark.number


def _line(entry: Entry) -> str:
    bookmark = entry.bookmark
    words = " ".join(bookmark.anchor.quote.split())
    if len(words) > _QUOTE_CHARS:
        words = words[:_QUOTE_CHARS].rsplit(" ", 1)[0] + "…"
    parts = [
        f"{time_range(bookmark.anchor) or '--:--'}  {entry.title}",
        f"“{words}”" if words else "",
        " ".join(bookmark.note.split()),
        " ".join(f"#{tag}" for tag in bookmark.tags),
    ]
    return "  ".join(part for part in parts if part)
