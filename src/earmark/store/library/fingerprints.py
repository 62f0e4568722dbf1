# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Know a file again after it was moved or renamed: its size and three slices of 64 KB. Any thread."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from earmark.base.errors import UserError
from earmark.domain.items import Fingerprint

SLICE_BYTES = 64 * 1024
_DIGEST_BYTES = 16


def fingerprint(path: Path) -> Fingerprint:
    """Return a regular file's fingerprint; raises UserError. Reads at most 192 KB."""
    from hashlib import blake2b  # loads OpenSSL (4 ms), which starting up can do without

    try:
        # Without O_NONBLOCK a named pipe would wait for a writer for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise UserError("file-missing", f"{path} is not there.", path=path) from error
    except (OSError, ValueError) as error:
        raise UserError("file-unreadable", f"{path} cannot be read.", path=path, detail=str(error)) from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise UserError("file-irregular", f"{path} is not a file.", path=path)
    with os.fdopen(handle, "rb") as file:
        digest = blake2b(digest_size=_DIGEST_BYTES)
        for start in _slice_starts(status.st_size):
            file.seek(start)
            digest.update(file.read(SLICE_BYTES))
        return Fingerprint(status.st_size, digest.hexdigest())


def _slice_starts(size: int) -> tuple[int, ...]:
    if size <= 3 * SLICE_BYTES:
        return tuple(range(0, size, SLICE_BYTES))
    return 0, (size - SLICE_BYTES) // 2, size - SLICE_BYTES
