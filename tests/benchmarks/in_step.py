# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""In step: the highlighted word against the media clock and the true word times, in the real window.

The sample plays for a minute, once with the transcript that has word stamps and once with the one that has
cue times only, whose words are placed inside their cues ("interpolated"). Each is a process of its own that
runs the whole program with a few hooks:

- The media clock is the straight line through Qt's own position reports, fitted afterwards. Between the sound
  card and the ear lies more, which cannot be measured without one.
- A word counts as highlighted when the page begins to paint after it became the current word.
- The true times are those of the synthesis (`make_sample.py` says how true they are). Words that espeak-ng
  spoke as one with their neighbour, or that the machine misheard as another number of words, have no true
  time of their own and are left out.
- Stalls of the GUI thread are told as `gui_stalls` says: by the wall, what of it is the program's, what the
  machine's, and what ran. The minute begins two seconds after playback did; the start is told apart.

    python tests/benchmarks/in_step.py [SECONDS]
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from gui_stalls import NAMED_MS, Bystanders, StallWatch, Turn  # noqa: E402 - the folder above is named first

SAMPLES = ROOT / "resources" / "samples"
TRUTH = json.loads((ROOT / "tests/data/sample/keepers-logbook.truth.json").read_text("utf-8"))
SECONDS = 60.0
SETTLING_MS = 2_000.0  # the start of playback is not the steady state; reported words begin here
TARGETS = {"median": 60, "p95": 150, "stall": 16}


class Probe(QObject):
    """Notes what the program does while it plays."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self.words: list[tuple[float, str, int | None]] = []
        self.reports: list[tuple[float, int]] = []
        self.paints: list[float] = []
        self.collections: list[float] = []
        self._collecting = 0.0
        self._watch = StallWatch(self)
        self._begun = 0.0
        gc.callbacks.append(self._on_collection)

    def watch(self, tracker: Any) -> None:
        """Note the words of a tracker."""
        tracker.word_changed.connect(self._on_word_changed)

    def listen(self, player: Any) -> None:
        """Note where a player says it is."""
        player.position_reported.connect(self._on_position_reported)

    @Slot(object)
    def _on_word_changed(self, word: Any) -> None:
        if word is not None:
            self.words.append((now_ms(), word.text, word.start_ms))

    @Slot("qlonglong")
    def _on_position_reported(self, ms: int) -> None:
        if not self.reports:
            application = QCoreApplication.instance()
            for widget in application.allWidgets():  # type: ignore[union-attr]
                if type(widget).__module__.startswith("earmark.ui.page"):
                    widget.installEventFilter(self)
                    if hasattr(widget, "viewport"):
                        widget.viewport().installEventFilter(self)
            self._begun = now_ms()
            self._watch.start()
            # Not to the end, which takes a picture.
            QTimer.singleShot(round(SETTLING_MS + self._seconds * 1000), self._watch.stop)
        self.reports.append((now_ms(), ms))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.paints.append(now_ms())
        return False

    def _on_collection(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._collecting = now_ms()
        elif self._begun:
            self.collections.append(now_ms() - self._collecting)

    def noted(self) -> dict[str, Any]:
        """Return all that was noted."""
        names = ("words", "reports", "paints", "collections")
        return {name: getattr(self, name) for name in names} | self._watch.noted() | {"begun": self._begun}


def now_ms() -> float:
    return time.perf_counter() * 1000


def play(transcript: str, seconds: float, target: Path) -> int:
    """Run the program with a probe in it, and write down what it noted."""
    from earmark.app.main import main as earmark
    from earmark.playback.qtplayer import QtPlayer
    from earmark.playback.tracker import Tracker

    probes: list[Probe] = []

    def hooked(kind: type, hook: str) -> None:
        build = kind.__init__

        def init(self: Any, *args: Any, **more: Any) -> None:
            build(self, *args, **more)
            probes[:] = probes or [Probe(seconds)]
            getattr(probes[0], hook)(self)

        kind.__init__ = init  # type: ignore[misc]

    hooked(Tracker, "watch")
    hooked(QtPlayer, "listen")
    with tempfile.TemporaryDirectory() as folder:
        recording = Path(folder, "logbook.opus")
        recording.write_bytes((SAMPLES / "keepers-logbook.opus").read_bytes())
        captions = Path(folder, "logbook.vtt")
        captions.write_bytes((SAMPLES / f"keepers-logbook{transcript}").read_bytes())
        errands = ["--run", "player.play", "--screenshot", str(Path(folder, "end.png"))]
        wait_s = str(seconds + SETTLING_MS / 1000 + 2)
        files = [str(recording), str(captions)]
        profile = ["--profile", str(Path(folder, "profile"))]
        code = earmark([*profile, *files, *errands, "--screenshot-after", wait_s])
    target.write_text(json.dumps(probes[0].noted()), "utf-8")
    return code


def read_words(transcript: str) -> list[tuple[str, int | None]]:
    """Return the words of a transcript as the program reads it, in the order of the truth."""
    from earmark.domain.reading import build_outline
    from earmark.formats.registry import read_file

    outline = build_outline(read_file(SAMPLES / f"keepers-logbook{transcript}"))
    words = [word for i in range(len(outline.sentences)) for word in outline.words(i)]
    return [(word.text, word.start_ms) for word in words]


def analyse(transcript: str, noted: dict[str, Any]) -> None:
    """Print how far the highlight was from the sound."""
    reports = [r for r in noted["reports"] if r[0] >= noted["reports"][0][0] + SETTLING_MS]
    offset = statistics.median(ms - at for at, ms in reports)
    jitter = statistics.pstdev([ms - at - offset for at, ms in reports])
    words = read_words(transcript)
    assert [text for text, _ in words] == [word["text"] for word in TRUTH["machine_words"]]
    begin, end = reports[0][1], reports[-1][1]
    lit = {(text, start): at for at, text, start in noted["words"]}
    errors: list[float] = []
    missed = 0
    for key, true in zip(words, TRUTH["machine_words"], strict=True):
        if true.get("placed") or not begin < true["start_ms"] < end - 200:
            continue
        if key not in lit:
            missed += 1
            continue
        paint = bisect_left(noted["paints"], lit[key])
        if paint < len(noted["paints"]):
            errors.append(noted["paints"][paint] - (true["start_ms"] - offset))
    off = sorted(map(abs, errors))
    name, seconds = transcript.strip(".-"), (end - begin) / 1000
    print(f"{name}: {len(off)} words in {seconds:.0f} s, {missed} never highlighted")
    print(
        f"  highlight - media clock: median of |error| {statistics.median(off):.0f} ms, "
        f"p95 {off[len(off) * 95 // 100]:.0f} ms, worst {off[-1]:.0f} ms, "
        f"bias {statistics.mean(errors):+.0f} ms"
    )
    print(f"  (Qt's reports lie {jitter:.0f} ms around their line)")


def stalls(noted: dict[str, Any], bystanders: Bystanders) -> None:
    """Print the longest stalls of the GUI thread."""
    turns = [Turn(**turn) for turn in noted["turns"]]
    bystanders.excuse(turns)
    minute = noted["begun"] + SETTLING_MS
    started = max(
        (turn for turn in turns if turn.at_ms < minute), key=lambda turn: turn.ours_ms, default=None
    )
    turns = [turn for turn in turns if turn.at_ms >= minute]
    walls = sorted(noted["walls"])
    ours = max((turn.ours_ms for turn in turns), default=0.0)
    own = max((turn.own_ms for turn in turns), default=0.0)
    held = bystanders.longest_ms(minute, minute + 1000 * SECONDS)
    print(
        f"  GUI thread, longest stall of the minute: {ours:.1f} ms of ours at most ({own:.1f} ms its work);"
    )
    print(
        f"  by the wall {max((turn.wall_ms for turn in turns), default=0.0):.1f} ms "
        f"(p99.9 {walls[len(walls) * 999 // 1000]:.1f} ms), bystanders were held up for {held:.1f} ms;"
    )
    whole = noted["walls"] and sum(noted["walls"]) * (os.cpu_count() or 1)
    print(f"  {noted['stolen'] / (whole or 1):.0%} of the processors' time went to other machines")
    by_wall = sum(turn.wall_ms >= TARGETS["stall"] for turn in turns)
    by_us = sum(turn.ours_ms >= TARGETS["stall"] for turn in turns)
    worst = max(noted["collections"], default=0.0)
    print(f"  stalls of {TARGETS['stall']} ms or more: {by_us} of ours, {by_wall} by the wall;", end=" ")
    print(f"{len(noted['collections'])} collections, longest {worst:.1f} ms")
    for turn in sorted(turns, key=lambda turn: -turn.ours_ms)[:5]:
        if turn.ours_ms >= NAMED_MS:
            print(f"    {turn}, {(turn.at_ms - minute) / 1000:.1f} s into it")
    if started is not None:
        print(f"    start: {started}")


def measure(transcript: str, seconds: float) -> None:
    """Play one transcript and print its figures."""
    this = str(Path(__file__))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "noted.json")
        bystanders = Bystanders()
        subprocess.run([sys.executable, this, "--play", transcript, str(seconds), str(target)], check=True)
        bystanders.finish()
        noted = json.loads(target.read_text("utf-8"))
    analyse(transcript, noted)
    stalls(noted, bystanders)


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("PULSE_SERVER", "/nonexistent")
    if arguments[:1] == ["--play"]:
        return play(arguments[1], float(arguments[2]), Path(arguments[3]))
    seconds = float(arguments[0]) if arguments else SECONDS
    for transcript in ("-words.vtt", ".machine.vtt"):
        measure(transcript, seconds)
    print(
        f"targets, word stamps: median {TARGETS['median']} ms, p95 {TARGETS['p95']} ms; "
        f"stall under {TARGETS['stall']} ms"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
