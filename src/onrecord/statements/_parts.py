"""The parts of a clause: its subject, objects and antecedent, by the order of words."""

from __future__ import annotations

from onrecord.entities import noun_in
from onrecord.language import Clause, Token, is_finite, is_verb
from onrecord.statements._match import FIXED_ORDER, matches
from onrecord.statements._model import StatementType
from onrecord.statements._phrases import Phrase
from onrecord.statements._voice import Voice

_OBJECT_CONTROL: frozenset[StatementType] = frozenset({"request", "permission", "wrongdoing", "restriction"})
# How many clauses a subject is sought in.
_DEEPEST = 6


class Parts(Voice):
    """Finds the parts of the clauses of a page."""

    # -- subject ---------------------------------------------------------------------------------------------

    def subject(self, clause: Clause, depth: int = 0) -> Phrase | None:
        """The subject's phrase: by position, from the antecedent, the controller or the clause that "and"
        joins. `depth` is the number of clauses in which it was sought before."""
        if depth > _DEEPEST:
            return None
        if depth:
            return self._find_subject(clause, depth)
        if clause.index not in self._subjects:
            self._subjects[clause.index] = self._find_subject(clause, 0)
        return self._subjects[clause.index]

    def _find_subject(self, clause: Clause, depth: int) -> Phrase | None:
        if clause.kind == "inf":
            return self._controller(clause, depth)
        if clause.kind == "rel":
            return self._relative(clause)[0]
        bare = [p for p in self.bare(clause) if not self._oblique(p)]
        verb = self.finite(clause)
        if verb is not None:
            return self._subject_of(clause, verb, bare, depth)
        first_verb = next((i for i in clause.tokens if is_verb(self.tokens[i])), None)
        before = [p for p in bare if first_verb is None or p.last <= first_verb]
        if clause.conjunct_of is not None and not before:
            return self.subject(self.view.clause_by_index(clause.conjunct_of), depth + 1)
        return bare[0] if bare else None

    def _subject_of(self, clause: Clause, verb: int, bare: list[Phrase], depth: int) -> Phrase | None:
        """The subject of the finite verb at `verb`: before it, of the clause that "and" joins, or behind
        it."""
        before = [p for p in bare if p.last <= verb and not self._is_clitic(p)]
        after = [p for p in bare if p.first > verb]
        some = self._partitive(clause)
        if some is not None and (not before or some.first < before[0].first):
            fronted = some.last <= verb
            if fronted or (not before and some.first - 2 == verb + 1):
                return some
        shares = clause.conjunct_of is not None
        if before and clause.kind == "sub" and shares and before[0].via != "head":
            return self._subject_shared(clause, depth)
        if before and self._fronted(before[0], verb, after):
            return after[0]
        if not before and self._impersonal(clause):
            return None
        if len(before) > 1 and not before[0].keys and before[1].first == before[0].last:
            return before[1]  # "dozens of Dutch municipalities", without "of"
        if before:
            return self._named(before)
        if shares and not self._inverted(clause, verb):
            return self._subject_shared(clause, depth)
        if after and self.view.analysis.language != "en":
            return self._named(after)
        if (
            after
            and clause.kind == "main"
            and not any(is_verb(self.tokens[i]) for i in clause.tokens if i > verb)
        ):
            return after[0]  # "…, said the board"
        return None

    def _impersonal(self, clause: Clause) -> bool:
        """Whether nobody in particular is the subject (Danish "man")."""
        words = self.view.words
        nobody = [w for w in words.expletives if w in words.nominatives]
        return any(self.tokens[i].lower in nobody for i in clause.tokens) if nobody else False

    def _subject_shared(self, clause: Clause, depth: int) -> Phrase | None:
        """The subject of the clause to which "and" joins this one."""
        if clause.conjunct_of is None:
            return None
        return self.subject(self.view.clause_by_index(clause.conjunct_of), depth + 1)

    def _fronted(self, phrase: Phrase, verb: int, after: list[Phrase]) -> bool:
        """Whether a pronoun before the verb is its object ("Det siger X"): a name or noun follows right after
        the verb."""
        if self.view.analysis.language in FIXED_ORDER:
            return False
        if after and after[0].first == verb + 1 and self._nominative(after[0]):
            return True  # "Huawei hebben *we* …"
        if self._thing_first(phrase, verb, after):
            return True
        if phrase.last - phrase.first > 1:
            return False
        if (
            self.tokens[phrase.first].lower not in self.view.words.sum_up
            or self.tokens[verb].lemma in self.be
        ):
            return False
        return bool(after) and after[0].first - verb <= 2 and bool(after[0].keys)

    def _thing_first(self, phrase: Phrase, verb: int, after: list[Phrase]) -> bool:
        """Whether somebody's thing stands before an auxiliary as object of the verb behind the one who acts
        ("Utrustning från X skulle *operatörerna* ta bort")."""
        if phrase.via != "maker" or not after or after[0].first != verb + 1 or after[0].via != "head":
            return False
        behind = [
            t for t in self.tokens[after[0].last : after[0].last + 4] if is_verb(t) and not is_finite(t)
        ]
        return bool(behind) and after[0].kind in ("company", "state", "body", "role", "person")

    def _nominative(self, phrase: Phrase) -> bool:
        """Whether a phrase is never an object: a pronoun, or by its article's form."""
        first, words = self.tokens[phrase.first], self.view.words
        if self._weak_oblique(phrase):
            return False
        if words.oblique_words and first.lower == "der" and "Case=Nom" in first.morph:
            return True
        return phrase.last - phrase.first == 1 and first.lower in words.nominatives

    def _oblique(self, phrase: Phrase) -> bool:
        """Whether a phrase is no subject by the form of its first word."""
        named = (
            phrase.mention is not None
            and phrase.mention.form == "name"
            and phrase.mention.first == phrase.first
        )
        if named:
            return False
        return self.tokens[phrase.first].lower in self.view.words.oblique_words or self._weak_oblique(phrase)

    def _weak_oblique(self, phrase: Phrase) -> bool:
        """Whether the adjective behind the article tells that a phrase is no subject ("*der chinesischen*
        Armee")."""
        ending = self.view.words.oblique_adjectives.get(self.tokens[phrase.first].lower)
        if ending is None or phrase.last - phrase.first < 3:
            return False
        after = self.tokens[phrase.first + 1]
        return after.pos == "ADJ" and after.lower.endswith(ending)

    def _inverted(self, clause: Clause, verb: int) -> bool:
        """Whether something other than the coordinator stands before the verb, as when an adverb pushes the
        subject behind."""
        small = ("CCONJ", "PUNCT", "SCONJ", "PART")
        return any(i < verb and self.tokens[i].pos not in small for i in clause.tokens)

    def _named(self, phrases: list[Phrase]) -> Phrase:
        """The first phrase; or, for a title, the name beside it ("Ericsson's chief executive, Börje
        Ekholm,")."""
        first = phrases[0]
        if self._apposed_owner(phrases):
            return phrases[1]
        if noun_in(self.tokens[first.head].lemma, self.view.names.titles) is None:
            return first
        joined = [] if first.keys else self.view.group_of(first)  # "founder and chief executive Ren Zhengfei"
        persons = (p for p in (*joined, *phrases[1:2]) if p.kind == "person" and p.via == "head")
        return next(persons, first)

    def _apposed_owner(self, phrases: list[Phrase]) -> bool:
        """Whether somebody told by whom he belongs to is named in commas ("X's owner, *Y*, has sued")."""
        if len(phrases) < 2 or not phrases[0].keys or phrases[0].via == "head":
            return False
        first, second = phrases[:2]
        closed = second.last < len(self.tokens) and self.tokens[second.last].text == ","
        beside = second.first == first.last + 1 and self.tokens[first.last].text == "," and closed
        product = noun_in(self.tokens[first.head].lemma, self.view.names.products) is not None
        named = second.via == "head" and second.kind in ("company", "body", "person")
        return beside and named and not product and self.view.group_of(first)[-1] is first

    def _controller(self, clause: Clause, depth: int) -> Phrase | None:
        """The subject that an infinitive understands: what is asked or let, else the subject of the clause
        above."""
        if clause.parent is None:
            return None
        parent, start = self.view.clause_by_index(clause.parent), clause.tokens[0]
        if self._hands_over(parent):
            objects = [p for p in self.objects(parent) if p.keys and p.first < start]
            if objects and start - objects[-1].last <= 6:
                return objects[0]
            for phrase in self.phrases(parent):
                asked = ("op", "på", "on", *self.view.words.addressed)
                if phrase.keys and phrase.preposition in asked and phrase.first < start:
                    return phrase
        return self.subject(parent, depth + 1)

    def _hands_over(self, clause: Clause) -> bool:
        """Whether a verb of the clause gives its object to the infinitive as subject."""
        if clause.index not in self._control:
            self._control[clause.index] = any(
                m.trigger.type in _OBJECT_CONTROL and m.trigger.part == "verb"
                for m in matches(self.view, clause, self.lexicon)
            )
        return self._control[clause.index]

    # -- relative clauses ------------------------------------------------------------------------------------

    def _relative(self, clause: Clause) -> tuple[Phrase | None, Phrase | None]:
        """Subject and object of a relative clause: its antecedent is one of them."""
        opener = self._opener(clause)
        antecedent = self.antecedent(clause)
        if self._is_participle_clause(clause):
            if antecedent is None and clause.parent is not None and not self._before(opener, clause):
                antecedent = self.subject(self.view.clause_by_index(clause.parent))
            return antecedent, None
        verb = next((i for i in clause.tokens if is_verb(self.tokens[i])), None)
        bare = [p for p in self.bare(clause) if p.first > opener]
        before_verb = [p for p in bare if verb is not None and p.last <= verb and not self._oblique(p)]
        word, words = self.tokens[opener].lower, self.view.words
        if word in words.subject_relatives and self.tokens[opener].pos != "ADP":
            return antecedent, (bare[0] if bare else None)
        if word in words.object_relatives:
            free = [p for p in bare if not self._is_clitic(p)]
            return (free[0] if free else None), antecedent
        adverbial = any(word.startswith(stem) and len(word) > len(stem) for stem in words.relative_stems)
        if self.tokens[opener].pos == "ADP" or adverbial:
            return next(iter((*before_verb, *bare)), None), None
        if word in self.view.words.oblique_words:
            return (bare[0] if bare else None), antecedent  # "den Peking nennt"
        named = antecedent is None or bool(antecedent.keys)
        if before_verb and not (self.view.words.infinitives_last and named):
            return before_verb[0], antecedent
        return antecedent, (bare[0] if bare else None)

    def _before(self, opener: int, clause: Clause) -> bool:
        """Whether anything but marks stands in the sentence before a clause's opener."""
        first = self.view.analysis.sentences[clause.sentence].first
        return any(self.tokens[i].pos != "PUNCT" for i in range(first, opener))

    def _is_clitic(self, phrase: Phrase) -> bool:
        """Whether a phrase is a pronoun that stands before its verb as an object."""
        token = self.tokens[phrase.first]
        alone = phrase.last - phrase.first == 1 and token.pos == "PRON"
        return alone and token.lower in self.view.words.clitics

    def antecedent(self, clause: Clause) -> Phrase | None:
        """The phrase that a relative clause describes: the last one before its opener."""
        opener = self._opener(clause)
        before = [p for p in self.view.phrases[clause.sentence] if p.last <= opener]
        if not before or opener - before[-1].last > 2:
            return None
        last = before[-1]
        if self._is_participle_clause(clause):
            last = self._agreeing(before, self.tokens[opener])
        placed = last.preposition in self.view.words.locative
        located = placed and (last.kind == "state" or not last.keys)
        if located and len(before) > 1 and before[-2].last == last.first - 1 and before[-2].keys:
            last = before[-2]  # "the authority in Sweden, which …"
        if not last.keys and len(before) > 1 and self._renames(before[-2], last):
            last = before[-2]  # "*X*, a group linked to Y"
        return self.view.group_of(last)[0]

    def _renames(self, named: Phrase, phrase: Phrase) -> bool:
        """Whether a phrase right after a comma and an article's says what the name before it is."""
        if self.view.analysis.language not in FIXED_ORDER:
            return False
        comma = phrase.first == named.last + 1 and self.tokens[named.last].text == ","
        told = self.tokens[phrase.first].pos == "DET" and named.kind in ("company", "body", "person")
        return comma and told and named.via == "head" and bool(named.keys) and not phrase.preposition

    def _agreeing(self, before: list[Phrase], participle: Token) -> Phrase:
        """The phrase, among the last before a participle, that has its number and gender; else the last."""
        for phrase in reversed(before[-3:]):
            head = self.tokens[phrase.head]
            marks = (set(m) & {"Number=Sing", "Number=Plur"} for m in (_marks(head), _marks(participle)))
            if len(set().union(*marks)) <= 1 and phrase.preposition not in self.view.words.agent:
                return phrase
        return before[-1]

    # -- objects ---------------------------------------------------------------------------------------------

    def objects(self, clause: Clause, consumed: tuple[int, ...] = ()) -> list[Phrase]:
        """The bare phrases that are not the subject, in order."""
        subject = self.subject(clause)
        found = [p for p in self.bare(clause, consumed) if subject is None or p.first != subject.first]
        verb = self.finite(clause)
        verb_second = clause.kind == "main" or not self.view.words.infinitives_last
        if subject is not None and verb is not None and verb_second and subject.last <= verb:
            found = [
                p for p in found if p.first > verb or self._is_clitic(p)
            ]  # what else stands before the verb is apposed to the subject
        if clause.kind == "rel":
            other = self._relative(clause)[1]
            if other is not None and all(p.first != other.first for p in found):
                found.append(other)
        return self._without_titles(found)

    def _without_titles(self, phrases: list[Phrase]) -> list[Phrase]:
        """The phrases without a title whose bearer is named right after it ("the firm's *finance chief*, Meng
        Wanzhou")."""
        kept = []
        for phrase, after in zip(phrases, (*phrases[1:], None), strict=False):
            named = after is not None and after.kind == "person" and after.via == "head"
            title = noun_in(self.tokens[phrase.head].lemma, self.view.names.titles) is not None
            if not (named and title and phrase.via != "head"):
                kept.append(phrase)
        return kept


def _marks(token: Token) -> list[str]:
    return token.morph.split("|")
