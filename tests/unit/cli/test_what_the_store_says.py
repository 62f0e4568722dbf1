# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Whatever command opens the store says what is to be known about it, and none prints what is not sound."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import QLockFile

from earmark.app.main import main
from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.library.fingerprints import fingerprint
from earmark.store.library.index import Library
from earmark.store.library.indexfile import FILE_NAME as INDEX_NAME
from earmark.store.user import FILE_NAME, JOURNAL_NAME, Store

TALK = "WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse, said Alexander.\n"
READING = [
    ["search", "lighthouse"],
    ["bookmarks", "list"],
    ["bookmarks", "export", "--format", "md"],
    ["doctor"],
]


@pytest.fixture(autouse=True)
def _without_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Qt out of the doctor's report."""
    monkeypatch.setattr("earmark.cli.doctor.version_line", lambda: "")
    monkeypatch.setattr("earmark.cli.doctor._sound", lambda: "")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """Return a profile with a recording, a bookmark in it, and a backup."""
    made = Profile.at(tmp_path / "profile")
    talk = tmp_path / "talk.vtt"
    talk.write_text(TALK)
    assert main(["add", "--profile", str(made.data), str(talk)]) == 0
    store = Store.open(made)
    known = store.recordings.of_file(talk, fingerprint(talk))
    store.bookmarks.add(Bookmark("", known.id, Anchor("said Alexander", start_ms=1000), note="who?"))
    store.back_up()
    store.bookmarks.add(Bookmark("", known.id, Anchor("A lighthouse", start_ms=1000), note="where?"))
    store.close()
    return made


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def earmark(profile: Profile, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a way to run a command, which gives its exit code and what it printed."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([words[0], "--profile", str(profile.data), *words[1:]])
        return code, *capsys.readouterr()

    return run


def change(profile: Profile, sql: str) -> None:
    connection = apsw.Connection(str(profile.data / FILE_NAME))
    for _ in connection.execute(sql):
        pass
    connection.close()


def ruin(profile: Profile) -> None:
    data = bytearray((profile.data / FILE_NAME).read_bytes())
    data[20_000:23_000] = b"\x5a" * 3_000
    (profile.data / FILE_NAME).write_bytes(bytes(data))


@pytest.mark.parametrize("words", READING)
def test_a_ruined_store_is_restored_and_said(profile, earmark, words):
    ruin(profile)
    code, out, err = earmark(*words)
    assert "was damaged. It was restored from the backup of" in err
    assert "user.damaged-" in err
    assert code == (1 if words == ["doctor"] else 0)
    if words[0] == "bookmarks":
        assert "who?" in out
        assert "where?" in out
    assert earmark("doctor")[0] == 0


def test_the_doctor_tells_what_is_left_where_nothing_can_be_restored(profile, earmark):
    for path in (profile.data / "backups").iterdir():
        path.unlink()
    (profile.data / JOURNAL_NAME).unlink()
    (profile.data / FILE_NAME).write_bytes(b"\x5a" * 30_000)
    code, out, err = earmark("doctor")
    assert (code, "0 recordings, damaged" in out) == (1, True)
    assert "What could still be read was kept." in err


@pytest.mark.parametrize("words", READING[:3])
def test_a_flipped_letter_is_not_printed_as_the_listeners(profile, earmark, words):
    change(profile, "UPDATE bookmark SET quote = 'said Aleyander' WHERE note = 'who?'")
    change(profile, "UPDATE recording SET path = replace(path, 'talk', 'tblk')")
    code, out, err = earmark(*words)
    assert code == 0
    assert "Aleyander" not in out
    assert "tblk" not in out
    assert "is not what was written" in err
    assert "It was restored from the backup of" in err


def test_a_flipped_path_is_not_told_by_a_search(profile, earmark, tmp_path):
    change(profile, "UPDATE recording SET path = replace(path, 'talk.vtt', 'tblk.mp3')")
    _, out, _ = earmark("search", "lighthouse", "--json")
    assert json.loads(out)["hits"][0]["recording"] is None


def test_damage_is_left_alone_while_a_window_has_the_store_open(profile, earmark):
    change(profile, "UPDATE bookmark SET quote = 'said Aleyander' WHERE note = 'who?'")
    lock = QLockFile(str(profile.data / "window.lock"))
    assert lock.tryLock(0)
    code, out, err = earmark("bookmarks")
    assert (code, out) == (1, "")
    assert "cannot be restored while a window has it open" in err
    assert not list(profile.data.glob("user.damaged-*"))
    lock.unlock()
    assert earmark("bookmarks")[0] == 0


@pytest.mark.parametrize("words", READING)
def test_a_newer_store_is_read_and_said(profile, earmark, words):
    change(profile, f"PRAGMA user_version = {99 << 16}")
    code, _, err = earmark(*words)
    assert code == 0
    assert "was written by a newer Earmark (format 99.0)" in err


def test_a_newer_store_that_keeps_things_otherwise_is_one_sentence(profile, earmark):
    change(profile, f"ALTER TABLE bookmark DROP COLUMN certainty; PRAGMA user_version = {99 << 16}")
    code, _, err = earmark("bookmarks")
    assert code == 1
    assert "cannot be read by this Earmark" in err


@pytest.mark.parametrize("words", [["search", "lighthouse"], ["add", "talk.vtt"]])
def test_a_damaged_index_is_made_anew(profile, earmark, tmp_path, words):
    index = profile.cache / INDEX_NAME
    data = bytearray(index.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    index.write_bytes(bytes(data))
    (tmp_path / "talk.vtt").write_text(TALK + "\n00:03.000 --> 00:04.000\nA buoy.\n")
    words = [str(tmp_path / word) if word == "talk.vtt" else word for word in words]
    assert earmark(*words)[0] == 0
    code, out, err = earmark("search", "lighthouse")
    assert (code, "1 hit in 1 recording" in out, err) == (0, True, "")


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "earmark-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_searched_and_no_damage(full_disk, tmp_path, capsys):
    where = ["--profile", str(full_disk / "p")]
    talk = tmp_path / "talk.vtt"
    talk.write_text(TALK)
    assert main(["add", *where, str(talk)]) == 0
    with (full_disk / "filler").open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        while True:
            file.write(b"x" * 4096)
    capsys.readouterr()
    assert main(["search", *where, "lighthouse"]) == 0
    assert "1 hit in 1 recording" in capsys.readouterr().out
    assert main(["doctor", *where]) == 0
    assert "1 recording, sound" in capsys.readouterr().out
    talk.write_text(TALK + "\n00:03.000 --> 00:04.000\nAnother buoy.\n")
    assert main(["add", *where, str(talk)]) == 1
    assert "The disk is full" in capsys.readouterr().err
    with pytest.raises(UserError) as caught:
        Library.open(Profile.at(full_disk / "p"))
    assert caught.value.code == "store-full"


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        while True:
            file.write(b"x" * 4096)


def test_a_full_disk_does_not_keep_a_new_window_from_opening(full_disk, tmp_path):
    fill(full_disk)
    shot = tmp_path / "shot.png"
    words = ["--profile", str(full_disk / "p"), "--sample", "--screenshot", str(shot)]
    done = subprocess.run(
        [sys.executable, "-m", "earmark", *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, shot.exists()) == (0, True), done.stderr


def test_a_full_disk_is_told_where_nothing_was_kept_yet(full_disk):
    fill(full_disk)
    profile = Profile.at(full_disk / "p")
    with pytest.raises(UserError) as caught:
        Store.open(profile)
    assert caught.value.code == "store-full"
    store = Store.open(profile, blank=True)
    assert (store.read_only, store.recordings.all(), store.settings.all()) == (True, [], {})
    assert [notice.code for notice in store.notices] == ["store-full"]
    with pytest.raises(UserError) as caught:
        store.settings.save("view.theme", "dark")
    assert caught.value.code == "store-read-only"
    store.close()
    (full_disk / "filler").unlink()
    store = Store.open(profile, blank=True)
    assert (store.read_only, store.notices) == (False, ())
    store.settings.save("view.theme", "dark")
    store.close()
    assert Store.open(profile, blank=True).settings.all() == {"view.theme": "dark"}


def test_an_index_that_a_window_has_open_is_opened_on_a_full_disk_too(full_disk):
    profile = Profile.at(full_disk / "p")
    held = Library.open(profile)
    held.name("a", "Alexander")
    fill(full_disk)
    with closing(Library.open(profile)) as library:
        assert library.database.value("SELECT title FROM recording") == "Alexander"
    held.close()


def test_a_full_disk_is_never_an_empty_start(full_disk, tmp_path):
    profile = Profile.at(full_disk / "p")
    store = Store.open(profile)
    store.settings.save("view.theme", "dark")
    store.close()
    (profile.data / FILE_NAME).unlink()  # the journal still knows
    fill(full_disk)
    with pytest.raises(UserError):
        Store.open(profile, blank=True)


@pytest.mark.parametrize("there", [True, False])
def test_the_doctor_says_where_things_are(profile, capsys, monkeypatch, there):
    monkeypatch.setattr("shutil.which", lambda name: f"/opt/{name}" if there else None)
    assert main(["doctor", "--profile", str(profile.data)]) == 0
    told = dict(re.findall(r"^(\w+) +(.+)$", capsys.readouterr().out, re.MULTILINE))
    assert (told["Data"], told["Cache"]) == (str(profile.data), str(profile.cache))
    assert told["ffmpeg"] == (
        "/opt/ffmpeg"
        if there
        else "not installed (saves a stretch as audio, reads transcripts inside videos)"
    )


def test_the_doctor_says_what_the_index_lacks_and_the_next_search_reads_it(profile, capsys):
    where = ["--profile", str(profile.data)]
    assert main(["doctor", *where]) == 0
    assert f"{profile.cache / INDEX_NAME}: 1 transcript, complete" in capsys.readouterr().out
    library = Library.open(profile)
    (recording, path) = next(iter(library.stamps()))
    library.forget(recording, path)  # an addition was killed before it came to this
    library.close()
    assert main(["doctor", *where]) == 0
    assert "0 of 1 transcript; the next search reads what is missing" in capsys.readouterr().out
    assert main(["search", *where, "lighthouse"]) == 0
    assert "1 hit in 1 recording" in capsys.readouterr().out
    assert main(["doctor", *where]) == 0
    assert "1 transcript, complete" in capsys.readouterr().out
