# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from earmark.commands.catalogue import COMMANDS
from earmark.commands.keymap import Keymap
from earmark.commands.registry import Registry
from earmark.ui.keys.keyrouter import KeyRouter
from earmark.ui.keys.latinkeys import latin_letter

Key, Held = Qt.Key, Qt.KeyboardModifier
BY_TAB = Qt.FocusReason.TabFocusReason


class Page(QWidget):
    """Takes focus and writes down the keys that reach it."""

    def __init__(self):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.got = []

    def keyPressEvent(self, event):
        self.got.append(Key(event.key()))
        super().keyPressEvent(event)


class Desk:
    def __init__(self, qtbot, app):
        self.ran = []
        self.registry = Registry()
        for spec in COMMANDS:
            self.registry.register(spec.id, self._writer(spec.id))
        self.window, body = QMainWindow(), QWidget()
        qtbot.addWidget(self.window)
        self.column = QVBoxLayout(body)
        self.window.setCentralWidget(body)
        self.page = self.add(Page())
        self.router = KeyRouter(self.registry, Keymap(), self.window, app)
        self.window.show()
        qtbot.waitActive(self.window).__enter__()
        self.page.setFocus()

    def _writer(self, command):
        return lambda *args: self.ran.append(command)

    def add(self, widget):
        self.column.addWidget(widget)
        widget.show()  # at once, so that it can take the focus
        return widget

    def focus(self, widget):
        widget.setFocus(BY_TAB)
        assert self.window.focusWidget() is not None
        return widget


@pytest.fixture
def desk(qtbot, qapp):
    return Desk(qtbot, qapp)


@pytest.mark.parametrize(
    ("key", "held", "command"),
    [
        (Key.Key_Space, Held.NoModifier, "player.toggle"),
        (Key.Key_K, Held.NoModifier, "player.toggle"),
        (Key.Key_R, Held.ShiftModifier, "line.replay_slower"),
        (Key.Key_Left, Held.NoModifier, "player.back"),
        (Key.Key_Left, Held.KeypadModifier, "player.back"),
        (Key.Key_Left, Held.ShiftModifier, "player.back_1"),
        (Key.Key_Left, Held.ControlModifier, "line.previous"),
        (Key.Key_Left, Held.ControlModifier | Held.ShiftModifier, "turn.previous"),
        (Key.Key_Backspace, Held.NoModifier, "jump.back"),
    ],
)
def test_bare_keys_run_their_commands(desk, qtbot, key, held, command):
    qtbot.keyClick(desk.page, key, held)
    assert desk.ran == [command]
    assert set(desk.page.got) <= {Key.Key_Shift, Key.Key_Control}


@pytest.mark.parametrize(
    "key",
    [
        Key.Key_Return,
        Key.Key_Enter,
        Key.Key_Up,
        Key.Key_Down,
        Key.Key_PageUp,
        Key.Key_Home,
        Key.Key_End,
        Key.Key_X,
        Key.Key_5,
    ],
)
def test_other_keys_reach_the_page(desk, qtbot, key):
    qtbot.keyClick(desk.page, key)
    assert desk.page.got == [key]
    assert desk.ran == []


def text_inputs():
    editable = QComboBox()
    editable.setEditable(True)
    return [QLineEdit(), QPlainTextEdit(), QSpinBox(), editable]


@pytest.mark.parametrize("which", range(4))
def test_nobody_takes_a_key_from_a_text_input(desk, qtbot, which):
    box = desk.focus(desk.add(text_inputs()[which]))
    target = desk.window.focusWidget()
    for key in (Key.Key_Space, Key.Key_K, Key.Key_Left, Key.Key_Backspace):
        qtbot.keyClick(target, key)
    qtbot.keyClick(target, Key.Key_Left, Held.ControlModifier)
    assert desk.ran == []
    assert box is not None


def test_typing_arrives_in_the_box(desk, qtbot):
    box = desk.focus(desk.add(QLineEdit()))
    qtbot.keyClicks(box, "look [at] this?")
    assert box.text() == "look [at] this?"


def test_a_text_that_is_only_read_takes_no_keys(desk, qtbot):
    text = desk.add(QPlainTextEdit())
    text.setReadOnly(True)
    qtbot.keyClick(desk.focus(text), Key.Key_K)
    assert desk.ran == ["player.toggle"]


def test_letters_do_not_type_ahead_in_a_list(desk, qtbot):
    names = desk.add(QListWidget())
    names.addItems(["Apple", "Kiwi"])
    names.setCurrentRow(0)
    qtbot.keyClick(desk.focus(names), Key.Key_K)
    qtbot.keyClick(names, Key.Key_Space)
    assert names.currentRow() == 0
    assert desk.ran == ["player.toggle", "player.toggle"]


def test_space_presses_a_button_reached_by_keyboard(desk, qtbot):
    button = desk.add(QPushButton("Mute"))
    desk.focus(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Key.Key_Space)
    qtbot.keyClick(button, Key.Key_K)
    qtbot.keyClick(button, Key.Key_Left)
    assert desk.ran == ["player.toggle", "player.back"]


def test_space_still_plays_after_a_click_on_a_button(desk, qtbot):
    button = desk.add(QPushButton("Mute"))
    clicks = []
    button.clicked.connect(lambda: clicks.append(1))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.window.focusWidget() is button
    qtbot.keyClick(button, Key.Key_Space)
    assert desk.ran == ["player.toggle"]
    assert clicks == [1]


def test_arrows_work_a_slider_reached_by_keyboard_only(desk, qtbot):
    slider = desk.add(QSlider(Qt.Orientation.Horizontal))
    slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.keyClick(desk.focus(slider), Key.Key_Right)
    assert slider.value() == 1
    assert desk.ran == []
    desk.page.setFocus()
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    before = slider.value()
    qtbot.keyClick(slider, Key.Key_Right)
    assert slider.value() == before
    assert desk.ran == ["player.forward"]


def test_arrows_walk_through_buttons_that_exclude_each_other(desk, qtbot):
    group = QButtonGroup(desk.window)
    switch = desk.add(QWidget())
    row = QHBoxLayout(switch)
    buttons = [QPushButton(name, switch) for name in ("Human", "Machine")]
    for button in buttons:
        row.addWidget(button)
        button.show()
        button.setCheckable(True)
        group.addButton(button)
    buttons[0].setChecked(True)
    row.activate()
    desk.focus(buttons[0])
    qtbot.keyClick(buttons[0], Key.Key_Right)
    assert buttons[1].isChecked()
    assert desk.ran == []


def press(desk, key, held=Held.NoModifier, text="", repeat=False, scan=0):
    event = QKeyEvent(QEvent.Type.KeyPress, key, held, scan, 0, 0, text, repeat)
    QApplication.sendEvent(desk.page, event)


@pytest.mark.parametrize(
    ("key", "held", "text", "command"),
    [
        (Key.Key_Question, Held.ShiftModifier, "?", "help.keys"),
        (Key.Key_Slash, Held.ShiftModifier, "/", "find.open"),  # German
        (Key.Key_BracketLeft, Held.GroupSwitchModifier, "[", "player.slower"),
        (Key.Key_8, Held.ControlModifier | Held.AltModifier, "[", "player.slower"),  # AltGr on Windows
        (Key.Key_Equal, Held.ShiftModifier, "=", "player.normal_speed"),
        (Key.Key_Less, Held.NoModifier, "<", "player.slower"),
        (Key.Key_Greater, Held.ShiftModifier, ">", "player.faster"),
        (Key.Key_K, Held.NoModifier, "k", "player.toggle"),
        (Key.Key_K, Held.NoModifier, "K", "player.toggle"),  # Caps Lock
    ],
)
def test_signs_count_however_they_are_typed(desk, key, held, text, command):
    press(desk, key, held, text)
    assert desk.ran == [command]


def test_a_sign_with_ctrl_is_another_key(desk):
    press(desk, Key.Key_Slash, Held.ControlModifier, "/")
    assert desk.ran == []


def test_a_held_key_repeats_only_where_it_makes_sense(desk):
    for repeat in (False, True, True):
        press(desk, Key.Key_Left, repeat=repeat)
        press(desk, Key.Key_Space, text=" ", repeat=repeat)
    assert desk.ran.count("player.back") == 3
    assert desk.ran.count("player.toggle") == 1
    assert desk.page.got == []


def test_single_characters_switched_off_reach_the_widget(desk, qtbot):
    desk.router.set_keymap(Keymap(characters=False))
    qtbot.keyClick(desk.page, Key.Key_K)
    qtbot.keyClick(desk.page, Key.Key_Space)
    qtbot.keyClick(desk.page, Key.Key_Left)
    assert desk.page.got == [Key.Key_K]
    assert desk.ran == ["player.toggle", "player.back"]


def test_keys_of_a_dialog_are_its_own(desk, qtbot):
    dialog = QDialog(desk.window)
    button = QPushButton("Fine", dialog)
    button.setAutoDefault(False)
    dialog.show()
    button.setFocus(BY_TAB)
    qtbot.keyClick(button, Key.Key_K)
    assert desk.ran == []


def test_coming_back_to_the_window_does_not_turn_a_click_into_a_tab(desk, qtbot):
    button = desk.add(QPushButton("Mute"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    qtbot.keyClick(button, Key.Key_Space)
    assert desk.ran == ["player.toggle"]


class Ways:
    """Places that Esc can leave, and the order in which it did."""

    def __init__(self, router):
        self.router, self.open, self.left = router, set(), []

    def add(self, name, inside=None):
        self.open.add(name)
        self.router.add_escape(self._way(name), inside)

    def _way(self, name):
        def leave():
            if name not in self.open:
                return False
            self.open.discard(name)
            self.left.append(name)
            return True

        return leave


def test_esc_leaves_the_innermost_thing_first(desk, qtbot):
    ways = Ways(desk.router)
    bar, box = desk.add(QWidget()), QLineEdit()
    QVBoxLayout(bar).addWidget(box)
    ways.add("search")
    ways.add("screen")
    ways.add("bar", bar)
    ways.add("box", box)
    box.show()
    box.setFocus()
    for _ in range(5):
        qtbot.keyClick(desk.window.focusWidget(), Key.Key_Escape)
    assert ways.left == ["box", "bar", "search", "screen"]
    assert desk.ran == []


def test_esc_on_the_page_leaves_what_is_open_elsewhere(desk, qtbot):
    ways = Ways(desk.router)
    ways.add("search", desk.add(QLineEdit()))
    qtbot.keyClick(desk.page, Key.Key_Escape)
    assert ways.left == ["search"]


def test_a_widget_that_needs_esc_itself_gets_it_before_the_rest(desk, qtbot):
    ways = Ways(desk.router)
    ways.add("search")

    class Busy(Page):
        def keyPressEvent(self, event):
            self.got.append(Key(event.key()))

    busy = desk.focus(desk.add(Busy()))
    qtbot.keyClick(busy, Key.Key_Escape)
    assert busy.got == [Key.Key_Escape]
    assert ways.left == []


def letter(text, scan=0, virtual=0, platform="xcb"):
    event = QKeyEvent(
        QEvent.Type.KeyPress, Key(ord(text.upper()) if text else 0), Held.NoModifier, scan, virtual, 0, text
    )
    return latin_letter(event, platform)


def test_letters_of_other_scripts_stand_for_the_latin_one_on_their_key():
    assert letter("л", scan=45) == "K"
    assert letter("ק", scan=26, platform="wayland") == "E"
    assert letter("к", virtual=ord("R"), platform="windows") == "R"
    assert letter("л", scan=200) == ""
    assert letter("л", virtual=0xBA, platform="windows") == ""
    assert letter("л", scan=45, platform="cocoa") == ""


@pytest.mark.parametrize("own", ["k", "ö", "é", "?", "5", ""])
def test_latin_letters_and_signs_speak_for_themselves(own):
    assert letter(own, scan=45) == ""
