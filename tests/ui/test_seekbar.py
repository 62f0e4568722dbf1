# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The timeline: drag, click, keys, and what a screen reader meets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from earmark.ui.common.theme import Look, load_theme
from earmark.ui.player.preview import Preview
from earmark.ui.player.seekbar import SeekBar

LEFT = Qt.MouseButton.LeftButton
HALF_HOUR = 1_800_000


@pytest.fixture
def look() -> Look:
    return Look(load_theme("light"))


@pytest.fixture
def bar(qtbot: QtBot, look: Look) -> Iterator[SeekBar]:
    window = QMainWindow()
    bar = SeekBar(look, window)
    qtbot.addWidget(window)
    window.resize(1_016, 400)
    bar.setGeometry(0, 300, 1_016, 28)  # 8 px of inset at both ends: a pixel is 1.8 s
    bar.set_duration(HALF_HOUR)
    window.show()
    yield bar


@pytest.fixture
def sought(bar: SeekBar) -> list[int]:
    found: list[int] = []
    bar.sought.connect(found.append)
    return found


def at(share: float) -> QPoint:
    return QPoint(8 + round(share * 1_000), 14)


def move(bar: SeekBar, point: QPoint) -> None:
    """Move the pointer; QTest sends nothing where the last test left it in the same place."""
    place, none = QPointF(point), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(bar, event)


def preview_of(bar: SeekBar) -> Preview:
    return bar.window().findChildren(Preview)[0]


def test_a_click_seeks_there(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    qtbot.mouseClick(bar, LEFT, pos=at(0.5))
    assert sought == [HALF_HOUR // 2]
    assert bar.value() == HALF_HOUR // 2


def test_a_drag_seeks_once_when_let_go(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    previewed: list[int] = []
    bar.preview_requested.connect(previewed.append)
    qtbot.mousePress(bar, LEFT, pos=at(0.1))
    move(bar, at(0.7))
    assert sought == []
    qtbot.mouseRelease(bar, LEFT, pos=at(0.8))
    assert sought == [HALF_HOUR * 8 // 10]
    assert previewed == [HALF_HOUR // 10, HALF_HOUR * 7 // 10]


def test_esc_cancels_a_drag(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    bar.set_position(1_000)
    qtbot.mousePress(bar, LEFT, pos=at(0.5))
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    qtbot.mouseRelease(bar, LEFT, pos=at(0.5))
    assert sought == []
    assert bar.value() == 1_000
    assert not preview_of(bar).isVisible()


def test_the_clock_does_not_tear_the_knob_from_the_hand(
    qtbot: QtBot, bar: SeekBar, sought: list[int]
) -> None:
    qtbot.mousePress(bar, LEFT, pos=at(0.5))
    bar.set_position(2_000)
    qtbot.mouseRelease(bar, LEFT, pos=at(0.5))
    assert sought == [HALF_HOUR // 2]


def test_a_drag_outside_stays_within_the_recording(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    qtbot.mousePress(bar, LEFT, pos=at(0.5))
    qtbot.mouseRelease(bar, LEFT, pos=QPoint(5_000, 14))
    assert sought == [HALF_HOUR]


def test_the_clock_seeks_nothing(bar: SeekBar, sought: list[int]) -> None:
    bar.set_position(5_000)
    bar.set_duration(3_000)  # clamps the position
    assert sought == []


def test_the_knob_follows_the_clock(bar: SeekBar, look: Look) -> None:
    bar.set_position(900_000)
    bar.grab()
    bar.set_position(1_200_000)
    assert bar.grab().toImage().pixelColor(600, 14).name() == look.theme.accent.name()


def test_a_screen_reader_that_sets_the_value_seeks(bar: SeekBar, sought: list[int]) -> None:
    QAccessible.queryAccessibleInterface(bar).valueInterface().setCurrentValue(60_000)
    assert sought == [60_000]


def test_the_wheel_does_nothing(bar: SeekBar, sought: list[int]) -> None:
    bar.set_position(60_000)
    place = QPointF(at(0.5))
    wheel = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(bar, wheel)
    assert (sought, bar.value()) == ([], 60_000)


@pytest.mark.parametrize(
    ("key", "target"),
    [
        (Qt.Key.Key_Left, 595_000),
        (Qt.Key.Key_Right, 605_000),
        (Qt.Key.Key_PageUp, 570_000),
        (Qt.Key.Key_PageDown, 630_000),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, HALF_HOUR),
    ],
)
def test_keys(qtbot: QtBot, bar: SeekBar, sought: list[int], key: Qt.Key, target: int) -> None:
    bar.set_position(600_000)
    qtbot.keyClick(bar, key)
    assert sought == [target]


def test_keys_stay_within_the_recording(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    bar.set_position(2_000)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert sought == [0]


def test_page_keys_go_by_chapters_where_there_are_some(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    bar.set_chapters([(0, "One"), (100_000, "Two"), (200_000, "Three")])
    bar.set_position(150_000)
    qtbot.keyClick(bar, Qt.Key.Key_PageDown)
    qtbot.keyClick(bar, Qt.Key.Key_PageUp)  # just begun: the one before
    bar.set_position(150_000)
    qtbot.keyClick(bar, Qt.Key.Key_PageUp)  # well inside: its own start
    assert sought == [200_000, 100_000, 100_000]


def test_keys_of_others_are_left_to_them(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_B):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(bar, event)
        assert not event.isAccepted()
    qtbot.keyClick(bar, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert sought == []


def test_its_keys_come_before_the_windows_shortcuts(bar: SeekBar) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(bar, event)
    assert event.isAccepted()


def test_nothing_open_nothing_to_seek(qtbot: QtBot, bar: SeekBar, sought: list[int]) -> None:
    bar.set_duration(0)
    qtbot.mouseClick(bar, LEFT, pos=at(0.5))
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert sought == []


def test_a_click_does_not_take_the_focus(bar: SeekBar) -> None:
    assert bar.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_screen_reader_meets_a_slider_with_words(bar: SeekBar) -> None:
    bar.set_duration(1_794_000)
    bar.set_position(664_000)
    bar.describe()
    met = QAccessible.queryAccessibleInterface(bar)
    assert met.role() == QAccessible.Role.Slider
    assert met.text(QAccessible.Text.Name) == "Position"
    assert met.text(QAccessible.Text.Description) == "11 minutes 4 seconds of 29 minutes 54 seconds"
    assert met.valueInterface().currentValue() == 664_000


def test_hovering_shows_time_chapter_and_plain_sentence(qtbot: QtBot, bar: SeekBar) -> None:
    bar.set_chapters([(0, "Opening"), (600_000, "The log")])
    bar.set_preview_source("<b>{}</b>".format)
    move(bar, at(0.5))
    shown = preview_of(bar)
    assert shown.isVisible()
    assert shown.heading == "15:00  The log"
    assert shown.lines == ["<b>900000</b>"]
    assert shown.geometry().bottom() <= bar.geometry().top()


def test_hovering_a_bookmark_names_it(qtbot: QtBot, bar: SeekBar) -> None:
    bar.set_marks([(903_000, "Opening for the essay", "mark")])
    move(bar, at(0.5))
    assert preview_of(bar).heading == "15:00  Opening for the essay"


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_long_sentence_is_cut_to_two_lines_inside_the_window(
    qtbot: QtBot, bar: SeekBar, share: float
) -> None:
    bar.set_preview_source(lambda ms: "you write the wind\nand the glass " * 50)
    move(bar, at(share))
    shown = preview_of(bar)
    assert len(shown.lines) == 2
    assert shown.lines[1].endswith("…")
    assert bar.window().rect().contains(shown.geometry())


def test_the_preview_goes_when_the_pointer_goes(qtbot: QtBot, bar: SeekBar) -> None:
    move(bar, at(0.5))
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert not preview_of(bar).isVisible()


def test_hits_beyond_counting_become_a_mark_a_pixel(bar: SeekBar) -> None:
    bar.set_hits(range(0, HALF_HOUR, 36))
    assert len(bar._track.columns(bar._track.hits)) <= 1_001


def test_marks_that_touch_are_painted_as_one(bar: SeekBar, look: Look) -> None:
    def hits_row() -> list[bool]:
        image = bar.grab().toImage()
        return [image.pixelColor(x, 21).name() == look.theme.hit_mark.name() for x in range(image.width())]

    bar.set_hits([450_000, 452_000, 454_000, 900_000, 909_000])
    row = hits_row()
    assert sum(row) >= 7
    assert all(row[8 + 250 : 8 + 253])
    assert row[8 + 500]
    assert not row[8 + 502]
    assert row[8 + 505]
    bar.set_hits([])
    assert not any(hits_row())


def test_everything_is_painted_in_its_place(bar: SeekBar, look: Look) -> None:
    bar.set_marks([(450_000, "here", "mark")])
    bar.set_hits([900_000])
    bar.set_heard([(1_100_000, 1_200_000)])
    bar.set_loop(1_300_000, 1_400_000)
    bar.set_position(300_000)
    image = bar.grab().toImage()

    def colour(ms: int, y: int) -> str:
        return image.pixelColor(8 + round(ms / 1_800), y).name()

    assert colour(100_000, 14) == look.theme.accent.name()
    assert colour(600_000, 14) == look.theme.border.name()
    assert colour(450_000, 5) == look.theme.mark.name()
    assert colour(900_000, 21) == look.theme.hit_mark.name()
    assert colour(1_150_000, 14) not in (look.theme.border.name(), look.theme.accent.name())
    assert colour(1_350_000, 9) != colour(1_250_000, 9)


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5, 2.0])
def test_groove_and_marks_have_sharp_edges_and_do_not_touch(bar: SeekBar, look: Look, scale: float) -> None:
    look.set(scale=scale)
    bar.resize(1_016, look.px(28))
    bar.set_heard([(0, HALF_HOUR)])
    bar.set_position(HALF_HOUR // 2)
    bar.set_marks([(HALF_HOUR // 4, "", "mark")])
    bar.set_hits([HALF_HOUR // 4])
    bar.set_loop(HALF_HOUR // 3, HALF_HOUR // 3)
    image, theme = bar.grab().toImage(), look.theme
    ground = image.pixelColor(0, 0)

    def down(x: int) -> list[QColor]:
        return [image.pixelColor(x, y) for y in range(image.height())]

    assert {colour.name() for colour in down(bar.width() // 8)} == {ground.name(), theme.accent.name()}
    quarter = at_x(bar, HALF_HOUR // 4)
    seen = [colour.name() for colour in down(quarter)]
    mark, groove, hit = theme.mark.name(), theme.accent.name(), theme.hit_mark.name()
    assert set(seen) == {ground.name(), mark, groove, hit}
    for above, below in ((mark, groove), (groove, hit)):
        assert seen.index(below) > len(seen) - seen[::-1].index(above)
    top, third = seen.index(mark) + 1, at_x(bar, HALF_HOUR // 3)
    across = {image.pixelColor(x, top).name() for x in range(quarter - 20, quarter + 20)}
    assert across == {ground.name(), mark}
    across = {image.pixelColor(x, seen.index(groove) - 2).name() for x in range(third - 20, third + 20)}
    assert across == {ground.name(), theme.accent.name()}


def at_x(bar: SeekBar, ms: int) -> int:
    return round(bar._track.x(ms))


def test_an_empty_timeline_still_shows_its_groove(bar: SeekBar, look: Look) -> None:
    bar.set_duration(0)
    assert bar.grab().toImage().pixelColor(508, 14).name() == look.theme.border.name()


def test_another_theme_is_painted_at_once(bar: SeekBar, look: Look) -> None:
    bar.grab()
    look.set(theme=load_theme("dark"))
    assert bar.grab().toImage().pixelColor(508, 14).name() == look.theme.border.name()


def test_a_position_told_before_the_length_is_shown_with_it(bar: SeekBar) -> None:
    bar.set_duration(0)
    bar.set_position(90_000)
    bar.set_duration(100_000)
    assert bar.value() == 90_000


def test_the_preview_goes_when_the_listener_does_something_else(qtbot: QtBot, bar: SeekBar) -> None:
    move(bar, at(0.5))
    assert preview_of(bar).isVisible()
    bar.hide_preview()
    assert not preview_of(bar).isVisible()
