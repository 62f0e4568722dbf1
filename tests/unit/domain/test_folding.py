# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.folding import fold, fold_with_map, words_of

texts = st.text(max_size=40) | st.text(alphabet="aÀß’'İıŉﬁ½Å\u0301\u00ad\u200d …—.9Σς한", max_size=20)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("It's  late.", "its late"),
        ("Café—Crème", "cafe creme"),
        ("Cafe\u0301", "cafe"),
        ("STRASSE straße", "strasse strasse"),
        ("co\u00adop\u200bted", "coopted"),
        ("ﬁnd ½", "find 1 2"),
        ("  (Alexandre)  ", "alexandre"),
        ("Σίσυφος", "σισυφοσ"),
        ("…", ""),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(texts)
def test_both_ways_of_folding_agree(text):
    folded, origin = fold_with_map(text)
    assert folded == fold(text)
    assert len(origin) == len(folded)
    assert origin == sorted(origin)
    assert all(0 <= at < len(text) for at in origin)


@given(texts)
def test_what_is_folded_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_words_have_single_blanks_between(text):
    assert " ".join(words_of(text)) == fold(text)


@given(texts, texts)
def test_words_are_folded_one_by_one(one, other):
    assert words_of(f"{one} {other}") == words_of(one) + words_of(other)


@given(texts)
def test_case_does_not_matter(text):
    assert fold(text.casefold()) == fold(text)
