# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of looks: text size and colours reach everything at once."""

from __future__ import annotations


def test_another_text_size_reaches_the_labels_that_chose_their_own_font(sample):
    header, look = sample.program.shell.header, sample.program.look
    for command in ("view.text_larger", "view.text_larger", "view.text_smaller", "view.text_reset"):
        sample.do(command)
        assert header._title.font().pixelSize() == look.px(18)
