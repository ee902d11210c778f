"""From a sentence's tokens to its clauses, by parts of speech, marks and the language's clause openers.

A clause may be in two pieces ("Hikvision, *which is partly owned by the state*, denied …"): it is a tuple of token
places. The method needs only parts of speech, of which a compact model gets 19 in 20 right; its guesses at whole
trees, right in 3 arcs of 4 for Danish and Dutch, would misplace most long clauses (figures in docs/models.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import simplemma

from onrecord.language._data import LanguageData
from onrecord.language._model import Clause, Token

_STOPS = frozenset({",", ";", ":", "–", "—", "-", "(", ")", '"', "”", "“", "„", "»", "«"})
_Opening = Literal["first", "sub", "rel", "inf", "and", "mark", "bare"]


@cache
def is_word(form: str, language: str) -> bool:
    """Whether a general word list of the language knows the form."""
    return bool(simplemma.is_known(form, lang=language))


def is_verb(token: Token) -> bool:
    """Whether the token is a verb or auxiliary."""
    return token.pos in ("VERB", "AUX")


def is_finite(token: Token) -> bool:
    """Whether the token is a finite verb, as far as its features tell."""
    if not is_verb(token):
        return False
    return "VerbForm=Fin" in token.morph or ("Mood=" in token.morph and "VerbForm=Inf" not in token.morph)


def is_nominal(token: Token) -> bool:
    """Whether the token can be (the head of) a noun phrase."""
    return token.pos in ("NOUN", "PROPN", "PRON", "NUM")


@dataclass
class _Draft:
    tokens: list[int]
    kind: Literal["main", "sub", "rel", "inf"]
    opener: int | None = None
    parent: int | None = None
    conjunct_of: int | None = None
    finite: bool = False
    verbs: list[int] = field(default_factory=list)


def _segments(tokens: Sequence[Token], data: LanguageData) -> list[tuple[int, int, _Opening]]:
    """The sentence cut at every place where a clause may begin: (first, last, how it opens), local indices."""
    n = len(tokens)
    cuts: dict[int, _Opening] = {0: "first"}

    def verb_ahead(i: int, finite: bool = False) -> bool:
        for t in tokens[i:]:
            if t.text in (";", ":"):
                return False
            if is_finite(t) or (not finite and is_verb(t)):
                return True
        return False

    last_verb = -1
    for i, t in enumerate(tokens):
        before = tokens[i - 1] if i else None
        if i and t.lower in data.infinitive and i + 1 < n and _is_infinitive(tokens, i):
            start = _infinitive_start(tokens, i, last_verb, data)
            if start is not None and start > 0:
                cuts[start] = "inf"
        elif i and before is not None and before.pos == "ADP" and f"{before.lower} {t.lower}" in data.adverbial and verb_ahead(i + 1):
            cuts[i - 1] = "sub"  # "efter at", "uden at": no complement
        elif i and before is not None and before.lemma in data.content_nouns and t.lower in data.complementizers and verb_ahead(i + 1):
            cuts[i] = "sub"  # "no evidence *that* it spied"
        elif i > 1 and t.lower in data.relatives and before is not None and before.text == "," and is_nominal(tokens[i - 2]) and verb_ahead(i + 1):
            cuts[i] = "rel"
        elif t.lower in data.subordinators and t.pos in ("SCONJ", "ADV", "PRON", "CCONJ", "ADP") and _subordinates(tokens, i, data):
            cuts[i] = "sub"
        elif (
            i
            and t.lower in data.relatives
            and (t.pos in ("PRON", "SCONJ", "ADV", "DET") or (before is not None and before.text == ","))
            and before is not None
            and (before.text == "," or before.pos in ("NOUN", "PROPN", "NUM", "ADP"))
            and verb_ahead(i + 1)
            and not (i + 1 < n and tokens[i + 1].pos in ("NOUN", "PROPN", "ADJ") and t.pos == "DET")
        ):
            at = i - 1 if before.pos == "ADP" and i > 1 else i
            cuts[at] = "rel"
        elif i and t.lower in data.coordinators and i + 1 < n and _joins_clauses(tokens, i, last_verb if last_verb > max(c for c in cuts if c <= i) else -1):
            cuts[i] = "and"
        elif t.text in _STOPS and i + 1 < n and i + 1 not in cuts and i > 0:
            cuts.setdefault(i + 1, "mark")
        if is_verb(t):
            last_verb = i
    cuts = {i: how for i, how in cuts.items() if i < n}
    _second_verbs(tokens, cuts, data)
    starts = sorted(cuts)
    return [(a, b, cuts[a]) for a, b in zip(starts, [*starts[1:], n], strict=True)]


def _second_verbs(tokens: Sequence[Token], cuts: dict[int, _Opening], data: LanguageData) -> None:
    """Cut before a second finite verb with its subject: a complement without "that" ("said it will"), or the clause
    around a relative one taken up again ("the board that … said")."""
    starts = sorted(cuts)
    for first, last in zip(starts, [*starts[1:], len(tokens)], strict=True):
        finite = [i for i in range(first, last) if is_finite(tokens[i])]
        if len(finite) < 2 or cuts[first] == "and":
            continue
        one, two = finite[0], finite[1]
        if not any(is_nominal(tokens[i]) for i in range(one + 1, two)):
            continue
        if cuts[first] == "rel":
            if data.bare_complements:
                cuts[two] = "mark"
            continue
        if not data.bare_complements:
            continue
        start = two
        while start - 1 > one and tokens[start - 1].pos in ("ADV", "PART", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"):
            start -= 1
            if tokens[start].pos in ("DET", "PRON"):
                break
        if one < start < two:
            cuts[start] = "bare"


def _is_infinitive(tokens: Sequence[Token], i: int) -> bool:
    for t in tokens[i + 1 : i + 4]:
        if is_verb(t):
            return not is_finite(t) or "VerbForm=Inf" in t.morph or t.index == tokens[i + 1].index
        if t.pos not in ("ADV", "PART"):
            return False
    return False


def _infinitive_start(tokens: Sequence[Token], i: int, last_verb: int, data: LanguageData) -> int | None:
    """Where the infinitive clause whose marker stands at `i` begins."""
    if len(data.infinitive_openers) and data.infinitive == ["te"]:  # the marker stands by the verb, objects before it
        for j in range(i - 1, max(last_verb, -1), -1):
            if tokens[j].lower in data.infinitive_openers and (j == 0 or tokens[j - 1].pos != "VERB" or tokens[j].pos != "ADP"):
                return j
            if tokens[j].text in (",", ";", ":"):
                return j + 1
        if last_verb < 0:
            return None
        start = last_verb + 1
        lemma = tokens[last_verb].lemma
        for j in range(start, i):
            particle = tokens[j].lower in data.particles
            if particle and (lemma.startswith(tokens[j].lower) or is_word(tokens[j].lower + lemma, "nl")):
                start = j + 1  # "riep Brussel op | Pegasus in de ban te doen"
        while start < i and tokens[start].pos in ("PRON",) and start + 1 < i:
            start += 1
        return start
    start = i
    while start and (tokens[start - 1].lower in data.infinitive_openers or tokens[start - 1].pos == "PART"):
        start -= 1
    return start


def _subordinates(tokens: Sequence[Token], i: int, data: LanguageData) -> bool:
    """Whether the word at `i` opens a clause here and is no preposition, adverb or article."""
    t = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or following.text in (".", "?", "!"):
        return False
    if is_finite(following) and t.lower in data.sum_up:
        return False  # "that says little": a pronoun
    if following.pos == "NOUN" and i + 2 < len(tokens) and is_verb(tokens[i + 2]) and t.lower in data.comparatives:
        return False  # "als leverancier heeft": "as"
    ahead = [k for k in range(i + 1, len(tokens)) if is_finite(tokens[k])]
    stop = next((k for k in range(i + 1, len(tokens)) if tokens[k].text in (";", ":")), len(tokens))
    if not ahead or ahead[0] > stop:
        return False
    if t.pos == "SCONJ":
        return True
    if t.pos == "ADP":
        return False
    if t.pos == "CCONJ" and i and is_verb(tokens[i - 1]):
        return True
    return bool(i) and (tokens[i - 1].text == "," or tokens[i - 1].lower in data.coordinators)


def _joins_clauses(tokens: Sequence[Token], i: int, last_verb: int) -> bool:
    """Whether the coordinator at `i` joins clauses and not phrases: a verb stands on both sides, the one after it
    near, or before anything that could end its clause."""
    if last_verb < 0:
        return False
    j = i + 1
    while j < len(tokens) and tokens[j].pos in ("ADV", "PART", "SCONJ"):
        j += 1
    if j < len(tokens) and is_verb(tokens[j]):
        return True
    for t in tokens[i + 1 :]:
        if t.text in (",", ";", ":") or t.pos in ("CCONJ", "SCONJ"):
            return False
        if is_finite(t):
            return True
    return False


def clauses_of(tokens: Sequence[Token], data: LanguageData, sentence: int, first_clause: int) -> list[Clause]:
    """The clauses of one sentence, in the order of their first tokens.

    In: the sentence's tokens, the language's data, the sentence's index and the index the first clause is to have.
    """
    base = tokens[0].index
    drafts: list[_Draft] = []
    stack: list[int] = []

    def new(kind: Literal["main", "sub", "rel", "inf"], span: range, **more: int | None) -> None:
        drafts.append(_Draft(list(span), kind, **more))  # type: ignore[arg-type]
        stack.append(len(drafts) - 1)

    segments = _segments(tokens, data)
    for place, (first, last, how) in enumerate(segments):
        span = range(first, last)
        finite = [i for i in span if is_finite(tokens[i])]
        verbs = [i for i in span if is_verb(tokens[i])]
        if how in ("sub", "rel", "inf", "bare") or (how == "first" and tokens[first].pos == "SCONJ" and verbs):
            kind: Literal["sub", "rel", "inf"] = "sub" if how in ("first", "bare") else how  # type: ignore[assignment]
            after_and = first and tokens[first - 1].lower in data.coordinators
            if after_and:
                alike = next((d for d in reversed(stack) if drafts[d].kind == kind), None)
                if alike is not None:
                    del stack[stack.index(alike) :]
                    new(kind, span, opener=first, parent=drafts[alike].parent, conjunct_of=alike)
                    _note(drafts[-1], finite, verbs)
                    continue
            new(kind, span, opener=None if how == "bare" else first, parent=stack[-1] if stack else None)
        elif how == "first" and is_finite(tokens[first]) and _answered(tokens, segments[place + 1 :]):
            new("sub", span, opener=first)
        elif how == "first":
            new("main", span)
        elif how == "and":
            _coordinate(drafts, stack, tokens, span, finite, new)
        elif not verbs:
            after = segments[place + 1][2] if place + 1 < len(segments) else None
            if after == "rel" and tokens[first - 1].text == "," and all(drafts[k].finite for k in stack):
                stack.clear()  # "…, the board that …, said": a main clause that waits for its verb
                new("main", span)
            else:
                drafts[stack[-1]].tokens.extend(span)
            continue
        elif not _resume(drafts, stack, tokens, span, finite, new):
            drafts[stack[-1]].tokens.extend(span)
        _note(drafts[stack[-1]], finite, verbs)
    _adopt(drafts)
    return [
        Clause(
            index=first_clause + k,
            sentence=sentence,
            tokens=tuple(base + i for i in sorted(d.tokens)),
            kind=d.kind,
            opener=None if d.opener is None else base + d.opener,
            parent=None if d.parent is None else first_clause + d.parent,
            conjunct_of=None if d.conjunct_of is None else first_clause + d.conjunct_of,
        )
        for k, d in enumerate(drafts)
    ]


def _answered(tokens: Sequence[Token], later: list[tuple[int, int, _Opening]]) -> bool:
    """Whether a stretch after a comma begins with a finite verb: the main clause to a condition without "if"."""
    return any(how == "mark" and tokens[first - 1].text == "," and is_finite(tokens[first]) for first, _, how in later[:2])


def _note(draft: _Draft, finite: list[int], verbs: list[int]) -> None:
    draft.finite = draft.finite or bool(finite)
    draft.verbs.extend(verbs)


def _coordinate(drafts, stack, tokens, span, finite, new):  # type: ignore[no-untyped-def]
    """A clause after "and": beside the nearest clause that has a verb of the same sort."""
    j = span.start + 1
    while j < span.stop and tokens[j].pos in ("ADV", "PART"):
        j += 1
    bare = j < span.stop and is_verb(tokens[j]) and not is_finite(tokens[j])
    beside = stack[-1]
    if not bare and span.start and tokens[span.start - 1].text == ",":  # after a comma the main clause goes on
        main = next((d for d in reversed(stack) if drafts[d].kind == "main"), None)
        beside = stack[0] if main is None else main
    elif not bare:
        beside = next((d for d in reversed(stack) if drafts[d].finite and drafts[d].kind != "rel"), stack[0])
    kind, parent = drafts[beside].kind, drafts[beside].parent
    del stack[stack.index(beside) :]
    new(kind, span, parent=parent, conjunct_of=beside)


def _resume(drafts, stack, tokens, span, finite, new):  # type: ignore[no-untyped-def]
    """A stretch with a verb after a mark: a clause taken up again, or a new main clause. False: part of the last."""
    if not finite and not _past_after_name(tokens, span):
        return False
    j = span.start
    while j < span.stop and tokens[j].pos in ("ADV", "PUNCT", "PART"):
        j += 1
    if j < span.stop and is_finite(tokens[j]):
        waiting = next((d for d in reversed(stack) if not drafts[d].finite and drafts[d].kind != "inf"), None)
        if waiting is not None:
            del stack[stack.index(waiting) + 1 :]
            drafts[waiting].tokens.extend(span)
            return True
    elif not any(d.verbs for d in (drafts[k] for k in stack)):
        return False
    last = drafts[stack[-1]]
    verb_first = j < span.stop and is_finite(tokens[j])
    stack.clear()
    new("main", span)
    if verb_first and last.kind == "sub" and last.tokens[-1] == span.start - 1:
        last.parent = stack[-1]  # "that he spied, the company has always denied": the complement comes first
    return True


def _past_after_name(tokens: Sequence[Token], span: range) -> bool:
    """Whether the stretch is a name or noun right before a past form: "…, minister N told parliament"."""
    verbs = [i for i in span if is_verb(tokens[i])]
    return bool(verbs) and "Tense=Past" in tokens[verbs[0]].morph and verbs[0] > span.start and is_nominal(tokens[verbs[0] - 1])


def _adopt(drafts: list[_Draft]) -> None:
    """A subordinate clause that opens the sentence hangs on the main clause after it."""
    main = next((i for i, d in enumerate(drafts) if d.kind == "main"), None)
    if main is None:
        return
    for i, d in enumerate(drafts[:main]):
        if d.parent is None and d.kind != "main":
            d.parent = main
        assert i < main
