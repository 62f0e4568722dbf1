# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The sample that ships: its files tell the same story, and its script makes them again."""

from __future__ import annotations

import ctypes.util
import importlib.util
import json
import re
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "resources" / "samples"
TRUTH = json.loads((ROOT / "tests/data/sample/keepers-logbook.truth.json").read_text("utf-8"))
CUE = re.compile(r"^(\S+) --> (\S+)\n(.+)$", re.MULTILINE)


def sample(ending: str) -> str:
    return (SAMPLES / f"keepers-logbook{ending}").read_text("utf-8")


def ms(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60) * 1000 + float(seconds) * 1000)


def bare(word: str) -> str:
    return word.lower().strip(".,?!:;")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "packaging/tools/make_sample.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_sample"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_recording_is_small_and_ogg() -> None:
    recording = SAMPLES / "keepers-logbook.opus"
    assert recording.stat().st_size < 600_000
    assert recording.read_bytes()[:4] == b"OggS"


def test_true_words_follow_each_other() -> None:
    words = TRUTH["words"]
    assert 400 < len(words) < 500
    assert all(word["start_ms"] < word["end_ms"] for word in words)
    assert all(a["end_ms"] <= b["start_ms"] for a, b in pairwise(words))
    assert words[-1]["end_ms"] < TRUTH["duration_ms"]


@pytest.mark.parametrize("ending", [".machine.vtt", "-words.vtt"])
def test_machine_cues_are_on_the_true_times(ending: str) -> None:
    words = iter(TRUTH["machine_words"])
    for start, end, text in CUE.findall(sample(ending)):
        said = [next(words) for _ in re.sub(r"<[^>]*>", "", text).split()]
        assert [w["text"] for w in said] == re.sub(r"<[^>]*>", "", text).split()
        assert (ms(start), ms(end)) == (said[0]["start_ms"], said[-1]["end_ms"])
    assert next(words, None) is None


def test_word_stamps_are_the_true_starts_and_rise_inside_their_cue() -> None:
    words = iter(TRUTH["machine_words"])
    for start, end, text in CUE.findall(sample("-words.vtt")):
        stamps = [ms(start), *map(ms, re.findall(r"<([^>]*)>", text))]
        assert stamps == [next(words)["start_ms"] for _ in stamps]
        assert all(a < b for a, b in pairwise([*stamps, ms(end)]))


def test_the_machine_mishears_a_dozen_times_and_names_nobody() -> None:
    heard = {bare(w["text"]) for w in TRUTH["machine_words"]}
    said = {bare(w["text"]) for w in TRUTH["words"]}
    assert len(said - heard) >= 12
    assert "Keeper:" not in sample(".machine.vtt") and "<v" not in sample(".machine.vtt")


def test_some_machine_cues_hide_a_change_of_speaker() -> None:
    starts = {w["start_ms"]: w["turn"] for w in TRUTH["words"]}
    hidden = 0
    for start, end, _ in CUE.findall(sample(".machine.vtt")):
        hidden += len({turn for at, turn in starts.items() if ms(start) <= at < ms(end)}) > 1
    assert hidden >= 2


def human_turns() -> list[tuple[int, str, list[str]]]:
    turns = []
    for line in sample(".human.txt").split("\n\n"):
        stamp, speaker, text = re.match(r"(\d+:\d\d) ([\w ]+): (.+)", line.strip()).groups()  # type: ignore[union-attr]
        minutes, seconds = map(int, stamp.split(":"))
        turns.append(((minutes * 60 + seconds) * 1000, speaker, text.split()))
    return turns


def test_the_typist_has_the_right_words_but_for_those_unheard() -> None:
    typed = [w for _, _, words in human_turns() for w in words if not re.fullmatch(r"\d+:\d\d", w)]
    assert typed == [w["text"] for w in TRUTH["words"] if not w.get("unheard")]
    assert 1 <= sum(bool(w.get("unheard")) for w in TRUTH["words"]) < 10


def test_the_typist_s_stamps_are_rough_by_a_second_and_a_half_at_most() -> None:
    firsts: dict[int, dict[str, Any]] = {}
    for word in TRUTH["words"]:
        firsts.setdefault(word["turn"], word)
    turns = human_turns()
    assert [speaker for _, speaker, _ in turns] == TRUTH["speakers"]
    off = [stamp - firsts[i]["start_ms"] for i, (stamp, _, _) in enumerate(turns)]
    assert all(abs(error) <= 1_500 for error in off)
    assert any(error < -300 for error in off) and any(error > 300 for error in off)


def test_one_stamp_stands_in_mid_sentence() -> None:
    inner = [w for _, _, words in human_turns() for w in words if re.fullmatch(r"\d+:\d\d", w)]
    assert len(inner) == 1


def test_chapters_start_at_turns() -> None:
    chapters = json.loads(sample(".chapters.json"))["chapters"]
    assert [c["title"] for c in chapters] == [
        "Opening",
        "Counting ships",
        "The log",
        "The night the bell froze",
    ]
    ends = [0, *(w["end_ms"] for w in TRUTH["words"])]
    starts = [w["start_ms"] for w in TRUTH["words"]]
    for chapter in chapters[1:]:
        at = chapter["startTime"] * 1000
        assert any(end <= at <= start for end, start in zip(ends, starts, strict=False))


def test_the_script_says_what_the_files_say(maker: ModuleType) -> None:
    turns = maker.read_script((ROOT / "packaging/tools/keepers-logbook.script").read_text("utf-8"))
    assert [w.text for turn in turns for w in turn.words] == [w["text"] for w in TRUTH["words"]]
    heard = [text for turn in turns for word in turn.words for text in word.heard]
    assert heard == [w["text"] for w in TRUTH["machine_words"]]


def test_speaking_it_again_gives_the_same_times(maker: ModuleType) -> None:
    if ctypes.util.find_library("espeak-ng") is None:
        pytest.skip("libespeak-ng is not installed; only makers of the sample need it")
    espeak = maker.Espeak()
    if espeak.version() != TRUTH["espeak_ng"]:
        pytest.skip(f"the sample was made with espeak-ng {TRUTH['espeak_ng']}, here is {espeak.version()}")
    turns = maker.read_script((ROOT / "packaging/tools/keepers-logbook.script").read_text("utf-8"))
    maker.speak(turns, espeak)
    assert maker.vtt(maker.machine_words(turns), stamps=True) == sample("-words.vtt")
    assert maker.human(turns) == sample(".human.txt")
