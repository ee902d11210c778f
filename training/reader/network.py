"""The networks of the learned reader, as they are fitted (PyTorch) and as they are written (ONNX)."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.statements import STATUSES, TOPICS, TYPES
from onrecord.statements.learned._marks import (
    AFTER,
    BEFORE,
    DISTANCES,
    FORMS,
    KINDS,
    PATHS,
    RELATIONS,
    ROLES,
)

SIZE, LAYERS, HEADS, INNER, POSITIONS = 384, 12, 12, 1536, 512
"""Those of multilingual-e5-small."""
HIDDEN = 256
DROPPED = 0.2
POS = (
    "X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB",
)  # fmt: skip
MARKS = 2 * len(TYPES)
NAMED = len(KINDS) + len(FORMS) + 1
TOLD = 2 * len(ROLES) + 1
FORCE = 4 * len(STATUSES)


class Dropout(nn.Module):
    """Drops the same features at every place of a text: as good here, and much cheaper on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        kept = (torch.rand(x.shape[0], 1, x.shape[-1]) > self.share).to(x.dtype)
        return x * kept / (1 - self.share)


class Layer(nn.Module):
    """A layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(SIZE, SIZE) for _ in range(3))
        self.attended = nn.Linear(SIZE, SIZE)
        self.attended_norm = nn.LayerNorm(SIZE, 1e-12)
        self.inner, self.outer = nn.Linear(SIZE, INNER), nn.Linear(INNER, SIZE)
        self.outer_norm = nn.LayerNorm(SIZE, 1e-12)
        self.dropout = Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape

        def heads(linear: nn.Module) -> Tensor:
            split: Tensor = linear(x).view(batch, length, HEADS, SIZE // HEADS).transpose(1, 2)
            return split

        found = functional.scaled_dot_product_attention(
            heads(self.query), heads(self.key), heads(self.value), attn_mask=mask
        )
        found = self.attended(found.transpose(1, 2).reshape(batch, length, SIZE))
        x = self.attended_norm(x + self.dropout(found))
        inner = self.outer(functional.gelu(self.inner(x)))
        normed: Tensor = self.outer_norm(x + self.dropout(inner))
        return normed


class Encoder(nn.Module):
    """Vectors of pieces and positions in, vectors that know their context out."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(SIZE, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = Dropout(0.1)

    def forward(self, vectors: Tensor, mask: Tensor | None = None) -> Tensor:
        x = self.dropout(self.norm(vectors))
        if mask is not None:
            mask = torch.zeros_like(mask, dtype=x.dtype).masked_fill(~mask, -1e9)[:, None, None]
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Triggers(nn.Module):
    """Words and their marks in, the log odds that each is a trigger of each type out."""

    def __init__(self) -> None:
        super().__init__()
        last = nn.Linear(HIDDEN, len(TYPES))
        nn.init.constant_(last.bias, -4)  # few words are
        self.layers = nn.Sequential(
            nn.Dropout(DROPPED), nn.Linear(SIZE + MARKS, HIDDEN), nn.GELU(), nn.Dropout(DROPPED), last
        )

    def forward(self, words: Tensor, marks: Tensor) -> Tensor:
        odds: Tensor = self.layers(torch.cat([words, marks], 1))
        return odds


class Names(nn.Module):
    """Words in, the log odds that each is outside a name, begins or goes on with one of each kind, out."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Dropout(DROPPED), nn.Linear(SIZE, 128), nn.GELU(), nn.Linear(128, 1 + 2 * len(KINDS))
        )

    def forward(self, words: Tensor) -> Tensor:
        odds: Tensor = self.layers(words)
        return odds


class Slots(nn.Module):
    """Triggers and mentions in, how well each mention fills each role, nobody does, each status and topic."""

    def __init__(self) -> None:
        super().__init__()
        self.types = nn.Embedding(len(TYPES), 64)
        self.asked = nn.Sequential(
            nn.Dropout(DROPPED), nn.Linear(2 * SIZE + 64, HIDDEN), nn.GELU(), nn.Dropout(DROPPED)
        )
        self.named = nn.Sequential(nn.Dropout(DROPPED), nn.Linear(SIZE + NAMED, HIDDEN), nn.GELU())
        self.asked_pair, self.named_pair = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.told = nn.Linear(TOLD, HIDDEN)
        self.distance = nn.Embedding(len(DISTANCES) + 1, HIDDEN)
        self.path = nn.Embedding(PATHS, HIDDEN)
        self.apart = nn.Embedding(AFTER - BEFORE + 1, HIDDEN)
        self.kind = nn.Embedding(len(TYPES) * len(KINDS), HIDDEN)
        self.pair = nn.Sequential(nn.GELU(), nn.Dropout(DROPPED), nn.Linear(HIDDEN, len(ROLES)))
        self.asked_roles = nn.Linear(HIDDEN, len(ROLES) * 64)
        self.named_roles = nn.Linear(HIDDEN, len(ROLES) * 64)
        self.nobody = nn.Linear(HIDDEN, len(ROLES))
        self.status = nn.Sequential(nn.Linear(HIDDEN + FORCE, 96), nn.GELU(), nn.Linear(96, len(STATUSES)))
        self.topic = nn.Linear(HIDDEN, len(TOPICS) + 1)

    def forward(
        self,
        trigger: Tensor,
        sentence: Tensor,
        type: Tensor,
        mentions: Tensor,
        named: Tensor,
        distance: Tensor,
        path: Tensor,
        apart: Tensor,
        kind: Tensor,
        told: Tensor,
        force: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        asked = self.asked(torch.cat([trigger, sentence, self.types(type)], 1))
        found = self.named(torch.cat([mentions, named], 1))
        pairs = self.asked_pair(asked)[:, None] + self.named_pair(found)[None] + self.told(told)
        pairs = pairs + self.distance(distance) + self.path(path) + self.apart(apart) + self.kind(kind)
        by_role = self.asked_roles(asked).view(-1, 1, len(ROLES), 64)
        by_role = (by_role * self.named_roles(found).view(1, -1, len(ROLES), 64)).sum(3)
        scores = self.pair(pairs) + by_role / math.sqrt(64)
        status = self.status(torch.cat([asked, force], 1))
        return scores, self.nobody(asked), status, self.topic(asked)


class Grammar(nn.Module):
    """Words in, their relation, part of speech and the kind of entity that they name out: only fitted along,
    so that the encoder learns to tell words apart from few pages."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes = (RELATIONS, len(POS), 1 + len(KINDS))
        self.layer = nn.Linear(SIZE, sum(self.sizes))

    def loss(self, words: Tensor, wanted: Tensor) -> Tensor:
        """The summed cross entropy; `wanted` holds a number for each word and size."""
        odds = self.layer(words).split(self.sizes, 1)
        losses = (
            functional.cross_entropy(o, w, reduction="sum") for o, w in zip(odds, wanted.T, strict=True)
        )
        return torch.stack(list(losses)).sum()


class Network(nn.Module):
    """All that is fitted, together."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.triggers, self.names = Encoder(), Triggers(), Names()
        self.slots, self.grammar = Slots(), Grammar()


def parameters(network: Network, rate: float, heads_rate: float) -> list[dict[str, Any]]:
    """The groups of parameters with their learning rates: the encoder knows much, the rest nothing yet."""
    parts = (network.triggers, network.names, network.slots, network.grammar)
    heads = [parameter for part in parts for parameter in part.parameters()]
    return [{"params": list(network.encoder.parameters()), "lr": rate}, {"params": heads, "lr": heads_rate}]
