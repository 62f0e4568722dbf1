# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The page with 100,000 cues: first paint, jump, highlight, follow, resize, against the frame of 16 ms.

`python tests/benchmarks/page.py` prints a table and leaves; nothing is asserted. A step is measured from
the call until what it changed is painted, by the clock and in CPU time of the thread (a machine busy with
other things shows in the first only). Beside it stands the prototype's figure (by the clock, idle machine);
the floor is laying out one paragraph.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for folder in ("tests", "src"):
    sys.path.insert(0, str(Path(__file__).parents[2] / folder))

from PySide6.QtCore import QSize  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from earmark.domain.outline import Outline  # noqa: E402
from earmark.ui.common.theme import Look, load_theme  # noqa: E402
from earmark.ui.page.layout import Layouts, Measures  # noqa: E402
from earmark.ui.page.view import PageView  # noqa: E402
from page_talk import very_long  # noqa: E402 - the folders above are named first

CUES = 100_000
ROUNDS = 200
SIZE = QSize(700, 900)


def timed(rounds: int, step: Callable[[int], object]) -> list[tuple[float, float]]:
    """Return how long each round took, in milliseconds: by the wall clock, and of this thread's CPU time."""
    taken = []
    for turn in range(rounds):
        begun, used = time.perf_counter(), time.thread_time()
        step(turn)
        taken.append(((time.perf_counter() - begun) * 1_000, (time.thread_time() - used) * 1_000))
    return taken


def row(name: str, taken: list[tuple[float, float]], prototype: str) -> None:
    """Print one line of the table."""
    figures = ""
    for ordered in (sorted(wall for wall, _ in taken), sorted(cpu for _, cpu in taken)):
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        figures += f"{ordered[len(ordered) // 2]:8.2f}{p95:8.2f}{ordered[-1]:8.2f} |"
    print(f"{name:32}{figures}  {prototype}")


def new_page(look: Look) -> PageView:
    """Return an empty page on the screen."""
    page = PageView(look)
    page.resize(SIZE)
    page.show()
    return page


def main() -> None:
    """Print the table."""
    app = QApplication([])
    look = Look(load_theme("light"), reduced_motion=True)
    begun = time.perf_counter()
    outline = very_long(CUES)
    print(f"{CUES} cues, {len(outline.sentences)} sentences, {len(outline.paragraphs)} paragraphs;", end=" ")
    print(f"outline made in {time.perf_counter() - begun:.2f} s (off the GUI thread in the program)")
    columns = f"{'p50':>8}{'p95':>8}{'max':>8} |"
    print(f"{'ms: by the clock, of CPU time':32}{columns}{columns}  prototype p50/p95")
    pick = random.Random(7)
    floor(look, outline, pick)
    firsts(app, look, outline)
    steps(app, look, outline, pick)


def floor(look: Look, outline: Outline, pick: random.Random) -> None:
    """Lay out single paragraphs, each new."""
    numbers = pick.sample(range(len(outline.paragraphs)), ROUNDS)
    layouts = Layouts(look, outline, Measures(look, SIZE.width()))
    layouts.block(0)
    row("floor: lay out one paragraph", timed(ROUNDS, lambda i: layouts.block(numbers[i])), "-")


def firsts(app: QApplication, look: Look, outline: Outline) -> None:
    """Show the text in a window that is there already, as when a transcript is opened."""
    pages = [new_page(look) for _ in range(12)]
    app.processEvents()

    def first(turn: int) -> None:
        pages[turn].show_outline(outline)
        pages[turn].viewport().repaint()

    taken = timed(len(pages), first)
    row("first paint (of a process)", taken[:1], "21")
    row("first paint (later ones)", taken[1:], "-")
    for page in pages:
        page.deleteLater()
    app.processEvents()


def steps(app: QApplication, look: Look, outline: Outline, pick: random.Random) -> None:
    """Measure what happens while listening."""
    page = new_page(look)
    page.show_outline(outline)
    app.processEvents()
    gc.collect()
    places = [pick.randrange(len(outline.sentences)) for _ in range(ROUNDS)]

    def jump(turn: int) -> None:
        page.show_sentence(places[turn], focus=True)
        page.viewport().repaint()

    def highlight(turn: int) -> None:
        sentence = here + turn // 12 % 4
        words = outline.words(sentence)
        page.set_now(sentence, words[turn % len(words)])
        app.processEvents()

    def follow(turn: int) -> None:
        page.set_now(here + turn, None)
        app.processEvents()

    def resize(turn: int) -> None:
        page.resize(420 + turn * 7 % 300, 900)
        app.processEvents()

    page.set_following(False)
    row("jump and centre", timed(ROUNDS, jump), "3.2 / 4.0")
    here = places[-1]
    row("highlight the next word", timed(ROUNDS, highlight), "0.13")
    page.set_following(True)
    row("follow the next sentence", timed(ROUNDS, follow), "2.4")
    row("resize, lines broken anew", timed(ROUNDS, resize), "2.9 / 5.4")
    row(
        "hits in every paragraph painted",
        timed(20, lambda _: (page.set_hits(lambda _: [(4, 9)], [(0, 4, 9)]), app.processEvents())),
        "-",
    )
    row("wheel by 81 px", timed(ROUNDS, lambda _: (page.scroll_by(81), app.processEvents())), "-")
    page.select_sentences(0, len(outline.sentences) - 1)
    row("copy all the text", timed(5, lambda _: page.selected_text()), "12 (75 in QPlainTextEdit)")


if __name__ == "__main__":
    main()
