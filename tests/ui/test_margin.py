# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the page's margin and the timeline show of bookmarks, after any changes."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.items import Anchor, Bookmark
from earmark.session.marks.places import Spot
from earmark.ui.shell.margin import Margin

Placed = tuple[Bookmark, Spot, str]


def placed(name: str, start_ms: int | None, sentences: range = range(0), role: str = "mark") -> Placed:
    anchor = Anchor("a few words", start_ms=start_ms, end_ms=None)
    return Bookmark(name, "recording", anchor, ""), Spot(start_ms, None, sentences), role


def show(margin: Margin, marks: Iterable[Placed]) -> None:
    margin.clear()
    margin.change([], marks)


def test_the_later_of_two_bookmarks_colours_the_sentence_they_share() -> None:
    margin = Margin()
    show(margin, [placed("b", 900, range(2, 4), "mark_sky"), placed("a", 400, range(1, 3))])
    assert margin.sentences() == {1: "mark", 2: "mark_sky", 3: "mark_sky"}
    assert margin.marked_by() == {1: "a", 2: "b", 3: "b"}
    assert margin.times() == [(400, "a few words", "mark"), (900, "a few words", "mark_sky")]


def test_one_without_a_time_is_not_on_the_timeline() -> None:
    margin = Margin()
    show(margin, [placed("a", None, range(1))])
    assert margin.times() == []
    assert margin.sentences() == {0: "mark"}


def test_what_is_told_again_changes_nothing() -> None:
    margin = Margin()
    show(margin, [placed("a", 400, range(1))])
    assert not margin.change(["a"], [placed("a", 400, range(1))])
    assert not margin.change(["nobody"], [])
    assert margin.change(["a"], [placed("a", 400, range(1), "mark_rose")])
    assert margin.change(["a"], [])
    assert margin.times() == []


PLACED = st.builds(
    placed,
    st.sampled_from("abcdef"),
    st.one_of(st.none(), st.integers(0, 5)),
    st.builds(lambda at: range(at, at + 2), st.integers(0, 4)),
    st.sampled_from(["mark", "mark_sky"]),
)
BATCH = st.lists(PLACED, max_size=4, unique_by=lambda one: one[0].id)


@given(BATCH, st.lists(st.tuples(st.sets(st.sampled_from("abcdef")), BATCH), max_size=6))
def test_changes_come_to_what_showing_it_all_would(first: list[Placed], changes: list) -> None:
    margin, whole = Margin(), Margin()
    held = {one[0].id: one for one in first}
    show(margin, first)
    for gone, come in changes:
        margin.change(gone, come)
        held = {name: one for name, one in held.items() if name not in gone}
        held.update((one[0].id, one) for one in come)
        show(whole, held.values())
        assert margin.sentences() == whole.sentences()
        assert margin.times() == whole.times()
