# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What stands in the way of writing or reading a file is one plain sentence, the same for every form."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from earmark.base.errors import UserError
from earmark.base.files import check_place, check_source, read_fault, write_fault
from earmark.formats.writers import write_atomically

SAYS = {
    "gone/out.md": "There is no folder {root}/gone.",
    "file/out.md": "There is no folder {root}/file.",
    "folder": "{root}/folder is a folder; name a file in it.",
    "pipe": "{root}/pipe is not a file.",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


@pytest.mark.parametrize(("name", "said"), SAYS.items())
def test_a_place_nothing_can_be_written_to_is_told(root, name, said):
    before = sorted(root.rglob("*"))
    with pytest.raises(UserError) as refusal:
        write_atomically(root / name, b"words")
    assert refusal.value.message == said.format(root=root)
    assert sorted(root.rglob("*")) == before


def test_a_name_too_long_is_told_and_leaves_nothing(root):
    with pytest.raises(UserError, match="too long for a file"):
        write_atomically(root / ("n" * 300), b"words")


def test_a_folder_without_permission_is_told(root, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != root)
    with pytest.raises(UserError, match=f"Nothing can be written in {root}: permission is missing"):
        check_place(root / "out.md")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full: out.md could not be written."),
        (errno.EDQUOT, "The disk is full: out.md could not be written."),
        (errno.EROFS, "out.md cannot be written: permission is missing."),
        (errno.EIO, "out.md cannot be written: input/output error."),
    ],
)
def test_what_the_system_says_is_told_in_plain_words(root, number, said):
    assert write_fault(root / "out.md", OSError(number, os.strerror(number))).message == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none", "There is no file {root}/none."),
        ("folder", "folder is a folder, not a file."),
        ("pipe", "pipe is not a file."),
    ],
)
def test_what_cannot_be_read_is_told(root, name, said):
    with pytest.raises(UserError) as refusal:
        check_source(root / name)
    assert refusal.value.message == said.format(root=root)


def test_a_failing_disk_is_told(root):
    assert read_fault(root / "file", OSError(errno.EIO, "Input/output error")).message == (
        "file cannot be read: input/output error."
    )
