# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
from __future__ import annotations

from earmark.base.paths import Profile
from earmark.domain.items import Anchor, Correction
from earmark.store.user import Store

LOG = Correction("", "one", Anchor("log", "So you kept the ", " every night", 51_275), "lock")


def test_a_correction_is_kept_and_let_go_of(tmp_path):
    store = Store.open(Profile.at(tmp_path))
    kept = store.corrections.add(LOG)
    assert kept.id and kept.created_ms
    assert store.corrections.of_recording("one") == [kept]
    assert store.corrections.of_recording("two") == []
    store.corrections.remove(kept.id)
    assert store.corrections.of_recording("one") == []
    assert store.corrections.add(kept) == kept
    store.close()
    again = Store.open(Profile.at(tmp_path))
    assert again.corrections.of_recording("one") == [kept]
    assert again.faults() == []
    again.close()


def test_corrections_come_by_time_and_may_have_none(tmp_path):
    store = Store.open(Profile.at(tmp_path))
    late = store.corrections.add(LOG._replace(anchor=Anchor("b", start_ms=9)))
    untimed = store.corrections.add(LOG._replace(anchor=Anchor("")))
    assert store.corrections.of_recording("one") == [untimed, late]
    assert untimed.anchor.start_ms is None
    store.close()
