# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stamped text: the human seed, the corpus, glued stamps, marks, prose times, backward stamps."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from earmark.domain.transcript import Transcript
from earmark.formats.registry import read_bytes, read_file
from earmark.formats.texts.stamps import find_stamps, longest_chain

SHARED = Path(__file__).parents[4] / "shared"
CORPUS = sorted((SHARED / "corpus").glob("*.txt"))
needs_corpus = pytest.mark.skipif(not CORPUS, reason="the corpus is not beside this checkout")


def read(text: str) -> Transcript:
    return read_bytes(text.encode(), "talk.txt")


def cues(text: str) -> list[tuple[int | None, str]]:
    return [(cue.start_ms, cue.text) for cue in read(text).cues]


@pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="the seeds are not beside this checkout")
def test_human_seed_has_its_136_turns_and_6_marks():
    found = read_file(SHARED / "seeds" / "031-human.txt")
    assert found.format == "stamped"
    assert len(found.cues) == 137  # the text before the first stamp is one
    assert [m.ms for m in found.marks] == [271_000, 399_000, 1_056_000, 1_550_000, 1_749_000, 2_341_000]
    assert not any(re.search(r"[0-9]:[0-9]{2}", cue.text) for cue in found.cues)
    assert (found.cues[0].start_ms, found.cues[1].start_ms, found.cues[-1].start_ms) == (
        None,
        123_000,
        2_864_000,
    )
    assert all(cue.opens_turn and cue.end_ms is None for cue in found.cues[1:])
    mark = found.marks[2]
    assert found.cues[mark.cue].text[mark.offset :].startswith("to some aspects")
    assert found.notes == ()


@needs_corpus
def test_stamps_are_found_with_all_line_ends_taken_away():
    """Glued as in the seed, the stamps of the corpus must come back; measured 3,346 of 3,346."""
    written = found = extra = 0
    for path in CORPUS:
        joined, places = "", set()
        for line in re.split(r"\r\n|\r|\n", path.read_bytes().decode()):
            stamp = re.match(r"\s*\[?((?:[0-9]{1,2}:)?[0-9]{1,3}:[0-9]{2})", line)
            if stamp:
                places.add(len(joined) + stamp.start(1))
            joined += line
        got = {stamp.start for stamp in find_stamps(joined)}
        written += len(places)
        found += len(places & got)
        extra += len(got - places)
    assert written > 3000
    assert found / written >= 0.995
    assert extra <= 80  # 73 stamps of the corpus really stand inside a line


@needs_corpus
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_corpus_reads_with_nothing_left(path):
    found = read_file(path)
    assert found.format == "stamped"
    assert not [c.text for c in found.cues if re.search(r"(?<![0-9])[0-9]{1,2}:[0-9]{2}(?![0-9])", c.text)]


def test_stamps_may_be_glued_to_the_words():
    text = "welcome to the show.\u00a02:05\u00a0Thank you, hi.2:06\u00a0Hi. It was the web-2:46\u00a0Yes."
    assert cues(text) == [
        (None, "welcome to the show."),
        (125_000, "Thank you, hi."),
        (126_000, "Hi. It was the web-"),
        (166_000, "Yes."),
    ]


def test_plain_blanks_do_as_well():
    text = "welcome to the show. 2:05 Thank you, hi. 2:06 Hi. And then we go on for a while here. 2:12 Right."
    assert [ms for ms, _ in cues(text)] == [None, 125_000, 126_000, 132_000]


def test_a_stamp_in_mid_sentence_is_a_mark():
    text = (
        "16:47 So it expects that every observation is a vector of values, and if you take the sound you can "
        "say it is a set of floating point values, trying to extract features that are really for example "
        "17:36 to some aspects of the data like frequencies. 17:49 How much of that is in the toolset?"
    )
    found = read(text)
    assert [c.start_ms for c in found.cues] == [1_007_000, 1_069_000]
    (mark,) = found.marks
    assert (mark.ms, mark.cue, mark.kind) == (1_056_000, 0, "unheard")
    assert found.cues[0].text[mark.offset - 8 : mark.offset + 7] == "example to some"


PROSE = [
    "3:30 in the afternoon",
    "3:30 pm",
    "from 3:30 on",
    "between 9:00-9:45 or so",
    "a ratio of 16:09, they say",
    "(John 3:16)",
    "https://host:80:80/x",
]


@pytest.mark.parametrize("words", PROSE)
def test_prose_times_are_left_alone(words):
    text = f"0:10 Hello there, and welcome.\n\n2:50 We met at {words} that day.\n\n9:50 Right.\n\n20:00 Bye."
    found = read(text)
    assert words in " ".join(c.text for c in found.cues)
    assert len(found.cues) == 4
    assert found.marks == ()


@pytest.mark.parametrize("words", ["0:75", "0:10:75", "0:75:10"])
def test_what_no_clock_shows_is_no_stamp(words):
    assert cues(f"0:10 One.\n\n{words} Two.\n\n1:30 Three.") == [
        (10_000, f"One.\n{words} Two."),
        (90_000, "Three."),
    ]


CHATTER = "so we went on and on about it " * 15  # about half a minute


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        ("We begin.", f"{CHATTER}and 2:30 it went on.", [150_000]),
        ("We begin.", f"{CHATTER}and 9:30 it went on.", []),
        (f"We began at six and 0:30 then {CHATTER}.", "We end.", [30_000]),
        (f"We began at six and 0:02 then {CHATTER}.", "We end.", []),
    ],
    ids=["last turn", "last turn, far off", "first turn", "first turn, far off"],
)
def test_before_the_first_stamp_and_after_the_last_a_time_must_fit_the_pace(first, last, marks):
    text = f"{first}\n\n1:00 {CHATTER}.\n\n1:30 {CHATTER}.\n\n2:00 {last}"
    assert [mark.ms for mark in read(text).marks] == marks


def test_digits_glued_to_a_stamp_are_told_by_order():
    text = "35:20 We moved to Python 335:49 Michael said so. 36:10 Yes.\n37:00 Good."
    assert cues(text)[:2] == [(2_120_000, "We moved to Python 3"), (2_149_000, "Michael said so.")]


def test_a_stamp_that_runs_backwards_keeps_its_turn_without_time():
    found = read("0:10 One.\n\n0:50 Two.\n\n0:05 Three.\n\n1:30 Four.\n\n2:00 Five.")
    assert [(c.start_ms, c.text) for c in found.cues][2] == (None, "Three.")
    assert [(n.line, n.code) for n in found.notes] == [(5, "backward-stamp")]


def test_equal_stamps_stay():
    assert [ms for ms, _ in cues("0:10 One.\n\n0:10 Two.\n\n0:20 Three.")] == [10_000, 10_000, 20_000]


def test_all_zero_stamps_say_nothing():
    found = read("0:00 One.\n\n0:00 Two.\n\n0:00 Three.")
    assert [c.start_ms for c in found.cues] == [None] * 3
    assert [n.code for n in found.notes] == ["equal-stamps"]


@pytest.mark.parametrize("form", ["{0}", "[{0}]", "({0})", "- {0}"])
def test_hours_and_brackets_and_names(form):
    stamps = [form.format(f"00:00:{s:02}") for s in (1, 9, 30)]
    text = f"{stamps[0]} Ann Lee: Hi.\n{stamps[1]} Bo: Well.\n{stamps[2]} Ann Lee: So."
    found = read(text)
    assert [(c.start_ms, c.speaker, c.text) for c in found.cues if c.start_ms] == [
        (1_000, "Ann Lee", "Hi."),
        (9_000, "Bo", "Well."),
        (30_000, "Ann Lee", "So."),
    ]


@given(st.lists(st.integers(0, 30), max_size=40))
def test_chain_is_the_longest_that_never_falls(values):
    chain = longest_chain(values)
    picked = [values[i] for i in chain]
    assert picked == sorted(picked)
    assert chain == sorted(set(chain))
    best = [0] * len(values)
    for i, value in enumerate(values):
        best[i] = 1 + max((best[j] for j in range(i) if values[j] <= value), default=0)
    assert len(chain) == max(best, default=0)


@given(
    st.lists(
        st.tuples(st.integers(0, 5_000), st.sampled_from(["Hi there.", "It is so, yes.", "Why?"])), min_size=2
    )
)
def test_stamps_written_come_back(turns):
    turns = sorted(turns, key=lambda turn: turn[0])
    text = "\n".join(f"{s // 60}:{s % 60:02} {words}" for s, words in turns)
    found = read(text)
    assert [c.text for c in found.cues] == [words for _, words in turns]
    if len({s for s, _ in turns}) > 1:
        assert [c.start_ms for c in found.cues] == [s * 1000 for s, _ in turns]


@given(st.text(alphabet="0123456789: .,aB\n\u00a0-[]()", max_size=200))
def test_stamps_stand_in_order_and_never_overlap(text):
    stamps = find_stamps(text)
    assert all(0 <= s.start < s.end <= len(text) for s in stamps)
    assert all(a.end <= b.start for a, b in pairwise(stamps))
    times = [s.ms for s in stamps if s.ms is not None]
    assert times == sorted(times)


@pytest.mark.parametrize("word", ["Tonight", "Today", "In", "On Monday", "At night"])
def test_a_stamp_before_a_sentence_that_begins_like_a_time_of_day_is_a_stamp(word):
    found = cues(f"0:01 Hello there.\n0:05 {word} we go.\n0:09 Good.\n")
    assert [start for start, _ in found] == [1_000, 5_000, 9_000]


WORDS = "Then we went on with the work for as long as it took and nobody asked. " * 4


def stamped(seconds: list[int], minutes_begin_again: bool) -> str:
    def clock(second: int) -> str:
        minute = second // 60
        return f"{minute % 60 if minutes_begin_again else minute}:{second % 60:02d}"

    return "\n".join(f"{clock(second)} {WORDS[: 40 + second % 90]}" for second in seconds)


@given(
    st.lists(st.integers(5, 30), min_size=260, max_size=400).map(lambda steps: [0, *accumulate(steps)]),
    st.booleans(),
)
@settings(max_examples=30)
def test_minutes_that_begin_again_are_counted_on(seconds, minutes_begin_again):
    hours = seconds[-1] // 3600
    assume(sum(second >= 3600 * hours for second in seconds) >= 3)  # less would prove nothing
    found = read(stamped(seconds, minutes_begin_again))
    assert [cue.start_ms for cue in found.cues] == [second * 1000 for second in seconds]
    assert [note.code for note in found.notes] == ["hour-added"] * (hours if minutes_begin_again else 0)


def test_the_added_hour_is_a_note_with_its_line():
    seconds = list(range(0, 3700, 20))
    notes = read(stamped(seconds, minutes_begin_again=True)).notes
    assert [(note.code, note.line) for note in notes] == [("hour-added", seconds.index(3600) + 1)]
    assert "0:00" in notes[0].message


@pytest.mark.parametrize(
    "written",
    [
        pytest.param([*range(0, 2400, 20), *range(0, 600, 20)], id="a second part after forty minutes"),
        pytest.param([*range(0, 3560, 20), 10], id="a single stray at the end"),
        pytest.param(
            [*range(0, 3320, 20), *range(0, 600, 20)], id="a second part five minutes before the hour"
        ),
        pytest.param([3400, 3500, 3590, *range(5, 600, 20)], id="an hour told by three stamps"),
    ],
)
def test_no_hour_is_added_where_it_is_not_plain(written):
    notes = read(stamped(written, minutes_begin_again=False)).notes
    assert "backward-stamp" in {note.code for note in notes}
    assert "hour-added" not in {note.code for note in notes}


@pytest.mark.parametrize(
    "form", ["{} - {}", "[{} - {}]", "{}–{}", "[{}] --> [{}]", "({}) to ({})", "{} → {}"]
)
@pytest.mark.parametrize("hours", ["00:", ""])
def test_ranges_say_where_a_turn_ends(form, hours):
    first, second = (
        form.format(f"{hours}00:10", f"{hours}00:15"),
        form.format(f"{hours}00:16", f"{hours}01:02"),
    )
    found = read(f"{first} Ann: Hello there.\n\n{second} Bo: Well, hello.\n")
    assert [(c.start_ms, c.end_ms, c.speaker, c.text) for c in found.cues] == [
        (10_000, 15_000, "Ann", "Hello there."),
        (16_000, 62_000, "Bo", "Well, hello."),
    ]
    assert found.notes == ()


def test_a_time_of_day_that_is_a_range_stays_prose_at_the_start_of_a_line():
    found = cues("0:10 When would it be?\n9:00-9:45 would suit me.\n0:20 Good.\n0:30 Yes.")
    assert found[0] == (10_000, "When would it be?\n9:00-9:45 would suit me.")


def test_frames_are_passed_over_with_a_note():
    found = read("00:00:10:12 Hello there.\n00:01:10;02 Well.\n")
    assert [(c.start_ms, c.text) for c in found.cues] == [(10_000, "Hello there."), (70_000, "Well.")]
    assert [n.code for n in found.notes] == ["frames"]


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९"])
def test_digits_of_other_scripts_are_digits(digits):
    stamps = ["00:00:10", "00:01:05", "01:00:00"]
    written = [stamp.translate(str.maketrans("0123456789", digits)) for stamp in stamps]
    found = cues("\n".join(f"{stamp} So it is." for stamp in written))
    assert [ms for ms, _ in found] == [10_000, 65_000, 3_600_000]
    assert {text for _, text in found} == {"So it is."}


def test_wide_colons_are_colons():
    assert cues("００：０１：０５　こんにちは。\n００：０２：００　はい。") == [
        (65_000, "こんにちは。"),
        (120_000, "はい。"),
    ]


def test_names_at_turns_may_be_small_have_a_part_in_brackets_or_a_comma():
    found = read(
        "00:00:01 ann: Hello there.\n00:00:05 Ann (host): Well.\n00:00:09 van der Berg, Jr.: Thanks.\n"
        "00:00:12 ann: So.\n00:00:15 Dr. Okafor: Yes.\n"
    )
    assert [(c.speaker, c.text) for c in found.cues] == [
        ("ann", "Hello there."),
        ("Ann (host)", "Well."),
        ("van der Berg, Jr.", "Thanks."),
        ("ann", "So."),
        ("Dr. Okafor", "Yes."),
    ]


def test_a_small_name_counts_once_where_every_turn_is_named():
    found = read("00:00:01 ann: Hello.\n00:00:05 Ann (host): Hi.\n00:00:09 van der Berg, Jr.: Yes.\n")
    assert [c.speaker for c in found.cues] == ["ann", "Ann (host)", "van der Berg, Jr."]


def test_a_sentence_with_a_colon_at_a_turn_is_no_name():
    text = (
        "0:01 so here is the thing: it works.\n0:05 Why?\n0:08 Well.\n0:12 first: it is small.\n0:15 Good.\n"
    )
    found = read(text)
    assert [c.speaker for c in found.cues] == [None] * 5
    named = read(text.replace("Why", "Ann: Why").replace("Well", "Bo: Well").replace("Good", "Ann: Good"))
    assert [c.speaker for c in named.cues] == [None, "Ann", "Bo", None, "Ann"]


def test_turns_of_named_speakers_need_no_stamp():
    found = read(
        "00:04 Ann Lee: Hello there.\n\nBo: Well, hello.\nAnd thanks.\n\nAnn Lee: So.\n\n"
        "00:40 Bo: As I said: it works.\n\nFirst of all: it is small.\n"
    )
    assert [(c.start_ms, c.speaker, c.text) for c in found.cues] == [
        (4_000, "Ann Lee", "Hello there."),
        (None, "Bo", "Well, hello.\nAnd thanks."),
        (None, "Ann Lee", "So."),
        (40_000, "Bo", "As I said: it works.\nFirst of all: it is small."),
    ]
    assert all(c.opens_turn for c in found.cues)


def test_a_mark_moves_with_the_turn_that_has_no_stamp():
    text = (
        "16:47 Ann: So it expects that every observation is a vector of values, and so on and so on, yes.\n"
        "Bo: If you take the sound you can say it is a set of floating point values that are for example "
        "17:32 to some aspects of the data like frequencies.\n17:49 Ann: How much of that is in the toolset?"
        "\n18:10 Bo: Much.\n18:30 Ann: Good.\n"
    )
    found = read(text)
    (mark,) = found.marks
    assert found.cues[mark.cue].speaker == "Bo"
    assert found.cues[mark.cue].text[mark.offset - 8 : mark.offset + 7] == "example to some"
