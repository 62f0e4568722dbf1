# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The search as one types: the next key is never behind a query that nobody waits for any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from earmark.base.paths import Profile
from earmark.domain.transcript import Cue, Transcript
from earmark.session.library.searching import LibrarySearch
from earmark.store.library.index import Library, Stamp
from earmark.store.search.searcher import Searcher


class Waiting:
    """A runner whose work begins when the test says so."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def run(self, work: Callable[[], Any], then: Callable[[Any], None], *_: Any, **__: Any) -> None:
        self.jobs.append((work, then))

    def begin(self) -> Any:
        work, then = self.jobs.pop(0)
        result = work()
        then(result)
        return result


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile.at(tmp_path)
    library = Library.open(made)
    said = Transcript("webvtt", (Cue("the lamp was lit by the keeper", 0, 9_000),))
    library.add("a", Path("/a.vtt"), said, Stamp(1, 1))
    library.close()
    return made


@pytest.fixture
def runner() -> Waiting:
    return Waiting()


@pytest.fixture
def search(profile: Profile, runner: Waiting, qtbot):
    made = LibrarySearch(profile, runner)
    yield made
    made.close()
    if made._library is not None:
        made._library.close()


def test_what_is_typed_before_a_search_begins_is_not_lost(search, runner, monkeypatch):
    begun = []
    real = Searcher._answer

    def answering(self, text, *rest, **more):
        result = real(self, text, *rest, **more)
        begun.append((text, result is not None))
        return result

    monkeypatch.setattr(Searcher, "_answer", answering)
    found = []
    search.found.connect(found.append)
    search.search("lamp")
    search.search("keeper")  # the first has not begun yet
    while runner.jobs:
        runner.begin()
    assert begun == [("lamp", False), ("keeper", True), ("keeper", True)]
    assert [(one.query, one.total) for one in found] == [("keeper", None), ("keeper", 1)]


def test_the_same_query_again_is_looked_for_anew(search, runner):
    totals = []
    search.found.connect(lambda found: totals.append(found.total))
    search.search("lamp")
    search.again()
    while runner.jobs:
        runner.begin()
    assert totals == [None, 1]


def test_what_is_emptied_before_a_search_begins_is_not_looked_for(search, runner):
    found = []
    search.found.connect(found.append)
    search.search("lamp")
    search.search("")
    while runner.jobs:
        assert runner.begin() is None
    assert [one.query for one in found] == [""]
