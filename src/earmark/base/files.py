# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Why a file the listener named cannot be written or read, in one plain sentence. Any thread.

Asked before something is written, so that SQLite's and ffmpeg's own words never have to be told.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from earmark.base.errors import UserError

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


def check_place(path: Path) -> None:
    """Raise the UserError "not-written" that keeps a file from being written at a path."""
    folder = path.absolute().parent
    try:
        if not folder.is_dir():
            raise _not_written(path, f"There is no folder {folder}.")
        if path.is_dir():
            raise _not_written(path, f"{path} is a folder; name a file in it.")
        if path.exists() and not path.is_file():
            raise _not_written(path, f"{path} is not a file.")
    except OSError as error:
        raise write_fault(path, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _not_written(path, f"Nothing can be written in {folder}: permission is missing.")


def write_fault(path: Path, error: OSError) -> UserError:
    """Return what a failed write of a file means."""
    if error.errno in _FULL:
        return _not_written(path, f"The disk is full: {path.name} could not be written.")
    if error.errno in _REFUSED:
        return _not_written(path, f"{path.name} cannot be written: permission is missing.")
    if error.errno == errno.ENAMETOOLONG:
        return _not_written(path, f"The name {path.name[:60]}… is too long for a file.")
    reason = error.strerror or str(error)
    return _not_written(path, f"{path.name} cannot be written: {reason[:1].lower()}{reason[1:]}.")


def check_source(path: Path) -> None:
    """Raise the UserError "unreadable" that keeps a file from being read."""
    try:
        kind = path.stat().st_mode
    except OSError as error:
        raise read_fault(path, error) from error
    if stat.S_ISDIR(kind):
        raise UserError("unreadable", f"{path.name} is a folder, not a file.", path=path)
    if not stat.S_ISREG(kind):
        raise UserError("unreadable", f"{path.name} is not a file.", path=path)  # a FIFO would wait for ever
    if not os.access(path, os.R_OK):
        raise UserError("unreadable", f"{path.name} cannot be read: permission is missing.", path=path)


def read_fault(path: Path, error: OSError) -> UserError:
    """Return what a failed read of a file means."""
    if isinstance(error, FileNotFoundError):
        return UserError("unreadable", f"There is no file {path}.", path=path)
    if error.errno in _REFUSED:
        return UserError("unreadable", f"{path.name} cannot be read: permission is missing.", path=path)
    reason = error.strerror or str(error)
    return UserError(
        "unreadable", f"{path.name} cannot be read: {reason[:1].lower()}{reason[1:]}.", path=path
    )


def _not_written(path: Path, sentence: str) -> UserError:
    return UserError("not-written", sentence, path=path)
