"""The networks as the package ships them, to go on from when only they are left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from training.reader.network import LAYERS, Network

_LINEAR = ("query", "key", "value", "attended", "inner", "outer")
"""The products of a layer, in the order in which they are taken."""
_PRODUCTS = {"slots.told.weight": 0, "slots.pair.2.weight": 1}
"""Weights that the written network of slots names by number only, in order."""


def fill(network: Network, folder: Path) -> None:
    """Give the networks the weights in `folder` (see `training.reader.export`); what is only fitted along
    (grammar) is not kept there, and stays as it is.

    The encoder's weights are bytes there: what they lost, the next epoch wins back.
    """
    found: dict[str, np.ndarray[Any, Any]] = {}
    for name in ("encoder", "triggers", "names", "slots"):
        graph = onnx.load(str(folder / f"{name}.onnx")).graph
        arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        found |= {f"encoder.{k}" if name == "encoder" else k: v for k, v in arrays.items()}
        if name == "encoder":
            found |= _encoder(graph, arrays)
        if name == "slots":
            numbered = sorted(k for k in arrays if k.startswith("onnx::MatMul"))
            found |= {label: arrays[numbered[n]].T for label, n in _PRODUCTS.items()}
    state = network.state_dict()
    known = {k: torch.from_numpy(found[k].copy()) for k in state if k in found}
    missing = {k for k in state if k not in known and not k.startswith(("grammar.", "slots.topic."))}
    if missing:
        raise SystemExit(f"{folder} holds other networks than these: no {', '.join(sorted(missing))}")
    network.load_state_dict(state | known)


def vocabulary(folder: Path) -> tuple[Tensor, Tensor, bytes]:
    """The vectors of pieces and of positions in `folder`, and the segmenter."""
    stored = np.load(folder / "embeddings.npz")
    words = stored["pieces"].astype(np.float32) * stored["scales"][:, None]
    return (
        torch.from_numpy(words),
        torch.from_numpy(stored["positions"]),
        (folder / "pieces.model").read_bytes(),
    )


def _encoder(graph: Any, arrays: dict[str, np.ndarray[Any, Any]]) -> dict[str, np.ndarray[Any, Any]]:
    """The encoder's linear weights, from bytes and their scales."""
    names = iter(f"encoder.layers.{n}.{part}.weight" for n in range(LAYERS) for part in _LINEAR)
    return dict(zip(names, _products(graph, arrays), strict=True))


def _products(graph: Any, arrays: dict[str, np.ndarray[Any, Any]]) -> Iterator[np.ndarray[Any, Any]]:
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            _, weights, _, zero = node.input
            scale = arrays[weights.removesuffix("_quantized") + "_scale"]
            whole = arrays[weights].astype(np.float32) - arrays[zero].astype(np.float32)
            yield (whole * scale).T
