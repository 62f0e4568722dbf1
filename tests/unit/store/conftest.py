# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A store in a folder of its own."""

import pytest

from earmark.base.paths import Profile
from earmark.store.user import Store


@pytest.fixture
def profile(tmp_path):
    return Profile.at(tmp_path / "profile")


@pytest.fixture
def store(profile):
    made = Store.open(profile)
    yield made
    made.close()


@pytest.fixture
def media(tmp_path):
    """A function that makes a file and returns it."""

    def make(name="talk.mp3", content=b"sound" * 100_000):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return make
