"""The files of the learned reader: written by `training/reader`, loaded once, when a page is first read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import sentencepiece

FOLDER = Path(__file__).parent / "data"

Array = np.ndarray[Any, np.dtype[Any]]


@cache
def session(name: str) -> onnxruntime.InferenceSession:
    """One of the networks, on one thread: the same bytes then give the same numbers in every process."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(FOLDER / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
    )


@cache
def pieces() -> sentencepiece.SentencePieceProcessor:
    """The segmenter of words into the pieces that the encoder knows."""
    return sentencepiece.SentencePieceProcessor(model_file=str(FOLDER / "pieces.model"))


@cache
def embeddings() -> tuple[Array, Array, Array]:
    """The pieces' vectors as bytes, the scale of each, and the vectors of positions."""
    with np.load(FOLDER / "embeddings.npz") as stored:
        return stored["pieces"], stored["scales"], stored["positions"]
