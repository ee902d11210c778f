"""Train the compact grammar models that `onrecord.language` reads with (`make models`).

In: a folder of treebanks in CoNLL-U (`--data`), the language. Out: one packed spaCy pipeline
(`morphologizer`, `parser`) for the language, and a JSON card with its figures on the treebank's
test part. The treebanks themselves are not part of this repository; `NOTICE` names them and
their licences.

    python training/train.py da --data TREEBANKS --out BUILD --minutes 25
"""

from __future__ import annotations

import argparse
import html
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config_from_str, load_model_from_config

TREEBANKS: dict[str, dict[str, list[str]]] = {
    "da": {
        "train": ["CDT-da-ud-converted/da_conv.conllu", "UD_Danish-DDT/extra-train.conllu"],
        "dev": ["UD_Danish-DDT/dev.conllu"],
        "test": ["UD_Danish-DDT/test.conllu"],
    },
    "nl": {
        # The union of older releases follows older schemes; most of the newest dev data teaches the newest.
        "train": ["UD_Dutch-Alpino/extra-train.conllu", "UD_Dutch-Alpino/dev.conllu#:600"],
        "dev": ["UD_Dutch-Alpino/dev.conllu#600:"],
        "test": ["UD_Dutch-Alpino/test.conllu"],
    },
    "en": {
        "train": ["UD_English-EWT/not-to-release/sources/*/*.conllu"],
        "dev": ["UD_English-EWT/en_ewt-ud-dev.conllu"],
        "test": ["UD_English-EWT/en_ewt-ud-test.conllu"],
    },
    "de": {
        "train": [
            "UD_German-PUD/de_pud-ud-test.conllu",
            "UD_German-GSD/extra-train.conllu",
            "UD_German-GSD/dev.conllu#:650",
        ],
        "dev": ["UD_German-GSD/dev.conllu#650:"],
        "test": ["UD_German-GSD/test.conllu"],
    },
    # The test part of today's Swedish treebank is not to be had with trees: the last sentences are apart.
    "sv": {
        "train": ["UD_Swedish-Talbanken-old/sv-talbanken-old-train.conll#:3600"],
        "dev": ["UD_Swedish-Talbanken-old/sv-talbanken-old-train.conll#3600:3850"],
        "test": ["UD_Swedish-Talbanken-old/sv-talbanken-old-train.conll#3850:"],
    },
    "no": {
        "train": [
            "UD_Norwegian-Bokmaal/extra-train.conllu",
            "UD_Norwegian-Bokmaal/dev.conllu#:2150",
        ],
        "dev": ["UD_Norwegian-Bokmaal/dev.conllu#2150:"],
        "test": ["UD_Norwegian-Bokmaal/test.conllu"],
    },
    "fr": {
        "train": [
            "UD_French-Sequoia/fr_sequoia-ud-train.conllu",
            "UD_French-GSD/extra-train.conllu",
            "UD_French-GSD/dev.conllu#:1300",
        ],
        "dev": ["UD_French-Sequoia/fr_sequoia-ud-dev.conllu", "UD_French-GSD/dev.conllu#1300:"],
        "test": ["UD_French-Sequoia/fr_sequoia-ud-test.conllu", "UD_French-GSD/test.conllu"],
    },
}

# spaCy's code where it differs from ours ("no" covers the written Norwegians; the treebank is in Bokmål).
SPACY_CODES = {"no": "nb"}

# Languages whose treebank parts what is written as one word ("am" into "an" and "dem", "du" into "de" and
# "le") while the tokenizer leaves it whole; the model is trained on the words as they are written.
WRITTEN_WHOLE = frozenset({"de", "fr"})

# What the model card says: the treebanks by their names, and the licence under which the model comes.
LICENCES = {
    "da": (
        ["Copenhagen Dependency Treebank (UD Danish-DDT, its conversion, older releases)"],
        "CC BY-SA 4.0",
    ),
    "nl": (["UD Dutch-Alpino (with older releases)"], "CC BY-SA 4.0"),
    "en": (["UD English-EWT"], "CC BY-SA 4.0"),
    "de": (["UD German-GSD (with older releases)", "UD German-PUD"], "CC BY-SA 4.0"),
    "sv": (["UD Swedish-Talbanken (older release)"], "CC BY-SA 4.0"),
    "no": (
        ["UD Norwegian-Bokmaal (with older releases)", "Norwegian Dependency Treebank, tags only (CC0)"],
        "CC BY-SA 4.0",
    ),
    "fr": (
        ["UD French-GSD (with older releases)", "UD French-Sequoia (LGPL-LR)"],
        "CC BY-SA 4.0 and LGPL-LR",
    ),
}

# Treebanks in an original scheme (the Copenhagen Dependency Treebank; the Norwegian Dependency Treebank), for
# words and tags of the sentences that are not in Universal Dependencies. Their tags are put into UD's by what
# the sentences show that are in both.
TAGS_ONLY = {
    "da": (["CDT-da/all.conll"], ["CDT-da-ud-converted/da_conv.conllu"]),
    "no": (
        ["NorNE-ndt-nob/*.conll"],
        ["UD_Norwegian-Bokmaal/dev.conllu", "UD_Norwegian-Bokmaal/test.conllu"],
    ),
}

# Languages trained on sentences with invented names too. Danish and Dutch read the development pages less
# well with such models (docs/reader.md).
RENAMED = frozenset({"en", "de", "sv", "no", "fr"})

# The smallest treebanks gain by more dropout (docs/reader.md).
DROPOUT = {"nl": 0.3, "da": 0.25}

# Width 96, depth 4: the size of spaCy's "efficiency" preset; about 5-9 MB on disk.
CONFIG = """
[paths]
train = null
dev = null
vectors = null
init_tok2vec = null
[system]
seed = 1
gpu_allocator = null
[nlp]
lang = "{lang}"
pipeline = ["tok2vec","morphologizer","parser"]
batch_size = 256
[components]
[components.tok2vec]
factory = "tok2vec"
[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"
[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
attrs = ["NORM","PREFIX","SUFFIX","SHAPE"]
rows = [5000,1000,2500,2500]
include_static_vectors = false
[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3
[components.morphologizer]
factory = "morphologizer"
[components.morphologizer.model]
@architectures = "spacy.Tagger.v2"
[components.morphologizer.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
[components.parser]
factory = "parser"
[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
nO = null
[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
[corpora]
[corpora.train]
@readers = "spacy.Corpus.v1"
path = ${{paths.train}}
[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${{paths.dev}}
[training]
dev_corpus = "corpora.dev"
train_corpus = "corpora.train"
seed = 1
max_steps = 30000
patience = 4000
eval_frequency = 200
dropout = {dropout}
accumulate_gradient = 1
[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2
[training.batcher.size]
@schedules = "compounding.v1"
start = 300
stop = 1500
compound = 1.001
[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.002
use_averages = true
[training.score_weights]
pos_acc = 0.4
dep_uas = 0.3
dep_las = 0.3
"""


def sentences(path: Path, whole: bool = False) -> Iterator[list[list[str]]]:
    """The sentences of a CoNLL-U file, each as the columns of its words; empty nodes are left out.

    `whole`: words that the treebank parts are given as they are written, with the grammar of their first part
    that hangs on a word outside; else the ranges are left out and the parts are given.
    """
    rows: list[list[str]] = []
    ranges: list[list[str]] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if not line.strip():
            if rows:
                yield _joined(rows, ranges) if whole and ranges else rows
            rows, ranges = [], []
        elif not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
            elif "-" in columns[0]:
                ranges.append(columns)


def _joined(rows: list[list[str]], ranges: list[list[str]]) -> list[list[str]]:
    """A sentence's words with each range in place of its parts."""
    place = {row[0]: row for row in rows}
    for written in ranges:
        first, last = (int(n) for n in written[0].split("-"))
        parts = [str(n) for n in range(first, last + 1)]
        if any(p not in place for p in parts):
            continue
        chief = next((p for p in parts if place[p][6] not in parts), parts[0])
        row = [parts[0], written[1], *place[chief][2:9], written[9]]
        rows = [row if r[0] == parts[0] else r for r in rows if r[0] not in parts[1:]]
        for r in rows:
            if r[6] in parts and r is not row:
                r[6] = parts[0]
    return rows


# What the first version of Universal Dependencies called relations that the second calls otherwise.
_LABELS = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj",
    "mwe": "fixed", "name": "flat", "foreign": "flat", "neg": "advmod",
}  # fmt: skip


def doc_of(nlp: Any, rows: list[list[str]]) -> Doc:
    """One sentence as a gold `Doc`; subtypes of relations (`nmod:poss`) are kept whole."""
    place = {row[0]: i for i, row in enumerate(rows)}
    return Doc(
        nlp.vocab,
        words=[r[1] for r in rows],
        spaces=["SpaceAfter=No" not in r[9] for r in rows],
        pos=[r[3] if r[3] != "_" else "X" for r in rows],
        morphs=["" if r[5] == "_" else r[5] for r in rows],
        heads=[place.get(r[6], i) for i, r in enumerate(rows)],
        deps=["ROOT" if r[6] == "0" else _LABELS.get(r[7], r[7]) for r in rows],
    )


def part(pattern: str) -> tuple[str, slice]:
    """A pattern and which of a file's sentences it takes: `dev.conllu#:600` takes the first 600."""
    glob, _, bounds = pattern.partition("#")
    first, _, last = bounds.partition(":")
    return glob, slice(int(first) if first else None, int(last) if last else None)


def load(nlp: Any, data: Path, patterns: list[str], held_out: set[str], whole: bool) -> list[Doc]:
    """The docs of all files that match, without sentences whose text is held out; `whole` as in
    `sentences`."""
    docs = []
    for pattern in patterns:
        glob, bounds = part(pattern)
        paths = sorted(data.glob(glob))
        if not paths:
            raise SystemExit(f"no treebank at {data / pattern}; see training/README.md")
        for path in paths:
            for rows in list(sentences(path, whole))[bounds]:
                if " ".join(r[1] for r in rows) in held_out:
                    continue
                try:
                    docs.append(doc_of(nlp, rows))
                except ValueError:  # a tree with a cycle or a head outside: of no use
                    continue
    return docs


def tags_only(nlp: Any, data: Path, language: str, held_out: set[str]) -> list[Doc]:
    """Sentences with tags and without trees, from a treebank whose tags are learnt from a converted part."""
    if language not in TAGS_ONLY:
        return []
    original, converted = (
        [rows for name in names for path in sorted(data.glob(name)) for rows in sentences(path)]
        for names in TAGS_ONLY[language]
    )
    trees = {" ".join(r[1] for r in rows): rows for rows in converted}
    seen: dict[tuple[str, ...], Counter[tuple[str, str]]] = {}
    rest = []
    for rows in original:
        for row in rows:
            row[1] = html.unescape(row[1])
        text = " ".join(r[1] for r in rows)
        if text in trees:
            for old, new in zip(rows, trees[text], strict=True):
                for key in ((_tag(old), old[1].lower()), (_tag(old),)):
                    seen.setdefault(key, Counter())[(new[3], "" if new[5] == "_" else new[5])] += 1
        elif text not in held_out:
            rest.append(rows)
    docs = []
    for rows in rest:
        tags = [seen.get((_tag(r), r[1].lower())) or seen.get((_tag(r),)) for r in rows]
        if all(tags):
            best = [t.most_common(1)[0][0] for t in tags if t]
            tags_of, features = [b[0] for b in best], [b[1] for b in best]
            docs.append(Doc(nlp.vocab, words=[r[1] for r in rows], pos=tags_of, morphs=features))
    return docs


def _tag(row: list[str]) -> str:
    """A word's tag in an original scheme, with the features that stand beside it."""
    features = (
        "" if "=" in row[5] else row[5].replace("|samset", "")
    )  # the Danish tag holds its features itself
    return f"{row[4]} {features}"


# What invented names are put together from.
_SYLLABLES = [
    "hua",
    "wei",
    "zen",
    "tec",
    "da",
    "ko",
    "mi",
    "ra",
    "lo",
    "ne",
    "xi",
    "ti",
    "on",
    "vo",
    "ka",
    "sper",
    "sky",
    "hik",
    "vi",
    "sion",
    "qua",
    "nok",
    "eri",
    "sy",
    "bel",
    "gor",
    "ten",
    "pal",
    "mar",
    "sun",
    "tel",
    "com",
    "net",
    "dy",
    "lin",
    "quo",
    "ver",
    "a",
    "o",
    "e",
    "bo",
    "ster",
    "ni",
]


def invented_name(random: Random) -> str:
    """A name that stands in no treebank: of two or three syllables, an acronym, or with a capital inside."""
    if random.random() < 0.25:
        return "".join(random.choice("ABCDEFGHIJKLMNOPRSTVXYZ") for _ in range(random.randint(2, 4)))
    name = "".join(random.choice(_SYLLABLES) for _ in range(random.randint(2, 3))).capitalize()
    return name + random.choice(["", "", "", "Tec", "-" + name[:2].upper()])


def renamed(docs: list[Doc], random: Random) -> list[Doc]:
    """Copies of half of the sentences with a proper noun, its word changed for an invented name.

    Pages about suppliers are full of names that no treebank holds; without these a small tagger takes
    "Huawei" for an adjective and the verb after it for a noun.
    """
    copies = []
    for doc in docs:
        if random.random() < 0.5 or not any(t.pos_ == "PROPN" for t in doc):
            continue
        words = [
            invented_name(random) + ("s" if t.text.endswith("s") and random.random() < 0.3 else "")
            if t.pos_ == "PROPN" and t.text[:1].isupper() and random.random() < 0.8
            else t.text
            for t in doc
        ]
        trees = doc.has_annotation("DEP")
        copies.append(
            Doc(
                doc.vocab,
                words=words,
                spaces=[bool(t.whitespace_) for t in doc],
                pos=[t.pos_ for t in doc],
                morphs=[str(t.morph) for t in doc],
                heads=[t.head.i for t in doc] if trees else None,
                deps=[t.dep_ for t in doc] if trees else None,
            )
        )
    return copies


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("language", choices=sorted(TREEBANKS))
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--minutes", type=float, default=25.0, help="stop after so long, with the best weights")
    args = ap.parse_args()
    parts = TREEBANKS[args.language]
    code = SPACY_CODES.get(args.language, args.language)
    blank = spacy.blank(code)
    whole = args.language in WRITTEN_WHOLE
    held_out = {
        " ".join(r[1] for r in rows)
        for name in ("dev", "test")
        for pattern in parts[name]
        for path in args.data.glob(part(pattern)[0])
        for rows in list(sentences(path, whole))[part(pattern)[1]]
    }
    folder = args.out / args.language
    folder.mkdir(parents=True, exist_ok=True)
    apart = {"train": held_out}
    sets = {name: load(blank, args.data, parts[name], apart.get(name, set()), whole) for name in parts}
    sets["train"] += tags_only(blank, args.data, args.language, held_out)
    if args.language in RENAMED:
        sets["train"] += renamed(sets["train"], Random(1))
    for name, docs in sets.items():
        DocBin(docs=docs, store_user_data=False).to_disk(folder / f"{name}.spacy")
    config = load_config_from_str(CONFIG.format(lang=code, dropout=DROPOUT.get(args.language, 0.15)))
    config = load_model_from_config(config, auto_fill=True).config  # what is left out takes spaCy's defaults
    config["paths"]["train"], config["paths"]["dev"] = str(folder / "train.spacy"), str(folder / "dev.spacy")
    nlp = init_nlp(config)

    deadline = time.monotonic() + args.minutes * 60

    class Out:
        """spaCy's progress, and the clock: past the deadline it ends the loop by KeyboardInterrupt,
        which the loop takes as a wish to stop with the best weights."""

        def write(self, text: str) -> None:
            sys.stdout.write(text)
            sys.stdout.flush()
            if time.monotonic() > deadline:
                raise KeyboardInterrupt

        def flush(self) -> None:
            sys.stdout.flush()

    best = folder / "model-best"
    try:
        train(nlp, folder, stdout=Out(), stderr=sys.stderr)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        print("stopped at the deadline")
    nlp = spacy.load(best)
    from spacy.training import Example

    tested = sets["test"]
    scores = nlp.evaluate([Example(nlp.make_doc(d.text), d) for d in tested])
    gold_tokens = nlp.evaluate(
        [
            Example(Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]), d)
            for d in tested
        ]
    )
    card = {
        "language": args.language,
        "treebanks": LICENCES[args.language][0],
        "licence": LICENCES[args.language][1],
        "sentences": {name: len(docs) for name, docs in sets.items()},
        "test": {k: round(scores[k], 4) for k in ("pos_acc", "dep_uas", "dep_las")},
        "test_gold_tokens": {k: round(gold_tokens[k], 4) for k in ("pos_acc", "dep_uas", "dep_las")},
    }
    (best / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(card))


if __name__ == "__main__":
    main()
