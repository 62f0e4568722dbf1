# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Human words on machine times: what is copied, what is placed, what stays untimed."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from earmark.base.errors import UserError
from earmark.domain.transcript import Cue, Mark, Timing, Transcript, Word
from earmark.domain.words import place_words
from earmark.weave.align.matcher import Stopped
from earmark.weave.merge import weave, weave_many
from earmark.weave.pairing import THRESHOLD, pair_share
from earmark.weave.woven import keep_other, with_skipped
from weave_talk import HUMAN, MACHINE, captions, stamped


def _word(transcript: Transcript, text: str) -> Word:
    return next(w for c in transcript.cues for w in c.words if w.text == text)


def test_the_words_are_the_humans_and_the_times_the_machines() -> None:
    woven = weave(HUMAN, MACHINE).transcript
    assert woven.format == "woven"
    assert [c.text for c in woven.cues] == [c.text for c in HUMAN.cues]
    machine_words = {w.text: w for c in MACHINE.cues for w in place_words(c)}
    for text in ("Welcome", "repairs", "kettle", "painted"):
        assert _word(woven, text).start_ms == machine_words[text].start_ms
        assert _word(woven, text).timing is Timing.ALIGNED
    assert _word(woven, "harbour").timing is Timing.INTERPOLATED
    assert 1_000 < (_word(woven, "harbour").start_ms or 0) < (_word(woven, "radio,").start_ms or 0)


def test_a_word_that_opens_a_cue_is_firm_and_one_inside_is_soft() -> None:
    woven = weave(HUMAN, MACHINE).transcript
    assert not _word(woven, "Welcome").soft
    assert not _word(woven, "who").soft
    assert _word(woven, "repairs").soft


def test_word_stamps_make_every_matched_word_firm() -> None:
    cues = tuple(
        c._replace(words=tuple(w._replace(timing=Timing.EXACT) for w in place_words(c))) for c in MACHINE.cues
    )
    woven = weave(HUMAN, MACHINE._replace(cues=cues)).transcript
    assert not any(w.soft for c in woven.cues for w in c.words)


def test_a_turn_that_the_machine_hid_inside_a_cue_starts_with_its_words() -> None:
    woven = weave(HUMAN, MACHINE)
    turn = woven.report.turns[4]
    assert turn.text.startswith("My uncle")
    assert 15_500 < (turn.start_ms or 0) < 17_500
    assert turn.matched_share == 1.0


def test_what_lies_outside_the_common_part_has_no_time() -> None:
    human = stamped(
        (
            0,
            "This page was typed by a volunteer of the village archive, see the notes below for the list.",
        ),
        *((c.start_ms, c.text) for c in HUMAN.cues),
        (40_000, "Copies can be had from the same archive against the cost of paper and a stamped envelope."),
    )
    woven = weave(human, MACHINE)
    for cue in (woven.transcript.cues[0], woven.transcript.cues[-1]):
        assert cue.start_ms is None
        assert cue.end_ms is None
        assert {w.timing for w in cue.words} == {Timing.NONE}
    assert woven.report.untimed == len(woven.transcript.cues[0].words) + len(woven.transcript.cues[-1].words)
    assert woven.report.turns[0].start_ms is None


def test_a_hole_is_filled_from_the_machine_and_says_so() -> None:
    text = "This time we visit Agnete Solberg, who nets and barometers on the old quay."
    hole = text.index("nets")
    human = HUMAN._replace(
        cues=(HUMAN.cues[0], HUMAN.cues[1]._replace(text=text, speaker="Host"), *HUMAN.cues[2:]),
        marks=(Mark(8_000, 1, hole),),
    )
    woven = weave(human, MACHINE)
    before, filled, after = woven.transcript.cues[1:4]
    assert before.text == "This time we visit Agnete Solberg, who"
    assert (filled.text, filled.id, filled.speaker) == ("repairs", "filled", "Host")
    assert (filled.start_ms or 0) >= 7_600
    assert after.text == "nets and barometers on the old quay."
    assert before.opens_turn
    assert not filled.opens_turn
    assert not after.opens_turn
    assert woven.transcript.marks == (Mark(8_000, 3, 0, "filled"),)
    for cue in woven.transcript.cues:
        assert all(cue.text[w.offset : w.end] == w.text for w in cue.words)
    assert [(t.stamp_ms, t.continues) for t in woven.report.turns][:3] == [
        (1_000, False),
        (5_000, False),
        (8_000, True),
    ]


def test_a_hole_before_a_stop_leaves_one_stop() -> None:
    human = HUMAN._replace(
        cues=(*HUMAN.cues[:-1], (HUMAN.cues[-1])._replace(text="Somebody had painted the word over.")),
        marks=(Mark(26_000, 6, len("Somebody had painted the word over")),),
    )
    cues = weave(human, MACHINE).transcript.cues
    assert [c.text for c in cues[-3:]] == ["Somebody had painted the word over", "all the others", "."]


def test_what_the_human_skipped_can_be_shown_or_left_out() -> None:
    song = "La la the tide is coming in and nobody has told the ferry man who sleeps"
    cues = (
        *MACHINE.cues[:3],
        Cue(song, 10_800, 11_200),
        *MACHINE.cues[3:],
    )
    woven = weave(HUMAN, MACHINE._replace(cues=cues))
    assert [c.text for c in woven.transcript.cues] == [c.text for c in HUMAN.cues]
    assert [s.text for s in woven.skipped] == [song]
    shown = with_skipped(woven).transcript.cues
    assert [c.id for c in shown] == ["", "", "skipped", "", "", "", "", ""]
    assert (shown[2].text, shown[2].start_ms, shown[2].end_ms) == (song, 10_800, 11_200)


def test_a_skipped_passage_stands_before_the_remark_about_it() -> None:
    song = "La la the tide is coming in and nobody has told the ferry man who sleeps"
    cues = (*MACHINE.cues[:1], Cue(song, 4_600, 5_000), *MACHINE.cues[1:])
    opening = "Welcome to the harbour radio, this is episode nine.[music intro]This time we visit Agnete."
    human = HUMAN._replace(cues=(HUMAN.cues[0]._replace(text=opening), *HUMAN.cues[2:]))
    woven = weave(human, MACHINE._replace(cues=cues))
    shown = [c.text for c in with_skipped(woven).transcript.cues][:3]
    assert shown == [
        "Welcome to the harbour radio, this is episode nine.",
        song,
        "[music intro]This time we visit Agnete.",
    ]


def test_names_are_carried_through_a_turn_and_no_further() -> None:
    human = HUMAN._replace(
        cues=(
            HUMAN.cues[0]._replace(speaker="Host"),
            HUMAN.cues[1]._replace(opens_turn=False, start_ms=None),
            *HUMAN.cues[2:],
        ),
    )
    assert [c.speaker for c in weave(human, MACHINE).transcript.cues] == ["Host", "Host", *[None] * 5]


def test_a_cue_that_holds_the_music_before_it_gives_its_end() -> None:
    cues = (
        MACHINE.cues[0],
        Cue("This time we visit Agnes Solberg,", 4_600, 34_600),
        *(c._replace(start_ms=c.start_ms + 27_000, end_ms=c.end_ms + 27_000) for c in MACHINE.cues[2:]),
    )
    woven = weave(HUMAN, MACHINE._replace(cues=cues))
    start = woven.report.turns[1].start_ms or 0
    assert 32_000 < start < 34_600
    assert _word(woven.transcript, "This").soft


def test_few_words_in_a_long_silence_stay_beside_their_sentences() -> None:
    human = stamped(
        *((c.start_ms, c.text) for c in HUMAN.cues[:2]),
        (11_000, "Goodness. Thanks for having me. The kettle is on."),
        *((c.start_ms, c.text) for c in HUMAN.cues[3:]),
    )
    later = tuple(
        c._replace(start_ms=c.start_ms + 60_000, end_ms=c.end_ms + 60_000) for c in MACHINE.cues[3:]
    )
    woven = weave(human, MACHINE._replace(cues=(*MACHINE.cues[:3], *later)))
    goodness = _word(woven.transcript, "Goodness.")
    assert goodness.timing is Timing.INTERPOLATED
    assert 69_000 < (goodness.start_ms or 0) < 71_200


def test_words_the_machine_missed_in_a_pause_are_not_drawn_out() -> None:
    human = stamped(
        *((c.start_ms, c.text) for c in HUMAN.cues[:2]),
        (11_000, "Goodness. Thanks for having me. The kettle is on."),
        *((c.start_ms, c.text) for c in HUMAN.cues[3:]),
    )
    later = tuple(c._replace(start_ms=c.start_ms + 2_000, end_ms=c.end_ms + 2_000) for c in MACHINE.cues[3:])
    heard = MACHINE.cues[2]._replace(text="who repairs nets and barometers on the old quay.")
    woven = weave(human, MACHINE._replace(cues=(*MACHINE.cues[:2], heard, *later))).transcript
    goodness = _word(woven, "Goodness.")
    assert goodness.timing is Timing.INTERPOLATED
    assert 12_000 < (goodness.start_ms or 0) < (goodness.end_ms or 0) <= 13_200


def test_a_machine_cue_that_runs_backwards_times_nothing() -> None:
    cues = list(MACHINE.cues)
    cues[3] = cues[3]._replace(start_ms=900_000, end_ms=903_000)
    woven = weave(HUMAN, MACHINE._replace(cues=tuple(cues))).transcript
    assert _word(woven, "kettle").timing is Timing.INTERPOLATED
    assert 10_000 < (_word(woven, "kettle").start_ms or 0) < 14_000


def test_a_second_machine_times_what_the_first_leaves_open() -> None:
    first = MACHINE._replace(cues=MACHINE.cues[:5])
    alone = weave(HUMAN, first)
    both = weave_many(HUMAN, [first, MACHINE])
    assert alone.transcript.cues[-1].start_ms is None
    assert both.transcript.cues[-1].start_ms == 23_800
    assert both.report.aligned > alone.report.aligned


def test_two_machine_transcripts_keep_the_words_of_the_first() -> None:
    other = captions(*((c.start_ms + 200, c.end_ms + 200, c.text.lower()) for c in MACHINE.cues))
    woven = weave(other, MACHINE).transcript
    assert [c.text for c in woven.cues] == [c.text for c in other.cues]
    assert [c.start_ms for c in woven.cues] == [c.start_ms for c in MACHINE.cues]


def test_wrong_pairs_empty_texts_and_untimed_machines_are_refused() -> None:
    other = captions(
        (0, 9_000, "An entirely different recording about bicycles, bread, and the price of string.")
    )
    with pytest.raises(UserError, match=r"only \d+% of the words") as caught:
        weave(HUMAN, other)
    assert caught.value.data["share"] < 0.2
    with pytest.raises(UserError, match="no words"):
        weave(HUMAN, Transcript("webvtt", ()))
    with pytest.raises(UserError, match="no times"):
        weave(HUMAN, HUMAN_WITHOUT_TIMES)


HUMAN_WITHOUT_TIMES = HUMAN._replace(cues=tuple(c._replace(start_ms=None) for c in HUMAN.cues))


def test_it_stops_when_told() -> None:
    with pytest.raises(Stopped):
        weave(HUMAN, MACHINE, cancelled=lambda: True)


# Properties


def _spoilt(transcript: Transcript, seed: int) -> Transcript:
    chance = random.Random(seed)
    return transcript._replace(
        cues=tuple(c._replace(text=_misheard(c.text, chance)) for c in transcript.cues)
    )


def _misheard(text: str, chance: random.Random) -> str:
    out: list[str] = []
    for word in text.split():
        fate = chance.random()
        if fate < 0.05:
            continue
        out.append("mumble" if fate < 0.10 else word)
        if fate > 0.95:
            out.append("indeed")
    return " ".join(out)


seeds = st.integers(0, 2**32)


@given(seeds, seeds)
@settings(max_examples=60)
def test_times_never_run_backwards_nor_leave_the_recording(one: int, other: int) -> None:
    human, machine = _spoilt(HUMAN, one), _spoilt(MACHINE, other)
    assume(pair_share(human, machine) >= THRESHOLD)
    woven = weave(human, machine)
    words = [w for c in woven.transcript.cues for w in c.words]
    assert [w.text for w in words] == [w for c in human.cues for w in c.text.split()]
    timed = [w for w in words if w.start_ms is not None and w.end_ms is not None]
    for word in words:
        assert (word.start_ms is None) == (word.end_ms is None) == (word.timing is Timing.NONE)
    for word in timed:
        assert 1_000 <= word.start_ms <= word.end_ms <= 27_000
    for first, second in pairwise(timed):
        assert first.start_ms <= second.start_ms
        assert first.end_ms <= second.start_ms
    report = woven.report
    assert report.aligned + report.interpolated + report.untimed == len(words)


@given(seeds, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 12)), min_size=1, max_size=4))
@settings(max_examples=100)
def test_what_is_put_in_keeps_to_the_order_of_times(seed: int, places: list[tuple[int, int]]) -> None:
    """Words dropped from the human text beside marks, and machine cues that run backwards."""
    chance = random.Random(seed)
    human, marks = [], []
    for index, cue in enumerate(HUMAN.cues):
        words = cue.text.split()
        for _, at in sorted((p for p in places if p[0] == index), reverse=True):
            words[at : at + chance.randint(0, 3)] = ["<mark>", *["so"] * chance.randint(0, 1)]
        text = " ".join(words)
        while "<mark>" in text:
            marks.append(Mark(1_000, index, text.index("<mark>")))
            text = text.replace("<mark>", "", 1).replace("  ", " ")
        human.append(cue._replace(text=text))
    machine = list(MACHINE.cues)
    if chance.random() < 0.5:
        late = chance.randrange(len(machine))
        start = chance.randrange(0, 27_000)
        machine[late] = machine[late]._replace(start_ms=start, end_ms=start + 2_000)
    first, second = (
        HUMAN._replace(cues=tuple(human), marks=tuple(marks)),
        MACHINE._replace(cues=tuple(machine)),
    )
    assume(pair_share(first, second) >= THRESHOLD)
    woven = weave(first, second)
    for transcript in (woven.transcript, with_skipped(woven).transcript):
        _never_backwards(transcript)
    for disagreement in woven.disagreements:
        _never_backwards(keep_other(woven, disagreement).transcript)


def _never_backwards(transcript: Transcript) -> None:
    timed = [w for c in transcript.cues for w in c.words if w.start_ms is not None and w.end_ms is not None]
    assert all(w.start_ms <= w.end_ms for w in timed)
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(timed))


def test_words_beside_a_filled_hole_keep_to_their_side() -> None:
    words = HUMAN.cues[4].text.replace("that only ever said storm", "whirl. twirl")
    mark = Mark(18_000, 4, words.index("twirl"))
    cues = (*HUMAN.cues[:4], HUMAN.cues[4]._replace(text=words), *HUMAN.cues[5:])
    woven = weave(HUMAN._replace(cues=cues, marks=(mark,)), MACHINE).transcript
    filled = next(c for c in woven.cues if c.id == "filled")
    assert filled.text == "only ever said"
    assert _word(woven, "whirl.").end_ms <= filled.start_ms
    assert _word(woven, "twirl,").start_ms >= filled.end_ms


@given(st.lists(st.none() | st.integers(0, 10**8), min_size=7, max_size=7), seeds)
@settings(max_examples=60)
def test_stamps_change_no_word(stamps: list[int | None], seed: int) -> None:
    human = _spoilt(HUMAN, seed)
    cues = tuple(c._replace(start_ms=s) for c, s in zip(human.cues, stamps, strict=True))
    one, other = (weave(h, MACHINE) for h in (human, human._replace(cues=cues)))
    assert one.transcript.cues == other.transcript.cues
    assert one.disagreements == other.disagreements


@given(seeds)
@settings(max_examples=40)
def test_kept_words_have_exactly_their_time(seed: int) -> None:
    chance = random.Random(seed)
    source = [w for c in MACHINE.cues for w in place_words(c)]
    times = {id(w): w.start_ms for w in source}
    kept = [(w, f"w{i}") for i, w in enumerate(source) if chance.random() > 0.15]
    machine = MACHINE._replace(
        cues=tuple(
            c._replace(
                words=tuple(
                    w._replace(text=f"w{source.index(w)}", timing=Timing.EXACT) for w in place_words(c)
                ),
            )
            for c in MACHINE.cues
        ),
    )
    woven = weave(Transcript("text", (Cue(" ".join(text for _, text in kept)),)), machine)
    got = [w.start_ms for w in woven.transcript.cues[0].words]
    wanted = [times[id(w)] for w, _ in kept]
    assert got[3:-3] == wanted[3:-3]
    # A lone word behind several lost ones at the very end may be left untimed, never timed wrong.
    assert all(a in (b, None) for a, b in zip(got, wanted, strict=True))
