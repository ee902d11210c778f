"""Telling the lines of an article from what else was left on its page.

A line is judged by what it looks like first (length, how it ends, its neighbours, its place, whether it
speaks of what the article speaks of) and by the word lists of its language second. Every verdict is either a
kind of block that is kept or the reason why the line is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from onrecord.pages._cues import (
    cue_of,
    is_byline,
    is_dateline,
    is_no_crosshead,
    promotion_score,
    section_opened,
)
from onrecord.pages._lines import HEADINGS, Line, letters_of
from onrecord.pages._shape import Shape, shape_of
from onrecord.pages._words import Words

KEPT = frozenset({"title", "standfirst", "crosshead", "body"})

# How many paragraphs of running text may follow the heading of a section and belong to it; else none.
_APPETITE = {"new-jobs": 99, "comments": 999, "advertorial": 2, "event-advert": 2}
_CROSSHEAD_WORDS = 14
_TITLE_WORDS = 25
_RUBRIC_WORDS = 5
_PROMOTION = 2.0
_BULLETS = ("- ", "– ", "* ", "• ", "· ", "▪ ", "■ ", "‣ ")


@dataclass
class Judge:
    """The verdicts on the lines of one page, reached in passes, the surest first."""

    lines: Sequence[Line]
    words: Words
    language: str
    known_repeats: Collection[str] = ()
    title: str | None = None
    shapes: list[Shape] = field(init=False)
    verdicts: list[str | None] = field(init=False)

    def __post_init__(self) -> None:
        self.shapes = [shape_of(line.text.text) for line in self.lines]
        self.verdicts = [None] * len(self.lines)

    def judge(self) -> list[str]:
        """For each line its verdict."""
        self._by_words()
        self._head()
        self._sections()
        self._short_runs()
        self._appeals()
        self._kinds()
        return [verdict or "body" for verdict in self.verdicts]

    # -- the passes ---------------------------------------------------------------------------------------

    def _by_words(self) -> None:
        for n, (line, shape) in enumerate(zip(self.lines, self.shapes, strict=True)):
            text = line.text.text
            if not line.article:
                self.verdicts[n] = "boilerplate"
            elif " ".join(text.split()) in self.known_repeats:
                self.verdicts[n] = "repeated"
            elif is_dateline(text, shape, self.words, self.language):
                self.verdicts[n] = "dateline"
            else:
                self.verdicts[n] = cue_of(text, shape, self.words)
            if self.title and line.article and letters_of(text) == letters_of(self.title):
                self.verdicts[n] = "repeated-title"
            if self.verdicts[n] is None and is_byline(text, shape, self.words):
                self.verdicts[n] = "byline"

    def _head(self) -> None:
        """The lines before the first running text: the title, and what else stands about it."""
        first = self._first_prose()
        head = [n for n in range(first) if self.verdicts[n] is None]
        title = None if self.title else self._title(head, first)
        for n in head:
            text, shape = self.lines[n].text.text, self.shapes[n]
            if n == title:
                self.verdicts[n] = "title"
            elif section_opened(text, shape, self.words):
                self.verdicts[n] = "navigation"
            elif shape.name_like and (title is None or n > title):
                self.verdicts[n] = "byline"
            elif title is not None and n < title:
                self.verdicts[n] = "navigation"
            elif shape.words >= 5 or self.lines[n].tag in HEADINGS:
                self.verdicts[n] = "standfirst"
            else:
                self.verdicts[n] = "navigation"

    def _sections(self) -> None:
        """Headings of residue, each with the lines that belong to it."""
        known = self._topics()
        base = self._base_indent()
        kind: str | None = None
        eaten = links = 0
        for n in range(self._first_prose(), len(self.lines)):
            line, shape = self.lines[n], self.shapes[n]
            if self.verdicts[n] in KEPT:
                continue
            opened = section_opened(line.text.text, shape, self.words)
            if opened and (self.verdicts[n] in (None, opened) or _APPETITE.get(opened)):
                # "More on 5G" says all there is to say; "More on this:" has its links still to come.
                kind, eaten, links = opened, 0, int(shape.words >= 4 and not shape.colon)
                if line.text.text[0].isdigit() and n + 1 < len(self.lines) and self.shapes[n + 1].prose:
                    kind = None  # a bare count of comments, which stands beside the text
                self.verdicts[n] = opened
                continue
            if kind is None or self.verdicts[n] is not None:
                continue
            attached = not line.gap and (links == 0 or not shape.prose)
            if line.indent > base or attached:
                links += 1
            elif not shape.prose:
                if links and self._is_crosshead(n) and (kind not in _APPETITE or self._leads_on(n, known)):
                    kind = None
                    continue
                links += 1
            else:
                on_topic = bool((shape.names | shape.terms) & known)
                if eaten >= _APPETITE.get(kind, 0) or (on_topic and kind != "comments"):
                    kind = None
                    continue
                eaten += 1
            self.verdicts[n] = kind

    def _short_runs(self) -> None:
        """Short lines that are no sentences: one before running text is a crosshead, several are links."""
        n = 0
        while n < len(self.lines):
            if not self._is_short(n):
                n += 1
                continue
            run = [n]
            while (n := n + 1) < len(self.lines) and (
                self._is_short(n) or self.verdicts[n] not in {None, *KEPT}
            ):
                if self.verdicts[n] is None:
                    run.append(n)
            self._judge_run(run, n < len(self.lines))

    def _judge_run(self, run: list[int], prose_follows: bool) -> None:
        before = self._kept_before(run[0])
        if before is not None and self.shapes[before].colon and self.lines[run[0]].article:
            return  # a list that the text announces
        opening = sum(self.verdicts[m] in KEPT or self._is_sure(m) for m in range(run[0])) <= 2
        after = run[-1] + 1
        if opening and after < len(self.lines) and self.verdicts[after] == "photo-credit":
            self.verdicts[run.pop()] = "photo-credit"  # it says what the picture at the head shows
            if not run:
                return
        items = [n for n in run if self.lines[n].tag == "li" or self.lines[n].text.text.startswith(_BULLETS)]
        if len(items) == len(run) and prose_follows and len(run) > 1:
            return
        reason = (
            "job-advert"
            if sum(bool(self.words.jobs.search(self.lines[n].text.text)) for n in run) > 1
            else "links"
        )
        parted = len(run) == 1 or self.lines[run[-1]].gap
        if (
            prose_follows
            and parted
            and self._is_crosshead(run[-1])
            and (reason != "job-advert" or len(run) % 3 == 1)
        ):
            run.pop()
        for n in run:
            self.verdicts[n] = reason

    def _appeals(self) -> None:
        """Lines that speak to the reader rather than of the matter."""
        known = self._topics()
        last = max((n for n in range(len(self.lines)) if self._is_sure(n)), default=-1)
        for n, (line, shape) in enumerate(zip(self.lines, self.shapes, strict=True)):
            if self.verdicts[n] is not None or line.tag in HEADINGS:
                continue
            beside = any(
                0 <= m < len(self.lines) and self.verdicts[m] not in {None, *KEPT} for m in (n - 1, n + 1)
            )
            score = promotion_score(
                line.text.text, shape, self.words, late=n > last, beside=beside, known=known
            )
            if score >= _PROMOTION:
                self.verdicts[n] = "promotion"

    def _kinds(self) -> None:
        """What is kept is a crosshead, the standfirst or body."""
        kept = [n for n, verdict in enumerate(self.verdicts) if verdict is None]
        for n in kept:
            heading = self.lines[n].tag in HEADINGS
            item = self.lines[n].tag == "li" or self.lines[n].text.text.startswith(_BULLETS)
            short = not self.shapes[n].prose and not item and not self._announced(n)
            self.verdicts[n] = "crosshead" if heading or (short and self._is_crosshead(n)) else "body"
        body = [n for n in kept if self.verdicts[n] == "body"]
        titled = bool(self.title) or "title" in self.verdicts
        if titled and len(body) > 1 and kept[0] == body[0] and self._parted(body[0], body[1]):
            self.verdicts[body[0]] = "standfirst"

    # -- what the passes ask ------------------------------------------------------------------------------

    def _first_prose(self) -> int:
        """The first line of running text; a headline may end in a question mark."""
        for n, shape in enumerate(self.shapes):
            question = shape.ends and not shape.stops and shape.words <= _TITLE_WORDS
            if (
                self.verdicts[n] is None
                and shape.prose
                and not question
                and self.lines[n].tag not in HEADINGS
            ):
                return n
        return len(self.lines)

    def _title(self, head: list[int], first: int) -> int | None:
        """The headline among the lines of the head: a heading, else the first that may be one."""
        likely = [
            n
            for n in head
            if not self.shapes[n].stops
            and self.shapes[n].words <= _TITLE_WORDS
            and not section_opened(self.lines[n].text.text, self.shapes[n], self.words)
            and not self.shapes[n].colon
        ]
        for rank in ("h1", "title"):
            for n in likely:
                if self.lines[n].tag == rank:
                    return n
        if not likely or first == len(self.lines):
            return None
        # Names above the headline are those of a section of the paper, of the sender or of his street.
        named = [
            n for n in likely if 4 <= self.shapes[n].words <= _CROSSHEAD_WORDS and not self._is_rubric(n)
        ]
        return named[0] if named and self._is_rubric(likely[0]) else likely[0]

    def _is_rubric(self, n: int) -> bool:
        text, shape = self.lines[n].text.text, self.shapes[n]
        capitals = all(not word[0].islower() for word in text.split() if len(word) > 3)
        return bool(
            shape.bars or shape.crumbs or text.isupper() or (capitals and shape.words <= _RUBRIC_WORDS)
        )

    def _topics(self) -> frozenset[str]:
        """What the sure body before the first section speaks of: names, and long words that it repeats."""
        names: set[str] = set()
        terms: Counter[str] = Counter()
        for n, shape in enumerate(self.shapes):
            if section_opened(self.lines[n].text.text, shape, self.words) and names:
                break
            if self._is_sure(n) or self.verdicts[n] == "title":
                names |= shape.names
                terms.update(shape.terms)
        return frozenset(names | {term for term, count in terms.items() if count > 1})

    def _is_sure(self, n: int) -> bool:
        return self.verdicts[n] in (None, "body") and self.shapes[n].prose and self.shapes[n].words >= 12

    def _base_indent(self) -> int:
        indents = [line.indent for n, line in enumerate(self.lines) if self._is_sure(n)]
        return min(indents, default=0)

    def _is_short(self, n: int) -> bool:
        return self.verdicts[n] is None and not self.shapes[n].prose and not self.shapes[n].ends

    def _kept_before(self, n: int) -> int | None:
        return next((m for m in range(n - 1, -1, -1) if self.verdicts[m] in {None, *KEPT}), None)

    def _announced(self, n: int) -> bool:
        before = self._kept_before(n)
        return before is not None and (self.shapes[before].colon or self.lines[before].tag == "li")

    def _is_crosshead(self, n: int) -> bool:
        """A short line, with no sentence's end, whose next line that is not residue is running text."""
        line, shape = self.lines[n], self.shapes[n]
        if shape.words > _CROSSHEAD_WORDS or shape.stops or not line.article:
            return False
        if line.tag not in HEADINGS and is_no_crosshead(line.text.text, shape, self.words):
            return False
        after = next((m for m in range(n + 1, len(self.lines)) if self.verdicts[m] in {None, *KEPT}), None)
        return after is not None and (self.shapes[after].prose or self.shapes[after].colon)

    def _leads_on(self, n: int, known: frozenset[str]) -> bool:
        """Whether the running text after a line speaks of what the body speaks of."""
        after = next((m for m in range(n + 1, len(self.lines)) if self.verdicts[m] in {None, *KEPT}), None)
        return after is not None and len((self.shapes[after].names | self.shapes[after].terms) & known) > 1

    def _parted(self, one: int, two: int) -> bool:
        """Whether a byline, a picture or the date of publication stands between two lines."""
        return any(self.verdicts[m] not in KEPT for m in range(one + 1, two))
