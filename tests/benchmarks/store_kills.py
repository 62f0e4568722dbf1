# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""kill -9 during capture: 2,000 times, at any moment, with backups being made.

A child does what a listener does and tells each change once it is acknowledged; then it is killed. The
store is opened again: lost is an acknowledged change that is not there, damaged a store with a fault or one
that had to be restored.

    python tests/benchmarks/store_kills.py [COUNT]
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.user import FILE_NAME, Store

LIVES_A_STORE = 50
LONGEST_S = 0.04


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


def main() -> None:
    """Run and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    root = Path(tempfile.mkdtemp(prefix="earmark-bench-"))
    draw = random.Random(1)
    lost = damaged = acknowledged = hot = half_made = 0
    expected: dict[str, str] = {}
    profile = Profile.at(root / "0")
    try:
        for life in range(count):
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
        f"{count} kills, {acknowledged} acknowledged changes, {hot} with a rollback journal left,"
        f" {half_made} in a backup: {lost} lost, {damaged} damaged"
    )


if __name__ == "__main__":
    main()
