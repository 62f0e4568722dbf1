# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Files that are no recordings are told by name of what they are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from earmark.playback.mediafile import media_fault


def code(path: Path) -> str | None:
    fault = media_fault(path)
    if fault is not None:
        assert path.name in fault.message
        assert fault.message.endswith(".")
        assert "\n" not in fault.message
    return fault.code if fault else None


def test_missing(tmp_path) -> None:
    assert code(tmp_path / "gone.mp3") == "missing"


def test_below_a_file(tmp_path) -> None:
    (tmp_path / "a").write_bytes(b"\0")
    assert code(tmp_path / "a" / "b.mp3") == "missing"


def test_directory(tmp_path) -> None:
    assert code(tmp_path) == "directory"


def test_empty(tmp_path) -> None:
    (tmp_path / "e.mp3").touch()
    assert code(tmp_path / "e.mp3") == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"Hello, this is no music.\n",
        "Grüße aus Köln\n".encode() * 400,
        "Grüße aus Köln\r\n".encode("cp1252"),
        "Grüße aus Köln\r\n".encode("utf-16"),
        b"#EXTM3U\nfile:///etc/passwd\n",
    ],
    ids=["ascii", "utf-8", "cp1252", "utf-16", "playlist"],
)
def test_text(tmp_path, content) -> None:
    (tmp_path / "t.mp3").write_bytes(content)
    assert code(tmp_path / "t.mp3") == "text"


@pytest.mark.parametrize(
    "content", [b"RIFF\x24\0\0\0WAVEfmt ", b"ID3\x04\0\0", b"\xff\xfb\x90\x04" * 50, bytes(range(256)) * 9]
)
def test_whatever_else_is_left_to_the_back_end(tmp_path, content) -> None:
    (tmp_path / "r.mp3").write_bytes(content)
    assert code(tmp_path / "r.mp3") is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_pipes_devices_and_links(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    (tmp_path / "zero.mp3").symlink_to("/dev/zero")
    (tmp_path / "round.mp3").symlink_to("round.mp3")
    (tmp_path / "dead.mp3").symlink_to("nowhere.mp3")
    assert code(tmp_path / "pipe.mp3") == "special"
    assert code(tmp_path / "zero.mp3") == "special"
    assert code(tmp_path / "round.mp3") == "loop"
    assert code(tmp_path / "dead.mp3") == "missing"


def test_a_link_to_a_recording_is_fine(tmp_path) -> None:
    (tmp_path / "real.wav").write_bytes(b"RIFF\x24\0\0\0WAVEfmt ")
    try:
        (tmp_path / "link.wav").symlink_to(tmp_path / "real.wav")
    except OSError:
        pytest.skip("links are not allowed here")
    assert code(tmp_path / "link.wav") is None


def test_a_name_no_system_takes() -> None:
    assert media_fault(Path("a\0b.mp3")) is not None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_forbidden(tmp_path) -> None:
    path = tmp_path / "secret.mp3"
    path.write_bytes(b"\0")
    path.chmod(0)
    assert code(path) == "forbidden"
