# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark convert IN OUT`: from any format Earmark reads to any it writes."""

from __future__ import annotations

import sys
from pathlib import Path

from earmark.base.errors import UserError
from earmark.formats.registry import read_file
from earmark.formats.writers import check_target, write_transcript


def run(source: Path, target: Path) -> int:
    """Convert; return 0, or 1 with one line on stderr. What was mended or made up is said there too."""
    try:
        check_target(target, source)
        transcript = read_file(source)
        remark = write_transcript(transcript, target)
    except UserError as error:
        print(f"earmark: {error.message}", file=sys.stderr)
        return 1
    if transcript.notes:
        count = len(transcript.notes)
        notes = f"{count} note{'' if count == 1 else 's'} (earmark read --json shows them)"
        print(f"{source.name}: {notes}", file=sys.stderr)
    if remark:
        print(f"{target.name}: {remark}", file=sys.stderr)
    return 0
