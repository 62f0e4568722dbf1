# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Folders a store should not be in are told apart."""

from pathlib import Path

import pytest

from earmark.store.place import warnings

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/people /people/ann nfs4 rw 0 0
/dev/sdb1 /people/ann/local ext4 rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
broken
"""


@pytest.fixture
def mounts(tmp_path):
    file = tmp_path / "mounts"
    file.write_text(MOUNTS)
    return file


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/people/ann/.local/share/earmark", "nfs4"),
        ("/people/ann/local/earmark", None),
        ("/mnt/my share/earmark", "cifs"),
        ("/people/anna/earmark", None),
    ],
)
def test_network_shares_are_told(mounts, folder, kind):
    found = warnings(Path(folder), mounts)
    assert [(one.code, one.data["kind"]) for one in found] == ([("place-network", kind)] if kind else [])


@pytest.mark.parametrize("marker", [".stfolder", ".dropbox.cache"])
def test_folders_kept_in_step_by_a_program_are_told(tmp_path, mounts, marker):
    (tmp_path / "cloud" / "deep").mkdir(parents=True)
    assert warnings(tmp_path / "cloud" / "deep", mounts) == []
    (tmp_path / "cloud" / marker).touch()
    assert [one.code for one in warnings(tmp_path / "cloud" / "deep", mounts)] == ["place-synced"]


def test_folders_are_known_by_their_usual_names(mounts):
    (found,) = warnings(Path("/people/bo/OneDrive/earmark"), mounts)
    assert "OneDrive" in found.message


def test_without_a_list_of_mounts_nothing_is_said(tmp_path):
    assert warnings(Path("/anywhere"), tmp_path / "none") == []
