# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""File paths as text in the store and back, also those whose names are not text. Pure; inside `store`.

A path is kept as it is written. One with bytes that are not UTF-8 is kept as a `file:` URI, which no
absolute path begins with.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

_URI = "file://"


def text_of(path: Path) -> str:
    """Return the text that stands for an absolute path."""
    written = str(path.absolute())
    try:
        written.encode()
    except UnicodeEncodeError:
        return path.absolute().as_uri()
    return written


def path_of(text: str) -> Path:
    """Return the path a text stands for."""
    if text.startswith(_URI):
        from urllib.parse import unquote_to_bytes  # brings Internet addresses with it; only for such a path

        return Path(os.fsdecode(unquote_to_bytes(text[len(_URI) :])))
    return Path(text)


def list_text(paths: Iterable[Path]) -> str:
    """Return the text that stands for several paths."""
    return json.dumps([text_of(path) for path in paths], ensure_ascii=False)


def paths_of(text: str) -> tuple[Path, ...]:
    """Return the paths such a text stands for."""
    return tuple(path_of(item) for item in json.loads(text))
