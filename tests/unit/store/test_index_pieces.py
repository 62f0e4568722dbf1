# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Terms are gathered in pieces, so that nobody waits for a long transcript; what is kept is the same."""

from __future__ import annotations

import pytest

from earmark.store.library import index


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
@pytest.mark.parametrize("body", [[], ["one"], ["one", "two", "one", "three"]])
def test_terms_are_the_same_however_they_are_cut(
    body: list[str], piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_PIECE_TERMS", piece)
    assert index._gathered(body) == (set(body), " ".join(body))
