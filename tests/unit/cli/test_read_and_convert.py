# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark read` and `earmark convert`: what they print and how they leave."""

from __future__ import annotations

import json

import pytest

from earmark.cli import convert, read

VTT = "WEBVTT\n\n00:01,000 --> 00:02.000\n<v Ann>Hällo\n"


def test_json_of_one_file(tmp_path, capsys):
    path = tmp_path / "talk.vtt"
    path.write_text(VTT, encoding="utf-8")
    assert read.run([path], as_json=True, strict=False) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert list(data) == ["format", "language", "title", "cues", "marks", "notes"]
    assert data["cues"][0]["text"] == "Hällo"
    assert data["notes"][0]["line"] == 3
    assert err == ""


def test_json_of_several_is_a_line_each(tmp_path, capsys):
    good, bad = tmp_path / "talk.vtt", tmp_path / "none.vtt"
    good.write_text(VTT, encoding="utf-8")
    assert read.run([good, bad, good], as_json=True, strict=False) == 1
    out, err = capsys.readouterr()
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert first == third
    assert second == {"file": str(bad), "error": "none.vtt does not exist."}
    assert err == "earmark: none.vtt does not exist.\n"


@pytest.mark.parametrize("as_json", [False, True])
def test_refused_in_one_line(tmp_path, capsys, as_json):
    path = tmp_path / "talk.vtt"
    path.write_text("hello")
    assert read.run([path], as_json=as_json, strict=True) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


def test_plain_output_is_stamped_text(tmp_path, capsys):
    path = tmp_path / "talk.vtt"
    path.write_text(VTT, encoding="utf-8")
    assert read.run([path], as_json=False, strict=False) == 0
    out, err = capsys.readouterr()
    assert out == "00:01 Ann: Hällo\n"
    assert err == "talk.vtt: 1 note (--json shows them)\n"


def test_convert(tmp_path, capsys):
    source, target = tmp_path / "talk.vtt", tmp_path / "talk.srt"
    source.write_text(VTT, encoding="utf-8")
    assert convert.run(source, target) == 0
    assert capsys.readouterr().err.splitlines() == [
        "talk.vtt: 1 note (earmark read --json shows them)",
        "talk.srt: SRT has no place for speakers; read again, these names are words: Ann.",
    ]
    assert "00:00:01,000 --> 00:00:02,000\nAnn: Hällo" in target.read_text(encoding="utf-8")
    assert convert.run(source, source) == 1
    assert convert.run(source, tmp_path / "talk.xyz") == 1
    assert convert.run(tmp_path / "none", target) == 1
    assert capsys.readouterr().err.count("\n") == 3
    assert source.read_text(encoding="utf-8") == VTT


def test_convert_says_what_was_mended_and_what_was_made_up(tmp_path, capsys):
    source = tmp_path / "talk.txt"
    source.write_text("Hello there.\n\n0:10 One.\n\n0:50 Two.\n\n0:05 Three.\n\n1:30 Four.\n\n2:00 Five.\n")
    assert convert.run(source, tmp_path / "talk.vtt") == 0
    assert capsys.readouterr().err.splitlines() == [
        "talk.txt: 1 note (earmark read --json shows them)",
        "talk.vtt: 2 of 6 cues have no time of their own and were placed by their length.",
    ]
