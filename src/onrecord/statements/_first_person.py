"""For whom "we" speaks on a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from onrecord.language import Sentence
from onrecord.statements._attribution import QUOTE_MARKS
from onrecord.statements._operators import Operators
from onrecord.statements._view import View


def let_we_speak(view: View, operators: Operators) -> bool:
    """Let "we" stand for whoever speaks: the source of its sentence, else the last one before. An officer
    speaks for the company that the page is about.

    The phrases of the view are replaced where they say "we"; out: whether any was.
    """
    speaker: str | None = None
    changed = False
    for sentence in view.analysis.sentences:
        sources = _sources(view, operators, sentence)
        speaker = next((s for s in sources if view.kind(s) != "outlet"), speaker)
        if speaker is None or not (sources or _has_quote_mark(view, sentence)):
            continue
        phrases = view.phrases[sentence.index]
        for n, phrase in enumerate(phrases):
            if phrase.we:
                key = spoken_for(view, speaker)
                phrases[n] = replace(phrase, keys=(key,), kind=view.kind(key), via="head")
                changed = True
    return changed


def _sources(view: View, operators: Operators, sentence: Sentence) -> list[str]:
    spoken = (
        o for c in view.clauses[sentence.index] for o in operators.of(c) if o.kind in ("say", "particle")
    )
    return [source for operator in spoken for source in operator.sources]


def _has_quote_mark(view: View, sentence: Sentence) -> bool:
    start, end = view.tokens[sentence.first].start, view.tokens[sentence.last - 1].end
    return not QUOTE_MARKS.isdisjoint(view.analysis.page.text[start:end])


def spoken_for(view: View, speaker: str) -> str:
    """For whom a speaker speaks: a person for the company that the page names most often, all others for
    themselves."""
    if view.kind(speaker) != "person":
        return speaker
    return _main_company(view) or speaker


def _main_company(view: View) -> str | None:
    """The company that the page names most often, the first named where two are equal."""
    named = Counter(
        m.keys[0] for m in view.resolution.mentions if m.kind == "company" and m.form in ("name", "part")
    )
    return max(named, key=lambda k: named[k]) if named else None
