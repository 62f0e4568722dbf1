# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenu, QWidget

from earmark.base.errors import UserError
from earmark.commands.catalogue import COMMANDS
from earmark.commands.keymap import Keymap
from earmark.commands.registry import Registry
from earmark.ui.keys.actions import CommandActions


class Desk:
    """A window whose commands only write down that they ran."""

    def __init__(self, qtbot, keymap=None):
        self.ran = []
        self.possible = set()
        self.dark = False
        self.registry = Registry()
        for spec in COMMANDS:
            self.registry.register(
                spec.id,
                self._writer(spec.id),
                self._possible(spec.id),
                (lambda: self.dark) if spec.id == "view.theme_dark" else None,
            )
        self.possible.update(spec.id for spec in COMMANDS)
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.page, self.box = QWidget(), QLineEdit()
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.window.setCentralWidget(self.page)
        self.box.setParent(self.page)
        self.actions = CommandActions(self.registry, self.window)
        self.actions.name_menus(self.window.menuBar())
        self.actions.fill(keymap or Keymap())
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window).__enter__()
        self.page.setFocus()

    def _writer(self, command):
        def handler(*args):
            if command == "view.theme_dark":
                self.dark = True
            self.ran.append(command)

        return handler

    def _possible(self, command):
        return lambda: command in self.possible

    def menu(self, title):
        return next(menu for menu in self.menus() if menu.title() == title)

    def menus(self):
        """In the order of the bar. Before PySide 6.11.2 an action that was asked for its menu deleted it."""
        found = {menu.title(): menu for menu in self.window.menuBar().findChildren(QMenu)}
        return [found[action.text()] for action in self.window.menuBar().actions()]


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def test_menus_stand_in_order_and_empty_ones_are_left_out(desk):
    titles = [action.text() for action in desk.window.menuBar().actions()]
    assert titles == ["&File", "&Edit", "&Playback", "&Go", "&Search", "&Bookmarks", "&View", "&Help"]


def test_menu_mnemonics_differ():
    letters = [title[0] for title in ("File", "Playback", "Go", "Search", "Bookmarks", "View", "Help")]
    assert len(set(letters)) == len(letters)


def test_every_command_that_needs_nothing_told_is_in_a_menu_once(desk):
    shown = [
        action.objectName() for menu in desk.menus() for action in menu.actions() if not action.isSeparator()
    ]
    assert shown == [spec.id for spec in COMMANDS if spec.in_menu]


def test_groups_are_set_apart_by_one_separator(desk):
    kinds = [action.isSeparator() for action in desk.menu("&Playback").actions()]
    assert kinds.count(True) == 4
    assert not kinds[0]
    assert not kinds[-1]
    assert not any(a and b for a, b in pairwise(kinds))


def test_keys_of_both_layers_are_written_in_the_menu(desk):
    assert desk.actions.action("player.toggle").text() == "Play or pause\tSpace"
    assert desk.actions.action("line.replay").text() == "Play from the line again\tR"
    assert desk.actions.action("app.quit").text() == "Quit\tCtrl+Q"
    assert desk.actions.action("file.sample").text() == "Open the sample"


def test_only_layer_a_keys_are_shortcuts(desk):
    def shortcuts(command):
        return [key.toString() for key in desk.actions.action(command).shortcuts()]

    assert shortcuts("find.next") == ["F3", "Ctrl+G"]
    assert shortcuts("line.replay") == []
    assert shortcuts("jump.back") == ["Alt+Left"]


def test_tooltips_name_the_key(desk):
    assert desk.actions.tooltip("line.replay") == "Play from the line again (R)"
    assert desk.actions.tooltip("go.time") == "Go to time (Ctrl+T)"
    assert desk.actions.tooltip("file.sample") == "Open the sample"
    assert desk.actions.tooltip("line.replay_slower").startswith("Say again slower (Shift+R)\nPlays the line")
    assert desk.actions.action("line.replay").toolTip() == "Play from the line again (R)"


def test_only_what_may_repeat_repeats(desk):
    assert desk.actions.action("find.next").autoRepeat()
    assert not desk.actions.action("app.quit").autoRepeat()


def test_triggering_runs_the_command(desk):
    desk.actions.action("line.replay").trigger()
    assert desk.ran == ["line.replay"]


def test_a_shortcut_runs_its_command_also_while_typing(desk, qtbot):
    desk.box.setFocus()
    qtbot.keyClick(desk.box, Qt.Key.Key_F3)
    qtbot.keyClick(desk.box, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert desk.ran == ["find.next", "go.time"]


def test_keys_a_text_input_owns_stay_with_it(desk, qtbot):
    control = Qt.KeyboardModifier.ControlModifier
    desk.box.setText("two words")
    desk.box.setFocus()
    qtbot.keyClick(desk.box, Qt.Key.Key_C, control)
    qtbot.keyClick(desk.box, Qt.Key.Key_Left, control)
    assert desk.ran == []
    assert desk.box.cursorPosition() == 4
    desk.page.setFocus()
    qtbot.keyClick(desk.page, Qt.Key.Key_C, control)
    assert desk.ran == ["edit.copy"]


def test_what_is_not_possible_is_grey_in_the_open_menu_and_told_by_key(desk, qtbot):
    desk.possible.discard("chapter.next")
    menu, action = desk.menu("&Go"), desk.actions.action("chapter.next")
    menu.popup(desk.window.pos())
    assert not action.isEnabled()
    menu.close()
    assert action.isEnabled()
    with qtbot.waitSignal(desk.registry.refused) as told:
        qtbot.keyClick(desk.page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["“Next chapter” is not possible now."]


def test_what_is_switched_on_is_checked(desk):
    light, dark = desk.actions.action("view.theme_light"), desk.actions.action("view.theme_dark")
    assert dark.isCheckable()
    assert not light.isCheckable()
    assert not dark.isChecked()
    desk.registry.run("view.theme_dark")
    assert dark.isChecked()
    dark.trigger()  # Qt switches the action off; the command did not
    assert dark.isChecked()
    desk.dark = False
    desk.actions.refresh()
    assert not dark.isChecked()


def test_a_refused_switch_does_not_look_switched(qtbot):
    registry = Registry()

    def refuse():
        raise UserError("no", "Not today.")

    registry.register("view.theme_dark", refuse, None, lambda: False)
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = CommandActions(registry, window)
    actions.fill(Keymap())
    action = actions.action("view.theme_dark")
    action.trigger()
    assert not action.isChecked()


def test_other_keys_can_be_put_in_force(desk):
    desk.actions.set_keymap(Keymap(changes={"line.replay": ("Ctrl+R", "F9")}, characters=False))
    action = desk.actions.action("line.replay")
    assert action.shortcuts() == [QKeySequence("Ctrl+R"), QKeySequence("F9")]
    assert action.text() == "Play from the line again\tCtrl+R"
    assert desk.actions.action("view.where").text() == "Where am I"


def test_texts_on_tool_buttons_carry_no_key(desk):
    assert desk.actions.action("go.time").iconText() == "Go to time"


def test_only_quit_and_about_move_to_the_mac_s_own_menu(desk):
    roles = {spec.id: desk.actions.action(spec.id).menuRole() for spec in COMMANDS if spec.in_menu}
    moved = {command for command, role in roles.items() if role is not QAction.MenuRole.NoRole}
    assert moved == {"app.quit", "help.about"}
