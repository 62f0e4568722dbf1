# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of bookmarks: what was just heard is marked, noted, found again, taken along."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from earmark.base.errors import UserError
from earmark.playback.player import PlayState
from earmark.store.user import Store
from earmark.ui.bookmarks.naming import ColourDialog

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


class Marked:
    """A story told by what is in the notebook and in the store."""

    def __init__(self, story) -> None:
        self.story = story
        self.qtbot = story.qtbot
        story.window.resize(1360, 860)  # wide enough for every pane
        self.pane = story.program.shell.notes
        self.marks = story.program.marks

    def run(self, command, *args):
        """Carry out a command and wait until what it stores is committed."""
        pending = self.story.program.registry.run(command, *args)
        if pending is not None:
            self.qtbot.waitUntil(pending.done)
            if pending.exception():
                raise pending.exception()
        self.settle()

    def settle(self):
        self.story.program.runner.wait_idle()
        self.qtbot.waitUntil(lambda: self.marks.places.settled)

    def stored(self):
        """Return what is on the disk, by time."""
        listed = self.story.program.store.bookmarks.all()
        return sorted(listed, key=lambda one: one.anchor.start_ms or 0)

    def quotes(self):
        return [one.anchor.quote for one in self.stored()]

    def text(self, sentence):
        return self.story.session.outline.text(sentence)

    def at(self, sentence, share):
        """Go to a share of a sentence."""
        held = self.story.session.outline.sentences[sentence]
        self.run("player.seek", round(held.start_ms + (held.end_ms - held.start_ms) * share))

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.story.window.focusWidget(), key, modifier)
        self.settle()


@pytest.fixture
def marked(sample):
    """Return the sample, read in its machine transcript: every sentence has a start and an end."""
    track = next(t for t in sample.session.tracks if t.path and not t.hand_made)
    sample.session.show_track(track)
    told = Marked(sample)
    told.settle()
    return told


def test_a_sentence_past_its_first_third_is_marked_else_the_one_before(marked):
    marked.at(5, 0.5)
    marked.run("bookmark.capture")
    marked.story.now_s += 10
    marked.at(9, 0.2)
    marked.run("bookmark.capture")
    assert marked.quotes() == [marked.text(5), marked.text(8)]


def test_before_anything_is_said_the_first_sentence_is_marked(marked):
    assert marked.story.session.outline.sentences[0].start_ms > 0
    marked.run("player.seek", 0)
    marked.run("bookmark.capture")
    assert marked.quotes() == [marked.text(0)]


def test_a_moment_long_before_the_first_sentence_is_marked_without_words(story, tmp_path):
    path = tmp_path / "music.vtt"
    path.write_text("WEBVTT\n\n01:00.000 --> 01:02.000\nAfter the music.\n")
    (tmp_path / "music.wav").write_bytes(b"RIFF" + bytes(2_000))
    marked = Marked(story.open(tmp_path / "music.wav"))
    marked.settle()
    marked.run("player.seek", 20_000)
    marked.run("bookmark.capture")
    assert [(one.anchor.quote, one.anchor.start_ms) for one in marked.stored()] == [("", 20_000)]


def test_again_within_three_seconds_takes_one_sentence_more(marked):
    marked.at(6, 0.6)
    marked.run("bookmark.capture")
    marked.story.now_s += 2.9
    marked.run("bookmark.capture")
    marked.story.now_s += 2.9
    marked.run("bookmark.capture")
    (one,) = marked.stored()
    words = " ".join(one.anchor.quote.split())
    assert words == " ".join(marked.text(i) for i in (4, 5, 6))
    assert one.anchor.start_ms == marked.story.session.outline.sentences[4].start_ms


@pytest.mark.parametrize("between", ["wait", "player.play", "view.follow"])
def test_later_or_after_another_command_it_is_one_of_its_own(marked, between):
    marked.at(6, 0.6)
    marked.run("bookmark.capture")
    if between == "wait":
        marked.story.now_s += 3.1
    else:
        marked.run(between)
    marked.run("bookmark.capture")
    assert len(marked.stored()) == 2


def test_a_note_is_always_a_bookmark_of_its_own(marked):
    marked.at(6, 0.6)
    marked.run("bookmark.capture")
    marked.run("bookmark.note", "two", "words")
    marked.run("bookmark.note", "another")
    assert [one.note for one in sorted(marked.stored(), key=lambda b: b.number)] == [
        "",
        "two words",
        "another",
    ]


def test_capture_is_answered_after_the_commit(marked, tmp_path):
    marked.at(5, 0.5)
    pending = marked.story.program.registry.run("bookmark.capture")
    assert pending is not None
    marked.qtbot.waitUntil(pending.done)
    assert marked.quotes() == [marked.text(5)]


def test_the_toast_undoes_and_redo_makes_it_again(marked):
    marked.at(5, 0.5)
    marked.run("bookmark.capture")
    toast = marked.story.window.toast
    assert marked.text(5)[:20] in toast.text()
    toast._button.click()
    marked.settle()
    assert marked.stored() == []
    assert marked.pane.shown() == []
    marked.run("edit.redo")
    assert marked.quotes() == [marked.text(5)]


def test_a_selection_is_marked_as_it_is_and_let_go(marked):
    page = marked.story.page
    page.select_sentences(3, 5)
    marked.run("bookmark.capture")
    (one,) = marked.stored()
    assert " ".join(one.anchor.quote.split()) == " ".join(marked.text(i) for i in (3, 4, 5))
    assert page.selected_span() is None
    assert len(marked.marks.places.bookmarks()[0][1].sentences) == 3


def test_a_recording_without_transcript_is_marked_by_time(story, tmp_path):
    alone = tmp_path / "alone.opus"
    shutil.copyfile(SAMPLES / "keepers-logbook.opus", alone)
    told = Marked(story.open(alone))
    told.run("player.seek", 42_000)
    told.run("bookmark.capture")
    (one,) = told.stored()
    assert (one.anchor.start_ms, one.anchor.quote, one.transcript) == (42_000, "", "")
    assert told.pane.shown() == [one.id]


def test_without_a_recording_the_chosen_line_is_marked(story, tmp_path):
    path = tmp_path / "talk.vtt"
    path.write_text(
        "WEBVTT\n\n00:05.000 --> 00:08.000\nThe first one.\n\n00:09.000 --> 00:12.000\nThe second one.\n"
    )
    story.open(path)
    remark = story.window.transport._remark
    assert remark.whole == "No recording: the words move by their times"
    story.page.set_focused_sentence(1)
    story.do("bookmark.capture")
    story.qtbot.waitUntil(lambda: "The second one" in story.window.toast.text())


def test_a_note_is_typed_while_it_plays_and_letters_are_no_commands(marked):
    marked.at(5, 0.5)
    marked.story.do("player.play")
    marked.story.page.setFocus()
    marked.press(Qt.Key.Key_N)
    field = marked.story.window.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    marked.qtbot.keyClicks(field, "b is no bookmark here")
    marked.press(Qt.Key.Key_Return)
    (one,) = marked.stored()
    assert one.note == "b is no bookmark here"
    assert marked.story.player.state is PlayState.PLAYING


def test_an_option_pauses_while_a_note_is_typed(marked):
    from earmark.settings import options

    marked.story.program.values.set(options.NOTE_PAUSES, True)
    marked.at(5, 0.5)
    marked.story.do("player.play")
    marked.run("bookmark.note")
    assert marked.story.player.state is PlayState.PAUSED
    marked.press(Qt.Key.Key_Escape)
    assert marked.story.player.state is PlayState.PLAYING


def test_the_pane_unfolds_for_a_note_and_folds_again(marked):
    marked.run("view.notes_pane")
    assert marked.pane.isHidden()
    marked.at(5, 0.5)
    marked.run("bookmark.note")
    assert not marked.pane.isHidden()
    marked.qtbot.keyClicks(marked.story.window.focusWidget(), "kept")
    marked.press(Qt.Key.Key_Escape)
    assert marked.pane.isHidden()
    assert marked.stored()[0].note == "kept"


def test_next_and_previous_bookmark_travel_by_time(marked):
    for sentence in (4, 10, 16):
        marked.at(sentence, 0.9)
        marked.run("bookmark.capture")
        marked.story.now_s += 10
    starts = [one.anchor.start_ms for one in marked.stored()]
    marked.run("player.seek", 0)
    seen = []
    for _ in starts:
        marked.run("bookmark.next")
        seen.append(marked.story.player.position_ms())
    assert seen == starts
    marked.run("bookmark.previous")
    assert marked.story.player.position_ms() == starts[1]
    marked.run("player.seek", starts[-1] + 5_000)
    with pytest.raises(UserError, match="no later bookmark"):
        marked.run("bookmark.next")


def test_marks_stand_in_the_margin_and_on_the_timeline(marked):
    marked.at(5, 0.5)
    marked.run("bookmark.capture")
    bar, page = marked.story.program.shell.transport.seekbar, marked.story.page
    marked.story.qtbot.waitUntil(lambda: dict(page.scene.margin) == {5: "mark"})
    marked.pane.list.go_to(marked.stored()[0].id)
    marked.run("bookmark.colour", "Sky")
    marked.story.qtbot.waitUntil(lambda: dict(page.scene.margin) == {5: "mark_sky"})
    there = (marked.stored()[0].anchor.start_ms, "mark_sky")
    marked.story.qtbot.waitUntil(lambda: [mark[::2] for mark in bar._track.marks] == [there])


def test_the_list_is_worked_by_keys_alone(marked):
    for sentence in (4, 10):
        marked.at(sentence, 0.9)
        marked.run("bookmark.capture")
        marked.story.now_s += 10
    cards = marked.pane.list
    cards.setFocus()
    cards.go_to(marked.pane.shown()[0])
    marked.press(Qt.Key.Key_E)
    marked.qtbot.keyClicks(marked.story.window.focusWidget(), "first")
    marked.press(Qt.Key.Key_Return)
    assert cards.hasFocus()
    marked.qtbot.keyClicks(cards, "#")
    marked.qtbot.keyClicks(marked.story.window.focusWidget(), "essay, #bell")
    marked.press(Qt.Key.Key_Return)
    marked.press(Qt.Key.Key_3)
    first = marked.stored()[0]
    assert (first.note, first.tags, first.colour) == ("first", ("essay", "bell"), "moss")
    marked.press(Qt.Key.Key_Down)
    marked.press(Qt.Key.Key_Return)
    assert marked.story.player.position_ms() == marked.stored()[1].anchor.start_ms
    assert marked.story.player.state is PlayState.PLAYING
    marked.press(Qt.Key.Key_Delete)
    assert len(marked.stored()) == 1
    marked.run("edit.undo")
    assert len(marked.stored()) == 2


def test_colours_are_named_and_the_names_are_undone(marked, tell, tmp_path):
    marked.at(5, 0.5)
    marked.run("bookmark.capture")
    marked.pane.list.go_to(marked.stored()[0].id)
    marked.run("bookmark.colour", "rose")
    marked.run("bookmark.name_colours")
    dialog = marked.story.window.findChild(ColourDialog)
    dialog._fields["rose"].setText("  to  check ")
    dialog.accept()
    marked.settle()
    assert [card.colour for card in marked.pane.list.cards.cards] == ["to check"]
    assert "Colour: to check" in marked.pane.list.cards.cards[0].spoken
    marked.run("bookmark.colour", "Sky")
    marked.run("bookmark.colour", "To Check")
    assert marked.stored()[0].colour == "rose"
    marked.run("bookmark.export", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())[0]["colour_name"] == "to check"
    for _ in range(3):
        marked.run("edit.undo")
    assert [card.colour for card in marked.pane.list.cards.cards] == ["Rose"]
    marked.run("edit.redo")
    assert [card.colour for card in marked.pane.list.cards.cards] == ["to check"]
    again = Marked(tell().open_sample())
    again.settle()
    assert [card.colour for card in again.pane.list.cards.cards] == ["to check"]


def test_a_command_without_a_bookmark_says_what_is_missing(marked, tmp_path):
    for command in ("bookmark.export", "bookmark.edit", "bookmark.delete", "bookmark.copy_link"):
        assert not marked.story.program.registry.can_run(command)
    with pytest.raises(UserError, match="no bookmarks here to export"):
        marked.run("bookmark.export", tmp_path / "out.md")
    with pytest.raises(UserError, match="Choose a bookmark"):
        marked.run("bookmark.edit")
    marked.at(5, 0.5)
    marked.run("bookmark.capture")
    marked.pane._search.click()
    marked.pane._query.setText("nothing like it")
    with pytest.raises(UserError, match="words of the filter"):
        marked.run("bookmark.export", tmp_path / "out.md")


def test_every_edit_is_undone_one_by_one(marked):
    marked.at(5, 0.5)
    marked.run("bookmark.note", "as it was")
    marked.pane.list.go_to(marked.stored()[0].id)
    marked.run("bookmark.colour", "rose")
    marked.run("bookmark.edit")
    field = marked.story.window.focusWidget()
    field.setPlainText("changed")
    marked.press(Qt.Key.Key_Return)
    assert (marked.stored()[0].note, marked.stored()[0].colour) == ("changed", "rose")
    marked.run("edit.undo")
    marked.run("edit.undo")
    assert (marked.stored()[0].note, marked.stored()[0].colour) == ("as it was", "")
    marked.run("edit.undo")
    assert marked.stored() == []


def test_bookmarks_are_there_at_the_next_start(marked, tell):
    marked.at(5, 0.5)
    marked.run("bookmark.note", "stays")
    again = Marked(tell().open_sample())
    again.settle()
    assert again.pane.shown() == [one.id for one in again.stored()]
    assert again.pane.list.cards.cards[0].note == "stays"


def test_the_pane_searches_by_words_and_tags_and_esc_leaves(marked):
    for sentence, note in ((4, "the harbour"), (10, "a bell")):
        marked.at(sentence, 0.9)
        marked.run("bookmark.note", note)
    pane = marked.pane
    pane._search.click()
    marked.qtbot.keyClicks(pane._query, "HARBOUR")
    assert [card.note for card in pane.list.cards.cards] == ["the harbour"]
    pane._query.setText("nothing like it")
    assert pane.shown() == []
    marked.press(Qt.Key.Key_Escape)
    assert len(pane.shown()) == 2


def test_all_recordings_are_listed_and_enter_opens_the_other(marked, tmp_path):
    marked.at(5, 0.5)
    marked.run("bookmark.note", "in the sample")
    other = tmp_path / "other.vtt"
    other.write_text(
        "WEBVTT\n\n00:01.000 --> 00:04.000\nAnother talk begins.\n\n00:05.000 --> 00:09.000\nIt goes on.\n"
    )
    with marked.qtbot.waitSignal(marked.story.session.settled, timeout=10_000):
        marked.story.session.open([other], apart=True)
    marked.run("player.seek", 3_000)
    marked.run("bookmark.note", "in the other")
    assert [card.note for card in marked.pane.list.cards.cards] == ["in the other"]
    marked.pane._scope.click()
    assert sorted(card.note for card in marked.pane.list.cards.cards) == ["in the other", "in the sample"]
    sample = next(card for card in marked.pane.list.cards.cards if card.note == "in the sample")
    with marked.qtbot.waitSignal(marked.story.session.settled, timeout=10_000):
        marked.pane.list.play_requested.emit(sample.id)
    assert marked.story.session.media is not None
    assert marked.story.player.position_ms() == sample.start_ms
    assert marked.story.player.state is PlayState.PLAYING


def test_bookmarks_follow_their_words_into_another_transcript(marked):
    marked.at(12, 0.5)
    marked.run("bookmark.capture")
    words = marked.text(12)
    human = next(t for t in marked.story.session.tracks if t.hand_made)
    marked.story.session.show_track(human)
    marked.settle()
    ((bookmark, spot),) = marked.marks.places.bookmarks()
    assert spot.sure
    found = " ".join(human.outline.text(i) for i in spot.sentences).lower()
    assert set(words.lower().rstrip(".?!").split()) & set(found.rstrip(".?!").split())
    assert bookmark.anchor.start_ms == marked.stored()[0].anchor.start_ms  # only looked at: not moved


def test_a_transcript_timed_anew_takes_its_bookmarks_along(story, tmp_path, tell):
    def talk(shift):
        lines = [
            "We counted ships.",
            "The bell would not ring.",
            "So I shouted into the fog.",
            "Nobody came.",
        ]
        cues = [
            f"00:{4 * i + shift:02}.000 --> 00:{4 * i + 3 + shift:02}.000\n{line}"
            for i, line in enumerate(lines)
        ]
        return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"

    path = tmp_path / "talk.vtt"
    path.write_text(talk(0))
    media = tmp_path / "talk.opus"
    shutil.copyfile(SAMPLES / "keepers-logbook.opus", media)
    told = Marked(story.open(media))
    told.at(2, 0.8)
    told.run("bookmark.capture")
    assert told.stored()[0].anchor.start_ms == 8_000
    path.write_text(talk(20))
    again = Marked(tell().open(media))
    again.settle()
    assert again.stored()[0].anchor.start_ms == 28_000
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nQuite another text.\n")
    third = Marked(tell().open(media))
    third.settle()
    (card,) = third.pane.list.cards.cards
    assert "not found" in card.warning
    assert third.stored()[0].anchor.start_ms == 28_000


def test_opening_again_does_not_move_a_woven_bookmark_to_a_rough_time(sample, tell):
    told = Marked(sample)
    sample.qtbot.waitUntil(lambda: any(track.woven for track in sample.session.tracks))
    sample.session.show_track(next(track for track in sample.session.tracks if track.woven))
    told.at(6, 0.9)
    told.run("bookmark.capture")
    (made,) = told.stored()
    again = Marked(tell().open_sample())
    again.settle()
    assert again.stored()[0].anchor == made.anchor


def test_a_bookmark_on_the_woven_transcript_names_the_file_of_its_words(sample, tmp_path):
    told = Marked(sample)
    sample.qtbot.waitUntil(lambda: any(track.woven for track in sample.session.tracks))
    sample.session.show_track(next(track for track in sample.session.tracks if track.woven))
    told.run("player.seek", 15_000)
    told.run("bookmark.capture")
    (made,) = told.stored()
    told.run("bookmark.export", tmp_path / "out.json")
    (one,) = json.loads((tmp_path / "out.json").read_text())
    human = next(track for track in sample.session.tracks if track.hand_made)
    assert (one["transcript"], one["woven"]) == (str(human.path), True)
    sample.session.show_track(human)
    told.settle()
    assert (
        told.stored()[0].anchor.start_ms == made.anchor.start_ms
    )  # only looked at: not moved to a rough time


def test_links_lead_back_to_the_moment(marked, tell):
    marked.at(8, 0.9)
    marked.run("bookmark.capture")
    marked.pane.list.go_to(marked.stored()[0].id)
    marked.run("bookmark.copy_link")
    link = QGuiApplication.clipboard().text()
    start = marked.stored()[0].anchor.start_ms
    marked.run("player.seek", 0)
    marked.marks.travel.follow_link(link)
    assert marked.story.player.position_ms() == start
    fresh = tell()
    with fresh.qtbot.waitSignal(fresh.session.settled, timeout=10_000):
        fresh.program.marks.travel.follow_link(link)
    assert fresh.player.position_ms() == start
    with pytest.raises(UserError, match="not a link"):
        fresh.program.marks.travel.follow_link("earmark://elsewhere")


def test_export_and_import_again(marked, tmp_path):
    for sentence, note in ((4, "first"), (10, "second")):
        marked.at(sentence, 0.9)
        marked.run("bookmark.note", note)
    before = marked.stored()
    for ending in ("md", "csv", "json", "vtt"):
        marked.run("bookmark.export", tmp_path / f"out.{ending}")
    text = (tmp_path / "out.md").read_text()
    assert "earmark://recording/" in text
    assert "first" in text
    rows = csv.DictReader((tmp_path / "out.csv").read_text().splitlines())
    assert [row["note"] for row in rows] == ["first", "second"]
    assert (tmp_path / "out.vtt").read_text().startswith("WEBVTT\n\n00:00:")
    told = json.loads((tmp_path / "out.json").read_text())
    assert [one["note"] for one in told] == ["first", "second"]
    marked.run("bookmark.import", tmp_path / "out.json")
    assert len(marked.stored()) == 2  # all were here already
    marked.pane.list.selectAll()
    marked.run("bookmark.delete")
    assert marked.stored() == []
    marked.run("bookmark.import", tmp_path / "out.json")
    marked.settle()
    keys = ("anchor", "note", "tags", "recording", "created_ms")
    assert [[getattr(b, k) for k in keys] for b in marked.stored()] == [
        [getattr(b, k) for k in keys] for b in before
    ]
    marked.run("edit.undo")
    assert marked.stored() == []


def test_only_the_chosen_ones_are_exported(marked, tmp_path):
    for sentence in (4, 8, 12):
        marked.at(sentence, 0.9)
        marked.run("bookmark.note", str(sentence))
    marked.pane.list.choose(marked.pane.shown()[:2], marked.pane.shown()[0])
    marked.run("bookmark.export", tmp_path / "two.json")
    assert [one["note"] for one in json.loads((tmp_path / "two.json").read_text())] == ["4", "8"]


def test_a_stretch_is_saved_as_audio(marked, tmp_path):
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    marked.at(6, 0.9)
    marked.run("bookmark.capture")
    marked.pane.list.go_to(marked.stored()[0].id)
    marked.run("bookmark.save_audio", tmp_path / "stretch.wav")
    assert (tmp_path / "stretch.wav").stat().st_size > 1_000
    with pytest.raises(UserError, match="saved as one of"):
        marked.run("bookmark.save_audio", tmp_path / "stretch.exe")


def test_everything_is_backed_up_and_restored(marked, tmp_path):
    marked.at(6, 0.9)
    marked.run("bookmark.note", "to be kept")
    marked.run("file.backup", tmp_path / "all.earmark")
    assert "verified" in marked.story.window.toast.text()
    marked.pane.list.go_to(marked.stored()[0].id)
    marked.run("bookmark.delete")
    assert marked.stored() == []
    with marked.qtbot.waitSignal(marked.story.session.settled, timeout=10_000):
        marked.run("file.restore", tmp_path / "all.earmark")
    marked.settle()
    assert [one.note for one in marked.stored()] == ["to be kept"]
    assert [card.note for card in marked.pane.list.cards.cards] == ["to be kept"]
    broken = tmp_path / "broken.earmark"
    broken.write_bytes(b"no backup at all" * 100)
    with pytest.raises(UserError, match="not a backup"):
        marked.run("file.restore", broken)
    assert [one.note for one in marked.stored()] == ["to be kept"]


@pytest.mark.parametrize("command", ["bookmark.export", "file.backup", "bookmark.save_audio"])
def test_a_place_nothing_can_be_written_to_is_told_in_the_window(marked, tmp_path, command):
    if command == "bookmark.save_audio" and shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    marked.at(6, 0.9)
    marked.run("bookmark.capture")
    marked.pane.list.go_to(marked.stored()[0].id)
    name = {"bookmark.export": "out.md", "file.backup": "out.earmark", "bookmark.save_audio": "out.wav"}[
        command
    ]
    with pytest.raises(UserError):
        marked.run(command, tmp_path / "gone" / name)
    assert marked.story.window.toast.text() == f"There is no folder {tmp_path / 'gone'}."
    assert len(marked.stored()) == 1


def test_a_wrong_file_is_told_and_nothing_changes(marked, tmp_path):
    marked.at(6, 0.9)
    marked.run("bookmark.note", "stays")
    text = tmp_path / "a.txt"
    text.write_text("no bookmarks")
    store = marked.story.program.store.path
    for command, path, said in (
        ("bookmark.import", text, "a.txt is no list of bookmarks that Earmark exported as JSON."),
        ("bookmark.import", tmp_path, f"{tmp_path.name} is a folder, not a file."),
        ("bookmark.import", store, "user.db is what Earmark works with now, not a list of bookmarks."),
        ("file.restore", text, f"{text} is not a backup of Earmark; nothing was changed."),
        ("file.restore", tmp_path / "none", f"There is no file {tmp_path / 'none'}."),
        ("file.restore", store, f"{store} is what Earmark works with now, not a backup."),
        ("file.backup", store, f"{store.parent} is where Earmark keeps its data; back up to another folder."),
    ):
        with pytest.raises(UserError):
            marked.run(command, path)
        assert marked.story.window.toast.text() == said
    assert [one.note for one in marked.stored()] == ["stays"]
    assert marked.story.program.store.faults() == []


def test_without_ffmpeg_the_command_says_so(marked, monkeypatch, tmp_path):
    marked.at(6, 0.9)
    marked.run("bookmark.capture")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not marked.story.program.registry.can_run("bookmark.save_audio")
    with pytest.raises(UserError, match="needs ffmpeg, which is not installed"):
        marked.run("bookmark.save_audio", tmp_path / "out.wav")


def test_what_was_played_is_kept_and_what_was_skipped_is_not(marked, tell):
    marked.run("player.seek", 10_000)
    marked.story.play(5_000)
    marked.run("player.seek", 60_000)
    marked.story.player.advance(4_000)
    marked.run("player.pause")
    assert marked.story.program.hearing.heard == ((10_000, 15_000), (60_000, 64_000))
    assert marked.story.program.shell.transport.seekbar._track.heard == ((10_000, 15_000), (60_000, 64_000))
    marked.run("player.play")
    marked.story.player.advance(2_000)
    again = Marked(tell().open_sample())
    again.settle()
    assert again.story.program.hearing.heard == ((10_000, 15_000), (60_000, 66_000))


class FullDisk:
    """Stands in for the store's bookmarks while the disk is full."""

    def __init__(self, bookmarks) -> None:
        self.bookmarks = bookmarks
        self.full = True

    def exchange(self, kept, deleted):
        if self.full:
            raise UserError("store-full", "The disk is full: nothing could be written.")
        return self.bookmarks.exchange(kept, deleted)

    def __getattr__(self, name):
        return getattr(self.bookmarks, name)


def test_a_full_disk_keeps_the_note_that_was_typed(marked):
    store: Store = marked.story.program.store
    disk = store.bookmarks = FullDisk(store.bookmarks)
    marked.at(5, 0.5)
    marked.story.page.setFocus()
    marked.press(Qt.Key.Key_N)
    marked.qtbot.keyClicks(marked.story.window.focusWidget(), "not to be lost")
    marked.press(Qt.Key.Key_Return)
    assert "disk is full" in marked.story.window.toast.text()
    (card,) = marked.pane.list.cards.cards
    assert card.note == "not to be lost"
    assert "Not kept yet" in card.warning
    assert not card.solid
    with pytest.raises(UserError, match="disk is full"):
        marked.run("bookmark.capture")
    assert marked.stored() == []
    disk.full = False
    marked.story.now_s += 10
    marked.run("bookmark.capture")
    assert "not to be lost" in [one.note for one in marked.stored()]
    assert all(card.solid and not card.warning for card in marked.pane.list.cards.cards)


def test_chapters_are_listed_and_lead_there(marked):
    chapters = marked.story.session.chapters
    assert marked.pane.chapters.count() == len(chapters) >= 3
    marked.pane.chapters.setFocus()
    marked.pane.chapters.setCurrentRow(1)
    marked.press(Qt.Key.Key_Return)
    assert marked.story.player.position_ms() == chapters[1].start_ms
    marked.story.play(500)
    assert marked.pane.chapters.itemDelegate().now == 1


def test_a_note_half_typed_is_kept_when_the_window_closes(marked, tell):
    marked.at(5, 0.5)
    marked.run("bookmark.note")
    marked.qtbot.keyClicks(marked.story.window.focusWidget(), "half a sen")
    again = Marked(tell().open_sample())
    assert [one.note for one in again.stored()] == ["half a sen"]


def test_a_text_without_times_is_marked_where_the_focus_is(story, tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("The first of three.\n\nThe second is here.\n\nThe third ends it.\n")
    told = Marked(story.open(path))
    story.page.set_focused_sentence(1)
    told.run("bookmark.capture")
    (one,) = told.stored()
    assert (one.anchor.quote, one.anchor.start_ms) == (told.text(1), None)
    story.qtbot.waitUntil(lambda: dict(story.page.scene.margin) == {1: "mark"})


def test_another_transcript_is_shown_before_its_bookmarks_are_worked_out(marked):
    marked.at(5, 0.5)
    marked.run("bookmark.capture")
    (kept,) = marked.stored()
    other = next(t for t in marked.story.session.tracks if t is not marked.story.session.track)
    marked.story.session.show_track(other)
    assert marked.story.page.outline is other.outline
    assert marked.marks.places.get(kept.id) is None
    assert not marked.marks.places.settled
    marked.settle()
    assert marked.marks.places.get(kept.id) is not None
