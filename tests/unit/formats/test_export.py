# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bookmarks out, and in again."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.errors import UserError
from earmark.domain.items import Anchor, Bookmark
from earmark.domain.marks.links import woven_of
from earmark.formats.chapters import read_chapters
from earmark.formats.export import Entry, as_listed, form_of, read_entries, write_entries
from earmark.formats.registry import read_file

ID = "ab" * 16


def entry(number=0, **what):
    anchor = Anchor("The bell froze.", "It was late.", "So I shouted.", 61_500 + number * 10_000, 64_000)
    held = Bookmark(
        f"{number:032x}", ID, anchor, "talk.vtt", "Old Keeper", "Check *this* date", ("essay", "bell"), "sky"
    )
    held = held._replace(created_ms=1_700_000_000_123, **what)
    return Entry(held, "talk.mp3", "Harbour Lights", "to check", 200_000)


def test_what_is_listed_is_what_the_contract_says():
    assert as_listed(entry()) == {
        "id": "0" * 32,
        "recording": "talk.mp3",
        "transcript": "talk.vtt",
        "start_ms": 61_500,
        "end_ms": 64_000,
        "quote": "The bell froze.",
        "note": "Check *this* date",
        "tags": ["essay", "bell"],
        "created": "2023-11-14T22:13:20.123Z",
    }


def test_what_was_read_without_a_recording_has_none():
    alone = replace(entry(transcript=""), recording="talk.vtt", is_media=False)
    told = as_listed(alone)
    assert (told["recording"], told["transcript"]) == (None, "talk.vtt")
    (row,) = csv.DictReader(io.StringIO(write_entries([alone], "csv")))
    assert (row["recording"], row["transcript"]) == ("", "talk.vtt")
    woven = replace(entry(transcript=woven_of(Path("talk.txt"))), recording="talk.vtt", is_media=False)
    (listed,) = json.loads(write_entries([woven], "json"))
    assert (listed["recording"], listed["transcript"]) == (None, "talk.txt")
    (read,) = read_entries(write_entries([woven], "json").encode(), "out.json")
    assert (read.recording, read.is_media) == ("talk.vtt", False)  # an import finds what it was made on


def test_markdown_has_quote_speaker_time_note_and_link():
    text = write_entries([entry()], "md")
    assert text.startswith("# Harbour Lights\n")
    assert f"**[01:01 – 01:04](earmark://recording/{ID}?t=61.500)** — Old Keeper" in text
    assert "> The bell froze." in text
    assert r"Check \*this\* date" in text
    assert "Tags: essay, bell" in text
    assert "Colour: to check" in text


@pytest.mark.parametrize(
    "hostile", ["<img src=x>", "# heading", "- item", "1. item", "[a](b)", "`code`", "> quote"]
)
def test_markdown_shows_text_as_it_is(hostile):
    lines = write_entries([entry(note=hostile)], "md").splitlines()
    (line,) = [
        line for line in lines if hostile[-3:].strip("`)>") in line and not line.startswith(("**", "# Harb"))
    ][:1]
    assert line != hostile


def test_a_table_holds_one_row_each_and_no_formulas():
    text = write_entries([entry(), entry(1, note="=1+1")], "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["start"] for row in rows] == ["00:01:01.500", "00:01:11.500"]
    assert rows[1]["note"] == "'=1+1"
    assert rows[0]["colour"] == "to check"


@pytest.fixture
def chapters(tmp_path):
    """Return a function that writes entries as chapters and reads them back, strictly and as chapters."""

    def back(*entries):
        path = tmp_path / "chapters.vtt"
        path.write_text(write_entries(entries, "vtt"))
        read = read_file(path, strict=True)
        assert not read.notes
        assert [(one.start_ms, one.title) for one in read_chapters(path)] == [
            (cue.start_ms, cue.text) for cue in read.cues
        ]
        return [(cue.start_ms, cue.end_ms, cue.text) for cue in read.cues]

    return back


def test_a_chapter_ends_where_the_next_begins_and_the_last_with_the_recording(chapters):
    assert chapters(entry(1), entry(0, note=""), entry(2, note="a <b> & c --> d")) == [
        (61_500, 71_500, "The bell froze."),
        (71_500, 81_500, "Check *this* date"),
        (81_500, 200_000, "a <b> & c --> d"),
    ]


def test_without_the_recordings_length_the_last_chapter_ends_with_its_stretch(chapters):
    last = Entry(entry(2, anchor=Anchor("long", "", "", 81_500, 99_000)).bookmark, "talk.mp3", "Talk")
    assert chapters(last)[0][:2] == (81_500, 99_000)
    moment = Entry(entry(2, anchor=Anchor("", "", "", 81_500, 81_500), note="").bookmark, "talk.mp3", "Talk")
    assert chapters(moment) == [(81_500, 82_500, "Bookmark")]


def test_bookmarks_of_one_moment_are_one_chapter(chapters):
    assert chapters(entry(0, note="one"), entry(0, note="two"), entry(0, note="")) == [
        (61_500, 200_000, "one · two · The bell froze.")
    ]


def test_no_bookmark_of_a_moment_is_left_out_of_its_chapter(chapters):
    longer = entry(1, anchor=Anchor("The bell froze. So I shouted.", "", "", 61_500, 66_000), note="")
    note = entry(2, note="The bell froze.", anchor=longer.bookmark.anchor)
    assert chapters(entry(0, note=""), longer, note) == [
        (61_500, 200_000, "The bell froze. · The bell froze. So I shouted.")
    ]
    long, other = entry(0, note="rope " * 40), entry(0, note="last")
    ((_, _, title),) = chapters(long, other)
    assert title == "rope " * 14 + "rope… · last"


def test_chapters_need_a_time():
    untimed = entry(0, anchor=Anchor("A bell.", "", ""))
    with pytest.raises(UserError, match="need times"):
        write_entries([untimed], "vtt")


def test_chapters_are_of_one_recording():
    other = Entry(entry(1).bookmark._replace(recording="cd" * 16), "b.mp3", "B")
    with pytest.raises(UserError, match="one recording"):
        write_entries([entry(), other], "vtt")


words = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)


@given(words, words, words, st.lists(words, max_size=3), st.none() | st.integers(0, 10**9))
def test_json_comes_back_as_it_was(quote, note, before, tags, start):
    made = entry(note=note, tags=tuple(tags), anchor=Anchor(quote, before, "", start, start))
    (read,) = read_entries(write_entries([made], "json").encode(), "out.json")
    assert read.bookmark == made.bookmark._replace(recording="")
    assert (read.recording, read.title) == (made.recording, made.title)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"{}",
        b"[1]",
        b"[{}]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'[{"id": "x"}]',
        b'[{"id": null, "quote": 3}]',
    ],
)
def test_what_is_no_export_is_refused(bad):
    with pytest.raises(UserError) as refusal:
        read_entries(bad, "bad.json")
    assert refusal.value.code == "bad-export"


def test_the_listed_fields_alone_can_be_read():
    told = json.dumps([as_listed(entry())]).encode()
    (read,) = read_entries(told, "list.json")
    assert read.bookmark.note == "Check *this* date"


def test_forms_are_told_by_the_ending():
    assert form_of(Path("a.MD")) == "md"
    with pytest.raises(UserError, match=r"\.md, \.csv, \.json or \.vtt"):
        form_of(Path("a.docx"))


def test_a_woven_transcript_is_told_by_the_file_its_words_come_from():
    made = entry(transcript=woven_of(Path("talk.txt")))
    assert as_listed(made)["transcript"] == "talk.txt"
    (read,) = read_entries(write_entries([made], "json").encode(), "out.json")
    assert read.bookmark.transcript == made.bookmark.transcript
    assert as_listed(entry(transcript=""))["transcript"] is None
