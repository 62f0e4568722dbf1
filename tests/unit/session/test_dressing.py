# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The woven track as the listener wants it: corrections laid over it, wherever the words stand by now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from earmark.domain.items import Anchor, Correction
from earmark.domain.transcript import SKIPPED, Cue, Transcript
from earmark.session.tracks import make_track
from earmark.session.woven.dressing import Basis, dressed, woven_of
from earmark.session.woven.values import Dress

SAID = (
    "we counted every single ship that passed the point before the morning came and the fog was gone",
    "my sister wrote the numbers down in pencil because the ink would freeze in that small room",
    "nobody asked us what the numbers were for and nobody ever came to look at them afterwards",
    "but I still have the book here and the last page is the one with the whale on it",
)


def machine(*texts: str) -> Transcript:
    cues = tuple(Cue(text, n * 8_000, n * 8_000 + 7_500) for n, text in enumerate(texts or SAID))
    return Transcript("webvtt", cues)


def human(*texts: str) -> Transcript:
    cues = tuple(Cue(text, n * 8_000, opens_turn=True) for n, text in enumerate(texts or SAID))
    return Transcript("stamped", cues)


def basis(words: Transcript, times: Transcript) -> Basis:
    return woven_of(make_track("Human", None, words), [make_track("Machine", None, times)], lambda: False)


def made(words: Transcript, times: Transcript, *corrections: Correction, **dress: object):
    return dressed(basis(words, times), Dress(corrections, **dress), "Woven", 0)


def text(result) -> str:
    return " / ".join(cue.text for cue in result.track.transcript.cues)


def correction(doubt) -> Correction:
    return Correction("c", "r", doubt.anchor, doubt.other)


MISHEARD = tuple(said.replace("pencil", "stencil").replace("whale", "veil") for said in SAID)


def test_a_correction_is_found_by_both_wordings_and_what_stands_around():
    doubts = made(human(), machine(*MISHEARD)).doubts
    assert [(d.anchor.quote, d.other) for d in doubts] == [("pencil", "stencil"), ("whale", "veil")]
    kept = made(human(), machine(*MISHEARD), correction(doubts[1]))
    assert "with the veil on it" in text(kept) and "in pencil because" in text(kept)
    assert [d.kept for d in kept.doubts] == [False, True]
    assert [d.place for d in kept.doubts] == [d.place for d in doubts]


def test_a_correction_holds_when_the_other_transcript_was_made_anew():
    doubt = made(human(), machine(*MISHEARD)).doubts[0]
    agreeing = made(human(), machine(), correction(doubt))
    assert "in stencil because" in text(agreeing)
    assert [(d.anchor.quote, d.kept) for d in agreeing.doubts] == [("pencil", True)]
    otherwise = tuple(said.replace("pencil", "tinsel") for said in SAID)
    changed = made(human(), machine(*otherwise), correction(doubt))
    assert "in stencil because" in text(changed)
    assert [(d.other, d.kept) for d in changed.doubts] == [("stencil", True)]


def test_a_correction_whose_words_are_gone_waits():
    doubt = made(human(), machine(*MISHEARD)).doubts[0]
    gone = doubt.anchor._replace(quote="chalk")
    result = made(human(), machine(*MISHEARD), Correction("c", "r", gone, "walk"))
    assert text(result) == text(made(human(), machine(*MISHEARD)))


def test_of_two_alike_the_nearer_in_time_is_corrected():
    twice = (*SAID, *(said.replace("ship", "boat") for said in SAID))
    wrong = tuple(said.replace("pencil", "stencil") for said in twice)
    doubts = made(human(*twice), machine(*wrong)).doubts
    assert len(doubts) == 2
    kept = made(human(*twice), machine(*wrong), correction(doubts[1]))
    assert [d.kept for d in kept.doubts] == [False, True]


def test_words_the_human_has_not_are_put_in_and_taken_out():
    more = tuple(said.replace("came and", "came slowly up and") for said in SAID)
    (doubt,) = made(human(), machine(*more)).doubts
    assert (doubt.anchor.quote, doubt.other) == ("", "slowly up")
    kept = made(human(), machine(*more), correction(doubt))
    assert "morning came slowly up and the fog" in text(kept)
    paragraph, start, end = kept.doubts[0].span
    assert kept.track.outline.paragraphs[paragraph].text[start:end] == "slowly up"
    (other,) = made(human(*more), machine()).doubts
    gone = made(human(*more), machine(), correction(other))
    assert "morning came and the fog" in text(gone)
    assert gone.doubts[0].kept


def test_two_voices_take_turns_and_may_be_exchanged():
    words = human(*(f"{said.capitalize()}." for said in SAID))
    assert not made(words, machine()).named
    speakers = [p.speaker for p in made(words, machine(), voices="two").track.outline.paragraphs]
    flipped = [p.speaker for p in made(words, machine(), voices="flipped").track.outline.paragraphs]
    assert speakers == ["First voice", "Second voice"] * 2
    assert flipped == ["Second voice", "First voice"] * 2


def test_a_passage_only_the_machine_has_is_shown_or_left_out():
    song = "la la the wheels on the boat go round and round all through the harbour town today my love"
    times = machine(SAID[0], song, *SAID[1:])
    shown, left_out = made(human(), times), made(human(), times, skipped=False)
    assert [cue.id for cue in shown.track.transcript.cues].count(SKIPPED) == 1
    assert song in text(shown) and song not in text(left_out)
    assert any("passage" in note.message for note in left_out.track.transcript.notes)


def test_stamps_that_are_off_are_worth_a_sentence():
    turns = [said[i : i + 40].strip() for said in SAID for i in (0, 40)]
    cues = tuple(Cue(t, n * 4_000 + 44_000, n * 4_000 + 47_900) for n, t in enumerate(turns))
    early = human()._replace(
        cues=tuple(Cue(t, n * 4_000 + 4_000, opens_turn=True) for n, t in enumerate(turns))
    )
    result = made(early, Transcript("webvtt", cues))
    assert result.telling == "The stamps are 40 s early throughout."
    assert result.track.timeline.start_ms(0) >= 44_000


@given(st.sets(st.integers(0, 5)), st.booleans())
def test_whichever_are_kept_every_place_is_where_it_is_said_to_be(chosen, skipped):
    wrong = (
        SAID[0].replace("every single", "any").replace("the fog", "fog"),
        SAID[1].replace("pencil", "a stencil set"),
        "a jingle sings of soap and of other things that nobody who listens here would ever want to buy",
        SAID[2].replace("nobody ever", "never"),
        SAID[3].replace("but I", "I").replace("whale", "veil"),
    )
    plain = made(human(), machine(*wrong), skipped=skipped)
    picked = [correction(d) for n, d in enumerate(plain.doubts) if n in chosen]
    result = made(human(), machine(*wrong), *picked, skipped=skipped)
    assert [d.place for d in result.doubts] == [d.place for d in plain.doubts]
    for number, doubt in enumerate(result.doubts):
        assert doubt.kept == (number in chosen)
        paragraph, start, end = doubt.span
        shown = result.track.outline.paragraphs[paragraph].text[start:end]
        assert shown == (doubt.other if doubt.kept else doubt.anchor.quote)


def test_an_anchor_without_words_or_surroundings_is_nowhere():
    nothing = Correction("c", "r", Anchor(""), "so")
    assert "so so" not in text(made(human(), machine(), nothing))
