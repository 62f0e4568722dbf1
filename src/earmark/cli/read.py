# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark read FILE … [--json] [--strict]`: read any transcript and print it."""

from __future__ import annotations

import sys
from pathlib import Path

from earmark.base.errors import UserError
from earmark.cli.printing import print_json
from earmark.domain.transcript import Transcript
from earmark.formats.jsonform import to_json
from earmark.formats.registry import read_file
from earmark.formats.writers import to_stamped_text


def run(files: list[Path], *, as_json: bool, strict: bool) -> int:
    """Print the transcripts; return 0, or 1 if any file was refused (one line on stderr for each)."""
    refused = 0
    several = len(files) > 1
    for path in files:
        try:
            transcript = read_file(path, strict)
        except UserError as error:
            refused = 1
            print(f"earmark: {error.message}", file=sys.stderr)
            if as_json and several:
                print_json({"file": str(path), "error": error.message}, None)
            continue
        if as_json:
            print_json(to_json(transcript), None if several else 1)
        else:
            _print_text(path, transcript, several)
    return refused


def _print_text(path: Path, transcript: Transcript, several: bool) -> None:
    if several:
        print(f"== {path.name}")
    print(to_stamped_text(transcript), end="")
    if transcript.notes:
        count = len(transcript.notes)
        print(f"{path.name}: {count} note{'' if count == 1 else 's'} (--json shows them)", file=sys.stderr)
