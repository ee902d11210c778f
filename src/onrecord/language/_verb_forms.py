"""Which form each verb of a sentence has, told by its shape and its neighbours, for languages that end a
clause with all its verbs but the finite one and write nouns with a capital (`verb_shapes` in their data).

There the same shape is often two forms ("verlangt": demands, demanded; "haben": to have, they have), and a
compact model mixes them up; word order settles it. Each stretch between marks is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.language._data import LanguageData
from onrecord.language._model import Token
from onrecord.language._words import is_known_verb, is_verb, is_word

_MARKS = frozenset({",", ";", ":", ".", "–", "—", "(", ")", '"', "„", "“", "”", "»", "«"})
_FIN, _INF, _PART = "VerbForm=Fin", "VerbForm=Inf", "VerbForm=Part"
_MISTAKEN = frozenset({"NOUN", "ADJ", "X", "ADV", "PROPN", "ADP", "PART", "NUM"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NUM", "ADP"})


def settle_forms(tokens: Sequence[Token], data: LanguageData, language: str) -> list[Token]:
    """The sentence's tokens, each verb with its form, and words with a capital inside it no verbs."""
    settler = _Settler(list(tokens), data, language)
    settler.nouns()
    start = 0
    for i in range(len(tokens) + 1):
        if i < len(tokens) and not settler.ends_stretch(i):
            continue
        if i > start:
            settler.settle(range(start, i))
        start = i + 1
    return settler.tokens


class _Settler:
    """Settles the stretches of one sentence from the first to the last, each time in `tokens`."""

    def __init__(self, tokens: list[Token], data: LanguageData, language: str) -> None:
        self.tokens = tokens
        self.data = data
        self.language = language
        forms = data.verb_shapes
        particles = "|".join(sorted(data.particles, key=len, reverse=True))
        self._clear = re.compile(rf"(?:{particles})?ge\w{{2,}}(?:t|en|an)")
        self._either = re.compile(rf"(?:{particles})?(?:{forms['prefixes']})\w{{2,}}(?:t|en)|\w{{2,}}iert")
        markers = "|".join(data.infinitive_inside)
        self._inside = re.compile(rf"(?:{particles})(?:{markers})\w{{2,}}n")
        self._same = frozenset(forms["same"])
        self._modals = frozenset(forms["modals"])
        self._helpers = frozenset((*data.auxiliaries, *data.passive))
        self._open: str | None = None  # lemma of the last finite auxiliary
        self._answered = True  # whether a participle or infinitive has followed it

    def ends_stretch(self, i: int) -> bool:
        """Whether the word or mark at `i` stands between two stretches."""
        return self.tokens[i].text in _MARKS or self.tokens[i].pos in ("SCONJ", "CCONJ")

    # -- nouns -----------------------------------------------------------------------------------------------

    def nouns(self) -> None:
        """Words with a capital inside a sentence are nouns or names, whatever the model took them for."""
        joining = (
            *self.data.subordinators,
            *self.data.coordinators,
            *self.data.relatives,
            *self.data.infinitive,
        )
        for k, token in enumerate(self.tokens):
            if token.pos in ("SCONJ", "CCONJ") and token.lower not in joining and token.text.isalpha():
                verb = is_known_verb(token.lemma, self.language)
                self.tokens[k] = replace(token, pos="VERB" if verb else "ADV")
                continue
            if token.pos == "NOUN" and "Number=Plur" in token.morph and self._is_singular(k):
                self.tokens[k] = token = replace(
                    token, morph=token.morph.replace("Number=Plur", "Number=Sing")
                )
            if token.pos == "VERB" and token.text[:1].islower() and not token.lemma.endswith("n"):
                self.tokens[k] = replace(token, pos="ADJ", morph="")  # "staatlichen"
                continue
            inner = k > 0 and self.tokens[k - 1].text not in (":", "„", '"', "»", "–", "(", "“", "«")
            wrong = token.pos in ("VERB", "AUX", "ADV", "X", "ADP", "SCONJ", "PART") or (
                token.pos == "ADJ" and not self._before_noun(k)
            )
            hyphened = "-" in token.text[1:-1] and token.text[token.text.rindex("-") + 1].isupper()
            if not token.text[:1].isupper() or not (inner or hyphened) or not wrong:
                continue
            if token.lower in ("sie", "ihnen", "ihr", "ihre") or (
                token.pos == "ADJ" and token.text.endswith("er")
            ):
                continue
            known = is_word(token.text, self.language) or hyphened
            self.tokens[k] = replace(token, pos="NOUN" if known else "PROPN", morph="")

    def _is_singular(self, k: int) -> bool:
        """Whether a noun cannot be a plural, by its form or the article before it."""
        token = self.tokens[k]
        if token.lower == token.lemma and not token.lower.endswith(tuple(self.data.unmarked_plurals)):
            return True
        article = next((t for t in reversed(self.tokens[:k]) if t.pos != "ADJ"), None)
        return article is not None and article.lower in self.data.singular_words

    def _before_noun(self, k: int) -> bool:
        after = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        return after is not None and after.text[:1].isupper()

    # -- verbs -----------------------------------------------------------------------------------------------

    def settle(self, stretch: range) -> None:
        """Give each verb of a stretch its form; a stretch without one that can be finite gets it back."""
        verbs = [k for k in stretch if is_verb(self.tokens[k])]
        last = self._verb_last(stretch)
        if not any("Fin" in self._shapes(k) for k in verbs):
            found = self._mistaken(stretch, last)
            if found is not None:
                self.tokens[found] = replace(self.tokens[found], pos="VERB")
                verbs = sorted([*verbs, found])
        if not verbs:
            return
        joined = (
            stretch.start > 0 and self.tokens[stretch.start - 1].pos == "CCONJ" and self._open is not None
        )
        waits = self._open is not None and (not self._answered or joined) and not last
        finite = self._finite(verbs, stretch, last, waits)
        for n, k in enumerate(verbs):
            shapes = self._shapes(k)
            if k in finite:
                self._set(k, _FIN)
                continue
            right = next((v for v in verbs[n + 1 :] if v - k <= 2), None)
            if right is not None:
                governor = self.tokens[right].lemma
            elif finite:
                governor = self.tokens[finite[-1]].lemma
            else:
                governor = self._open or ""
            participle = governor in self._helpers and governor not in self._modals
            order = ("Part", "Inf", "Fin") if participle else ("Inf", "Part", "Fin")
            chosen = next(s for s in order if s in shapes)
            self._set(k, {"Part": _PART, "Inf": _INF, "Fin": _FIN}[chosen])
        helping = self._helpers | self._modals
        for k in verbs:
            helps = len(verbs) > 1 and self.tokens[k].lemma in helping and not self._marked_helper(k, verbs)
            if helps and self.tokens[k].pos == "VERB":
                self.tokens[k] = replace(self.tokens[k], pos="AUX")
        if finite and self.tokens[finite[-1]].lemma in helping:
            self._open, self._answered = self.tokens[finite[-1]].lemma, len(verbs) > len(finite)
        elif finite:
            self._open, self._answered = None, True
        else:
            self._answered = True

    def _marked_helper(self, k: int, verbs: list[int]) -> bool:
        """Whether no participle or infinitive stands beside the helping verb at `k` that it could govern."""
        others = (self.tokens[v].morph for v in verbs if v != k)
        return not any(_PART in morph or _INF in morph for morph in others)

    def _verb_last(self, stretch: range) -> bool:
        """Whether the stretch has its finite verb last: a conjunction or relative word opens it."""
        first = self.tokens[stretch.start]
        if stretch.start and self.tokens[stretch.start - 1].pos == "SCONJ":
            return True
        words = (*self.data.relatives, *self.data.subordinators)
        second = self.tokens[stretch.start + 1] if len(stretch) > 1 else first
        after_comma = stretch.start > 0 and self.tokens[stretch.start - 1].text == ","
        if not after_comma:
            return False
        return first.lower in words or (first.pos == "ADP" and second.lower in words and second.pos != "DET")

    def _finite(self, verbs: list[int], stretch: range, last: bool, waits: bool) -> list[int]:
        """The finite ones among the verbs of a stretch; `waits`: an auxiliary asks for another form."""
        sure = [k for k in verbs if self._shapes(k) == {"Fin"}]
        if sure:
            return sure
        able = [k for k in verbs if "Fin" in self._shapes(k)]
        if not able:
            return []
        if waits and self._ends(verbs[-1], stretch):
            wanted = "Inf" if self._open in self._modals else "Part"
            if wanted in self._shapes(verbs[-1]) or "Inf" in self._shapes(verbs[-1]):
                return []
        if last:
            return able[-1:]
        first = able[0]
        alone = len(verbs) == 1 and self._ends(first, stretch)
        strong = self.tokens[first].lower.endswith("en") and "Part" in self._shapes(first)
        return [] if alone and strong else [first]

    def _ends(self, k: int, stretch: range) -> bool:
        return k == stretch.stop - 1

    def _shapes(self, k: int) -> set[str]:
        """The forms that the word at `k` can have."""
        token = self.tokens[k]
        low, lemma = token.lower, token.lemma
        if k and self.tokens[k - 1].lower in self.data.infinitive and low.endswith("n"):
            return {"Inf"}
        if self._inside.fullmatch(low) and low != lemma:
            return {"Inf"}
        particle = next(
            (p for p in sorted(self.data.particles, key=len, reverse=True) if lemma.startswith(p)), ""
        )
        stem = lemma[len(particle) :] if low.startswith(particle) else lemma
        ge = low[len(particle) :].startswith("ge") if low.startswith(particle) else False
        if low in ("worden", "gewesen", "gehabt"):
            return {"Part"}
        doubled = low[len(particle) :].startswith("gege")
        if ge and (doubled or not stem.startswith("ge")) and self._clear.fullmatch(low):
            return {"Part"}
        if low == lemma:
            return {"Inf", "Part", "Fin"} if low in self._same else {"Inf", "Fin"}
        weak = low.endswith("ten") and low.startswith(lemma.removesuffix("n").removesuffix("e"))
        if (self._either.fullmatch(low) and not weak) or (low.endswith("en") and low in self._same):
            return {"Part", "Fin"}
        if particle and low.startswith(particle) and low.endswith("t") and ge:
            return {"Part", "Fin"}
        return {"Fin"}

    def _mistaken(self, stretch: range, last: bool) -> int | None:
        """The word of a stretch without a finite verb that is one, taken for something else."""
        found = [k for k in stretch if self._may_be_verb(k)]
        return (found[-1] if last else found[0]) if found else None

    def _may_be_verb(self, k: int) -> bool:
        token = self.tokens[k]
        if token.text[:1].isupper() or token.pos not in _MISTAKEN or token.lower == token.lemma:
            return False
        if not token.text.isalpha() or not is_known_verb(token.lemma, self.language):
            return False
        if "Fin" not in self._shapes(k):
            return False
        before = self.tokens[k - 1] if k else None
        if before is None or before.text in _MARKS:
            return False
        opens = before.lower in (*self.data.sum_up, *self.data.relatives)
        return before.pos not in _BEFORE_NOUN or opens

    def _set(self, k: int, form: str) -> None:
        """Give the verb at `k` a form, its mood kept where it is finite."""
        morph = self.tokens[k].morph
        if form == _FIN:
            kept = [f for f in morph.split("|") if f and not f.startswith("VerbForm=")]
            if not any(f.startswith("Mood=") for f in kept):
                kept.append("Mood=Ind")
            reported = self.tokens[k].lower in self.data.reported
            if reported:
                kept = ["Mood=Sub" if f.startswith("Mood=") else f for f in kept]
            form = "|".join([*kept, _FIN])
        self.tokens[k] = replace(self.tokens[k], morph=form)
