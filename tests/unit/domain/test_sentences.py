# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.sentences import has_stop, sentence_around, sentence_ends


def split(text):
    """Return the sentences of a text; `|` in the cases below stands where one ends."""
    start, found = 0, []
    for end in sentence_ends(text):
        found.append(text[start:end].strip())
        start = end
    return [sentence for sentence in found if sentence]


@pytest.mark.parametrize(
    "told",
    [
        "One. | Two! | Three? | Four",
        "Really?! | Yes.",
        "Dr. Hale saw Mrs. Orme.",
        "Ships, boats, etc. were out.",
        "Ships, boats, etc. | We counted.",
        "At 5 p.m. we left.",
        "At 5 p.m. | We left.",
        "J. Percival and T. S. Orme came. | They left.",
        "So did I. | Then it rained.",
        "It is 3.5 miles. | See talk.org for more.",
        "It cost 1.200.000 then.",
        "The word is no. | We left.",
        "Look at no. 5 there.",
        "“Come in.” | She did.",
        "“Come in!” she said. | “Why?” he asked.",
        "Ships (boats, etc.) were out.",
        "(He left.) | She stayed.",
        "Well… maybe not.",
        "Well… | Maybe not.",
        "I saw ... nothing.",
        "I saw it... | Nothing else.",
        "今日は晴れです。 | 明日は？",
        "「はい。」 | そうです。",
        "ما هذا؟ | هذا كتاب۔ | نعم",
        "यह किताब है। | अच्छा।",
        "z.B. das Boot. | Gut.",
        "At N.A.S.A. and more.",
        "He was at N.A.S.A. | Then he left.",
        "It is by J.R.R. Tolkien, they say.",
        "We flew to the U.S.A. | Then home.",
        "No stop at all",
        "e.g. this, i.e. that.",
        "Wait.What?",  # without a blank it may be a name
        "5. | Lamp",
    ],
)
def test_where_sentences_end(told):
    expected = [part.strip() for part in told.split("|")]
    joined = " ".join(expected)
    assert split(joined) == expected


def test_wide_stops_need_no_blank():
    assert split("はい。そうです。では！また") == ["はい。", "そうです。", "では！", "また"]


@given(st.text(alphabet="ab .!?…。”\"'A5\n", max_size=60))
def test_ends_rise_and_cover_the_text(text):
    ends = sentence_ends(text)
    assert ends == sorted(set(ends))
    assert (ends[-1] if ends else 0) == len(text)
    assert all(0 < end <= len(text) for end in ends)


@given(st.text(alphabet="ab .!?…。”A5", max_size=60))
def test_text_with_several_sentences_has_a_stop(text):
    if len(sentence_ends(text)) > 1:
        assert has_stop(text)


@pytest.mark.parametrize("text", ["", "no stop", "3.5", "talk.org", "- -"])
def test_texts_without_a_stop(text):
    assert not has_stop(text)


@given(st.text(alphabet='ab .!?…DrI。"”', max_size=40), st.integers(0, 40), st.integers(0, 9))
def test_the_sentence_around_some_characters_is_that_of_all_ends(text, start, length):
    start = min(start, len(text))
    end = min(start + length, len(text))
    ends = sentence_ends(text)
    begins = [at for at in ends[:-1] if at <= start]
    assert sentence_around(text, start, end) == (
        max(begins, default=0),
        next((at for at in ends if at >= end), len(text)),
    )
