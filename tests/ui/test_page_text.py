# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Offsets, boxes and hit testing in any script; the page to a screen reader."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible

from earmark.domain.reading import build_outline
from earmark.domain.transcript import Cue, Mark, Transcript
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.page.layout import Layouts, Measures
from earmark.ui.page.scene import Selection, of_sentences
from earmark.ui.page.shown import MarkIndex, ShownText
from earmark.ui.page.standing import Standing
from earmark.ui.page.view import PageView
from page_talk import plain_text, talk

TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("😀👩‍🚀𝔘 \u202e\u2066אבגمرحبا中文e\u0301\u200d"),
    ),
    max_size=60,
)


@given(TEXT)
def test_offsets_go_to_qt_and_back(text):
    shown = ShownText(text)
    units = [len(text[:i].encode("utf-16-le")) // 2 for i in range(len(text) + 1)]
    assert [shown.to_qt(i) for i in range(len(text) + 1)] == units
    assert [shown.from_qt(at) for at in units] == list(range(len(text) + 1))
    assert len(shown.text) == len(text)


def test_inside_a_pair_is_the_character_that_holds_it():
    shown = ShownText("a😀b")
    assert [shown.from_qt(i) for i in range(5)] == [0, 1, 1, 2, 3]


def test_what_must_not_be_shown_is_replaced_in_place():
    text = "a\u202ebc\u2069d\x07e\u2028f\ud800g"
    shown = ShownText(text).text
    assert len(shown) == len(text)
    assert not set("\u202e\u2069\x07\u2028\ud800") & set(shown)
    shown.encode("utf-8")


@pytest.fixture
def look(qapp):
    return Look(load_theme("light"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT.filter(str.strip))
@example("0\U000e0000")
def test_any_text_is_laid_out_and_every_place_is_found(look, text):
    outline = plain_text(text)
    if not outline.paragraphs:
        return
    layouts = Layouts(look, outline, Measures(look, 300))
    block = layouts.block(0)
    length = len(outline.paragraphs[0].text)
    for offset in range(length):
        for rect in block.rects(offset, offset + 1):
            assert rect.width() >= 0
            if rect.width():  # a sign without width cannot be pointed at
                assert 0 <= block.offset_at(rect.center().x(), rect.center().y()) < length
    widths = sum(rect.width() for rect in block.rects(0, length))
    assert widths <= len(block.lines) * (layouts.measures.text_px + 40)


def test_a_word_behind_emoji_is_the_word_clicked(look):
    text = "😀😀 hello 👩‍🚀 world 😀"
    block = Layouts(look, plain_text(text), Measures(look, 700)).block(0)
    for name in ("hello", "world"):
        start = text.index(name)
        rect = block.rects(start, start + len(name))[0]
        assert block.offset_at(rect.left() + 1, rect.center().y()) == start
        assert block.offset_at(rect.right() - 1, rect.center().y()) == start + len(name) - 1


def test_a_right_to_left_paragraph_begins_at_the_right(look):
    text = "שלום עולם"
    layouts = Layouts(look, plain_text(text), Measures(look, 700))
    block = layouts.block(0)
    first = block.rects(0, 4)[0]
    assert first.right() > layouts.measures.text_px - 4
    assert block.offset_at(first.right() - 1, first.center().y()) == 0


def test_a_span_over_mixed_directions_covers_just_its_letters(look):
    text = "abc שלום def"
    block = Layouts(look, plain_text(text), Measures(look, 700)).block(0)
    span = text.index("לום")
    boxes = block.rects(0, span)
    assert len(boxes) == 2
    inner = block.rects(span, span + 3)[0]
    assert all(box.intersected(inner).width() < 1 for box in boxes)


def test_a_long_run_without_blanks_is_broken(look):
    layouts = Layouts(look, plain_text("x" * 1_500), Measures(look, 500))
    block = layouts.block(0)
    assert len(block.lines) > 20
    assert all(rect.right() <= layouts.measures.text_px + 1 for rect in block.rects(0, 1_500))


def test_lines_hold_about_sixty_eight_characters(look):
    text = "the quick brown fox jumps over the lazy dog and then it sleeps in the sun " * 12
    block = Layouts(look, plain_text(text.strip()), Measures(look, 1_200)).block(0)
    counts = [line.end - line.start for line in block.lines[:-1]]
    assert 60 <= sum(counts) / len(counts) <= 74


def test_a_narrow_page_puts_the_time_above_the_text(look):
    wide, narrow = Layouts(look, talk(), Measures(look, 800)), Layouts(look, talk(), Measures(look, 320))
    assert not wide.measures.stacked
    assert narrow.measures.stacked
    assert narrow.measures.left_px + narrow.measures.text_px <= 320


def test_only_so_many_paragraphs_are_kept(look):
    outline = talk(repeat=200)
    layouts = Layouts(look, outline, Measures(look, 500))
    for index in range(len(outline.paragraphs)):
        layouts.block(index)
    assert len(layouts._blocks) == 600


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(1, 12),
    st.integers(60, 900),
    st.lists(st.tuples(st.integers(0, 47), st.integers(-3_000, 3_000)), max_size=12),
)
def test_no_move_leaves_the_text(look, repeat, height_px, moves):
    layouts = Layouts(look, talk(repeat=repeat), Measures(look, 500))
    standing = Standing(layouts, height_px)
    total = sum(layouts.height(i) for i in range(len(layouts)))
    for number, px in moves:
        if number % 2:
            standing.place(number % len(layouts), 0, px)
        else:
            standing.move_by(px)
        seen = standing.seen()
        top, bottom = seen[0][1], seen[-1][1] + layouts.height(seen[-1][0])
        assert top <= 0
        assert bottom >= min(height_px, total)
        assert [index for index, _, _ in seen] == list(range(seen[0][0], seen[-1][0] + 1))
        maximum, value, _ = standing.bar()
        assert 0 <= value <= maximum
        spot = standing.spot()
        standing.return_to(spot)
        assert standing.spot() == spot


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 80)), max_size=8))
def test_marks_are_where_the_outline_says(places):
    cues = tuple(
        Cue(
            "One two three. Four five six seven, eight. Nine ten " * (i % 3 + 1),
            i * 40_000,
            i * 40_000 + 30_000,
        )
        for i in range(6)
    )
    marks = tuple(Mark(i, cue, offset) for i, (cue, offset) in enumerate(places))
    outline = build_outline(Transcript("test", cues, marks=marks))
    index = MarkIndex(outline)
    for paragraph in range(len(outline.paragraphs)):
        assert index.of(paragraph) == sorted(outline.marks_in(paragraph), key=lambda pair: pair[0])


def test_a_selection_reads_the_same_from_both_ends():
    outline = talk()
    forward, backward = of_sentences(outline, 1, 3), of_sentences(outline, 3, 1)
    assert forward.span == backward.span
    assert forward.text(outline) == backward.text(outline)
    assert forward.sentences(outline) == range(1, 4)
    assert Selection((0, 3), (0, 3)).sentences(outline) is None
    blank = outline.sentences[0].end
    assert Selection((0, blank), (0, blank + 1)).sentences(outline) is None


# ---- to a screen reader


@pytest.fixture
def page(qtbot, look):
    view = PageView(look)
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    qtbot.waitExposed(view)
    view.show_outline(talk(repeat=20))
    return view


def test_the_page_is_a_list_of_its_sentences(page):
    found = QAccessible.queryAccessibleInterface(page)
    assert found.role() is QAccessible.Role.List
    assert found.childCount() == len(page.outline.sentences)
    third = found.child(2)
    assert third.role() is QAccessible.Role.ListItem
    assert third.text(QAccessible.Text.Name) == "At night."
    assert third.text(QAccessible.Text.Description) == "Tomas, 5 seconds"
    assert found.indexOfChild(third) == 2
    assert third.parent().indexOfChild(third) == 2
    assert found.child(100_000) is None


def test_items_say_where_they_are_and_whether_they_are_chosen(page):
    found = QAccessible.queryAccessibleInterface(page)
    page.select_sentences(1, 2)
    assert [found.child(i).state().selected for i in range(4)] == [0, 1, 1, 0]
    assert not found.child(0).state().offscreen
    assert found.child(90).state().offscreen
    box = found.child(1).rect()
    assert page.rect().translated(page.mapToGlobal(QPoint(0, 0))).contains(box)
    assert found.childAt(box.center().x(), box.center().y()).text(QAccessible.Text.Name) == "Without a moon?"


def test_only_a_move_of_the_focus_is_told(page, qtbot, monkeypatch):
    told: list[tuple[object, int]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append((event.type(), event.child()))
    )
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    told.clear()
    page.set_now(3, None)
    page.set_now(4, None)
    assert told == []
    page.set_focused_sentence(7)
    assert told == [(QAccessible.Event.Focus, 7)]
    assert QAccessible.queryAccessibleInterface(page).focusChild().text(QAccessible.Text.Name) == (
        page.outline.text(7)
    )


def test_interfaces_end_with_their_text_and_their_page(qtbot, look):
    for turn in range(12):
        view = PageView(look)
        view.show_outline(talk())
        found = QAccessible.queryAccessibleInterface(view)
        names = [found.child(i).text(QAccessible.Text.Name) for i in range(found.childCount())]
        assert names[0] == "So you sailed at night?"
        if turn % 2:
            view.show_outline(plain_text("Another text."))
            assert QAccessible.queryAccessibleInterface(view).childCount() == 1
        del found, view
        gc.collect()
