# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Recordings made when a test wants them: hums of a given length, and files that are none."""

from __future__ import annotations

import math
import random
import shutil
import struct
import subprocess
import wave
from pathlib import Path

RATE_HZ = 16_000


def hum(path: Path, length_ms: int, pitch_hz: float = 220.0) -> Path:
    """Write a WAV file with a steady hum."""
    count = RATE_HZ * length_ms // 1000
    turn = 2 * math.pi * pitch_hz / RATE_HZ
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(b"".join(struct.pack("<h", int(6000 * math.sin(n * turn))) for n in range(count)))
    return path


def encoder() -> str | None:
    """Return the ffmpeg program, where there is one."""
    return shutil.which("ffmpeg")


def encoded(source: Path, ending: str, *options: str) -> Path:
    """Write a recording in another format beside it."""
    target = source.with_suffix(ending)
    command = [encoder() or "", "-v", "error", "-y", "-i", str(source), *options, str(target)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return target


def noise(path: Path, size: int = 100_000) -> Path:
    """Write bytes that mean nothing."""
    path.write_bytes(random.Random(7).randbytes(size))
    return path


def cut(source: Path, share: float, name: str) -> Path:
    """Write the first part of a file."""
    content = source.read_bytes()
    target = source.with_name(name)
    target.write_bytes(content[: int(len(content) * share)])
    return target
