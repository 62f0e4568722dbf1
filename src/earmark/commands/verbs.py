# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Binds command ids to what the session does; one short method call each.

What needs a widget (dialogs, panes, the find bar) is bound by `ui/shell/bindings.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from earmark.commands.registry import Registry
from earmark.session.attention import Attention
from earmark.session.finding import Finder
from earmark.session.marks.marks import Marks
from earmark.session.session import Session
from earmark.session.steering.listening import Listening
from earmark.session.steering.repeating import SLOWER, Repeating
from earmark.session.steering.stepping import Stepping
from earmark.session.undo import UndoHistory
from earmark.session.woven.walking import Walking
from earmark.session.woven.weaving import Weaving
from earmark.settings import options
from earmark.settings.values import Values


def bind_listening(
    registry: Registry, session: Session, listening: Listening, stepping: Stepping, repeating: Repeating
) -> None:
    """Bind play, seek, step, replay, loop, speed and volume."""

    def has_something() -> bool:
        return session.can_play

    def has_lines() -> bool:
        return session.timeline is not None

    def has_chapters() -> bool:
        return bool(session.chapters)

    verb = registry.register
    verb("player.play", listening.play, has_something)
    verb("player.pause", listening.pause, has_something)
    verb("player.toggle", listening.toggle, has_something)
    verb("player.seek", listening.seek, has_something)
    for name, seconds in (("", 5), ("_10", 10), ("_1", 1)):
        verb(f"player.back{name}", _seeks(listening, -seconds * 1000), has_something)
        verb(f"player.forward{name}", _seeks(listening, seconds * 1000), has_something)
    verb("player.rate", listening.set_rate)
    verb("player.slower", lambda: listening.change_rate(-1))
    verb("player.faster", lambda: listening.change_rate(+1))
    verb("player.normal_speed", lambda: listening.set_rate(1.0))
    verb("player.volume_up", lambda: listening.change_volume(+1))
    verb("player.volume_down", lambda: listening.change_volume(-1))
    verb("player.mute", listening.toggle_mute)
    verb("line.next", stepping.next_line, has_lines)
    verb("line.previous", stepping.previous_line, has_lines)
    verb("line.replay", repeating.replay, has_lines)
    verb("line.replay_slower", lambda: repeating.replay(SLOWER), has_lines)
    verb("line.loop", repeating.loop_line, has_lines)
    verb("loop.ab", repeating.loop_ab, has_something)
    verb("turn.next", stepping.next_turn, has_lines)
    verb("turn.previous", stepping.previous_turn, has_lines)
    verb("turn.next_same", lambda: stepping.next_turn(same_speaker=True), has_lines)
    verb("turn.previous_same", lambda: stepping.previous_turn(same_speaker=True), has_lines)
    verb("chapter.next", stepping.next_chapter, has_chapters)
    verb("chapter.previous", stepping.previous_chapter, has_chapters)
    verb("jump.back", listening.jump_back, has_something)
    verb("jump.forward", listening.jump_forward, has_something)


def _seeks(listening: Listening, delta_ms: int) -> Callable[[], None]:
    return lambda: listening.seek_by(delta_ms)


def bind_reading(registry: Registry, session: Session, attention: Attention, finder: Finder) -> None:
    """Bind following, tracks and the steps through hits."""

    def has_lines() -> bool:
        return session.timeline is not None

    verb = registry.register
    verb("view.follow", attention.follow, has_lines)
    verb("view.toggle_follow", attention.toggle, has_lines, lambda: attention.following)
    verb("view.track_next", session.next_track, lambda: len(session.tracks) > 1)
    verb("transcript.earlier", lambda: session.shift_by(-100), has_lines)
    verb("transcript.later", lambda: session.shift_by(+100), has_lines)
    verb("find.next", partial(finder.step, +1), lambda: len(finder.hits) > 0)
    verb("find.previous", partial(finder.step, -1), lambda: len(finder.hits) > 0)


def bind_weaving(registry: Registry, weaving: Weaving, walking: Walking, values: Values) -> None:
    """Bind the walk through disagreements, and what the listener can change in the woven transcript."""
    verb = registry.register
    verb("weave.next_disagreement", partial(walking.step, +1), lambda: walking.possible)
    verb("weave.previous_disagreement", partial(walking.step, -1), lambda: walking.possible)
    verb("weave.keep_other", walking.keep_other, lambda: walking.current is not None)
    verb(
        "weave.alternate_voices",
        weaving.alternate_voices,
        weaving.can_alternate,
        lambda: bool(weaving.voices),
    )
    verb("weave.flip_voices", weaving.flip_voices, weaving.can_flip)
    verb(
        "view.skipped",
        lambda: values.set(options.SKIPPED, not values.get(options.SKIPPED)),
        None,
        lambda: values.get(options.SKIPPED),
    )


def bind_marks(registry: Registry, session: Session, marks: Marks) -> None:
    """Bind what makes bookmarks and travels by them."""

    def has_something() -> bool:
        return session.something_open

    verb = registry.register
    verb("bookmark.capture", marks.capture.capture, has_something)
    verb("bookmark.note", marks.capture.note, has_something)
    verb("bookmark.next", marks.travel.next, has_something)
    verb("bookmark.previous", marks.travel.previous, has_something)
    registry.ran.connect(marks.capture.on_command)


def bind_undo(registry: Registry, history: UndoHistory) -> None:
    """Bind taking back and making again."""
    registry.register("edit.undo", history.undo, lambda: history.can_undo)
    registry.register("edit.redo", history.redo, lambda: history.can_redo)
