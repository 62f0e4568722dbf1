# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is printed where streams are closed or know few letters; names that no system takes; Ctrl+C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Streams are closed by a POSIX shell here.")

TEXT = "0:01 Ann: Größe — 漢字 𝄞.\n\n0:05 Ben: Yes.\n"


@pytest.fixture
def shell(tmp_path):
    (tmp_path / "talk.txt").write_text(TEXT, encoding="utf-8")

    def run(line, **more):
        command = f'earmark() {{ "{sys.executable}" -m earmark --profile profile "$@"; }}\n{line}'
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", **more}
        done = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


@pytest.mark.parametrize(
    "line",
    [
        "read talk.txt",
        "read --json talk.txt",
        "search yes",
        "search --json yes",
        "bookmarks export",
        "--version",
    ],
)
def test_a_closed_output_is_somebody_who_does_not_want_to_read(shell, line):
    assert shell(f"earmark {line} <&- >&- 2>&-") == (0, "", "")


def test_adding_needs_nobody_who_reads(shell):
    assert shell("earmark add talk.txt >&- 2>&-") == (0, "", "")
    assert "1 recording, sound" in shell("earmark doctor")[1]


@pytest.mark.parametrize("line", ["read talk.txt", "commands", "doctor", "search größe"])
def test_what_a_terminal_has_no_letter_for_becomes_a_question_mark(shell, line):
    code, out, err = shell(f"earmark add talk.txt >added; earmark {line}", PYTHONIOENCODING="ascii")
    assert (code, err) == (0, "")
    assert "?" in out


@pytest.mark.parametrize("line", ["read --json talk.txt", "commands --json", "search --json größe"])
def test_json_is_the_same_whatever_letters_a_terminal_has(shell, line):
    shell("earmark add talk.txt")
    plain = shell(f"earmark {line}", PYTHONIOENCODING="ascii")[1]
    full = shell(f"earmark {line}", PYTHONIOENCODING="utf-8")[1]
    assert plain.isascii() and not full.isascii()
    plain, full = json.loads(plain), json.loads(full)
    for one in (plain, full):
        isinstance(one, dict) and one.pop("took_ms", None)
    assert plain == full


def test_a_name_that_is_no_text_leaves_json_that_every_reader_takes(shell, tmp_path):
    name = os.fsdecode(b"bad\xff.txt")
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    shell("earmark add .")
    for encoding in ("ascii", "utf-8"):
        out = shell("earmark search --json größe", PYTHONIOENCODING=encoding)[1]
        assert "bad?.txt" in out


@pytest.mark.parametrize(
    "line", ["read", "read --json", "add", "convert talk.txt", "weave talk.txt", "--screenshot p.png"]
)
def test_a_name_too_long_for_any_file_is_told(shell, line):
    code, out, err = shell(f"earmark {line} {'n' * 300}.vtt")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "too long" in err


def test_several_files_are_read_though_one_has_no_possible_name(shell):
    code, out, _ = shell(f"earmark read --json {'n' * 300}.vtt talk.txt")
    refused, read = map(json.loads, out.splitlines())
    assert code == 1 and "too long" in refused["error"] and read["cues"]


@pytest.mark.parametrize("line", ["add .", "convert talk.txt o.srt", "bookmarks export o.md", "talk.txt"])
def test_a_folder_that_is_gone_is_told(shell, line):
    code, out, err = shell(f"mkdir gone; cd gone; rmdir ../gone; earmark {line}")
    assert (code, out, err.splitlines()[-1]) == (
        1,
        "",
        "earmark: The folder that this was called in is gone.",
    )


def test_the_window_ends_with_ctrl_c_in_its_terminal(tmp_path):
    lock = tmp_path / "profile" / "window.lock"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PULSE_SERVER": "/nonexistent"}
    command = [sys.executable, "-m", "earmark", "--profile", str(lock.parent), "--sample"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as window:
        while not lock.exists() and window.poll() is None:
            time.sleep(0.05)  # nothing of the other process can be waited for
        window.send_signal(signal.SIGINT)
        assert window.wait(30) == -signal.SIGINT
