# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""kill -9 during capture: 2,000 times, at any moment, with backups being made.

A child does what a listener does and tells each change once it is acknowledged; then it is killed. The
store is opened again: lost is an acknowledged change that is not there, damaged a store with a fault or one
that had to be restored.

With `--window` it is a whole window that is killed, without a screen, while `earmark do bookmark.note …` runs
again and again from other programs: acknowledged is what such a program left with 0.

    python tests/benchmarks/store_kills.py [COUNT] [--window]
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.user import FILE_NAME, Store

LIVES_A_STORE = 50
LONGEST_S = 0.04
LONGEST_WINDOW_S = 2.5
CAPTURING = 3  # programs that capture at once


def live(profile: Profile, seed: int, told: int) -> None:
    """Open the store and change it for ever, telling each change: `+id note`, `-id`."""
    draw = random.Random(seed)
    store = Store.open(profile)
    os.write(told, b"open\n")
    mine = [one.id for one in store.bookmarks.all()]
    while True:
        choice = draw.random()
        if choice < 0.7 or not mine:
            note = str(draw.random())
            words = "quote " * draw.randint(1, 400)
            made = store.bookmarks.add(
                Bookmark("", "rec", Anchor(words, start_ms=draw.randrange(9999)), note=note)
            )
            mine.append(made.id)
            os.write(told, f"+{made.id} {note}\n".encode())
        elif choice < 0.82:
            note = str(draw.random())
            one = draw.choice(mine)
            store.bookmarks.change(one, note=note)
            os.write(told, f"+{one} {note}\n".encode())
        elif choice < 0.92:
            one = mine.pop(draw.randrange(len(mine)))
            store.bookmarks.delete(one)
            os.write(told, f"-{one}\n".encode())
        else:
            store.back_up()


def killed(profile: Profile, seed: int, draw: random.Random) -> list[str]:
    """Let a child live and kill it; returns what it told."""
    reading, writing = os.pipe()
    child = os.fork()  # nothing of the store is open here
    if child == 0:
        os.close(reading)
        try:
            live(profile, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        first = told.readline() if draw.random() < 0.9 else b""
        time.sleep(draw.uniform(0, LONGEST_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return (first + told.read()).decode().splitlines()


def captured_until_killed(profile: Profile, talk: Path, draw: random.Random, life: int) -> set[str]:
    """Open a window, capture by `earmark do` until the window is killed; returns the notes acknowledged."""
    window = earmark(profile, talk)
    while earmark(profile, "do", "player.seek", "5000").wait() != 0:
        if window.poll() is not None:
            raise RuntimeError("the window does not open")
    notes = iter(f"note {life}.{number}" for number in count(1))
    kept: set[str] = set()

    def capture() -> None:
        while window.poll() is None:
            note = next(notes)
            if earmark(profile, "do", "bookmark.note", note).wait() == 0:
                kept.add(note)

    capturing = [threading.Thread(target=capture) for _ in range(CAPTURING)]
    for one in capturing:
        one.start()
    time.sleep(draw.uniform(0.1, LONGEST_WINDOW_S))
    window.kill()
    window.wait()
    for one in capturing:
        one.join()
    return kept


def earmark(profile: Profile, *words: object) -> subprocess.Popen[bytes]:
    """Start the program."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "earmark",
            *map(str, words[:1]),
            "--profile",
            str(profile.data),
            *map(str, words[1:]),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_windows(kills: int) -> None:
    """Run with windows and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    root = Path(tempfile.mkdtemp(prefix="earmark-bench-"))
    draw = random.Random(2)
    talk = root / "talk.vtt"
    cues = (f"00:{n:02}.000 --> 00:{n + 1:02}.000\nSentence number {n} of the talk." for n in range(58))
    talk.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    profile, kept, lost, damaged = Profile.at(root / "p"), set[str](), 0, 0
    try:
        for life in range(kills):
            kept |= captured_until_killed(profile, talk, draw, life)
            store = Store.open(profile)
            damaged += bool(store.notices or store.faults())
            lost += len(kept - {one.note for one in store.bookmarks.all()})
            store.close()
    finally:
        shutil.rmtree(root)
    print(f"{kills} windows killed, {len(kept)} captures acknowledged: {lost} lost, {damaged} damaged")


def main() -> None:
    """Run and print."""
    words = sys.argv[1:]
    if "--window" in words:
        kill_windows(int(next((word for word in words if word.isdigit()), 100)))
    else:
        kill_stores(int(words[0]) if words else 2_000)


def kill_stores(kills: int) -> None:
    """Run with the store alone and print."""
    root = Path(tempfile.mkdtemp(prefix="earmark-bench-"))
    draw = random.Random(1)
    lost = damaged = acknowledged = hot = half_made = 0
    expected: dict[str, str] = {}
    profile = Profile.at(root / "0")
    try:
        for life in range(kills):
            if life % LIVES_A_STORE == 0:
                shutil.rmtree(profile.data, ignore_errors=True)
                profile, expected = Profile.at(root / str(life)), {}
            for line in killed(profile, life, draw):
                if line.startswith("+"):
                    key, note = line[1:].split(" ", 1)
                    expected[key] = note
                elif line.startswith("-"):
                    expected.pop(line[1:], None)
                acknowledged += line != "open"
            journal = profile.data / (FILE_NAME + "-journal")
            hot += journal.exists() and journal.stat().st_size > 0
            half_made += (profile.data / "backups" / "making.part").exists()
            store = Store.open(profile)
            damaged += bool(store.notices or store.faults())
            found = {one.id: one.note for one in store.bookmarks.all()}
            # The one change under way may or may not have been made.
            differing = {key for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)}
            lost += max(0, len(differing) - 1)
            expected = found
            store.close()
    finally:
        shutil.rmtree(root)
    print(
        f"{kills} kills, {acknowledged} acknowledged changes, {hot} with a rollback journal left,"
        f" {half_made} in a backup: {lost} lost, {damaged} damaged"
    )


if __name__ == "__main__":
    main()
