# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.times import clock, day, parse_clock, spoken, stamp


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("11:04", 664_000),
        ("1:02:07", 3_727_000),
        ("11:04.5", 664_500),
        ("11:04,25", 664_250),
        ("90:00", 5_400_000),
        ("664", 664_000),
        ("90s", 90_000),
        ("1.5", 1500),
        ("1h 2m 7s", 3_727_000),
        ("2 min", 120_000),
        ("1H", 3_600_000),
        (" 0 ", 0),
        ("", None),
        ("soon", None),
        ("1:2:3:4", None),
        ("-5", None),
        (":30", None),
        ("h", None),
        ("٣:٠٠", None),
    ],
)
def test_parse_clock(text, ms):
    assert parse_clock(text) == ms


@given(st.integers(0, 10**10))
def test_what_is_written_can_be_read(ms):
    assert parse_clock(clock(ms)) == ms // 1000 * 1000
    assert parse_clock(clock(ms, hours=True)) == ms // 1000 * 1000


@given(st.integers(0, 9_999 * 3_600_000))
def test_stamps_keep_milliseconds(ms):
    assert parse_clock(stamp(ms)) == ms


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    assert (parse_clock(text) or 0) >= 0


def test_texts():
    assert clock(664_000) == "11:04"
    assert clock(3_727_999) == "1:02:07"
    assert clock(-5) == "00:00"
    assert clock(664_000, hours=True) == "0:11:04"
    assert stamp(664_250) == "00:11:04.250"
    assert spoken(3_727_000) == "1 hour 2 minutes 7 seconds"
    assert spoken(61_000) == "1 minute 1 second"
    assert spoken(0) == "0 seconds"


@pytest.mark.parametrize(
    ("date", "shown"),
    [("2026-05-12", "12 May 2026"), ("2019-01-03", "3 Jan 2019"), ("2026", "2026"), ("", "")],
)
def test_a_day_is_written_as_people_write_it(date: str, shown: str) -> None:
    assert day(date) == shown
