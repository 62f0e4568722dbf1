# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A transcript that nobody reads any more is let go of at once, not by a later garbage collection.

The program keeps the collector away from what it has loaded; a cycle would stay in memory for good.
"""

from __future__ import annotations

import gc
import weakref

from earmark.domain.reading import build_outline
from earmark.domain.timeline import Timeline
from earmark.domain.transcript import Cue, Transcript
from earmark.session.finding import TextIndex


def test_outline_timeline_and_index_are_in_no_cycle():
    gc.disable()
    try:
        outline = build_outline(Transcript("test", (Cue("One two.", 0, 900), Cue("Three.", 900, 2_000))))
        timeline, index = Timeline(outline), TextIndex(outline)
        assert timeline.word_at(0, 100) is not None
        assert index.find("three")
        seen = [weakref.ref(outline), weakref.ref(timeline), weakref.ref(index)]
        del outline, timeline, index
        assert [one() for one in seen] == [None, None, None]
    finally:
        gc.enable()
