# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The page under real keys, wheel and mouse; what it tells, and what it leaves alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from earmark.ui.common.theme import Look, load_theme
from earmark.ui.page.view import PageView
from page_talk import plain_text, talk, very_long

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot):
    view = PageView(Look(load_theme("light"), reduced_motion=True))
    qtbot.addWidget(view)
    view.resize(760, 420)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.show_outline(talk(repeat=8))
    return view


def heard(signal) -> list:
    told: list = []
    signal.connect(lambda *values: told.append(values))
    return told


def middle_of(page: PageView, paragraph: int, word: str) -> QPoint:
    start = page.outline.paragraphs[paragraph].text.index(word)
    return page.standing.span_rects(paragraph, start, start + len(word))[0].center().toPoint()


def test_arrows_move_the_focus_by_sentence_and_browse_first(page):
    order: list[str] = []
    page.browsing_started.connect(lambda: order.append("browse"))
    page.focus_moved.connect(lambda number: order.append(f"focus {number}"))
    page.set_focused_sentence(0)
    order.clear()
    QTest.keyClick(page, KEY.Key_Down)
    QTest.keyClick(page, KEY.Key_Down)
    QTest.keyClick(page, KEY.Key_Up)
    assert order == ["browse", "focus 1", "browse", "focus 2", "browse", "focus 1"]


def test_without_a_focus_arrows_start_from_what_plays(page):
    page.set_now(2, None)
    QTest.keyClick(page, KEY.Key_Down)
    assert page.focused_sentence() == 3


def test_home_and_end_reach_both_ends_and_the_bar_agrees(page):
    bar = page.verticalScrollBar()
    QTest.keyClick(page, KEY.Key_End)
    assert page.focused_sentence() == len(page.outline.sentences) - 1
    assert not page.sentence_rect(page.focused_sentence()).isEmpty()
    QTest.keyClick(page, KEY.Key_Home)
    assert (page.focused_sentence(), bar.value()) == (0, 0)


def test_page_down_to_the_end_ends_on_the_last_sentence(page):
    seen = []
    for _ in range(30):
        QTest.keyClick(page, KEY.Key_PageDown)
        seen.append(page.focused_sentence())
        assert not page.sentence_rect(seen[-1]).isEmpty()
    assert seen == sorted(seen)
    assert seen[-1] == len(page.outline.sentences) - 1
    assert page.verticalScrollBar().value() == page.verticalScrollBar().maximum()
    for _ in range(30):
        QTest.keyClick(page, KEY.Key_PageUp)
    assert page.focused_sentence() == 0


def test_every_sentence_reached_by_arrows_is_in_sight(page):
    for number in range(1, len(page.outline.sentences)):
        QTest.keyClick(page, KEY.Key_Down)
        assert page.focused_sentence() in (number, number - 1)
        assert not page.sentence_rect(page.focused_sentence()).isEmpty()


def test_shift_extends_the_selection_by_sentence_both_ways(page):
    page.set_focused_sentence(2)
    QTest.keyClick(page, KEY.Key_Down, SHIFT)
    assert page.selected_sentences() == range(2, 4)
    QTest.keyClick(page, KEY.Key_Up, SHIFT)
    QTest.keyClick(page, KEY.Key_Up, SHIFT)
    assert page.selected_sentences() == range(1, 3)
    assert page.selected_text() == "Without a moon?\nAt night."


def test_plain_arrows_leave_the_selection_alone(page):
    page.select_sentences(1, 2)
    before = page.selected_span()
    page.set_focused_sentence(4)
    QTest.keyClick(page, KEY.Key_Down)
    page.set_now(3, None)
    assert page.selected_span() == before


def test_select_all_takes_everything(page):
    QTest.keyClick(page, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.selected_sentences() == range(len(page.outline.sentences))


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter])
def test_enter_plays_from_the_focused_sentence(page, key):
    told = heard(page.word_activated)
    page.set_focused_sentence(3)
    QTest.keyClick(page, key)
    found = page.outline.sentences[3]
    assert told == [(found.paragraph, found.start)]


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (KEY.Key_Space, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_B, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Up, Qt.KeyboardModifier.ControlModifier),
        (KEY.Key_PageDown, Qt.KeyboardModifier.ControlModifier),
        (KEY.Key_Left, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Return, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_other_keys_are_left_to_the_window(page, key, held):
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, held)
    QApplication.sendEvent(page, event)
    assert not event.isAccepted()


def test_the_page_is_one_tab_stop_and_tab_shows_the_focus(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    first, page, last = (
        PageView(Look(load_theme("light"))),
        PageView(Look(load_theme("light"))),
        PageView(Look(load_theme("light"))),
    )
    for view in (first, page, last):
        rows.addWidget(view)
        view.show_outline(talk(repeat=3))
    window.resize(600, 900)
    window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, KEY.Key_Tab)
    assert page.hasFocus()
    assert page.focused_sentence() == 0
    assert page.scene.ring
    QTest.keyClick(page, KEY.Key_Tab)
    assert last.hasFocus()
    assert not page.scene.ring


def test_a_click_on_a_word_plays_from_it_and_selects_nothing(page):
    told, selected = heard(page.word_activated), heard(page.selection_changed)
    QTest.mouseClick(page.viewport(), LEFT, pos=middle_of(page, 1, "river"))
    assert told == [(1, page.outline.paragraphs[1].text.index("river"))]
    assert selected == []
    assert page.selected_span() is None


def test_a_click_beside_the_text_does_nothing(page):
    told = heard(page.word_activated)
    QTest.mouseClick(page.viewport(), LEFT, pos=QPoint(740, 200))
    QTest.mouseClick(page.viewport(), LEFT, pos=QPoint(4, 100))
    assert told == []


def test_a_drag_selects_across_paragraphs_browses_and_never_plays(page):
    played, browsed = heard(page.word_activated), heard(page.browsing_started)
    start, end = middle_of(page, 0, "sailed"), middle_of(page, 2, "there")
    QTest.mousePress(page.viewport(), LEFT, pos=start)
    for point in (start + QPoint(20, 10), end):
        QTest.mouseMove(page.viewport(), point)
    QTest.mouseRelease(page.viewport(), LEFT, pos=end)
    (first, _), (last, _) = page.selected_span()
    assert (first, last) == (0, 2)
    assert page.selected_text().count("\n") == 2
    assert (played, len(browsed)) == ([], 1)


def test_a_drag_beyond_the_edge_scrolls(page, qtbot):
    start = middle_of(page, 0, "sailed")
    QTest.mousePress(page.viewport(), LEFT, pos=start)
    QTest.mouseMove(page.viewport(), QPoint(300, page.viewport().height() + 60))
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 60, timeout=5_000)
    QTest.mouseRelease(page.viewport(), LEFT, pos=QPoint(300, page.viewport().height() + 60))
    assert page.selected_span()[1][0] > 3


def test_shift_click_extends_and_a_double_click_takes_the_sentence(page):
    page.select_sentences(0, 0)
    QTest.mouseClick(page.viewport(), LEFT, SHIFT, middle_of(page, 1, "river"))
    assert page.selected_span()[0] == (0, 0)
    assert page.selected_span()[1][0] == 1
    QTest.mouseDClick(page.viewport(), LEFT, pos=middle_of(page, 1, "river"))
    QTest.mouseRelease(page.viewport(), LEFT)  # Qt takes the button for held, in the tests after this too
    assert page.selected_text() == "The moon was down, and the river was as black as the sky above it."


def wheel(page: PageView, *, steps: int = 0, px: int = 0) -> None:
    at = QPointF(300, 200)
    event = QWheelEvent(
        at,
        page.viewport().mapToGlobal(at),
        QPoint(0, px),
        QPoint(0, steps * 120),
        LEFT.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.viewport(), event)


def test_the_wheel_browses_by_lines_or_by_pixels(page):
    browsed = heard(page.browsing_started)
    page.set_now(0, None)
    spot = page.standing.spot()
    y = page.standing.y_of(0)
    wheel(page, px=-40)
    assert page.standing.y_of(0) == y - 40
    wheel(page, px=40)
    assert page.standing.spot() == spot
    wheel(page, steps=-1)
    assert page.standing.y_of(0) == y - 3 * page.standing.layouts.measures.line_px
    assert len(browsed) == 3


def test_the_scroll_bar_browses_and_reaches_both_ends(page):
    browsed = heard(page.browsing_started)
    bar = page.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMaximum)
    assert page.standing.seen()[-1][0] == len(page.outline.paragraphs) - 1
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    assert page.standing.seen()[0][:2] == (0, 0)
    assert len(browsed) == 2


def test_a_pointing_hand_over_words_only(page):
    QTest.mouseMove(page.viewport(), QPoint(4, 4))  # a move to where it was is none
    QTest.mouseMove(page.viewport(), middle_of(page, 1, "river"))
    assert page.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(page.viewport(), QPoint(4, 4))
    assert page.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_right_click_moves_the_focus_and_leaves_the_selection(page):
    page.select_sentences(1, 2)
    told = heard(page.word_activated)
    QTest.mouseClick(page.viewport(), Qt.MouseButton.RightButton, pos=middle_of(page, 1, "night."))
    assert page.focused_sentence() == 2
    assert page.selected_sentences() == range(1, 3)
    assert told == []


class Holder(QWidget):
    """Remembers the mouse buttons its children let through."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.__dict__.setdefault("pressed", []).append(event.button())


def test_the_history_buttons_of_a_mouse_are_left_to_the_window(qtbot):
    window = Holder()
    qtbot.addWidget(window)
    view = PageView(Look(load_theme("light")), window)
    view.resize(500, 300)
    window.show()
    qtbot.waitExposed(window)
    view.show_outline(talk())
    for button in (Qt.MouseButton.BackButton, LEFT, Qt.MouseButton.ForwardButton):
        QTest.mouseClick(view.viewport(), button, pos=QPoint(200, 60))
    assert window.pressed == [Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton]


def test_an_anchor_brings_view_and_focus_back(page):
    page.show_sentence(9, focus=True)
    anchor, spot = page.anchor(), page.standing.spot()
    page.show_sentence(30, focus=True)
    page.restore(anchor)
    assert (page.focused_sentence(), page.standing.spot()) == (9, spot)


def test_another_text_starts_clean(page):
    told = heard(page.selection_changed)
    page.select_sentences(2, 5)
    page.set_focused_sentence(4)
    page.set_hits(lambda _: [(0, 2)], [(0, 0, 2)])
    page.show_outline(plain_text("One.", "Two."))
    assert page.selected_span() is None
    assert page.focused_sentence() is None
    assert not page.scene.hits(0)
    assert len(told) == 2


def test_nothing_to_show_is_quiet(page):
    page.show_outline(None, "Drop a transcript here.")
    for key in (KEY.Key_Down, KEY.Key_End, KEY.Key_PageDown, KEY.Key_Return):
        QTest.keyClick(page, key)
    wheel(page, steps=-1)
    page.set_now(3, None)
    page.show_sentence(0)
    assert page.anchor() is not None
    assert page.selected_text() == ""
    assert page.grab().toImage().pixelColor(3, 3) == page.look.theme.page


def test_a_hundred_thousand_cues(page):
    page.show_outline(very_long())
    outline = page.outline
    page.grab()
    page.set_following(False)
    page.show_sentence(len(outline.sentences) // 2, focus=True)
    page.set_now(len(outline.sentences) // 2, None)
    page.set_hits(lambda _: [(4 * i, 4 * i + 3) for i in range(4)], [(1, 4, 7)])
    page.grab()
    QTest.keyClick(page, KEY.Key_End)
    assert page.focused_sentence() == len(outline.sentences) - 1
    assert len(page.standing.seen()) < 40
