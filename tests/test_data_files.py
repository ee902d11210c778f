"""YAML takes `no` and `on` for truth values; where words are listed, none of them may become one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1] / "src" / "onrecord"
FILES = sorted(path for path in ROOT.rglob("*.yaml") if "model" not in path.parts)


def truths(value: Any, path: str = "") -> Iterator[str]:
    """Where a truth value stands as a key, or in a list."""
    if isinstance(value, dict):
        yield from (f"{path}: the key {key}" for key in value if isinstance(key, bool))
        for key, inner in value.items():
            yield from truths(inner, f"{path}/{key}")
    elif isinstance(value, list):
        yield from (f"{path}: {one} in a list" for one in value if isinstance(one, bool))
        for inner in value:
            yield from truths(inner, path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_word_is_taken_for_a_truth_value(path: Path) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert list(truths(yaml.load(path.read_text("utf-8"), loader))) == []
