# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark weave HUMAN MACHINE [-o OUT] [--json]`: weave two transcripts and print the report.

The first file's words are kept. Only where the two are plainly given the wrong way round (the first times
its cues to the end, the second has only stamps) they are exchanged, with a word on stderr.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from earmark.base.errors import UserError
from earmark.cli.printing import print_json
from earmark.domain.times import clock
from earmark.domain.transcript import Transcript
from earmark.formats.jsonform import cues_to_json
from earmark.formats.registry import read_file
from earmark.formats.writers import check_target, write_transcript
from earmark.weave.merge import weave
from earmark.weave.woven import Woven

_UNSURE = 0.6  # turns with a smaller matched share were 4.5 s off at the 95th percentile, others 1.5 s


def run(human: Path, machine: Path, out: Path | None, *, as_json: bool) -> int:
    """Weave two files; return 0, or 1 with one line on stderr."""
    try:
        if out is not None:
            check_target(out, human)
            check_target(out, machine)
        texts = _in_order(read_file(human), read_file(machine))
        woven = weave(*texts)
        if out is not None:
            remark = write_transcript(woven.transcript, out)
            if remark:
                print(f"{out.name}: {remark}", file=sys.stderr)
    except UserError as error:
        print(f"earmark: {error.message}", file=sys.stderr)
        return 1
    if as_json:
        print_json(report_to_json(woven), 1)
    else:
        print(report_text(woven))
    return 0


def report_to_json(woven: Woven) -> dict[str, Any]:
    """Return the report and the woven cues, ready for `json.dumps`."""
    report = woven.report
    return {
        "matched_share": round(report.matched_share, 4),
        "machine_share": round(report.machine_share, 4),
        "words": {
            "aligned": report.aligned,
            "interpolated": report.interpolated,
            "none": report.untimed,
        },
        "turns": [
            {
                "stamp_ms": turn.stamp_ms,
                "start_ms": turn.start_ms,
                "matched_share": turn.matched_share,
                "speaker": turn.speaker,
                "text": turn.text,
                "continues": turn.continues,
            }
            for turn in report.turns
        ],
        "offset": {
            "kind": report.offset.kind,
            "seconds": report.offset.seconds,
            "at_ms": report.offset.at_ms,
            "sentence": report.offset.sentence,
        },
        "disagreements": len(woven.disagreements),
        "cues": cues_to_json(woven.transcript.cues),
    }


def report_text(woven: Woven) -> str:
    """Return the report as a few plain lines."""
    report = woven.report
    words = report.aligned + report.interpolated + report.untimed
    stamped = [turn for turn in report.turns if turn.stamp_ms is not None]
    unsure = [turn for turn in stamped if turn.matched_share < _UNSURE and turn.start_ms is not None]
    lines = [
        f"{words:,} words: {report.aligned:,} on matched times, {report.interpolated:,} between them, "
        f"{report.untimed:,} untimed.",
        f"{report.matched_share:.1%} of the kept words and {report.machine_share:.1%} of the other's match; "
        f"{len(woven.disagreements):,} disagreements.",
        f"{len(report.turns):,} turns, {len(stamped):,} with stamps. {report.offset.sentence}",
    ]
    if woven.skipped:
        passages = "1 passage" if len(woven.skipped) == 1 else f"{len(woven.skipped)} passages"
        lines.append(f"{passages} only in the other transcript (left out).")
    if unsure:
        times = ", ".join(clock(turn.start_ms or 0) for turn in unsure[:8])
        more = " …" if len(unsure) > 8 else ""
        lines.append(f"Less sure turns: {len(unsure)} (at {times}{more}).")
    return "\n".join(lines)


def _in_order(first: Transcript, second: Transcript) -> tuple[Transcript, Transcript]:
    """Return the two with the one that has exact times last."""
    if _ends_known(first) and not _ends_known(second):
        print("earmark: the second file has the rougher times, so its words are kept.", file=sys.stderr)
        return second, first
    return first, second


def _ends_known(transcript: Transcript) -> bool:
    """Tell whether most cues say when they end, as those made by machines do."""
    timed = sum(cue.end_ms is not None for cue in transcript.cues)
    return 2 * timed > len(transcript.cues)
