# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The library index and its search: complete, exact, closest first, and never a syntax error."""

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.terms import term_spans, terms
from earmark.domain.transcript import Cue, Transcript
from earmark.store.disk.database import REBUILDABLE, Database
from earmark.store.library.index import Library, Match, Stamp
from earmark.store.library.indexfile import FILE_NAME
from earmark.store.search.query import NEAR_TERMS, Phrase, parse
from earmark.store.search.searcher import Searcher

STAMP = Stamp(1, 1)


def spoken(*lines, speaker=None, step_ms=2000):
    cues = tuple(
        Cue(line, i * step_ms, (i + 1) * step_ms, speaker[i % len(speaker)] if speaker else None)
        for i, line in enumerate(lines)
    )
    return Transcript("webvtt", cues)


@pytest.fixture
def library(tmp_path):
    made = Library.open(Profile.at(tmp_path / "profile"))
    yield made
    made.close()


@pytest.fixture
def add(library):
    def put(name, transcript, title=None):
        library.add(name, Path(f"/talks/{name}.vtt"), transcript, STAMP)
        library.name(name, title or name)

    return put


@pytest.fixture
def searcher(library):
    return Searcher(library)


def marked(hit):
    return [hit.text[start:end] for start, end in hit.spans]


def test_a_phrase_is_found_across_cues_with_its_sentence_and_time(add, searcher):
    add("light", spoken("The keeper climbs the", "old stairs every night.", "Then he sleeps."))
    found = searcher.search('"the old stairs"')
    (hit,) = found.hits
    assert found.total == 1
    assert (hit.recording, hit.transcript, hit.title) == ("light", Path("/talks/light.vtt"), "light")
    assert hit.text == "The keeper climbs the old stairs every night."
    assert marked(hit) == ["the old stairs"]
    assert hit.start_ms == 2000 * 18 // 21
    assert searcher.search('"the stairs"').total == 0


def test_folding_is_that_of_the_page(add, searcher):
    add("folded", spoken("Café “naïve” — it’s WELL-known, 3.5 ÷ 2; Straße"))
    for query in ("cafe", "NAIVE", "its", "it's", "well-known", '"known 3"', "3.5", "strasse", "Straße"):
        assert searcher.search(query).total == 1, query


def test_what_no_file_can_hold_is_shown_as_unknown_and_does_not_stop_an_import(library, searcher):
    hour = 3_600_000
    odd = Cue("the lamp \ud83d was\nlit", 1_000 * hour, 1_000 * hour + 900, "I\udce9a")
    library.add("odd", Path("/talks/odd.vtt"), Transcript("webvtt", (odd,)), STAMP)
    library.name("odd", "caf\udce9", "\ud83d lamp")
    (hit,) = searcher.search('"lamp was lit" in:lamp speaker:i').hits
    assert (hit.text, marked(hit)) == ("the lamp \ufffd was lit", ["lamp", "was lit"])
    assert (hit.title, hit.speaker, hit.end_ms) == ("caf\ufffd", "I\ufffda", 1_000 * hour + 900)


def test_unspaced_scripts_are_found_by_the_character(add, searcher):
    add("tokyo", spoken("これは日本語の文です。", "東京は大きい。"))
    found = searcher.search("日本")
    assert found.total == 1
    assert marked(found.hits[0]) == ["日本"]


def test_several_words_are_near_each_other_and_the_closest_come_first(add, searcher):
    far = " ".join(f"w{n}" for n in range(NEAR_TERMS + 5))
    add("far", spoken(f"lamp {far} oil"))
    add("near", spoken("the lamp wants oil tonight"))
    add("close", spoken("a lamp oil can"))
    add("backwards", spoken("an oil lamp burns"))
    found = searcher.search("lamp oil")
    assert [hit.recording for hit in found.hits] == ["close", "backwards", "near"]
    assert found.total == 3
    assert found.by_recording == {"close": 1, "backwards": 1, "near": 1}
    assert marked(found.hits[2]) == ["lamp", "oil"]


def test_prefixes(add, searcher):
    add("one", spoken("lamp lamps lamplight lam plamp"))
    assert searcher.search("lamp*").total == 3
    assert searcher.search('"lamps lampl*"').total == 1
    assert searcher.search("l*").total == 4, "a star says what is meant"
    assert len(searcher.first("l").hits) == 0, "one letter may be a word"
    assert searcher.search("lampl").total == 0
    assert len(searcher.first("lampl").hits) == 1, "while it is typed the last word is a beginning"
    assert len(searcher.first("lampl ").hits) == 0


def test_speaker_and_title_narrow(add, searcher):
    add("a", spoken("the lamp", "the lamp again", "no lamp", speaker=["Ann Lee", "Bo"]), "Lighthouse talk")
    add("b", spoken("the lamp"), "Garden talk")
    assert searcher.search("speaker:ann lamp").total == 2
    assert searcher.search('speaker:"lee ann" lamp').total == 2
    assert searcher.search("speaker:nobody lamp").total == 0
    assert searcher.search("in:light lamp").total == 3
    assert searcher.search("in:talk lamp").total == 4
    assert searcher.search("in:garden speaker:bo lamp").total == 0
    turns = searcher.search("speaker:bo")
    assert (turns.total, [hit.start_ms for hit in turns.hits]) == (1, [2000])
    assert [hit.recording for hit in searcher.search("in:garden").hits] == ["b"]


def test_recordings_that_say_it_most_come_first_and_others_get_their_turn(add, searcher):
    add("seldom", spoken("lamp", *["other words here"] * 50))
    add("often", spoken(*["the lamp burns"] * 30))
    found = searcher.search("lamp", limit=10)
    assert [hit.recording for hit in found.hits] == ["often"] * 9 + ["seldom"]
    assert [hit.start_ms for hit in found.hits[:9]] == sorted(hit.start_ms for hit in found.hits[:9])
    assert (found.total, found.by_recording) == (31, {"often": 30, "seldom": 1})


def test_of_many_recordings_those_that_say_it_most_come_first(library, searcher):
    draw = random.Random(3)
    times = {f"r{n}": draw.randint(1, 60) for n in range(300)}
    with library.database.transaction():
        for name, count in times.items():
            library.add(name, Path(f"/{name}"), spoken(*["the lamp"] * count), STAMP)
    for limit in (1, 7, 20):
        found = searcher.search("lamp", limit=limit)
        assert found.total == sum(times.values())
        assert found.by_recording == times
        said = [times[hit.recording] for hit in found.hits]
        assert said == sorted(said, reverse=True)
        assert said[0] == max(times.values())


def test_both_wordings_are_searched(library, searcher):
    library.add("ep", Path("/ep.vtt"), spoken("with alexander grandfort"), STAMP)
    library.add("ep", Path("/ep.txt"), spoken("with Alexandre Gramfort"), STAMP)
    assert [hit.transcript.name for hit in searcher.search("gramfort").hits] == ["ep.txt"]
    assert [hit.recording for hit in searcher.search("grandfort").hits] == ["ep"]


def test_near_spellings_are_offered_only_when_nothing_is_found(add, searcher):
    add("a", spoken("the kaggle competitions were hard", "gramfort wins"))
    assert searcher.search("kagle competitons").suggestions == ("kaggle competitions",)
    assert searcher.search('"gramford wins"').suggestions == ('"gramfort wins"',)
    assert searcher.search("kaggle").suggestions == ()
    assert searcher.search("zzzzzzzz").suggestions == ()


def test_what_is_replaced_or_forgotten_is_not_found(library, add, searcher):
    add("a", spoken("the lamp"))
    add("a", spoken("the garden"))
    assert (searcher.search("lamp").total, searcher.search("garden").total) == (0, 1)
    library.moved("a", Path("/talks/a.vtt"), Path("/new/a.vtt"))
    assert searcher.search("garden").hits[0].transcript == Path("/new/a.vtt")
    library.forget_recording("a")
    assert searcher.search("garden").total == 0
    assert library.counts() == (0, 0, 0)
    assert library.fault() is None


def test_long_turns_are_cut_around_the_words(add, searcher):
    long = " ".join(f"word{n}" for n in range(2000))
    add("long", spoken(long))
    (hit,) = searcher.search("word1000").hits
    assert marked(hit) == ["word1000"]
    assert len(hit.text) < 400
    assert hit.text.startswith("… ")
    assert hit.text.endswith(" …")


class Talks:
    """A library, its words as lists, and the words there are; with a short repr for hypothesis."""

    def __init__(self, library, plain, words):
        self.library, self.searcher = library, Searcher(library)
        self.plain, self.words = plain, words

    def __repr__(self):
        return "talks"


@pytest.fixture(scope="module")
def talks(tmp_path_factory):
    draw = random.Random(7)
    words = [f"{a}{b}" for a in "kmst" for b in ("a", "e", "i", "o", "u", "an", "en")]
    library = Library.open(Profile.at(tmp_path_factory.mktemp("talks")))
    plain = {}
    for number in range(12):
        lines = [" ".join(draw.choices(words, k=draw.randint(0, 9))) for _ in range(draw.randint(1, 160))]
        library.add(f"r{number}", Path(f"/r{number}"), spoken(*lines), STAMP)
        plain[f"r{number}"] = " ".join(lines).split()
    yield Talks(library, plain, words)
    library.close()


def test_every_phrase_is_complete_against_a_plain_reading(talks):
    searcher, plain, words = talks.searcher, talks.plain, talks.words
    draw = random.Random(8)
    for _ in range(150):
        length = draw.choice((1, 1, 2, 2, 3, 4))
        name = draw.choice(list(plain))
        at = draw.randrange(max(1, len(plain[name]) - length))
        said = plain[name][at : at + length] if draw.random() < 0.8 else draw.choices(words, k=length)
        expected = {
            one: count
            for one, text in plain.items()
            if (count := sum(text[i : i + length] == said for i in range(len(text) - length + 1)))
        }
        found = searcher.search(f'"{" ".join(said)}"', limit=10_000)
        assert found.by_recording == expected
        assert found.total == len(found.hits) == sum(expected.values())
        assert all(" ".join(marked(hit)).split() == said for hit in found.hits)


def test_every_near_hit_is_counted_against_a_plain_reading(talks):
    searcher, plain, words = talks.searcher, talks.plain, talks.words
    draw = random.Random(9)
    for _ in range(40):
        one, two = draw.sample(words, 2)
        expected = {}
        for name, text in plain.items():
            ones = [i for i, word in enumerate(text) if word == one]
            twos = [i for i, word in enumerate(text) if word == two]
            near_one = sum(any(abs(i - j) <= NEAR_TERMS + 1 for j in twos) for i in ones)
            near_two = sum(any(abs(i - j) <= NEAR_TERMS + 1 for i in ones) for j in twos)
            if near_one:
                expected[name] = min(near_one, near_two)
        found = searcher.search(f"{one} {two}", limit=20)
        assert found.by_recording == expected
        gaps = [abs(text_gap(hit, one, two)) for hit in found.hits]
        assert gaps == sorted(gaps)


def text_gap(hit, one, two):
    said = terms(" ".join(marked(hit)))
    whole = terms(hit.text[hit.spans[0][0] : hit.spans[-1][1]])
    assert {one, two} <= set(said)
    return len(whole)


@settings(max_examples=300)
@given(st.text(max_size=60) | st.text('"*:()^-+ andorNEARt ka"', max_size=40))
@example("C++")
@example("it's 50% of @user's well-known 1.5")
@example('"' * 99)
@example("(" * 5000)
@example("NEAR(a b, 3) AND OR NOT body: ^a -b {c} \ud800")
@example('speaker: in: speaker:" in:*')
def test_whatever_is_typed_is_a_query(talks, text):
    searcher = talks.searcher
    assert searcher.search(text) is not None
    assert searcher.first(text) is not None


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("a lamp", [Phrase(("a",)), Phrase(("lamp",))]),
        ('"a lamp" oil', [Phrase(("a", "lamp")), Phrase(("oil",))]),
        ('"a lamp', [Phrase(("a", "lamp"))]),
        ("“a lamp”", [Phrase(("a", "lamp"))]),
        ("lamp* LAMP*", [Phrase(("lamp",), True)]),
        ("well-known", [Phrase(("well", "known"))]),
        ("other:lamp", [Phrase(("other", "lamp"))]),
        ('speaker:ann in:"the light"', []),
    ],
)
def test_queries_are_understood(text, phrases):
    assert list(parse(text).phrases) == phrases


def test_fields_are_understood():
    query = parse('Speaker:ann IN:"the light" lamp')
    assert (query.speakers, query.titles) == ((("ann",),), (("the", "light"),))


@given(st.text(max_size=80) | st.text("ab '`’-.日本é", max_size=40))
def test_terms_and_their_spans_agree(text):
    spans = term_spans(text)
    assert len(spans) == len(terms(text))
    for (start, end), term in zip(spans, terms(text), strict=True):
        assert term in "".join(terms(text[start:end]))


def test_an_interrupted_search_gives_nothing_and_the_next_works(talks, monkeypatch):
    searcher = talks.searcher
    called = []

    def interrupting(self, match, *rest):
        if not called:
            called.append(1)
            searcher.interrupt()
        self.places = [match.phrase_locations(0)[0]]
        self.hits = len(self.places[0])

    monkeypatch.setattr(Match, "__call__", interrupting)
    assert searcher.search("ka") is None
    assert not talks.library.database.connection.in_transaction
    assert searcher.search("ka").total > 0


def test_a_search_given_up_lets_go_of_what_it_was_reading(talks):
    asked = []

    def after_some():
        asked.append(1)
        return len(asked) > 3

    assert talks.searcher.search("ka", cancelled=after_some) is None
    assert not talks.library.database.connection.in_transaction


def test_what_is_read_in_one_go_is_of_one_moment(library, add):
    add("a", spoken("lamp"))
    other = Library(Database(library.database.path, REBUILDABLE))
    count = "SELECT count(*) FROM transcript"
    with library.database.snapshot():
        before = library.database.value(count)
        other.forget_recording("a")
        assert library.database.value(count) == before == 1
    assert library.database.value(count) == 0
    other.close()


@pytest.mark.parametrize("ruin", [b"", b"not a database at all, really not" * 10, None])
def test_a_damaged_or_old_index_is_made_anew(tmp_path, ruin):
    profile = Profile.at(tmp_path)
    library = Library.open(profile)
    assert library.unfilled
    library.add("a", Path("/a"), spoken("lamp"), STAMP)
    library.close()
    path = profile.cache / FILE_NAME
    if ruin is None:
        library = Library.open(profile)
        library.database.execute("PRAGMA user_version = 1")
        library.close()
    else:
        path.write_bytes(ruin)
    library = Library.open(profile)
    assert library.unfilled
    assert library.counts() == (0, 0, 0)
    library.close()


def test_damage_inside_is_told_not_swallowed(tmp_path):
    profile = Profile.at(tmp_path)
    library = Library.open(profile)
    for number in range(40):
        library.add(
            f"r{number}",
            Path(f"/r{number}"),
            spoken(*[f"lamp number {number} word{n}" for n in range(200)]),
            STAMP,
        )
    library.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    path = profile.cache / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096 * 4 :] = b"\x55" * (len(content) - 4096 * 4)
    path.write_bytes(content)
    library = Library.open(profile)
    assert library.fault() is not None
    with pytest.raises(UserError) as caught:
        Searcher(library).search("lamp")
    assert caught.value.code == "store-damaged"
    library.close()
    library = Library.open(profile, anew=True)
    assert (library.unfilled, library.fault()) == (True, None)
    library.close()


def test_a_reader_sees_what_a_writer_adds(tmp_path):
    profile = Profile.at(tmp_path)
    writer, reader = Library.open(profile), Library.open(profile)
    searcher = Searcher(reader)
    assert searcher.search("lamp").total == 0
    writer.add("a", Path("/a"), spoken("lamp"), STAMP)
    assert searcher.search("lamp").total == 1
    writer.close()
    reader.close()
