# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of the woven transcript: it is there by itself, disagreements are walked through and settled."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from earmark.base.errors import UserError
from earmark.playback.player import PlayState

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
HUMAN, MACHINE = SAMPLES / "keepers-logbook.human.txt", SAMPLES / "keepers-logbook.machine.vtt"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
OTHER = """WEBVTT

00:00:01.000 --> 00:00:05.000
Take two onions and a spoon of butter and melt them slowly.

00:00:05.000 --> 00:00:11.000
While they turn to glass, peel the potatoes, cut them small, and leave them in cold water.

00:00:11.000 --> 00:00:16.000
Nothing here needs salt before the very end of the cooking.
"""


def names(story):
    return [track.name for track in story.session.tracks]


def text(story):
    return "\n".join(paragraph.text for paragraph in story.session.outline.paragraphs)


def doubts(story):
    return story.program.weaving.doubts


def walk(story):
    return story.program.walking


def card(story):
    return story.program.shell.weave.card


def settle(story):
    """Wait until what was asked for is made and stored."""
    assert story.program.runner.wait_idle()


def test_the_sample_opens_woven(sample):
    assert names(sample) == ["Human", "Machine", "Woven"]
    assert sample.session.track.name == "Woven"
    assert "And the Fresnel lens?" in text(sample)
    assert sample.session.outline.speaker(0) == "Mara"
    sample.play(65_600)
    assert sample.sentence() == "And the Fresnel lens?"
    assert sample.program.tracker.word().text == "Fresnel"


def test_the_switch_goes_round_and_the_choice_is_remembered(sample, tell):
    for wanted in ("Human", "Machine", "Woven", "Human"):
        sample.do("view.track_next")
        assert sample.session.track.name == wanted
    again = tell().open_sample()
    assert (names(again), again.session.track.name) == (["Human", "Machine", "Woven"], "Human")
    again.do("view.track_next")
    again.do("view.track_next")
    assert tell().open_sample().session.track.name == "Woven"


def test_the_page_keeps_its_place_by_time_when_the_transcript_changes(sample):
    sample.window.resize(900, 460)
    at_ms = sample.session.timeline.line_starts[30]
    sample.program.attention.browse()
    sample.page.show_sentence(sample.session.timeline.sentence_at(at_ms), focus=True)
    for _ in range(3):
        sample.do("view.track_next")
        spot = sample.page.standing.spot()
        first_ms = sample.session.outline.time_at(spot.paragraph, spot.offset)
        assert first_ms < at_ms < first_ms + 40_000
        focus = sample.page.focused_sentence()
        assert abs(sample.session.timeline.start_ms(focus) - at_ms) < 3_000
        assert not sample.page.sentence_rect(focus).isEmpty()


def test_the_place_is_kept_by_words_where_stamps_are_off(story, tmp_path):
    late = re.sub(r"(?<!\d)(\d+):(\d\d) ", lambda m: f"{int(m[1]) + 1}:{m[2]} ", HUMAN.read_text("utf-8"))
    (tmp_path / "talk.txt").write_text(late, "utf-8")
    shutil.copy(MACHINE, tmp_path / "talk.vtt")
    story.open(tmp_path / "talk.txt", tmp_path / "talk.vtt")
    story.window.resize(900, 460)
    story.program.attention.browse()
    bell = next(
        n
        for n, _ in enumerate(story.session.outline.sentences)
        if "night the bell" in story.session.outline.text(n)
    )
    story.page.show_sentence(bell, focus=True)
    story.do("view.track_next")
    assert story.session.track.name == "Human"
    focus = story.page.focused_sentence()
    assert "night the bell" in story.session.outline.text(focus)
    assert not story.page.sentence_rect(focus).isEmpty()


def test_what_the_typist_did_not_hear_is_filled_and_said_to_be(sample):
    assert "You write the wind, you write the glass, and then you write your name" in text(sample)
    sentence = next(
        n
        for n in range(len(sample.session.outline.sentences))
        if "the glass" in sample.session.outline.text(n) and "wind," in sample.session.outline.text(n)
    )
    item = sample.page.page_access.item(sentence)
    assert "filled from the machine" in item.text(QAccessible.Text.Description)


def test_disagreements_are_walked_through_and_heard(sample):
    assert [(d.anchor.quote, d.other) for d in doubts(sample)][:2] == [
        ("Harbour", "Harper"),
        ("kettle", "cattle"),
    ]
    sample.program.attention.browse()
    sample.do("weave.next_disagreement")
    assert sample.player.state is PlayState.PLAYING
    assert sample.player.position_ms() == doubts(sample)[0].start_ms - 1_500
    assert sample.program.attention.following
    sample.do("weave.next_disagreement")
    assert walk(sample).current == doubts(sample)[1]
    sample.do("weave.previous_disagreement")
    assert walk(sample).current == doubts(sample)[0]
    with pytest.raises(UserError, match="do not differ before"):
        sample.do("weave.previous_disagreement")


def test_the_walk_begins_where_playback_is(sample):
    sample.do("player.seek", 60_000)
    sample.do("weave.next_disagreement")
    assert walk(sample).current.anchor.quote == "Fresnel"
    sample.program.shell.weave.leave()
    sample.do("weave.next_disagreement")
    assert walk(sample).current.anchor.quote == "pilots"


def test_the_walk_shows_the_woven_transcript_first(sample):
    sample.do("view.track_next")
    sample.do("weave.next_disagreement")
    assert sample.session.track.name == "Woven"


def test_the_card_stands_at_the_words_and_enter_keeps_the_other(sample, qtbot, tell):
    sample.do("player.seek", 60_000)
    sample.do("weave.next_disagreement")
    qtbot.waitUntil(card(sample).isVisible)
    assert "Fresnel" in card(sample).accessibleName() and "for now" in card(sample).accessibleName()
    qtbot.keyClick(card(sample), Qt.Key.Key_Return)
    settle(sample)
    assert "And the for now lens?" in text(sample)
    assert walk(sample).current.kept
    sample.do("edit.undo")
    settle(sample)
    assert "And the Fresnel lens?" in text(sample)
    sample.do("edit.redo")
    settle(sample)
    again = tell().open_sample()
    assert "And the for now lens?" in text(again)
    assert len(doubts(again)) == 13
    again.do("player.seek", 60_000)
    again.do("weave.next_disagreement")
    again.do("weave.keep_other")
    settle(again)
    assert "And the Fresnel lens?" in text(again)


def test_a_correction_changes_no_file(sample):
    before = HUMAN.read_bytes(), MACHINE.read_bytes()
    sample.do("weave.next_disagreement")
    sample.do("weave.keep_other")
    settle(sample)
    assert (HUMAN.read_bytes(), MACHINE.read_bytes()) == before
    assert "Harper Lights" in text(sample)
    for _ in range(2):
        sample.do("view.track_next")
    assert "Harper" in text(sample)
    sample.do("view.track_next")
    sample.do("view.track_next")
    assert "Harbour Lights" in text(sample)


def test_the_card_opens_for_words_in_sight_far_from_playback(sample, qtbot):
    sample.window.resize(1_360, 860)
    sample.do("player.seek", 1_700)
    far = doubts(sample)[1]
    assert far.start_ms > 1_700 + 15_000
    sample.page.stand_at(far.span[:2])
    sample.do("weave.next_disagreement")
    qtbot.waitUntil(card(sample).isVisible)
    assert sample.page.scene.doubt is not None


def test_esc_closes_the_card_and_the_page_has_the_focus(sample, qtbot):
    sample.do("weave.next_disagreement")
    qtbot.waitUntil(card(sample).isVisible)
    qtbot.waitUntil(card(sample).hasFocus)
    qtbot.keyClick(card(sample), Qt.Key.Key_Escape)
    assert not card(sample).isVisible()
    assert sample.page.hasFocus()
    assert sample.page.scene.doubt is None
    assert sample.page.scene.ring  # and shows where it is
    said = sample.session.outline.text(sample.page.focused_sentence())
    assert "Harbour Lights" in said
    with pytest.raises(UserError):
        sample.do("weave.keep_other")


def test_the_card_is_there_in_large_text_after_the_view_has_glided_to_the_words(sample, qtbot):
    sample.window.resize(1_360, 860)
    sample.program.look.set(scale=2.0)
    sample.do("player.seek", 104_000)
    qtbot.waitUntil(lambda: not sample.page._glide.running)
    sample.do("weave.next_disagreement")
    sample.player.advance(100)
    qtbot.waitUntil(lambda: not sample.page._glide.running)
    assert card(sample).isVisible()
    words = next(w for w in sample.page.standing.span_rects(*doubts(sample)[-1].span))
    assert not card(sample).geometry().intersects(words.toAlignedRect().adjusted(0, 3, 0, -3))


def test_a_walk_left_far_behind_begins_anew_where_playback_is(sample):
    sample.do("weave.next_disagreement")
    sample.do("player.seek", 80_000)
    sample.do("weave.next_disagreement")
    assert walk(sample).current.anchor.quote == "north-west, barometer"


def test_two_quick_enters_leave_the_words_as_they_were(sample):
    sample.do("weave.next_disagreement")
    sample.do("weave.keep_other")
    sample.do("weave.keep_other")
    settle(sample)
    assert "Harbour Lights" in text(sample)
    assert sample.program.store.corrections.of_recording(sample.program.memory.recording.id) == []


def test_a_store_that_cannot_be_read_does_not_keep_from_weaving(story, monkeypatch):
    def unreadable(_recording):
        raise UserError("store-unread", "The store cannot be read.")

    monkeypatch.setattr(story.program.store.corrections, "of_recording", unreadable)
    story.open_sample()
    assert story.session.track.name == "Woven"
    assert "The store cannot be read." in story.said


def test_many_are_kept_and_the_places_stay_right(sample):
    for _ in doubts(sample):
        sample.do("weave.next_disagreement")
        sample.do("weave.keep_other")
        settle(sample)
    assert all(doubt.kept for doubt in doubts(sample))
    outline = sample.session.outline
    for doubt in doubts(sample):
        paragraph, start, end = doubt.span
        assert outline.paragraphs[paragraph].text[start:end] == doubt.other
    for _ in doubts(sample):
        sample.do("edit.undo")
        settle(sample)
    assert not any(doubt.kept for doubt in doubts(sample))


def test_a_wrong_pair_is_refused_and_both_stay(story, tmp_path):
    wrong = tmp_path / "onions.vtt"
    wrong.write_text(OTHER)
    right = shutil.copy(HUMAN, tmp_path / "lights.txt")
    story.open(Path(right), wrong)
    assert names(story) == ["Human", "Machine"]
    assert any("not two transcripts of one recording" in s and "%" in s for s in story.said)
    story.do("view.track_next")
    story.do("view.track_next")
    with pytest.raises(UserError):
        story.do("weave.next_disagreement")


def test_of_three_the_one_of_another_recording_gives_no_times(story, tmp_path):
    wrong = tmp_path / "onions.vtt"
    wrong.write_text(OTHER)
    story.open(SAMPLES / "keepers-logbook.opus", wrong)
    assert story.session.track.name == "Woven"
    assert any("onions" in note.message for note in story.session.track.transcript.notes)
    assert len(doubts(story)) == 13


def test_a_human_text_without_stamps_is_woven_as_well(story, tmp_path):
    bare = tmp_path / "talk.txt"
    bare.write_text(re.sub(r"^\d+:\d\d ", "", HUMAN.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    shutil.copy(MACHINE, tmp_path / "talk.vtt")
    story.open(bare, tmp_path / "talk.vtt")
    assert story.session.track.name == "Woven"
    assert story.session.timeline.sentence_at(66_000) is not None


def test_two_that_come_one_after_the_other_are_woven(story, tmp_path):
    for file in (HUMAN, MACHINE):
        shutil.copy(file, tmp_path / file.name.replace("keepers-", "talk-"))
    story.open(tmp_path / "talk-logbook.human.txt")
    assert names(story) == ["Human"]
    story.open(tmp_path / "talk-logbook.machine.vtt")
    assert names(story) == ["Human", "Machine", "Woven"]
    assert story.session.track.name == "Woven"


def test_two_machine_transcripts_weave_when_told_whose_words_to_keep(story, tmp_path):
    shutil.copy(MACHINE, tmp_path / "one.vtt")
    shutil.copy(SAMPLES / "keepers-logbook-words.vtt", tmp_path / "two.vtt")
    story.open(tmp_path / "one.vtt", tmp_path / "two.vtt")
    assert "Woven" not in names(story)
    with pytest.raises(UserError, match="cannot be kept"):
        story.do("weave.choose", "three.vtt")
    story.do("weave.choose", names(story)[0])
    settle(story)
    assert names(story)[-1] == "Woven"
    assert story.session.track.name == "Woven"


def test_there_is_nothing_to_choose_where_only_one_gives_times(sample):
    with pytest.raises(UserError):
        sample.do("weave.choose", "Machine")


def test_of_three_the_chosen_words_are_kept_and_remembered(sample, tell):
    sample.open(SAMPLES / "keepers-logbook-words.vtt")
    assert sample.session.track.name == "Woven"
    machine = next(t.name for t in sample.program.weaving.given() if t.path == MACHINE)
    sample.do("weave.choose", machine)
    settle(sample)
    assert "Harper Lights" in text(sample)
    sample.do("weave.choose", "Human")
    settle(sample)
    assert "Harbour Lights" in text(sample)
    assert tell().open_sample().session.track.name == "Woven"


def test_the_times_of_disagreements_move_with_the_transcript(sample):
    before = doubts(sample)[3].start_ms
    for _ in range(5):
        sample.do("transcript.later")
    settle(sample)
    assert doubts(sample)[3].start_ms == before + 500
    sample.do("weave.next_disagreement")
    sample.do("weave.keep_other")
    settle(sample)
    assert doubts(sample)[3].start_ms == before + 500
    assert sample.session.track.shift_ms == 500


def test_two_voices_alternate_flip_and_are_remembered(story, tell, tmp_path):
    bare = tmp_path / "talk.txt"
    bare.write_text(re.sub(r"(Mara|Old Keeper): ", "", HUMAN.read_text("utf-8")), "utf-8")
    machine = tmp_path / "talk.vtt"
    shutil.copy(MACHINE, machine)
    story.open(bare, machine)
    assert story.session.outline.speaker(0) is None
    with pytest.raises(UserError):
        story.do("weave.flip_voices")
    story.do("weave.alternate_voices")
    settle(story)
    first = story.session.outline.speaker(0)
    assert first
    story.do("weave.flip_voices")
    settle(story)
    flipped = story.session.outline.speaker(0)
    assert flipped and flipped != first
    again = tell().open(bare, machine)
    assert again.session.outline.speaker(0) == flipped
    again.do("weave.alternate_voices")
    settle(again)
    assert again.session.outline.speaker(0) is None


def test_stamps_that_are_off_are_told_and_playback_is_right_all_the_same(story, tmp_path):
    def later(match):
        seconds = 60 * int(match[1]) + int(match[2]) + 40
        return f"{seconds // 60}:{seconds % 60:02} "

    late = re.sub(r"(?<!\d)(\d+):(\d\d) ", later, HUMAN.read_text("utf-8"))
    (tmp_path / "talk.txt").write_text(late, "utf-8")
    shutil.copy(MACHINE, tmp_path / "talk.vtt")
    story.open(tmp_path / "talk.txt", tmp_path / "talk.vtt")
    assert "40 s late throughout" in story.window.toast.text()
    assert any("40 s late" in note.message for note in story.session.track.transcript.notes)
    story.play(65_600)
    assert story.sentence() == "And the Fresnel lens?"


def test_named_voices_are_not_guessed(sample):
    with pytest.raises(UserError):
        sample.do("weave.alternate_voices")


@pytest.fixture
def seeds(story):
    if not SEEDS.is_dir():
        pytest.skip("the seeds lie beside the checkout and are not here")
    story.open(SEEDS / "031-human.txt")
    story.open(SEEDS / "031-machine-page-copy.txt")
    return story


def test_the_seeds_become_one(seeds):
    assert names(seeds) == ["Human", "Machine", "Woven"]
    assert seeds.session.track.name == "Woven"
    assert "Alexandre Gramfort" in text(seeds)
    assert len(seeds.program.weaving.words_from.outline.turns) >= 136
    assert any("no time" in note.message for note in seeds.session.track.transcript.notes)
    seeds.do("player.seek", 90_000)
    seeds.player.advance(1)
    assert seeds.sentence()


def test_what_only_the_machine_heard_is_shown_or_left_out(seeds):
    shown = text(seeds)
    assert "I'm a developer in many senses of the word" in shown
    seeds.do("view.skipped")
    settle(seeds)
    assert "I'm a developer in many senses of the word" not in text(seeds)
    seeds.do("view.skipped")
    settle(seeds)
    assert text(seeds) == shown


def test_untimed_words_are_told_once(seeds, tell):
    assert "have no time" in seeds.window.toast.text()
    again = tell().open(SEEDS / "031-human.txt", SEEDS / "031-machine-page-copy.txt")
    assert "have no time" not in again.window.toast.text()
