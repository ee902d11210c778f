"""Writing the fitted networks as the files that the package reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from training.reader.network import FORCE, MARKS, NAMED, SIZE, TOLD, Network


class _Triggers(nn.Module):
    """Triggers with their likelihoods."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.triggers = network.triggers

    def forward(self, words: Tensor, marks: Tensor) -> Tensor:
        likely: Tensor = self.triggers(words, marks).sigmoid()
        return likely


class _Names(nn.Module):
    """Names with their likelihoods."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.names = network.names

    def forward(self, words: Tensor) -> Tensor:
        likely: Tensor = self.names(words).softmax(1)
        return likely


class _Slots(nn.Module):
    """Slots with the likelihood of each status, without topics: the lexicon tells those better."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.slots = network.slots

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        scores, nobody, status, _ = self.slots(*inputs)
        return scores, nobody, status.softmax(1)


def write(network: Network, words: Tensor, positions: Tensor, segmenter: bytes, folder: Path) -> None:
    """Write `encoder.onnx` (its weights as bytes), `triggers.onnx`, `names.onnx`, `slots.onnx`,
    `embeddings.npz`, `pieces.model`."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    full = folder / "encoder.full.onnx"
    _export(
        network.encoder, {"vectors": torch.zeros(1, 9, SIZE)}, ["context"], {"vectors": {1: "pieces"}}, full
    )
    quantize_dynamic(full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    _export(
        _Triggers(network),
        {"words": torch.zeros(5, SIZE), "marks": torch.zeros(5, MARKS)},
        ["likely"],
        {"words": {0: "words"}, "marks": {0: "words"}},
        folder / "triggers.onnx",
    )
    _export(
        _Names(network),
        {"words": torch.zeros(5, SIZE)},
        ["likely"],
        {"words": {0: "words"}},
        folder / "names.onnx",
    )
    n, m = 3, 5
    whole = torch.int64
    inputs = {
        "trigger": torch.zeros(n, SIZE),
        "sentence": torch.zeros(n, SIZE),
        "type": torch.zeros(n, dtype=whole),
        "mentions": torch.zeros(m, SIZE),
        "named": torch.zeros(m, NAMED),
        "distance": torch.zeros(n, m, dtype=whole),
        "path": torch.zeros(n, m, dtype=whole),
        "apart": torch.zeros(n, m, dtype=whole),
        "kind": torch.zeros(n, m, dtype=whole),
        "told": torch.zeros(n, m, TOLD),
        "force": torch.zeros(n, FORCE),
    }
    axes = {"n": n, "m": m}
    dynamic = {
        name: {
            axis: label
            for axis, size in enumerate(tensor.shape[:2])
            for label, known in axes.items()
            if size == known
        }
        for name, tensor in inputs.items()
    }
    _export(_Slots(network), inputs, ["scores", "nobody", "status"], dynamic, folder / "slots.onnx")
    scales = words.abs().amax(1).clamp(min=1e-8) / 127
    stored = (words / scales[:, None]).round().to(torch.int8)
    np.savez(
        folder / "embeddings.npz",
        pieces=stored.numpy(),
        scales=scales.numpy(),
        positions=positions.numpy(),
    )
    (folder / "pieces.model").write_bytes(segmenter)


def _export(
    module: nn.Module,
    inputs: dict[str, Tensor],
    outputs: list[str],
    dynamic: dict[str, dict[int, str]],
    path: Path,
) -> None:
    torch.onnx.export(
        module.eval(),
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=outputs,
        dynamic_axes=dynamic,
        opset_version=17,
        dynamo=False,
    )
