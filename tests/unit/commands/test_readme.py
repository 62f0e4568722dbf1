# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
from pathlib import Path

from earmark.cli.commands import markdown_table

README = Path(__file__).parents[3] / "README.md"


def test_the_readme_shows_the_keys_of_the_catalogue():
    text = README.read_text(encoding="utf-8")
    table = text.partition("<!-- keys -->")[2].partition("<!-- /keys -->")[0]
    assert table.strip() == markdown_table()
