# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Options and their values."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.errors import BugError
from earmark.settings import options
from earmark.settings.values import Values

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def made(stored=None):
    saved = {}
    return Values(stored or {}, saved.__setitem__), saved


def test_defaults_are_accepted_by_their_own_options_and_survive_json():
    for key, option in options.OPTIONS.items():
        assert key == option.key
        assert option.accepts(json.loads(json.dumps(option.default)))


def test_set_keeps_and_tells_once():
    values, saved = made()
    seen = []
    values.subscribe(options.THEME, seen.append)
    values.set(options.THEME, "dark")
    values.set(options.THEME, "dark")
    assert (values.get(options.THEME), saved, seen) == ("dark", {"view.theme": "dark"}, ["dark"])
    values.reset(options.THEME)
    assert seen == ["dark", "system"]


def test_a_subscription_ends():
    values, _ = made()
    seen = []
    end = values.subscribe(options.VOLUME, seen.append)
    end()
    end()
    values.set(options.VOLUME, 0.5)
    assert seen == []


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("view.theme", "mauve"),
        ("view.text_scale", 9),
        ("view.text_scale", math.nan),
        ("view.text_scale", "1.0"),
        ("player.volume", True),
        ("keys.bare", 1),
        ("keys.custom", []),
    ],
)
def test_a_bad_stored_value_falls_back_and_is_noted(key, bad):
    values, saved = made({key: bad})
    assert values.get(options.OPTIONS[key]) == options.OPTIONS[key].default
    assert key in values.refused
    assert saved == {}


def test_an_unknown_key_is_left_alone():
    values, _ = made({"of.tomorrow": 1})
    assert values.refused == {}


def test_setting_an_impossible_value_is_a_bug():
    values, saved = made()
    with pytest.raises(BugError):
        values.set(options.TEXT_SCALE, 4.0)
    assert saved == {}


def test_whole_numbers_do_for_options_with_fractions():
    values, _ = made({"view.text_scale": 2})
    assert values.get(options.TEXT_SCALE) == 2


@given(st.dictionaries(st.sampled_from(sorted(options.OPTIONS)), JSON))
def test_whatever_was_stored_every_value_is_possible(stored):
    values, _ = made(stored)
    for option in options.OPTIONS.values():
        assert option.accepts(values.get(option))
