# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is written reads back; the JSON form is the one the product promises; nothing is half written."""

from __future__ import annotations

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.errors import UserError
from earmark.domain.transcript import Cue, Mark, Note, Timing, Transcript, Word
from earmark.formats.captioned import captioned
from earmark.formats.jsonform import from_json, to_json
from earmark.formats.registry import read_bytes, read_file
from earmark.formats.writers import (
    check_target,
    to_markdown,
    to_srt,
    to_stamped_text,
    to_webvtt,
    write_transcript,
)

WORDS = st.lists(
    st.sampled_from(["light", "house", "R&D", "<b>", "-->", "öl", "日本", "3.5", "(so)", "it's"]), min_size=1
)
TEXT = WORDS.map(" ".join)
NAMES = st.sampled_from(["Ann Lee", "Bo", "A & B", "O'Neil"])


@st.composite
def captions(draw: st.DrawFn) -> Transcript:
    cues, clock = [], draw(st.integers(0, 5_000))
    everyone = draw(st.booleans())
    for _ in range(draw(st.integers(1, 8))):
        # Not 1 to 50 ms: repeated cues that short are what rolling captions are, and are merged.
        end = clock + draw(st.just(0) | st.integers(51, 9_000))
        text = draw(TEXT) + draw(st.sampled_from(["", "\nmore"]))
        cues.append(
            Cue(text, clock, end, draw(NAMES) if everyone else None, draw(st.sampled_from(["", "7", "x y"])))
        )
        clock = end + draw(st.integers(0, 3_000))
    return Transcript("webvtt", tuple(cues), language=draw(st.sampled_from([None, "en", "de-AT"])))


def back(text: str, name: str) -> Transcript:
    return read_bytes(text.encode(), name)


@given(captions())
def test_webvtt_reads_back(written):
    found = back(to_webvtt(written), "talk.vtt")
    assert found == written


@given(captions())
def test_webvtt_written_is_strict_webvtt(written):
    found = read_bytes(to_webvtt(written).encode(), "talk.vtt", strict=True)
    assert found.cues == written.cues


@given(captions())
def test_srt_reads_back(written):
    found = back(to_srt(written), "talk.srt")
    assert [(c.start_ms, c.end_ms) for c in found.cues] == [(c.start_ms, c.end_ms) for c in written.cues]
    said = "".join(c.text for c in found.cues)
    assert "more" in said or "more" not in "".join(c.text for c in written.cues)


@given(captions())
def test_json_reads_back(written):
    text = json.dumps(to_json(written))
    assert from_json(json.loads(text)) == written
    assert back(text, "talk.json") == written


@given(st.lists(st.tuples(st.integers(0, 9_000), NAMES, TEXT), min_size=2, max_size=8))
def test_stamped_text_and_markdown_read_back(turns):
    turns = sorted(turns, key=lambda turn: turn[0])
    cues = tuple(Cue(text, s * 1000, speaker=name, opens_turn=True) for s, name, text in turns)
    written = Transcript("stamped", cues)
    found = back(to_stamped_text(written), "talk.txt")
    assert [c.text for c in found.cues] == [c.text for c in cues]
    assert [c.speaker for c in found.cues] == [c.speaker for c in cues]
    if len({turn[0] for turn in turns}) > 1:
        assert [c.start_ms for c in found.cues] == [c.start_ms for c in cues]
    marked = back(to_markdown(written), "talk.md")
    assert [(c.start_ms, c.speaker, c.text) for c in marked.cues] == [
        (c.start_ms, c.speaker, c.text) for c in cues
    ]


def woven() -> Transcript:
    words = (
        Word("The", 0, 1000, 1200, Timing.ALIGNED),
        Word("old", 4, 1200, 1500, Timing.INTERPOLATED),
        Word("lamp.", 8, 1500, 2000, Timing.EXACT),
    )
    cue = Cue("The old lamp.", 1000, 2500, "Ann", words=words)
    return Transcript("woven", (cue, Cue("Yes.", 3000, 4000, "Bo")))


def test_word_times_are_written_where_they_are_known():
    text = to_webvtt(woven())
    assert "<v Ann>The old <00:00:01.500>lamp." in text
    found = back(text, "talk.vtt").cues[0].words
    assert [(w.text, w.start_ms) for w in found] == [("The", 1000), ("old", 1285), ("lamp.", 1500)]


def test_json_is_the_promised_form():
    transcript = Transcript(
        "stamped",
        (Cue("Hi there", 2000, opens_turn=True), Cue("So", 4000, opens_turn=True)),
        marks=(Mark(3000, 0, 3),),
        notes=(Note(12, "comma-decimal", "…"),),
    )
    assert to_json(transcript) == {
        "format": "stamped",
        "language": None,
        "title": None,
        "cues": [
            {
                "id": "",
                "start_ms": 2000,
                "end_ms": None,
                "speaker": None,
                "text": "Hi there",
                "words": [
                    {"text": "Hi", "start_ms": 2000, "end_ms": 2500, "timing": "interpolated"},
                    {"text": "there", "start_ms": 2750, "end_ms": 4000, "timing": "interpolated"},
                ],
            },
            {
                "id": "",
                "start_ms": 4000,
                "end_ms": None,
                "speaker": None,
                "text": "So",
                "words": [{"text": "So", "start_ms": None, "end_ms": None, "timing": "none"}],
            },
        ],
        "marks": [{"ms": 3000, "cue": 0, "offset": 3, "kind": "unheard"}],
        "notes": [{"line": 12, "code": "comma-decimal", "message": "…"}],
    }
    assert from_json(to_json(transcript)) == transcript


def test_json_keeps_where_turns_open():
    cues = (
        Cue("Before the first stamp.", opens_turn=True),
        Cue("Welcome back.", 1_000, 2_000, opens_turn=True),
        Cue("filled in", 2_000, 3_000, id="filled"),
        Cue("and on.", 3_000, 4_000),
        Cue("Not said here."),
        Cue("Thanks.", 5_000, 6_000, opens_turn=True),
    )
    written = Transcript("woven", cues)
    found = from_json(json.loads(json.dumps(to_json(written))))
    assert found == written
    assert to_stamped_text(found) == to_stamped_text(written)
    assert to_stamped_text(found).count("\n\n") == 2


def test_json_says_turns_only_where_they_are_not_plain():
    captions = Transcript("webvtt", (Cue("Hi.", 1_000, 2_000), Cue("- Yes.", 2_000, 3_000, opens_turn=True)))
    assert ["opens_turn" in cue for cue in to_json(captions)["cues"]] == [False, True]


def test_json_of_others_with_a_cue_that_has_no_end_keeps_its_paragraphs():
    items = [{"start_ms": n * 9_000, "end_ms": n * 9_000 + 2_000, "text": "And so on."} for n in range(8)]
    items[0]["end_ms"] = None
    found = back(json.dumps({"format": "mine", "cues": items}), "talk.json")
    assert to_stamped_text(found).count("\n\n") >= 6


def test_marks_are_written_into_stamped_text():
    cues = (
        Cue("Extract features that are really for example to some aspects of it.", 1_000, opens_turn=True),
    )
    transcript = Transcript(
        "stamped", (*cues, Cue("Right.", 9_000, opens_turn=True)), marks=(Mark(5_000, 0, 45),)
    )
    text = to_stamped_text(transcript)
    assert "for example 00:05 to some" in text
    assert back(text, "talk.txt").marks == transcript.marks


def test_captions_of_a_text_end_where_the_next_begins():
    turns = (Cue("First of all"), Cue("Hi", 2000, opens_turn=True), Cue("So", 4000, opens_turn=True))
    found = back(to_webvtt(Transcript("stamped", turns)), "talk.vtt")
    assert [(c.start_ms, c.end_ms) for c in found.cues] == [(1000, 2000), (2000, 4000), (4000, 5000)]


def test_captions_of_turns_without_stamps_share_the_room_and_say_so(tmp_path):
    turns = (
        Cue("Four", 2000, opens_turn=True),
        Cue("Four and four", opens_turn=True),
        Cue("Well", opens_turn=True),
        Cue("One", 44_000, opens_turn=True),
        Cue("Two", 44_000, opens_turn=True),
        Cue("Last", 50_000, opens_turn=True),
        Cue("", opens_turn=True),
    )
    written = Transcript("markdown", turns)
    found = back(to_webvtt(written), "talk.vtt")
    assert [(c.start_ms, c.end_ms) for c in found.cues] == [
        (2000, 10_000),
        (10_000, 36_000),
        (36_000, 44_000),
        (44_000, 50_000),
        (44_000, 50_000),
        (50_000, 51_600),
        (51_600, 52_000),
    ]
    assert found.notes == ()
    remark = write_transcript(written, tmp_path / "talk.srt")
    assert remark == "3 of 7 cues have no time of their own and were placed by their length."
    assert f"NOTE {remark}" in to_webvtt(written)
    assert write_transcript(written, tmp_path / "talk.md") == ""


def test_captions_made_from_captions_make_nothing_up(tmp_path):
    cues = (Cue("Hi", 1000, 2000), Cue("So", 2000, 2000), Cue("Well", 1500, 3000))
    transcript = Transcript("webvtt", cues)
    assert write_transcript(transcript, tmp_path / "talk.vtt") == ""
    assert read_file(tmp_path / "talk.vtt").cues == cues


SPARSE = st.lists(
    st.tuples(st.none() | st.integers(0, 9_000), st.none() | st.integers(0, 2_000), TEXT), min_size=1
)


@given(SPARSE, st.booleans())
def test_times_made_up_are_never_of_no_length(cues, in_order):
    starts = [start for start, _, _ in cues if start is not None]
    rising = iter(sorted(starts) if in_order else starts)
    made = []
    for written, length, text in cues:
        start = None if written is None else next(rising)
        end = None if start is None or length is None else start + length
        made.append(Cue(text, start, end))
    if not starts:
        return
    shown = captioned(Transcript("text", tuple(made)))
    assert [cue for cue, _, _ in shown] == made
    for cue, start, end in shown:
        assert cue.start_ms in (None, start)
        assert end == cue.end_ms if None not in (cue.start_ms, cue.end_ms) else start < end
    if in_order:
        assert [s for _, s, _ in shown] == sorted(s for _, s, _ in shown)


def test_a_text_without_times_makes_no_captions(tmp_path):
    with pytest.raises(UserError) as caught:
        write_transcript(Transcript("text", (Cue("Hi"),)), tmp_path / "talk.vtt")
    assert caught.value.code == "untimed"
    assert list(tmp_path.iterdir()) == []


def test_the_ending_says_the_form_and_the_file_is_whole(tmp_path):
    for ending in ("vtt", "srt", "json", "md", "txt"):
        path = tmp_path / f"talk.{ending}"
        write_transcript(woven(), path)
        assert len(read_file(path).cues) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"talk.{e}" for e in ("json", "md", "srt", "txt", "vtt")
    ]
    with pytest.raises(UserError, match="ends in no form"):
        write_transcript(woven(), tmp_path / "talk.doc")


def test_what_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="There is no folder"):
        write_transcript(woven(), tmp_path / "none" / "talk.vtt")


def test_a_file_is_not_written_over_itself(tmp_path):
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n")
    link = tmp_path / "same.vtt"
    link.symlink_to(path)
    with pytest.raises(UserError, match="not written over"):
        check_target(link, path)


def test_writing_through_a_link_keeps_the_link(tmp_path):
    path = tmp_path / "talk.vtt"
    link = tmp_path / "link.vtt"
    path.write_text("old")
    link.symlink_to(path)
    write_transcript(woven(), link)
    assert link.is_symlink()
    assert path.read_text().startswith("WEBVTT")
    assert stat.S_ISREG(path.stat().st_mode)


def test_srt_names_speakers_so_that_they_are_read_back(tmp_path):
    said = [("Ann", "Hi."), ("Ann", "So."), ("Bo", "Well."), ("Ann", "Yes.")]
    cues = tuple(Cue(text, n * 1000, n * 1000 + 900, who) for n, (who, text) in enumerate(said))
    assert write_transcript(Transcript("webvtt", cues), tmp_path / "talk.srt") == ""
    found = read_file(tmp_path / "talk.srt")
    assert [(c.speaker, c.text) for c in found.cues] == said
    many = Transcript("webvtt", cues * 3)
    assert to_srt(many).count("Ann: ") == 4  # named at the changes only
    assert [(c.speaker, c.text) for c in back(to_srt(many), "talk.srt").cues] == said * 3
    remark = write_transcript(Transcript("webvtt", cues[1:3]), tmp_path / "short.srt")
    assert remark == "SRT has no place for speakers; read again, these names are words: Ann, Bo."


def test_stamps_inside_a_turn_are_written_too():
    cues = (
        Cue("Hello there.", 1_000, speaker="Ann", opens_turn=True),
        Cue("And on it goes.", 60_000, speaker="Ann"),
        Cue("Well.", speaker="Bo", opens_turn=True),
        Cue("Yes.", 90_000, speaker="Ann", opens_turn=True),
    )
    written = Transcript("markdown", cues)
    for text, name in ((to_stamped_text(written), "talk.txt"), (to_markdown(written), "talk.md")):
        assert [(c.start_ms, c.speaker, c.text) for c in back(text, name).cues] == [
            (c.start_ms, c.speaker, c.text) for c in cues
        ]
