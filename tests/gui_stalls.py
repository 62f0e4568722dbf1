# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""How long the GUI thread keeps a listener waiting, whose doing it is, and what ran. For benchmarks; Linux.

A timer of 1 ms on the GUI thread is the listener's next key. Between two of its calls lies a turn, whose wall
time is made of

- *own*: CPU time of the GUI thread (it includes the collecting of garbage);
- *machine*: the GUI thread was ready but no processor was given to it, as the kernel counts;
- *workers*: CPU time of the program's other Python threads while the GUI thread waited, as far as they can
  have held the interpreter's lock: who waits for that wakes at every switch interval to ask again, and the
  kernel counts how often it slept. Qt's own threads, which decode, never hold it;
- *open*: what none of these explains (waiting for a lock or a disk). Where a bystander, a process that does
  nothing (there is one on each processor), was held up at the same moment, it is the machine's; else ours.

A turn that lasts longer than `NAMED_MS` is named: an alarm of the kernel interrupts the thread at its next
Python instruction and looks at what runs. Qt's own work is seen only once it is over ("Qt").

The alarms, one every `_AGAIN_MS` from `NAMED_MS` on, also say how long the thread ran: the kernel delivers
them to a running thread on time, whatever it does, and several that came due while a virtual machine stood
still as one. The clock of CPU time leaps by such a standstill now and then (a loop that does nothing but read
it sees 10 ms pass at once); what it counts beyond the alarms is the machine's.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot

NAMED_MS = 4.0
_AGAIN_MS = 2.0
_KEPT_MS = 4.0  # shorter turns are only counted
_BEAT_MS = 1.0
_WAKING_MS = 0.5  # until a thread that sleeps runs again, on a busy machine
_BYSTANDER = """
import json, os, signal, sys, time
os.sched_setaffinity(0, {int(sys.argv[1])})
over = []
signal.signal(signal.SIGTERM, lambda *_: over.append(True))
held, last = [], time.perf_counter()
while not over and os.getppid() == int(sys.argv[2]):
    time.sleep(0.001)
    now = time.perf_counter()
    if now - last > 0.003:
        held.append((last * 1000 + 1, now * 1000))
    last = now
print(json.dumps(held))
"""


@dataclass
class Turn:
    """One turn of the GUI thread's event loop; times in ms, `at_ms` is its end on the monotonic clock."""

    at_ms: float
    wall_ms: float
    own_ms: float
    workers_ms: float
    machine_ms: float
    during: str

    @property
    def open_ms(self) -> float:
        """What nothing explains; a beat's own pause is no stall."""
        return max(0.0, self.wall_ms - self.own_ms - self.workers_ms - self.machine_ms - _BEAT_MS)

    @property
    def ours_ms(self) -> float:
        """What the program must answer for."""
        return self.own_ms + self.workers_ms + self.open_ms

    def __str__(self) -> str:
        parts = f"own {self.own_ms:.1f}, workers {self.workers_ms:.1f}, open {self.open_ms:.1f}"
        return (
            f"{self.ours_ms:5.1f} ms ({parts}; machine {self.machine_ms:.1f}): {self.during or 'not named'}"
        )


class StallWatch(QObject):
    """Watches the GUI thread, on it, from `start` to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.walls_ms: list[float] = []
        self.turns: list[Turn] = []
        self._seen: Counter[str] = Counter()
        self._timer = QTimer(self, interval=round(_BEAT_MS), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._delays = -1
        self._alarms = -1  # a pipe that gets a byte from each alarm, also while no Python runs
        self._last = (0.0, 0.0, 0.0, 0.0, 0.0)
        self._stolen_ms = 0.0
        self._others: dict[int, float] = {}

    @Slot()
    def start(self) -> None:
        """Begin to count."""
        self._delays = os.open("/proc/thread-self/schedstat", os.O_RDONLY)
        self._alarms, write = os.pipe2(os.O_NONBLOCK)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        self._stolen_ms -= stolen_ms()
        signal.signal(signal.SIGALRM, self._on_alarm)
        self._last = self._clocks()
        self._arm(NAMED_MS)
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Count no more."""
        if self.watches():
            self._timer.stop()
            self._arm(0)
            os.close(signal.set_wakeup_fd(-1))
            os.close(self._alarms)
            os.close(self._delays)
            self._stolen_ms += stolen_ms()

    def watches(self) -> bool:
        """Tell whether it counts."""
        return self._timer.isActive()

    def take(self) -> list[Turn]:
        """Return the turns since the last time."""
        turns, self.turns = self.turns, []
        return turns

    def noted(self) -> dict[str, Any]:
        """Return all that was noted, ready for JSON."""
        turns = [asdict(turn) for turn in self.turns]
        return {"walls": self.walls_ms, "turns": turns, "stolen": self._stolen_ms}

    def _clocks(self) -> tuple[float, float, float, float, float]:
        """Return in ms: wall, CPU of this and of other Python threads, wait for a processor, for the lock.

        The last is the longest it can have been.
        """
        slept = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw
        delay_ns = int(os.pread(self._delays, 64, 0).split()[1])
        return (
            time.perf_counter() * 1e3,
            time.thread_time() * 1e3,
            self._others_ms(),
            delay_ns / 1e6,
            slept * (sys.getswitchinterval() * 1e3 + _WAKING_MS),
        )

    def _others_ms(self) -> float:
        """Return the CPU time of all other Python threads there were."""
        for thread in threading.enumerate():
            if thread.ident is not None and thread.ident != threading.get_ident() and thread.is_alive():
                clock = time.pthread_getcpuclockid(thread.ident)
                self._others[thread.ident] = time.clock_gettime(clock) * 1e3
        return sum(self._others.values())

    def _arm(self, first_ms: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, first_ms / 1e3, _AGAIN_MS / 1e3)

    def _delivered(self) -> int:
        """Return how many alarms there were since the last time."""
        try:
            return len(os.read(self._alarms, 65_536))
        except BlockingIOError:
            return 0

    @Slot()
    def _on_beat(self) -> None:
        now = self._clocks()
        wall, own, others, delay, lock = (a - b for a, b in zip(now, self._last, strict=True))
        ran = NAMED_MS + _AGAIN_MS * self._delivered()
        self._arm(NAMED_MS)
        self.walls_ms.append(wall)
        if wall >= _KEPT_MS:
            leapt = max(0.0, own - ran)
            own -= leapt
            rest = max(0.0, wall - own)
            machine = min(rest, delay + leapt)
            workers = min(rest - machine, others, lock)
            during = "; ".join(f"{name} ×{count}" for name, count in self._seen.most_common(3))
            self.turns.append(Turn(now[0], wall, own, workers, machine, during))
        self._seen.clear()
        self._last = now

    def _on_alarm(self, _signal: int, frame: FrameType | None) -> None:
        where = _where(frame)
        others = [
            _where(there, 1)
            for thread, there in sys._current_frames().items()
            if thread != threading.get_ident()
        ]
        working = [other for other in others if other and "runner.py:_serve" not in other]
        beside = f" [beside: {', '.join(working)}]" if working else ""
        self._seen[(where or "Qt") + beside] += 1


def stolen_ms() -> float:
    """Return the time that a virtual machine's processors were ready but given to others, since its start."""
    whole = Path("/proc/stat").read_text("ascii").splitlines()[0]
    return int(whole.split()[8]) / os.sysconf("SC_CLK_TCK") * 1e3


def _where(frame: FrameType | None, depth: int = 4) -> str:
    """Return the innermost functions of the program on a stack; nothing where only the watch is."""
    found: list[str] = []
    while frame is not None and len(found) < depth:
        code = frame.f_code
        if code.co_filename != __file__:
            file = code.co_filename.replace("\\", "/").rsplit("/", 1)[-1]
            if "earmark" in code.co_filename or not found:
                found.append(f"{file}:{code.co_name}:{frame.f_lineno}")
        elif code.co_name == "_on_beat":
            return ""
        frame = frame.f_back
    return " < ".join(found)


class Bystanders:
    """A process on each processor that does nothing and notes when it is kept from doing so."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-S", "-c", _BYSTANDER]
        self._processes = [
            subprocess.Popen([*command, str(cpu), str(os.getpid())], stdout=subprocess.PIPE, text=True)
            for cpu in sorted(os.sched_getaffinity(0))
        ]
        self._held: list[list[tuple[float, float]]] = []

    def finish(self) -> None:
        """Let them go, and hear what they saw."""
        for process in self._processes:
            process.terminate()
        self._held = [json.loads(process.communicate()[0]) for process in self._processes]

    def longest_ms(self, begin_ms: float, end_ms: float) -> float:
        """Return the longest that one of them was held up within a time."""
        gaps = [b - a for held in self._held for a, b in held if begin_ms <= b <= end_ms]
        return max(gaps, default=0.0)

    def excuse(self, turns: list[Turn]) -> None:
        """Put down to the machine what they saw of it."""
        for turn in turns:
            begin = turn.at_ms - turn.wall_ms
            seen = [sum(max(0.0, min(b, turn.at_ms) - max(a, begin)) for a, b in held) for held in self._held]
            rest = max(0.0, turn.wall_ms - turn.own_ms - turn.workers_ms)
            turn.machine_ms = min(rest, max([turn.machine_ms, *seen]))
