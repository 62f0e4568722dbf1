# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Long files are read in pieces, so that nobody waits for them; what is read is the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.formats import source
from earmark.formats.captions import vttblocks
from earmark.formats.registry import read_bytes
from earmark.formats.source import Source

LINES = st.lists(
    st.sampled_from(
        [
            "",
            "",
            "7",
            "00:01.000 --> 00:02.000",
            "00:00:03.000 --> 00:00:04.000 line:0",
            "00:05,000 --> 00:06,000",
            "what --> ever",
            "<v Ines>Haul away.",
            "NOTE",
            "STYLE",
            "REGION",
            " ",
        ]
    ),
    max_size=40,
)


@given(lines=LINES, strict=st.booleans(), piece=st.integers(1, 5))
def test_pieces_of_a_webvtt_file_give_what_the_whole_gives(
    lines: list[str], strict: bool, piece: int
) -> None:
    data = "\n".join(["WEBVTT", *lines]).encode()
    whole = read_bytes(data, "talk.vtt", strict)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vttblocks, "_PIECE_LINES", piece)
        assert read_bytes(data, "talk.vtt", strict) == whole


@given(text=st.text("a\r\n", max_size=60), piece=st.integers(1, 6))
def test_lines_are_the_same_wherever_a_text_is_cut(text: str, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "_PIECE_CHARS", piece)
        assert Source(text, "talk.vtt").lines() == re.split(r"\r\n|\n|\r", text)
