"""The pieces that are kept of a vocabulary for a hundred languages: those that ours are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sentencepiece import SentencePieceProcessor
from sentencepiece import sentencepiece_model_pb2 as model

SPECIAL = 4
"""Pieces that no word holds stand first: begin, padding, end, unknown."""
FREQUENT = 60_000
"""Ids go by frequency in the text of a hundred languages: Latin pieces before this one are kept."""
LONGEST = 16
_MARKS = "\u2581€™"


def latin(piece: str) -> bool:
    """Whether a piece is written in Latin letters, digits and marks."""
    return len(piece) <= LONGEST and all(
        c in _MARKS or ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2100 for c in piece
    )


def kept(pieces: list[str], scores: Iterable[float], words: Iterable[str]) -> list[int]:
    """The ids of the pieces to keep: the special and the frequent Latin ones, single letters, and those that
    `words` fall into."""
    scores = list(scores)
    usable = [i for i, piece in enumerate(pieces) if i >= SPECIAL and latin(piece)]
    found = {i for i in usable if i < FREQUENT or len(pieces[i]) == 1}
    processor = SentencePieceProcessor(model_proto=segmenter(pieces, scores, [*range(SPECIAL), *usable]))
    order = [*range(SPECIAL), *usable]
    for word in words:
        for text in (word, "\u2581" + word):
            found |= {order[i] for i in processor.encode(text)}
    return [*range(SPECIAL), *sorted(found - set(range(SPECIAL)))]


def segmenter(pieces: list[str], scores: list[float], ids: list[int]) -> bytes:
    """A segmenter (sentencepiece's unigram model) into some of the pieces, numbered in their order."""
    proto = model.ModelProto()
    proto.trainer_spec.model_type = model.TrainerSpec.UNIGRAM
    proto.trainer_spec.bos_id, proto.trainer_spec.pad_id = 0, 1
    proto.trainer_spec.eos_id, proto.trainer_spec.unk_id = 2, 3
    proto.normalizer_spec.name = "identity"
    proto.normalizer_spec.add_dummy_prefix = False
    proto.normalizer_spec.remove_extra_whitespaces = False
    proto.normalizer_spec.escape_whitespaces = True
    kinds = model.ModelProto.SentencePiece
    for number in ids:
        kind = kinds.UNKNOWN if number == SPECIAL - 1 else kinds.CONTROL if number < SPECIAL else kinds.NORMAL
        proto.pieces.add(piece=pieces[number], score=float(scores[number]), type=kind)
    data: bytes = proto.SerializeToString()
    return data


def words_of(texts: Iterable[str]) -> Iterable[str]:
    """The words of texts."""
    for text in texts:
        yield from re.findall(r"[\w'’-]+", text)


def forms(folder: Path) -> Iterable[str]:
    """The words of the treebanks of a folder, test files left out."""
    for path in sorted(folder.rglob("*.conllu")):
        if "test" not in path.name:
            for line in path.read_text("utf-8", "replace").splitlines():
                columns = line.split("\t")
                if len(columns) > 2 and columns[0].isdigit():
                    yield columns[1]
