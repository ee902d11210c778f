"""From a page's text to sentences of tokens with lemma and grammar."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.language._clauses import clauses_of
from onrecord.language._data import FOLDER, language_data, library_code
from onrecord.language._model import Analysis, Clause, Sentence, Token
from onrecord.language._repair import repair
from onrecord.language._times import find_times
from onrecord.language._words import is_word, lemma_of, noun_lemma, verb_lemma
from onrecord.pages import Block, Page

if TYPE_CHECKING:  # spaCy takes two seconds to load: only where text is read
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!"})
_CLOSERS = frozenset({'"', "'", "”", "’", "»", "«", ")", "]", "“"})
_ALWAYS_OPEN = frozenset({"(", "[", "„", "‘", "–", "—", "-"})
# Words after which a sentence is cut (the longest in the development pages has 71), and marks to cut it at.
_LONGEST = 120
_PARTING = frozenset({",", ";", ":", "–", "—", "-", ")", "|", "•"})
# Generations of mobile networks: number and letter are one word, which tokenizers part as number and unit.
_GENERATIONS = ("2G", "3G", "4G", "5G", "6G")
_WORD = re.compile(r"\w", re.UNICODE)
# A full stop behind three digits or more ends a sentence; some tokenizers take it for an ordinal's.
_AFTER_NUMBER = r"(?<=[0-9]{3})\.$"


@cache
def pipeline(language: str) -> Language:
    """The language's spaCy pipeline: the trained model where its folder holds one, else a tokenizer alone."""
    import spacy
    from spacy.symbols import ORTH

    folder = FOLDER / language / "model"
    nlp = spacy.load(folder) if (folder / "config.cfg").exists() else spacy.blank(library_code(language))
    listed = language_data(language).abbreviations
    tokenizer: Any = nlp.tokenizer  # spaCy's types say of it only that it can be called
    # spaCy's exceptions take some plain words with a full stop for abbreviations ("dat." in Dutch).
    tokenizer.rules = {
        form: parts
        for form, parts in tokenizer.rules.items()
        if form in listed
        or not (form.endswith(".") and len(form) > 3 and is_word(form[:-1].lower(), language))
    }
    suffixes = tokenizer.suffix_search.__self__.pattern
    tokenizer.suffix_search = re.compile(f"{suffixes}|{_AFTER_NUMBER}").search
    for word in (*listed, *_GENERATIONS):
        tokenizer.add_special_case(word, [{ORTH: word}])
    for word in _GENERATIONS:
        tokenizer.add_special_case(word + ".", [{ORTH: word}, {ORTH: "."}])
    return nlp


def words_of(text: str, language: str) -> list[str]:
    """The words of a text as the language's tokenizer parts them, white space left out."""
    return [t.text for t in pipeline(language).make_doc(text) if not t.is_space]


def sentence_starts(words: list[str], spaces: list[bool], closing: Collection[str] = ()) -> list[bool]:
    """For each word, whether a sentence begins with it. `spaces` tells whether a space follows the word;
    `closing` are quotation marks that close even after a space."""
    starts = [i == 0 for i in range(len(words))]
    i = 0
    while i < len(words):
        if words[i] not in _ENDS:
            i += 1
            continue
        j = i + 1
        while j < len(words) and (
            words[j] in _ENDS
            or words[j] in closing
            or words[j].isspace()
            or (words[j] in _CLOSERS and not spaces[j - 1])
        ):
            j += 1
        apart = j < len(words) and (spaces[j - 1] or words[j - 1].isspace())
        if apart and _opens_sentence(words, j):
            starts[j] = True
        i = j
    return _shortened(words, starts)


def _shortened(words: list[str], starts: list[bool]) -> list[bool]:
    """The same with sentences that are too long cut: after the last mark of their first part that is long
    enough, else where the part ends. No reading of a sentence then takes more than a bounded time."""
    cut = list(starts)
    begin = 0
    for i in range(len(words)):
        if cut[i]:
            begin = i
        if i - begin < _LONGEST:
            continue
        marks = (k + 1 for k in range(i - 1, begin + _LONGEST // 2, -1) if words[k] in _PARTING)
        begin = next(marks, i)
        cut[begin] = True
    return cut


def _opens_sentence(words: list[str], j: int) -> bool:
    while j < len(words) and (words[j] in _CLOSERS or words[j] in _ALWAYS_OPEN):
        j += 1
    return j >= len(words) or not words[j][0].islower()


def _docs(nlp: Language, texts: Iterable[str], closing: Collection[str]) -> Iterable[Doc]:
    made = []
    for text in texts:
        doc = nlp.make_doc(text)
        starts = sentence_starts([t.text for t in doc], [bool(t.whitespace_) for t in doc], closing)
        for token, start in zip(doc, starts, strict=True):
            token.is_sent_start = start
        made.append(doc)
    return nlp.pipe(made) if nlp.pipe_names else made


def analyse(page: Page) -> Analysis:
    """A page's text as sentences of tokens with their grammar, and its dates.

    In: a page whose language is installed. Out: its `Analysis`; sentences never cross a block.
    """
    if page.language is None:
        raise ValueError("the page's language is not known")
    language = page.language
    nlp = pipeline(language)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    blocks = [b for b in page.blocks if _WORD.search(page.text, b.start, b.end)]
    data = language_data(language)
    docs = _docs(nlp, (page.text[b.start : b.end] for b in blocks), data.closing_quotes)
    for block, doc in zip(blocks, docs, strict=True):
        _add(doc, block, language, tokens, sentences)
    clauses: list[Clause] = []
    for sentence in sentences:
        words = repair(tokens[sentence.first : sentence.last], data, language)
        tokens[sentence.first : sentence.last] = words
        clauses += clauses_of(words, data, language, sentence.index, len(clauses))
    return Analysis(
        page=page,
        language=language,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        clauses=tuple(clauses),
        times=tuple(find_times(page, blocks, tokens, sentences)),
    )


def _lemma(lower: str, token: SpacyToken, language: str) -> str:
    """The dictionary form of a word as what the model says that it is."""
    if token.pos_ == "ADP":
        contractions = language_data(language).contractions
        return contractions[lower] if lower in contractions else lemma_of(lower, language)
    participle = "VerbForm=Part" in str(token.morph) or token.pos_ == "ADJ"
    verbal = token.pos_ in ("VERB", "AUX", "ADJ")
    if verbal:
        return verb_lemma(lower, language, participle)
    inflected = "Number=Plur" in str(token.morph) or "Definite=Def" in str(token.morph)
    return noun_lemma(lower, language) if token.pos_ == "NOUN" and inflected else lemma_of(lower, language)


def _words(kept: list[SpacyToken]) -> list[list[SpacyToken]]:
    """The tokens of each word: those that the tokenizer parted at a hyphen belong together ("state-owned"),
    unless a capital follows it, as the second half of a name."""
    words: list[list[SpacyToken]] = []
    n = 0
    while n < len(kept):
        word = [kept[n]]
        while n + 2 < len(kept) and _hyphenated(*kept[n : n + 3]):
            word += kept[n + 1 : n + 3]
            n += 2
        words.append(word)
        n += 1
    return words


def _noun(token: SpacyToken) -> bool:
    """Whether the word is a noun or name by its capital; a sentence's first word by its part of speech."""
    return token.text[:1].isupper() and (not token.is_sent_start or token.pos_ in ("NOUN", "PROPN"))


def _hyphenated(before: SpacyToken, hyphen: SpacyToken, after: SpacyToken) -> bool:
    """Whether three tokens are two halves of one word with the hyphen between them."""
    close = not before.whitespace_ and not hyphen.whitespace_
    return close and hyphen.text == "-" and before.text[-1:].isalnum() and after.text[:1].islower()


def _add(doc: Doc, block: Block, language: str, tokens: list[Token], sentences: list[Sentence]) -> None:
    """Append one block's tokens and sentences; white space tokens are left out."""
    words = _words([t for t in doc if not t.is_space])
    capitals = language_data(language).nouns_capitalised
    place = {t.i: len(tokens) + n for n, word in enumerate(words) for t in word}
    first = len(tokens)
    for word in words:
        t = word[-1]
        if word[0].is_sent_start and len(tokens) > first:
            sentences.append(Sentence(len(sentences), first, len(tokens), block))
            first = len(tokens)
        lower = "".join(part.lower_ for part in word).replace("’", "'")
        index = place[t.i]
        verbal = len(word) > 1 and t.pos_ in ("VERB", "AUX")
        prefixed = verbal and word[0].lower_ in language_data(language).prefixes
        tokens.append(
            Token(
                index=index,
                text="".join(part.text for part in word),
                lower=lower,
                lemma=f"{word[0].lower_}-{lemma_of(t.lower_, language)}"
                if prefixed
                else lemma_of("".join(part.text for part in word), language)
                if capitals and _noun(t)
                else _lemma(lower, t, language),
                pos="ADJ" if verbal and not prefixed else t.pos_,
                morph="Degree=Pos" if verbal and not prefixed else str(t.morph),
                head=place.get(t.head.i, index),
                dep=t.dep_,
                start=block.start + word[0].idx,
                end=block.start + t.idx + len(t.text),
            )
        )
    if len(tokens) > first:
        sentences.append(Sentence(len(sentences), first, len(tokens), block))
