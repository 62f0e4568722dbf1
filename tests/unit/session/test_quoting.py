# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Lines to take along as a quote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.transcript import Cue, Transcript
from earmark.session.quoting import quote


def outline_of(*texts: str, speakers: str = "") -> Outline:
    cues = [
        Cue(text, i * 2_000, i * 2_000 + 1_900, speakers[i] if speakers else None)
        for i, text in enumerate(texts)
    ]
    return build_outline(Transcript("test", tuple(cues)))


def test_a_line_comes_with_its_speaker_and_time() -> None:
    outline = outline_of("One. Two lamps.", "Three.", speakers="AB")
    assert quote(outline, range(2, 3), "") == "“Three.” — B, 00:02"
    assert quote(outline, range(1), "") == "“One.” — A, 00:00"


def test_each_turn_is_a_block_and_the_title_ends_it() -> None:
    outline = outline_of("One. Two lamps.", "Three.", "Four.", speakers="ABB")
    assert quote(outline, range(1, 4), "The Lamp") == (
        "“Two lamps.” — A, 00:00\n“Three. Four.” — B, 00:02\nThe Lamp"
    )


def test_words_without_speaker_and_time_stand_alone() -> None:
    outline = build_outline(Transcript("test", (Cue("One. Two."),)))
    assert quote(outline, range(2), "") == "“One. Two.”"


def test_nothing_is_quoted_as_nothing() -> None:
    assert quote(outline_of("One."), range(0), "") == ""


@given(
    st.lists(st.sampled_from(["One lamp.", "Two? Three!", "and on " * 80, "so."]), min_size=1, max_size=12),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_every_sentence_asked_for_is_there_in_order(texts: list[str], first: int, count: int) -> None:
    outline = outline_of(*(text.strip() for text in texts), speakers="AAABBBAABBAB"[: len(texts)])
    end = min(first + count, len(outline.sentences))
    told = quote(outline, range(min(first, end), end), "")
    at = 0
    for sentence in range(min(first, end), end):
        at = told.index(outline.text(sentence), at) + len(outline.text(sentence))
    turns = {outline.turn_of(sentence) for sentence in range(min(first, end), end)}
    assert told.count("”") == len(turns)
