"""Windows on a page: every sentence is read in exactly one, with as much before it as there is room for."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.texts import page_of

from onrecord.language import analyse
from onrecord.statements.learned._encoder import encode, means
from onrecord.statements.learned._model_files import embeddings
from onrecord.statements.learned._windows import CONTEXT, LIMIT, pieces_of, windows

SENTENCES = [
    "Huawei leverer udstyr til TDC.",
    "Regeringen har udelukket selskabet.",
    "🚀 שלום!",
    "x" * 200 + ".",
    "Ja.",
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=120))
def test_every_sentence_is_read_in_one_window(sentences: list[str]) -> None:
    analysis = analyse(page_of(" ".join(sentences), "da"))
    found = list(windows(analysis))
    assert [w.own for w in found[1:]] == [w.last for w in found[:-1]]
    assert found[0].own == 0
    assert found[-1].last == len(analysis.tokens)
    known = len(embeddings()[0])
    for window in found:
        assert len(window.spans) == window.last - window.first
        assert window.ids.max() < known
        before = window.spans[window.own - window.first, 0]
        assert before <= CONTEXT + 1
        assert len(window.ids) <= LIMIT + 1 or window.own == window.last - 1 or before == 1


def test_a_word_falls_into_pieces_that_spell_it() -> None:
    assert pieces_of("Huawei", True) != pieces_of("Huawei", False)
    assert len(pieces_of("Huawei", True)) < 4
    assert len(pieces_of("x" * 500, True)) <= 12


def test_each_word_gets_a_vector_that_knows_its_context() -> None:
    def vector(text: str, word: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        analysis = analyse(page_of(text, "en"))
        (window,) = windows(analysis)
        found = encode(window)
        assert len(found) == len(analysis.tokens)
        return found[next(t.index for t in analysis.tokens if t.text == word)]  # type: ignore[no-any-return]

    bank = vector("The bank lends money to Nokia.", "bank")
    other = vector("The bank of the river is flooded.", "bank")
    assert not np.allclose(bank, other, atol=0.05)
    assert np.array_equal(bank, vector("The bank lends money to Nokia.", "bank"))


def test_means_of_spans_beyond_the_end_are_those_of_the_last() -> None:
    vectors = np.arange(6, dtype=np.float32).reshape(3, 2)
    found = means(vectors, np.array([[0, 2], [2, 3], [7, 9]]))
    assert found.tolist() == [[1.0, 2.0], [4.0, 5.0], [4.0, 5.0]]
