# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Re-anchoring: bookmarks made on each machine transcript of the corpus, found again in its human one.

Each is a sentence, as backward capture marks it. Where it really stands is told by the weave's own word
alignment, which anchors do not use; it can be told where its first word is matched there. "Off" is in words
of the human text, and in seconds between the machine's time and that in the woven transcript.

    python tests/benchmarks/store_anchors.py
"""

from __future__ import annotations

import random
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from earmark.domain.marks.anchors import AnchorFinder, Place, anchor_sentences
from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.terms import term_spans, terms
from earmark.formats.registry import read_file
from earmark.weave.align.matcher import match
from earmark.weave.merge import weave

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
EACH = 60
ASTRAY_WORDS = 20


class Terms:
    """The terms of an outline and where each stands."""

    def __init__(self, outline: Outline) -> None:
        self.terms = [term for paragraph in outline.paragraphs for term in terms(paragraph.text)]
        self._ends = [
            (number, end)
            for number, paragraph in enumerate(outline.paragraphs)
            for _, end in term_spans(paragraph.text)
        ]

    def at(self, place: Place) -> int:
        """Return the number of the term at a place, or of the next."""
        return bisect_right(self._ends, place)


@dataclass
class Tally:
    """What was found."""

    asked: int = 0
    sure: int = 0
    present: int = 0
    present_sure: int = 0
    words: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)


def aligned(one: Terms, other: Terms) -> dict[int, int]:
    """Return where the weave matches each term of one transcript in another."""
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(term, len(numbers)) for term in index.terms] for index in (one, other))
    return {run.a + step: run.b + step for run in match(a, b) for step in range(run.length)}


def measure(path: Path, draw: random.Random, tally: Tally) -> None:
    """Take bookmarks on one machine transcript and look for them in the human and the woven one."""
    heard, typed = read_file(path), read_file(path.with_suffix(".txt"))
    machine, human = build_outline(heard), build_outline(typed)
    finder, woven = AnchorFinder(human), AnchorFinder(build_outline(weave(typed, heard).transcript))
    one, other = Terms(machine), Terms(human)
    truth = aligned(one, other)
    for number in draw.sample(range(len(machine.sentences)), min(EACH, len(machine.sentences))):
        anchor = anchor_sentences(machine, number, number)
        begun = time.perf_counter()
        found = finder.find(anchor)
        tally.took_ms.append((time.perf_counter() - begun) * 1000)
        sentence = machine.sentences[number]
        known = truth.get(one.at((sentence.paragraph, sentence.start)))
        sure = found is not None and found.sure
        tally.asked += 1
        tally.sure += sure
        if known is not None:
            tally.present += 1
            tally.present_sure += sure
            if found is not None and sure:
                tally.words.append(abs(other.at(found.start) - known))
        timed = woven.find(anchor)
        if timed is not None and timed.sure and timed.start_ms is not None and anchor.start_ms is not None:
            tally.seconds.append(abs(timed.start_ms - anchor.start_ms) / 1000)


def spread(values: list[float], unit: str) -> str:
    """Return median, 95th percentile and the share that is exactly right."""
    exact = sum(value == 0 for value in values) / len(values)
    return f"median {median(values):.2f} {unit}, p95 {quantiles(values, n=20)[-1]:.2f}, exact {exact:.1%}"


def main() -> None:
    """Measure and print."""
    if not CORPUS.is_dir():
        print("skipped: ../shared/corpus is not beside the checkout")
        return
    draw, tally = random.Random(11), Tally()
    for path in sorted(CORPUS.glob("*.vtt")):
        measure(path, draw, tally)
    astray = sum(off > ASTRAY_WORDS for off in tally.words)
    print(f"bookmarks      {tally.asked}, looked for in {median(tally.took_ms):.2f} ms each")
    print(
        f"found for sure {tally.sure / tally.asked:.1%}; of the {tally.present} whose first word"
        f" the human text has, {tally.present_sure / tally.present:.1%}"
    )
    print(f"off, human     {spread(tally.words, 'words')}; {astray} by more than {ASTRAY_WORDS}")
    print(f"off, woven     {spread(tally.seconds, 's')}")


if __name__ == "__main__":
    main()
