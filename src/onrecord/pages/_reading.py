"""Reading a page: from the bytes of a file to a `Page`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from onrecord.pages._assembling import Verdict, assemble
from onrecord.pages._dates import find_stamps, glued_stamp, read_stamp
from onrecord.pages._decoding import decode, unpack
from onrecord.pages._drafting import Draft, draft_of
from onrecord.pages._errors import UnreadablePage
from onrecord.pages._language import language_of
from onrecord.pages._lines import Line
from onrecord.pages._mending import mend
from onrecord.pages._model import Page, Published
from onrecord.pages._residue import Judge
from onrecord.pages._shape import shape_of
from onrecord.pages._words import Words, words_of

# An article has at least one sentence of this many words.
_ARTICLE_WORDS = 8


def read_page(
    data: bytes,
    locator: str,
    *,
    languages: Sequence[str] = ("da", "nl", "en", "sv", "de", "fr", "no"),
    outlet: str | None = None,
    known_repeats: Collection[str] = (),
) -> Page:
    """Read a page from the bytes of a file: .html, .md (with front matter or not) or .txt, gzipped or not.

    `locator` is the path or address that the bytes came from; it tells the format where the content does not.
    `languages` are the ISO 639-1 codes of the languages installed. `outlet` names the outlet of a page that
    does not name its own. `known_repeats` are lines (white space squeezed) known to stand on many pages of
    the outlet; they are dropped.

    Raises `UnreadablePage`, whose `reason_code` and message say what is wrong and what to do.
    """
    original, encoding = decode(unpack(data, locator), locator)
    if not original.strip():
        raise UnreadablePage(
            "empty", f"{locator} holds nothing but white space; fetch or save the page again."
        )
    draft = draft_of(original, locator)
    language, sure = language_of(_sample(draft.lines), languages, locator)
    words = words_of(language)

    verdicts: list[Verdict] = []
    published = _in_metadata(draft, words, language)
    lines = draft.lines
    if draft.scraped and lines and (stamp := glued_stamp(lines[0].text.text, language)):
        published = published or stamp.published("glued before the first word", 0.9)
        verdicts.append(Verdict(lines[0].text[: stamp.end], "dateline"))
        rest = lines[0].text[stamp.end :].strip()
        lines = ([replace(lines[0], text=rest)] if rest.text else []) + lines[1:]
    title = mend(draft.title).squeezed() if draft.title else None
    judged = Judge(lines, words, language, known_repeats, title.text if title else None).judge()
    published = published or _in_lines(lines, judged, words, language)
    for line, reason in zip(lines, judged, strict=True):
        verdicts.extend(_without_credit(line, reason, words))
    if not any(v.reason == "body" and shape_of(v.text.text).words >= _ARTICLE_WORDS for v in verdicts):
        raise UnreadablePage(
            "no-article",
            f"{locator} holds no article that could be found; leave it out, or save its text as .txt.",
        )
    return assemble(
        verdicts,
        title,
        Page(
            digest=hashlib.sha256(data).hexdigest(),
            locator=locator,
            encoding=encoding,
            original=original,
            text="",
            offsets=(),
            ends=(),
            blocks=(),
            runs=(),
            title=None,
            outlet=draft.outlet or outlet,
            published=published,
            language=language,
            language_confidence=sure,
        ),
        head_end=draft.head_end,
    )


def _sample(lines: Sequence[Line]) -> str:
    """The running text of the article, by which its language is told; all its lines where there is none."""
    lines = [line for line in lines if line.article] or list(lines)
    prose = [line.text.text for line in lines if shape_of(line.text.text).prose]
    return "\n".join(prose or [line.text.text for line in lines])


def _in_metadata(draft: Draft, words: Words, language: str) -> Published | None:
    for text, evidence, confidence in draft.dates:
        if stamp := read_stamp(text, words, language):
            return stamp.published(evidence, confidence)
    return None


def _in_lines(
    lines: Sequence[Line], verdicts: Sequence[str], words: Words, language: str
) -> Published | None:
    """The date in the lines that tell when the page was published, but not in what they say of later changes.

    In a page of HTML such a line may stand outside the extracted article; it counts between title and text.
    """
    body = next((n for n, verdict in enumerate(verdicts) if verdict == "body"), len(lines))
    for n, (line, verdict) in enumerate(zip(lines, verdicts, strict=True)):
        near_title = verdict == "boilerplate" and "title" in verdicts[:n] and n < body
        if verdict not in ("dateline", "byline") and not near_title:
            continue
        text = line.text.text
        for stamp in find_stamps(text, words, language):
            before = text[: stamp.start]
            updated = [m.end() for m in words.updated.finditer(before)]
            announced = [m.end() for m in words.published.finditer(before)]
            if not updated or (announced and announced[-1] > updated[-1]):
                return stamp.published(
                    "date line near the top" if n < body else "date line", 0.85 if n < body else 0.7
                )
    return None


def _without_credit(line: Line, reason: str, words: Words) -> Iterator[Verdict]:
    """A line's verdict, and that on the credit of an agency or photographer glued to the end of its text."""
    credit = words.trailing.search(line.text.text) if reason == "body" else None
    if credit and credit.start():
        yield Verdict(line.text[: credit.start()], reason)
        yield Verdict(line.text[credit.start() :].strip(), "wire-credit")
    else:
        yield Verdict(line.text, reason)
