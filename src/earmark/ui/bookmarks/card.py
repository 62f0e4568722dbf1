# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A bookmark as the pane shows it, and which of them are shown in what order. Plain data, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from earmark.domain.folding import fold


class Order(Enum):
    """By what the cards are sorted."""

    TIME = "By time"
    MADE = "Newest first"
    COLOUR = "By colour"


class Card(NamedTuple):
    """One bookmark, ready to be shown.

    `warning` is a sentence where it is uncertain or not kept; `source` names its recording where those of
    several are shown; `role` is the theme's name of its colour, `colour` what it is called ("" for the
    usual one without a name). `spoken` is what a screen reader says, `folded` what a search looks through,
    `labels` are what `#` asks for: tags and names of the colour, as `label` gives them.
    """

    id: str
    time: str
    quote: str
    note: str
    tags: tuple[str, ...]
    role: str
    colour: str
    warning: str
    source: str
    spoken: str
    folded: str
    labels: tuple[str, ...]
    start_ms: int
    number: int
    solid: bool = True  # on the disk


def label(text: str) -> str:
    """Return a tag or the name of a colour as it is asked for."""
    return fold(text).replace(" ", "")


def sifted(cards: Iterable[Card], query: str, order: Order) -> list[Card]:
    """Return the cards that hold every word of a query, sorted; `#` asks for a tag or a colour."""
    found = list(cards)
    for word in query.split():
        if word.startswith("#") and len(word) > 1:
            asked = label(word[1:])
            found = [card for card in found if any(held.startswith(asked) for held in card.labels)]
        elif not word.startswith("#"):
            folded = fold(word)
            found = [card for card in found if folded in card.folded]
    found.sort(key=KEYS[order])
    return found


_LAST = 1 << 62
Key = Callable[[Card], tuple[object, ...]]
KEYS: dict[Order, Key] = {
    Order.TIME: lambda card: (card.source.casefold(), card.start_ms, card.number or _LAST),
    Order.MADE: lambda card: (-(card.number or _LAST), card.start_ms),
    Order.COLOUR: lambda card: (card.colour, card.source.casefold(), card.start_ms),
}
