# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Two transcripts of one recording made into one: the words of the one on the times of the other.

`weave` takes about 50 ms for an hour of speech; call it off the GUI thread, on any thread. The woven
transcript has format "woven" and the cues of the human text, each with all its words and how each one's
time is known. A place where the human heard nothing (a mark) and the machine did is split there, and a cue
with the id "filled" holds the machine's words; the mark stays, with kind "filled". What only the machine
has is in `Woven.skipped`; `earmark.weave.woven.with_skipped` puts it in as cues with the id "skipped".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from earmark.base.cancelling import Cancelled, never
from earmark.base.errors import UserError
from earmark.domain.transcript import FILLED, Cue, Mark, Timing, Transcript, Word
from earmark.weave.align.matcher import Run, match
from earmark.weave.align.settle import believable, borders, ends_sentence, settled
from earmark.weave.align.words import Vocabulary, Words, words_of_transcript
from earmark.weave.clock import Clock, clock_of, without_leading_silence
from earmark.weave.differences import (
    SKIPPED_WORDS,
    Disagreement,
    Region,
    Skipped,
    divided,
    matters,
    regions,
    stutter,
    text_of,
    words_in,
)
from earmark.weave.insertion import Insertion, before_bracket, timed_by_words
from earmark.weave.pairing import refuse_wrong_pair
from earmark.weave.report import report_of
from earmark.weave.timing import (
    Hole,
    Timed,
    fill,
    in_order,
    matched_times,
    rising,
    spans_between,
)
from earmark.weave.voices import carried
from earmark.weave.woven import Woven, with_cues

# A longer stretch that only the machine has is a passage left out, not a word not heard.
MAX_HOLE_WORDS = 40
_STOPS = tuple(".,;:!?…")
_UNTIMED = (None, None, Timing.NONE, False)


def weave(human: Transcript, machine: Transcript, *, cancelled: Cancelled = never) -> Woven:
    """Return the words of `human` on the times of `machine`; the first text's words are the ones kept.

    Raises UserError for texts of different recordings and for a machine text without times, and
    `earmark.weave.align.matcher.Stopped` where `cancelled` says so.
    """
    return weave_many(human, [machine], cancelled=cancelled)


def weave_many(
    words_from: Transcript, others: Sequence[Transcript], *, cancelled: Cancelled = never
) -> Woven:
    """Return the words of one transcript on the times of others of the same recording.

    The first of `others` leads: its times are preferred and it is what the differences are told against.
    The following ones time only what it leaves open.
    """
    words_from = words_from._replace(cues=tuple(carried(words_from.cues)))
    vocabulary = Vocabulary()
    human = words_of_transcript(words_from, vocabulary)
    pairs = [_Pair(words_from, human, other, vocabulary, cancelled) for other in others]
    return _Weaver(words_from, human, pairs).weave()


class _Pair:
    """The kept text beside one other: the other's words and times, and which words are the same."""

    def __init__(
        self,
        words_from: Transcript,
        human: Words,
        other: Transcript,
        vocabulary: Vocabulary,
        cancelled: Cancelled,
    ) -> None:
        self.text = other
        self.words = words_of_transcript(other, vocabulary)
        found = match(human.token, self.words.token, cancelled=cancelled)
        refuse_wrong_pair(found, len(human.token), len(self.words.token))
        refuse_untimed(other)
        found = believable(found, len(human.token), len(self.words.token))
        edges = borders(words_from, human), borders(other, self.words)
        self.runs: list[Run] = settled(found, human.token, self.words.token, *edges)
        clock = clock_of(other, self.words)
        self.clock: Clock = without_leading_silence(clock, other, self.words, human, self.runs)
        self.times: dict[int, Timed] = matched_times(human, self.clock, self.runs)

    def said(self, first: int, end: int) -> tuple[str, tuple[Word, ...]]:
        """Return some of the other's words as text and as timed words of it."""
        text = text_of(self.text, self.words, first, end)
        words = [self._timed(word) for word in range(first, end)]
        return text, words_in(text, words)

    def _timed(self, word: int) -> Word:
        held = self.clock.words[word]
        if held.start_ms is None:
            return held
        first = self.words.first_token[word]
        firm = first < self.words.first_token[word + 1] and self.clock.firm[first]
        return held._replace(timing=Timing.ALIGNED, soft=not firm)


class _Weaver:
    def __init__(self, words_from: Transcript, human: Words, pairs: list[_Pair]) -> None:
        self._text = words_from
        self._human = human
        self._pairs = pairs
        self._lead = lead = pairs[0]
        self._holes: list[tuple[int, Region]] = []  # (number of the mark, what the machine has there)
        self._differing = [
            part for region in regions(lead.runs, human, lead.words) for part in self._divided(region)
        ]
        for number, mark in enumerate(words_from.marks):
            self._differing = list(self._without_hole(number, mark))
        self._times = self._timed()

    def weave(self) -> Woven:
        lead = self._lead
        filled = {number for number, _ in self._holes}
        marks = [
            mark._replace(kind="filled") if number in filled else mark
            for number, mark in enumerate(self._text.marks)
        ]
        woven = Woven(
            Transcript(
                "woven",
                tuple(self._cues()),
                self._text.language or lead.text.language,
                self._text.title or lead.text.title,
                tuple(marks),
                self._text.notes,
            ),
            report_of(self._text, self._human, lead.words, lead.runs, self._times),
            tuple(d for region in self._differing for d in self._disagreements(region)),
            tuple(s for region in self._differing if (s := self._skipped(region))),
        )
        fills = [self._fill(self._text.marks[number], hole) for number, hole in self._holes]
        return with_cues(woven, fills) if fills else woven

    def _timed(self) -> list[Timed | None]:
        """Return the times of all human words: matched, then those between."""
        lead = self._lead
        times = dict(lead.times)
        for pair in self._pairs[1:]:
            times = pair.times | times
        times = rising(times)
        spans = spans_between(self._human, lead.words, lead.runs, times, self._holes_in_order())
        fill(times, spans, self._human, self._text, lead.clock, lead.words)
        return in_order(times, len(self._human))

    def _cues(self) -> Iterator[Cue]:
        words: list[list[Word]] = [[] for _ in self._text.cues]
        human = self._human
        for at, offset, text, timed in zip(human.cue, human.offset, human.text, self._times, strict=True):
            words[at].append(Word(text, offset, *(timed or _UNTIMED)))
        for cue, its_words in zip(self._text.cues, words, strict=True):
            yield timed_by_words(cue._replace(words=tuple(its_words)))

    def _place(self, word: int) -> tuple[int, int]:
        """Return (cue, offset) of the place behind the word before, where something new belongs."""
        human = self._human
        if word:
            return human.cue[word - 1], human.offset[word - 1] + len(human.text[word - 1])
        return (human.cue[0], human.offset[0]) if len(human) else (0, 0)

    # Marks

    def _without_hole(self, number: int, mark: Mark) -> Iterator[Region]:
        """Find the hole at a mark among the differences; yield those that remain."""
        word = self._word_at(mark)
        for region in self._differing:
            ours, theirs = region.human_end - region.human, region.machine_end - region.machine
            if not region.human <= word <= region.human_end or not ours < theirs <= MAX_HOLE_WORDS:
                yield region
                continue
            # What the human wrote beside the mark stands for as many of the machine's words on its side.
            first = region.machine + word - region.human
            end = region.machine_end - (region.human_end - word)
            self._holes.append((number, Region(word, word, first, end)))
            yield Region(region.human, word, region.machine, first)
            yield Region(word, region.human_end, end, region.machine_end)

    def _holes_in_order(self) -> list[Hole]:
        lead = self._lead
        return [
            Hole(
                hole.human,
                lead.words.first_token[hole.machine],
                lead.words.first_token[hole.machine_end],
                lead.clock.words[hole.machine].start_ms,
                lead.clock.words[hole.machine_end - 1].end_ms,
            )
            for hole in sorted(hole for _, hole in self._holes)
        ]

    def _fill(self, mark: Mark, hole: Region) -> Insertion:
        """Return the cue that fills the hole at a mark with the machine's words."""
        text, words = self._lead.said(hole.machine, hole.machine_end)
        cue = self._text.cues[mark.cue]
        if cue.text[mark.offset :].lstrip()[:1] in _STOPS:
            text, words = _without_stop(text, words)
        return Insertion(
            mark.cue, mark.offset, timed_by_words(Cue(text, speaker=cue.speaker, id=FILLED, words=words))
        )

    def _word_at(self, mark: Mark) -> int:
        human = self._human
        return bisect_left(
            range(len(human)), (mark.cue, mark.offset), key=lambda w: (human.cue[w], human.offset[w])
        )

    # Differences

    def _divided(self, region: Region) -> list[Region]:
        human = self._human
        ends = not 0 < region.human_end < len(human) or (
            human.cue[region.human_end] != human.cue[region.human_end - 1]
            or ends_sentence(human.text[region.human_end - 1])
        )
        return divided(region, self._lead.words, at_start=ends)

    def _skipped(self, region: Region) -> Skipped | None:
        if not region.passage or region.machine_end - region.machine < SKIPPED_WORDS:
            return None
        text, words = self._lead.said(region.machine, region.machine_end)
        cue = timed_by_words(Cue(text, words=words))
        at, offset = self._place(region.human)
        offset = before_bracket(self._text.cues[at].text, offset)
        return Skipped(at, offset, cue.start_ms, cue.end_ms, text, words)

    def _disagreements(self, region: Region) -> Iterator[Disagreement]:
        if region.passage:
            return
        for part in self._by_cue(region):
            found = self._disagreement(part)
            if found:
                yield found

    def _by_cue(self, region: Region) -> Iterator[Region]:
        """Part a region where the human text goes on in another cue; the times tell what belongs where."""
        human, first, machine = self._human, region.human, region.machine
        for word in range(region.human + 1, region.human_end):
            timed = self._times[word]
            if human.cue[word] == human.cue[word - 1] or timed is None:
                continue
            until = machine
            while until < region.machine_end and (
                (self._lead.clock.words[until].start_ms or 0) < timed.start_ms
            ):
                until += 1
            yield Region(first, word, machine, until)
            first, machine = word, until
        yield Region(first, region.human_end, machine, region.machine_end)

    def _disagreement(self, region: Region) -> Disagreement | None:
        human = self._human
        text, words = self._lead.said(region.machine, region.machine_end)
        cue, start = self._place(region.human)
        end, ours = start, ""
        if region.human < region.human_end:
            last = region.human_end - 1
            cue, start = human.cue[region.human], human.offset[region.human]
            end = human.offset[last] + len(human.text[last])
            ours = self._text.cues[cue].text[start:end]
        elif stutter(self._lead.words, region.machine, region.machine_end):
            return None
        if not matters(ours, text):
            return None
        heard = [w for w in words if w.start_ms is not None]
        timed = [t for t in self._times[region.human : region.human_end] if t]
        if heard:
            start_ms, end_ms = heard[0].start_ms, heard[-1].end_ms
        else:
            start_ms, end_ms = (timed[0].start_ms, timed[-1].end_ms) if timed else (None, None)
        return Disagreement(cue, start, end, ours, text, start_ms, end_ms, words) if heard or timed else None


def _without_stop(text: str, words: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
    """Return a text and its words without the stop at their end, where another follows."""
    text = text.rstrip("".join(_STOPS))
    return text, tuple(w._replace(text=text[w.offset : w.end]) for w in words if w.offset < len(text))


def refuse_untimed(machine: Transcript) -> None:
    """Raise a UserError for a text that has no times to give."""
    if not machine.timed:
        raise UserError(
            "weave-untimed", "The second transcript has no times, so there is nothing to weave with."
        )
