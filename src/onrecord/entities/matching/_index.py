"""Finding a name among many: an index of names by their parts."""

from __future__ import annotations

import io
import json
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise, repeat

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from onrecord.entities.matching._analysis import INITIAL, WORD, Name, analysed
from onrecord.entities.matching._compare import STANDING, explained, relation_of, standing
from onrecord.entities.matching._fold import variants
from onrecord.entities.matching._laying import Laid
from onrecord.entities.matching._letters import LEAST_ALIKE, Runs, alike
from onrecord.entities.matching._model import Candidate, Likeness, NameKind, Relation
from onrecord.entities.matching._near import NearWords
from onrecord.entities.matching._score import LEAST_ACRONYM, TELLING, score
from onrecord.entities.matching._spelling import CUT_LIKENESS
from onrecord.entities.matching._words import words

VERSION = 3
"""Of what `dump` writes: another where the rules or data files that make terms change."""
CHUNK = 512
"""Names that are looked up at once: their postings together take a few MB."""
MOST_NEARLY = 2
"""How many parties at most are shown that are nearly, but not, the one."""
SAME_FORM = 0.005
"""What the same legal form is worth among candidates that are as near as each other."""
LETTERS = 0.8
"""What letters alike, of the whole names as they are written, are worth among candidates beside the score."""
LEAST_LETTERS, FOUND = 6, 0.4
"""Letters of a name that is looked up by its letters alone, and the score of what else is found below which
it is."""
NEARLY = 0.2
"""The score below which a name that is no affiliate is not worth showing."""
LEAST_SHARED, LEAST_HELD = 0.5, 0.8
"""A listed name is compared in full where the parts it may share with the asked one are this much of both,
or this much of the lesser one and more than common words."""
COMPARED = 12
"""Names at most that are compared in full with one that is asked for."""
ONLY_NEAR = 0.2
"""How far behind the best, in what it may share, a name is still compared once a same one is found."""

LEAST_CUT, LONGEST_CUT, MOST_CUT = 4, 8, 20
"""Letters of a word that may be one cut short, and how many words it may then be the beginning of."""
ANY = 9.0
"""The worth of a term that is no part of a name: it never makes less of the part that is asked for."""
_KINDS: dict[str, int] = {"other": 0, "company": 1, "person": 2}

Terms = tuple[NDArray[np.int32], NDArray[np.float32]]
Ids = NDArray[np.int32]


def _terms(name: Name) -> list[tuple[str, float]]:
    """What a name is found by: its parts' keys with their weights, its initials, its core as one word."""
    found = [(name.keys[at], name.weights[at]) for at in name.core]
    if len(name.core) >= LEAST_ACRONYM:
        found.append(("!" + "".join(name.parts[at][0] for at in name.core), 0.0))
    if name.plain:
        found.append(("=" + name.plain, 0.0))
    found += [("^" + name.parts[at][0], 0.0) for at in name.core if name.sorts[at] == WORD]
    return found


def _best(found: list[tuple[Candidate, ...]], limit: int) -> tuple[Candidate, ...]:
    """The candidates of the variants of one name, each party once, the best first."""
    if len(found) == 1:
        return found[0]
    best: dict[str, Candidate] = {}
    for candidate in (candidate for candidates in found for candidate in candidates):
        known = best.get(candidate.key)
        if known is None or standing(known.likeness) < standing(candidate.likeness):
            best[candidate.key] = candidate
    return tuple(sorted(best.values(), key=_place)[:limit])


def _place(candidate: Candidate) -> tuple[bool, float]:
    return candidate.likeness.relation != "same", -candidate.nearness


class NameIndex:
    """Names with the keys of who bears them, to be searched. A key may come with many names."""

    def __init__(
        self, names: Iterable[tuple[str, str]], *, kinds: Mapping[str, NameKind] | None = None
    ) -> None:
        """Index the (key, name) pairs. Names without a letter or figure are kept and never found. `kinds`
        says of what kind the bearers are, as far as is known: a person is not found for a company's name
        nor a company for a person's."""
        listed = [(key, name, variant) for key, name in names for variant in variants(name)]
        kind_of = kinds or {}
        sorts = [_KINDS.get(kind_of.get(key, ""), 0) for key, _, _ in listed]
        self._keys = [key for key, _, _ in listed]
        self._names = [name for _, name, _ in listed]
        self._variants = [variant for _, _, variant in listed]
        ids: dict[str, int] = {}
        of_term: list[int] = []
        worth: list[float] = []
        of_name: list[int] = []
        weights = np.zeros((2, len(listed)), np.float32)
        particles = words().particles
        self._plain: list[str] = []
        for number, name in enumerate(self._variants):
            parts = analysed(name, "company")
            self._plain.append(parts.plain)
            seen: set[int] = set()
            for term, weight in _terms(parts):
                at = ids.setdefault(term, len(ids))
                if at == len(worth):
                    worth.append(0.0)
                worth[at] = max(worth[at], weight or ANY)  # the same word tells more of a shorter name
                if at not in seen:
                    seen.add(at)
                    of_term.append(at)
                    of_name.append(number)
                weights[0, number] += weight
                if term not in particles:
                    weights[1, number] += weight
        self._worth = np.array(worth, np.float32)
        terms = np.array(of_term, np.int32)
        order = np.argsort(terms, kind="stable")
        self._postings: Ids = np.array(of_name, np.int32)[order]
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(terms, minlength=len(ids)))))
        self._weights = weights
        self._kinds = np.array(sorts, np.int8)
        self._set(list(ids))
        self._near = NearWords.of(self._spelt)
        self._runs = Runs.of(self._plain)

    def _set(self, terms: list[str]) -> None:
        """Take the terms, and the words by which those are found that a misspelt word may stand for: a
        line's and a place's in all their spellings, a whole name written as one."""
        self._terms = terms
        self._ids = {term: at for at, term in enumerate(terms)}
        self._known: dict[str, Terms] = {}
        spelt = {(term.lstrip("="), at) for term, at in self._ids.items() if term.lstrip("=").isalnum()}
        for word, key in words().lines.items():
            if key in self._ids:
                spelt.add((word, self._ids[key]))
        for sequences in words().places.values():
            for sequence, code in sequences:
                if len(sequence) == 1 and "@" + code in self._ids:
                    spelt.add((sequence[0], self._ids["@" + code]))
        ordered = sorted(spelt)
        self._spelt = [word for word, _ in ordered]
        self._spelt_term = np.array([at for _, at in ordered], np.int32)

    def __len__(self) -> int:
        return len(self._names)

    def search(self, name: str, *, limit: int = 5, kind: NameKind = "company") -> tuple[Candidate, ...]:
        """The parties that may bear `name`, best first, each once under its nearest name: those that are the
        same, affiliates, and the nearly so. At most `limit`."""
        return self.search_all([name], limit=limit, kind=kind)[0]

    def search_all(
        self, names: Sequence[str], *, limit: int = 5, kind: NameKind = "company"
    ) -> list[tuple[Candidate, ...]]:
        """`search` for each of `names`, in their order; many at once are found faster than one by one."""
        found: list[tuple[Candidate, ...]] = []
        for start in range(0, len(names), CHUNK):
            chunk = [variants(name) for name in names[start : start + CHUNK]]
            asked = [analysed(variant, kind) for listed in chunk for variant in listed]
            nearest = self._nearest(asked)
            compared = list(map(self._compared, asked, nearest, repeat(limit)))
            if kind != "person":
                self._by_letters(asked, nearest, compared, limit)
            one_by_one = iter(compared)
            found += [_best(list(islice(one_by_one, len(listed))), limit) for listed in chunk]
        return found

    def _by_letters(
        self,
        asked: Sequence[Name],
        nearest: list[list[tuple[int, float]]],
        compared: list[tuple[Candidate, ...]],
        limit: int,
    ) -> None:
        """Look anew, by their letters alone, for names for which nothing was found that is much like them."""
        missed = [
            at
            for at, found in enumerate(compared)
            if len(asked[at].plain) >= LEAST_LETTERS and (not found or found[0].likeness.score < FOUND)
        ]
        if not missed:
            return
        kind = _KINDS[asked[0].kind]
        for at, numbers in zip(missed, self._runs.near([asked[at].plain for at in missed]), strict=True):
            known, plain = {number for number, _ in nearest[at]}, asked[at].plain
            new = [
                (number, 1.0)
                for number in numbers
                if number not in known
                and self._kinds[number] in (0, kind)
                and fuzz.ratio(plain, self._plain[number]) >= LEAST_ALIKE * 100
            ]
            if new:
                compared[at] = self._compared(asked[at], [*nearest[at], *new], limit)

    def _learn(self, asked: Iterable[str]) -> None:
        """Find for words not met before which terms are theirs or near them, and how alike they are."""
        new = [word for word in dict.fromkeys(asked) if word not in self._known]
        lines = words().lines
        spelt = [word.lstrip("=") for word in new]
        spelt = [word if word.isalnum() and word.isascii() and word not in lines else "" for word in spelt]
        near: dict[int, dict[int, float]] = {}
        mine, theirs, likeness = self._near.near(spelt)
        terms = self._spelt_term[theirs]
        for at, term, much in zip(mine.tolist(), terms.tolist(), likeness.tolist(), strict=True):
            if spelt[at] and (new[at][0] == "=") == (self._terms[term][0] == "="):
                listed = near.setdefault(at, {})
                listed[term] = max(much, listed.get(term, 0.0))
        for at, word in enumerate(new):
            found = near.get(at, {})
            own = self._ids.get(word)
            if own is not None:
                found[own] = 1.0
            if word.isalpha() and LEAST_CUT <= len(word) <= LONGEST_CUT and len(found) < MOST_CUT:
                for term in self._cut(word):
                    found.setdefault(term, CUT_LIKENESS)
            self._known[word] = (np.array(list(found), np.int32), np.array(list(found.values()), np.float32))

    def _cut(self, word: str) -> list[int]:
        """Terms of which a word may be the beginning, where these are few."""
        start = bisect_left(self._spelt, word)
        stop = bisect_left(self._spelt, word + "{", start)
        if stop - start > MOST_CUT * 4:
            return []
        terms = self._spelt_term[start:stop].tolist()
        return [term for term in terms if self._terms[term][0] != "="][:MOST_CUT]

    def _asked_terms(self, name: Name) -> list[tuple[str, float]]:
        """What to look a name up by: its parts; neighbours written together; its initials, and itself as
        the initials of a longer name; its core as one word."""
        found = [
            (name.parts[at] if name.kind == "person" else name.keys[at], name.weights[at]) for at in name.core
        ]
        for at, after in pairwise(name.core):
            together = name.parts[at] + name.parts[after]
            if together in self._ids and " " not in together:
                found.append((together, name.weights[at] + name.weights[after]))
        for at in name.core:
            found += [(half, name.weights[at] / 2) for half in self._halves(name, at)]
            if name.sorts[at] == INITIAL and name.kind != "person":
                found.append(("^" + name.parts[at], name.weights[at]))
            if name.sorts[at] == WORD and LEAST_ACRONYM <= len(name.parts[at]) <= 6:
                found.append(("!" + name.parts[at], name.weights[at]))
        if len(name.core) >= LEAST_ACRONYM:
            found.append(("".join(name.parts[at][0] for at in name.core), name.weight / 2))
        if any(term not in self._ids for term, _ in found[: len(name.core)]):
            found.append(("=" + name.plain, name.weight))
        return found

    def _halves(self, name: Name, at: int) -> tuple[str, ...]:
        """The two known words that a word unknown to the index is written together of."""
        word = name.parts[at]
        if name.sorts[at] != WORD or len(word) < 7 or word in self._ids:
            return ()
        for middle in range(3, len(word) - 2):
            one, other = self._term_of(word[:middle]), self._term_of(word[middle:])
            if one and other:
                return one, other
        return ()

    def _term_of(self, word: str) -> str | None:
        """The term under which a word is found, None where no name has it."""
        at = bisect_left(self._spelt, word)
        if at < len(self._spelt) and self._spelt[at] == word:
            term = self._terms[self._spelt_term[at]]
            return None if term[0] == "=" else term
        return None

    def _nearest(self, asked: Sequence[Name]) -> list[list[tuple[int, float]]]:
        """For each name that is asked for, the listed ones worth comparing and what share they may have in
        common, most first."""
        lookups = [self._asked_terms(name) for name in asked]
        self._learn(term for lookup in lookups for term, _ in lookup)
        terms: list[Ids] = []
        values: list[NDArray[np.float32]] = []
        owners: list[int] = []
        sizes: list[int] = []
        for number, lookup in enumerate(lookups):
            for term, weight in lookup:
                ids, likeness = self._known[term]
                if len(ids):
                    terms.append(ids)
                    values.append(likeness * np.minimum(self._worth[ids], np.float32(weight)))
                    owners.append(number)
                    sizes.append(len(ids))
        found: list[list[tuple[int, float]]] = [[] for _ in asked]
        if not terms:
            return found
        of_terms = np.concatenate(terms)
        start = self._starts[of_terms]
        count = self._starts[of_terms + 1] - start
        offsets = np.repeat(start - np.concatenate(([0], np.cumsum(count)[:-1])), count)
        names = self._postings[np.arange(int(count.sum())) + offsets]
        owner = np.repeat(np.repeat(np.array(owners, np.int64), sizes), count)
        value = np.repeat(np.concatenate(values), count)
        pair = (owner << 32) | names
        order = np.argsort(pair, kind="stable")
        pair, value = pair[order], value[order]
        first = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
        shared = np.add.reduceat(value, first)
        owner, names = pair[first] >> 32, (pair[first] & 0xFFFFFFFF).astype(np.int32)
        weight = np.array([name.weight for name in asked], np.float32)[owner]
        theirs = self._weights[int(asked[0].kind == "person"), names]
        lesser = np.minimum(weight, theirs)
        share = np.minimum(2 * shared / (weight + theirs), 1.5)
        kind = np.int8(_KINDS[asked[0].kind])
        kinds = self._kinds[names]
        fits = (kinds == 0) | (kinds == kind)
        held = shared >= np.maximum(LEAST_HELD * lesser, TELLING)
        kept = np.flatnonzero(((share >= LEAST_SHARED) | held) & fits)
        kept = kept[np.lexsort((names[kept], -share[kept], owner[kept]))]
        rows = zip(owner[kept].tolist(), names[kept].tolist(), share[kept].tolist(), strict=True)
        for asker, listed, much in rows:
            if len(found[asker]) < COMPARED:
                found[asker].append((listed, much))
        return found

    def _compared(self, asked: Name, near: list[tuple[int, float]], limit: int) -> tuple[Candidate, ...]:
        """The listed names compared in full with the asked one."""
        best: dict[str, tuple[float, int, Relation, str, Laid, Name]] = {}
        seen: dict[str, tuple[float, Relation, str, Laid, Name]] = {}  # several lists have the same name
        enough = -1.0
        for number, share in near:
            if share < enough:
                break
            text = self._variants[number]
            if text in seen:
                found, relation, rule, laid, other = seen[text]
            else:
                other = analysed(text, asked.kind)
                found, rule, laid = score(asked, other)
                relation, rule = relation_of(asked, other, found, rule, laid)
                seen[text] = (found, relation, rule, laid, other)
            if relation == "same":
                enough = max(enough, min(share, 1.0) - ONLY_NEAR)
            elif relation == "different" and found < NEARLY and alike(asked, other) < LEAST_ALIKE:
                continue
            key = self._keys[number]
            if key not in best or (STANDING[best[key][2]], best[key][0]) < (STANDING[relation], found):
                best[key] = (found, number, relation, rule, laid, other)
        written = [form.name for form in asked.forms]

        nearness = {
            key: entry[0]
            + LETTERS * alike(asked, entry[5])
            + SAME_FORM * ([form.name for form in entry[5].forms] == written)
            for key, entry in best.items()
        }

        def rank(item: tuple[str, tuple[float, int, Relation, str, Laid, Name]]) -> tuple[bool, float, int]:
            key, (_, number, relation, *_) = item
            return relation != "same", -nearness[key], number

        ranked = sorted(best.items(), key=rank)
        others = [key for key, entry in ranked if entry[2] == "different"][MOST_NEARLY:]
        told: dict[str, Likeness] = {}
        hits: list[Candidate] = []
        for key, (found, number, relation, rule, laid, other) in ranked:
            if key in others:
                continue
            if other.text not in told:
                told[other.text] = explained(asked, other, found, relation, rule, laid)
            hits.append(Candidate(key, self._names[number], told[other.text], round(nearness[key], 4)))
            if len(hits) == limit:
                break
        return tuple(hits)

    def dump(self) -> bytes:
        """The index as bytes, which `load` reads without making it anew."""
        out = io.BytesIO()
        held = {
            "version": VERSION,
            "keys": self._keys,
            "names": self._names,
            "variants": self._variants,
            "plain": self._plain,
            "terms": self._terms,
        }
        text = json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass")
        np.savez(
            out,
            text=np.frombuffer(text, np.uint8),
            postings=self._postings,
            starts=self._starts,
            weights=self._weights,
            worth=self._worth,
            kinds=self._kinds,
            hashes=self._near.hashes,
            owners=self._near.owners,
            sounds=self._near.sounds,
            runs=self._runs.runs,
            run_owners=self._runs.owners,
        )
        return out.getvalue()

    @classmethod
    def load(cls, data: bytes) -> NameIndex:
        """The index that `dump` wrote. Raises `ValueError` where the bytes are none or of another version."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                held = {name: arrays[name] for name in arrays.files}
                text = json.loads(held["text"].tobytes().decode("utf-8", "surrogatepass"))
                near = (held["hashes"], held["owners"], held["sounds"])
        except (KeyError, OSError, EOFError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise ValueError(f"not an index of names: {error}") from error
        if text["version"] != VERSION:
            raise ValueError(f"an index of version {text['version']}, where {VERSION} is read: make it anew")
        index = cls.__new__(cls)
        runs = Runs(held["runs"], held["run_owners"])
        index._keys, index._names, index._variants = text["keys"], text["names"], text["variants"]
        index._postings, index._starts = held["postings"], held["starts"]
        index._weights, index._kinds = held["weights"], held["kinds"]
        index._worth, index._plain = held["worth"], text["plain"]
        index._set(text["terms"])
        index._near = NearWords(index._spelt, *near)
        index._runs = runs
        return index
