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

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.user import FILE_NAME, Store
from store_disk import State, state_of


def made(profile: Profile, draw: random.Random) -> tuple[State, list[bytes]]:
    """Fill a store; returns its state and byte strings that stand in its rows."""
    store = Store.open(profile)
    pieces = []
    for number in range(300):
        words = " ".join(draw.choices(("lamp", "stairs", "logbook", "fog", "dawn"), k=12)) + f" {number}"
        store.bookmarks.add(
            Bookmark("", f"rec{number % 9}", Anchor(words, start_ms=number), note=f"note {number}")
        )
        pieces += [words.encode(), f"note {number}".encode()]
    store.heard.add("rec", [(0, 60_000)])
    store.back_up()
    state = state_of(store)
    store._database.execute("VACUUM")  # no stale copies of rows, which a flip would not matter to
    store.close()
    return state, pieces


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
        before, pieces = made(profile, draw)
        whole = (profile.data / FILE_NAME).read_bytes()
        rows = [(whole.find(piece), len(piece)) for piece in pieces]
        rows = [(start, length) for start, length in rows if start > 0]
        for where in ("rows", "file"):
            tally: Counter[str] = Counter()
            for _ in range(count):
                start, length = draw.choice(rows) if where == "rows" else (0, len(whole))
                content = bytearray(whole)
                content[start + draw.randrange(length)] ^= 1 << draw.randrange(8)
                tally[outcome(profile, target, bytes(content), before)] += 1
            told = ", ".join(f"{number} {what}" for what, number in tally.most_common())
            print(f"{count} flips in the {where}: {told}")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
