"""Verbs that the model took for something else or for another form, told by their form where a stretch lacks
one.

A compact model tags one word in twenty wrongly, and a clause whose verb it missed cannot be read at all; so a
stretch between marks that has no finite verb gets one back where a word's form and lemma are a verb's, and an
auxiliary its participle. Words that cannot be what they are tagged as are put right before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.language._data import LanguageData
from onrecord.language._model import Token
from onrecord.language._nouns_or_verbs import is_action, mend_words
from onrecord.language._tags import settle_tags
from onrecord.language._verb_forms import settle_forms
from onrecord.language._words import has_gerund, is_finite, is_infinitive, is_verb, verb_lemma

_MARKS = frozenset({",", ";", ":", ".", "–", "—"})
_MISTAKEN = frozenset({"NOUN", "ADJ", "X", "ADV"})
_AUXILIARIES = frozenset({"have", "være", "blive", "hebben", "zijn", "worden", "be", "ha", "vara", "bli"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NUM", "ADP"})
_FINITE = "VerbForm=Fin"
_PARTICIPLE = "VerbForm=Part"
_PAST_PARTICIPLE = "Tense=Past|VerbForm=Part"


def repair(tokens: Sequence[Token], data: LanguageData, language: str) -> list[Token]:
    """The sentence's tokens with mistaken parts of speech put right, and with a finite verb given back to
    each stretch between marks that lacks one.

    In: the sentence's tokens, the language's data and code.
    """
    if data.verb_shapes:
        return settle_forms(tokens, data, language)
    mender = _Mender(mend_words(settle_tags(tokens, data, language), data, language), data, language)
    start = 0
    for i in range(len(tokens) + 1):
        if i < len(tokens) and not mender.ends_stretch(i):
            continue
        if i - start > 1:
            mender.mend(range(start, i))
        start = i + 1
    return mender.tokens


class _Mender:
    """Gives the stretches of one sentence their verbs, each time in `tokens`."""

    def __init__(self, tokens: list[Token], data: LanguageData, language: str) -> None:
        self.tokens = tokens
        self.data = data
        self.language = language
        # Verbs stand together at the end of a clause, where the model mixes up their forms.
        self.verbs_last = data.infinitives_last

    def ends_stretch(self, i: int) -> bool:
        """Whether the word or mark at `i` stands between two stretches."""
        return self.tokens[i].text in _MARKS or self.tokens[i].pos in ("SCONJ", "CCONJ")

    def mend(self, stretch: range) -> None:
        """Give a stretch its finite verb, or the participle that belongs to its auxiliary."""
        self._mend_participle(stretch)
        verbs = [k for k in stretch if is_verb(self.tokens[k]) and not self._is_marked(k)]
        if len(verbs) == 1 and self._is_finite_after_all(verbs[0], stretch):
            self.tokens[verbs[0]] = replace(self.tokens[verbs[0]], morph=_FINITE)
        if not any(is_finite(self.tokens[k]) for k in stretch):
            self._give_finite(verbs, stretch)
        elif self.data.participle and not any(self._is_full_verb(k) for k in stretch):
            self._give_participle(stretch)

    def _set(self, k: int, morph: str) -> None:
        """Make the word at `k` a verb of that form."""
        self.tokens[k] = replace(self.tokens[k], pos="VERB", lemma=self._lemma(self.tokens[k]), morph=morph)

    def _lemma(self, token: Token) -> str:
        """The word's lemma as a verb's; where nouns have lemmas of their own it may be another."""
        return verb_lemma(token.lower, self.language) if self.data.noun_forms else token.lemma

    def _is_marked(self, k: int) -> bool:
        """Whether the marker of an infinitive, or of one used as a noun, stands right before `k`."""
        if not k:
            return False
        return self.tokens[k - 1].lower in self.data.infinitive or (
            self.verbs_last and is_action(self.tokens, k)
        )

    def _is_full_verb(self, k: int) -> bool:
        return self.tokens[k].pos == "VERB" and self.tokens[k].lemma not in _AUXILIARIES

    def _looks_participle(self, token: Token) -> bool:
        return bool(self.data.participle) and re.fullmatch(self.data.participle, token.lower) is not None

    # -- participles -----------------------------------------------------------------------------------------

    def _mend_participle(self, stretch: range) -> None:
        """Give an auxiliary left without one, in the stretch or before it, the participle that the model took
        for a noun or for another form ("has it | asked")."""
        tokens, auxiliaries = self.tokens, self.data.auxiliaries
        finite = (
            k
            for k in range(stretch.stop)
            if tokens[k].lemma in auxiliaries and (is_finite(tokens[k]) or self._is_marked(k))
        )
        auxiliary = next(finite, None)
        if auxiliary is None:
            return
        for k in range(max(stretch.start, auxiliary + 1), stretch.stop):
            if is_verb(tokens[k]) and "Part" in tokens[k].morph:
                return
            if self._completes_auxiliary(k, stretch):
                self._set(k, _PARTICIPLE)
                return

    def _completes_auxiliary(self, k: int, stretch: range) -> bool:
        """Whether the word at `k`, after an auxiliary, is the participle that it asks for."""
        token, before = self.tokens[k], self.tokens[k - 1]
        if not self._looks_participle(token) or not token.lemma.endswith(self.data.verb_endings[0]):
            return False
        inflected = token.lower != token.lemma
        if token.pos == "VERB":
            return not self._is_marked(k) and (inflected or not self._has_modal(stretch))
        after = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        # No adjective stands alone before a noun with a definite ending ("har *forbudt* selskaberne").
        indefinite = after is not None and after.pos == "NOUN" and "Definite=Def" not in after.morph
        attribute = token.pos == "ADJ" and indefinite
        return (
            token.pos in (*_MISTAKEN, "PROPN", "AUX")
            and not token.text[:1].isupper()
            and inflected
            and before.pos not in ("DET", "ADJ", "ADP")
            and not attribute
        )

    def _has_modal(self, stretch: range) -> bool:
        """Whether a finite auxiliary stands in the stretch that asks for an infinitive and no participle."""
        inside = self.tokens[stretch.start : stretch.stop]
        return any(t.pos == "AUX" and is_finite(t) and t.lemma not in self.data.auxiliaries for t in inside)

    def _give_participle(self, stretch: range) -> None:
        """Make a participle of the stretch's first word that looks like one and has no noun's words before
        it."""
        for k in stretch:
            token = self.tokens[k]
            if (
                token.pos in _MISTAKEN
                and token.lower != token.lemma
                and token.lemma.endswith(self.data.verb_endings[0])
                and self._looks_participle(token)
                and self.tokens[k - 1].pos not in _BEFORE_NOUN - {"NUM"}
            ):
                self._set(k, _PAST_PARTICIPLE)
                return

    # -- finite verbs ----------------------------------------------------------------------------------------

    def _is_finite_after_all(self, k: int, stretch: range) -> bool:
        """Whether the stretch's only verb is tagged as a participle and has a finite verb's form."""
        token, pattern = self.tokens[k], self.data.finite_participle
        if not pattern or "Part" not in token.morph:
            return False
        if self.verbs_last and token.lower.endswith(("t", "de", "te")) and not self._looks_participle(token):
            return True
        return (self.verbs_last or k > stretch.start) and re.fullmatch(pattern, token.lower) is not None

    def _give_finite(self, verbs: list[int], stretch: range) -> None:
        """Make a verb of the word of a stretch without a finite verb that is likeliest to be one; `verbs` are
        its verbs of other forms."""
        tokens = self.tokens
        if not self.data.verb_endings:
            return
        guess = next((k for k in stretch if self._is_bare_form(k, stretch)), None)
        if guess is None:
            guess = next((k for k in stretch if self._may_be_verb(k)), None)
        if guess is None and self.data.bare_complements:
            guess = next((k for k in stretch if self._follows_plural(k, stretch)), None)
        if guess is None and self._is_opened(stretch):
            guess = next((k for k in stretch if self._follows_subject(k, stretch)), None)
        if guess is not None:
            auxiliary = any(t.pos == "AUX" and is_finite(t) for t in tokens[: stretch.start])
            participle = _PARTICIPLE if self.verbs_last else _PAST_PARTICIPLE
            self._set(guess, participle if auxiliary and self._looks_participle(tokens[guess]) else _FINITE)
            return
        subordinate = stretch.start > 0 and tokens[stretch.start - 1].pos == "SCONJ"
        if self.verbs_last and subordinate and verbs:
            last = tokens[verbs[-1]]
            if last.lower.endswith("t") and last.lower != last.lemma:
                tokens[verbs[-1]] = replace(last, morph=_FINITE)

    def _is_bare_form(self, k: int, stretch: range) -> bool:
        """Whether at `k` stands a verb in the form that plural and infinitive share, with a subject before it
        and no marker: a finite one."""
        tokens, token = self.tokens, self.tokens[k]
        if self.data.verb_endings[:1] == ["e"] and token.pos != "AUX":
            return False  # Danish infinitives are never finite
        if k == 0 or self._is_marked(k) or ("Part" in token.morph and not self._shares_infinitive(token)):
            return False
        subject = any(t.pos in ("NOUN", "PROPN", "PRON") for t in tokens[max(0, k - 4) : k])
        if self.data.bare_complements and token.lower != self._lemma(token):
            return False  # English: the bare form is the lemma
        if token.pos == "VERB":
            first = stretch.start if self.verbs_last else 0
            return subject and not any(is_verb(t) for t in tokens[first:k])
        if token.pos == "AUX":
            return subject
        if token.pos not in _MISTAKEN or self.data.verb_endings[:1] != ["en"]:
            return False
        if token.lower != token.lemma or not token.lower.endswith("en"):
            return False
        if tokens[k - 1].text[:1].isupper() and not any(is_verb(tokens[j]) for j in stretch):
            return True
        known = self.verbs_last and is_infinitive(token.lower, self.language)
        return known and subject and not token.text[:1].isupper() and tokens[k - 1].pos not in _BEFORE_NOUN

    def _shares_infinitive(self, token: Token) -> bool:
        """Whether a word tagged as a participle has the infinitive's form too, where verbs stand last."""
        if not self.verbs_last:
            return False
        return token.lower == token.lemma or is_infinitive(token.lower, self.language)

    def _is_opened(self, stretch: range) -> bool:
        """Whether a conjunction or relative opens the stretch, or a complement follows what opens the
        sentence, which so must have a finite verb."""
        if self.data.verb_endings[:1] != ["e"]:
            return False
        if stretch.start:
            return self.tokens[stretch.start - 1].pos == "SCONJ"
        after = [t.lower for t in self.tokens[stretch.stop : stretch.stop + 2]]
        return len(after) > 1 and after[0] == "," and after[1] in self.data.complementizers

    def _follows_subject(self, k: int, stretch: range) -> bool:
        """Whether the word at `k`, right after a noun, has the ending of a verb in the present, which
        plurals share."""
        token, before = self.tokens[k], self.tokens[k - 1]
        if k == stretch.start or token.pos not in _MISTAKEN or before.pos != "NOUN":
            return False
        return token.lower == f"{token.lemma}r" and token.lemma.endswith("e")

    def _follows_plural(self, k: int, stretch: range) -> bool:
        """Whether the noun at `k` is rather the verb of the plural before it ("products *comply* with")."""
        tokens, token = self.tokens, self.tokens[k]
        if not k or token.pos != "NOUN" or token.lower != token.lemma or not has_gerund(token.lemma):
            return False
        plural = tokens[k - 1].pos == "NOUN" and "Number=Plur" in tokens[k - 1].morph
        return plural and not any(is_verb(t) for t in tokens[stretch.start : k])

    def _resumes(self, k: int) -> bool:
        """Whether the word at `k`, after a comma, may go on with the sentence after an aside ("BYD, a rival,
        *supplies* X"): no other word of it is a finite verb."""
        return self.data.bare_complements and k > 1 and not any(is_finite(t) for t in self.tokens)

    def _closes_noun_phrase(self, k: int) -> bool:
        """Whether a possessive, or a participle after a preposition or article, shows the word at `k` to be a
        noun ("its *products*", "of banned *firms*")."""
        before = self.tokens[k - 1]
        if "Poss=Yes" in before.morph:
            return True
        return "Part" in before.morph and k > 1 and self.tokens[k - 2].pos in ("ADP", "DET")

    def _may_be_verb(self, k: int) -> bool:
        """Whether the word at `k` has a finite verb's ending and stands where one can."""
        if not self.data.verb_endings:
            return False
        infinitive, *endings = self.data.verb_endings
        token = self.tokens[k]
        odd = token.pos in (("ADP", "PROPN") if self.verbs_last else ("ADP",)) and len(token.text) > 4
        if not (token.pos in _MISTAKEN or odd) or token.text[:1].isupper():
            return False
        lemma = self._lemma(token)
        if token.lower == lemma or not lemma.endswith(infinitive):
            return False
        if not token.lower.endswith(tuple(endings)):
            return False
        before = self.tokens[k - 1] if k else None
        if before is None or (before.text in _MARKS and not self._resumes(k)):
            return False
        if self._closes_noun_phrase(k):
            return False
        pronoun = before.lower in self.data.relatives  # "dat die samenwerkt": no article here
        year = before.pos == "NUM" and re.fullmatch(r"\d{4}", before.text) is not None
        name = self.data.bare_complements and before.pos == "ADJ" and before.text[:1].isupper()
        if before.pos in _BEFORE_NOUN and not pronoun and not year and not name:
            return False
        # "-er" ends Danish plurals too: only right after what a finite verb follows.
        subject = before.pos in ("ADV", "PART", "PRON", "PROPN") or "Definite=Def" in before.morph
        after = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        # A noun with a capital is a name that the model does not know.
        object_follows = after is not None and (
            after.pos in ("PROPN", "DET", "PRON")
            or after.text[:1].isupper()
            or (after.pos == "NOUN" and "Definite=Def" in after.morph)
            or (after.pos == "ADV" and before.pos == "CCONJ")
        )
        return infinitive not in ("e", "a") or subject or object_follows
