# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Who speaks, where the file does not say so at every turn. Pure, any thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from earmark.domain.transcript import FILLED, SKIPPED, Cue, Transcript
from earmark.weave.align.settle import ends_sentence


def carried(cues: tuple[Cue, ...]) -> Iterator[Cue]:
    """Yield the cues; one that goes on in a turn without a name of its own takes the turn's."""
    speaker: str | None = None
    for cue in cues:
        if cue.opens_turn or cue.speaker:
            speaker = cue.speaker
            yield cue
        else:
            yield cue._replace(speaker=speaker) if speaker else cue


def alternate_speakers(transcript: Transcript, first: str = "A", second: str = "B") -> Transcript:
    """Return a transcript of two voices that take turns; to flip them, name them the other way round.

    A turn that starts in lower case after one that did not end its sentence is not a change of speaker but
    the same one going on.
    """
    names = (first, second)
    turn = -1
    before = ""
    out: list[Cue] = []
    for cue in transcript.cues:
        if cue.id == SKIPPED:
            out.append(cue)
            continue
        if turn < 0 or (cue.opens_turn and cue.id != FILLED and not _goes_on(before, cue.text)):
            turn += 1
            out.append(cue._replace(speaker=names[turn % 2]))
        else:
            out.append(cue._replace(speaker=names[turn % 2], opens_turn=False))
        before = cue.text or before
    return transcript._replace(cues=tuple(out))


def flip_speakers(transcript: Transcript) -> Transcript:
    """Return a transcript of two named voices with the names exchanged."""
    names = list(dict.fromkeys(cue.speaker for cue in transcript.cues if cue.speaker))
    return rename_speakers(transcript, dict(zip(names[:2], names[1::-1], strict=True)))


def rename_speakers(transcript: Transcript, names: Mapping[str, str]) -> Transcript:
    """Return a transcript with speakers renamed throughout; names not mentioned stay."""
    return transcript._replace(
        cues=tuple(
            cue._replace(speaker=names.get(cue.speaker, cue.speaker)) if cue.speaker else cue
            for cue in transcript.cues
        ),
    )


def _goes_on(before: str, text: str) -> bool:
    last = before.split()[-1:]
    return bool(last) and not ends_sentence(last[0]) and text.lstrip()[:1].islower()
