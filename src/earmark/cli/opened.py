# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's store for a command; what is to be known about it is said on stderr by every one.

What a command prints is what was written: a store with other rows is restored first, unless a window has it
open or it cannot be written; then the command says so and prints nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TypeVar

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.store.library.index import Library
from earmark.store.library.indexfile import FILE_NAME
from earmark.store.user import Store

T = TypeVar("T")

_MOST_TOLD = 20  # faults


@contextmanager
def opened_store(profile: Profile) -> Iterator[Store]:
    """Open the store and close it again, saying its notices; raises UserError."""
    store = Store.open(profile, partial(_may_restore, profile))
    try:
        for notice in store.notices:
            tell(notice)
        yield store
    finally:
        store.close()


def restored_if_damaged(store: Store, profile: Profile) -> list[str]:
    """Restore a store that is not what was written, and say so; returns what was wrong. Raises UserError."""
    faults = store.faults()
    if faults:
        for fault in faults[:_MOST_TOLD]:
            sys.stderr.write(f"earmark: {fault}\n")
        if store.read_only or not _may_restore(profile):
            reason = "it cannot be written" if store.read_only else "a window has it open"
            message = f"{store.path} is damaged, and cannot be restored while {reason}."
            raise UserError("store-damaged", message, path=store.path)
        told = store.restore_damaged()
        if told is not None:  # else another program was quicker
            tell(told)
    return faults


def check_recordings(store: Store, profile: Profile, recordings: Iterable[str]) -> None:
    """Restore the store if one of some recordings is not what was written; raises UserError."""
    if not all(map(store.recordings.table.is_sound, recordings)):
        restored_if_damaged(store, profile)


def with_library(profile: Profile, library: Library, work: Callable[[Library], T]) -> T:
    """Do something with the index and close it; where it is damaged, once more with a new one."""
    try:
        with closing(library):
            return work(library)
    except UserError as error:
        of_index = error.data.get("path") == profile.cache / FILE_NAME
        if error.code != "store-damaged" or not of_index or not _may_restore(profile):
            raise
    with closing(Library.open(profile, anew=True)) as new:
        return work(new)


def tell(error: UserError) -> None:
    """Say something on stderr."""
    sys.stderr.write(f"earmark: {error.message}\n")


def _may_restore(profile: Profile) -> bool:
    if not os.access(profile.data / "window.lock", os.F_OK):
        return True
    from earmark.desktop.instance import is_open  # Qt, only when a window may run

    return not is_open(profile.data)
