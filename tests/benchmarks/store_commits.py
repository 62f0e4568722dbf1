# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What safety costs: opening the store, keeping a bookmark, a backup, verifying; and a full 2 MB disk.

The full disk needs the right to mount a tmpfs. Times are of this machine and its disk.

    python tests/benchmarks/store_commits.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Bookmark
from earmark.store.user import Store

WORDS = "the sea listens to a light it can trust " * 4


def took_ms(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def times(root: Path) -> None:
    """Measure one life of a store."""
    profile = Profile.at(root / "p")
    print(f"opening    new {took_ms(lambda: Store.open(profile).close()):.1f} ms")
    store = Store.open(profile)
    kept = [
        took_ms(lambda: store.bookmarks.add(Bookmark("", "rec", Anchor(WORDS, WORDS, WORDS), note="note")))
        for _ in range(2_000)
    ]
    print(f"keeping    a bookmark: median {median(kept):.2f} ms, p95 {quantiles(kept, n=20)[-1]:.2f} ms")
    print(f"verifying  2,000 bookmarks: {took_ms(store.faults):.0f} ms")
    print(f"backing up 2,000 bookmarks, verified: {took_ms(store.back_up):.0f} ms")
    store.close()
    opened = [took_ms(lambda: Store.open(profile).close()) for _ in range(20)]
    print(f"opening    with 2,000 bookmarks {median(opened):.1f} ms")


def full_disk(root: Path) -> None:
    """Fill a disk of 2 MB with bookmarks."""
    folder = root / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "earmark-bench", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        print("full disk  skipped: a tmpfs cannot be mounted here")
        return
    try:
        store = Store.open(Profile.at(folder / "p"))
        kept, refused = [], ""
        while not refused:
            try:
                kept.append(store.bookmarks.add(Bookmark("", "rec", Anchor(WORDS), note=str(len(kept)))))
            except UserError as error:
                refused = error.code
        store.close()
        store = Store.open(Profile.at(folder / "p"))
        intact = sum(store.bookmarks.get(one.id) == one for one in kept)
        told = f"{refused} after {len(kept)} bookmarks; {intact} of them intact"
        print(f"full disk  {told}, {len(store.faults())} faults")
        store.close()
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def main() -> None:
    """Run and print."""
    root = Path(tempfile.mkdtemp(prefix="earmark-bench-"))
    try:
        times(root)
        full_disk(root)
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
