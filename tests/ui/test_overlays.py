# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Pill and toast: where they float, when they go, and that they take nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from earmark.ui.common import toast as toast_module
from earmark.ui.common.pill import Pill
from earmark.ui.common.style import style_sheet
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.common.toast import Toast


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 400)
    host.show()
    return host


@pytest.fixture
def look() -> Look:
    return Look(load_theme("dark"))


def test_the_pill_floats_in_the_corner_and_follows_it(host: QWidget, look: Look) -> None:
    pill = Pill(look, host)
    assert not pill.isVisible()
    pill.show_text("Browsing — G returns to 11:04")
    assert (pill.geometry().right(), pill.geometry().bottom()) == (800 - 28 - 1, 400 - 17 - 1)
    host.resize(600, 300)
    assert pill.geometry().right() == 600 - 28 - 1
    width = pill.width()
    pill.show_text("Browsing — G returns to 1:11:04")
    assert pill.width() > width
    assert pill.geometry().right() == 600 - 28 - 1


def test_the_pill_grows_with_the_text(host: QWidget, look: Look) -> None:
    pill = Pill(look, host)
    look.set(scale=1.5)
    assert not pill.isVisible()
    pill.show_text("Browsing")
    before = pill.height()
    look.set(scale=2.0)
    assert pill.height() > before


def test_the_pill_can_be_clicked_and_takes_no_focus(qtbot: QtBot, host: QWidget, look: Look) -> None:
    pill = Pill(look, host)
    pill.show_text("Back & forth")
    assert pill.accessibleName() == "Back & forth"
    with qtbot.waitSignal(pill.clicked):
        qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert pill.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_toast_goes_by_itself(
    qtbot: QtBot, host: QWidget, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast_module, "SHOWN_MS", 20)
    toast = Toast(look, host)
    toast.show_text("Bookmarked")
    assert toast.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_toast_stays_while_the_pointer_is_on_it(
    qtbot: QtBot, host: QWidget, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast_module, "SHOWN_MS", 20)
    toast = Toast(look, host)
    toast.show_text("Bookmarked", "Undo")
    place = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(place, place, place))
    qtbot.wait(60)
    assert toast.isVisible()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_its_button_acts_once_and_ends_it(qtbot: QtBot, host: QWidget, look: Look) -> None:
    toast = Toast(look, host)
    toast.show_text("Bookmarked", "Undo")
    with qtbot.waitSignal(toast.action_chosen):
        qtbot.mouseClick(toast.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_a_notice_without_action_has_no_button(host: QWidget, look: Look) -> None:
    toast = Toast(look, host)
    toast.show_text("Bookmarked", "Undo")
    toast.show_text("Saved")
    assert not toast.findChildren(QPushButton)[0].isVisible()


def test_a_toast_leaves_the_focus_where_it_is(qtbot: QtBot, host: QWidget, look: Look) -> None:
    field = QLineEdit(host)
    field.show()
    host.activateWindow()
    field.setFocus()
    toast = Toast(look, host)
    toast.show_text("Bookmarked", "Undo")
    assert host.focusWidget() is field


def test_long_text_is_cut_inside_the_window_and_kept_whole_for_readers(host: QWidget, look: Look) -> None:
    toast = Toast(look, host)
    text = "<b>a quiet night</b> is still a night " * 20
    toast.show_text(text, "Undo")
    assert host.rect().contains(toast.geometry())
    label = toast.findChildren(QLabel)[0]
    assert label.text().startswith("<b>a quiet")
    assert label.text().endswith("…")
    assert toast.text() == text


def test_toast_and_pill_do_not_cover_each_other(host: QWidget, look: Look) -> None:
    pill, toast = Pill(look, host), Toast(look, host)
    host.resize(300, 300)
    pill.show_text("Browsing — G returns to 11:04")
    toast.show_text("Bookmarked a sentence", "Undo")
    assert not pill.geometry().intersects(toast.geometry())


def test_where_it_is_narrow_the_pill_says_the_half_that_helps(host: QWidget, look: Look) -> None:
    pill = Pill(look, host)
    look.set(scale=1.9)
    pill.show_text("Browsing — G returns to 11:04")
    host.resize(290, 330)
    assert pill.text() == "G returns to 11:04"
    assert pill.accessibleName() == "Browsing — G returns to 11:04"
    assert pill.width() == pill.sizeHint().width()
    host.resize(800, 400)
    assert pill.text() == "Browsing — G returns to 11:04"
    assert pill.width() == pill.sizeHint().width()


def test_a_notice_is_broken_anew_where_the_window_gets_narrower(host: QWidget, look: Look) -> None:
    toast = Toast(look, host)
    toast.show_text("What was marked just now is kept, and all of this can be read.", "Undo")
    before = toast.height()
    host.resize(300, 400)
    assert toast.height() > before
    assert host.rect().contains(toast.geometry())
    label = toast.findChildren(QLabel)[0]
    assert toast.rect().contains(label.geometry())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_sentence_longer_than_a_line_is_shown_whole(host: QWidget, look: Look, scale: float) -> None:
    look.set(scale=scale)
    toast = Toast(look, host)
    text = (
        "These are not two transcripts of one recording: "
        "only 0% of the words agree in order, and at least 20% must."
    )
    toast.show_text(text)
    assert toast.findChildren(QLabel)[0].text() == text
    assert host.rect().contains(toast.geometry())


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5, 2.0])
def test_a_notice_of_one_line_has_round_ends(host: QWidget, look: Look, scale: float) -> None:
    look.set(scale=scale)
    host.setStyleSheet(style_sheet(look))
    toast = Toast(look, host)
    toast.show_text("No later bookmark.")
    picture, at = host.grab().toImage(), toast.geometry()
    assert picture.pixelColor(at.center().x(), at.top() + 2) == look.theme.toast
    assert picture.pixelColor(at.topLeft()) == picture.pixelColor(0, 0)
    assert toast.height() == pytest.approx(look.px(33), abs=3)


def test_the_toast_grows_with_the_text_and_stays_in_its_place(host: QWidget, look: Look) -> None:
    toast = Toast(look, host)
    toast.show_text("Bookmark deleted", "Undo")
    before = toast.size()
    look.set(scale=2.0)
    assert toast.isVisible() and toast.text() == "Bookmark deleted"
    assert toast.width() > before.width() and toast.height() > before.height()
    assert abs(toast.geometry().center().x() - 400) <= 1
