# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark bookmarks` over a real store."""

from __future__ import annotations

import csv
import json

import pytest

from earmark.app.main import main
from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.library.fingerprints import fingerprint
from earmark.store.user import Store


@pytest.fixture
def profile(tmp_path):
    """Return a profile with two recordings and a bookmark in each."""
    folder = tmp_path / "profile"
    store = Store.open(Profile.at(folder))
    for number, name in enumerate(("evening.mp3", "morning.mp3")):
        media = tmp_path / name
        media.write_bytes(b"sound" * (number + 1) * 1000)
        recording = store.recordings.of_file(media, fingerprint(media))
        anchor = Anchor("The bell would not ring.", start_ms=61_000, end_ms=64_000)
        store.bookmarks.add(Bookmark("", recording.id, anchor, note=f"note {number}", tags=("bell",)))
    store.close()
    return folder


def run(profile, *words):
    return main(["bookmarks", "--profile", str(profile), *map(str, words)])


def test_the_list_as_json_is_what_the_contract_says(profile, capsys, tmp_path):
    assert run(profile, "list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [set(one) for one in told] == [
        set("id recording transcript start_ms end_ms quote note tags created".split())
    ] * 2
    assert told[0]["recording"] == str(tmp_path / "evening.mp3")
    assert told[0]["transcript"] is None
    assert (told[0]["start_ms"], told[0]["tags"]) == (61_000, ["bell"])


def test_a_transcript_alone_is_no_recording(tmp_path, capsys):
    folder, captions = tmp_path / "profile", tmp_path / "talk.vtt"
    captions.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nThe bell would not ring.\n")
    store = Store.open(Profile.at(folder))
    recording = store.recordings.of_file(captions, fingerprint(captions))
    store.bookmarks.add(Bookmark("", recording.id, Anchor("The bell", start_ms=0), str(captions)))
    store.close()
    for words in (("list", "--json"), ("export", "--format", "json")):
        assert run(folder, *words) == 0
        (told,) = json.loads(capsys.readouterr().out)
        assert (told["recording"], told["transcript"]) == (None, str(captions))


def test_the_list_is_readable(profile, capsys):
    assert run(profile) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "01:01 – 01:04  Evening  “The bell would not ring.”  note 0  #bell"


def test_bookmarks_at_one_time_come_in_the_order_they_were_made(profile, capsys, tmp_path):
    store = Store.open(Profile.at(profile))
    path = tmp_path / "evening.mp3"
    known = store.recordings.find(path)
    for note in ("earlier", "later"):
        store.bookmarks.add(Bookmark("", known.id, Anchor("", start_ms=500), note=note))
    store.close()
    orders = []
    for words in ((), ("--recording", path)):
        assert run(profile, "list", "--json", *words) == 0
        orders.append([one["note"] for one in json.loads(capsys.readouterr().out)][:3])
    assert orders == [["earlier", "later", "note 0"]] * 2


def test_the_usual_colour_is_told_alike(profile, capsys):
    run(profile, "export", "--format", "json")
    told, *_ = json.loads(capsys.readouterr().out)
    run(profile, "export", "--format", "csv")
    colours = {row["colour"] for row in csv.DictReader(capsys.readouterr().out.splitlines())}
    assert {told["colour_name"]} == colours


def test_an_empty_store_lists_nothing(tmp_path, capsys):
    assert run(tmp_path / "new", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("form", ["md", "csv", "json"])
def test_exports_are_written_or_printed(profile, tmp_path, capsys, form):
    out = tmp_path / f"out.{form}"
    assert run(profile, "export", out) == 0
    assert run(profile, "export", "--format", form) == 0
    assert capsys.readouterr().out.replace("\r\n", "\n") == out.read_text()


def test_chapters_want_one_recording(profile, tmp_path, capsys):
    out = tmp_path / "out.vtt"
    assert run(profile, "export", out) == 1
    assert "one recording" in capsys.readouterr().err
    assert run(profile, "export", out, "--recording", tmp_path / "evening.mp3") == 0
    assert out.read_text() == "WEBVTT\n\n00:01:01.000 --> 00:01:04.000\nnote 0\n"


def test_colours_are_told_by_the_listeners_names(profile, capsys):
    store = Store.open(Profile.at(profile))
    store.settings.save("bookmark.colour_names", {"rose": "to check", "gold": "no colour", "sky": 3})
    first, second = store.bookmarks.all()
    store.bookmarks.change(first.id, colour="rose")
    store.bookmarks.change(second.id, colour="sky")
    store.close()
    assert run(profile, "export", "--format", "csv") == 0
    rows = csv.DictReader(capsys.readouterr().out.splitlines())
    assert sorted(row["colour"] for row in rows) == ["Sky", "to check"]
    assert run(profile, "export", "--format", "md") == 0
    assert "Colour: to check" in capsys.readouterr().out
    assert run(profile, "export", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert sorted((one["colour"], one["colour_name"]) for one in told) == [
        ("rose", "to check"),
        ("sky", "Sky"),
    ]


def test_of_one_recording_only_and_of_one_that_was_never_opened(profile, tmp_path, capsys):
    assert run(profile, "list", "--json", "--recording", tmp_path / "morning.mp3") == 0
    assert [one["note"] for one in json.loads(capsys.readouterr().out)] == ["note 1"]
    assert run(profile, "list", "--recording", tmp_path / "noon.mp3") == 1
    assert capsys.readouterr().err == f"earmark: {tmp_path / 'noon.mp3'} was never opened here.\n"


def test_an_unknown_ending_is_refused_before_anything_is_written(profile, tmp_path, capsys):
    assert run(profile, "export", tmp_path / "out.doc") == 1
    assert ".md, .csv, .json or .vtt" in capsys.readouterr().err
    assert not (tmp_path / "out.doc").exists()
