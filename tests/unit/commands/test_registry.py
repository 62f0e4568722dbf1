# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
from concurrent.futures import Future
from pathlib import Path

import pytest

from earmark.base.errors import BugError, UserError
from earmark.commands.arguments import read_argument
from earmark.commands.catalogue import ArgKind, Argument, CommandSpec, Group, by_id
from earmark.commands.registry import Registry

PLAIN = CommandSpec("test.plain", "Plain thing", Group.PLAY)
TOLD = CommandSpec("test.told", "Told thing", Group.PLAY, arg=Argument(ArgKind.INTEGER))


def spec(kind, required=True):
    return CommandSpec("test.it", "It", Group.PLAY, arg=Argument(kind, required))


@pytest.fixture
def registry():
    return Registry((PLAIN, TOLD))


def test_run_calls_the_handler_and_tells(registry):
    calls, ran = [], []
    registry.register("test.plain", lambda: calls.append("plain"))
    registry.ran.connect(ran.append)
    assert registry.run("test.plain") is None
    assert calls == ["plain"]
    assert ran == ["test.plain"]


def test_run_reads_the_argument(registry):
    calls = []
    registry.register("test.told", calls.append)
    registry.run("test.told", "-7")
    registry.run("test.told", 8)
    assert calls == [-7, 8]


def test_what_a_handler_stores_can_be_waited_for(registry):
    stored = Future()
    registry.register("test.plain", lambda: stored)
    assert registry.run("test.plain") is stored


@pytest.mark.parametrize("command", ["test.plain", "no.such", ""])
def test_nobody_carries_it_out(registry, command):
    with pytest.raises(UserError) as refused:
        registry.run(command)
    assert refused.value.code == "unknown-command"
    assert not registry.can_run(command)


def test_not_possible_now(registry):
    calls, possible = [], [False]
    registry.register("test.plain", lambda: calls.append(1), enabled=lambda: possible[0])
    assert not registry.can_run("test.plain")
    with pytest.raises(UserError, match="“Plain thing” is not possible now"):
        registry.run("test.plain")
    possible[0] = True
    assert registry.can_run("test.plain")
    registry.run("test.plain")
    assert calls == [1]


def test_attempt_tells_a_refusal_instead_of_raising(registry):
    told, ran = [], []
    registry.refused.connect(told.append)
    registry.ran.connect(ran.append)

    def handler():
        raise UserError("empty", "Nothing is open.")

    registry.register("test.plain", handler)
    registry.attempt("test.plain")
    registry.attempt("test.told", "x")
    assert told == ["Nothing is open.", "There is no command “test.told”."]
    assert ran == []


def test_a_bug_in_a_handler_is_not_swallowed(registry):
    registry.register("test.plain", lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        registry.attempt("test.plain")


def test_checked(registry):
    on = [False]
    registry.register("test.plain", lambda: None, checked=lambda: on[0])
    registry.register("test.told", print)
    assert registry.checkable("test.plain")
    assert not registry.checkable("test.told")
    assert not registry.checked("test.plain")
    on[0] = True
    assert registry.checked("test.plain")


def test_missing_and_wrong_registrations(registry):
    assert registry.missing() == ("test.plain", "test.told")
    registry.register("test.plain", lambda: None)
    assert registry.missing() == ("test.told",)
    with pytest.raises(BugError):
        registry.register("test.plain", lambda: None)
    with pytest.raises(BugError):
        registry.register("test.other", lambda: None)


def test_the_default_is_the_whole_catalogue():
    registry = Registry()
    assert registry.specs()[0] is by_id("file.open")
    assert "player.toggle" in registry.missing()


@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        (ArgKind.MILLISECONDS, ["664000"], 664_000),
        (ArgKind.MILLISECONDS, [664_000], 664_000),
        (ArgKind.MILLISECONDS, ["11:04"], 664_000),
        (ArgKind.MILLISECONDS, ["11:04.5"], 664_500),
        (ArgKind.RATE, ["1.25"], 1.25),
        (ArgKind.RATE, ["1.5x"], 1.5),
        (ArgKind.RATE, [2], 2.0),
        (ArgKind.INTEGER, ["+3"], 3),
        (ArgKind.TEXT, ["one", "two"], "one two"),
        (ArgKind.TEXT, [""], ""),
        (ArgKind.PATH, ["talk one.mp3"], Path("talk one.mp3")),
        (ArgKind.PATH, [Path("a.vtt")], Path("a.vtt")),
    ],
)
def test_arguments_are_read(kind, given, read):
    assert read_argument(spec(kind), given) == (read,)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (ArgKind.MILLISECONDS, []),
        (ArgKind.MILLISECONDS, ["-1"]),
        (ArgKind.MILLISECONDS, ["soon"]),
        (ArgKind.MILLISECONDS, ["1", "2"]),
        (ArgKind.MILLISECONDS, ["9" * 40]),
        (ArgKind.MILLISECONDS, ["٣"]),
        (ArgKind.RATE, ["fast"]),
        (ArgKind.RATE, ["0"]),
        (ArgKind.RATE, ["-1"]),
        (ArgKind.RATE, ["nan"]),
        (ArgKind.RATE, ["inf"]),
        (ArgKind.INTEGER, ["1.5"]),
        (ArgKind.INTEGER, [""]),
        (ArgKind.PATH, [""]),
    ],
)
def test_arguments_that_make_no_sense_are_refused_in_one_sentence(kind, given):
    with pytest.raises(UserError) as refused:
        read_argument(spec(kind), given)
    assert refused.value.code == "bad-argument"
    assert refused.value.message.startswith("“test.it” needs ")
    assert refused.value.message.endswith(".")


def test_optional_and_absent_arguments():
    assert read_argument(spec(ArgKind.MILLISECONDS, required=False), []) == ()
    assert read_argument(PLAIN, []) == ()
    with pytest.raises(UserError, match="takes no argument"):
        read_argument(PLAIN, ["x"])
