# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest

from earmark.commands.catalogue import CommandSpec, Group
from earmark.commands.keymap import Conflict, Keymap, is_bare, is_character, normal

ONE = CommandSpec("test.one", "One", Group.PLAY, ("Ctrl+F",), ("R", "/"))
TWO = CommandSpec("test.two", "Two", Group.PLAY, ("F3",), ("Space",))
SPECS = (ONE, TWO)


def test_defaults_are_the_catalogue():
    keymap = Keymap(SPECS)
    assert keymap.keys("test.one") == ("Ctrl+F",)
    assert keymap.bare("test.one") == ("R", "/")
    assert keymap.bare_command("R") == "test.one"
    assert keymap.bare_command("Ctrl+F") is None
    assert keymap.bare_command("X") is None


@pytest.mark.parametrize(("keys", "bare"), [(("Ctrl+F", "ctrl+f"), ()), ((), ("?", "?")), (("F5",), ("F5",))])
def test_a_shared_key_is_a_conflict_however_it_is_written(keys, bare):
    specs = [
        CommandSpec("a.a", "A", Group.PLAY, keys[:1], bare[:1]),
        CommandSpec("b.b", "B", Group.PLAY, keys[1:], bare[1:]),
    ]
    assert len(Keymap([*specs, TWO]).conflicts) == 1


def test_the_listener_s_keys_win_over_defaults_of_others():
    keymap = Keymap(SPECS, {"test.two": ("R", "Ctrl+F", "F9")})
    assert keymap.bare("test.two") == ("R",)
    assert keymap.keys("test.two") == ("Ctrl+F", "F9")
    assert keymap.bare("test.one") == ("/",)
    assert keymap.keys("test.one") == ()
    assert set(keymap.conflicts) == {
        Conflict("Ctrl+F", "test.one", "test.two"),
        Conflict("R", "test.one", "test.two"),
    }


def test_a_command_can_be_left_without_keys():
    keymap = Keymap(SPECS, {"test.one": ()})
    assert keymap.shown("test.one") == ()
    assert keymap.handiest("test.one") == ""


@pytest.mark.parametrize("key", ["Up", "Return", "Esc", "Home"])
def test_keys_of_the_page_cannot_be_taken(key):
    assert Keymap(SPECS, {"test.one": (key,)}).conflicts == (Conflict(key, "test.one", ""),)


@pytest.mark.parametrize("key", ["", "Foo+Z", "A, B", "nonsense"])
def test_what_is_no_key_is_told_and_skipped(key):
    keymap = Keymap(SPECS, {"test.one": (key, "F7")})
    assert keymap.conflicts == (Conflict(key, "test.one", None),)
    assert keymap.keys("test.one") == ("F7",)


def test_changes_for_unknown_commands_do_no_harm():
    assert Keymap(SPECS, {"gone.command": ("Ctrl+F",)}).keys("test.one") == ("Ctrl+F",)


def test_single_characters_can_be_switched_off():
    keymap = Keymap(SPECS, characters=False)
    assert keymap.bare("test.one") == ()
    assert keymap.bare("test.two") == ("Space",)
    assert keymap.handiest("test.one") == "Ctrl+F"
    assert Keymap(SPECS).bare("test.one") == ("R", "/")


def test_media_keys_are_not_shown():
    spec = CommandSpec("a.a", "A", Group.PLAY, ("Media Play", "Ctrl+P"))
    assert Keymap([spec]).shown("a.a") == ("Ctrl+P",)


def test_the_handiest_key_is_the_shorter_of_the_first_ones():
    assert Keymap(SPECS).handiest("test.one") == "R"
    assert Keymap().handiest("player.toggle") == "Space"
    assert Keymap().handiest("jump.back") == "Alt+Left"
    assert Keymap().handiest("player.pause") == ""


@pytest.mark.parametrize(
    ("key", "bare", "character"),
    [
        ("K", True, True),
        ("Shift+K", True, True),
        ("?", True, True),
        ("Space", True, False),
        ("Backspace", True, False),
        ("Left", True, False),
        ("Ctrl+Shift+Left", True, False),
        ("Ctrl+Alt+Left", False, False),
        ("Alt+Left", False, False),
        ("Ctrl+Up", False, False),
        ("Ctrl+K", False, False),
        ("F6", False, False),
        ("Media Play", False, False),
    ],
)
def test_layers(key, bare, character):
    assert is_bare(key) is bare
    assert is_character(key) is character


@pytest.mark.parametrize("key", ["", "no key", "A, B"])
def test_what_has_no_name_is_nobodys_key(key):
    assert Keymap().bare_command(key) is None


def test_normal_form():
    assert normal("ctrl+shift+g") == "Ctrl+Shift+G"
    assert normal("media play") == "Media Play"


def test_a_settings_file_may_hold_anything():
    keymap = Keymap.from_settings({"find.open": ["F7"], "line.replay": "R", "view.follow": [3.5]}, True)
    assert keymap.keys("find.open") == ("F7",)
    assert keymap.bare("line.replay") == ("R",)
    assert keymap.conflicts == (Conflict("3.5", "view.follow", None),)
