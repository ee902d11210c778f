"""For whom "we", "our" and "I" speak on a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from onrecord.entities import Mention, noun_in
from onrecord.language import Sentence
from onrecord.statements._operators import Operators
from onrecord.statements._phrases import Phrase
from onrecord.statements._quotations import QUOTE_MARKS, quotations
from onrecord.statements._view import View

# How many tokens before and after a person's name his office may stand.
_BEFORE, _AFTER = 6, 9
# For how many sentences a speaker is in mind where the quotation itself names none.
_NEAR = 3


def let_we_speak(view: View, operators: Operators) -> bool:
    """Let "we", "our" and "I" stand for whoever speaks: the source of its sentence or of the quotation in
    which it stands, else the last one before. An officer says "we" for his organisation, else for the company
    that the page is about.

    The phrases of the view are replaced where they say so; out: whether any was.
    """
    spoken = {s.index: _speaker(view, operators, s) for s in view.analysis.sentences}
    quoted: dict[int, str | None] = {}
    for first, last in quotations(view):
        named = next((spoken[n] for n in range(first, last + 1) if spoken[n] is not None), None)
        quoted.update(dict.fromkeys(range(first, last + 1), named))
    speaker: str | None = None
    heard = 0  # the sentence in which the speaker was told last
    changed = False
    for sentence in view.analysis.sentences:
        here = spoken[sentence.index] or quoted.get(sentence.index)
        if here is not None:
            speaker, heard = here, sentence.index
        inside = sentence.index in quoted or _has_quote_mark(view, sentence)
        if speaker is None or not (here or inside) or sentence.index - heard > _NEAR:
            continue
        phrases = view.phrases[sentence.index]
        for n, phrase in enumerate(phrases):
            spoken_by = _meant(view, phrase, speaker, inside)
            if spoken_by is not None:
                phrases[n] = spoken_by
                changed = True
    return changed


def _meant(view: View, phrase: Phrase, speaker: str, inside: bool) -> Phrase | None:
    """The phrase with whom it means where it says "we", "our" or "I", else None. `inside`: whether it stands
    in a sentence with a quotation."""
    pronouns = view.names.pronouns
    word = view.tokens[phrase.head].lower
    if phrase.we:
        key = spoken_for(view, speaker)
        return replace(phrase, keys=(key,), kind=view.kind(key), via="head")
    if not inside:
        return None
    alone = phrase.last - phrase.first == 1 and phrase.mention is None and not phrase.keys
    if alone and word in pronouns.get("i", ()) and view.kind(speaker) == "person":
        return replace(phrase, keys=(speaker,), kind="person", via="head")
    owner = phrase.mention
    if owner is None or owner.form != "possessive":
        return None
    if view.tokens[owner.first].lower not in pronouns.get("our", ()):
        return None
    key = spoken_for(view, speaker)
    return replace(phrase, keys=(key,), kind=view.kind(key))


def _speaker(view: View, operators: Operators, sentence: Sentence) -> str | None:
    """Who speaks in a sentence, by its words of saying; an outlet only relays."""
    spoken = (
        o for c in view.clauses[sentence.index] for o in operators.of(c) if o.kind in ("say", "particle")
    )
    sources = [source for operator in spoken for source in operator.sources]
    return next((s for s in sources if view.kind(s) != "outlet"), None)


def _has_quote_mark(view: View, sentence: Sentence) -> bool:
    start, end = view.tokens[sentence.first].start, view.tokens[sentence.last - 1].end
    return not QUOTE_MARKS.isdisjoint(view.analysis.page.text[start:end])


def spoken_for(view: View, speaker: str) -> str:
    """For whom a speaker speaks: an officer for his organisation, a state's officer for himself, any other
    person for the company that the page names most often, all others for themselves."""
    if view.kind(speaker) != "person":
        return speaker
    for mention in view.resolution.mentions:
        if mention.form == "name" and mention.keys[0] == speaker:
            office = _office(view, mention)
            if office is not None:
                return office
    return _main_company(view) or speaker


def _office(view: View, person: Mention) -> str | None:
    """The company or body whose officer a person is told to be where he is named; himself for one of a
    state ("minister", "the British …"); None where nothing is told."""
    sentence = view.clause_at[person.first].sentence if person.first in view.clause_at else None
    if sentence is None:
        return None
    bounds = view.analysis.sentences[sentence]
    first = max(bounds.first, person.first - _BEFORE)
    last = min(bounds.last, person.last + _AFTER)
    titles = [i for i in range(first, last) if noun_in(view.tokens[i].lemma, view.names.titles) is not None]
    if not titles:
        return None

    def apart(i: int, j: int) -> int:
        return min(abs(i - t) + abs(j - 1 - t) for t in titles)

    named = [
        m
        for m in view.resolution.mentions
        if first <= m.first < last and m.kind in ("company", "body") and m.form in ("name", "part", "noun")
    ]
    beside = [m for m in named if apart(m.first, m.last) <= 2 * 4]
    if beside:
        return min(beside, key=lambda m: apart(m.first, m.last)).keys[0]
    of_state = any(i in view.resolution.adjectives for i in range(first, person.first))
    return person.keys[0] if of_state else None


def _main_company(view: View) -> str | None:
    """The company that the page names most often, the first named where two are equal."""
    named = Counter(
        m.keys[0] for m in view.resolution.mentions if m.kind == "company" and m.form in ("name", "part")
    )
    return max(named, key=lambda k: named[k]) if named else None
