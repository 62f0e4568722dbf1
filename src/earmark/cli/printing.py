# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Standard streams that take whatever is printed, and JSON that any of them can carry.

Called by `earmark.app.main` before anything is printed, and by the subcommands; in the main thread.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any


def prepare_streams() -> None:
    """Let closed streams lead nowhere, and letters that the output does not know become question marks.

    Without the first, the next file that is opened would take the number of the closed stream, and with
    it whatever some library prints there.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            os.set_inheritable(number, True)
    sys.stdout = sys.stdout or io.TextIOWrapper(io.FileIO(1, "w"), encoding="utf-8")
    sys.stderr = sys.stderr or io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def print_json(value: Any, indent: int | None) -> None:
    """Print JSON; to an output that does not take all letters with escapes, which are the same JSON."""
    # The name of a file may hold bytes that are no text; then it has a question mark for each.
    text = json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace").decode("utf-8")
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        text = json.dumps(json.loads(text), indent=indent)
    print(text)
