# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What may happen to a disk: power cuts, failing writes, flipped bits, no room, no permission, kill -9.

A small number of each; `tests/benchmarks/store_*.py` run them by the thousand.
"""

import itertools
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.user import FILE_NAME, Store
from store_disk import Crash, Disk, Op, crash_states, do_something, open_store, state_of

names = (f"disk{number}" for number in itertools.count())


@pytest.fixture
def disk():
    made = Disk(next(names))
    yield made
    made.unregister()


def lived(folder, disk, draw, steps):
    """Open a store, do things, and log what was acknowledged."""
    store = open_store(folder, disk)
    disk.log.append(Op("ack", data=state_of(store)))
    for _ in range(steps):
        do_something(store, draw)
        disk.log.append(Op("ack", data=state_of(store)))
    store.close()


def left_by(crash: Crash, folder: Path) -> Profile:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in crash.files.items():
        if name != "user.journal" or content:
            (folder / name).write_bytes(content)
    return Profile.at(folder)


def test_no_power_cut_loses_what_was_acknowledged(tmp_path, disk):
    draw = random.Random(5)
    lived(tmp_path / "lived", disk, draw, 4)
    crashes = list(crash_states(disk.log, draw, 2))
    assert len(crashes) > 100
    for crash in crashes:
        store = Store.open(left_by(crash, tmp_path / "left"))
        assert store.notices == ()
        assert store.faults() == []
        assert state_of(store) in crash.right
        do_something(store, draw)
        assert store.faults() == []
        store.close()


@pytest.mark.parametrize("for_ever", [False, True])
@pytest.mark.parametrize("failure", [apsw.IOError, apsw.FullError])
def test_every_operation_may_fail_and_nothing_is_half_done(tmp_path, disk, failure, for_ever):
    store = open_store(tmp_path / "store", disk)
    draw = random.Random(6)
    for _ in range(5):
        do_something(store, draw)
    disk.failure = failure
    number = 0
    while True:
        number += 1
        before = state_of(store)
        disk.count, disk.fail_at, disk.fail_for_ever = 0, number, for_ever
        try:
            store.bookmarks.add(Bookmark("", "rec", Anchor("q " * 3000), note=f"try {number}"))
        except UserError as error:
            assert error.code in {"store-full", "store-unwritten", "store-unopened"}
            failed = True
        else:
            failed = False
        disk.fail_at = None
        after = state_of(store)
        grown = set(after["bookmarks"]) - set(before["bookmarks"])
        assert len(grown) == (0 if failed else 1)
        assert {k: v for k, v in after["bookmarks"].items() if k not in grown} == before["bookmarks"]
        assert store.faults() == []
        if not failed and disk.count < number:
            break
    assert number > 5
    store.close()
    again = Store.open(Profile.at(tmp_path / "store"))
    assert (again.notices, again.faults()) == ((), [])
    again.close()


def test_a_journal_that_cannot_be_written_refuses_the_change(store, monkeypatch):
    kept = store.bookmarks.add(Bookmark("", "rec", Anchor("q"), note="kept"))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("earmark.store.disk.journal.os.fsync", full)
    with pytest.raises(UserError) as caught:
        store.bookmarks.change(kept.id, note="lost")
    assert caught.value.code == "store-full"
    monkeypatch.undo()
    assert store.bookmarks.get(kept.id).note == "kept"
    store.bookmarks.change(kept.id, note="changed")
    frames = list(store._database.journal.frames())
    assert [frame.seq for frame in frames] == [1, 2]
    assert frames[1].changes[0].row["note"] == "changed"


def test_every_flipped_bit_in_a_row_is_noticed(profile, tmp_path):
    store = Store.open(profile)
    draw = random.Random(7)
    for _ in range(60):
        do_something(store, draw)
    before = state_of(store)
    store.close()
    path = profile.data / FILE_NAME
    whole = path.read_bytes()
    told = harmless = 0
    for _ in range(100):
        damaged = bytearray(whole)
        bit = draw.randrange(len(damaged) * 8)
        damaged[bit // 8] ^= 1 << bit % 8
        target = Profile.at(tmp_path / "flipped")
        shutil.rmtree(target.data, ignore_errors=True)
        shutil.copytree(profile.data, target.data)
        (target.data / FILE_NAME).write_bytes(damaged)
        outcome = noticed(target, before)
        told, harmless = told + outcome, harmless + (not outcome)
    assert told > 20


def noticed(profile, before):
    """Tell whether damage was noticed; what is not must have changed nothing, what is must be mended."""
    try:
        store = Store.open(profile)
    except UserError as error:
        assert error.code in {"store-foreign", "store-damaged"}
        return True
    told = [notice.code for notice in store.notices]
    if not told and (notice := store.maintain()):
        told = [notice.code]
    assert told in ([], ["store-restored"], ["store-newer"])
    assert state_of(store) == before
    store.close()
    return bool(told)


CHILD = """
import os, random, resource, signal, sys
from pathlib import Path
from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.user import Store

def add(store, note):
    store.bookmarks.add(Bookmark("", "rec", Anchor("quote " * 50), note=note))
    print(note, flush=True)
"""


def run_child(body, *arguments):
    return subprocess.run(  # noqa: PLW1510
        [sys.executable, "-c", CHILD + body, *map(str, arguments)], capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(  # noqa: PLW1510
        ["mount", "-t", "tmpfs", "-o", "size=2m", "earmark-test", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_what_was_acknowledged_and_goes_on_when_there_is_room(small_disk):
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 1_200_000)
    store = Store.open(Profile.at(small_disk / "p"))
    notes = []
    with pytest.raises(UserError) as caught:
        while True:
            note = str(len(notes))
            store.bookmarks.add(Bookmark("", "rec", Anchor("quote " * 200), note=note))
            notes.append(note)
    assert caught.value.code == "store-full"
    assert "disk is full" in caught.value.message
    assert [one.note for one in reversed(store.bookmarks.all())] == notes
    filler.unlink()
    store.bookmarks.add(Bookmark("", "rec", Anchor("q"), note="there is room again"))
    assert store.faults() == []
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="limits are POSIX")
def test_a_file_that_may_not_grow_refuses_and_keeps_what_was_acknowledged(tmp_path):
    child = run_child(
        """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(Profile.at(Path(sys.argv[1])))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    for number in range(10_000):
        add(store, str(number))
except UserError as error:
    print(error.code)
assert store.faults() == []
""",
        tmp_path / "p",
    )
    *acknowledged, code = child.stdout.split()
    assert child.stderr == ""
    assert code in {"store-full", "store-unwritten"}
    assert len(acknowledged) > 50
    store = Store.open(Profile.at(tmp_path / "p"))
    assert store.notices == ()
    assert [one.note for one in reversed(store.bookmarks.all())] == acknowledged
    store.bookmarks.delete(store.bookmarks.all()[0].id)
    store.close()


def test_spare_room_is_given_up_when_little_is_left(store, monkeypatch):
    store._database.ballast.keep()
    spare = store._database.ballast.path
    assert spare.stat().st_size == 4 * 1024 * 1024
    monkeypatch.setattr("earmark.store.disk.ballast.Ballast._free_bytes", lambda self: 1000)
    store.settings.save("a", 1)
    assert store.disk_was_full
    assert not spare.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to become nobody")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_read_only_store_is_read_and_says_so(profile, what):
    store = Store.open(profile)
    store.bookmarks.add(Bookmark("", "rec", Anchor("q"), note="mine"))
    store.close()
    for parent in (profile.data, *profile.data.parents):
        if parent == Path("/tmp") or parent == Path("/"):
            break
        parent.chmod(0o755)
    profile.data.chmod(0o555 if what == "folder" else 0o777)
    (profile.data / FILE_NAME).chmod(0o666 if what == "folder" else 0o444)
    child = run_child(
        """
os.setuid(65534)
store = Store.open(Profile.at(Path(sys.argv[1])))
print(store.read_only, [notice.code for notice in store.notices], [one.note for one in store.bookmarks.all()])
print(store.maintain())
try:
    add(store, "more")
except UserError as error:
    print(error.code)
""",
        profile.data,
    )
    assert child.stderr == ""
    assert child.stdout.splitlines() == ["True ['store-read-only'] ['mine']", "None", "store-read-only"]


def test_kill_9_loses_nothing_acknowledged(tmp_path):
    expected = []
    for seed in range(5):
        child = run_child(
            """
store = Store.open(Profile.at(Path(sys.argv[1])))
draw = random.Random(sys.argv[2])
steps = draw.randrange(2, 9)
def at_any_moment(*_):
    os.kill(os.getpid(), signal.SIGKILL)
signal.signal(signal.SIGALRM, at_any_moment)
signal.setitimer(signal.ITIMER_REAL, draw.uniform(0.002, 0.03))
number = 0
while True:
    number += 1
    add(store, f"{sys.argv[2]}.{number}")
    if number % 5 == 0:
        store.back_up()
""",
            tmp_path / "p",
            seed,
        )
        assert child.returncode == -9
        expected += child.stdout.split()
        store = Store.open(Profile.at(tmp_path / "p"))
        found = [one.note for one in reversed(store.bookmarks.all())]
        assert store.notices == ()
        assert store.faults() == []
        store.close()
        assert [note for note in found if note in set(expected)] == expected
        assert len(found) <= len(expected) + seed + 1


def test_two_programs_write_in_turn(tmp_path):
    body = """
store = Store.open(Profile.at(Path(sys.argv[1])))
for number in range(100):
    add(store, f"{sys.argv[2]}{number}")
"""
    Store.open(Profile.at(tmp_path / "p")).close()
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD + body, str(tmp_path / "p"), name], stdout=subprocess.DEVNULL
        )
        for name in "ab"
    ]
    assert [child.wait(60) for child in children] == [0, 0]
    store = Store.open(Profile.at(tmp_path / "p"))
    assert len(store.bookmarks.all()) == 200
    assert store.faults() == []
    assert [frame.seq for frame in store._database.journal.frames()] == list(range(1, 201))
    store.close()
