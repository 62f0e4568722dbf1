# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Keeps the listener's place on the page when another transcript takes it. For the page's binder; GUI thread.

The same words are the same place, whatever their stamps say; where the wording is another the time decides.
"""

from __future__ import annotations

from typing import NamedTuple

from earmark.domain.outline import Outline
from earmark.domain.timeline import Timeline
from earmark.ui.page.view import PageView

_REACH = 3_000  # sentences looked through each way for the same words


class Kept(NamedTuple):
    """The first line in sight (sentence, offset in it, height) and the focused sentence, of a transcript."""

    outline: Outline
    timeline: Timeline | None
    top: tuple[int, int, int] | None
    focus: int | None


def take(page: PageView, timeline: Timeline | None, *, following: bool) -> Kept | None:
    """Return the place on the page; where it follows playback only the focus is to be kept."""
    outline, spot = page.outline, page.standing.spot()
    if outline is None:
        return None
    top = None
    if spot is not None and not following:
        sentence = outline.sentence_at(spot.paragraph, spot.offset)
        inside = max(0, spot.offset - outline.sentences[sentence].start)
        top = sentence, inside, spot.y_px
    return Kept(outline, timeline, top, page.focused_sentence())


def give_back(page: PageView, kept: Kept | None, timeline: Timeline | None) -> None:
    """Stand at the same place of the text that is on the page now."""
    outline = page.outline
    if kept is None or outline is None:
        return
    if kept.top is not None:
        sentence, inside, y_px = kept.top
        found = same_place(kept, sentence, outline, timeline)
        if found is not None:
            held = outline.sentences[found]
            page.stand_at((held.paragraph, min(held.start + inside, held.end)), y_px)
    if kept.focus is not None:
        page.set_focused_sentence(same_place(kept, kept.focus, outline, timeline))


def same_place(kept: Kept, sentence: int, outline: Outline, timeline: Timeline | None) -> int | None:
    """Return the sentence of another outline that stands where one of the old outline stood."""
    count, before = len(outline.sentences), max(1, len(kept.outline.sentences))
    middle = sentence * count // before
    words = _words(kept.outline, sentence)
    near = sorted(range(max(0, middle - _REACH), min(count, middle + _REACH)), key=lambda n: abs(n - middle))
    same = next((n for n in near if _words(outline, n) == words), None)
    if same is not None:
        return same
    ms = kept.timeline.start_ms(sentence) if kept.timeline else None
    return timeline.sentence_at(ms) if timeline is not None and ms is not None else None


def _words(outline: Outline, sentence: int) -> tuple[str, str]:
    """Return a sentence and the one after it: "Yes." is said often."""
    following = outline.text(sentence + 1) if sentence + 1 < len(outline.sentences) else ""
    return outline.text(sentence), following
