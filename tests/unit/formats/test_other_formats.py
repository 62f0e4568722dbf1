# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Every other format: one small file each, and the ways it is met broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.domain.transcript import Timing, Transcript
from earmark.formats.chapters import read_chapters
from earmark.formats.registry import read_bytes, read_file

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"


def read(text: str, name: str = "talk.txt", *, strict: bool = False) -> Transcript:
    return read_bytes(text.encode(), name, strict)


def rows(found: Transcript) -> list[tuple[int | None, int | None, str | None, str]]:
    return [(c.start_ms, c.end_ms, c.speaker, c.text) for c in found.cues]


def codes(found: Transcript) -> list[tuple[int, str]]:
    return [(note.line, note.code) for note in found.notes]


def test_srt_as_it_should_be():
    found = read(
        "1\n00:00:01,000 --> 00:00:02,500\n<i>One</i>\n{\\an8}two\n\n2\n"
        "00:00:03,000 --> 00:00:04,000\nR&amp;D\n"
    )
    assert found.format == "srt"
    assert rows(found) == [(1000, 2500, None, "One\ntwo"), (3000, 4000, None, "R&D")]
    assert [c.id for c in found.cues] == ["1", "2"]
    assert found.notes == ()


def test_srt_as_it_is_met():
    text = (
        "00:00:01,000 --> 00:00:02,000 X1:10 X2:20\nno number\n"
        "2\n0:0:3.5 --> 0:0:4.5\nno blank line before\n\nand one inside\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\n\n4\n00:00:07,000 --> 00:00:08,000\n1984\n"
    )
    found = read(text)
    assert rows(found) == [
        (1000, 2000, None, "no number"),
        (3500, 4500, None, "no blank line before\nand one inside"),
        (5000, 6000, None, ""),
        (7000, 8000, None, "1984"),
    ]
    assert codes(found) == [(4, "point-decimal"), (4, "blank-in-text")]


def test_srt_with_doubled_line_ends():
    found = read("1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\none\r\r\ntwo\r\r\n\r\r\n")
    assert rows(found) == [(1000, 2000, None, "one\ntwo")]
    assert codes(found) == [(0, "line-ends")]


def test_srt_strict_refuses_what_needs_mending():
    with pytest.raises(UserError, match="line 1"):
        read("0:0:1.5 --> 0:0:2.5\nhi\n", strict=True)


def test_whisper_log():
    found = read("[00:00.000 --> 00:04.000]  Hello there.\n[00:04.000 --> 00:06.000]  Again.\n")
    assert rows(found) == [(0, 4000, None, "Hello there."), (4000, 6000, None, "Again.")]


def test_sbv():
    found = read("0:00:00.599,0:00:04.160\nHello\nthere\n\n0:00:04.160,0:00:06.000\nAgain\n")
    assert found.format == "sbv"
    assert rows(found) == [(599, 4160, None, "Hello\nthere"), (4160, 6000, None, "Again")]


def test_sbv_with_broken_times_says_what_was_left_out():
    found = read(
        "0:00:00.599,0:00:04.160\nHello\n\n0:00:xx.160,0:00:06.000\nLost\n\n"
        "0:00:06.000,0:00:07.000\nAgain\n\nand more\n"
    )
    assert [c.text for c in found.cues] == ["Hello", "Again"]
    assert codes(found) == [(4, "bad-times"), (10, "bad-times")]


def test_lrc_with_offset_repeats_and_words():
    found = read(
        "[ti:A Song]\n[offset:+500]\n[00:10.00][00:30.50]La la\n"
        "[00:12.00]<00:12.00>one <00:13.00>two\n[00:14.00]\n"
    )
    assert found.format == "lrc"
    assert found.title == "A Song"
    assert [(c.start_ms, c.end_ms, c.text) for c in found.cues] == [
        (9500, 11500, "La la"),
        (11500, 13500, "one two"),
        (30000, None, "La la"),
    ]
    assert [(w.text, w.start_ms, w.timing) for w in found.cues[1].words] == [
        ("one", 11500, Timing.EXACT),
        ("two", 12500, Timing.EXACT),
    ]


def test_bracketed_hours_are_no_lyrics():
    found = read("[00:00:12.50] Ann: Hi.\n[00:00:14.00] Bo: Yes.\n[00:01:00.25] Ann: So.\n")
    assert found.format == "stamped"
    assert rows(found)[2] == (60250, None, "Ann", "So.")


def test_ass():
    text = (
        "[Script Info]\nTitle: A Talk\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:05.00,0:00:06.00,D,Bo,0,0,0,,Well, yes\n"
        "Dialogue: 0,0:00:01.00,0:00:03.00,D,Ann,0,0,0,,{\\k50}Hel{\\k100}lo {\\k20}you\\Nthere\n"
        "Dialogue: 0,0:00:01.00,0:00:03.00,D,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n"
        "Dialogue: 0,x,0:00:03.00,D,,0,0,0,,lost\n"
    )
    found = read(text, "talk.ass")
    assert found.format == "ass"
    assert found.title == "A Talk"
    assert rows(found) == [(1000, 3000, "Ann", "Hello you\nthere"), (5000, 6000, "Bo", "Well, yes")]
    assert [w.start_ms for w in found.cues[0].words][:2] == [1000, 2500]
    assert codes(found) == [(9, "bad-times")]


def test_karaoke_times_syllables_and_a_word_ends_with_its_last():
    text = (
        "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:03.00,0:00:06.00,D,,0,0,0,,{\\k50}Ka{\\k50}ra {\\kf100}oke\n"
    )
    words = read(text, "talk.ass").cues[0].words
    assert [(w.text, w.start_ms, w.end_ms, w.timing) for w in words] == [
        ("Kara", 3000, 4000, Timing.EXACT),
        ("oke", 4000, 5000, Timing.EXACT),
    ]


TTML = """<?xml version="1.0"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
  xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="1000" xml:lang="en">
 <head><metadata><ttm:agent xml:id="v1" type="person"><ttm:name>Ann</ttm:name></ttm:agent></metadata></head>
 <body><div begin="1s">
  <p begin="00:00:01.500" end="00:00:03:05" ttm:agent="v1">Hello<br/>  there</p>
  <p begin="5000t" dur="2s"><span begin="0s">one</span> <span begin="1s">two</span></p>
  <p begin="0.1m" end="90f">back</p>
 </div></body></tt>"""


def test_ttml_times_agents_and_words():
    found = read(TTML, "talk.ttml")
    assert (found.format, found.language) == ("ttml", "en")
    assert rows(found)[0] == (2500, 4200, "Ann", "Hello\nthere")
    assert rows(found)[1] == (6000, 8000, None, "one two")
    assert [(w.text, w.start_ms, w.timing) for w in found.cues[1].words] == [
        ("one", 6000, Timing.EXACT),
        ("two", 7000, Timing.EXACT),
    ]


APPLE = """<?xml version="1.0"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
  xmlns:podcasts="http://podcasts.apple.com/transcript-ttml-internal" xml:lang="en"><body dur="1:10.000"><div>
<p begin="1.0" end="3.5" ttm:agent="SPEAKER_1"><span podcasts:unit="sentence" begin="1.0" end="3.5"><span
  podcasts:unit="word" begin="1.0" end="1.4">The</span><span podcasts:unit="word" begin="1.4"
  end="3.5">lamp.</span></span><span podcasts:unit="sentence" begin="3.0" end="3.5"><span podcasts:unit="word"
  begin="3.0" end="3.5">Yes.</span></span></p>
<p begin="1:02.345" end="1:04.000" ttm:agent="SPEAKER_2">Well.</p>
<p ttm:agent="SPEAKER_1"><span podcasts:unit="word" begin="1:05.000" end="1:06.000">So.</span></p>
</div></body></tt>"""


def test_ttml_of_apple_podcasts_has_bare_seconds_and_absolute_times():
    found = read(APPLE, "talk.ttml")
    assert [(c.start_ms, c.end_ms, c.speaker, c.text) for c in found.cues] == [
        (1_000, 3_500, "SPEAKER_1", "The lamp. Yes."),
        (62_345, 64_000, "SPEAKER_2", "Well."),
        (65_000, 66_000, "SPEAKER_1", "So."),
    ]
    assert [(w.text, w.start_ms, w.timing) for w in found.cues[0].words] == [
        ("The", 1_000, "exact"),
        ("lamp.", 1_400, "exact"),
        ("Yes.", 3_000, "exact"),
    ]
    assert [n.code for n in found.notes] == ["bare-times"]
    with pytest.raises(UserError):
        read_bytes(APPLE.encode(), "talk.ttml", strict=True)


def test_ttml_spans_whose_times_are_no_offsets_are_told_by_their_paragraph():
    text = (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
        '<p begin="10s" end="14s"><span begin="10s">One</span> <span begin="13s">two</span></p>'
        "</div></body></tt>"
    )
    found = read(text, "talk.ttml")
    assert [w.start_ms for w in found.cues[0].words] == [10_000, 13_000]
    assert [n.code for n in found.notes] == ["absolute-times"]
    offsets = text.replace('"10s">One', '"0s">One').replace('"13s"', '"3s"')
    assert [w.start_ms for w in read(offsets, "talk.ttml").cues[0].words] == [10_000, 13_000]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE tt [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tt><body><p>&b;</p></body></tt>',
        "<tt><body><p>no end",
        "<tt><body>" + "<div>" * 5000 + "</div>" * 5000 + "</body></tt>",
        "<tt><body><p>" + "<span>" * 5000 + "</span>" * 5000 + "</p></body></tt>",
    ],
    ids=["entities", "broken", "deep", "deep spans"],
)
def test_ttml_that_is_broken_or_unsafe_is_refused(text):
    with pytest.raises(UserError) as caught:
        read(text, "talk.ttml")
    assert caught.value.code == "bad-xml"


def test_podcast_json_joins_words_to_sentences():
    said = [("Ann", 0.5, "I"), ("Ann", 1, "am"), ("Ann", 1.5, "here."), ("Ann", 2, "So"), ("Bo", 3, "No")]
    segments = [{"speaker": s, "startTime": t, "endTime": t + 0.25, "body": b} for s, t, b in said]
    found = read(json.dumps({"version": "1.0.0", "segments": segments}))
    assert found.format == "podcast-json"
    assert rows(found) == [
        (500, 1750, "Ann", "I am here."),
        (2000, 2250, "Ann", "So"),
        (3000, 3250, "Bo", "No"),
    ]
    assert {w.timing for c in found.cues for w in c.words} == {Timing.EXACT}


def test_a_podcast_segment_without_a_time_takes_none_from_those_beside_it():
    def spoken(*times):
        items = [
            {"startTime": t, "endTime": t + 2 if isinstance(t, int) else t, "body": f"w{t}"} for t in times
        ]
        found = read(json.dumps({"version": "1.0.0", "segments": items}))
        words = [(w.text, w.start_ms, str(w.timing)) for c in found.cues for w in c.words]
        return [(c.start_ms, c.end_ms, c.text) for c in found.cues], words

    assert spoken("abc", 5) == ([(None, None, "wabc"), (5000, 7000, "w5")], [("w5", 5000, "exact")])
    assert spoken(5, "abc") == (
        [(5000, 7000, "w5 wabc")],
        [("w5", 5000, "exact"), ("wabc", None, "none")],
    )
    assert spoken(5, "abc", 9)[0] == [(5000, 11000, "w5 wabc w9")]


def test_podcast_html():
    found = read(
        "<cite>Ann:</cite>\n<time>0:00</time>\n<p>It&#39;s a <b>talk</b>.</p>\n<p>More.</p>"
        "<time>1:02</time><p>Yes<p>No"
    )
    assert found.format == "podcast-html"
    assert rows(found) == [
        (0, None, "Ann", "It's a talk."),
        (None, None, "Ann", "More."),
        (62000, None, "Ann", "Yes"),
        (None, None, "Ann", "No"),
    ]


def test_whisper_words_without_times_are_placed():
    words = [
        {"word": " It", "start": 1.0, "end": 1.2, "speaker": "S0"},
        {"word": " is", "start": 1.3, "end": 1.5, "speaker": "S0"},
        {"word": " 42"},
        {"word": " now.", "start": 2.0, "end": 2.4, "speaker": "S1"},
    ]
    found = read(
        json.dumps(
            {
                "language": "en",
                "segments": [{"start": 1, "end": 2.5, "text": " It is 42 now.", "words": words}],
            }
        )
    )
    assert (found.format, found.language) == ("whisper-json", "en")
    assert rows(found) == [(1000, 1875, "S0", "It is 42"), (2000, 2500, "S1", "now.")]
    assert [(w.text, w.offset, str(w.timing)) for c in found.cues for w in c.words] == [
        ("It", 0, "exact"),
        ("is", 3, "exact"),
        ("42", 6, "interpolated"),
        ("now.", 0, "exact"),
    ]
    assert 1500 <= found.cues[0].words[2].start_ms <= found.cues[0].words[2].end_ms <= 2000


def test_whisper_times_that_run_backwards_are_noted():
    words = [{"word": "a", "start": 3, "end": 4}, {"word": "b", "start": 1, "end": 2}]
    found = read(json.dumps({"segments": [{"start": 0, "end": 5, "text": "a b", "words": words}]}))
    assert [w.timing for w in found.cues[0].words] == [Timing.EXACT, Timing.INTERPOLATED]
    assert codes(found) == [(0, "word-times")]


def test_whisper_cpp_tokens_are_joined_to_words():
    tokens = [
        {"text": "[_BEG_]", "offsets": {"from": 0, "to": 0}},
        {"text": " Hel", "offsets": {"from": 100, "to": 200}},
        {"text": "lo", "offsets": {"from": 200, "to": 300}},
        {"text": " you", "t_dtw": -1},
        {"text": ".", "offsets": {"from": 500, "to": 600}},
    ]
    item = {"offsets": {"from": 0, "to": 700}, "text": " Hello you.", "tokens": tokens}
    found = read(json.dumps({"result": {"language": "de"}, "transcription": [item]}))
    assert found.language == "de"
    assert [(w.text, w.start_ms, w.end_ms) for w in found.cues[0].words] == [
        ("Hello", 100, 300),
        ("you.", 500, 600),
    ]


def test_whisper_tsv():
    found = read("start\tend\ttext\n0\t1500\tHello\nx\n1500\t2500\tAgain\n")
    assert rows(found) == [(0, 1500, None, "Hello"), (1500, 2500, None, "Again")]
    assert codes(found) == [(3, "bad-row")]


def test_otter():
    found = read("Ann Lee  0:03\nHello.\nMore.\n\nSpeaker 2  1:05:10\nYes.\n\nTranscribed by a machine\n")
    assert found.format == "otter"
    assert rows(found)[0] == (3000, None, "Ann Lee", "Hello.\nMore.")
    assert rows(found)[1][:3] == (3_910_000, None, "Speaker 2")


def test_rev_with_inaudible():
    found = read("Ann Lee (00:00:00):\nHello [inaudible 00:00:42] there.\n\nBo (00:01:10):\nYes.\n")
    assert found.format == "rev"
    assert rows(found) == [(0, None, "Ann Lee", "Hello [inaudible] there."), (70000, None, "Bo", "Yes.")]
    assert [(m.ms, m.cue, m.offset) for m in found.marks] == [(42000, 0, 6)]


@pytest.mark.parametrize("form", ["{0}: [{1}] {2}", "{0} ({1}): {2}", "{0} [{1}] {2}", "{0} ({1})\n{2}"])
def test_names_before_bracketed_times(form):
    said = [("Ann", "00:00:01", "Hello."), ("Bo", "00:00:05", "Again.")]
    found = read("\n".join(form.format(*turn) for turn in said))
    assert rows(found) == [(1000, None, "Ann", "Hello."), (5000, None, "Bo", "Again.")]


def test_changelog_markdown():
    found = read(
        "# A Title\n\n**Ann Lee:** \\[01:07:06.13\\] It&#39;s \\*so\\*.\n\n"
        "More of it. \\[01:08:00.00\\] And more.\n\n**Bo:** Yes.\n",
        "talk.md",
    )
    assert (found.format, found.title) == ("markdown", "A Title")
    assert rows(found) == [
        (4_026_130, None, "Ann Lee", "It's *so*.\nMore of it."),
        (4_080_000, None, "Ann Lee", "And more."),
        (None, None, "Bo", "Yes."),
    ]
    assert [c.opens_turn for c in found.cues] == [True, False, True]


def test_plain_text_is_paragraphs():
    found = read("One line\nand more.\n\nTwo.\n")
    assert found.format == "text"
    assert rows(found) == [(None, None, None, "One line\nand more."), (None, None, None, "Two.")]


def test_plain_dialogue():
    found = read("Ann: Hi.\nBo: Yes.\nAnn: So.\nBo: No.\nAnn: Well.\nBo: Bye.\n")
    assert [(c.speaker, c.text) for c in found.cues][:2] == [("Ann", "Hi."), ("Bo", "Yes.")]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "form", "count"),
    [
        ("changelog-a.md", "markdown", 367),
        ("podcast-namespace-example.html", "podcast-html", 10),
        ("podcast-namespace-example.json", "podcast-json", 2),
        ("podcast-namespace-example.srt", "srt", 222),
        ("podcast-namespace-example.vtt", "webvtt", 7),
        ("lwsp_default.ttml", "ttml", 2),
        ("referential_styling.ttml", "ttml", 2),
    ],
)
def test_real_files(name, form, count):
    found = read_file(SAMPLES / name)
    assert (found.format, len(found.cues)) == (form, count)


def chapters(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    path = tmp_path / "chapters"
    path.write_text(text)
    return [(chapter.start_ms, chapter.title) for chapter in read_chapters(path)]


def test_chapters_of_three_kinds(tmp_path):
    expected = [(0, "Intro"), (62_500, "The lamp")]
    items = [{"startTime": 62.5, "title": "The lamp"}, {"startTime": 0, "title": "Intro"}]
    items.append({"startTime": 5, "title": "a picture", "toc": False})
    assert chapters(tmp_path, json.dumps({"version": "1.2.0", "chapters": items})) == expected
    podlove = (
        '<psc:chapters xmlns:psc="http://podlove.org/simple-chapters" version="1.2">'
        '<psc:chapter start="00:00:00.000" title="Intro"/>'
        '<psc:chapter start="1:02.5" title="The lamp"/></psc:chapters>'
    )
    assert chapters(tmp_path, podlove) == expected
    webvtt = "WEBVTT\n\n00:00.000 --> 01:02.500\nIntro\n\n01:02.500 --> 02:00.000\nThe lamp\n"
    assert chapters(tmp_path, webvtt) == expected


@pytest.mark.parametrize("text", ["hello", "{}", "<chapters/>", "<chapters", "[{}]"])
def test_no_chapters_is_one_sentence(tmp_path, text):
    with pytest.raises(UserError):
        chapters(tmp_path, text)


@pytest.mark.parametrize(
    "form", ["[00:00:{:02}] **{}:** {}", "00:00:{:02} **{}:** {}", "- [0:{:02}] **{}**: {}"]
)
def test_markdown_with_the_time_before_the_name(form):
    turns = [(0, "Ann", "Hello there."), (9, "Bo", "Well."), (30, "Ann", "So.")]
    found = read("\n\n".join(form.format(*turn) for turn in turns) + "\n", "talk.md")
    assert found.format == "markdown"
    assert [(c.start_ms, c.speaker, c.text) for c in found.cues] == [
        (s * 1000, name, words) for s, name, words in turns
    ]
    assert found.notes == ()


def test_markdown_is_plain_text_and_what_was_not_heard_is_a_mark():
    found = read(
        "**Jerod:** \\[01:07:06.13\\] It *really* is `code`, 2 * 3 * 4 and a_b_c, _so_ to say.\n"
        "We \\[unintelligible 01:07:09.20\\] there \\*once\\*.\n\n**Adam:** Yes.\n",
        "talk.md",
    )
    assert found.cues[0].text == (
        "It really is code, 2 * 3 * 4 and a_b_c, so to say.\nWe [unintelligible] there *once*."
    )
    (mark,) = found.marks
    assert (mark.ms, mark.cue, mark.kind) == (4_029_200, 0, "unheard")
    assert found.cues[0].text[: mark.offset].endswith("We ")


def test_podcast_html_says_what_became_nothing():
    found = read(
        "<html><head><title>T</title></head><body><h1>A Talk</h1>\n<cite>Ann:</cite>\n<time>xx</time>\n"
        "<p>Hello.</p>\nout here\n<p>Well.</p>\n</body></html>",
        "talk.html",
    )
    assert rows(found) == [(None, None, "Ann", "Hello."), (None, None, "Ann", "Well.")]
    assert codes(found) == [(1, "not-read"), (3, "bad-times"), (5, "not-read")]


def test_podcast_json_says_what_became_nothing():
    segments = [
        {"startTime": "abc", "endTime": 2, "body": "One it is"},
        {"startTime": "00:00:05.000", "endTime": "6", "body": "Two it is"},
        {"startTime": 7, "body": 123},
        "junk",
        {"startTime": 1e999, "endTime": None, "body": "Four it is"},
    ]
    found = read(json.dumps({"version": "1.0.0", "segments": segments}))
    assert rows(found) == [
        (None, 2000, None, "One it is"),
        (5000, 6000, None, "Two it is"),
        (None, None, None, "Four it is"),
    ]
    assert sorted((n.code, n.message) for n in found.notes) == [
        ("bad-times", "Segment 1 has a time that cannot be read."),
        ("bad-times", "Segment 5 has a time that cannot be read."),
        ("not-read", "Item 4 is no segment and was left out."),
        ("not-read", "The words of segment 3 are no text; it was left out."),
    ]


def test_whisper_says_what_became_nothing():
    segments = [
        {"start": 0, "end": 1, "text": "Hello."},
        {"start": float("nan"), "end": 1e999, "text": "Two"},
        {"start": 2, "end": 3, "text": 5},
        None,
        {"start": 4, "end": 5, "text": "", "words": [{"word": "a", "start": {}, "end": 5}]},
    ]
    found = read(json.dumps({"segments": segments}))
    assert [c.text for c in found.cues] == ["Hello.", "Two", "a"]
    assert sorted((n.code, n.message) for n in found.notes) == [
        ("bad-times", "Segment 2 has 2 times that cannot be read."),
        ("bad-times", "Segment 5 has a time that cannot be read."),
        ("not-read", "Item 4 is no segment and was left out."),
        ("not-read", "The words of segment 3 are no text; it was left out."),
    ]


def test_whisper_segments_may_have_their_words_in_the_list_only():
    words = [{"word": "Hello", "start": 1, "end": 1.5}, {"word": "there.", "start": 1.5, "end": 2}]
    found = read(json.dumps({"segments": [{"start": 1, "end": 2, "words": words}]}))
    assert rows(found) == [(1000, 2000, None, "Hello there.")]
    assert [w.timing for w in found.cues[0].words] == [Timing.EXACT, Timing.EXACT]
    assert found.notes == ()


def test_whisperx_words_name_their_speakers_inside_a_segment():
    words = [
        {"word": w, "start": t, "end": t + 0.4, "speaker": s}
        for w, t, s in [("Hello", 1.0, "S0"), ("there.", 1.5, "S0"), ("Hi,", 2.0, "S1"), ("you.", 2.5, "S1")]
    ]
    segment = {"start": 1, "end": 3, "text": "Hello there. Hi, you.", "speaker": "S0", "words": words}
    found = read(json.dumps({"segments": [segment]}))
    assert rows(found) == [(1000, 1900, "S0", "Hello there."), (2000, 3000, "S1", "Hi, you.")]
    assert [(w.text, w.offset, w.start_ms) for w in found.cues[1].words] == [
        ("Hi,", 0, 2000),
        ("you.", 4, 2500),
    ]


def test_our_json_says_what_became_nothing():
    cues = [
        {"start_ms": 0, "end_ms": 900, "text": "One"},
        "junk",
        {"start_ms": "x", "text": "Two"},
        {"text": 7},
    ]
    marks = [{"ms": 5, "cue": 9, "offset": 0}]
    found = read(json.dumps({"format": "webvtt", "cues": cues, "marks": marks}))
    assert [c.text for c in found.cues] == ["One", "Two", ""]
    assert [n.code for n in found.notes] == ["not-read", "bad-times", "not-read", "not-read"]
