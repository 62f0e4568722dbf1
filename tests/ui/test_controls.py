# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The transport bar: its buttons, and how it fits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from earmark.ui.common.style import style_sheet
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.player.buttons import PlayButton, RateButton, Remark, VolumeButton, rate_text
from earmark.ui.player.controls import TransportBar

TEXTS = {
    "player.toggle": ("&Play or pause", "Play"),
    "line.previous": ("Previous line", "line"),
    "player.back": ("Back 5 seconds", "−5 s"),
    "player.forward": ("Forward 5 seconds", "+5 s"),
    "line.next": ("Next line", "line"),
    "line.replay_slower": ("Say that again, slower", "Say again slower"),
    "bookmark.capture": ("Bookmark what was said", "Bookmark"),
    "player.mute": ("Mute", "Mute"),
}


class Desk:
    """A bar with its actions, and what was asked of them."""

    def __init__(self, qtbot: QtBot, scale: float = 1.0, width_px: int = 1_300) -> None:
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.host.resize(width_px, 300)
        self.asked: list[str] = []
        self.actions = {name: self._action(name, *texts) for name, texts in TEXTS.items()}
        self.look = Look(load_theme("light"), scale)
        self.host.setFont(self.look.font(13))
        self.host.setStyleSheet(style_sheet(self.look))
        self.bar = TransportBar(self.look, self.actions.__getitem__, ["bookmark.capture"], self.host)
        self.bar.set_possible(something=True, lines=True)
        self.bar.resize(width_px, self.bar.sizeHint().height())
        self.host.show()

    def _action(self, name: str, text: str, short: str) -> QAction:
        action = QAction(text, self.host)
        action.setIconText(short)
        action.setToolTip(f"{text} (key)")
        action.setObjectName(name)
        action.triggered.connect(lambda: self.asked.append(name))
        return action

    def buttons(self) -> dict[str, QAbstractButton]:
        return {button.accessibleName(): button for button in self.bar.findChildren(QAbstractButton)}

    def labels(self) -> list[str]:
        return [label.text() for label in self.bar.findChildren(QLabel) if not label.isHidden()]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_each_button_triggers_its_action(qtbot: QtBot, desk: Desk) -> None:
    for name, (text, _) in TEXTS.items():
        if name != "player.mute":  # behind the volume button
            qtbot.mouseClick(desk.buttons()[text.replace("&", "")], Qt.MouseButton.LeftButton)
    assert desk.asked == [name for name in TEXTS if name != "player.mute"]


def test_buttons_say_what_their_actions_say(desk: Desk) -> None:
    back = desk.buttons()["Back 5 seconds"]
    assert (back.text(), back.toolTip()) == ("−5 s", "Back 5 seconds (key)")
    desk.actions["player.back"].setEnabled(False)
    assert not back.isEnabled()
    desk.actions["player.back"].setIconText("−9 s")
    assert back.text() == "−9 s"


def test_no_button_takes_the_focus_from_the_mouse(desk: Desk) -> None:
    for button in desk.bar.findChildren(QAbstractButton):
        assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_times_and_what_remains(desk: Desk) -> None:
    desk.bar.set_duration(1_794_000)
    desk.bar.set_time(664_000)
    assert desk.labels() == ["11:04", "−18:50"]
    assert desk.bar.seekbar.value() == 664_000


def test_long_recordings_show_hours_from_the_start(desk: Desk) -> None:
    desk.bar.set_duration(4_500_000)
    desk.bar.set_time(1_000)
    assert desk.labels() == ["0:00:01", "−1:14:59"]


def test_an_unknown_length_leaves_the_rest_unsaid(desk: Desk) -> None:
    desk.bar.set_duration(0)
    desk.bar.set_time(5_000)
    assert desk.labels() == ["00:05", ""]


def test_the_play_button_shows_what_a_press_does(desk: Desk) -> None:
    play = desk.bar.findChildren(PlayButton)[0]
    before = play.icon().pixmap(18).toImage()
    desk.bar.set_playing(True)
    assert play.icon().pixmap(18).toImage() != before
    desk.bar.set_playing(False)
    assert play.icon().pixmap(18).toImage() == before


def test_speeds_are_chosen_from_the_menu_and_by_arrows(qtbot: QtBot, desk: Desk) -> None:
    chosen: list[float] = []
    desk.bar.rate_chosen.connect(chosen.append)
    desk.bar.set_rate(1.25)
    button = desk.bar.findChildren(RateButton)[0]
    assert (button.text(), button.accessibleName()) == ("1.25×", "Speed 1.25×")
    choices = button.menu().actions()
    assert [choice.text() for choice in choices if choice.isChecked()] == ["1.25×"]
    choices[0].trigger()
    qtbot.keyClick(button, Qt.Key.Key_Up)
    qtbot.keyClick(button, Qt.Key.Key_Down)
    assert chosen == [0.5, 1.3, 1.2]


def test_a_speed_between_the_choices_checks_none(desk: Desk) -> None:
    desk.bar.set_rate(1.25)
    desk.bar.set_rate(1.1)
    choices = desk.bar.findChildren(RateButton)[0].menu().actions()
    assert not any(choice.isChecked() for choice in choices)


def test_arrows_keep_the_speed_within_what_plays(qtbot: QtBot, desk: Desk) -> None:
    chosen: list[float] = []
    desk.bar.rate_chosen.connect(chosen.append)
    desk.bar.set_rate(3.0)
    qtbot.keyClick(desk.bar.findChildren(RateButton)[0], Qt.Key.Key_Up)
    assert chosen == [3.0]


def test_the_volume_slides_and_mutes(qtbot: QtBot, desk: Desk) -> None:
    chosen: list[float] = []
    desk.bar.volume_chosen.connect(chosen.append)
    desk.bar.set_volume(0.8, muted=False)
    button = desk.bar.findChildren(VolumeButton)[0]
    assert (button.text(), button.accessibleName()) == ("80%", "Volume 80%")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    popup = button.popup()
    assert popup.isVisible()
    assert chosen == []
    popup.slider.setValue(40)
    qtbot.mouseClick(popup.mute, Qt.MouseButton.LeftButton)
    assert (chosen, desk.asked) == ([0.4], ["player.mute"])
    desk.bar.set_volume(0.4, muted=True)
    assert button.accessibleName() == "Volume 40%, muted"
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_showing_the_volume_does_not_choose_it(desk: Desk) -> None:
    desk.bar.findChildren(VolumeButton)[0].popup()
    chosen: list[float] = []
    desk.bar.volume_chosen.connect(chosen.append)
    desk.bar.set_volume(0.333, muted=False)
    assert chosen == []


def test_nothing_open_nothing_to_steer(desk: Desk) -> None:
    desk.bar.set_enabled(False)
    assert not desk.bar.seekbar.isEnabled()
    assert desk.bar.findChildren(VolumeButton)[0].isEnabled()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_text_twice_as_large_fits_a_thousand_pixels(qtbot: QtBot, scale: float) -> None:
    desk = Desk(qtbot, scale, 1_000)
    desk.bar.set_duration(4_500_000)
    QApplication.processEvents()
    assert desk.bar.minimumSizeHint().width() <= 1_000
    shown = [w for w in desk.bar.findChildren(QAbstractButton) if w.isVisible()]
    assert len(shown) == 9
    for one in shown:
        assert one.geometry().right() < 1_000
    ordered = sorted((w.geometry() for w in shown), key=lambda g: g.x())
    assert all(a.right() < b.left() for a, b in pairwise(ordered))


def test_texts_give_way_step_by_step_and_come_back(desk: Desk) -> None:
    def texts(width_px: int) -> list[str]:
        desk.bar.resize(width_px, 91)
        return [
            desk.buttons()[name].text() for name in ("Say that again, slower", "Next line", "Back 5 seconds")
        ]

    assert texts(1_300) == ["Say again slower", "line", "−5 s"]
    assert texts(760) == ["", "line", "−5 s"]
    assert texts(480) == ["", "", ""]
    assert texts(1_300) == ["Say again slower", "line", "−5 s"]


@pytest.mark.parametrize(
    ("rate", "text"), [(1.0, "1×"), (0.5, "0.5×"), (1.25, "1.25×"), (2.0, "2×"), (0.95, "0.95×")]
)
def test_rates_are_written_short(rate: float, text: str) -> None:
    assert rate_text(rate) == text


def test_what_needs_something_open_is_disabled_without(desk: Desk) -> None:
    able: dict[bool, set[str]] = {}
    for something, lines in ((False, False), (True, False), (True, True)):
        desk.bar.set_enabled(something)
        desk.bar.set_possible(something=something, lines=lines)
        able = {True: set(), False: set()}
        for name, button in desk.buttons().items():
            able[button.isEnabled()].add(name)
        assert ("Previous line" in able[True]) is lines
        assert ("Play or pause" in able[True]) is something
        assert "Volume 100%" in able[True]
    assert not able[False]


def test_in_the_narrowest_window_the_time_is_whole(qtbot: QtBot) -> None:
    desk = Desk(qtbot, width_px=420)
    desk.bar.set_duration(7_200_000)
    desk.bar.set_time(3_723_000)
    QApplication.processEvents()
    time = next(label for label in desk.bar.findChildren(QLabel) if label.text() == "1:02:03")
    assert time.width() >= time.sizeHint().width()
    assert desk.bar.width() == 420


@pytest.mark.parametrize(("scale", "width_px"), [(1.0, 330), (2.0, 420), (3.0, 460)])
def test_in_large_text_and_little_room_what_keys_do_as_well_is_left_out(
    qtbot: QtBot, scale: float, width_px: int
) -> None:
    desk = Desk(qtbot, scale, width_px)
    desk.bar.set_duration(7_200_000)
    QApplication.processEvents()
    assert desk.bar.minimumSizeHint().width() <= width_px
    shown = {name for name, button in desk.buttons().items() if button.isVisible()}
    assert {"Play or pause", "Bookmark what was said"} <= shown
    assert "Say that again, slower" not in shown
    desk.host.resize(1_600, 300)
    desk.bar.resize(1_600, desk.bar.height())
    assert all(button.isVisible() for button in desk.buttons().values())


def test_another_speed_moves_no_other_button(desk: Desk) -> None:
    places = []
    for rate in (1.0, 1.25, 2.85, 0.5):
        desk.bar.set_rate(rate)
        QApplication.processEvents()
        places.append(desk.buttons()["Bookmark what was said"].geometry())
    assert len({place.x() for place in places}) == 1


def test_without_sound_it_says_why_in_the_place_of_the_volume(desk: Desk) -> None:
    desk.bar.set_remark("No recording: the words move", "No recording")
    assert "No recording: the words move" in desk.labels()
    assert not desk.bar.findChildren(VolumeButton)[0].isVisible()
    desk.bar.resize(520, 91)
    assert "No recording" in desk.labels()
    desk.bar.set_remark("", "")
    assert desk.bar.findChildren(VolumeButton)[0].isVisible()


def test_a_remark_that_has_too_little_room_ends_with_an_ellipsis(qtbot: QtBot) -> None:
    desk = Desk(qtbot, 2.0, 420)
    desk.bar.set_remark("No recording: the words move by their times", "No recording")
    remark = desk.bar.findChildren(Remark)[0]
    qtbot.waitUntil(lambda: 0 < remark.width() < remark.sizeHint().width())
    whole = remark.grab().toImage()
    remark.setText(
        remark.fontMetrics().elidedText("No recording", Qt.TextElideMode.ElideRight, remark.width())
    )
    assert remark.grab().toImage() == whole


def test_the_bookmark_button_names_its_key(desk: Desk) -> None:
    desk.actions["bookmark.capture"].setText("Bookmark what was said\tB")
    assert desk.buttons()["Bookmark what was said"].text() == "Bookmark B"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_timeline_is_as_wide_as_what_stands_below_it(qtbot: QtBot, scale: float) -> None:
    desk = Desk(qtbot, scale)
    bar, inset = desk.bar.seekbar, desk.look.px(8)  # room for the knob
    volume = desk.bar.findChildren(VolumeButton)[0]
    qtbot.waitUntil(lambda: volume.x() > 0)
    time = desk.bar.findChildren(QLabel)[0]
    assert bar.geometry().left() + inset == time.geometry().left()
    assert bar.geometry().right() - inset == volume.geometry().right()
