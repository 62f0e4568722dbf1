# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
import pytest
from PySide6.QtCore import Qt

from earmark.commands.catalogue import COMMANDS
from earmark.commands.keymap import Keymap
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.dialogs.keyhelp import KeySheet, _rows


@pytest.fixture
def look():
    return Look(load_theme("light"))


@pytest.fixture
def sheet(qtbot, look):
    sheet = KeySheet(look, Keymap(), COMMANDS)
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitExposed(sheet).__enter__()
    return sheet


def said(sheet):
    """What a screen reader hears, row by row."""
    model = sheet._list.model()
    rows = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    return [row for row in rows if row]


def test_every_command_with_a_key_is_on_the_sheet(sheet):
    titles = [row.split(",")[0] for row in said(sheet)]
    keymap = Keymap()
    for spec in COMMANDS:
        if keymap.shown(spec.id):
            assert spec.title.removesuffix("…") in titles


def test_a_row_is_said_with_its_keys(sheet):
    rows = said(sheet)
    assert "Play or pause, Ctrl+Space or Space or K" in rows
    assert "Play from the selected line, Return or Enter" in rows
    assert rows[0] == "File"


def test_each_heading_stands_once(sheet):
    rows = said(sheet)
    headings = [spec.group.heading for spec in COMMANDS]
    assert all(rows.count(heading) == 1 for heading in set(headings) if heading in rows)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("slower", ["Say it again", "Say again slower, Shift+R", "Speed", "Slower, [ or <"]),
        ("CTRL+T", ["Places", "Go to time, Ctrl+T"]),
        ("say again", ["Say it again", "Play from the line again, R", "Say again slower, Shift+R"]),
        ("zzz", ["No command and no key is called that."]),
    ],
)
def test_the_filter_looks_in_titles_and_keys(sheet, qtbot, typed, found):
    qtbot.keyClicks(sheet._filter, typed)
    assert said(sheet)[: len(found)] == found


def test_esc_closes(sheet, qtbot):
    with qtbot.waitSignal(sheet.rejected):
        qtbot.keyClick(sheet._filter, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def relaid(sheet, qtbot, width, height):
    """Give the sheet a size and wait for its rows."""
    sheet.resize(width, height)
    qtbot.wait(0)
    qtbot.waitUntil(lambda: not sheet._relay.isActive())
    return sheet._list.model(), sheet._list


def test_no_group_is_split_between_columns(sheet, qtbot):
    for width in (420, 800, 1200, 1700):
        model, view = relaid(sheet, qtbot, width, 600)
        left = -1
        for index in (model.index(row, 0) for row in range(model.rowCount())):
            if index.data() and index.data(Qt.ItemDataRole.UserRole) is None:
                left = view.visualRect(index).left()
            elif index.data():
                assert view.visualRect(index).left() == left, index.data()


@pytest.mark.parametrize(("scale", "width"), [(1.0, 420), (1.0, 1400), (2.0, 420), (2.0, 1400)])
def test_every_row_is_within_the_width_and_can_be_scrolled_to(sheet, qtbot, look, scale, width):
    look.set(scale=scale)
    model, view = relaid(sheet, qtbot, width, 500)
    assert view.width() <= sheet.width()
    last = model.index(model.rowCount() - 1, 0)
    for row in range(model.rowCount()):
        assert view.viewport().rect().contains(view.visualRect(model.index(row, 0)))
    view.setCurrentIndex(last)
    seen = view.visualRect(last).translated(view.mapTo(sheet._scroll.viewport(), view.rect().topLeft()))
    assert sheet._scroll.viewport().rect().intersects(seen)


def test_changed_and_switched_off_keys_show(qtbot, look):
    keymap = Keymap(changes={"line.replay": ("F9",)}, characters=False)
    sheet = KeySheet(look, keymap, COMMANDS)
    qtbot.addWidget(sheet)
    rows = said(sheet)
    assert "Play from the line again, F9" in rows
    assert not any(row.startswith("Where am I") for row in rows)


def test_it_follows_the_look(sheet, qtbot, look):
    relaid(sheet, qtbot, 900, 500)
    before = sheet._list.gridSize().height()
    look.set(load_theme("dark"), 2.0)
    assert sheet._list.gridSize().height() == 2 * before
    assert sheet.palette().window().color() == load_theme("dark").window


def test_a_key_of_a_place_is_listed_under_that_place():
    rows = list(_rows(Keymap(), COMMANDS))
    found = next(row for row in rows if row.title == "Delete the bookmark")
    assert found.heading == "In the notes pane"
    assert not any(": " in row.title for row in rows)
