# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""WebVTT: the conformance suite, the page copy, voices, word times, rolling captions, mends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.domain.transcript import Timing, Transcript
from earmark.formats.captions.cuetext import read_cue_text
from earmark.formats.registry import read_bytes, read_file

SHARED = Path(__file__).parents[4] / "shared"
SUITE = SHARED / "conformance" / "webvtt"
CASES = sorted(SUITE.glob("*.json"))
TEXTS = SHARED / "conformance" / "cue-text.json"
needs_suite = pytest.mark.skipif(not CASES, reason="the conformance suite is not beside this checkout")


def read(text: str, *, strict: bool = False, name: str = "talk.vtt") -> Transcript:
    return read_bytes(text.encode(), name, strict)


def codes(transcript: Transcript) -> list[tuple[int, str]]:
    return [(note.line, note.code) for note in transcript.notes]


@needs_suite
def test_the_suite_is_whole():
    assert len(CASES) == 40


@pytest.mark.parametrize("case", CASES or [None], ids=lambda path: path.stem if path else "absent")
@needs_suite
def test_strict_yields_what_the_specification_says(case):
    expected = json.loads(case.read_text())
    found = read_file(case.with_suffix(".vtt"), strict=True)
    assert [(c.id, c.text, c.start_ms, c.end_ms) for c in found.cues] == [
        (c["id"], c["text"], round(c["start"] * 1000), round(c["end"] * 1000)) for c in expected["cues"]
    ]
    assert len(found.cues) == expected["count"]
    assert found.notes == ()


@pytest.mark.parametrize("case", CASES or [None], ids=lambda path: path.stem if path else "absent")
@needs_suite
def test_lenient_reading_loses_nothing_in_silence(case):
    text = case.with_suffix(".vtt").read_bytes().decode("utf-8", "replace")
    found = read_file(case.with_suffix(".vtt"))
    arrows = sum("-->" in line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[1:])
    spoken_of = {"bad-times", "cue-lost", "arrow-in-text"}
    listed = [n for n in found.notes if n.code in spoken_of]
    more = sum(int(n.message.split()[0]) - 1 for n in listed if n.line == 0)
    assert len(found.cues) + len(listed) + more >= arrows


@pytest.mark.skipif(not TEXTS.exists(), reason="cue-text.json is not beside this checkout")
def test_cue_text_suite():
    cases = json.loads(TEXTS.read_text())
    assert len(cases) == 29
    assert [read_cue_text(c["in"]).text for c in cases] == [c["plain"] for c in cases]


@pytest.mark.parametrize(
    "data", [b"WEBVTTfoo\n", b"\xef\xbb\xbf\xef\xbb\xbfWEBVTT\n", b"hello", b"1\n00:00:01,000 -->"]
)
def test_strict_refuses_a_vtt_without_signature(data):
    with pytest.raises(UserError) as caught:
        read_bytes(data, "talk.vtt", strict=True)
    assert caught.value.code == "not-webvtt"


@pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="the seeds are not beside this checkout")
def test_machine_seed_opens_from_its_page_copy():
    found = read_file(SHARED / "seeds" / "031-machine-page-copy.txt")
    assert found.format == "webvtt"
    assert len(found.cues) == 333
    assert (found.cues[0].start_ms, found.cues[-1].end_ms) == (1, 1_758_320)
    assert codes(found) == [(1, "page-copy")]


def test_page_copy_with_numbered_cues_and_foot():
    text = "Skip to it\n1\n2\nWEBVTT\n1\n00:01.000 --> 00:02.000\none\n2\n00:02.000 --> 00:03.000\ntwo\n"
    found = read(text + "Footer\n© 2026 A Site, Inc.\nTerms\n", name="page.txt")
    assert [cue.text for cue in found.cues] == ["one", "two"]
    assert sorted(codes(found)) == [(1, "page-copy"), (5, "page-copy"), (11, "page-copy")]


def test_page_copy_that_kept_its_blank_lines_keeps_its_numbers_and_an_indented_foot_is_one():
    cues = "1\n00:01.000 --> 00:02.000\none\n\n2\n00:02.000 --> 00:03.000\ntwo\n"
    found = read(f"Skip to it\nWEBVTT\n\n{cues}Footer\n  © 2026 A Site, Inc.\n", name="page.txt")
    assert [(cue.id, cue.text) for cue in found.cues] == [("1", "one"), ("2", "two")]
    assert codes(found) == [(1, "page-copy"), (11, "page-copy")]


def test_voices_are_carried_and_split():
    found = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud-x A &amp; B>Hello\n\n00:02.000 --> 00:03.000\nagain\n\n"
        "00:03.000 --> 00:05.000\n- <v Cy>Yes.\n- <v Ann>No.\n"
    )
    assert [(c.speaker, c.text) for c in found.cues] == [
        ("A & B", "Hello"),
        ("A & B", "again"),
        ("Cy", "- Yes."),
        ("Ann", "- No."),
    ]
    assert codes(found) == [(9, "voices-split")]
    assert {(c.start_ms, c.end_ms) for c in found.cues[2:]} == {(3000, 5000)}
    placed = [word for cue in found.cues[2:] for word in cue.words]
    assert all(word.timing is Timing.INTERPOLATED for word in placed)
    assert [w.start_ms for w in placed] == sorted(w.start_ms for w in placed)
    for cue in found.cues[2:]:
        assert [cue.text[w.offset : w.end] for w in cue.words] == cue.text.split()


def test_a_voice_that_says_nothing_makes_no_cue():
    found = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Cy>Yes.</v><v Ann> </v>\n")
    assert [(c.speaker, c.text.strip()) for c in found.cues] == [("Cy", "Yes.")]
    assert codes(found) == []


def test_strict_does_not_carry_voices():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello\n\n00:02.000 --> 00:03.000\nagain\n"
    assert [c.speaker for c in read(text, strict=True).cues] == ["Ann", None]


def test_word_times_are_exact_where_written():
    found = read("WEBVTT\n\n00:01.000 --> 00:04.000\none <00:00:02.000><c>two</c> three <00:03.000>four\n")
    words = found.cues[0].words
    assert [(w.text, w.start_ms, str(w.timing)) for w in words] == [
        ("one", 1000, "exact"),
        ("two", 2000, "exact"),
        ("three", 2444, "interpolated"),
        ("four", 3000, "exact"),
    ]
    assert words[-1].end_ms == 4000
    assert all(found.cues[0].text[w.offset : w.end] == w.text for w in words)


def test_words_behind_a_time_are_placed_by_their_characters_wherever_the_blank_is():
    starts = [
        [w.start_ms for w in read(f"WEBVTT\n\n00:01.000 --> 00:04.000\n{cue}\n").cues[0].words]
        for cue in ("one <00:02.000>two three", "one<00:02.000> two three")
    ]
    assert starts == [[1000, 2000, 2888]] * 2


def test_backward_word_times_are_not_used_and_noted():
    found = read("WEBVTT\n\n00:01.000 --> 00:04.000\none <00:00:03.000>two <00:02.000>three\n")
    assert codes(found) == [(3, "word-times")]
    assert [w.start_ms for w in found.cues[0].words][1] == 3000


ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.310 align:start position:0%
{blank}
hello<00:00:00.719><c> up</c><00:00:01.000><c.colorE5E5E5> there</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
hello up there
{blank}

00:00:02.320 --> 00:00:04.000 align:start position:0%
hello up there
and<00:00:02.719><c> down</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
and down
{blank}
""".replace("{blank}", " ")


def test_rolling_captions_are_merged_with_their_word_times():
    found = read(ROLLING)
    assert [c.text for c in found.cues] == ["hello up there", "and down"]
    assert [w.start_ms for c in found.cues for w in c.words] == [0, 719, 1000, 2320, 2719]
    assert found.language == "en"
    assert [code for _, code in codes(found)] == ["rolling"]


def test_strict_leaves_rolling_captions_alone():
    assert len(read(ROLLING, strict=True).cues) == 4


def test_a_recogniser_in_a_loop_is_not_rolling():
    cues = "".join(f"00:{i:02}.000 --> 00:{i + 1:02}.000\nBye.\n\n" for i in range(20))
    assert len(read("WEBVTT\n\n" + cues).cues) == 20


MENDS = [
    ("00:00:01,000 --> 00:00:02,000\nhi", (3, "comma-decimal"), "hi"),
    ("0:1.5 --> 0:2.5\nhi", (3, "loose-times"), "hi"),
    ("00:01.000 --> 00:02.000\n\nhi\n\n00:02.000 --> 00:03.000\nyo", (4, "blank-in-text"), "hi"),
    ("00:01.000 --> 00:02.000\nhi\n\nyou\n\n00:02.000 --> 00:03.000\nyo", (5, "blank-in-text"), "hi\nyou"),
    ("00:01.000 --> 00:02.000\na --> b", (4, "arrow-in-text"), "a --> b"),
    ("00:02.000 --> 00:01.000\nhi", (3, "ends-early"), "hi"),
]


@pytest.mark.parametrize(("body", "note", "text"), MENDS)
def test_each_mend_is_a_note_with_its_line(body, note, text):
    found = read(f"WEBVTT\n\n{body}\n")
    assert codes(found) == [note]
    assert found.cues[0].text == text


def test_a_cue_with_unreadable_times_is_noted():
    found = read("WEBVTT\n\nsoon --> later\nlost\n\n00:01.000 --> 00:02.000\nkept\n")
    assert [c.text for c in found.cues] == ["kept"]
    assert codes(found) == [(3, "bad-times")]


def test_blocks_that_are_no_cues_are_not_text():
    text = "WEBVTT\n\nSTYLE\n::cue\n\n00:01.000 --> 00:02.000\nhi\n\nNOTE\n\n7\n00:02.000 --> 00:03.000\nyo\n"
    found = read(text)
    assert [(c.id, c.text) for c in found.cues] == [("", "hi"), ("7", "yo")]
    assert found.notes == ()


def test_entities_are_decoded_and_markup_never_runs():
    found = read("WEBVTT\n\n00:01.000 --> 00:02.000\nAT&amp;T <b>is</b> 1 &lt; 2\n")
    assert found.cues[0].text == "AT&T is 1 < 2"


def test_names_before_a_colon_need_to_come_back():
    lines = [
        "First thing: no.",
        "Ann Lee: hello",
        "so",
        "Bo: hi",
        "Ann Lee: and",
        "Bo: well",
        "Ann Lee: so",
        "Bo: ok",
    ]
    cues = "".join(f"00:{i:02}.000 --> 00:{i + 1:02}.000\n{line}\n\n" for i, line in enumerate(lines))
    found = read("WEBVTT\n\n" + cues)
    assert [c.speaker for c in found.cues] == [
        None,
        "Ann Lee",
        "Ann Lee",
        "Bo",
        "Ann Lee",
        "Bo",
        "Ann Lee",
        "Bo",
    ]
    assert found.cues[0].text == "First thing: no."
    assert found.cues[1].text == "hello"
    assert [code for _, code in codes(found)] == ["names"]


def test_many_notes_of_a_kind_are_counted():
    cues = "".join("00:00:01,000 --> 00:00:02,000\nhi\n\n" for _ in range(80))
    found = read("WEBVTT\n\n" + cues)
    assert len(found.notes) == 51
    assert found.notes[-1].message.startswith("30 more")


def test_a_file_without_cues_says_so():
    found = read("WEBVTT\n")
    assert (found.cues, codes(found)) == ((), [(0, "no-cues")])
    assert read("WEBVTT\n", strict=True).notes == ()
