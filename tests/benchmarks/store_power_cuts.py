# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Power cuts: 10,000 states of the disk that a cut may leave, each opened by the program.

The store lives on a recorded disk (`tests/store_disk.py`): what was synced is there, of what was not any
sectors, names made or deleted since perhaps. Lost is an acknowledged change that is not there; corrupt is a
file that does not open, or whose structure or rows are not what was written. Afterwards each must take one
more change.

    python tests/benchmarks/store_power_cuts.py [COUNT]
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.store.user import Store
from store_disk import Crash, Disk, Op, crash_states, do_something, open_store, state_of

STEPS = 30
NOTHING = {"bookmarks": {}, "heard": {}, "settings": {}}


def crashes(root: Path) -> Iterator[Crash]:
    """Yield crash states of one life of a store after another."""
    seed = 0
    while True:
        seed += 1
        disk, draw, folder = Disk(f"disk{seed}"), random.Random(seed), root / "lived"
        shutil.rmtree(folder, ignore_errors=True)
        store = open_store(folder, disk)
        disk.log.append(Op("ack", data=state_of(store)))
        for _ in range(STEPS):
            do_something(store, draw)
            disk.log.append(Op("ack", data=state_of(store)))
        store.close()
        disk.unregister()
        yield from crash_states(disk.log, draw, 5)


def outcome(crash: Crash, folder: Path, draw: random.Random) -> str:
    """Open what a crash left and judge it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in crash.files.items():
        if content or not name.endswith(".journal"):
            (folder / name).write_bytes(content)
    try:
        store = Store.open(Profile.at(folder))
    except UserError:
        return "corrupt"
    try:
        if store.notices or store.faults():
            return "corrupt"
        if state_of(store) not in (crash.right or (NOTHING,)):
            return "lost"
        do_something(store, draw)
        return "corrupt" if store.faults() else "right"
    finally:
        store.close()


def main() -> None:
    """Run and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    memory = Path("/dev/shm")
    root = Path(tempfile.mkdtemp(prefix="earmark-bench-", dir=memory if memory.is_dir() else None))
    tally = {"right": 0, "lost": 0, "corrupt": 0}
    hot = 0
    draw = random.Random(99)
    try:
        for crash in crashes(root):
            hot += bool(crash.files.get("user.db-journal", b"").strip(b"\0"))
            tally[outcome(crash, root / "left", draw)] += 1
            if sum(tally.values()) == count:
                break
    finally:
        shutil.rmtree(root)
    told = f"{tally['lost']} lost, {tally['corrupt']} corrupt"
    print(f"{count} power cuts, {hot} with a rollback journal to play back: {told}")


if __name__ == "__main__":
    main()
