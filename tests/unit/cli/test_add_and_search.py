# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark add` and `earmark search` in a fresh profile."""

from __future__ import annotations

import json
import shutil
import subprocess
import wave
from pathlib import Path

import pytest

from earmark.app.main import main
from earmark.base.paths import Profile
from earmark.domain.times import clock
from earmark.session.library.adding import index
from earmark.settings import options
from earmark.store.library.fingerprints import fingerprint
from earmark.store.library.index import Library
from earmark.store.user import Store

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def earmark(profile: Path, *words: str) -> int:
    return main([words[0], "--profile", str(profile), *words[1:]])


def found(profile: Path, capsys, query: str, *more: str) -> dict:
    capsys.readouterr()
    assert earmark(profile, "search", query, "--json", *more) == 0
    return json.loads(capsys.readouterr().out)


def test_what_was_added_is_found(profile, capsys):
    assert earmark(profile, "add", str(SAMPLES)) == 0
    answer = found(profile, capsys, "lamp was lit")
    assert set(answer) == {"query", "total", "took_ms", "hits"}
    assert answer["total"] == len(answer["hits"]) > 0
    hit = answer["hits"][0]
    assert set(hit) == {"recording", "transcript", "title", "start_ms", "text", "spans"}
    assert hit["recording"] == str(SAMPLES / "keepers-logbook.opus")
    assert hit["title"] == "The keeper's logbook"
    assert [hit["text"][a:b] for a, b in hit["spans"]]


def test_a_folder_with_nothing_in_it_is_told(profile, capsys, tmp_path):
    tmp_path.joinpath("empty").mkdir()
    assert earmark(profile, "add", str(tmp_path / "empty")) == 0
    assert capsys.readouterr().out == "There is no recording and no transcript in it.\n"


def test_folders_are_looked_at_again_by_the_window_each_once(profile, tmp_path):
    for name in ("one", "two"):
        tmp_path.joinpath(name).mkdir()
        shutil.copy(SAMPLES / "keepers-logbook.machine.vtt", tmp_path / name)
    file, one, two = SAMPLES / "keepers-logbook.human.txt", tmp_path / "one", tmp_path / "two"
    for paths in ((file,), (one, file), (one, two)):
        assert earmark(profile, "add", *map(str, paths)) == 0
    store = Store.open(Profile.at(profile))
    assert store.settings.all()[options.LIBRARY_FOLDERS.key] == [str(one), str(two)]
    store.close()


def test_the_limit_leaves_the_number_as_it_is(profile, capsys):
    earmark(profile, "add", str(SAMPLES))
    whole, one = found(profile, capsys, "lamp"), found(profile, capsys, "lamp", "--limit", "1")
    assert len(one["hits"]) == 1
    assert one["total"] == whole["total"]
    assert found(profile, capsys, "lamp", "--limit", "0")["hits"] == []


def test_the_list_the_number_and_the_json_agree_where_two_wordings_say_it(profile, capsys):
    earmark(profile, "add", str(SAMPLES))
    answer = found(profile, capsys, "lamp", "--limit", "20000")
    assert answer["total"] == len(answer["hits"])
    assert all(hit["start_ms"] is not None for hit in answer["hits"])
    earmark(profile, "search", "lamp", "--limit", "20000")
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines() if line[:10].strip()[:1].isdigit()][:-1] == [
        clock(ms) for ms in sorted(hit["start_ms"] for hit in answer["hits"])
    ]
    assert f"\n{answer['total']} hits in 1 recording" in printed


def test_a_transcript_alone_has_no_recording(profile, capsys, tmp_path):
    path = tmp_path / "alone.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse, alone.\n")
    earmark(profile, "add", str(path))
    hit = found(profile, capsys, "lighthouse")["hits"][0]
    assert (hit["recording"], hit["transcript"]) == (None, str(path))


def test_a_bad_file_has_its_line_and_the_rest_is_added(profile, capsys, tmp_path):
    (tmp_path / "empty.vtt").write_bytes(b"")
    (tmp_path / "good.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse.\n")
    assert earmark(profile, "add", str(tmp_path)) == 1
    said = capsys.readouterr().err
    assert "empty.vtt is empty." in said
    assert "Traceback" not in said
    assert found(profile, capsys, "lighthouse")["total"] == 1


def test_a_broken_file_is_not_counted_as_known(profile, capsys, tmp_path):
    (tmp_path / "empty.vtt").write_bytes(b"")
    (tmp_path / "good.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse.\n")
    earmark(profile, "add", str(tmp_path))
    assert capsys.readouterr().out == "1 recording added, 2 words to search.\n"


def test_a_transcript_without_words_is_not_taken_in(profile, capsys, tmp_path):
    (tmp_path / "bare.vtt").write_text("WEBVTT\n")
    assert earmark(profile, "add", str(tmp_path)) == 1
    said = capsys.readouterr()
    assert "bare.vtt holds no words." in said.err
    assert said.out.startswith("0 recordings added")


def test_a_table_in_a_folder_is_no_transcript(profile, capsys, tmp_path):
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse.\n")
    (tmp_path / "figures.tsv").write_text("number\tname\n1\tlighthouse\n")
    (tmp_path / "heard.tsv").write_text("start\tend\ttext\n0\t900\tA buoy.\n")
    assert earmark(profile, "add", str(tmp_path)) == 0
    assert found(profile, capsys, "lighthouse")["total"] == 1
    assert found(profile, capsys, "buoy")["total"] == 1


def test_a_transcript_of_a_recording_is_known_by_itself(profile, capsys, tmp_path):
    words = "WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse.\n"
    (tmp_path / "talk.human.vtt").write_text(words)
    (tmp_path / "talk.machine.vtt").write_text(words)
    earmark(profile, "add", str(tmp_path))
    capsys.readouterr()
    assert earmark(profile, "add", str(tmp_path / "talk.machine.vtt")) == 0
    assert capsys.readouterr().out == "0 recordings added, 0 words to search; 1 known already.\n"


def test_a_path_that_is_not_there_is_a_problem(profile, capsys):
    assert earmark(profile, "add", "/no/such/folder") == 1
    assert "not there" in capsys.readouterr().err


def test_adding_again_reads_nothing_again(profile, capsys):
    earmark(profile, "add", str(SAMPLES))
    capsys.readouterr()
    assert earmark(profile, "add", str(SAMPLES)) == 0
    assert "0 words" in capsys.readouterr().out


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', "*", "speaker:", 'in:"', "NEAR(a b", "-", "-lamp", "--lamp was", "\u201c", "a" * 5_000],
)
def test_no_query_is_an_error(profile, capsys, query):
    earmark(profile, "add", str(SAMPLES))
    assert isinstance(found(profile, capsys, query)["hits"], list)


def test_an_empty_library_is_searched_in_peace(profile, capsys):
    assert found(profile, capsys, "lamp") == {
        "query": "lamp",
        "total": 0,
        "took_ms": pytest.approx(0, abs=1e4),
        "hits": [],
    }


def test_near_spellings_are_named(profile, capsys):
    earmark(profile, "add", str(SAMPLES))
    capsys.readouterr()
    assert earmark(profile, "search", "lmap") == 0
    assert "lamp" in capsys.readouterr().out


def test_the_index_is_made_anew_from_the_files(profile, capsys):
    earmark(profile, "add", str(SAMPLES))
    for path in profile.rglob("library.db*"):
        path.unlink()
    assert found(profile, capsys, "lamp")["total"] > 0


def test_an_index_that_was_begun_is_filled_by_the_next_search(profile, capsys):
    earmark(profile, "add", str(SAMPLES))
    total = found(profile, capsys, "lamp")["total"]
    for path in profile.rglob("library.db*"):
        path.unlink()
    Library.open(Profile.at(profile)).close()  # whoever began was killed
    capsys.readouterr()
    assert earmark(profile, "search", "lamp", "--json") == 0
    told = capsys.readouterr()
    assert (json.loads(told.out)["total"], told.err) == (
        total,
        "earmark: the index is made anew, which takes a moment.\n",
    )
    earmark(profile, "search", "lamp")
    assert capsys.readouterr().err == ""


def test_one_letter_and_a_star_is_a_prefix_too(profile, capsys, tmp_path):
    path = tmp_path / "alone.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse, and lamps.\n")
    earmark(profile, "add", str(path))
    hits = found(profile, capsys, "l*")["hits"]
    assert [hit["text"][a:b] for hit in hits for a, b in hit["spans"]] == ["lighthouse", "lamps"]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_transcript_inside_its_recording_is_found(profile, capsys, tmp_path):
    video, words = tmp_path / "talks" / "film.mkv", tmp_path / "words.srt"
    video.parent.mkdir()
    words.write_text("1\n00:00:01,000 --> 00:00:02,000\nA lighthouse inside.\n")
    sound = str(SAMPLES / "keepers-logbook.opus")
    subprocess.run(
        ["ffmpeg", "-v", "error", "-t", "3", "-i", sound, "-i", str(words), str(video)], check=True
    )
    assert earmark(profile, "add", str(video.parent)) == 0
    (hit,) = found(profile, capsys, "lighthouse")["hits"]
    assert (hit["recording"], hit["start_ms"]) == (str(video), pytest.approx(1_000, abs=300))
    shutil.rmtree(profile / "cache")
    assert earmark(profile, "add", str(video.parent)) == 0
    assert found(profile, capsys, "lighthouse")["total"] == 1
    assert [path.name for path in video.parent.iterdir()] == ["film.mkv"]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_what_is_inside_two_copies_is_found_in_both(profile, capsys, tmp_path):
    one, words = tmp_path / "talks" / "film.mkv", tmp_path / "words.srt"
    one.parent.mkdir()
    words.write_text("1\n00:00:01,000 --> 00:00:02,000\nA lighthouse inside.\n")
    sound = str(SAMPLES / "keepers-logbook.opus")
    subprocess.run(["ffmpeg", "-v", "error", "-t", "3", "-i", sound, "-i", str(words), str(one)], check=True)
    (one.parent / "more").mkdir()
    two, three = one.with_name("copy.mkv"), one.parent / "more" / "film.mkv"
    shutil.copy(one, two)
    shutil.copy(one, three)
    for _ in range(2):
        assert earmark(profile, "add", str(one.parent)) == 0
        hits = found(profile, capsys, "lighthouse")["hits"]
        assert sorted(hit["recording"] for hit in hits) == sorted(map(str, (one, two, three)))


def copies(folder: Path, count: int) -> None:
    """Put one silent recording under many names, each with a transcript of its own."""
    folder.mkdir()
    with wave.open(str(folder / "ep0.wav"), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(16_000))
    for number in range(count):
        if number:
            shutil.copy(folder / "ep0.wav", folder / f"ep{number}.wav")
        words = f"WEBVTT\n\n00:00.100 --> 00:00.900\nA lighthouse, number{number}.\n"
        (folder / f"ep{number}.vtt").write_text(words)


def test_one_recording_under_many_names_is_as_many(profile, capsys, tmp_path):
    copies(tmp_path / "two", 5)
    assert earmark(profile, "add", str(tmp_path / "two")) == 0
    assert capsys.readouterr().out.startswith("5 recordings added")
    store = Store.open(Profile.at(profile))
    assert len(store.recordings.all()) == 5
    store.close()
    hits = found(profile, capsys, "lighthouse")["hits"]
    assert {(Path(hit["recording"]).stem, Path(hit["transcript"]).stem) for hit in hits} == {
        (f"ep{number}", f"ep{number}") for number in range(5)
    }
    assert earmark(profile, "search", "number3") == 0
    said = capsys.readouterr()
    assert (said.out.splitlines()[-1], said.err) == ("1 hit in 1 recording", "")
    assert earmark(profile, "add", str(tmp_path / "two")) == 0
    assert capsys.readouterr().out == "0 recordings added, 0 words to search; 5 known already.\n"


def test_what_was_moved_is_not_counted_as_added(profile, capsys, tmp_path):
    copies(tmp_path / "two", 3)
    earmark(profile, "add", str(tmp_path / "two"))
    (tmp_path / "two").rename(tmp_path / "three")
    shutil.copy(tmp_path / "three" / "ep0.wav", tmp_path / "three" / "new.wav")
    capsys.readouterr()
    assert earmark(profile, "add", str(tmp_path / "three")) == 0
    assert capsys.readouterr().out == "1 recording added, 0 words to search; 3 moved.\n"
    hits = found(profile, capsys, "number1")["hits"]
    assert [hit["recording"] for hit in hits] == [str(tmp_path / "three" / "ep1.wav")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "is empty."), (b"\x93\x01" + bytes(range(256)) * 40, "cannot be played"), (b"words", "text file")],
)
def test_what_is_no_recording_is_told_and_its_transcript_is_there(profile, capsys, tmp_path, content, reason):
    copies(tmp_path / "two", 1)
    (tmp_path / "two" / "a b.mp3").write_bytes(content)
    (tmp_path / "two" / "bad.mp3").write_bytes(content)
    (tmp_path / "two" / "bad.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nA buoy.\n")
    for count in ("2 recordings added", "0 recordings added"):
        assert earmark(profile, "add", str(tmp_path / "two")) == 1
        said = capsys.readouterr()
        assert said.out.startswith(count)
        assert len(said.err.splitlines()) == 2
        assert all(name in said.err for name in ("a b.mp3", "bad.mp3", reason))
    assert [hit["recording"] for hit in found(profile, capsys, "buoy")["hits"]] == [None]


def test_a_path_that_is_not_there_has_one_line(profile, capsys):
    assert earmark(profile, "add", "/no/such/folder") == 1
    assert capsys.readouterr().out == ""


WORDS = "WEBVTT\n\n00:01.000 --> 00:02.000\nA lighthouse, alone.\n"


def listed(profile: Path) -> list[Path]:
    store = Store.open(Profile.at(profile))
    paths = [one.path for one in store.recordings.all()]
    store.close()
    return paths


def sound(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, 8_000, "NONE", ""))
        file.writeframes(bytes(16_000))
    return path


@pytest.mark.parametrize("named", ["talk.wav", "."])
def test_a_recording_that_comes_to_its_transcript_is_one_with_it(profile, capsys, tmp_path, named):
    folder = tmp_path / "talks"
    folder.mkdir()
    words = folder / "talk.vtt"
    words.write_text(WORDS)
    earmark(profile, "add", str(words))
    media = sound(folder / "talk.wav")
    for told in ("1 recording added", "1 known already"):
        capsys.readouterr()
        assert earmark(profile, "add", str(folder / named)) == 0
        assert told in capsys.readouterr().out
        (hit,) = found(profile, capsys, "lighthouse")["hits"]
        assert (hit["recording"], hit["transcript"]) == (str(media), str(words))
        assert listed(profile) == [media]


def test_a_transcript_that_comes_to_its_recording_is_one_with_it(profile, capsys, tmp_path):
    media = sound(tmp_path / "talk.wav")
    earmark(profile, "add", str(media))
    words = tmp_path / "talk.en.vtt"
    words.write_text(WORDS)
    earmark(profile, "add", str(words))
    (hit,) = found(profile, capsys, "lighthouse")["hits"]
    assert hit["recording"] == str(media)
    assert listed(profile) == [media]


def test_a_recording_that_was_added_twice_is_made_one(profile, capsys, tmp_path):
    folder = tmp_path / "talks"
    folder.mkdir()
    words = folder / "talk.vtt"
    words.write_text(WORDS)
    earmark(profile, "add", str(words))
    media = sound(folder / "talk.wav")
    store = Store.open(Profile.at(profile))
    store.recordings.remember(store.recordings.of_file(media, fingerprint(media)).id, transcripts=(words,))
    store.close()
    earmark(profile, "add", str(folder))
    (hit,) = found(profile, capsys, "lighthouse")["hits"]
    assert hit["recording"] == str(media)
    assert listed(profile) == [media]


def wordings(folder: Path, number: int, machine: str, human: str) -> tuple[Path, Path]:
    """Write what a machine heard and what a person typed of one talk; returns both files."""
    words = [f"word{number * 1_000 + n}" for n in range(300)]
    heard = " ".join("um" if n % 20 == 7 else word for n, word in enumerate(words))
    one, other = folder / machine, folder / human
    for path in (one, other):
        path.parent.mkdir(parents=True, exist_ok=True)
    one.write_text(f"WEBVTT\n\n00:01.000 --> 02:00.000\n{heard}\n")
    other.write_text(f"0:00 {' '.join(words)}\n2:00 The end.\n")
    return one, other


@pytest.mark.parametrize(
    ("machine", "human"),
    [("talk.vtt", "talk.txt"), ("ep1-machine.vtt", "typed by hand.txt"), ("vtt/talk.vtt", "txt/talk.txt")],
)
@pytest.mark.parametrize("turned", [False, True])
def test_two_wordings_added_one_after_the_other_are_one(profile, capsys, tmp_path, machine, human, turned):
    first, second = wordings(tmp_path / "talks", 0, machine, human)[:: -1 if turned else 1]
    wordings(tmp_path / "talks", 1, "other.vtt", "other/other.txt")[1].unlink()
    earmark(profile, "add", str(first), str(tmp_path / "talks" / "other.vtt"))
    store = Store.open(Profile.at(profile))
    (known,) = (one for one in store.recordings.all() if one.path == first)
    store.close()
    for told in (str(second), str(tmp_path / "talks")):
        assert earmark(profile, "add", told) == 0
    assert "0 recordings added, 0 words to search; 2 known already" in capsys.readouterr().out
    store = Store.open(Profile.at(profile))
    (whole,) = (one for one in store.recordings.all() if one.path.stem != "other")
    assert (whole.id, whole.path, set(whole.transcripts)) == (known.id, first, {first, second})
    assert store.recordings.find(second) == whole
    store.close()
    assert found(profile, capsys, "word50")["total"] == 1


def test_two_wordings_in_two_folders_are_one(profile, capsys, tmp_path):
    for number in range(3):
        wordings(tmp_path, number, f"vtt/{number}.vtt", f"txt/{number}.txt")
    assert earmark(profile, "add", str(tmp_path / "vtt"), str(tmp_path / "txt")) == 0
    assert len(listed(profile)) == 3


def test_a_copy_in_another_folder_is_a_recording_of_its_own(profile, capsys, tmp_path):
    machine, human = wordings(tmp_path / "talks", 0, "talk.vtt", "talk.txt")
    shutil.copytree(tmp_path / "talks", tmp_path / "copies")
    human.unlink()
    earmark(profile, "add", str(tmp_path))
    assert len(listed(profile)) == 2
    (tmp_path / "again").mkdir()
    shutil.copy(machine, tmp_path / "again")
    earmark(profile, "add", str(tmp_path / "again"))
    assert len(listed(profile)) == 3


def test_copies_of_one_file_have_each_their_own_hits(profile, capsys, tmp_path):
    for name in ("one", "two"):
        (tmp_path / "talks" / name).mkdir(parents=True)
        shutil.copy(SAMPLES / "keepers-logbook.opus", tmp_path / "talks" / name / "talk.opus")
    words = tmp_path / "talk.vtt"
    words.write_text(WORDS)
    store = Store.open(Profile.at(profile))
    recordings = []
    for path in sorted((tmp_path / "talks").rglob("*.opus")):
        known = store.recordings.of_file(path, fingerprint(path))
        recordings.append(store.recordings.remember(known.id, transcripts=(words,)))
    store.close()
    library = Library.open(Profile.at(profile))
    assert len(index(library, recordings).added) == 2
    assert len(index(library, recordings).added) == 0
    library.close()
    hits = found(profile, capsys, "lighthouse")["hits"]
    assert sorted(hit["recording"] for hit in hits) == [str(one.path) for one in recordings]
