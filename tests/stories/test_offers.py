# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Stories of what the window offers: a transcript to add, a line's menu, a place to drop files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from earmark.settings import options
from earmark.ui.frame.dropsign import DropSign


def _dialog(story) -> QFileDialog:
    return next(one for one in story.window.findChildren(QFileDialog) if one.isVisible())


def test_a_recording_without_words_offers_to_add_a_transcript(story, tmp_path):
    path, words = tmp_path / "alone.wav", tmp_path / "words.vtt"
    path.write_bytes(b"RIFF" + bytes(2_000))
    words.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHere they are.\n")
    story.open(path)
    offer = story.program.shell.offer
    assert offer.isVisible()
    assert offer.text() == "Add a transcript… (Ctrl+O)"
    offer.click()
    dialog = _dialog(story)
    assert dialog.directory().absolutePath() == str(tmp_path)  # beside the recording
    dialog.selectFile(words.name)
    with story.qtbot.waitSignal(story.session.settled):
        dialog.accept()
    assert story.session.media == path and story.sentence() is not None
    assert story.session.outline.text(0) == "Here they are."
    assert not offer.isVisible()


def test_files_are_asked_for_where_one_was_opened_last(tell, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "talk.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHere.\n")
    story = tell().open(tmp_path / "one" / "talk.vtt")
    story.do("file.open")
    dialog = _dialog(story)
    assert dialog.directory().absolutePath() == str(tmp_path / "one")
    dialog.setDirectory(str(tmp_path / "two"))
    dialog.selectFile("talk.vtt")
    with story.qtbot.waitSignal(story.session.settled):
        dialog.accept()
    story = tell()  # also when the program is started again
    story.do("file.open")
    assert _dialog(story).directory().absolutePath() == str(tmp_path / "two")
    _dialog(story).reject()
    story.open_sample()  # lies among the program's own files, where the listener has nothing to look for
    story.do("file.open")
    assert _dialog(story).directory().absolutePath() == str(tmp_path / "two")
    _dialog(story).reject()


def test_files_are_saved_where_one_was_saved_last(sample, tmp_path):
    (tmp_path / "kept").mkdir()
    sample.do("file.backup")
    dialog = _dialog(sample)
    assert dialog.directory().absolutePath() == str(Path.home())
    dialog.setDirectory(str(tmp_path / "kept"))
    dialog.selectFile("all.earmark")
    dialog.accept()
    sample.qtbot.waitUntil((tmp_path / "kept" / "all.earmark").exists)
    sample.do("file.backup")
    assert _dialog(sample).directory().absolutePath() == str(tmp_path / "kept")
    _dialog(sample).reject()
    sample.do("file.open")
    assert _dialog(sample).directory().absolutePath() == str(Path.home())
    _dialog(sample).reject()


def _menu(story, by: QContextMenuEvent.Reason) -> QMenu:
    page = story.page
    place = page.mapToGlobal(QPoint(5, 5))
    target = page if by is QContextMenuEvent.Reason.Keyboard else page.viewport()
    QApplication.sendEvent(target, QContextMenuEvent(by, QPoint(5, 5), place))
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


def _choose(story, menu: QMenu, title: str) -> None:
    entry = next(entry for entry in menu.actions() if entry.text().startswith(title))
    menu.setActiveAction(entry)
    story.qtbot.keyClick(menu, Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: story.page.selected_span() is None)


def test_the_menu_key_acts_on_the_line_with_the_focus(sample):
    sample.page.set_focused_sentence(3)
    line = sample.session.outline.text(3)
    menu = _menu(sample, QContextMenuEvent.Reason.Keyboard)
    assert sample.page.selected_text() == line
    _choose(sample, menu, "Copy this line")
    assert QGuiApplication.clipboard().text() == line
    _choose(sample, _menu(sample, QContextMenuEvent.Reason.Keyboard), "Bookmark this line")
    sample.qtbot.waitUntil(lambda: line in sample.window.toast.text())
    _choose(sample, _menu(sample, QContextMenuEvent.Reason.Keyboard), "Play from this line")
    sample.qtbot.waitUntil(lambda: sample.sentence() == line)


def test_the_menu_of_a_selection_leaves_it_alone(sample):
    sample.page.set_focused_sentence(1)
    sample.page.select_sentences(0, 1)
    menu = _menu(sample, QContextMenuEvent.Reason.Mouse)
    assert any(entry.text().startswith("Copy the selection") for entry in menu.actions())
    menu.close()
    sample.qtbot.wait(20)
    assert sample.page.selected_sentences() == range(2)


def test_files_dragged_over_the_window_are_welcomed(sample, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "talk.vtt"))])
    enter = QDragEnterEvent(
        QPoint(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(sample.window, enter)
    sign = sample.window.findChild(DropSign)
    assert sign.isVisible()
    assert sign.geometry().contains(QPointF(400, 300).toPoint() - sign.parentWidget().pos())
    QApplication.sendEvent(sample.window, QDragLeaveEvent())
    assert not sign.isVisible()


def test_the_page_shows_its_focus_when_a_key_leads_there_again(sample):
    page = sample.page
    page.setFocus()
    assert not page.scene.ring
    sample.do("view.page")
    assert page.scene.ring


def test_the_pill_names_the_key_in_force(sample):
    sample.page.browse()
    assert sample.window.pill.text() == "Browsing — G returns to 00:00"
    sample.program.values.set(options.BARE_KEYS, False)
    sample.do("player.seek", 20_000)
    sample.page.browse()
    assert sample.window.pill.text() == "Browsing — back to 00:20"


def test_a_focus_out_of_sight_is_not_where_the_keyboard_goes_on(sample):
    page = sample.page
    last = len(sample.session.outline.sentences) - 1
    sample.window.resize(900, 400)
    page.set_focused_sentence(last)
    page.show_sentence(0)
    sample.do("view.notes_pane")
    page.clearFocus()
    sample.do("view.page")
    assert page.focused_sentence() != last
    assert not page.sentence_rect(page.focused_sentence()).isEmpty()
