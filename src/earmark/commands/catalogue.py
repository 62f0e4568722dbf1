# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Every command once: its id, title, place in the menus and default keys. Plain data, no Qt, any thread.

Menus, tooltips, the key sheet, `earmark commands` and the README's table are made from this table; no key
is written anywhere else. Keys are values and may be changed by the listener; ids are identity and stay.

A command is listed here when something carries it out: a spec that the registry has no handler for fails a
test, so a new command is its spec here and its verb together.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NamedTuple


class Group(Enum):
    """Commands that belong together: a section of a menu, and a heading of the key sheet."""

    FILE = ("File", "File")
    ADD = ("File", "Add to the library")
    BACKUP = ("File", "File", 2)
    LEAVE = ("File", "File", 3)
    UNDO = ("Edit", "Undo")
    COPY = ("Edit", "Copy")
    PLAY = ("Playback", "Play")
    STEP = ("Playback", "Back and forward")
    AGAIN = ("Playback", "Say it again")
    SPEED = ("Playback", "Speed")
    SOUND = ("Playback", "Sound")
    LINES = ("Go", "Lines, turns, chapters")
    PLACES = ("Go", "Places")
    FIND = ("Search", "Find in the transcript")
    LIBRARY = ("Search", "The library")
    BOOKMARKS = ("Bookmarks", "Bookmarks")
    CHOSEN = ("Bookmarks", "Chosen in the notes pane")
    CARRY = ("Bookmarks", "Take bookmarks along")
    FOLLOW = ("View", "Follow and look around")
    TRANSCRIPT = ("View", "Transcript")
    WEAVE = ("View", "Woven transcript")
    PANES = ("View", "Panes")
    TEXT = ("View", "Text size")
    THEME = ("View", "Colours")
    HELP = ("Help", "Help")

    def __init__(self, menu: str, heading: str, section: int = 1) -> None:
        self.menu = menu
        self.heading = heading
        self.section = section  # of several under one heading


class ArgKind(StrEnum):
    """What a command can be told beside its id."""

    MILLISECONDS = "MS"
    RATE = "RATE"
    TEXT = "TEXT"
    PATH = "PATH"
    INTEGER = "NUMBER"


class Argument(NamedTuple):
    """The one argument of a command. A command that requires one is not in the menus."""

    kind: ArgKind
    required: bool = True

    def __str__(self) -> str:
        return str(self.kind) if self.required else f"[{self.kind}]"


class CommandSpec(NamedTuple):
    """One command.

    `keys` work everywhere, also while typing (layer A); `bare` keys work while the focus is not in a text
    input (layer B). Both are Qt's portable key texts. `repeats` lets a held key run it again and again.
    `note` is a second sentence for the tooltip. `listed` False keeps it out of the menus, where another
    entry does the same.
    """

    id: str
    title: str
    group: Group
    keys: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    arg: Argument | None = None
    repeats: bool = False
    note: str = ""
    short: str = ""  # what a button says where the title is too long
    listed: bool = True

    @property
    def in_menu(self) -> bool:
        """Whether the menus offer it: it needs nothing to be told."""
        return self.listed and (self.arg is None or not self.arg.required)


_SEEK = Argument(ArgKind.MILLISECONDS)
_RATE = Argument(ArgKind.RATE)
_SPEC = CommandSpec

COMMANDS: tuple[CommandSpec, ...] = (
    _SPEC("file.open", "Open…", Group.FILE, ("Ctrl+O",), arg=Argument(ArgKind.PATH, required=False)),
    _SPEC("file.sample", "Open the sample", Group.FILE),
    _SPEC(
        "library.add", "Add a folder to the library…", Group.ADD, arg=Argument(ArgKind.PATH, required=False)
    ),
    _SPEC("library.rescan", "Rescan the library", Group.ADD),
    _SPEC("library.stop", "Stop adding", Group.ADD, listed=False),
    _SPEC(
        "file.backup",
        "Back up everything…",
        Group.BACKUP,
        arg=Argument(ArgKind.PATH, required=False),
        note="Bookmarks, notes, positions and settings in one file, for a new computer.",
    ),
    _SPEC("file.restore", "Restore…", Group.BACKUP, arg=Argument(ArgKind.PATH, required=False)),
    _SPEC("app.quit", "Quit", Group.LEAVE, ("Ctrl+Q",)),
    _SPEC("edit.undo", "Undo", Group.UNDO, ("Ctrl+Z",)),
    _SPEC("edit.redo", "Redo", Group.UNDO, ("Ctrl+Shift+Z",)),
    _SPEC("edit.copy", "Copy the line or selection", Group.COPY, ("Ctrl+C",)),
    _SPEC("edit.copy_quote", "Copy with speaker and time", Group.COPY, ("Ctrl+Shift+C",)),
    _SPEC(
        "player.toggle",
        "Play or pause",
        Group.PLAY,
        ("Ctrl+Space", "Media Play", "Toggle Media Play/Pause"),
        ("Space", "K"),
    ),
    _SPEC("player.play", "Play", Group.PLAY, listed=False),
    _SPEC("player.pause", "Pause", Group.PLAY, ("Media Pause", "Media Stop"), listed=False),
    _SPEC("player.seek", "Go to a position", Group.PLAY, arg=_SEEK),
    _SPEC("player.back", "Back 5 seconds", Group.STEP, bare=("Left",), repeats=True, short="−5 s"),
    _SPEC("player.forward", "Forward 5 seconds", Group.STEP, bare=("Right",), repeats=True, short="+5 s"),
    _SPEC("player.back_10", "Back 10 seconds", Group.STEP, bare=("J",), repeats=True),
    _SPEC("player.forward_10", "Forward 10 seconds", Group.STEP, bare=("L",), repeats=True),
    _SPEC("player.back_1", "Back 1 second", Group.STEP, bare=("Shift+Left",), repeats=True),
    _SPEC("player.forward_1", "Forward 1 second", Group.STEP, bare=("Shift+Right",), repeats=True),
    _SPEC("line.replay", "Play from the line again", Group.AGAIN, bare=("R",)),
    _SPEC(
        "line.replay_slower",
        "Say again slower",
        Group.AGAIN,
        bare=("Shift+R",),
        note="Plays the line at three quarters of the speed, then goes on as before.",
    ),
    _SPEC("line.loop", "Loop the line", Group.AGAIN, bare=("Shift+A",)),
    _SPEC(
        "loop.ab",
        "Loop from A to B",
        Group.AGAIN,
        bare=("A",),
        note="The first press sets A, the second sets B, the third ends the loop.",
    ),
    _SPEC("player.slower", "Slower", Group.SPEED, bare=("[", "<"), repeats=True),
    _SPEC("player.faster", "Faster", Group.SPEED, bare=("]", ">"), repeats=True),
    _SPEC("player.normal_speed", "Normal speed", Group.SPEED, bare=("=",)),
    _SPEC("player.rate", "Set the speed", Group.SPEED, arg=_RATE),
    _SPEC("player.volume_up", "Louder", Group.SOUND, ("Ctrl+Up",), repeats=True),
    _SPEC("player.volume_down", "Quieter", Group.SOUND, ("Ctrl+Down",), repeats=True),
    _SPEC("player.mute", "Mute", Group.SOUND, bare=("M",)),
    _SPEC(
        "line.previous",
        "Previous line",
        Group.LINES,
        ("Media Previous",),
        ("Ctrl+Left",),
        repeats=True,
        note="Starts the line again when it is more than 2 seconds old.",
        short="line",
    ),
    _SPEC(
        "line.next", "Next line", Group.LINES, ("Media Next",), ("Ctrl+Right",), repeats=True, short="line"
    ),
    _SPEC("turn.previous", "Previous turn", Group.LINES, bare=("Ctrl+Shift+Left",), repeats=True),
    _SPEC("turn.next", "Next turn", Group.LINES, bare=("Ctrl+Shift+Right",), repeats=True),
    _SPEC(
        "turn.previous_same",
        "Previous turn by the same speaker",
        Group.LINES,
        ("Ctrl+Alt+Left",),
        repeats=True,
    ),
    _SPEC("turn.next_same", "Next turn by the same speaker", Group.LINES, ("Ctrl+Alt+Right",), repeats=True),
    _SPEC("chapter.previous", "Previous chapter", Group.LINES, ("Ctrl+PgUp",)),
    _SPEC("chapter.next", "Next chapter", Group.LINES, ("Ctrl+PgDown",)),
    _SPEC(
        "go.time",
        "Go to time…",
        Group.PLACES,
        ("Ctrl+T",),
        arg=Argument(ArgKind.MILLISECONDS, required=False),
    ),
    _SPEC("jump.back", "Back to where you were", Group.PLACES, ("Alt+Left",), ("Backspace",)),
    _SPEC("jump.forward", "Forward again", Group.PLACES, ("Alt+Right",)),
    _SPEC("find.open", "Find in the transcript", Group.FIND, ("Ctrl+F",), ("/",)),
    _SPEC("find.next", "Next hit", Group.FIND, ("F3", "Ctrl+G"), repeats=True),
    _SPEC("find.previous", "Previous hit", Group.FIND, ("Shift+F3", "Ctrl+Shift+G"), repeats=True),
    _SPEC("find.close", "Close the search", Group.FIND, listed=False),
    _SPEC(
        "library.search",
        "Search everything",
        Group.LIBRARY,
        ("Ctrl+Shift+F",),
        arg=Argument(ArgKind.TEXT, required=False),
    ),
    _SPEC(
        "library.play_hits",
        "Play all hits",
        Group.LIBRARY,
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        note="Plays each with two seconds before and after, then stops.",
    ),
    _SPEC(
        "bookmark.capture",
        "Bookmark what was just heard",
        Group.BOOKMARKS,
        ("Ctrl+B",),
        ("B",),
        note="Again within 3 seconds: one line more from before. A selection is marked as it is.",
        short="Bookmark",
    ),
    _SPEC(
        "bookmark.note",
        "Bookmark with a note",
        Group.BOOKMARKS,
        ("Ctrl+Shift+B",),
        ("N",),
        arg=Argument(ArgKind.TEXT, required=False),
    ),
    _SPEC("bookmark.next", "Next bookmark", Group.BOOKMARKS, ("F2",)),
    _SPEC("bookmark.previous", "Previous bookmark", Group.BOOKMARKS, ("Shift+F2",)),
    _SPEC("bookmark.play", "Play from the chosen bookmark", Group.CHOSEN),
    _SPEC("bookmark.edit", "Edit its note", Group.CHOSEN),
    _SPEC("bookmark.tags", "Edit its tags", Group.CHOSEN),
    _SPEC("bookmark.colour", "Give it a colour", Group.CHOSEN, arg=Argument(ArgKind.TEXT)),
    _SPEC("bookmark.name_colours", "Name the colours…", Group.CHOSEN),
    _SPEC("bookmark.copy_link", "Copy a link to it", Group.CHOSEN),
    _SPEC(
        "bookmark.save_audio",
        "Save its stretch as audio…",
        Group.CHOSEN,
        arg=Argument(ArgKind.PATH, required=False),
    ),
    _SPEC("bookmark.delete", "Delete the chosen bookmarks", Group.CHOSEN),
    _SPEC("bookmark.export", "Export bookmarks…", Group.CARRY, arg=Argument(ArgKind.PATH, required=False)),
    _SPEC("bookmark.import", "Import bookmarks…", Group.CARRY, arg=Argument(ArgKind.PATH, required=False)),
    _SPEC("view.follow", "Show now and follow", Group.FOLLOW, bare=("G",)),
    _SPEC("view.toggle_follow", "Follow the playing line", Group.FOLLOW, bare=("Shift+G",)),
    _SPEC(
        "view.where",
        "Where am I",
        Group.FOLLOW,
        bare=("W",),
        note="Pauses and says the time, the speaker and the line.",
    ),
    _SPEC("view.track_next", "Next transcript of this recording", Group.TRANSCRIPT, bare=("T",)),
    _SPEC(
        "transcript.earlier", "Transcript 0.1 seconds earlier", Group.TRANSCRIPT, bare=("Z",), repeats=True
    ),
    _SPEC(
        "transcript.later", "Transcript 0.1 seconds later", Group.TRANSCRIPT, bare=("Shift+Z",), repeats=True
    ),
    _SPEC(
        "weave.next_disagreement",
        "Next disagreement",
        Group.WEAVE,
        ("F8",),
        note="Plays the next place where the human and the machine transcript differ.",
    ),
    _SPEC("weave.previous_disagreement", "Previous disagreement", Group.WEAVE, ("Shift+F8",)),
    _SPEC(
        "weave.keep_other",
        "Keep the other wording here",
        Group.WEAVE,
        note="Lies over the transcript; the file stays as it is.",
    ),
    _SPEC("weave.choose", "Weave…", Group.WEAVE, arg=Argument(ArgKind.TEXT, required=False)),
    _SPEC("weave.alternate_voices", "Two voices alternate", Group.WEAVE),
    _SPEC("weave.flip_voices", "Exchange the two voices", Group.WEAVE),
    _SPEC("view.skipped", "Passages only the machine heard", Group.WEAVE),
    _SPEC("view.library_pane", "Library pane", Group.PANES, ("Ctrl+1",)),
    _SPEC("view.page", "Go to the transcript", Group.PANES, ("Ctrl+2",)),
    _SPEC("view.notes_pane", "Notes pane", Group.PANES, ("Ctrl+3",)),
    _SPEC("view.next_pane", "Next pane", Group.PANES, ("F6",)),
    _SPEC("view.previous_pane", "Previous pane", Group.PANES, ("Shift+F6",)),
    _SPEC("view.text_larger", "Larger text", Group.TEXT, ("Ctrl++", "Ctrl+="), repeats=True),
    _SPEC("view.text_smaller", "Smaller text", Group.TEXT, ("Ctrl+-",), repeats=True),
    _SPEC("view.text_reset", "Normal text size", Group.TEXT, ("Ctrl+0",)),
    _SPEC("view.theme_light", "Light colours", Group.THEME),
    _SPEC("view.theme_dark", "Dark colours", Group.THEME),
    _SPEC("view.theme_system", "Colours as the system", Group.THEME),
    _SPEC("help.keys", "Keys", Group.HELP, ("F1",), ("?",)),
    _SPEC("help.about", "About Earmark", Group.HELP),
)

# Keys of the list in the notes pane; what they do has an entry above. `Enter` plays there too.
CARD_KEYS: dict[str, str] = {"E": "bookmark.edit", "#": "bookmark.tags", "Del": "bookmark.delete"}

# Not commands and not for remapping: what the page and the innermost thing with the focus do with a key.
# Listed so that the key sheet is whole and no command takes one of them.
FIXED_KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Play from the selected line", ("Return", "Enter")),
    ("Previous or next line, without playing", ("Up", "Down")),
    ("Extend the selection by a line", ("Shift+Up", "Shift+Down")),
    ("A page up or down", ("PgUp", "PgDown")),
    ("First or last line", ("Home", "End")),
    ("In the notes pane: edit the note", ("E",)),
    ("In the notes pane: edit the tags", ("#",)),
    ("In the notes pane: give a colour", ("1", "2", "3", "4", "5")),
    ("In the notes pane: delete the bookmark", ("Del",)),
    ("At a disagreement: keep the other wording", ("Return", "Enter")),
    ("Leave what has the focus", ("Esc",)),
)

_BY_ID = {spec.id: spec for spec in COMMANDS}


def by_id(command: str) -> CommandSpec | None:
    """Return the spec of a command id, or None."""
    return _BY_ID.get(command)
