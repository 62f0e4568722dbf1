# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bookmarks and heard maps: kept, changed, deleted and brought back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.errors import BugError
from earmark.domain.heard import JOIN_MS, add_stretch, heard_ms
from earmark.domain.items import Anchor, Bookmark
from earmark.store.user import Store


def marked(quote="the lamp burns", start_ms=1000, **more):
    return Bookmark("", "rec", Anchor(quote, "before", "after", start_ms, start_ms + 500), **more)


def test_a_bookmark_comes_back_whole(store, profile):
    made = store.bookmarks.add(
        marked(note="n", tags=("a", "b"), colour="amber", speaker="Ann", transcript="/t.vtt")
    )
    untimed = store.bookmarks.add(Bookmark("", "rec", Anchor("words only")))
    store.close()
    again = Store.open(profile)
    assert again.bookmarks.get(made.id) == made
    assert again.bookmarks.get(untimed.id) == untimed
    assert untimed.anchor.start_ms is None
    assert again.faults() == []
    again.close()


def test_delete_is_undone_by_add(store):
    made = store.bookmarks.add(marked())
    store.bookmarks.add(marked("later"))
    gone = store.bookmarks.delete(made.id)
    assert store.bookmarks.get(made.id) is None
    assert store.bookmarks.add(gone) == made == store.bookmarks.get(made.id)
    assert [one.number for one in store.bookmarks.all()] == [2, 1]


def test_change_is_undone_by_change(store):
    made = store.bookmarks.add(marked(note="old"))
    assert store.bookmarks.change(made.id, note="new", tags=("x",)).note == "new"
    assert store.bookmarks.tags() == ["x"]
    assert store.bookmarks.change(made.id, note="old", tags=()) == made


def test_by_time_and_by_recording(store):
    late, early = store.bookmarks.add(marked(start_ms=9000)), store.bookmarks.add(marked(start_ms=10))
    store.bookmarks.add(Bookmark("", "other", Anchor("q")))
    assert store.bookmarks.of_recording("rec") == [early, late]
    assert len(store.bookmarks.all()) == 3


def test_several_are_added_all_or_none(store):
    with pytest.raises(TypeError):
        store.bookmarks.add_all([marked(), Bookmark("", "rec", Anchor("q"), note=object())])
    assert store.bookmarks.all() == []
    assert store.faults() == []


def test_an_unknown_bookmark_is_a_bug(store):
    with pytest.raises(BugError):
        store.bookmarks.change("none", note="x")


def test_heard_stretches_are_merged_and_kept(store):
    store.heard.add("rec", [(0, 1000), (5000, 6000)])
    assert store.heard.add("rec", [(1000, 2000)]) == ((0, 2000), (5000, 6000))
    assert store.heard.of("rec") == ((0, 2000), (5000, 6000))
    assert store.heard.totals() == {"rec": 3000}
    seq = store._database.seq
    store.heard.add("rec", [(100, 200)])
    assert store._database.seq == seq, "nothing new is not written"
    assert store.faults() == []


stretches = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 20_000)), max_size=30)


@given(stretches)
def test_a_heard_map_is_in_order_apart_and_complete(drawn):
    heard, moments = (), set()
    for start, length in drawn:
        heard = add_stretch(heard, start, start + length)
        moments.update(range(start, start + length, 97))
    assert all(one[1] + JOIN_MS < two[0] for one, two in pairwise(heard))
    assert all(any(start <= ms < end for start, end in heard) for ms in moments)
    assert heard_ms(heard) == sum(end - start for start, end in heard)


@given(stretches)
def test_a_heard_map_does_not_depend_on_order(drawn):
    spans = [(start, start + length) for start, length in drawn]
    forth, back = (), ()
    for span in spans:
        forth = add_stretch(forth, *span)
    for span in reversed(spans):
        back = add_stretch(back, *span)
    assert forth == back
