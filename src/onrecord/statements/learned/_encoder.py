"""The words of a window as vectors that know their context, in whatever language."""

from __future__ import annotations

import numpy as np

from onrecord.statements.learned._model_files import Array, embeddings, session
from onrecord.statements.learned._windows import Window


def encode(window: Window) -> Array:
    """The vector of each word of a window: the mean of those of its pieces."""
    stored, scales, positions = embeddings()
    length = min(len(window.ids), len(positions))
    ids = window.ids[:length]
    vectors = stored[ids].astype(np.float32) * scales[ids, None] + positions[:length]
    (context,) = session("encoder").run(None, {"vectors": vectors[None]})
    return means(context[0], window.spans)


def means(vectors: Array, spans: Array) -> Array:
    """The mean of the vectors of each span, first and last (exclusive); what lies beyond the last vector is
    the last."""
    last = len(vectors)
    sums = np.concatenate([np.zeros((1, vectors.shape[1]), np.float64), vectors.cumsum(0, np.float64)])
    first = np.minimum(spans[:, 0], last - 1)
    end = np.maximum(np.minimum(np.maximum(spans[:, 1], spans[:, 0] + 1), last), first + 1)
    found: Array = ((sums[end] - sums[first]) / (end - first)[:, None]).astype(np.float32)
    return found
