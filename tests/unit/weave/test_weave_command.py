# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""earmark weave: the report, the JSON, the files written, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from earmark.cli.weave import run
from earmark.formats.registry import read_file
from weave_talk import HUMAN, MACHINE


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def _stamp(ms: int) -> str:
    return f"00:00:{ms // 1000:02}.{ms % 1000:03}"


@pytest.fixture
def human(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text("\n\n".join(f"{_clock(c.start_ms or 0)} {c.text}" for c in HUMAN.cues), "utf-8")
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    path = tmp_path / "talk.vtt"
    cues = [f"{_stamp(c.start_ms or 0)} --> {_stamp(c.end_ms or 0)}\n{c.text}" for c in MACHINE.cues]
    path.write_text("\n\n".join(["WEBVTT", *cues]) + "\n", "utf-8")
    return path


def test_the_report_is_printed(human: Path, machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(human, machine, None, as_json=False) == 0
    out = capsys.readouterr().out
    assert "0 untimed" in out
    assert "3 disagreements" in out
    assert "The stamps fit the words." in out


def test_the_json_has_what_is_promised(
    human: Path, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(human, machine, None, as_json=True) == 0
    said = json.loads(capsys.readouterr().out)
    assert 0.9 < said["matched_share"] < 1
    assert set(said["words"]) == {"aligned", "interpolated", "none"}
    assert [t["stamp_ms"] for t in said["turns"]] == [c.start_ms for c in HUMAN.cues]
    assert {"start_ms", "matched_share", "speaker", "text"} <= set(said["turns"][0])
    assert {"kind", "seconds", "at_ms"} <= set(said["offset"])
    assert said["cues"][0]["words"][0] == {
        "text": "Welcome",
        "start_ms": 1_000,
        "end_ms": 1_504,
        "timing": "aligned",
    }


@pytest.mark.parametrize("ending", [".vtt", ".json", ".md"])
def test_it_writes_by_the_ending(human: Path, machine: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"woven{ending}"
    assert run(human, machine, out, as_json=False) == 0
    assert "Agnete" in out.read_text("utf-8")
    if ending != ".md":
        back = read_file(out)
        assert back.cues[0].words[0].start_ms == 1_000


def test_a_wrong_pair_is_one_sentence(
    human: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.vtt"
    text = "A lecture on glaciers that has nothing in common with what was typed there at all"
    other.write_text(f"WEBVTT\n\n00:01.000 --> 00:09.000\n{text}\n", "utf-8")
    assert run(human, other, None, as_json=True) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(
        "earmark: These are not two transcripts of one recording: only 0% of the words"
    )
    assert said.err.count("\n") == 1


def test_files_given_the_wrong_way_round_are_exchanged(
    human: Path, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(machine, human, None, as_json=True) == 0
    said = capsys.readouterr()
    assert "rougher times" in said.err
    assert "Agnete" in said.out


def test_a_target_that_is_a_source_is_refused(
    human: Path, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(human, machine, machine, as_json=False) == 1
    assert "not written over" in capsys.readouterr().err
