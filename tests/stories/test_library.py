# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of the library: add, search, open at the hit, come back, play through hits, remove, move."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.playback.player import PlayState
from earmark.session.library.shelf import Entry
from earmark.store.library.index import Library
from earmark.store.search.searcher import SearchHit
from earmark.ui.library.rows import Problem, Spelling

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
TALK = """WEBVTT

00:00.000 --> 00:04.000
<v Ida>Good evening from the ferry landing.

00:10.000 --> 00:14.000
<v Ida>The harbour master keeps a theodolite by the door.

00:20.000 --> 00:24.000
<v Tom>A theodolite never lies, but it mumbles.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the sample, another talk, and a file that is no transcript."""
    held = tmp_path / "shows"
    held.mkdir()
    for path in SAMPLES.glob("keepers-logbook.*"):
        shutil.copy(path, held)
    (held / "ferry.vtt").write_text(TALK)
    return held


@pytest.fixture
def library(story, folder: Path):
    story.program.library.begin()
    add(story, folder)
    return story


def pane(story):
    return story.program.shell.library


def add(story, *paths: Path) -> None:
    with story.qtbot.waitSignal(story.program.library.importer.finished, timeout=20_000):
        for path in paths:
            story.do("library.add", path)
    settle(story)


def settle(story) -> None:
    with story.qtbot.waitSignal(story.program.library.keeper.listed, timeout=10_000):
        story.program.library.keeper.load()


def titles(story) -> list[str]:
    return sorted(entry.title for entry in story.program.library.keeper.entries)


def search(story, words: str, rows: int) -> list[SearchHit]:
    story.do("library.search", words)
    story.qtbot.waitUntil(lambda: len(hits(story)) == rows and total(story) == rows, timeout=10_000)
    return hits(story)


def total(story) -> int | None:
    return story.program.shell.library_binder.search.found.total


def hits(story) -> list[SearchHit]:
    return [row for row in pane(story).results.rows.rows() if isinstance(row, SearchHit)]


def press(story, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(pane(story).field, key, held)


def test_a_folder_is_added_with_its_tags_and_pairs(library):
    assert titles(library) == ["Ferry", "The keeper's logbook"]
    sample = next(e for e in library.program.library.keeper.entries if e.title != "Ferry")
    assert sample.source == "Harbour Lights"
    assert len(sample.paths) == 3
    assert sample.duration_ms > 100_000


def test_both_wordings_are_searched_and_a_moment_is_one_hit(library):
    assert len(search(library, "lamp", 4)) == 4
    assert {hit.title for hit in hits(library)} == {"The keeper's logbook"}


def test_enter_opens_at_the_hit_without_playing_and_alt_left_leads_back(library, folder):
    library.open(folder / "keepers-logbook.opus")
    library.do("player.seek", 30_000)
    search(library, "theodolite", 2)
    with library.qtbot.waitSignal(library.session.settled, timeout=10_000):
        press(library, Qt.Key.Key_Return)
    assert library.session.title == "Ferry"
    assert library.player.state is not PlayState.PLAYING
    assert not library.program.attention.following
    with library.qtbot.waitSignal(library.session.settled, timeout=10_000):
        library.do("jump.back")
    assert library.session.media == folder / "keepers-logbook.opus"
    assert library.player.position_ms() == 30_000
    with library.qtbot.waitSignal(library.session.settled, timeout=10_000):
        library.do("jump.forward")
    assert library.session.title == "Ferry"


def test_a_hit_in_what_is_open_leaves_playback_alone(library, folder):
    library.open(folder / "keepers-logbook.opus")
    library.play(5_000)
    search(library, "lamp", 4)
    press(library, Qt.Key.Key_Down)
    press(library, Qt.Key.Key_Return)
    assert library.player.state is PlayState.PLAYING
    assert library.player.position_ms() == 5_000
    assert not library.program.attention.following
    page = library.program.shell.window.page
    marked = [page.outline.paragraphs[at].text[start:end] for at, start, end in page.scene.current_hit]
    assert marked == ["lamp"]
    press(library, Qt.Key.Key_Escape)
    assert page.scene.current_hit == []


def test_ctrl_enter_plays_the_hit(library, folder):
    library.open(folder / "keepers-logbook.opus")
    found = search(library, "lamp", 4)
    press(library, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert library.player.state is PlayState.PLAYING
    assert library.player.position_ms() == found[0].start_ms
    assert marked(library) == ["lamp"]


def marked(story) -> list[str]:
    """Return the words that are marked on the page as the hit one is at."""
    paragraphs = story.session.outline.paragraphs
    return [paragraphs[at].text[a:b] for at, a, b in story.page.scene.current_hit]


def test_what_is_played_of_many_hits_is_marked_chosen_and_counted(library, folder):
    library.open(folder / "keepers-logbook.opus")
    found = search(library, "lamp", 4)
    told = []
    library.program.library.visits.played_on.connect(lambda *what: told.append(what))
    library.do("library.play_hits")
    chosen, words = [], []
    while library.program.library.visits.playing_through:
        chosen.append(pane(library).results.chosen())
        words += marked(library)
        library.player.advance(500)
    assert [first for first, _, _ in told] == sorted({first for first, _, _ in told})
    assert (told[0][0], told[-1][1], told[0][2]) == (0, 3, 4)
    assert set(words) == {"lamp"}
    assert set(chosen) == {found[first] for first, _, _ in told}


def test_what_was_found_stands_while_one_goes_from_recording_to_recording(library, folder):
    library.open(folder / "keepers-logbook.opus")
    found = search(library, "door", 2)
    told = []
    library.program.library.search.found.connect(told.append)
    other = next(hit for hit in found if hit.transcript.stem == "ferry")
    pane(library).show_hit(other)
    with library.qtbot.waitSignal(library.session.settled, timeout=10_000):
        press(library, Qt.Key.Key_Return)
    library.do("player.play")
    library.do("jump.back")
    settle(library)
    assert told == []
    assert pane(library).results.chosen() == other
    library.program.library.search.again()
    settle(library)
    assert [one.total for one in told] == [2]
    assert pane(library).results.chosen() == other


def test_all_hits_are_played_with_two_seconds_around_and_then_it_stops(library, folder):
    library.open(folder / "keepers-logbook.opus")
    library.do("player.seek", 100_000)
    found = search(library, "lamp", 4)
    library.do("library.play_hits")
    assert library.player.position_ms() == found[0].start_ms - 2_000
    library.player.advance(120_000)
    assert library.player.state is PlayState.PAUSED
    assert not library.program.library.visits.playing_through
    assert abs(library.player.position_ms() - (found[-1].end_ms + 2_000)) < 300
    library.do("jump.back")
    assert library.player.position_ms() == 100_000


def test_hits_are_played_from_recording_to_recording(library, folder):
    library.open(folder / "keepers-logbook.opus")
    library.do("player.seek", 100_000)
    found = search(library, "door", 2)
    assert len({hit.recording for hit in found}) == 2
    library.do("library.play_hits")
    visits = library.program.library.visits

    def played() -> bool:
        library.player.advance(1_000)
        return not visits.playing_through

    library.qtbot.waitUntil(played, timeout=20_000)
    assert library.player.state is PlayState.PAUSED


def test_what_is_listed_is_where_the_words_are_said(library, folder):
    library.open(folder / "keepers-logbook.opus")
    for found in search(library, "lamp", 4):
        assert found.transcript.name == "keepers-logbook.human.txt"
        library.program.shell.library.hit_played.emit(found)
        library.program.runner.wait_idle()
        assert abs(library.player.position_ms() - found.start_ms) < 300


def test_hits_without_a_time_are_told_when_the_others_were_played(library, tmp_path):
    path = tmp_path / "untimed.md"
    path.write_text("Ann: The lamp of my aunt was never lit, and nobody knows when this was said.")
    add(library, path)
    found = search(library, "lamp", 5)
    assert [hit.transcript.name for hit in found if hit.start_ms is None] == ["untimed.md"]
    library.do("library.play_hits")
    visits = library.program.library.visits

    def played() -> bool:
        library.player.advance(1_000)
        return not visits.playing_through

    library.qtbot.waitUntil(played, timeout=20_000)
    assert library.program.shell.window.toast.text() == "All hits were played but 1 without a time."


def test_any_key_of_playing_ends_playing_through(library, folder):
    library.open(folder / "keepers-logbook.opus")
    search(library, "lamp", 4)
    library.do("library.play_hits")
    library.do("player.forward")
    assert not library.program.library.visits.playing_through
    assert library.player.state is PlayState.PLAYING


def test_near_spellings_are_offered_and_taken(library):
    library.do("library.search", "theodolyte")
    rows = pane(library).results.rows
    library.qtbot.waitUntil(lambda: any(isinstance(row, Spelling) for row in rows.rows()))
    press(library, Qt.Key.Key_Return)
    assert pane(library).field.text() == "theodolite"
    library.qtbot.waitUntil(lambda: len(hits(library)) == 2)


def test_esc_leaves_the_search(library, folder):
    library.open(folder / "keepers-logbook.opus")
    search(library, "lamp", 4)
    press(library, Qt.Key.Key_Escape)
    assert pane(library).field.text() == ""
    assert library.page.hasFocus()


def test_whatever_is_typed_is_a_query(library):
    for words in ('"', "*", "speaker:", 'in:"', "NEAR(", "(((", "a" * 900, "-", "“"):
        library.do("library.search", words)
        library.program.runner.wait_idle()
    assert library.said == []


def test_typing_filters_recordings_by_name(library):
    library.do("library.search", "ferr")
    rows = pane(library).results.rows
    library.qtbot.waitUntil(
        lambda: any(isinstance(row, Entry) and row.title == "Ferry" for row in rows.rows())
    )


def test_removing_is_undone_and_touches_no_file(library, folder):
    keeper = library.program.library.keeper
    ferry = next(entry for entry in keeper.entries if entry.title == "Ferry")
    before = sorted(folder.iterdir())
    keeper.remove([ferry])
    library.program.runner.wait_idle()
    settle(library)
    assert titles(library) == ["The keeper's logbook"]
    search(library, "theodolite", 0)
    library.do("edit.undo")
    library.program.runner.wait_idle()
    settle(library)
    assert titles(library) == ["Ferry", "The keeper's logbook"]
    search(library, "theodolite", 2)
    assert sorted(folder.iterdir()) == before


def test_what_a_backup_brings_back_is_listed_and_found(library, tmp_path):
    keeper = library.program.library.keeper
    library.do("file.backup", tmp_path / "all.earmark")
    library.program.runner.wait_idle()
    keeper.remove(list(keeper.entries))
    settle(library)
    assert titles(library) == []
    library.do("file.restore", tmp_path / "all.earmark")
    library.qtbot.waitUntil(lambda: titles(library) == ["Ferry", "The keeper's logbook"], timeout=10_000)
    settle(library)
    search(library, "theodolite", 2)


def test_what_was_removed_does_not_come_back_by_looking_again(library, folder):
    keeper = library.program.library.keeper
    keeper.remove([entry for entry in keeper.entries if entry.title == "Ferry"])
    library.program.runner.wait_idle()
    rescan(library)
    assert titles(library) == ["The keeper's logbook"]
    add(library, folder / "ferry.vtt")
    assert titles(library) == ["Ferry", "The keeper's logbook"]


def rescan(story) -> None:
    with story.qtbot.waitSignal(story.program.library.importer.finished, timeout=20_000):
        story.do("library.rescan")
    settle(story)


def test_a_missing_file_is_grey_and_found_again_by_looking_again(library, folder):
    known = {entry.title: entry.id for entry in library.program.library.keeper.entries}
    (folder / "season two").mkdir()
    for name in ("keepers-logbook.opus", "keepers-logbook.machine.vtt", "keepers-logbook.human.txt"):
        (folder / name).rename(folder / "season two" / name)
    settle(library)
    missing = {entry.title: entry.missing for entry in library.program.library.keeper.entries}
    assert missing == {"Ferry": False, "The keeper's logbook": True}
    rescan(library)
    entries = {entry.title: entry for entry in library.program.library.keeper.entries}
    assert {title: entry.id for title, entry in entries.items()} == known
    assert entries["The keeper's logbook"].paths[0].parent.name == "season two"
    assert not any(entry.missing for entry in entries.values())
    search(library, "lamp", 4)
    assert all("season two" in str(hit.transcript) for hit in hits(library))


def test_a_whole_folder_is_relocated_at_once(library, folder, tmp_path):
    new = tmp_path / "elsewhere"
    folder.rename(new)
    settle(library)
    keeper = library.program.library.keeper
    assert all(entry.missing for entry in keeper.entries)
    ferry = next(entry for entry in keeper.entries if entry.title == "Ferry")
    with library.qtbot.waitSignal(keeper.said, timeout=10_000):
        keeper.relocate(ferry, new / "ferry.vtt")
    settle(library)
    assert not any(entry.missing for entry in keeper.entries)


def test_a_text_alone_is_relocated_with_its_words(library, folder, tmp_path):
    path = (folder / "ferry.vtt").rename(tmp_path / "boat.vtt")
    settle(library)
    keeper = library.program.library.keeper
    ferry = next(entry for entry in keeper.entries if entry.missing)
    with library.qtbot.waitSignal(library.program.library.importer.finished, timeout=10_000):
        keeper.relocate(ferry, path)
    (hit,) = search(library, "mumbles", 1)
    assert (hit.transcript, hit.recording) == (path, ferry.id)


def test_a_folder_is_relocated_though_the_old_one_holds_other_files(library, folder, tmp_path):
    new = tmp_path / "elsewhere"
    new.mkdir()
    for name in ("one", "two", "three"):
        (folder / f"{name}.vtt").write_text(f"WEBVTT\n\n00:01.000 --> 00:04.000\nOf {name}.\n")
    rescan(library)
    (folder / "one.vtt").rename(new / "one.vtt")
    (folder / "two.vtt").rename(new / "two.vtt")
    (folder / "three.vtt").unlink()
    (new / "three.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:04.000\nAnother of this name.\n")
    settle(library)
    keeper = library.program.library.keeper
    one = next(entry for entry in keeper.entries if entry.paths[0].stem == "one")
    with library.qtbot.waitSignal(keeper.said, timeout=10_000) as said:
        keeper.relocate(one, new / "one.vtt")
    assert said.args == ["2 recordings found again."]
    settle(library)
    assert {entry.paths[0].stem for entry in keeper.entries if entry.missing} == {"three"}
    there = {entry.paths[0].stem: entry.paths[0].parent for entry in keeper.entries}
    kept = dict.fromkeys(("ferry", "keepers-logbook", "three"), folder)
    assert there == {"one": new, "two": new, **kept}


def test_a_file_that_fails_is_listed_with_its_reason_and_the_rest_goes_on(story, folder):
    story.program.library.begin()
    (folder / "broken.vtt").write_bytes(b"")
    add(story, folder)
    assert titles(story) == ["Ferry", "The keeper's logbook"]
    assert "1 file could not be added" in pane(story).notice.text()
    pane(story).notice_action.emit("Show")
    problems = [row for row in pane(story).results.rows.rows() if isinstance(row, Problem)]
    assert [problem.path.name for problem in problems] == ["broken.vtt"]
    assert "empty" in problems[0].reason


def test_adding_is_stopped_and_goes_on_where_it_stopped(story, tmp_path):
    for number in range(120):
        (tmp_path / f"talk {number}.vtt").write_text(TALK.replace("theodolite", f"theodolite{number}"))
    library = story.program.library
    library.begin()
    with story.qtbot.waitSignal(library.importer.finished, timeout=30_000):
        story.do("library.add", tmp_path)
        library.keeper.stop()
    settle(story)
    assert len(library.keeper.entries) < 120
    assert "stopped" in pane(story).notice.text()
    rescan(story)
    assert len(library.keeper.entries) == 120
    search(story, "ferry landing", 120)


def test_what_is_opened_joins_the_library(story, folder):
    story.program.library.begin()
    with story.qtbot.waitSignal(story.program.library.joining.joined, timeout=10_000):
        story.open(folder / "keepers-logbook.opus")
    story.program.runner.wait_idle()
    settle(story)
    assert titles(story) == ["The keeper's logbook"]
    assert story.session.title == "The keeper's logbook"
    search(story, "lamp", 4)


def test_a_recording_that_comes_to_its_transcript_has_what_was_made_on_it(story, folder, tmp_path):
    words = tmp_path / "keepers-logbook.vtt"
    shutil.copy(folder / "keepers-logbook.machine.vtt", words)
    story.program.library.begin()
    story.open(words)
    story.play(30_000)
    story.do("player.pause")
    story.do("bookmark.capture")
    story.program.library.joining.join()
    story.program.runner.wait_idle()
    shutil.copy(folder / "keepers-logbook.opus", tmp_path)
    with story.qtbot.waitSignal(story.program.library.joining.joined, timeout=10_000):
        story.open(tmp_path / "keepers-logbook.opus")
    story.qtbot.waitUntil(lambda: story.player.position_ms() == 28_000, timeout=5_000)
    story.qtbot.waitUntil(lambda: len(story.program.marks.places.bookmarks()) == 1, timeout=5_000)
    story.program.runner.wait_idle()
    settle(story)
    assert titles(story) == ["The keeper's logbook"]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_transcript_inside_a_recording_is_shown_and_found(story, folder, tmp_path):
    words, film = tmp_path / "words.srt", tmp_path / "film.mkv"
    words.write_text("1\n00:00:01,000 --> 00:00:02,500\nA signal from inside the box.\n")
    sound = str(folder / "keepers-logbook.opus")
    subprocess.run(["ffmpeg", "-v", "error", "-t", "3", "-i", sound, "-i", str(words), str(film)], check=True)
    words.unlink()
    story.program.library.begin()
    story.open(film)
    story.qtbot.waitUntil(lambda: bool(story.session.tracks), timeout=20_000)
    assert "A signal from inside the box." in story.session.outline.text(0)
    settle(story)
    assert [hit.title for hit in search(story, '"inside the box"', 1)] == ["Film"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".vtt"] == []


def test_what_was_begun_is_there_to_go_on_with(tell, folder):
    story = tell()
    story.program.library.begin()
    story.open(folder / "keepers-logbook.opus")
    story.program.library.joining.join()
    story.play(20_000)
    story.do("player.pause")
    story.program.runner.wait_idle()
    again = tell()
    again.program.library.begin()
    settle(again)
    entry = again.program.library.keeper.entries[0]
    assert entry.unfinished
    assert entry.status.endswith("left")
    assert 0 < entry.heard < 0.5
    assert pane(again).shelf.rows.rows()[0] == entry


def test_a_recording_is_opened_from_the_pane(library, folder):
    ferry = next(entry for entry in library.program.library.keeper.entries if entry.title == "Ferry")
    with library.qtbot.waitSignal(library.session.settled, timeout=10_000):
        pane(library).entry_opened.emit(ferry)
    assert library.session.title == "Ferry"
    assert library.program.memory.recording.id == ferry.id


def test_a_transcript_opened_from_the_library_is_not_taken_for_another_of_what_is_open(library, folder):
    library.open(folder / "keepers-logbook.opus")
    ferry = next(entry for entry in library.program.library.keeper.entries if entry.title == "Ferry")
    with library.qtbot.waitSignal(library.session.settled, timeout=10_000):
        pane(library).entry_opened.emit(ferry)
    assert library.session.media is None


def test_a_damaged_index_is_made_anew_by_itself(tell, folder, tmp_path):
    story = tell()
    story.program.library.begin()
    add(story, folder)
    index = next((tmp_path / "profile").rglob("library.db"))
    story.close()
    index.write_bytes(b"no database" * 500)
    for ending in ("-wal", "-shm"):
        index.with_name(index.name + ending).unlink(missing_ok=True)
    again = tell()
    again.program.library.begin()
    with again.qtbot.waitSignal(again.program.library.importer.finished, timeout=20_000):
        again.do("library.search", "theodolite")
    again.qtbot.waitUntil(lambda: len(hits(again)) == 2)


def test_an_index_whose_making_was_cut_short_is_filled_by_the_next_window(tell, folder, tmp_path):
    story = tell()
    story.program.library.begin()
    add(story, folder)
    profile = Profile.at(tmp_path / "profile")
    library = Library.open(profile)
    assert not library.unfilled  # what was added first is all there is
    library.close()
    story.close()
    Library.open(profile, anew=True).close()  # whoever made it was killed
    again = tell()
    again.program.library.begin()
    with again.qtbot.waitSignal(again.program.library.importer.finished, timeout=20_000):
        again.do("library.search", "theodolite")
    again.qtbot.waitUntil(lambda: len(hits(again)) == 2)
    again.close()
    library = Library.open(profile)
    assert not library.unfilled
    library.close()


def test_rescan_without_a_folder_says_what_to_do(story):
    with pytest.raises(UserError) as refusal:
        story.do("library.rescan")
    assert refusal.value.message.endswith(".")


def test_the_key_puts_the_focus_into_the_field_even_of_a_folded_pane(story):
    story.do("view.library_pane")
    assert not pane(story).isVisible()
    story.do("library.search")
    assert pane(story).isVisible()
    assert pane(story).field.hasFocus()
