# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Saves a stretch of a recording as a file of its own, by the `ffmpeg` program where it is installed.

For a worker: it waits until the program is done. The source is only read.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from earmark.base.cancelling import Cancelled
from earmark.base.errors import UserError
from earmark.base.files import check_place, check_source, write_fault

ENDINGS = (".mp3", ".m4a", ".opus", ".ogg", ".flac", ".wav")
FFMPEG_MISSING = "Saving a stretch as audio needs ffmpeg, which is not installed."
_FULL = os.strerror(errno.ENOSPC)
_LOOK_EVERY_S = 0.1


def ffmpeg_program() -> str | None:
    """Return where `ffmpeg` is installed, None where it is not."""
    return shutil.which("ffmpeg")


def save_stretch(source: Path, target: Path, start_ms: int, end_ms: int, cancelled: Cancelled) -> bool:
    """Write `start_ms` to `end_ms` of a recording to `target`; False when it was cancelled.

    Raises UserError: ffmpeg-missing, unknown-form, same-file, unreadable, not-written.
    """
    program = ffmpeg_program()
    if program is None:
        raise UserError("ffmpeg-missing", FFMPEG_MISSING)
    if target.suffix.lower() not in ENDINGS:
        listed = ", ".join(ENDINGS)
        raise UserError("unknown-form", f"{target.name}: a stretch is saved as one of {listed}.")
    check_source(source)
    check_place(target)
    if target.exists() and target.samefile(source):
        raise UserError("same-file", f"{target.name} is the recording itself; it is not written over.")
    part = target.with_name(f".{target.stem}.{os.getpid()}.part{target.suffix}")
    try:
        trouble = run_ffmpeg(_command(program, source, part, start_ms, end_ms), cancelled)
        if trouble is None:
            return False
        if _FULL in trouble:
            raise UserError("not-written", f"The disk is full: {target.name} could not be written.")
        if trouble:
            raise UserError("not-written", f"ffmpeg could not make {target.name} of {source.name}: {trouble}")
        part.replace(target)
        return True
    except OSError as error:
        raise write_fault(target, error) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _command(program: str, source: Path, target: Path, start_ms: int, end_ms: int) -> list[str]:
    length_ms = max(100, end_ms - start_ms)
    return [
        *(program, "-nostdin", "-v", "error", "-y"),
        *("-protocol_whitelist", "file", "-ss", f"{start_ms / 1000:.3f}", "-i", f"file:{source}"),
        *("-t", f"{length_ms / 1000:.3f}", "-map", "0:a:0", "-map_metadata", "-1", f"file:{target}"),
    ]


def run_ffmpeg(command: list[str], cancelled: Cancelled) -> str | None:
    """Return what went wrong, "" when nothing did, None when it was cancelled."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        while True:
            try:
                _, errors = process.communicate(timeout=_LOOK_EVERY_S)
            except subprocess.TimeoutExpired:
                if cancelled():
                    process.kill()
                    process.communicate()
                    return None
                continue
            if process.returncode == 0:
                return ""
            lines = errors.decode("utf-8", "replace").strip().splitlines()
            return (lines[-1] if lines else "it failed").rstrip(".") + "."
