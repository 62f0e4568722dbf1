# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the page paints, looked at pixel by pixel, and how it follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtTest import QTest

from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.transcript import Cue, Mark, Timing, Transcript
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.page.view import PageView
from page_talk import plain_text, talk


@pytest.fixture(params=["light", "dark"])
def look(request):
    return Look(load_theme(request.param), reduced_motion=True)


@pytest.fixture
def page(qtbot, look):
    view = PageView(look)
    qtbot.addWidget(view)
    view.resize(760, 420)
    view.show()
    qtbot.waitExposed(view)
    view.show_outline(talk(repeat=8))
    return view


def shades(image: QImage, box: QRectF | QRect, colour: QColor, near: int = 12) -> int:
    """Count the pixels of a box that are nearly of a colour."""
    found = 0
    rect = box.toAlignedRect() if isinstance(box, QRectF) else box
    for x in range(max(0, rect.left()), min(image.width(), rect.right() + 1)):
        for y in range(max(0, rect.top()), min(image.height(), rect.bottom() + 1)):
            seen = image.pixelColor(x, y)
            apart = abs(seen.red() - colour.red()) + abs(seen.green() - colour.green())
            found += apart + abs(seen.blue() - colour.blue()) <= near
    return found


def box_of(page: PageView, paragraph: int, text: str) -> QRectF:
    start = page.outline.paragraphs[paragraph].text.index(text)
    return page.standing.span_rects(paragraph, start, start + len(text))[0]


def word(outline: Outline, paragraph: int, text: str):
    return outline.word_at(paragraph, outline.paragraphs[paragraph].text.index(text))


def picture(page: PageView) -> QImage:
    return page.viewport().grab().toImage()


def underline(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.top() + 21, box.width(), 3)


def test_the_playing_sentence_has_a_bar_and_a_tint_and_others_have_none(page):
    theme = page.look.theme
    page.set_now(1, None)
    image = picture(page)
    box = box_of(page, 0, "Without a moon?")
    assert shades(image, box, theme.tint) > 0.5 * box.width() * box.height()
    bar = QRectF(box.left() - 5, box.top() + 6, 3, box.height() - 12)
    assert shades(image, bar, theme.accent) >= 2 * 10
    other = box_of(page, 0, "So you sailed at night?")
    assert shades(image, other.adjusted(0, 0, -8, 0), theme.tint) == 0


def test_a_word_of_known_time_is_coloured_underlined_and_boxed(page):
    theme = page.look.theme
    page.set_now(1, word(page.outline, 0, "moon?"))
    image = picture(page)
    box = box_of(page, 0, "moon?")
    assert shades(image, box, theme.page) > 50
    assert shades(image, underline(box), theme.accent) >= 2 * box.width() - 6
    assert shades(image, QRectF(box.left(), box.top() + 6, box.width(), 13), theme.accent, 60) > 20


@pytest.mark.parametrize(
    ("timing", "soft", "motion", "boxed", "underlined"),
    [
        (Timing.EXACT, False, "words", True, True),
        (Timing.ALIGNED, False, "soft", True, True),
        (Timing.ALIGNED, True, "soft", True, False),
        (Timing.ALIGNED, True, "words", False, False),
        (Timing.EXACT, False, "sentences", False, False),
        (Timing.INTERPOLATED, False, "soft", False, False),
        (Timing.NONE, False, "soft", False, False),
    ],
)
def test_how_a_word_moves_is_what_is_known_of_its_time(page, timing, soft, motion, boxed, underlined):
    theme = page.look.theme
    page.set_word_motion(motion)
    page.set_now(1, word(page.outline, 0, "moon?")._replace(timing=timing, soft=soft))
    image = picture(page)
    box = box_of(page, 0, "moon?")
    assert (shades(image, box.adjusted(1, 4, -1, -4), theme.page) > 50) is boxed
    assert (shades(image, underline(box), theme.accent) > box.width()) is underlined


def ground_of(page: PageView, box: QRectF, colour: QColor) -> float:
    inner = box.adjusted(1, 5, -1, -5)
    return shades(picture(page), inner, colour) / (inner.width() * inner.height())


def test_a_word_that_is_a_hit_or_selected_stays_so_while_it_is_said(page):
    theme, box = page.look.theme, box_of(page, 0, "moon?")
    page.set_now(1, word(page.outline, 0, "moon?"))
    at = page.outline.paragraphs[0].text.index("moon?")
    page.set_hits(lambda paragraph: [(at, at + 5)] if paragraph == 0 else [])
    assert ground_of(page, box, theme.hit) > 0.3
    assert shades(picture(page), QRectF(box.left(), box.top() + 6, box.width(), 13), theme.accent, 60) < 10
    assert shades(picture(page), underline(box), theme.accent) >= 2 * box.width() - 6
    page.set_hits(None)
    page.select_sentences(1, 1)
    assert ground_of(page, box, theme.selection) > 0.3


def test_what_is_dim_can_be_read_on_the_ground_of_hits_and_selection(page):
    cues = (Cue("Said in time.", 0, 900, words=()), Cue("Nobody knows when.", None, None))
    page.show_outline(build_outline(Transcript("test", cues)))
    theme, at = page.look.theme, page.outline.sentences[1]
    box = page.standing.span_rects(at.paragraph, at.start, at.end)[0]
    assert shades(picture(page), box, theme.dim, 60) > 30
    assert shades(picture(page), box, theme.text, 30) == 0
    page.set_hits(lambda paragraph: [(at.start, at.end)] if paragraph == at.paragraph else [])
    assert shades(picture(page), box, theme.text, 60) > 30
    page.set_hits(None)
    page.select_sentences(1, 1)
    assert shades(picture(page), box, theme.text, 60) > 30


def test_the_moving_word_never_moves_a_letter(page):
    page.set_now(1, None)
    before = [page.standing.span_rects(0, i, i + 1) for i in range(30)]
    page.set_now(1, word(page.outline, 0, "moon?"))
    picture(page)
    assert [page.standing.span_rects(0, i, i + 1) for i in range(30)] == before


def test_now_stands_in_the_gutter_of_the_playing_turn(page):
    theme = page.look.theme
    box = box_of(page, 0, "So you")
    beside = QRectF(box.left() - 60, box.top(), 45, box.height())
    assert shades(picture(page), beside, theme.dim, 90) == 0
    page.set_now(0, None)
    assert shades(picture(page), beside, theme.dim, 90) > 5


def test_hits_the_current_hit_doubt_and_margin_marks_are_seen(page):
    theme = page.look.theme
    text = page.outline.paragraphs[1].text
    river, moon = text.index("river"), text.index("moon")
    hits = [(moon, moon + 4), (river, river + 5)]
    page.set_hits(lambda paragraph: hits if paragraph == 1 else [], [(1, *hits[1])])
    page.set_uncertain([(1, text.index("black"), text.index("black") + 5)])
    page.set_margin_marks({2: "mark"})
    image = picture(page)
    assert shades(image, box_of(page, 1, "moon"), theme.hit) > 100
    assert shades(image, box_of(page, 1, "river"), theme.hit) > 100
    edge = box_of(page, 1, "river").adjusted(-3, 2, -box_of(page, 1, "river").width() + 1, -2)
    plain_edge = box_of(page, 1, "moon").adjusted(-3, 2, -box_of(page, 1, "moon").width() + 1, -2)
    assert shades(image, edge, theme.text, 200) > shades(image, plain_edge, theme.text, 200)
    assert shades(image, underline(box_of(page, 1, "black")), theme.uncertain, 60) > 6
    first = box_of(page, 1, "At night.")
    assert shades(image, QRectF(first.left() - 13, first.top(), 3, first.height()), theme.mark) > 30


@pytest.mark.parametrize(("marked_by", "bars"), [("aaa", 1), ("aab", 2), ("abb", 2), ("abc", 3)])
def test_a_bookmark_is_one_bar_over_all_its_lines_and_adjoining_ones_stand_apart(page, marked_by, bars):
    mark = page.look.theme.mark
    page.set_margin_marks(dict.fromkeys((2, 3, 4), "mark"), dict(zip((2, 3, 4), marked_by, strict=True)))
    first, last = box_of(page, 1, "At night."), box_of(page, 1, "We sang.")
    assert last.top() > first.bottom() - 2  # it takes more than one line
    image, x = picture(page), round(first.left()) - 11
    column = [
        shades(image, QRect(x, y, 1, 1), mark) > 0 for y in range(int(first.top()), int(last.bottom()) + 1)
    ]
    assert sum(now and not before for before, now in zip([False, *column], column, strict=False)) == bars


def test_the_ring_is_shown_for_keys_and_not_for_the_mouse(page, qtbot):
    theme = page.look.theme
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    QTest.keyClick(page, Qt.Key.Key_Home)
    box = box_of(page, 0, "So you sailed at night?")
    edge = QRectF(box.left() - 5, box.top() + 6, 3, box.height() - 12)
    assert shades(picture(page), edge, theme.accent, 60) > 10
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert page.focused_sentence() == 0
    assert shades(picture(page), edge, theme.accent, 60) == 0


def test_the_selection_is_seen(page):
    page.select_sentences(0, 0)
    box = box_of(page, 0, "So you sailed at night?")
    assert shades(picture(page), box, page.look.theme.selection) > 0.4 * box.width() * box.height()


def test_untimed_sentences_are_dim_among_timed_ones(page):
    cues = (Cue("Known.", 0, 900, opens_turn=True), Cue("Unknown.", opens_turn=True))
    page.show_outline(build_outline(Transcript("test", cues)))
    theme = page.look.theme
    image = picture(page)
    assert shades(image, box_of(page, 0, "Known."), theme.text) > 10
    assert shades(image, box_of(page, 1, "Unknown."), theme.text) == 0
    page.show_outline(build_outline(Transcript("test", (Cue("Never timed."),))))
    assert shades(picture(page), box_of(page, 0, "Never timed."), theme.text) > 10


def test_a_mark_is_a_small_sign_and_says_what_it_is(page):
    text = "For example to some aspects of it."
    page.show_outline(plain_text(text, marks=(Mark(211_000, 0, text.index("to")),)))
    gap = page.standing.seen()[0][2].gap_rect(text.index("to"), 16)
    box = gap.translated(page.standing.layouts.measures.left_px, 0)
    assert gap.width() > 14
    assert shades(picture(page), box, page.look.theme.uncertain, 60) >= 6
    assert page.standing.mark_under(box.center().toPoint()).ms == 211_000
    assert page.standing.mark_under(QPoint(5, 5)) is None


class Watched(PageView):
    """Remembers what it was asked to paint."""

    def paintEvent(self, event: QPaintEvent) -> None:
        self.__dict__.setdefault("asked", []).append(event.rect())
        super().paintEvent(event)


def test_a_moving_word_repaints_its_lines_only(qtbot, look):
    page = Watched(look)
    qtbot.addWidget(page)
    page.resize(760, 420)
    page.show()
    qtbot.waitExposed(page)
    page.show_outline(talk())
    page.set_following(False)
    page.set_now(2, word(page.outline, 1, "At"))
    picture(page)
    QTest.qWait(20)
    page.asked.clear()
    page.set_now(2, word(page.outline, 1, "night."))
    qtbot.waitUntil(lambda: bool(page.asked))
    assert all(rect.height() < 50 for rect in page.asked)


# ---- following


def test_following_scrolls_only_when_the_line_changes(page):
    page.set_following(True)
    text = page.outline.paragraphs[9].text
    sentence = page.outline.sentence_at(9, text.index("The moon"))
    tops = {}
    for name in ("The", "moon", "was", "down,", "and", "river", "black", "sky", "it."):
        page.set_now(sentence, word(page.outline, 9, name))
        line = round(box_of(page, 9, name).top())
        assert abs(line - page.viewport().height() // 3) <= 1
        tops.setdefault(page.standing.y_of(9), []).append(name)
    assert len(tops) == 2, tops


def test_browsing_leaves_the_view_alone_and_following_comes_back(page):
    page.set_now(40, None)
    page.browse()
    page.stand_at((0, 0), 0)
    spot = page.standing.spot()
    page.set_now(41, None)
    page.set_now(50, None)
    assert page.standing.spot() == spot
    page.set_following(True)
    found = page.outline.sentences[50]
    top = page.standing.span_rects(found.paragraph, found.start, found.end)[0].top()
    assert abs(top - page.viewport().height() // 3) <= 1


def test_a_near_line_is_glided_to_unless_motion_is_unwanted(page, qtbot):
    page.look.set(reduced_motion=False)
    page.set_following(True)
    page.set_now(9, None)
    qtbot.waitUntil(lambda: not page._glide.running)
    page.set_now(12, None)
    assert page._glide._animation.state() is QAbstractAnimation.State.Running
    qtbot.waitUntil(lambda: not page._glide.running)
    found = page.outline.sentences[12]
    top = page.standing.span_rects(found.paragraph, found.start, found.end)[0].top()
    assert abs(top - page.viewport().height() // 3) <= 1


def test_a_second_glide_at_the_edge_of_the_text_does_not_leap_first(page, qtbot):
    page.look.set(reduced_motion=False)
    for sentence in (9, 12):
        page.set_now(sentence, None)
        qtbot.waitUntil(lambda: not page._glide.running)
    page.scroll_by(-10_000)
    before = page.standing.spot()
    page._glide.start(-150)  # up, where there is nothing more
    assert page.standing.spot() == before
    qtbot.waitUntil(lambda: not page._glide.running)
    assert page.standing.spot() == before


def test_a_browsed_view_keeps_its_line_through_any_width_and_text_size(page):
    page.browse()
    page.show_sentence(30)
    spot = page.standing.spot()
    for width in (500, 380, 900, 760):
        page.resize(width, 420)
        found = page.standing.span_rects(spot.paragraph, spot.offset, spot.offset + 1)
        assert found
        assert abs(found[0].top() - spot.y_px) <= 2
    assert page.standing.spot() == spot
    page.look.set(scale=2.0)
    assert page.standing.span_rects(spot.paragraph, spot.offset, spot.offset + 1)
    page.look.set(scale=1.0)
    assert page.standing.spot() == spot


def test_following_keeps_the_playing_line_at_a_third_through_a_resize(page):
    page.set_following(True)
    page.set_now(30, None)
    for size in ((420, 500), (900, 300)):
        page.resize(*size)
        found = page.outline.sentences[30]
        top = page.standing.span_rects(found.paragraph, found.start, found.end)[0].top()
        assert abs(top - page.viewport().height() // 3) <= 1


def test_a_short_text_stands_at_the_top_without_a_bar(page):
    page.show_outline(plain_text("One.", "Two."))
    page.set_following(True)
    page.set_now(1, None)
    assert page.standing.seen()[0][:2] == (0, 0)
    assert page.verticalScrollBar().maximum() == 0


def test_text_is_text(page):
    page.show_outline(plain_text('<b>bold</b> <img src="file:///etc/hostname"> &amp; so on.'))
    page.select_sentences(0, 0)
    assert page.selected_text().startswith("<b>bold</b> <img")
    assert page.standing.seen()[0][2].layout.text().startswith("<b>bold</b> <img")
