# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The library's pure parts: what is found in a folder, how the shelf is sorted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from earmark.domain.items import Fingerprint, Recording
from earmark.domain.reading import build_outline
from earmark.domain.timeline import Timeline
from earmark.formats.registry import read_bytes
from earmark.session.attention import JumpHistory, Place
from earmark.session.library.adding import find
from earmark.session.library.keeper import roots
from earmark.session.library.searching import Found, grouped
from earmark.session.library.shelf import (
    Entry,
    Heading,
    entries,
    filtered,
    shelf_rows,
    sorted_shelf,
    spoken_length,
    unfinished,
)
from earmark.session.locating import said_from_ms, sentence_of, spans_of
from earmark.session.naming import shown_source
from earmark.session.steering.visiting import Moment, stretches
from earmark.store.search.searcher import SearchHit
from earmark.ui.library.rows import excerpt, result_rows

HUMAN, MACHINE = Path("/talks/a.txt"), Path("/talks/a.vtt")


def hit(transcript: Path, ms: int | None, text: str, speaker: str = "", recording: str = "a") -> SearchHit:
    return SearchHit(recording, transcript, recording.upper(), ms, ms and ms + 900, speaker, text, ((0, 4),))


def test_hits_are_grouped_by_recording_the_best_first():
    hits = [hit(MACHINE, 9, "x", recording="b"), hit(MACHINE, 5, "x"), hit(MACHINE, 1, "x", recording="b")]
    assert [(one.recording, one.start_ms) for one in grouped(hits)] == [("b", 1), ("b", 9), ("a", 5)]


def test_a_folder_that_is_called_like_its_recording_is_not_told_twice():
    def source(path: str, show: str = "") -> str:
        one = Recording("a", Path(path), Fingerprint(1, "x"), show=show)
        return shown_source(one)

    assert source("/talks/2019/031/031.mp3") == "2019"
    assert source("/talks/The_Lamp/The lamp.mp3") == "The_Lamp"
    assert source("/talks/the lamp/The lamp.mp3") == "talks"
    assert source("/talks/2019/031.mp3") == "2019"
    assert source("/talks/031/031.mp3", "Harbour Lights") == "Harbour Lights"


# The way back


def test_the_way_back_leads_across_recordings():
    jumps = JumpHistory(lambda: 0.0)
    here, there = Place(5_000, (HUMAN,)), Place(9_000, (MACHINE,))
    jumps.left(here)
    assert jumps.back(there) == here
    assert jumps.forward(here) == there
    assert jumps.forward(there) is None


def test_the_same_time_of_another_recording_is_another_place():
    jumps = JumpHistory(lambda: 0.0)
    jumps.left(Place(5_000, (HUMAN,)))
    jumps.left(Place(5_000, (MACHINE,)))
    jumps.left(Place(5_000, (MACHINE,)))
    assert jumps.back(Place(1, ())) == Place(5_000, (MACHINE,))
    assert jumps.back(Place(5_000, (MACHINE,))) == Place(5_000, (HUMAN,))


# Playing through


def test_each_moment_gets_two_seconds_around_and_those_that_touch_are_joined():
    files = (HUMAN,)
    played = stretches(
        [Moment(files, 1_000, 1_500), Moment(files, 4_000, 5_000), Moment(files, None), Moment(files, 60_000)]
    )
    assert [(one.whole.start_ms, one.whole.end_ms) for one in played] == [(0, 7_000), (58_000, 64_000)]
    assert [(one.first, len(one.moments)) for one in played] == [(0, 2), (2, 1)]


# The shelf


def entry(title: str, source: str = "Show", **what) -> Entry:
    base = Entry(title, title, source, (Path(f"/{title}"),), 60_000, 0, 0.0, 0, 0, False, False, "")
    return replace(base, folded=f" {title} {source}".lower(), **what)


def test_lengths_are_said_shortly():
    assert [spoken_length(ms) for ms in (0, 48_000, 18 * 60_000, 74 * 60_000, 7_200_000)] == [
        "",
        "48 s",
        "18 min",
        "1 h 14 min",
        "2 h",
    ]


def test_a_row_says_what_is_left():
    begun = entry("a", duration_ms=20 * 60_000, position_ms=2 * 60_000, opened_seq=1)
    assert begun.status == "18 min left"
    assert replace(begun, heard=0.97).status == "heard"
    assert replace(begun, missing=True).status == "missing"
    assert entry("b", duration_ms=4_440_000, video=True).status == "1 h 14 min · video"


def test_what_was_opened_last_is_continued_first():
    shelf = [entry("a", opened_seq=1, position_ms=9), entry("b", opened_seq=2, position_ms=9), entry("c")]
    assert [one.title for one in unfinished(shelf)] == ["b", "a"]
    rows = shelf_rows(shelf, "source")
    assert rows[0] == Heading("Continue")
    assert rows[3] == Heading("Library")


def test_shows_have_headings_where_there_are_several():
    shelf = sorted_shelf([entry("z", "B"), entry("a", "B"), entry("m", "A")], "source")
    assert [row for row in shelf_rows(shelf, "source") if isinstance(row, Heading)] == [
        Heading("Library", "A"),
        Heading("", "B"),
    ]
    assert [one.title for one in sorted_shelf(shelf, "title")] == ["a", "m", "z"]


def test_typing_filters_by_the_beginnings_of_words():
    shelf = [entry("tides by hand"), entry("storm of 87", "Harbour")]
    assert [one.title for one in filtered(shelf, "HA ti")] == ["tides by hand"]
    assert [one.title for one in filtered(shelf, "harb")] == ["storm of 87"]
    assert filtered(shelf, "and") == []


def test_a_missing_file_is_known():
    one = Recording("1", Path("/nowhere/Some talk.mp3"), Fingerprint(1, "x"), duration_ms=1_000)
    assert entries([one], {"1": 500})[0].missing
    assert entries([one], {"1": 500})[0].heard == 0.5
    assert entries([one], {})[0].title == "Some talk"


def test_the_words_of_a_hit_are_kept_in_sight():
    long = hit(MACHINE, 0, "a" * 30 + " word" * 40 + " lamp end")._replace(spans=((231, 235),))
    text, spans = excerpt(long)
    assert text.startswith("… ")
    assert text[slice(*spans[0])] == "lamp"
    assert spans[0][0] < 60


def test_words_far_from_each_other_are_all_in_sight():
    text = "The lamp " + "and so on " * 20 + "of the door " + "and so on " * 20
    at = text.index("door")
    shown, spans = excerpt(hit(MACHINE, 0, text)._replace(spans=((4, 8), (at, at + 4))))
    assert [shown[start:end] for start, end in spans] == ["lamp", "door"]
    assert shown.startswith("The lamp and")
    assert spans[1][1] < 84
    assert shown.endswith("so on ")


def test_nothing_found_is_said_once_counted():
    found = Found("x", (), 0, ("y",), 1.0)
    assert len(result_rows([], found, counting=True)) == 0
    assert len(result_rows([], found, counting=False)) == 3


# Finding files


def test_a_transcript_that_says_the_same_joins_though_its_name_does_not_tell(tmp_path):
    words = " ".join(f"word{n} and then" for n in range(300))
    (tmp_path / "typed by hand.txt").write_text(f"0:00 {words}\n1:00 The end.\n")
    (tmp_path / "ep12.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 01:00.000\n{words}\n")
    (tmp_path / "other.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nSomething else altogether.\n")
    (tmp_path / "README.md").write_text("# How to build this\n")
    groups = find([tmp_path]).groups
    assert sorted(len(group.transcripts) for group in groups) == [1, 2]


def test_hundreds_of_transcripts_are_paired_by_their_words(tmp_path):
    for number in range(170):
        words = " ".join(f"word{number * 100 + n}" for n in range(40))
        (tmp_path / f"ep{number}-machine.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:09.000\n{words}\n")
        (tmp_path / f"ep{number} human.txt").write_text(f"0:00 {words}\n1:00 The end.\n")
    groups = find([tmp_path]).groups
    assert [len(group.transcripts) for group in groups] == [2] * 170


def test_a_few_common_words_join_nothing_across_folders(tmp_path):
    said = "Thank you for listening and see you again next week."
    for name in ("one", "three"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"0:00 {name}. {said}\n")
    assert len(find([tmp_path]).groups) == 2


def test_the_folders_that_differ_are_found():
    assert roots(Path("/a/b/show/x.mp3"), Path("/m/n/show/x.mp3")) == (Path("/a/b"), Path("/m/n"))
    assert roots(Path("/a/x.mp3"), Path("/a/y.mp3")) == (None, None)


# Finding the place


TALK = b"""WEBVTT

00:00.000 --> 00:04.000
Good evening from the ferry landing.

00:10.000 --> 00:14.000
The harbour master keeps a barometer by the door.

00:20.000 --> 00:24.000
A barometer never lies, but it mumbles.
"""


def test_a_hit_is_found_by_its_words_where_its_time_is_rough_or_unknown():
    outline = build_outline(read_bytes(TALK, "talk.vtt"))
    timeline = Timeline(outline)
    said = "The harbor master keeps his barometer by the door"
    assert sentence_of(outline, timeline, 2_000, said) == 1
    assert sentence_of(outline, timeline, None, said) == 1
    assert sentence_of(outline, timeline, 21_000, "nothing like it at all") == 2


def test_a_hit_whose_stamp_is_minutes_off_is_found_by_its_words():
    said = "The keeper painted every stair of the tower white in one week."
    filler = "".join(
        f"{n // 60:02}:{n % 60:02}.000 --> {n // 60:02}:{n % 60:02}.900\nNumber {n} went past the quay.\n\n"
        for n in range(0, 600, 5)
    )
    text = f"WEBVTT\n\n{filler}10:00.000 --> 10:06.000\n{said}\n"
    outline = build_outline(read_bytes(text.encode(), "a.vtt"))
    timeline = Timeline(outline)
    assert sentence_of(outline, timeline, 20_000, said) == len(outline.sentences) - 1
    assert said_from_ms(outline, timeline, 20_000, said) == 600_000
    assert said_from_ms(outline, timeline, None, said) == 600_000
    assert said_from_ms(outline, timeline, 602_000, said) == 602_000
    assert said_from_ms(outline, timeline, 20_000, "none of these") == 20_000


def test_the_words_that_were_looked_for_are_found_in_the_sentence():
    outline = build_outline(read_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.000\nA lamp, it's a Lamp.\n", "a.vtt"))
    assert spans_of(outline, 0, frozenset({"lamp"})) == [(0, 2, 6), (0, 15, 19)]
    assert spans_of(outline, 0, frozenset({"buoy"})) == [(0, 0, 20)]
