"""Where the phrases of a lexicon stand in a clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.language import Clause, Token, is_finite, is_verb
from onrecord.statements._lexicon import Lexicon, Trigger
from onrecord.statements._listed import PhraseList
from onrecord.statements._view import View


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found in a clause: the place of its first word, and all the places that it takes."""

    trigger: Trigger
    clause: Clause
    at: int
    places: tuple[int, ...]


# Languages whose verbs keep their place before the rest of their phrase.
FIXED_ORDER = frozenset({"en", "fr"})


def _is(token: Token, word: str) -> bool:
    """Whether a token is a listed word, by form or lemma; one listed with a hyphen is the end of a
    compound."""
    if word.startswith("-"):
        return token.lemma.endswith(word[1:]) or token.lower.endswith(word[1:])
    return token.lower == word or token.lemma == word


def find_rest(tokens: Sequence[Token], places: Sequence[int], words: Sequence[str]) -> tuple[int, ...] | None:
    """Places, in order, where `words` stand among `places`; adjacent unless parted by `…`. None where they
    don't."""
    runs: list[list[str]] = [[]]
    for word in words:
        if word in ("…", "..."):
            runs.append([])
        else:
            runs[-1].append(word)
    found: list[int] = []
    start = 0
    for run in runs:
        if not run:
            continue
        hit = next(
            (
                k
                for k in range(start, len(places) - len(run) + 1)
                if places[k + len(run) - 1] - places[k] == len(run) - 1
                and all(_is(tokens[places[k + n]], w) for n, w in enumerate(run))
            ),
            None,
        )
        if hit is None:
            return None
        found += [places[hit + n] for n in range(len(run))]
        start = hit + len(run)
    return tuple(found)


def _reached(view: View, clause: Clause) -> tuple[list[int], frozenset[str]]:
    """A clause's reach, and the forms and lemmas of the words there."""
    found = view.reached.get(clause.index)
    if found is None:
        places = reach(view, clause)
        found = view.reached[clause.index] = (places, view.words_at(places))
    return found


def reach(view: View, clause: Clause) -> list[int]:
    """The places over which a phrase that begins in the clause may go on: in languages whose infinitives
    follow their verb, also those of the infinitives that complete it ("*fails* | *to fix*", "*is about* |
    *to* ban") and the word that opens a complement ("*demands* | *that*")."""
    inner = [c for c in view.clauses[clause.sentence] if c.parent == clause.index]
    openers = {c.opener for c in inner if c.kind == "sub" and c.opener is not None}
    if view.analysis.language not in FIXED_ORDER:
        return sorted({*clause.tokens, *openers})
    infinitives = {i for c in inner if c.kind == "inf" for i in c.tokens}
    return sorted({*clause.tokens, *infinitives, *openers})


def _phrase_places(view: View, clause: Clause, phrase: str) -> Iterator[tuple[int, ...]]:
    """The places of a listed phrase in a clause, wherever it stands, its first word by lemma; separable verbs
    by their bar."""
    words = phrase.split()
    particle, bar, verb = words[0].partition("|")
    fixed = view.analysis.language in FIXED_ORDER
    within = _reached(view, clause)[0] if len(words) > 1 else clause.tokens
    for i in clause.tokens:
        token = view.tokens[i]
        first: tuple[int, ...] | None = None
        if not bar:
            first = (i,) if _is(token, words[0]) else None
        elif token.lemma == particle + verb:
            first = (i,)
        elif token.lemma == verb:
            after = (k for k in clause.tokens if k > i and view.tokens[k].lower == particle)
            at = next((k for k in after if not _governs(view, clause, k)), None)
            first = (i, at) if at is not None else None
        if first is None:
            continue
        free = [k for k in within if k not in first and not (fixed and k < i)]
        rest = find_rest(view.tokens, free, words[1:])
        if rest is not None and not (fixed and _apart(view, i, rest, words[1:])):
            yield first + rest


def _apart(view: View, i: int, rest: tuple[int, ...], words: Sequence[str]) -> bool:
    """Whether more than adverbs stand between a verb and the rest of its phrase, where no gap is listed."""
    if not words or words[0] in ("…", "..."):
        return False
    return any(view.tokens[k].pos not in ("ADV", "PART", "AUX") for k in range(i + 1, rest[0]))


def first_phrase(
    view: View,
    clause: Clause,
    phrases: PhraseList,
    fits: Callable[[tuple[int, ...]], bool] | None = None,
) -> tuple[int, ...] | None:
    """The places of the first of the listed phrases that stands in the clause, at places that fit."""
    for phrase in phrases.beginning_in(view.words_in(clause), _reached(view, clause)[1]):
        found = _phrase_places(view, clause, phrase)
        places = next((p for p in found if fits is None or fits(p)), None)
        if places is not None:
            return places
    return None


def _part_fits(trigger: Trigger, token: Token) -> bool:
    """Whether the word is, by its part of speech, of the sort that the trigger asks."""
    if trigger.part == "verb":
        inflected = "Part" in token.morph or token.lower != token.lemma
        return is_verb(token) or (token.pos == "ADJ" and inflected)
    if trigger.part == "noun":
        opens_phrase = token.pos == "ADP" and len(trigger.words) > 1  # "*à* la demande de"
        return token.pos in ("NOUN", "PROPN", "X") or opens_phrase
    return token.pos in ("ADJ", "VERB", "ADV", "NOUN", "AUX")


def _places(
    view: View, clause: Clause, i: int, trigger: Trigger, within: Sequence[int]
) -> tuple[int, ...] | None:
    """The places that a trigger takes whose first word stands at `i`; None where the rest of it is not
    there. `within`: the clause's reach."""
    tokens = view.tokens
    token = tokens[i]
    taken: tuple[int, ...] = (i,)
    if trigger.particle and token.lemma != trigger.particle + trigger.words[0]:
        after = (k for k in clause.tokens if k > i and tokens[k].lower == trigger.particle)
        at = next((k for k in after if not _governs(view, clause, k)), None)
        before = [k for k in (i - 1, i - 2) if k in clause.tokens]  # "uit sluiten", "uit te sluiten"
        if at is None:
            heard = (k for k in before if tokens[k].lower == trigger.particle)
            at = next((k for k in heard if not _governs(view, clause, k)), None)
        if at is None:
            return None
        taken = (i, at)
    for word in trigger.beside:
        at = next((k for k in clause.tokens if k not in taken and _is(tokens[k], word)), None)
        if at is None:
            return None
        taken = (*taken, at)
    rest = trigger.words[1:]
    if not rest:
        return None if _habitual(view, trigger, i) else taken
    if trigger.part == "verb":
        free = [k for k in within if k not in taken]
        fixed = view.analysis.language in FIXED_ORDER
        if fixed:
            free = [k for k in free if k > i]
        else:
            free = [k for k in free if k > i or not _of_another(view, k, trigger)]
        hit = find_rest(tokens, free, rest)
        if hit is None and not fixed and tokens[i].index != clause.tokens[0]:
            hit = _before_verb(tokens, free, i, rest)
        if hit is None and view.words.infinitives_last:
            hit = _swapped(tokens, free, rest)
        if fixed and hit is None and rest[0] in ("…", "..."):
            hit = find_rest(tokens, _moved(view, clause, i), rest)
            return None if hit is None else taken + hit
        if hit is None or (fixed and (_apart(view, i, hit, rest) or _unaddressed(view, i, hit, rest))):
            return None
        return taken + hit
    hit = find_rest(tokens, [k for k in clause.tokens if k > i], rest)
    if hit is None or ("…" not in rest and hit[0] != i + 1):
        return None
    return taken + hit


def _of_another(view: View, k: int, trigger: Trigger) -> bool:
    """Whether the word at `k`, before a verb, is a preposition with a noun of its own that is no argument of
    the trigger ("*after pressure from Washington*, TDC chose …" is no choosing from)."""
    token, after = view.tokens[k], view.tokens[k + 1] if k + 1 < len(view.tokens) else None
    if token.pos != "ADP" or after is None or after.pos not in ("DET", "ADJ", "NOUN", "PROPN", "NUM"):
        return False
    words = [w for w in trigger.words if w not in ("…", "...")]
    for noun in view.tokens[k + 1 : k + 5]:  # "*auf* die schwarze *Liste* gesetzt"
        if any(_is(noun, word) for word in words):
            return False
        if noun.pos not in ("DET", "ADJ", "NUM", "ADV"):
            break
    return token.lower not in (*trigger.actor, *trigger.target, *trigger.source)


def _before_verb(
    tokens: Sequence[Token], free: list[int], i: int, rest: Sequence[str]
) -> tuple[int, ...] | None:
    """Where a phrase's last part stands before the verb at `i` and the others behind it, as a subject in the
    passive or an object put first does ("*bevis* har ikke lagts fram")."""
    if "…" not in rest or rest.index("…") == 0:
        return None
    cut = len(rest) - 1 - list(reversed(rest)).index("…")
    first = find_rest(tokens, [k for k in free if k < i], rest[cut + 1 :])
    others = find_rest(tokens, [k for k in free if k > i], rest[:cut])
    return None if first is None or others is None else (*others, *first)


def _habitual(view: View, trigger: Trigger, i: int) -> bool:
    """Whether a verb of using or needing only stands before an infinitive ("*used* to be run by X")."""
    if trigger.part != "verb" or trigger.type not in ("supply", "dependency") or i + 1 >= len(view.tokens):
        return False
    after = view.tokens[i + 1]
    marked = after.pos == "PART" and after.lower in view.words.infinitive
    return view.analysis.language in FIXED_ORDER and marked and is_finite(view.tokens[i])


def _moved(view: View, clause: Clause, i: int) -> list[int]:
    """The places before a verb where the noun that its phrase puts behind it may stand: in the passive its
    subject ("the *ban* was lifted"), in a relative clause what it describes ("*sanctions* imposed by X")."""
    tokens = view.tokens
    before = [k for k in clause.tokens if k < i]
    passive = "Part" in tokens[i].morph and any(tokens[k].lemma in view.words.passive for k in before)
    if clause.kind != "rel":
        return before if passive else []
    return [*_described(view, clause), *before]


def _described(view: View, clause: Clause) -> list[int]:
    """The places of the words, right before a relative clause, of what it describes; none for others."""
    if clause.kind != "rel":
        return []
    last = clause.opener if clause.opener is not None else clause.tokens[0]
    first, start = last, view.analysis.sentences[clause.sentence].first
    nouns = ("NOUN", "PROPN", "ADJ", "ADP", "DET", "NUM", "PART")
    while first > start and (view.tokens[first - 1].pos in nouns or view.tokens[first - 1].text == ","):
        first -= 1
    return list(range(first, last))


def _unaddressed(view: View, i: int, hit: tuple[int, ...], words: Sequence[str]) -> bool:
    """Whether the one who is asked to do something is missing between a finite verb and its infinitive
    ("wants to" is no "wants … to")."""
    asked = len(words) == 2 and words[0] in ("…", "...") and words[1] in view.words.infinitive
    return asked and hit[0] == i + 1 and is_finite(view.tokens[i])


def matches(
    view: View,
    clause: Clause,
    lexicon: Lexicon,
    fits: Callable[[Match], bool] | None = None,
    guessed: Callable[[Match], bool] | None = None,
) -> list[Match]:
    """Every trigger in the clause that `fits`; where several share a word, the longest phrase keeps it, and
    one with arguments where it asks for them before one whose arguments are `guessed`.

    Alternatives of equal length at the same word are all kept: they say different things.
    """
    found: list[Match] = []
    within, there = _reached(view, clause)
    if view.analysis.language in FIXED_ORDER:
        there = there | view.words_at(_described(view, clause))
    for i in clause.tokens:
        token = view.tokens[i]
        for trigger in lexicon.beginning_with(token):
            if not trigger.rest <= there or not _part_fits(trigger, token):
                continue
            if trigger.part == "verb" and _attributive(view, clause, i):
                continue
            if trigger.part == "noun" and _in_body(view, i):
                continue
            places = _places(view, clause, i, trigger, within)
            if places is None or (trigger.part == "verb" and _only_auxiliary(view, clause, i, places)):
                continue
            match = Match(trigger, clause, i, places)
            if fits is None or fits(match):
                found.append(match)
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (guessed is not None and guessed(m), _rank(view, m))):
        rivals = [k for k in kept if set(k.places) & set(match.places)]
        if all(len(k.places) == len(match.places) and k.at == match.at for k in rivals):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.at, m.trigger.name))


def _governs(view: View, clause: Clause, k: int) -> bool:
    """Whether the word at `k` is a preposition before its noun ("roept … *op* het matje") and no particle
    of a verb, which where infinitives stand last is at its clause's end or before another preposition."""
    if not view.words.infinitives_last or k + 1 not in clause.tokens:
        return False
    return view.tokens[k + 1].pos in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON")


def _in_body(view: View, i: int) -> bool:
    """Whether the word stands inside a body's name or title behind its noun ("la cour d'*appel*")."""
    mention = view.mention_at.get(i)
    return mention is not None and mention.kind == "body" and mention.form == "noun" and i > mention.head


def _attributive(view: View, clause: Clause, i: int) -> bool:
    """Whether the word is an adjective before a noun ("the *banned* supplier") and no verb of its clause."""
    if view.tokens[i].pos != "ADJ" or i + 1 not in clause.tokens:
        return False
    return view.tokens[i + 1].pos in ("NOUN", "ADJ", "PROPN")


def _swapped(tokens: Sequence[Token], places: Sequence[int], words: Sequence[str]) -> tuple[int, ...] | None:
    """Places of the last two parts of a phrase the other way round, where objects may stand behind what a
    preposition introduces ("tekent *met* X *een contract*"); None where they do not stand so."""
    gaps = [n for n, word in enumerate(words) if word in ("…", "...")]
    if not gaps or words[-1] in ("…", "..."):
        return None
    last, before = words[gaps[-1] + 1 :], words[: gaps[-1]]
    start = max((n for n in gaps[:-1]), default=-1) + 1
    if not before[start:] or len(last) != 1:
        return None
    hit = find_rest(tokens, places, [*before[:start], *last, "…", *before[start:]])
    if hit is None or tokens[hit[start - before[:start].count("…")]].pos != "ADP":
        return None
    return hit


def _only_auxiliary(view: View, clause: Clause, i: int, places: Sequence[int]) -> bool:
    """Whether the verb at `i` merely helps a participle that is no word of the trigger ("*has* X's camera
    *tested*" is no having), in languages whose participles may stand far from it."""
    tokens = view.tokens
    if view.analysis.language in FIXED_ORDER or tokens[i].lemma not in view.words.auxiliaries:
        return False
    if any(is_verb(tokens[k]) for k in places if k != i):
        return False
    others = (tokens[k] for k in clause.tokens if k not in places and k != i)
    return any(t.pos == "VERB" and "VerbForm=Part" in t.morph and "Tense=Pres" not in t.morph for t in others)


def _rank(view: View, match: Match) -> tuple[bool, int, int, str]:
    """Which of several matches comes first: no auxiliary beside a verb, the longer phrase, the earlier
    word."""
    alone = not any(view.tokens[i].pos == "VERB" for i in match.places)
    others = (view.tokens[i] for i in match.clause.tokens if i not in match.places)
    auxiliary = view.tokens[match.at].pos == "AUX" and alone
    beside_verb = auxiliary and any(t.pos == "VERB" for t in others)
    return beside_verb, -len(match.places), match.at, match.trigger.name
