# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The card at a disagreement: what it says, where it stands, what its keys do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from earmark.ui.common.theme import Look, load_theme
from earmark.ui.weave.card import DoubtCard

ROOM = QRect(0, 0, 800, 500)


@pytest.fixture
def card(qtbot: QtBot) -> DoubtCard:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(ROOM.size())
    host.show()
    host.activateWindow()
    card = DoubtCard(Look(load_theme("light")), host)
    card.host = host
    card.show_wordings((3, 13), ("Human", "log"), ("Machine", "lock"))
    return card


def test_both_wordings_are_told_as_plain_text_and_to_readers(card: DoubtCard) -> None:
    card.show_wordings((1, 2), ("Human", "<b>log</b>"), ("Machine", ""))
    labels = card.findChildren(QLabel)
    assert "<b>log</b>" in [label.text() for label in labels]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert card.accessibleName() == (
        "Disagreement 1 of 2. Human, in the text: <b>log</b>. Machine: nothing. Enter leaves it out."
    )


@pytest.mark.parametrize(
    "words",
    [QRect(100, 300, 60, 27), QRect(100, 4, 60, 27), QRect(760, 300, 30, 27), QRect(0, 470, 800, 27)],
    ids=["above", "below", "at the right edge", "a whole line at the foot"],
)
def test_it_stands_inside_and_never_on_the_words(card: DoubtCard, words: QRect) -> None:
    card.place(words, ROOM)
    assert ROOM.contains(card.geometry())
    assert not card.geometry().intersects(words)


def test_enter_keeps_and_the_close_button_leaves(card: DoubtCard, qtbot: QtBot) -> None:
    card.place(QRect(100, 300, 60, 27), ROOM)
    card.setFocus()
    with qtbot.waitSignal(card.keep_requested):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    keep, close = card.findChildren(QPushButton)
    assert (keep.text(), close.text()) == ("Keep “lock” (Enter)", "Close (Esc)")
    with qtbot.waitSignal(card.keep_requested):
        qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    close.setFocus()
    with qtbot.waitSignal(card.left), qtbot.assertNotEmitted(card.keep_requested):
        qtbot.keyClick(close, Qt.Key.Key_Return)


def test_a_long_wording_is_broken_into_lines_and_the_button_stays_short(card: DoubtCard) -> None:
    long = "a wording that goes on and on, as machines do when they hear a song " * 2
    card.show_wordings((1, 1), ("Human", "log"), ("Machine", long))
    card.place(QRect(100, 400, 60, 27), ROOM)
    assert ROOM.contains(card.geometry())
    assert card.findChildren(QPushButton)[0].width() < card.width()


def test_in_a_low_page_it_leaves_the_line_of_the_words_in_sight(card: DoubtCard) -> None:
    room = QRect(0, 0, 800, 150)
    needed = card.room_px(room)
    assert needed < card.room_px(ROOM)
    words = QRect(100, room.bottom() - needed - 27, 60, 27)
    card.place(words, room)
    line = QRect(0, words.top(), 800, words.height())
    assert room.contains(card.geometry())
    assert not card.geometry().intersects(line)
