# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The buttons of the transport bar. Main thread.

None takes the focus from a mouse click: Space stays with the page. Texts and keys come from the actions.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSlider, QWidget

from earmark.playback.player import MAX_RATE, MIN_RATE
from earmark.ui.common.icons import icon
from earmark.ui.common.theme import Look

RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
RATE_STEP = 0.05
_WIDEST_RATE = "2.85×"
VOLUME_STEP = 0.05


COMPACT_PX, TIGHT_PX = 38, 32
WIDEST_PX = 16_777_215  # Qt's "no limit"


class GlyphButton(QPushButton):
    """A button with a glyph in the theme's colours, a text, or both.

    `plain_text` leaves the glyph to the compact form, `glyph_last` puts it behind the text.
    """

    def __init__(
        self,
        look: Look,
        glyph: str,
        *,
        plain_text: bool = False,
        glyph_last: bool = False,
        glyph_px: float = 16,
    ) -> None:
        super().__init__()
        self._look = look
        self._glyph = glyph
        self._glyph_px = glyph_px
        self._plain_text = plain_text
        self._label = ""
        self._compact = False
        self._compact_px = COMPACT_PX
        self._drawn = QIcon()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if glyph_last:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._draw()
        look.changed.connect(self._on_look_changed)

    def set_label(self, label: str) -> None:
        """Set the text it shows while there is room."""
        self._label = label
        self._show()

    def set_glyph(self, glyph: str) -> None:
        """Draw another glyph."""
        if glyph != self._glyph:
            self._glyph = glyph
            self._draw()

    def set_compact(self, compact: bool, width_px: int = COMPACT_PX) -> None:
        """Show the glyph alone, so wide at 100 %, or the text again."""
        compact = compact and bool(self._glyph)
        if (compact, width_px) != (self._compact, self._compact_px):
            self._compact, self._compact_px = compact, width_px
            self._show()

    def glyph_colour(self) -> QColor:
        """Return what the glyph is drawn in."""
        return self._look.theme.text

    def _draw(self) -> None:
        if self._glyph:
            side = self._look.px(self._glyph_px)
            ratio, colour = self.devicePixelRatioF(), self.glyph_colour()
            self._drawn = icon(self._look, self._glyph, size_px=self._glyph_px, ratio=ratio, colour=colour)
            self.setIconSize(QSize(side, side))
        self._show()

    def _show(self) -> None:
        self.setIcon(QIcon() if self._plain_text and not self._compact else self._drawn)
        self.setText("" if self._compact else self._label.replace("&", "&&"))
        width = self._look.px(self._compact_px)
        self.setMinimumWidth(width if self._compact else 0)
        self.setMaximumWidth(width if self._compact else WIDEST_PX)

    @Slot()
    def _on_look_changed(self) -> None:
        self._draw()


class ActionButton(GlyphButton):
    """A button that does what an action does and says what it says.

    It shows the action's icon text (the short one) and gives its whole text to screen readers.
    """

    def __init__(
        self, look: Look, action: QAction, glyph: str, *, plain_text: bool = False, glyph_last: bool = False,
        glyph_px: float = 16, shows_key: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(look, glyph, plain_text=plain_text, glyph_last=glyph_last, glyph_px=glyph_px)
        self._action = action
        self._possible = True
        self._shows_key = shows_key
        action.changed.connect(self._on_action_changed)
        self.clicked.connect(self._on_clicked)
        self._on_action_changed()

    def set_possible(self, possible: bool) -> None:
        """Say whether there is something to do it with; the action itself and its keys stay as they are."""
        self._possible = possible
        self.setEnabled(self._action.isEnabled() and possible)

    @Slot()
    def _on_action_changed(self) -> None:
        action = self._action
        title, _, key = action.text().partition("\t")  # behind the tab is the key, as menus show it
        self.set_label(f"{action.iconText()} {key}" if key and self._shows_key else action.iconText())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(title.replace("&&", "\0").replace("&", "").replace("\0", "&"))
        self.setEnabled(action.isEnabled() and self._possible)
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())

    @Slot()
    def _on_clicked(self) -> None:
        self._action.trigger()


class PlayButton(ActionButton):
    """The round one."""

    def __init__(self, look: Look, action: QAction) -> None:
        super().__init__(look, action, "play", glyph_px=18)
        self.set_compact(True)

    def set_playing(self, playing: bool) -> None:
        """Show what a press will do."""
        self.set_glyph("pause" if playing else "play")

    def glyph_colour(self) -> QColor:
        """Return the colour that stands out on the accent."""
        return self._look.theme.on_accent

    def sizeHint(self) -> QSize:
        """Be round."""
        return QSize(self._look.px(COMPACT_PX), self._look.px(COMPACT_PX))

    def minimumSizeHint(self) -> QSize:
        """Stay round."""
        return self.sizeHint()


class RateButton(GlyphButton):
    """The speed: shows it, offers a few, and moves a little on Up and Down.

    Signals:
        rate_chosen: the listener wants this speed.
    """

    rate_chosen = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self._rate = 1.0
        menu = QMenu(self)
        self._choices = QActionGroup(menu)
        for rate in RATES:
            choice = menu.addAction(rate_text(rate))
            choice.setCheckable(True)
            choice.setData(rate)
            self._choices.addAction(choice)
        self._choices.triggered.connect(self._on_chosen)
        self.setMenu(menu)
        self.setToolTip("Speed")
        self._roomy = True
        self.set_rate(1.0)

    def set_rate(self, rate: float) -> None:
        """Show a speed."""
        self._rate = rate
        self.set_label(rate_text(rate))
        self.setAccessibleName(f"Speed {rate_text(rate)}")
        for choice in self._choices.actions():
            choice.setChecked(abs(choice.data() - rate) < 0.005)

    def set_roomy(self, roomy: bool) -> None:
        """Keep one width for every speed, so that nothing beside it moves, or take what this one needs."""
        if roomy is not self._roomy:
            self._roomy = roomy
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the room of the widest speed."""
        hint = super().sizeHint()
        if not self._roomy:
            return hint
        metrics, flag = self.fontMetrics(), Qt.TextFlag.TextShowMnemonic
        own, widest = (metrics.size(flag, text).width() for text in (self.text(), _WIDEST_RATE))
        return QSize(hint.width() - own + widest, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Keep the room of the widest speed."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go faster on Up and slower on Down."""
        by = {Qt.Key.Key_Up: RATE_STEP, Qt.Key.Key_Down: -RATE_STEP}.get(Qt.Key(event.key()))
        if by is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.rate_chosen.emit(min(MAX_RATE, max(MIN_RATE, round(self._rate + by, 2))))

    @Slot(QAction)
    def _on_chosen(self, choice: QAction) -> None:
        self.rate_chosen.emit(choice.data())


class VolumePopup(QFrame):
    """The slider behind the volume button, with the mute button beside it."""

    def __init__(self, look: Look, mute: QAction, opener: QWidget) -> None:
        super().__init__(opener, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.mute = ActionButton(look, mute, "volume-muted")
        self.mute.set_compact(True)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName("Volume")
        self.slider.setMinimumWidth(look.px(160))
        row = QHBoxLayout(self)
        row.addWidget(self.mute)
        row.addWidget(self.slider)

    def open_above(self, opener: QWidget) -> None:
        """Show above a button, flush with its right end."""
        self.adjustSize()
        corner = opener.mapToGlobal(QPoint(opener.width() - self.width(), -self.height() - 4))
        self.move(corner)
        self.show()
        self.slider.setFocus()


class VolumeButton(GlyphButton):
    """The volume: shows it, opens its slider, and moves a little on Up and Down.

    Signals:
        volume_chosen: the listener wants this volume, 0..1.
    """

    volume_chosen = Signal(float)

    def __init__(self, look: Look, mute: QAction) -> None:
        super().__init__(look, "volume")
        self._mute = mute
        self._popup: VolumePopup | None = None
        self._volume = 1.0
        self.setToolTip("Volume")
        self.set_volume(1.0, False)
        self.clicked.connect(self._on_clicked)

    def set_volume(self, volume: float, muted: bool) -> None:
        """Show a volume, 0..1."""
        self._volume = volume
        percent = round(volume * 100)
        self.set_label(f"{percent}%")
        self.setAccessibleName(f"Volume {percent}%, muted" if muted else f"Volume {percent}%")
        self.set_glyph("volume-muted" if muted or not percent else "volume")
        if self._popup is not None and not self._popup.slider.isSliderDown():
            blocked = self._popup.slider.blockSignals(True)
            self._popup.slider.setValue(percent)
            self._popup.slider.blockSignals(blocked)

    def popup(self) -> VolumePopup:
        """Return the slider's panel, made when first needed."""
        if self._popup is None:
            self._popup = VolumePopup(self._look, self._mute, self)
            self._popup.slider.setValue(round(self._volume * 100))
            self._popup.slider.valueChanged.connect(self._on_slid)
        return self._popup

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go louder on Up and softer on Down."""
        by = {Qt.Key.Key_Up: VOLUME_STEP, Qt.Key.Key_Down: -VOLUME_STEP}.get(Qt.Key(event.key()))
        if by is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.volume_chosen.emit(min(1.0, max(0.0, round(self._volume + by, 2))))

    @Slot()
    def _on_clicked(self) -> None:
        self.popup().open_above(self)

    @Slot(int)
    def _on_slid(self, percent: int) -> None:
        self.volume_chosen.emit(percent / 100)


class Remark(QLabel):
    """A dim sentence in the bar, or its first words where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = ""
        self._short = ""
        self._compact = False
        self.setObjectName("dim")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say(self, whole: str, short: str) -> None:
        """Take a sentence and its short form; empty: nothing is said."""
        self.whole, self._short = whole, short
        self.setToolTip(whole)
        self.setAccessibleName(whole)
        self.setVisible(bool(whole))
        self._show()

    def set_compact(self, compact: bool, _width_px: int = COMPACT_PX) -> None:
        """Show the short form, or the sentence again."""
        self._compact = compact
        self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw as much of it as there is room for."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _show(self) -> None:
        self.setText(self._short if self._compact else self.whole)


def rate_text(rate: float) -> str:
    """Return `1.25×`."""
    return f"{rate:.2f}".rstrip("0").rstrip(".") + "×"
