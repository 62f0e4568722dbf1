# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Tags of recordings: read where they are, never a reason to fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutagen.id3 import APIC, CHAP, ID3, TALB, TDRC, TIT2

from earmark.desktop.tags import Tags, read_tags

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "keepers-logbook.opus"


def test_the_sample_says_what_it_is():
    tags = read_tags(SAMPLE)
    assert (tags.title, tags.show, tags.date) == ("The keeper's logbook", "Harbour Lights", "2026-05-12")
    assert 140_000 < tags.duration_ms < 160_000


def test_id3_gives_title_show_chapters_and_cover(tmp_path):
    path = tmp_path / "talk.mp3"
    frame = b"\xff\xfb\x90\x64" + b"\0" * 413
    path.write_bytes(frame * 40)
    held = ID3()
    held.add(TIT2(encoding=3, text=["  A talk\nof two lines "]))
    held.add(TALB(encoding=3, text=["Show"]))
    held.add(TDRC(encoding=3, text=["2026-02-03"]))
    held.add(APIC(encoding=3, mime="image/png", type=3, desc="", data=b"picture"))
    for number, start in enumerate((60_000, 0)):
        held.add(
            CHAP(
                element_id=f"c{number}",
                start_time=start,
                end_time=start + 1,
                sub_frames=[TIT2(encoding=3, text=[f"Part {number}"])],
            )
        )
    held.save(path)
    tags = read_tags(path)
    assert (tags.title, tags.show, tags.date, tags.cover) == (
        "A talk of two lines",
        "Show",
        "2026-02-03",
        b"picture",
    )
    assert [(chapter.start_ms, chapter.title) for chapter in tags.chapters] == [
        (0, "Part 1"),
        (60_000, "Part 0"),
    ]


@pytest.mark.parametrize(
    "data", [b"", b"ID3\x04\0\0\x7f\x7f\x7f\x7f", b"OggS" + b"\xff" * 200, b"\0" * 4_000]
)
def test_a_broken_file_has_no_tags(tmp_path, data):
    path = tmp_path / "broken.mp3"
    path.write_bytes(data)
    assert read_tags(path) == Tags()


def test_a_file_that_is_not_there_has_none(tmp_path):
    assert read_tags(tmp_path / "none.opus") == Tags()
