# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Finding, pairing and importing files."""

import os
import random
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.transcript import Cue, Transcript
from earmark.store.library.importing import Item, import_items
from earmark.store.library.index import Library
from earmark.store.library.pairing import runs_of, same_talk, share
from earmark.store.library.scanning import Group, scan

MEDIA, TEXTS = {".mp3", ".mp4"}, {".vtt", ".txt"}


def tree(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return root


def found(root, *paths):
    groups = scan(paths or [root], MEDIA, TEXTS).groups

    def short(path):
        return path and path.relative_to(root).as_posix()

    return [(short(one.media), [short(path) for path in one.transcripts]) for one in groups]


def test_transcripts_are_paired_by_name(tmp_path):
    names = "a.mp3 a.vtt a.en.vtt a.txt b.MP3 B.human.txt sub/a.vtt a2.txt notes.pdf a.chapters.vtt".split()
    root = tree(tmp_path, *names)
    assert found(root) == [
        ("a.mp3", ["a.en.vtt", "a.txt", "a.vtt"]),
        (None, ["a2.txt"]),
        ("b.MP3", ["B.human.txt"]),
        (None, ["sub/a.vtt"]),
    ]


def test_transcripts_without_recording_belong_together_by_name(tmp_path):
    root = tree(tmp_path, "002.txt", "002.vtt", "014.txt")
    assert found(root) == [(None, ["002.txt", "002.vtt"]), (None, ["014.txt"])]


def test_the_longest_name_wins_and_titles_keep_their_dots(tmp_path):
    root = tree(tmp_path, "talk.mp3", "talk.extra.mp3", "talk.extra.vtt", "vol. 2 the light.vtt", "vol.mp3")
    assert found(root) == [
        ("talk.extra.mp3", ["talk.extra.vtt"]),
        ("talk.mp3", []),
        (None, ["vol. 2 the light.vtt"]),
        ("vol.mp3", []),
    ]


def test_files_and_folders_may_overlap_and_hidden_ones_are_passed_over(tmp_path):
    root = tree(tmp_path, "a.mp3", ".hidden.vtt", ".git/x.vtt")
    (root / "loop").symlink_to(root)
    assert found(root, root, root / "a.mp3") == [("a.mp3", [])]


def test_a_file_that_is_named_brings_what_is_called_after_it(tmp_path):
    root = tree(tmp_path, *"a.mp3 a.vtt a.en.vtt a.human.mp3 a.human.txt b.mp3 b.vtt c.vtt".split())
    assert found(root, root / "a.mp3") == [("a.mp3", ["a.en.vtt", "a.vtt"])]
    assert found(root, root / "a.human.txt") == [("a.human.mp3", ["a.human.txt"])]
    assert found(root, root / "b.vtt", root / "c.vtt") == [("b.mp3", ["b.vtt"]), (None, ["c.vtt"])]


def test_what_cannot_be_looked_at_is_listed(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp3")
    result = scan([tmp_path / "pipe.mp3", tmp_path / "gone.mp3", Path("/nul\0")], MEDIA, TEXTS)
    assert [problem.code for problem in result.problems] == ["file-irregular", "file-missing", "file-missing"]
    assert scan([tmp_path], MEDIA, TEXTS).groups == ()


def test_what_is_no_file_in_a_folder_is_listed_where_its_name_promises_one(tmp_path):
    tree(tmp_path, "good.vtt")
    os.mkfifo(tmp_path / "pipe.mp3")
    os.mkfifo(tmp_path / "socket")
    os.mkfifo(tmp_path / ".hidden.vtt")
    (tmp_path / "device.vtt").symlink_to("/dev/zero")
    (tmp_path / "loop.vtt").symlink_to("loop.vtt")
    (tmp_path / "led-nowhere.txt").symlink_to("gone.txt")
    result = scan([tmp_path], MEDIA, TEXTS)
    assert [group.path.name for group in result.groups] == ["good.vtt"]
    told = [(problem.data["path"].name, problem.code) for problem in result.problems]
    assert told == [
        ("device.vtt", "file-irregular"),
        ("led-nowhere.txt", "file-missing"),
        ("loop.vtt", "file-missing"),
        ("pipe.mp3", "file-irregular"),
    ]


def test_a_group_is_known_by_its_media():
    assert Group(Path("a.mp3"), (Path("a.vtt"),)).path == Path("a.mp3")
    assert Group(None, (Path("a.vtt"),)).path == Path("a.vtt")


def said(words):
    return Transcript("text", tuple(Cue(" ".join(words[i : i + 9])) for i in range(0, len(words), 9)))


def talk(seed, length, errors=0.0):
    draw = random.Random(seed)
    words = [f"w{draw.randrange(800)}" for _ in range(length)]
    noise = random.Random(seed + 1000)
    return said([f"x{noise.randrange(800)}" if noise.random() < errors else word for word in words])


@pytest.mark.parametrize("length", [60, 300, 4000])
def test_two_wordings_of_one_talk_are_paired_and_others_are_not(length):
    runs = {
        Path(f"{n}-{kind}"): runs_of(talk(n, length, errors))
        for n in range(8)
        for kind, errors in (("h", 0), ("m", 0.1))
    }
    assert same_talk(runs) == [(Path(f"{n}-h"), Path(f"{n}-m")) for n in range(8)]


def test_a_short_cut_of_a_long_talk_is_the_same_talk():
    whole = [f"w{n}" for n in range(4000)]
    assert share(runs_of(said(whole)), runs_of(said(whole[1000:1300]))) > 0.9
    assert share(runs_of(said([])), runs_of(said(whole))) == 0


@pytest.fixture
def library(tmp_path):
    made = Library.open(Profile.at(tmp_path / "profile"))
    yield made
    made.close()


def reader(path):
    text = path.read_text()
    if "bad" in text:
        raise UserError("unreadable", f"{path.name} is no transcript.")
    return Transcript("text", (Cue(text),))


def items(root, *names):
    tree(root, *names)
    return [Item(name, root / name) for name in names]


def test_import_goes_on_after_a_failure_and_lists_it(library, tmp_path):
    wanted = [*items(tmp_path, "one.txt", "bad.txt", "two.txt"), Item("gone", tmp_path / "gone.txt")]
    reports = []
    outcome = import_items(library, wanted, reader, reports.append)
    assert outcome.added == [tmp_path / "one.txt", tmp_path / "two.txt"]
    assert [(error.code, error.data["path"].name) for error in outcome.failed] == [
        ("unreadable", "bad.txt"),
        ("file-unreadable", "gone.txt"),
    ]
    assert [(report.done, report.total) for report in reports] == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert library.counts() == (2, 2, 4)


def test_import_goes_on_where_it_stopped(library, tmp_path):
    wanted = items(tmp_path, *[f"{n}.txt" for n in range(6)])
    looked = []
    first = import_items(library, wanted, reader, looked.append, lambda: len(looked) == 4)
    assert (len(first.added), first.stopped) == (4, True)
    rest = import_items(library, wanted, reader)
    assert (len(rest.added), rest.unchanged, rest.stopped) == (2, 4, False)


def test_a_changed_file_is_read_again(library, tmp_path):
    wanted = items(tmp_path, "one.txt")
    import_items(library, wanted, reader)
    wanted[0].path.write_text("other words entirely")
    assert import_items(library, wanted, reader).added == [wanted[0].path]
    assert library.counts() == (1, 1, 3)
