# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of looks: text size and colours reach everything at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from earmark.ui.common.style import style_sheet
from earmark.ui.common.theme import load_theme


def test_another_text_size_reaches_the_labels_that_chose_their_own_font(sample):
    header, look = sample.program.shell.header, sample.program.look
    for command in ("view.text_larger", "view.text_larger", "view.text_smaller", "view.text_reset"):
        _restyled(sample, command)
        assert header._title.font().pixelSize() == look.px(18)
    assert look.scale == 1.0


def test_another_look_comes_in_turns_and_is_seen_whole(sample):
    look, seen = sample.program.look, []
    look.changed.connect(lambda: seen.append((look.theme.name, look.scale)))
    sample.do("view.theme_dark")
    assert look.theme.name == "light" and not sample.window.updatesEnabled()
    sample.do("view.text_larger")
    sample.do("view.theme_light")  # thought better of it meanwhile
    sample.qtbot.waitUntil(sample.window.updatesEnabled)
    sample.qtbot.waitUntil(lambda: len(seen) == 2)
    sample.qtbot.waitUntil(sample.window.updatesEnabled)
    assert seen == [("dark", 1.0), ("light", 1.1)]
    assert style_sheet(look) == sample.program.application.styleSheet()


def test_another_look_is_on_the_screen_though_nothing_else_happens(sample):
    window = sample.window
    window.resize(1_000, 700)

    def seen():
        return window.screen().grabWindow(window.winId()).toImage().pixelColor(4, 400)  # the library pane

    for command, name in (("view.theme_dark", "dark"), ("view.theme_light", "light")):
        _restyled(sample, command)
        theme = load_theme(name)
        sample.qtbot.waitUntil(lambda theme=theme: seen() == theme.window, timeout=2_000)


def test_every_press_counts_however_quick(sample):
    for _ in range(5):
        sample.do("view.text_larger")
    sample.do("view.text_smaller")
    sample.qtbot.waitUntil(lambda: sample.program.look.scale == 1.4)
    sample.qtbot.waitUntil(sample.window.updatesEnabled)


def _larger(story, times):
    for _ in range(times):
        _restyled(story, "view.text_larger")


def _restyled(story, command):
    story.do(command)
    story.qtbot.waitUntil(story.window.updatesEnabled)
    story.qtbot.wait(20)  # layouts are made anew by posted events


def test_large_text_does_not_make_the_window_larger(sample):
    sample.window.resize(1360, 860)
    _larger(sample, 10)
    assert sample.window.width() == 1360
    assert sample.window.minimumSizeHint().width() <= 1360


def test_the_largest_text_leaves_the_bar_on_the_screen(sample):
    sample.window.resize(1360, 860)
    _larger(sample, 20)
    assert sample.window.height() == 860
    assert sample.window.minimumSizeHint().height() <= 700


def test_a_small_window_is_possible_and_the_side_panes_give_way_and_come_back(sample):
    window = sample.window
    window.resize(1360, 860)
    assert window.library_pane.isVisible() and window.notes_pane.isVisible()
    window.resize(640, 480)
    sample.qtbot.wait(20)
    assert window.width() == 640
    assert not window.notes_pane.isVisible()
    assert sample.page.width() >= 400
    window.resize(1360, 860)
    assert window.library_pane.isVisible() and window.notes_pane.isVisible()


def test_a_pane_that_was_folded_away_does_not_come_back_by_itself(sample):
    window = sample.window
    window.resize(1360, 860)
    sample.do("view.notes_pane")
    window.resize(640, 480)
    window.resize(1360, 860)
    assert not window.notes_pane.isVisible()
    assert window.library_pane.isVisible()


def test_a_pane_that_gives_way_leaves_its_focus_to_the_page(sample):
    window = sample.window
    window.resize(1360, 860)
    window.enter(window.notes_pane)
    window.resize(500, 480)
    assert sample.page.hasFocus()


def test_a_first_window_fits_on_the_screen_in_large_text(tell):
    story = tell()
    _larger(story, 20)
    assert story.window.width() <= max(story.window.screen().availableSize().width(), 1360)


def test_the_welcome_shows_all_of_its_sentence(story):
    story.window.resize(1360, 860)
    hint = story.program.shell.welcome._hint
    for _ in range(2):
        story.qtbot.wait(20)
        assert hint.height() >= hint.heightForWidth(hint.width())
        _larger(story, 10)


def test_a_button_is_read_out_without_the_key_that_menus_show(sample):
    names = [button.accessibleName() for button in sample.window.transport.findChildren(QPushButton)]
    assert "Next line" in names
    assert not any("\t" in name for name in names)


def test_the_switch_of_transcripts_comes_after_the_notes_with_tab(sample):
    notes = sample.program.shell.header._notes
    assert notes.nextInFocusChain().accessibleName() == "Human transcript"
    assert notes.nextInFocusChain().nextInFocusChain().accessibleName() == "Machine transcript"


def test_an_empty_window_begins_at_its_open_button(story):
    focus = story.window.focusWidget()
    assert isinstance(focus, QPushButton) and focus.text().startswith("Open")


def test_a_pane_that_was_folded_at_the_start_unfolds_as_wide_as_designed(story):
    window = story.program.shell.window
    window.resize(1_400, 800)
    notes, library = window.notes_pane, window.library_pane
    window.show_pane(library, True)
    window.show_pane(notes, False)
    window.set_pane_widths([260, 1_140, 0])
    before = library.width()
    window.show_pane(notes, True)
    story.qtbot.waitUntil(lambda: notes.width() == notes.sizeHint().width())
    assert library.width() == before


def test_tab_goes_through_the_window_as_one_sees_it(sample):
    window, shell = sample.window, sample.program.shell
    sample.do("find.open")
    window.enter(window.library_pane)
    zones = [
        window.library_pane,
        shell.header,
        shell.find_bar,
        window.page,
        window.transport,
        window.notes_pane,
    ]
    first, walked = window.focusWidget(), []
    while not walked or window.focusWidget() is not first:
        walked.append(window.focusWidget())
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        assert len(walked) < 50
    places = [
        at for stop in walked for at, zone in enumerate(zones) if zone is stop or zone.isAncestorOf(stop)
    ]
    assert places == sorted(places)
    assert set(places) == set(range(len(zones)))
    names = [stop.accessibleName() for stop in walked]
    assert {"Bookmarks of this recording", "Sort, tags, export", "Bookmarks", "Chapters"} <= set(names)
    assert {"Position", "Play or pause", "Volume 80%"} <= set(names)


def test_f6_walks_all_zones_in_sight_and_back(sample):
    window = sample.window
    zones = [window.page, window.transport, window.notes_pane, window.library_pane]

    def zone() -> int:
        focus = window.focusWidget()
        return next(at for at, zone in enumerate(zones) if zone is focus or zone.isAncestorOf(focus))

    window.page.setFocus()
    walked = []
    for _ in range(4):
        sample.do("view.next_pane")
        walked.append(zone())
    assert walked == [1, 2, 3, 0]
    sample.do("view.previous_pane")
    assert zone() == 3
    sample.do("view.library_pane")
    sample.do("view.previous_pane")
    assert zone() == 2


def test_f6_reaches_the_welcome_of_an_empty_window(story):
    for _ in range(4):
        story.do("view.next_pane")
        if story.program.shell.welcome.isAncestorOf(story.window.focusWidget()):
            return
    raise AssertionError("the welcome was passed over")


def test_panes_begin_as_wide_as_designed_and_keep_it_when_the_text_was_larger(sample):
    window = sample.window
    window.resize(1360, 860)
    widths = window.library_pane.width(), window.notes_pane.width()
    assert widths == (251, 300)
    _larger(sample, 10)
    assert not window.notes_pane.isVisible()
    _restyled(sample, "view.text_reset")
    assert (window.library_pane.width(), window.notes_pane.width()) == widths


def test_a_pane_asked_for_in_a_narrow_window_comes(sample):
    window = sample.window
    window.resize(800, 600)
    assert window.library_pane.isVisible() and not window.notes_pane.isVisible()
    sample.do("view.notes_pane")
    assert window.notes_pane.isVisible() and not window.library_pane.isVisible()
    window.resize(420, 600)
    assert not window.notes_pane.isVisible()


def test_in_the_narrowest_window_a_pane_has_the_room_until_the_page_is_entered(sample):
    _larger(sample, 10)
    sample.window.resize(420, 860)
    for command, pane in (
        ("view.notes_pane", sample.window.notes_pane),
        ("view.library_pane", sample.window.library_pane),
    ):
        assert pane.isHidden()
        sample.do(command)
        sample.qtbot.waitUntil(pane.isVisible)
        assert pane.isAncestorOf(sample.window.focusWidget())
        assert sample.window.width() == 420
        sample.do("view.page")
        sample.qtbot.waitUntil(pane.isHidden)
        assert sample.page.width() > 400
    sample.window.resize(1_800, 860)
    assert sample.window.notes_pane.isVisible() and sample.window.library_pane.isVisible()


def test_the_hint_of_the_menu_bar_is_whole_at_every_text_size(sample):
    hint = sample.window.menuBar().cornerWidget()
    sample.window.resize(1360, 860)
    for _ in range(2):
        _larger(sample, 5)
        assert hint.width() >= hint.sizeHint().width()
    _restyled(sample, "view.text_reset")
    assert hint.width() >= hint.sizeHint().width()


def test_a_screen_reader_meets_zones_in_order_and_transcripts_as_one_of_several(sample):
    window = sample.window
    zones = [QAccessible.queryAccessibleInterface(window.centralWidget()).child(0)]
    names = [zones[0].child(at).object().objectName() for at in range(3)]
    assert names[0] == "library-pane" and zones[0].child(2).object() is window.notes_pane
    switch = window.findChild(QWidget, "track-switch")
    roles = {QAccessible.queryAccessibleInterface(b).role() for b in switch.findChildren(QPushButton)}
    assert roles == {QAccessible.Role.RadioButton}


def test_buttons_that_steer_wait_until_something_is_open(story):
    def able() -> set[str]:
        buttons = story.window.transport.findChildren(QPushButton)
        return {button.accessibleName() for button in buttons if button.isEnabled()}

    assert all(name.startswith("Volume") for name in able())
    story.open_sample()
    assert {"Play or pause", "Next line", "Say again slower", "Bookmark what was just heard"} <= able()


def test_in_a_narrow_window_the_title_keeps_its_words(sample):
    sample.window.resize(420, 600)
    sample.qtbot.wait(20)
    header = sample.program.shell.header
    assert header._title.text() == sample.session.title
    switch = sample.window.findChild(QWidget, "track-switch")
    assert switch.y() >= header._title.geometry().bottom()
    sample.window.resize(1360, 860)
    sample.qtbot.wait(20)
    assert switch.y() < header._title.geometry().bottom()


def test_every_button_has_a_name_and_the_last_recordings_come_after_the_samples_button(story):
    for button in story.window.findChildren(QAbstractButton):
        known = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
        assert known or button.objectName() == "qt_menubar_ext_button" or not button.isVisible(), button
    welcome = story.program.shell.welcome
    welcome.show_recent([(Path("/talks/one.mp3"), "One")])
    recent = welcome.findChild(QPushButton, "link")
    story.qtbot.waitUntil(recent.isVisible)
    welcome._last_button.setFocus()
    QTest.keyClick(story.window.windowHandle(), Qt.Key.Key_Tab)
    assert story.window.focusWidget() is recent


def test_the_head_is_as_high_as_its_switch_needs_at_once(sample):
    sample.window.resize(1360, 860)
    sample.qtbot.wait(20)
    header = sample.program.shell.header
    switch = sample.window.findChild(QWidget, "track-switch")
    sample.window.resize(420, 700)
    sample.qtbot.waitUntil(lambda: switch.y() >= header._title.geometry().bottom())
    sample.qtbot.waitUntil(lambda: header.height() > switch.geometry().bottom())


def test_the_title_stands_where_it_stood_with_one_transcript_or_several(sample, tmp_path):
    sample.window.resize(1360, 860)
    sample.qtbot.wait(20)
    before = sample.program.shell.header.height()
    alone = tmp_path / "alone.txt"
    alone.write_text("Anna: One says this.\n\nBen: And one says that.\n")
    with sample.qtbot.waitSignal(sample.session.settled):
        sample.session.open([alone], apart=True)
    sample.qtbot.wait(20)
    assert sample.program.shell.header.height() == before


def test_twice_as_large_text_fits_a_small_window(sample):
    _larger(sample, 10)
    for width, height in ((800, 600), (420, 600)):
        sample.window.resize(width, height)
        sample.qtbot.wait(20)
        assert (sample.window.width(), sample.window.height()) == (width, height)


def test_the_welcome_scrolls_in_large_text_and_names_the_key(story):
    _larger(story, 10)
    story.window.resize(800, 600)
    story.qtbot.wait(20)
    welcome = story.program.shell.welcome
    bar = welcome.verticalScrollBar()
    assert bar.maximum() > 0 or welcome.widget().height() <= welcome.viewport().height()
    for button in welcome.findChildren(QPushButton):
        assert not button.isVisible() or button.height() >= button.sizeHint().height()
    assert story.window.focusWidget().text() == "Open… (Ctrl+O)"
    assert welcome._heading.font().pixelSize() == story.program.look.px(22)


def test_a_small_window_in_large_text_still_shows_title_and_switch(sample):
    _larger(sample, 10)
    header = sample.program.shell.header
    for width in (800, 420):
        sample.window.resize(width, 600)
        sample.qtbot.wait(20)
        shown = header._title.text().rstrip("…")
        assert shown and sample.session.title.startswith(shown)
        switch = sample.window.findChild(QWidget, "track-switch")
        assert switch.geometry().right() <= header.width()
        assert header.height() > switch.geometry().bottom()
