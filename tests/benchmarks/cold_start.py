# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Cold start: command to window with the sample's transcript painted, against a bare PySide6 window.

Both are whole processes, timed from outside from start to exit, in turn, with a warm page cache. Earmark
opens the sample and runs `app.quit`, which is carried out once the page is painted; the bare window imports
QtMultimedia, shows one label, and leaves after its first paint. So both figures hold the end of the process
as well. Each run of Earmark has a profile of its own that has been used once.

    python tests/benchmarks/cold_start.py [RUNS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 10
TARGET = 2.0
FLOOR = """
import sys
from PySide6 import QtMultimedia
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)

app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(Label("A bare window."))
window.resize(1360, 860)
window.show()
app.exec()
"""


def timed_ms(command: list[str]) -> float:
    """Run a command and return how long it took."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("PULSE_SERVER", "/nonexistent")
    with tempfile.TemporaryDirectory() as folder:
        earmark = str(Path(sys.executable).with_name("earmark"))
        commands = {
            "bare window": [sys.executable, "-c", FLOOR],
            "earmark": [earmark, "--profile", folder, "--sample", "--run", "app.quit"],
        }
        took: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(runs + 1):
            for name, command in commands.items():
                spent = timed_ms(command)
                if turn:  # the first warms the page cache and makes the profile
                    took[name].append(spent)
    medians = {name: statistics.median(times) for name, times in took.items()}
    for name, times in took.items():
        print(
            f"{name:<12} median {medians[name]:5.0f} ms   ({min(times):.0f} to {max(times):.0f}, {runs} runs)"
        )
    ratio = medians["earmark"] / medians["bare window"]
    print(f"ratio {ratio:.2f}   (target: at most {TARGET:.1f})")


if __name__ == "__main__":
    main()
