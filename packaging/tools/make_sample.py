# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Make the sample recording and its transcripts from `keepers-logbook.script`.

    python packaging/tools/make_sample.py [FOLDER OF THE SAMPLE] [FOLDER OF THE TRUTH]

Needs libespeak-ng and ffmpeg. Each turn is spoken by itself through libespeak-ng, which reports for each
word the sample it starts at; turns are joined with pauses whose lengths are written here, so the same
espeak-ng gives the same text files every time. (The Opus bytes depend on the encoder as well.)

How true the true times are. Starts are espeak-ng's own word events, exact to the audio sample. Ends are the
last audible sample before the next word. Some pairs espeak-ng speaks as one ("of the", "I am") and reports
once: those are divided by their letters and marked `"placed": true`, off by some tens of milliseconds.
Opus moves nothing: its delay is written in the file and taken off by every decoder.

Made: `.opus` (the recording), `.machine.vtt` (exact cue times, mis-hearings, no speakers), `-words.vtt` (the
same with a stamp for each word; by its name it does not belong to the recording, which is shown as most
are: a human and a machine transcript), `.human.txt` (right words, whole seconds, off by up to one, a stamp in
mid sentence where words are missing), `.chapters.json` (Podcasting 2.0), `.truth.json` (for benchmarks).
"""

from __future__ import annotations

import array
import ctypes
import json
import re
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STEM = "keepers-logbook"
AUDIBLE = 180  # of 32767: espeak-ng's own pauses are clean zeros
LEAD_MS, CHAPTER_PAUSE_MS, TAIL_MS = 700, 1_500, 1_200
TURN_PAUSES_MS = (520, 380, 640, 450, 560)  # taken in turn: nobody answers after the same pause every time
# What the typist's stopwatch did, in milliseconds, taken in turn.
TYPIST_ERRORS_MS = (0, -600, 300, 700, -400, 200, -900, 500, 0, -300, 800)


@dataclass(frozen=True)
class Voice:
    """One of espeak-ng's voices and how it is set."""

    name: bytes
    words_per_minute: int
    pitch: int
    pitch_range: int
    volume: int


VOICES = {
    "MARA": Voice(b"gmw/en+f3", 172, 54, 58, 96),
    "OLD KEEPER": Voice(b"en-gb-scotland+m3", 154, 26, 44, 110),
}
NAMES = {"MARA": "Mara", "OLD KEEPER": "Old Keeper"}
SPOKEN = {"Fresnel": "fraynell"}  # espeak-ng would say the s


@dataclass(frozen=True)
class Word:
    """One word of the true text. Times count from the start of the recording."""

    text: str
    turn: int
    heard: tuple[str, ...]  # what the machine writes: none where an earlier word of the group says it
    group: int  # words misheard together share a number
    cut_before: bool
    unheard: bool  # missing in the human text
    start_ms: int = 0
    end_ms: int = 0
    placed: bool = False


@dataclass
class Turn:
    """What one speaker says in one go."""

    speaker: str
    chapter: str | None  # the chapter that starts here
    words: list[Word] = field(default_factory=list)


# -- the script ---------------------------------------------------------------------------------------------

TOKEN = re.compile(r"\{([^|}]*)\|([^}]*)\}([.,?!:;]*)|(/)|(~)|(\[)|(\])|([^\s\[\]{}/~]+)")


def read_script(text: str) -> list[Turn]:
    """Read the script into turns of words that have no times yet."""
    turns: list[Turn] = []
    chapter: str | None = None
    joined = False
    for line in text.splitlines():
        if line.startswith("== "):
            chapter = line[3:]
        elif line and not line.startswith("#"):
            speaker, _, body = line.partition(": ")
            turn = Turn(speaker, chapter)
            turn.words = _read_words(body, len(turns), cut=not joined)
            turns.append(turn)
            joined, chapter = body.endswith("~"), None
    return turns


def _read_words(body: str, turn: int, cut: bool) -> list[Word]:
    words: list[Word] = []
    unheard = False
    for group, match in enumerate(TOKEN.finditer(body)):
        said, heard, stop, slash, _join, opened, closed, plain = match.groups()
        if slash:
            cut = True
        elif opened or closed:
            unheard = bool(opened)
        elif plain or said:
            texts = [plain] if plain else (said + stop).split()
            for at, text in enumerate(texts):
                machine = () if at else tuple((plain or heard + stop).split())
                words.append(Word(text, turn, machine, group, cut and not at, unheard))
            cut = False
    return words


# -- espeak-ng ----------------------------------------------------------------------------------------------


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)
_SYNCHRONOUS, _CHARS_UTF8, _AT_CHARACTER, _EVENT_WORD = 2, 1, 1, 1
_RATE, _VOLUME, _PITCH, _RANGE = 1, 2, 3, 4


class Espeak:
    """libespeak-ng, speaking into memory."""

    def __init__(self) -> None:
        self._lib = ctypes.CDLL("libespeak-ng.so.1")
        self.rate: int = self._lib.espeak_Initialize(_SYNCHRONOUS, 0, None, 0)
        self._pcm = array.array("h")
        self._starts: dict[int, int] = {}
        self._callback = _CALLBACK(self._receive)  # kept: C holds no reference
        self._lib.espeak_SetSynthCallback(self._callback)

    def version(self) -> str:
        """Return the version of espeak-ng; another one may speak at another pace."""
        self._lib.espeak_Info.restype = ctypes.c_char_p
        return str(self._lib.espeak_Info(None).decode())

    def say(self, text: str, voice: Voice) -> tuple[array.array[int], dict[int, int]]:
        """Return the sound, and for each spoken word its offset in `text` and its first sample."""
        self._pcm, self._starts = array.array("h"), {}
        if self._lib.espeak_SetVoiceByName(voice.name) != 0:
            raise SystemExit(f"espeak-ng has no voice {voice.name.decode()}")
        for parameter, value in (
            (_RATE, voice.words_per_minute),
            (_VOLUME, voice.volume),
            (_PITCH, voice.pitch),
            (_RANGE, voice.pitch_range),
        ):
            self._lib.espeak_SetParameter(parameter, value, 0)
        data = text.encode()
        self._lib.espeak_Synth(data, len(data) + 1, 0, _AT_CHARACTER, 0, _CHARS_UTF8, None, None)
        self._lib.espeak_Synchronize()
        return self._pcm, self._starts

    def _receive(self, sound, count, events) -> int:  # type: ignore[no-untyped-def]
        at = 0
        while events[at].type:
            event = events[at]
            if event.type == _EVENT_WORD and event.length:
                self._starts.setdefault(event.text_position - 1, event.sample)
            at += 1
        if sound and count:
            self._pcm.frombytes(ctypes.string_at(sound, count * 2))
        return 0


# -- the recording ------------------------------------------------------------------------------------------


def speak(turns: list[Turn], espeak: Espeak) -> array.array[int]:
    """Speak all turns, give their words times, and return the sound."""
    sound = _silence(LEAD_MS, espeak.rate)
    for index, turn in enumerate(turns):
        if index:
            pause = CHAPTER_PAUSE_MS if turn.chapter else TURN_PAUSES_MS[index % len(TURN_PAUSES_MS)]
            sound += _silence(pause, espeak.rate)
        sound += _speak_turn(turn, espeak, len(sound))
    return sound + _silence(TAIL_MS, espeak.rate)


def _speak_turn(turn: Turn, espeak: Espeak, base: int) -> array.array[int]:
    offsets: list[int] = []
    text = ""
    for word in turn.words:
        offsets.append(len(text))
        bare = word.text.rstrip(".,?!:;")
        text += SPOKEN.get(bare, bare) + word.text[len(bare) :] + " "
    pcm, starts = espeak.say(text.rstrip(), VOICES[turn.speaker])
    first, last = _audible(pcm, 0, len(pcm))
    spoken = {offset: max(first, sample) for offset, sample in starts.items() if offset in set(offsets)}
    spoken.setdefault(0, first)
    known = [i for i, offset in enumerate(offsets) if offset in spoken]
    for at, index in enumerate(known):
        after = known[at + 1] if at + 1 < len(known) else len(offsets)
        begin = spoken[offsets[index]]
        limit = spoken[offsets[after]] if after < len(offsets) else last
        _, end = _audible(pcm, begin, limit)
        _divide(turn.words, index, after, (base - first + begin, base - first + end), espeak.rate)
    return pcm[first:last]


def _divide(words: list[Word], low: int, high: int, span: tuple[int, int], rate: int) -> None:
    """Give words that were spoken as one their share of its time, by their letters."""
    begin, end = span
    total = sum(len(word.text) for word in words[low:high])
    done = 0
    for i in range(low, high):
        start = begin + (end - begin) * done // total
        done += len(words[i].text)
        stop = begin + (end - begin) * done // total
        words[i] = replace(words[i], start_ms=_ms(start, rate), end_ms=_ms(stop, rate), placed=high - low > 1)


def _audible(pcm: array.array[int], begin: int, end: int) -> tuple[int, int]:
    loud = (i for i in range(begin, end) if abs(pcm[i]) > AUDIBLE)
    first = next(loud, begin)
    last = next((i for i in range(end - 1, first, -1) if abs(pcm[i]) > AUDIBLE), first)
    return first, last + 1


def _silence(ms: int, rate: int) -> array.array[int]:
    return array.array("h", bytes(2 * (ms * rate // 1000)))


def _ms(sample: int, rate: int) -> int:
    return round(sample * 1000 / rate)


def encode(sound: array.array[int], rate: int, target: Path) -> None:
    """Write the sound as Opus: mono, evened out, with a little room around the voices."""
    tags = {
        "title": "The keeper's logbook",
        "artist": "Harbour Lights",
        "album": "Harbour Lights",
        "date": "2026-05-12",
    }
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder, "sound.wav")
        with wave.open(str(wav), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(sound.tobytes())
        # The echo comes after the word, never before it: starts stay where they are.
        effects = "highpass=f=70,equalizer=f=3200:t=q:w=1:g=-3,aecho=0.9:0.5:23|41:0.16|0.10,volume=5dB"
        command = ["ffmpeg", "-y", "-loglevel", "error", "-i", str(wav), "-af", effects, "-ar", "48000"]
        for key, value in tags.items():
            command += ["-metadata", f"{key}={value}"]
        command += ["-c:a", "libopus", "-b:a", "24k", "-application", "voip", "-fflags", "+bitexact"]
        subprocess.run([*command, "-flags:a", "+bitexact", str(target)], check=True)


# -- the transcripts ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heard:
    """One word as the machine wrote it, on the time of what was said."""

    text: str
    start_ms: int
    end_ms: int
    cut_before: bool
    exact: bool  # neither divided by letters nor misheard as another number of words


def machine_words(turns: list[Turn]) -> list[Heard]:
    """Return what the machine wrote, each word on the time of the words it stands for."""
    heard: list[Heard] = []
    for turn in turns:
        groups: dict[int, list[Word]] = {}
        for word in turn.words:
            groups.setdefault(word.group, []).append(word)
        for said in groups.values():
            start, end = said[0].start_ms, said[-1].end_ms
            texts = said[0].heard
            total, done = sum(map(len, texts)), 0
            alike = len(texts) == len(said)
            for at, text in enumerate(texts):
                low = said[at].start_ms if alike else start + (end - start) * done // total
                done += len(text)
                high = said[at].end_ms if alike else start + (end - start) * done // total
                exact = alike and not said[at].placed
                heard.append(Heard(text, low, high, said[0].cut_before and not at, exact))
    return heard


def vtt(heard: list[Heard], stamps: bool) -> str:
    """Return the machine's WebVTT, with a time stamp for each word or for cues only."""
    cues: list[list[Heard]] = []
    for word in heard:
        if word.cut_before or not cues:
            cues.append([])
        cues[-1].append(word)
    parts = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    for cue in cues:
        words = [
            w.text if not stamps or not i else f"<{clock(w.start_ms)}>{w.text}" for i, w in enumerate(cue)
        ]
        parts.append(f"{clock(cue[0].start_ms)} --> {clock(cue[-1].end_ms)}\n{' '.join(words)}\n")
    return "\n".join(parts)


def human(turns: list[Turn]) -> str:
    """Return the typist's text: a stamp in whole seconds at each turn, and where words are missing."""
    lines: list[str] = []
    last = 0
    for index, turn in enumerate(turns):
        error = TYPIST_ERRORS_MS[index % len(TYPIST_ERRORS_MS)]
        last = max(last, round(max(0, turn.words[0].start_ms + error) / 1000))
        texts: list[str] = []
        for at, word in enumerate(turn.words):
            if not word.unheard:
                texts.append(word.text)
            elif not turn.words[at - 1].unheard:
                after = next(w for w in turn.words[at:] if not w.unheard)
                texts.append(short_clock(round(after.start_ms / 1000)))
        lines.append(f"{short_clock(last)} {NAMES[turn.speaker]}: {' '.join(texts)}")
    return "\n\n".join(lines) + "\n"


def chapters(turns: list[Turn]) -> str:
    """Return the chapters as Podcasting 2.0 JSON."""
    found = [
        {"startTime": max(0, t.words[0].start_ms - 300) / 1000 if i else 0, "title": t.chapter}
        for i, t in enumerate(turns)
        if t.chapter
    ]
    table = {"version": "1.2.0", "title": "The keeper's logbook", "chapters": found}
    return json.dumps(table, indent=2) + "\n"


def truth(turns: list[Turn], heard: list[Heard], duration_ms: int, version: str) -> str:
    """Return the true words and the machine's, with their times; one word a line."""
    said = [
        {"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms, "turn": w.turn}
        | ({"placed": True} if w.placed else {})
        | ({"unheard": True} if w.unheard else {})
        for turn in turns
        for w in turn.words
    ]
    machine = [
        {"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms} | ({} if w.exact else {"placed": True})
        for w in heard
    ]
    parts = {
        "espeak_ng": json.dumps(version),
        "duration_ms": str(duration_ms),
        "speakers": json.dumps([NAMES[turn.speaker] for turn in turns]),
        "words": _rows(said),
        "machine_words": _rows(machine),
    }
    return "{\n" + ",\n".join(f'"{key}": {value}' for key, value in parts.items()) + "\n}\n"


def _rows(items: list[dict[str, object]]) -> str:
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]"


def clock(ms: int) -> str:
    """Return WebVTT clock text."""
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def short_clock(seconds: int) -> str:
    """Return m:ss."""
    return f"{seconds // 60}:{seconds % 60:02}"


def main() -> None:
    """Make all files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "samples"
    truth_folder = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "tests" / "data" / "sample"
    turns = read_script(Path(__file__).with_name(f"{STEM}.script").read_text("utf-8"))
    espeak = Espeak()
    sound = speak(turns, espeak)
    duration_ms = _ms(len(sound), espeak.rate)
    heard = machine_words(turns)
    for place in (folder, truth_folder):
        place.mkdir(parents=True, exist_ok=True)
    encode(sound, espeak.rate, folder / f"{STEM}.opus")
    for ending, text in (
        (".machine.vtt", vtt(heard, stamps=False)),
        ("-words.vtt", vtt(heard, stamps=True)),
        (".human.txt", human(turns)),
        (".chapters.json", chapters(turns)),
    ):
        (folder / f"{STEM}{ending}").write_text(text, "utf-8", newline="\n")
    known = truth(turns, heard, duration_ms, espeak.version())
    (truth_folder / f"{STEM}.truth.json").write_text(known, "utf-8", newline="\n")
    print(f"{len(turns)} turns, {sum(len(t.words) for t in turns)} words, {duration_ms / 1000:.1f} s")


if __name__ == "__main__":
    main()
