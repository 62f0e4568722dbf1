# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Several wordings of one recording: a hit for each moment, counted once, at the time it is said."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.paths import Profile
from earmark.domain.terms import terms
from earmark.domain.transcript import Cue, Transcript
from earmark.store.library.index import Library, Stamp
from earmark.store.library.wordings import Alignment, same_terms
from earmark.store.search.searcher import Searcher

STAMP = Stamp(1, 1)
WORD_MS = 400
CUE_WORDS = 8
TALK = (
    "welcome to the tower said the keeper who had climbed all the stairs to light the lamp before the ships"
    " came home from their long journey around the cape where the fog hides every rock and the bell is heard"
    " so seldom that the old sailors tell each other stories about it in the harbour when winter comes early"
).split()


def machine(words, first_ms=0):
    """Return a transcript with exact times: a word every `WORD_MS`, eight to a cue."""
    cues = []
    for at in range(0, len(words), CUE_WORDS):
        said = words[at : at + CUE_WORDS]
        start = first_ms + at * WORD_MS
        cues.append(Cue(" ".join(said), start, start + len(said) * WORD_MS))
    return Transcript("webvtt", tuple(cues))


def typed(*turns):
    """Return a transcript with a stamp for each turn: (start, speaker, text)."""
    return Transcript("stamped", tuple(Cue(text, start, None, speaker) for start, speaker, text in turns))


@pytest.fixture
def library(tmp_path):
    made = Library.open(Profile.at(tmp_path / "profile"))
    yield made
    made.close()


@pytest.fixture
def searcher(library):
    return Searcher(library)


def put(library, human, timed):
    library.add("ep", Path("/ep.vtt"), timed, STAMP)
    library.add("ep", Path("/ep.txt"), human, STAMP)


def test_a_moment_of_two_wordings_is_one_hit_with_the_typed_words_at_the_exact_time(library, searcher):
    heard = " ".join(TALK).replace("climbed", "crimed").split()
    put(
        library,
        typed((3_000, "Ida", " ".join(TALK[:30])), (9_000, "Bo", " ".join(TALK[30:]))),
        machine(heard),
    )
    for found in (searcher.search("bell"), searcher.first("bell")):
        (hit,) = found.hits
        assert (hit.transcript.name, hit.speaker) == ("ep.txt", "Bo")
        assert abs(hit.start_ms - TALK.index("bell") * WORD_MS) <= WORD_MS
        assert hit.end_ms - hit.start_ms <= CUE_WORDS * WORD_MS
    assert searcher.search("bell").total == 1
    assert [hit.transcript.name for hit in searcher.search("climbed").hits] == ["ep.txt"]
    assert [hit.transcript.name for hit in searcher.search("crimed").hits] == ["ep.vtt"]


def test_words_without_a_stamp_have_a_time_where_another_wording_has_one(library, searcher):
    put(library, typed((None, None, " ".join(TALK[:20])), (90_000, None, " ".join(TALK[20:]))), machine(TALK))
    (hit,) = searcher.search("stairs").hits
    assert abs(hit.start_ms - TALK.index("stairs") * WORD_MS) <= WORD_MS


def test_words_beyond_the_timed_wording_keep_their_own_stamp(library, searcher):
    more = "and then they all went to bed"
    put(library, typed((0, None, " ".join(TALK)), (70_000, None, more)), machine(TALK))
    (hit,) = searcher.search('"and then"').hits
    assert hit.start_ms == 70_000


def test_an_untimed_text_alone_has_no_times(library, searcher):
    library.add("ep", Path("/ep.txt"), typed((None, None, " ".join(TALK))), STAMP)
    assert [hit.start_ms for hit in searcher.search("bell").hits] == [None]


def test_other_talks_of_one_recording_are_not_compared(library, searcher):
    french = "la cloche de la tour bell sonne rarement dit le gardien".split()
    put(library, machine(TALK), machine(french))
    assert searcher.search("bell").total == 2


def test_hits_of_a_speaker_are_not_lost_to_a_wording_that_does_not_know_them(library, searcher):
    timed = Transcript(
        "webvtt", tuple(Cue(c.text, c.start_ms, c.end_ms, "Voice 1") for c in machine(TALK).cues)
    )
    put(library, typed((0, "Ida", " ".join(TALK))), timed)
    assert searcher.search("bell").total == 1
    assert searcher.search("speaker:ida bell").total == 1
    assert searcher.search('speaker:"voice 1" bell').total == 1
    assert searcher.search("speaker:ida").total == 1
    assert searcher.search("in:nothing bell").total == 0


def test_what_is_replaced_is_compared_again(library, searcher):
    put(library, typed((0, None, " ".join(TALK))), machine(TALK))
    assert searcher.search("the").total == TALK.count("the")
    library.add("ep", Path("/ep.txt"), typed((0, None, " ".join(TALK[:-9]))), STAMP)
    assert searcher.search("the").total == TALK.count("the")
    library.add("ep", Path("/ep.vtt"), machine(TALK, 60_000), STAMP)
    (hit,) = searcher.search("bell").hits
    assert abs(hit.start_ms - 60_000 - TALK.index("bell") * WORD_MS) <= WORD_MS
    library.forget("ep", Path("/ep.txt"))
    assert searcher.search("the").total == TALK.count("the")
    assert library.fault() is None


def test_three_wordings_are_one(library, searcher):
    put(library, typed((0, None, " ".join(TALK))), machine(TALK))
    heard = " ".join(TALK).replace("climbed", "crimed")
    for name in ("b", "c"):
        library.add("ep", Path(f"/ep.{name}.vtt"), machine(heard.split()), STAMP)
    assert searcher.search("the").total == TALK.count("the")
    assert searcher.search("crimed").total == 1
    assert searcher.search("keeper stairs").total == 1


def test_a_search_cancelled_before_it_began_gives_nothing(library, searcher):
    put(library, typed((0, None, " ".join(TALK))), machine(TALK))
    searcher.interrupt()  # nothing runs yet: SQLite forgets it
    assert searcher.search("the", cancelled=lambda: True) is None
    assert searcher.first("the", cancelled=lambda: True) is None
    assert searcher.search("the").total == TALK.count("the")


def spoilt(words, draw):
    """Return what a machine makes of words, and for each of its words which of `words` it stands for."""
    heard, meant = [], []
    for at, word in enumerate(words):
        chance = draw.random()
        if chance < 0.06:
            continue
        heard.append(f"x{draw.randrange(9)}" if chance < 0.14 else word)
        meant.append(at)
        if chance > 0.95:
            heard.append(f"y{draw.randrange(9)}")
            meant.append(None)
    return heard, meant


@pytest.mark.parametrize("seed", range(4))
def test_every_moment_is_counted_against_a_plain_reading(library, searcher, seed):
    draw = random.Random(seed)
    words = [f"w{min(int(draw.paretovariate(0.7)), 400)}" for _ in range(800)]
    heard, meant = spoilt(words, draw)
    put(library, typed((0, None, " ".join(words))), machine(heard))
    moments = Counter(words)
    for word, at in zip(heard, meant, strict=True):
        moments[word] += at is None or words[at] != word
    totals = {word: searcher.search(word, 1).total for word in moments}
    # Beside a word that was left out or put in, the same word may stand for either.
    assert sum(abs(totals[word] - plain) for word, plain in moments.items()) <= 0.01 * len(words)
    for word in list(moments)[:10]:
        results = searcher.search(word, limit=5_000)
        assert results.total == len(results.hits)
        human, machines = Counter(words)[word], Counter(heard)[word]
        assert max(human, machines) <= results.total <= human + machines


@given(st.lists(st.sampled_from("abcdefg"), max_size=60), st.lists(st.sampled_from("abcdefg"), max_size=60))
def test_whatever_is_compared_every_place_has_its_like(here, leader):
    here, leader = [*here, *TALK], [*leader, *TALK]
    runs = same_terms(here, leader)
    assert runs is not None
    alignment = Alignment(runs, len(here))
    for word in set(here):
        ours = [at for at, term in enumerate(here) if term == word]
        theirs = [at for at, term in enumerate(leader) if term == word]
        own = alignment.own(ours, 1, theirs)
        assert max(0, len(ours) - len(theirs)) <= len(own)
        assert {at for at, _ in own} <= set(alignment.differing(ours, 1))
        assert own == alignment.own(alignment.differing(ours, 1), 1, theirs)
    for there in range(len(leader)):
        before, after = alignment.beside(there)
        assert before or after
        assert all(here[ours] == leader[theirs] for theirs, ours in filter(None, (before, after)))


def test_different_talks_have_nothing_in_common():
    assert same_terms(TALK, list(reversed(TALK))) is None
    assert terms(" ".join(TALK)) == TALK
