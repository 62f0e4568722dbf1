# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark doctor` and the line of `--version`: what this program runs on, and whether the store is sound."""

from __future__ import annotations

import platform
import shutil
from functools import partial

import earmark
from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.cli.opened import opened_store, restored_if_damaged, tell, with_library
from earmark.store.disk.database import sqlite_version
from earmark.store.library.index import Library
from earmark.store.library.indexfile import FILE_NAME
from earmark.store.place import warnings
from earmark.store.user import Store

_PASSING = frozenset({"store-full", "store-busy", "store-read-only"})  # no damage to what was made


def version_line() -> str:
    """Return the versions of the program, Qt, FFmpeg, SQLite and Python."""
    import PySide6.QtCore  # only these two reports ask Qt anything

    # Qt's multimedia answers only within an application; it is let go of when the line is written.
    application = PySide6.QtCore.QCoreApplication.instance() or PySide6.QtCore.QCoreApplication([])
    assert application is not None
    qt = PySide6.QtCore.qVersion()
    return (
        f"Earmark {earmark.__version__} · PySide6 {PySide6.__version__} · Qt {qt} · FFmpeg {_ffmpeg()} · "
        f"SQLite {sqlite_version()} · Python {platform.python_version()}"
    )


def run(profile: Profile) -> int:
    """Print the report; return 1 only for a damaged store."""
    print(version_line())
    print(f"System   {platform.platform()}")
    print(f"Data     {profile.data}")
    print(f"Cache    {profile.cache}")
    print(f"Sound    {_sound()}")
    ffmpeg = shutil.which("ffmpeg")
    print(f"ffmpeg   {ffmpeg or 'not installed (saves a stretch as audio, reads transcripts inside videos)'}")
    return _report_store(profile)


def _report_store(profile: Profile) -> int:
    try:
        with opened_store(profile) as store:
            faults = [error.message for error in store.notices if error.code == "store-restored"]
            faults += restored_if_damaged(store, profile)
            for warning in warnings(profile.data):
                tell(warning)
            recordings = len(store.recordings.all())
            state = "damaged, restored now" if faults else "sound"
            print(f"Store    {store.path}: {_counted(recordings, 'recording')}, {state}")
            _report_index(profile, store)
    except UserError as error:
        print(f"Store    {error.message}")
        tell(error)
        return 0 if error.code in _PASSING else 1
    return 1 if faults else 0


def _report_index(profile: Profile, store: Store) -> None:
    """Print how much of what the store knows of is in the index; what it lacks, the next search reads."""
    try:
        with_library(profile, Library.to_search(profile, in_memory=True), partial(_compare, profile, store))
    except UserError as error:
        print(f"Index    {error.message}")


def _compare(profile: Profile, store: Store, library: Library) -> None:
    wanted = {(one.id, path) for one in store.recordings.all() for path in one.transcripts if path.exists()}
    lacking = len(wanted - library.stamps().keys())
    state = _counted(len(wanted), "transcript") + ", complete"
    if lacking:
        state = f"{len(wanted) - lacking:,} of {_counted(len(wanted), 'transcript')}"
        state += "; the next search reads what is missing, if it can"
        if not library.database.read_only:
            library.mark_filled(False)
    print(f"Index    {profile.cache / FILE_NAME}: {state}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _ffmpeg() -> str:
    from earmark.playback.availability import ffmpeg_version  # loads Qt's multimedia

    return ffmpeg_version() or "unknown"


def _sound() -> str:
    from earmark.playback.availability import playback_available  # loads Qt's multimedia

    fault = playback_available()
    return fault.message if fault else "QtMultimedia with FFmpeg"
