# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The notes pane by itself: what it shows, how it moves, what a screen reader hears."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QWidget

from earmark.commands.catalogue import CARD_KEYS, COMMANDS
from earmark.domain.folding import fold
from earmark.domain.marks.colours import COLOURS
from earmark.ui.bookmarks.card import KEYS, Card, Order, label, sifted
from earmark.ui.bookmarks.drawing import _Font, _lines
from earmark.ui.bookmarks.model import CardModel
from earmark.ui.bookmarks.naming import ColourDialog, role_of
from earmark.ui.bookmarks.pane import NotesPane
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.frame.zones import LEAST_PANE_PX


def card(number, **what):
    made = Card(
        id=f"{number:032x}",
        time=f"{number // 60:02}:{number % 60:02}",
        quote=f"Sentence number {number}.",
        note=f"note {number}",
        tags=("odd",) if number % 2 else ("even", "second"),
        role="mark",
        colour="",
        warning="",
        source="",
        spoken=f"{number} seconds. Sentence number {number}",
        folded=fold(f"Sentence number {number}. note {number}"),
        labels=("odd",) if number % 2 else ("even", "second"),
        start_ms=number * 1_000,
        number=number + 1,
    )
    return made._replace(**what)


def show(pane, cards, everything, empty):
    """Show these cards and no others."""
    wanted = {card.id for card in cards}
    pane.set_scope(everything, empty)
    pane.keep_cards(wanted)
    pane.change_cards([], cards)
    pane.layout().activate()


@pytest.fixture
def pane(qtbot):
    actions = {spec.id: QAction(spec.title) for spec in COMMANDS}
    made = NotesPane(Look(load_theme("light")), actions, CARD_KEYS)
    made.actions_of_test = actions
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    return made


def test_the_model_tells_only_what_changed(qtbot):
    model = CardModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    told = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.rowsInserted.connect(lambda _p, a, b: told.append(("in", a, b)))
    model.rowsRemoved.connect(lambda _p, a, b: told.append(("out", a, b)))
    model.dataChanged.connect(lambda a, _b: told.append(("changed", a.row())))
    assert isinstance(model, QAbstractItemModel)
    cards = [card(n) for n in range(5)]
    model.show(cards)
    model.show([*cards[:2], card(9), *cards[2:]])
    model.show(cards)
    model.show([*cards[:3], cards[3]._replace(note="other"), cards[4]])
    model.show(cards[:1])
    model.show(list(reversed(cards)), KEYS[Order.MADE])
    assert told[:5] == [("in", 0, 4), ("in", 2, 2), ("out", 2, 2), ("changed", 3), ("out", 1, 4)]
    assert [one.id for one in model.cards] == [one.id for one in reversed(cards)]


def test_words_and_tags_sift_and_orders_sort():
    cards = [card(n) for n in (3, 1, 2)]
    assert [c.start_ms for c in sifted(cards, "", Order.TIME)] == [1_000, 2_000, 3_000]
    assert [c.number for c in sifted(cards, "", Order.MADE)] == [4, 3, 2]
    assert [c.id for c in sifted(cards, "SENTENCE 2", Order.TIME)] == [card(2).id]
    assert [c.id for c in sifted(cards, "#odd", Order.TIME)] == [card(1).id, card(3).id]
    assert sifted(cards, "#odd 2", Order.TIME) == []
    fresh = card(9)._replace(number=0)
    assert sifted([*cards, fresh], "", Order.MADE)[0] is fresh


def test_cards_that_come_and_go_take_their_places_by_the_order_in_force(pane):
    show(pane, [card(n) for n in (1, 5, 9)], False, "")
    pane.change_cards([card(5).id], [card(7), card(1, note="other", start_ms=8_000)])
    assert [one.start_ms for one in pane.list.cards.cards] == [7_000, 8_000, 9_000]
    pane._on_order_chosen(Order.MADE)
    pane.change_cards([card(9).id], [card(9, note="again"), card(11)])
    assert [one.number for one in pane.list.cards.cards] == [12, 10, 8, 2]


def test_a_card_that_the_filter_hides_does_not_come_in(pane):
    show(pane, [card(n) for n in (1, 3)], False, "")
    pane._search.setChecked(True)
    pane._query.setText("#odd")
    pane.change_cards([card(1).id], [card(4), card(5)])
    assert pane.shown() == [card(3).id, card(5).id]
    pane.change_cards([], [card(3, tags=(), labels=())])
    assert pane.shown() == [card(5).id]
    pane._query.clear()
    assert pane.shown() == [card(n).id for n in (3, 4, 5)]


def test_many_cards_at_once_come_as_well_as_few(pane):
    show(pane, [card(n) for n in range(0, 300, 2)], False, "")
    pane.change_cards([card(0).id], [card(n) for n in range(1, 300, 2)])
    assert pane.shown() == [card(n).id for n in range(1, 300)]


def tall(number):
    """Return a card higher than a row is guessed to be."""
    return card(number, note="a note of many words that goes on and on " * 8)


def test_the_rows_in_sight_stay_when_others_come_above_them(pane, qtbot):
    show(pane, [card(n) for n in range(100, 400)], False, "")
    rows = pane.list
    rows.scrollTo(rows.cards.index(150))
    top = rows.indexAt(rows.viewport().rect().topLeft())
    held, y = rows.cards.cards[top.row()].id, rows.visualRect(top).top()
    pane.change_cards([], [tall(n) for n in range(40)])
    pane.change_cards([card(n).id for n in range(110, 130)], [])
    row = rows.cards.row_of(held)
    assert row == top.row() + 20
    assert rows.visualRect(rows.cards.index(row)).top() == y


def test_scrolling_up_over_rows_that_were_guessed_moves_by_what_was_scrolled(pane):
    show(pane, [tall(n) for n in range(300)], False, "")
    rows = pane.list
    rows.scrollTo(rows.cards.index(200))
    bar = rows.verticalScrollBar()
    for _ in range(60):
        index = rows.indexAt(rows.viewport().rect().center())
        y = rows.visualRect(index).top()
        bar.setValue(bar.value() - 40)
        assert rows.visualRect(index).top() == y + 40
    assert not pane.grab().isNull()


@pytest.mark.parametrize("row", [0, 1, 150, 298, 299])
def test_a_row_far_away_is_brought_into_sight_whole(pane, row):
    show(pane, [tall(n) if n % 3 else card(n) for n in range(300)], False, "")
    rows = pane.list
    for start in (0, 299):
        rows.scrollTo(rows.cards.index(start))
        rows.scrollTo(rows.cards.index(row))
        assert rows.viewport().rect().contains(rows.visualRect(rows.cards.index(row)))
    first, last = rows.visualRect(rows.cards.index(0)), rows.visualRect(rows.cards.index(299))
    assert first.top() <= 0
    assert last.bottom() >= rows.viewport().rect().bottom() - 1 or row < 299


def test_shift_with_page_and_end_extends_the_choice_and_takes_it_back(pane, qtbot):
    show(pane, [tall(n) if n % 2 else card(n) for n in range(100)], False, "")
    rows = pane.list
    rows.setFocus()
    rows.go_to(card(40).id)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(rows, Qt.Key.Key_PageUp, shift)
    qtbot.keyClick(rows, Qt.Key.Key_PageUp, shift)
    chosen = rows.chosen()
    assert chosen[-1] == card(40).id
    assert len(chosen) >= 3
    assert rows.current() == chosen[0]
    qtbot.keyClick(rows, Qt.Key.Key_Home, shift)
    assert rows.chosen() == [card(n).id for n in range(41)]
    qtbot.keyClick(rows, Qt.Key.Key_End, shift)
    assert rows.chosen() == [card(n).id for n in range(40, 100)]
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert rows.chosen() == [card(98).id]
    qtbot.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.cards.index(97)).center()
    )
    assert rows.chosen() == [card(97).id]


def test_clicks_with_control_and_shift_choose_several(pane, qtbot):
    show(pane, [card(n) for n in range(6)], False, "")
    rows, left = pane.list, Qt.MouseButton.LeftButton
    places = [rows.visualRect(rows.cards.index(n)).center() for n in range(6)]
    qtbot.mouseClick(rows.viewport(), left, pos=places[1])
    qtbot.mouseClick(rows.viewport(), left, Qt.KeyboardModifier.ControlModifier, places[3])
    assert rows.chosen() == [card(1).id, card(3).id]
    qtbot.mouseClick(rows.viewport(), left, Qt.KeyboardModifier.ShiftModifier, places[5])
    assert rows.chosen() == [card(n).id for n in (1, 3, 4, 5)]
    rows.selectAll()
    assert len(rows.chosen()) == 6


def test_only_what_is_in_sight_is_laid_out_when_one_of_thousands_changes(pane):
    show(pane, [card(n) for n in range(3_000)], False, "")
    assert not pane.grab().isNull()
    laid = len(pane.list.drawing._laid)
    pane.change_cards([card(5).id], [card(7, note="other"), card(4_000)])
    pane.list.go_to(card(4_000).id)
    assert not pane.grab().isNull()
    assert len(pane.list.drawing._laid) <= 3 * laid < 100


def test_the_current_card_stays_current_when_others_come_and_go(pane):
    cards = [card(n) for n in range(10)]
    show(pane, cards, False, "")
    pane.list.go_to(cards[4].id)
    show(pane, [card(50), *reversed(cards)], False, "")
    assert pane.list.current() == cards[4].id


def test_what_is_being_written_survives_other_cards(pane, qtbot):
    cards = [card(n) for n in range(6)]
    show(pane, cards, False, "")
    pane.write_note(cards[2].id)
    field = pane.list._field
    field.setPlainText("half a sen")
    show(pane, [card(70), *cards], False, "")
    show(pane, [c._replace(colour="Sky") for c in reversed(cards)], False, "")
    assert field.toPlainText() == "half a sen"
    with qtbot.waitSignal(pane.list.note_written) as written:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert written.args == [cards[2].id, "half a sen"]


def test_shift_enter_begins_a_line(pane, qtbot):
    show(pane, [card(1)], False, "")
    pane.write_note(card(1).id)
    field = pane.list._field
    field.setPlainText("one")
    field.moveCursor(field.textCursor().MoveOperation.End)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field, "two")
    with qtbot.waitSignal(pane.list.note_written) as written:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert written.args[1].splitlines() == ["one", "two"]


def test_a_note_waits_for_its_card(pane):
    pane.write_note(card(3).id)
    show(pane, [card(3)], False, "")
    assert pane.list.writing


def test_letters_are_not_searched_for(pane, qtbot):
    show(pane, [card(n) for n in range(10)], False, "")
    pane.list.setFocus()
    pane.list.go_to(card(4).id)
    qtbot.keyClicks(pane.list, "9")
    assert pane.list.current() == card(4).id


def test_keys_begin_at_the_first_card_and_it_is_chosen(pane, qtbot):
    show(pane, [card(n) for n in range(3)], False, "")
    pane.activateWindow()
    pane.list.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(pane.list.hasFocus)
    assert pane.list.chosen() == [card(0).id]
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert pane.list.chosen() == [card(1).id]


def test_one_card_is_chosen_whatever_keys_are_held(pane, qtbot):
    """Ctrl+Z brings a card back while Ctrl is down."""
    show(pane, [card(n) for n in range(3)], False, "")
    pane.list.go_to(card(0).id)
    qtbot.keyPress(pane.windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    pane.list.go_to(card(2).id)
    qtbot.keyRelease(pane.windowHandle(), Qt.Key.Key_Control)
    assert pane.list.chosen() == [card(2).id]


def test_what_follows_a_deleted_card_is_chosen_and_the_card_itself_when_it_comes_back(pane):
    show(pane, [card(n) for n in range(3)], False, "")
    pane.list.go_to(card(1).id)
    pane.change_cards([card(1).id], [])
    assert pane.list.chosen() == [card(2).id]
    pane.change_cards([], [card(1)])
    assert pane.list.chosen() == [card(1).id]
    pane.change_cards([card(2).id], [])
    assert pane.list.chosen() == [card(1).id]


def test_a_chosen_card_is_ringed_only_while_its_keys_are_heard(pane, qtbot):
    show(pane, [card(n)._replace(note="") for n in range(3)], False, "")
    pane.list.go_to(card(0).id)
    theme, row = pane._look.theme, pane.list.visualRect(pane.list.model().index(0))

    def ground():
        return pane.list.viewport().grab().toImage().pixelColor(row.right() - 20, row.bottom() - 14)

    assert ground() == theme.tint
    pane.activateWindow()
    pane.list.setFocus()
    qtbot.waitUntil(pane.list.hasFocus)
    assert ground() == theme.page


def test_what_is_to_be_written_is_said_as_large_as_text_is(pane):
    show(pane, [card(1)._replace(note="")], False, "")

    def high(scale):
        pane._look.set(scale=scale)
        pane.list.write_note(card(1).id)
        image, dim = pane.list._field.grab().toImage(), pane._look.theme.dim
        inked = [
            y
            for y in range(image.height())
            if any(image.pixelColor(x, y) == dim for x in range(4, image.width()))
        ]
        pane.list.finish()
        return len(inked)

    assert high(2.0) > 1.6 * high(1.0)


def test_a_screen_reader_hears_the_whole_card(pane):
    show(pane, [card(61)], False, "")
    index = pane.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == card(61).spoken
    assert pane.list.accessibleName() == "Bookmarks"


def test_caption_text_is_painted_as_it_is(pane):
    """Markup in a quote or a tag is letters like any other, and painting survives odd texts."""
    odd = [
        "<img src='file:///x'><b>bold</b>",
        "𝒳" * 300,
        "مرحبا بالعالم " * 30,
        "a\u0301" * 500,
        "",
        "\u202e" * 10,
    ]
    cards = [
        card(n)._replace(quote=text, note=text, tags=(text[:60],) if text else ())
        for n, text in enumerate(odd)
    ]
    show(pane, cards, True, "")
    for scale in (0.5, 1.0, 2.0):
        pane._look.set(load_theme("dark"), scale)
        assert not pane.grab().isNull()


def test_thousands_of_cards_are_laid_out_a_few_at_a_time(pane, qtbot):
    cards = [card(n) for n in range(5_000)]
    show(pane, cards, True, "")
    assert len(pane.list.drawing._laid) < 1_000
    assert len(pane.shown()) == 5_000


def test_the_chapters_follow_the_last_card_however_few_there_are(pane, qtbot):
    pane.show_chapters([(0, "Opening")])
    gaps = []
    for count in (1, 3):
        show(pane, [card(number, quote="", note="", tags=()) for number in range(count)], False, "")
        qtbot.wait(1)
        last = pane.list.visualRect(pane.list.cards.index(count - 1))
        gaps.append(pane.list.geometry().bottom() - pane.list.viewport().mapToParent(last.bottomLeft()).y())
    assert gaps[0] == gaps[1]


def test_the_chapter_under_the_pointer_is_tinted(pane, qtbot):
    pane.show_chapters([(0, "Opening"), (5_000, "The log")])
    chapters = pane.chapters
    qtbot.waitUntil(lambda: chapters.visualItemRect(chapters.item(1)).isValid())
    qtbot.mouseMove(chapters.viewport(), chapters.visualItemRect(chapters.item(1)).center())
    tint, at = load_theme("light").tint, chapters.visualItemRect(chapters.item(1))

    def tinted():
        return chapters.viewport().grab().toImage().pixelColor(at.right() - 12, at.center().y()) == tint

    qtbot.waitUntil(tinted, timeout=2_000)


def test_in_a_low_pane_every_chapter_can_be_reached(pane, qtbot):
    pane.show_chapters([(number * 1_000, f"Chapter {number}") for number in range(9)])
    show(pane, [card(number) for number in range(3)], False, "")
    room = QWidget()
    qtbot.addWidget(room)
    pane.setParent(room)
    pane.resize(300, 260)
    pane.show()
    room.show()
    qtbot.wait(1)
    chapters = pane.chapters
    assert chapters.geometry().bottom() < pane.height()
    assert chapters.height() >= 2 * chapters.sizeHintForRow(0)
    chapters.setCurrentRow(0)
    qtbot.keyClick(chapters, Qt.Key.Key_End)
    last = chapters.visualItemRect(chapters.item(8))
    assert chapters.viewport().rect().contains(last)
    pane.resize(300, 900)
    qtbot.wait(1)
    assert chapters.verticalScrollBar().maximum() == 0
    pane.setParent(None)


def test_an_empty_pane_says_what_to_do(pane):
    show(pane, [], False, "No bookmarks yet.")
    assert pane.list._hint == "No bookmarks yet."
    show(pane, [card(1)], False, "")
    pane._search.click()
    pane._query.setText("nowhere")
    assert "No bookmark" in pane.list._hint


@pytest.mark.parametrize("room", range(60, 200, 9))
def test_a_quote_that_is_cut_ends_with_one_ellipsis_and_closes(qtbot, room):
    font = _Font.of(Look(load_theme("light")), "quote")
    words = "“Mara, and I have climbed a hundred and twelve stairs to be here. " * 4
    lines = _lines(words, font, room, 2, "”")
    assert lines[-1].count("…") == 1
    assert lines[-1].endswith("…”")
    assert font.metrics.horizontalAdvance(lines[-1]) <= room


def submenu(pane, title):
    return next(menu for menu in pane._menu.findChildren(QMenu) if menu.title() == title)


def test_a_colour_is_asked_for_by_its_own_name_or_the_usual_one(pane):
    cards = [card(1, role="mark_rose", labels=("tocheck", "rose")), card(2, labels=("amber",))]
    show(pane, cards, False, "")
    pane.set_colours({"rose": "to check"})
    pane._on_menu_shown()
    colours = submenu(pane, "Colour")
    assert [action.text() for action in colours.actions()] == ["Amber", "to check"]
    colours.actions()[1].trigger()
    assert pane._query.text() == "#tocheck"
    assert pane.shown() == [card(1).id]
    pane._query.setText("#ROSE")
    assert pane.shown() == [card(1).id]


def test_a_tag_of_two_words_is_found_from_the_menu(pane):
    show(pane, [card(1, tags=("old keeper",), labels=(label("old keeper"),)), card(2)], False, "")
    pane._on_menu_shown()
    tags = submenu(pane, "Tag")
    tags.actions()[-2 if tags.actions()[-1].text() == "second" else -1].trigger()
    assert pane.shown() == [card(1).id]


def test_colours_are_named_by_keys_alone(qtbot):
    dialog = ColourDialog(Look(load_theme("dark"), 2.0), {"rose": "to check"})
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.focusWidget(), "quote")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    dialog.focusWidget().clear()
    with qtbot.waitSignal(dialog.named) as named:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert named.args == [{"": "quote", "rose": "", "moss": "", "sky": "", "plum": ""}]


def test_the_theme_has_every_colour():
    theme = load_theme("light")
    assert len({getattr(theme, role_of(colour)).name() for colour in COLOURS}) == len(COLOURS)
    assert role_of("of a newer program") == "mark"


@pytest.mark.parametrize("scale", [1.0, 1.4, 2.0, 3.0])
@pytest.mark.parametrize("width", [190, 240, 300, 420])
def test_the_heading_is_said_shorter_where_there_is_no_room(pane, scale, width):
    pane._look.set(scale=scale)
    pane.resize(max(width, pane._look.px(LEAST_PANE_PX)), 700)
    pane.layout().activate()
    heading = pane._scope
    assert QFontMetrics(heading.font()).horizontalAdvance(heading.text()) <= heading.width()
    said = heading.text()
    if said.endswith("…"):
        assert "THIS RECORDING".startswith(said.rstrip("… "))
    else:
        assert said in ("BOOKMARKS · THIS RECORDING", "THIS RECORDING")
    assert heading.accessibleName() == "Bookmarks of this recording"
    if (scale, width) in ((1.0, 300), (1.4, 420)):
        assert heading.text() == "BOOKMARKS · THIS RECORDING"
