"""The tree of a line in words: from whom its pages descend, who took it over from whom, who added what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from onrecord.present._sentence import sentence
from onrecord.present._view import View
from onrecord.standing import Branch, Line, Root, Tree, Trees

Listed = tuple[tuple[str, str], ...]
"""Lines, each by its id and its sentence."""


@dataclass(frozen=True, slots=True)
class ToldBranch:
    """A page: its number, its outlet and day, and by what it descends ("copy of page 1"). `first` says that
    it had it first, `change` what it adds and leaves out, each empty where there is nothing to say.
    """

    number: int
    where: str
    how: str
    first: str
    change: str
    added: Listed
    left_out: Listed
    taken_by: tuple[ToldBranch, ...]


@dataclass(frozen=True, slots=True)
class ToldRoot:
    """An origin: what it is called, what is on record of its own (empty where its page stands below), and the
    pages that descend from it.
    """

    name: str
    note: str
    pages: tuple[ToldBranch, ...]


@dataclass(frozen=True, slots=True)
class ToldTree:
    """A tree: "1 origin in 5 outlets", its origins, and "and 3 more pages" (else empty)."""

    heading: str
    roots: tuple[ToldRoot, ...]
    more: str


class TreeView:
    """The trees of a dossier in words. Every text is plain, as those of `View` are, to be escaped by the
    format that shows it.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._sources = {source.number: source for source in view.dossier.sources}
        self._sentences: dict[str, str] = {}

    @cached_property
    def _trees(self) -> Trees:
        return Trees(self._view.dossier)

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {line.id: line for line in self._view.dossier.lines}

    def outlets(self, pages: Iterable[int]) -> int:
        """How many outlets published pages, given by their numbers."""
        return self._trees.outlets(pages)

    def tree(self, line: Line) -> Tree | None:
        """The tree of a line as it is; None where the line stands on one page alone."""
        return self._trees.of(line)

    def told(self, line: Line) -> ToldTree | None:
        """The tree of a line in words; None where the line stands on one page alone."""
        tree = self.tree(line)
        if tree is None:
            return None
        words = self._view.words
        return ToldTree(
            heading=self.counts(tree.origins, tree.outlets, more=bool(tree.more)),
            roots=tuple(self._root(root, tree) for root in tree.roots),
            more=words("more_pages", n=tree.more) if tree.more else "",
        )

    def counts(self, origins: int, outlets: int, *, more: bool = False) -> str:
        """ "1 origin in 5 outlets"; `more`: there are pages that are not laid out, so at least so many."""
        words = self._view.words
        told = words("n_outlets", n=outlets)
        if more:
            told = words("at_least", count=told)
        return words("origins_in", origins=words("n_origins", n=origins), outlets=told)

    def _root(self, root: Root, tree: Tree) -> ToldRoot:
        words = self._view.words
        note = ""
        if root.elsewhere:
            numbers = "".join(f"[{number}]" for number in root.elsewhere)
            first = f"; {words('had_first')}" if tree.first in root.elsewhere else ""
            note = f"{words('own_elsewhere', numbers=numbers)}{first}"
        elif not root.held:
            chained = all(branch.ground == "chain" for branch in root.pages)
            note = words("only_named" if chained else "only_credited")
        named = self._view.origin(root.origin, inline=True)
        pages = tuple(self._branch(branch, named, tree) for branch in root.pages)
        return ToldRoot(self._view.origin(root.origin), note, pages)

    def _branch(self, branch: Branch, origin: str, tree: Tree) -> ToldBranch:
        words = self._view.words
        how = []
        if branch.ground != "copy":
            # A paper that names itself ("as this paper has learned") reports in its own name.
            ground = "outlet" if branch.own and branch.ground == "chain" else branch.ground
            how.append(words(f"ground_{ground}", origin=origin))
        if branch.copy_of is not None:
            how.append(words("copied", n=branch.copy_of))
        first = ""
        if tree.first == branch.source:
            first = words("had_first" if branch.own else "told_first")
        return ToldBranch(
            number=branch.source,
            where=self._view.where(self._sources[branch.source]),
            how="; ".join(how),
            first=first,
            change=self._change(branch),
            added=self._listed(branch.added),
            left_out=self._listed(branch.left_out),
            taken_by=tuple(self._branch(copy, origin, tree) for copy in branch.taken_by),
        )

    def _change(self, branch: Branch) -> str:
        words = self._view.words
        if branch.beside is None:
            return ""
        parts = []
        if branch.added:
            parts.append(words("adds", n=len(branch.added)))
        if branch.left_out:
            parts.append(words("leaves_out", n=len(branch.left_out)))
        told = ", ".join(parts) or words("tells_same")
        # Beside a page that it copies goes without saying: the copy stands below that.
        return told if branch.beside == branch.copy_of else words("beside", n=branch.beside, change=told)

    def _listed(self, lines: tuple[str, ...]) -> Listed:
        return tuple((line, self._sentence(line)) for line in lines)

    def _sentence(self, line: str) -> str:
        if line not in self._sentences:
            self._sentences[line] = sentence(self._lines[line], self._view.names, self._view.language)
        return self._sentences[line]
