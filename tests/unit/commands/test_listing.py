# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import json

from earmark.cli import commands
from earmark.commands.catalogue import COMMANDS


def test_plain_listing_has_a_line_for_each_command(capsys):
    assert commands.run(as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [spec.id for spec in COMMANDS]
    (toggle,) = [line for line in lines if line.startswith("player.toggle ")]
    assert toggle.split("  ")[-1] == "Play or pause"
    assert "Ctrl+Space, media key, Space, K" in toggle
    assert all(line == line.rstrip() for line in lines)


def test_json_listing(capsys):
    assert commands.run(as_json=True) == 0
    listed = json.loads(capsys.readouterr().out)
    seek = next(entry for entry in listed if entry["id"] == "player.seek")
    assert seek == {
        "id": "player.seek",
        "title": "Go to a position",
        "group": "Play",
        "keys": [],
        "bare": [],
        "argument": "MS",
    }
    assert {entry["id"] for entry in listed} == {spec.id for spec in COMMANDS}


def test_markdown_quotes_keys():
    table = commands.markdown_table()
    assert "| Slower | | `[`, `<` | `player.slower` |" in table
    assert "| Play from the selected line | | `Return`, `Enter` | |" in table
