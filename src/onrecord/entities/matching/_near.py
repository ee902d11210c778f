"""Which of many words are a slip or a sound away from another: by what is left when a letter is taken out.

Two words that are one slip apart (a letter more, less, other, or two neighbours swapped) have a form in common
when from each no letter or one is taken out. All such forms of all words are hashed at once, sorted, and looked
up; what hashes alike is compared by its letters afterwards, so a clash of hashes costs time and nothing else.
The way of taking letters out is Wolf Garbe's (symmetric delete spelling correction).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.entities.matching._spelling import sound

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]

LONGEST, SHORTEST = 20, 4
"""Letters of a word that are hashed, and letters below which a word has no slips."""
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_SOUND_SALT = np.uint64(0xD1B54A32D192ED03)
_POWERS = np.array([pow(_BASE, at, 1 << 64) for at in range(LONGEST)], dtype=np.uint64)


def _letters(words: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    table = np.array([word[:LONGEST] for word in words], dtype=f"S{LONGEST}")
    letters = table.view(np.uint8).reshape(len(words), LONGEST).astype(np.uint64)
    return letters, np.count_nonzero(letters, axis=1)


def hashes_of(words: Sequence[str]) -> tuple[Hashes, Places]:
    """The hashes of words' forms and of their sounds, and of which word each is. Words are ASCII."""
    if not words:
        return np.zeros(0, np.uint64), np.zeros(0, np.int32)
    letters, lengths = _letters(words)
    shares = letters * _POWERS
    before = np.cumsum(shares, axis=1, dtype=np.uint64)
    whole = before[:, -1:]
    without = before - shares + (whole - before) * np.uint64(_INVERSE)
    valid = (np.arange(LONGEST) < lengths[:, None]) & (lengths[:, None] >= SHORTEST)
    owner = np.broadcast_to(np.arange(len(words), dtype=np.int32)[:, None], valid.shape)
    sounds = [sound(word) for word in words]
    heard = np.array([at for at, skeleton in enumerate(sounds) if len(skeleton) > 2], dtype=np.int32)
    sound_letters, _ = _letters([sounds[at] for at in heard]) if len(heard) else (letters[:0], None)
    skeletons = (sound_letters * _POWERS).sum(axis=1, dtype=np.uint64) ^ _SOUND_SALT
    hashes = np.concatenate([whole[:, 0], without[valid], skeletons])
    owners = np.concatenate([np.arange(len(words), dtype=np.int32), owner[valid], heard])
    return hashes, owners


class NearWords:
    """Words among which near ones are looked up: sorted hashes of their forms, and whose each is."""

    def __init__(self, hashes: Hashes, owners: Places) -> None:
        self.hashes, self.owners = hashes, owners

    @classmethod
    def of(cls, words: Sequence[str]) -> NearWords:
        """The words in a form in which near ones are found."""
        hashes, owners = hashes_of(words)
        order = np.argsort(hashes)
        return cls(hashes[order], owners[order])

    def near(self, asked: Sequence[str]) -> tuple[Places, Places]:
        """Pairs of places, in `asked` and among the words, that may be near each other; each pair once."""
        hashes, askers = hashes_of(asked)
        start = np.searchsorted(self.hashes, hashes, side="left")
        count = np.searchsorted(self.hashes, hashes, side="right") - start
        total = int(count.sum())
        if not total:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        offsets = np.repeat(start - np.concatenate(([0], np.cumsum(count)[:-1])), count)
        found = self.owners[np.arange(total) + offsets]
        both = np.unique((np.repeat(askers, count).astype(np.int64) << 32) | found.astype(np.int64))
        return (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)
