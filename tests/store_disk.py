# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A disk for the store's tests: it remembers what was synced and when, and fails when told.

`Disk` is an SQLite VFS over the real one. Its log, with the change journal's writes and what the store
acknowledged, is replayed by `crash_states` as the files a power cut leaves: what was synced, of the rest any
sectors; names of files that were made or deleted since may or may not be on the disk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from earmark.domain.items import Anchor, Bookmark
from earmark.store.disk.journal import Journal
from earmark.store.disk.migrations import migrate
from earmark.store.disk.precious import PreciousDatabase
from earmark.store.disk.schema import USER_STEPS
from earmark.store.made.backup import Backups
from earmark.store.user import FILE_NAME, JOURNAL_NAME, Store

SECTOR = 512

State = dict[str, Any]


class Op(NamedTuple):
    """Something that happened: to a file, to the journal, or an acknowledgement."""

    kind: str
    name: str = ""
    offset: int = 0
    data: Any = b""


class Disk(apsw.VFS):
    """A file system that logs; with `fail_at` the operation of that number fails, or all from it on."""

    def __init__(self, name: str) -> None:
        self.vfs_name = name
        self.log: list[Op] = []
        self.count = 0
        self.fail_at: int | None = None
        self.fail_for_ever = False
        self.failure: type[Exception] = apsw.IOError
        super().__init__(name, base="")

    def did(self, op: Op) -> None:
        """Log an operation about to be done, or fail it."""
        self.count += 1
        if self.fail_at is not None and (
            self.count == self.fail_at or (self.fail_for_ever and self.count > self.fail_at)
        ):
            raise self.failure("told to fail")
        self.log.append(op)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return DiskFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.did(Op("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


class DiskFile(apsw.VFSFile):
    """A file of such a disk."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk = disk
        self._name = Path(path).name if path else ""
        if path and not Path(path).exists():
            disk.did(Op("create", self._name))
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.did(Op("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._disk.did(Op("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._disk.did(Op("sync", self._name))
        super().xSync(flags)


class LoggedJournal(Journal):
    """A change journal whose writes go into a disk's log."""

    def __init__(self, path: Path, disk: Disk) -> None:
        super().__init__(path)
        self._disk = disk

    def append(self, seq: int, changes: Any) -> None:
        before = self.path.read_bytes() if self.path.exists() else b""
        super().append(seq, changes)
        after = self.path.read_bytes()
        self._disk.log.append(Op("journal", data=(before, after)))
        self._disk.log.append(Op("journal synced", data=after))


def open_store(folder: Path, disk: Disk) -> Store:
    """Open a store whose database is on such a disk."""
    folder.mkdir(parents=True, exist_ok=True)
    journal = LoggedJournal(folder / JOURNAL_NAME, disk)
    database = PreciousDatabase(folder / FILE_NAME, vfs=disk.vfs_name, journal=journal)
    migrate(database, USER_STEPS)
    return Store(database, Backups(folder / "backups"))


def state_of(store: Store) -> State:
    """Return all that the listener would miss."""
    return {
        "bookmarks": {one.id: (one.note, one.anchor.quote) for one in store.bookmarks.all()},
        "heard": store.heard.totals(),
        "settings": store.settings.all(),
    }


def do_something(store: Store, draw: random.Random) -> None:
    """Do one of the things a listener does."""
    known = [one.id for one in store.bookmarks.all()]
    choice = draw.random()
    if choice < 0.5 or not known:
        words = " ".join(draw.choices(("lamp", "stairs", "logbook", "fog"), k=draw.randint(1, 300)))
        store.bookmarks.add(Bookmark("", "rec", Anchor(words), note=f"note {draw.randrange(1000)}"))
    elif choice < 0.65:
        store.bookmarks.change(draw.choice(known), note="changed " * draw.randint(1, 200))
    elif choice < 0.75:
        store.bookmarks.delete(draw.choice(known))
    elif choice < 0.9:
        start = draw.randrange(10_000_000)
        store.heard.add(f"rec{draw.randrange(3)}", [(start, start + 5000)])
    else:
        store.settings.save("window.geometry", "x" * draw.randint(1, 3000))


@dataclass
class _File:
    """A file as the disk has it: what is safe, and what is on its way."""

    safe: bytes = b""
    waiting: list[Op] = field(default_factory=list)
    name_safe: bool = False

    def synced(self) -> bytes:
        content = self.safe
        for op in self.waiting:
            content = _applied(content, op)
        return content

    def after_cut(self, draw: random.Random, kept: float) -> bytes:
        """Return what a power cut leaves: of each waiting write any of its sectors."""
        content = self.safe
        for op in self.waiting:
            if op.kind == "truncate":
                content = _applied(content, op) if draw.random() < kept else content
                continue
            for start in range(0, len(op.data), SECTOR):
                if draw.random() < kept:
                    piece = op.data[start : start + SECTOR]
                    content = _applied(content, Op("write", op.name, op.offset + start, piece))
        return content


def _applied(content: bytes, op: Op) -> bytes:
    if op.kind == "truncate":
        return content[: op.offset].ljust(op.offset, b"\0")
    return content[: op.offset].ljust(op.offset, b"\0") + op.data + content[op.offset + len(op.data) :]


class Crash(NamedTuple):
    """The files a power cut leaves, and which states of the store would be right."""

    files: dict[str, bytes]
    right: tuple[State, ...]


def crash_states(log: list[Op], draw: random.Random, variants: int) -> Iterator[Crash]:
    """Yield what is left when the power is cut after each operation, in several variants."""
    acknowledged = [(at, op.data) for at, op in enumerate(log) if op.kind == "ack"]
    files: dict[str, _File] = {}
    gone: dict[str, _File] = {}
    journal = b""
    torn: tuple[bytes, bytes] | None = None
    states = 0
    for op in log:
        if op.kind == "ack":
            states += 1
            continue
        if op.kind == "journal":
            torn = op.data
        elif op.kind == "journal synced":
            journal, torn = op.data, None
        else:
            _happened(op, files, gone)
        right = tuple(state for _, state in acknowledged[max(0, states - 1) : states + 1])
        for variant in range(variants):
            kept = (0.5, 0.0, 1.0, 0.8, 0.2)[variant % 5]
            left = {name: file.after_cut(draw, kept) for name, file in files.items() if _is_there(file, draw)}
            for name, file in gone.items():
                if name not in files and draw.random() < 0.5:
                    left[name] = file.after_cut(draw, kept)
            left[JOURNAL_NAME] = journal if torn is None else _torn(*torn, draw)
            yield Crash(left, right)


def _happened(op: Op, files: dict[str, _File], gone: dict[str, _File]) -> None:
    if op.kind == "create":
        files[op.name] = _File()
    elif op.kind == "delete":
        if op.name in files:
            gone[op.name] = files.pop(op.name)
    elif op.kind == "sync":
        file = files[op.name]
        files[op.name] = _File(file.synced(), name_safe=True)
        gone.clear()
    else:
        files.setdefault(op.name, _File()).waiting.append(op)


def _is_there(file: _File, draw: random.Random) -> bool:
    return file.name_safe or draw.random() < 0.5


def _torn(before: bytes, after: bytes, draw: random.Random) -> bytes:
    shared = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    cut = draw.randint(shared, len(after))
    return after[:cut] + (b"\0" * draw.randint(0, SECTOR) if draw.random() < 0.3 else b"")
