# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Files that are no transcripts, or try to do harm: one plain sentence each, in little time."""

from __future__ import annotations

import os
import random
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.errors import UserError
from earmark.formats import registry
from earmark.formats.registry import read_bytes, read_file
from earmark.formats.table import FORMATS, PROSE_FORMATS
from earmark.formats.texts import clocks

NOISE = random.Random(1).randbytes(20_000)
REFUSED = [
    ("empty", b""),
    ("empty", b"\xef\xbb\xbf \n\n"),
    ("binary", NOISE),
    ("binary", b"ID3\x04" + NOISE),
    ("binary", b"%PDF-1.7 text"),
    ("binary", b"\0\0\0\x20ftypM4A "),
    ("binary", b"\0" * 5_000),
    ("bad-json", b'{"format": "x", "cues": [{"text": '),
    ("unknown-json", b'{"hello": 1}'),
    ("unknown-json", b'[{"hello": 1}]'),
    ("bad-json", b'{"segments": [' + b"[" * 100_000),
    ("bad-json", b'{"segments": [{"start": ' + b"9" * 10_000 + b'}], "text": 1}'),
    ("unknown-markup", b"<!DOCTYPE html><html><body><p>12:30 hello</p></body></html>"),
    ("unknown-format", b"12 34 56 ..."),
]


@pytest.mark.parametrize(("code", "data"), REFUSED, ids=lambda value: str(value)[:24])
def test_each_is_refused_in_one_sentence(code, data):
    with pytest.raises(UserError) as caught:
        read_bytes(data, "talk.txt")
    assert caught.value.code == code
    message = caught.value.message
    assert message.startswith("talk.txt ")
    assert message.endswith(".")
    assert "\n" not in message


def test_paths_that_cannot_be_read(tmp_path):
    (tmp_path / "empty.vtt").touch()
    os.mkfifo(tmp_path / "fifo.vtt") if hasattr(os, "mkfifo") else (tmp_path / "fifo.vtt").mkdir()
    for name, code in (("none.vtt", "missing"), ("", "directory"), ("empty.vtt", "empty")):
        with pytest.raises(UserError) as caught:
            read_file(tmp_path / name)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        read_file(tmp_path / "fifo.vtt")
    assert caught.value.code in ("not-a-file", "directory")


def test_a_gigabyte_in_one_line_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    monkeypatch.setattr(registry, "_PIECE", -1)  # a read of any piece would now take the whole file
    with pytest.raises(UserError) as caught:
        read_file(path)
    assert caught.value.code == "too-large"


def test_a_file_that_grows_is_still_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "MAX_BYTES", 1000)
    path = tmp_path / "talk.txt"
    path.write_text("word " * 300)
    with pytest.raises(UserError) as caught:
        read_file(path)
    assert caught.value.code == "too-large"


def test_a_line_of_many_megabytes_is_refused():
    with pytest.raises(UserError) as caught:
        read_bytes(b"word " * 1_000_000, "talk.txt")
    assert caught.value.code == "long-line"


def test_more_cues_than_any_recording_has(monkeypatch):
    monkeypatch.setattr("earmark.formats.source.MAX_CUES", 100)
    for text in (
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n\n" * 200,
        "1:11 a\n" * 200,
        "1:11 --> 2:22\n\n" * 200,
    ):
        with pytest.raises(UserError) as caught:
            read_bytes(text.encode(), "talk.txt")
        assert caught.value.code == "too-many-cues"


@pytest.mark.parametrize(
    ("data", "text", "code"),
    [
        ("Grüße – ça va?".encode("cp1252"), "Grüße – ça va?", "encoding"),
        ("Grüße im café".encode("cp1252"), "Grüße im café", "encoding"),
        ("im café".encode("cp1252"), "im café", "encoding"),
        ("Grüße an alle".encode("utf-16"), "Grüße an alle", None),
        ("Grüße an alle".encode("utf-16-le"), "Grüße an alle", "encoding"),
        ("Grüße an alle".encode("utf-16-be"), "Grüße an alle", "encoding"),
        ("Grüße an alle".encode("utf-8-sig"), "Grüße an alle", None),
        (
            "Grüße an alle, schöne Zeit, überall größer und süß, müde öde Bäche".encode() + b"\xff",
            None,
            "bad-bytes",
        ),
        (b"one\n\ntwo\0three", "one", "null"),
    ],
)
def test_encodings_are_found_and_guesses_are_noted(data, text, code):
    found = read_bytes(data, "talk.txt")
    if text is not None:
        assert found.cues[0].text == text
    assert [note.code for note in found.notes] == ([code] if code else [])


HOSTILE = st.text(
    alphabet=st.sampled_from(list("0123456789:.,->[](){}<>/\\*_#&; \t\n\r\"'abcANW\u00a0\ufeff\0")),
    max_size=300,
)
HEADS = st.sampled_from(
    ["", "WEBVTT\n\n", "1\n00:00:01,000 --> ", "[Events]\nDialogue: ", "[00:01.00]", "**Ann:** ",
     "Ann  0:03\n",
     "Ann (0:03):\n", "start\tend\ttext\n", "0:00:00.599,0:00:04.160\n", "<tt><p>", "<time>", "<cite>x<p>",
     '{"segments": [{"start": ', '{"format": "x", "cues": [{', '{"transcription": [{"tokens": [{']
)  # fmt: skip


@given(HEADS, HOSTILE, st.booleans(), st.sampled_from(["talk.vtt", "talk.txt"]))
def test_nothing_but_a_user_error_comes_out(head, text, strict, name):
    try:
        found = read_bytes((head + text).encode(), name, strict)
    except UserError as error:
        assert error.message.endswith(".")
        return
    for index, cue in enumerate(found.cues):
        assert "\0" not in cue.text
        assert all(cue.text[word.offset : word.end] == word.text for word in cue.words), index
    assert all(0 <= mark.offset <= len(found.cues[mark.cue].text) for mark in found.marks)
    lines = text.count("\n") + text.count("\r") + head.count("\n") + 1
    assert all(0 <= note.line <= lines for note in found.notes)


@given(st.binary(max_size=400))
def test_bytes_of_any_kind(data):
    try:
        read_bytes(data, "talk.txt")
    except UserError:
        pass


UNITS = [
    "1:11", "1:11 ", "1", "[1:11]", "[", "<a", "<", "<i ", "{\\", "{", "&amp", "\n", " \n", "\\[", "**A",
    "A b ", "A: ",
    "\u00a0", "- ", "-->", "[aa", "x1:11", "11111:11", "<p><time>", "A (0:0", "at 3:30 ", "[a](", "--",
]  # fmt: skip


class _Clock:
    """Counts lines of Python run, a measure of work that a busy machine does not change."""

    def __init__(self) -> None:
        self.steps = 0

    def __call__(self, frame, event, arg):
        self.steps += event == "line"
        return self


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_text_and_no_faster(unit):
    """Twice the text may cost twice the steps (n log n and a margin allowed), for every reader."""

    def cost(reader, count: int) -> tuple[int, float]:
        text = "WEBVTT\n\n00:01.000 --> 00:02.000\n" * (reader is FORMATS[0].load()) + unit * count
        clock, before = _Clock(), sys.gettrace()
        started = time.process_time()
        sys.settrace(clock)
        try:
            if reader.sniff(text):
                reader.read(registry.Source(text, "talk.txt"))
        except UserError:
            pass
        finally:
            sys.settrace(before)
        return clock.steps, time.process_time() - started

    for row in (*FORMATS, *PROSE_FORMATS):
        reader = row.load()
        small, small_s = cost(reader, 300)
        large, large_s = cost(reader, 2_400)
        assert large <= 8 * 3 * max(small, 300), reader.__name__
        # Patterns run in C and take no steps: eight times the text must not cost sixty-four times.
        assert large_s <= 40 * max(small_s, 0.01), reader.__name__


def test_a_glued_number_leaves_several_readings():
    (run,) = clocks.spots("Python 335:49 Yes")
    assert [spot.ms for spot in run] == [20_149_000, 2_149_000, 349_000]
    (run,) = clocks.spots("a ratio of 16:09 to one")
    assert [spot.ms for spot in run] == [969_000]
