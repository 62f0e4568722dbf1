# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.reading import build_outline
from earmark.domain.timeline import Timeline
from earmark.domain.transcript import Cue, Timing, Transcript, Word

times = st.none() | st.integers(0, 30)


@st.composite
def cues(draw):
    """Cues in any order: overlapping, repeated, backward, zero-length, untimed."""
    start, end = draw(times), draw(times)
    words = ()
    text = "one two three."
    if draw(st.booleans()):
        starts = draw(st.lists(times, min_size=3, max_size=3))
        words = tuple(
            Word(word, offset, ms, ms, Timing.NONE if ms is None else Timing.EXACT)
            for (word, offset), ms in zip((("one", 0), ("two", 4), ("three.", 8)), starts, strict=True)
        )
    return Cue(text, start, end, words=words, opens_turn=draw(st.booleans()))


transcripts = st.lists(cues(), max_size=8).map(lambda found: Transcript("test", tuple(found)))


def of(*cues):
    return Timeline(build_outline(Transcript("test", tuple(Cue(*cue) for cue in cues))))


def oracle(timeline, ms):
    """What is current, told moment by moment: the latest started that sounds, else what there was."""
    sentences = [
        (s.start_ms, i, max(s.start_ms, s.end_ms if s.end_ms is not None else s.start_ms))
        for i, s in enumerate(timeline.outline.sentences)
        if s.start_ms is not None
    ]
    current = None
    for now in range(ms + 1):
        sounding = [(start, i) for start, i, end in sentences if start <= now < end]
        starting = [(start, i) for start, i, _ in sentences if start == now]
        if sounding or starting:
            current = max(sounding or starting)[1]
    return current


@given(transcripts)
def test_the_current_sentence_is_what_a_plain_reading_says(transcript):
    timeline = Timeline(build_outline(transcript))
    for ms in range(32):
        assert timeline.sentence_at(ms) == oracle(timeline, ms)


@given(transcripts)
def test_nothing_changes_before_the_next_change(transcript):
    timeline = Timeline(build_outline(transcript))

    def shown(ms):
        sentence = timeline.sentence_at(ms)
        return sentence, None if sentence is None else timeline.word_at(sentence, ms)

    for ms in range(-1, 32):
        following = timeline.next_change_ms(ms)
        until = 32 if following is None else min(following, 32)
        assert following is None or following > ms
        assert all(shown(between) == shown(ms) for between in range(ms + 1, until))


@given(transcripts)
def test_the_word_never_runs_backwards(transcript):
    timeline = Timeline(build_outline(transcript))
    for sentence in range(len(timeline.outline.sentences)):
        found = [timeline.word_at(sentence, ms) for ms in range(32)]
        offsets = [-1 if word is None else word.offset for word in found]
        assert offsets == sorted(offsets)


def test_in_a_silence_the_last_one_stays():
    timeline = of(("One.", 0, 10), ("Two.", 20, 30))
    assert [timeline.sentence_at(ms) for ms in (0, 10, 19, 20, 99)] == [0, 0, 0, 1, 1]


def test_before_the_first_and_without_any():
    assert of(("One.", 5, 10)).sentence_at(4) is None
    assert of(("One.",)).sentence_at(4) is None
    assert of().next_change_ms(0) is None


def test_an_overlapped_one_comes_back():
    timeline = of(("Long one.", 0, 100), ("Aside.", 20, 30))
    assert [timeline.sentence_at(ms) for ms in (19, 20, 29, 30, 200)] == [0, 1, 1, 0, 0]


def test_repeated_cues_take_the_last_of_them():
    assert of(("Yes.", 5, 9), ("Yes.", 5, 9)).sentence_at(6) == 1


def test_an_end_before_its_start_counts_as_none():
    timeline = of(("Long one.", 0, 100), ("Odd.", 50, 20), ("Last.", 60, 70))
    assert [timeline.sentence_at(ms) for ms in (10, 30, 55, 65, 80)] == [0, 0, 0, 2, 0]


def test_words_that_run_backwards_end_where_they_start():
    words = (Word("Odd", 0, 50, 55, Timing.EXACT), Word("one.", 4, 20, 25, Timing.EXACT))
    timeline = of(("Long one.", 0, 100), ("Odd one.", 50, 60, None, "", words), ("Last.", 60, 70))
    assert [timeline.sentence_at(ms) for ms in (10, 30, 55, 65, 80)] == [0, 0, 0, 2, 0]


def test_an_untimed_sentence_starts_where_the_one_before_does():
    timeline = of(("One.", 5, 9, None, "", (), True), ("Two.", None, None, None, "", (), True))
    assert timeline.start_ms(1) == 5
    assert of(("Two.",)).start_ms(0) is None
