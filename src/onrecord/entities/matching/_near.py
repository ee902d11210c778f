"""Which of many words are a slip or a sound away from another: by what is left when a letter is taken out.

Two words that are one slip apart (a letter more, less, other, or two neighbours swapped) have a form in
common when from each no letter or one is taken out. All such forms of all words are hashed at once, sorted,
and looked up; what hashes alike is compared by its letters afterwards, so a clash of hashes costs time and
nothing else. The way of taking letters out is Wolf Garbe's (symmetric delete spelling correction).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from onrecord.entities.matching._spelling import slips, sound

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]

LONGEST, SHORTEST, TWICE = 24, 4, 7
"""Letters of a word that are hashed; letters below which a word has no slips; and from which on it may have
two, so that two letters are taken out."""
TWICE_UP_TO = 16
_BASE = 0x9E3779B97F4A7C15
_INVERSE = np.uint64(pow(_BASE, -1, 1 << 64))
_SOUND_SALT = np.uint64(0xD1B54A32D192ED03)
_POWERS = np.array([pow(_BASE, at, 1 << 64) for at in range(LONGEST)], dtype=np.uint64)


def _letters(words: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    table = np.array([word[:LONGEST] for word in words], dtype=f"S{LONGEST}")
    letters = table.view(np.uint8).reshape(len(words), LONGEST).astype(np.uint64)
    return letters, np.count_nonzero(letters, axis=1)


def sounds_of(words: Sequence[str]) -> Hashes:
    """The hash of each word's sound, 0 where it is too short to tell."""
    sounds = [sound(word) for word in words]
    letters, lengths = _letters(sounds)
    hashes: Hashes = (letters * _POWERS).sum(axis=1, dtype=np.uint64) ^ _SOUND_SALT
    hashes[lengths < 3] = 0
    return hashes


def hashes_of(words: Sequence[str], heard: Hashes) -> tuple[Hashes, Places]:
    """The hashes of words' forms and of their sounds (`heard`), and of which word each is. Words are
    ASCII."""
    letters, lengths = _letters(words)
    shares = letters * _POWERS
    before = np.cumsum(shares, axis=1, dtype=np.uint64)
    whole = before[:, -1:]
    places = np.arange(len(words), dtype=np.int32)
    without = before - shares + (whole - before) * _INVERSE
    valid = (np.arange(LONGEST) < lengths[:, None]) & (lengths[:, None] >= SHORTEST)
    owner = np.broadcast_to(places[:, None], valid.shape)
    found = [whole[:, 0], without[valid], heard[heard != 0]]
    owners = [places, owner[valid], places[heard != 0]]
    for later in range(1, TWICE_UP_TO):
        rows = np.flatnonzero((lengths > later) & (lengths >= TWICE) & (lengths <= TWICE_UP_TO))
        if not len(rows):
            continue
        some, ends = before[rows], whole[rows, 0]
        tail = (ends - some[:, later]) * _INVERSE * _INVERSE
        middle = some[:, later - 1 : later] - some[:, :later]
        start = some[:, :later] - shares[rows, :later]
        found.append((start + middle * _INVERSE + tail[:, None]).ravel())
        owners.append(np.repeat(rows.astype(np.int32), later))
    return np.concatenate(found), np.concatenate(owners)


_SLIPS = np.array([slips(length) for length in range(256)])


class NearWords:
    """Words among which near ones are looked up: sorted hashes of their forms, whose each is, and the words'
    sounds."""

    def __init__(self, words: list[str], hashes: Hashes, owners: Places, sounds: Hashes) -> None:
        self.words, self.hashes, self.owners, self.sounds = words, hashes, owners, sounds
        self._lengths = np.array([len(word) for word in words], np.int64)

    @classmethod
    def of(cls, words: list[str]) -> NearWords:
        """The words in a form in which near ones are found."""
        sounds = sounds_of(words)
        hashes, owners = hashes_of(words, sounds)
        order = np.argsort(hashes)
        return cls(words, hashes[order], owners[order], sounds)

    def near(self, asked: list[str]) -> tuple[Places, Places, NDArray[np.float32]]:
        """Pairs of places, in `asked` and among the words, that are near each other, with how alike they
        are, as `alike` has it; each pair once."""
        sounds = sounds_of(asked)
        hashes, askers = hashes_of(asked, sounds)
        order = np.argsort(hashes)  # neighbours are looked up one after the other, in memory that is at hand
        hashes, askers = hashes[order], askers[order]
        start = np.searchsorted(self.hashes, hashes, side="left")
        found = start < len(self.hashes)
        found[found] = self.hashes[start[found]] == hashes[found]
        hashes, askers, start = hashes[found], askers[found], start[found]
        count = np.searchsorted(self.hashes, hashes, side="right") - start
        offsets = np.repeat(start - (np.cumsum(count) - count), count)
        owners = self.owners[np.arange(len(offsets)) + offsets]
        both = np.unique((np.repeat(askers, count).astype(np.int64) << 32) | owners.astype(np.int64))
        one, other = (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)
        lengths = np.array([len(word) for word in asked], np.int64)[one]
        shorter = np.minimum(lengths, self._lengths[other])
        longer = np.maximum(lengths, self._lengths[other])
        heard = (sounds[one] == self.sounds[other]) & (sounds[one] != 0)
        most = np.where(heard, np.maximum(2, (longer + 1) // 3), 0)
        most = np.maximum(most, _SLIPS[np.minimum(shorter, 255)])
        kept = (longer - shorter <= most) & (shorter > 0)
        one, other, heard, most = one[kept], other[kept], heard[kept], most[kept]
        if not len(one):
            return one, other, np.zeros(0, np.float32)
        mine, theirs = [asked[at] for at in one.tolist()], [self.words[at] for at in other.tolist()]
        distance = cpdist(mine, theirs, scorer=OSA.distance, dtype=np.int32)
        likeness = 1 - distance / longer[kept]
        likeness = np.where(heard & (distance > 0), 0.5 + likeness / 2, likeness).astype(np.float32)
        kept = distance <= most
        return one[kept], other[kept], likeness[kept]
