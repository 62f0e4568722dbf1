# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""How a recording is called: by its tags, else by its file. Pure, any thread."""

from __future__ import annotations

from pathlib import Path

from earmark.domain.items import Recording


def title_of_file(path: Path) -> str:
    """Return a readable title for a file: `keepers-logbook.en.vtt` is "Keepers logbook"."""
    words = path.stem.split(".")[0].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else path.name


def shown_title(recording: Recording) -> str:
    """Return what a recording is shown as."""
    return recording.title or title_of_file(recording.path)


def shown_source(recording: Recording) -> str:
    """Return where a recording belongs: its show, else its folder."""
    return recording.show or shown_folder(recording.path, shown_title(recording))


def shown_folder(path: Path, title: str) -> str:
    """Return the folder a file is in, the one above where it only says the file's name or title again."""
    folder = path.parent
    if folder.name.casefold() in (path.stem.casefold(), title.casefold()):
        folder = folder.parent
    return folder.name
