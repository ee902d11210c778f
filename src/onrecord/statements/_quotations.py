"""Where the quotations of a page begin and end."""

from __future__ import annotations

from onrecord.language import Token
from onrecord.statements._view import View

QUOTE_MARKS = frozenset('"“”„»«‘')
# Marks that are also apostrophes: quotation marks only where they stand apart from a word.
_SINGLE = frozenset("'’‘")


def quotations(view: View) -> list[tuple[int, int]]:
    """First and last sentence of each quotation that fills a sentence or runs over several of a block; one
    that opens a block and is not closed there runs to its end."""
    found: list[tuple[int, int]] = []
    opened: tuple[int, int, bool] | None = None  # its sentence and place, and whether by a single mark
    sentences = view.analysis.sentences
    block = None
    for sentence in sentences:
        if sentence.block is not block:
            if opened is not None and _opens_block(view, opened[:2]) and not opened[2]:
                found.append((opened[0], sentence.index - 1))
            block, opened = sentence.block, None
        for i in range(sentence.first, sentence.last):
            mark = view.tokens[i].text
            single = mark in _SINGLE
            if not single and mark not in QUOTE_MARKS:
                continue
            if opened is None:
                if not single or _opens(view, i):
                    opened = (sentence.index, i, single)
            elif opened[2] == single and (not single or _closes(view, view.tokens[i])):
                whole = opened[1] == sentence.first and i >= sentence.last - 2
                if whole or sentence.index > opened[0]:
                    found.append((opened[0], sentence.index))
                opened = None
    return found


def _opens_block(view: View, opened: tuple[int, int]) -> bool:
    """Whether a quotation that opens in a sentence at a place opens that sentence's block."""
    index, place = opened
    sentence = view.analysis.sentences[index]
    first = index == 0 or view.analysis.sentences[index - 1].block is not sentence.block
    return first and place == sentence.first


def _opens(view: View, i: int) -> bool:
    """Whether a single mark stands right before a word and after none."""
    token, text = view.tokens[i], view.analysis.page.text
    before = text[token.start - 1] if token.start else " "
    after = text[token.end : token.end + 1]
    return not before.isalnum() and after.isalnum() and after.isupper()


def _closes(view: View, token: Token) -> bool:
    """Whether a single mark stands right after a sentence's end or a comma."""
    text = view.analysis.page.text
    return token.start > 0 and text[token.start - 1] in ".,!?…"
