"""What one page is read with: each tool that finds a part of a statement, put together once per page."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.entities import resolve
from onrecord.language import Analysis
from onrecord.statements._arguments import Arguments
from onrecord.statements._attribution import Attributor
from onrecord.statements._first_person import let_we_speak
from onrecord.statements._force import Force
from onrecord.statements._lexicon import Lexicon, lexicon
from onrecord.statements._measures import Measures
from onrecord.statements._operators import Operators
from onrecord.statements._parts import Parts
from onrecord.statements._view import View


@dataclass(frozen=True)
class Tools:
    """A page by place, its language's lexicon, and the finders of parts, arguments, sources and force on that
    page."""

    view: View
    lexicon: Lexicon
    parts: Parts
    arguments: Arguments
    operators: Operators
    attributor: Attributor
    force: Force
    measures: Measures


def tools_for(analysis: Analysis) -> Tools:
    """The tools for an analysed page, in which names, epithets and pronouns ("we" too) are resolved."""
    words = lexicon(analysis.language)
    view = View(analysis, resolve(analysis), words.attribution.documents)
    parts = Parts(view, words)
    arguments = Arguments(parts)
    operators = Operators(words, arguments)
    if let_we_speak(view, operators):
        parts.forget()
        operators = Operators(words, arguments)  # "we said": now its subject is known
    return Tools(
        view,
        words,
        parts,
        arguments,
        operators,
        Attributor(words, operators),
        Force(view, words),
        Measures(view, words),
    )
