"""Which names of a page are the same: surnames, first halves, and short forms that a bracket introduces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from onrecord.entities._catalogue import catalogue
from onrecord.entities._data import name_data
from onrecord.entities._gazetteer import Name
from onrecord.entities._model import EntityKind
from onrecord.entities._new_keys import name_of_new
from onrecord.language import Analysis


class NameLinks:
    """Ties the names of one page together, and settles on a kind for each."""

    def __init__(self, analysis: Analysis) -> None:
        self.tokens = analysis.tokens
        self.articles = name_data(analysis.language).definite
        self.votes: defaultdict[str, Counter[EntityKind]] = defaultdict(Counter)

    def count(self, key: str, kind: EntityKind, weight: int) -> None:
        """Note a sign of what a new name names."""
        self.votes[key][kind] += weight

    def settle(self, found: list[Name]) -> list[Name]:
        """Names with the keys and kinds that the whole page gives them: surnames and first halves of longer
        names take the longer name's key, introduced short forms that of what they are short for; the
        best-supported kind wins."""
        short = dict(self._introduced(found))
        kinds = {n.key: self._kind(n) for n in found}
        parents = self._parents(found, kinds)
        settled = []
        for name in found:
            written = self.tokens[name.first].text.removesuffix("'s").removesuffix("’s")
            key = short.get(written, parents.get(name.key, name.key))
            settled.append(Name(name.first, name.last, key, kinds.get(key, name.kind), name.whole))
        return settled

    def _kind(self, name: Name) -> EntityKind:
        if name.kind == "state" or name.key in catalogue() or not self.votes[name.key]:
            return name.kind
        return self.votes[name.key].most_common(1)[0][0]

    def _parents(self, found: list[Name], kinds: dict[str, EntityKind]) -> dict[str, str]:
        """New name → the longer name of which it is the last or first part."""
        parents: dict[str, str] = {}
        for name in found:
            if name.key in catalogue() or name.kind == "state" or name.key in parents:
                continue
            words = name.name.split()
            for other, kind in kinds.items():
                longer = name_of_new(other).split()
                if len(longer) <= len(words) or kind == "state":
                    continue
                if kind == "person" and longer[-len(words) :] == words:
                    parents[name.key] = other
                elif (
                    kind == "person" and len(words) == 1 and words[0] == longer[0] and len(words[0]) > 2
                ) or (kind in ("company", "body") and longer[: len(words)] == words):
                    parents.setdefault(name.key, other)
        return parents

    def _introduced(self, found: list[Name]) -> Iterator[tuple[str, str]]:
        """Short form → what it is short for, where one stands in brackets or between commas right behind the
        other and is made of its initials."""
        for name, other in pairwise(found):
            between = self.tokens[name.last : other.first]
            closing = self.tokens[other.last] if other.last < len(self.tokens) else None
            words = [t.text for t in between if t.lower not in self.articles]
            if not (name.whole and other.whole) or len(words) != 1 or closing is None:
                continue
            bracketed = words[0] == "(" and closing.text == ")"
            if not bracketed and not (words[0] == "," and closing.text in (",", ".", ")")):
                continue
            long, brief = (
                (name, other) if name.last - name.first > other.last - other.first else (other, name)
            )
            if "state" in (long.kind, brief.kind) or not self._is_short(brief, long):
                continue
            yield self.tokens[brief.first].text, long.key

    def _is_short(self, brief: Name, long: Name) -> bool:
        """Whether a name's letters are the initials of the other's words, in order."""
        text = self.tokens[brief.first].text
        letters = text.casefold()
        written = " ".join(t.text for t in self.tokens[long.first : long.last]).replace("-", " ")
        if (
            " " in brief.name
            or not brief.name[:2].isupper()
            or not 2 <= len(letters) <= 8
            or " " not in written
        ):
            return False
        left = letters
        for word in written.casefold().split():
            for size in range(min(len(left), 3), 0, -1):
                if left and word.startswith(left[:size]) and (size == 1 or word[:1] == left[:1]):
                    left = left[size:]
                    break
        return not left
