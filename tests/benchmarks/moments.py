# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a listener does in a minute, each with the longest turn of the GUI thread it causes; limit 16 ms.

The whole program runs, plays, and is sent keys, mouse and wheel. `gui_stalls` says what counts. Each thing is
done for the first time, with all that is loaded for it.

    python tests/benchmarks/moments.py [sample|seeds|cues …]

`seeds`: half an hour of speech in two transcripts (they lie beside the checkout), over a tone of that length.
`cues`: 100,000 cues without a recording; opened a second time while it plays.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from gui_stalls import NAMED_MS, Bystanders, StallWatch, Turn  # noqa: E402 - the folder above is named first

SAMPLES = ROOT / "resources" / "samples"
SEEDS = ROOT.parent / "shared" / "seeds"
LIMIT_MS = 16
CUES = 100_000
PAUSE_MS = 700
BOOKMARKS = 5_000
MANY_MS = 6_000  # until thousands of bookmarks are worked out
Moment = tuple[str, Callable[[], object], int]


class Listener(QObject):
    """Does one thing after another to a program and notes the turns that each took."""

    def __init__(self, program: Any, other: Path, reading_ms: int, target: Path) -> None:
        super().__init__()
        self._program = program
        self._core = program.core
        self._window = program.core.window
        self._page = self._window.page
        self._other = other
        self._reading_ms = reading_ms
        self._target = target
        self._watch = StallWatch(self)
        self._moments = self._all_moments()
        self._name = ""
        self._noted: list[tuple[str, dict[str, Any]]] = []

    @Slot()
    def begin(self) -> None:
        """Begin."""
        self._watch.start()
        self._next()

    @Slot()
    def _next(self) -> None:
        self._noted += [(self._name, turn.__dict__) for turn in self._watch.take()]
        moment = next(self._moments, None)
        if moment is None:
            self._watch.stop()
            self._target.write_text(json.dumps(self._noted), "utf-8")
            self._window.close()
            return
        self._name, act, pause_ms = moment
        QTimer.singleShot(pause_ms, self._next)
        QTimer.singleShot(30, act)

    def _all_moments(self) -> Iterator[Moment]:
        yield "play", partial(self._do, "player.play"), 3_000
        yield "listening", lambda: None, 5_000
        yield from self._keys()
        yield from self._mouse()
        yield from self._panes()
        yield from self._bookmarks()
        yield "open another while playing", self._open_other, self._reading_ms
        yield "play it", partial(self._do, "player.play"), 2_000

    def _keys(self) -> Iterator[Moment]:
        for name, keys in (
            ("pause", "Space"),
            ("play on", "Space"),
            ("forward", "Right"),
            ("back", "Left"),
            ("next line", "Ctrl+Right"),
            ("next turn", "Ctrl+Shift+Right"),
            ("previous turn", "Ctrl+Shift+Left"),
            ("say again", "R"),
            ("say again slower", "Shift+R"),
            ("loop: A", "A"),
            ("loop: B", "A"),
            ("loop: end", "A"),
            ("faster", "]"),
            ("normal speed", "="),
            ("mute", "M"),
            ("sound", "M"),
            ("end of the text", "End"),
            ("page up", "PgUp"),
            ("a line up", "Up"),
            ("top of the text", "Home"),
            ("Enter plays from there", "Return"),
            ("follow", "G"),
            ("bookmark", "B"),
            ("bookmark again", "B"),
            ("undo", "Ctrl+Z"),
            ("note", "N"),
            ("note: typed", "w,o,r,d"),
            ("note: done", "Return"),
            ("to the page", "Ctrl+2"),
            ("next bookmark", "F2"),
            ("next disagreement", "F8"),
            ("leave it", "Esc"),
            ("other transcript", "T"),
            ("and the next", "T"),
            ("and the first", "T"),
            ("where am I", "W"),
            ("play on", "Space"),
            ("transcript later", "Shift+Z"),
            ("find", "Ctrl+F"),
            ("find: typed", "t,h,e, ,n"),
            ("find: next", "F3"),
            ("find: left", "Esc"),
            ("go to time", "Ctrl+T"),
            ("go to time: left", "Esc"),
            ("key sheet", "F1"),
            ("key sheet: typed", "p,l"),
            ("key sheet: left", "Esc"),
        ):
            yield name, partial(self._press, keys), PAUSE_MS
        yield "forward, held", partial(self._press, ",".join(["Right"] * 20)), 1_500
        yield "copy all", partial(self._copy_all, "edit.copy"), PAUSE_MS
        yield "copy all as a quote", partial(self._copy_all, "edit.copy_quote"), PAUSE_MS

    def _mouse(self) -> Iterator[Moment]:
        viewport, bar = self._page.viewport(), self._core.front.transport.seekbar
        for index, menu in enumerate(self._window.menuBar().findChildren(QMenu)):
            name = menu.title().replace("&", "")
            yield f"menu {name}", partial(menu.popup, QPoint(40 * index, 30)), 400
            yield f"menu {name}: left", menu.close, 200
        yield "pointer over the page", partial(self._sweep, viewport, False), PAUSE_MS
        yield "pointer over the timeline", partial(self._sweep, bar, False), PAUSE_MS
        yield "timeline dragged", partial(self._sweep, bar, True), 1_200
        yield "wheel", partial(self._wheel, viewport, 15), 1_000
        yield "click on a word", partial(self._click, viewport), PAUSE_MS
        yield "context menu", partial(QTest.mouseClick, viewport, Qt.MouseButton.RightButton), PAUSE_MS
        yield "context menu: left", self._close_popup, 300
        yield "window narrower", partial(self._window.resize, 900, 700), PAUSE_MS
        yield "window wider", partial(self._window.resize, 1300, 900), PAUSE_MS
        yield "window dragged smaller", self._shrink, 1_500
        yield "window as it was", partial(self._window.resize, 1300, 900), PAUSE_MS

    def _panes(self) -> Iterator[Moment]:
        for command in ("view.notes_pane", "view.notes_pane", "view.library_pane"):
            yield command, partial(self._do, command), PAUSE_MS
        yield "search everything", partial(self._do, "library.search"), PAUSE_MS
        yield "search everything: typed", partial(self._press, "t,h,e, ,n"), 1_500
        yield "search everything: left", partial(self._press, "Esc"), PAUSE_MS
        yield "about", partial(self._do, "help.about"), PAUSE_MS
        yield "about: left", partial(self._press, "Esc"), 300
        yield "dark", partial(self._do, "view.theme_dark"), PAUSE_MS
        yield "light", partial(self._do, "view.theme_light"), PAUSE_MS
        yield "larger text", partial(self._do, "view.text_larger"), PAUSE_MS
        yield "normal text", partial(self._do, "view.text_reset"), PAUSE_MS

    def _bookmarks(self) -> Iterator[Moment]:
        """Thousands of bookmarks: kept, shown, chosen, changed, deleted, carried out and in."""
        marks, cards = self._program.furnish().marks, self._window.notes_pane.list
        made: list[Any] = []
        yield "(bookmarks made)", lambda: made.extend(self._made()), MANY_MS
        yield "bookmarks kept", lambda: marks.notebook.keep("Keep", made), 3 * MANY_MS
        yield "one more", partial(self._do, "bookmark.capture"), PAUSE_MS
        yield "chosen all", cards.selectAll, PAUSE_MS
        yield "coloured all", partial(self._do, "bookmark.colour", "rose"), MANY_MS
        files = [self._target.with_suffix(form) for form in (".md", ".csv", ".json")]
        for file in files:
            yield f"exported as {file.suffix}", partial(self._do, "bookmark.export", file), MANY_MS
        yield "chosen all again", cards.selectAll, PAUSE_MS
        yield "deleted all", partial(self._do, "bookmark.delete"), MANY_MS
        yield "deleted all: undone", partial(self._do, "edit.undo"), 3 * MANY_MS
        yield "imported", partial(self._do, "bookmark.import", files[-1]), 3 * MANY_MS

    def _made(self) -> Iterator[Any]:
        from earmark.domain.items import Bookmark
        from earmark.domain.marks.anchors import anchor_sentences

        outline, track = self._core.session.outline, self._core.session.track
        for i in range(BOOKMARKS):
            at = i * max(1, len(outline.sentences) // BOOKMARKS) % len(outline.sentences)
            anchor = anchor_sentences(outline, at, at)
            recording = self._core.memory.recording.id
            yield Bookmark(os.urandom(16).hex(), recording, anchor, track.identity, "", f"note {i}")

    def _shrink(self, step: int = 0) -> None:
        """Drag the window's corner inwards."""
        self._window.resize(1300 - 12 * step, 900 - 6 * step)
        if step < 40:
            QTimer.singleShot(16, partial(self._shrink, step + 1))

    def _do(self, command: str, *args: Any) -> None:
        self._core.registry.attempt(command, *args)

    def _press(self, keys: str) -> None:
        """Press keys, one a turn; parted by commas."""
        first, _, rest = keys.partition(",")
        at = QApplication.activeWindow() or self._window
        pressed = QKeySequence("Space" if first == " " else first)[0]
        QTest.keyClick(at.windowHandle(), pressed.key(), pressed.keyboardModifiers())
        if rest:
            QTimer.singleShot(40, partial(self._press, rest))

    def _sweep(self, widget: QWidget, held: bool, step: int = 0) -> None:
        """Move the pointer across a widget, with the button held or not."""
        at = QPoint(widget.width() * (step + 3) // 24, widget.height() // 2)
        left = Qt.MouseButton.LeftButton
        if held and step == 0:
            QTest.mousePress(widget, left, pos=at)
        buttons = left if held else Qt.MouseButton.NoButton
        there = QPointF(widget.mapToGlobal(at))
        QApplication.sendEvent(
            widget,
            QMouseEvent(
                QEvent.Type.MouseMove,
                QPointF(at),
                there,
                Qt.MouseButton.NoButton,
                buttons,
                Qt.KeyboardModifier.NoModifier,
            ),
        )
        if step < 16:
            QTimer.singleShot(30, partial(self._sweep, widget, held, step + 1))
        elif held:
            QTest.mouseRelease(widget, left, pos=at)

    def _wheel(self, widget: QWidget, times: int) -> None:
        at = QPointF(widget.rect().center())
        QApplication.sendEvent(
            widget,
            QWheelEvent(
                at,
                QPointF(widget.mapToGlobal(at.toPoint())),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
        if times > 1:
            QTimer.singleShot(40, partial(self._wheel, widget, times - 1))

    def _click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, 200))

    def _close_popup(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def _copy_all(self, command: str) -> None:
        self._page.select_sentences(0, len(self._core.session.outline.sentences) - 1)
        self._do(command)
        self._page.clear_selection()

    def _open_other(self) -> None:
        self._core.session.open([self._other])


def play(files: Sequence[Path], other: Path, reading_ms: int, target: Path) -> int:
    """Run the program and the listener in it."""
    from earmark.app.main import main as earmark
    from earmark.app.program import AfterPaint

    begin = AfterPaint.begin
    kept: list[Listener] = []

    def begun(self: AfterPaint) -> None:
        begin(self)
        self._program.core.window.activateWindow()
        kept.append(Listener(self._program, other, reading_ms, target))
        QTimer.singleShot(2_500, kept[0].begin)

    AfterPaint.begin = begun  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as profile:
        return earmark(["--profile", profile, *map(str, files)])


def seeds(folder: Path) -> tuple[list[Path], Path]:
    """Lay the seeds beside a tone of their length."""
    sound = folder / "031.opus"
    tone = ["-f", "lavfi", "-i", "sine=220:d=2900", "-b:a", "16k"]
    subprocess.run(["ffmpeg", "-v", "error", *tone, str(sound)], check=True)
    for kind, name in (("human", "031-human.txt"), ("machine", "031-machine-page-copy.txt")):
        (folder / f"031.{kind}.txt").write_bytes((SEEDS / name).read_bytes())
    return [sound], SAMPLES / "keepers-logbook.opus"


def cues(folder: Path) -> tuple[list[Path], Path]:
    """Write 100,000 cues, twice."""
    from earmark.domain.times import stamp
    from page_talk import very_long

    made = very_long(CUES).transcript.cues
    paths = [folder / "long.vtt", folder / "longer.vtt"]
    for path in paths:
        blocks = (
            f"{stamp(cue.start_ms or 0)} --> {stamp(cue.end_ms or 0)}\n<v {cue.speaker}>{cue.text}\n"
            for cue in made
        )
        path.write_text("WEBVTT\n\n" + "\n".join(blocks), "utf-8")
    return paths[:1], paths[1]


def sample(_folder: Path) -> tuple[list[Path], Path]:
    """Name the sample; there is nothing else to open but itself."""
    return [SAMPLES / "keepers-logbook.opus"], SAMPLES / "keepers-logbook.opus"


SOURCES = {"sample": (sample, 2_000), "seeds": (seeds, 3_000), "cues": (cues, 20_000)}


def measure(kind: str) -> None:
    """Run one kind and print its table."""
    make, reading_ms = SOURCES[kind]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "noted.json"
        files, other = make(folder)
        bystanders = Bystanders()
        told = json.dumps([[str(path) for path in files], str(other), reading_ms, str(target)])
        # What it had to say about the files is in its exit code; here only its turns count.
        subprocess.run([sys.executable, __file__, "--play", told], check=False)
        bystanders.finish()
        noted = json.loads(target.read_text("utf-8"))
    longest: dict[str, Turn] = {}
    turns = [(moment, Turn(**turn)) for moment, turn in noted]
    bystanders.excuse([turn for _, turn in turns])
    for moment, turn in turns:
        if moment not in longest or turn.ours_ms > longest[moment].ours_ms:
            longest[moment] = turn
    over = sum(turn.ours_ms >= LIMIT_MS for turn in longest.values())
    print(f"{kind}: {len(longest)} moments with a turn of 4 ms or more, {over} of {LIMIT_MS} ms or more")
    for moment, turn in longest.items():
        if turn.ours_ms >= NAMED_MS:
            print(f"  {'!' if turn.ours_ms >= LIMIT_MS else ' '} {moment:28} {turn}")


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("PULSE_SERVER", "/nonexistent")
    if arguments[:1] == ["--play"]:
        files, other, reading_ms, target = json.loads(arguments[1])
        return play([Path(file) for file in files], Path(other), reading_ms, Path(target))
    for kind in arguments or SOURCES:
        if kind == "seeds" and not SEEDS.exists():
            print("seeds: not here")
        else:
            measure(kind)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
