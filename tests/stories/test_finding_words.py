# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of finding: look for words without losing the place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from earmark.playback.player import PlayState


def search(story, words: str) -> None:
    story.do("find.open")
    bar = story.program.shell.find_bar
    story.qtbot.waitUntil(bar.isVisible)
    QTest.keyClicks(bar.focusProxy(), words)


def hits(story) -> int:
    return len(story.program.finder.hits)


def test_hits_are_live_on_page_and_timeline_and_playback_goes_on(sample):
    sample.play(4_000)
    search(sample, "LAMP")
    sample.qtbot.waitUntil(lambda: hits(sample) >= 4)
    assert sample.player.state is PlayState.PLAYING
    assert not sample.program.attention.following
    assert sample.window.pill.isVisible()


def test_accents_case_and_punctuation_do_not_matter(sample):
    search(sample, "QUIET night, is still")
    sample.qtbot.waitUntil(lambda: hits(sample) == 1)


def test_next_and_previous_go_round_the_end(sample):
    search(sample, "lamp")
    sample.qtbot.waitUntil(lambda: hits(sample) >= 4)
    finder = sample.program.finder
    first = finder.current
    for _ in range(hits(sample)):
        sample.do("find.next")
    assert finder.current == first
    sample.do("find.previous")
    assert finder.wrapped == (first == 0)


def test_esc_brings_view_and_focus_back(sample):
    sample.play(4_000)
    sample.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
    sample.page.set_focused_sentence(1)
    sample.page.show_ring(True)
    before = sample.page.anchor()
    following = sample.program.attention.following
    search(sample, "glass")
    sample.qtbot.waitUntil(lambda: hits(sample) >= 1)
    QTest.keyClick(sample.program.shell.find_bar.focusProxy(), Qt.Key.Key_Escape)
    assert not sample.program.shell.find_bar.isVisible()
    assert sample.program.attention.following == following
    assert sample.page.hasFocus()
    assert sample.page.anchor() == before
    assert hits(sample) == 0


def test_ctrl_enter_plays_the_hit_and_alt_left_leads_back(sample):
    sample.do("player.seek", 3_000)
    sample.now_s += 10
    search(sample, "kettle")
    if not hits(sample):
        sample.program.shell.find_bar.focusProxy().clear()
        QTest.keyClicks(sample.program.shell.find_bar.focusProxy(), "glass")
    sample.qtbot.waitUntil(lambda: hits(sample) >= 1)
    QTest.keyClick(
        sample.program.shell.find_bar.focusProxy(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert sample.player.state is PlayState.PLAYING
    assert sample.player.position_ms() > 5_000
    sample.do("jump.back")
    assert sample.player.position_ms() == 3_000


def test_nothing_found_is_said(sample):
    search(sample, "zeppelin")
    assert hits(sample) == 0
    assert sample.program.shell.find_bar.isVisible()


def test_a_hit_in_a_low_page_stands_clear_of_the_pill(sample):
    sample.program.look.set(scale=2.0)
    sample.window.resize(800, 600)
    sample.do("find.open")
    sample.qtbot.wait(50)
    sample.program.shell.find_bar.open("lamp")
    sample.qtbot.waitUntil(lambda: sample.program.finder.hit is not None)
    for _ in range(4):
        sample.do("find.next")
        sample.qtbot.wait(10)
        page, pill = sample.page, sample.window.pill
        assert pill.isVisible()
        covered = pill.rect().translated(pill.mapTo(sample.window, QPoint(0, 0)))
        for span in sample.program.finder.hit.spans:
            for rect in page.standing.span_rects(*span):
                box = rect.toRect().translated(page.viewport().mapTo(sample.window, QPoint(0, 0)))
                assert not box.intersects(covered)
