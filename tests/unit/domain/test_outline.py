# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from earmark.domain.reading import build_outline
from earmark.domain.sentences import MAX_CHARS, MAX_WORDS
from earmark.domain.transcript import Cue, Mark, Timing, Transcript, Word

times = st.none() | st.integers(0, 90_000)
texts = st.lists(
    st.sampled_from(
        [
            "the lamp",
            " ",
            "\n",
            "Mr. ",
            "3.5 ",
            "lit. ",
            "Why? ",
            "… ",
            "“Oh.” ",
            "今日は",
            "。",
            "a, b; c ",
            "x",
        ]
    ),
    max_size=60,
).map("".join)
voices = st.sampled_from([None, None, "Mara", "Keeper"])
cues = st.tuples(texts, times, times, voices, st.just(""), st.just(()), st.booleans()).map(Cue._make)
transcripts = st.lists(cues, max_size=14).map(lambda found: Transcript("test", tuple(found)))


# Turns so long that they are set in several paragraphs, which are cut in mid cue.
LONG = Transcript(
    "test",
    tuple(
        Cue("Somebody wrote the wind, and the glass. " * 7, i * 9_000, i * 9_000 + 9_000, speaker)
        for speaker in ("Keeper", "Mara")
        for i in range(6)
    ),
)


def outline_of(*cues, marks=()):
    return build_outline(Transcript("test", tuple(cues), marks=tuple(marks)))


def sentences(outline):
    return [outline.text(i) for i in range(len(outline.sentences))]


def blank(char):
    return char.isspace()


@given(transcripts)
@example(LONG)
def test_every_visible_character_is_in_exactly_one_sentence(transcript):
    outline = build_outline(transcript)
    shown = "".join(
        char for i in range(len(outline.sentences)) for char in outline.text(i) if not blank(char)
    )
    given_text = "".join(char for cue in transcript.cues for char in cue.text if not blank(char))
    assert shown == given_text


@given(transcripts)
@example(LONG)
def test_every_visible_character_maps_to_its_cue_and_back(transcript):
    outline = build_outline(transcript)
    seen = set()
    for number, paragraph in enumerate(outline.paragraphs):
        for offset, char in enumerate(paragraph.text):
            if blank(char):
                continue
            cue, inside = outline.cue_position(number, offset)
            assert transcript.cues[cue].text[inside] == char
            assert (cue, inside) not in seen
            seen.add((cue, inside))
            paragraph_back, offset_back = outline.position_of(cue, inside)
            # Where a cue is cut between two paragraphs, the border belongs to the first.
            assert (paragraph_back, offset_back) == (number, offset) or (
                paragraph_back == number - 1 and offset_back == len(outline.paragraphs[number - 1].text)
            )
    assert len(seen) == sum(not blank(char) for cue in transcript.cues for char in cue.text)


@given(transcripts)
@example(LONG)
def test_sentences_and_paragraphs_hang_together(transcript):
    outline = build_outline(transcript)
    at = 0
    for number, paragraph in enumerate(outline.paragraphs):
        held = outline.sentences[paragraph.first_sentence : paragraph.end_sentence]
        assert paragraph.first_sentence == at
        assert held
        assert held[0].start == 0
        assert held[-1].end == len(paragraph.text)
        assert paragraph.start_ms == held[0].start_ms
        for index, sentence in enumerate(held, paragraph.first_sentence):
            assert sentence.paragraph == number
            assert sentence.start < sentence.end
            assert outline.text(index) == outline.text(index).strip()
            assert outline.sentence_at(number, sentence.start) == index
            assert outline.sentence_at(number, sentence.end - 1) == index
            assert index < outline.end_of_turn(outline.turn_of(index)) <= len(outline.sentences)
        at = paragraph.end_sentence
    assert at == len(outline.sentences)
    assert bool(outline.turns) == bool(outline.paragraphs)


@given(transcripts)
@example(LONG)
def test_the_words_of_a_sentence_are_its_text(transcript):
    outline = build_outline(transcript)
    for index in range(len(outline.sentences)):
        text = outline.paragraphs[outline.sentences[index].paragraph].text
        words = outline.words(index)
        assert all(text[word.offset : word.end] == word.text for word in words)
        joined = "".join(word.text for word in words)
        assert joined == "".join(char for char in outline.text(index) if not blank(char))


@given(transcripts)
def test_no_sentence_is_endless(transcript):
    outline = build_outline(transcript)
    for index in range(len(outline.sentences)):
        text = outline.text(index)
        assert len(text) <= MAX_CHARS
        assert len(text.split()) <= 2 * MAX_WORDS + 1


def test_a_sentence_may_cross_cues_and_starts_when_its_word_does():
    outline = outline_of(Cue("Every night. A quiet", 0, 2000), Cue("night is still a night.", 2000, 5000))
    assert sentences(outline) == ["Every night.", "A quiet night is still a night."]
    assert outline.sentences[1].start_ms == 1300  # 13 of 20 characters into the cue
    assert outline.sentences[1].end_ms == 5000


def test_a_sentence_never_crosses_a_turn():
    outline = outline_of(Cue("And the lens", 0, 1000, "Mara"), Cue("both of them", 1000, 2000, "Keeper"))
    assert sentences(outline) == ["And the lens", "both of them"]
    assert [outline.speaker(i) for i in (0, 1)] == ["Mara", "Keeper"]
    assert len(outline.turns) == 2


def test_without_speakers_a_long_silence_ends_a_turn():
    outline = outline_of(Cue("One and", 0, 1000), Cue("two.", 5000, 6000), Cue("Three.", 6100, 7000))
    assert sentences(outline) == ["One and", "two.", "Three."]
    assert len(outline.paragraphs) == 2


def test_a_named_speaker_keeps_the_turn_through_silence():
    outline = outline_of(Cue("One.", 0, 1000, "Mara"), Cue("Two.", 9000, 9500, "Mara"))
    assert len(outline.turns) == len(outline.paragraphs) == 1


def test_a_long_turn_is_set_in_several_paragraphs():
    outline = build_outline(LONG)
    assert [(p.speaker, p.opens_turn) for p in outline.paragraphs] == [
        ("Keeper", True),
        ("Keeper", False),
        ("Mara", True),
        ("Mara", False),
    ]
    assert outline.turns == (0, 2)
    assert all(len(paragraph.text) <= 1200 for paragraph in outline.paragraphs)


def test_a_run_without_stops_breaks_at_the_longest_pause():
    pauses = [0, 0, 0, 900, 0, 0, 300, 0]
    said, ms = [Cue("Well.", 0, 100)], 100
    for number, pause in enumerate(pauses):
        ms += pause
        said.append(Cue(f"part {number} of a very long run", ms, ms + 3000))
        ms += 3000
    outline = outline_of(*said)
    starts = [text.split()[1] for text in sentences(outline)[1:]]
    assert starts[0] == "0"
    assert "3" in starts


def test_a_long_cue_without_a_stop_breaks_at_a_clause():
    text = "so we went, " * 60
    outline = outline_of(Cue(text))
    assert len(outline.sentences) > 1
    assert all(sentence.endswith(",") for sentence in sentences(outline))


def test_one_endless_word_is_cut():
    outline = outline_of(Cue("x" * 5 * MAX_CHARS, 0, 1000))
    assert "".join(sentences(outline)) == "x" * 5 * MAX_CHARS


def test_a_file_without_punctuation_has_a_sentence_for_each_cue():
    outline = outline_of(*(Cue(f"line {i} goes on", i * 1000, i * 1000 + 1000) for i in range(30)))
    assert sentences(outline) == [f"line {i} goes on" for i in range(30)]


def test_a_stop_here_and_there_does_not_make_a_file_punctuated():
    said = [Cue(f"line {i} goes on", i * 1000, i * 1000 + 1000) for i in range(30)]
    said[7] = Cue("yes. and no", 7000, 8000)
    assert "yes. and no" in sentences(outline_of(*said))
    for i in (12, 20, 25):
        said[i] = Cue("yes. And no", i * 1000, i * 1000 + 1000)
    assert "yes." not in sentences(outline_of(*said))
    assert "And no line 13 goes on line 14 goes on" in " ".join(sentences(outline_of(*said)))


def test_a_few_cues_without_a_stop_are_read_as_sentences_all_the_same():
    assert sentences(outline_of(Cue("the lamp", 0, 900), Cue("was lit", 900, 1800))) == ["the lamp was lit"]


def test_scripts_without_spaces_are_joined_without_one():
    outline = outline_of(Cue("今日は晴れ", 0, 1000), Cue("です。", 1000, 2000))
    assert sentences(outline) == ["今日は晴れです。"]
    assert [word.text for word in outline.words(0)][-2:] == ["で", "す。"]


@pytest.mark.parametrize(
    ("one", "other"), [("오늘은", "맑아요."), ("그래 👍", "👍 좋아."), ("one", "今日。")]
)
def test_everything_else_is_joined_with_a_blank(one, other):
    assert sentences(outline_of(Cue(one, 0, 1000), Cue(other, 1000, 2000))) == [f"{one} {other}"]


def test_blank_cues_and_no_cues():
    assert outline_of(Cue(" \n ", 0, 5)).paragraphs == ()
    assert outline_of().turns == ()
    outline = outline_of(Cue("", 0, 5), Cue("Yes.", 5, 9))
    assert outline.position_of(0, 0) is None
    assert outline.position_of(1, 2) == (0, 2)


def test_marks_are_found_in_their_paragraph():
    outline = outline_of(
        Cue("for example to some.", 0, 9, "A"), Cue("Yes.", 9, 12, "B"), marks=[Mark(5, 0, 12)]
    )
    assert outline.marks_in(0) == [(12, Mark(5, 0, 12))]
    assert outline.marks_in(1) == []


def test_words_keep_their_given_times():
    words = (Word("Two", 2, 100, 200, Timing.EXACT), Word("words.", 6, 300, 400, Timing.ALIGNED))
    outline = outline_of(Cue("  Two words.", 0, 1000, words=words))
    assert [(word.text, word.offset, word.start_ms) for word in outline.words(0)] == [
        ("Two", 0, 100),
        ("words.", 4, 300),
    ]
    assert outline.word_at(0, 5).text == "words."
    assert outline.time_at(0, 4) == 300


@pytest.mark.parametrize("end", [None, 500])
def test_an_untimed_or_backward_cue_has_words_without_times(end):
    outline = outline_of(Cue("No time.", None if end is None else 1000, end))
    assert {word.timing for word in outline.words(0)} == {Timing.NONE}


def test_a_word_that_a_stop_runs_through_is_shared():
    outline = outline_of(Cue("lamp。was lit", 0, 1200))
    assert sentences(outline) == ["lamp。", "was lit"]
    assert [(w.text, w.offset, w.start_ms, w.end_ms) for w in outline.words(0)] == [("lamp。", 0, 0, 500)]
    assert [(w.text, w.offset, w.start_ms) for w in outline.words(1)] == [("was", 5, 500), ("lit", 9, 900)]


def test_one_dash_in_an_hour_of_captions_leaves_the_pauses_their_paragraphs():
    cues = [Cue("And so it went on.", n * 9_000, n * 9_000 + 2_000) for n in range(60)]
    cues[7] = cues[7]._replace(text="- Yes.", opens_turn=True)
    assert sum(p.opens_turn for p in outline_of(*cues).paragraphs) == 60
