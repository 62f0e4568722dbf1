# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The word clock: monotone between jumps, near the truth, still when the back end is silent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from earmark.playback.clock import LEAP_MS, MAX_AHEAD_MS, WordClock


class Hands:
    """A wall clock moved by hand."""

    def __init__(self) -> None:
        self.ms = 1_000.0

    def __call__(self) -> float:
        return self.ms


def running(rate: float = 1.0, at_ms: int = 0) -> tuple[Hands, WordClock]:
    hands = Hands()
    clock = WordClock(hands)
    clock.set_rate(rate)
    clock.jump(at_ms)
    clock.start()
    return hands, clock


def test_runs_on_between_reports() -> None:
    hands, clock = running()
    clock.report(0)
    hands.ms += 40
    assert clock.position_ms() == 40


def test_stands_still_when_stopped() -> None:
    hands, clock = running()
    hands.ms += 60
    clock.stop()
    hands.ms += 500
    clock.report(160)  # one on its way while the pause was asked for
    assert clock.position_ms() == 60
    clock.start()
    assert clock.position_ms() == 60


def test_goes_at_most_a_quarter_second_past_the_last_report() -> None:
    hands, clock = running(rate=2.0)
    clock.report(100)
    hands.ms += 5_000
    assert clock.position_ms() == 100 + 2 * MAX_AHEAD_MS


def test_a_jump_back_is_shown_at_once() -> None:
    hands, clock = running(at_ms=60_000)
    hands.ms += 100
    assert clock.position_ms() == 60_100
    clock.jump(5_000)
    assert clock.position_ms() == 5_000


def test_a_late_report_from_before_a_jump_does_not_count() -> None:
    hands, clock = running(at_ms=60_000)
    clock.jump(5_000)
    hands.ms += 20
    clock.report(60_020)
    assert clock.position_ms() == 5_020


def test_two_far_reports_in_a_row_are_believed() -> None:
    hands, clock = running()
    clock.report(0)
    hands.ms += 1_000  # the main thread was busy
    clock.report(1_000)
    hands.ms += 50
    clock.report(1_050)
    assert clock.position_ms() == 1_050


def test_a_new_speed_counts_from_now_on() -> None:
    hands, clock = running()
    clock.report(0)
    hands.ms += 100
    clock.set_rate(3.0)
    hands.ms += 100
    assert clock.position_ms() == 400


def test_latency_delays_what_is_heard_but_not_a_jump() -> None:
    hands, clock = running(rate=2.0)
    clock.set_latency(130)
    clock.jump(10_000)
    assert clock.position_ms() == 10_000
    hands.ms += 100
    assert clock.position_ms() == 10_000
    hands.ms += 100
    assert clock.position_ms() == 10_140


def test_a_pause_does_not_lose_the_latency() -> None:
    hands, clock = running()
    clock.set_latency(30)
    hands.ms += 100
    clock.stop()
    assert clock.position_ms() == 70
    clock.start()
    hands.ms += 10
    assert clock.position_ms() == 80


steps = st.lists(
    st.tuples(
        st.floats(0, 2_000, allow_nan=False),
        st.one_of(
            st.tuples(st.just("report"), st.integers(0, 10_000_000)),
            st.tuples(st.just("rate"), st.floats(0.5, 3.0)),
            st.tuples(st.just("latency"), st.floats(0, 400)),
            st.tuples(st.just("stop"), st.none()),
            st.tuples(st.just("start"), st.none()),
            st.tuples(st.just("look"), st.none()),
        ),
    ),
    max_size=60,
)


@given(steps)
def test_never_runs_backwards_between_jumps(moves: list) -> None:
    hands, clock = running()
    calls = {"report": clock.report, "rate": clock.set_rate, "latency": clock.set_latency}
    shown = clock.position_ms()
    for wait_ms, (what, value) in moves:
        hands.ms += wait_ms
        if what in calls:
            calls[what](value)
        elif what != "look":
            getattr(clock, what)()
        assert clock.position_ms() >= shown
        shown = clock.position_ms()


@given(
    rate=st.floats(0.5, 3.0),
    every_ms=st.integers(40, 150),
    late_ms=st.lists(st.floats(0, 25), min_size=40, max_size=80),
    start_lag_ms=st.floats(0, 100),
)
def test_stays_near_a_back_end_whose_reports_scatter(
    rate: float, every_ms: int, late_ms: list[float], start_lag_ms: float
) -> None:
    hands, clock = running(rate)
    began = hands.ms + start_lag_ms

    def truth() -> float:
        return max(0.0, hands.ms - began) * rate

    for count, late in enumerate(late_ms):
        hands.ms += every_ms
        clock.report(int(max(0.0, truth() - late * rate)))
        if count >= 20:
            # Reports are 0 to 25 ms late, so the clock lies in that band, less what it has yet to unlearn.
            assert -26 * rate - 2 <= clock.position_ms() - truth() <= 26 * rate + 2


@given(off_ms=st.floats(-0.9, 0.9), rate=st.floats(0.5, 3.0))
def test_unlearns_a_wrong_start(off_ms: float, rate: float) -> None:
    hands, clock = running(rate, at_ms=10_000)
    truth = 10_000 + off_ms * LEAP_MS
    for _ in range(60):
        hands.ms += 50
        truth += 50 * rate
        clock.report(int(truth))
    assert abs(clock.position_ms() - truth) <= 2
