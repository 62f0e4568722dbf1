# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The weave: right words, right times, honest about both; beside the same with rapidfuzz alone.

"rapidfuzz alone" is one longest common subsequence of the two whole texts, its chance matches and ties left
as they fall. All else is the same, so the last column shows what anchors and settling bring.

The method was tuned on the nine episodes of `TUNED`; the others are reported apart. The corpus is looked for
at `../shared` beside the checkout; without it only what needs none is measured. Speed is a ratio of two
times measured in turn in one process, or a plain time where the issue asks for one.

    python tests/benchmarks/weave.py [--quick]
"""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from rapidfuzz.distance import Indel, LCSseq

from earmark.base.errors import UserError
from earmark.domain.transcript import Cue, Timing, Transcript, Word
from earmark.domain.words import end_hints, place_words, word_spans
from earmark.formats.registry import read_file
from earmark.weave import merge
from earmark.weave.align.matcher import Run, match
from earmark.weave.align.words import Vocabulary, words_of_transcript
from earmark.weave.merge import weave
from earmark.weave.pairing import THRESHOLD, pair_share
from earmark.weave.woven import Woven

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "resources" / "samples"
TRUTH = ROOT / "tests" / "data" / "sample" / "keepers-logbook.truth.json"
TUNED = frozenset("002 020 030 044 082 112 158 202 260".split())
SEED_OVERLAP_MS = 1_751_000
UNTIMED_S = 1e9

Pairs = dict[str, tuple[Transcript, Transcript]]
Row = tuple[str, str, str, str]


# The two methods


def rapidfuzz_match(a: Sequence[int], b: Sequence[int], **_: Any) -> list[Run]:
    """Return the runs of one longest common subsequence of the whole."""
    found = LCSseq.opcodes(list(a), list(b))
    return [Run(o.src_start, o.dest_start, o.src_end - o.src_start) for o in found if o.tag == "equal"]


@contextmanager
def rapidfuzz_alone() -> Iterator[None]:
    """Let `weave` match with rapidfuzz alone."""
    ours = merge.match, merge.believable, merge.settled
    merge.match = rapidfuzz_match  # type: ignore[assignment]
    merge.believable = lambda runs, *_: list(runs)
    merge.settled = lambda runs, *_: list(runs)
    try:
        yield
    finally:
        merge.match, merge.believable, merge.settled = ours


def both(measure: Callable[[], Sequence[str]]) -> list[tuple[str, str]]:
    """Return each figure of a measurement by our method and by rapidfuzz alone."""
    ours = measure()
    with rapidfuzz_alone():
        theirs = measure()
    return list(zip(ours, theirs, strict=True))


# Figures


def centile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def in_seconds(errors: Sequence[float]) -> str:
    p95 = centile(errors, 0.95)
    return f"{median(errors):.2f} / {p95:.2f} s" if p95 < UNTIMED_S else f"{median(errors):.2f} s / untimed"


def turn_errors(woven: Woven, until_ms: int | None = None, *, own_offset: bool = True) -> list[float]:
    """Return |turn - stamp| in seconds of every stamped turn, an untimed one as infinitely wrong."""
    turns = [t for t in woven.report.turns if t.stamp_ms is not None]
    if until_ms is not None:
        turns = [t for t in turns if (t.stamp_ms or 0) <= until_ms]
    late = [((t.start_ms or 0) - (t.stamp_ms or 0)) / 1000 for t in turns if t.start_ms is not None]
    middle = median(late) if own_offset and late else 0.0
    return [abs(e - middle) for e in late] + [UNTIMED_S] * (len(turns) - len(late))


def seeds() -> list[Row]:
    human = read_file(SHARED / "seeds" / "031-human.txt")
    machine = read_file(SHARED / "seeds" / "031-machine-page-copy.txt")

    def measure() -> list[str]:
        woven = weave(human, machine)
        errors = turn_errors(woven, SEED_OVERLAP_MS, own_offset=False)
        stamps = sum(t.stamp_ms is not None for t in woven.report.turns)
        timed = sum(e < UNTIMED_S for e in errors)
        share = f"{woven.report.machine_share:.1%}"
        return [str(stamps), f"{timed}/{len(errors)}", in_seconds(errors), share]

    names = ["seeds: stamps", "seeds: turns timed", "seeds: |turn - stamp|", "seeds: machine words matched"]
    goals = ["142", "83/83", "0.46 / 1.94 s", "89 %"]
    return [(n, g, *f) for n, g, f in zip(names, goals, both(measure), strict=True)]


def corpus(pairs: Pairs, kinds: dict[str, str]) -> list[Row]:
    sound = [e for e in pairs if kinds[e] == "sound"]
    others = [e for e in pairs if kinds[e] != "sound"]

    def measure() -> list[str]:
        woven = {episode: weave(*pairs[episode]) for episode in pairs}
        errors = {episode: turn_errors(woven[episode]) for episode in sound}
        timed = sum(w.report.aligned + w.report.interpolated for w in woven.values())
        words = timed + sum(w.report.untimed for w in woven.values())
        return [
            f"{timed / words:.2%}",
            in_seconds([e for episode in sound for e in errors[episode]]),
            in_seconds([e for episode in sound if episode in TUNED for e in errors[episode]]),
            in_seconds([e for episode in sound if episode not in TUNED for e in errors[episode]]),
            f"{sum(woven[e].report.offset.kind == kinds[e] for e in others)}/{len(others)}",
            f"{sum(woven[e].report.offset.kind == 'none' for e in sound)}/{len(sound)}",
        ]

    names = [
        "corpus: words timed",
        f"corpus: |turn - stamp|, {len(sound)} sound",
        "corpus:   tuned on",
        "corpus:   not looked at",
        "corpus: broken stamps told right",
        "corpus: sound stamps left alone",
    ]
    goals = ["94.5 %", "0.38 / 1.50 s", "", "", "4/4", "18/18"]
    return [(n, g, *f) for n, g, f in zip(names, goals, both(measure), strict=True)]


def hidden_border(pairs: Pairs) -> list[Row]:
    """Make one cue of every two, and let the text alone say where the second began."""

    def errors(machine: Transcript) -> Iterator[float]:
        merged: list[Cue] = []
        hidden: list[tuple[int, int]] = []  # (word of the plain text, true start)
        word = 0
        for one, two in zip(machine.cues[::2], machine.cues[1::2], strict=False):
            first, second = (sum(1 for _ in word_spans(c.text)) for c in (one, two))
            whole = (
                one.end_ms is not None and two.start_ms is not None and abs(two.start_ms - one.end_ms) < 100
            )
            if whole and first and second:
                hidden.append((word + first, two.start_ms or 0))
                merged.append(Cue(f"{one.text} {two.text}", one.start_ms, two.end_ms))
            else:
                merged += [one, two]
            word += first + second
        plain = Transcript("text", (Cue(" ".join(c.text for c in merged)),))
        words = weave(plain, machine._replace(cues=tuple(merged))).transcript.cues[0].words
        for at, truth in hidden:
            start = words[at].start_ms
            yield abs(start - truth) / 1000 if start is not None else UNTIMED_S

    def measure() -> list[str]:
        found = [error for _, machine in pairs.values() for error in errors(machine)]
        return [in_seconds(found)]

    return [("hidden border, from text alone", "0.30 s median", *both(measure)[0])]


# Corrupt and realign


def corrupted(
    words: Sequence[str],
    strange: Sequence[str],
    rate: float,
    chance: random.Random,
    *,
    cuts: bool,
    repeats: float,
) -> tuple[list[str], list[tuple[int | None, bool]]]:
    """Return a spoilt text, and for each of its words (the machine word it stands for, kept)."""
    spoilt: list[tuple[str, int | None, bool]] = []
    for index, word in enumerate(words):
        fate = chance.random()
        if fate < rate / 3:
            continue
        if fate < rate * 2 / 3:
            spoilt.append((chance.choice(strange), index, False))
            continue
        spoilt.append((word, index, True))
        if fate < rate:
            spoilt.append((chance.choice(strange), None, False))
    if cuts:
        for _ in range(3):
            at, length = chance.randrange(len(spoilt) - 300), chance.randrange(100, 300)
            del spoilt[at : at + length]
        for _ in range(2):
            length, at = chance.randrange(150, 300), chance.randrange(len(strange) - 300)
            again = chance.randrange(len(words) - 300)
            block = list(strange[at : at + length])
            split = int(length * repeats)
            block[:split] = words[again : again + split]
            place = chance.randrange(len(spoilt))
            spoilt[place:place] = [(word, None, False) for word in block]
    return [w for w, _, _ in spoilt], [(index, kept) for _, index, kept in spoilt]


def realigned(pairs: Pairs, episodes: Sequence[str], rate: float, *, cuts: bool, repeats: float) -> list[str]:
    kept_right = kept_all = 0
    substituted: list[float] = []
    chance = random.Random(31)
    for number, episode in enumerate(episodes):
        machine = pairs[episode][1]
        timed = [
            w for c, h in zip(machine.cues, end_hints(machine.cues), strict=True) for w in place_words(c, h)
        ]
        strange = pairs[episodes[number - 1]][1]
        strange_words = [c.text[a:b] for c in strange.cues for a, b in word_spans(c.text)]
        text, origin = corrupted(
            [w.text for w in timed], strange_words, rate, chance, cuts=cuts, repeats=repeats
        )
        woven = weave(Transcript("text", (Cue(" ".join(text)),)), machine).transcript.cues[0].words
        assert len(woven) == len(origin)
        for word, (index, kept) in zip(woven, origin, strict=True):
            if kept and index is not None:
                kept_all += 1
                kept_right += word.start_ms == timed[index].start_ms and word.timing is Timing.ALIGNED
            elif index is not None:
                off = (
                    (word.start_ms - (timed[index].start_ms or 0)) / 1000
                    if word.start_ms is not None
                    else UNTIMED_S
                )
                substituted.append(abs(off))
    return [f"{kept_right / kept_all:.2%}", in_seconds(substituted)]


def corrupt(pairs: Pairs, *, quick: bool) -> list[Row]:
    episodes = [e for e in pairs if e not in TUNED][: 3 if quick else 9]
    rows: list[Row] = []
    cases = (
        ("5 %", 0.05, False, 0.0, ""),
        ("15 %", 0.15, False, 0.0, "99.6 %"),
        ("30 %", 0.30, False, 0.0, ""),
        ("15 %, cuts, foreign blocks", 0.15, True, 0.0, ""),
        ("15 %, cuts, half repeats", 0.15, True, 0.5, ""),
        ("15 %, cuts, repeats", 0.15, True, 1.0, ""),
        ("30 %, cuts, half repeats", 0.30, True, 0.5, "99 %"),
    )
    for name, rate, cuts, repeats, goal in cases:

        def measure(rate: float = rate, cuts: bool = cuts, repeats: float = repeats) -> list[str]:
            return realigned(pairs, episodes, rate, cuts=cuts, repeats=repeats)

        kept, substituted = both(measure)
        rows.append((f"corrupt {name}: kept words exact", goal, *kept))
        rows.append(("  substituted words, median / p95", "", *substituted))
    return rows


def independence(pairs: Pairs) -> list[Row]:
    """Shuffle, warp and zero the stamps: no word may move."""
    changed = 0
    for number, (human, machine) in enumerate(pairs.values()):
        starts = [c.start_ms for c in human.cues]
        shuffled = list(starts)
        random.Random(number).shuffle(shuffled)
        warped = [None if s is None else int(s * 1.07) + 90_000 for s in starts]
        zero = [None if s is None else 0 for s in starts]
        before = _word_times(human, machine)
        for stamps in (shuffled, warped, zero):
            cues = tuple(c._replace(start_ms=s) for c, s in zip(human.cues, stamps, strict=True))
            after = _word_times(human._replace(cues=cues), machine)
            changed += sum(a != b for a, b in zip(before, after, strict=True))
    return [("words moved by shuffled, warped, zero stamps", "0", str(changed), "-")]


def _word_times(human: Transcript, machine: Transcript) -> list[tuple[int | None, int | None]]:
    return [(w.start_ms, w.end_ms) for c in weave(human, machine).transcript.cues for w in c.words]


def wrong_pairs(pairs: Pairs) -> list[Row]:
    right: list[float] = []
    wrong: list[float] = []
    for one in pairs:
        for other in pairs:
            share = pair_share(pairs[one][0], pairs[other][1])
            (right if one == other else wrong).append(share)
    refused = sum(share < THRESHOLD for share in wrong)
    taken = sum(share >= THRESHOLD for share in right)
    return [
        ("wrong pairs refused", f"{len(wrong)}", f"{refused} (highest {max(wrong):.3f})", "-"),
        ("right pairs taken", f"{len(right)}", f"{taken} (lowest {min(right):.3f})", "-"),
    ]


# Speed


def speed(stream: list[int]) -> list[Row]:
    chance = random.Random(7)
    a = stream[:30_000]
    b = [w for word in a for w in _fate(word, stream, chance)]
    ours, theirs = [], []
    for _ in range(7):  # in turn, so that a busy machine slows both
        ours.append(_cpu(lambda: match(a, b)))
        theirs.append(_cpu(lambda: Indel.opcodes(a, b)))
    loop_a, loop_b = [1, 2] * 1500, [1, 2, 2] * 1500
    mixed = [chance.randrange(2) for _ in range(7500)]
    loops = max(_cpu(lambda: match(loop_a, loop_b)), _cpu(lambda: match(mixed[:3000], mixed[3000:])))
    big, mib = _in_process(_match_big)
    whole, whole_mib = _in_process(_weave_big)
    return [
        (
            "30,000 x 30,000 words, of Indel's time",
            "0.33",
            f"{min(ours) / min(theirs):.2f} ({min(ours) * 1000:.0f} ms)",
            f"1 ({min(theirs) * 1000:.0f} ms)",
        ),
        ("looped text, 3,000 x 4,500 words", "200 ms", f"{loops * 1000:.0f} ms", "-"),
        ("100,000 x 100,000 words matched", "1 s, 200 MB", f"{big:.2f} s, {mib:.0f} MB in all", "-"),
        ("100,000 x 100,000 words woven whole", "", f"{whole:.2f} s, {whole_mib:.0f} MB in all", "-"),
    ]


def _cpu(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _fate(word: int, stream: Sequence[int], chance: random.Random) -> list[int]:
    fate = chance.random()
    if fate < 0.05:
        return []
    if fate < 0.10:
        return [chance.choice(stream)]
    return [word, chance.choice(stream)] if fate < 0.15 else [word]


def _in_process(call: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """Run in a process of its own, whose peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(call)


def _big_stream() -> tuple[list[str], list[str]]:
    """Return 100,000 made-up words in the frequencies of speech, and the same with 15 % errors."""
    chance = random.Random(3)
    names = [f"w{n}" for n in range(20_000)]
    weights = [1 / (n + 3) for n in range(len(names))]
    a = chance.choices(names, weights, k=100_000)
    numbers = {name: n for n, name in enumerate(names)}
    stream = [numbers[name] for name in a]
    return a, [names[n] for word in stream for n in _fate(word, stream, chance)]


def _match_big() -> tuple[float, float]:
    numbers = Vocabulary()
    a, b = ([numbers.tokens(word)[0][0] for word in text] for text in _big_stream())
    return _measured(lambda: match(a, b))


def _weave_big() -> tuple[float, float]:
    a, b = _big_stream()
    human = Transcript(
        "text", tuple(Cue(" ".join(a[i : i + 50]), opens_turn=True) for i in range(0, len(a), 50))
    )
    cues = tuple(Cue(" ".join(b[i : i + 10]), i * 300, i * 300 + 3000) for i in range(0, len(b), 10))
    return _measured(lambda: weave(human, Transcript("webvtt", cues)))


def _measured(call: Callable[[], object]) -> tuple[float, float]:
    took = _cpu(call)
    # Not ru_maxrss: that begins with what the parent had when it forked.
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    return took, int(peak[1]) / 1024 if peak else 0.0


# In step, for the ear


def in_step() -> list[Row]:
    """The sample's woven words against the synthesis' true times, and stamps alone beside them."""
    human = read_file(SAMPLE / "keepers-logbook.human.txt")
    truth = json.loads(TRUTH.read_text("utf-8"))["words"]
    rows: list[Row] = []
    alone = human._replace(
        cues=tuple(
            c._replace(words=place_words(c, h))
            for c, h in zip(human.cues, end_hints(human.cues), strict=True)
        ),
    )
    stamps = _off_truth(alone, truth)
    for name, file in (("cue times", ".machine"), ("word times", "-words")):
        woven = weave(human, read_file(SAMPLE / f"keepers-logbook{file}.vtt"))
        rows.append(
            (
                f"sample, {name}: off truth (last: stamps)",
                "",
                _steps(_off_truth(woven.transcript, truth)),
                _steps(stamps),
            )
        )
    return rows


def _off_truth(transcript: Transcript, truth: Sequence[dict[str, Any]]) -> list[float]:
    timed: list[Word] = [w for c in transcript.cues if not c.id for w in c.words]
    vocabulary = Vocabulary()
    ours = [vocabulary.tokens(w.text) for w in timed]
    theirs = [vocabulary.tokens(w["text"]) for w in truth]
    first = lambda tokens: tokens[0][0] if tokens else -1  # noqa: E731
    return [
        abs((timed[run.a + k].start_ms or 0) - truth[run.b + k]["start_ms"]) / 1000
        if timed[run.a + k].start_ms is not None
        else UNTIMED_S
        for run in match([first(t) for t in ours], [first(t) for t in theirs])
        for k in range(run.length)
        if truth[run.b + k]["start_ms"] is not None
    ]


def _steps(errors: Sequence[float]) -> str:
    within = "/".join(f"{sum(e <= limit for e in errors) / len(errors):.0%}" for limit in (0.1, 0.2, 0.5))
    return f"{median(errors):.3f} / {centile(errors, 0.95):.2f} s, {within}"


# All together


def load() -> tuple[Pairs, dict[str, str]]:
    pairs: Pairs = {}
    kinds: dict[str, str] = {}
    for line in (SHARED / "corpus" / "pairs.tsv").read_text("utf-8").splitlines()[1:]:
        episode, *_, kind = line.split("\t")
        folder = SHARED / "corpus"
        pairs[episode] = read_file(folder / f"{episode}.txt"), read_file(folder / f"{episode}.vtt")
        kinds[episode] = kind
    return pairs, kinds


def show(rows: Sequence[Row]) -> None:
    for name, goal, ours, theirs in rows:
        print(f"{name:<47} {goal:<15} {ours:<36} {theirs}", flush=True)


def main() -> int:
    quick = "--quick" in sys.argv[1:]
    show([("what", "target", "ours", "rapidfuzz alone")])
    if (SHARED / "corpus").is_dir():
        pairs, kinds = load()
        some = dict(list(pairs.items())[:: 4 if quick else 1])
        show(seeds())
        show(corpus(pairs, kinds))
        show(hidden_border(some))
        show(corrupt(pairs, quick=quick))
        show(independence(some))
        show(wrong_pairs(some))
        vocabulary = Vocabulary()
        show(speed([t for _, m in pairs.values() for t in words_of_transcript(m, vocabulary).token]))
    else:
        print(f"no corpus at {SHARED}: seeds, corpus and speed on it are not measured")
    try:
        show(in_step())
    except UserError as error:
        print(error.message)
    return 0


if __name__ == "__main__":
    sys.exit(main())
