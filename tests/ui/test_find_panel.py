# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The find bar: what it says and what its keys ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from earmark.ui.common.theme import Look, load_theme
from earmark.ui.find.panel import FindBar
from earmark.ui.frame.header import Header

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[FindBar]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1_000, 300)
    bar = FindBar(Look(load_theme("light")), host)
    bar.resize(1_000, 50)
    host.show()
    yield bar


@pytest.fixture
def asked(bar: FindBar) -> list[str]:
    asked: list[str] = []
    bar.query_changed.connect(asked.append)
    bar.next_requested.connect(lambda: asked.append("<next>"))
    bar.previous_requested.connect(lambda: asked.append("<previous>"))
    bar.play_hit_requested.connect(lambda: asked.append("<play>"))
    bar.closed.connect(lambda: asked.append("<closed>"))
    return asked


def field(bar: FindBar) -> QLineEdit:
    return bar.findChildren(QLineEdit)[0]


def said(bar: FindBar) -> str:
    return bar.findChildren(QLabel)[0].text()


def test_every_letter_is_a_query(qtbot: QtBot, bar: FindBar, asked: list[str]) -> None:
    bar.open()
    qtbot.keyClicks(field(bar), "lam")
    assert asked == ["", "l", "la", "lam"]


def test_it_opens_with_the_text_it_is_given_in_one_line_and_selected(bar: FindBar, asked: list[str]) -> None:
    bar.open("the lamp\nwas lit")
    assert asked == ["the lamp was lit"]
    assert field(bar).selectedText() == "the lamp was lit"
    assert bar.isVisible()


def test_it_opens_with_the_last_query(qtbot: QtBot, bar: FindBar, asked: list[str]) -> None:
    bar.open("lamp")
    qtbot.keyClick(field(bar), Qt.Key.Key_Escape)
    bar.open()
    assert asked == ["lamp", "<closed>", "lamp"]
    assert bar.query() == "lamp"


@pytest.mark.parametrize(
    ("key", "modifier", "asks"),
    [
        (Qt.Key.Key_Return, NONE, "<next>"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "<next>"),
        (Qt.Key.Key_Return, SHIFT, "<previous>"),
        (Qt.Key.Key_Return, CTRL, "<play>"),
        (Qt.Key.Key_Escape, NONE, "<closed>"),
    ],
)
def test_keys(
    qtbot: QtBot, bar: FindBar, asked: list[str], key: Qt.Key, modifier: Qt.KeyboardModifier, asks: str
) -> None:
    bar.open()
    asked.clear()
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    override.ignore()
    QApplication.sendEvent(field(bar), override)
    assert override.isAccepted()
    qtbot.keyClick(field(bar), key, modifier)
    assert asked == [asks]


def test_play_all_hits_is_not_its_key(bar: FindBar, asked: list[str], qtbot: QtBot) -> None:
    bar.open()
    asked.clear()
    qtbot.keyClick(field(bar), Qt.Key.Key_Return, CTRL | SHIFT)
    assert asked == []


def test_esc_hides_it(qtbot: QtBot, bar: FindBar) -> None:
    bar.open()
    qtbot.keyClick(field(bar), Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_it_says_where_it_is(bar: FindBar) -> None:
    bar.open("lamp")
    bar.set_result(2, 11)
    assert said(bar) == "3 of 11  ·  Enter next  ·  Esc back"
    bar.set_result(0, 11, wrapped=True)
    assert said(bar).startswith("1 of 11  ·  from the start")
    bar.set_result(10, 11, wrapped=True)
    assert said(bar).startswith("11 of 11  ·  from the end")
    bar.set_result(1_233, 930_995)
    assert said(bar).startswith("1,234 of 930,995")


def test_it_says_when_there_is_no_hit_and_offers_no_next(bar: FindBar) -> None:
    bar.open("whale")
    bar.set_result(None, 0)
    assert said(bar).startswith("No hit")
    buttons = {button.accessibleName(): button for button in bar.findChildren(QToolButton)}
    assert not buttons["Next hit"].isEnabled()
    assert buttons["Close"].isEnabled()


def test_nothing_typed_nothing_said_but_the_keys(bar: FindBar) -> None:
    bar.open()
    bar.set_result(None, 0)
    assert said(bar) == "Enter next  ·  Esc back"


def test_a_narrow_bar_keeps_the_place_and_drops_the_hint(bar: FindBar) -> None:
    bar.open("lamp")
    bar.set_result(2, 11)
    bar.resize(420, 50)
    assert said(bar) == "3 of 11"
    bar.resize(1_000, 50)
    assert said(bar).endswith("Esc back")


@pytest.mark.parametrize("width", [420, 700, 1_000])
def test_its_field_begins_where_the_title_above_it_does(bar: FindBar, width: int) -> None:
    header = Header(bar._look, bar.parentWidget())
    header.show_title("The keeper's logbook", "")
    for part in (bar, header):
        part.resize(width, 50)
        part.show()
    bar.open()
    assert field(bar).x() == header.findChildren(QLabel)[0].x()


def test_the_count_reaches_a_screen_reader(bar: FindBar) -> None:
    bar.open("lamp")
    bar.set_result(2, 11)
    assert field(bar).accessibleDescription() == "3 of 11"


def test_buttons_do_what_keys_do(qtbot: QtBot, bar: FindBar, asked: list[str]) -> None:
    bar.open("lamp")
    bar.set_result(0, 2)
    asked.clear()
    for button in bar.findChildren(QToolButton):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert button.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert asked == ["<previous>", "<next>", "<closed>"]
