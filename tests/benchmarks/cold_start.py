# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Cold start: command to window with the sample's transcript painted, against a bare PySide6 window.

Both are processes of their own, timed from outside, in turn, with a warm page cache. "Painted" runs each up
to the end of its first paint (for Earmark: of the page with words on it) and ends the process there and then,
so that neither figure holds any tidying up. "Left" lets Earmark open the sample, run `app.quit` and end as it
always does: player made, settings kept, store closed. The bare window imports QtMultimedia and shows a label.
Earmark's profile has been used once before.

    python tests/benchmarks/cold_start.py [RUNS]
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 10
TARGET = 2.0
FLOOR = """
import os, sys
from PySide6 import QtMultimedia
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))

app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(Label("A bare window."))
window.resize(1360, 860)
window.show()
app.exec()
"""
# The errands wait for the first paint themselves; this leaves where they would go on. They are met only when
# Qt is loaded, which the program does in its own way.
PAINTED = """
import os, sys
from earmark.app import binding
from earmark.app.main import main

load_qt = binding.load_qt

def load_and_wait(cache):
    load_qt(cache)
    from earmark.app.errands import Errands
    Errands._on_first_paint = lambda self: os._exit(0)

binding.load_qt = load_and_wait
main(sys.argv[1:])
sys.exit("the page was never painted")
"""


def timed_ms(command: list[str]) -> tuple[float, float]:
    """Run a command and return how long it took, and how much of a processor."""
    begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return (time.perf_counter() - begun) * 1000, processor * 1000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("PULSE_SERVER", "/nonexistent")
    # As on any machine where it has run once: compiled, here into a folder of its own.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        earmark = str(Path(sys.executable).with_name("earmark"))
        sample = ["--profile", str(Path(folder, "profile")), "--sample"]
        commands = {
            "bare window, painted": [sys.executable, "-c", FLOOR],
            "earmark, painted": [sys.executable, "-c", PAINTED, *sample],
            "earmark, left": [earmark, *sample, "--run", "app.quit"],
        }
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for command in reversed(commands.values()):
            timed_ms(command)  # warms the page cache and makes the profile
        for _ in range(runs):
            for name, command in commands.items():
                took[name].append(timed_ms(command))
    floors = [statistics.median(column) for column in zip(*took["bare window, painted"], strict=True)]
    for name, times in took.items():
        walls, processors = zip(*times, strict=True)
        wall, processor = statistics.median(walls), statistics.median(processors)
        print(
            f"{name:<22} median {wall:5.0f} ms, {wall / floors[0]:.2f} x   "
            f"({min(walls):.0f} to {max(walls):.0f} in {runs} runs; "
            f"processor {processor:.0f} ms, {processor / floors[1]:.2f} x)"
        )
    print(f"target for painted: at most {TARGET:.1f} x the bare window")


if __name__ == "__main__":
    main()
