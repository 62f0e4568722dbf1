# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The timeline: where the recording is, and a way to be elsewhere. Main thread.

It is a QAbstractSlider so that screen readers meet a slider. The clock moves it without a word to them;
only what the listener does with its keys is announced.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from earmark.domain.times import clock, spoken
from earmark.ui.common.theme import Look
from earmark.ui.player.preview import Preview
from earmark.ui.player.track import GROOVE_PX, Track

STEP_MS = 5_000
PAGE_MS = 30_000
RESTART_MS = 2_000  # a chapter older than this is gone back to its start first
LONGEST_MS = 2**31 - 1  # what a slider can count: 24 days


class SeekBar(QAbstractSlider):
    """Position, duration, and marks of a recording.

    Signals:
        sought: the listener wants to be at this time (ms).
        preview_requested: the listener drags over this time (ms); nothing is sought yet.
    """

    sought = Signal("qlonglong")  # type: ignore[arg-type]
    preview_requested = Signal("qlonglong")  # type: ignore[arg-type]

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._track = Track(look)
        self._preview: Preview | None = None
        self._source: Callable[[int], str] = _nothing
        self._drag_ms: int | None = None
        self._by_clock = False
        self._told_ms = 0
        self._painted_x = 0.0
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 0)
        self.setSingleStep(STEP_MS)
        self.setPageStep(PAGE_MS)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Position")
        self.valueChanged.connect(self._on_value_changed)
        look.changed.connect(self._on_look_changed)

    # What the session tells.

    def set_position(self, ms: int) -> None:
        """Show where the recording is."""
        self._told_ms = min(ms, LONGEST_MS)
        self._by_clock = True
        self.setValue(self._told_ms)
        self._by_clock = False

    def set_duration(self, ms: int) -> None:
        """Set the length; 0 where it is unknown."""
        self._track.duration_ms = min(ms, LONGEST_MS)
        self._by_clock = True
        self.setRange(0, self._track.duration_ms)
        self.setValue(self._told_ms)  # it may have been told before the length was
        self._by_clock = False
        self._repaint()

    def set_chapters(self, chapters: Sequence[tuple[int, str]]) -> None:
        """Set (start, title) of the chapters, in order."""
        self._track.chapters = chapters
        self._repaint()

    def set_marks(self, marks: Sequence[tuple[int, str, str]]) -> None:
        """Set (time, title, the theme's role of the colour) of the bookmarks."""
        self._track.marks = marks
        self._repaint()

    def set_hits(self, hits: Sequence[int]) -> None:
        """Set the times of the search hits, as many as there are."""
        self._track.hits = hits
        self._repaint()

    def set_loop(self, start_ms: int | None, end_ms: int | None) -> None:
        """Set the ends of the loop, each None while it is not set."""
        self._track.loop = (start_ms, end_ms)
        self._repaint()

    @Slot(object)
    def set_loop_start(self, start_ms: int | None) -> None:
        """Show where a loop will begin whose end is still to be set."""
        self.set_loop(start_ms, None)

    def set_heard(self, stretches: Sequence[tuple[int, int]]) -> None:
        """Set (start, end) of what has been played."""
        self._track.heard = stretches
        self._repaint()

    def set_preview_source(self, source: Callable[[int], str]) -> None:
        """Set what tells the sentence at a time, for the preview."""
        self._source = source

    def describe(self) -> None:
        """Bring the words for screen readers up to date; while it plays they would only disturb."""
        self.setAccessibleDescription(f"{spoken(self.value())} of {spoken(self.maximum())}")

    # What the listener does.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the knob; nothing is sought before it is let go."""
        if event.button() == Qt.MouseButton.LeftButton and self.maximum():
            self.grabKeyboard()  # Esc cancels, and a click gave us no focus
            self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what is said under the pointer."""
        if self._drag_ms is not None:
            self._drag(event.position())
        elif self.maximum():
            self._show_preview(self._track.ms(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: seek."""
        if event.button() == Qt.MouseButton.LeftButton and self._drag_ms is not None:
            target = self._track.ms(event.position().x())
            self._let_go()
            self._seek(target)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Do nothing: a wheel that scrolls the page must not seek when it slips."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel a drag, or seek by the keys of a slider."""
        if self._drag_ms is not None:
            if event.key() == Qt.Key.Key_Escape:
                self._let_go()
            return
        target = self._target(event)
        if target is None:
            event.ignore()
            return
        self._seek(target)
        super().sliderChange(QAbstractSlider.SliderChange.SliderValueChange)

    def event(self, event: QEvent) -> bool:
        """Claim the keys of a slider before the window's shortcuts take them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._drag_ms is not None or self._target(event) is not None:
                event.accept()
                return True
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.EnabledChange, QEvent.Type.WindowDeactivate):
            self._let_go()
        elif event.type() == QEvent.Type.Leave and self._drag_ms is None:
            self.hide_preview()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where it is to whoever tabs here."""
        self.describe()
        super().focusInEvent(event)

    def _target(self, event: QKeyEvent) -> int | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.maximum():
            return None
        now = self.value()
        targets = {
            Qt.Key.Key_Left: now - STEP_MS,
            Qt.Key.Key_Right: now + STEP_MS,
            Qt.Key.Key_PageUp: self._chapter_before(now),
            Qt.Key.Key_PageDown: self._chapter_after(now),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.maximum(),
        }
        target = targets.get(Qt.Key(event.key()))
        return None if target is None else min(max(0, target), self.maximum())

    def _chapter_before(self, ms: int) -> int:
        starts = [at for at, _ in self._track.chapters]
        found = bisect_left(starts, ms - RESTART_MS)
        return (starts[found - 1] if found else 0) if starts else ms - PAGE_MS

    def _chapter_after(self, ms: int) -> int:
        starts = [at for at, _ in self._track.chapters]
        found = bisect_right(starts, ms)
        return (starts[found] if found < len(starts) else self.maximum()) if starts else ms + PAGE_MS

    def _drag(self, position: QPointF) -> None:
        self._drag_ms = self._track.ms(position.x())
        self.update()
        self._show_preview(self._drag_ms)
        self.preview_requested.emit(self._drag_ms)

    def _let_go(self) -> None:
        if self._drag_ms is not None:
            self._drag_ms = None
            self.releaseKeyboard()
            self.update()
        self.hide_preview()

    def _seek(self, ms: int) -> None:
        self.set_position(ms)
        self.describe()
        self.sought.emit(ms)

    # How it looks.

    def sizeHint(self) -> QSize:
        """Ask for the height of the marks."""
        return QSize(self._look.px(400), self._look.px(28))

    def minimumSizeHint(self) -> QSize:
        """Be content with little width."""
        return QSize(self._look.px(80), self._look.px(28))

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Repaint where the knob moved to be seen; the clock's steps are not announced."""
        if not self._by_clock:
            super().sliderChange(change)
        elif abs(self._track.x(self.value()) - self._painted_x) >= 0.5:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, then what is played and the knob."""
        theme, px = self._look.theme, self._look.px
        self._track.width_px = self.width()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._track.picture(self.size(), self.devicePixelRatioF()))
        if not self.maximum():
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent if self.isEnabled() else theme.dim)
        x = self._track.x(self.value() if self._drag_ms is None else self._drag_ms)
        self._painted_x = x
        radius = px(GROOVE_PX) / 2
        played = self._track.groove(self._track.x(0), x, self.height())
        painter.drawRoundedRect(played, radius, radius)
        knob = QPointF(x, played.center().y())
        painter.drawEllipse(knob, px(7.5), px(7.5))
        if self.hasFocus():
            painter.setBrush(theme.on_accent)
            painter.setPen(QPen(theme.accent, px(2)))
            painter.drawEllipse(knob, px(6.5), px(6.5))
            painter.setBrush(theme.accent)
            painter.drawEllipse(knob, px(3), px(3))
        painter.end()

    def _repaint(self) -> None:
        self._track.width_px = self.width()
        self._track.forget_picture()
        self.update()

    def _show_preview(self, ms: int) -> None:
        if self._preview is None or self._preview.parentWidget() is not self.window():
            self._preview = Preview(self._look, self.window())
        point = self.mapTo(self.window(), QPointF(self._track.x(ms), 0)).toPoint()
        name = self._track.name_at(ms)
        time = clock(ms, hours=self.maximum() >= 3_600_000)
        self._preview.show_above(point, f"{time}  {name}" if name else time, self._source(ms))

    @Slot()
    def hide_preview(self) -> None:
        """Take the preview away: the listener does something else."""
        if self._preview is not None:
            self._preview.hide()

    @Slot(int)
    def _on_value_changed(self, value: int) -> None:
        if not self._by_clock:
            self.sought.emit(value)  # a screen reader moved it

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self._repaint()


def _nothing(_ms: int) -> str:
    return ""
