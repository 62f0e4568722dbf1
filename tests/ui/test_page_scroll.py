# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Scrolling moves what is painted and paints only what came into sight: the screen must not tell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QWidget

from earmark.ui.common.theme import Look, load_theme
from earmark.ui.page.view import PageView
from page_talk import talk


class Painted(QObject):
    """Notes how much of the surface was painted."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page)
        self.heights: list[int] = []
        page.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.heights.append(event.rect().height())
        return False


@pytest.fixture
def page(qtbot):
    view = PageView(Look(load_theme("light"), reduced_motion=True))
    qtbot.addWidget(view)
    view.resize(760, 420)
    view.show()
    qtbot.waitExposed(view)
    view.show_outline(talk(repeat=8))
    view.set_following(False)
    return view


def on_screen(qtbot, page: PageView) -> QImage:
    """What stands on the screen, as it was put there piece by piece."""
    qtbot.wait(1)
    surface = page.viewport()
    whole = page.screen().grabWindow(page.winId()).toImage()
    return whole.copy(QRect(surface.mapTo(page, QPoint(0, 0)), surface.size()))


def painted_anew(page: PageView) -> QImage:
    return page.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def same(one: QImage, other: QImage) -> bool:
    return one.convertToFormat(QImage.Format.Format_RGB32) == other


@pytest.mark.parametrize("steps", [(1,), (7, 11, 40), (300, -120, -3), (5, -5), (10_000, -2), (-50,)])
def test_a_scrolled_page_looks_as_if_painted_anew(qtbot, page, steps):
    assert same(on_screen(qtbot, page), painted_anew(page))
    for number, px in enumerate(steps):
        page.scroll_by(px)
        page.set_now(number + 1, None)  # something else changes in the same turn
        assert same(on_screen(qtbot, page), painted_anew(page))
    page.scroll_by(9)  # twice in one turn
    page.set_now(6, None)
    page.scroll_by(14)
    assert same(on_screen(qtbot, page), painted_anew(page))


def test_only_what_came_into_sight_is_painted(qtbot, page):
    on_screen(qtbot, page)
    painted = Painted(page)
    page.scroll_by(12)
    on_screen(qtbot, page)
    assert painted.heights
    assert max(painted.heights) <= 12


def test_what_lies_on_the_page_does_not_smear(qtbot, page):
    card = QWidget(page.viewport())
    card.setAutoFillBackground(True)
    card.setGeometry(100, 60, 200, 80)
    card.show()
    on_screen(qtbot, page)
    page.scroll_by(12)
    assert card.geometry().top() == 60
    assert same(on_screen(qtbot, page), painted_anew(page))
