# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of single words and lines where times are rough, or there are none, or there are more to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.playback.player import MIN_RATE, PlayState
from earmark.session.steering.listening import UNCERTAIN_LEAD_MS

EXACT = "WEBVTT\n\n00:10.000 --> 00:20.000\nThe <00:14.000>lamp was lit.\n"
STAMPED = "0:10 Ann: The lamp was lit.\n\n0:30 Ben: And who lit it?\n\n0:50 Ann: Nobody knows.\n"
UNTIMED = "Ann: The lamp was lit.\n\nBen: And who lit it?\n"


def opened(story, tmp_path: Path, text: str):
    path = tmp_path / ("talk.vtt" if text.startswith("WEBVTT") else "talk.txt")
    path.write_text(text, encoding="utf-8")
    return story.open(path)


def test_a_word_with_a_time_of_its_own_is_played_at_it_any_other_a_little_earlier(story, tmp_path):
    opened(story, tmp_path, EXACT)
    text = story.session.outline.paragraphs[0].text
    story.program.listening.play_from(0, text.index("lamp") + 2)
    assert (story.player.state, story.player.position_ms()) == (PlayState.PLAYING, 14_000)
    placed = story.session.outline.word_at(0, text.index("lit"))
    story.program.listening.play_from(0, text.index("lit"))
    assert story.player.position_ms() == placed.start_ms - UNCERTAIN_LEAD_MS > 14_000


def test_a_word_without_any_time_is_not_played_from(story, tmp_path):
    opened(story, tmp_path, UNTIMED)
    with pytest.raises(UserError) as caught:
        story.program.listening.play_from(0, 3)
    assert caught.value.code == "untimed"
    assert story.player.state is PlayState.PAUSED


def test_a_turn_with_a_stamp_alone_loops_to_the_next_and_the_last_to_the_end(story, tmp_path):
    opened(story, tmp_path, STAMPED)
    for at_ms, loop in ((31_000, (30_000, 50_000)), (51_000, (50_000, story.player.duration_ms()))):
        story.player.seek(at_ms)
        story.do("line.loop")
        assert story.program.looper.loop == loop
        story.do("line.loop")


def test_a_line_is_said_again_from_its_start_and_never_slower_than_can_be(sample):
    start = sample.session.timeline.line_starts[2]
    sample.do("player.rate", MIN_RATE)
    for command in ("line.replay", "line.replay_slower"):
        sample.do("player.seek", start + 500)
        sample.do(command)
        assert (sample.player.position_ms(), sample.player.rate()) == (start, MIN_RATE)
        assert sample.player.state is PlayState.PLAYING


@pytest.mark.parametrize("playing", [False, True])
def test_a_longer_wording_of_a_text_alone_is_heard_to_its_end(story, tmp_path, playing):
    opened(story, tmp_path, STAMPED.partition("0:50")[0])
    if playing:
        story.play(1_000)
    longer = tmp_path / "talk.whole.txt"
    longer.write_text(STAMPED, encoding="utf-8")
    story.open(longer)
    assert len(story.session.tracks) == 2
    assert story.player.state is (PlayState.PLAYING if playing else PlayState.PAUSED)
    assert story.player.position_ms() == 1_000 * playing
    story.do("player.seek", 50_500)
    assert story.sentence() == "Nobody knows."
