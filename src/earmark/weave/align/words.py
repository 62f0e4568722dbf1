# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The words of a transcript as numbers, with the way back to its cues.

A shown word ("scikit-learn,") is one or more tokens (`scikit`, `learn`): folded as search folds them, split
where folding leaves a blank, apostrophes dropped. What stands in square brackets ("[music]") is not said and
has no tokens. Two transcripts that are to be compared share one `Vocabulary`.

For `earmark.weave` only; pure, any thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from earmark.domain.folding import fold
from earmark.domain.transcript import Cue, Transcript
from earmark.domain.words import word_spans

_ASIDE = re.compile(r"\[[^\[\]]{0,60}\]")


class Vocabulary:
    """Gives every folded token its number; the same shown word is folded once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}

    def tokens(self, shown: str) -> tuple[tuple[int, int], ...]:
        """Return (number, length in characters) of each token of a shown word; none for a mere dash."""
        known = self._known.get(shown)
        if known is None:
            numbers = self._numbers
            known = tuple((numbers.setdefault(t, len(numbers)), len(t)) for t in fold(shown).split())
            self._known[shown] = known
        return known


@dataclass(frozen=True, slots=True)
class Words:
    """All shown words of a transcript (parallel lists, one entry a word) and all their tokens."""

    text: list[str] = field(default_factory=list)
    cue: list[int] = field(default_factory=list)
    offset: list[int] = field(default_factory=list)
    first_token: list[int] = field(default_factory=list)  # one entry more than words
    token: list[int] = field(default_factory=list)
    token_word: list[int] = field(default_factory=list)
    token_length: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.text)


def words_of_transcript(transcript: Transcript, vocabulary: Vocabulary) -> Words:
    """Return the words of a transcript, numbered by `vocabulary`."""
    words = Words()
    tokens = vocabulary.tokens
    word = 0
    for index, cue in enumerate(transcript.cues):
        for offset, text, said in _heard(cue):
            words.cue.append(index)
            words.first_token.append(len(words.token))
            for number, length in tokens(said):
                words.token.append(number)
                words.token_word.append(word)
                words.token_length.append(length)
            words.text.append(text)
            words.offset.append(offset)
            word += 1
    words.first_token.append(len(words.token))
    return words


def tokens_of_transcript(transcript: Transcript, vocabulary: Vocabulary) -> list[int]:
    """Return only the tokens of a transcript, for who compares and needs no way back."""
    tokens = vocabulary.tokens
    return [number for cue in transcript.cues for *_, said in _heard(cue) for number, _ in tokens(said)]


def _heard(cue: Cue) -> Iterator[tuple[int, str, str]]:
    """Yield (offset, as it is shown, what of it is said) of each word of a cue."""
    shown = [(w.offset, w.text) for w in cue.words] if cue.words else _shown(cue.text)
    silent = _asides(cue.text) if "[" in cue.text else []
    for offset, text in shown:
        yield offset, text, _said(text, offset, silent) if silent else text


def _shown(text: str) -> list[tuple[int, str]]:
    return [(start, text[start:end]) for start, end in word_spans(text)]


def _asides(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _ASIDE.finditer(text)]


def _said(shown: str, offset: int, asides: list[tuple[int, int]]) -> str:
    """Return a shown word without what of it stands in brackets ("2015.[music" is "2015.")."""
    return "".join(c for at, c in enumerate(shown, offset) if not any(a <= at < b for a, b in asides))
