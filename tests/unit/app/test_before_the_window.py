# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Before the window: arguments, versions that cannot work, and machines without a screen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject

import earmark
from earmark.app.args import SUBCOMMANDS, parse
from earmark.app.pair import is_broken_pair
from earmark.app.screen import choose_platform
from earmark.base.errors import UserError
from earmark.base.log import SUBJECTS
from earmark.base.paths import sample


@pytest.mark.parametrize(
    ("pyside", "python", "broken"),
    [
        ("6.12.0", (3, 11), True),
        ("6.12.0", (3, 10), True),
        ("6.12.0", (3, 12), False),
        ("6.12.0", (3, 13), False),
        ("6.11.3", (3, 11), False),
        ("6.12.1", (3, 11), False),
    ],
)
def test_one_pair_of_qt_and_python_is_refused(pyside, python, broken):
    assert is_broken_pair(pyside, python) is broken


def test_this_pair_is_not_the_broken_one():
    assert not is_broken_pair(PySide6.__version__, sys.version_info[:2])


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_into_qt_do_not_drop_references_to_none():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 200


def test_a_file_is_not_taken_for_a_subcommand_nor_a_subcommand_for_a_file():
    assert parse(["talk.mp3", "read"]).subcommand is None
    assert parse(["read", "talk.vtt"]).subcommand == "read"
    assert parse(["--profile", "p", "do", "player.seek", "5"]).args == ["5"]
    assert parse(["do", "--profile", "p", "player.play"]).command == "player.play"
    assert parse(["--run", "player.play", "--sample"]).run == ["player.play"]
    assert parse(["--", "read"]).files == ["read"]


def test_wrong_usage_leaves_with_2():
    for words in (["--nonsense"], ["read"], ["weave", "one"], ["search"]):
        with pytest.raises(SystemExit) as leaving:
            parse(words)
        assert leaving.value.code == 2


def test_every_subcommand_says_what_it_does(capsys):
    for words in ([], *([name] for name in SUBCOMMANDS)):
        with pytest.raises(SystemExit) as leaving:
            parse([*words, "--help"])
        assert leaving.value.code == 0
    told = capsys.readouterr().out
    assert all(f"usage: earmark {name} " in told for name in SUBCOMMANDS)
    assert "opens_turn" in told


def test_a_window_without_a_screen_is_refused_and_a_picture_is_drawn_off_screen():
    with pytest.raises(UserError):
        choose_platform({}, False, "linux")
    environment: dict[str, str] = {}
    assert choose_platform(environment, True, "linux")
    assert environment == {"QT_QPA_PLATFORM": "offscreen"}
    assert choose_platform({"DISPLAY": ":0"}, False, "linux") is None
    assert choose_platform({}, False, "darwin") is None


@pytest.mark.parametrize(
    "words",
    [
        ["search", "x", "--limit", "-3"],
        ["search", "x", "--limit", "many"],
        ["--debug", "nosuch"],
        ["doctor", "--debug", "tasks,nosuch"],
        ["--profile", "", "doctor"],
        ["--run", ""],
        ["--run", "find.open 'x"],
        ["--screenshot-after", "nan"],
        ["--screenshot-after", "-1"],
        ["bookmarks", "list", "out.md"],
        ["do"],
    ],
)
def test_what_an_option_cannot_be_is_wrong_usage(words, capsys):
    with pytest.raises(SystemExit) as leaving:
        parse(words)
    assert leaving.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_subjects_of_the_log_are_those_that_are_written():
    sources = Path(earmark.__file__).parent.rglob("*.py")
    written = {
        name for path in sources for name in re.findall(r'getLogger\("earmark\.(\w+)"', path.read_text())
    }
    assert written == set(SUBJECTS)
    assert parse(["--debug", "tasks, all"]).debug == "tasks, all"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("words", [["read", "SAMPLE"], ["read", "--json", "SAMPLE"], ["commands"]])
def test_what_cannot_be_printed_is_one_sentence(words, buffered):
    words = [str(sample().with_suffix(".machine.vtt")) if word == "SAMPLE" else word for word in words]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "earmark", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": buffered},
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith("earmark: What was to be printed could not be written: ")
    assert len(ran.stderr.splitlines()) == 1
