# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Takes the transcripts out of a media container (mkv, mp4, webm) by the `ffmpeg` program, where installed.

For a worker: it reads the whole file where there is one inside. The container is only read. Subtitles that
are pictures hold no words and are passed over.
"""

from __future__ import annotations

import re
import subprocess
from contextlib import suppress
from pathlib import Path

from earmark.base.cancelling import Cancelled
from earmark.base.errors import UserError
from earmark.desktop.stretches import ffmpeg_program, run_ffmpeg

CONTAINERS = frozenset(".mkv .mka .webm .mp4 .m4v .m4a .m4b .mov .3gp".split())
_TEXTS = frozenset("ass mov_text ssa srt subrip text webvtt".split())
_STREAM = re.compile(r"^\s*Stream #0:\d+(?:\[\w+\])?(?:\((\w+)\))?: Subtitle: (\w+)", re.MULTILINE)
_WAIT_S = 20


def embedded_transcripts(media: Path, folder: Path, cancelled: Cancelled) -> list[Path]:
    """Write the transcripts inside a recording to `folder` as WebVTT and return them, none without `ffmpeg`.

    `folder` is for what has this content alone; what was written before is not written again.
    Raises UserError: not-written.
    """
    program = ffmpeg_program()
    if program is None or media.suffix.lower() not in CONTAINERS:
        return []
    wanted = {
        number: _written(folder, f".{number + 1}.{language or 'und'}.vtt", media.stem)
        for number, (language, codec) in enumerate(_streams(program, media))
        if codec in _TEXTS
    }
    missing = {number: path for number, path in wanted.items() if not path.exists()}
    if missing and not _extract(program, media, missing, cancelled):
        return []
    return list(wanted.values())


def _written(folder: Path, ending: str, stem: str) -> Path:
    """Return where a transcript is, under whatever name the recording had when it was written."""
    return min(folder.glob(f"*{ending}"), default=folder / (stem + ending))


def _streams(program: str, media: Path) -> list[tuple[str, str]]:
    """Return (language, codec) of each subtitle stream."""
    command = [program, "-nostdin", "-hide_banner", *_input(media)]
    try:
        told = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_WAIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return _STREAM.findall(told.stderr.decode("utf-8", "replace"))


def _input(media: Path) -> list[str]:
    return ["-protocol_whitelist", "file", "-i", f"file:{media}"]


def _extract(program: str, media: Path, wanted: dict[int, Path], cancelled: Cancelled) -> bool:
    """Write streams to files, all or none; False when it was cancelled."""
    parts = {number: path.with_name(f".{path.name}.part") for number, path in wanted.items()}
    command = [program, "-nostdin", "-v", "error", "-y", *_input(media)]
    for number, part in parts.items():
        command += ["-map", f"0:s:{number}", "-f", "webvtt", f"file:{part}"]
    try:
        next(iter(wanted.values())).parent.mkdir(parents=True, exist_ok=True)
        trouble = run_ffmpeg(command, cancelled)
        if trouble:
            raise UserError("not-written", f"The transcript inside {media.name} could not be read: {trouble}")
        if trouble == "":
            for number, part in parts.items():
                part.replace(wanted[number])
        return trouble == ""
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            "not-written", f"The transcript inside {media.name} was not kept: {reason}."
        ) from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()
