# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import re

import pytest

from earmark.commands.catalogue import COMMANDS, FIXED_KEYS, Group, by_id
from earmark.commands.keymap import Keymap, is_bare, normal

FIXED_IDS = """player.play player.pause player.toggle player.seek player.rate line.next line.previous
    line.replay turn.next turn.previous view.follow jump.back jump.forward find.open app.quit""".split()


def test_ids_are_unique_and_of_the_form_area_verb():
    ids = [spec.id for spec in COMMANDS]
    assert len(ids) == len(set(ids))
    assert [i for i in ids if not re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z0-9]+)*", i)] == []


@pytest.mark.parametrize("command", FIXED_IDS)
def test_scripts_can_rely_on_the_fixed_ids(command):
    assert by_id(command) is not None


def test_unknown_id():
    assert by_id("player.fly") is None


def test_no_two_commands_share_a_key():
    assert Keymap().conflicts == ()


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.id)
def test_keys_are_written_as_qt_writes_them_and_in_their_layer(spec):
    assert [key for key in spec.keys + spec.bare if normal(key) != key] == []
    assert [key for key in spec.keys if is_bare(key)] == []
    assert [key for key in spec.bare if not is_bare(key)] == []


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.id)
def test_titles_are_in_sentence_case_without_a_stop(spec):
    assert spec.title[0].isupper()
    assert not spec.title.endswith(".")
    assert "&" not in spec.title
    assert not spec.note or spec.note.endswith(".")


def test_titles_tell_commands_apart():
    titles = [spec.title for spec in COMMANDS]
    assert len(titles) == len(set(titles))


def test_fixed_keys_are_keys():
    assert all(normal(key) == key for _, keys in FIXED_KEYS for key in keys)


def test_commands_of_a_group_stand_together():
    order = [spec.group for spec in COMMANDS]
    assert order == sorted(order, key=list(Group).index)


@pytest.mark.parametrize("awkward", ["[", "]", "/", "?"])
def test_keys_that_many_layouts_hide_have_a_second_one(awkward):
    (spec,) = [spec for spec in COMMANDS if awkward in spec.bare]
    assert len(spec.keys + spec.bare) >= 2


def test_a_command_that_must_be_told_something_is_not_in_the_menus():
    assert not by_id("player.seek").in_menu
    assert by_id("go.time").in_menu
    assert str(by_id("player.seek").arg) == "MS"
    assert str(by_id("go.time").arg) == "[MS]"
