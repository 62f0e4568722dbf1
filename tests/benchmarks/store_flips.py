# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Flipped bits: 1,000 in the rows the listener made, and 1,000 anywhere in the file.

Each is one bit in a store of 300 bookmarks, opened and verified as the program does in a quiet moment. It
is noticed when the store says so, and mended when afterwards every row is what was written. A flip anywhere
may hit room that is not in use: then nothing may have changed.

    python tests/benchmarks/store_flips.py [COUNT]
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import apsw

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.disk.schema import USER_TABLES
from earmark.store.user import FILE_NAME, Store
from store_disk import State, state_of


def made(profile: Profile, draw: random.Random) -> State:
    """Fill a store; returns its state."""
    store = Store.open(profile)
    for number in range(300):
        words = " ".join(draw.choices(("lamp", "stairs", "logbook", "fog", "dawn"), k=12)) + f" {number}"
        anchor = Anchor(words, start_ms=number)
        store.bookmarks.add(Bookmark("", f"rec{number % 9}", anchor, note=f"note {number}"))
    store.heard.add("rec", [(0, 60_000)])
    store.back_up()
    state = state_of(store)
    store.close()
    return state


def raw_rows(path: Path) -> list[tuple[object, ...]] | None:
    """Return every row as it reads without any check; None where it cannot be read."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return [row for table in USER_TABLES for row in connection.execute(f"SELECT * FROM {table}")]
    except (apsw.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def in_a_row(content: bytes, bit: int, whole: list[tuple[object, ...]] | None, path: Path) -> bool:
    """Tell whether a flipped bit is one of a row: whether it reads otherwise."""
    path.write_bytes(flipped(content, bit))
    return raw_rows(path) != whole


def flipped(content: bytes, bit: int) -> bytes:
    """Return the content with one bit flipped."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def outcome(profile: Profile, target: Profile, content: bytes, before: State) -> str:
    """Put a damaged file in place and open it; returns what came of it."""
    shutil.rmtree(target.data, ignore_errors=True)
    shutil.copytree(profile.data, target.data)
    (target.data / FILE_NAME).write_bytes(content)
    try:
        store = Store.open(target)
    except UserError:
        return "refused"
    told = bool(store.notices) or store.maintain() is not None
    same = state_of(store) == before
    store.close()
    if told:
        return "mended" if same else "noticed, not mended"
    return "harmless" if same else "not noticed"


def main() -> None:
    """Run and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    memory = Path("/dev/shm")
    root = Path(tempfile.mkdtemp(prefix="earmark-bench-", dir=memory if memory.is_dir() else None))
    draw = random.Random(3)
    try:
        profile, target = Profile.at(root / "whole"), Profile.at(root / "flipped")
        before = made(profile, draw)
        whole = (profile.data / FILE_NAME).read_bytes()
        rows = raw_rows(profile.data / FILE_NAME)
        for where in ("rows", "file"):
            tally: Counter[str] = Counter()
            while sum(tally.values()) < count:
                bit = draw.randrange(len(whole) * 8)
                if where == "file" or in_a_row(whole, bit, rows, root / "probe.db"):
                    tally[outcome(profile, target, flipped(whole, bit), before)] += 1
            told = ", ".join(f"{number} {what}" for what, number in tally.most_common())
            print(f"{count} flips in the {where}: {told}")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
