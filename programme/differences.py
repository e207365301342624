"""What differs between two texts, word by word."""

from difflib import SequenceMatcher
from typing import NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"


class Piece(NamedTuple):
    """Some words in a row that stayed, went or came."""

    kind: str
    text: str


def pieces_between(before: str, after: str) -> list[Piece]:
    """Return both texts as one: the words that stayed, and in their places those that went and came."""
    old, new = before.split(), after.split()
    pieces = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, " ".join(old[old_from:old_to])))
            continue
        if old_from < old_to:
            pieces.append(Piece(REMOVED, " ".join(old[old_from:old_to])))
        if new_from < new_to:
            pieces.append(Piece(ADDED, " ".join(new[new_from:new_to])))
    return pieces
