# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A woven transcript on the page: what is the machine's looks so, and is told so."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible

from earmark.domain.reading import build_outline
from earmark.domain.transcript import FILLED, SKIPPED, Cue, Mark, Transcript
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.page.shown import borrowed
from earmark.ui.page.view import PageView

CUES = (
    Cue("You write the wind,", 0, 1_000, "Ines", opens_turn=True),
    Cue("you write the glass,", 1_000, 2_000, "Ines", id=FILLED),
    Cue("and then your name.", 2_000, 3_000, "Ines"),
    Cue("Buy our soap today.", 3_000, 4_000, id=SKIPPED, opens_turn=True),
    Cue("Nobody else was there.", 4_000, 5_000, "Tomas", opens_turn=True),
)
MARK = Mark(1_000, 2, 0, FILLED)


def outline(form: str = "woven"):
    return build_outline(Transcript(form, CUES, marks=(MARK,)))


@pytest.fixture
def page(qtbot):
    page = PageView(Look(load_theme("light")))
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    page.show_outline(outline())
    return page


def formats(page, paragraph):
    block = page.standing.layouts.block(paragraph)
    return [
        (block.shown.text[f.start : f.start + f.length], f.format.fontItalic(), f.format.foreground().color())
        for f in block.layout.formats()
    ]


def test_filled_words_are_slanted_and_dim_and_need_no_sign(page):
    assert formats(page, 0) == [("you write the glass,", True, page.look.theme.dim)]
    assert page.standing.layouts.block(0).gaps == []


def test_a_skipped_passage_is_dim_and_headed_by_what_it_is(page):
    assert formats(page, 1) == [("Buy our soap today.", False, page.look.theme.dim)]
    assert page.standing.layouts.block(1).header == "ONLY HEARD BY THE MACHINE"
    assert formats(page, 2) == []


def test_ids_of_another_transcript_mean_nothing():
    assert all(borrowed(outline("webvtt"), paragraph) == [] for paragraph in range(3))


def test_a_screen_reader_is_told_the_same(page):
    page.set_uncertain([(2, 0, 6)])

    def told(sentence):
        return page.page_access.item(sentence).text(QAccessible.Text.Description)

    assert "filled from the machine" in told(0)
    assert "only heard by the machine" in told(1)
    assert "the transcripts differ" in told(2)
    assert "differ" not in told(1)


def test_a_place_where_a_word_is_missing_is_seen(page):
    blank = page.outline.paragraphs[2].text.index(" ")
    before = page.grab().toImage()
    page.set_uncertain([(2, blank, blank + 1)])
    after = page.grab().toImage()
    box = page.standing.span_rects(2, blank, blank + 1)[0].toAlignedRect()
    changed = [
        (x, y)
        for x in range(box.left() - 8, box.right() + 8)
        for y in range(box.top(), box.bottom() + 4)
        if before.pixelColor(x, y) != after.pixelColor(x, y)
    ]
    assert len({x for x, _ in changed}) >= 5
