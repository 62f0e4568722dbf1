# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Work in the background: order, delivery on the main thread, cancelling, leaving."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from earmark.tasks.runner import Cancel, InlineRunner, Lane, Runner


@pytest.fixture
def runner(qapp):
    made = Runner()
    yield made
    made.close()


def test_result_comes_back_on_the_main_thread(runner):
    seen = []
    runner.run(threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())))
    assert runner.wait_idle()
    worker, here = seen[0]
    assert here == threading.get_ident()
    assert worker != here


def test_store_lane_keeps_order_and_uses_one_thread(runner):
    order, threads = [], set()

    def work(number):
        threads.add(threading.get_ident())
        order.append(number)

    for number in range(50):
        runner.run(lambda n=number: work(n), lane=Lane.STORE)
    assert runner.wait_idle()
    assert order == list(range(50))
    assert len(threads) == 1


def test_failure_goes_to_failed(runner):
    seen = []
    runner.run(lambda: 1 // 0, failed=seen.append)
    assert runner.wait_idle()
    assert isinstance(seen[0], ZeroDivisionError)


def test_failure_without_failed_is_a_crash(runner, qtbot):
    with qtbot.captureExceptions() as caught:
        runner.run(lambda: 1 // 0)
        assert runner.wait_idle()
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_cancelled_job_delivers_nothing_and_its_function_may_look(runner):
    started, cancel, seen, noticed = threading.Event(), Cancel(), [], []

    def work():
        started.set()
        while not cancel.cancelled:
            pass
        noticed.append(True)

    job = runner.run(work, seen.append, cancel=cancel)
    assert started.wait(5)
    job.cancel()
    assert runner.wait_idle()
    assert (seen, noticed) == ([], [True])


def test_job_cancelled_before_it_begins_does_not_run(runner):
    gate, ran = threading.Event(), []
    runner.run(gate.wait, lane=Lane.STORE)
    runner.run(lambda: ran.append(1), lane=Lane.STORE).cancel()
    gate.set()
    assert runner.wait_idle()
    assert ran == []


def test_nothing_is_delivered_to_a_deleted_owner(runner):
    owner, gate, seen = QObject(), threading.Event(), []
    runner.run(gate.wait, seen.append, owner=owner)
    delete(owner)
    gate.set()
    assert runner.wait_idle()
    assert seen == []


def test_reporter_hands_over_the_newest_value(runner):
    seen = []
    report = runner.reporter(seen.append)
    runner.run(lambda: [report(n) for n in range(1000)])
    assert runner.wait_idle()
    assert seen[-1] == 999
    assert len(seen) < 1000


def test_wait_idle_gives_up(runner):
    gate = threading.Event()
    runner.run(gate.wait)
    assert not runner.wait_idle(20)
    gate.set()
    assert runner.wait_idle()


def test_close_finishes_what_the_store_lane_holds(qapp):
    runner, written, delivered = Runner(), [], []
    for number in range(20):
        runner.run(lambda n=number: written.append(n), delivered.append, lane=Lane.STORE)
    runner.close()
    assert written == list(range(20))
    assert delivered == []
    assert runner.run(lambda: written.append("late")).cancelled
    assert written == list(range(20))


def test_a_job_may_start_another_when_delivered(runner):
    seen = []
    runner.run(lambda: 1, lambda one: runner.run(lambda: one + 1, seen.append))
    assert runner.wait_idle()
    assert seen == [2]


def test_inline_runner_does_all_at_once(qapp):
    runner, seen, failures = InlineRunner(), [], []
    runner.run(lambda: 5, seen.append, lane=Lane.STORE)
    runner.run(lambda: 1 // 0, failed=failures.append)
    runner.reporter(seen.append)(7)
    assert seen == [5, 7]
    assert isinstance(failures[0], ZeroDivisionError)
    assert runner.wait_idle(0)
    runner.close()


def test_wait_idle_waits_for_what_is_begun_as_the_last_job_ends(runner):
    done = []

    def begin_another():
        runner._emptied.disconnect(begin_another)
        runner.run(lambda: 2, done.append)

    runner._emptied.connect(begin_another)
    runner.run(lambda: 1, done.append)
    assert runner.wait_idle()
    assert done == [1, 2]
