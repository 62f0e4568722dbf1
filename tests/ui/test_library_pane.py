# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The library pane by itself: rows, keys, headings, covers; at every theme and size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest

from earmark.session.library.searching import Found
from earmark.session.library.shelf import Entry, Heading, arranged
from earmark.store.search.searcher import SearchHit
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.frame.covers import small_cover
from earmark.ui.library.drawing import RowDrawing, _characters, _group_of, _units
from earmark.ui.library.model import RowModel
from earmark.ui.library.pane import LibraryPane


def entry(number: int, source: str = "Show", position_ms: int = 0) -> Entry:
    title = f"Talk {number:05}"
    path = Path(f"/talks/{number}.mp3")
    return Entry(
        f"id{number}",
        title,
        source,
        (path,),
        600_000,
        position_ms,
        0.3,
        1,
        number,
        False,
        False,
        f" {title.lower()}",
    )


def hit(number: int) -> SearchHit:
    said = "A quiet night is still a night the lamp was lit. " * 3
    return SearchHit("id1", Path("/t.vtt"), "Talk", number * 1_000, None, "Ida", said, ((35, 39),))


@pytest.fixture(params=[("light", 1.0), ("dark", 2.0)], ids=["light", "dark and large"])
def pane(request, qtbot) -> LibraryPane:
    name, scale = request.param
    made = LibraryPane(Look(load_theme(name), scale))
    qtbot.addWidget(made)
    made.resize(round(260 * scale), 700)
    made.show()
    return made


def test_tab_into_the_list_chooses_a_row_and_a_click_only_its_own(pane, qtbot):
    pane.show_shelf(arranged([entry(n, "Show") for n in range(5)], "source"))
    pane.activateWindow()
    pane.shelf.setFocus(Qt.FocusReason.TabFocusReason)
    assert pane.shelf.chosen_entries() == [pane.shelf.rows.rows()[0]]
    pane.shelf.clearSelection()
    pane.field.setFocus()
    box = pane.shelf.visualRect(pane.shelf.rows.index(3))
    qtbot.mouseClick(
        pane.shelf.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, box.center()
    )
    assert len(pane.shelf.chosen_entries()) == 1


def test_ten_thousand_rows_are_shown_and_walked(pane, qtbot):
    pane.show_shelf(arranged([entry(n, f"Show {n % 7}") for n in range(10_000)], "source"))
    assert pane.shelf.rows.rowCount() == 10_000 + 6
    for _ in range(3):
        QTest.keyClick(pane.field, Qt.Key.Key_Down)
    assert pane.shelf.chosen().title == "Talk 00014"
    pane.grab()


def test_headings_are_never_chosen(pane):
    pane.show_shelf(arranged([entry(1, "A"), entry(2, "B")], "source"))
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    assert pane.shelf.chosen().title == "Talk 00002"
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    assert pane.shelf.chosen().title == "Talk 00002"
    QTest.keyClick(pane.field, Qt.Key.Key_Up)
    assert pane.shelf.chosen().title == "Talk 00001"


def test_a_new_list_keeps_what_was_chosen(pane):
    pane.show_shelf(arranged([entry(n) for n in range(50)], "title"))
    pane.shelf.choose(30)
    pane.show_shelf(arranged([entry(n) for n in range(10, 60)], "title"))
    assert pane.shelf.chosen().title == "Talk 00030"


def test_enter_and_ctrl_enter_mean_open_and_play(pane, qtbot):
    pane.field.setText("lamp")
    pane.show_found(Found("lamp", tuple(hit(n) for n in range(30)), 30, (), 1.0), counting=False)
    with qtbot.waitSignal(pane.hit_opened) as opened:
        QTest.keyClick(pane.field, Qt.Key.Key_Return)
    assert opened.args[0].start_ms == 0
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.hit_played) as played:
        QTest.keyClick(pane.field, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert played.args[0].start_ms == 1_000
    pane.grab()


def test_the_words_of_a_hit_are_drawn_also_where_they_are_cut(pane):
    def drawn(text: str) -> QImage:
        one = SearchHit("id1", Path("/t.vtt"), "Talk", 1_000, None, "Ida", text, ((0, 4),))
        pane.show_found(Found("lamp", (one,), 1, (), 1.0), counting=False)
        return pane.grab().toImage()

    pane.field.setText("lamp")
    assert drawn("lamp " * 80) != drawn("lamp")
    assert drawn("lamp was lit") != drawn("lamp was out")
    assert drawn("lamp was lit " * 40) != drawn("lamp was out " * 40)


def test_marks_stand_on_their_words_behind_characters_that_qt_counts_twice(qtbot):
    look = Look(load_theme("light"), 1.0)
    drawing = RowDrawing(look, uniform=False)
    before = "\U0001d400" * 9  # as wide as they are rare
    image = QImage(400, 40, QImage.Format.Format_RGB32)
    image.fill(look.theme.window)
    painter = QPainter(image)
    drawing._wrapped(painter, image.rect(), before + "lamp", [(9, 13)], 1)
    painter.end()
    hit = look.theme.hit.rgb()
    marked = [x for x in range(400) if any(image.pixel(x, y) == hit for y in range(40))]
    assert min(marked) >= QFontMetrics(look.font(13)).horizontalAdvance(before) - 2


@pytest.mark.parametrize("rare", ["\U0001f525", "\ud83d"], ids=["emoji", "half a pair"])
def test_hits_with_rare_characters_are_cut_at_the_end_of_their_lines(pane, rare):
    said = f"lamp {rare * 40} " * 9
    one = SearchHit("id1", Path("/t.vtt"), "Talk", 1_000, None, "Ida", said, ((0, 4),))
    pane.field.setText("lamp")
    pane.show_found(Found("lamp", (one,), 1, (), 1.0), counting=False)
    assert not pane.grab().isNull()
    text = f"lamp {rare} lamp"
    if rare > "\uffff":
        assert all(_characters(text, _units(text, at)) == at for at in range(len(text)))


def test_section_and_group_stand_on_lines_of_their_own(pane):
    pane.show_shelf(arranged([entry(1, "A"), entry(2, "B")], "source"))
    assert (pane._section.text(), pane._group.text()) == ("LIBRARY", "A")
    assert pane._group.isVisible()
    assert pane._group.geometry().top() >= pane._section.geometry().bottom()
    pane.show_shelf(arranged([entry(1, "A"), entry(2, "A")], "source"))
    assert pane._section.text() == "LIBRARY"
    assert not pane._group.isVisible()


def test_the_hit_that_was_gone_to_stays_chosen_while_more_come_in(pane):
    pane.field.setText("lamp")
    pane.show_found(Found("lamp", tuple(hit(n) for n in range(5)), None, (), 1.0), counting=True)
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    pane.show_found(Found("lamp", tuple(hit(n) for n in (7, 3, 1, 0)), 4, (), 1.0), counting=False)
    assert pane.results.chosen() == hit(1)


def test_delete_asks_for_removal_of_all_that_are_chosen(pane, qtbot):
    pane.show_shelf(arranged([entry(n) for n in range(5)], "title"))
    pane.shelf.setFocus()
    pane.shelf.choose(1)
    QTest.keyClick(pane.shelf, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(pane.removal_requested) as asked:
        QTest.keyClick(pane.shelf, Qt.Key.Key_Delete)
    assert [one.title for one in asked.args[0]] == ["Talk 00001", "Talk 00002"]


def test_markup_in_titles_is_text(pane):
    pane.show_shelf(arranged([entry(1, "<b>Bold</b>")], "source"))
    index = pane.shelf.rows.index(0)
    assert "<b>Bold</b>" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    pane.grab()


def test_a_cover_is_made_small_and_a_broken_one_is_none():
    picture = QImage(900, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.gray)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    small = small_cover(data.data())
    assert (small.width(), small.height()) == (128, 42)
    assert small_cover(b"no picture") is None
    assert small_cover(data.data()[:60]) is None


def test_a_row_knows_the_show_it_stands_under():
    model = RowModel()
    model.show_rows([entry(1), Heading("Library", "Field"), entry(2)], Heading("Continue"))
    assert [_group_of(model.index(row)) for row in range(3)] == ["", "Field", "Field"]
