# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Find in the transcript, against a plain reading of the folded words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.folding import fold, fold_with_map, words_of
from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.transcript import Cue, Transcript
from earmark.session import finding
from earmark.session.finding import Finder, TextIndex
from earmark.tasks.runner import InlineRunner, Job, Runner


def outline_of(*texts: str, speakers: str = "") -> Outline:
    cues = [
        Cue(text, i * 2_000, i * 2_000 + 1_900, speakers[i] if speakers else None)
        for i, text in enumerate(texts)
    ]
    return build_outline(Transcript("test", tuple(cues)))


def words_at(index: TextIndex, hit: finding.Hit) -> list[str]:
    return [index.outline.paragraphs[p].text[a:b] for p, a, b in hit.spans]


def found(query: str, *texts: str, speakers: str = "") -> list[list[str]]:
    index = TextIndex(outline_of(*texts, speakers=speakers))
    return [words_at(index, hit) for hit in index.find(query)]


def test_case_accents_and_punctuation_do_not_matter() -> None:
    assert found("CAFE its", "At the Café, it’s late.") == [["Café, it’s"]]


def test_a_query_with_accents_finds_plain_words() -> None:
    assert found("Café", "cafe or cafe\u0301") == [["cafe"], ["cafe\u0301"]]


def test_parts_of_words_are_found() -> None:
    assert found("amp", "lamps and camps") == [["amp"], ["amp"]]


def test_a_phrase_crosses_the_border_of_cues() -> None:
    assert found("of the lamp", "the light of", "the lamp.") == [["of the lamp"]]


def test_a_phrase_crosses_paragraphs_with_a_span_in_each() -> None:
    assert found("last night yes", "It was last night.", "Yes, it was.", speakers="AB") == [
        ["last night", "Yes"]
    ]


def test_nothing_asked_finds_nothing() -> None:
    assert found("  ?! ", "what?!") == []


def test_no_outline_text_no_hit() -> None:
    assert found("a") == []
    assert found("a", "...", "!") == []


def test_hits_tell_their_sentence() -> None:
    index = TextIndex(outline_of("One lamp. Two lamps.", "None here.", "A lamp."))
    hits = index.find("lamp")
    assert [index.outline.text(hit.sentence) for hit in hits] == ["One lamp.", "Two lamps.", "A lamp."]
    assert hits.sentences == tuple(hit.sentence for hit in hits)


def test_a_sentence_with_two_hits_is_marked_once() -> None:
    assert TextIndex(outline_of("Lamp by lamp.")).find("lamp").sentences == (0,)


def test_hits_tell_the_times_a_timeline_marks() -> None:
    index = TextIndex(outline_of("One lamp.", "None here.", "A lamp."))
    assert index.find("lamp").times_ms == (0, 4_000)
    assert index.find("bell").times_ms == ()


def test_a_sentence_without_a_time_is_not_on_the_timeline() -> None:
    index = TextIndex(build_outline(Transcript("test", (Cue("A lamp."), Cue("Two lamps.")))))
    assert len(index.find("lamp")) == 2
    assert index.find("lamp").times_ms == ()


def test_times_nearer_than_a_timeline_can_show_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_FINEST", 4)
    times = TextIndex(outline_of(*["A lamp."] * 20)).find("lamp").times_ms
    assert sorted(times) == [0, 10_000, 20_000, 30_000]


def test_spans_of_a_paragraph_include_what_runs_into_it() -> None:
    index = TextIndex(outline_of("He said yes.", "No! Yes no.", speakers="AB"))
    hits = index.find("yes no")
    assert hits.spans_in(0) == [(0, 8, 11)]
    assert hits.spans_in(1) == [(0, 0, 2), (1, 4, 10)]


def test_spans_of_a_paragraph_without_words() -> None:
    index = TextIndex(outline_of("Yes.", "—", "Yes.", speakers="ABA"))
    assert index.find("yes").spans_in(1) == []


TEXTS = st.lists(
    st.text(alphabet="ab Aé\u0301'’ß.-—ﬁ!क\u0308漢。", max_size=25).map(str.strip), min_size=1, max_size=8
)


@given(TEXTS, st.text(alphabet="abé ß-f", min_size=1, max_size=5), st.booleans())
def test_agrees_with_a_plain_reading_of_the_folded_words(texts: list[str], query: str, turns: bool) -> None:
    outline = outline_of(*texts, speakers="ABABABAB" if turns else "")
    index = TextIndex(outline)
    plain = " ".join(word for paragraph in outline.paragraphs for word in words_of(paragraph.text))
    hits = index.find(query)
    assert index.text == plain
    assert len(hits) == (plain.count(fold(query)) if fold(query) else 0)
    for number, hit in enumerate(hits):
        told = " ".join(fold(text) for text in words_at(index, hit))
        assert fold(query) in told
        first = hit.spans[0]
        assert outline.sentence_at(first[0], first[1]) == hit.sentence
        for paragraph, start, end in hit.spans:
            assert (number, start, end) in hits.spans_in(paragraph)


@given(st.text())
def test_both_ways_of_folding_agree(text: str) -> None:
    folded, origin = fold_with_map(text)
    assert fold(text) == folded
    assert len(origin) == len(folded)


@pytest.fixture
def finder() -> Finder:
    finder = Finder(InlineRunner())
    finder.set_index(TextIndex(outline_of("A lamp.", "None.", "The lamp.", "Two.", "Lamps.")))
    return finder


def test_starts_at_the_first_hit_from_a_sentence_on(finder: Finder) -> None:
    finder.search("lamp", from_sentence=1)
    assert (finder.current, len(finder.hits)) == (1, 3)
    finder.search("lamp", from_sentence=2)
    assert finder.current == 1
    assert finder.hit is not None
    assert finder.hit.sentence == 2


def test_starts_over_when_no_hit_follows(finder: Finder) -> None:
    finder.search("the", from_sentence=4)
    assert finder.current == 0


def test_steps_and_says_when_it_goes_round(finder: Finder) -> None:
    finder.search("lamp")
    assert not finder.step(+1)
    assert not finder.step(+1)
    assert finder.step(+1)
    assert finder.current == 0
    assert finder.wrapped
    assert finder.step(-1)
    assert finder.current == 2


def test_a_single_hit_comes_round_to_itself(finder: Finder) -> None:
    finder.search("two")
    assert finder.step(+1)
    assert finder.current == 0


def test_without_a_hit_there_is_nowhere_to_step(finder: Finder) -> None:
    finder.search("whale")
    assert finder.hit is None
    assert not finder.step(+1)


def test_another_transcript_is_asked_the_same(finder: Finder) -> None:
    finder.search("lamp")
    finder.set_index(TextIndex(outline_of("None.", "A lamp.")))
    assert (finder.current, len(finder.hits)) == (0, 1)
    finder.set_index(None)
    assert (finder.current, len(finder.hits), finder.query) == (None, 0, "lamp")


class HeldRunner(Runner):
    """A runner whose jobs end when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[Job] = []

    def _start(self, job: Job) -> None:
        self.jobs.append(job)

    def finish(self, job: Job) -> None:
        job.work()
        self._on_worked(job)


def test_a_long_transcript_is_searched_aside_and_only_the_last_query_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "INLINE_CHARS", 3)
    runner = HeldRunner()
    finder = Finder(runner)
    finder.set_index(TextIndex(outline_of("A lamp.", "A ship.")))
    finder.search("lamp")
    finder.search("ship")
    for job in runner.jobs:
        runner.finish(job)
    assert finder.hit is not None
    assert finder.hit.sentence == 1
