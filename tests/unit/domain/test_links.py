# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.base.errors import UserError
from earmark.domain.marks.links import is_link, link_to, read_link

ID = "0123456789abcdef" * 2


@given(st.integers(0, 9_999_999_999))
def test_links_lead_back(ms):
    assert read_link(link_to(ID, ms)) == (ID, ms)


def test_a_link_without_a_time():
    assert read_link(link_to(ID, None)) == (ID, None)


@pytest.mark.parametrize(
    "written", [f"EARMARK://RECORDING/{ID.upper()}?t=4.5", f"earmark:recording/{ID}?t=4.5"]
)
def test_links_as_desktops_hand_them_on(written):
    assert is_link(written)
    assert read_link(written) == (ID, 4_500)


@given(st.text(max_size=80))
def test_everything_else_is_refused(text):
    assert not is_link(text) or text.lower().startswith("earmark:")
    with pytest.raises(UserError) as refusal:
        read_link("earmark:" + text)
    assert refusal.value.code == "bad-link"
