# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of listening: the sample plays, the words move, the keys steer."""

from __future__ import annotations

import threading

import pytest

from earmark.base.errors import UserError
from earmark.playback.player import PlayState
from earmark.session import session as sessions


def starts(story):
    return story.session.timeline.line_starts


def test_the_words_move_with_the_recording(sample):
    first = sample.session.outline.text(0)
    sample.play(starts(sample)[0] + 200)
    assert sample.sentence() == first
    sample.player.advance(starts(sample)[3] - sample.player.position_ms() + 50)
    assert sample.sentence() == sample.session.outline.text(3)


def test_following_shows_the_start_before_anything_is_said(sample):
    at = starts(sample)
    assert at[0] > 0
    sample.window.resize(900, 500)
    start = sample.page.standing.spot()
    for browsing in (False, True):
        sample.do("player.seek", at[-1])
        assert sample.page.standing.spot() != start
        if browsing:
            sample.page.browse()
        sample.do("player.seek", 0)
        assert sample.sentence() == ""
        assert sample.page.standing.spot() == start
    sample.do("player.seek", at[-1])
    sample.page.browse()
    sample.player.seek(0)  # by itself, as at the end of a loop: the view is the listener's
    assert sample.page.standing.spot() != start
    sample.do("view.follow")
    assert sample.page.standing.spot() == start


def test_lines_are_stepped_by_and_the_first_press_back_restarts_a_line(sample):
    at = starts(sample)
    sample.do("player.seek", at[4] + 2_500)
    sample.do("line.previous")
    assert sample.player.position_ms() == at[4]
    sample.do("line.previous")
    assert sample.player.position_ms() == at[3]
    sample.do("line.next")
    assert sample.player.position_ms() == at[4]


def test_stepping_past_either_end_stays_inside(sample):
    sample.do("player.seek", 0)
    sample.do("line.previous")
    assert sample.player.position_ms() == 0
    sample.do("player.seek", starts(sample)[-1] + 10)
    before = sample.player.position_ms()
    for what in ("line", "turn", "chapter"):
        with pytest.raises(UserError, match=f"There is no later {what}"):
            sample.do(f"{what}.next")
        assert sample.player.position_ms() == before


def test_jumps_are_walked_back_and_forth(sample):
    at = starts(sample)
    sample.do("player.seek", at[2])
    sample.now_s += 10
    sample.do("player.seek", at[6])
    sample.do("jump.back")
    assert sample.player.position_ms() == at[2]
    sample.do("jump.forward")
    assert sample.player.position_ms() == at[6]
    with pytest.raises(UserError):
        sample.do("jump.forward")


def test_a_run_of_steps_is_one_jump(sample):
    sample.do("player.seek", 0)
    sample.now_s += 10
    for _ in range(5):
        sample.do("line.next")
        sample.now_s += 0.3
    sample.do("jump.back")
    assert sample.player.position_ms() == 0


def test_say_again_slower_restores_the_speed_and_goes_on(sample):
    at = starts(sample)
    sample.do("player.rate", 1.2)
    sample.play(at[2] + 400)
    sample.do("line.replay_slower")
    assert sample.player.rate() == pytest.approx(0.9)
    sample.player.advance(round((at[3] - at[2]) / 0.9) + 500)
    assert sample.player.rate() == pytest.approx(1.2)
    assert sample.player.state is PlayState.PLAYING


def test_the_speed_of_a_replay_is_not_what_is_remembered(sample, tell):
    sample.play(5_000)
    sample.do("line.replay_slower")
    assert tell().open_sample().player.rate() == 1.0


def test_a_line_loops_until_told_otherwise(sample):
    at = starts(sample)
    sample.do("player.seek", at[2] + 100)
    sample.do("line.loop")
    sample.play(20_000)
    assert at[2] <= sample.player.position_ms() < at[3] + 200
    sample.do("line.loop")
    sample.player.advance(10_000)
    assert sample.player.position_ms() > at[3]


def test_a_and_b_and_no_loop(sample):
    sample.do("player.seek", 3_000)
    sample.do("loop.ab")
    sample.do("player.seek", 6_000)
    sample.do("loop.ab")
    sample.play(30_000)
    assert 3_000 <= sample.player.position_ms() <= 6_200
    sample.do("loop.ab")
    assert sample.program.looper.loop is None


def test_where_a_loop_will_begin_is_on_the_timeline_at_once(sample):
    bar = sample.window.transport.seekbar
    sample.do("player.seek", 5_000)
    sample.do("loop.ab")
    assert bar._track.loop == (5_000, None)
    sample.do("player.seek", 9_000)
    sample.do("loop.ab")
    assert bar._track.loop == (5_000, 9_000)
    sample.do("loop.ab")
    assert bar._track.loop == (None, None)


def test_turns_and_chapters(sample):
    outline = sample.session.outline
    turns = [outline.paragraphs[i].start_ms for i in outline.turns]
    sample.do("player.seek", turns[3] + 50)
    sample.do("turn.next")
    assert sample.player.position_ms() == turns[4]
    chapters = [chapter.start_ms for chapter in sample.session.chapters]
    assert len(chapters) >= 3
    sample.do("player.seek", 0)
    sample.do("chapter.next")
    assert sample.player.position_ms() == chapters[1]


def test_the_next_turn_by_the_same_speaker(sample):
    track = next(t for t in sample.session.tracks if t.hand_made)
    sample.session.show_track(track)
    sample.do("player.seek", 12_000)
    sample.play(100)
    speaker = track.outline.speaker(sample.program.tracker.sentence())
    sample.do("turn.next_same")
    sample.player.advance(100)
    assert track.outline.speaker(sample.program.tracker.sentence()) == speaker


def test_the_transcript_can_be_moved_against_the_recording(sample, qtbot):
    before = starts(sample)[3]
    sample.do("transcript.later")
    sample.do("transcript.later")
    qtbot.waitUntil(lambda: starts(sample)[3] == before + 200)
    sample.do("transcript.earlier")
    qtbot.waitUntil(lambda: starts(sample)[3] == before + 100)
    assert sample.window.toast.text() == "Transcript 0.1 s later."
    assert sample.program.shell.header._subtitle.text().endswith(" · 0.1 s later")
    sample.do("transcript.earlier")
    qtbot.waitUntil(lambda: starts(sample)[3] == before)
    assert sample.window.toast.text() == "Transcript as its file times it."
    assert "later" not in sample.program.shell.header._subtitle.text()


def test_a_transcript_on_its_move_does_not_come_back_over_what_was_opened_meanwhile(
    story, tmp_path, monkeypatch
):
    texts = ("The lamp is lit at dusk, and trimmed twice.", "Barley wants dry weather in the second week.")
    files = []
    for number, text in enumerate(texts):
        files.append(tmp_path / f"{number}.vtt")
        files[-1].write_text(f"WEBVTT\n\n00:00.000 --> 00:04.000\n{text}\n", "utf-8")
    moving, opened = sessions.shifted, threading.Event()

    def slowly(*what):
        opened.wait(10)
        return moving(*what)

    monkeypatch.setattr(sessions, "shifted", slowly)
    story.open(files[0])
    story.do("transcript.later")
    story.open(files[1])
    opened.set()
    assert story.program.runner.wait_idle()
    assert story.session.outline.text(0) == texts[1]
    assert story.session.track.shift_ms == 0


def test_position_speed_and_transcript_are_remembered(sample, tell):
    other = sample.session.tracks[-1].name
    sample.session.show_track(sample.session.tracks[-1])
    sample.do("player.rate", 1.5)
    sample.play(20_000)
    sample.do("player.pause")
    left = sample.player.position_ms()
    again = tell().open_sample()
    assert again.player.position_ms() == left - 2_000
    assert again.player.rate() == 1.5
    assert again.session.track.name == other


def test_where_am_i_pauses_and_the_next_play_key_goes_on(sample):
    sample.play(9_000)
    sample.do("view.where")
    assert sample.player.state is PlayState.PAUSED
    assert sample.sentence() in sample.window.toast.text()
    sample.do("player.toggle")
    assert sample.player.state is PlayState.PLAYING


NEEDING_NOTHING = ("app.", "file.", "help.", "view.", "player.", "bookmark.name_colours")


def test_nothing_is_open_and_every_other_command_refuses_in_one_sentence(story):
    for spec in story.program.registry.specs():
        if spec.arg is None and not spec.id.startswith(NEEDING_NOTHING):
            with pytest.raises(UserError) as refusal:
                story.do(spec.id)
            assert refusal.value.message.endswith(".")
