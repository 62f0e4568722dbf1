# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The bar below the page: timeline, times, and the buttons that steer. Main thread.

It knows actions by their command ids and nothing of the session: the shell tells it what to show and
listens to its signals. Where it gets narrow, texts give way to glyphs, step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from earmark.domain.times import clock
from earmark.ui.common.theme import Look
from earmark.ui.player.buttons import (
    COMPACT_PX,
    TIGHT_PX,
    ActionButton,
    GlyphButton,
    PlayButton,
    RateButton,
    Remark,
    VolumeButton,
)
from earmark.ui.player.seekbar import SeekBar

HOUR_MS = 3_600_000
EXTRA_GLYPHS = {"bookmark.capture": "bookmark"}


class TransportBar(QWidget):
    """The bottom bar. `seekbar` is there for its own setters and signals.

    Signals:
        rate_chosen: the listener wants this speed.
        volume_chosen: the listener wants this volume, 0..1.
    """

    rate_chosen = Signal(float)
    volume_chosen = Signal(float)

    def __init__(
        self,
        look: Look,
        action: Callable[[str], QAction],
        extra_ids: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Build the bar; `action` gives a command's, `extra_ids` are further commands to show."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Player")
        self._look = look
        self._time_ms = 0
        self._duration_ms = 0
        self._narrowest_px = 0
        self._stale = False
        self.seekbar = SeekBar(look)
        self._time, self._remaining = _time_label("Time"), _time_label("Remaining")
        self._play = PlayButton(look, action("player.toggle"))
        self._rate = RateButton(look)
        self._volume = VolumeButton(look, action("player.mute"))
        self._remark = Remark()
        lines = [
            ActionButton(look, action("line.previous"), "line-previous"),
            ActionButton(look, action("line.next"), "line-next", glyph_last=True),
        ]
        steps = [
            ActionButton(look, action("player.back"), "back", plain_text=True),
            ActionButton(look, action("player.forward"), "forward", plain_text=True),
        ]
        extras = [ActionButton(look, action("line.replay_slower"), "again")]
        for extra in extra_ids:
            extras.append(ActionButton(look, action(extra), EXTRA_GLYPHS.get(extra, ""), shows_key=True))
            extras[-1].setProperty("tone", "mark" if extra.startswith("bookmark.") else "")
        # Which texts go first when it gets narrow; then the remaining time goes, then what is beside glyphs.
        self._givers: list[Sequence[GlyphButton | Remark]] = [
            [self._remark, *extras], lines, [self._volume], steps,
        ]  # fmt: skip
        # Left out one after the other where even glyphs have no room; keys and menus have them all.
        self._leavers: list[Sequence[QWidget]] = [extras[:1], lines, [self._rate], steps, [self._volume]]
        self._need_lines = [*lines, extras[0]]
        self._need_something = [*steps, self._play, *extras[1:]]
        self.set_possible(something=False, lines=False)
        buttons = [lines[0], steps[0], self._play, steps[1], lines[1], self._rate, *extras]
        self._lay_out(buttons)
        self._rate.rate_chosen.connect(self.rate_chosen)
        self._volume.volume_chosen.connect(self.volume_chosen)
        for name in ("line.previous", *extra_ids):
            action(name).changed.connect(self._on_texts_changed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    # What the shell tells.

    def set_playing(self, playing: bool) -> None:
        """Show whether it plays."""
        self._play.set_playing(playing)
        if not playing:
            self.seekbar.describe()

    def set_time(self, ms: int) -> None:
        """Show the position; called with every tick, so the texts change only with the second."""
        self.seekbar.set_position(ms)
        if ms // 1000 != self._time_ms // 1000:
            self._time_ms = ms
            self._show_times()

    def set_duration(self, ms: int) -> None:
        """Set the length; 0 where it is unknown."""
        self._duration_ms = ms
        self.seekbar.set_duration(ms)
        self._show_times()
        self._fit()

    def set_rate(self, rate: float) -> None:
        """Show the speed."""
        self._rate.set_rate(rate)

    def set_volume(self, volume: float, muted: bool) -> None:
        """Show the volume, 0..1, and whether it is muted."""
        self._volume.set_volume(volume, muted)

    def set_remark(self, whole: str, short: str) -> None:
        """Say why there is no sound to steer, in the place of the volume; nothing where there is sound."""
        if whole != self._remark.whole:
            self._remark.say(whole, short)
            self._measure()

    def set_enabled(self, enabled: bool) -> None:
        """Allow timeline and speed, or not: nothing is open that could be played."""
        for widget in (self.seekbar, self._rate, self._time, self._remaining):
            widget.setEnabled(enabled)

    def set_possible(self, *, something: bool, lines: bool) -> None:
        """Allow the buttons that need something open, and those that need lines."""
        for buttons, possible in ((self._need_something, something), (self._need_lines, lines)):
            for button in buttons:
                button.set_possible(possible)

    # How it fits.

    def minimumSizeHint(self) -> QSize:
        """Be content with glyphs alone."""
        return QSize(self._narrowest_px, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give or take texts."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when style or font changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Measure what changed while nobody saw it."""
        super().showEvent(event)
        if self._stale:
            self._measure()

    def event(self, event: QEvent) -> bool:
        """Measure what changed, once for all changes, before it is laid out anew."""
        if event.type() == QEvent.Type.LayoutRequest and self._stale and self.isVisible():
            self._measure()
        return super().event(event)

    def _lay_out(self, buttons: Sequence[QWidget]) -> None:
        self._row = QHBoxLayout()
        self._row.addWidget(self._time)
        for button in buttons:
            self._row.addWidget(button)
        self._row.addStretch()
        self._row.addWidget(self._remark)
        self._row.addStretch()
        self._row.addWidget(self._remaining)
        self._row.addWidget(self._volume)
        self._column = column = QVBoxLayout(self)
        column.addWidget(self.seekbar)
        column.addLayout(self._row)

    def _measure(self) -> None:
        """Learn how narrow it can get, then use the width there is."""
        self._stale = False
        self._give_up(self._last_level)
        self._narrowest_px = self._needed_px()
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        for level in range(self._last_level + 1):
            self._give_up(level)
            if self._needed_px() <= self.width():
                return

    @property
    def _last_level(self) -> int:
        return len(self._givers) + 2 + len(self._leavers)

    def _give_up(self, level: int) -> None:
        tight = level > len(self._givers) + 1
        left_out = level - len(self._givers) - 2
        for number, buttons in enumerate(self._givers):
            for button in buttons:
                button.set_compact(number < level, TIGHT_PX if tight else COMPACT_PX)
        self._rate.set_roomy(not tight)
        for number, widgets in enumerate(self._leavers):
            for widget in widgets:
                silent = widget is self._volume and bool(self._remark.whole)
                widget.setVisible(number >= left_out and not silent)
        self._remaining.setVisible(level <= len(self._givers))
        self._row.setSpacing(self._look.px(2 if tight else {0: 18, 1: 12}.get(level, 4)))

    def _needed_px(self) -> int:
        self._row.invalidate()
        margins = self._column.contentsMargins()
        return self._row.minimumSize().width() + margins.left() + margins.right()

    def _show_times(self) -> None:
        hours = self._duration_ms >= HOUR_MS
        self._time.setText(clock(self._time_ms, hours=hours))
        left = self._duration_ms - self._time_ms
        self._remaining.setText(f"−{clock(left, hours=hours)}" if self._duration_ms else "")

    @Slot()
    def _on_texts_changed(self) -> None:
        self._fit()

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        for label in (self._time, self._remaining):
            label.setFont(self._look.mono(13))
        # Room around it does not grow with the text: the page needs it more.
        self._column.setContentsMargins(px(10), px(7) + 3, px(10), px(7) + 3)
        self._column.setSpacing(6)
        self._row.setContentsMargins(px(8), 0, px(8), 0)  # the timeline has as much, for its knob
        self._show_times()
        self._measure()


def _time_label(name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAccessibleDescription(name)
    return label
