# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The index as it is opened: whether it is filled is in the file, and of several programs one makes it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from earmark.base.paths import Profile
from earmark.domain.transcript import Cue, Transcript
from earmark.store.library.index import Library, Stamp
from earmark.store.library.indexfile import FILE_NAME

SAID = Transcript("webvtt", (Cue("the lamp was lit", 0, 9_000),))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.at(tmp_path / "profile")


def unfilled(profile: Profile) -> bool:
    library = Library.open(profile)
    library.close()
    return library.unfilled


def test_an_index_is_unfilled_until_it_was_filled_whoever_opens_it(profile):
    assert unfilled(profile)
    assert unfilled(profile)  # whoever made it was stopped
    library = Library.open(profile)
    library.mark_filled(True)
    assert not library.unfilled
    library.close()
    assert not unfilled(profile)
    library = Library.open(profile, anew=True)
    library.close()
    assert unfilled(profile)


def test_an_index_can_be_found_to_lack_something(profile):
    library = Library.open(profile)
    library.mark_filled(True)
    library.mark_filled(False)
    library.close()
    assert unfilled(profile)


def test_an_unfilled_index_that_cannot_be_filled_is_not_searched(profile):
    library = Library.open(profile)
    library.close()
    path = profile.cache / FILE_NAME
    path.chmod(0o400)
    library = Library.to_search(profile, in_memory=True)
    assert library.unfilled
    library.add("a", Path("/a"), SAID, Stamp(1, 1))  # in a file, or in memory where that cannot be written
    library.close()


@pytest.mark.parametrize("before", ["nothing", "noise", "another version"])
def test_what_several_programs_add_at_once_is_all_there(profile, before):
    path = profile.cache / FILE_NAME
    profile.make()
    if before == "noise":
        path.write_bytes(b"no database at all" * 3_000)
    elif before == "another version":
        library = Library.open(profile)
        library.database.execute("PRAGMA user_version = 1")
        library.close()
    together = threading.Barrier(6)

    def add(name: str) -> None:
        together.wait()
        library = Library.open(profile)
        library.add(name, Path(f"/{name}"), SAID, Stamp(1, 1))
        library.close()

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    library = Library.open(profile)
    assert library.counts() == (6, 6, 24)
    library.close()
