# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bookmarks out, and in again."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.errors import UserError
from earmark.domain.items import Anchor, Bookmark
from earmark.formats.export import Entry, as_listed, form_of, read_entries, write_entries
from earmark.formats.registry import read_file

ID = "ab" * 16


def entry(number=0, **what):
    anchor = Anchor("The bell froze.", "It was late.", "So I shouted.", 61_500 + number * 10_000, 64_000)
    held = Bookmark(
        f"{number:032x}", ID, anchor, "talk.vtt", "Old Keeper", "Check *this* date", ("essay", "bell"), "sky"
    )
    held = held._replace(created_ms=1_700_000_000_123, **what)
    return Entry(held, "talk.mp3", "Harbour Lights")


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


def test_markdown_has_quote_speaker_time_note_and_link():
    text = write_entries([entry()], "md")
    assert text.startswith("# Harbour Lights\n")
    assert f"**[01:01 – 01:04](earmark://recording/{ID}?t=61.500)** — Old Keeper" in text
    assert "> The bell froze." in text
    assert r"Check \*this\* date" in text
    assert "Tags: essay, bell" in text


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
    assert rows[0]["colour"] == "Sky"


def test_chapters_are_webvtt_that_reads(tmp_path):
    path = tmp_path / "chapters.vtt"
    path.write_text(write_entries([entry(1), entry(0), entry(2, note="a <b> & c --> d")], "vtt"))
    cues = read_file(path).cues
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [
        (61_500, 71_500),
        (71_500, 81_500),
        (81_500, 86_500),
    ]
    assert cues[2].text == "a <b> & c --> d"


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
