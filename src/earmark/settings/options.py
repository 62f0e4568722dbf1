# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Every option, once: its key, what it may be, what it is at first, and how it is told to the listener.

The constants are the only door: `values.get(options.TEXT_SCALE)`. Preferences are built from `OPTIONS`;
an option without a title is kept for the listener but not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Option(NamedTuple, Generic[T]):
    """One option; its type is the type of `default`.

    `choices` are (value, name) pairs; `low` and `high` bound a number, inclusive.
    """

    key: str
    default: T
    title: str = ""
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    low: float | None = None
    high: float | None = None

    def accepts(self, value: object) -> bool:
        """Tell whether a value may be stored for this option."""
        if isinstance(self.default, float):
            fits = isinstance(value, int | float) and not isinstance(value, bool)
        else:
            fits = type(value) is type(self.default)
        if not fits:
            return False
        if self.choices:
            return any(value == choice for choice, _ in self.choices)
        return self._in_range(value)

    def _in_range(self, value: Any) -> bool:
        # Written so that NaN is out of range.
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


THEME = Option(
    "view.theme",
    "system",
    "Theme",
    "Light, dark, or as the system says.",
    choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
)
TEXT_SCALE = Option(
    "view.text_scale",
    1.0,
    "Text size",
    "Size of the transcript's text against its normal size.",
    low=0.5,
    high=3.0,
)
REDUCED_MOTION = Option(
    "view.reduced_motion",
    "system",
    "Reduced motion",
    "Scrolling jumps instead of gliding.",
    choices=(("system", "As the system"), ("on", "On"), ("off", "Off")),
)
WORD_MOTION = Option(
    "view.word_motion",
    "soft",
    "Moving word",
    "What follows the voice: words whose time is sure, words known to about 0.3 s too, or sentences only.",
    choices=(
        ("words", "Words with a sure time"),
        ("soft", "Words, less sure ones softly"),
        ("sentences", "Sentences only"),
    ),
)
SKIPPED = Option(
    "view.skipped",
    True,
    "Passages only the machine heard",
    "A song or an advertisement the typist left out is shown dimmed in the woven transcript.",
)
LIBRARY_PANE = Option("view.library_pane", True)
NOTES_PANE = Option("view.notes_pane", True)
GEOMETRY = Option("window.geometry", "")  # Qt's bytes in base64
PANE_WIDTHS: Option[list[int]] = Option("window.pane_widths", [])
OPEN_FOLDER = Option("files.open_folder", "")  # where a file was chosen last
SAVE_FOLDER = Option("files.save_folder", "")
LIBRARY_FOLDERS: Option[list[str]] = Option("library.folders", [])  # what Rescan looks through
LIBRARY_UNFINISHED: Option[list[str]] = Option("library.unfinished", [])  # files and folders not yet added
LIBRARY_SORT = Option(
    "library.sort",
    "source",
    choices=(("source", "By show or folder"), ("title", "By title"), ("added", "Newest first")),
)
VOLUME = Option("player.volume", 0.8, low=0.0, high=1.0)
MUTED = Option("player.muted", False)
BARE_KEYS = Option(
    "keys.bare",
    True,
    "Single-letter keys",
    "Keys without Ctrl or Alt act while no text field has the focus.",
)
CUSTOM_KEYS: Option[Mapping[str, object]] = Option("keys.custom", {})  # command id -> list of key sequences
WHERE_AM_I = Option(
    "where_am_i.pause",
    "pause",
    "Where am I",
    "What the sound does while the place is told.",
    choices=(("pause", "Pause"), ("lower", "Play on, more quietly")),
)
NOTE_PAUSES = Option(
    "bookmark.note_pauses", False, "Pause while typing a note", "Playback goes on when the note is done."
)

COLOUR_NAMES: Option[Mapping[str, object]] = Option("bookmark.colour_names", {})  # kept colour -> own name

OPTIONS: Mapping[str, Option[Any]] = {
    option.key: option
    for option in (
        THEME,
        TEXT_SCALE,
        REDUCED_MOTION,
        WORD_MOTION,
        SKIPPED,
        LIBRARY_PANE,
        NOTES_PANE,
        GEOMETRY,
        PANE_WIDTHS,
        OPEN_FOLDER,
        SAVE_FOLDER,
        LIBRARY_FOLDERS,
        LIBRARY_UNFINISHED,
        LIBRARY_SORT,
        VOLUME,
        MUTED,
        BARE_KEYS,
        CUSTOM_KEYS,
        WHERE_AM_I,
        NOTE_PAUSES,
        COLOUR_NAMES,
    )
}
