# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from PySide6.QtCore import Qt

from earmark.ui.common.theme import Look, load_theme
from earmark.ui.dialogs.gototime import GoToTime

LENGTH_MS = 1_758_320  # 29:18


@pytest.fixture
def dialog(qtbot):
    dialog = GoToTime(Look(load_theme("light")), LENGTH_MS)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    ("typed", "ms", "answer"),
    [
        ("11:04", 664_000, "11:04, 11 minutes 4 seconds"),
        ("664", 664_000, "11:04, 11 minutes 4 seconds"),
        ("0", 0, "00:00, 0 seconds"),
        ("29:18", 1_758_000, "29:18, 29 minutes 18 seconds"),
        ("29:19", None, "29:19 is past the end: the recording ends at 29:18."),
        ("soon", None, "This is no time. Write it like 11:04, 1:02:07, 90s or 1h 2m."),
        ("", None, "The recording ends at 29:18."),
        ("  ", None, "The recording ends at 29:18."),
    ],
)
def test_it_says_what_it_understood(dialog, typed, ms, answer):
    dialog._field.setText(typed)
    assert dialog.time_ms() == ms
    assert dialog._answer.text() == answer
    assert dialog._field.accessibleDescription() == answer
    assert dialog._go.isEnabled() is (ms is not None)


def test_enter_accepts_a_time_and_nothing_else(dialog, qtbot):
    dialog._field.setText("soon")
    qtbot.keyClick(dialog._field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog._field.setText("1:00")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog._field, Qt.Key.Key_Return)
    assert dialog.time_ms() == 60_000


def test_without_a_known_length_any_time_will_do(qtbot):
    dialog = GoToTime(Look(load_theme("dark")), 0)
    qtbot.addWidget(dialog)
    assert dialog._answer.text() == ""
    dialog._field.setText("99:00:00")
    assert dialog.time_ms() == 99 * 3_600_000


def test_only_what_is_accepted_is_chosen(qtbot):
    dialog = GoToTime(Look(load_theme("light")), LENGTH_MS)
    qtbot.addWidget(dialog)
    chosen = []
    dialog.time_chosen.connect(chosen.append)
    dialog._field.setText("2:00")
    dialog.reject()
    assert chosen == []
    dialog.accept()
    assert chosen == [120_000]


def test_what_is_wrong_is_not_told_by_colour_alone(dialog):
    theme = load_theme("light")
    dialog._field.setText("soon")
    assert dialog._answer.palette().windowText().color() == theme.error
    dialog._field.setText("1:00")
    assert dialog._answer.palette().windowText().color() == theme.dim
