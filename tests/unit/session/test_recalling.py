# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is opened is known again."""

from pathlib import Path

from earmark.base.paths import Profile
from earmark.session.memory import recall
from earmark.session.opening import load
from earmark.store.user import Store


def test_a_text_opened_alone_is_what_lay_there_under_its_name(tmp_path: Path) -> None:
    store = Store.open(Profile.at(tmp_path / "profile"))
    machine, human, other = (tmp_path / name for name in ("talk.vtt", "talk.txt", "talk two.txt"))
    machine.write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nThe lamp was lit.\n")
    ids = []
    for path in (machine, human, other):
        if not path.exists():
            path.write_text("0:00 The lamp was lit.\n")
        opened = load([path])
        known = recall(store, opened.identity, opened.mark, opened.beside).recording
        assert known is not None
        ids.append(known.id)
        machine.unlink(missing_ok=True)
    assert ids[0] == ids[1] != ids[2]
    store.close()
